"""Keys, menus and texts of the list of customers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def customers(window, settled):
    settled(window)
    page = window.records
    page.grid.setFocus()
    return page


def go(page, row: int, field: str) -> None:
    page.grid.setCurrentIndex(page.model.index(row, page.model.fields.index(field)))
    page.grid.setFocus()


def texts(page, field: str) -> list[str]:
    column = page.model.fields.index(field)
    return [page.model.index(row, column).data() or "" for row in range(page.model.rowCount())]


def type_into(qtbot, page, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type over the current cell and end with a key; Qt's clicks know ASCII only."""
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    editor = editor_of(page)
    editor.selectAll()
    editor.insert(text)
    qtbot.keyClick(editor, key)
    QApplication.processEvents()


def editor_of(page) -> QLineEdit:
    QApplication.processEvents()
    found = [one for one in page.grid.viewport().findChildren(QLineEdit) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def menu_at(page, row: int, field: str, *, mouse: bool = False) -> QMenu:
    go(page, row, field)
    reason = QContextMenuEvent.Reason.Mouse if mouse else QContextMenuEvent.Reason.Keyboard
    place = page.grid.visualRect(page.grid.currentIndex()).center()
    view = page.grid.viewport()
    QApplication.sendEvent(view, QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def head_menu(page, field: str) -> QMenu:
    head = page.grid.horizontalHeader()
    column = page.model.fields.index(field)
    place = QPoint(head.sectionViewportPosition(column) + 5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, head.mapToGlobal(place))
    QApplication.sendEvent(head.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def take(menu: QMenu, *way: str) -> None:
    """Choose by texts, through the menus below."""
    for text in way:
        found = [one for one in menu.actions() if one.text() == text]
        assert len(found) == 1, (text, [one.text() for one in menu.actions()])
        below = found[0].menu()
        if isinstance(below, QMenu):
            menu = below
    found[0].trigger()
    top = QApplication.activePopupWidget()
    if top is not None:
        top.close()
    QApplication.processEvents()
