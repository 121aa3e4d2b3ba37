"""Text of several lines: in a form, and in a cell, where it grows with what is typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QPlainTextEdit, QWidget

from ui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINES = 12  # seen at most in a cell
_WIDTH = 260  # points at least in a cell


class LongText(QPlainTextEdit):
    """Several lines; says when it is left, as a line editor does. Alt+Enter begins a new one."""

    editingFinished = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it ends the edit."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu leaves nothing
            self.editingFinished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Enter and Ctrl+Enter begin a new line, as in Excel and WPS."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held in (
            Qt.KeyboardModifier.AltModifier,
            Qt.KeyboardModifier.ControlModifier,
        ):
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)


class CellText(LongText):
    """In a cell: Enter enters it, and it grows over the cells around it as lines come."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cell = QRect()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter alone ends the edit."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def stand_in(self, cell: QRect) -> None:
        """Cover a cell, and as much around it as the text needs."""
        self._cell = QRect(cell)
        self._grow()

    def _grow(self, *_: object) -> None:
        parent = self.parentWidget()
        if self._cell.isNull() or parent is None:
            return
        room = parent.rect()
        width = min(max(self._cell.width(), theme.scaled(_WIDTH)), room.width())
        lines = min(max(self.document().size().height(), 1), _LINES)
        line = self.fontMetrics().lineSpacing()
        extra = self.height() - self.viewport().height() if self.isVisible() else 14
        height = round(lines * line + 2 * self.document().documentMargin()) + max(extra, 2)
        height = min(max(height, self._cell.height()), room.height())
        left = max(room.left(), min(self._cell.left(), room.right() + 1 - width))
        top = max(room.top(), min(self._cell.top(), room.bottom() + 1 - height))
        if QRect(left, top, width, height) != self.geometry():
            self.setGeometry(left, top, width, height)
