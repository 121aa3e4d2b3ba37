"""The deals of the sample: who opened what with whom, how it moved through the stages, how it ended."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.dice import Dice, Wheel
from models.sample.goods import Baskets, Line
from models.sample.team import Person
from models.sample.words import Words

CLOSED = 13.5  # deals that somebody of ordinary pace closes in a month
OPEN = 24  # open deals of somebody of ordinary pace
_WORTH = 15_000.0  # median of a deal
WON, LOST = 4, 5  # places of the last two stages
# How often deals that get so far are won, as this team wins; of new books the odds are lower.
ODDS = tuple(map(Decimal, ("0.55", "0.7", "0.8", "0.9", "1", "0")))
# How far deals get that are lost, and that are open.
_LOST_AT = Wheel(range(4), (44, 24, 20, 12))


# What owners say of deals that have got so far.
_SAID = (
    ("upside", None, None),
    ("upside", "likely", None),
    ("likely", "likely", "commit"),
    ("commit", "commit", "likely"),
)


@dataclass(frozen=True)
class Step:
    """A row of a deal's history."""

    at: date
    stage: int
    amount: Decimal | None
    expected_close: date
    probability: Decimal


@dataclass
class Deal:
    """An opportunity with its history; ``lines`` is what is ordered when it is won."""

    code: str
    name: str
    customer: int
    contact: int
    owner: int
    product: int
    stage: int
    status: str
    amount: Decimal | None
    probability: Decimal
    opened_on: date
    expected_close: date
    closed_on: date | None
    lost_reason: str | None
    source: str
    notes: str | None
    forecast_category: str | None = None
    lines: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


class Market:
    """Whose customers are there on a day, the large ones met more often."""

    def __init__(self, known: list[Customer], people: int) -> None:
        self._known = known
        self._days: list[list[date]] = []
        self._wheels: list[Wheel[int]] = []
        for person in range(people):
            own = [at for at, one in enumerate(known) if person in (one.owner, one.before)]
            own.sort(key=lambda at: known[at].first_contact_on)
            self._days.append([known[at].first_contact_on for at in own])
            self._wheels.append(Wheel(own, [known[at].weight for at in own]))

    def customer(self, owner: int, day: date, dice: Dice) -> int | None:
        """A customer whom a person looked after on a day; None when there was none yet."""
        among = bisect_right(self._days[owner], day)
        for _ in range(20 if among else 0):
            at = dice.draw(self._wheels[owner], among)
            if self._known[at].owner_on(day) == owner:
                return at
        return None


