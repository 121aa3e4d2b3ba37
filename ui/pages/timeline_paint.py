"""How a timeline is drawn: the days above, the lanes at the left, bars, arrows, today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from models.tasks.view_rows import month_name, short_day
from models.texts import N_, tr
from ui import theme
from ui.pages.task_look import look
from ui.pages.timeline_geometry import Geometry

if TYPE_CHECKING:
    from ui.pages.timeline_view import TimelineView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_READABLE = 22  # points of a day from which every day has a line


class Head(QWidget):
    """Months, and days or weeks beneath them."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the days that are seen."""
        places = self._view.geometry_
        painter, c = QPainter(self), theme.colours()
        painter.fillRect(self.rect(), QColor(c.raised))
        if places is not None:
            left = self._view.offset().x()
            first, last = places.day_at(left), places.day_at(left + self.width())
            self._months(painter, places, first, last, left)
            self._days(painter, places, first, last, left)
        painter.setPen(QColor(c.border))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()

    def _months(
        self, painter: QPainter, places: Geometry, first: date, last: date, left: int
    ) -> None:
        c, half = theme.colours(), self.height() // 2
        day = first.replace(day=1)
        while day <= last:
            after = (day + timedelta(days=32)).replace(day=1)
            start, end = places.x(day) - left, places.x(after) - left
            painter.setPen(QColor(c.border))
            painter.drawLine(start, 0, start, self.height())
            area = QRect(max(start, 0) + 6, 0, end - max(start, 0) - 8, half)
            text = tr(N_("{month} {year}"), month=month_name(day), year=day.year)
            fits = painter.fontMetrics()
            if fits.horizontalAdvance(text) > area.width():
                text = month_name(day)
            if fits.horizontalAdvance(text) <= area.width():
                painter.setPen(QColor(c.text))
                painter.drawText(area, _LEFT, text)
            day = after

    def _days(
        self, painter: QPainter, places: Geometry, first: date, last: date, left: int
    ) -> None:
        c, half, day = theme.colours(), self.height() // 2, first
        number = painter.fontMetrics().horizontalAdvance("00")
        every_day = places.day >= number + 4
        while day <= last:
            if every_day or day.weekday() == 0:
                wide = places.day if every_day else places.day * 7
                area = QRect(places.x(day) - left, half, wide, half)
                today = day == places.shown.on
                off = every_day and day in places.shown.off
                painter.setPen(QColor(c.accent if today else c.muted if off else c.text))
                if wide >= number:
                    painter.drawText(
                        area, Qt.AlignmentFlag.AlignCenter if every_day else _LEFT, str(day.day)
                    )
            day += timedelta(days=1)


class Names(QWidget):
    """The people or projects whose lanes are seen."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the lanes that are seen."""
        places, c = self._view.geometry_, theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(c.raised))
        if places is not None:
            top = self._view.offset().y()
            for at in places.lanes_between(top, top + self.height()):
                self._lane(painter, places, at, top)
        painter.setPen(QColor(c.border))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.end()

    def _lane(self, painter: QPainter, places: Geometry, at: int, top: int) -> None:
        c, lane = theme.colours(), places.lane(at)
        area = QRect(0, places.tops[at] - top, self.width(), places.tops[at + 1] - places.tops[at])
        painter.setPen(QColor(c.border))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        line = painter.fontMetrics().height()
        text = QRect(10, max(area.y(), 0) + 6, self.width() - 16, line)
        if text.bottom() > area.bottom():
            text.moveBottom(area.bottom() - 2)
        painter.setPen(QColor(c.text if lane.key else c.muted))
        said = painter.fontMetrics().elidedText(
            self._view.lane_text(at), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, _LEFT, said)
        if lane.rows > 1 and lane.bars:
            painter.setPen(QColor(c.muted))
            painter.drawText(text.translated(0, line + 2), _LEFT, f"{len(lane.bars):,}")


def content(view: TimelineView, painter: QPainter, part: QRect) -> None:
    """Draw what lies in a part of what is seen."""
    places, c = view.geometry_, theme.colours()
    painter.fillRect(part, QColor(c.surface))
    if places is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    offset = view.offset()
    painter.translate(-offset)
    seen = part.translated(offset)
    _ground(painter, places, seen)
    lanes = places.lanes_between(seen.top(), seen.bottom())
    chosen = view.currentIndex().row() if view.hasFocus() else -1
    _arrows(painter, places, lanes, chosen)
    for lane in lanes:
        for row in range(places.lane(lane).rows):
            for at in places.line(lane, row):
                place, label = places.place(at), places.label(at, painter.fontMetrics())
                if place.united(label).intersects(seen):
                    _bar(painter, places, at, place, label, chosen=at == chosen)
    _ghost(view, painter, places)


