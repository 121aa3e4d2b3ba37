"""Judging on screen: a self-review and a manager's review are drafted, shown by records, handed in, finished."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from models.evaluations import steps
from tests.ui.acting import click, settle
from tests.ui.test_evaluations_page import accept, choose, dialog, page, team, wait
from ui.dialogs.cite_records import CiteRecords
from ui.dialogs.evaluation_asks import WithoutSelfReview
from ui.dialogs.rate_items import RateItems
from ui.records.editors import put_text

__all__ = ["team"]


def test_a_draft_is_kept_as_one_change_and_comes_back(qtbot, window, team):
    team.to(team.wang, "self_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Self-review…")
    asked = dialog(window, RateItems)
    asked.boxes[0].levels[2].setChecked(True)
    asked.boxes[0].reason.setPlainText("was ill")
    before = window.session.book.last_change
    accept(qtbot, window, "Save draft", RateItems)
    assert window.session.book.last_change == before + 1
    assert team.stage(team.wang) == "self_review"
    click(qtbot, tab.sheet, "Self-review…")
    again = dialog(window, RateItems)
    assert again.boxes[0].draft().level == Decimal(2)
    assert again.boxes[0].draft().comment == "was ill"
    again.reject()


def test_handing_in_is_one_change_and_refused_nothing_is_written_and_nothing_typed_is_lost(
    qtbot, window, team
):
    team.to(team.wang, "self_review")
    book, tab = window.session.book, page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Self-review…")
    asked = dialog(window, RateItems)
    asked.boxes[0].reason.setPlainText("was ill")
    before = book.last_change
    click(qtbot, asked, "Save and hand in")
    assert asked.isVisible()
    assert "Care" in asked._said.text()
    assert asked.boxes[0].draft().comment == "was ill"
    assert book.last_change == before
    asked.boxes[0].levels[2].setChecked(True)
    accept(qtbot, window, "Save and hand in", RateItems)
    assert book.last_change == before + 1
    assert book.info(before + 1).reason == "Self-review handed in: 王强"
    book.undo()
    wait(qtbot, window)
    assert team.stage(team.wang) == "self_review"
    [row] = book.linked("evaluation_rating", "evaluation", team.evaluation(team.wang))
    assert book.record("evaluation_rating", row)["comment"] is None


def test_finishing_the_review_with_what_was_judged_is_one_change(qtbot, window, team):
    team.to(team.wang, "manager_review")
    book, tab = window.session.book, page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Judge…")
    asked = dialog(window, RateItems)
    asked.boxes[0].levels[3].setChecked(True)
    asked.boxes[0].cites.setText(team.proof(team.wang))
    before = book.last_change
    accept(qtbot, window, "Save and finish", RateItems)
    assert (book.last_change, team.stage(team.wang)) == (before + 1, "calibration")
    assert book.info(before + 1).reason == "Manager's review finished: 王强"


def test_going_on_without_a_self_review_is_one_change(qtbot, window, team):
    team.to(team.wang, "self_review")
    book, tab = window.session.book, page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    tab.acts.do(next(one for one in tab.model.lines if one.person == team.wang), steps.WAIVE)
    put_text(dialog(window, WithoutSelfReview).boxes["self_waived"].editor, "on leave")
    before = book.last_change
    accept(qtbot, window, "Go on without it", WithoutSelfReview)
    assert (book.last_change, team.stage(team.wang)) == (before + 1, "manager_review")


def test_a_manager_must_name_a_record_and_finds_it_by_typing(qtbot, window, team):
    team.to(team.wang, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Judge…")
    asked = dialog(window, RateItems)
    asked.boxes[0].levels[4].setChecked(True)
    click(qtbot, asked, "Save draft")
    assert "Name a record" in asked.boxes[0]._said.text()
    click(qtbot, asked, "Find records…")
    found = dialog(window, CiteRecords)
    settle(qtbot, window)
    picker = found.picker
    assert picker.list.count() > 0
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    qtbot.keyClick(picker.list, Qt.Key.Key_Return)
    assert asked.boxes[0].cites.text() == picker.chosen[0]
    accept(qtbot, window, "Save draft", RateItems)
    assert team.stage(team.wang) == "manager_review"
    click(qtbot, tab.sheet, "Finish the review")
    wait(qtbot, window)
    assert team.stage(team.wang) == "calibration"


def test_from_the_levels_tab_leads_to_the_reason_then_to_what_shows_it(qtbot, window, team):
    team.to(team.wang, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Judge…")
    asked = dialog(window, RateItems)
    box = asked.boxes[0]
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    box.levels[3].setFocus()
    qtbot.keyClick(box.levels[3], Qt.Key.Key_2)
    reached = []
    for _ in range(3):
        qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Tab)
        reached.append(asked.focusWidget())
    assert reached == [box.reason, box.cites, box.find_button]
    asked.reject()


def test_enter_on_a_level_does_not_finish_the_review(qtbot, window, team):
    team.to(team.wang, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Judge…")
    asked = dialog(window, RateItems)
    asked.boxes[0].cites.setText(team.proof(team.wang))
    qtbot.keyClick(asked.boxes[0].levels[3], Qt.Key.Key_4)
    qtbot.keyClick(asked.boxes[0].levels[4], Qt.Key.Key_Return)
    wait(qtbot, window)
    assert team.stage(team.wang) == "manager_review"
    assert asked.isVisible()
    asked.reject()


def test_what_the_person_says_is_not_shown_before_it_is_handed_in(qtbot, window, team):
    from models.evaluations import rating

    team.to(team.wang, "self_review")
    rating.rate(window.session.book, team.evaluation(team.wang), team.care, "self", 5, "secret")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    shown = [tab.sheet.gaps.item(row, 1).text() for row in range(tab.sheet.gaps.rowCount())]
    assert shown == ["–", "–"]
    rating.hand_in_self(window.session.book, team.evaluation(team.wang))
    wait(qtbot, window)
    assert tab.sheet.gaps.item(1, 1).text() == "5.0"


# -- explaining ----------------------------------------------------------------------------------


def test_only_the_manager_is_told_to_name_a_record(qtbot, window, team):
    team.to(team.wang, "self_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Self-review…")
    asked = dialog(window, RateItems)
    assert not asked.boxes[0]._names.isVisible()
    asked.reject()
