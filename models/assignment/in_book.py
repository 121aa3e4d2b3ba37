"""What an assignment rests on, read from a book: one query for each kind of thing, none for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.assignment import chance
from models.assignment.chance import Chance
from models.assignment.inputs import HUNDREDTHS, LEDGER_DAYS, Case, Contact, Days, Fit, Job, Person
from models.assignment.weights import Weights
from models.book import Book
from models.calendar.workdays import WorkCalendar
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.money import SCALE, to_scaled
from models.people.load import Load
from models.people.skills import Skills
from models.refusals import Refused
from models.tasks.states import OPEN_SQL
from models.texts import N_

WEIGHTS = "assignment_weights"  # the setting of a book
LEAST_DAYS = 14  # that are read, so that two weeks can be shown
MOST_DAYS = 92  # a job due later counts as due then
_UNDATED = 10  # working days until work without a day is due
_FIRST_CONTACT = 5  # working days until a new customer is to be called on
_BLOCK = 500
_UNIT = SCALE // HUNDREDTHS
_USABLE = 2  # the level from which on somebody can do it with help

Key = tuple[str, int]


def weights(book: Book) -> Weights:
    """Those that a book says, else the usual ones.

    Raises:
        Refused: ``bad_weights``, what the book says can't be read.
    """
    return Weights.parse(book.setting(WEIGHTS))


def unassigned(book: Book) -> list[Key]:
    """Open tasks that nobody does yet: without owner, or drafts."""
    with book.reading() as db:
        rows = db.run(
            f"SELECT id FROM task WHERE alive = 1 AND (owner IS NULL AND status IN {OPEN_SQL} "
            "OR status = 'draft') ORDER BY id"
        )
    return [("task", row) for (row,) in rows]


@dataclass(frozen=True)
class Desk:
    """What is to be given, and everybody's hours, read at one moment."""

    case: Case
    load: Load


def read(book: Book, keys: Sequence[Key], on: date | None = None) -> Desk:
    """Everybody, and the jobs, as they stand on a day.

    Args:
        keys: tasks and customers, such as ``("task", 7)``.

    Raises:
        Refused: ``not_open``, a task is gone or over, or a customer is gone.
    """
    return _Reading(book, on or date.today()).desk(keys)


@dataclass(frozen=True)
class _Task:
    row: int
    title: str
    kind: str
    owner: int | None
    customer: int | None
    starts: date | None
    due: date | None
    needs: str
    priority: str
    category: str
    amount: int | None  # of an open deal


@dataclass(frozen=True)
class _Customer:
    name: str
    industry: str
    grade: str
    lifecycle: str
    owner: int | None


