"""One editor a kind, in a cell and in the form: what is meant is shown, chosen, composed, put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.acting import click, named
from tests.ui.sheet_keys import go
from tests.ui.sheet_keys import texts as cells
from ui.dialogs.new_record import NewRecord
from ui.records.bubble import Bubble
from ui.records.choice_editor import ChoiceEditor
from ui.records.day_picker import DayPicker
from ui.records.long_text import CellText

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def customers(window, settled):
    settled(window)
    page = window.records
    page.grid.setFocus()
    return page


def said(window) -> list[str]:
    """What stands in bubbles beside fields."""
    QApplication.processEvents()
    return [one.text() for one in window.findChildren(Bubble) if one.isVisible()]


def texts(page, field: str) -> list[str]:
    """What a column shows, after what Enter set off (an editor is closed a moment later)."""
    QApplication.processEvents()
    return cells(page, field)


def type_over(qtbot, page, text: str) -> None:
    """Type where a cell is selected: the first key opens the editor, the others reach it there."""
    qtbot.keyClicks(page.grid, text[0])
    qtbot.keyClicks(QApplication.focusWidget(), text[1:])


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method sends to whatever has the focus."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()


def write(editor: QWidget, text: str) -> None:
    """What an input method enters at once (Qt's key clicks know ASCII only)."""
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    compose(editor, "", text)


def edited(page, row: int, field: str) -> QWidget:
    go(page, row, field)
    page.grid.edit(page.grid.currentIndex())
    QApplication.processEvents()
    editor = QApplication.focusWidget()
    assert editor is not page.grid
    return editor


def field(page, name: str, kind: type = QLineEdit) -> QWidget:
    """An editor of the form beside the list."""
    return named(page.detail, kind, name)


def column_of_its_own(qtbot, page, kind: str) -> str:
    """A column of a kind, at the end of the list."""
    with page.session.book.change("A column of its own") as change:
        made = change.add_field(page.entity, "Own", kind)
    qtbot.waitUntil(lambda: made.id in page.model.fields)
    return made.id


# -- what is understood ----------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["cell", "form"])
def test_what_is_understood_of_a_short_date_is_shown_while_it_is_typed(
    qtbot, window, customers, place
):
    tomorrow = date.today() + timedelta(days=1)
    go(customers, 0, "name")
    if place == "cell":
        editor = edited(customers, 0, "next_contact_due")
    else:
        editor = field(customers, "Next contact due")
        editor.setFocus()
    write(editor, "明天")
    assert said(window) == [f"→ {tomorrow.isoformat()} {tomorrow:%a}"]
    assert editor.accessibleDescription() == said(window)[0]  # who hears the screen hears it too
    qtbot.keyClick(editor, ENTER)
    assert texts(customers, "next_contact_due")[0] == tomorrow.isoformat()
    assert said(window) == []


@pytest.mark.parametrize(
    ("name", "typed", "shown", "value"),
    [
        ("annual_revenue", "1.2万", "→ ¥12,000.00", "12000"),
        ("phone", "+86 138 0013 8000", "→ 13800138000", "13800138000"),
    ],
)
def test_amounts_and_numbers_are_read_as_people_write_them(
    qtbot, window, customers, name, typed, shown, value
):
    editor = edited(customers, 0, name)
    write(editor, typed)
    assert said(window) == [shown]
    qtbot.keyClick(editor, ENTER)
    QApplication.processEvents()
    record = window.session.book.record("customer", customers.model.id_at(0))
    assert str(record[name]).removesuffix(".000000") == value


def test_a_percentage_needs_no_sign(qtbot, window, customers):
    name = column_of_its_own(qtbot, customers, "percent")
    editor = edited(customers, 0, name)
    qtbot.keyClicks(editor, "15")
    assert said(window) == ["→ 15%"]
    qtbot.keyClick(editor, ENTER)
    assert texts(customers, name)[0] == "15%"


# -- days ------------------------------------------------------------------------------------------


def picker() -> DayPicker:
    QApplication.processEvents()
    found = QApplication.activePopupWidget()
    assert isinstance(found, DayPicker)
    return found


def test_a_day_is_chosen_in_a_calendar_by_the_keyboard_and_escape_changes_nothing(
    qtbot, window, customers
):
    customers.model.setData(
        customers.model.index(0, customers.model.fields.index("next_contact_due")), "2026-03-05"
    )
    go(customers, 0, "next_contact_due")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Down, ALT)
    calendar = picker().findChild(QCalendarWidget)
    assert calendar.selectedDate().toString("yyyy-MM-dd") == "2026-03-05"
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    view = QApplication.focusWidget()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    editor = QApplication.focusWidget()
    assert editor.text() == "2026-03-05"
    qtbot.keyClick(editor, Qt.Key.Key_Down, ALT)
    view = picker().findChild(QCalendarWidget).focusProxy() or QApplication.focusWidget()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    QApplication.processEvents()
    assert editor.text() == "2026-03-06"
    qtbot.keyClick(editor, ENTER)
    assert texts(customers, "next_contact_due")[0] == "2026-03-06"