def _ground(painter: QPainter, places: Geometry, seen: QRect) -> None:
    c = theme.colours()
    first, last = places.day_at(seen.left()), places.day_at(seen.right())
    day = first
    while day <= last:
        x = places.x(day)
        if day in places.shown.off:
            painter.fillRect(QRect(x, seen.top(), places.day, seen.height()), QColor(c.raised))
        monday = day.weekday() == 0
        if places.day >= _READABLE or monday:
            painter.setPen(QColor(c.border))
            painter.drawLine(x, seen.top(), x, seen.bottom())
        day += timedelta(days=1)
    painter.setPen(QColor(c.border))
    for lane in places.lanes_between(seen.top(), seen.bottom()):
        y = places.tops[lane + 1] - 1
        painter.drawLine(seen.left(), y, seen.right(), y)
    today = places.x(places.shown.on) + places.day // 2
    painter.setPen(QPen(QColor(c.accent), 2))
    painter.drawLine(today, seen.top(), today, seen.bottom())


def _bar(
    painter: QPainter, places: Geometry, at: int, place: QRect, label: QRect, *, chosen: bool
) -> None:
    c, on, bar = theme.colours(), places.shown.on, places.bars[at]
    seen = look(bar.task.status, late=bar.task.late(on))
    pen = QPen(QColor(c.accent if chosen else seen.edge), 2 if chosen else 1)
    if bar.guessed and not chosen:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(c.selection if chosen else seen.fill))
    painter.drawRoundedRect(place, 4, 4)
    if seen.mark:
        wide = min(3, place.width())
        painter.fillRect(
            QRect(place.x(), place.y() + 2, wide, place.height() - 4), QColor(seen.mark)
        )
    if bar.share and place.width() >= _READABLE:
        done = QRect(place.x() + 4, place.bottom() - 3, round((place.width() - 8) * bar.share), 2)
        painter.fillRect(done, QColor(c.ok))
    if label.isEmpty():
        return
    inside = place.contains(label)
    painter.setPen(QColor(seen.text if inside else c.text))
    label = label if inside else label.adjusted(3, 0, 0, 0)
    right = Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(bar.task.title, right, label.width())
    painter.drawText(label, _LEFT, text)


def _arrows(painter: QPainter, places: Geometry, lanes: range, chosen: int) -> None:
    """Those between bars that are seen, and those of the current bar, wherever they lead."""
    for arrow in places.shown.arrows:
        ends = places.at_task[arrow.after], places.at_task[arrow.task]
        if chosen in ends or all(places.lane_of[one] in lanes for one in ends):
            _arrow(painter, places.place(ends[0]), places.place(ends[1]), broken=arrow.broken)


def _arrow(painter: QPainter, before: QRect, after: QRect, *, broken: bool) -> None:
    colour = QColor(theme.colours().danger if broken else theme.colours().muted)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    start, end = (
        QPointF(before.right(), before.center().y()),
        QPointF(after.left(), after.center().y()),
    )
    bend = 10.0
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end - QPointF(4, 0))
    painter.drawPath(path)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([end, end + QPointF(-6, -3.5), end + QPointF(-6, 3.5)]))


def _ghost(view: TimelineView, painter: QPainter, places: Geometry) -> None:
    ghost, c = view.ghost, theme.colours()
    if ghost is None:
        return
    bar = places.bars[ghost.bar]
    later = timedelta(days=ghost.days)
    first = bar.first if ghost.longer else bar.first + later
    last = bar.last + later
    row = bar.row if ghost.lane == places.lane_of[ghost.bar] else 0
    place = places.place_of(first, last, ghost.lane, row)
    painter.setPen(QPen(QColor(c.accent), 2))
    painter.setBrush(QColor(c.selection))
    painter.drawRoundedRect(place, 4, 4)
    on = places.shown.on
    said = [f"{short_day(first, on)} – {short_day(last, on)}"]
    if ghost.lane != places.lane_of[ghost.bar]:
        said.append(view.lane_text(ghost.lane))
    text = "  ·  ".join(said)
    fits = painter.fontMetrics()
    label = QRect(place.topLeft() - QPoint(0, fits.height() + 10), place.size())
    label.setSize(fits.size(0, text))
    label.adjust(0, 0, 14, 6)
    if label.top() < view.offset().y():
        label.moveTop(place.bottom() + 4)
    painter.setPen(QColor(c.muted))
    painter.setBrush(QColor(c.raised))
    painter.drawRoundedRect(label, 4, 4)
    painter.setPen(QColor(c.text))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
