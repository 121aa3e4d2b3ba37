"""What a person does with a window: finds by name, chooses, types, drops, waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTabWidget, QWidget

from ui.dialogs.rows import Rows

Kind = TypeVar("Kind", bound=QWidget)
_DROP = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def named(inside: QWidget, kind: type[Kind], name: str) -> Kind:
    """The visible widget of an accessible name."""
    QApplication.processEvents()  # what was just made is visible after its layout
    found = [one for one in inside.findChildren(kind) if one.accessibleName() == name]
    seen = [one for one in found if one.isVisible()] or found
    assert len(seen) == 1, (name, [one.accessibleName() for one in inside.findChildren(kind)])
    return seen[0]


def button(inside: QWidget, text: str) -> QPushButton:
    """The visible button of a text."""
    found = [
        one for one in inside.findChildren(QPushButton) if one.text() == text and one.isVisible()
    ]
    assert len(found) == 1, (text, [one.text() for one in inside.findChildren(QPushButton)])
    return found[0]


def click(qtbot: Any, inside: QWidget, text: str) -> None:
    """Click a button by its text."""
    wanted = button(inside, text)
    assert wanted.isEnabled(), text
    qtbot.mouseClick(wanted, _LEFT)


def choose(qtbot: Any, combo: QComboBox, text: str) -> None:
    """Open a list and choose by the keyboard."""
    at = combo.findText(text)
    assert at >= 0, (text, [combo.itemText(one) for one in range(combo.count())])
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    view.setCurrentIndex(combo.model().index(at, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)


def write(qtbot: Any, line: QLineEdit, text: str) -> None:
    """Type a text (Qt's key clicks know ASCII only) and press Enter."""
    line.setFocus()
    line.selectAll()
    line.insert(text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def show_tab(tabs: QTabWidget, begins: str) -> QWidget:
    """Bring a tab to the front by the beginning of its text."""
    for at in range(tabs.count()):
        if tabs.tabText(at).startswith(begins):
            tabs.setCurrentIndex(at)
            page = tabs.widget(at)
            assert page is not None
            return page
    raise AssertionError((begins, [tabs.tabText(at) for at in range(tabs.count())]))


def drop(window: QWidget, paths: Sequence[Path]) -> bool:
    """Drag files onto a window and let go; gives whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    into = QDragEnterEvent(QPoint(400, 300), _DROP, data, _LEFT, _NONE)
    into.ignore()
    QApplication.sendEvent(window, into)
    if not into.isAccepted():
        return False
    place = QPointF(400, 300)
    QApplication.sendEvent(window, QDropEvent(place, _DROP, data, _LEFT, _NONE, QEvent.Type.Drop))
    return True


def settle(qtbot: Any, window: Any) -> None:
    """Wait until no job runs."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    QApplication.processEvents()


def table_texts(table: Any) -> list[list[str]]:
    """What a table, or the rows of a page, show, row by row."""
    if isinstance(table, Rows):
        return table.texts()
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
