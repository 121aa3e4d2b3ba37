"""The list of Today: keys, the mouse on the button of a line, the menu of a line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from models.today.line import Line
from ui.pages.today_model import LINE, TodayModel
from ui.pages.today_paint import LinePainter

_Key = Qt.Key
_Index = QModelIndex | QPersistentModelIndex
_PAGE = 8  # lines that a page key moves by


class TodayList(QListView):
    """Lines under headings. The signals carry the line, those of places where a menu may open."""

    acted = Signal(object, QPoint)  # what the line's button does
    opened = Signal(object)
    finished = Signal(object)
    copied = Signal()
    menu_wanted = Signal(object, QPoint)
    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.rows = TodayModel(self)
        self.setModel(self.rows)
        self.painter = LinePainter(self)
        self.setItemDelegate(self.painter)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The heading above the first line stays in view."""
        super().resizeEvent(event)
        if self.currentIndex().row() <= 1:
            self.scrollToTop()

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        return self.rows.line(self.currentIndex())

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines; the chosen one stays so, else the one in its place is chosen."""
        kept, row = self.line, self.currentIndex().row()
        place = self.verticalScrollBar().value()
        self.rows.show(lines)
        again = self.rows.row_of(kept.id) if kept is not None else -1
        if again < 0:
            again = self.rows.step(min(max(row, 0), self.rows.rowCount()) - 1, 1)
        if self.rows.line(self.rows.index(again)) is None:
            again = self.rows.step(self.rows.rowCount(), -1)
        self.choose(again)
        self.verticalScrollBar().setValue(place)
        if place == 0:
            self.scrollToTop()  # its heading too

    def choose(self, row: int) -> None:
        """Make a row the chosen one."""
        index = self.rows.index(row)
        if self.rows.line(index) is not None and index != self.currentIndex():
            self.setCurrentIndex(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Another line is chosen."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def place_of(self, row: int) -> QPoint:
        """Under the button of a row, on the screen."""
        index = self.rows.index(row)
        line = self.rows.line(index)
        area = self.visualRect(index)
        at = area.bottomLeft() if line is None else self.painter.button(area, line).bottomLeft()
        return self.viewport().mapToGlobal(at)

    def act(self) -> None:
        """Do what the button of the chosen line does."""
        if self.line is not None:
            self.acted.emit(self.line, self.place_of(self.currentIndex().row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from line to line; Enter acts, O opens, Space is done, Ctrl+C copies the list."""
        row, last = self.currentIndex().row(), self.rows.rowCount()
        steps = {_Key.Key_Down: (row, 1), _Key.Key_Up: (row, -1), _Key.Key_Home: (-1, 1),
                 _Key.Key_End: (last, -1)}  # fmt: skip
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in steps:
            self._go(self.rows.step(*steps[_Key(event.key())]))
        elif event.key() in (_Key.Key_PageDown, _Key.Key_PageUp):
            for _ in range(_PAGE):
                self._go(
                    self.rows.step(
                        self.currentIndex().row(), 1 if event.key() == _Key.Key_PageDown else -1
                    )
                )
        elif self.line is not None and event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self.act()
        elif self.line is not None and event.key() == _Key.Key_O and not event.modifiers():
            self.opened.emit(self.line)
        elif self.line is not None and event.key() == _Key.Key_Space:
            self.finished.emit(self.line)
        else:
            super().keyPressEvent(event)

    def _go(self, row: int) -> None:
        self.choose(row)
        if row <= 1:
            self.scrollToTop()

    # -- the mouse -------------------------------------------------------------------------------

    def _button_at(self, place: QPoint) -> int:
        index = self.indexAt(place)
        line = index.data(LINE)
        if line is None or not self.painter.button(self.visualRect(index), line).contains(place):
            return -1
        return index.row()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lift the button that the mouse is on."""
        super().mouseMoveEvent(event)
        self._lift(self._button_at(event.position().toPoint()))

    def _lift(self, row: int) -> None:
        if row != self.painter.over:
            self.painter.over = row
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the button of a line does what it says."""
        super().mouseReleaseEvent(event)
        row = self._button_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(row)
            self.act()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the record."""
        super().mouseDoubleClickEvent(event)
        line = self.rows.line(self.indexAt(event.position().toPoint()))
        if line is not None and self._button_at(event.position().toPoint()) < 0:
            self.opened.emit(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a line: all that can be done with it."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self.rows.line(index)
        if line is None:
            return
        self.choose(index.row())
        at = self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_wanted.emit(line, at if by_key else event.globalPos())
