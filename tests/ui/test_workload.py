"""The workload tab: hours of people and days, what fills a day, moving a task with its effect in view."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QListWidget, QMenu, QTableView

from tests.ui.acting import choose, click, named, settle, table_texts, write
from ui.pages.workload_day import DayPane

MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(4)


@pytest.fixture
def load(qtbot, window):
    book = window.session.book
    with book.change("work") as change:
        rows = [
            change.add(
                "task",
                {"title": title, "owner": "王强", "effort_hours": hours, "due": FRIDAY.isoformat()},
            )
            for title, hours in (("写方案", "9"), ("对账", "3"))
        ]
        change.add("leave", {"person": "李娜", "starts_on": "2026-03-03", "ends_on": "2026-03-03"})
    page = window.page("capacity")
    tab = page.workload
    tab.today = MONDAY
    tab.choose(MONDAY, 14)
    settle(qtbot, window)
    return tab, rows


def table_of(tab) -> QTableView:
    return named(tab, QTableView, "Workload")


def cell(tab, name: str, day: date):
    row = next(n for n, one in enumerate(tab.model.found.rows) if one.name == name)
    return tab.model.index(row, 1 + (day - MONDAY).days)


def stand_on(qtbot, window, tab, name: str, day: date) -> DayPane:
    table_of(tab).setCurrentIndex(cell(tab, name, day))
    settle(qtbot, window)
    return tab.pane


def test_people_are_down_and_days_across_with_signs_for_too_much_and_too_little(load):
    tab, _ = load
    QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tab.model.headerData(1, Qt.Orientation.Horizontal) == "Today\n03-02"
    texts = table_texts(table_of(tab))
    rows = dict(zip([one.name for one in tab.model.found.rows], texts, strict=True))
    assert rows["王强"][1:6] == ["○", "○", "○", "4.5", "7.5"]
    assert rows["李娜"][1:4] == ["○", "On leave", "○"]
    assert rows["王强"][6:8] == ["", ""]  # the weekend
    said = cell(tab, "王强", FRIDAY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "王强, 2026-03-06: 7.5 h of 8 h"


def test_beside_hours_stands_how_old_what_is_known_of_somebody_is(qtbot, window, load):
    tab, _ = load
    row = next(n for n, one in enumerate(tab.model.found.rows) if one.name == "王强")
    told = tab.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    name, age = told.split("\n")
    assert name == "王强"
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    assert age in [one.text().split("\n")[-1] for one in pane.findChildren(QLabel)]


def test_what_is_too_much_says_of_what(qtbot, window, load):
    tab, rows = load
    window.session.book.set("task", rows[0], {"effort_hours": "40"})
    settle(qtbot, window)
    index = cell(tab, "王强", FRIDAY)
    assert index.data() == "▲ 11"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == ("11 h to do in 8 h: 写方案 8 h, 对账 3 h")


def test_a_task_is_given_to_somebody_else_after_the_effect_was_said_and_taken_back_as_one(
    qtbot, window, load
):
    tab, rows = load
    book = window.session.book
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    before = book.last_change
    choose(qtbot, pane.people, "李娜")
    assert pane.told.text().splitlines() == [
        "李娜, 03-05: 0 → 4.5 h of 8 h",
        "王强, 03-05: 4.5 → 0 h of 8 h",
        "李娜, 03-06: 0 → 4.5 h of 8 h",
        "王强, 03-06: 7.5 → 3 h of 8 h",
    ]
    assert book.last_change == before
    click(qtbot, pane, "Move the task")
    settle(qtbot, window)
    assert book.record("task", rows[0])["owner"].label == "李娜"
    assert book.last_change == before + 1
    assert cell(tab, "王强", FRIDAY).data() == "3"
    window.session.undo()
    settle(qtbot, window)
    assert cell(tab, "王强", FRIDAY).data() == "7.5"


def test_another_day_is_typed_and_its_beginning_moves_along(qtbot, window, load):
    tab, rows = load
    book = window.session.book
    book.set("task", rows[0], {"starts_on": "2026-03-05"})
    settle(qtbot, window)
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    write(qtbot, pane.due, "2026-03-10")
    click(qtbot, pane, "Move the task")
    settle(qtbot, window)
    moved = book.record("task", rows[0])
    assert (moved["starts_on"], moved["due"]) == (date(2026, 3, 9), date(2026, 3, 10))


def test_a_day_that_is_none_is_said_and_nothing_can_be_moved(qtbot, window, load):
    tab, _ = load
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    write(qtbot, pane.due, "soon")
    assert "soon" in pane.told.text()
    assert not pane.move_button.isEnabled()


def test_a_task_dropped_on_a_day_is_weighed_first(qtbot, window, load):
    tab, rows = load
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    before = window.session.book.last_change
    index = cell(tab, "李娜", MONDAY + timedelta(2))
    tab.table.scrollTo(index)
    place = QPointF(tab.table.visualRect(index).center())

    class Dropped(QDropEvent):
        def source(self):
            return pane.list

    event = Dropped(
        place, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    tab.table.dropEvent(event)
    assert pane.people.currentText() == "李娜"
    assert pane.due.text() == "2026-03-04"
    assert window.session.book.last_change == before
    click(qtbot, pane, "Move the task")
    settle(qtbot, window)
    moved = window.session.book.record("task", rows[0])
    assert (moved["owner"].label, moved["due"]) == ("李娜", date(2026, 3, 4))


def test_enter_goes_to_the_day_and_the_menu_key_has_a_menu(qtbot, window, load):
    tab, _ = load
    table = table_of(tab)
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert pane.list.hasFocus()
    for widget, first in ((table, "What fills the day"), (pane.list, "Open the record")):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        widget.contextMenuEvent(event)
        [menu] = [one for one in tab.findChildren(QMenu) if one.isVisible()]
        assert menu.actions()[0].text() == first
        menu.close()


def test_enter_in_the_list_opens_the_task(qtbot, window, load):
    tab, _ = load
    pane = stand_on(qtbot, window, tab, "王强", FRIDAY)
    shown = named(pane, QListWidget, "What fills the day")
    assert [shown.item(n).text() for n in range(shown.count())] == [
        "Task · 写方案 4.5 h", "Task · 对账 3 h",
    ]  # fmt: skip
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page_id == "tasks"


def test_the_whole_span_says_what_is_left_of_the_annual_leave(qtbot, window, load):
    tab, _ = load
    window.session.book.set("salesperson", 2, {"annual_leave_days": "5"})
    settle(qtbot, window)
    row = next(n for n, one in enumerate(tab.model.found.rows) if one.name == "李娜")
    table_of(tab).setCurrentIndex(tab.model.index(row, 0))
    said = tab.pane._said.text().splitlines()[0]
    assert said == "0 h of 72 h; 0 days too full; 9 idle days; 4 of 5 days of annual leave left"


def test_an_empty_team_says_what_helps(qtbot, window):
    with window.session.book.change("all") as change:
        change.remove("salesperson", [1, 2])
    tab = window.page("capacity").workload
    settle(qtbot, window)
    assert tab.empty.isVisible()
    assert "nobody in the team" in tab.empty.text()


def test_three_hundred_people_are_shown_in_time(qtbot, window):
    with window.session.book.change("many") as change:
        change.add_many(
            "salesperson", ("name", "status"), [(f"员工{n:03}", "active") for n in range(300)]
        )
    tab = window.page("capacity").workload
    settle(qtbot, window)
    assert tab.model.rowCount() == 302
    assert tab.table.model().index(301, 3).data() is not None


def test_closing_the_book_shows_no_page_more_that_would_read_it(qtbot, window):
    for page in ("customers", "capacity"):
        window.page(page)
        settle(qtbot, window)
    window.page("customers")
    settle(qtbot, window)
    with window.session.book.change("new") as change:  # what is hidden goes stale
        change.add("task", {"title": "对账", "owner": "王强"})
    settle(qtbot, window)
    tab = window._pages["capacity"].workload
    window.do_close_book()
    assert not tab._latest.waiting
    settle(qtbot, window)
