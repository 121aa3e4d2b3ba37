"""The chances of goals, from what each person and the team did in the two years before a day.

One scan a measure reads every record of those years; stretches of a month each, the fit over all
people and the season are made from it and kept. After a change only the records of those whom it
touched are read again. Of what is won, open deals that are expected in the days left stand for their
part (``open_deals``), on today's day; how they were on an earlier one is not known here. Sums, shares of events and means of events have a chance; what stands at a
period's end, and quotients of two amounts, have none: nothing here models how they move.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.book import Book
from models.calendar.in_book import Roster
from models.dialects import Connection
from models.goals.actuals import Window
from models.goals.attainment import meets
from models.goals.evidence import Ahead, Chance, Deals, Stretch, Trials
from models.goals.open_deals import WON, WON_COUNT, OpenDeals
from models.goals.pace import LEVELS, Standing
from models.goals.scope import Scope
from models.measures import batch
from models.measures.definition import Definition
from models.money import SCALE
from models.periods import Period, month

if TYPE_CHECKING:
    from models.goals.outlook import Outlook

MONTHS = 24
_YEAR = 365.25
_ONE = timedelta(days=1)


def kind_of(what: Definition | None) -> str:
    """How the chance of a measure is reckoned: ``sum``, ``rate`` or ``mean``; empty: not at all."""
    if what is None or what.median or not (batch.adds_up(what) and what.trials):
        return ""
    if what.denominator is None:
        return "sum"
    if what.denominator != "1":
        return ""
    return "rate" if what.unit == "percent" else "mean"


class Past:
    """What everybody did in the two years up to a day, by one measure."""

    def __init__(self, what: Definition, on: date) -> None:
        self.what, self.on = what, on
        self._done: dict[int | None, dict[str, array[float]]] = {}
        self._stretches: dict[int, list[Stretch]] = {}
        self._season: Any = None
        self._fit: Any = None
        self._months: list[Period] | None = None
        self._deals = OpenDeals()

    def read(self, db: Connection, book: Book, owners: set[int | None] | None = None) -> None:
        """Read the records of everybody, or of some people again."""
        window = month(self.on.year, self.on.month - MONTHS).start, self.on
        scale = float(SCALE) if self.what.scaled else 1.0
        fresh: dict[int | None, dict[str, array[float]]] = defaultdict(dict)
        for person, when, top, _ in batch.events(db, book, self.what, window, owners):
            fresh[person].setdefault(when, array("d")).append((top or 0) / scale)
        for one in self._done.keys() if owners is None else owners:
            fresh.setdefault(one, {})
        self._done.update(fresh)
        if self.what.code in WON and self.on >= date.today():
            self._deals = OpenDeals.read(db)
        self._months = None
        self.forget_days()

    def forget_days(self) -> None:
        """The calendar or somebody's days changed: what was made of them is made again."""
        self._stretches, self._season, self._fit = {}, None, None

    def months(self) -> list[Period]:
        """The months from the first with a record to the day."""
        if self._months is None:
            self._months = self._seen_months()
        return self._months

    def _seen_months(self) -> list[Period]:
        seen = [when for each in self._done.values() for when in each]
        if not seen:
            return []
        made, first = [], min(seen)
        year, number = int(first[:4]), int(first[5:])
        while (one := month(year, number)).start <= self.on:
            made.append(one)
            number += 1
        return made

    def season(self, roster: Roster) -> Any:
        """The season in the months of all people together."""
        if self._season is None:
            from models.goals.history import Month, season_of

            people = [one for one in self._done if one is not None]
            told = []
            for one in self.months():
                if one.end > self.on + _ONE:  # a month that isn't over says nothing of its season
                    continue
                total = sum(sum(each.get(one.label, ())) for each in self._done.values())
                days = float(roster.equivalent(people, one.start, one.end - _ONE))
                told.append(Month(one.start.year, one.start.month, total, days))
            self._season = season_of(told)
        return self._season

    def stretches(self, person: int, roster: Roster) -> list[Stretch]:
        """One person's months; the elapsed part of the running one is the last."""
        if person not in self._stretches:
            self._stretches[person] = self._made(person, roster)
        return self._stretches[person]

    def _made(self, person: int, roster: Roster) -> list[Stretch]:
        one, done = roster.get(person), self._done.get(person, {})
        if one is None or (not done and one.person.hired is None):
            return []
        season = self.season(roster)
        begun = min(done) if one.person.hired is None else ""
        made = []
        for period in self.months():
            if period.label < begun:
                continue
            last = min(period.end - _ONE, self.on)
            days = float(one.equivalent(period.start, last))
            amounts = done.get(period.label, ())
            if days or amounts:
                age = (self.on - period.start - (last - period.start) / 2).days / _YEAR
                at = period.start.month - 1
                made.append(
                    Stretch(days, amounts, None, age, season.factors[at], season.spreads[at])
                )
        return made

    def everybody(self, roster: Roster) -> list[list[Stretch]]:
        """The stretches of each person who has any."""
        people = [one for one in self._done if one is not None]
        return [found for one in people if (found := self.stretches(one, roster))]

    def fit(self, roster: Roster, kind: str) -> Any:
        """What the team's past says of each of its people."""
        if self._fit is None:
            from models.goals.chance import fit_team, fit_trials

            listed = self.everybody(roster)
            self._fit = (
                fit_trials([trials(one) for one in listed]) if kind == "rate" else fit_team(listed)
            )
        return self._fit

    def open_deals(self, scope: Scope, first: date, last: date) -> Deals | None:
        """The open deals of some people that are expected in some days after the day."""
        first = max(first, self.on + _ONE)
        return self._deals.expected(scope, first, last, self.what.code == WON_COUNT, self.on)

    def working(self, scope: Scope, roster: Roster) -> list[int]:
        """Those of some people whose days count ahead: who has no past has no rate to bring.

        One person alone is judged by the team's.
        """
        people = [one for one in roster if scope is None or one in scope]
        if len(people) < 2:
            return people
        return [one for one in people if self.stretches(one, roster)]

    def own(self, scope: Scope, roster: Roster) -> list[Stretch]:
        """The stretches of some people as those of one: days and records of each month together."""
        people = [one for one in self._done if one is not None] if scope is None else scope
        if len(people) == 1:
            return self.stretches(next(iter(people)), roster)
        by_age: dict[float, list[Stretch]] = defaultdict(list)
        for person in people:
            for one in self.stretches(person, roster):
                by_age[one.age].append(one)
        return [_merged(each) for _, each in sorted(by_age.items(), reverse=True)]


