"""Work that comes again: which days a rule names, and to which working days they are moved.

Pure: a rule, the day that it counts from (its anchor) and a working calendar. The *nominal* days are the
rule's own; each is kept, or moved to the next or previous working day. Choices, each with its reason:

- A day that a month doesn't have (the 31st, a fifth Monday, working day 25) is its last one: no month
  is left out.
- Intervals count from the anchor: every 2 weeks are the anchor's week, and every second one after it.
- A rule without days (every week, every month) comes on the anchor's.
- Days off: moved to the next working day, unless the rule is every day or names a Saturday or Sunday:
  whoever says so means it. Make-up days are working days.
- Two nominal days that are moved to one working day stay two nominal days, but only the first of them
  is an occurrence: the same work isn't done twice in one day.
- ``times`` counts nominal days, the anchor the first of them, whether the rule names it or not.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple, Protocol

NEXT, BEFORE, KEEP = "next", "before", "keep"
DAY, WORKDAY, WEEK, MONTH, QUARTER, YEAR = "day", "workday", "week", "month", "quarter", "year"
_MONTHS = {WORKDAY: 1, MONTH: 1, QUARTER: 3, YEAR: 12}  # that a block of the rule lasts
_ONE = timedelta(days=1)
_FURTHEST = timedelta(days=30)  # that a day is moved back; the longest holidays last ten
_SATURDAY = 5


class Days(Protocol):
    """What is asked of a working calendar."""

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""

    def next_working(self, day: date) -> date | None:
        """The first working day after a day."""

    def previous_working(self, day: date) -> date | None:
        """The last working day before a day."""

    def days(self, first: date, last: date) -> list[date]:
        """The working days from one day to another, both included."""


@dataclass(frozen=True, order=True)
class Spot:
    """A day of a month, quarter or year.

    ``kind`` is day, workday, weekday or date; ``n`` counts from 1, from the end if negative; ``of`` is
    the weekday (0 is Monday) or the month of a date.
    """

    kind: str
    n: int
    of: int = 0


@dataclass(frozen=True)
class Rule:
    """When something comes again; see the module."""

    unit: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    spots: tuple[Spot, ...] = ()
    shift: str = ""  # "" is what is usual for the rule
    until: date | None = None
    times: int | None = None

    @property
    def usual_shift(self) -> str:
        """Where its days off go when nothing is said."""
        weekend = any(one >= _SATURDAY for one in self.weekdays) or any(
            one.kind == "weekday" and one.of >= _SATURDAY for one in self.spots
        )
        return KEEP if self.unit in (DAY, WORKDAY) or weekend else NEXT


class Occurrence(NamedTuple):
    """One coming: the day that the rule names, and the day on which it falls."""

    nominal: date
    on: date


def nominal(rule: Rule, anchor: date, first: date, last: date, calendar: Days) -> list[date]:
    """The rule's own days from ``first`` up to but without ``last``, none before the anchor."""
    if rule.until is not None:
        last = min(last, rule.until + _ONE)
    if last <= first or last <= anchor:
        return []
    if rule.times is not None:
        return [one for one in _counted(rule, anchor, last, calendar) if one >= first]
    start = max(first, anchor)
    made = []
    for one in _from(rule, anchor, _block(rule, anchor, start), calendar):
        if one >= last:
            break
        if one >= start:
            made.append(one)
    return made


def _counted(rule: Rule, anchor: date, last: date, calendar: Days) -> Iterator[date]:
    left = rule.times or 0
    for at, one in enumerate(_from(rule, anchor, 0, calendar)):
        if at == 0 and one != anchor:
            left -= 1
        if one >= last or left <= 0:
            return
        left -= 1
        yield one


def moved(rule: Rule, day: date, calendar: Days) -> date:
    """The day on which a nominal day falls."""
    shift = rule.shift or rule.usual_shift
    if shift == KEEP or calendar.is_working(day):
        return day
    near = calendar.next_working(day) if shift == NEXT else calendar.previous_working(day)
    return near or day  # a calendar without working days moves nothing


