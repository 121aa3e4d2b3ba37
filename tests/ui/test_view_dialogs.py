"""The dialogs of views: everything in them has its name, and is worked with by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget

from models.views.view import Group, Rule
from tests.ui.acting import click, named, settle
from tests.ui.test_accessible import faults
from ui.dialogs.view_dialogs import ColumnChooser


@pytest.fixture
def customers(qtbot, window):
    page = window.records
    page.list_view.show_columns(["name", "code", "owner"])
    settle(qtbot, window)
    return page


def opened(page, kind: type[QDialog] = QDialog) -> QDialog:
    QApplication.processEvents()
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def path_at(chooser: ColumnChooser, row: int) -> str:
    return str(chooser.list.item(row).data(Qt.ItemDataRole.UserRole))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_in_the_dialogs_of_views_has_its_name(qtbot, window, customers, language):
    window.set_language(language)
    view, bar = customers.list_view, customers.views_bar
    view.colour([Rule("when", "owner", "owner is not empty", "red")])
    view.total("name", "count")
    view.group_by([Group("owner")])
    view.save_as("V")
    settle(qtbot, window)
    found = []
    for ask in (bar.ask_columns, bar.ask_colours, bar.ask_save_as, bar.ask_rename, bar.open_chart):
        ask()
        settle(qtbot, window)
        dialog = opened(customers)
        found += list(faults(ask.__name__, dialog))
        dialog.close()
        QApplication.processEvents()
    found += list(faults("list", customers))
    assert not found, "\n".join(found)


def test_columns_are_chosen_moved_and_found_through_links_by_keys(qtbot, window, customers):
    customers.views_bar.ask_columns()
    dialog = opened(customers, ColumnChooser)
    assert [path_at(dialog, at) for at in range(3)] == ["name", "code", "owner"]
    dialog.list.setCurrentRow(2)
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.chosen() == ["name", "owner", "code"]
    dialog.list.setCurrentRow(2)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen() == ["name", "owner"]
    search = named(dialog, QLineEdit, "Search fields, also those of linked records")
    search.setText("owner › phone")
    listed = named(dialog, QListWidget, "Choose columns")
    seen = [at for at in range(listed.count()) if not listed.item(at).isHidden()]
    assert path_at(dialog, seen[0]) == "owner.phone"
    listed.item(seen[0]).setCheckState(Qt.CheckState.Checked)
    click(qtbot, dialog, "Apply")
    settle(qtbot, window)
    assert customers.grid.fields_shown() == ["name", "owner", "owner.phone"]
    row = window.session.book.ids("salesperson")[0]
    window.session.book.set("salesperson", row, {"phone": "13900000000"})
    settle(qtbot, window)
    column = customers.model.fields.index("owner.phone")
    assert "139" in customers.model.index(0, column).data()
    assert customers.model.headerData(column, Qt.Orientation.Horizontal) == "Phone of Owner"