def test_the_week_begins_as_it_is_set_in_the_book(qtbot, window, customers):
    with window.session.book.change("Weeks") as change:
        change.set_book({"week_starts": "sunday"})
    editor = field(customers_shown(customers), "Next contact due")
    editor.open_list()
    assert picker().month.firstDayOfWeek() == Qt.DayOfWeek.Sunday
    picker().close()


def customers_shown(page):
    go(page, 0, "name")
    QApplication.processEvents()
    return page


# -- choices, words --------------------------------------------------------------------------------


def test_a_choice_is_found_by_typing_part_of_it_and_chinese_by_pinyin(qtbot, window, settled):
    window.set_language("zh_CN")
    with window.session.book.change("Visit") as change:
        change.add("activity", {"at": "2026-03-01 10:00", "kind": "call", "customer": "C001"})
    page = window.page("customers").list_of("activity")
    settled(window)
    go(page, 0, "kind")
    type_over(qtbot, page, "bf")
    editor = page.grid.viewport().findChild(ChoiceEditor)
    assert editor.completer().popup().isVisible()
    qtbot.keyClick(editor.completer().popup(), ENTER)
    assert texts(page, "kind") == ["拜访"]
    assert page.grid.state() == page.grid.State.NoState


def test_space_turns_a_flag_in_all_selected_cells_as_one_change(qtbot, window, settled):
    page = window.records
    name = column_of_its_own(qtbot, page, "flag")
    go(page, 0, name)
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert texts(page, name)[0] == "Yes"
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert texts(page, name)[0] == "No"
    qtbot.keyClick(page.grid, Qt.Key.Key_Space, CONTROL)  # the column
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert set(texts(page, name)) == {"Yes"}
    window.actions_["undo"].trigger()
    assert texts(page, name)[0] == "No"
    assert "Yes" not in texts(page, name)


def test_a_tag_in_use_is_completed_and_a_new_one_stays_as_it_is_typed(qtbot, window, customers):
    with window.session.book.change("Tags") as change:
        change.set("customer", customers.model.id_at(1), {"tags": "VIP, 老客户"})
    editor = edited(customers, 0, "tags")
    qtbot.keyClicks(editor, "lkh")
    popup = editor.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, ENTER)
    assert editor.text() == "老客户"
    qtbot.keyClicks(editor, ", VI")
    qtbot.keyClick(editor.completer().popup(), ENTER)
    assert texts(customers, "tags")[0] == "老客户, VI"


# -- several lines ---------------------------------------------------------------------------------


def test_a_long_text_grows_with_its_lines_and_enter_enters_it(qtbot, customers):
    name = column_of_its_own(qtbot, customers, "long_text")
    go(customers, 0, name)
    type_over(qtbot, customers, "one")
    editor = customers.grid.viewport().findChild(CellText)
    high = editor.height()
    qtbot.keyClick(editor, ENTER, ALT)
    qtbot.keyClicks(editor, "two")
    qtbot.keyClick(editor, ENTER, CONTROL)
    qtbot.keyClicks(editor, "three")
    assert editor.height() > high
    qtbot.keyClick(editor, ENTER)
    QApplication.processEvents()
    book = customers.session.book
    assert book.record("customer", customers.model.id_at(0))[name] == "one\ntwo\nthree"
    assert customers.grid.currentIndex().row() == 1


# -- links -----------------------------------------------------------------------------------------


def test_a_record_that_is_missing_is_made_on_the_spot_and_stands_in_the_link(
    qtbot, window, customers
):
    go(customers, 0, "owner")
    type_over(qtbot, customers, "Zhou")
    editor = customers.grid.viewport().findChild(QLineEdit)
    popup = editor.completer().popup()
    offered = [popup.model().index(at, 0).data() for at in range(popup.model().rowCount())]
    assert offered == ["Create “Zhou”…"]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, ENTER)
    dialog = window.findChild(NewRecord)
    assert named(dialog, QLineEdit, "Name").text() == "Zhou"
    click(qtbot, dialog, "Add")
    qtbot.waitUntil(lambda: texts(customers, "owner")[0] == "Zhou")
    assert window.session.book.count("salesperson") == 3


def test_the_linked_record_is_opened_by_a_key(qtbot, window, customers):
    go(customers, 0, "owner")
    qtbot.keyClick(customers.grid, ENTER, CONTROL)
    assert window.records.entity == "salesperson"
    assert window.records.detail._title.text() == "王强"


def test_of_two_records_that_are_called_alike_the_chosen_one_is_meant(qtbot, window, customers):
    book = window.session.book
    with book.change("A namesake") as change:
        second = change.add("salesperson", {"name": "李娜", "employee_no": "S9"})
    editor = edited(customers, 0, "owner")
    write(editor, "ln")
    popup = editor.completer().popup()
    rows = [one.row for one in editor._offers.offered]
    popup.setCurrentIndex(popup.model().index(rows.index(second), 0))
    qtbot.keyClick(popup, ENTER)
    assert book.record("customer", customers.model.id_at(0))["owner"].id == second


