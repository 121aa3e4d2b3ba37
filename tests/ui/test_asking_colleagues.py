"""Colleagues asked on screen: chosen with reasons, taken back, their answers as a mean of so many."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.evaluations import asking, rating, reading
from tests.ui.acting import click, settle
from tests.ui.evaluated import Round, opened
from tests.ui.test_evaluations_page import accept, choose, dialog, page, wait
from ui.dialogs.ask_colleagues import AskColleagues
from ui.dialogs.evaluation_asks import AskColleague
from ui.dialogs.rate_items import RateItems
from ui.pages.evaluation_people import Column


@pytest.fixture
def team(qtbot, window) -> Round:
    made = opened(window.session.book)
    settle(qtbot, window)
    return made


@pytest.fixture
def others(window, team) -> tuple[int, int]:
    """Two more colleagues; the second has a task with 王强."""
    with window.session.book.change("Colleagues") as change:
        first = change.add("salesperson", {"name": "Anders"})
        second = change.add("salesperson", {"name": "Zoe"})
        task = change.add("task", {"title": "Fair", "owner": team.wang, "due": "2026-03-01"})
        change.add("collaborator", {"task": task, "person": second})
    return first, second


def asked(book, evaluation):
    return [(one.name, one.answered) for one in asking.asked(book.connection(), evaluation)]


def answers(tab, person: int) -> str:
    """What the list says of the colleagues; "–" where it has no column for them."""
    at = tab.model.place_of(person)
    if tab.table.isColumnHidden(Column.COLLEAGUES):
        return "–"
    return str(tab.model.index(at, Column.COLLEAGUES).data())


def test_colleagues_are_asked_by_the_keyboard_those_first_who_worked_together(
    qtbot, window, team, others
):
    team.to(team.wang, "self_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Ask colleagues…")
    made = dialog(window, AskColleagues)
    names = [one.text(0) for one in made._lines()]
    assert names == ["Zoe", "Anders"]  # neither 王强 nor 李娜, who evaluates
    assert made._lines()[0].text(2) == "1 task together"
    qtbot.keyClick(made.list, Qt.Key.Key_Space)
    assert made.people() == [others[1]]
    before = window.session.book.last_change
    accept(qtbot, window, "Ask who is ticked", AskColleagues)
    assert window.session.book.last_change == before + 1
    assert asked(window.session.book, team.evaluation(team.wang)) == [("Zoe", False)]
    assert (answers(tab, team.wang), answers(tab, team.li)) == ("0 of 1", "")
    assert "0 of 1 colleagues" in tab.sheet.waiting.text()
    assert next(iter(tab.sheet.buttons)) == "self"  # still the next step
    window.session.undo()
    wait(qtbot, window)
    assert asked(window.session.book, team.evaluation(team.wang)) == []
    assert answers(tab, team.wang) == "–"


def test_a_request_is_taken_back_by_its_tick_and_an_answer_stays(qtbot, window, team, others):
    book, row = window.session.book, team.evaluation(team.wang)
    team.to(team.wang, "self_review")
    asking.ask(book, row, others)
    rating.rate(book, row, team.care, "peer", 5, "helped", rater=others[0])
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Ask colleagues…")
    made = dialog(window, AskColleagues)
    told = {one.text(0): one.text(3) for one in made._lines()}
    assert told == {"Anders": "has answered", "Zoe": "asked"}
    for line in made._lines():
        made.list.setCurrentItem(line)
        qtbot.keyClick(made.list, Qt.Key.Key_Space)
    assert made.people() == [others[0]]
    accept(qtbot, window, "Ask who is ticked", AskColleagues)
    assert asked(book, row) == [("Anders", True)]


def test_what_is_refused_is_said_in_the_dialog(qtbot, window, team, others):
    team.to(team.wang, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Ask colleagues…")
    made = dialog(window, AskColleagues)
    window.session.book.set("salesperson", others[1], {"status": "left"})
    made._lines()[0].setCheckState(0, Qt.CheckState.Checked)
    click(qtbot, made, "Ask who is ticked")
    assert made._said.isVisible()
    assert "Zoe has left" in made._said.text()
    made.reject()
    wait(qtbot, window)


def test_a_name_that_is_typed_narrows_the_list_and_every_part_is_named(qtbot, window, team, others):
    team.to(team.wang, "self_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Ask colleagues…")
    made = dialog(window, AskColleagues)
    made.search.setText("and")
    assert [one.text(0) for one in made._lines() if not one.isHidden()] == ["Anders"]
    labels = {one.text() for one in made.findChildren(QLabel)}
    assert made.search.accessibleName() in labels
    assert made.button.accessibleName() == made.button.text()
    assert made.list.accessibleName() == "Colleagues to ask"
    made.reject()


def test_what_colleagues_say_stands_as_a_mean_and_the_names_behind_it(qtbot, window, team, others):
    book, row = window.session.book, team.evaluation(team.wang)
    team.to(team.wang, "manager_review")
    asking.ask(book, row, others)
    rating.rate(book, row, team.care, "peer", 5, "helped", rater=others[0])
    rating.rate(book, row, team.care, "peer", 4, "", rater=others[1])
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    assert answers(tab, team.wang) == "2 of 2"
    [care] = [one for one in tab.sheet.items._lines() if one.text(0) == "Care"]
    lines = [care.child(at) for at in range(care.childCount())]
    [together] = [one for one in lines if one.text(0).startswith("2 colleagues")]
    assert together.text(0) == "2 colleagues: level 4.5 on average"
    assert not together.isExpanded()
    assert not any("Anders" in one.text(0) for one in lines)
    assert "Anders" in together.child(0).text(0)
    [gap] = [one for one in range(tab.sheet.gaps.rowCount()) if tab.sheet.gaps.item(one, 0).text() == "Care"]  # fmt: skip
    assert tab.sheet.gaps.item(gap, 3).text() == "4.5 (2)"
    found = reading.ratings(book.connection(), row)
    assert {one.level for one in found if one.by == "peer"} == {Decimal(4), Decimal(5)}


def test_later_than_the_managers_review_nobody_is_asked_on_screen(qtbot, window, team, others):
    for stage, offered in (("running", False), ("manager_review", True), ("calibration", False)):
        team.to(team.wang, stage)
        tab = page(qtbot, window)
        choose(qtbot, window, tab, team.wang)
        assert ("ask" in tab.sheet.buttons) is offered


def test_what_a_colleague_says_by_word_of_mouth_is_entered_for_who_was_asked(
    qtbot, window, team, others
):
    book, row = window.session.book, team.evaluation(team.wang)
    team.to(team.wang, "self_review")
    asking.ask(book, row, [others[1]])
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Enter a colleague's view…")
    assert dialog(window, AskColleague).row("rater") == others[1]
    accept(qtbot, window, "Judge…", AskColleague)
    made = dialog(window, RateItems)
    made.boxes[0].levels[4].setChecked(True)
    accept(qtbot, window, "Save draft", RateItems)
    assert asked(book, row) == [("Zoe", True)]
    assert answers(tab, team.wang) == "1 of 1"
