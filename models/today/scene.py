"""What all sources read once: the day, the people, what customers weigh, who does whose work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.dialects import Connection
from models.following.contact import Contact, read_contacts
from models.people.covering import Covering

if TYPE_CHECKING:
    from models.workbooks.stale import Out

_YEAR = timedelta(days=365)
GONE = ("left",)


class Person(NamedTuple):
    """Somebody of the team; ``birthday`` as it is stored."""

    name: str
    status: str
    team: int
    birthday: str

    @property
    def gone(self) -> bool:
        """Whether the person works here no more."""
        return self.status in GONE


class Scene:
    """A book on a day, as sources see it. Of one thread, and for one reading."""

    def __init__(self, book: Book, db: Connection, on: date, waiting: Sequence[str] = ()) -> None:
        self.book = book
        self.waiting = tuple(waiting)  # names of returned files that nobody has read yet
        self.db = db
        self.on = on
        self.today = on.isoformat()
        self.calendar: WorkCalendar = work_calendar(book)
        self._covering = Covering(book, on)
        self.people = {
            row: Person(name or "", status or "", team or 0, birthday or "")
            for row, name, status, team, birthday in db.run(
                "SELECT id, name, status, team, birthday FROM salesperson WHERE alive = 1"
            )
        }

    @cached_property
    def open_deals(self) -> dict[int, int]:
        """What each customer's open deals are worth together."""
        found = self.db.run(
            "SELECT customer, sum(amount) FROM opportunity "
            "WHERE alive = 1 AND status = 'open' AND customer IS NOT NULL GROUP BY customer"
        )
        return {customer: amount or 0 for customer, amount in found}

    @cached_property
    def bought(self) -> dict[int, int]:
        """What each customer bought within the last year."""
        found = self.db.run(
            'SELECT customer, sum(amount) FROM "order" WHERE alive = 1 AND customer IS NOT NULL '
            "AND ordered_on > ? AND ordered_on <= ? "
            "AND status IS NOT 'cancelled' AND returned IS NOT 1 GROUP BY customer",
            ((self.on - _YEAR).isoformat(), self.today),
        )
        return {customer: amount or 0 for customer, amount in found}

    @cached_property
    def contacts(self) -> dict[int, Contact]:
        """The last contact with each customer; read once for all rules that ask how long it is ago."""
        return read_contacts(self.db, self.on)

    @cached_property
    def stale(self) -> list[tuple[int, str, Out | None, int]]:
        """Whose workbook is to be asked for or made anew, whoever is away among them."""
        from models.workbooks import stale  # no line that is shown at once asks for it

        return stale.read_stale(self.db, self.on, self.calendar)

    def worth(self, customer: int) -> tuple[int, int]:
        """A customer's open deals, and what it bought within a year."""
        return self.open_deals.get(customer, 0), self.bought.get(customer, 0)

    def late(self, stored: str) -> int:
        """How many days ago a stored day was."""
        return (self.on - date.fromisoformat(stored[:10])).days

    def worked_since(self, day: date) -> int:
        """How many working days have passed since a day, which itself doesn't count."""
        return self.calendar.count(day + timedelta(days=1), self.on)

    @cached_property
    def is_working(self) -> bool:
        """Whether the day is worked."""
        return self.calendar.is_working(self.on)

    @cached_property
    def away(self) -> frozenset[int]:
        """Who is away the whole day."""
        return frozenset(
            one
            for one in self.people
            if not self.people[one].gone and self._covering.away(one, self.on)
        )

    def worker(self, kind: str, row: int, owner: int | None, customer: int | None = None) -> int:
        """Who does it today: its owner, or whoever covers for them; 0 for nobody."""
        if owner is None or owner not in self.away:
            return owner or 0
        return self._covering.worker(kind, row, owner, self.on, customer).person or 0
