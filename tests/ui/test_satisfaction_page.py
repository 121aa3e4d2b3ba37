"""What customers say on the screen: figures open their records, answers are written down by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.acting import settle
from ui.dialogs.customer_answer import CustomerAnswer
from ui.dialogs.new_task import NewTask
from ui.pages.voice_overview import Overview

TODAY = date.today()


@pytest.fixture
def said(qtbot, window):
    """Answers of two people's customers, one with a theme, an old open complaint."""
    book = window.session.book
    first, second, *_ = book.ids("customer")
    with book.change("said") as change:
        change.set("customer", second, {"owner": "李娜"})
        change.add("survey_form", {"name": "Round 1", "sent_on": TODAY, "sent_count": 10, "questions": "How are we?"})  # fmt: skip
        for at in range(6):
            about = {"form": "Round 1", "responded_on": TODAY - timedelta(days=at * 9)}
            change.add("survey_response", {**about, "number": f"a{at}", "customer": first, "score": 5, "recommends": 10})  # fmt: skip
            change.add("survey_response", {**about, "number": f"b{at}", "customer": second, "score": 1 + at % 2, "comment": "Too expensive"})  # fmt: skip
        change.add("survey_response", {"customer": first, "responded_on": TODAY, "channel": "phone", "comment": "Came late", "themes": "Delivery time"})  # fmt: skip
        change.add("complaint", {"title": "Broken", "customer": first, "opened_on": TODAY - timedelta(days=20)})  # fmt: skip
    window.page("satisfaction")
    settle(qtbot, window)
    return window


def overview(qtbot, window) -> Overview:
    page = window.page("satisfaction")
    settle(qtbot, window)
    tab = page.overview
    qtbot.waitUntil(lambda: tab.shown is not None and not tab.waiting)
    return tab


def dialog(kind):
    [found] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    return found


def test_a_book_without_voices_says_what_to_do(qtbot, window):
    tab = overview(qtbot, window)
    assert tab._empty.isVisible()
    assert "Import the export of a questionnaire" in tab._empty.text()


def test_every_figure_opens_the_records_that_it_counts(qtbot, said):
    tab = overview(qtbot, said)
    opened = []
    tab.open_records.connect(lambda title, records: opened.append((title, records)))
    card = tab.cards["satisfaction"]
    assert card.deals.text() == "12 answers"
    card.deals.click()
    qtbot.waitUntil(lambda: bool(opened))
    title, records = opened[0]
    assert title == "Satisfaction"
    assert len(records["survey_response"]) == 12
    opened.clear()
    tab.charts["people"].clicked.emit(0)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0][0].endswith("1. 王强")
    assert len(opened[0][1]["survey_response"]) == 6


def test_suggested_themes_are_taken_with_one_undo(qtbot, said):
    tab = overview(qtbot, said)
    assert any(kind == "tag" for kind, _, _ in tab.shown.notes)
    tab.take_themes()
    settle(qtbot, said)
    book = said.session.book
    assert book.count("survey_response", "themes = Price") == 6
    book.undo()
    assert book.count("survey_response", "themes = Price") == 0


def test_a_theme_becomes_a_task_with_the_words_of_customers(qtbot, said):
    page = said.page("satisfaction")
    page.list_of("themes")
    settle(qtbot, said)
    page.themes.table.selectRow(0)
    page.themes.buttons[1].click()
    made = dialog(NewTask)
    assert "Delivery time" in made._boxes["title"].typed()
    made.reject()


def test_an_old_complaint_is_settled_from_its_list(qtbot, said):
    page = said.page("satisfaction")
    page.list_of("open_complaints")
    settle(qtbot, said)
    [line] = page.waiting.model.lines
    assert (line.cells[2], line.colour) == ("20", (2, "danger"))
    page.waiting.table.selectRow(0)
    page.waiting.buttons[0].click()
    settle(qtbot, said)
    book = said.session.book
    [row] = book.ids("complaint")
    assert book.record("complaint", row)["resolved_on"] == TODAY
    assert page.waiting.model.lines == []


