"""Records are cited and what is cited is opened, by the keyboard and by a click."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from models.growth.feedback import give
from tests.ui.acting import settle
from tests.ui.test_growth_page import dialog, tab, team, wait
from ui.dialogs.cite_records import CiteRecords
from ui.dialogs.give_feedback import GiveFeedback
from ui.records.cite_line import CitedLinks, CiteLine

__all__ = ["team"]
TODAY = date.today()


@pytest.fixture
def opened(team):
    """The window's team, and the records that it was asked to show."""
    window, person, deal = team
    asked: list[tuple[str, int]] = []
    window.session.record_wanted.connect(lambda *one: asked.append(one))
    return window, person, deal, asked


def texts(picker):
    return [picker.list.item(at).text() for at in range(picker.list.count())]


def ticked(picker):
    every = (picker.list.item(at) for at in range(picker.list.count()))
    return [one.text() for one in every if one.checkState() == Qt.CheckState.Checked]


def asked_for(qtbot, window, person, chosen=()):
    from models.growth import likely

    made = CiteRecords(window.session, likely.until(person, TODAY), list(chosen), "Cite", window)
    made.open()
    settle(qtbot, window)
    return made


def test_the_likely_records_stand_there_at_once_with_kind_amount_day_and_id(qtbot, team):
    window, person, deal = team
    book = window.session.book
    made = asked_for(qtbot, window, person)
    [one] = [text for text in texts(made.picker) if book.public_id("opportunity", deal) in text]
    said = book.record("opportunity", deal)
    assert said["name"] in one
    assert "Opportunity" in one
    assert said["closed_on"].isoformat() in one
    assert f"{said['amount']:,.0f}" in one
    made.reject()


def test_what_is_chosen_stays_in_sight_whatever_is_searched_and_ids_from_before_stay(qtbot, team):
    window, person, deal = team
    book = window.session.book
    [customer] = book.ids("customer")[:1]
    before = book.public_id("customer", customer)
    made = asked_for(qtbot, window, person, [before])
    picker, taken = made.picker, []
    made.taken.connect(taken.extend)
    assert [before in one for one in ticked(picker)] == [True]
    picker.search.setFocus()
    qtbot.keyClicks(picker.search, book.public_id("opportunity", deal))
    wait(qtbot, window, lambda: picker.list.count() == 2)
    assert before in texts(picker)[0]
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert "2 records are cited" in picker.said.text()
    picker.search.setText("zzzzz")
    wait(qtbot, window, lambda: texts(picker)[-1] == "Nothing is found for “zzzzz”.")
    assert len(ticked(picker)) == 2
    qtbot.keyClick(picker.list, Qt.Key.Key_Return)
    assert taken == [before, book.public_id("opportunity", deal)]


def test_of_nobody_it_says_in_words_that_nothing_is_offered(qtbot, team):
    window, _, _ = team
    made = asked_for(qtbot, window, None)
    assert texts(made.picker) == ["Say whose records are meant, or search for one."]
    made.reject()


def test_an_id_that_names_nothing_is_told_and_can_be_taken_away(qtbot, team):
    window, person, _ = team
    made = asked_for(qtbot, window, person, ["OP-99ZZZ"])
    assert texts(made.picker)[0] == "OP-99ZZZ names no record"
    made.picker.list.setCurrentRow(0)
    qtbot.keyClick(made.picker.list, Qt.Key.Key_Space)
    assert made.picker.chosen == []
    made.reject()


def test_enter_in_the_search_of_a_form_sends_nothing_off(qtbot, team):
    window, _, _ = team
    tab(qtbot, window, "giving").given.give()
    made = dialog(GiveFeedback)
    made.picker.search.setText("a")
    qtbot.keyClick(made.picker.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert made.isVisible()
    assert window.session.book.count("feedback") == 0
    made.reject()


def cited_feedback(window, person, deal):
    book = window.session.book
    id = book.public_id("opportunity", deal)
    row = give(book, {"person": person, "situation": "At Acme", "behaviour": "Asked first", "cites": id, "given_on": TODAY})  # fmt: skip
    return row, id


def test_the_record_beside_the_list_names_what_is_cited_and_opens_it_by_enter(qtbot, opened):
    window, person, deal, asked = opened
    row, _ = cited_feedback(window, person, deal)
    window.open_record("feedback", row)
    settle(qtbot, window)
    [links] = [one for one in window.findChildren(CitedLinks) if one.isVisible()]
    label = window.session.book.label("opportunity", deal)
    assert label in links.text()
    assert label in links.accessibleName()
    links.setFocus()
    qtbot.keyClick(links, Qt.Key.Key_Tab)
    qtbot.keyClick(links, Qt.Key.Key_Return)
    assert ("opportunity", deal) in asked


def test_a_cell_of_ids_completes_a_record_by_its_name(qtbot, opened):
    window, person, deal, asked = opened
    book = window.session.book
    row = give(book, {"person": person, "situation": "At Acme", "given_on": TODAY})
    window.open_record("feedback", row)
    settle(qtbot, window)
    listed = window.page("growth").list_of("feedback")
    grid = listed.grid
    columns = range(grid.model().columnCount())
    column = next(one for one in columns if grid.model().field_at(one).id == "cites")
    index = grid.model().index(grid.model().row_of(row), column)
    grid.setCurrentIndex(index)
    grid.edit(index)
    [line] = grid.findChildren(CiteLine)
    assert line.accessibleName() == "Cited records"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    offered = line.completer().popup()
    assert offered.isVisible()
    told = [offered.model().index(at, 0).data() for at in range(offered.model().rowCount())]
    id = book.public_id("opportunity", deal)
    [at] = [at for at, one in enumerate(told) if id in one]
    offered.setCurrentIndex(offered.model().index(at, 0))
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert line.text() == id
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, window, lambda: ("opportunity", deal) in asked)


