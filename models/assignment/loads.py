"""What giving work does to people's days: their hours over the next two weeks, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.assignment.in_book import Desk
from models.assignment.inputs import Job, hours
from models.texts import N_, tr

DAYS = 14
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Day:
    """One day of one person, in hours."""

    day: date
    capacity: Decimal
    before: Decimal
    after: Decimal

    @property
    def over(self) -> bool:
        """Whether it is too much once everything is given."""
        return self.after > self.capacity


@dataclass(frozen=True)
class Outlook:
    """Two weeks of one person."""

    person: int
    name: str
    days: tuple[Day, ...]

    @property
    def capacity(self) -> Decimal:
        """All hours that there are."""
        return sum((one.capacity for one in self.days), _NOTHING)

    @property
    def before(self) -> Decimal:
        """Those that are taken now."""
        return sum((one.before for one in self.days), _NOTHING)

    @property
    def after(self) -> Decimal:
        """Those that are taken once everything is given."""
        return sum((one.after for one in self.days), _NOTHING)

    @property
    def overloaded(self) -> int:
        """On how many days it is too much then."""
        return sum(one.over for one in self.days)

    def text(self) -> str:
        """The same in words."""
        return tr(
            N_("{person}, next two weeks: {before} of {capacity} hours taken, {after} afterwards."),
            person=self.name,
            before=_tenths(self.before),
            after=_tenths(self.after),
            capacity=_tenths(self.capacity),
        )


def _tenths(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')):f}".removesuffix(".0")


def outlooks(
    desk: Desk, given: Mapping[tuple[str, int], int], people: Iterable[int] | None = None
) -> dict[int, Outlook]:
    """The two weeks of everybody, or of some, if jobs are given so."""
    change: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for job in desk.case.jobs:
        who = given.get(job.key)
        if who is not None and who in desk.load.names:
            _move(desk, job, who, change)
    known = set(desk.load.people)
    days = [desk.load.first + timedelta(at) for at in range(DAYS)]
    return {
        person: Outlook(
            person,
            desk.load.names[person],
            tuple(
                Day(
                    day,
                    desk.load.capacity(person, day),
                    desk.load.busy(person, day),
                    desk.load.busy(person, day) + change.get((person, day), _NOTHING),
                )
                for day in days
            ),
        )
        for person in (desk.load.people if people is None else people)
        if person in known
    }


def _move(desk: Desk, job: Job, who: int, change: dict[tuple[int, date], Decimal]) -> None:
    load = desk.load
    if job.kind == "task":
        for key, its in load.task_hours(job.row).items():
            change[key] -= its
        made = load.spread(job.row, who)
    else:
        made = load.spread_new(who, hours(job.effort), None, job.due, job.row)
    for key, its in made.items():
        change[key] += its
