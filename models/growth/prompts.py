"""Events after which feedback helps: what happened lately that nobody has given feedback on yet.

- A deal that was lost and is larger than usual: than three in four of the deals closed within a year. With
  fewer than five of these every lost deal counts.
- A big win: at least twice the median of these.
- A complaint, a person's goal that ended reached or missed, the first order of a new customer.

An event is settled once feedback for that person cites its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import NamedTuple

from models.book import Book
from models.dialects import Connection
from models.growth.citing import row_of
from models.money import from_scaled, show_whole
from models.public_ids import listed
from models.texts import N_, tr

DAYS = 14  # how far back events are looked for
LEAST = 5  # closed deals from which there is a usual amount
BIG = 2  # times the usual
LOST, WON, COMPLAINT, REACHED, MISSED, FIRST = "lost", "won", "complaint", "reached", "missed", "first_order"  # fmt: skip
SUGGESTED = {LOST: "growth", WON: "strength", COMPLAINT: "growth", REACHED: "strength", MISSED: "growth", FIRST: "strength"}  # fmt: skip
_ORDER = {one: at for at, one in enumerate((COMPLAINT, LOST, MISSED, WON, REACHED, FIRST))}
_YEAR = timedelta(days=365)
_LABELS = {
    LOST: N_("Large deal lost: {what}"),
    WON: N_("Big win: {what}"),
    COMPLAINT: N_("Complaint: {what}"),
    REACHED: N_("Goal reached: {what}"),
    MISSED: N_("Goal missed: {what}"),
    FIRST: N_("First order of a new customer: {what}"),
}


class Event(NamedTuple):
    """What happened: whose it is, which record shows it, when, and the money that it was about."""

    kind: str
    person: int
    entity: str
    row: int
    on: str
    amount: int  # in millionths
    what: str


@dataclass(frozen=True)
class Prompt:
    """An event that waits for feedback."""

    kind: str
    person: int
    name: str
    entity: str
    row: int
    on: date
    amount: int
    what: str
    currency: str

    @property
    def suggested(self) -> str:
        """The kind of feedback that it suggests."""
        return SUGGESTED[self.kind]

    def text(self) -> str:
        """What happened."""
        return event_text(self.kind, self.what)

    def amount_text(self) -> str:
        """The money that it was about; "" for none."""
        return show_whole(from_scaled(self.amount), self.currency) if self.amount else ""


def event_text(kind: str, what: str) -> str:
    """An event in words."""
    return tr(_LABELS[kind], what=what)


def prompts(book: Book, on: date, days: int = DAYS) -> tuple[Prompt, ...]:
    """The events of the last days without feedback: by what happened, of one kind the latest first."""
    with book.reading() as db:
        names = {row: name or "" for row, name in db.run("SELECT id, name FROM salesperson")}
        found = events(book, db, on, days)
    ordered = sorted(found, key=lambda one: (one.on, one.amount, one.row), reverse=True)
    ordered.sort(key=lambda one: _ORDER[one.kind])
    return tuple(
        Prompt(
            one.kind, one.person, names.get(one.person, ""), one.entity, one.row,
            date.fromisoformat(one.on), one.amount, one.what, book.currency,
        )
        for one in ordered
    )  # fmt: skip


def events(book: Book, db: Connection, on: date, days: int = DAYS) -> list[Event]:
    """The same as plain facts, of people who work here, over a connection."""
    since, until = (on - timedelta(days=days)).isoformat(), on.isoformat()
    working = {
        row
        for (row,) in db.run("SELECT id FROM salesperson WHERE alive = 1 AND status IS NOT 'left'")
    }
    found = [one for one in _events(db, on, since, until) if one.person in working]
    if not found:
        return []
    settled = _settled(book, db)
    return [one for one in found if (one.person, one.entity, one.row) not in settled]


def _settled(book: Book, db: Connection) -> set[tuple[int, str, int]]:
    """Whose feedback cites which records."""
    made = set()
    for person, text in db.run(
        "SELECT person, cites FROM feedback WHERE alive = 1 AND cites IS NOT NULL"
    ):
        for word in listed(text):
            if (record := row_of(book, word)) is not None:
                made.add((person, *record))
    return made


def _events(db: Connection, on: date, since: str, until: str) -> Iterator[Event]:
    yield from _deals(db, on, since, until)
    for person, row, day, title in db.run(
        "SELECT coalesce(c.attributed_to, c.handler, k.owner), c.id, c.opened_on, c.title "
        "FROM complaint c LEFT JOIN customer k ON k.id = c.customer WHERE c.alive = 1 "
        "AND c.opened_on > ? AND c.opened_on <= ?",
        (since, until),
    ):
        yield Event(COMPLAINT, person or 0, "complaint", row, day, 0, title or "")
    for person, row, day, title, status in db.run(
        "SELECT person, id, ends_on, title, status FROM goal WHERE alive = 1 AND person IS NOT NULL "
        "AND status IN ('reached', 'missed') AND ends_on > ? AND ends_on <= ?",
        (since, until),
    ):
        yield Event(status, person, "goal", row, day, 0, title or "")
    for person, row, day, amount, name in db.run(
        'SELECT coalesce(o.owner, k.owner), o.id, o.ordered_on, o.amount, k.name FROM "order" o '
        "JOIN customer k ON k.id = o.customer WHERE o.alive = 1 AND o.status IS NOT 'cancelled' "
        "AND o.returned IS NOT 1 AND o.ordered_on > ? AND o.ordered_on <= ? AND NOT EXISTS "
        '(SELECT 1 FROM "order" e WHERE e.customer = o.customer AND e.alive = 1 '
        "AND e.status IS NOT 'cancelled' AND (e.ordered_on, e.id) < (o.ordered_on, o.id))",
        (since, until),
    ):
        yield Event(FIRST, person or 0, "order", row, day, amount or 0, name or "")


def _deals(db: Connection, on: date, since: str, until: str) -> Iterator[Event]:
    found = db.run(
        "SELECT d.owner, d.id, d.closed_on, d.status, d.amount, coalesce(d.name, k.name) "
        "FROM opportunity d LEFT JOIN customer k ON k.id = d.customer "
        "WHERE d.alive = 1 AND d.status IN ('won', 'lost') AND d.closed_on > ? AND d.closed_on <= ?",
        ((on - _YEAR).isoformat(), until),
    )
    amounts = [one[4] for one in found if one[4]]
    amounts.sort()
    known = len(amounts) >= LEAST
    usual = median_low(amounts) if known else 0
    large = amounts[(len(amounts) * 3 - 1) // 4] if known else 0
    for owner, row, day, status, amount, name in found:
        if day <= since or not amount:
            continue
        if status == LOST and amount > large:
            yield Event(LOST, owner or 0, "opportunity", row, day, amount, name or "")
        elif status == WON and usual and amount >= usual * BIG:
            yield Event(WON, owner or 0, "opportunity", row, day, amount, name or "")
