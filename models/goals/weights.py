"""How much of a goal a person and a month carry: the one density behind every split.

A person's day weighs ``rate of the person × factor of its month``; a part of a goal weighs what the
working days of its people (leave, noon and ramp taken off) weigh together. So people, quarters,
months and weeks follow one rule, and a week that reaches over two months is weighed piece by piece.

- By working days: all rates and factors are 1.
- By season: the factor of a month is what ``models.goals.history`` finds in up to five years before.
- By history: a rate is what the person brought a working day in the past periods, a factor what that
  place in the period brought a day (the first month of a quarter, March of a year). Where there are
  few records a rate says little: with n records it counts n / (n + 10), the rest is what everybody
  brings a day, so that thin history leads to equal shares. A factor is treated the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from models.book import Book
from models.calendar.in_book import Roster, roster
from models.goals.actuals import Actuals
from models.measures import engine
from models.periods import UNITS, FiscalCalendar, Period, days, month

THIN = 10  # records at which what is somebody's own counts half
_ONE = timedelta(days=1)
_NOTHING = Fraction(0)
_SEASON_MONTHS = 60
_FINE = 10**9  # to which part of one rates are kept: sums of free fractions would grow without end
Spans = Mapping[int, Sequence[tuple[date, date]]]


@dataclass(frozen=True)
class Own:
    """What somebody brought in the past periods: amount, records, working days, and how much it counts."""

    amount: Decimal
    records: int
    days: Decimal
    counts: Fraction


@dataclass
class _Sum:
    """What somebody, or a month of the period such as the first of a quarter, brought in all."""

    amount: Decimal = Decimal(0)
    records: int = 0
    days: Decimal = Decimal(0)

    def add(self, amount: Decimal, records: int, days: Decimal) -> None:
        """Some more."""
        self.amount, self.records, self.days = (
            self.amount + amount,
            self.records + records,
            self.days + days,
        )

    def own(self) -> Own:
        """The same, with how much it counts."""
        return Own(self.amount, self.records, self.days, _counts(self.records, self.days))

    def against(self, mean: Fraction) -> Fraction:
        """What was brought a day, as a multiple of the mean, held up by it where there is little."""
        counts = _counts(self.records, self.days)
        rate = Fraction(self.amount) / Fraction(self.days) / mean if self.days else Fraction(1)
        return Fraction(max(round((counts * rate + 1 - counts) * _FINE), 0), _FINE)


@dataclass
class Grounds:
    """All that a split is reckoned from; once read, what-ifs need the book no more."""

    calendar: FiscalCalendar
    roster: Roster
    unit: str  # of the goal's period: week … year, "" for a free range of days
    periods: tuple[Period, ...] = ()
    own: dict[int, Own] = field(default_factory=dict)
    rates: dict[int, Fraction] = field(default_factory=dict)
    factors: dict[int, Fraction] = field(default_factory=dict)  # by place of the month
    away: Spans = field(default_factory=dict)  # leave that is only thought of

    def days(self, person: int, first: date, last: date) -> Decimal:
        """The days of a full person that somebody has, less leave that is only thought of."""
        one = self.roster.get(person)
        if one is None:
            return Decimal(0)
        made = one.equivalent(first, last)
        for start, end in self.away.get(person, ()):
            if max(start, first) <= min(end, last):
                made -= one.equivalent(max(start, first), min(end, last))
        return max(made, Decimal(0))

    def place(self, first: date) -> int:
        """Which month of its quarter, half or year a month is; of the calendar year elsewhere."""
        if self.unit in ("quarter", "half", "year"):
            start = self.calendar.of(self.unit, first).start
            return (first.year - start.year) * 12 + first.month - start.month + 1
        return first.month

    def weight(self, people: Iterable[int], period: Period) -> Fraction:
        """What a part of the goal weighs."""
        made, several = _NOTHING, list(people)
        for piece in months_of(period):
            factor = self.factors.get(self.place(piece.start.replace(day=1)), Fraction(1))
            last = piece.end - _ONE
            if not several:  # nobody is named: the calendar alone
                made += factor * self.roster.calendar.count(piece.start, last)
            for one in several:
                rate = self.rates.get(one, Fraction(1))
                made += rate * factor * Fraction(self.days(one, piece.start, last))
        return made


def months_of(period: Period) -> list[Period]:
    """A period cut where months end."""
    return cut(period, "month", FiscalCalendar())


def cut(period: Period, unit: str, calendar: FiscalCalendar) -> list[Period]:
    """The units inside a period; those that reach over its ends are cut there and named by their days."""
    made = []
    for one in calendar.within(period.start, period.end - _ONE, unit):
        first, end = max(one.start, period.start), min(one.end, period.end)
        whole = (first, end) == (one.start, one.end)
        made.append(one if whole else days(first, end - _ONE))
    return made


def unit_of(period: Period, calendar: FiscalCalendar) -> str:
    """Which unit of the calendar a period is; "" where it is none."""
    for unit in UNITS:
        one = calendar.of(unit, period.start)
        if (one.start, one.end) == (period.start, period.end):
            return unit
    return ""


def before(period: Period, calendar: FiscalCalendar, count: int = 2) -> tuple[Period, ...]:
    """The periods of the same kind before one, the earliest first: its history where nobody says another."""
    made: list[Period] = []
    unit, at = unit_of(period, calendar), period
    for _ in range(count):
        at = calendar.of(unit, at.start - _ONE) if unit else _as_long(at)
        made.insert(0, at)
    return tuple(made)


def _as_long(period: Period) -> Period:
    """The days right before a period: as many months where it is of whole months, else as many days."""
    start, end = period.start, period.end
    if start.day == end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        return days(month(start.year, start.month - months).start, start - _ONE)
    return days(start - (end - start), start - _ONE)


def sold(book: Book, measure: str, period: Period) -> frozenset[int]:
    """Who has records of a measure in the year before a period."""
    try:
        start = period.start.replace(year=period.start.year - 1)
    except ValueError:  # 29 February
        start = period.start - timedelta(days=365)
    span = Period(start, period.start, "")
    found = engine.measure(book, measure, period=span, by="person").rows
    return frozenset(row.key for row in found if isinstance(row.key, int) and row.n)


def plain_grounds(book: Book, period: Period, today: date) -> Grounds:
    """Working days alone."""
    return Grounds(book.calendar, roster(book, today), unit_of(period, book.calendar))


def seasonal(book: Book, measure: str, grounds: Grounds, period: Period, today: date) -> int:
    """Give months the factors of the season; gives how many months it was found in."""
    from models.goals.history import Month, season_of

    end = min(period.start, today.replace(day=1))
    start = month(end.year, end.month - _SEASON_MONTHS).start
    span = Period(start, end, "")
    found = {one.key: one for one in engine.measure(book, measure, period=span, by="month").rows}
    if not found:
        return 0
    first = min(str(one) for one in found if one is not None)
    known = []
    for one in book.calendar.within(date.fromisoformat(f"{first}-01"), end - _ONE, "month"):
        worked = grounds.roster.calendar.count(one.start, one.end - _ONE)
        row = found.get(one.label)
        total = float(row.value or 0) if row else 0.0
        known.append(Month(one.start.year, one.start.month, total, float(worked)))
    season = season_of(known)
    grounds.factors = {
        grounds.place(one.start): _exact(season.factors[one.start.month - 1])
        for one in months_of(period)
    }
    return len(known)


def _exact(factor: float) -> Fraction:
    """A factor as it is shown, so that a split can be checked by hand."""
    return Fraction(str(round(factor, 4)))


def historical(
    book: Book,
    measure: str,
    grounds: Grounds,
    periods: Sequence[Period],
    people: Iterable[int],
    today: date,
) -> None:
    """Give people their rates and months their factors from past periods, as far as they are over."""
    pieces = _past_months(periods, today)
    several = list(people)
    found = _brought(book, measure, pieces, several)
    own: dict[int, _Sum] = {one: _Sum() for one in several}
    places: dict[int, _Sum] = defaultdict(_Sum)
    sold = {person for (person, _), (_, n) in found.items() if n}
    for piece in pieces:
        here = places[grounds.place(piece.start.replace(day=1))]
        for one, his in own.items():
            spent = grounds.roster[one].equivalent(piece.start, piece.end - _ONE)
            his.add(*found[one, piece.label], spent)
            if one in sold:  # the days of those who sell nothing say nothing of selling
                here.add(*found[one, piece.label], spent)
    grounds.periods = tuple(periods)
    grounds.own = {one: his.own() for one, his in own.items()}
    total = sum((one.amount for one in places.values()), Decimal(0))
    all_days = sum((one.days for one in places.values()), Decimal(0))
    if total <= 0 or not all_days:
        return
    mean = Fraction(total) / Fraction(all_days)
    grounds.rates = {one: his.against(mean) for one, his in own.items()}
    grounds.factors = {place: there.against(mean) for place, there in places.items()}


def _brought(
    book: Book, measure: str, pieces: Sequence[Period], people: Sequence[int]
) -> dict[tuple[int, str], tuple[Decimal, int]]:
    """What everybody brought in each month, and in how many records: one scan."""
    sums = Actuals()
    with book.reading() as db:
        sums.read(db, book, {measure: [(one.start, one.end - _ONE) for one in pieces]})
    made = {}
    for piece in pieces:
        for person in people:
            one = sums.of(measure, frozenset({person}), piece.start, piece.end - _ONE)
            made[person, piece.label] = (one.value or Decimal(0), one.n)
    return made


def _counts(records: int, worked: Decimal) -> Fraction:
    return Fraction(records, records + THIN) if worked else _NOTHING


def _past_months(periods: Sequence[Period], today: date) -> list[Period]:
    made = []
    for one in periods:
        end = min(one.end, today + _ONE)
        if one.start < end:
            made += months_of(Period(one.start, end, one.label))
    return made
