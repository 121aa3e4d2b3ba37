"""What a successor needs to know: customers with their last contact, what is open, what was promised.

Private things are left out: what was said in meetings and one-to-ones (their minutes), reasons of leave,
and judgements of skills. What was written down of customers and of work goes along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from models.book import Book
from models.dialects import Connection
from models.measures import engine
from models.money import if_scaled
from models.people.handing_over import HandOver, Plan
from models.people.owning import Item
from models.tasks.states import CLOSED

_CUSTOMER = "customer.owner"
_WORK = ("task.owner", "follow_up_plan.person", "collaborator.person")


@dataclass(frozen=True)
class Contact:
    """The last contact with a customer."""

    on: date
    person: str
    result: str
    next_step: str


@dataclass(frozen=True)
class Deal:
    """An open deal."""

    label: str
    stage: str
    amount: Decimal | None
    expected_close: date | None


@dataclass(frozen=True)
class Work:
    """An open task or follow-up."""

    kind: str
    label: str
    due: date | None
    note: str


@dataclass(frozen=True)
class Customer:
    """A customer that is handed over, with all that a successor has to know."""

    row: int
    name: str
    grade: str
    people: tuple[str, ...]  # contacts: name, title, phone
    last: Contact | None
    deals: tuple[Deal, ...]
    work: tuple[Work, ...]
    notes: str


@dataclass(frozen=True)
class Promise:
    """What was promised: by which day if anybody said, to whom."""

    what: str
    whom: str
    on: date | None


@dataclass(frozen=True)
class Pack:
    """What one successor takes over from somebody."""

    person: str
    successor: str
    on: date
    currency: str
    customers: tuple[Customer, ...]
    work: tuple[Work, ...]  # without a customer of those above
    others: tuple[tuple[str, str], ...]  # what kind, which record
    promises: tuple[Promise, ...]


def packs(handing: HandOver, plan: Plan) -> tuple[Pack, ...]:
    """One for each successor, by name."""
    shares: dict[int, list[Item]] = defaultdict(list)
    for one in handing.items:
        if one.key in plan:
            shares[plan[one.key]].append(one)
    with handing.book.reading() as db:
        reader = _Reader(handing, db)
        made = [reader.pack(person, items) for person, items in shares.items()]
    return tuple(sorted(made, key=lambda one: one.successor))


class _Reader:
    """What is asked of a book, once for all packs."""

    def __init__(self, handing: HandOver, db: Connection) -> None:
        self._handing, self._db = handing, db
        self._customers = {one.row for one in handing.items if one.of.id == _CUSTOMER}
        asked = {one.customer for one in handing.items if one.customer is not None}
        self._last = _last_contacts(db, asked | self._customers)
        self._names = dict(db.run("SELECT id, name FROM customer WHERE alive = 1"))
        self._deals = _deals(db)
        self._work = _work(handing.book, db)
        self._contacts = _contacts(db)
        self._about = {
            row: (grade or "", notes or "")
            for row, grade, notes in db.run("SELECT id, grade, notes FROM customer WHERE alive = 1")
        }

    def pack(self, successor: int, items: list[Item]) -> Pack:
        own = {one.row for one in items if one.of.id == _CUSTOMER}
        customers = [self._customer(one, items) for one in items if one.of.id == _CUSTOMER]
        loose = tuple(
            work
            for one in items
            if one.of.id in _WORK and one.customer not in own
            for work in self._of(one)
        )
        told = {_CUSTOMER, *_WORK, "opportunity.owner"}
        others = tuple(
            (self._kind(one), one.label)
            for one in items
            if one.of.id not in told
            or (one.of.id == "opportunity.owner" and one.customer not in own)
        )
        return Pack(
            self._handing.name,
            self._handing.names[successor],
            self._handing.on,
            self._handing.book.currency,
            tuple(sorted(customers, key=lambda one: (one.grade or "Z", one.name))),
            loose,
            others,
            tuple(self._promises(own)),
        )

    def _kind(self, one: Item) -> str:
        return self._handing.book.schema.entity(one.of.entity).text()

    def _customer(self, item: Item, items: list[Item]) -> Customer:
        mine = [one for one in items if one.customer == item.row]
        deals = tuple(self._deals[one.row] for one in mine if one.of.id == "opportunity.owner")
        work = tuple(each for one in mine if one.of.id in _WORK for each in self._of(one))
        grade, notes = self._about.get(item.row, ("", ""))
        return Customer(
            item.row,
            item.label,
            grade,
            self._contacts.get(item.row, ()),
            self._last.get(item.row),
            deals,
            work,
            notes,
        )

    def _of(self, one: Item) -> tuple[Work, ...]:
        found = self._work.get((one.of.entity, one.row))
        return () if found is None else (found,)

    def _promises(self, customers: set[int]) -> list[Promise]:
        """Next steps of last contacts with these customers, and what the person said they would bring."""
        steps = [
            Promise(found.next_step, self._names.get(row) or "", found.on)
            for row in sorted(customers)
            if (found := self._last.get(row)) is not None and found.next_step
        ]
        return steps + self._commitments()

    def _commitments(self) -> list[Promise]:
        rows = self._db.run(
            "SELECT measure, amount, period, ends_on FROM commitment WHERE alive = 1 "
            "AND person = ? AND coalesce(ends_on, '9999') >= ? ORDER BY ends_on",
            (self._handing.person, self._handing.on.isoformat()),
        )
        currency = self._handing.book.currency
        made = []
        for measure, amount, period, ends in rows:
            what = engine.definition(measure) if measure else None
            value = if_scaled(amount)
            shown = "" if what is None or value is None else what.show(value, currency)
            label = " ".join(
                one for one in (what.text() if what else "", shown, period or "") if one
            )
            made.append(Promise(label, "", date.fromisoformat(ends) if ends else None))
        return made


def _last_contacts(db: Connection, customers: set[int]) -> Mapping[int, Contact]:
    names = dict(db.run("SELECT id, name FROM salesperson"))
    made = {}
    for customer, at, person, result, step in db.run(
        "SELECT a.customer, a.at, a.person, a.result, a.next_step FROM activity a JOIN "
        "(SELECT customer, max(at) AS at FROM activity WHERE alive = 1 GROUP BY customer) l "
        "ON l.customer = a.customer AND l.at = a.at WHERE a.alive = 1 ORDER BY a.id"
    ):
        if customer in customers:
            day = _local(at)
            made[customer] = Contact(day, names.get(person) or "", result or "", step or "")
    return made


def _local(stored: str) -> date:
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone().date()


def _deals(db: Connection) -> dict[int, Deal]:
    return {
        row: Deal(
            name or code or "",
            stage or "",
            if_scaled(amount),
            date.fromisoformat(closes) if closes else None,
        )
        for row, name, code, stage, amount, closes in db.run(
            "SELECT o.id, o.name, o.code, s.name, o.amount, o.expected_close FROM opportunity o "
            "LEFT JOIN stage s ON s.id = o.stage "
            "WHERE o.alive = 1 AND coalesce(o.status, 'open') = 'open'"
        )
    }


def _contacts(db: Connection) -> dict[int, tuple[str, ...]]:
    """The people of each customer, the most important first."""
    made: dict[int, list[str]] = defaultdict(list)
    for customer, name, title, phone in db.run(
        "SELECT customer, name, title, phone FROM contact WHERE alive = 1 AND customer IS NOT NULL "
        'ORDER BY coalesce("primary", 0) DESC, id'
    ):
        made[customer].append(" ".join(one for one in (name, title, phone) if one))
    return {row: tuple(each) for row, each in made.items()}


def _work(book: Book, db: Connection) -> dict[tuple[str, int], Work]:
    """Open tasks, parts of tasks and follow-ups by entity and row."""
    task = book.schema.entity("task").text()
    plan = book.schema.entity("follow_up_plan").text()
    made: dict[tuple[str, int], Work] = {}
    for row, title, due, reason in db.run(
        "SELECT id, title, due, blocked_reason FROM task WHERE alive = 1 "
        "AND coalesce(status, '') NOT IN (?, ?)",
        CLOSED,
    ):
        made["task", row] = Work(task, title or "", _day(due), reason or "")
    for row, shared, part in db.run("SELECT id, task, part FROM collaborator WHERE alive = 1"):
        if (found := made.get(("task", shared))) is not None:
            made["collaborator", row] = Work(task, found.label, found.due, part or "")
    for row, purpose, due, outcome in db.run(
        "SELECT id, purpose, due, outcome FROM follow_up_plan WHERE alive = 1 AND status = 'planned'"
    ):
        made["follow_up_plan", row] = Work(plan, purpose or plan, _day(due), outcome or "")
    return made


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
