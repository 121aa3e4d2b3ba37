"""The days of a month or a week with what is due on them, drawn; entries are dragged to other days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from models.tasks.agenda import Agenda, Day, Entry, weekday
from models.tasks.view_rows import short_day
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.placed_view import PlacedView
from ui.pages.task_look import look

_PAD, _GAP = 4, 2
_Move = QAbstractItemView.CursorAction
_WEEK = 7
_BY_KEY = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK,
}  # fmt: skip


@dataclass(frozen=True)
class More:
    """What of a day doesn't fit into its cell."""

    day: date
    count: int


def _more(count: int) -> str:
    return tr(N_("+{n}"), n=f"{count:,}")


class CalendarView(PlacedView):
    """Days as cells. Its items are the days, what is due on each, and what more there is."""

    moved = Signal(object, object)  # an Entry, the day that it was dragged to
    step = Signal(object, int)  # an Entry, days
    turned = Signal(int)  # so many months or weeks on
    more_wanted = Signal(object)  # the day whose entries are wanted

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days: tuple[Day, ...] = ()
        self.today = date.min
        self.month = 0  # days of other months are drawn fainter; 0: none are
        self._places: list[QRect] = []
        self._of_day: dict[date, list[int]] = {}
        self._ghost: tuple[Entry, QPoint] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def tell(self, item: Day | Entry | More) -> str:
        """What it is called."""
        if isinstance(item, More):
            day = short_day(item.day, self.today)
            return ntr("{n} more on {day}", "{n} more on {day}", item.count, day=day)
        return item.told(self.today)

    def key(self, item: Day | Entry | More) -> tuple[object, ...]:
        """A day by itself, an entry by its record and day."""
        if isinstance(item, Entry):
            return item.entity, item.ids, item.day
        return type(item).__name__, item.day

    # -- what is shown -----------------------------------------------------------------------------

    def show_days(self, agenda: Agenda, today: date, month: int) -> None:
        """Show these days; ``month`` is the one that is meant, 0 for a week."""
        self.days, self.today, self.month = agenda.days, today, month
        self.arrange()

    @property
    def tall(self) -> bool:
        """Whether an entry has two lines, as there is room for in a week."""
        return len(self.days) <= _WEEK

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _entry_height(self) -> int:
        return self._line() * (2 if self.tall else 1) + 6

    def _head_height(self) -> int:
        return self._line() + 10

    def _top(self) -> int:
        return self._line() + 12  # the names of the days of the week

    def covered(self) -> int:
        """The names of the days stay in sight."""
        return self._top()

    def _cell(self, at: int) -> QRect:
        """The cell of the day of a number."""
        weeks = max((len(self.days) + _WEEK - 1) // _WEEK, 1)
        room, top = self.viewport().size(), self._top()
        least = self._head_height() + 2 * (self._entry_height() + _GAP) + 8
        high = max((room.height() - top) // weeks, least)
        left, right = (room.width() * n // _WEEK for n in (at % _WEEK, at % _WEEK + 1))
        return QRect(left, top + at // _WEEK * high, right - left, high)

    def extent(self) -> QSize:
        """All weeks."""
        last = self._cell(max(len(self.days) - 1, 0))
        return QSize(self.viewport().width(), last.bottom() + 1)

    def arrange(self) -> None:
        """Put as many entries into each cell as fit; the rest is one item more."""
        items: list[Day | Entry | More] = []
        places: list[QRect] = []
        self._of_day = {}
        for at, day in enumerate(self.days):
            cell = self._cell(at)
            begin = len(items)
            shown = self._fitting(day, cell)
            left = day.count - len(shown)
            more = self._more_width(left) if left else 0
            items.append(day)
            places.append(QRect(cell.x(), cell.y(), cell.width() - more, self._head_height()))
            top = cell.y() + self._head_height()
            for one in shown:
                items.append(one)
                places.append(
                    QRect(cell.x() + _PAD, top, cell.width() - 2 * _PAD, self._entry_height())
                )
                top += self._entry_height() + _GAP
            if left:
                items.append(More(day.day, left))
                corner = QPoint(cell.right() - more, cell.y() + 2)
                places.append(QRect(corner, QSize(more, self._head_height() - 2)))
            self._of_day[day.day] = list(range(begin, len(items)))
        self._places = places
        self.show_items(items)

    def _fitting(self, day: Day, cell: QRect) -> Sequence[Entry]:
        room = cell.height() - self._head_height() - 2
        return day.entries[: max((room + _GAP) // (self._entry_height() + _GAP), 0)]

    def _more_width(self, left: int) -> int:
        return self.fontMetrics().horizontalAdvance(_more(left)) + 14

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size holds more or less."""
        super().resizeEvent(event)
        self.arrange()

    def place(self, row: int) -> QRect:
        """Where an item lies."""
        return self._places[row]

    def row_at(self, point: QPoint) -> int:
        """The entry at a point, else the day."""
        day = self.day_at(point)
        if day is None:
            return -1
        rows = self._of_day[day]
        return next((one for one in rows[1:] if self._places[one].contains(point)), rows[0])

    def day_at(self, point: QPoint) -> date | None:
        """The day at a point of the content."""
        for at, day in enumerate(self.days):
            if self._cell(at).contains(point):
                return day.day
        return None

    def day(self) -> date | None:
        """The day of the current item."""
        item = self.item
        return None if item is None else item.day

    def choose_day(self, day: date) -> None:
        """Go to a day."""
        rows = self._of_day.get(day)
        if rows:
            self.choose(rows[0])
            for row in (rows[-1], rows[0]):  # with what is due on it, if there is room
                self.scrollTo(self.placed.index(row))

    # -- keys --------------------------------------------------------------------------------------

    def neighbour(self, row: int, action: _Move) -> int:
        """To the sides by days; up and down through the entries of a day, then by weeks."""
        day = self.placed.items[row].day
        if action in (_Move.MoveLeft, _Move.MoveRight):
            rows = self._of_day.get(day + timedelta(days=1 if action == _Move.MoveRight else -1))
            return rows[0] if rows else row
        if action == _Move.MoveHome:
            return 0
        if action == _Move.MoveEnd:
            return len(self.placed.items) - 1
        own = self._of_day[day]
        if action == _Move.MoveDown:
            below = self._of_day.get(day + timedelta(days=_WEEK))
            return row + 1 if row < own[-1] else (below[0] if below else row)
        above = self._of_day.get(day - timedelta(days=_WEEK))
        return row - 1 if row > own[0] else (above[-1] if above else row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow moves an entry by a day or a week; Page keys turn to other months."""
        item, key = self.item, Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _BY_KEY:
            if item is not None and isinstance(item, Entry) and item.movable:
                self.step.emit(item, _BY_KEY[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    # -- dragging ----------------------------------------------------------------------------------

    def begin(self, row: int, at: QPoint) -> bool:
        """Entries that are done, meetings and leave stay where they are."""
        one = self.placed.items[row]
        if not isinstance(one, Entry) or not one.movable:
            return False
        self._ghost = one, at
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def drag(self, at: QPoint) -> None:
        """Show where it would go."""
        if self._ghost is not None:
            self._ghost = self._ghost[0], at
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on what doesn't fit shows all of the day."""
        dragging = self._ghost is not None
        super().mouseReleaseEvent(event)
        row = self.row_at(event.position().toPoint() + self.offset())
        left = event.button() == Qt.MouseButton.LeftButton
        clicked = left and not dragging and row >= 0 and row == self.currentIndex().row()
        if clicked and isinstance(self.placed.items[row], More):
            self.wanted.emit(row)

    def drop(self, at: QPoint) -> None:
        """Move it to the day that it lies on."""
        day = self.day_at(at)
        if self._ghost is not None and day is not None and day != self._ghost[0].day:
            self.moved.emit(self._ghost[0], day)

    def leave(self) -> None:
        """Nothing is dragged any more."""
        self._ghost = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # -- drawing -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Days, then entries, then what is dragged."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(theme.colours().surface))
        painter.translate(-self.offset())
        seen = event.rect().translated(self.offset())
        over = self.day_at(self._ghost[1]) if self._ghost is not None else None
        for at, day in enumerate(self.days):
            cell = self._cell(at)
            if cell.intersects(seen):
                head = self._places[self._of_day[day.day][0]]
                self._draw_day(painter, day, cell, head, over=day.day == over)
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row, item in enumerate(self.placed.items):
            place = self._places[row]
            if place.intersects(seen):
                self._draw_item(painter, item, place, chosen=row == current)
        self._draw_names(painter)
        if self._ghost is not None:
            one, point = self._ghost
            size = self._places[1].size() if len(self._places) > 1 else QSize(120, 24)
            self._draw_entry(painter, one, QRect(point - QPoint(12, 8), size), chosen=True)
        painter.end()

    def _draw_names(self, painter: QPainter) -> None:
        c = theme.colours()
        top = self.offset().y()
        painter.fillRect(QRect(0, top, self.viewport().width(), self._top()), QColor(c.raised))
        for at, day in enumerate(self.days[:_WEEK]):
            cell = self._cell(at)
            area = QRect(cell.x() + _PAD + 2, top, cell.width() - 8, self._top())
            painter.setPen(QColor(c.muted))
            name = painter.fontMetrics().elidedText(
                weekday(day.day), Qt.TextElideMode.ElideRight, area.width()
            )
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_day(
        self, painter: QPainter, day: Day, cell: QRect, head: QRect, *, over: bool
    ) -> None:
        c = theme.colours()
        ground = c.surface if day.working else c.raised
        painter.fillRect(cell, QColor(c.selection if over else ground))
        painter.setPen(QPen(QColor(c.border)))
        painter.drawLine(cell.topLeft(), cell.topRight())
        painter.drawLine(cell.topRight(), cell.bottomRight())
        area = head.adjusted(_PAD + 2, 3, -_PAD - 2, -1)
        number = str(day.day.day)
        if self.tall or day.day.day == 1 or day is self.days[0]:
            number = short_day(day.day, self.today)
        font = QFont(self.font())
        font.setBold(day.day == self.today)
        painter.setFont(font)
        fits = QFontMetrics(font)
        wide = fits.horizontalAdvance(number)
        other = bool(self.month) and day.day.month != self.month
        if day.day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            around = QRect(area.x() - 3, area.y(), wide + 10, area.height())
            painter.drawRoundedRect(around, 4, 4)
            painter.setPen(QColor(c.on_accent))
            area.translate(2, 0)
        else:
            painter.setPen(QColor(c.muted if other else c.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, number)
        painter.setFont(self.font())
        mark = self._mark(day)
        if mark:
            rest = area.adjusted(wide + 12, 0, 0, 0)
            text = self.fontMetrics().elidedText(mark, Qt.TextElideMode.ElideRight, rest.width())
            painter.setPen(QColor(c.warning if day.make_up else c.danger))
            painter.drawText(rest, Qt.AlignmentFlag.AlignRight | middle, text)

    def _mark(self, day: Day) -> str:
        """The sign of a holiday or a make-up day, as Chinese calendars have it."""
        if day.holiday:
            return tr(N_("off · {name}"), name=day.holiday)
        return tr(N_("on · make-up day")) if day.make_up else ""

    def _draw_item(
        self, painter: QPainter, item: Day | Entry | More, place: QRect, *, chosen: bool
    ) -> None:
        c = theme.colours()
        if isinstance(item, Entry):
            self._draw_entry(painter, item, place, chosen=chosen)
        elif isinstance(item, More):
            painter.setPen(QColor(c.accent))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _more(item.count))
        if chosen and not isinstance(item, Entry):
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            whole = place
            if isinstance(item, Day):
                whole = self._cell(self.days.index(item))
            painter.drawRoundedRect(whole.adjusted(1, 1, -2, -2), 3, 3)

    def _draw_entry(self, painter: QPainter, one: Entry, place: QRect, *, chosen: bool) -> None:
        c = theme.colours()
        kind = one.state if one.entity in ("task", "follow_up_plan") else one.entity
        seen = look(kind, late=one.late)
        painter.setPen(QPen(QColor(c.accent if chosen else seen.edge), 2 if chosen else 1))
        painter.setBrush(QColor(c.selection if chosen else seen.fill))
        painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 4, 4)
        if seen.mark:
            painter.fillRect(
                QRect(place.x() + 2, place.y() + 3, 3, place.height() - 6), QColor(seen.mark)
            )
        line = QRect(place.x() + 8, place.y() + 2, place.width() - 12, self._line() + 2)
        title = f"{one.time} {one.title}" if one.time else one.title
        wide = self._write(painter, line, title, seen.text, struck=one.done)
        rest = line.adjusted(wide + self._line() // 2, 0, 0, 0)
        if not self.tall and rest.width() > 2 * self._line():
            self._write(painter, rest, one.who, c.muted, struck=False)
        if self.tall:
            more = "  ".join(part for part in (one.customer, one.who) if part)
            line.translate(0, self._line())
            self._write(painter, line, more, c.muted, struck=False)

    def _write(self, painter: QPainter, line: QRect, text: str, ink: str, *, struck: bool) -> int:
        font = QFont(self.font())
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        fits = QFontMetrics(font)
        shown = fits.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(self.font())
        return fits.horizontalAdvance(shown)
