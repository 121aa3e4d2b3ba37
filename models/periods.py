"""Periods: a year, half, quarter, month, week, or any range of days, by the calendar of a book.

Rules, each with where it comes from:

- A fiscal year begins on the first of a month. It is named by the calendar year in which it *begins*
  and written with both years, ``FY2017/18``, as offices in Hong Kong, Britain and India write theirs
  (2017/18 财年): so nobody has to know the rule to read it.
- ``2017``, ``2017-H1`` and ``2017-Q2`` are the book's own, fiscal, year, half and quarter.
  ``2017年`` is the calendar year, as 今年 is, whatever the fiscal year.
- Months are calendar months.
- Weeks from Monday are counted by ISO 8601: a week is of the year that has its Thursday.
- Weeks from Sunday are counted as in the United States (Unicode CLDR: Sunday first, one day is enough):
  the week of 1 January is the first, so a week is of the year that has its Saturday.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.numerals import count_of
from models.texts import N_, tr

WEEK_STARTS = ("monday", "sunday")
UNITS = ("week", "month", "quarter", "half", "year")
_SATURDAY = 5  # as date.weekday() counts
_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """Days from ``start`` up to but without ``end``; ``label`` is how its calendar reads it back."""

    start: date
    end: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def text(self) -> str:
        """The label as people of the current language read it."""
        found = re.fullmatch(r"FY(\d{4}/\d\d)(?:-([QH]\d))?", self.label)
        if found is None:
            return self.label
        if found[2] is None:
            return tr(N_("FY{years}"), years=found[1])
        return tr(N_("FY{years} {part}"), years=found[1], part=found[2])


def month(year: int, number: int) -> Period:
    """A month; numbers beyond 1…12 run into the neighbouring years."""
    start, end = _first_of(year, number), _first_of(year, number + 1)
    return Period(start, end, f"{start.year:04}-{start.month:02}")


def _first_of(year: int, number: int) -> date:
    return date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def days(first: date, last: date) -> Period:
    """The days from one to another, both included."""
    label = f"{first}" if first == last else f"{first}..{last}"
    return Period(first, last + _ONE, label)


def size(days: int) -> int:
    """Among which units so many days are, from weeks (0) to years and longer (4): months are alike."""
    return sum(days > longest for longest in (7, 31, 92, 184))


# The first that fits a text reads it; which groups it has says what it is.
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")
_MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?")
_WEEK_OF = re.compile(r"(\d{4})(?:-?W|年第?)(\d{1,2})周?")
_YEAR = re.compile(
    r"(?P<fiscal>FY ?)?(?P<year>\d{4})(?:/(?P<next>\d\d|\d{4}))?"
    r"(?: ?(?P<kind>财年|财政年度|会计年度|年度|年))?"
    r"(?:[- ]?(?P<part>Q[1-4]|H[12]|第?[1-4一二三四](?:季度?|财季)|[上下]半年))?"
)


@dataclass(frozen=True)
class FiscalCalendar:
    """When the years and weeks of a book begin: ``year_starts`` is a month, ``week_starts`` a day.

    ``work_calendar`` names the country whose holidays it keeps, for ``models.calendar``.
    """

    year_starts: int = 1
    week_starts: str = "monday"
    work_calendar: str = "CN"

    def __post_init__(self) -> None:
        if self.year_starts not in range(1, 13) or self.week_starts not in WEEK_STARTS:
            raise ValueError(f"no such calendar: {self.year_starts}, {self.week_starts}")

    # -- by number -------------------------------------------------------------------------------

    def year(self, number: int) -> Period:
        """The year that begins in a calendar year."""
        return self._part(number, 0, 12, "")

    def half(self, number: int, which: int) -> Period:
        """Half a year; numbers beyond 1 and 2 run into the neighbouring years."""
        number, which = number + (which - 1) // 2, (which - 1) % 2
        return self._part(number, which * 6, 6, f"-H{which + 1}")

    def quarter(self, number: int, which: int) -> Period:
        """A quarter of a year; numbers beyond 1…4 run into the neighbouring years."""
        number, which = number + (which - 1) // 4, (which - 1) % 4
        return self._part(number, which * 3, 3, f"-Q{which + 1}")

    def _part(self, number: int, skipped: int, months: int, part: str) -> Period:
        first = self.year_starts + skipped
        name = f"{number:04}"
        if self.year_starts > 1:
            name = f"FY{name}/{(number + 1) % 100:02}"
        return Period(_first_of(number, first), _first_of(number, first + months), name + part)

    def week(self, number: int, which: int) -> Period:
        """A week by the year that counts it; see the rules above.

        Raises:
            ValueError: the year has no such week.
        """
        if self.week_starts == "monday":
            start = date.fromisocalendar(number, which, 1)
        else:
            first = date(number, 1, 1)
            saturday = first + timedelta((_SATURDAY - first.weekday()) % 7) + (which - 1) * _WEEK
            if saturday.year != number or which < 1:
                raise ValueError(f"{number} has no week {which}")
            start = saturday - 6 * _ONE
        return Period(start, start + _WEEK, f"{number:04}-W{which:02}")

    def plain(self, period: Period) -> Period:
        """A period of the calendar year, labelled so that no fiscal one is meant."""
        return period if self.year_starts == 1 else days(period.start, period.end - _ONE)

    # -- by day ----------------------------------------------------------------------------------

    def year_of(self, day: date) -> int:
        """The number of the year that a day is in."""
        return day.year - (day.month < self.year_starts)

    def week_of(self, day: date) -> Period:
        """The week that a day is in."""
        if self.week_starts == "monday":
            number, which, _ = day.isocalendar()
            return self.week(number, which)
        saturday = day + timedelta((_SATURDAY - day.weekday()) % 7)
        return self.week(saturday.year, (saturday.timetuple().tm_yday - 1) // 7 + 1)

    def of(self, unit: str, day: date) -> Period:
        """The week, month, quarter, half or year that a day is in."""
        into = (day.month - self.year_starts) % 12  # whole months of its year before it
        match unit:
            case "week":
                return self.week_of(day)
            case "month":
                return month(day.year, day.month)
            case "quarter":
                return self.quarter(self.year_of(day), into // 3 + 1)
            case "half":
                return self.half(self.year_of(day), into // 6 + 1)
        return self.year(self.year_of(day))

    def within(self, first: date, last: date, unit: str) -> Iterator[Period]:
        """All periods of a unit from one day to another."""
        day = first
        while day <= last:
            period = self.of(unit, day)
            yield period
            day = period.end

    # -- as it is written ------------------------------------------------------------------------

    def try_parse(self, text: str) -> Period | None:
        """A period as it is written, else None.

        2017, 2017-H1, 2017-Q2, FY2017/18-Q2, 2017财年, 2017年第二季度, 2017-03, 2017-W15, a day, day..day.
        """
        word = unicodedata.normalize("NFKC", text).strip().upper()
        try:
            if found := _DAYS.fullmatch(word):
                first = date.fromisoformat(found[1])
                last = date.fromisoformat(found[2] or found[1])
                return days(first, last) if first <= last else None
            if (found := _MONTH.fullmatch(word)) and 1 <= int(found[2]) <= 12:
                return month(int(found[1]), int(found[2]))
            if found := _YEAR.fullmatch(word):
                return self._written_year(found)
            if found := _WEEK_OF.fullmatch(word):
                return self.week(int(found[1]), int(found[2]))
        except (ValueError, OverflowError):
            return None
        return None

    def _written_year(self, found: re.Match[str]) -> Period | None:
        number, following = int(found["year"]), found["next"]
        if found["kind"] == "年":  # the calendar's
            if found["fiscal"] or following:
                return None
            return self.plain(JANUARY._named(number, found["part"]))
        if following is not None:
            told = found["fiscal"] or found["kind"] or found["part"]  # 2009/10 is October
            if not told or self.year_starts == 1 or int(following[-2:]) != (number + 1) % 100:
                return None
        return self._named(number, found["part"])

    def _named(self, number: int, part: str | None) -> Period:
        if not part:
            return self.year(number)
        if part.endswith("半年"):
            return self.half(number, 1 if part.startswith("上") else 2)
        which = count_of(part.strip("QH第季度财"))
        return self.half(number, which) if part.startswith("H") else self.quarter(number, which)


JANUARY = FiscalCalendar()