# -- what is declined ------------------------------------------------------------------------------


def test_what_is_declined_is_said_at_the_cell_and_escape_restores_it(qtbot, window, customers):
    editor = edited(customers, 0, "annual_revenue")
    qtbot.keyClicks(editor, "a lot")
    qtbot.keyClick(editor, ENTER)
    assert said(window) == ["“a lot” is not a number."]
    assert editor.text() == "a lot"
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert said(window) == []
    assert texts(customers, "annual_revenue")[0] == ""


def test_what_is_declined_is_said_beneath_the_field_of_the_form(qtbot, window, customers):
    go(customers, 0, "name")
    editor = field(customers, "Annual revenue")
    editor.setFocus()
    qtbot.keyClicks(editor, "a lot")
    qtbot.keyClick(editor, ENTER)
    beneath = [one for one in editor.parentWidget().findChildren(QLabel) if one.isVisible()]
    assert [one.text() for one in beneath] == ["“a lot” is not a number."]
    assert editor.text() == "a lot"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == ""
    assert not beneath[0].isVisible()


def test_a_change_elsewhere_takes_nobodys_typing_away(qtbot, window, customers):
    editor = edited(customers, 0, "city")
    qtbot.keyClicks(editor, "half typed")
    with window.session.book.change("Elsewhere") as change:
        change.set("customer", customers.model.id_at(0), {"city": "苏州"})
    QApplication.processEvents()
    assert editor.text() == "half typed"


# -- input methods ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "commit", "shown"),
    [
        ("city", "南京", "南京"),
        ("next_contact_due", "3月5日", f"{date.today().year}-03-05"),
        ("annual_revenue", "1万", "¥10,000.00"),
        ("tags", "重要", "重要"),
        ("owner", "李娜", "李娜"),
        ("long_text", "多行", "多行"),
    ],
)
def test_what_an_input_method_composes_over_a_cell_reaches_it_whole(
    qtbot, window, customers, name, commit, shown
):
    name = column_of_its_own(qtbot, customers, name) if name == "long_text" else name
    go(customers, 0, name)
    grid = customers.grid
    for preedit in ("n", "na", "nan"):
        compose(grid, preedit)
    assert grid.state() == grid.State.EditingState
    assert QApplication.focusWidget() is grid  # moving the focus would cut the composition off
    compose(grid, "", commit)
    editor = QApplication.focusWidget()
    assert editor is not grid
    content = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
    assert content == commit  # in place of what stood there
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(popup or editor, ENTER)
    assert texts(customers, name)[0] == shown


def test_a_choice_is_composed_over_its_cell_too(qtbot, window, settled):
    window.set_language("zh_CN")
    with window.session.book.change("Visit") as change:
        change.add("activity", {"at": "2026-03-01 10:00", "kind": "call", "customer": "C001"})
    page = window.page("customers").list_of("activity")
    settled(window)
    go(page, 0, "kind")
    compose(page.grid, "bai")
    compose(page.grid, "", "拜")
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(popup, ENTER)
    assert texts(page, "kind") == ["拜访"]


@pytest.mark.parametrize("name", ["Owner", "Tags"])
def test_an_open_list_lets_an_input_method_go_on(qtbot, window, customers, name):
    with window.session.book.change("Tags") as change:
        change.set("customer", customers.model.id_at(1), {"tags": "老客户"})
    go(customers, 0, "name")
    editor = field(customers, name)
    editor.setFocus()
    write(editor, "王" if name == "Owner" else "老")
    popup = editor.completer().popup()
    assert popup.isVisible()
    compose(popup, "q")  # the list may be asked first, it hands it on
    compose(popup, "", "强" if name == "Owner" else "朋友")
    assert editor.text() == ("王强" if name == "Owner" else "老朋友")
    popup.hide()


def test_what_is_chosen_in_a_list_that_was_opened_is_entered(qtbot, customers):
    go(customers, 0, "grade")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Down, ALT)
    editor = customers.grid.viewport().findChild(ChoiceEditor)
    view = editor.view()
    view.setCurrentIndex(editor.model().index(editor.findText("B"), 0))
    qtbot.keyClick(view, ENTER)
    assert texts(customers, "grade")[0] == "B"
    assert customers.grid.state() == customers.grid.State.NoState


def test_a_required_field_that_is_emptied_says_so_at_its_cell(qtbot, window, customers):
    editor = edited(customers, 0, "name")
    editor.clear()
    qtbot.keyClick(editor, ENTER)
    QApplication.processEvents()
    assert said(window) == ["Customer name must be filled in."]
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert texts(customers, "name")[0] == "江苏单氏机械有限公司"
