"""Workbooks that should have come back, or should go out, and what to write to their people.

- ``overdue``: it was to be back by a day that is over, and isn't.
- ``old``: it went out more than some working days ago, without a day to be back, and isn't.
- ``again``: it came back more than as many working days ago, and none went out since.
- ``none``: the person never had one, though others do.

How many days that are is a setting of the book, ``stale_after``.

Who is gone, on leave that day or not marked as working is never asked. A workbook that came back after a
later one was issued is a return of the person all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.following.contact import end_of
from models.following.known import local_day
from models.journal import settings
from models.people.covering import Covering
from models.people.skills import WORKING
from models.texts import N_, in_language, language, tr
from models.workbooks import memory
from models.workbooks.freshness import Freshness, read_ages

OVERDUE, OLD, AGAIN, NONE = "overdue", "old", "again", "none"
_STALE_AFTER = "stale_after"  # the setting of a book, working days
_PERSONAL = "('personal', 'template')"  # purposes of workbooks that people work in


@dataclass(frozen=True)
class Out:
    """The workbook that somebody was last given; ``returned`` the moment at which any of theirs came
    back since, None if none did."""

    workbook: int
    person: int
    file: str
    issued_at: str
    due_back: date | None
    returned: str | None

    @property
    def issued_on(self) -> date:
        """The day on which it went out, here."""
        return local_day(self.issued_at)


@dataclass(frozen=True)
class Stale:
    """Somebody whose workbook is to be asked for, or to be made.

    ``late`` counts the working days since it was due, went out or came back, by the reason; 0 where
    there was never one.
    """

    person: int
    name: str
    reason: str
    out: Out | None
    late: int
    freshness: Freshness

    def nudge(self, code: str | None = None) -> str:
        """What to write to the person, in a language; in the current one unless it is named."""
        return nudge(self, code)


def latest(db: Connection, on: date) -> dict[int, Out]:
    """The workbook that each person was last given by the end of a day."""
    end = end_of(on)
    back = memory.returned_at(db, end)
    made: dict[int, Out] = {}
    # Beside a maximum the engine gives the other columns of the row that has it.
    for row, person, name, issued, due in db.run(
        "SELECT id, person, name, max(issued_at || printf('%012d', id)), due_back FROM workbook "
        f"WHERE alive = 1 AND person IS NOT NULL AND purpose IN {_PERSONAL} AND issued_at < ? "
        "GROUP BY person",
        (end,),
    ):
        at = str(issued)[:-12]
        returned = back.get(person)
        made[person] = Out(
            row, person, str(name or ""), at, date.fromisoformat(due) if due else None,
            returned if returned is not None and returned[:19] >= at[:19] else None,
        )  # fmt: skip
    return made


def stale(book: Book, on: date) -> list[Stale]:
    """Whose workbook is to be asked for or made on a day: those longest overdue first."""
    calendar = work_calendar(book)
    with book.reading() as db:
        found = read_stale(db, on, calendar)
        if not found:
            return []
        fresh = read_ages(db, on, calendar, book.schema.numbers)
        covering = Covering(book, on)
    made = [
        Stale(person, fresh[person].name, reason, out, late, fresh[person])
        for person, reason, out, late in found
        if person in fresh and not covering.away(person, on)
    ]
    order = (OVERDUE, OLD, AGAIN, NONE)
    return sorted(made, key=lambda one: (order.index(one.reason), -one.late, one.name, one.person))


def read_stale(
    db: Connection, on: date, calendar: WorkCalendar
) -> list[tuple[int, str, Out | None, int]]:
    """Who works here and has no fresh workbook: person, reason, the workbook, working days late.

    Whoever is away on the day is in it. Nobody is, in a book that never gave out a workbook.
    """
    out = latest(db, on)
    if not out:
        return []
    after = stale_after(db)
    made: list[tuple[int, str, Out | None, int]] = []
    marks = ", ".join("?" * len(WORKING))
    for (person,) in db.run(
        f"SELECT id FROM salesperson WHERE alive = 1 AND coalesce(status, 'active') IN ({marks}) "
        "ORDER BY id",
        WORKING,
    ):
        one = out.get(person)
        reason, late = (NONE, 0) if one is None else _state(one, on, calendar, after)
        if reason:
            made.append((person, reason, one, late))
    return made


def stale_after(db: Connection) -> Decimal:
    """After how many working days a book asks for a workbook."""
    try:
        return Decimal(settings.said(db, _STALE_AFTER))
    except InvalidOperation:  # written by something else
        return Decimal(str(BOOK.field(_STALE_AFTER).default))


def _state(one: Out, on: date, calendar: WorkCalendar, after: Decimal) -> tuple[str, int]:
    """Why it is stale and for how many working days; "" if it isn't."""

    def since(day: date) -> int:
        return calendar.count(day + timedelta(days=1), on) if day < on else 0

    if one.returned is not None:
        late = since(local_day(one.returned))
        return (AGAIN, late) if late > after else ("", 0)
    if one.due_back is not None:
        return (OVERDUE, max(since(one.due_back), 1)) if one.due_back < on else ("", 0)
    late = since(one.issued_on)
    return (OLD, late) if late > after else ("", 0)


