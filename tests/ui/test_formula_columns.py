"""Formula columns in the window: added in two clicks, explained where they can't be typed over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from tests.ui.acting import choose, click, named, settle
from ui.dialogs.formula_editor import FormulaLine, fitting
from ui.dialogs.new_field import NewField


@pytest.fixture
def deals(qtbot, window):
    window.show_page("pipeline")
    found = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    return found


def asked(page) -> NewField:
    [dialog] = [one for one in page.findChildren(NewField) if one.isVisible()]
    return dialog


def said(dialog: NewField) -> str:
    return "\n".join(one.text() for one in dialog._formula.findChildren(QLabel) if one.text())


def add(qtbot, window, deals, label: str, text: str) -> str:
    deals.column_button.click()
    dialog = asked(deals)
    named(dialog, QLineEdit, "Label").setText(label)
    choose(qtbot, named(dialog, QComboBox, "Kind"), "Formula")
    named(dialog, QLineEdit, "Formula").setText(text)
    dialog._formula.check()
    click(qtbot, dialog, "Add")
    settle(qtbot, window)
    (name,) = (one for one in deals.model.fields if one == f"x_{label.lower()}")
    return name


def test_a_column_of_ones_own_takes_two_clicks_and_its_name(qtbot, window, deals):
    deals.column_button.click()
    dialog = asked(deals)
    named(dialog, QLineEdit, "Label").setText("Remark")
    click(qtbot, dialog, "Add")
    assert "x_remark" in deals.model.fields


def test_a_formula_shows_what_it_comes_to_and_what_is_wrong_while_it_is_typed(qtbot, window, deals):
    deals.column_button.click()
    dialog = asked(deals)
    named(dialog, QLineEdit, "Label").setText("Share")
    choose(qtbot, named(dialog, QComboBox, "Kind"), "Formula")
    line = named(dialog, QLineEdit, "Formula")
    assert not dialog._add.isEnabled()
    line.setText("amuont * 0.1")
    qtbot.waitUntil(lambda: "Did you mean" in said(dialog))
    assert "Amount" in said(dialog)
    assert not dialog._add.isEnabled()
    line.setText("amount * 0.1")
    qtbot.waitUntil(lambda: "Result: Money" in said(dialog))
    assert "商机1\n¥100.00" in said(dialog)
    choose(qtbot, named(dialog, QComboBox, "Shown as"), "Number")
    assert "商机1\n100" in said(dialog)
    click(qtbot, dialog, "Add")
    at = deals.model.index(0, deals.model.fields.index("x_share"))
    assert at.data() == "100"
    assert "x_share" in deals.grid.fields_shown()
    window.session.undo()
    assert "x_share" not in deals.model.fields


def test_fields_and_functions_are_offered_and_put_in_the_place_of_the_word(qtbot, window, deals):
    deals.column_button.click()
    dialog = asked(deals)
    choose(qtbot, named(dialog, QComboBox, "Kind"), "Formula")
    line = named(dialog, QLineEdit, "Formula")
    assert isinstance(line, FormulaLine)
    line.setFocus()
    qtbot.keyClicks(line, "2 * Expec")
    offered = [one.text for one in fitting(line._offers, "Expec")]
    assert offered == ["[Expected close]"]
    line._take("[Expected close]")
    assert line.text() == "2 * [Expected close]"
    qtbot.keyClicks(line, " + rou")
    assert [one.text for one in fitting(line._offers, "rou")] == ["ROUND("]
    line._completer.popup().hide()
    assert "Customer.Grade" in [one.text for one in fitting(line._offers, "grade")]
    dialog.reject()


def test_what_a_formula_works_out_is_explained_when_typed_over_and_opened_by_f2(
    qtbot, window, deals
):
    name = add(qtbot, window, deals, "Share", "amount * 0.1")
    column = deals.model.fields.index(name)
    assert deals.model.headerData(column, Qt.Orientation.Horizontal) == "fx Share"
    tip = deals.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "= Amount * 0.1"
    at = deals.model.index(0, column)
    deals.grid.setCurrentIndex(at)
    with qtbot.waitSignal(window.session.refused) as heard:
        qtbot.keyClick(deals.grid, "7")
    assert "Amount * 0.1" in heard.args[0]
    assert at.data() == "¥100.00"
    qtbot.keyClick(deals.grid, Qt.Key.Key_F2)
    dialog = asked(deals)
    line = named(dialog, QLineEdit, "Formula")
    assert line.text() == "Amount * 0.1"
    assert dialog.focusWidget() is line
    line.setText("Amount * 20%")
    click(qtbot, dialog, "Apply")
    assert at.data() == "¥200.00"
    deals.model.setData(deals.model.index(0, deals.model.fields.index("amount")), "5")
    assert at.data() == "¥1.00"
    window.session.undo()
    window.session.undo()
    assert at.data() == "¥100.00"


def test_clearing_and_filling_leave_a_formula_alone_and_say_why(qtbot, window, deals):
    name = add(qtbot, window, deals, "Share", "amount * 0.1")
    at = deals.model.index(0, deals.model.fields.index(name))
    deals.grid.setCurrentIndex(at)
    with qtbot.waitSignal(window.session.refused) as heard:
        deals.grid.blocks.clear()
    assert heard.args == ["1 cell is worked out by a formula and stays as it is."]
    reason = "Clear cells\n2 cells are worked out by formulas and stay as they are."
    beside = deals.model.index(0, deals.model.fields.index("expected_close"))
    deals.grid.clearSelection()
    for one in (at, at.siblingAtRow(1), beside):
        deals.grid.selectionModel().select(one, deals.grid.selectionModel().SelectionFlag.Select)
    with qtbot.waitSignal(window.session.said) as heard:
        deals.grid.blocks.clear()
    assert heard.args[0] == reason
    assert at.data() == "¥100.00"


def test_the_record_beside_the_list_shows_the_value_and_the_formula(qtbot, window, deals):
    add(qtbot, window, deals, "Share", "amount * 0.1")
    deals.pick(1)
    settle(qtbot, window)
    line = named(deals.detail, QLineEdit, "Share")
    assert line.isReadOnly()
    assert line.text() == "¥100.00"
    assert "= Amount * 0.1" in line.accessibleDescription()


def test_a_formula_whose_column_is_gone_says_why(qtbot, window, deals):
    deals._add_column("Freight", "money", "")
    number = window.session.book.last_change
    name = add(qtbot, window, deals, "Net", "amount - Freight")
    window.session.undo(number)
    settle(qtbot, window)
    column = deals.model.fields.index(name)
    at = deals.model.index(0, column)
    assert at.data() == ""
    tip = deals.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "x_freight" in tip
    assert "x_freight" in at.data(Qt.ItemDataRole.ToolTipRole)
    deals.change_column(name)
    assert "x_freight" in said(asked(deals))
    asked(deals).reject()
    window.session.redo(number)
    settle(qtbot, window)
    assert deals.model.index(0, deals.model.fields.index(name)).data() == "¥1,000.00"
