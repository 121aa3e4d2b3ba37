"""The whole sample as plain records, before any book sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.sample import customers, goods, team
from models.sample.activities import Activity, Diary
from models.sample.calendar import Calendar
from models.sample.customers import Contact, Customer
from models.sample.deals import Deal, Deals
from models.sample.dice import Dice
from models.sample.goods import Baskets, Product
from models.sample.orders import Order, Orders, Receipt
from models.sample.plans import Planner, Plans
from models.sample.team import Person, Region, Team
from models.sample.voice import Voices
from models.sample.words import Words

_GRADES = (("A", 0.07), ("B", 0.25), ("C", 0.65), ("D", 1.0))  # upper ends among the buyers
_SILENT = 200  # days after which a customer whom nobody ever contacted is in the pool
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class World:
    """Everything that goes into the book; links are places in these lists."""

    calendar: Calendar
    regions: list[Region]
    teams: list[Team]
    people: list[Person]
    customers: list[Customer]
    contacts: list[Contact]
    products: list[Product]
    deals: list[Deal]
    orders: list[Order]
    receipts: list[Receipt]
    activities: list[Activity]
    plans: Plans
    voices: dict[str, list[tuple[Any, ...]]]


def build(words: Words, today: date, seed: int) -> World:
    """Two years that end on a day; the same seed, day and words give the same."""
    calendar = Calendar(today, words.calendar, words.new_year_feast)
    people = team.people(words, today, Dice(seed, "people"))
    known = customers.customers(words, calendar, people, Dice(seed, "customers"))
    contacts = customers.contacts(words, calendar, known, Dice(seed, "contacts"))
    products = goods.products(words, Dice(seed, "products"))
    baskets = Baskets(products, Dice(seed, "baskets"))
    main = {one.customer: at for at, one in reversed(list(enumerate(contacts)))}
    first = [main[at] for at in range(len(known))]
    deals = Deals(words, calendar, people, known, first, baskets, Dice(seed, "deals")).all()
    selling = Orders(words, calendar, people, known, baskets, Dice(seed, "orders"))
    orders = selling.all(deals)
    receipts = selling.receipts(orders)
    diary = Diary(words, calendar, people, known, contacts, deals, orders, Dice(seed, "diary"))
    activities = diary.all()
    _judge(calendar, known, deals, orders, activities, Dice(seed, "grades"))
    return World(
        calendar,
        team.regions(words),
        team.teams(words),
        people,
        known,
        contacts,
        products,
        deals,
        orders,
        receipts,
        activities,
        Planner(
            words,
            calendar,
            team.teams(words),
            people,
            known,
            deals,
            Dice(seed, "plans"),
            Dice(seed, "work"),
        ).all(),
        Voices(
            calendar,
            people,
            known,
            first,
            orders,
            Dice(seed, "voice"),
            chinese=words.calendar == "CN",
        ).rows(),
    )


def _judge(
    calendar: Calendar,
    known: list[Customer],
    deals: list[Deal],
    orders: list[Order],
    activities: list[Activity],
    dice: Dice,
) -> None:
    """What people write on a customer's card after two years: grade, lifecycle, next contact."""
    worth: dict[int, Decimal] = {}
    last: dict[int, date] = {}
    for order in orders:
        worth[order.customer] = worth.get(order.customer, Decimal(0)) + order.amount
        last[order.customer] = order.ordered_on
    ranked = sorted(worth, key=lambda at: (-worth[at], at))
    for place, at in enumerate(ranked):
        share = place / len(ranked)
        known[at].grade = next(grade for grade, upto in _GRADES if share < upto)
        gone = calendar.today - last[at] > _YEAR
        known[at].lifecycle = "lost" if gone else "customer"
    running = {one.customer for one in deals if one.status == "open"}
    met = {one.customer for one in activities} | {one.customer for one in deals}
    for at, customer in enumerate(known):
        if at not in worth:
            customer.lifecycle = "prospect" if at in met else "lead"
            customer.grade = dice.choice(("B", "C", "C", "D", "D", None))
            customer.active = at in running or not dice.happens(0.05)
            silent = (calendar.today - customer.first_contact_on).days > _SILENT
            if silent and customer.active and customer.lifecycle == "lead":
                customer.pool_status = "pool"  # nobody ever cared
        customer.next_contact_due = _next(calendar, customer, at in running, dice)


def _next(calendar: Calendar, customer: Customer, running: bool, dice: Dice) -> date | None:
    """Soon for those with an open deal, some of them overdue; now and then for the others."""
    if running:
        return calendar.after(calendar.today + timedelta(days=dice.randint(-6, 14)))
    if not customer.active or customer.lifecycle == "lead":
        return None
    planned = {"A": 0.8, "B": 0.45}.get(customer.grade or "", 0.12)
    if not dice.happens(planned):
        return None
    return calendar.after(calendar.today + timedelta(days=dice.randint(-15, 60)))
