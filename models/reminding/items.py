"""What has a moment at which it is to be said: tasks, agreed follow-ups, meetings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.texts import N_, tr

CLOSED = ("done", "cancelled")  # states of a task that nobody wants to hear of
MOST = 2_000  # of each kind that are looked at


@dataclass(frozen=True)
class Item:
    """Something of which one is to be reminded.

    ``at`` is its own moment, ``remind_at`` when it is to be said; ``detail`` is a second line.
    """

    entity: str
    row: int
    at: datetime
    remind_at: datetime
    title: str
    detail: str = ""
    customer: int = 0

    @property
    def key(self) -> str:
        """The record and its moment: moved elsewhere it is another reminder."""
        return f"{self.entity}/{self.row}/{self.at.astimezone(UTC):%Y%m%dT%H%M%S}"

    @property
    def begins(self) -> datetime | None:
        """When the thing itself begins; None where the moment is only that of the reminder."""
        return None if self.entity == "task" else self.at


def upcoming(
    book: Book, minutes: int, since: datetime, people: Collection[int] | None = None
) -> list[Item]:
    """What there is to be said of, from a moment on.

    Args:
        minutes: how long before an appointment it is said.
        people: whose; of everybody if not given.
    """
    before = timedelta(minutes=minutes)
    wanted = None if people is None else json.dumps(sorted(people))
    low = _stored(since)
    with book.reading() as db:
        return [
            *_tasks(db, low, wanted),
            *_follow_ups(db, low, wanted, before),
            *_meetings(db, low, wanted, before),
        ]


def _tasks(db: Connection, low: str, people: str | None) -> Iterator[Item]:
    rows = db.run(
        "SELECT t.id, t.remind_at, t.title, t.due, c.name, t.customer FROM task t "
        "LEFT JOIN customer c ON c.id = t.customer "
        "WHERE t.alive = 1 AND t.remind_at >= ? AND t.status NOT IN (?, ?) "
        f"{_of('t.owner', people)} ORDER BY t.remind_at LIMIT ?",
        (low, *CLOSED, *_given(people), MOST),
    )
    for row, at, title, due, customer, link in rows:
        moment = _loaded(at)
        said = [customer or "", tr(N_("due {day}"), day=due) if due else ""]
        yield Item("task", row, moment, moment, title or "", _joined(said), link or 0)


def _follow_ups(db: Connection, low: str, people: str | None, before: timedelta) -> Iterator[Item]:
    rows = db.run(
        "SELECT f.id, f.at, f.purpose, c.name, n.name, coalesce(n.phone, c.phone), f.customer "
        "FROM follow_up_plan f LEFT JOIN customer c ON c.id = f.customer "
        "LEFT JOIN contact n ON n.id = f.contact "
        "WHERE f.alive = 1 AND f.at >= ? AND f.status = 'planned' "
        f"{_of('coalesce(f.person, c.owner)', people)} ORDER BY f.at LIMIT ?",
        (low, *_given(people), MOST),
    )
    for row, at, purpose, customer, contact, phone, link in rows:
        moment = _loaded(at)
        title = purpose or customer or ""
        said = [customer or "" if purpose else "", contact or "", phone or ""]
        yield Item("follow_up_plan", row, moment, moment - before, title, _joined(said), link or 0)


def _meetings(db: Connection, low: str, people: str | None, before: timedelta) -> Iterator[Item]:
    """Those of one's own team, the teams that one leads, or with oneself; those of nobody are all's."""
    own = ""
    given: tuple[str, ...] = ()
    if people is not None:
        own = (
            "AND ((m.team IS NULL AND m.person IS NULL) "
            "OR m.person IN (SELECT value FROM json_each(?)) OR m.team IN "
            "(SELECT team FROM salesperson WHERE id IN (SELECT value FROM json_each(?)) "
            "UNION SELECT id FROM team WHERE manager IN (SELECT value FROM json_each(?))))"
        )
        given = (people,) * 3
    rows = db.run(
        "SELECT m.id, m.starts_at, m.title, m.place, t.name FROM meeting m "
        f"LEFT JOIN team t ON t.id = m.team WHERE m.alive = 1 AND m.starts_at >= ? {own} "
        "ORDER BY m.starts_at LIMIT ?",
        (low, *given, MOST),
    )
    for row, at, title, place, team in rows:
        moment = _loaded(at)
        yield Item(
            "meeting", row, moment, moment - before, title or "", _joined([place or "", team or ""])
        )


def _of(owner: str, people: str | None) -> str:
    return "" if people is None else f"AND {owner} IN (SELECT value FROM json_each(?))"


def _given(people: str | None) -> tuple[str, ...]:
    return () if people is None else (people,)


def _joined(said: list[str]) -> str:
    return " · ".join(one for one in said if one)


def _stored(moment: datetime) -> str:
    return str(KINDS["instant"].store(moment))


def _loaded(stored: str) -> datetime:
    return datetime.fromisoformat(stored)
