"""How many days of a full person somebody can work in a span of days.

Rules, each with what it rests on:

- Days are the calendar's working days, less leave that is approved or taken. Leave is counted in
  half days; on days that nobody works it costs nothing; what overlaps counts once.
- A new hire grows into the job: ``ramp_profile`` says which share of a full person counts in the
  first, second, third… month since the hire date (on the same day of each month), afterwards all.
  Before the hire date there are none. Without a hire date somebody counts in full.
- Nothing says when somebody left. Whoever is marked as having left has no days from today on; the
  days before count as for anybody, as the records of that time do. The same holds for whoever is marked as
  being on leave, unless a leave that covers today says when it ends: then that leave alone decides.
- Equivalent days are exact: halves of days times shares that were written as decimals.
- All spans of days here include both ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from operator import itemgetter

from models.calendar.workdays import WorkCalendar
from models.describe import parsing
from models.refusals import Refused
from models.texts import N_

COUNTED = ("approved", "taken")  # states of leave that take days away
ASKED = "requested"  # …and the one that may yet
LEFT, ON_LEAVE = "left", "on_leave"
_ONE = timedelta(days=1)
_FULL = Decimal(1)
_NONE = Decimal(0)
_LONGEST = 60  # months that a ramp may take


@dataclass(frozen=True)
class Leave:
    """Somebody's absence from one day to another, both included; noon cuts the first or last in half."""

    first: date
    last: date
    starts_at_noon: bool = False
    ends_at_noon: bool = False
    status: str = "approved"

    @property
    def halves(self) -> tuple[int, int]:
        """From which half day up to which, counted from the beginning of the calendar."""
        first, last = self.first.toordinal() * 2, self.last.toordinal() * 2
        return first + self.starts_at_noon, last + (1 if self.ends_at_noon else 2)


@dataclass(frozen=True)
class Person:
    """What capacity asks of somebody."""

    id: int
    name: str = ""
    hired: date | None = None
    status: str = "active"
    ramp: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Step:
    """Days in which one share of a full person counts."""

    first: date
    last: date
    share: Decimal


@dataclass(frozen=True)
class Days:
    """What a span of days holds for a person.

    ``working`` are the calendar's days, ``leave`` those of them that leave takes away; ``equivalent`` is
    what is left of them, each times its share. ``asked`` are days of leave that is only requested.
    """

    working: int
    leave: Decimal
    asked: Decimal
    ramp: tuple[Step, ...]
    equivalent: Decimal


@dataclass(frozen=True)
class Spent:
    """Equivalent days of a span as they stand on a day: before it, that day's, after it."""

    before: Decimal
    today: Decimal
    after: Decimal

    @property
    def total(self) -> Decimal:
        """All of the span."""
        return self.before + self.today + self.after

    @property
    def elapsed(self) -> Decimal:
        """Those of the days before, and of the day itself, as at its end."""
        return self.before + self.today

    @property
    def left(self) -> Decimal:
        """Those that can still be worked, the day itself included, as at its beginning."""
        return self.today + self.after


