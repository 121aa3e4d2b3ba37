"""Who does the work of somebody who is away: worked out for each day, never written.

A task, a follow-up or a customer stays with its owner. On a day that the owner is wholly away by an
approved or taken leave, the cover does it: the one named for that task, else for its customer, else
for the whole leave. Nothing is moved, so that after the leave everything is with its owner again.

- Who is away that day, or isn't at work here, is passed over: it goes on to *their* cover, then to the
  next one named by the leave. Nobody is asked twice, so it ends. Nobody left: it stays with its owner.
- Half a day away is no absence: its owner is there for the other half.
- Of somebody marked as left nothing is covered: what they own is handed over. Whoever is marked as being
  on leave counts as away from today on, unless a leave of today says when it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.book import Book
from models.calendar.person_days import COUNTED, LEFT, ON_LEAVE, Leave
from models.dialects import Connection
from models.people.skills import WORKING
from models.tasks.states import CLOSED
from models.texts import N_, tr

TASK, FOLLOW_UP, CUSTOMER = "task", "follow_up_plan", "customer"


class Worker(NamedTuple):
    """Who does something on a day, and whether in place of its owner."""

    person: int | None
    covered: bool


@dataclass(frozen=True)
class Absence:
    """A leave with who stands in: for tasks, for customers, for all the rest in the order of asking."""

    row: int
    leave: Leave
    tasks: dict[int, int]
    customers: dict[int, int]
    everything: tuple[int, ...]

    def named(self, task: int | None, customer: int | None) -> Iterator[int]:
        """Who is asked first, second, third."""
        if task is not None and task in self.tasks:
            yield self.tasks[task]
        if customer is not None and customer in self.customers:
            yield self.customers[customer]
        yield from self.everything


class Covering:
    """All absences of a book and their covers, read once.

    Args:
        on: from when on those count as away who are marked as being on leave, the day of this machine
            if not given.
    """

    def __init__(self, book: Book, on: date | None = None) -> None:
        self.on = on or date.today()
        with book.reading() as db:
            self._absences = _absences(db)
            people = db.run("SELECT id, name, status FROM salesperson WHERE alive = 1")
            self._customers = _customers(db) if self._by_customer() else {}
        self.names = {row: name or "" for row, name, _ in people}
        self._status = {row: status or "active" for row, _, status in people}
        self._days: dict[tuple[int, date], tuple[Absence, ...]] = {}

    def _by_customer(self) -> bool:
        return any(one.customers for each in self._absences.values() for one in each)

    def worker(
        self, kind: str, row: int | None, owner: int | None, day: date, customer: int | None = None
    ) -> Worker:
        """Who does a ``task``, a ``follow_up_plan`` or what there is with a ``customer`` on a day.

        Args:
            row: of the task, follow-up or customer; None for one that isn't in the book yet.
            customer: of the task or follow-up, where it is known already or isn't in the book yet.
        """
        if owner is None or not self._asked(owner, day):
            return Worker(owner, False)
        if customer is None and row is not None:
            customer = row if kind == CUSTOMER else self._customers.get((kind, row))
        task = row if kind == TASK else None
        found = self._next(owner, day, task, customer, {owner})
        return Worker(owner, False) if found is None else Worker(found, True)

    def _asked(self, person: int, day: date) -> bool:
        return bool(self._absences.get(person)) and self.away(person, day)

    def _next(
        self, person: int, day: date, task: int | None, customer: int | None, seen: set[int]
    ) -> int | None:
        for absence in self.absences(person, day):
            for one in absence.named(task, customer):
                if one in seen:
                    continue
                seen.add(one)
                if self._at_work(one, day):
                    return one
                found = self._next(one, day, task, customer, seen)
                if found is not None:
                    return found
        return None

    def _at_work(self, person: int, day: date) -> bool:
        return self._status.get(person) in WORKING and not self.absences(person, day)

    def is_ever_away(self, person: int) -> bool:
        """Whether somebody has a leave at all that counts."""
        return person in self._absences

    def absences(self, person: int, day: date) -> tuple[Absence, ...]:
        """The leaves by which somebody is wholly away on a day, the earliest first."""
        every = self._absences.get(person)
        if not every:
            return ()
        key = (person, day)
        found = self._days.get(key)
        if found is None:
            found = self._days[key] = _wholly(every, day)
        return found

    def away(self, person: int, day: date) -> bool:
        """Whether somebody is wholly away on a day."""
        status = self._status.get(person, LEFT)
        if status == LEFT or self.absences(person, day):
            return True
        return status == ON_LEAVE and day >= self.on and not self._told(person)

    def _told(self, person: int) -> bool:
        """Whether a leave of today says until when somebody is away."""
        return any(
            one.leave.first <= self.on <= one.leave.last for one in self._absences.get(person, ())
        )

    def said(
        self, kind: str, row: int | None, owner: int, day: date, customer: int | None = None
    ) -> str:
        """Who stands in until when, in words; that nobody does; empty if the owner is there."""
        if not self.away(owner, day):
            return ""
        who = self.names.get(owner, "")
        found = self.worker(kind, row, owner, day, customer)
        if not found.covered or found.person is None:
            return tr(N_("{owner} is away and nobody covers it."), owner=who)
        until = max(one.leave.last for one in self.absences(owner, day))
        return tr(
            N_("{person} covers it for {owner} until {day}."),
            person=self.names[found.person],
            owner=who,
            day=until,
        )


def _wholly(every: tuple[Absence, ...], day: date) -> tuple[Absence, ...]:
    """The absences that reach into a day, if together they take both its halves; else none."""
    low = day.toordinal() * 2
    touching = [one for one in every if one.leave.halves[0] < low + 2 and low < one.leave.halves[1]]
    halves = {
        half
        for one in touching
        for half in (low, low + 1)
        if one.leave.halves[0] <= half < one.leave.halves[1]
    }
    return tuple(touching) if len(halves) == 2 else ()


def _absences(db: Connection) -> dict[int, tuple[Absence, ...]]:
    tasks: dict[int, dict[int, int]] = defaultdict(dict)
    customers: dict[int, dict[int, int]] = defaultdict(dict)
    whole: dict[int, list[int]] = defaultdict(list)
    for leave, person, task, customer in db.run(
        "SELECT leave, person, task, customer FROM cover "
        "WHERE alive = 1 AND leave IS NOT NULL AND person IS NOT NULL ORDER BY id"
    ):
        if task is not None:
            tasks[leave].setdefault(task, person)
        elif customer is not None:
            customers[leave].setdefault(customer, person)
        else:
            whole[leave].append(person)
    made: dict[int, list[Absence]] = defaultdict(list)
    for row, person, first, last, starts, ends, status, cover in db.run(
        "SELECT id, person, starts_on, ends_on, starts_at_noon, ends_at_noon, status, cover "
        'FROM "leave" WHERE alive = 1 AND status IN (?, ?) AND person IS NOT NULL '
        "AND starts_on IS NOT NULL AND ends_on IS NOT NULL ORDER BY starts_on, id",
        COUNTED,
    ):
        span = date.fromisoformat(first), date.fromisoformat(last)
        everything = dict.fromkeys([*whole[row], *([] if cover is None else [cover])])
        leave = Leave(*span, bool(starts), bool(ends), status)
        made[person].append(Absence(row, leave, tasks[row], customers[row], tuple(everything)))
    return {person: tuple(each) for person, each in made.items()}


def _customers(db: Connection) -> dict[tuple[str, int], int]:
    """The customers of open work, asked only where some customer has a cover of their own."""
    tasks = db.run(
        "SELECT id, customer FROM task WHERE alive = 1 AND customer IS NOT NULL "
        "AND coalesce(status, '') NOT IN (?, ?)",
        CLOSED,
    )
    plans = db.run(
        "SELECT id, customer FROM follow_up_plan WHERE alive = 1 AND customer IS NOT NULL "
        "AND status = 'planned'"
    )
    made = {(TASK, row): customer for row, customer in tasks}
    made.update({(FOLLOW_UP, row): customer for row, customer in plans})
    return made
