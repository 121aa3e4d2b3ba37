"""Colours of lists: by rules, readable in both themes, never the only thing that says it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget

from models.views import palette
from models.views.view import COLOURS, Rule
from tests.ui.acting import click, named, settle
from ui.dialogs.colour_rules import ColourRules
from ui.theme import DARK, LIGHT

BIG = Rule("when", "amount", "amount>3000", "red")
WON = Rule("when", "stage", "stage=赢单", "green", row=True)


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    lin = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_is_readable_on_every_shade_of_both_themes():
    assert set(palette.SHADES) == set(COLOURS)
    for one in palette.SHADES.values():
        assert contrast(one.light, LIGHT.text) >= 4.5, one
        assert contrast(one.dark, DARK.text) >= 4.5, one
        assert contrast(one.light, "#000000") >= 4.5, one  # in a workbook
    signs = [one.sign for one in palette.SHADES.values()]
    assert len(set(signs)) == len(signs)  # who sees no colours tells them by their signs


@pytest.fixture
def deals(qtbot, window):
    window.show_page("pipeline")
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    page.list_view.show_columns(["name", "amount", "stage", "probability"])
    settle(qtbot, window)
    return page


def looks(page, field: str) -> dict[str, str]:
    """The sign of each coloured cell of a column, or how much of it is a bar."""
    model, column = page.model, page.model.fields.index(field)
    made = {}
    for row in range(model.rowCount()):
        look = page.grid.cells.colouring.look(row, column)
        if look is not None:
            name = model.index(row, model.fields.index("name")).data()
            made[name] = look.sign if not look.bar else f"{look.share:.1f}"
    return made


def test_cells_and_rows_are_coloured_and_an_edit_turns_it(qtbot, deals, window):
    deals.list_view.colour([BIG, WON])
    assert looks(deals, "amount") == {"商机3": "", "商机4": "■", "商机5": "■"}
    assert looks(deals, "name") == {"商机3": "●", "商机4": "●"}
    row = next(at for at in range(5) if deals.model.index(at, 0).data() == "商机1")
    index = deals.model.index(row, deals.model.fields.index("amount"))
    deals.model.setData(index, "9000")
    settle(qtbot, window)
    assert looks(deals, "amount")["商机1"] == "■"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Red: Amount is above 3,000"
    deals.grid.grab()  # painting holds


def test_bars_are_as_long_as_their_values_and_follow_what_is_shown(qtbot, deals, window):
    deals.list_view.colour([Rule("bar", "amount", "", "blue")])
    settle(qtbot, window)
    assert looks(deals, "amount") == {f"商机{at}": f"{at / 5:.1f}" for at in range(1, 6)}
    deals.filter.setText("amount<=2000")
    deals.reload()
    settle(qtbot, window)
    assert looks(deals, "amount") == {"商机1": "0.5", "商机2": "1.0"}


def test_a_rule_is_made_in_words_and_saved_with_the_view(qtbot, deals, window):
    deals.list_view.save_as("Coloured")
    deals.views_bar.ask_colours()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ColourRules))
    click(qtbot, dialog, "Add rule")
    column = named(dialog, QComboBox, "Column")
    column.setCurrentIndex(column.findText("Amount"))
    test = named(dialog, QComboBox, "Condition")
    test.setCurrentIndex(test.findText("is at least"))
    named(dialog, QLineEdit, "Value").setText("many")
    click(qtbot, dialog, "Apply")
    assert dialog.isVisible()  # it says what can't be read
    named(dialog, QLineEdit, "Value").setText("5000")
    assert (
        named(dialog, QListWidget, "Rules of colours").item(0).text()
        == "Yellow: Amount is at least 5,000"
    )
    click(qtbot, dialog, "Apply")
    assert looks(deals, "amount") == {"商机5": "▲"}
    assert deals.views_bar.view_button.text() == "Coloured *"
    deals.list_view.save()
    deals.list_view.choose(None)
    assert looks(deals, "amount") == {}
    deals.list_view.choose(deals.list_view.there[0])
    settle(qtbot, window)
    assert looks(deals, "amount") == {"商机5": "▲"}


def test_a_rule_on_a_field_that_is_gone_colours_nothing(qtbot, deals, window):
    deals.list_view.colour([Rule("when", "amount", "x_gone=1", "red")])
    assert looks(deals, "amount") == {}