class PersonDays:
    """The days of one person.

    Args:
        today: from when on somebody who has left has no days.
    """

    def __init__(
        self, calendar: WorkCalendar, person: Person, leaves: Iterable[Leave], today: date
    ) -> None:
        self.calendar = calendar
        self.person = person
        given = tuple(leaves)
        self._taken = _joined(one.halves for one in given if one.status in COUNTED)
        self._asked = _joined(one.halves for one in given if one.status in (*COUNTED, ASKED))
        self.ends = self._ends(today)
        self._starts, self._shares = _ramp(person, self.ends)
        self._plain = not self._taken and self._shares == (_FULL,)

    def _ends(self, today: date) -> date | None:
        """The first day on which the person no longer counts; None if there is none."""
        if self.person.status == LEFT:
            return today
        if self.person.status == ON_LEAVE:
            now = today.toordinal() * 2
            told = any(start < now + 2 and now < end for start, end in self._taken)
            return None if told else today
        return None

    def equivalent(self, first: date, last: date) -> Decimal:
        """The days of a full person that they work from one day to another."""
        if self._plain:
            return Decimal(self.calendar.count(first, last))
        made = _NONE
        for step in self.steps(first, last):
            if step.share:
                made += step.share * self._halves(step.first, step.last) / 2
        return made

    def leave(self, first: date, last: date) -> Decimal:
        """The working days that leave takes away, in halves."""
        return Decimal(_away(self.calendar, self._taken, first, last)) / 2

    def days(self, first: date, last: date) -> Days:
        """All that there is to say of a span."""
        leave = self.leave(first, last)
        asked = Decimal(_away(self.calendar, self._asked, first, last)) / 2 - leave
        steps = tuple(self.steps(first, last))
        return Days(
            self.calendar.count(first, last), leave, asked, steps, self.equivalent(first, last)
        )

    def spent(self, first: date, last: date, on: date) -> Spent:
        """The equivalent days of a span as they stand on a day, inside it or not."""
        before = self.equivalent(first, min(on - _ONE, last))
        today = self.equivalent(on, on) if first <= on <= last else _NONE
        return Spent(before, today, self.equivalent(max(first, on + _ONE), last))

    def halves_each(self, first: date, last: date) -> bytearray:
        """For each day from one to another: how many half days of it are worked, 0 to 2.

        The ramp says what is expected of somebody, not how long they are there: it doesn't count here,
        but the days before the hire date and after the end do.
        """
        low = first.toordinal()
        made = bytearray(max(0, last.toordinal() - low + 1))
        for day in self.calendar.days(first, last):
            made[day.toordinal() - low] = 2
        for start, end in self._taken:
            for half in range(max(start, low * 2), min(end, (low + len(made)) * 2)):
                made[half // 2 - low] -= made[half // 2 - low] > 0
        self._blank(made, low)
        return made

    def _blank(self, made: bytearray, low: int) -> None:
        """Nobody is there before the hire date, or from the day on that they ended."""
        if self.person.hired:
            before = min(max(self.person.hired.toordinal() - low, 0), len(made))
            made[:before] = bytes(before)
        if self.ends is not None:
            kept = min(max(self.ends.toordinal() - low, 0), len(made))
            made[kept:] = bytes(len(made) - kept)

    def steps(self, first: date, last: date) -> list[Step]:
        """The parts of a span in which different shares count."""
        made = []
        at = bisect_right(self._starts, first.toordinal()) - 1
        while first <= last:
            following = self._starts[at + 1] if at + 1 < len(self._starts) else None
            end = min(last, date.fromordinal(following - 1)) if following else last
            made.append(Step(first, end, self._shares[at]))
            first, at = end + _ONE, at + 1
        return made

    def _halves(self, first: date, last: date) -> int:
        """The half days worked."""
        away = _away(self.calendar, self._taken, first, last)
        return self.calendar.count(first, last) * 2 - away


def together(people: Iterable[PersonDays], first: date, last: date) -> Decimal:
    """The equivalent days of a team."""
    return sum((one.equivalent(first, last) for one in people), _NONE)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of half days in order, those that touch as one; the empty and the reversed are gone."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(one for one in spans if one[0] < one[1]):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def _away(calendar: WorkCalendar, spans: list[tuple[int, int]], first: date, last: date) -> int:
    """How many half days of working days lie in spans of half days, which are in order and apart."""
    low, high = first.toordinal() * 2, last.toordinal() * 2 + 2
    made = 0
    if low >= high:
        return 0
    for start, end in islice(spans, bisect_right(spans, low, key=itemgetter(1)), None):
        if start >= high:
            break
        start, end = max(start, low), min(end, high)
        begin, finish = date.fromordinal(start // 2), date.fromordinal((end - 1) // 2)
        made += calendar.count(begin, finish) * 2
        made -= start % 2 and calendar.is_working(begin)
        made -= end % 2 and calendar.is_working(finish)
    return made


def _ramp(person: Person, ends: date | None) -> tuple[tuple[int, ...], tuple[Decimal, ...]]:
    """From which day on (as ordinals, ascending) which share of the person counts."""
    starts, shares = [0], [_FULL]
    if person.hired:
        starts, shares = [0], [_NONE]
        for at, share in enumerate((*person.ramp, _FULL)):
            starts.append(months_after(person.hired, at).toordinal())
            shares.append(share)
    if ends is not None:
        gone = ends.toordinal()
        kept = [(one, share) for one, share in zip(starts, shares, strict=True) if one < gone]
        starts, shares = [*(one for one, _ in kept), gone], [*(one for _, one in kept), _NONE]
    return tuple(starts), tuple(shares)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def ramp_shares(text: str | None) -> tuple[Decimal, ...]:
    """The shares of a ramp as people write it: ``25% 50% 75%``, ``25、50、75``, ``0.25 0.5 0.75``.

    Numbers without % are percentages as soon as one of them is more than 1.

    Raises:
        Refused: ``not_a_ramp``, something in it is no share from 0 to 100 %.
    """
    words = [one for one in re.split(r"[\s,，、;；/→>]+", parsing.fold(text or "")) if one]
    try:
        numbers = [Decimal(one.rstrip("%")) for one in words]
    except InvalidOperation:
        raise _no_ramp(text) from None
    if not all(one.is_finite() for one in numbers):
        raise _no_ramp(text)
    plain = [one for one, word in zip(numbers, words, strict=True) if "%" not in word]
    hundred = any(one > 1 for one in plain)
    shares = tuple(
        one / 100 if "%" in word or hundred else one
        for one, word in zip(numbers, words, strict=True)
    )
    if len(shares) > _LONGEST or not all(0 <= one <= 1 for one in shares):
        raise _no_ramp(text)
    return shares


def _no_ramp(text: str | None) -> Refused:
    return Refused(
        "not_a_ramp",
        N_("“{text}” is not a ramp. Write the shares of the first months: 25% 50% 75%."),
        text=text,
    )
