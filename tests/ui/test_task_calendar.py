"""The calendar of tasks: entries are dragged and stepped to other days, days make tasks, +n opens a list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from models.tasks.agenda import Day, Entry
from tests.ui.acting import button, choose, named, settle, write
from tests.ui.tasks_of_team import add_tasks, working
from ui.dialogs.new_record import NewRecord
from ui.pages.calendar_view import More
from ui.pages.day_list import DayList

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
DAY = timedelta(days=1)


@pytest.fixture
def tasks(window) -> dict[str, int]:
    return add_tasks(window.session.book)


@pytest.fixture
def view(qtbot, window, tasks):
    page = window.page("tasks")
    page.list_of("calendar")
    settle(qtbot, window)
    page.calendar.day = page.calendar._wanted = working(2)  # the month may end before
    page.calendar.refresh()
    settle(qtbot, window)
    return page.calendar


def row_of(view, title: str) -> int:
    items = view.view.placed.items
    found = [
        at for at, one in enumerate(items)
        if isinstance(one, Entry) and one.title == title
    ]  # fmt: skip
    assert len(found) == 1, items
    return found[0]


def day_row(view, day: date) -> int:
    items = view.view.placed.items
    return next(at for at, one in enumerate(items) if isinstance(one, Day) and one.day == day)


def seen(view, row: int) -> QPoint:
    return view.view.visualRect(view.view.placed.index(row)).center()


def drag(qtbot, window, view, title: str, to: date) -> None:
    viewport = view.view.viewport()
    start, end = seen(view, row_of(view, title)), seen(view, day_row(view, to)) + QPoint(0, 6)
    qtbot.mousePress(viewport, LEFT, NONE, start)
    for at in (start + QPoint(12, 3), (start + end) / 2, end):
        QTest.mouseMove(viewport, at)
        qtbot.wait(1)
        view.view.mouseMoveEvent(_moved(at))
    qtbot.mouseRelease(viewport, LEFT, NONE, end)
    settle(qtbot, window)


def _moved(at: QPoint):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(at), Qt.MouseButton.NoButton, LEFT, NONE
    )


def press(qtbot, window, view, row: int, key: Qt.Key, modifier=NONE) -> None:
    view.view.setFocus()
    view.view.choose(row)
    qtbot.keyClick(view.view, key, modifier)
    settle(qtbot, window)


def due(window, task: int) -> date:
    return window.session.book.record("task", task)["due"]


def test_a_task_is_dragged_to_another_day_in_one_step(qtbot, window, view, tasks):
    before = window.session.book.last_change
    to = working(2) + (DAY if working(2).weekday() < 4 else -DAY)
    drag(qtbot, window, view, "报价", to)
    assert due(window, tasks["报价"]) == to
    assert window.session.book.last_change == before + 1
    assert window.notices.text.startswith("Move 报价 to ")
    assert view.view.item.title == "报价"  # it stays the current one
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    assert due(window, tasks["报价"]) == working(2)


def test_a_follow_up_is_dragged_too_and_escape_lets_it_lie(qtbot, window, view):
    book = window.session.book
    [plan] = book.ids("follow_up_plan")
    to = working(2) + (DAY if working(2).weekday() < 4 else -DAY)
    viewport, start = view.view.viewport(), seen(view, row_of(view, "回访"))
    qtbot.mousePress(viewport, LEFT, NONE, start)
    view.view.mouseMoveEvent(_moved(start + QPoint(40, 40)))
    qtbot.keyClick(view.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(viewport, LEFT, NONE, start + QPoint(200, 0))
    settle(qtbot, window)
    assert book.record("follow_up_plan", plan)["due"] == working(2)
    drag(qtbot, window, view, "回访", to)
    assert [book.record("follow_up_plan", one)["due"] for one in book.ids(
        "follow_up_plan", "status = planned"
    )] == [to]  # fmt: skip


def test_ctrl_with_arrows_moves_by_a_day_and_by_a_week(qtbot, window, view, tasks):
    start = due(window, tasks["报价"])
    press(qtbot, window, view, row_of(view, "报价"), Qt.Key.Key_Right, CONTROL)
    assert due(window, tasks["报价"]) == start + DAY
    press(qtbot, window, view, row_of(view, "报价"), Qt.Key.Key_Down, CONTROL)
    assert due(window, tasks["报价"]) == start + 8 * DAY
    press(qtbot, window, view, row_of(view, "报价"), Qt.Key.Key_Up, CONTROL)
    press(qtbot, window, view, row_of(view, "报价"), Qt.Key.Key_Left, CONTROL)
    assert due(window, tasks["报价"]) == start
    assert view.view.item.title == "报价"


def test_arrows_lead_through_days_and_what_is_due_on_them(qtbot, window, view):
    first = day_row(view, working(2))
    press(qtbot, window, view, first, Qt.Key.Key_Down)
    assert isinstance(view.view.item, Entry)
    press(qtbot, window, view, view.view.currentIndex().row(), Qt.Key.Key_Up)
    assert view.view.currentIndex().row() == first
    press(qtbot, window, view, first, Qt.Key.Key_Left)
    assert view.view.day() == working(2) - DAY


def test_page_keys_turn_to_other_months_and_today_comes_back(qtbot, window, view):
    shown = view.day
    press(qtbot, window, view, day_row(view, working(2)), Qt.Key.Key_PageDown)
    assert (view.day.year * 12 + view.day.month) - (shown.year * 12 + shown.month) == 1
    press(qtbot, window, view, 0, Qt.Key.Key_PageUp)
    button(view, "Today").click()
    settle(qtbot, window)
    assert view.view.day() == date.today()


def test_a_week_shows_seven_days_with_who_does_it(qtbot, window, view):
    button(view, "Week").click()
    settle(qtbot, window)
    assert len(view.view.days) == 7
    assert view.view.day() == working(2)
    assert view.view.tall
    press(qtbot, window, view, day_row(view, working(2)), Qt.Key.Key_PageDown)
    assert view.view.day() == working(2) + 7 * DAY


def test_n_makes_a_task_on_the_chosen_day(qtbot, window, view):
    to = working(2)
    press(qtbot, window, view, day_row(view, to), Qt.Key.Key_N)
    dialog = view.findChild(NewRecord)
    assert named(dialog, QLineEdit, "Due").text() == to.isoformat()
    write(qtbot, named(dialog, QLineEdit, "Task"), "新事")
    settle(qtbot, window)
    [made] = window.session.book.ids("task", "title=新事")
    assert due(window, made) == to


def test_what_does_not_fit_is_counted_and_opens_as_a_list(qtbot, window, view, tasks):
    to = working(2)
    with window.session.book.change("Many") as change:
        change.add_many(
            "task", ["title", "status", "due"], [(f"事{n}", "doing", to) for n in range(30)]
        )
    settle(qtbot, window)
    items = view.view.placed.items
    row = next(at for at, one in enumerate(items) if isinstance(one, More) and one.day == to)
    shown = sum(1 for one in items if isinstance(one, Entry) and one.day == to)
    assert items[row].count == 32 - shown
    assert view.view.tell(items[row]).startswith(f"{32 - shown} more on ")
    qtbot.mouseClick(view.view.viewport(), LEFT, NONE, seen(view, row))
    box = window.findChild(DayList)
    assert box.isVisible()
    assert box.list.count() == 32
    qtbot.keyClick(box.list, Qt.Key.Key_Escape)
    assert not box.isVisible()
    press(qtbot, window, view, row, Qt.Key.Key_Return)
    box = next(one for one in window.findChildren(DayList) if one.isVisible())
    qtbot.keyClick(box.list, Qt.Key.Key_Return)
    assert window.records.entity in ("task", "follow_up_plan")


def test_delete_and_the_menu_key_work_on_the_current_entry(qtbot, window, view, tasks):
    press(qtbot, window, view, row_of(view, "报价"), Qt.Key.Key_Delete)
    assert not window.session.book.ids("task", "title=报价")
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    view.view.choose(row_of(view, "报价"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    view.view.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    later = next(one for one in menu.actions() if one.text() == "A week later")
    later.trigger()
    menu.close()
    settle(qtbot, window)
    assert due(window, tasks["报价"]) == working(2) + 7 * DAY
    view.view.choose(day_row(view, working(2)))
    view.view.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert [one.text() for one in menu.actions()] == ["Show the whole day", "New task on this day"]
    menu.close()


def test_every_day_and_entry_is_an_item_with_a_name_for_who_hears_the_screen(window, view):
    QAccessible.setActive(True)
    try:
        told = QAccessible.queryAccessibleInterface(view.view)
        assert told.role() == QAccessible.Role.List
        assert told.text(QAccessible.Text.Name) == "Calendar"
        names = [
            told.child(at).text(QAccessible.Text.Name)
            for at in range(told.childCount())
            if told.child(at).role() == QAccessible.Role.ListItem
        ]
        assert names == [view.view.tell(one) for one in view.view.placed.items]
        assert any(one.startswith("报价, 江苏单氏机械有限公司, 王强, ") for one in names)
    finally:
        QAccessible.setActive(False)


def test_tasks_without_a_day_are_counted_and_listed(qtbot, window, view, tasks):
    button(view, "1 task without a day").click()
    settle(qtbot, window)
    assert window.records.entity == "task"
    assert list(window.records.model.ids) == [tasks["哪天"]]


def test_the_calendar_is_narrowed_and_follows_the_language(qtbot, window, view):
    choose(qtbot, view.head.links["person"], "王强")
    settle(qtbot, window)
    titles = {one.title for one in view.view.placed.items if isinstance(one, Entry)}
    assert titles <= {"报价", "送样", "回访"}  # of the customer that is his
    window.set_language("zh_CN")
    settle(qtbot, window)
    assert view.view.accessibleName() == "日历"
    assert "星期" in view.view.tell(view.view.placed.items[0])


def test_an_empty_calendar_still_has_its_days(qtbot, window):
    page = window.page("tasks")
    page.list_of("calendar")
    settle(qtbot, window)
    assert not page.calendar.empty.isVisible()
    assert len(page.calendar.view.days) in (28, 35, 42)
    assert page.calendar.view.day() == date.today()
