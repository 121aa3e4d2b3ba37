"""Cards in columns, between which they are dragged: the board of deals and that of tasks.

What a card shows is given as lines; what it means to move one is told by ``moved`` and decided by
whoever shows the board.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

_ID = Qt.ItemDataRole.UserRole
_FACE = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Line:
    """A line of a card; ``beside`` stands at its right end. ``tone`` is a colour of the theme."""

    text: str
    beside: str = ""
    tone: str = "text"


@dataclass(frozen=True)
class Face:
    """A card: its record, its lines, what it is called for who hears it, the colour of its edge."""

    id: int
    lines: tuple[Line, ...]
    told: str
    edge: str = ""


class _CardPainter(QStyledItemDelegate):
    """Draws the lines of a card; the first one is bold."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Its lines and the space around them."""
        face: Face = index.data(_FACE)
        return QSize(120, len(face.lines) * (option.fontMetrics.height() + 2) + 20)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw it."""
        c, face = theme.colours(), index.data(_FACE)
        area: QRect = option.rect.adjusted(2, 3, -2, -3)
        view = option.widget  # one card of the board is the one that keys would move
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if chosen else c.border)))
        painter.setBrush(QColor(c.selection if chosen else c.surface))
        painter.drawRoundedRect(area, 6, 6)
        if face.edge:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(c, face.edge)))
            painter.drawRoundedRect(QRect(area.x() + 3, area.y() + 6, 3, area.height() - 12), 1, 1)
        font = QFont(option.font)
        height = option.fontMetrics.height()
        line = QRect(area.x() + 10, area.y() + 7, area.width() - 20, height)
        for at, one in enumerate(face.lines):
            font.setBold(at == 0)
            painter.setFont(font)
            _draw(painter, line, one)
            line.translate(0, height + 2)
        painter.restore()


def _draw(painter: QPainter, line: QRect, one: Line) -> None:
    """A line; what it says is never cut for what stands beside it."""
    c, fits = theme.colours(), QFontMetrics(painter.font())
    shown = fits.elidedText(one.text, Qt.TextElideMode.ElideRight, line.width())
    painter.setPen(QColor(getattr(c, one.tone)))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shown)
    room = line.width() - fits.horizontalAdvance(shown + "  ")
    if one.beside and room > 0:
        said = fits.elidedText(one.beside, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(c.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, said)


def _anything(key: Hashable) -> bool:
    return True


class Cards(QListWidget):
    """The cards of one column; takes cards that are dropped on it."""

    dropped = Signal(object, object)  # the records, the column that they were dropped on
    step = Signal(int, int)  # a record, columns to the right
    go = Signal(int)  # to another column, so many to the right
    wanted = Signal(int)  # a record is to be opened
    new_wanted = Signal()
    remove_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)  # a record, 0 for none; where on the screen

    def __init__(self, key: Hashable, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._faces: Sequence[Face] = ()
        self.may: Callable[[Hashable], bool] = _anything  # whether cards of a column may come here
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_CardPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("cards")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(self._activated)

    def show_cards(self, faces: Sequence[Face]) -> None:
        """Show these cards; the place that is seen and the current card stay, or its neighbour."""
        if faces == self._faces:
            return  # most columns are as they were when one card moves
        self._faces = faces
        place, row, id = self.verticalScrollBar().value(), self.currentRow(), self.card()
        self.clear()
        for face in faces:
            item = QListWidgetItem(face.told)
            item.setToolTip(face.told)
            item.setData(_ID, face.id)
            item.setData(_FACE, face)
            self.addItem(item)
        if row >= 0 and self.count():
            same = self.row_of(id)
            self.setCurrentRow(same if same >= 0 else min(row, self.count() - 1))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def card(self) -> int:
        """The record of the current card, 0 for none."""
        item = self.currentItem() if self.currentRow() >= 0 else None
        return int(item.data(_ID)) if item is not None else 0

    def row_of(self, id: int) -> int:
        """The row of a record's card, -1 when it isn't here."""
        found = (at for at in range(self.count()) if self.item(at).data(_ID) == id)
        return next(found, -1)

    def enter(self, id: int = 0) -> None:
        """Take the focus, at a record's card, else at the one that was current, else at the first."""
        row = self.row_of(id) if id else self.currentRow()
        if self.count():
            self.setCurrentRow(max(row, 0))
        self.setFocus()

    def taken(self) -> list[int]:
        """The records of the cards that are being dragged."""
        return [int(one.data(_ID)) for one in self.selectedItems()]

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """What may not come here is shown so."""
        if may_drop(event, self):
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged cards to this column; the board is drawn again by the notice."""
        take_drop(event, self, self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow moves the card a column on, for those who don't drag."""
        key, id = Qt.Key(event.key()), self.card()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _STEPS and control:
            if id:
                self.step.emit(id, _STEPS[key])
        elif key in _STEPS:
            self.go.emit(_STEPS[key])
        elif key == Qt.Key.Key_N and not event.modifiers():
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Delete and id:
            self.remove_wanted.emit(id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a card, or of the column where no card is."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if by_key and self.currentRow() < 0:
            item = None
        place = event.globalPos()
        if by_key and item is not None:
            place = self.viewport().mapToGlobal(self.visualItemRect(item).center())
        elif by_key:
            place = self.viewport().mapToGlobal(QPoint(12, 12))
        if item is not None:
            self.setCurrentItem(item)
        self.menu_wanted.emit(int(item.data(_ID)) if item is not None else 0, place)

    def _activated(self, item: QListWidgetItem) -> None:
        self.wanted.emit(int(item.data(_ID)))


def may_drop(event: QDropEvent, onto: Cards) -> bool:
    """Whether what is dragged are cards that may come to a column."""
    source = event.source()
    return isinstance(source, Cards) and (source.key == onto.key or onto.may(source.key))


def take_drop(event: QDropEvent, onto: Cards, key: Hashable) -> None:
    """Tell that cards of another column were dropped on one."""
    source = event.source()
    if isinstance(source, Cards) and source.key != key and onto.may(source.key):
        ids = source.taken()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if ids:
            onto.dropped.emit(ids, key)
