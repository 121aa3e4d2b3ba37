"""Many cells at once: a series that goes on, the same values for many records; shown, then one change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTableView

from tests.ui.acting import click, named, table_texts
from tests.ui.sheet_keys import go, menu_at, take, texts
from ui.dialogs.edit_many import EditMany
from ui.dialogs.fill_series import FillSeries

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def customers(window, settled):
    settled(window)
    page = window.records
    page.grid.setFocus()
    return page


def select(page, rows: range, field: str) -> None:
    go(page, rows[0], field)
    at = page.model.fields.index(field)
    block = QItemSelection(page.model.index(rows[0], at), page.model.index(rows[-1], at))
    page.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def shown(qtbot, window, kind):
    QApplication.processEvents()
    [dialog] = [one for one in window.findChildren(kind) if one.isVisible()]
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not dialog._latest.waiting)
    return dialog


def again(qtbot, dialog) -> list[list[str]]:
    """What would change, after the last answer to what is asked."""
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not dialog._latest.waiting)
    return table_texts(named(dialog, QTableView, "What would change"))


def test_a_series_of_days_is_filled_down_by_the_keyboard_as_one_change(qtbot, window, customers):
    customers.model.setData(
        customers.model.index(0, customers.model.fields.index("next_contact_due")), "2026-11-27"
    )
    select(customers, range(4), "next_contact_due")
    qtbot.keyClick(customers.grid, Qt.Key.Key_D, CONTROL_SHIFT)
    dialog = shown(qtbot, window, FillSeries)
    units = named(dialog, QComboBox, "Unit")
    units.setCurrentIndex(units.findData("workday"))
    assert [row[3] for row in again(qtbot, dialog)] == ["2026-11-30", "2026-12-01", "2026-12-02"]
    click(qtbot, dialog, "Fill 3 cells")
    assert texts(customers, "next_contact_due")[1:] == ["2026-11-30", "2026-12-01", "2026-12-02"]
    window.actions_["undo"].trigger()
    assert texts(customers, "next_contact_due") == ["2026-11-27", "", "", ""]


def test_a_step_that_is_no_number_is_said_and_fills_nothing(qtbot, window, customers):
    select(customers, range(4), "code")
    window.actions_["fill_series"].trigger()
    dialog = shown(qtbot, window, FillSeries)
    named(dialog, QLineEdit, "Step").setText("many")
    assert again(qtbot, dialog) == []
    assert dialog._said.text() == "“many” is not a number."
    dialog.reject()


def test_a_series_needs_more_than_one_cell(window, customers):
    go(customers, 0, "code")
    window.actions_["fill_series"].trigger()
    assert "below it" in window.notices.text


def test_many_records_get_the_same_values_as_one_change(qtbot, window, customers):
    select(customers, range(1, 4), "city")
    take(menu_at_selected(customers), "Edit 3 records…")
    dialog = shown(qtbot, window, EditMany)
    assert named(dialog, QComboBox, "Field 1").currentText() == "City"  # the column worked in
    named(dialog, QLineEdit, "Value of field 1").setText("苏州")
    click(qtbot, dialog, "One more field")
    field = named(dialog, QComboBox, "Field 2")
    field.setCurrentIndex(field.findData("next_contact_due"))
    named(dialog, QLineEdit, "Value of field 2").setText("2026-12-04")
    assert len(again(qtbot, dialog)) == 6
    assert dialog._said.text() == "3 of 3 would change."
    click(qtbot, dialog, "Change 3 records")
    assert texts(customers, "city") == ["", "苏州", "苏州", "苏州"]
    assert texts(customers, "next_contact_due") == ["", *["2026-12-04"] * 3]
    assert "City, Next contact due of 3 records" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert texts(customers, "city") == [""] * 4


def menu_at_selected(page):
    """The menu over a selection, which stays."""
    rows = page.grid.rows_selected()
    at = page.grid.currentIndex()
    page.grid.menu_wanted.emit(at, page.grid.mapToGlobal(page.grid.rect().center()))
    menu = QApplication.activePopupWidget()
    assert page.grid.rows_selected() == rows
    return menu


def test_what_is_so_already_and_what_is_refused_is_said_before(qtbot, window, customers):
    customers.model.setData(customers.model.index(0, customers.model.fields.index("city")), "苏州")
    select(customers, range(4), "city")
    qtbot.keyClick(customers.grid, Qt.Key.Key_E, CONTROL_SHIFT)
    dialog = shown(qtbot, window, EditMany)
    named(dialog, QLineEdit, "Value of field 1").setText("苏州")
    again(qtbot, dialog)
    assert dialog._said.text() == "3 of 4 would change. 1 is so already."
    field = named(dialog, QComboBox, "Field 1")
    field.setCurrentIndex(field.findData("owner"))
    named(dialog, QLineEdit, "Value of field 1").setText("nobody")
    assert len(again(qtbot, dialog)) == 4
    assert "4 would be refused" in dialog._said.text()
    assert not named_button(dialog).isEnabled()
    dialog.reject()


def named_button(dialog):
    return dialog._replace


def test_a_field_may_be_emptied_and_one_that_is_required_may_not(qtbot, window, customers):
    select(customers, range(4), "grade")
    window.actions_["edit_records"].trigger()
    dialog = shown(qtbot, window, EditMany)
    how = named(dialog, QComboBox, "What becomes of field 1")
    how.setCurrentIndex(how.findText("is emptied"))
    assert [row[3] for row in again(qtbot, dialog)] == [""] * 4
    field = named(dialog, QComboBox, "Field 1")
    field.setCurrentIndex(field.findData("name"))
    assert how.findText("is emptied") < 0
    dialog.reject()


def test_both_are_found_by_the_palette_and_told_with_their_keys(window, customers):
    told = {one.text: one.shortcut for one in window.commands()}
    assert told["Fill series"] == "Ctrl+Shift+D"
    assert told["Edit selected records"] == "Ctrl+Shift+E"
    menu = menu_at(customers, 0, "city")
    assert {"Fill series…", "Edit 1 record…"} <= {one.text() for one in menu.actions()}
    menu.close()
