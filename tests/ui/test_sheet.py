"""The grid as people know a sheet: its keys, its right click, what it declined, how it was arranged."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from tests.ui.acting import named, write
from tests.ui.sheet_keys import (
    CONTROL,
    SHIFT,
    customers,
    editor_of,
    go,
    texts,
    type_into,
)

__all__ = ["customers"]


def test_what_was_declined_stays_in_its_cell_to_be_put_right(qtbot, window, customers):
    go(customers, 1, "owner")
    type_into(qtbot, customers, "王弓虽")
    assert "王弓虽" in window.notices.text
    assert customers.grid.currentIndex().row() == 1  # and not on the next row already
    editor = editor_of(customers)
    assert editor.text() == "王弓虽"
    customers.search.setFocus()  # who goes elsewhere finds it marked
    assert customers.grid.currentIndex().data(Qt.ItemDataRole.BackgroundRole) is not None
    customers.grid.setFocus()
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    editor = editor_of(customers)
    assert editor.text() == "王弓虽"
    editor.setText("李娜")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(customers, "owner")[1] == "李娜")
    assert customers.grid.currentIndex().row() == 2
    assert window.notices.text == ""  # what went wrong is not said any longer


def test_escape_gives_up_what_was_declined(qtbot, customers):
    go(customers, 1, "owner")
    type_into(qtbot, customers, "nobody")
    at = customers.grid.currentIndex()
    assert at.data(Qt.ItemDataRole.BackgroundRole) is not None
    qtbot.keyClick(editor_of(customers), Qt.Key.Key_Escape)
    assert customers.grid.hasFocus()
    assert at.data(Qt.ItemDataRole.BackgroundRole) is None
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    assert editor_of(customers).text() == "王强"


def test_a_name_taken_from_the_list_is_entered_at_once(qtbot, customers):
    go(customers, 0, "owner")
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    editor = editor_of(customers)
    editor.clear()
    qtbot.keyClicks(editor, "ln")
    popup = editor.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(customers, "owner")[0] == "李娜")
    assert customers.grid.state() == customers.grid.State.NoState
    assert customers.grid.currentIndex().row() == 1  # Enter goes on, as it does without a list


def test_ctrl_with_arrows_goes_to_the_edges_and_shift_takes_the_cells_along(qtbot, customers):
    grid, model = customers.grid, customers.model
    go(customers, 1, "code")
    qtbot.keyClick(grid, Qt.Key.Key_Down, CONTROL)
    assert grid.currentIndex() == model.index(3, model.fields.index("code"))
    qtbot.keyClick(grid, Qt.Key.Key_Up, CONTROL | SHIFT)
    assert sorted(one.row() for one in grid.selectedIndexes()) == [0, 1, 2, 3]
    qtbot.keyClick(grid, Qt.Key.Key_Right, CONTROL)
    assert grid.currentIndex().column() == model.columnCount() - 1
    qtbot.keyClick(grid, Qt.Key.Key_Home, CONTROL)
    assert grid.selectedIndexes() == [grid.currentIndex()] == [model.index(0, 0)]
    qtbot.keyClick(grid, Qt.Key.Key_End, CONTROL | SHIFT)
    assert len(grid.selectedIndexes()) == model.rowCount() * model.columnCount()
    qtbot.keyClick(grid, Qt.Key.Key_End, CONTROL)
    assert grid.selectedIndexes() == [model.index(3, model.columnCount() - 1)]
    qtbot.keyClick(grid, Qt.Key.Key_Space, SHIFT)
    assert len(grid.selectedIndexes()) == model.columnCount()
    qtbot.keyClick(grid, Qt.Key.Key_Space, CONTROL)
    assert len(grid.selectedIndexes()) == model.rowCount()


def test_shift_takes_the_cells_along_as_they_are_seen_where_columns_were_moved(qtbot, customers):
    grid, model, head = customers.grid, customers.model, customers.grid.horizontalHeader()
    last = model.fields[head.logicalIndex(model.columnCount() - 1)]
    head.moveSection(model.columnCount() - 1, 1)
    first = model.fields[head.logicalIndex(0)]
    go(customers, 0, first)
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_Down, CONTROL | SHIFT)
    chosen = {(one.row(), model.fields[one.column()]) for one in grid.selectedIndexes()}
    assert chosen == {(row, name) for row in range(4) for name in (first, last)}
    qtbot.keyClick(grid, Qt.Key.Key_End, CONTROL | SHIFT)
    assert len(grid.selectedIndexes()) == model.rowCount() * model.columnCount()
    qtbot.keyClick(grid, Qt.Key.Key_Home, CONTROL | SHIFT)
    assert {(one.row(), one.column()) for one in grid.selectedIndexes()} == {
        (0, model.fields.index(first))
    }


def test_alt_and_down_opens_the_list_of_a_cell(qtbot, customers):
    go(customers, 0, "grade")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    combo = customers.grid.viewport().findChild(QComboBox)
    assert combo.view().isVisible()
    combo.hidePopup()


def test_one_copied_value_fills_all_cells_that_are_selected(qtbot, window, customers):
    QGuiApplication.clipboard().setText("B")
    go(customers, 0, "grade")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Space, CONTROL)
    qtbot.keyClick(customers.grid, Qt.Key.Key_V, CONTROL)
    assert texts(customers, "grade") == ["B"] * 4
    window.actions_["undo"].trigger()
    assert texts(customers, "grade") == ["A", "B", "A", "C"]


def test_cells_are_filled_to_the_right_and_cut_as_one_change_each(qtbot, customers):
    go(customers, 0, "city")
    type_into(qtbot, customers, "苏州")
    go(customers, 0, "city")
    first, grid = customers.grid.currentIndex(), customers.grid
    other = customers.model.fields[first.column() + 1]
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_R, CONTROL)
    assert texts(customers, other)[0] == "苏州"
    qtbot.keyClick(grid, Qt.Key.Key_X, CONTROL)
    assert texts(customers, other)[0] == texts(customers, "city")[0] == ""
    assert QGuiApplication.clipboard().text() == "苏州\t苏州"


def test_cells_are_copied_below_the_names_of_their_columns(qtbot, customers):
    go(customers, 0, "name")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(customers.grid, Qt.Key.Key_C, CONTROL | SHIFT)
    said = QGuiApplication.clipboard().text().splitlines()
    assert said == ["Customer name\tCustomer no.", "江苏单氏机械有限公司\tC001"]


def test_ctrl_s_ends_the_edit_and_says_that_all_is_saved(qtbot, window, customers):
    go(customers, 0, "city")
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    editor_of(customers).setText("昆山")
    window.actions_["save"].trigger()
    QApplication.processEvents()
    assert texts(customers, "city")[0] == "昆山"
    assert window.notices.text == "Everything is saved: each change as soon as it is made."
    go(customers, 0, "owner")
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    editor_of(customers).setText("nobody")
    window.actions_["save"].trigger()
    QApplication.processEvents()
    assert "nobody" in window.notices.text


def test_a_date_is_typed_for_short_in_the_list_and_beside_it(qtbot, window, customers):
    window.set_language("zh_CN")
    year = date.today().year
    go(customers, 0, "next_contact_due")
    type_into(qtbot, customers, "3/5")
    assert texts(customers, "next_contact_due")[0] == f"{year}-03-05"
    go(customers, 0, "name")
    line = named(customers.detail, QLineEdit, "下次联系日期")
    write(qtbot, line, "12月31日")
    assert texts(customers, "next_contact_due")[0] == f"{year}-12-31"
    assert named(customers.detail, QLineEdit, "下次联系日期").text() == f"{year}-12-31"


def test_an_amount_beside_the_list_is_read_and_written_with_its_thousands(qtbot, customers):
    go(customers, 0, "name")
    line = named(customers.detail, QLineEdit, "Annual revenue")
    write(qtbot, line, "45300000.5")
    assert texts(customers, "annual_revenue")[0] == "¥45,300,000.50"
    customers.detail.show_record(customers.detail.id)
    line = named(customers.detail, QLineEdit, "Annual revenue")
    assert line.text() == "45,300,000.50"
    write(qtbot, line, "-0.50")
    assert texts(customers, "annual_revenue")[0] == "-¥0.50"
    assert line.text() == "-0.50"
    write(qtbot, line, "45,300,001.50")
    assert texts(customers, "annual_revenue")[0] == "¥45,300,001.50"
