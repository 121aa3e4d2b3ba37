"""What the parts of a split brought before: in the period just before the goal's, or in its own a year ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.goals.actuals import Actuals
from models.goals.parts import Cascade, Key, Part
from models.goals.scope import People
from models.goals.weights import before
from models.periods import FiscalCalendar, Period, days

_ONE = timedelta(days=1)
_YEAR = timedelta(days=364)  # whole weeks, so that a week is held against a week


@dataclass(frozen=True)
class Brought:
    """What somebody brought in a period; None where nothing can be reckoned."""

    period: Period
    value: Decimal | None


def brought(book: Book, made: Cascade) -> dict[Key, Brought]:
    """What each part brought before: people the period before, pieces of time the same piece a year ago.

    One scan of the measure.
    """
    parts = _all(made.parts)
    pasts = {one.key: _past(one.period, made.goal.period, book.calendar) for one in parts}
    code = made.goal.definition.code
    sums = Actuals()
    with book.reading() as db:
        people = People.read(db)
        sums.read(db, book, {code: {(one.start, one.end - _ONE) for one in pasts.values()}})
    found = {}
    for one in parts:
        past = pasts[one.key]
        scope = people.scope(one.level, one.team, one.person)
        actual = sums.of(code, scope, past.start, past.end - _ONE)
        found[one.key] = Brought(past, actual.value if actual.n else None)
    return found


def _past(period: Period, whole: Period, calendar: FiscalCalendar) -> Period:
    if (period.start, period.end) == (whole.start, whole.end):
        return before(period, calendar)[-1]
    if period.start.day == 1 and period.end.day == 1:  # months, or some of them
        first, end = _year_before(period.start), _year_before(period.end)
        return calendar.try_parse(_months(first, end)) or days(first, end - _ONE)
    return days(period.start - _YEAR, period.end - _YEAR - _ONE)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1)


def _months(first: date, end: date) -> str:
    return f"{first:%Y-%m}" if (end - first).days <= 31 else ""


def _all(parts: tuple[Part, ...]) -> list[Part]:
    return [each for one in parts for each in (one, *_all(one.parts))]