def test_a_form_has_a_button_that_finds_records_and_what_stood_there_stays(qtbot, team):
    window, person, deal = team
    row, id = cited_feedback(window, person, deal)
    window.open_record("feedback", row)
    settle(qtbot, window)
    [line] = [one for one in window.findChildren(CiteLine) if one.isVisible() and one.button]
    line.button.trigger()
    asked = dialog(CiteRecords)
    settle(qtbot, window)
    assert asked.picker.chosen == [id]
    others = [at for at, one in enumerate(texts(asked.picker)) if id not in one]
    asked.picker.list.setCurrentRow(others[0])
    qtbot.keyClick(asked.picker.list, Qt.Key.Key_Space)
    qtbot.keyClick(asked.picker.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    kept = window.session.book.record("feedback", row)["cites"]
    assert kept.startswith(f"{id} ")
    assert len(kept.split()) == 2


def test_the_evidence_of_a_talk_opens_by_a_click_and_by_enter(qtbot, opened):
    window, person, deal, asked = opened
    row, id = cited_feedback(window, person, deal)
    shown = tab(qtbot, window, "talks")
    wait(qtbot, window, lambda: shown.people.model.rowCount() > 1)
    label = window.session.book.label("opportunity", deal)

    def is_told() -> bool:
        """Chosen again as long as the list is still being read and chooses by itself."""
        shown.people.table.selectRow(shown.people.model.place_of(("salesperson", person)))
        settle(qtbot, window)
        return label in shown.sheet.toPlainText()

    wait(qtbot, window, is_told)
    cursor = shown.sheet.document().find(f"{label} ({id})")
    assert not cursor.isNull()
    shown.sheet.setTextCursor(QTextCursor(shown.sheet.document()))
    cursor.setPosition(cursor.selectionStart() + 1)
    place = shown.sheet.cursorRect(cursor).center() + QPoint(2, 0)
    qtbot.mouseClick(shown.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [("opportunity", deal)]
    shown = tab(qtbot, window, "talks")
    window.session.record_wanted.disconnect(window.open_record)  # stay on the sheet
    shown.sheet.setFocus()
    for _ in range(30):
        qtbot.keyClick(shown.sheet, Qt.Key.Key_Tab)
        if not shown.sheet.hasFocus():
            break
        qtbot.keyClick(shown.sheet, Qt.Key.Key_Return)
    assert ("feedback", row) in asked


def test_lists_of_feedback_name_what_is_cited_and_open_it(qtbot, opened):
    window, person, deal, asked = opened
    cited_feedback(window, person, deal)
    shown = tab(qtbot, window, "giving").given
    wait(qtbot, window, lambda: shown.model.rowCount() == 1)
    label = window.session.book.label("opportunity", deal)
    told = [str(shown.model.index(0, at).data()) for at in range(shown.model.columnCount())]
    assert any(label in one for one in told)
    shown.table.selectRow(0)
    shown.open_cited()
    assert asked == [("opportunity", deal)]


def test_of_several_cited_records_a_menu_asks_which(qtbot, opened):
    window, person, deal, asked = opened
    book = window.session.book
    [customer] = book.ids("customer")[:1]
    both = f"{book.public_id('opportunity', deal)} {book.public_id('customer', customer)}"
    give(book, {"person": person, "situation": "At Acme", "cites": both, "given_on": TODAY - timedelta(days=1)})  # fmt: skip
    shown = tab(qtbot, window, "giving").given
    wait(qtbot, window, lambda: shown.model.rowCount() == 1)
    shown.table.selectRow(0)
    shown.open_cited()
    [menu] = [one for one in shown.findChildren(QMenu) if one.isVisible()]
    assert len(menu.actions()) == 2
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert asked == [("customer", customer)]
