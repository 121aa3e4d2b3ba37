"""The open work of a book as load asks for it: tasks, follow-ups and meetings, each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.dialects import Connection
from models.goals.staff import Staff
from models.money import SCALE, if_scaled
from models.tasks.states import CLOSED

REVIEW, BLOCKED = "review", "blocked"
_OF_TASK = {"visit": "visit", "follow_up": "call", "collection": "call"}  # whose minutes are usual
_MINUTES = 60  # of a task of another kind whose effort nobody said


@dataclass(frozen=True)
class Task:
    """An open task; ``units`` are millionths of hours that are left, ``assumed`` if nobody said how many."""

    row: int
    title: str
    owner: int | None
    customer: int | None
    begins: date | None
    due: date | None
    after: date | None
    status: str
    kind: str
    units: int
    assumed: bool
    others: tuple[tuple[int, Decimal | None], ...]


@dataclass(frozen=True)
class Plan:
    """A planned follow-up, by who is to do it."""

    row: int
    title: str
    owner: int | None
    customer: int
    due: date
    timed: bool
    units: int


@dataclass(frozen=True)
class Meeting:
    """A meeting; whom it is with or which team meets."""

    row: int
    title: str
    day: date
    person: int | None
    team: int | None
    units: int


def tasks(db: Connection, minutes: dict[str, int]) -> dict[int, Task]:
    """All open tasks by their rows."""
    others: dict[int, list[tuple[int, Decimal | None]]] = defaultdict(list)
    for task, person, share in db.run(
        "SELECT task, person, share FROM collaborator "
        "WHERE alive = 1 AND task IS NOT NULL AND person IS NOT NULL ORDER BY id"
    ):
        others[task].append((person, if_scaled(share)))
    after = {
        task: date.fromisoformat(due)
        for task, due in db.run(
            "SELECT d.task, max(b.due) FROM task_dependency d JOIN task b ON b.id = d.after "
            "WHERE d.alive = 1 AND b.alive = 1 AND b.due IS NOT NULL "
            "AND coalesce(b.status, '') NOT IN (?, ?) GROUP BY d.task",
            CLOSED,
        )
    }
    made = {}
    for row, title, kind, owner, customer, begins, due, effort, status in db.run(
        "SELECT id, title, kind, owner, customer, starts_on, due, effort_hours, status FROM task "
        "WHERE alive = 1 AND coalesce(status, '') NOT IN (?, ?) ORDER BY id",
        CLOSED,
    ):
        units = _units(minutes.get(_OF_TASK.get(kind, ""), _MINUTES)) if effort is None else effort
        made[row] = Task(
            row, title or "", owner, customer, _day(begins), _day(due), after.get(row),
            status or "", kind or "", 0 if status == REVIEW else units, effort is None,
            tuple(others.get(row, ())),
        )  # fmt: skip
    return made


def plans(db: Connection, minutes: dict[str, int]) -> list[Plan]:
    """All planned follow-ups."""
    rows = db.run(
        "SELECT p.id, p.purpose, c.name, coalesce(p.person, c.owner), p.customer, p.due, "
        "p.at IS NOT NULL, p.kind FROM follow_up_plan p JOIN customer c ON c.id = p.customer "
        "WHERE p.alive = 1 AND c.alive = 1 AND p.status = 'planned' AND p.due IS NOT NULL"
    )
    return [
        Plan(
            row, " · ".join(one for one in (customer, purpose) if one), owner, its,
            date.fromisoformat(due), bool(timed), _units(minutes.get(kind or "call", _MINUTES)),
        )
        for row, purpose, customer, owner, its, due, timed, kind in rows
    ]  # fmt: skip


def meetings(db: Connection, minutes: dict[str, int], first: date, last: date) -> list[Meeting]:
    """The meetings of some days."""
    rows = db.run(
        "SELECT id, title, held_on, person, team, duration_minutes FROM meeting "
        "WHERE alive = 1 AND held_on BETWEEN ? AND ? ORDER BY held_on, id",
        (first.isoformat(), last.isoformat()),
    )
    return [
        Meeting(
            row, title or "", date.fromisoformat(held), person, team,
            _units(minutes["meeting"] if took is None else took),
        )
        for row, title, held, person, team, took in rows
    ]  # fmt: skip


def present(meeting: Meeting, staff: Staff) -> Iterable[int]:
    """Who is at a meeting: the person and the superior, else everybody of the team."""
    if meeting.person is not None:
        above = staff.superior.get(meeting.person)
        return {meeting.person} if above is None else {meeting.person, above}
    return () if meeting.team is None else staff.in_team(meeting.team)


def _units(minutes: int) -> int:
    return (minutes * SCALE + 30) // 60


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