class _Reading:
    def __init__(self, book: Book, on: date) -> None:
        self._book, self.on = book, on

    def desk(self, keys: Sequence[Key]) -> Desk:
        with self._book.reading() as db:
            tasks = {
                one.row: one for one in _tasks(db, [row for kind, row in keys if kind == "task"])
            }
            wanted = {one.customer for one in tasks.values() if one.customer is not None}
            wanted |= {row for kind, row in keys if kind == "customer"}
            customers = dict(_customers(db, wanted))
            self._assert_there(keys, tasks, customers)
            large = _large(db)
            load = self._load(tasks.values())
            jobs = tuple(
                self._job(key, tasks, customers, large, load) for key in dict.fromkeys(keys)
            )
            span = _span(jobs, self.on)
            people = tuple(self._people(db, load, span, _freed(load, tasks.values()), tasks))
            contacts = dict(_contacts(db, self.on, customers))
            trades = _industries(db, {one.industry for one in jobs if one.industry})
            products = _categories(db, {one.category for one in jobs if one.category})
        fits, jobs = self._fits(jobs, people)
        return Desk(Case(self.on, people, jobs, fits, contacts, trades, products), load)

    def _assert_there(
        self, keys: Sequence[Key], tasks: Collection[int], customers: Collection[int]
    ) -> None:
        for kind, row in keys:
            if row not in (tasks if kind == "task" else customers):
                raise Refused(
                    "not_open",
                    N_("{record} can't be given to anybody: it is done, cancelled or removed."),
                    record=self._book.label(kind, row),
                )

    def _load(self, tasks: Iterable[_Task]) -> Load:
        last = max((one.due for one in tasks if one.due), default=self.on)
        days = min(max((last - self.on).days, LEAST_DAYS + 7), MOST_DAYS)
        return Load(self._book, self.on, self.on + timedelta(days), self.on)

    # -- jobs --------------------------------------------------------------------------------------

    def _job(
        self,
        key: Key,
        tasks: dict[int, _Task],
        customers: dict[int, _Customer],
        large: int | None,
        load: Load,
    ) -> Job:
        kind, row = key
        if kind == "customer":
            return self._of_customer(row, customers[row], load)
        one, planned = tasks[row], load.tasks[row]
        its = customers.get(one.customer or 0)
        starts = _begins(load.calendar, max(one.starts or self.on, self.on))
        due = one.due or _after(load.calendar, starts, _UNDATED)
        unowned = (
            Chance() if its is None or its.owner else chance.of_customer(its.grade, its.lifecycle)
        )
        found = chance.of_task(one.kind, unowned, one.amount, large)
        return Job(
            "task", row, one.title, planned.units // _UNIT, starts, max(due, starts),
            (one.needs,) if one.needs else (), one.customer, its.name if its else "",
            its.industry if its else "", one.category, found.worth, found.why,
            {"high": 0, "low": 2}.get(one.priority, 1), planned.assumed, one.due is not None,
        )  # fmt: skip

    def _of_customer(self, row: int, one: _Customer, load: Load) -> Job:
        starts = _begins(load.calendar, self.on)
        found = Chance() if one.owner else chance.of_customer(one.grade, one.lifecycle)
        minutes = load.usual_minutes["visit"]
        return Job(
            "customer", row, one.name, minutes * HUNDREDTHS // 60, starts,
            _after(load.calendar, starts, _FIRST_CONTACT), (), row, one.name, one.industry, "",
            found.worth, found.why, 1, True, False,
        )  # fmt: skip

    # -- people ------------------------------------------------------------------------------------

    def _people(
        self,
        db: Connection,
        load: Load,
        days: int,
        freed: dict[tuple[int, date], int],
        given_again: Collection[int],
    ) -> Iterator[Person]:
        received = _received(db, self.on, given_again)
        listed = set(load.people)
        for row, name, number, status, hired in db.run(
            "SELECT id, name, employee_no, status, hire_date FROM salesperson WHERE alive = 1 ORDER BY id"
        ):
            since = (self.on - date.fromisoformat(hired)).days if hired else LEDGER_DAYS
            yield Person(
                row, name or "", number or "", status or "active",
                _days(load, row, days, freed) if row in listed else Days((), (), (), ()),
                received.get(row, 0), min(max(since, 0), LEDGER_DAYS),
            )  # fmt: skip

    def _fits(
        self, jobs: tuple[Job, ...], people: Iterable[Person]
    ) -> tuple[dict[tuple[int, tuple[str, ...]], Fit], tuple[Job, ...]]:
        """How people fit what is needed; jobs then name their needs one by one."""
        skills = Skills(self._book, self.on)
        made: dict[tuple[int, tuple[str, ...]], Fit] = {}
        named: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
        for asked in {one.needs for one in jobs if one.needs}:
            needs = skills.needs(asked[0])
            named[asked] = names = tuple(one.text() for one in needs)
            for person in people:
                fit = skills.fit(person.id, needs)
                counts = [(one, one.level.counts if one.level else 0) for one in fit.parts]
                made[person.id, names] = Fit(
                    to_scaled(fit.share),
                    tuple((one.need.name, level, one.need.level) for one, level in counts),
                    tuple(
                        one.need.name
                        for one, level in counts
                        if level < min(_USABLE, one.need.level)
                    ),
                )
        return made, tuple(replace(one, needs=named[one.needs]) for one in jobs)


def _begins(calendar: WorkCalendar, day: date) -> date:
    """The day itself if it is worked, else the next that is."""
    return day if calendar.is_working(day) else calendar.next_working(day) or day


def _after(calendar: WorkCalendar, day: date, days: int) -> date:
    """The last of so many working days from a day on."""
    for _ in range(days - 1):
        day = calendar.next_working(day) or day
    return day


def _span(jobs: Sequence[Job], on: date) -> int:
    """How many days are read of each person."""
    last = max((one.due for one in jobs), default=on)
    return min(max((last - on).days + 1, LEAST_DAYS), MOST_DAYS)


def _days(load: Load, person: int, days: int, freed: dict[tuple[int, date], int]) -> Days:
    sums: tuple[list[int], ...] = ([], [], [], [])
    total = [0, 0, 0, 0]
    for at in range(days):
        day = load.first + timedelta(at)
        capacity = _hundredths(load.capacity(person, day))
        busy = _hundredths(load.busy(person, day)) - freed.get((person, day), 0)
        working = 2 if load.calendar.is_working(day) else 0
        for place, one in enumerate(
            (capacity - busy, capacity, min(load.halves(person, day), working), working)
        ):
            total[place] += one
            sums[place].append(total[place])
    return Days(*(tuple(one) for one in sums))


def _hundredths(hours: Decimal) -> int:
    return to_scaled(hours) // _UNIT


def _freed(load: Load, tasks: Iterable[_Task]) -> dict[tuple[int, date], int]:
    """The hours that somebody has again once a task is given to somebody."""
    made: dict[tuple[int, date], int] = defaultdict(int)
    for one in tasks:
        for key, hours in load.task_hours(one.row).items():
            made[key] += _hundredths(hours)
    return made


# -- what is read --------------------------------------------------------------------------------


