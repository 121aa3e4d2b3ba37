"""The rows of groups in a grid: painted across it, opened and closed by click and key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.views.arranging import Node
from ui import theme
from ui.records.cells import Cells
from ui.records.colouring import Colouring, Look
from ui.records.frozen import Frozen
from ui.records.grid import Grid
from ui.records.grouped_model import GroupedModel
from ui.records.sheet_keys import shown_columns
from ui.session import Session

_STEP = 18  # points that an inner group is moved in by
_ARROW = 22  # points kept for the arrow
_GAP = 6
_KEYS = {
    Qt.Key.Key_Left: True,
    Qt.Key.Key_Minus: True,
    Qt.Key.Key_Right: False,
    Qt.Key.Key_Plus: False,
}
_TURNS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALL = {Qt.Key.Key_Slash: True, Qt.Key.Key_Asterisk: False}
Index = QModelIndex | QPersistentModelIndex


class ListCells(Cells):
    """Cells of records as ever; those of groups as one bar across the grid."""

    def __init__(
        self,
        session: Session,
        model: GroupedModel,
        view: QTableView,
        below: ListCells | None = None,
    ) -> None:
        super().__init__(session, view)
        self._list, self._view, self._below = model, view, below
        self.colouring: Colouring = Colouring(session, model) if below is None else below.colouring
        self.colouring.changed.connect(view.viewport().update)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        node = self._list.group_at(index.row())
        if node is None:
            look = self._look(index)
            if look is not None:
                self._paint_behind(painter, option, look)
            super().paint(painter, option, index)
            if look is not None and look.sign:
                self._paint_sign(painter, option, index, look.sign)
        else:
            self._paint_group(painter, option, index, node)

    def _look(self, index: Index) -> Look | None:
        if index.data(Qt.ItemDataRole.BackgroundRole) is not None:
            return None  # what was declined is more urgent
        return self.colouring.look(index.row(), index.column())

    def _paint_behind(self, painter: QPainter, option: QStyleOptionViewItem, look: Look) -> None:
        cell = option.rect
        colour = QColor(look.shade.dark if theme.is_dark() else look.shade.light)
        if look.bar:
            cell = cell.adjusted(1, 3, -1, -4)
            cell.setWidth(max(round(cell.width() * look.share), 1))
        elif look.scale:
            colour.setAlphaF(0.1 + 0.9 * look.share)
        painter.fillRect(cell, colour)

    def _paint_sign(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, sign: str
    ) -> None:
        """At the end that the text doesn't begin at."""
        align = Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        left = bool(align & Qt.AlignmentFlag.AlignRight)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        painter.save()
        painter.setPen(QColor(theme.colours().text))
        place = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, sign)
        painter.restore()

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, node: Node
    ) -> None:
        """Its part of the bar, and the label as far as it reaches over this cell."""
        colours, cell = theme.colours(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(cell)
        painter.fillRect(cell, QColor(colours.selection if chosen else colours.raised))
        painter.setPen(QPen(QColor(colours.border)))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        if index.column() != self._list.leading and (text := str(index.data() or "")):
            place = cell.adjusted(_GAP, 0, -_GAP, 0)
            align = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(place, int(align), text)
        else:
            self._paint_label(painter, self.label_place(index.row()), node)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_label(self, painter: QPainter, place: QRect, node: Node) -> None:
        indent = theme.scaled(_STEP) * node.level
        arrow = "▾" if self._list.is_open(node) else "▸"
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(indent + _GAP, 0, 0, 0), side, arrow)
        inside = place.adjusted(indent + theme.scaled(_ARROW), 0, -_GAP, 0)
        text = painter.fontMetrics().elidedText(
            self._list.group_text(node), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, side, text)

    def label_place(self, row: int) -> QRect:
        """Where the label of a group's row stands: from the first column up to the first total."""
        if self._below is not None:  # the label goes on in the view below
            place = self._below.label_place(row)
            place.setLeft(0)
            place.setRight(max(place.right(), self._view.width()))
            return place
        view, head = self._view, self._view.horizontalHeader()
        seen = shown_columns(view)
        end = head.length() - head.offset()
        for column in seen[1:]:
            if self._list.index(row, column).data():
                end = head.sectionViewportPosition(column)
                break
        left = head.sectionViewportPosition(seen[0])
        if end > theme.scaled(_ARROW):  # what is scrolled away takes the label with it
            left = max(left, 0)
        return QRect(left, view.rowViewportPosition(row), max(end - left, 0), view.rowHeight(row))


