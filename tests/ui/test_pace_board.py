"""The pace board: the worst first, a click and Enter open the records, many people cost no widgets."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtWidgets import QLabel, QMenu, QTableView, QWidget

from tests.ui.acting import named, settle, table_texts
from tests.ui.goals_of_team import PERIOD, add_goals


@pytest.fixture
def pace(qtbot, window):
    rows = add_goals(window.session.book)
    page = window.page("goals")
    page.tabs.setCurrentIndex(1)
    settle(qtbot, window)
    page.reader.choose(PERIOD, date(2026, 5, 15))
    settle(qtbot, window)
    return page.pace, rows


def table_of(pace) -> QTableView:
    return named(pace, QTableView, "Pace")


def heads(pace) -> tuple[list[str], list[str]]:
    model = pace.model
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    return (
        [model.headerData(at, down) for at in range(model.rowCount())],
        [model.headerData(at, across) for at in range(model.columnCount())],
    )


def test_people_are_down_and_goals_across_and_the_worst_is_first(pace):
    board, _ = pace
    people, columns = heads(board)
    assert columns == ["Won amount · 2026-H1", "Win rate · 2026-H1"]
    assert people == ["王强", "李娜"]  # she has reached hers, he hasn't
    cells = table_texts(table_of(board))
    assert cells[0][0].splitlines()[0] == "¥3,000 of ¥4,500"
    assert cells[1][0].splitlines()[:2] == ["¥4,000 of ¥3,000", "Reached, chance 100%"]
    assert cells[1][1] == ""  # no goal, no cell


def test_enter_opens_the_records_behind_a_cell(qtbot, window, pace):
    board, _ = pace
    table = table_of(board)
    table.setFocus()
    table.setCurrentIndex(board.model.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, window)
    book = window.session.book
    assert window.page_id == "pipeline"
    assert [book.label("opportunity", one) for one in window.records.model.ids] == ["商机4"]


def test_the_menu_key_offers_the_records_of_a_cell(qtbot, window, pace):
    board, _ = pace
    table = table_of(board)
    table.setCurrentIndex(board.model.index(0, 0))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    table.contextMenuEvent(event)
    [menu] = [one for one in table.findChildren(QMenu) if one.isVisible()]
    [records] = menu.actions()
    assert records.text() == "Records behind it"
    records.trigger()
    menu.close()
    settle(qtbot, window)
    assert window.page_id == "pipeline"


def test_a_click_opens_the_records_behind_a_cell(qtbot, window, pace):
    board, _ = pace
    table = table_of(board)
    place = table.visualRect(board.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    book = window.session.book
    assert [book.label("opportunity", one) for one in window.records.model.ids] == ["商机3"]


def test_who_falls_behind_comes_first_after_an_edit(qtbot, window, pace):
    board, rows = pace
    table_of(board).setCurrentIndex(board.model.index(0, 0))
    window.session.set("goal", rows["李娜"], {"target": "90000"})
    window.session.set("goal", rows["王强"], {"target": "2000"})
    settle(qtbot, window)
    assert heads(board)[0] == ["李娜", "王强"]
    assert table_of(board).currentIndex().row() == 1  # who was looked at stays so


def test_what_was_reached_without_a_target_is_shown(qtbot, window, pace):
    board, rows = pace
    window.session.set("goal", rows["李娜"], {"target": ""})
    settle(qtbot, window)
    said = [one.text() for one in board.findChildren(QLabel) if one.isVisible()]
    assert any(one.startswith("Reached in months without a target: 李娜 2026-04") for one in said)


def test_nobody_has_goals_in_an_empty_book(qtbot, window):
    page = window.page("goals")
    page.tabs.setCurrentIndex(1)
    settle(qtbot, window)
    assert page.pace.empty.text().startswith("Nobody has goals yet.")
    assert not page.pace.table.isVisible()


def test_three_hundred_people_are_painted_cell_by_cell_without_widgets(qtbot, window):
    with window.session.book.change("Many") as change:
        for number in range(300):
            who = change.add("salesperson", {"name": f"Person {number}"})
            for measure, target in (("won_amount", 1000), ("win_rate", "0.5")):
                goal = {"level": "person", "person": who, "measure": measure, "period": "2026-H1"}
                change.add("goal", {**goal, "target": target})
    page = window.page("goals")
    page.tabs.setCurrentIndex(1)
    settle(qtbot, window)
    page.reader.choose("2026-H1", date(2026, 5, 15))
    settle(qtbot, window)
    table = table_of(page.pace)
    assert page.pace.model.rowCount() == 300
    assert len(table.findChildren(QWidget)) < 20
    picture = QPixmap(table.size())
    began = time.perf_counter()
    table.render(picture)
    assert time.perf_counter() - began < 0.25


def test_months_stand_in_their_order_however_many_days_they_have(window, qtbot, pace):
    board, _ = pace
    book = window.session.book
    with book.change("months") as change:
        person = book.ids("salesperson")[0]
        for number in (3, 2, 1, 4):
            change.add(
                "goal",
                {
                    "person": person,
                    "measure": "won_amount",
                    "period": f"2026-0{number}",
                    "target": 9,
                },
            )
    settle(qtbot, window)
    _, columns = heads(board)
    assert columns[:5] == [
        "Won amount · 2026-H1", *(f"Won amount · 2026-0{number}" for number in (1, 2, 3, 4)),
    ]  # fmt: skip
