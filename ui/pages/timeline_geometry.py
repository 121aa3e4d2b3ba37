"""Where days, lanes and bars of a timeline lie; no widget is needed to work it out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize

from models.tasks.timeline import Bar, Lane, Timeline

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

    def bar_at(self, point: QPoint) -> int:
        """The number of the bar at a point, -1 for none."""
        if not self.bars or not 0 <= point.y() < self.tops[-1]:
            return -1
        lane = self.lane_at(point.y())
        row = (point.y() - self.tops[lane] - _PAD) // self.row
        found = (at for at in self._lines.get((lane, row), ()) if self.place(at).contains(point))
        return next(found, -1)

    def line(self, lane: int, row: int) -> list[int]:
        """The bars of a line of a lane, in the order of days."""
        return self._lines.get((lane, row), [])

    def bars_of(self, lane: int) -> range:
        """The numbers of a lane's bars."""
        before = sum(len(one.bars) for one in self.shown.lanes[:lane])
        return range(before, before + len(self.shown.lanes[lane].bars))

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
