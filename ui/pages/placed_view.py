"""A view whose items lie where they belong: in the days of a calendar, along a timeline.

It is a list to whoever hears the screen or drives it over the bus: every item has a name and a place.
What an item is, where it lies and how it is drawn, those who derive from it say.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

_Index = QModelIndex | QPersistentModelIndex
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlacedModel(QAbstractListModel):
    """The items of a view: whatever it shows. Only those that somebody looks at are asked their names."""

    def __init__(self, tell: Callable[[Any], str], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self.items: list[Any] = []

    def show(self, items: Sequence[Any]) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """How many items there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its name."""
        if not 0 <= index.row() < len(self.items):
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._tell(self.items[index.row()])
        return None


class PlacedView(QListView):
    """Items by their places. Dragging is told by ``begin``, ``drag``, ``drop`` and ``leave``."""

    wanted = Signal(int)  # an item is to be opened
    new_wanted = Signal()
    remove_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)  # an item, -1 for none; where on the screen

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.placed = PlacedModel(self.tell, self)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setAutoScroll(False)
        self.setModel(self.placed)
        self.viewport().setMouseTracking(True)
        self._pressed: QPoint | None = None
        self._dragged = -1

    # -- what those who derive from it say ---------------------------------------------------------

    def tell(self, item: Any) -> str:
        """What an item is called, for who hears the screen or rests the mouse on it."""
        raise NotImplementedError

    def key(self, item: Any) -> Hashable:
        """By what an item is known again."""
        raise NotImplementedError

    def place(self, row: int) -> QRect:
        """Where an item lies, in the whole of the content."""
        raise NotImplementedError

    def row_at(self, point: QPoint) -> int:
        """The item at a point of the content, -1 for none."""
        raise NotImplementedError

    def extent(self) -> QSize:
        """How large the content is."""
        raise NotImplementedError

    def neighbour(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        """Where an arrow key leads."""
        raise NotImplementedError

    def begin(self, row: int, at: QPoint) -> bool:
        """Begin to drag an item from a point of the content; gives whether it can be dragged."""
        return False

    def drag(self, at: QPoint) -> None:
        """It is dragged to a point."""

    def drop(self, at: QPoint) -> None:
        """It is let go."""

    def leave(self) -> None:
        """Dragging is over, whatever came of it."""

    def covered(self) -> int:
        """How much of what is seen is covered by heads, from above."""
        return 0

    # -- items -------------------------------------------------------------------------------------

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other items; the current one stays so, if it is still there, else the one in its row."""
        row = self.currentIndex().row()
        item = self.item
        key = self.key(item) if item is not None else None
        self.stop()
        self.placed.show(items)
        again = self.row_of(key)
        if again < 0 and key is not None and items:
            again = min(row, len(items) - 1)
        if again >= 0:
            self.choose(again)
        self.updateGeometries()
        self.viewport().update()

    def row_of(self, key: Hashable) -> int:
        """The item that is known by a key, -1 for none."""
        if key is None:
            return -1
        return next((at for at, one in enumerate(self.placed.items) if self.key(one) == key), -1)

    def choose(self, row: int) -> None:
        """Make an item the current one."""
        index = self.placed.index(row)
        self.selectionModel().setCurrentIndex(index, _CHOOSE)

    @property
    def item(self) -> Any:
        """The current item, None for none."""
        row = self.currentIndex().row()
        return self.placed.items[row] if 0 <= row < len(self.placed.items) else None

    # -- what Qt asks ------------------------------------------------------------------------------

    def offset(self) -> QPoint:
        """How far the content is scrolled."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def visualRect(self, index: _Index) -> QRect:
        """Where an item is seen."""
        if not 0 <= index.row() < len(self.placed.items):
            return QRect()
        return self.place(index.row()).translated(-self.offset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item at a point of what is seen."""
        row = self.row_at(point + self.offset())
        return self.placed.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an item into sight."""
        place = self.visualRect(index)
        room = self.viewport().rect().adjusted(0, self.covered(), 0, 0)
        if not place.isValid():
            return
        for bar, before, after in (
            (self.horizontalScrollBar(), place.left() - room.left(), place.right() - room.right()),
            (self.verticalScrollBar(), place.top() - room.top(), place.bottom() - room.bottom()),
        ):
            if before < 0:
                bar.setValue(bar.value() + before)
            elif after > 0:
                bar.setValue(bar.value() + min(after, before))

    def doItemsLayout(self) -> None:
        """Nothing is laid out one beneath the other."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Let the bars reach over the whole content."""
        whole, room = self.extent(), self.viewport().size()
        for bar, long, seen in (
            (self.horizontalScrollBar(), whole.width(), room.width()),
            (self.verticalScrollBar(), whole.height(), room.height()),
        ):
            bar.setRange(0, max(long - seen, 0))
            bar.setPageStep(max(seen, 1))
            bar.setSingleStep(24)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw what came into sight."""
        self.viewport().update()

    def horizontalOffset(self) -> int:
        """As scrolled."""
        return self.offset().x()

    def verticalOffset(self) -> int:
        """As scrolled."""
        return self.offset().y()

    def isIndexHidden(self, index: _Index) -> bool:
        """None is hidden."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """All is drawn again."""
        return QRegion(self.viewport().rect())

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Nothing is selected by a rubber band."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where an arrow key leads."""
        if not self.placed.items:
            return QModelIndex()
        row = self.currentIndex().row()
        to = self.neighbour(row, action) if row >= 0 else 0
        return self.placed.index(to) if to >= 0 else self.currentIndex()

    # -- mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed; it may be dragged from here."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid():
            self.choose(index.row())
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = at + self.offset() if index.isValid() else None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once it is far enough from where it was pressed."""
        at = event.position().toPoint() + self.offset()
        if self._dragged >= 0:
            self.drag(at)
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self.hover(at)
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        row = self.currentIndex().row()
        if far and row >= 0 and self.begin(row, self._pressed):
            self._dragged = row
            self.drag(at)

    def hover(self, at: QPoint) -> None:
        """The mouse is over a point, nothing being dragged."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what is dragged."""
        if self._dragged >= 0:
            at = event.position().toPoint() + self.offset()
            self._dragged, self._pressed = -1, None
            self.drop(at)
            self.leave()
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is under the mouse."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(index.row())

    def stop(self) -> None:
        """Give up dragging."""
        if self._dragged >= 0:
            self._dragged, self._pressed = -1, None
            self.leave()

    # -- keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, add, remove; Escape gives up dragging."""
        row, key = self.currentIndex().row(), event.key()
        if key == Qt.Key.Key_Escape and self._dragged >= 0:
            self.stop()
        elif key in _ENTERS and row >= 0 and not event.modifiers():
            self.wanted.emit(row)
        elif key == Qt.Key.Key_N and not event.modifiers():
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Delete and row >= 0:
            self.remove_wanted.emit(row)
        elif key in _ARROWS and not event.modifiers():
            to = self.neighbour(row, _ARROWS[Qt.Key(key)]) if row >= 0 else 0
            if 0 <= to < len(self.placed.items):
                self.choose(to)
                self.scrollTo(self.placed.index(to))
        elif event.text() and not event.modifiers():
            event.ignore()  # no search by typing: the line above does that
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of an item, or of the place where none is."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.visualRect(index).center() if index.isValid() else QPoint(20, 20)
            at = self.viewport().mapToGlobal(place)
        else:
            index = self.indexAt(event.pos())
            at = event.globalPos()
            if index.isValid():
                self.choose(index.row())
        self.menu_wanted.emit(index.row() if index.isValid() else -1, at)


_ARROWS = {
    Qt.Key.Key_Left: QAbstractItemView.CursorAction.MoveLeft,
    Qt.Key.Key_Right: QAbstractItemView.CursorAction.MoveRight,
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}
