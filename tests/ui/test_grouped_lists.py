"""Groups, totals and views of a list, as a person works with them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

from models.book import Book
from models.views import saved
from models.views.view import ChartOf, Column, Group, Rule, View
from tests.ui.acting import named, settle, write
from ui.dialogs.group_chart import GroupChart
from ui.main_window import MainWindow
from ui.settings import Settings

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def deals(qtbot, window: MainWindow):
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    page.list_view.show_columns(["name", "owner", "amount", "opened_on"])
    page.list_view.total("amount", "sum")
    page.list_view.group_by([Group("owner")])
    settle(qtbot, window)
    page.grid.setFocus()
    return page


def shown(page) -> list[list[str]]:
    grid, model = page.grid, page.model
    columns = [model.fields.index(one) for one in grid.fields_shown()]
    return [
        [str(model.index(row, one).data() or "") for one in columns]
        for row in range(model.rowCount())
    ]


def at(page, row: int, field: str) -> None:
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    index = page.model.index(row, page.model.fields.index(field))
    page.grid.selectionModel().setCurrentIndex(index, only)


def choose(menu: QMenu, *texts: str) -> None:
    for text in texts[:-1]:
        menu.aboutToShow.emit()
        menu = next(one.menu() for one in menu.actions() if one.text() == text)
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == texts[-1]).trigger()


def test_groups_are_rows_of_their_own_with_count_and_subtotal(deals):
    assert shown(deals) == [
        ["Owner: 李娜  (2 records)", "", "¥6,000.00", ""],
        ["商机2", "李娜", "¥2,000.00", "2026-02-01"],
        ["商机4", "李娜", "¥4,000.00", "2026-04-01"],
        ["Owner: 王强  (3 records)", "", "¥9,000.00", ""],
        ["商机1", "王强", "¥1,000.00", "2026-01-01"],
        ["商机3", "王强", "¥3,000.00", "2026-03-01"],
        ["商机5", "王强", "¥5,000.00", "2026-05-01"],
    ]
    assert deals.model.totals["amount"] == Decimal(15000)
    assert deals.count.text() == "5 records"
    assert deals.totals.isVisible()
    tester = QAbstractItemModelTester(
        deals.model, QAbstractItemModelTester.FailureReportingMode.Warning, deals
    )
    deals.model.fold_all(closed=True)
    deals.model.fold_all(closed=False)
    assert tester is not None


def test_keys_close_and_open_a_group_and_the_current_record_stays(qtbot, deals):
    at(deals, 0, "owner")
    qtbot.keyClick(deals.grid, Qt.Key.Key_Left)
    assert len(shown(deals)) == 5
    assert deals.grid.currentIndex().row() == 0
    qtbot.keyClick(deals.grid, Qt.Key.Key_Right)
    assert len(shown(deals)) == 7
    at(deals, 4, "amount")
    deals.model.fold(deals.model.group_at(0), closed=True)
    assert deals.model.id_at(deals.grid.currentIndex().row()) == deals.detail.id
    at(deals, 0, "name")
    qtbot.keyClick(deals.grid, Qt.Key.Key_Slash)
    assert [one[0] for one in shown(deals)] == [
        "Owner: 李娜  (2 records)",
        "Owner: 王强  (3 records)",
    ]


def test_an_edit_moves_a_record_to_its_group_and_makes_subtotals_true(qtbot, deals, window):
    at(deals, 2, "owner")
    deals.model.setData(deals.grid.currentIndex(), "王强")
    settle(qtbot, window)
    assert [one[0] for one in shown(deals) if one[0].startswith("Owner")] == [
        "Owner: 李娜  (1 record)",
        "Owner: 王强  (4 records)",
    ]
    assert shown(deals)[2][2] == "¥13,000.00"
    row = deals.grid.currentIndex().row()
    assert shown(deals)[row][0] == "商机4"  # what was edited stays the current cell
    window.session.undo()
    settle(qtbot, window)
    assert shown(deals)[0][0] == "Owner: 李娜  (2 records)"


def test_nothing_is_written_into_the_row_of_a_group(qtbot, deals, window):
    at(deals, 1, "amount")
    QGuiApplication.clipboard().setText("1\n2\n3")
    qtbot.keyClick(deals.grid, Qt.Key.Key_V, CONTROL)
    settle(qtbot, window)
    assert [one[2] for one in shown(deals)] == [
        "¥3.00", "¥1.00", "¥2.00", "¥8,003.00", "¥3.00", "¥3,000.00", "¥5,000.00",
    ]  # fmt: skip
    deals.grid.selectAll()
    qtbot.keyClick(deals.grid, Qt.Key.Key_D, CONTROL)  # filled from the first record, not the group
    settle(qtbot, window)
    assert {one[2] for one in shown(deals)} == {"¥1.00", "¥5.00"}
    at(deals, 0, "amount")
    qtbot.keyClicks(deals.grid, "7")
    qtbot.keyClick(deals.grid, Qt.Key.Key_Delete)
    assert shown(deals)[0][2] == "¥5.00"
    before = len(deals.model.ids)
    deals.remove()
    assert len(deals.model.ids) == before


def test_a_copied_block_carries_the_groups_as_they_are_seen(qtbot, deals):
    deals.grid.selectAll()
    qtbot.keyClick(deals.grid, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Owner: 李娜  (2 records)\t\t6000.00\t"
    assert lines[1] == "商机2\t李娜\t2000.00\t2026-02-01"


def test_groups_lie_within_groups_and_days_in_their_periods(qtbot, deals, window):
    deals.list_view.group_by([Group("opened_on", "quarter"), Group("owner")])
    settle(qtbot, window)
    heads = [one[0] for one in shown(deals) if "(" in one[0]]
    assert heads == [
        "Opened on: 2026-Q1  (3 records)",
        "Owner: 李娜  (1 record)",
        "Owner: 王强  (2 records)",
        "Opened on: 2026-Q2  (2 records)",
        "Owner: 李娜  (1 record)",
        "Owner: 王强  (1 record)",
    ]
    deals.layout_.sort([("opened_on", True)])
    settle(qtbot, window)
    assert shown(deals)[0][0].startswith("Opened on: 2026-Q2")


def test_the_header_says_by_which_columns_it_is_sorted(deals):
    deals.layout_.sort([("owner", False), ("amount", True)])
    heads = [
        deals.model.headerData(deals.model.fields.index(one), Qt.Orientation.Horizontal)
        for one in ("owner", "amount", "name")
    ]
    assert heads == ["Owner  1▲", "Amount  2▼", "Opportunity"]


def test_totals_are_of_everything_that_is_shown(qtbot, deals, window):
    deals.list_view.group_by([])
    deals.filter.setText("owner=王强")
    deals.reload()
    settle(qtbot, window)
    assert deals.model.totals["amount"] == Decimal(9000)
    choose(deals.views_bar.layout_button.menu(), "Totals", "Amount", "Mean")
    settle(qtbot, window)
    text = deals.totals.view.model().index(0, deals.model.fields.index("amount")).data()
    assert text == "Mean  ¥3,000.00"


# -- views -----------------------------------------------------------------------------------------


def test_a_view_is_saved_marked_when_changed_and_undone_like_any_edit(qtbot, deals, window):
    choose(deals.views_bar.view_button.menu(), "Save view as…")
    name = named(window, QLineEdit, "Name")
    write(qtbot, name, "By owner")
    settle(qtbot, window)
    assert deals.views_bar.view_button.text() == "By owner"
    kept = saved.views(window.session.book, "opportunity")[0].view
    assert (kept.paths, kept.groups, kept.totals) == (
        ["name", "owner", "amount", "opened_on"], (Group("owner"),), (("amount", "sum"),),
    )  # fmt: skip
    deals.layout_.sort([("amount", True)])
    assert deals.views_bar.view_button.text() == "By owner *"
    choose(deals.views_bar.view_button.menu(), "Save view")
    assert deals.views_bar.view_button.text() == "By owner"
    window.session.undo()
    settle(qtbot, window)
    assert deals.model.sorting == []  # the view is as it was, and so is the list
    window.session.undo()
    settle(qtbot, window)
    assert deals.views_bar.view_button.text() == "All Opportunities"


def test_the_view_that_was_chosen_and_what_was_changed_since_come_back(
    qtbot, deals, window, book_path
):
    deals.list_view.save_as("By owner")
    deals.layout_.sort([("amount", True)])
    deals.list_view.show_columns(["name", "amount", "customer.owner"])
    settings: Settings = window.settings
    window.do_close_book()
    window.open_book(book_path)
    assert window.settings is settings
    window.show_page("pipeline")
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    assert page.views_bar.view_button.text() == "By owner *"
    assert page.grid.fields_shown() == ["name", "amount", "customer.owner"]
    assert page.model.sorting == [("amount", True)]
    assert page.model.group_at(0) is not None
    choose(page.views_bar.view_button.menu(), "All Opportunities")
    settle(qtbot, window)
    assert page.model.group_at(0) is not None  # as the list was before it was saved as a view
    assert page.model.sorting == []


def test_a_list_opens_with_the_default_view_of_the_book(qtbot, window, book_path):
    book: Book = window.session.book
    view = View((Column("name"), Column("phone")), filter="grade=A")
    with book.change("view") as change:
        id = saved.add(book, change, "customer", "Grade A", view)
        saved.make_default(book, change, "customer", id)
    window.do_close_book()
    window.settings.keep_layout(f"{book.id}/customer", {})
    window.open_book(book_path)
    settle(qtbot, window)
    page = window.records
    assert page.views_bar.view_button.text() == "Grade A"
    assert page.grid.fields_shown() == ["name", "phone"]
    assert len(page.model.ids) == 2


def test_a_field_that_is_gone_is_named_and_comes_back_with_an_undo(qtbot, window):
    page, book = window.records, window.session.book
    with book.change("column") as change:
        change.add_field("customer", "Colour", "text", "")
    settle(qtbot, window)
    page.list_view.show_columns(["name", "x_colour"])
    page.list_view.save_as("Mine")
    with book.change("drop") as change:
        change.remove_field("customer", "x_colour")
    settle(qtbot, window)
    page.list_view.put_back()
    QApplication.processEvents()
    assert "x_colour" in page.views_bar.view_button.toolTip()
    page.list_view.save()
    assert saved.views(book, "customer")[0].view.paths == ["name", "x_colour"]


def test_the_palette_goes_to_a_view(qtbot, deals, window):
    deals.list_view.save_as("按负责人")
    deals.list_view.choose(None)
    window.page("customers")
    command = next(one for one in window._command_list() if one.key[0] == "view")
    assert (command.text, command.note) == ("Go to view 按负责人", "Opportunities")
    command.run()
    settle(qtbot, window)
    assert window.records is deals
    assert deals.views_bar.view_button.text() == "按负责人"


def test_a_large_list_is_grouped_and_summed_in_the_background(qtbot, window):
    book = window.session.book
    with book.change("many") as change:
        people = book.ids("salesperson")
        rows = [(f"D{at}", people[at % 2], Decimal(at)) for at in range(4_000)]
        change.add_many("opportunity", ["name", "owner", "amount"], rows)
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    page.list_view.total("amount", "sum")
    page.list_view.group_by([Group("owner")])
    assert page.model.group_at(0) is None  # the rows stay until the groups are known
    page.list_view.group_by([Group("owner"), Group("stage")])  # only the latest question counts
    settle(qtbot, window)
    made = page.model.arranged()
    assert [one.count for one in made.groups if one.level == 0] == [2_002, 2_003]
    assert made.totals["amount"] == Decimal(sum(range(4_000)) + 15_000)
    node = made.groups[0]
    row = page.model.next_record(0)
    page.model.setData(page.model.index(row, page.model.fields.index("amount")), "100000")
    settle(qtbot, window)
    assert page.model.arranged().totals["amount"] > made.totals["amount"]
    page.model.fold_all(closed=True)
    page.bring(made.ids[5])  # who goes to a record sees it, also in a group that was closed
    assert page.model.id_at(page.grid.currentIndex().row()) == made.ids[5]
    assert page.model.is_open(node)


def test_groups_are_drawn_as_a_chart_that_opens_their_records(qtbot, deals, window):
    deals.list_view.save_as("Chart")
    choose(deals.views_bar.layout_button.menu(), "Chart of the groups…")
    dialog = next(one for one in deals.findChildren(GroupChart))
    data = dialog.chart.data
    assert data is not None
    assert (data.title, data.unit) == ("Sum of Amount by Owner", "money")
    assert [(one.label, one.value, one.n) for one in data.bars] == [
        ("王强", Decimal(9000), 3), ("李娜", Decimal(6000), 2),
    ]  # fmt: skip
    named(dialog, QComboBox, "Shows").setCurrentIndex(0)
    assert dialog.chart.data.title == "Number of records by Owner"
    assert deals.views_bar.view_button.text() == "Chart *"
    deals.list_view.save()
    assert saved.views(window.session.book)[0].view.chart == ChartOf("bars", "owner", "", "count")
    dialog.chart.clicked.emit(1)
    settle(qtbot, window)
    assert len(deals.model.ids) == 2


def test_a_field_that_goes_ungroups_and_takes_its_columns_with_it(qtbot, window):
    page, book = window.records, window.session.book
    with book.change("columns") as change:
        change.add_field("customer", "Colour", "text", "")
        change.add_field("salesperson", "Desk", "text", "")
    settle(qtbot, window)
    page.list_view.show_columns(["name", "x_colour", "owner.x_desk"])
    page.list_view.total("x_colour", "filled")
    page.list_view.total("owner.x_desk", "filled")
    page.list_view.group_by([Group("x_colour"), Group("owner.x_desk"), Group("grade")])
    page.list_view.colour([Rule("when", "x_colour", "x_colour is empty", "red")])
    page.layout_.sort([("x_colour", False)])
    settle(qtbot, window)
    with book.change("drop") as change:
        change.remove_field("customer", "x_colour")
        change.remove_field("salesperson", "x_desk")
    settle(qtbot, window)
    assert page.model.groups == [Group("grade")]
    assert page.grid.fields_shown()[0] == "name"
    assert "owner.x_desk" not in page.model.fields
    page.grid.grab()
    window.session.undo()
    settle(qtbot, window)
    assert "x_colour" in page.model.fields
