"""What can be expected of people in a period, before a goal is set: read once, asked at every keystroke.

Making ``Prospects`` reads the records of two years and the sums of past periods (a job); ``reach`` is
then reckoned in memory, some milliseconds an outlook. It knows everybody, so other people, periods and
levels need no further reading as long as the measure and the kind of period stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.book import Book
from models.calendar.in_book import roster
from models.goals.actuals import Actuals
from models.goals.evidence import Ahead, Basis, Chance
from models.goals.open_deals import WON, WON_COUNT, OpenDeals
from models.goals.past import MONTHS, Past, kind_of, trials
from models.goals.scope import People, Scope
from models.goals.weights import before, months_of
from models.measures.definition import Definition
from models.periods import Period
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.goals.parts import Cascade, Key
    from models.goals.smart_draft import Draft

_ONE = timedelta(days=1)
_PERIODS = 8  # past periods that a level is held against
_DIGITS = 3  # of a suggested level
_NOBODY = Basis("none", 0, 0, 0, 0.0)


@dataclass(frozen=True)
class Reach:
    """The chances of a goal's levels, levels that would fit, and on what both rest.

    ``why_not`` says, in words, why there are none. ``reached_before`` of ``periods`` past periods of the
    same kind came to the target; ``days`` of full persons are ahead; ``deals`` open ones are counted.
    """

    chances: dict[str, Chance] = field(default_factory=dict)
    levels: dict[str, Decimal | None] = field(default_factory=dict)
    basis: Basis = _NOBODY
    months: int = 0
    days: Decimal = Decimal(0)
    deals: int = 0
    reached_before: int = 0
    periods: int = 0
    why_not: str = ""


class Prospects:
    """The past of everybody by one measure, up to a day."""

    def __init__(
        self, book: Book, what: Definition, period: Period, on: date | None = None
    ) -> None:
        """Read what is needed: a job.

        Args:
            period: the goal's; past periods of its kind are read.
            on: today; records up to and including it count.
        """
        self.what, self.on = what, on or date.today()
        self.calendar, self.roster = book.calendar, roster(book, self.on)
        self.kind = kind_of(what)
        self._past, self._sums = Past(what, self.on), Actuals()
        self._window, self._before = period, before(period, book.calendar, _PERIODS)
        windows = [(one.start, one.end - _ONE) for one in self._before]
        windows.append((period.start, min(period.end - _ONE, self.on)))
        with book.reading() as db:
            self.people = People.read(db)
            if self.kind:
                self._past.read(db, book)
            self._sums.read(db, book, {what.code: windows})
            self._deals = OpenDeals.read(db) if what.code in WON else OpenDeals()

    def fits(self, made: Draft) -> bool:
        """Whether a draft can be asked about without reading again."""
        return made.what is self.what and made.period == self._window and made.on == self.on

    def of(self, made: Draft) -> Reach:
        """What can be said of a goal as it is being written."""
        assert made.period is not None
        level, team, person = (made.values.get(one) for one in ("level", "team", "person"))
        scope = self.people.scope(level, team, person)
        levels = {
            name: value
            for name in ("floor", "target", "stretch")
            if (value := made.amount(name)) is not None
        }
        return self.reach(scope, made.period, levels, made.down)

    def reach(
        self,
        scope: Scope,
        period: Period,
        levels: Mapping[str, Decimal],
        down: bool = False,
        away: Mapping[int, Decimal] | None = None,
    ) -> Reach:
        """The chances of levels of some people (None: all) in a period.

        ``away``: days of leave that are only thought of, by person.
        """
        if not self.kind:
            said = tr(N_("No chance can be reckoned for {measure}."), measure=self.what.text())
            return Reach(why_not=said)
        outlook, days, deals = self._outlook(scope, period, away or {})
        if outlook.basis.method == "none":
            return Reach(why_not=tr(N_("There is no record to judge by; it is a guess.")))
        from models.goals.chance import standing, suggest

        chances = {name: outlook.chance(float(value), down) for name, value in levels.items()}
        found = suggest(outlook, down)
        fitting = {
            name: None if found is None else self._rounded(getattr(found, name))
            for name in ("floor", "target", "stretch")
        }
        reached = periods = 0
        if "target" in levels and period == self._window:
            stood = standing(outlook, float(levels["target"]), self._values(scope), down)
            reached, periods = stood.reached_before, stood.periods
        return Reach(
            chances, fitting, outlook.basis, min(len(self._past.months()), MONTHS + 1), days, deals,
            reached, periods,
        )  # fmt: skip

    def _outlook(self, scope: Scope, period: Period, away: Mapping[int, Decimal]) -> Any:
        from models.goals.chance import outlook_of_mean, outlook_of_rate, outlook_of_sum

        own = self._past.own(scope, self.roster)
        alone = scope is not None and len(scope) == 1
        team = self._past.fit(self.roster, self.kind) if alone else None
        ahead, days = self._ahead(scope, period, away)
        last = min(period.end - _ONE, self.on)
        done = self._sums.of(self.what.code, scope, period.start, last)
        top, below = float(done.numerator), float(done.denominator or 0)
        if self.kind == "rate":
            return outlook_of_rate(trials(own), team, ahead, (top, below)), days, 0
        if self.kind == "mean":
            return outlook_of_mean(own, team, ahead, (top, below)), days, 0
        first, counted = max(period.start, self.on + _ONE), self.what.code == WON_COUNT
        deals = self._deals.expected(scope, first, period.end - _ONE, counted, self.on)
        found = outlook_of_sum(own, team, ahead, top, deals)
        return found, days, len(deals.deals) if deals else 0

    def _ahead(
        self, scope: Scope, period: Period, away: Mapping[int, Decimal]
    ) -> tuple[Ahead, Decimal]:
        people = self._past.working(scope, self.roster)
        first, last = max(period.start, self.on + _ONE), period.end - _ONE
        if first > last:
            return Ahead(0.0), Decimal(0)
        spent, parts = Decimal(0), []
        for piece in months_of(Period(first, period.end, "")):
            here = self.roster.equivalent(people, piece.start, piece.end - _ONE)
            spent += here
            parts.append((piece.start.month, float(here)))
        factor, spread = self._past.season(self.roster).over(parts)
        spent = max(
            spent - sum((away.get(one, Decimal(0)) for one in people), Decimal(0)), Decimal(0)
        )
        years = ((first - self.on).days + (last - first).days / 2) / 365.25
        return Ahead(float(spent), factor, spread, years), spent

    def _values(self, scope: Scope) -> list[float]:
        """What the past periods came to, from the first with a record on."""
        found: list[float] = []
        for one in self._before:
            actual = self._sums.of(self.what.code, scope, one.start, one.end - _ONE)
            if (actual.n or found) and actual.value is not None:
                found.append(float(actual.value))
        return found

    def _rounded(self, value: float) -> Decimal:
        """A level as people would set it: three digits, whole counts, percentages to a tenth."""
        exact = Decimal(repr(value))
        if self.what.unit == "percent":
            return round(exact, 3)
        if not exact:
            return Decimal(0)
        places = _DIGITS - 1 - exact.adjusted()
        if self.what.unit == "count":
            places = min(places, 0)
        return Decimal(f"{round(exact, places):f}")

    def of_parts(self, made: Cascade) -> dict[Key, Chance]:
        """The chance of every part of a split to reach its target, leave that is thought of included.

        Parts whose chance can't be told are not in it. About 2 ms a part.
        """
        found: dict[Key, Chance] = {}
        waiting = list(made.parts)
        down = (made.goal.direction or self.what.direction) == "down"
        while waiting:
            part = waiting.pop()
            waiting += part.parts
            scope = self.people.scope(part.level, part.team, part.person)
            first, last = max(part.period.start, self.on + _ONE), part.period.end - _ONE
            away = {
                one: self.roster.equivalent([one], first, last)
                - made.grounds.days(one, first, last)
                for one in made.plan.away
                if first <= last
            }
            reached = self.reach(scope, part.period, {"target": part.target}, down, away)
            if "target" in reached.chances:
                found[part.key] = reached.chances["target"]
        return found
