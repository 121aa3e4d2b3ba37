"""The board of open loops: everything that can be done there, the verdict by keyboard alone."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.growth.graded import judged, rate, scored
from tests.ui.acting import click, settle
from ui.dialogs.hold_talk import HoldTalk, PlanTalk
from ui.dialogs.plan_verdict import PlanVerdict
from ui.dialogs.propose_plans import ProposePlans

TODAY = date.today()


@pytest.fixture
def board(qtbot, window):
    """One plan to check, one to agree on, one to begin, one that runs; weak items without a plan."""
    book = window.session.book
    first, second = book.ids("salesperson")
    usual = {"measure": "win_rate", "baseline": "0.2", "target": "0.5"}
    rows = {}
    with book.change("plans") as change:
        for name, person, status, begins in (
            ("check", first, "running", -90), ("propose", first, "proposed", 0),
            ("begin", first, "agreed", -1), ("runs", second, "running", -5),
        ):  # fmt: skip
            start = TODAY + timedelta(days=begins)
            rows[name] = change.add("improvement_plan", {"title": name, "person": person, "starts_on": start, "check_on": start + timedelta(days=84), "status": status, **usual})  # fmt: skip
        change.add("plan_action", {"plan": rows["propose"], "title": "Read the book"})
        for at in range(8):
            change.add("opportunity", {"name": f"D{at}", "customer": "C001", "owner": first, "status": "won" if at < 5 else "lost", "amount": 1, "closed_on": TODAY - timedelta(days=30)})  # fmt: skip
        cycle = change.add("evaluation_cycle", {"name": "Cycle", "period": "2026-Q2"})
        found = scored(book, second, rate("Speed", 8, 40, measure="task_done_rate"), judged("Talk", 2, ()))  # fmt: skip
        rows["evaluation"] = change.add("evaluation", {"person": second, "cycle": cycle, "status": "talk", "presented": json.dumps(found.as_dict())})  # fmt: skip
    page = window.page("growth")
    page.list_of("loops")
    settle(qtbot, window)
    return window, page.own["loops"], rows


def kinds(loops) -> list[str]:
    return [one.thing.kind for one in loops.list.model.lines]


def choose(qtbot, window, loops, kind: str) -> None:
    loops.list.table.selectRow(kinds(loops).index(kind))
    settle(qtbot, window)


def dialog(kind):
    [found] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    return found


def status(window, row: int) -> str:
    return str(window.session.book.record("improvement_plan", row)["status"])


def test_people_stand_at_the_left_with_how_many_loops_wait_and_narrow_the_list(qtbot, board):
    window, loops, _ = board
    names = [loops.people.item(at).text() for at in range(loops.people.count())]
    assert names == ["Everybody (5)", "王强 (3)", "李娜 (2)"]
    loops.people.setCurrentRow(2)
    settle(qtbot, window)
    assert kinds(loops) == ["talk", "weak", "runs"]
    assert loops.list.count.text() == "2 open loops"
    loops.people.setCurrentRow(0)
    assert len(kinds(loops)) == 6


def test_the_button_says_the_next_step_and_does_it_with_its_undo_offered(qtbot, board):
    window, loops, rows = board
    choose(qtbot, window, loops, "proposed")
    click(qtbot, loops.list, "Agree")
    settle(qtbot, window)
    assert status(window, rows["propose"]) == "agreed"
    [task] = window.session.book.ids("task")
    assert window.session.book.label("task", task) == "Read the book"
    window.session.undo()
    settle(qtbot, window)
    assert status(window, rows["propose"]) == "proposed"
    loops.list.table.selectRow(kinds(loops).index("agreed"))
    settle(qtbot, window)
    click(qtbot, loops.list, "Begin")
    settle(qtbot, window)
    assert status(window, rows["begin"]) == "running"


def test_a_chosen_plan_shows_its_evidence_and_only_what_can_follow(qtbot, board):
    window, loops, _ = board
    pane = loops.pane
    assert pane.none.isVisible()
    choose(qtbot, window, loops, "check")
    qtbot.waitUntil(lambda: "62.5% (8 records)" in pane.told.text())
    assert "The data speaks for: Met." in pane.why.text()
    assert [name for name, one in pane.acts.items() if one.isVisible()] == ["verdict", "continue", "open"]  # fmt: skip
    choose(qtbot, window, loops, "talk")
    assert pane.none.isVisible()


def test_a_verdict_is_given_by_keyboard_alone(qtbot, board):
    window, loops, rows = board
    choose(qtbot, window, loops, "check")
    loops.list.table.setFocus()
    qtbot.keyClick(loops.list.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    shown = dialog(PlanVerdict)
    editor = shown.boxes["verdict"].editor
    assert shown.focusWidget() in (editor, editor.lineEdit())
    assert editor.currentText() == "Met"
    line = editor.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "Partly")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.boxes["result"].editor
    assert shown.boxes["result"].typed() == "62.5%"
    qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
    words = shown.boxes["verdict_words"].editor
    assert shown.focusWidget() is words
    assert "Records: OP-" in words.toPlainText()
    qtbot.keyClick(words, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(words, " Two of them came by themselves.")
    qtbot.keyClick(words, Qt.Key.Key_Tab)
    focus = shown.focusWidget()
    assert focus.text() == "Give verdict"
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    settle(qtbot, window)
    said = window.session.book.record("improvement_plan", rows["check"])
    assert (said["status"], said["verdict"]) == ("partly", "partly")
    assert said["verdict_words"].endswith("Two of them came by themselves.")
    assert "check" not in kinds(loops)


def test_a_verdict_without_words_stays_open_and_says_so_and_continuing_asks_for_the_next_check(
    qtbot, board
):
    window, loops, rows = board
    choose(qtbot, window, loops, "check")
    qtbot.waitUntil(lambda: loops.pane.acts["continue"].isVisible())
    click(qtbot, loops.pane, "Continue…")
    shown = dialog(PlanVerdict)
    assert shown.boxes["check_on"].isVisible()
    shown.boxes["verdict_words"].editor.setPlainText("")
    click(qtbot, shown, "Give verdict")
    assert shown.isVisible()
    shown.boxes["verdict_words"].editor.setPlainText("8 records are too few")
    click(qtbot, shown, "Give verdict")
    settle(qtbot, window)
    assert status(window, rows["check"]) == "closed"
    assert kinds(loops).count("runs") == 2


def test_a_talk_is_planned_and_then_held_from_the_board(qtbot, board):
    window, loops, rows = board
    window.session.set("evaluation", rows["evaluation"], {"manager_done_at": f"{TODAY} 00:01"})
    settle(qtbot, window)
    choose(qtbot, window, loops, "talk")
    click(qtbot, loops.list, "Plan the talk")
    click(qtbot, dialog(PlanTalk), "Plan")
    settle(qtbot, window)
    choose(qtbot, window, loops, "hold")
    click(qtbot, loops.list, "Hold the talk")
    click(qtbot, dialog(HoldTalk), "Keep the talk")
    settle(qtbot, window)
    assert "hold" not in kinds(loops)
    assert "sign" in kinds(loops)


def test_plans_are_proposed_with_what_is_left_out_and_accepted_as_one_step(qtbot, board):
    window, loops, rows = board
    choose(qtbot, window, loops, "weak")
    click(qtbot, loops.list, "Propose plans…")
    shown = dialog(ProposePlans)
    qtbot.waitUntil(lambda: bool(shown.checks))
    assert [one.text() for one, _ in shown.checks] == ["Speed: from 20.0% to 40.0%"]
    [check] = [one for one, _ in shown.checks]
    check.setChecked(False)
    assert not shown.accepting.isEnabled()
    check.setChecked(True)
    before = window.session.book.last_change
    click(qtbot, shown, "Accept plans")
    settle(qtbot, window)
    assert window.session.book.last_change == before + 1
    assert "weak" not in kinds(loops)
    made = window.session.book.record("improvement_plan", max(window.session.book.ids("improvement_plan")))  # fmt: skip
    assert made["evaluation"].id == rows["evaluation"]
    assert status(window, rows["check"]) == "running"


def test_a_book_without_people_says_that_no_loop_is_open(qtbot, window):
    page = window.page("growth")
    page.list_of("loops")
    settle(qtbot, window)
    loops = page.own["loops"]
    assert "No loop is open" in loops.list.empty.text()
    assert not loops.list.buttons[0].isEnabled()
