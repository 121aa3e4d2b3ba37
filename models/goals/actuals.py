"""What was reached: the values of many goals from one scan a measure, by the measures' own definitions.

A record counts once for its owner. A team's value is the sum of its members' records, never of their
goals; a ratio is the quotient of the sums. No records are 0 of a sum and no value of a ratio.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.goals.scope import Scope
from models.measures import batch, engine
from models.measures.batch import Cell, Cells, Span
from models.measures.definition import Definition, number

Window = tuple[date, date]  # both days included
LOOK_BACK = timedelta(days=92)  # how far before a period the last record is still looked for


@dataclass(frozen=True)
class Actual:
    """A value with its parts; ``value`` is None for a ratio of nothing."""

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    n: int
    last: date | None = None  # the day of the last record, also shortly before the period
    values: tuple[Decimal, ...] = ()  # of each record, where the value is their median


@dataclass
class _Kept:
    """What is known of one measure: cells of a span, or of each window where they don't add up."""

    what: Definition
    span: Span | None
    cells: Cells
    windows: dict[Window, Cells]


class Actuals:
    """The sums behind many goals, read once and again only for those whom a change touched."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def definition(self, code: str) -> Definition:
        """The measure of a code."""
        return self._kept[code].what

    def codes(self) -> Collection[str]:
        """The measures that are known."""
        return self._kept.keys()

    def read(self, db: Connection, book: Book, asked: Mapping[str, Iterable[Window]]) -> set[str]:
        """Read what is asked for and not known yet; gives the measures that were read."""
        done = set()
        for code, wanted in asked.items():
            windows = {one for one in wanted if one[0] <= one[1]}
            if code in self._kept and self._knows(self._kept[code], windows):
                continue
            what = engine.definition(code)
            self._kept[code] = kept = _Kept(what, None, {}, {})
            if not batch.adds_up(what):
                kept.windows = {one: batch.whole(db, book, what, one) for one in windows}
            elif span := _span(windows):
                kept.span, kept.cells = span, batch.cells(db, book, what, span)
            done.add(code)
        return done

    def _knows(self, kept: _Kept, windows: set[Window]) -> bool:
        if not batch.adds_up(kept.what):
            return windows <= kept.windows.keys()
        span = _span(windows)
        return span is None or (kept.span is not None and kept.span.covers(span))

    def read_again(self, db: Connection, book: Book, code: str, owners: set[int | None]) -> None:
        """Read the sums of some people again, and leave all others as they are."""
        kept = self._kept[code]
        if kept.span is not None:
            _exchange(kept.cells, owners, batch.cells(db, book, kept.what, kept.span, owners))
        for window, cells in kept.windows.items():
            _exchange(cells, owners, batch.whole(db, book, kept.what, window, owners))

    def forget(self, code: str) -> None:
        """Know nothing of a measure any more."""
        self._kept.pop(code, None)

    def of(self, code: str, scope: Scope, first: date, last: date) -> Actual:
        """The value of some people, or of all records, from one day to another, both included."""
        kept = self._kept[code]
        if first > last:
            return actual(kept.what, [], None)
        if kept.span is None:
            of_window = kept.windows.get((first, last), {})
            chosen = [one for cells in _of(of_window, scope) for one in cells]
            return actual(kept.what, chosen, _last(chosen))
        low, high = first.isoformat(), (last + timedelta(days=1)).isoformat()
        chosen, before = [], []
        for cells in _of(kept.cells, scope):
            end = bisect_left(cells, high, key=_day)
            begin = bisect_left(cells, low, 0, end, key=_day)
            chosen += cells[begin:end]
            before += cells[end - 1 : end]  # its day is the person's last one
        return actual(kept.what, chosen, _last(before))

    def by_day(self, code: str, first: date, last: date) -> dict[int | None, list[date]]:
        """From which days on everybody's sums are known, of those with records in some days."""
        low, high = first.isoformat(), (last + timedelta(days=1)).isoformat()
        return {
            person: [date.fromisoformat(one.day) for one in cells if low <= one.day < high]
            for person, cells in self._kept[code].cells.items()
        }

    def on_days(self, code: str, person: int | None, days: set[date]) -> Actual:
        """What somebody reached in the parts that begin on some days, see ``by_day``."""
        kept = self._kept[code]
        wanted = {one.isoformat() for one in days}
        chosen = [one for one in kept.cells.get(person, ()) if one.day in wanted]
        return actual(kept.what, chosen, _last(chosen))

    def course(
        self, code: str, scope: Scope, first: date, last: date
    ) -> list[tuple[date, Decimal | None]]:
        """How a value grew: what it was at each day with a sum of its own; a ratio so far.

        Months are known whole, apart from those that an edge divides; empty for what doesn't add up.
        """
        kept = self._kept[code]
        low, high = first.isoformat(), (last + timedelta(days=1)).isoformat()
        by_day: dict[str, list[Cell]] = {}
        for cells in _of(kept.cells, scope):
            for one in cells:
                if low <= one.day < high:
                    by_day.setdefault(one.day, []).append(one)
        made: list[tuple[date, Decimal | None]] = []
        so_far: list[Cell] = []
        for day in sorted(by_day):
            so_far += by_day[day]
            until = max(one.last or day for one in by_day[day])
            made.append((date.fromisoformat(until[:10]), actual(kept.what, so_far, None).value))
        return made


def actual(what: Definition, cells: Iterable[Cell], last: date | None) -> Actual:
    """The value of some sums; a ratio is computed from the sums of both its parts."""
    tops: list[Any] = []
    bottom: Any = 0
    n = 0
    for one in cells:
        tops.append(one.top)
        bottom, n = bottom + (one.bottom or 0), n + one.n
    numerator, values = what.added(tops)
    below = None if what.denominator is None else number(bottom, what.scaled_below)
    return Actual(what.value(numerator, below, values), numerator, below, n, last, values)


def _day(cell: Cell) -> str:
    return cell.day


def _last(cells: Iterable[Cell]) -> date | None:
    days = [one.last for one in cells if one.last]
    return date.fromisoformat(max(days)[:10]) if days else None


def _span(windows: set[Window]) -> Span | None:
    if not windows:
        return None
    since = min(first for first, _ in windows) - LOOK_BACK
    return Span.of(windows, since.replace(day=1))


def _of(cells: Cells, scope: Scope) -> Iterable[list[Cell]]:
    if scope is None:
        return cells.values()
    if len(scope) > len(cells):
        return [found for person, found in cells.items() if person in scope]
    return [cells[one] for one in scope if one in cells]


def _exchange(cells: Cells, owners: set[int | None], fresh: Cells) -> None:
    for one in owners:
        cells.pop(one, None)
    cells.update(fresh)
