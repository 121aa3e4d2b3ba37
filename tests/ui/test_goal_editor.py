"""The goal beside the tree and a new one: the meter follows each key, offers levels, and blocks nothing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from tests.ui.acting import button, choose, click, named, settle, write
from tests.ui.goals_of_team import PERIOD
from ui.dialogs.goal_reason import GoalReason, Renegotiation
from ui.dialogs.new_goal import NewGoal
from ui.pages.smart_meter import SmartMeter

TODAY = date(2026, 5, 15)


@pytest.fixture
def page(qtbot, window):
    """The goals of the first half-year: a company's and one of 王强, a draft without a target."""
    with window.session.book.change("Goals") as change:
        whole = {"measure": "won_amount", "period": PERIOD}
        values = {**whole, "level": "company", "target": 8000, "status": "active"}
        change.add("goal", values)
        change.add("goal", {**whole, "level": "person", "person": "王强"})
    shown = window.page("goals")
    settle(qtbot, window)
    shown.reader.choose(PERIOD, TODAY)
    settle(qtbot, window)
    return shown


def chosen(qtbot, window, page, goal: int) -> SmartMeter:
    page.tree.choose(goal)
    judged(qtbot, window)
    [meter] = [one for one in page.tree.findChildren(SmartMeter) if one.isVisible()]
    return meter


def judged(qtbot, window) -> None:
    """Wait until the history was asked, too."""
    qtbot.wait(420)
    settle(qtbot, window)


def states(meter: SmartMeter) -> str:
    """The five letters, each with ! where something is missing, ? where there is a hint."""
    badges = [one for one in meter.findChildren(QLabel) if ": " in one.accessibleName()]
    return " ".join(one.text() for one in badges)


def said(meter: SmartMeter) -> str:
    return "\n".join(one.text() for one in meter.findChildren(QLabel) if one.isVisible())


def test_the_meter_follows_what_is_typed_before_it_is_saved(qtbot, window, page):
    meter = chosen(qtbot, window, page, 2)
    assert "M!" in states(meter)
    assert "there is no target" in said(meter)
    line = named(page.tree.detail, QLineEdit, "Target")
    line.setFocus()
    qtbot.keyClicks(line, "4000")
    assert "M!" not in states(meter)
    assert window.session.book.record("goal", 2)["target"] is None
    judged(qtbot, window)
    assert "Chance:" in said(meter) or "guess" in said(meter)


def test_a_suggestion_is_put_in_by_a_button_and_taken_back_by_one_undo(qtbot, window, page):
    meter = chosen(qtbot, window, page, 2)
    assert "It could be part of" in said(meter)
    click(qtbot, meter, "Make it part of that")
    judged(qtbot, window)
    book = window.session.book
    assert book.record("goal", 2)["parent"].id == 1
    window.do_undo()
    settle(qtbot, window)
    assert book.record("goal", 2)["parent"] is None


def test_the_suggested_levels_are_used_together(qtbot, window, page):
    meter = chosen(qtbot, window, page, 2)
    click(qtbot, meter, "Use all three")
    judged(qtbot, window)
    record = window.session.book.record("goal", 2)
    assert 0 < record["floor"] <= record["target"] <= record["stretch"]


def test_only_states_that_may_follow_are_offered_and_each_is_one_undo(qtbot, window, page):
    chosen(qtbot, window, page, 1)
    book, pane = window.session.book, page.tree.detail
    click(qtbot, pane, "Cancel the goal")
    settle(qtbot, window)
    assert book.record("goal", 1)["status"] == "cancelled"
    window.do_undo()
    settle(qtbot, window)
    assert book.record("goal", 1)["status"] == "active"


def test_going_on_against_a_finding_asks_why_and_keeps_the_answer(qtbot, window, page):
    chosen(qtbot, window, page, 2)
    click(qtbot, page.tree.detail, "Propose")
    [dialog] = window.findChildren(GoalReason)
    assert "there is no target" in said(dialog)
    named(dialog, QPlainTextEdit, "Kept although").setPlainText("The customer decides in June.")
    click(qtbot, dialog, "Go on")
    settle(qtbot, window)
    record = window.session.book.record("goal", 2)
    assert record["status"] == "proposed"
    assert record["override_reason"] == "The customer decides in June."