_NUDGES = {
    OVERDUE: N_(
        "{name}, could you please send back your workbook “{file}”? It went out on {issued} and was to be back by {due}. Just as it is will do; if something keeps you from it, tell me. Thank you!"
    ),
    OLD: N_(
        "{name}, could you please send back your workbook “{file}”? It went out on {issued}. Just as it is will do; if something keeps you from it, tell me. Thank you!"
    ),
    AGAIN: N_(
        "{name}, thank you for the workbook that came back on {returned}. A new one follows; please go on in that one, no longer in “{file}”."
    ),
    NONE: N_(
        "{name}, from now on you get a workbook with your customers, tasks and goals. Please fill it in and send it back here; what you enter isn't asked for twice. Thank you!"
    ),
}


def nudge(one: Stale, code: str | None = None) -> str:
    """A polite line for the person, ready to be sent; names the days and the file."""
    out = one.out
    facts = {"name": one.name, "file": "", "issued": "", "due": "", "returned": ""}
    if out is not None:
        facts["file"], facts["issued"] = out.file, out.issued_on.isoformat()
        facts["due"] = out.due_back.isoformat() if out.due_back else ""
        facts["returned"] = local_day(out.returned).isoformat() if out.returned else ""
    return in_language(code or language(), _NUDGES[one.reason]).format(**facts)


REASONS = {
    OVERDUE: N_("not back in time"),
    OLD: N_("out for long"),
    AGAIN: N_("a new one is due"),
    NONE: N_("never had one"),
}


@dataclass(frozen=True)
class Standing:
    """How old somebody's data is and where their workbook is; ``stale`` if it is to be asked for or made."""

    freshness: Freshness
    out: Out | None
    stale: Stale | None
    away: bool

    @property
    def person(self) -> int:
        """Who it is."""
        return self.freshness.person

    def state(self) -> str:
        """Where the workbook is, in words."""
        if self.stale is not None:
            return tr(REASONS[self.stale.reason])
        if self.away:
            return tr(N_("on leave"))
        if self.out is None:
            return ""
        return tr(N_("came back")) if self.out.returned else tr(N_("out"))


def standings(book: Book, on: date) -> list[Standing]:
    """Everybody who works here: who is to be asked first, then those with the oldest data."""
    calendar = work_calendar(book)
    asked = {one.person: one for one in stale(book, on)}
    with book.reading() as db:
        fresh = read_ages(db, on, calendar, book.schema.numbers)
        out = latest(db, on)
        marks = ", ".join("?" * len(WORKING))
        people = [
            row
            for (row,) in db.run(
                f"SELECT id FROM salesperson WHERE alive = 1 AND coalesce(status, 'active') IN ({marks})",
                WORKING,
            )
        ]
        covering = Covering(book, on)
    made = [
        Standing(fresh[one], out.get(one), asked.get(one), covering.away(one, on)) for one in people
    ]
    place = {person: at for at, person in enumerate(asked)}
    return sorted(
        made,
        key=lambda one: (
            place.get(one.person, len(place)),
            -(one.freshness.age if one.freshness.age is not None else 1_000_000),
            one.freshness.name,
        ),
    )
