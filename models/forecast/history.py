"""The third reading: what history with its season lets expect of the rest of the period.

What is won so far, and what the days that are left usually bring. Of all together: the months since
the first closed deal, at most five years, by growth and season (``goals.history``). Of a person: the
own and the team's last 24 months pooled, with the team's season (``goals.chance``). Both reckon by
equivalent working days; deals that are open do not enter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from models.book import Book
from models.calendar.in_book import roster
from models.forecast.readings import Reading
from models.forecast.states import States
from models.forecast.window import Window
from models.money import SCALE
from models.periods import Period, month

if TYPE_CHECKING:
    from models.calendar.in_book import Roster
    from models.goals.evidence import Ahead, Stretch
    from models.goals.history import Season

TEAM = "team"
_YEARS = 5
_STRETCHES = 24
_CENT = SCALE // 100
_ONE = timedelta(days=1)
_YEAR = 365.25

Past = dict[int | str | None, Reading]
Month = tuple[int, int]


class _Span(NamedTuple):
    """A month, or the part of one, both days included."""

    when: Month
    first: date
    last: date

    @property
    def middle(self) -> date:
        """The day half-way."""
        return self.first + (self.last - self.first) / 2


def read(book: Book, states: States, period: Period, owners: Sequence[int | None]) -> Past:
    """By owner, and by ``TEAM`` for all, the reading from history; none without any."""
    won = _won(states)
    past = _past(states)
    if not past:
        return {}
    ahead = list(_months(max(states.day + _ONE, period.start), period.end - _ONE))
    made = _Reckoning(roster(book, today=states.day), states, won, past, ahead)
    window = Window.of(period, states.day)
    reached: dict[int | None, int] = defaultdict(int)
    for deal in states.deals.values():
        reached[deal.owner] += window.won(deal)
    return made.readings(reached, owners)


def _past(states: States) -> list[_Span]:
    """The months that are read, up to the day; none before anything was closed."""
    begins = min((one.closed_on for one in states.deals.values() if one.closed_on), default=None)
    if begins is None or begins > states.day.isoformat():
        return []
    first = max(date.fromisoformat(begins), month(states.day.year - _YEARS, states.day.month).start)
    return list(_months(first.replace(day=1), states.day))


def first_day(states: States, *, person: bool) -> date | None:
    """The first day that the reading of all together, or of a person, looks back to."""
    past = _past(states)[-_STRETCHES if person else 0 :]
    return past[0].first if past else None


def _won(states: States) -> dict[int | None, dict[Month, list[float]]]:
    """By owner and month the amounts won, in units of currency."""
    made: dict[int | None, dict[Month, list[float]]] = {}
    until = states.day.isoformat()
    for deal in states.deals.values():
        if deal.status == "won" and deal.closed_on is not None and deal.closed_on <= until:
            when = int(deal.closed_on[:4]), int(deal.closed_on[5:7])
            made.setdefault(deal.owner, {}).setdefault(when, []).append(deal.amount / SCALE)
    return made


def _months(first: date, last: date) -> Iterator[_Span]:
    """The months from one day to another, the first and the last as far as they are in."""
    day = first
    while day <= last:
        end = month(day.year, day.month).end - _ONE
        yield _Span((day.year, day.month), day, min(end, last))
        day = end + _ONE


class _Reckoning:
    """Past months and those ahead, with everybody's working days in them."""

    def __init__(
        self,
        people: Roster,
        states: States,
        won: dict[int | None, dict[Month, list[float]]],
        past: Sequence[_Span],
        ahead: Sequence[_Span],
    ) -> None:
        self._people = people
        self._today = states.day
        self._won = won
        self._past = past
        self._ahead = ahead

    def readings(self, reached: dict[int | None, int], owners: Sequence[int | None]) -> Past:
        """Everybody's reading, and that of all together."""
        from models.goals import chance, history

        months = [
            history.Month(*span.when, sum(map(sum, self._all_won(span))), self._days(span))
            for span in self._past
        ]
        season = history.season_of(months)
        made: Past = {}
        ahead = [(*span.when, self._days(span)) for span in self._ahead]
        total = sum(reached.values())
        if (found := history.forecast(months, ahead, total / SCALE)) is not None:
            won = sum(len(amounts) for span in self._past for amounts in self._all_won(span))
            made[TEAM] = _reading(found.low, found.mid, found.high, won, found.method)
        stretches = {one: self._stretches(one, season) for one in self._people}
        team = chance.fit_team(list(stretches.values()))
        for owner in owners:
            if owner is None or owner not in stretches:
                continue
            so_far = reached.get(owner, 0)
            outlook = chance.outlook_of_sum(
                stretches[owner], team, self._left(owner, season), so_far / SCALE
            )
            mid, span = outlook.quantile(0.5), outlook.span()
            if mid is not None and span is not None:
                basis = outlook.basis
                made[owner] = _reading(span[0], mid, span[1], basis.own, basis.method)
        return made

    def _all_won(self, span: _Span) -> Iterator[list[float]]:
        return (months.get(span.when, []) for months in self._won.values())

    def _days(self, span: _Span) -> float:
        """Working days of everybody; of the calendar where nobody is listed."""
        days = self._people.equivalent(list(self._people), span.first, span.last)
        return float(days) or float(self._people.calendar.count(span.first, span.last))

    def _stretches(self, person: int, season: Season) -> list[Stretch]:
        from models.goals.evidence import Stretch

        made = []
        for span in self._past[-_STRETCHES:]:
            days = float(self._people[person].equivalent(span.first, span.last))
            amounts = self._won.get(person, {}).get(span.when, [])
            if days or amounts:
                factor, spread = season.over([(span.when[1], days)])
                age = (self._today - span.middle).days / _YEAR
                made.append(Stretch(days, amounts, age=age, season=factor, season_spread=spread))
        return made

    def _left(self, person: int, season: Season) -> Ahead:
        from models.goals.evidence import Ahead

        days = [
            (span.when[1], float(self._people[person].equivalent(span.first, span.last)))
            for span in self._ahead
        ]
        if not days:
            return Ahead(0.0)
        middle = self._ahead[0].first + (self._ahead[-1].last - self._ahead[0].first) / 2
        return Ahead(
            sum(one for _, one in days),
            *season.over(days),
            years=(middle - self._today).days / _YEAR,
        )


def _reading(low: float, mid: float, high: float, n: int, method: str) -> Reading:
    """A reading to the cent."""
    low_, mid_, high_ = (round(one * 100) * _CENT for one in (low, mid, high))
    return Reading(min(low_, mid_), mid_, max(high_, mid_), n, method)
