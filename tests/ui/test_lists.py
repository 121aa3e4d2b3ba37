"""What a person does on a page of records, and sees."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTableWidget

from models.book import Book
from models.sheets import own
from tests.ui.acting import named
from ui.dialogs.new_record import NewRecord


@pytest.fixture
def customers(window):
    return window.records


def cell(page, row, name):
    return page.model.index(row, page.model.fields.index(name))


def type_into(qtbot, page, row, name, text):
    page.grid.setCurrentIndex(cell(page, row, name))
    page.grid.edit(cell(page, row, name))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert(text)  # Qt's key clicks know ASCII only
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_typed_cell_is_written_shown_and_undone_from_the_menu(qtbot, window, customers):
    type_into(qtbot, customers, 0, "city", "南京")
    assert cell(customers, 0, "city").data() == "南京"
    assert customers.grid.currentIndex().row() == 1  # Enter goes on to the cell below
    with Book.open(window.session.book.path) as other:
        assert other.record("customer", customers.model.id_at(0))["city"] == "南京"
    assert window.actions_["undo"].text() == "Undo: Edit 江苏单氏机械有限公司"
    window.actions_["undo"].trigger()
    assert cell(customers, 0, "city").data() == ""
    window.actions_["redo"].trigger()
    assert cell(customers, 0, "city").data() == "南京"


def test_a_value_that_is_wrong_is_said_and_marked_and_nothing_is_written(qtbot, window, customers):
    before = window.session.book.can_undo()
    type_into(qtbot, customers, 0, "annual_revenue", "a lot")
    assert "a lot" in window.notices.text
    marked = cell(customers, 0, "annual_revenue")
    assert marked.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert "a lot" in marked.data(Qt.ItemDataRole.ToolTipRole)
    assert window.session.book.can_undo() == before
    assert QApplication.focusWidget().text() == "a lot"  # it stays, to be put right there


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("械", ["江苏单氏机械有限公司"]),
        ("ssjx", ["江苏单氏机械有限公司"]),
        ("shanshi", ["江苏单氏机械有限公司"]),
        ("5678", ["上海曾记食品有限公司"]),
        ("acme", ["Acme Tools Ltd"]),
        ("nobody", []),
    ],
)
def test_typing_in_the_search_narrows_the_list(qtbot, customers, typed, found):
    def names():
        return [cell(customers, row, "name").data() for row in range(customers.model.rowCount())]

    customers.search.insert(typed)
    qtbot.waitUntil(lambda: names() == found)
    assert customers.empty.isVisible() == (not found)
    customers.search.clear()
    qtbot.waitUntil(lambda: customers.model.rowCount() == 4)


def test_a_filter_in_words_shows_what_it_means_and_a_wrong_one_is_explained(qtbot, customers):
    customers.filter.setText("grade=A")
    qtbot.waitUntil(lambda: customers.model.rowCount() == 2)
    customers.filter.setText("colour=red")
    qtbot.waitUntil(lambda: customers.wrong.isVisible())
    assert "colour" in customers.wrong.text()
    assert customers.model.rowCount() == 2
    customers.filter.clear()
    qtbot.waitUntil(lambda: customers.model.rowCount() == 4)
    assert not customers.wrong.isVisible()


def test_a_click_on_a_header_sorts_chinese_names_by_pinyin(qtbot, customers):
    customers.grid.horizontalHeader().sectionClicked.emit(customers.model.fields.index("name"))
    shown = [cell(customers, row, "name").data()[:2] for row in range(4)]
    assert shown == ["Ac", "北京", "江苏", "上海"]
    customers.grid.horizontalHeader().sectionClicked.emit(customers.model.fields.index("name"))
    shown = [cell(customers, row, "name").data()[:2] for row in range(4)]
    assert shown == ["上海", "江苏", "北京", "Ac"]


def test_a_block_is_pasted_as_one_change_and_copied_back_with_its_zeros(qtbot, window, customers):
    first = cell(customers, 0, "code")
    QGuiApplication.clipboard().setText("0571\n0572\n0573")
    customers.grid.setFocus()
    customers.grid.setCurrentIndex(first)
    qtbot.keyClick(customers.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    column = customers.model.fields.index("code")
    assert [customers.model.index(row, column).data() for row in range(4)] == [
        "0571", "0572", "0573", "C004",
    ]  # fmt: skip
    assert window.notices.text == "Paste 3 cells"
    for row in range(3):
        customers.grid.selectionModel().select(
            customers.model.index(row, column), customers.grid.selectionModel().SelectionFlag.Select
        )
    qtbot.keyClick(customers.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "0571\n0572\n0573"
    assert "0571</td>" in copied.html()
    window.actions_["undo"].trigger()
    assert customers.model.index(0, column).data() == "C001"


def test_rows_go_to_the_recycle_bin_and_come_back(qtbot, window, customers):
    customers.grid.setCurrentIndex(cell(customers, 1, "name"))
    qtbot.mouseClick(customers.remove_button, Qt.MouseButton.LeftButton)
    assert customers.model.rowCount() == 3
    qtbot.mouseClick(customers.bin_button, Qt.MouseButton.LeftButton)
    assert customers.model.rowCount() == 1
    assert customers.remove_button.text() == "Restore"
    customers.grid.setCurrentIndex(cell(customers, 0, "name"))
    qtbot.mouseClick(customers.remove_button, Qt.MouseButton.LeftButton)
    assert customers.model.rowCount() == 0
    assert customers.empty.text() == "The recycle bin is empty."
    qtbot.mouseClick(customers.bin_button, Qt.MouseButton.LeftButton)
    assert customers.model.rowCount() == 4


def test_a_new_record_asks_for_what_it_needs_and_is_then_selected(qtbot, window, customers):
    customers.add_button.click()
    dialog = customers.findChild(NewRecord)
    dialog._add()
    assert dialog.isVisible()
    said = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert "Customer name must be filled in." in said  # beneath the field itself
    dialog._boxes["name"].editor.setText("新客户有限公司")
    dialog._add()
    assert customers.model.rowCount() == 5
    assert customers.detail._title.text() == "新客户有限公司"
    assert window.notices.text == "Add Customer: 新客户有限公司"


def test_a_column_of_ones_own_behaves_like_any_other(qtbot, window, customers):
    customers._add_column("WeChat group", "choice", "gold | silver")
    name = (
        customers.model.fields[-1]
        if "x_" in customers.model.fields[-1]
        else next(one for one in customers.model.fields if one.startswith("x_"))
    )
    at = cell(customers, 0, name)
    assert customers.model.headerData(at.column(), Qt.Orientation.Horizontal) == "WeChat group"
    customers.grid.edit(at)
    editor = customers.grid.findChild(QComboBox)
    assert [editor.itemText(one) for one in range(editor.count())] == ["", "gold", "silver"]
    customers.grid.closeEditor(editor, customers.grid.itemDelegate().EndEditHint.NoHint)
    assert customers.model.setData(at, "gold")
    customers.filter.setText(f"{name}=gold")
    qtbot.waitUntil(lambda: customers.model.rowCount() == 1)


def test_the_record_beside_the_list_shows_its_fields_its_links_and_its_history(qtbot, customers):
    customers.grid.setCurrentIndex(cell(customers, 0, "name"))
    detail = customers.detail
    tabs = [detail._tabs.tabText(at) for at in range(detail._tabs.count())]
    assert tabs[0] == "Fields"
    assert tabs[-1] == "History"
    assert "Orders 2" in tabs
    editor = next(one for one in detail.findChildren(QLineEdit) if one.accessibleName() == "City")
    editor.setText("苏州")
    editor.editingFinished.emit()
    assert cell(customers, 0, "city").data() == "苏州"
    detail._tabs.setCurrentIndex(detail._tabs.count() - 1)
    table = named(detail, QTableWidget, "History")
    assert [table.item(0, column).text() for column in (1, 2, 3)] == ["City", "", "苏州"]


def test_what_another_program_writes_appears(qtbot, window, customers):
    with Book.open(window.session.book.path) as other:
        id = other.ids("customer")[3]
        other.set("customer", id, {"city": "Leeds"}, origin="command")
    qtbot.waitUntil(lambda: cell(customers, 3, "city").data() == "Leeds", timeout=5_000)


def test_the_list_in_front_is_exported_as_it_is_seen(qtbot, window, customers, settled, tmp_path):
    customers.filter.setText("grade=A")
    qtbot.waitUntil(lambda: customers.model.rowCount() == 2)
    target = tmp_path / "seen.csv"
    customers.export_to(target)
    settled(window)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert rows[0][:2] == [own.id_header(window.session.book.public.tag), "Customer name"]
    assert [row[1] for row in rows[1:]] == ["江苏单氏机械有限公司", "北京欧阳科技有限公司"]
    assert "seen.csv" in window.notices.text


def test_selected_amounts_are_summed_in_the_status_bar(qtbot, window, settled):
    page = window.page("pipeline").list_of("opportunity")
    column = page.model.fields.index("amount")
    for row in range(3):
        page.grid.selectionModel().select(
            page.model.index(row, column), page.grid.selectionModel().SelectionFlag.Select
        )
    assert "sum 6,000.00" in window._status._selection.text()


def test_the_import_button_of_a_list_asks_for_spreadsheets(qtbot, window, customers, monkeypatch):
    asked = []
    monkeypatch.setattr("ui.files.ask_open", lambda *told, **more: asked.append(told[1]) or [])
    qtbot.mouseClick(customers.import_button, Qt.MouseButton.LeftButton)
    assert asked == ["Import spreadsheets…"]
