"""Periods: a year, half, quarter, month, week, or any range of days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.refusals import Refused
from models.texts import N_


@dataclass(frozen=True)
class Period:
    """Days from ``start`` up to but without ``end``; ``label`` is how it is written."""

    start: date
    end: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def month(year: int, number: int) -> Period:
    """A month; numbers beyond 1…12 run into the neighbouring years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(date(year, number, 1), _after(year, number), f"{year}-{number:02}")


def _after(year: int, number: int) -> date:
    return date(year + number // 12, number % 12 + 1, 1)


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Period(date(year, number * 3 - 2, 1), _after(year, number * 3), f"{year}-Q{number}")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1), str(number))


def half(number: int, which: int) -> Period:
    """Half a calendar year."""
    return Period(date(number, which * 6 - 5, 1), _after(number, which * 6), f"{number}-H{which}")


def week(number: int, which: int) -> Period:
    """A week from Monday, counted as ISO 8601 does."""
    start = date.fromisocalendar(number, which, 1)
    return Period(start, start + timedelta(days=7), f"{number}-W{which:02}")


def try_parse(text: str) -> Period | None:
    """A period as it is written: 2017, 2017-H1, 2017-Q2, 2017-03, 2017-W15, day..day; else None."""
    word = text.strip().upper()
    try:
        if found := re.fullmatch(r"(\d{4})年?", word):
            return year(int(found[1]))
        if found := re.fullmatch(r"(\d{4})-?Q([1-4])", word):
            return quarter(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{4})-?H([12])", word):
            return half(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{4})-?W(\d{1,2})", word):
            return week(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{4})[-/年](\d{1,2})月?", word):
            return month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None
        if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", word):
            start, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
            return Period(start, last + timedelta(days=1), text.strip())
    except ValueError:
        return None
    return None


def parse(text: str) -> Period | None:
    """A period; ``all`` and nothing mean all of time.

    Raises:
        Refused: it is not written as a period.
    """
    if not text or text.strip().lower() == "all":
        return None
    made = try_parse(text) or relative(text)
    if made is None:
        raise Refused(
            "bad_period",
            N_(
                "“{text}” is not a period. Write 2017, 2017-H1, 2017-Q2, 2017-03, 2017-W15 or 2017-01-01..2017-03-31."
            ),
            text=text,
        )
    return made


def relative(text: str, today: date | None = None) -> Period | None:
    """``today``, ``yesterday``, ``this_month``, ``last_quarter``, ``next_week``, ``-7d``, ``+30d``; else None."""
    now = today or date.today()
    word = text.strip().lower()
    days = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
    if word in days:
        start = now + timedelta(days=days[word])
        return Period(start, start + timedelta(days=1), word)
    if found := re.fullmatch(r"([+-]\d{1,4})d", word):
        start = now + timedelta(days=int(found[1]))
        return Period(start, start + timedelta(days=1), word)
    if found := re.fullmatch(r"(this|last|next)_(week|month|quarter|year)", word):
        by = {"this": 0, "last": -1, "next": 1}[found[1]]
        match found[2]:
            case "week":
                start = now - timedelta(days=now.weekday()) + timedelta(weeks=by)
                return Period(start, start + timedelta(days=7), word)
            case "month":
                return month(now.year, now.month + by)
            case "quarter":
                return quarter(now.year, (now.month + 2) // 3 + by)
            case _:
                return year(now.year + by)
    return None


def within(first: date, last: date, by: str) -> Iterator[Period]:
    """All months, quarters or years from one day to another."""
    here: dict[str, Callable[[date], Period]] = {
        "month": lambda d: month(d.year, d.month),
        "quarter": lambda d: quarter(d.year, (d.month + 2) // 3),
        "year": lambda d: year(d.year),
    }
    day = first
    while day <= last:
        period = here[by](day)
        yield period
        day = period.end
