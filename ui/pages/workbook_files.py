"""The list of the workbooks that came back: whose, how old, how much they say, how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.texts import N_, tr
from ui import theme
from ui.pages.workbook_slip import DONE, FAILED, READING, READY, WRITING, Slip

_Index = QModelIndex | QPersistentModelIndex
_KEY = Qt.ItemDataRole.UserRole
_LINES = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2
_TONES = {READING: "muted", WRITING: "muted", READY: "ok", DONE: "muted", FAILED: "danger"}


class _Painter(QStyledItemDelegate):
    """Three lines: whose with its state, when it left, what it says."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Its lines and room around them."""
        return QSize(
            theme.scaled(180),
            3 * (option.fontMetrics.height() + theme.scaled(2)) + theme.scaled(18),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it."""
        c = theme.colours()
        area: QRect = option.rect.adjusted(3, 2, -3, -2)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and option.widget.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if focused else c.border)))
        painter.setBrush(QColor(c.selection if chosen else c.surface))
        painter.drawRoundedRect(area, 6, 6)
        inside = area.adjusted(theme.scaled(10), theme.scaled(7), -theme.scaled(10), 0)
        high = option.fontMetrics.height()
        title, side, *rest = index.data(_LINES)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        line = QRect(inside.x(), inside.y(), inside.width(), high)
        wide = metrics.horizontalAdvance(side)
        painter.setPen(QColor(getattr(c, index.data(_TONE))))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, side)
        painter.setPen(QColor(c.text))
        room = max(line.width() - wide - theme.scaled(10), theme.scaled(40))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room),
        )
        painter.setFont(option.font)
        painter.setPen(QColor(c.muted))
        for text in rest:
            line.translate(0, high + theme.scaled(2))
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class SlipList(QListWidget):
    """The slips, one under the other."""

    aside_wanted = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("cards")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    @property
    def key(self) -> str:
        """The key of the slip that is chosen, "" for none."""
        item = self.currentItem() if self.currentRow() >= 0 else None
        return str(item.data(_KEY)) if item is not None else ""

    def show_slips(self, slips: Sequence[Slip]) -> None:
        """Show these; the chosen one stays so, else the one in its place is chosen."""
        key, row = self.key, self.currentRow()
        self.blockSignals(True)
        while self.count() > len(slips):
            self.takeItem(self.count() - 1)
        while self.count() < len(slips):
            self.addItem(QListWidgetItem())
        on = date.today()
        for at, one in enumerate(slips):
            self._put(self.item(at), one, on)
        keys = [one.key for one in slips]
        again = keys.index(key) if key in keys else min(max(row, 0), len(slips) - 1)
        self.setCurrentRow(again)
        self.blockSignals(False)
        self.viewport().update()

    def _put(self, item: QListWidgetItem, one: Slip, on: date) -> None:
        said = one.said if one.state in (FAILED, DONE) else one.counts_text()
        name = one.path.name if one.path is not None else ""
        second = one.issued_text(on) or (name if name != one.title else "")
        lines = (one.title, one.state_text(), second, said)
        tone = "warning" if one.ready and one.undecided else _TONES[one.state]
        if one.ready and not one.changes:
            tone = "muted"
        item.setText(tr(N_(", ")).join(text for text in lines if text))
        item.setToolTip("\n".join([*(text for text in lines if text), str(one.path or "")]).strip())
        item.setData(_KEY, one.key)
        item.setData(_LINES, lines)
        item.setData(_TONE, tone)

    def choose(self, key: str) -> None:
        """Choose a slip by its key."""
        for at in range(self.count()):
            if self.item(at).data(_KEY) == key:
                self.setCurrentRow(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts the file aside, Enter goes to its changes."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.aside_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
