"""What has a moment at which it is to be said: tasks, agreed follow-ups, meetings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.people.covering import Covering
from models.tasks.states import CLOSED
from models.texts import N_, tr

MOST = 2_000  # of each kind that are looked at
_AWAY = (  # whose work may be done by somebody else
    "SELECT person FROM \"leave\" WHERE alive = 1 AND status IN ('approved', 'taken')"
)


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
    whose = _Whose(book, people)
    low = _stored(since)
    with book.reading() as db:
        return [
            *_tasks(db, low, whose),
            *_follow_ups(db, low, whose, before),
            *_meetings(db, low, whose.named, before),
        ]


class _Whose:
    """Whose reminders are wanted: what some people do on its day, for others who are away too."""

    def __init__(self, book: Book, people: Collection[int] | None) -> None:
        self._people = people
        self.named = None if people is None else json.dumps(sorted(people))
        self._covering = None if people is None else Covering(book)

    def narrowed(self, owner: str) -> tuple[str, tuple[str, ...]]:
        """The condition by which the engine leaves out what can't be meant, and its parameters."""
        if self.named is None:
            return "", ()
        sql = f"AND ({owner} IN (SELECT value FROM json_each(?)) OR {owner} IN ({_AWAY}))"
        return sql, (self.named,)

    def wants(self, kind: str, row: int, owner: int | None, at: datetime, customer: int) -> bool:
        """Whether one of them does it on its day."""
        if self._people is None or self._covering is None:
            return True
        day = at.astimezone().date()
        worker, _ = self._covering.worker(kind, row, owner, day, customer or None)
        return worker in self._people


def _tasks(db: Connection, low: str, whose: _Whose) -> Iterator[Item]:
    narrowed, given = whose.narrowed("t.owner")
    rows = db.run(
        "SELECT t.id, t.remind_at, t.title, t.due, c.name, t.customer, t.owner FROM task t "
        "LEFT JOIN customer c ON c.id = t.customer "
        "WHERE t.alive = 1 AND t.remind_at >= ? AND coalesce(t.status, '') NOT IN (?, ?) "
        f"{narrowed} ORDER BY t.remind_at LIMIT ?",
        (low, *CLOSED, *given, MOST),
    )
    for row, at, title, due, customer, link, owner in rows:
        moment = _loaded(at)
        if whose.wants("task", row, owner, moment, link or 0):
            said = [customer or "", tr(N_("due {day}"), day=due) if due else ""]
            yield Item("task", row, moment, moment, title or "", _joined(said), link or 0)


def _follow_ups(db: Connection, low: str, whose: _Whose, before: timedelta) -> Iterator[Item]:
    narrowed, given = whose.narrowed("coalesce(f.person, c.owner)")
    rows = db.run(
        "SELECT f.id, f.at, f.purpose, c.name, n.name, coalesce(n.phone, c.phone), f.customer, "
        "coalesce(f.person, c.owner) FROM follow_up_plan f LEFT JOIN customer c ON c.id = f.customer "
        "LEFT JOIN contact n ON n.id = f.contact "
        "WHERE f.alive = 1 AND f.at >= ? AND f.status = 'planned' "
        f"{narrowed} ORDER BY f.at LIMIT ?",
        (low, *given, MOST),
    )
    for row, at, purpose, customer, contact, phone, link, owner in rows:
        moment = _loaded(at)
        if whose.wants("follow_up_plan", row, owner, moment, link or 0):
            said = [customer or "" if purpose else "", contact or "", phone or ""]
            title = purpose or customer or ""
            yield Item(
                "follow_up_plan", row, moment, moment - before, title, _joined(said), link or 0
            )


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


def _joined(said: list[str]) -> str:
    return " · ".join(one for one in said if one)


def _stored(moment: datetime) -> str:
    return str(KINDS["instant"].store(moment))


def _loaded(stored: str) -> datetime:
    return datetime.fromisoformat(stored)