def _blocks(rows: Iterable[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Rows in portions, each with its question marks."""
    every = sorted(rows)
    for at in range(0, len(every), _BLOCK):
        block = tuple(every[at : at + _BLOCK])
        yield ", ".join("?" * len(block)), block


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _tasks(db: Connection, rows: Iterable[int]) -> Iterator[_Task]:
    for marks, block in _blocks(rows):
        for (
            row,
            title,
            kind,
            owner,
            customer,
            starts,
            due,
            needs,
            priority,
            category,
            amount,
        ) in db.run(
            "SELECT t.id, t.title, t.kind, t.owner, t.customer, t.starts_on, t.due, t.required_skills, "
            "t.priority, coalesce(p.category, p.name), CASE WHEN o.status = 'open' THEN o.amount END "
            "FROM task t LEFT JOIN opportunity o ON o.id = t.opportunity AND o.alive = 1 "
            "LEFT JOIN product p ON p.id = o.product AND p.alive = 1 "
            f"WHERE t.alive = 1 AND coalesce(t.status, 'assigned') IN {OPEN_SQL} AND t.id IN ({marks})",
            block,
        ):
            yield _Task(
                row, title or "", kind or "", owner, customer, _day(starts), _day(due), needs or "",
                priority or "", category or "", amount,
            )  # fmt: skip


def _customers(db: Connection, rows: Iterable[int]) -> Iterator[tuple[int, _Customer]]:
    for marks, block in _blocks(rows):
        for row, name, industry, grade, lifecycle, owner in db.run(
            "SELECT id, name, industry, grade, lifecycle, owner FROM customer "
            f"WHERE alive = 1 AND id IN ({marks})",
            block,
        ):
            yield (
                row,
                _Customer(name or "", industry or "", grade or "", lifecycle or "", owner),
            )


def _large(db: Connection) -> int | None:
    rows = db.run(
        "SELECT amount FROM opportunity WHERE alive = 1 AND status = 'open' AND amount IS NOT NULL"
    )
    return chance.large_from([amount for (amount,) in rows])


def _received(db: Connection, on: date, given_again: Collection[int]) -> dict[int, int]:
    """Good chances of the last days by person, in hundredths; those that are given now left out."""
    made: dict[int, int] = defaultdict(int)
    for person, task, worth in db.run(
        "SELECT person, task, coalesce(worth, ?) FROM opportunity_ledger WHERE alive = 1 "
        "AND given_on > ? AND given_on <= ? AND person IS NOT NULL",
        (SCALE, (on - timedelta(LEDGER_DAYS)).isoformat(), on.isoformat()),
    ):
        if task not in given_again:
            made[person] += worth // _UNIT
    return made


def _contacts(
    db: Connection, on: date, customers: dict[int, _Customer]
) -> Iterator[tuple[tuple[int, int], Contact]]:
    """What people had to do with some customers."""
    found: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    until = KINDS["instant"].store(datetime.combine(on + timedelta(1), time()).astimezone())
    for marks, block in _blocks(customers):
        for person, customer, count, last in db.run(
            "SELECT person, customer, count(*), max(at) FROM activity WHERE alive = 1 "
            f"AND person IS NOT NULL AND at < ? AND customer IN ({marks}) GROUP BY 1, 2",
            (until, *block),
        ):
            day = datetime.fromisoformat(last).astimezone().date() if last else None
            found[person, customer].update(count=count, last=day)
        for name, sql in (("deals", _DEALS), ("orders", _ORDERS)):
            for person, customer, count in db.run(sql.format(marks=marks), block):
                found[person, customer][name] = count
    for row, one in customers.items():
        if one.owner is not None:
            found[one.owner, row]["owns"] = True
    for key, said in found.items():
        yield key, Contact(**said)


_DEALS = (
    "SELECT owner, customer, count(*) FROM opportunity WHERE alive = 1 AND owner IS NOT NULL "
    "AND coalesce(status, 'open') <> 'lost' AND customer IN ({marks}) GROUP BY 1, 2"
)
_ORDERS = (
    'SELECT owner, customer, count(*) FROM "order" WHERE alive = 1 AND owner IS NOT NULL '
    "AND customer IN ({marks}) GROUP BY 1, 2"
)


def _industries(db: Connection, wanted: Collection[str]) -> dict[tuple[int, str], int]:
    """Deals by person and industry, lost ones left out."""
    if not wanted:
        return {}
    rows = db.run(
        "SELECT o.owner, c.industry, count(*) FROM opportunity o JOIN customer c ON c.id = o.customer "
        "WHERE o.alive = 1 AND c.alive = 1 AND o.owner IS NOT NULL AND c.industry IS NOT NULL "
        "AND coalesce(o.status, 'open') <> 'lost' GROUP BY 1, 2"
    )
    return {(person, name): count for person, name, count in rows if name in wanted}


def _categories(db: Connection, wanted: Collection[str]) -> dict[tuple[int, str], int]:
    """Deals by person and category of product, lost ones left out."""
    if not wanted:
        return {}
    rows = db.run(
        "SELECT o.owner, coalesce(p.category, p.name), count(*) FROM opportunity o "
        "JOIN product p ON p.id = o.product WHERE o.alive = 1 AND p.alive = 1 "
        "AND o.owner IS NOT NULL AND coalesce(o.status, 'open') <> 'lost' GROUP BY 1, 2"
    )
    return {(person, name): count for person, name, count in rows if name in wanted}
