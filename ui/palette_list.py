"""The list of the palette: its rows as a screen reader hears them, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.commands import Command

_GAP = 10  # points between the parts of a row
_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """The commands that are offered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.commands: list[Command] = []

    def show(self, commands: Sequence[Command]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.commands = list(commands)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many are offered."""
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """What a row shows; all of it as one text for who hears it or points at it."""
        if not index.isValid():
            return None
        one = self.commands[index.row()]
        if role == _Role.DisplayRole:
            return one.text
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return one.told()
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What can't be run now is grey and can't be chosen."""
        able = index.isValid() and not self.commands[index.row()].why_not
        kinds = Qt.ItemFlag
        return kinds.ItemIsEnabled | kinds.ItemIsSelectable if able else kinds.NoItemFlags


class _Painter(QStyledItemDelegate):
    """Icon and text at the left; what it is, why not, and the shortcut at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as a line of text with room around it, whatever the size of the font."""
        return QSize(0, self.parent_metrics().height() + 2 * _GAP - 4)

    def parent_metrics(self) -> QFontMetrics:
        """The measures of the list's font."""
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return QFontMetrics(parent.font())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        model = index.model()
        assert isinstance(model, Rows)
        one, metrics = model.commands[index.row()], self.parent_metrics()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.brush("selection"))
        side = metrics.height()
        line = area.adjusted(_GAP, 0, -_GAP, 0)
        if one.icon:
            place = QRect(line.left(), line.center().y() - side // 2, side, side)
            theme.icon(one.icon).paint(painter, place)
        line.setLeft(line.left() + side + _GAP)
        for text in (one.shortcut, one.why_not or one.note):
            line.setRight(line.right() - self._right(painter, line, text, metrics))
        painter.setPen(theme.brush("muted" if one.why_not else "text").color())
        self._draw(painter, line, one.text, metrics, Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _right(self, painter: QPainter, line: QRect, text: str, metrics: QFontMetrics) -> int:
        """Draw a text at the right end, at most over half of the line; gives the room it took."""
        if not text:
            return 0
        wide = min(metrics.horizontalAdvance(text) + 2, line.width() // 2)
        place = QRect(line.right() - wide + 1, line.top(), wide, line.height())
        painter.setPen(theme.brush("muted").color())
        self._draw(painter, place, text, metrics, Qt.AlignmentFlag.AlignRight)
        return wide + 2 * _GAP

    def _draw(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        metrics: QFontMetrics,
        side: Qt.AlignmentFlag,
    ) -> None:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class PaletteList(QListView):
    """The rows; keys that it doesn't need itself go to the line above."""

    key_left = Signal(QKeyEvent)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys mean what they mean in the line above."""
        self.key_left.emit(event)

    def step(self, by: int) -> None:
        """Move by rows, over those that can't be chosen; stays where there is none further."""
        count = self.rows.rowCount()
        at = self.currentIndex().row()
        wanted = min(max(at + by, 0), count - 1)
        way = 1 if by > 0 else -1
        while 0 <= wanted < count and self.rows.commands[wanted].why_not:
            wanted += way if abs(by) == 1 else -way
        if 0 <= wanted < count:
            self.setCurrentIndex(self.rows.index(wanted))

    def height_of(self, most: int) -> int:
        """The height that shows its rows, at most so many, in points."""
        row = self.sizeHintForRow(0) if self.rows.rowCount() else 0
        return row * min(self.rows.rowCount(), most) + 2 * self.frameWidth()