class ListGrid(Grid):
    """A grid whose rows may be groups: keys and clicks open and close them."""

    _ready = False  # the table scrolls before it is whole

    def __init__(
        self, session: Session, model: GroupedModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, model, parent)
        self._list = model
        self.cells = ListCells(session, model, self)
        self._plain = Cells(session, self)  # paints a plain list without asking for each cell
        self.frozen = FrozenList(session, model, self)
        self._ready = True
        head = self.horizontalHeader()
        head.sectionMoved.connect(self._lead)
        head.geometriesChanged.connect(self._lead)
        model.modelReset.connect(self._lead)
        self.cells.colouring.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        """Cells are painted one by one only where groups or colours ask for it."""
        asked = self._list.groups or self.cells.colouring.rules
        wanted = self.cells if asked else self._plain
        if self.itemDelegate() is not wanted:
            self.setItemDelegate(wanted)

    def _lead(self) -> None:
        """Groups are named in the first column that is seen."""
        self._dress()
        seen = shown_columns(self)
        if seen:
            self._list.leading = seen[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On the row of a group Left and Right, - and +, Space and Enter close and open it; / and *
        close and open all."""
        if not self._group_key(event):
            super().keyPressEvent(event)

    def _group_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        at, key = self.currentIndex(), Qt.Key(event.key())
        node = self._list.group_at(at.row()) if at.isValid() else None
        plain = held == Qt.KeyboardModifier.NoModifier
        if node is None or not (plain or held == Qt.KeyboardModifier.ShiftModifier):
            return False
        opened = self._list.is_open(node)
        turns = plain and (key in _TURNS or _KEYS.get(key) is opened)
        if key in _ALL:
            self._list.fold_all(closed=_ALL[key])
        elif turns or (key == Qt.Key.Key_Plus and not opened):
            self._list.fold(node, closed=opened)
        else:
            return False
        return True

    def asked_width(self, column: int) -> int:
        """The width that a column asks for, its total included."""
        width = super().asked_width(column)
        total = self._list.total_text(column)
        if not total:
            return width
        font = self.font()
        font.setBold(True)
        return max(width, QFontMetrics(font).horizontalAdvance(total) + theme.scaled(16))

    def edit(self, index: Index, trigger: Any = None, event: Any = None) -> Any:
        """An editor opens where its cell is seen."""
        if trigger is None:
            return super().edit(index)
        if self.explains(index, trigger):
            return True
        if self.frozen.room and index.column() in self.frozen.columns:
            return self.frozen.edit(index, trigger, event)
        return super().edit(index, trigger, event)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A cell is seen beside the columns that are kept in sight, not below them."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self._ready:
            return
        if index.column() in self.frozen.columns:
            bar.setValue(before)
        elif (left := self.visualRect(index).left()) < self.frozen.room:
            bar.setValue(bar.value() - (self.frozen.room - left))

    def edited_above(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """An edit in a column that is kept in sight has ended: go on as after any other."""
        hints = QAbstractItemDelegate.EndEditHint
        if hint in (hints.EditNextItem, hints.EditPreviousItem):
            action = QAbstractItemView.CursorAction
            way = action.MoveNext if hint == hints.EditNextItem else action.MovePrevious
            to = self.moveCursor(way, Qt.KeyboardModifier.NoModifier)
            self.setCurrentIndex(to)
            if to.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(to)
        else:
            self.ended(hint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow of a group opens or closes it."""
        if not self.turned(event, anywhere=False):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click anywhere on the row of a group opens or closes it."""
        if not self.turned(event, anywhere=True):
            super().mouseDoubleClickEvent(event)

    def turned(self, event: QMouseEvent, *, anywhere: bool) -> bool:
        """Open or close the group whose row is clicked; False if none is."""
        at = self.indexAt(event.position().toPoint())
        node = self._list.group_at(at.row()) if at.isValid() else None
        if node is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        left = self.cells.label_place(at.row()).left() + theme.scaled(_STEP) * node.level
        if not anywhere and not 0 <= event.position().x() - left <= theme.scaled(_ARROW):
            return False
        self.setCurrentIndex(at)
        self._list.fold(node, closed=self._list.is_open(node))
        return True


class FrozenList(Frozen):
    """The first columns of a list, kept in sight."""

    def __init__(self, session: Session, model: GroupedModel, grid: ListGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setItemDelegate(ListCells(session, model, self, grid.cells))
        self.horizontalHeader().sectionClicked.connect(grid.sort_by)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the cell under the pointer."""
        self._grid.menu_wanted.emit(self.indexAt(self._inside(event)), event.globalPos())

    def _inside(self, event: QContextMenuEvent) -> QPoint:
        return self.viewport().mapFromGlobal(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow of a group opens or closes it."""
        if not self._grid.turned(event, anywhere=False):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click anywhere on the row of a group opens or closes it."""
        if not self._grid.turned(event, anywhere=True):
            super().mouseDoubleClickEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What follows an edit is the business of the view below."""
        if self._grid.stays(hint):
            return
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._grid.setFocus()
        self._grid.edited_above(hint)
