"""What is weighed when work is given to somebody: plain frozen data, read once.

Values are whole millionths from 0 to ``ONE``, hours whole hundredths of an hour, chances whole
hundredths of an ordinary one: sums are exact, and the same input gives the same order on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from models.money import plain

ONE = 1_000_000  # a value of 1
HUNDREDTHS = 100
WORKING = ("onboarding", "active")  # whose status lets them receive work
LEDGER_DAYS = 90  # over which good chances are to be shared evenly


@dataclass(frozen=True)
class Days:
    """The days of one person from the case's first day on, each as the sum up to its end.

    ``present`` and ``working`` count half days; a half day of leave is one that is working, not present.
    """

    free: tuple[int, ...]  # capacity less what is planned, in hundredths of an hour; may fall
    capacity: tuple[int, ...]
    present: tuple[int, ...]
    working: tuple[int, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who may be given work."""

    id: int
    name: str
    number: str = ""  # of the employee; breaks ties
    status: str = "active"
    days: Days = Days((), (), (), ())
    received: int = 0  # good chances of the last 90 days, in hundredths
    here: int = LEDGER_DAYS  # of these days, on how many they were in the team


@dataclass(frozen=True)
class Fit:
    """How well somebody can do what a task asks for; ``lacks`` are skills that they don't have."""

    value: int
    levels: tuple[tuple[str, int, int], ...] = ()  # skill, level, level asked for
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """What somebody had to do with a customer."""

    count: int = 0  # activities
    last: date | None = None
    deals: int = 0
    orders: int = 0
    owns: bool = False


@dataclass(frozen=True)
class Job:
    """What is to be given: a task, or a customer without owner."""

    kind: str  # task | customer
    row: int
    title: str
    effort: int  # hundredths of an hour
    starts: date
    due: date  # never before it starts
    needs: tuple[str, ...] = ()
    customer: int | None = None
    customer_name: str = ""
    industry: str = ""
    category: str = ""  # of the product that it is about
    worth: int = 0  # of the chance that it is, in hundredths; 0 is none
    why_worth: str = ""
    urgency: int = 1  # 0 comes first
    guessed: bool = False  # its effort isn't written down
    dated: bool = True  # its day is written down

    @property
    def key(self) -> tuple[str, int]:
        """Which record it is."""
        return self.kind, self.row


@dataclass(frozen=True)
class Case:
    """Everything that an assignment rests on."""

    on: date
    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    fits: Mapping[tuple[int, tuple[str, ...]], Fit] = field(default_factory=dict)
    contacts: Mapping[tuple[int, int], Contact] = field(default_factory=dict)  # person, customer
    industries: Mapping[tuple[int, str], int] = field(default_factory=dict)  # deals by person
    categories: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def fit(self, person: Person, job: Job) -> Fit:
        """How well a person can do a job; what isn't known is a lack."""
        if not job.needs:
            return _NOTHING_NEEDED
        found = self.fits.get((person.id, job.needs))
        return found or Fit(0, tuple((name, 0, 0) for name in job.needs), job.needs)

    def at(self, day: date) -> int:
        """In which place of a person's days a day stands; the last place for days after it."""
        last = len(self.people[0].days.free) - 1 if self.people else 0
        return min((day - self.on).days, last)

    def between(self, sums: tuple[int, ...], first: date, last: date) -> int:
        """How much there is from one day to another, both included."""
        if not sums or last < self.on:
            return 0
        before = (first - self.on).days - 1
        upto = sums[min((last - self.on).days, len(sums) - 1)]
        return upto - (sums[min(before, len(sums) - 1)] if before >= 0 else 0)

    @property
    def eligible(self) -> tuple[Person, ...]:
        """Whose status lets them receive work."""
        return tuple(one for one in self.people if one.status in WORKING)


_NOTHING_NEEDED = Fit(ONE)


def hours(hundredths: int) -> Decimal:
    """Hours, or chances, as a number."""
    return Decimal(hundredths) / HUNDREDTHS


def hours_text(hundredths: int) -> str:
    """Hours as people read them, to a tenth, e.g. ``9.5``."""
    tenths = (abs(hundredths) + 5) // 10
    whole, rest = divmod(tenths, 10)
    return ("-" if hundredths < 0 and tenths else "") + (f"{whole}.{rest}" if rest else f"{whole}")


def chances_text(hundredths: int) -> str:
    """Chances as people read them, e.g. ``1.25``."""
    return plain(hours(hundredths))


def day_text(day: date, on: date) -> str:
    """A day as it is said in a sentence: without the year where it is this one."""
    near = day.year == on.year or abs(day - on) < timedelta(days=60)
    return f"{day:%m-%d}" if near else day.isoformat()
