"""Bars over days in lanes, drawn; they are dragged along, to other lanes, and made longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from models.tasks.timeline import Bar, Timeline, lane_name
from models.tasks.view_rows import short_day
from models.texts import N_, tr
from ui import theme
from ui.pages import timeline_paint as paint
from ui.pages.placed_view import PlacedView
from ui.pages.timeline_geometry import Geometry

ZOOMS = {"days": 36, "weeks": 14, "months": 5}  # points of a day
_EDGE = 6  # points at the end of a bar by which it is made longer
_Move = QAbstractItemView.CursorAction
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LANES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WHEEL = 120  # of a notch


@dataclass
class Drag:
    """A bar that is dragged: from where, by its end or whole, and where it would lie now."""

    bar: int
    start: QPoint
    longer: bool
    days: int = 0
    lane: int = 0


class TimelineView(PlacedView):
    """Lanes with bars. ``moved``: a task, days, the lane's number or None; ``due_moved``: a task, its day."""

    moved = Signal(int, int, object)
    due_moved = Signal(int, object)
    stepped = Signal(int, int)  # a task, working days
    due_stepped = Signal(int, int)
    lane_stepped = Signal(int, int)  # a task, lanes down
    zoomed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.geometry_: Geometry | None = None
        self.zoom = "weeks"
        self.ghost: Drag | None = None
        self._wheel = 0
        self.head, self.names = paint.Head(self), paint.Names(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def tell(self, item: Bar) -> str:
        """The task and its days."""
        on = self.geometry_.shown.on if self.geometry_ is not None else date.min
        days = short_day(item.first, on)
        if item.last != item.first:
            days = f"{days} – {short_day(item.last, on)}"
        return tr(N_("{task}, {days}"), task=item.task.told(on), days=days)

    def key(self, item: Bar) -> int:
        """Its task."""
        return item.task.id

    # -- what is shown -----------------------------------------------------------------------------

    def show_timeline(self, shown: Timeline) -> None:
        """Show these bars; at first today is near the left edge."""
        first = self.geometry_ is None
        left = self.geometry_.day_at(self.offset().x()) if self.geometry_ is not None else None
        self._lay_out(shown)
        if first:
            self.show_day(shown.on)
        elif left is not None:
            self.horizontalScrollBar().setValue(self._x(left))

    def _lay_out(self, shown: Timeline) -> None:
        width = theme.scaled(ZOOMS[self.zoom])
        height = self.fontMetrics().height() + 10
        self.geometry_ = Geometry(shown, width, height)
        self.fit()
        self.show_items(self.geometry_.bars)
        self.head.update()
        self.names.update()

    def set_zoom(self, zoom: str) -> None:
        """Make days wider or narrower; the day in the middle stays there."""
        if self.geometry_ is None or zoom == self.zoom:
            self.zoom = zoom
            return
        half = self.viewport().width() // 2
        middle = self.geometry_.day_at(self.offset().x() + half)
        self.zoom = zoom
        self._lay_out(self.geometry_.shown)
        self.horizontalScrollBar().setValue(self._x(middle) - half)

    def show_day(self, day: date) -> None:
        """Bring a day to the left third of what is seen."""
        self.horizontalScrollBar().setValue(self._x(day) - self.viewport().width() // 4)

    def _x(self, day: date) -> int:
        return self.geometry_.x(day) if self.geometry_ is not None else 0

    def fit(self) -> None:
        """Give the heads their places."""
        across, above = theme.scaled(132), 2 * (self.fontMetrics().height() + 6)
        self.setViewportMargins(across, above, 0, 0)
        room = self.viewport().geometry()
        self.head.setGeometry(room.x(), room.y() - above, room.width(), above)
        self.names.setGeometry(room.x() - across, room.y(), across, room.height())
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The heads keep to the edges."""
        super().resizeEvent(event)
        room = self.viewport().geometry()
        self.head.setGeometry(room.x(), self.head.y(), room.width(), self.head.height())
        self.names.setGeometry(self.names.x(), room.y(), self.names.width(), room.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Heads go along."""
        super().scrollContentsBy(dx, dy)
        self.head.update()
        self.names.update()

    def extent(self) -> QSize:
        """All days and lanes."""
        return self.geometry_.size if self.geometry_ is not None else QSize()

    def place(self, row: int) -> QRect:
        """Where a bar lies, with the title beside it."""
        if self.geometry_ is None:
            return QRect()
        return self.geometry_.place(row).united(self.geometry_.label(row, self.fontMetrics()))

    def row_at(self, point: QPoint) -> int:
        """The bar at a point."""
        return (
            self.geometry_.bar_at(point, self.fontMetrics()) if self.geometry_ is not None else -1
        )

    def bar(self, row: int) -> Bar | None:
        """A bar by its number."""
        items = self.placed.items
        found: Bar | None = items[row] if 0 <= row < len(items) else None
        return found

    def neighbour(self, row: int, action: _Move) -> int:
        """To the sides along a line, up and down to the nearest bar."""
        if self.geometry_ is None:
            return row
        if action in (_Move.MoveLeft, _Move.MoveRight):
            return self.geometry_.beside(row, 1 if action == _Move.MoveRight else -1)
        if action in (_Move.MoveUp, _Move.MoveDown):
            return self.geometry_.above(row, 1 if action == _Move.MoveDown else -1)
        return 0 if action == _Move.MoveHome else len(self.placed.items) - 1

    def lane_text(self, at: int) -> str:
        """What a lane is called."""
        assert self.geometry_ is not None
        lane = self.geometry_.lane(at)
        return lane_name(self.geometry_.shown.group, lane.name, lane.key)

    # -- keys and wheel ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with arrows moves the bar, with Shift its end; + and - make days wider or narrower."""
        bar, key = self.bar(self.currentIndex().row()), Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if control and bar is not None and key in _SIDES:
            (self.due_stepped if shift else self.stepped).emit(bar.task.id, _SIDES[key])
        elif control and bar is not None and key in _LANES:
            self.lane_stepped.emit(bar.task.id, _LANES[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal):
            self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    def zoom_by(self, by: int) -> None:
        """The next zoom: nearer for 1, farther for -1."""
        names = list(ZOOMS)
        at = min(max(names.index(self.zoom) - by, 0), len(names) - 1)
        if names[at] != self.zoom:
            self.zoomed.emit(names[at])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel zooms."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        if abs(self._wheel) >= _WHEEL:
            self.zoom_by(1 if self._wheel > 0 else -1)
            self._wheel = 0
        event.accept()

    # -- dragging ----------------------------------------------------------------------------------

    def _at_end(self, at: QPoint) -> bool:
        row = self.row_at(at)
        if row < 0 or self.geometry_ is None:
            return False
        bar = self.geometry_.place(row)
        return -2 <= bar.right() - at.x() < min(_EDGE, bar.width() // 3)

    def hover(self, at: QPoint) -> None:
        """The end of a bar can be taken."""
        end = self._at_end(at)
        self.viewport().setCursor(
            Qt.CursorShape.SizeHorCursor if end else Qt.CursorShape.ArrowCursor
        )

    def begin(self, row: int, at: QPoint) -> bool:
        """Work that is closed stays where it is."""
        bar, places = self.bar(row), self.geometry_
        if bar is None or places is None or bar.task.closed:
            return False
        self.ghost = Drag(row, at, self._at_end(at), lane=places.lane_of[row])
        if not self.ghost.longer:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def drag(self, at: QPoint) -> None:
        """Work out where it would lie."""
        ghost, places = self.ghost, self.geometry_
        if ghost is None or places is None:
            return
        ghost.days = round((at.x() - ghost.start.x()) / places.day)
        bar = places.bars[ghost.bar]
        if ghost.longer:
            ghost.days = max(ghost.days, (bar.first - bar.last).days)
        else:
            ghost.lane = places.lane_at(at.y())
        self.viewport().update()

    def drop(self, at: QPoint) -> None:
        """Move it, or its end."""
        ghost, places = self.ghost, self.geometry_
        if ghost is None or places is None:
            return
        bar = places.bars[ghost.bar]
        lane = ghost.lane if ghost.lane != places.lane_of[ghost.bar] else None
        if ghost.longer and ghost.days:
            self.due_moved.emit(bar.task.id, bar.last + timedelta(days=ghost.days))
        elif not ghost.longer and (ghost.days or lane is not None):
            self.moved.emit(bar.task.id, ghost.days, lane)

    def leave(self) -> None:
        """Nothing is dragged any more."""
        self.ghost = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # -- drawing -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is seen."""
        painter = QPainter(self.viewport())
        paint.content(self, painter, event.rect())
        painter.end()