def test_whom_to_ask_leads_to_the_customers(qtbot, said):
    page = said.page("satisfaction")
    page.list_of("asking")
    settle(qtbot, said)
    opened = []
    page.asking.open_records.connect(lambda title, records: opened.append(records))
    page.asking.table.selectRow(0)
    page.asking.show_records()
    assert opened[0]["customer"]


def test_whom_to_ask_becomes_a_task_of_who_looks_after_them(qtbot, said):
    page = said.page("satisfaction")
    page.list_of("asking")
    settle(qtbot, said)
    page.asking.table.selectRow(0)
    [line] = page.asking.chosen()
    opened = []
    page.asking.open_records.connect(lambda title, records: opened.append(records))
    page.asking.show_next()
    assert opened == [{"customer": list(line.thing.due[:10])}]
    page.asking.make_task()
    made = dialog(NewTask)
    assert made._boxes["title"].typed().startswith(f"Ask {len(line.thing.due[:10])} customer")
    assert line.thing.name in made._boxes["owner"].typed()
    made.reject()


def test_suggested_themes_can_be_taken_where_they_are_listed(qtbot, said):
    page = said.page("satisfaction")
    page.list_of("themes")
    settle(qtbot, said)
    page.themes.take_themes()
    settle(qtbot, said)
    assert ("Price", "6") in {line.cells[:2] for line in page.themes.model.lines}
    said.session.said.connect(heard := _Heard())
    page.themes.take_themes()
    assert heard.texts == ["No comment without a theme suggests one by its words."]


class _Heard:
    """What is said below."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, _change: int) -> None:
        self.texts.append(text)


def test_a_pasted_review_fills_the_form_and_is_saved_by_keyboard(qtbot, said):
    overview(qtbot, said).record_answer()
    asking = dialog(CustomerAnswer)
    qtbot.waitUntil(asking.boxes["customer"].editor.hasFocus)  # nobody has to click into it
    assert "How are we?" in asking._questions.text()
    asking._pasted.setPlainText(f"★★☆☆☆ {TODAY - timedelta(days=3)}\nToo expensive, and late.")
    asking._read()
    typed = {name: box.typed() for name, box in asking.boxes.items()}
    assert typed["score"] == "2"
    assert typed["comment"] == "Too expensive, and late."
    assert typed["responded_on"] == (TODAY - timedelta(days=3)).isoformat()
    assert typed["themes"] == "Delivery time, Price"
    assert (typed["channel"], typed["form"]) == ("Online review", "")
    asking.put("customer", "Acme Tools Ltd")
    before = said.session.book.count("survey_response")
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(qtbot, said)
    assert said.session.book.count("survey_response") == before + 1
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, CustomerAnswer) and one.isVisible()]  # fmt: skip


def test_what_is_written_down_on_the_phone_suggests_its_themes(qtbot, said):
    overview(qtbot, said).record_answer()
    asking = dialog(CustomerAnswer)
    qtbot.keyClicks(asking.boxes["comment"].editor, "late and too expensive")
    assert asking.boxes["themes"].typed() == "Delivery time, Price"
    asking.boxes["comment"].editor.setPlainText("Fine")
    assert asking.boxes["themes"].typed() == ""
    asking.put("themes", "My own")
    asking.boxes["comment"].editor.setPlainText("late")
    assert asking.boxes["themes"].typed() == "My own"
    asking.reject()


def test_what_a_person_wrote_is_not_overwritten_by_a_pasted_text(qtbot, said):
    overview(qtbot, said).record_answer()
    asking = dialog(CustomerAnswer)
    asking.put("comment", "My own words")
    asking._pasted.setPlainText("5 stars\nGreat")
    asking._read()
    assert asking.boxes["comment"].typed() == "My own words"
    assert asking.boxes["score"].typed() == "5"
    asking._pasted.setPlainText("")
    asking._read()
    assert asking.boxes["score"].typed() == ""
    asking.reject()


def test_answers_and_complaints_stand_in_the_customers_own_history(qtbot, said):
    from models.journal.timeline import EVENTS

    book = said.session.book
    [row, *_] = book.ids("customer")
    found, _ = book.timeline("customer", row, EVENTS, 50)
    told = [f"{one.what}: {one.told}" for one in found]
    assert any(one.startswith("Phone interview: ") and "Came late" in one for one in told)
    assert any("Complaint: Broken" in one for one in told), told