def occurrences(
    rule: Rule, anchor: date, after: date, last: date, calendar: Days
) -> list[Occurrence]:
    """What falls on a day up to ``last``, both included, of the nominal days after ``after``.

    A nominal day that falls where an earlier one falls already is none; the one of ``after`` counts.
    """
    reached = moved(rule, after, calendar)
    back = _FURTHEST if (rule.shift or rule.usual_shift) == BEFORE else timedelta(0)
    made = []
    for one in nominal(rule, anchor, after + _ONE, last + back + _ONE, calendar):
        on = moved(rule, one, calendar)
        if on > last:
            break
        if on > reached:
            made.append(Occurrence(one, on))
            reached = on
    return made


def following(rule: Rule, anchor: date, after: date, calendar: Days) -> Occurrence | None:
    """The first occurrence after a nominal day; None after the last one."""
    span = timedelta(days=366 * max(rule.every, 1) * (4 if rule.unit == YEAR else 1) + 31)
    try:
        found = occurrences(rule, anchor, after, after + span, calendar)
    except OverflowError:
        return None
    return found[0] if found else None


# -- blocks: the day, week, month, quarter or year in which a rule's days lie ----------------------


def _from(rule: Rule, anchor: date, block: int, calendar: Days) -> Iterator[date]:
    """All days from a block on, in order, each once, none before the anchor."""
    for number in count(block):
        try:
            days = _days(rule, anchor, number, calendar)
        except (OverflowError, ValueError):  # the end of all calendars
            return
        yield from (one for one in days if one >= anchor)


def _block(rule: Rule, anchor: date, day: date) -> int:
    """The number of the block that a day is in, or of the one before."""
    every = _step(rule)
    if rule.unit == DAY:
        return (day - anchor).days // every
    if rule.unit == WEEK:
        return (_monday(day) - _monday(anchor)).days // 7 // every
    between = (day.year - anchor.year) * 12 + day.month - anchor.month
    return max(between // (every * _MONTHS[rule.unit]) - 1, 0)


def _step(rule: Rule) -> int:
    return 1 if rule.unit == WORKDAY else rule.every


def _days(rule: Rule, anchor: date, block: int, calendar: Days) -> list[date]:
    if rule.unit == DAY:
        return [anchor + timedelta(days=block * rule.every)]
    if rule.unit == WEEK:
        monday = _monday(anchor) + timedelta(weeks=block * rule.every)
        return [monday + timedelta(days=one) for one in rule.weekdays or (anchor.weekday(),)]
    first, last = _span(rule, anchor, block)
    if rule.unit == WORKDAY:
        return calendar.days(first, last)
    if not rule.spots:
        month = first.month + (anchor.month - 1) % _MONTHS[rule.unit]
        return [date(first.year, month, min(anchor.day, monthrange(first.year, month)[1]))]
    return sorted({_spot(one, first, last, calendar) for one in rule.spots})


def _span(rule: Rule, anchor: date, block: int) -> tuple[date, date]:
    """The first and the last day of a block of months."""
    length = _MONTHS[rule.unit]
    begin = anchor.year * 12 + (anchor.month - 1) // length * length
    begin += block * _step(rule) * length
    end = begin + length - 1
    year, month = end // 12, end % 12 + 1
    return date(begin // 12, begin % 12 + 1, 1), date(year, month, monthrange(year, month)[1])


def _spot(spot: Spot, first: date, last: date, calendar: Days) -> date:
    if spot.kind == "date":
        return date(first.year, spot.of, min(spot.n, monthrange(first.year, spot.of)[1]))
    if spot.kind == "day":
        return _nth([first + timedelta(days=one) for one in range((last - first).days + 1)], spot.n)
    if spot.kind == "workday":
        return _nth(calendar.days(first, last) or [last], spot.n)
    start = first + timedelta(days=(spot.of - first.weekday()) % 7)
    return _nth(
        [start + timedelta(weeks=one) for one in range((last - start).days // 7 + 1)], spot.n
    )


def _nth(days: list[date], n: int) -> date:
    """The n-th of some days, from the end if negative; the last, or first, of too few."""
    return days[min(n, len(days)) - 1] if n > 0 else days[max(len(days) + n, 0)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
