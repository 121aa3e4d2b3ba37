"""Small curves: how a goal's value grew towards its target over the working days of its period."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.calendar.workdays import WorkCalendar
    from models.goals.pace_board import PaceBoard


@dataclass(frozen=True)
class Spark:
    """A curve in parts of its target (1) and of the period's working days (1).

    ``points`` go from the first day to the day that is looked at; ``low`` and ``high`` is where it ends
    with 80 % probability.
    """

    points: tuple[tuple[float, float], ...]
    low: float | None = None
    high: float | None = None


def sparks(board: PaceBoard) -> dict[int, Spark]:
    """The curves of all goals that grow and have a target."""
    from models.calendar.in_book import work_calendar
    from models.goals.pace import accumulates

    calendar, windows, made = work_calendar(board.book), {}, {}
    for id, one in board.standings.items():
        goal = one.goal
        if not accumulates(one.what) or not one.target or goal.first is None or goal.last is None:
            continue
        if board.on < goal.first:
            continue
        window = (goal.first, goal.last)
        if window not in windows:
            windows[window] = _Days(calendar, *window)
        target = float(one.target)
        until = windows[window].share(min(board.on, goal.last))
        points = [(0.0, 0.0)]
        for day, value in board.course(id):
            at = min(windows[window].share(day), until)
            points.append((at, float(value or 0) / target))
        points.append((until, float(one.value or 0) / target))
        made[id] = with_span(Spark(tuple(points)), one.target, board.spans.get(id))
    return made


def with_span(spark: Spark, target: Decimal | None, span: tuple[float, float] | None) -> Spark:
    """The curve with where it may end."""
    if span is None or not target:
        return spark
    return replace(spark, low=span[0] / float(target), high=span[1] / float(target))


class _Days:
    """Which part of a period's working days is over at the end of a day."""

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        self._days = calendar.days(first, last)
        self._first, self._length = first, (last - first).days + 1

    def share(self, day: date) -> float:
        """0 before the first day, 1 from the last on."""
        if not self._days:
            return min(max(((day - self._first).days + 1) / self._length, 0.0), 1.0)
        return bisect_right(self._days, day) / len(self._days)
