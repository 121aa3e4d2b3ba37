"""What one person is to do on which days: tasks, follow-ups and meetings, read set by set.

A person's are the tasks that they own or share, the follow-ups that are theirs (without a name, those of
their customers), the meetings of their team, of the teams that they lead, and those with themselves. What
somebody else does while they are away isn't theirs meanwhile, and what they do for others is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.people.covering import Covering
from models.phone.message_parts import place
from models.tasks.states import CLOSED

ENTITIES = ("task", "follow_up_plan", "meeting")
_ASKED = "WITH asked (me, first, last, besides) AS (SELECT ?, ?, ?, ?) "
_CONTACT = (  # whom to speak to at a customer, where nobody is named
    "SELECT n.id FROM contact n WHERE n.customer = c.id AND n.alive = 1 "
    'AND n.active IS NOT 0 ORDER BY n."primary" DESC, n.id LIMIT 1'
)
_LED = (  # the teams whose meetings a person goes to
    "SELECT team FROM salesperson WHERE id = a.me UNION SELECT id FROM team WHERE manager = a.me"
)

_AWAY = (  # whose work may be done by somebody else meanwhile
    "SELECT person FROM \"leave\" WHERE alive = 1 AND status IN ('approved', 'taken') "
    "AND ends_on >= a.first AND starts_on <= a.last"
)


@dataclass(frozen=True)
class Planned:
    """One thing to be done. Links are labels; ``minutes`` is 0 where nothing says how long it takes.

    ``on`` is its day, ``at`` its moment if it has one; ``open``, whether this person is still to do it;
    ``covered`` says for whom it is done, or nothing.
    """

    entity: str
    row: int
    title: str
    on: date | None
    at: datetime | None = None
    minutes: int = 0
    kind: str = ""
    priority: str = ""
    customer: str = ""
    customer_row: int = 0
    contact: str = ""
    phone: str = ""
    place: str = ""
    owner: str = ""
    done_means: str = ""
    blocked: str = ""
    remind_at: datetime | None = None
    open: bool = True
    covered: str = ""
    contact_row: int = 0


def of_person(
    book: Book,
    person: int,
    first: date,
    last: date,
    besides: Mapping[str, Sequence[int]] | None = None,
    on: date | None = None,
) -> list[Planned]:
    """What a person is to do from one day to another, both included, in the order of time.

    Args:
        besides: rows, by their entities, that are told in any case, done or not, and with them what
            others do for this person; only what is ``open`` if not given.
        on: today, from when on those are away who are marked as being on leave.
    """
    more = besides or {}
    covering = Covering(book, on)
    with book.reading() as db:
        reader = _Reader(db, covering, person, first, last)
        made = [
            *reader.tasks(more.get("task", ())),
            *reader.follow_ups(more.get("follow_up_plan", ())),
            *reader.meetings(more.get("meeting", ())),
        ]
    return sorted((one for one in made if one.open or besides is not None), key=order)


def one(book: Book, entity: str, row: int) -> Planned:
    """One task or follow-up, whoever is to do it."""
    with book.reading() as db:
        reader = _Reader(db, None, 0, date.max, date.min)
        read = reader.tasks if entity == "task" else reader.follow_ups
        return read([row])[0]  # `open` is as for nobody: who asks knows whose it is


def order(one: Planned) -> tuple[Any, ...]:
    """Days in order; on a day first what has a time, then what is urgent."""
    day = one.on or date.max
    ranks = {"high": 0, "normal": 1, "": 1, "low": 2}
    moment = one.at.timestamp() if one.at is not None else 0.0
    return day, one.at is None, moment, ranks.get(one.priority, 1), one.entity, one.row


class _Reader:
    """Reads for one person; each kind with one question."""

    def __init__(
        self,
        db: Connection,
        covering: Covering | None,
        person: int,
        first: date,
        last: date,
    ) -> None:
        self._db, self._covering, self._person = db, covering, person
        self._first, self._last = first, last

    def _asked(self, besides: Iterable[int]) -> tuple[object, ...]:
        days = self._first.isoformat(), self._last.isoformat()
        return (self._person, *days, json.dumps(sorted(besides)))

    def _is_mine(
        self, kind: str, row: int, owner: int | None, day: date | None, customer: int, *, own: bool
    ) -> bool:
        """Whether this person does it on its day; ``own``, whether they do without any leave."""
        if self._covering is None or day is None or owner is None:
            return own
        worker, covered = self._covering.worker(kind, row, owner, day, customer or None)
        if not covered:
            return own
        return worker == self._person or (own and owner != self._person)

    def _said(self, kind: str, row: int, owner: int | None, day: date | None, customer: int) -> str:
        if self._covering is None or owner is None or day is None or owner == self._person:
            return ""
        return self._covering.said(kind, row, owner, day, customer or None)

    def tasks(self, besides: Iterable[int]) -> list[Planned]:
        """Tasks by their due day."""
        closed = ", ".join(f"'{one}'" for one in CLOSED)
        rows = self._db.run(
            f"{_ASKED}SELECT t.id, t.alive, t.title, t.kind, t.due, t.priority, t.status, t.done_criteria, "
            "t.blocked_reason, t.remind_at, t.owner, o.name, c.name, c.id, n.name, "
            "coalesce(n.phone, c.phone), "
            "t.owner IS a.me OR EXISTS (SELECT 1 FROM collaborator w "
            "WHERE w.task = t.id AND w.person = a.me AND w.alive = 1), n.id "
            "FROM asked a CROSS JOIN task t LEFT JOIN salesperson o ON o.id = t.owner "
            "LEFT JOIN customer c ON c.id = t.customer "
            f"LEFT JOIN contact n ON n.id = ({_CONTACT}) "
            "WHERE t.id IN (SELECT value FROM json_each(a.besides)) OR "
            f"(t.alive = 1 AND t.due BETWEEN a.first AND a.last AND coalesce(t.status, '') NOT IN ({closed}) "
            f"AND (t.owner = a.me OR t.owner IN ({_AWAY}) OR t.id IN "
            "(SELECT task FROM collaborator WHERE person = a.me AND alive = 1)))",
            self._asked(besides),
        )
        made = []
        named = frozenset(besides)
        for row in rows:
            id, alive, title, kind, due, priority, status, done, blocked, remind, owner = row[:11]
            name, customer, customer_row, contact, phone, own, contact_row = row[11:]
            on = _day(due)
            mine = self._is_mine("task", id, owner, on, customer_row or 0, own=bool(own))
            if not (mine or own or id in named):
                continue
            made.append(
                Planned(
                    "task", id, title or "", on,
                    kind=kind or "", priority=priority or "",
                    customer=customer or "", customer_row=customer_row or 0,
                    contact=contact or "", phone=phone or "", owner=name or "",
                    done_means=done or "", blocked=(blocked or "") if status == "blocked" else "",
                    remind_at=_moment(remind),
                    open=bool(alive == 1 and status not in CLOSED and mine and on is not None),
                    covered=self._said("task", id, owner, on, customer_row or 0), contact_row=contact_row or 0,
                )
            )  # fmt: skip
        return made

    def follow_ups(self, besides: Iterable[int]) -> list[Planned]:
        """Planned follow-ups by their agreed time, else by the day by which they are due."""
        rows = self._db.run(
            f"{_ASKED}SELECT f.id, f.alive, f.purpose, f.kind, f.due, f.at, f.status, "
            "coalesce(f.person, c.owner), o.name, c.name, c.id, n.name, coalesce(n.phone, c.phone), "
            "coalesce(c.address, ''), coalesce(c.city, ''), coalesce(c.province, ''), n.id "
            "FROM asked a CROSS JOIN follow_up_plan f LEFT JOIN customer c ON c.id = f.customer "
            "LEFT JOIN salesperson o ON o.id = coalesce(f.person, c.owner) "
            f"LEFT JOIN contact n ON n.id = coalesce(f.contact, ({_CONTACT})) "
            "WHERE f.id IN (SELECT value FROM json_each(a.besides)) OR "
            "(f.alive = 1 AND f.due BETWEEN a.first AND a.last AND f.status = 'planned' "
            f"AND (coalesce(f.person, c.owner) = a.me OR coalesce(f.person, c.owner) IN ({_AWAY})))",
            self._asked(besides),
        )
        made = []
        named = frozenset(besides)
        for row in rows:
            id, alive, purpose, kind, due, at, status, owner, name, customer = row[:10]
            customer_row, contact, phone, *where, contact_row = row[10:]
            moment = _moment(at)
            on = moment.astimezone().date() if moment is not None else _day(due)
            own = owner == self._person
            mine = self._is_mine("follow_up_plan", id, owner, on, customer_row or 0, own=own)
            if not (mine or own or id in named):
                continue
            made.append(
                Planned(
                    "follow_up_plan", id, purpose or "", on, moment,
                    kind=kind or "", customer=customer or "", customer_row=customer_row or 0,
                    contact=contact or "", phone=phone or "", owner=name or "",
                    place=place(*where) if kind == "visit" else "",
                    open=bool(alive == 1 and status == "planned" and mine and on is not None),
                    covered=self._said("follow_up_plan", id, owner, on, customer_row or 0),
                    contact_row=contact_row or 0,
                )
            )  # fmt: skip
        return made

    def meetings(self, besides: Iterable[int]) -> list[Planned]:
        """Meetings by when they begin, else by their day."""
        rows = self._db.run(
            f"{_ASKED}SELECT m.id, m.alive, m.title, m.kind, m.held_on, m.starts_at, m.duration_minutes, "
            "m.place, p.name, t.name, "
            f"m.person IS a.me OR m.team IN ({_LED}) OR (m.team IS NULL AND m.person IS NULL) "
            "FROM asked a CROSS JOIN meeting m LEFT JOIN salesperson p ON p.id = m.person "
            "LEFT JOIN team t ON t.id = m.team "
            "WHERE m.id IN (SELECT value FROM json_each(a.besides)) OR "
            "(m.alive = 1 AND coalesce(date(m.starts_at, 'localtime'), m.held_on) "
            "BETWEEN a.first AND a.last)",
            self._asked(besides),
        )
        made = []
        named = frozenset(besides)
        for id, alive, title, kind, held, at, minutes, where, person, team, mine in rows:
            if not mine and id not in named:
                continue
            moment = _moment(at)
            on = moment.astimezone().date() if moment is not None else _day(held)
            made.append(
                Planned(
                    "meeting", id, title or "", on, moment, minutes or 0, kind=kind or "",
                    contact=person or "", place=where or "", owner=team or "",
                    open=bool(alive == 1 and mine and on is not None),
                )
            )  # fmt: skip
        return made


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _moment(stored: str | None) -> datetime | None:
    found = KINDS["instant"].load(stored) if stored else None
    assert found is None or isinstance(found, datetime)
    return found
