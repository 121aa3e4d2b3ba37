"""Splitting a goal: by a rule, by hand, always with the total in sight, and written as one change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QTreeView

from tests.ui.acting import choose, click, named, settle
from tests.ui.goals_of_team import PERIOD
from ui.dialogs.cascade_dialog import CascadeDialog
from ui.dialogs.cascade_model import Column


@pytest.fixture
def goal(qtbot, window) -> int:
    """A goal of the company, in front on 15 May 2026."""
    with window.session.book.change("Goal") as change:
        whole = {"measure": "won_amount", "level": "company", "period": PERIOD, "status": "active"}
        row = change.add("goal", {**whole, "target": 10_000, "cascade_rule": "working_days"})
    page = window.page("goals")
    settle(qtbot, window)
    page.reader.choose(PERIOD, date(2026, 5, 15))
    settle(qtbot, window)
    page.tree.choose(row)
    return row


@pytest.fixture
def dialog(qtbot, window, goal) -> CascadeDialog:
    click(qtbot, window.page("goals").tree, "Split…")
    [shown] = window.findChildren(CascadeDialog)
    settle(qtbot, window)
    qtbot.wait(400)
    settle(qtbot, window)
    return shown


def rows(dialog) -> dict[str, list[str]]:
    """The outer parts by name."""
    model = dialog.model
    return {
        model.index(at, 0).data(): [
            str(model.index(at, column).data() or "") for column in range(1, model.columnCount())
        ]
        for at in range(model.rowCount())
    }


def type_over(qtbot, dialog, row: int, text: str, *, enter: bool = True) -> QLineEdit:
    """Type into the amount of a part, as a person does."""
    tree = named(dialog, QTreeView, "Parts")
    tree.setFocus()
    tree.setCurrentIndex(dialog.model.index(row, Column.TARGET))
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    line = named(tree, QLineEdit, "Target")
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()  # the cell takes it when the key has been dealt with
    return line


def test_the_parts_come_to_the_whole_and_say_what_they_are_weighed_by(dialog):
    parts = rows(dialog)
    assert set(parts) == {"王强", "李娜"}
    assert {one[0] for one in parts.values()} == {"¥5,000.00"}
    assert {one[2] for one in parts.values()} == {"50.0%"}
    assert all("days of a full person" in one[5] for one in parts.values())
    assert dialog.total.text() == "Total ¥10,000.00 of ¥10,000.00"
    assert dialog.difference.text() == "The parts come to it exactly."


def test_while_an_amount_is_typed_the_others_share_the_rest(qtbot, dialog):
    type_over(qtbot, dialog, 0, "7000", enter=False)
    amounts = [one[0] for one in rows(dialog).values()]
    assert amounts == ["¥7,000.00", "¥3,000.00"]
    assert dialog.total.text() == "Total ¥10,000.00 of ¥10,000.00"


def test_two_fixed_parts_that_do_not_come_to_the_whole_are_named_and_can_be_freed(qtbot, dialog):
    type_over(qtbot, dialog, 0, "7000")
    type_over(qtbot, dialog, 1, "2000")
    assert dialog.total.text() == "Total ¥9,000.00 of ¥10,000.00"
    assert dialog.difference.text() == ("The parts come to ¥9,000.00, ¥1,000.00 below ¥10,000.00.")
    click(qtbot, dialog, "Free all")
    assert {one[0] for one in rows(dialog).values()} == {"¥5,000.00"}


def test_what_cannot_be_read_is_said_and_changes_nothing(qtbot, dialog):
    type_over(qtbot, dialog, 0, "lots")
    assert {one[0] for one in rows(dialog).values()} == {"¥5,000.00"}
    assert dialog._wrong.isVisible()


def test_months_can_be_had_and_stand_below_their_person(qtbot, window, dialog):
    choose(qtbot, named(dialog, QComboBox, "Over time"), "Months")
    settle(qtbot, window)
    first = dialog.model.index(0, 0)
    assert dialog.model.rowCount(first) == 6
    assert dialog.model.index(0, 0, first).data() == "2026-01"


def test_apply_writes_the_parts_as_one_change_that_an_undo_takes_back(qtbot, window, goal, dialog):
    book = window.session.book
    type_over(qtbot, dialog, 0, "7000")
    click(qtbot, dialog, "Apply")
    settle(qtbot, window)
    made = book.linked("goal", "parent", goal)
    assert sorted(book.record("goal", one)["target"] for one in made) == [3000, 7000]
    assert window.notices.text == "2 goals added"
    tree = window.page("goals").tree
    assert tree.model.rowCount(tree.model.index_of(goal)) == 2
    window.do_undo()
    settle(qtbot, window)
    assert not book.linked("goal", "parent", goal)
    assert tree.model.rowCount(tree.model.index_of(goal)) == 0


@pytest.fixture
def agreed(window, goal) -> int:
    """A part that is agreed already."""
    values = {
        "measure": "won_amount", "level": "person", "person": "王强", "period": PERIOD,
        "target": 100, "parent": goal, "status": "agreed",
    }  # fmt: skip
    with window.session.book.change("Agreed") as change:
        return change.add("goal", values)


def test_agreed_parts_are_kept(qtbot, window, agreed, dialog):
    click(qtbot, dialog, "Apply")
    settle(qtbot, window)
    assert window.session.book.record("goal", agreed)["target"] == 100
    assert window.notices.text == "1 goal added, 1 agreed goal kept"


def test_agreed_parts_are_exchanged_where_renegotiation_is_asked_for(qtbot, window, agreed, dialog):
    named(dialog, QCheckBox, "Renegotiate agreed goals that say something else").click()
    click(qtbot, dialog, "Apply")
    settle(qtbot, window)
    assert window.session.book.record("goal", agreed)["status"] == "superseded"
    assert window.notices.text == "2 goals added, 1 goal superseded"


def test_what_each_part_brought_before_is_named_with_its_period(dialog):
    parts = rows(dialog)
    assert [one[3] for one in parts.values()] == ["–", "–"]  # nothing was won in 2025


def test_a_goal_without_a_target_is_not_offered_to_be_split(qtbot, window):
    with window.session.book.change("Goal") as change:
        row = change.add("goal", {"title": "Visit plan", "level": "company", "period": "2026"})
    page = window.page("goals")
    settle(qtbot, window)
    page.reader.choose("2026", date(2026, 5, 15))
    settle(qtbot, window)
    page.tree.choose(row)
    assert not page.tree.split_button.isEnabled()
