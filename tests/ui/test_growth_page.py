"""The page Growth: giving feedback, the map, talks, recognition; also by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.acting import click, settle
from tests.ui.looking import cut_labels
from ui.dialogs.give_feedback import GiveFeedback
from ui.dialogs.hold_talk import HoldTalk, PlanTalk
from ui.dialogs.recognise import Recognise
from ui.records.editors import put_value

TODAY = date.today()


@pytest.fixture
def team(qtbot, window):
    """A deal that was lost yesterday, a skill and a value; 李娜 is led by 王强."""
    book = window.session.book
    with book.change("growth") as change:
        change.add("skill", {"name": "Negotiation"})
        change.add("cultural_value", {"name": "Customers first"})
        lead = change.add("salesperson", {"name": "王强"})
        [person] = [row for row in book.ids("salesperson") if book.label("salesperson", row) == "李娜"]  # fmt: skip
        change.set("salesperson", person, {"manager": lead, "team": None})
        deal = change.add(
            "opportunity",
            {"name": "Big line", "customer": "C001", "owner": "李娜", "amount": 90_000, "status": "lost",
             "closed_on": TODAY - timedelta(days=1)},
        )  # fmt: skip
    settle(qtbot, window)
    return window, person, deal


def tab(qtbot, window, name: str):
    page = window.page("growth")
    page.list_of(name)
    settle(qtbot, window)
    return page.own[name]


def dialog(kind):
    [found] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]  # fmt: skip
    return found


def fill(made, **values: object) -> None:
    for name, one in values.items():
        put_value(made.boxes[name].editor, str(one), one)


def wait(qtbot, window, met) -> None:
    qtbot.waitUntil(met, timeout=10_000)
    settle(qtbot, window)


def test_an_occasion_opens_feedback_that_cites_it_and_is_gone_when_it_was_given(qtbot, team):
    window, _, deal = team
    book = window.session.book
    shown = tab(qtbot, window, "giving")
    wait(qtbot, window, lambda: shown.occasions.model.rowCount() == 1)
    shown.occasions.table.selectRow(0)
    qtbot.keyClick(shown.occasions.buttons[0], Qt.Key.Key_Space)
    made = dialog(GiveFeedback)
    assert made.boxes["person"].editor.text() == "李娜"
    assert made.boxes["giver"].editor.text() == "王强"
    assert made.boxes["cites"].typed() == book.public_id("opportunity", deal)
    assert "Big line" in made.boxes["situation"].typed()
    assert made.focusWidget() is made.boxes["behaviour"].editor
    fill(made, behaviour="Named the price before asking", next_step="Ask for the terms first")
    made.as_task.setChecked(True)
    click(qtbot, made, "Give feedback")
    wait(qtbot, window, lambda: shown.given.model.rowCount() == 1)
    wait(qtbot, window, lambda: shown.occasions.model.rowCount() == 0)
    [row] = book.ids("feedback")
    assert book.record("feedback", row)["task"].label == "Ask for the terms first"
    assert shown.given.model.lines[0].cells[7] == "Ask for the terms first · task is open"


def test_gentle_checks_follow_what_is_typed_and_block_nothing(qtbot, team):
    window, _, _ = team
    shown = tab(qtbot, window, "giving")
    shown.given.give()
    made = dialog(GiveFeedback)
    assert "No day of the event" in made.hints.text()
    fill(made, person="李娜", situation="Acme", behaviour="always careless")
    wait(qtbot, window, lambda: "“careless” judges the person" in made.hints.text())
    assert "“always” is about all times" in made.hints.text()
    fill(made, event_date=TODAY - timedelta(days=3))
    wait(qtbot, window, lambda: "Given 3 days after it." in made.hints.text())
    click(qtbot, made, "Give feedback")
    wait(qtbot, window, lambda: window.session.book.count("feedback") == 1)


def test_a_record_is_ticked_by_keyboard_and_stands_in_the_line(qtbot, team):
    window, _, deal = team
    shown = tab(qtbot, window, "giving")
    shown.given.give()
    made = dialog(GiveFeedback)
    fill(made, person="李娜")
    made.picker.read()
    wait(qtbot, window, lambda: made.picker.list.count() > 0)
    id = window.session.book.public_id("opportunity", deal)
    assert id in made.picker.list.item(0).text()
    made.picker.list.setCurrentRow(0)
    qtbot.keyClick(made.picker.list, Qt.Key.Key_Return)
    assert made.boxes["cites"].typed() == id
    qtbot.keyClick(made.picker.list, Qt.Key.Key_Space)
    assert made.boxes["cites"].typed() == ""
    made.picker.search.setText("海尔")
    wait(qtbot, window, lambda: made.picker.list.item(0).text() == "Nothing is found for “海尔”.")
    made.reject()


def test_an_id_that_means_nothing_is_declined_in_the_dialog(qtbot, team):
    window, _, _ = team
    tab(qtbot, window, "giving").given.give()
    made = dialog(GiveFeedback)
    fill(made, person="李娜", situation="Acme", cites="OP-99ZZZ")
    click(qtbot, made, "Give feedback")
    assert made.isVisible()
    assert any("OP-99ZZZ" in one.text() for one in made.findChildren(QLabel) if one.objectName() == "danger")  # fmt: skip
    made.reject()


def test_every_cell_of_the_map_says_what_it_is_and_opens_what_it_rests_on(qtbot, team):
    window, person, deal = team
    from models.growth.feedback import give

    book = window.session.book
    row = give(book, {"person": person, "skill": "Negotiation", "situation": "At Acme", "cites": book.public_id("opportunity", deal)})  # fmt: skip
    shown = tab(qtbot, window, "strengths")
    wait(qtbot, window, lambda: shown.model.columnCount() > 0)
    found = shown.model.found
    at = [one[0] for one in found.people].index(person)
    index = shown.model.index(at, 0)
    shown.table.setCurrentIndex(index)
    assert index.data() == "▲ 1"
    assert shown.said.text() == "李娜: Negotiation: 1 as a strength, 0 to improve, each with a cited record."  # fmt: skip
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == shown.said.text()
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.page("growth")
    assert page.current is not None
    assert page.current.entity == "feedback"
    assert list(page.current.model.ids) == [row]


def test_a_talk_is_held_with_promises_that_become_tasks_and_are_settled(qtbot, team):
    window, person, _ = team
    book = window.session.book
    shown = tab(qtbot, window, "talks")
    wait(qtbot, window, lambda: shown.people.model.rowCount() > 1)
    place = shown.people.model.place_of(("salesperson", person))
    shown.people.table.selectRow(place)
    wait(qtbot, window, lambda: "李娜" in shown.sheet.toPlainText())
    qtbot.keyClick(shown.people.table, Qt.Key.Key_Return)
    made = dialog(HoldTalk)
    fill(made, shared_notes="agreed", private_notes="for me alone")
    made.promises[0][1].setText("Call Bolt")
    made.promises[1][0].setCurrentIndex(1)
    made.promises[1][1].setText("Ask for the sample")
    click(qtbot, made, "Keep the talk")
    wait(qtbot, window, lambda: shown.promises.count() == 2)
    assert sorted(one[0] for one in book.rows("task", book.ids("task"), ["title"]))[:2] == ["Ask for the sample", "Call Bolt"]  # fmt: skip
    shown.promises.setCurrentRow(0)
    click(qtbot, shown, "Kept")
    wait(qtbot, window, lambda: shown.promises.count() == 1)
    shown.people.plan()
    planning = dialog(PlanTalk)
    click(qtbot, planning, "Plan")
    wait(qtbot, window, lambda: book.count("one_on_one", "status = planned") == 1)


def test_private_notes_are_on_the_screen_and_not_on_the_pdf(qtbot, team, tmp_path, monkeypatch):
    window, person, _ = team
    from models.growth import talk_paper, talks

    talks.hold(window.session.book, person, TODAY - timedelta(days=1), private="for me alone")
    shown = tab(qtbot, window, "talks")
    wait(qtbot, window, lambda: shown.people.model.rowCount() > 1)
    shown.people.table.selectRow(shown.people.model.place_of(("salesperson", person)))
    wait(qtbot, window, lambda: "for me alone" in shown.sheet.toPlainText())
    papers, make = [], talk_paper.paper
    monkeypatch.setattr(talk_paper, "paper", lambda one: papers.append(make(one)) or papers[-1])
    shown.people.save(person, tmp_path / "sheet.pdf")
    wait(qtbot, window, lambda: (tmp_path / "sheet.pdf").exists())
    assert "for me alone" not in str(papers)


def test_somebody_is_recognised_and_everybody_is_told(qtbot, team):
    window, _, deal = team
    book = window.session.book
    shown = tab(qtbot, window, "recognition")
    settle(qtbot, window)
    shown.awards.recognise()
    made = dialog(Recognise)
    fill(made, person="李娜", title="Kept at it")
    click(qtbot, made, "Recognise")
    assert made.isVisible()
    fill(made, value="Customers first", cites=book.public_id("opportunity", deal))
    click(qtbot, made, "Recognise")
    wait(qtbot, window, lambda: shown.awards.model.rowCount() == 1)
    wait(qtbot, window, lambda: shown.chances.model.rowCount() == 1)
    assert "Customers first 1" in shown.awards.spread.text()
    assert book.count("announcement") == 1


@pytest.mark.parametrize("name", ["giving", "strengths", "talks", "recognition"])
def test_a_tab_of_an_empty_team_says_what_to_do(qtbot, window, name):
    shown = tab(qtbot, window, name)
    settle(qtbot, window)
    assert list(cut_labels(shown)) == []


@pytest.mark.parametrize("kind", [GiveFeedback, Recognise])
def test_a_dialog_shows_all_of_itself_and_names_everything(qtbot, team, kind):
    window, _, _ = team
    made = kind(window.session, window)
    made.open()
    settle(qtbot, window)
    assert list(cut_labels(made)) == []
    for name, box in made.boxes.items():
        assert box.editor.accessibleName(), name
        assert box.height() >= box.editor.height(), name
    made.reject()
