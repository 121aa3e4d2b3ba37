"""Linked records beside a record: small grids that are edited, added to and emptied in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTabWidget, QToolButton

from tests.ui.acting import click, named, show_tab, table_texts
from ui.dialogs.new_record import NewRecord
from ui.records.related_list import RelatedList

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(window, settled):
    """The customers, with two people known at the first."""
    with window.session.book.change("People") as change:
        for name, phone in (("马波", "13500001111"), ("刘洋", "")):
            change.add("contact", {"name": name, "phone": phone, "customer": "C001"})
    settled(window)
    window.records.grid.setCurrentIndex(window.records.model.index(0, 0))
    return window.records


def related(page, begins: str = "Contacts") -> RelatedList:
    tab = show_tab(page.detail.findChild(QTabWidget), begins)
    QApplication.processEvents()
    return tab.findChild(RelatedList)


def go(shown: RelatedList, row: int, field: str) -> None:
    shown.grid.setCurrentIndex(shown.model.index(row, shown.model.fields.index(field)))
    shown.grid.setFocus()
    QApplication.processEvents()


def column(shown: RelatedList, field: str) -> list[str]:
    QApplication.processEvents()
    at = shown.model.fields.index(field)
    return [row[at] for row in table_texts(shown.grid)]


def type_over(qtbot, shown: RelatedList, text: str) -> None:
    qtbot.keyClicks(shown.grid, text[0])
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, ENTER)
    QApplication.processEvents()


def test_a_cell_of_a_linked_record_is_edited_in_place_and_undone(qtbot, window, page):
    shown = related(page)
    assert column(shown, "name") == ["马波", "刘洋"]
    go(shown, 1, "phone")
    type_over(qtbot, shown, "13622223333")
    assert column(shown, "phone") == ["13500001111", "13622223333"]
    assert shown.grid.hasFocus()  # who works in the list stays there
    assert related(page) is shown
    window.actions_["undo"].trigger()
    assert column(shown, "phone") == ["13500001111", ""]


def test_what_a_linked_record_declines_is_said_at_its_cell(qtbot, window, page):
    shown = related(page)
    go(shown, 0, "phone")
    type_over(qtbot, shown, "x")
    editor = QApplication.focusWidget()
    assert editor.text() == "x"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert column(shown, "phone")[0] == "13500001111"


def test_a_new_linked_record_points_here_already(qtbot, window, page):
    shown = related(page)
    go(shown, 0, "name")
    window.actions_["add_record"].trigger()  # the key of every list works on the one worked in
    dialog = window.findChild(NewRecord)
    assert named(dialog, QLineEdit, "Customer").text() == "江苏单氏机械有限公司"
    named(dialog, QLineEdit, "Contact name").setText("新人")
    click(qtbot, dialog, "Add")
    assert column(shown, "name") == ["马波", "刘洋", "新人"]
    assert shown.grid.currentIndex().row() == 2
    assert page.detail.findChild(QTabWidget).tabText(1) == "Contacts 3"
    assert window.session.book.count("customer") == 4


def test_linked_records_are_removed_by_the_key_of_every_list(qtbot, window, page):
    shown = related(page)
    go(shown, 0, "name")
    window.actions_["remove_records"].trigger()
    assert column(shown, "name") == ["刘洋"]
    assert window.session.book.count("customer") == 4
    window.actions_["undo"].trigger()
    assert sorted(column(shown, "name")) == ["刘洋", "马波"]


def test_a_block_pasted_below_the_last_one_makes_linked_records(qtbot, window, page):
    shown = related(page)
    go(shown, 1, "name")
    QGuiApplication.clipboard().setText("刘洋\n钱一\n孙二\n")
    qtbot.keyClick(shown.grid, Qt.Key.Key_V, CONTROL)
    assert column(shown, "name") == ["马波", "刘洋", "钱一", "孙二"]
    customer = page.model.id_at(0)
    assert len(window.session.book.linked("contact", "customer", customer)) == 4


def test_a_linked_record_is_opened_in_its_own_list(qtbot, window, page):
    shown = related(page)
    go(shown, 1, "name")
    qtbot.keyClick(shown.grid, ENTER, CONTROL)
    assert window.records.entity == "contact"
    assert window.records.detail._title.text() == "刘洋"


def test_the_keyboard_leads_into_the_list_and_out_of_it(qtbot, window, page):
    shown = related(page)
    tabs = page.detail.findChild(QTabWidget).tabBar()
    tabs.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if shown.grid.hasFocus():
            break
    assert shown.grid.hasFocus(), seen
    go(shown, 0, "phone")
    qtbot.keyClick(shown.grid, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor.text() == "13500001111"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(shown.grid, Qt.Key.Key_Escape)
    assert not shown.grid.hasFocus()


def test_the_first_linked_record_of_a_kind_is_added_from_the_head(qtbot, window, page):
    page.grid.setCurrentIndex(page.model.index(3, 0))
    tabs = page.detail.findChild(QTabWidget)
    assert not any(tabs.tabText(at).startswith("Contacts") for at in range(tabs.count()))
    named(page.detail, QToolButton, "Add a linked record").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "New Contact").trigger()
    menu.close()
    dialog = window.findChild(NewRecord)
    named(dialog, QLineEdit, "Contact name").setText("第一人")
    click(qtbot, dialog, "Add")
    assert tabs.tabText(tabs.currentIndex()) == "Contacts 1"
    assert column(tabs.currentWidget().findChild(RelatedList), "name") == ["第一人"]


def test_a_record_that_points_elsewhere_now_leaves_the_list(qtbot, window, page):
    shown = related(page)
    with window.session.book.change("Moved") as change:
        change.set("contact", shown.model.id_at(0), {"customer": "C002"})
    assert column(shown, "name") == ["刘洋"]