def test_an_agreed_goal_is_renegotiated_with_a_reason_and_the_old_one_stays(qtbot, window, page):
    chosen(qtbot, window, page, 1)
    click(qtbot, page.tree.detail, "Renegotiate…")
    [dialog] = window.findChildren(Renegotiation)
    line = named(dialog, QLineEdit, "Target")
    line.setText("7000")
    click(qtbot, dialog, "Renegotiate")
    assert "Reason" in said(dialog)  # it is asked for
    named(dialog, QPlainTextEdit, "Reason").setPlainText("Two people left.")
    click(qtbot, dialog, "Renegotiate")
    judged(qtbot, window)
    book = window.session.book
    assert book.record("goal", 1)["status"] == "superseded"
    assert book.record("goal", 1)["target"] == 8000
    fresh = page.tree.detail.id
    assert (book.record("goal", fresh)["target"], book.record("goal", fresh)["status"]) == (
        7000,
        "proposed",
    )
    window.do_undo()
    settle(qtbot, window)
    assert book.record("goal", 1)["status"] == "active"


def test_a_new_goal_is_judged_while_it_is_written_and_added_as_one_change(qtbot, window, page):
    page.tree.choose(1)
    click(qtbot, page.tree, "New goal")
    [dialog] = window.findChildren(NewGoal)
    assert named(dialog, QLineEdit, "Period").text() == PERIOD  # that of the goal it is part of
    write_into(dialog, "Goal", "加强客户拜访")
    assert "M!" in states(dialog.meter)
    choose(qtbot, dialog._boxes["measure"].editor, "Won amount")
    write_into(dialog, "Person", "李娜")
    write_into(dialog, "Target", "5000")
    judged(qtbot, window)
    assert "M!" not in states(dialog.meter)
    assert "promises effort" in said(dialog.meter)
    click(qtbot, dialog.meter, "Use this title")
    assert "¥5,000" in named(dialog, QLineEdit, "Goal").text()
    click(qtbot, dialog, "Add")
    settle(qtbot, window)
    book = window.session.book
    made = max(book.ids("goal"))
    record = book.record("goal", made)
    assert (record["person"].label, record["target"], record["parent"].id) == ("李娜", 5000, 1)
    assert page.tree.model.index_of(made).isValid()


def write_into(dialog, name: str, text: str) -> None:
    line = named(dialog, QLineEdit, name)
    line.setText(text)
    line.textEdited.emit(text)


def test_a_new_goal_against_all_advice_is_added_nevertheless(qtbot, window, page):
    click(qtbot, page.tree, "New goal")
    [dialog] = window.findChildren(NewGoal)
    write_into(dialog, "Goal", "努力")
    named(dialog, QPlainTextEdit, "Kept although")  # asked for, as something is missing
    click(qtbot, dialog, "Add")
    settle(qtbot, window)
    book = window.session.book
    assert book.record("goal", max(book.ids("goal")))["title"] == "努力"


def test_enter_and_tab_reach_the_buttons_of_the_meter(qtbot, window, page):
    meter = chosen(qtbot, window, page, 2)
    use = button(meter, "Make it part of that")
    use.setFocus()
    assert use.hasFocus()
    write(qtbot, named(page.tree.detail, QLineEdit, "Target"), "4000")
    judged(qtbot, window)
    assert window.session.book.record("goal", 2)["target"] == 4000


def test_the_list_of_goals_asks_for_a_new_one_with_the_meter_too(qtbot, window, page):
    listed = page.list_of("goal")
    settle(qtbot, window)
    listed.add_button.click()
    [dialog] = window.findChildren(NewGoal)
    write_into(dialog, "Goal", "Ten visits a week")
    click(qtbot, dialog, "Add")
    settle(qtbot, window)
    assert listed.detail.id == max(window.session.book.ids("goal"))
