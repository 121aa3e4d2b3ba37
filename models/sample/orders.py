"""The orders of the sample: of won deals, and those that customers repeat; and how they were paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.deals import Deal
from models.sample.dice import Dice, Wheel
from models.sample.goods import Baskets, Line
from models.sample.team import Person
from models.sample.words import Words

_OLD_BUYERS = 420  # customers that already bought before the two years
_WORTH = 5_000.0  # median of a repeated order
_LIVELIEST = 2.0  # no month sells more than this many times the average
_SITS_IN = 0.1  # share of repeated orders that a colleague may take


@dataclass
class Order:
    """An order as the book holds it, with its lines; links are places in the lists."""

    customer: int
    owner: int
    region: int
    country: str
    province: str
    city: str
    ordered_on: date
    due_on: date
    shipped_on: date | None
    ship_mode: str
    amount: Decimal
    lines: list[Line]
    code: str = ""
    returned: bool = False
    status: str = "confirmed"


@dataclass
class Receipt:
    """Money that came in for an order."""

    customer: int
    order: int
    received_on: date
    amount: Decimal
    method: str
    code: str = ""


class Orders:
    """Draws the orders and their receipts."""

    def __init__(
        self,
        words: Words,
        calendar: Calendar,
        team: list[Person],
        known: list[Customer],
        baskets: Baskets,
        dice: Dice,
    ) -> None:
        self._team, self._calendar, self._known, self._dice = team, calendar, known, dice
        self._baskets = baskets
        self._methods = Wheel.of(words.methods)
        self._modes = Wheel.of(words.ship_modes)

    def all(self, deals: Iterable[Deal]) -> list[Order]:
        """All orders by day, with their numbers."""
        dice, calendar = self._dice, self._calendar
        made: list[Order] = []
        firsts: dict[int, date] = {}
        for deal in deals:
            if deal.status != "won" or deal.closed_on is None:
                continue
            day = calendar.after(deal.closed_on + timedelta(days=dice.choice((0, 0, 0, 1, 2, 3))))
            day = min(day, calendar.today) if day > calendar.today else day
            made.append(
                self._order(deal.customer, deal.owner, max(day, deal.closed_on), deal.lines)
            )
            first = firsts.get(deal.customer)
            firsts[deal.customer] = min(first, day) if first else day
        for at in self._old_buyers():
            firsts.setdefault(at, calendar.start + timedelta(days=dice.randrange(150)))
        for at in sorted(firsts):
            made += self._repeated(at, firsts[at])
        made.sort(key=lambda one: (one.ordered_on, one.customer))
        number: Counter[date] = Counter()
        for one in made:
            number[one.ordered_on] += 1
            one.code = f"SO{one.ordered_on:%Y%m%d}-{number[one.ordered_on]:03}"
        return made

    def _old_buyers(self) -> list[int]:
        old = [
            at for at, one in enumerate(self._known) if one.first_contact_on < self._calendar.start
        ]
        wheel = Wheel(old, [self._known[at].weight for at in old])
        return sorted({self._dice.draw(wheel) for _ in range(2 * _OLD_BUYERS)})[::2] if old else []

    def _repeated(self, at: int, first: date) -> list[Order]:
        """What a customer orders again: gaps with a long tail, fewer in slack months."""
        dice, calendar, customer = self._dice, self._calendar, self._known[at]
        made: list[Order] = []
        day = first
        while True:
            day = calendar.after(day + timedelta(days=max(round(dice.spread(105, 0.94)), 1)))
            if day > calendar.today or dice.happens(0.06):
                return made
            slack = 0.5 if calendar.near_feast(day) else 1.0
            if not dice.happens(0.45 + 0.55 * slack * calendar.season(day) / _LIVELIEST):
                continue
            worth = dice.spread(_WORTH, 0.9) * customer.weight**0.6
            lines = self._baskets.lines(worth, self._baskets.main(worth))
            order = self._order(at, self._seller(customer, day), day, lines)
            if dice.happens(0.04):
                order.status, order.shipped_on = "cancelled", None
            made.append(order)

    def _seller(self, customer: Customer, day: date) -> int:
        """Who takes an order: the owner, or somebody of the team who sits in for them."""
        owner = customer.owner_on(day)
        if self._dice.happens(_SITS_IN):
            team = self._team[owner].team
            near = [
                at for at, one in enumerate(self._team) if one.team == team and one.hire_date <= day
            ]
            return self._dice.choice(near)
        return owner

    def _order(self, at: int, owner: int, day: date, lines: list[Line]) -> Order:
        dice, calendar, customer = self._dice, self._calendar, self._known[at]
        shipped = calendar.after(day + timedelta(days=round(dice.spread(6, 0.7)) + 1))
        there = shipped <= calendar.today
        return Order(
            customer=at,
            owner=owner,
            region=customer.region,
            country=customer.country,
            province=customer.province,
            city=customer.city,
            ordered_on=day,
            due_on=day + timedelta(days=customer.terms),
            shipped_on=shipped if there else None,
            ship_mode=dice.draw(self._modes),
            amount=sum((one.amount for one in lines), Decimal(0)),
            lines=lines,
            returned=there and dice.happens(0.012),
            status="shipped" if there else "confirmed",
        )

    def receipts(self, orders: list[Order]) -> list[Receipt]:
        """What was paid for the orders up to today; an order that is paid and shipped is done."""
        made: list[Receipt] = []
        for at, order in enumerate(orders):
            if order.status == "cancelled":
                continue
            paid = Decimal(0)
            for day, part in self._payments(order):
                if day <= self._calendar.today:
                    made.append(
                        Receipt(order.customer, at, day, part, self._dice.draw(self._methods))
                    )
                    paid += part
            if paid == order.amount and order.shipped_on:
                order.status = "done"
        made.sort(key=lambda one: (one.received_on, one.order))
        number: Counter[date] = Counter()
        for one in made:
            number[one.received_on] += 1
            one.code = f"RC{one.received_on:%Y%m%d}-{number[one.received_on]:03}"
        return made

    def _payments(self, order: Order) -> list[tuple[date, Decimal]]:
        """Days and parts; some pay a share in advance, few pay very late or not all."""
        dice, calendar = self._dice, self._calendar
        late = dice.choices(
            (dice.randint(-6, 0), dice.randint(0, 14), dice.randint(15, 60), dice.randint(91, 200)),
            (38, 42, 16, 4),
        )[0]
        last = max(calendar.after(order.due_on + timedelta(days=late)), order.ordered_on)
        if order.amount < 8_000 or not dice.happens(0.32):
            return [(last, order.amount)]
        share = Decimal(dice.choice((20, 30, 30, 50))) / 100
        ahead = (order.amount * share).quantize(Decimal("0.01"))
        first = min(calendar.after(order.ordered_on + timedelta(days=dice.randint(0, 5))), last)
        parts = [(first, ahead), (last, order.amount - ahead)]
        return parts[:1] if dice.happens(0.05) else parts
