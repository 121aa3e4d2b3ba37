"""The working days of a book: its country's, and above them the days that its people entered.

Rules, each with what it rests on:

- Monday to Friday are worked but for public holidays; weekend days are worked where the country's
  notice of the year says so (调休). The book's own days stand above both.
- A country of notices (China) is known up to the last notice that the package ``holidays`` has.
  After it only what the law says is known: statutory holidays and the days given for those on weekends.
  A year for which the book itself has a make-up day counts as entered by its people, because every
  notice since 2001 has had some: then the days that the package only guessed no longer count.
- All spans of days here include both ends.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from models import texts
from models.calendar.public_holidays import COUNTRIES, PublicYear, last_known_year, public_year
from models.texts import N_, tr

OFF, WORK, MAKE_UP = "off", "work", "make_up"
NO_COUNTRY = "none"
_FRIDAY = 4  # as date.weekday() counts
_ONE = timedelta(days=1)
_YEARS = 3  # that are looked through for a working day
_NOTHING = PublicYear({}, {}, {})
_KINDS = {OFF: N_("day off"), WORK: N_("working day"), MAKE_UP: N_("make-up day")}


@dataclass(frozen=True)
class OwnDay:
    """A day that the book's people entered; ``kind`` is work, off or make_up."""

    day: date
    kind: str
    name: str = ""

    @property
    def worked(self) -> bool:
        """Whether people work on it."""
        return self.kind != OFF


@dataclass(frozen=True)
class Reason:
    """Why a day is worked, or not.

    ``kind`` is working, weekend, holiday, make_up or own; ``other`` is the day that it was exchanged
    for, ``own_kind`` what the book's people made of it.
    """

    kind: str
    name: str = ""
    other: date | None = None
    own_kind: str = ""

    def text(self) -> str:
        """The reason in words."""
        match self.kind:
            case "own":
                kind = tr(_KINDS.get(self.own_kind, self.own_kind))
                if self.name:
                    return tr(N_("set by you: {kind}, {name}"), kind=kind, name=self.name)
                return tr(N_("set by you: {kind}"), kind=kind)
            case "make_up":
                if self.other:
                    return tr(N_("make-up day for {day}"), day=self.other)
                return tr(_KINDS[MAKE_UP])
            case "holiday":
                if self.other:
                    return tr(N_("{name}, in exchange for {day}"), name=self.name, day=self.other)
                return self.name
            case "weekend":
                return tr(N_("weekend"))
        return tr(_KINDS[WORK])


@dataclass(frozen=True)
class _Year:
    """A year's working days, and how many there are before each day of it."""

    days: tuple[date, ...]
    before: array[int]
    first: int  # the ordinal of 1 January

    @property
    def count(self) -> int:
        return self.before[-1]


