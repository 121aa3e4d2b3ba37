"""The timeline of tasks: bars are dragged along, longer, to other people; by keys likewise; zoom; many bars."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.ui.acting import button, choose, named, settle, write
from tests.ui.tasks_of_team import add_tasks, working
from ui.dialogs.new_record import NewRecord

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = timedelta(days=1)


@pytest.fixture
def tasks(window) -> dict[str, int]:
    return add_tasks(window.session.book)


@pytest.fixture
def view(qtbot, window, tasks):
    page = window.page("tasks")
    page.list_of("timeline")
    settle(qtbot, window)
    return page.timeline


def record(window, task: int) -> dict:
    return window.session.book.record("task", task)


def drag(
    qtbot, window, view, task: int, *, days: int = 0, lanes: int = 0, end: bool = False
) -> None:
    shown, places = view.view, view.view.geometry_
    row = shown.row_of(task)
    rect = places.place(row).translated(-shown.offset())
    start = QPoint(rect.right() - 2, rect.center().y()) if end else rect.center()
    to = start + QPoint(days * places.day, 0)
    if lanes:
        lane = places.lane_of[row] + lanes
        to.setY(places.tops[lane] + 8 - shown.offset().y())
    qtbot.mousePress(shown.viewport(), LEFT, NONE, start)
    for at in (start + (to - start) / 2, to):
        shown.mouseMoveEvent(
            QMouseEvent(
                QEvent.Type.MouseMove, QPointF(at), QPointF(at), Qt.MouseButton.NoButton, LEFT, NONE
            )
        )
    shown.viewport().grab()  # what is dragged is drawn
    qtbot.mouseRelease(shown.viewport(), LEFT, NONE, to)
    settle(qtbot, window)


def press(qtbot, window, view, task: int, key: Qt.Key, modifier=NONE) -> None:
    view.view.setFocus()
    view.view.choose(view.view.row_of(task))
    qtbot.keyClick(view.view, key, modifier)
    settle(qtbot, window)


def test_a_bar_is_dragged_along_and_both_its_days_move_in_one_step(qtbot, window, view, tasks):
    task, before = tasks["方案"], window.session.book.last_change
    drag(qtbot, window, view, task, days=5)
    assert record(window, task)["starts_on"] == working(1) + 5 * DAY
    assert record(window, task)["due"] == working(3) + 5 * DAY
    assert window.session.book.last_change == before + 1
    assert window.notices.text == "Move 方案: 5 days later"
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    assert record(window, task)["due"] == working(3)


def test_its_right_end_is_dragged_and_only_the_due_day_moves(qtbot, window, view, tasks):
    task = tasks["方案"]
    button(view, "Days").click()
    drag(qtbot, window, view, task, days=2, end=True)
    assert record(window, task)["starts_on"] == working(1)
    assert record(window, task)["due"] == working(3) + 2 * DAY
    drag(qtbot, window, view, task, days=-30, end=True)  # never before it begins
    assert record(window, task)["due"] == working(1)


def test_a_bar_dragged_to_another_lane_is_given_to_that_person_in_one_step(
    qtbot, window, view, tasks
):
    task, before = tasks["送样"], window.session.book.last_change
    drag(qtbot, window, view, task, days=3, lanes=-1)
    assert record(window, task)["owner"].label == "李娜"
    assert record(window, task)["due"] == working(4) + 3 * DAY
    assert window.session.book.last_change == before + 1
    assert window.notices.text == "Move 送样: 3 days later, 李娜"


def test_who_is_away_when_it_is_due_gets_nothing_in_silence(qtbot, window, view, tasks):
    with window.session.book.change("Leave") as change:
        leave = {"person": "李娜", "kind": "annual", "status": "approved"}
        change.add("leave", {**leave, "starts_on": working(3), "ends_on": working(6)})
    settle(qtbot, window)
    press(qtbot, window, view, tasks["送样"], Qt.Key.Key_Up, CONTROL)
    assert window.notices.text.startswith("Give 送样 to 李娜. Note: 李娜 is away until ")


def test_a_click_alone_moves_nothing(qtbot, window, view, tasks):
    before = window.session.book.last_change
    drag(qtbot, window, view, tasks["方案"])
    assert window.session.book.last_change == before


def test_ctrl_with_arrows_moves_by_working_days_and_to_other_people(qtbot, window, view, tasks):
    task = tasks["送样"]
    press(qtbot, window, view, task, Qt.Key.Key_Right, CONTROL)
    assert record(window, task)["due"] == working(5)
    press(qtbot, window, view, task, Qt.Key.Key_Left, CONTROL)
    assert record(window, task)["due"] == working(4)
    press(qtbot, window, view, task, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert record(window, task)["due"] == working(5)
    press(qtbot, window, view, task, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert record(window, task)["due"] == working(4)
    press(qtbot, window, view, task, Qt.Key.Key_Up, CONTROL)
    assert record(window, task)["owner"].label == "李娜"
    assert view.view.item.task.id == task
    press(qtbot, window, view, task, Qt.Key.Key_Up, CONTROL)
    assert record(window, task)["owner"] is None
    before = window.session.book.last_change
    press(qtbot, window, view, task, Qt.Key.Key_Up, CONTROL)  # nobody is above nobody
    assert window.session.book.last_change == before


def test_arrows_go_from_bar_to_bar(qtbot, window, view, tasks):
    press(qtbot, window, view, tasks["催款"], Qt.Key.Key_Right)
    assert view.view.item.task.owner_name == "李娜"
    press(qtbot, window, view, tasks["催款"], Qt.Key.Key_End)
    last = view.view.item
    press(qtbot, window, view, last.task.id, Qt.Key.Key_Home)
    assert view.view.currentIndex().row() == 0


def test_buttons_keys_and_the_wheel_zoom_and_the_middle_stays(qtbot, window, view, book_path):
    places = view.view.geometry_
    assert places.day == 14
    button(view, "Days").click()
    assert view.view.geometry_.day == 36
    qtbot.keyClick(view.view, Qt.Key.Key_Minus)
    assert view.view.zoom == "weeks"
    middle = QPointF(200, 100)
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.view.wheelEvent(wheel)
    assert view.view.zoom == "months"
    assert view.zooms["months"].isChecked()
    window.do_close_book()
    assert window.open_book(book_path)
    page = window.page("tasks")
    assert page.timeline.view.zoom == "months"  # as it was left


def test_n_makes_a_task_in_the_lane(qtbot, window, view, tasks):
    press(qtbot, window, view, tasks["送样"], Qt.Key.Key_N)
    dialog = view.findChild(NewRecord)
    assert named(dialog, QLineEdit, "Due").text() == working(4).isoformat()
    write(qtbot, named(dialog, QLineEdit, "Task"), "新事")
    settle(qtbot, window)
    [made] = window.session.book.ids("task", "title=新事")
    assert record(window, made)["owner"].label == "王强"
    assert view.view.item.task.id == made


def test_enter_opens_delete_removes_and_the_menu_key_offers_both(qtbot, window, view, tasks):
    view.view.choose(view.view.row_of(tasks["报价"]))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    view.view.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Due a day later" in [one.text() for one in menu.actions()]
    menu.close()
    press(qtbot, window, view, tasks["报价"], Qt.Key.Key_Delete)
    assert view.view.row_of(tasks["报价"]) < 0
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    press(qtbot, window, view, tasks["报价"], Qt.Key.Key_Return)
    assert window.records.detail._title.text() == "报价"


def test_every_bar_is_an_item_with_a_name_and_a_place_for_who_hears_the_screen(window, view):
    QAccessible.setActive(True)
    try:
        told = QAccessible.queryAccessibleInterface(view.view)
        assert told.role() == QAccessible.Role.List
        items = [
            told.child(at) for at in range(told.childCount())
            if told.child(at).role() == QAccessible.Role.ListItem
        ]  # fmt: skip
        assert len(items) == 5
        names = [one.text(QAccessible.Text.Name) for one in items]
        assert any(one.startswith("报价, 江苏单氏机械有限公司, 王强, due ") for one in names)
        assert all(one.rect().width() > 2 for one in items)
        assert len({(one.rect().x(), one.rect().y()) for one in items}) == 5
    finally:
        QAccessible.setActive(False)


def test_lanes_by_project_and_tasks_without_a_day(qtbot, window, view, tasks):
    choose(qtbot, view.group_choice, "Project")
    settle(qtbot, window)
    assert [view.view.lane_text(at) for at in range(2)] == ["No project", "年度框架"]
    drag(qtbot, window, view, tasks["拜访"], lanes=-1)
    assert record(window, tasks["拜访"])["project"] is None
    button(view, "1 task without a day").click()
    settle(qtbot, window)
    assert list(window.records.model.ids) == [tasks["哪天"]]


def test_all_follows_the_language_and_without_tasks_it_says_what_to_do(qtbot, window):
    page = window.page("tasks")
    page.list_of("timeline")
    settle(qtbot, window)
    assert page.timeline.empty.text().startswith("No tasks yet.")
    window.set_language("zh_CN")
    settle(qtbot, window)
    assert page.timeline.empty.text().startswith("还没有任务")
    assert page.timeline.view.accessibleName() == "时间线"


def test_thousands_of_bars_are_drawn_at_once(qtbot, window, view):
    book, today = window.session.book, date.today()
    with book.change("Many") as change:
        people = change.add_many(
            "salesperson", ["name", "status"], [(f"人{n:03}", "active") for n in range(300)]
        )
        rows = [
            (f"事{n}", "doing", people[n % 300], today + (n * 7 % 50 - 10) * DAY)
            for n in range(6_000)
        ]
        change.add_many("task", ["title", "status", "owner", "due"], rows)
    settle(qtbot, window)
    shown = view.view
    assert shown.placed.rowCount() == 6_005
    bar, worst = shown.verticalScrollBar(), 0.0
    for at in range(0, bar.maximum(), max(bar.maximum() // 40, 1)):
        begin = time.perf_counter()
        bar.setValue(at)
        shown.viewport().repaint()
        worst = max(worst, time.perf_counter() - begin)
    assert worst < 0.1  # seconds; about 0.01 on the machine where it was written
