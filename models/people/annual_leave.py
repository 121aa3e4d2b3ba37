"""How much of their annual leave people have used in a year, in working days and halves of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.person_days import Leave, Person, PersonDays
from models.money import if_scaled, plain
from models.texts import N_, ntr, tr


@dataclass(frozen=True)
class AnnualLeave:
    """Somebody's annual leave of a calendar year; ``days`` None where nobody said how many they have."""

    days: Decimal | None
    used: Decimal
    asked: Decimal

    @property
    def left(self) -> Decimal | None:
        """The days that are neither taken nor approved; less than none where it was too many."""
        return None if self.days is None else self.days - self.used

    def text(self) -> str:
        """What is left of it."""
        if self.left is None:
            return tr(N_("days of annual leave not entered"))
        said = ntr(
            "{left} of {days} day of annual leave left",
            "{left} of {days} days of annual leave left",
            int(self.days or 0),
            left=plain(self.left),
            days=plain(self.days or Decimal(0)),
        )
        if not self.asked:
            return said
        return tr(N_("{said}, {days} more asked for"), said=said, days=plain(self.asked))


def annual_leave(book: Book, year: int) -> dict[int, AnnualLeave]:
    """Of everybody in the team, by person; approved and taken leave count, requested is told apart."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = work_calendar(book)
    leaves: dict[int, list[Leave]] = defaultdict(list)
    with book.reading() as db:
        for person, starts, ends, from_noon, to_noon, status in db.run(
            "SELECT person, starts_on, ends_on, starts_at_noon, ends_at_noon, status "
            "FROM \"leave\" WHERE alive = 1 AND kind = 'annual' AND person IS NOT NULL "
            "AND starts_on <= ? AND ends_on >= ?",
            (last.isoformat(), first.isoformat()),
        ):
            span = date.fromisoformat(starts), date.fromisoformat(ends)
            leaves[person].append(Leave(*span, bool(from_noon), bool(to_noon), status or ""))
        people = db.run("SELECT id, annual_leave_days FROM salesperson WHERE alive = 1")
    made = {}
    for person, days in people:
        span_days = PersonDays(calendar, Person(person), leaves.get(person, ()), last)
        found = span_days.days(first, last)
        made[person] = AnnualLeave(if_scaled(days), found.leave, found.asked)
    return made
