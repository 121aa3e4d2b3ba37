"""A list of records as it is looked at: searched, sorted, its columns moved, hidden and found again."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from tests.ui.acting import button, click, named, settle
from tests.ui.sheet_keys import (
    CONTROL,
    SHIFT,
    customers,
    go,
    head_menu,
    menu_at,
    take,
    texts,
)
from ui.dialogs.new_field import NewField
from ui.main_window import MainWindow
from ui.settings import Settings

__all__ = ["customers"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_from_the_search_one_key_leads_to_the_first_record_found(qtbot, customers, key):
    customers.search.setFocus()
    qtbot.keyClicks(customers.search, "C00")
    qtbot.keyClick(customers.search, key)  # before the list had time to follow
    assert customers.grid.hasFocus()
    assert [one.row() for one in customers.grid.selectedIndexes()] == [0]
    assert customers.detail.isVisible()


def test_escape_empties_the_search_and_then_leads_back(qtbot, customers):
    customers.search.setFocus()
    qtbot.keyClicks(customers.search, "zzz")
    qtbot.waitUntil(customers.empty.isVisible)
    qtbot.keyClick(customers.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: customers.model.rowCount() == 4)
    qtbot.keyClick(customers.search, Qt.Key.Key_Escape)
    assert customers.grid.hasFocus()


def test_where_nothing_matches_one_button_shows_all_again(qtbot, customers):
    customers.search.setText("zzz")
    customers.filter.setText("grade=D")
    qtbot.waitUntil(customers.empty.isVisible)
    click(qtbot, customers.empty, "Show all")
    assert customers.model.rowCount() == 4
    assert customers.search.text() == customers.filter.text() == ""


def test_an_empty_list_has_the_button_that_fills_it(qtbot, window, tmp_path, settled, monkeypatch):
    asked = []
    monkeypatch.setattr("ui.files.ask_open", lambda *told, **more: asked.append(told[1]) or [])
    assert window.make_book(tmp_path / "empty.daybook", "CNY")
    window.page("customers")
    settled(window)
    click(qtbot, window.records.empty, "Import spreadsheets…")
    assert asked == ["Import spreadsheets…"]


def test_records_are_removed_one_after_the_other_by_the_same_key(qtbot, window, customers):
    go(customers, 0, "name")
    for _ in range(3):
        window.actions_["remove_records"].trigger()
    assert texts(customers, "name") == ["Acme Tools Ltd"]
    assert window.notices.text == "Remove 北京欧阳科技有限公司"


def test_what_lies_in_the_bin_is_looked_at_and_leaves_nothing_when_it_is_restored(
    qtbot, window, customers
):
    go(customers, 0, "name")
    click(qtbot, customers, "Remove")
    click(qtbot, customers, "Recycle bin")
    go(customers, 0, "name")
    fields = [one for one in customers.detail.findChildren(QLineEdit) if one.isVisible()]
    assert fields
    assert not any(one.isEnabled() for one in fields)
    click(qtbot, customers, "Restore")
    assert customers.empty.isVisible()
    assert not customers.detail.isVisible()
    assert window.notices.text == "Restore 江苏单氏机械有限公司"


def test_a_right_click_on_a_value_shows_only_it_then_without_another(qtbot, customers):
    take(menu_at(customers, 0, "owner", mouse=True), "Only “王强”")
    assert customers.filter.text() == "Owner=王强"
    take(menu_at(customers, 1, "grade"), "Without “B”")
    qtbot.waitUntil(lambda: texts(customers, "grade") == ["A", "A", "C"])
    assert customers.filter.text() == "Owner=王强 and Grade!=B"


def test_a_right_click_on_nothing_finds_the_records_that_lack_it(qtbot, customers):
    take(menu_at(customers, 3, "phone"), "Only empty ones")
    qtbot.waitUntil(lambda: texts(customers, "name") == ["Acme Tools Ltd"])


def test_a_column_is_sorted_hidden_and_shown_again_from_its_head(qtbot, customers):
    take(head_menu(customers, "code"), "Sort descending")
    assert texts(customers, "code") == ["C004", "C003", "C002", "C001"]
    take(head_menu(customers, "code"), "Unsorted")
    assert texts(customers, "code") == ["C001", "C002", "C003", "C004"]
    take(head_menu(customers, "code"), "Hide column")
    code = customers.model.fields.index("code")
    assert customers.grid.isColumnHidden(code)
    take(menu_at(customers, 0, "grade"), "Column “Grade”", "Show columns", "Customer no.")
    assert not customers.grid.isColumnHidden(code)
    assert customers.grid.columnWidth(code) >= 70


def test_a_column_of_ones_own_is_called_otherwise_and_removed_from_its_head(
    qtbot, window, customers
):
    customers._add_column("Wechat grup", "choice", "gold | silver")
    (name,) = (one for one in customers.model.fields if one.startswith("x_"))

    def cell():
        return customers.model.index(0, customers.model.fields.index(name))

    customers.model.setData(cell(), "gold")
    take(head_menu(customers, name), "Change column…")
    dialog = customers.findChild(NewField)
    named(dialog, QLineEdit, "Label").setText("WeChat group")
    named(dialog, QLineEdit, "Choices").setText("gold | silver | bronze")
    click(qtbot, dialog, "Apply")
    at = cell()
    assert customers.model.headerData(at.column(), Qt.Orientation.Horizontal) == "WeChat group"
    assert at.data() == "gold"
    assert customers.model.setData(at, "bronze")
    take(head_menu(customers, name), "Remove column")
    assert name not in customers.model.fields
    window.session.undo()
    assert cell().data() == "bronze"
    entries = [one.text() for one in head_menu(customers, "city").actions()]
    assert "Remove column" not in entries  # what the program declares stays


def test_a_block_goes_around_hidden_columns(qtbot, customers):
    order = [customers.model.fields[at] for at in range(3)]
    take(head_menu(customers, order[1]), "Hide column")
    go(customers, 0, order[0])
    qtbot.keyClick(customers.grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(customers.grid, Qt.Key.Key_C, CONTROL)
    shown = [customers.model.index(0, at).data() or "" for at in (0, 2)]
    assert QGuiApplication.clipboard().text() == "\t".join(shown)
    before = texts(customers, order[1])
    QGuiApplication.clipboard().setText("新名有限公司\tB")
    qtbot.keyClick(customers.grid, Qt.Key.Key_Home)
    qtbot.keyClick(customers.grid, Qt.Key.Key_V, CONTROL)
    assert texts(customers, order[1]) == before
    assert texts(customers, order[0])[0] == "新名有限公司"


def test_a_hidden_column_is_not_exported(window, customers, settled, tmp_path):
    take(head_menu(customers, "code"), "Hide column")
    customers.grid.horizontalHeader().moveSection(0, 2)
    customers.export_to(tmp_path / "seen.csv")
    settled(window)
    with (tmp_path / "seen.csv").open(encoding="utf-8-sig", newline="") as file:
        heads = next(csv.reader(file))
    assert "Customer no." not in heads
    assert heads.index("Customer name") == 2  # after the id and the column that stands before it


def test_columns_are_found_again_as_they_were_left(qtbot, window, book_path, tmp_path):
    window.do_close_book()
    place = tmp_path / "settings.ini"
    for again in (False, True):
        made = MainWindow(Settings(place))
        qtbot.addWidget(made)
        made.show()
        assert made.open_book(book_path)
        made.page("customers")
        settle(qtbot, made)
        page = made.records
        head = page.grid.horizontalHeader()
        name, phone = (page.model.fields.index(one) for one in ("name", "phone"))
        if again:
            assert page.grid.columnWidth(name) == 222
            assert page.grid.isColumnHidden(page.model.fields.index("grade"))
            assert head.visualIndex(phone) == 0
            assert texts(page, "code") == ["C004", "C003", "C002", "C001"]
            assert head.sortIndicatorSection() == page.model.fields.index("code")
        else:
            page.grid.setColumnWidth(name, 222)
            head.moveSection(head.visualIndex(phone), 0)
            take(head_menu(page, "grade"), "Hide column")
            take(head_menu(page, "code"), "Sort descending")
        made.close()


def test_an_answer_to_another_question_is_read_from_its_beginning(qtbot, window, customers):
    with window.session.book.change("Many") as change:
        for number in range(200):
            change.add("customer", {"name": f"大客户{number:03}", "code": f"D{number:03}"})
    bar = customers.grid.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(bar.maximum())
    customers.show_only("Some", list(customers.model.ids[:150]))
    assert bar.value() == 0


def test_a_new_column_is_brought_into_view(customers):
    customers._add_column("WeChat group", "text", "")
    at = customers.grid.currentIndex()
    assert customers.model.headerData(at.column(), Qt.Orientation.Horizontal) == "WeChat group"
    seen = customers.grid.visualRect(at)
    assert customers.grid.viewport().rect().contains(seen.topLeft())


def test_the_pressed_recycle_bin_looks_pressed(qtbot, customers):
    bin_button = button(customers, "Recycle bin")
    before = bin_button.grab().toImage().pixelColor(4, 14)
    click(qtbot, customers, "Recycle bin")
    customers.search.setFocus()
    assert bin_button.grab().toImage().pixelColor(4, 14) != before


def test_a_click_on_a_head_sorts_shows_the_first_and_opens_nothing(qtbot, window, settled):
    settled(window)
    customers = window.records
    many = [{"name": f"大客户{number:03}", "code": f"D{number:03}"} for number in range(200)]
    with window.session.book.change("Many") as change:
        for one in many:
            change.add("customer", one)
    head = customers.grid.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(customers.model.fields.index("code")) + 20, 10)
    for first in ("C001", "D199"):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert texts(customers, "code")[0] == first
        assert customers.detail.isHidden()
    go(customers, 150, "name")
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert customers.grid.verticalScrollBar().value() == 0


def test_a_filter_on_an_unknown_column_names_those_that_are_there(qtbot, window, customers):
    window.set_language("zh_CN")
    customers.filter.setText("颜色=红")
    qtbot.waitUntil(customers.wrong.isVisible)
    assert "客户" in customers.wrong.text()
    assert "客户编号" in customers.wrong.text()
    assert "code" not in customers.wrong.text()


def test_the_record_beside_the_list_is_hidden_and_stays_so_until_it_is_wanted(
    qtbot, window, customers
):
    go(customers, 0, "name")
    assert customers.detail.isVisible()
    width = customers.grid.width()
    qtbot.mouseClick(
        named(customers.detail, QToolButton, "Hide details"), Qt.MouseButton.LeftButton
    )
    QApplication.processEvents()
    assert customers.grid.width() > width
    qtbot.keyClick(customers.grid, Qt.Key.Key_Down)
    assert not customers.detail.isVisible()
    assert not window.actions_["details"].isChecked()
    window.actions_["details"].trigger()
    assert customers.detail.isVisible()
    qtbot.waitUntil(  # the key rests for a moment first
        lambda: named(customers.detail, QLineEdit, "Customer no.").text() == "C002"
    )


def test_the_head_of_the_columns_looks_at_no_selection(window):
    # Qt would ask about each row of each selected column: 0.8 s a painting, of 9,000 rows.
    page = window.records
    page.grid.selectAll()
    assert page.grid.rows_selected() == list(page.model.ids)
    assert not page.grid.horizontalHeader().selectionModel().hasSelection()