class WorkCalendar:
    """The working days of one book. What it once worked out it keeps; make another when days change.

    Args:
        country: a code of ``public_holidays.COUNTRIES``, or ``none`` for Monday to Friday.
        own: the book's own days; of several rows for one day the last counts.
    """

    def __init__(self, country: str = "CN", own: Iterable[OwnDay] = ()) -> None:
        self.country = country if country in COUNTRIES else NO_COUNTRY
        self._own = {one.day: one for one in own}
        self._entered = {one.day.year for one in self._own.values() if one.kind == MAKE_UP}
        self._years: dict[int, _Year] = {}

    # -- single days -----------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""
        year = self._year(day.year)
        at = day.toordinal() - year.first
        return year.before[at + 1] > year.before[at]

    def next_working(self, day: date) -> date | None:
        """The first working day after a day; None if there is none within three years."""
        for number in range(day.year, min(day.year + _YEARS, date.max.year) + 1):
            days = self._year(number).days
            at = bisect_right(days, day)
            if at < len(days):
                return days[at]
        return None

    def previous_working(self, day: date) -> date | None:
        """The last working day before a day; None if there is none within three years."""
        for number in range(day.year, max(day.year - _YEARS, date.min.year) - 1, -1):
            days = self._year(number).days
            at = bisect_left(days, day)
            if at:
                return days[at - 1]
        return None

    def why(self, day: date) -> Reason:
        """Why a day is worked, or not."""
        if own := self._own.get(day):
            return Reason("own", own.name, own_kind=own.kind)
        public = self._public(day.year, texts.language())
        if day in public.worked:
            return Reason("make_up", other=public.worked[day])
        if day in public.off:
            return Reason("holiday", public.off[day], public.exchanged.get(day))
        return Reason("working" if day.weekday() <= _FRIDAY else "weekend")

    # -- spans -----------------------------------------------------------------------------------

    def count(self, first: date, last: date) -> int:
        """How many working days there are from one day to another, both included."""
        if last < first:
            return 0
        year = self._year(first.year)
        skipped = year.before[first.toordinal() - year.first]
        if first.year == last.year:
            return year.before[last.toordinal() + 1 - year.first] - skipped
        end = self._year(last.year)
        whole = sum(self._year(one).count for one in range(first.year, last.year))
        return whole - skipped + end.before[last.toordinal() + 1 - end.first]

    def days(self, first: date, last: date) -> list[date]:
        """The working days from one day to another, both included."""
        made: list[date] = []
        for number in range(first.year, last.year + 1):
            days = self._year(number).days
            made += days[bisect_left(days, first) : bisect_right(days, last)]
        return made

    def make_up_days(self, first: date, last: date) -> list[date]:
        """The days that are worked although others wouldn't be: weekend days, and what was called so."""
        return [
            day
            for day in self.days(first, last)
            if day.weekday() > _FRIDAY or self._kind(day) == MAKE_UP
        ]

    def holidays(self, first: date, last: date) -> list[tuple[date, str]]:
        """The days that are not worked for another reason than the weekend, with that reason's name."""
        made = []
        for day in _each(first, last):
            reason = self.why(day)
            own_off = reason.kind == "own" and reason.own_kind == OFF
            if own_off or reason.kind == "holiday":
                made.append((day, reason.name or tr(_KINDS[OFF])))
        return made

    # -- what is known ---------------------------------------------------------------------------

    @property
    def known_until(self) -> date | None:
        """The last day of which all is known; None where every year follows from the law alone."""
        year = None if self.country == NO_COUNTRY else last_known_year(self.country)
        if year is None:
            return None
        while year + 1 in self._entered:
            year += 1
        return date(year, 12, 31)

    def is_known(self, day: date) -> bool:
        """Whether all is known of the year that a day is in."""
        known = self.known_until
        return known is None or day <= known or day.year in self._entered

    def beyond(self, day: date) -> str:
        """What isn't known yet of the year that a day is in, in words; empty if all is.

        Years before it of which as little is known are named too.
        """
        if self.is_known(day):
            return ""
        first = day.year
        while not self.is_known(date(first - 1, 1, 1)):
            first -= 1
        years = f"{first}–{day.year}" if first < day.year else str(first)
        if COUNTRIES[self.country].by_notice:
            return tr(
                N_(
                    "The make-up days of {years} are not known here: only the statutory holidays count. When they are announced, enter them as calendar days, or import them."
                ),
                years=years,
            )
        return tr(
            N_(
                "Some holidays of {years} are estimates. When they are announced, enter them as calendar days, or import them."
            ),
            years=years,
        )

    # -- inside ----------------------------------------------------------------------------------

    def _kind(self, day: date) -> str:
        own = self._own.get(day)
        return own.kind if own else ""

    def _public(self, year: int, language: str) -> PublicYear:
        if self.country == NO_COUNTRY:
            return _NOTHING
        known = last_known_year(self.country)
        guessed = known is not None and year > known and year in self._entered
        return public_year(self.country, year, language, law_only=guessed)

    def _year(self, number: int) -> _Year:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._made(number)
        return found

    def _made(self, number: int) -> _Year:
        public = self._public(number, "en")
        first = date(number, 1, 1)
        worked: list[int] = []
        days: list[date] = []
        for day in _each(first, date(number, 12, 31)):
            own = self._own.get(day)
            if own:
                works = own.worked
            elif day.weekday() <= _FRIDAY:
                works = day not in public.off
            else:
                works = day in public.worked
            worked.append(works)
            if works:
                days.append(day)
        return _Year(tuple(days), array("H", accumulate(worked, initial=0)), first.toordinal())


def _each(first: date, last: date) -> Iterator[date]:
    """All days from one to another."""
    for at in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(at)
