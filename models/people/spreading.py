"""Hours of work over days, exactly: in millionths of an hour, so that parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.calendar.in_book import Roster
from models.money import SCALE, to_scaled
from models.people.covering import Covering

UNDATED = 10  # working days over which work without a day is spread
_SEARCHED = 90  # days within which somebody's next working day is looked for
_ONE = timedelta(days=1)

Cells = dict[tuple[int, date], int]  # who and when → millionths of hours


@dataclass(frozen=True)
class Work:
    """What is to be spread: whose it is, from when to when; ``row`` None isn't in the book yet."""

    kind: str
    row: int | None
    owner: int
    units: int
    begins: date | None = None
    due: date | None = None
    after: date | None = None  # what it waits for is due then
    customer: int | None = None


class Hours:
    """Who is there for how many half days, and how long these are; each person's year is made once."""

    def __init__(self, roster: Roster, a_day: Decimal, own: Mapping[int, Decimal]) -> None:
        self._roster = roster
        self._a_day, self._own = a_day, own
        self._years: dict[tuple[int, int], bytearray] = {}
        self._begins: dict[int, int] = {}  # the ordinal of each year's first day
        self._none = bytearray(366)

    def halves(self, person: int, day: date) -> int:
        """How many half days of a day somebody works, 0 to 2."""
        year = self._years.get((person, day.year))
        if year is None:
            year = self._years[person, day.year] = self._made(person, day.year)
        begins = self._begins.get(day.year)
        if begins is None:
            begins = self._begins[day.year] = date(day.year, 1, 1).toordinal()
        return year[day.toordinal() - begins]

    def _made(self, person: int, year: int) -> bytearray:
        days = self._roster.get(person)
        if days is None:
            return self._none
        return days.halves_each(date(year, 1, 1), date(year, 12, 31))

    def a_day(self, person: int) -> Decimal:
        """How many hours of a whole day somebody can be given."""
        return self._own.get(person, self._a_day)

    def capacity(self, person: int, day: date) -> Decimal:
        """The hours of a day."""
        return self.a_day(person) * self.halves(person, day) / 2


class Spreading:
    """Puts work on days, by the hours and covers of a book as they are on a day."""

    def __init__(self, hours: Hours, covering: Covering, on: date) -> None:
        self.hours, self.covering, self.on = hours, covering, on

    def spread(self, work: Work) -> Cells:
        """Who does how much of it on which day; all of it, exactly.

        Over the days from its beginning to its due day, never before today, in proportion to the half
        days that whoever does it works. What is overdue is all for the next working day.
        """
        if not work.units:
            return {}
        if work.due is None:
            return self._over(work, self._undated(work))
        if work.due < self.on:
            return self._on_one_day(work, self.on)
        first = self._first(work)
        if work.begins is None:
            return self._over(work, self._late(work, first, work.due))
        return self._over(work, self._days(work, max(first, work.begins), work.due))

    def at(self, work: Work, exactly: bool) -> Cells:
        """Work of one day: on its day if ``exactly``, else on the working day next before it."""
        assert work.due is not None
        if work.due < self.on:
            return self._on_one_day(work, self.on)
        if exactly:
            person = self._worker(work, work.due)
            return {(person, work.due): work.units}
        return self._on_one_day(work, work.due)

    def _first(self, work: Work) -> date:
        """The first day on which it can be worked at; not after its due day."""
        assert work.due is not None
        first = self.on if work.after is None else max(self.on, work.after + _ONE)
        return min(first, work.due)

    def _worker(self, work: Work, day: date) -> int:
        if not self.covering.is_ever_away(work.owner):  # most are not, and are asked most often
            return work.owner
        found = self.covering.worker(work.kind, work.row, work.owner, day, work.customer).person
        return work.owner if found is None else found

    def _halves(self, work: Work, day: date) -> tuple[int, int]:
        person = self._worker(work, day)
        return person, self.hours.halves(person, day)

    def _days(self, work: Work, first: date, last: date) -> Iterator[tuple[date, int, int]]:
        day = min(first, last)
        while day <= last:
            person, halves = self._halves(work, day)
            if halves:
                yield day, person, halves
            day += _ONE

    def _late(self, work: Work, first: date, last: date) -> list[tuple[date, int, int]]:
        """The last days that are long enough for it."""
        made: list[tuple[date, int, int]] = []
        left, day = Decimal(work.units), last
        while day >= first and left > 0:
            person, halves = self._halves(work, day)
            if halves:
                made.append((day, person, halves))
                left -= self.hours.a_day(person) * halves / 2 * SCALE
            day -= _ONE
        return made[::-1]

    def _undated(self, work: Work) -> list[tuple[date, int, int]]:
        first = max(self.on, work.begins or self.on)
        if work.after is not None:
            first = max(first, work.after + _ONE)
        made = []
        for one in self._days(work, first, first + timedelta(_SEARCHED)):
            made.append(one)
            if len(made) == UNDATED:
                break
        return made

    def _over(self, work: Work, days: Iterable[tuple[date, int, int]]) -> Cells:
        listed = list(days)
        if not listed:
            return self._on_one_day(work, work.due or max(self.on, work.begins or self.on))
        made: Cells = {}
        parts = shared(work.units, [halves for _, _, halves in listed])
        for (day, person, _), units in zip(listed, parts, strict=True):
            if units:
                made[person, day] = units
        return made

    def _on_one_day(self, work: Work, day: date) -> Cells:
        """All of it on a day that is worked: this one, else the last before it, else the next one."""
        back = range((day - self.on).days + 1)
        for days in (*(-one for one in back), *range(1, _SEARCHED)):
            one = day + timedelta(days)
            person, halves = self._halves(work, one)
            if halves:
                return {(person, one): work.units}
        return {(work.owner, day): work.units}


def shared(units: int, weights: Sequence[int]) -> list[int]:
    """A whole in parts by weights; they add up to it, whatever the rounding."""
    total = sum(weights)
    made, before, seen = [], 0, 0
    for one in weights:
        seen += one
        upto = units * seen // total
        made.append(upto - before)
        before = upto
    return made


def parts_of(
    owner: int | None, others: Sequence[tuple[int, Decimal | None]]
) -> dict[int | None, int]:
    """The weights of who works on something together, in millionths; None is nobody yet.

    Those with a share have it, the owner has the rest; those without one share that rest evenly with the
    owner. Shares of more than the whole are all cut by the same part.
    """
    said: dict[int | None, int] = {
        person: to_scaled(share)
        for person, share in others
        if share is not None and person != owner
    }
    silent = [person for person, share in others if share is None and person != owner]
    rest: list[int | None] = [owner, *silent]
    left = max(0, SCALE - sum(said.values()))
    said.update(zip(rest, shared(left, [1] * len(rest)), strict=True))
    return {person: weight for person, weight in said.items() if weight}


def together(cells: Iterable[Cells]) -> Cells:
    """Several spreads as one."""
    made: Cells = {}
    for one in cells:
        for key, units in one.items():
            made[key] = made.get(key, 0) + units
    return made
