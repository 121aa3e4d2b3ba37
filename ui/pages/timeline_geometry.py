"""Where days, lanes and bars of a timeline lie; no widget is needed to work it out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics

from models.tasks.timeline import Bar, Lane, Timeline

_SHORT = 48  # points of a bar below which its title stands beside it
_PAD = 5  # above and below the bars of a lane


class Geometry:
    """Places within the whole content, from its upper left corner.

    Args:
        day: how wide a day is.
        row: how high a line of bars is.
    """

    def __init__(self, shown: Timeline, day: int, row: int) -> None:
        self.shown, self.day, self.row = shown, day, row
        heights = [one.rows * row + 2 * _PAD for one in shown.lanes]
        self.tops = [0, *accumulate(heights)]
        self.bars: list[Bar] = [bar for lane in shown.lanes for bar in lane.bars]
        self.lane_of = [at for at, lane in enumerate(shown.lanes) for _ in lane.bars]
        self.at_task = {one.task.id: at for at, one in enumerate(self.bars)}
        self._lines: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, bar in enumerate(self.bars):
            self._lines[self.lane_of[at], bar.row].append(at)

    @property
    def size(self) -> QSize:
        """How large all of it is."""
        days = (self.shown.last - self.shown.first).days + 1
        return QSize(days * self.day, self.tops[-1])

    def x(self, day: date) -> int:
        """Where a day begins."""
        return (day - self.shown.first).days * self.day

    def day_at(self, x: int) -> date:
        """The day at a place."""
        return self.shown.first + timedelta(days=x // self.day)

    def lane_at(self, y: int) -> int:
        """The number of the lane at a place; the nearest where none is."""
        at = bisect_right(self.tops, y) - 1
        return min(max(at, 0), len(self.shown.lanes) - 1)

    def lanes_between(self, top: int, bottom: int) -> range:
        """The lanes that lie in some part of the content."""
        if not self.shown.lanes:
            return range(0)
        return range(self.lane_at(top), self.lane_at(bottom) + 1)

    def lane(self, at: int) -> Lane:
        """The lane of a number."""
        return self.shown.lanes[at]

    def place(self, at: int) -> QRect:
        """Where the bar of a number lies."""
        bar = self.bars[at]
        return self.place_of(bar.first, bar.last, self.lane_of[at], bar.row)

    def place_of(self, first: date, last: date, lane: int, row: int) -> QRect:
        """Where a bar of these days would lie in a lane."""
        left = self.x(max(first, self.shown.first))
        right = self.x(min(last, self.shown.last)) + self.day
        top = self.tops[lane] + _PAD + row * self.row
        return QRect(left + 1, top + 2, max(right - left - 2, 3), self.row - 4)

    def label(self, at: int, fits: QFontMetrics) -> QRect:
        """Where the title of a bar stands: in it, or beside it as far as the next one; empty for nowhere."""
        place, bar = self.place(at), self.bars[at]
        if place.width() >= _SHORT:
            return place.adjusted(7, 0, -4, 0)
        line = self.line(self.lane_of[at], bar.row)
        number = line.index(at) + 1
        end = self.place(line[number]).left() if number < len(line) else self.size.width()
        whole, room = fits.horizontalAdvance(bar.task.title) + 2, end - place.right() - 8
        if room < min(whole, 2 * fits.height()):
            return QRect()
        return QRect(place.right() + 1, place.y(), min(whole, room) + 3, place.height())

    def bar_at(self, point: QPoint, fits: QFontMetrics) -> int:
        """The number of the bar at a point, or of that whose title stands there; -1 for none."""
        if not self.bars or not 0 <= point.y() < self.tops[-1]:
            return -1
        lane = self.lane_at(point.y())
        row = (point.y() - self.tops[lane] - _PAD) // self.row
        for at in self._lines.get((lane, row), ()):
            if self.place(at).contains(point) or self.label(at, fits).contains(point):
                return at
        return -1

    def line(self, lane: int, row: int) -> list[int]:
        """The bars of a line of a lane, in the order of days."""
        return self._lines.get((lane, row), [])

    def beside(self, at: int, by: int) -> int:
        """The bar before or after one in its line; at its end the one in the next line of bars."""
        bar, lane = self.bars[at], self.lane_of[at]
        line = self.line(lane, bar.row)
        place = line.index(at) + by
        if 0 <= place < len(line):
            return line[place]
        return min(max(at + by, 0), len(self.bars) - 1)

    def above(self, at: int, by: int) -> int:
        """The bar in the line below (1) or above (-1) that lies nearest, across lanes."""
        bar, lane = self.bars[at], self.lane_of[at]
        row = bar.row + by
        while 0 <= lane < len(self.shown.lanes):
            if 0 <= row < self.shown.lanes[lane].rows and self.line(lane, row):
                middle = self.place(at).center().x()
                return min(
                    self.line(lane, row), key=lambda one: abs(self.place(one).center().x() - middle)
                )
            row += by
            if not 0 <= row < self.shown.lanes[lane].rows:
                lane += by
                if 0 <= lane < len(self.shown.lanes):
                    row = 0 if by > 0 else self.shown.lanes[lane].rows - 1
        return at