def _merged(each: list[Stretch]) -> Stretch:
    amounts = array("d")
    for one in each:
        amounts.extend(one.amounts)
    first, days = each[0], sum(one.days for one in each)
    return Stretch(days, amounts, None, first.age, first.season, first.season_spread)


def trials(stretches: Iterable[Stretch]) -> Trials:
    """All stretches of one person as trials: each record is one, its part above the line a success."""
    days = successes = count = 0.0
    for one in stretches:
        days, successes, count = (
            days + one.days,
            successes + sum(one.amounts),
            count + len(one.amounts),
        )
    return Trials(days, successes, count)


def _float(value: Decimal | None) -> float:
    return float(value or 0)


def ahead_of(window: Window, scope: Scope, past: Past, roster: Roster) -> Ahead:
    """What is left of some days (inclusive) after the day of the past."""
    people = past.working(scope, roster)
    first, last = max(window[0], past.on + _ONE), window[1]
    parts = []
    start = first
    while start <= last:
        end = min(month(start.year, start.month).end - _ONE, last)
        parts.append((start.month, float(roster.equivalent(people, start, end))))
        start = end + _ONE
    factor, spread = past.season(roster).over(parts)
    years = max((first - past.on).days + (last - first).days / 2, 0) / _YEAR
    return Ahead(sum(days for _, days in parts), factor, spread, years)


def outlook_for(
    window: Window, reached: tuple[float, float], scope: Scope, past: Past, roster: Roster
) -> Outlook:
    """What is to come for some people in some days (inclusive), ``reached`` (above and below the
    line) so far in them. The measure must be of a kind that has chances."""
    from models.goals.chance import outlook_of_mean, outlook_of_rate, outlook_of_sum

    kind = kind_of(past.what)
    own = past.own(scope, roster)
    alone = scope is not None and len(scope) == 1
    team = past.fit(roster, kind) if alone else None
    ahead = ahead_of(window, scope, past, roster)
    if kind == "sum":
        deals = past.open_deals(scope, *window)
        return outlook_of_sum(own, team, ahead, reached[0], deals)
    if kind == "rate":
        return outlook_of_rate(trials(own), team, ahead, reached)
    return outlook_of_mean(own, team, ahead, reached)


def outlook_of(one: Standing, scope: Scope, past: Past, roster: Roster) -> Outlook | None:
    """What is to come for a goal; None where nothing can be told."""
    first, last = one.goal.first, one.goal.last
    if not kind_of(one.what) or first is None or last is None:
        return None
    top = _float(one.actual.numerator) if one.actual else 0.0
    below = _float(one.actual.denominator) if one.actual else 0.0
    found = outlook_for((first, last), (top, below), scope, past, roster)
    return None if found.basis.method == "none" else found


def chances(one: Standing, outlook: Outlook | None) -> dict[str, Chance]:
    """The chances of a goal's floor, target and stretch by its outlook; those not set are not in it."""
    levels = {name: level for name in LEVELS if (level := one.goal.level_of(name)) is not None}
    if outlook is None:
        return {}
    return {name: outlook.chance(float(level), one.down) for name, level in levels.items()}


def settled(one: Standing) -> dict[str, Chance]:
    """The chances of a goal whose period is over: its levels are reached or not."""
    made = {}
    for name in LEVELS:
        level = one.goal.level_of(name)
        if level is not None and one.value is not None:
            sure = float(meets(one.value, level, one.down))
            made[name] = Chance(sure, sure, sure)
    return made