class Deals:
    """Draws the deals one by one."""

    def __init__(
        self,
        words: Words,
        calendar: Calendar,
        team: list[Person],
        known: list[Customer],
        first_contact: list[int],
        baskets: Baskets,
        dice: Dice,
    ) -> None:
        self._words, self._calendar, self._team, self._dice = words, calendar, team, dice
        self._known, self._first_contact, self._baskets = known, first_contact, baskets
        self._market = Market(known, len(team))
        self._names, self._sources = Wheel.of(words.deal), Wheel.of(words.sources)
        self._reasons = Wheel.of(words.lost_reasons)

    def all(self) -> list[Deal]:
        """All deals in the order in which they were opened, with their numbers."""
        made = [one for at in range(len(self._team)) for one in self._of(at)]
        made.sort(key=lambda one: (one.opened_on, one.owner, one.customer))
        for at, one in enumerate(made):
            one.code = f"OP{one.opened_on:%y%m}{at + 1:04}"
        return made

    def _of(self, owner: int) -> list[Deal]:
        person, dice, days = self._team[owner], self._dice, self._calendar.days
        weights = [
            weight * person.ramp(day)
            for day, weight in zip(days, self._calendar.weights, strict=True)
        ]
        share = sum(weights) / sum(self._calendar.weights)
        wheel = Wheel(days, weights)
        made = [
            self._closed(owner, dice.draw(wheel))
            for _ in range(dice.count(CLOSED * 24 * person.pace * share))
        ]
        now = person.pace * (0.4 + 0.6 * person.ramp(self._calendar.today))
        made += [self._open(owner) for _ in range(dice.count(OPEN * now))]
        return [one for one in made if one is not None]

    def _closed(self, owner: int, closed: date) -> Deal | None:
        dice = self._dice
        won = dice.happens(self._team[owner].wins)
        days = dice.spread(57, 0.48) if won else dice.spread(14, 1.1)
        opened = self._calendar.before(closed - timedelta(days=round(min(days, 300))))
        deal = self._begin(owner, opened, dice.spread(1.0, 0.9))
        if deal is None:
            return None
        deal.owner = self._known[deal.customer].owner_on(closed)
        deal.closed_on = closed
        deal.stage = WON if won else LOST
        deal.status = "won" if won else "lost"
        passed = 4 if won else dice.draw(_LOST_AT) + 1
        if not won:
            deal.lost_reason = dice.draw(self._reasons)
        self._walk(deal, passed, closed)
        return deal

    def _open(self, owner: int) -> Deal | None:
        dice, today = self._dice, self._calendar.today
        age = min(int(dice.expovariate(1 / 42)), 240)
        opened = self._calendar.before(today - timedelta(days=age))
        deal = self._begin(owner, opened, dice.spread(1.1, 0.9))
        if deal is None:
            return None
        deal.owner = self._known[deal.customer].owner_on(today)
        deal.stage = min(int(dice.spread(0.6 + age / 24, 0.55)), 3)
        self._walk(deal, deal.stage + 1, today)
        if deal.stage == 0 and dice.happens(0.25):
            self._unpriced(deal)
        deal.forecast_category = dice.choice(_SAID[deal.stage])
        return deal

    def _begin(self, owner: int, opened: date, size: float) -> Deal | None:
        """A deal on its first day; its worth follows the customer's size."""
        dice = self._dice
        at = self._market.customer(owner, opened, dice)
        if at is None:
            return None
        customer = self._known[at]
        worth = _WORTH * size * customer.weight**0.6
        product = self._baskets.main(worth)
        lines = self._baskets.lines(worth, product)
        name = dice.draw(self._names).format(
            customer=customer.short, goods=self._words.goods[product].subcategory
        )
        return Deal(
            code="",
            name=name,
            customer=at,
            contact=self._first_contact[at],
            owner=owner,
            product=product,
            stage=0,
            status="open",
            amount=sum((one.amount for one in lines), Decimal(0)),
            probability=ODDS[0],
            opened_on=opened,
            expected_close=opened,
            closed_on=None,
            lost_reason=None,
            source=dice.draw(self._sources) if dice.happens(0.5) else customer.source,
            notes=dice.choice(self._words.remarks) if dice.happens(0.06) else None,
            lines=lines,
        )

    def _walk(self, deal: Deal, passed: int, until: date) -> None:
        """Give a deal its history: the open stages it passed, changes of amount and date, its end."""
        dice, calendar = self._dice, self._calendar
        final = deal.amount or Decimal(0)
        span = (until - deal.opened_on).days
        shares = sorted(dice.random() for _ in range(passed - 1))
        days = [deal.opened_on] + [
            max(calendar.before(deal.opened_on + timedelta(days=int(span * one))), deal.opened_on)
            for one in shares
        ]
        planned = calendar.after(deal.opened_on + timedelta(days=dice.randint(20, 75)))
        amount = self._rounded(final, dice.spread(1.0, 0.3))
        for stage, day in enumerate(days):
            if stage and dice.happens(0.5):
                amount = self._rounded(final, dice.spread(1.0, 0.35 / (stage + 1)))
            while planned <= day:
                planned = calendar.after(planned + timedelta(days=dice.randint(10, 45)))
            deal.steps.append(Step(day, stage, amount, planned, ODDS[stage]))
        if deal.closed_on is None:
            deal.amount = amount
            self._slip(deal)
        else:
            if deal.status == "lost":
                deal.amount = amount
            deal.steps.append(
                Step(deal.closed_on, deal.stage, deal.amount, planned, ODDS[deal.stage])
            )
        last = deal.steps[-1]
        deal.expected_close, deal.probability = last.expected_close, last.probability

    def _slip(self, deal: Deal) -> None:
        """An open deal's date is moved in time, except for those that nobody has looked at."""
        today, last = self._calendar.today, deal.steps[-1]
        if last.expected_close > today or self._dice.happens(0.7):
            return
        day = self._calendar.before(today - timedelta(days=self._dice.randint(0, 12)))
        planned = self._calendar.after(today + timedelta(days=self._dice.randint(5, 60)))
        deal.steps.append(
            Step(max(day, last.at), last.stage, last.amount, planned, last.probability)
        )

    def _unpriced(self, deal: Deal) -> None:
        deal.amount = None
        deal.steps = [
            Step(one.at, one.stage, None, one.expected_close, one.probability) for one in deal.steps
        ]

    @staticmethod
    def _rounded(value: Decimal, factor: float) -> Decimal:
        """An estimate as people write it: hundreds, or thousands of larger amounts."""
        guess = float(value) * factor
        step = 1000 if guess > 20_000 else 100
        return Decimal(max(round(guess / step) * step, step))
