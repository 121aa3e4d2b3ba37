"""A cycle walked on screen: what is said first, the next step, judging, signing, calibrating, looking back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from models.evaluations import adjusting, cycle, presenting, rating, sealing, signing
from tests.ui.acting import button, click, settle
from tests.ui.evaluated import Round, add_card, add_cycle, opened
from ui.dialogs.evaluation_appeals import AnswerAppeal, FileAppeal
from ui.dialogs.evaluation_asks import Adjust, NameEvaluator, SendBack, WithoutSelfReview
from ui.dialogs.later_changes import LaterChanges
from ui.dialogs.open_cycle import NewCycle, OpenCycle
from ui.dialogs.rate_items import RateItems
from ui.dialogs.sign_evaluation import SignEvaluation
from ui.pages.evaluation_items import _KEY
from ui.records.editors import put_text


def page(qtbot, window, tab: str = "cycle"):
    shown = window.page("evaluations")
    shown.list_of(tab)
    wait(qtbot, window)
    return shown.own[tab]


def wait(qtbot, window) -> None:
    """Until what was written is read again."""
    settle(qtbot, window)
    qtbot.wait(200)
    settle(qtbot, window)


def dialog(window, kind):
    [found] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    return found


@pytest.fixture
def team(qtbot, window) -> Round:
    made = opened(window.session.book)
    settle(qtbot, window)
    return made


def choose(qtbot, window, tab, person: int) -> None:
    tab.reader.turn(person)
    wait(qtbot, window)


def accept(qtbot, window, text: str, kind: type[QDialog]) -> None:
    click(qtbot, dialog(window, kind), text)
    wait(qtbot, window)


# -- where nothing is yet ------------------------------------------------------------------------


def test_without_a_scorecard_it_is_said_what_comes_first_and_the_button_leads_there(qtbot, window):
    tab = page(qtbot, window)
    assert "First a scorecard" in tab.empty.text()
    click(qtbot, tab, "To the scorecards")
    settle(qtbot, window)
    assert window.page("evaluations").current.entity == "scorecard_template"


def test_from_a_scorecard_a_cycle_is_made_and_opened_by_the_keyboard(qtbot, window):
    book = window.session.book
    add_card(book)
    tab = page(qtbot, window)
    click(qtbot, tab.empty, "New cycle…")
    made = dialog(window, NewCycle)
    put_text(made.boxes["name"].editor, "Spring")
    put_text(made.boxes["period"].editor, "2026-H1")
    accept(qtbot, window, "Make the cycle", NewCycle)
    assert [one.scored.name for one in tab.model.lines] == ["王强", "李娜"]
    assert "preview" in tab._about.text()
    click(qtbot, tab, "Open the cycle…")
    asked = dialog(window, OpenCycle)
    assert len(asked.people()) == 2
    qtbot.keyClick(asked.open_button, Qt.Key.Key_Space)
    wait(qtbot, window)
    assert book.count("evaluation") == 2
    assert {one.stage for one in tab.model.lines} == {"goal_setting"}


def test_who_is_not_ticked_is_not_in_the_cycle(qtbot, window):
    book = window.session.book
    add_card(book)
    add_cycle(book)
    tab = page(qtbot, window)
    click(qtbot, tab, "Open the cycle…")
    asked = dialog(window, OpenCycle)
    asked.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    accept(qtbot, window, "Open the cycle", OpenCycle)
    assert book.count("evaluation") == 1


# -- the walk ------------------------------------------------------------------------------------


def test_the_primary_button_is_the_next_step_from_the_goals_to_the_seal(qtbot, window, team):
    book, tab = window.session.book, page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    for text in ("Goals are agreed: begin", "Begin the self-review"):
        first = next(iter(tab.sheet.buttons.values()))
        assert (first.text(), first.property("primary")) == (text, True)
        qtbot.keyClick(tab.table, Qt.Key.Key_Return)
        wait(qtbot, window)
    click(qtbot, tab.sheet, "Self-review…")
    own = dialog(window, RateItems)
    qtbot.keyClick(own.boxes[0].levels[3], Qt.Key.Key_5)
    accept(qtbot, window, "Save and hand in", RateItems)
    assert team.stage(team.wang) == "manager_review"
    click(qtbot, tab.sheet, "Judge…")
    judged = dialog(window, RateItems)
    assert "level 5" in " ".join(one.text() for one in judged.findChildren(type(judged._hint)))
    qtbot.keyClick(judged.boxes[0].levels[3], Qt.Key.Key_4)
    judged.boxes[0].cites.setText(team.proof(team.wang))
    accept(qtbot, window, "Save and finish", RateItems)
    assert team.stage(team.wang) == "calibration"
    click(qtbot, tab.sheet, "Total is confirmed: to the talk")
    wait(qtbot, window)
    click(qtbot, tab.sheet, "Put before both")
    wait(qtbot, window)
    click(qtbot, tab.sheet, "Sign as 王强…")
    accept(qtbot, window, "Sign", SignEvaluation)
    click(qtbot, tab.sheet, "Sign as manager…")
    accept(qtbot, window, "Sign", SignEvaluation)
    click(qtbot, tab.sheet, "Seal")
    wait(qtbot, window)
    assert team.stage(team.wang) == "signed"
    assert sealing.is_sealed(book, team.evaluation(team.wang))
    assert "sealed" in tab.sheet.about.text()


def test_each_step_of_a_person_is_undone_like_any_change(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    tab.sheet.press_next()
    wait(qtbot, window)
    assert team.stage(team.wang) == "running"
    window.session.undo()
    wait(qtbot, window)
    assert team.stage(team.wang) == "goal_setting"
    assert tab.sheet.standing.stage == "goal_setting"


def test_everybody_moves_on_and_who_cannot_is_named_with_the_reason(qtbot, window, team):
    team.to(team.wang, "manager_review")
    team.to(team.li, "manager_review")
    said: list[str] = []
    window.session.refused.connect(said.append)
    tab = page(qtbot, window)
    click(qtbot, tab, "All to the next stage")
    wait(qtbot, window)
    assert len(said) == 1
    assert "王强 stays" in said[0]
    assert "Care" in said[0]


def test_a_stage_that_is_pressed_narrows_the_list(qtbot, window, team):
    team.to(team.wang, "running")
    tab = page(qtbot, window)
    tab.stages.buttons["running"].click()
    assert [one.scored.name for one in tab.model.lines] == ["王强"]
    tab.stages.buttons["running"].click()
    assert len(tab.model.lines) == 2


def test_without_a_self_review_it_goes_on_only_with_a_reason(qtbot, window, team):
    team.to(team.wang, "self_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Without self-review…")
    accept(qtbot, window, "Go on without it", WithoutSelfReview)
    assert dialog(window, WithoutSelfReview)._said.isVisible()
    put_text(dialog(window, WithoutSelfReview).boxes["self_waived"].editor, "on leave")
    accept(qtbot, window, "Go on without it", WithoutSelfReview)
    assert team.stage(team.wang) == "manager_review"


def test_an_evaluation_is_sent_back_with_a_reason(qtbot, window, team):
    team.to(team.wang, "calibration")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    click(qtbot, tab.sheet, "Send back…")
    asked = dialog(window, SendBack)
    put_text(asked.boxes["notes"].editor, "an order was missing")
    accept(qtbot, window, "Send back", SendBack)
    assert team.stage(team.wang) == "manager_review"


def test_who_has_no_superior_gets_somebody_who_evaluates(qtbot, window, team):
    team.to(team.li, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.li)
    click(qtbot, tab.sheet, "Who evaluates…")
    put_text(dialog(window, NameEvaluator).boxes["manager"].editor, "王强")
    accept(qtbot, window, "Take", NameEvaluator)
    assert "evaluated by 王强" in tab.sheet.about.text()


# -- judging -------------------------------------------------------------------------------------


def test_an_item_opens_into_words_rule_measure_and_records_that_open(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    tree = tab.sheet.items
    item = tree.topLevelItem(0)
    tree.setCurrentItem(item)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert item.isExpanded()
    texts = [item.child(at).text(0) for at in range(item.childCount())]
    begins = ("In words", "Rule", "Measure", "1 record")
    assert [one.startswith(begin) for one, begin in zip(texts, begins, strict=True)] == [True] * 4
    assert "version 1" in texts[1]
    record = item.child(3).child(0)
    assert record.text(0).startswith("OP-")
    tree.setCurrentItem(record)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page("pipeline").isVisible()


def test_what_is_sealed_shows_what_was_signed_whatever_is_changed_later(qtbot, window, team):
    book = window.session.book
    team.to(team.wang, "talk")
    row = team.evaluation(team.wang)
    presenting.present(book, row)
    for person in (team.wang, team.li):
        signing.sign(book, row, person)
    sealing.seal(book, row)
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    before = tab.sheet.head.text()
    [deal] = [one for one in book.ids("opportunity") if book.label("opportunity", one) == "商机3"]
    book.set("opportunity", deal, {"amount": 999_999})
    wait(qtbot, window)
    assert tab.sheet.head.text() == before


# -- calibration and history ---------------------------------------------------------------------


def test_points_are_adjusted_by_plus_with_a_reason_and_undone(qtbot, window, team):
    for person in (team.wang, team.li):
        team.to(person, "calibration")
    tab = page(qtbot, window, "calibration")
    choose(qtbot, window, tab, team.wang)
    before = tab.standing.scored.total
    qtbot.keyClicks(tab.table, "+")
    accept(qtbot, window, "Adjust", Adjust)
    assert dialog(window, Adjust)._said.isVisible()
    put_text(dialog(window, Adjust).boxes["adjustment_reason"].editor, "trains others")
    accept(qtbot, window, "Adjust", Adjust)
    assert tab.standing.scored.total == before + 1
    window.session.undo()
    wait(qtbot, window)
    assert tab.standing.scored.total == before


def test_grades_stand_beside_what_was_intended(qtbot, window, team):
    for person in (team.wang, team.li):
        team.to(person, "calibration")
    tab = page(qtbot, window, "calibration")
    shown = [[tab.grades.item(row, at).text() for at in range(4)] for row in range(2)]
    assert [one[0] for one in shown] == ["A", "B"]
    assert {one[3] for one in shown} == {"1 (50%)"}


def test_before_the_calibration_nothing_is_adjusted(qtbot, window, team):
    tab = page(qtbot, window, "calibration")
    assert not tab.more.isEnabled()
    said: list[str] = []
    window.session.refused.connect(said.append)
    qtbot.keyClicks(tab.table, "+")
    assert said == ["Points are adjusted at the stage of calibration."]
    assert "calibration" in tab.more.toolTip()
    from models.refusals import Refused

    with pytest.raises(Refused) as refused:
        adjusting.adjust(window.session.book, team.evaluation(team.wang), Decimal(1), "why")
    assert refused.value.code == "wrong_stage"


def test_the_history_of_a_person_has_a_line_a_cycle(qtbot, window, team):
    tab = page(qtbot, window, "history")
    choose(qtbot, window, tab, team.wang)
    assert [one.scored.cycle_name for one in tab.pasts] == ["Spring"]
    assert tab.table.item(0, 0).text() == "Spring"
    assert tab.table.horizontalHeaderItem(4).text() == "Amount won"


def test_the_sheet_is_saved_as_a_pdf(qtbot, window, team, tmp_path: Path):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    assert button(tab.sheet, "Save as PDF…").isEnabled()
    target = tmp_path / "sheet.pdf"
    tab.acts.signing.print(tab.standing, target)
    wait(qtbot, window)
    assert target.read_bytes().startswith(b"%PDF")


# -- after the seal ------------------------------------------------------------------------------


@pytest.fixture
def sealed(qtbot, window, team) -> Round:
    book, row = window.session.book, None
    team.to(team.wang, "talk")
    row = team.evaluation(team.wang)
    presenting.present(book, row)
    for person in (team.wang, team.li):
        signing.sign(book, row, person)
    sealing.seal(book, row)
    return team


def test_what_changed_since_is_listed_with_what_it_would_be_today(qtbot, window, sealed):
    book, tab = window.session.book, page(qtbot, window)
    [deal] = [one for one in book.ids("opportunity") if book.label("opportunity", one) == "商机3"]
    book.set("opportunity", deal, {"amount": 1})
    choose(qtbot, window, tab, sealed.wang)
    click(qtbot, tab.sheet, "What changed since…")
    wait(qtbot, window)
    shown = dialog(window, LaterChanges)
    assert "商机3" in shown.table.item(0, 1).text()
    assert shown.table.item(0, 4).text() == "¥1.00"
    assert shown.items.item(0, 0).text() == "Amount won"
    assert shown.items.item(0, 1).text() != shown.items.item(0, 2).text()
    shown.reject()


def test_an_appeal_is_filed_answered_and_corrected_in_a_new_version(qtbot, window, sealed):
    book, tab = window.session.book, page(qtbot, window)
    choose(qtbot, window, tab, sealed.wang)
    click(qtbot, tab.sheet, "File an appeal…")
    put_text(dialog(window, FileAppeal).boxes["reason"].editor, "one order is mine")
    accept(qtbot, window, "File the appeal", FileAppeal)
    assert next(iter(tab.sheet.buttons)) == "answer"
    click(qtbot, tab.sheet, "Answer the appeal…")
    asked = dialog(window, AnswerAppeal)
    put_text(asked.boxes["answer"].editor, "right, it is")
    asked.correct.setChecked(True)
    accept(qtbot, window, "Answer", AnswerAppeal)
    versions = [book.record("evaluation", one)["version"] for one in book.ids("evaluation")]
    assert sorted(versions) == [1, 1, 2]
    assert tab.sheet.standing.scored.version == 2


def test_the_history_marks_what_is_sealed(qtbot, window, sealed):
    tab = page(qtbot, window, "history")
    choose(qtbot, window, tab, sealed.wang)
    assert tab.table.item(0, 1).text() == "Sealed"


def test_what_was_done_is_told_in_the_language_of_the_window(qtbot, window, team):
    window.set_language("zh_CN")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    said: list[str] = []
    window.session.said.connect(lambda text, _: said.append(text))
    tab.sheet.press_next()
    wait(qtbot, window)
    assert len(said) == 1
    assert not said[0].isascii()


def test_name_and_days_of_a_new_cycle_follow_its_period_until_somebody_writes_their_own(
    qtbot, window
):
    made = NewCycle(window.session, window.page("evaluations"), date(2026, 11, 28))
    texts = {name: made.boxes[name].typed for name in ("name", "self_review_due", "talk_due")}
    assert texts["name"]() == "Evaluation 2026-Q4"
    put_text(made.boxes["talk_due"].editor, "2026-12-24")
    put_text(made.boxes["period"].editor, "2026-11")
    assert texts["name"]() == "Evaluation 2026-11"
    assert texts["self_review_due"]() == "2026-12-08"
    assert texts["talk_due"]() == "2026-12-24"
    put_text(made.boxes["name"].editor, "November")
    put_text(made.boxes["period"].editor, "2026-1")  # not written to its end yet
    put_text(made.boxes["period"].editor, "2026-10")
    assert (texts["name"](), texts["self_review_due"]()) == ("November", "2026-12-05")
    made.reject()


def test_what_is_to_be_done_reads_as_one_sentence(qtbot, window, team):
    team.to(team.li, "manager_review")
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.li)
    assert tab.sheet.waiting.text() == (
        "To do: 1 item has no level yet: Care; The manager's review is to be finished; "
        "Nobody is named who evaluates"
    )


def test_the_cycle_that_is_looked_at_stays_when_it_is_over_and_another_is_not(qtbot, window, team):
    book = window.session.book
    with book.change("Another, earlier one") as change:
        earlier = change.add("evaluation_cycle", {"name": "Autumn", "period": "2025-H2"})
    cycle.open_cycle(book, earlier)
    tab = page(qtbot, window)
    assert tab.chooser.currentText() == "Spring"
    with book.change("Over") as change:
        change.db.run("UPDATE evaluation SET status = 'archived' WHERE cycle = ?", (team.cycle,))
        change.set("evaluation_cycle", team.cycle, {"notes": "over"})
    wait(qtbot, window)
    assert tab.chooser.currentText() == "Spring"


def test_the_menu_of_a_person_offers_the_steps_that_stand_as_buttons(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    for shown in (tab.table, page(qtbot, window, "calibration").table):
        page(qtbot, window, "cycle" if shown is tab.table else "calibration")
        shown.setFocus()
        shown.customContextMenuRequested.emit(shown.visualRect(shown.currentIndex()).center())
        menu = QApplication.activePopupWidget()
        texts = [one.text() for one in menu.actions()]
        assert texts
        if shown is tab.table:
            assert texts == [one.text() for one in tab.sheet.buttons.values()]
        menu.close()


def test_the_history_opens_the_record_of_a_cycle(qtbot, window, sealed):
    tab = page(qtbot, window, "history")
    choose(qtbot, window, tab, sealed.wang)
    tab.table.setCurrentCell(0, 0)
    click(qtbot, tab, "Open the record")
    settle(qtbot, window)
    assert window.records.entity == "evaluation"
    assert window.records.detail.id == sealed.evaluation(sealed.wang)


def lines_of(items, at=0):
    """The lines that an item opens into, by what their keys end with."""
    top = items.topLevelItem(at)
    return {
        str(top.child(n).data(0, _KEY)).split("/")[1]: top.child(n) for n in range(top.childCount())
    }


def click_line(qtbot, items, line):
    place = items.visualItemRect(line).center()
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_two_clicks_lead_to_the_records_the_third_to_the_rule_and_back_again(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    measured = next(
        at for at in range(items.topLevelItemCount()) if "records" in lines_of(items, at)
    )
    top = items.topLevelItem(measured)
    click_line(qtbot, items, top)
    assert top.isExpanded()
    click_line(qtbot, items, lines_of(items, measured)["records"])
    settle(qtbot, window)
    assert window.navigation.currentItem().text() != "Evaluations"
    assert not items.isVisible()
    window.do_back()
    settle(qtbot, window)
    assert items.isVisible()
    assert items.hasFocus()
    assert top.isExpanded()
    click_line(qtbot, items, lines_of(items, measured)["rule"])
    settle(qtbot, window)
    shown = window.page("evaluations").current
    assert shown is not None
    assert shown.entity == "scorecard_item"
    window.do_back()
    assert items.isVisible()


def test_enter_leads_the_same_way_and_two_quick_clicks_open_an_item_once(qtbot, window, team):
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    top = items.topLevelItem(0)
    place = items.visualItemRect(top).center()
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert top.isExpanded()
    items.setFocus()
    items.setCurrentItem(top)
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert not top.isExpanded()
    qtbot.keyClick(items, Qt.Key.Key_Return)
    asked: list[tuple[str, int]] = []
    window.session.record_wanted.connect(lambda *one: asked.append(one))
    items.setCurrentItem(lines_of(items)["rule"])
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert [entity for entity, _ in asked] == ["scorecard_item"]


def test_what_a_judgement_cites_stands_below_it_with_its_name_and_opens(qtbot, window, team):
    team.to(team.wang, "manager_review")
    proof = team.proof(team.wang)
    rating.rate(
        window.session.book, team.evaluation(team.wang), team.care, "manager", 4, "seen", proof
    )
    tab = page(qtbot, window)
    choose(qtbot, window, tab, team.wang)
    items = tab.sheet.items
    at = next(
        at for at in range(items.topLevelItemCount()) if items.topLevelItem(at).text(0) == "Care"
    )
    judged = next(line for key, line in lines_of(items, at).items() if key.startswith("by manager"))
    items.topLevelItem(at).setExpanded(True)
    assert judged.isExpanded()
    assert proof in judged.child(0).text(0)
    assert len(judged.child(0).text(0)) > len(proof) + 5
    asked: list[tuple[str, int]] = []
    window.session.record_wanted.connect(lambda *one: asked.append(one))
    click_line(qtbot, items, judged.child(0))
    assert len(asked) == 1
