"""Columns that are kept in sight: they follow the rows, and the keys go on across them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from models.views.view import Group
from tests.ui.acting import settle


@pytest.fixture
def deals(qtbot, window):
    window.resize(900, 700)
    window.settings.details = True
    window.session.turn_details()  # more room for the list
    window.show_page("pipeline")
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    names = ["name", "owner", "amount", "stage", "probability", "opened_on", "customer"]
    page.list_view.show_columns(names)
    for one in names:
        page.grid.setColumnWidth(page.model.fields.index(one), 170)
    page.list_view.total("amount", "sum")
    page.list_view.freeze(2)
    settle(qtbot, window)
    page.grid.setFocus()
    return page


def at(page, row: int, field: str) -> None:
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    index = page.model.index(row, page.model.fields.index(field))
    page.grid.selectionModel().setCurrentIndex(index, only)
    page.grid.scrollTo(index)


def names(page) -> list[str]:
    return [page.model.fields[one] for one in page.grid.frozen.columns]


def test_the_first_columns_lie_above_the_list_with_heads_and_totals(qtbot, deals):
    frozen, grid = deals.grid.frozen, deals.grid
    assert names(deals) == ["name", "owner"]
    assert frozen.isVisible()
    assert frozen.room == 340
    assert frozen.geometry().left() == grid.viewport().geometry().left()
    for row in range(5):
        assert frozen.rowViewportPosition(row) == grid.rowViewportPosition(row)
    assert frozen.viewport().mapTo(deals, QPoint()) == grid.viewport().mapTo(deals, QPoint())
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    assert frozen.visualRect(deals.model.index(0, deals.model.fields.index("name"))).left() == 0
    assert deals.totals.frozen.isVisible()
    deals.list_view.freeze(0)
    assert not frozen.isVisible()
    assert not deals.totals.frozen.isVisible()


def test_rows_are_scrolled_together(qtbot, deals, window):
    with window.session.book.change("many") as change:
        for number in range(80):
            change.add("opportunity", {"name": f"Deal {number}"})
    settle(qtbot, window)
    deals.grid.verticalScrollBar().setValue(500)
    assert deals.grid.frozen.verticalScrollBar().value() == 500
    at(deals, 70, "name")
    QApplication.processEvents()
    for row in (66, 70):
        assert deals.grid.frozen.rowViewportPosition(row) == deals.grid.rowViewportPosition(row)


def test_a_cell_that_keys_lead_to_is_never_below_what_is_kept(qtbot, deals):
    grid = deals.grid
    at(deals, 0, "customer")
    assert grid.horizontalScrollBar().value() > 0
    for field in ("opened_on", "probability", "stage", "amount"):
        qtbot.keyClick(grid, Qt.Key.Key_Left)
        assert deals.model.fields[grid.currentIndex().column()] == field
        assert grid.visualRect(grid.currentIndex()).left() >= grid.frozen.room
    before = grid.horizontalScrollBar().value()
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert deals.model.fields[grid.currentIndex().column()] == "owner"
    assert grid.horizontalScrollBar().value() == before


def test_an_edit_opens_where_it_is_seen_and_goes_on_as_ever(qtbot, deals, window):
    grid = deals.grid
    at(deals, 0, "customer")
    at(deals, 0, "name")
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    QApplication.processEvents()
    editors = [one for one in grid.frozen.viewport().findChildren(QLineEdit) if one.isVisible()]
    assert len(editors) == 1
    editors[0].selectAll()
    editors[0].insert("Changed")
    qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    QApplication.processEvents()
    settle(qtbot, window)
    assert deals.model.index(0, deals.model.fields.index("name")).data() == "Changed"
    assert grid.currentIndex().row() == 1
    assert grid.hasFocus()
    qtbot.keyClicks(grid, "x")
    QApplication.processEvents()
    typed = [one for one in grid.frozen.viewport().findChildren(QLineEdit) if one.isVisible()]
    assert [one.text() for one in typed] == ["x"]
    qtbot.keyClick(typed[0], Qt.Key.Key_Escape)
    assert grid.hasFocus()


def test_a_click_above_selects_for_the_whole_list_and_groups_open(qtbot, deals, window):
    deals.list_view.group_by([Group("owner")])
    settle(qtbot, window)
    frozen, grid = deals.grid.frozen, deals.grid
    cell = frozen.visualRect(deals.model.index(1, deals.model.fields.index("owner")))
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert grid.currentIndex().row() == 1
    assert grid.hasFocus()
    assert deals.detail.id == deals.model.id_at(1)
    rows = deals.model.rowCount()
    arrow = frozen.visualRect(deals.model.index(0, deals.model.fields.index("name")))
    place = QPoint(arrow.left() + 10, arrow.center().y())
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert deals.model.rowCount() < rows
    assert not frozen.grab().isNull()


def test_what_is_kept_is_part_of_the_view_and_of_the_menu_of_a_column(qtbot, deals):
    deals.list_view.save_as("Kept")
    assert deals.list_view.now().frozen == 2
    deals.list_view.freeze(1)
    assert deals.views_bar.view_button.text() == "Kept *"
    deals.list_view.put_back()
    assert names(deals) == ["name", "owner"]
    deals.layout_.show("name", shown=False)
    assert names(deals) == ["owner", "amount"]


def test_so_many_columns_are_kept_that_others_are_still_seen(qtbot, deals, window):
    deals.grid.setColumnWidth(deals.model.fields.index("owner"), 500)
    assert names(deals) == ["name"]
    deals.grid.setColumnWidth(deals.model.fields.index("name"), 900)
    assert not deals.grid.frozen.isVisible()
