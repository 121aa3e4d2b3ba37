"""Tasks as board, calendar and timeline show them: one read of a set, with the names beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.describe.field import Choice
from models.money import if_scaled
from models.tasks.asked import Asked, condition
from models.tasks.states import CLOSED, OPEN_SQL
from models.tasks.task import STATUSES
from models.texts import N_, tr

IS_OPEN = f"t.status IN {OPEN_SQL}"
_STATUSES = {one.code: one for one in STATUSES}
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_READ = (
    "SELECT t.id, t.title, t.kind, t.status, t.priority, t.owner, p.name, t.customer, c.name, t.project, j.name, "
    "t.starts_on, t.due, t.done_at, t.effort_hours, t.blocked_reason, "
    "(SELECT count(*) FROM checklist_item i WHERE i.task = t.id AND i.alive = 1), "
    "(SELECT count(*) FROM checklist_item i WHERE i.task = t.id AND i.alive = 1 AND i.done = 1) "
    "FROM task t LEFT JOIN salesperson p ON p.id = t.owner LEFT JOIN customer c ON c.id = t.customer "
    "LEFT JOIN project j ON j.id = t.project "
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with what is shown of it; rows are 0 and names empty where there is none."""

    id: int
    title: str
    kind: str
    status: str
    priority: str
    owner: int
    owner_name: str
    customer: int
    customer_name: str
    project: int
    project_name: str
    starts_on: date | None
    due: date | None
    done_at: date | None
    effort: Decimal | None
    blocked: str
    steps: int
    steps_done: int

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in CLOSED

    def late(self, on: date) -> bool:
        """Whether it should have been done before a day and isn't."""
        return not self.closed and self.due is not None and self.due < on

    def told(self, on: date) -> str:
        """What it is, for who hears the screen: its title, whose, when, how far, and what is wrong."""
        parts = [self.title, self.customer_name, self.owner_name]
        if self.due is not None:
            parts.append(tr(N_("due {day}"), day=short_day(self.due, on)))
        parts.append(status_text(self.status))
        if self.late(on):
            parts.append(tr(N_("overdue")))
        if self.status == "blocked" and self.blocked:
            parts.append(self.blocked)
        if self.steps:
            parts.append(tr(N_("{done} of {all} steps done"), done=self.steps_done, all=self.steps))
        return tr(N_(", ")).join(one for one in parts if one)


def read(
    book: Book, asked: Asked, where: str = "", params: Sequence[object] = (), tail: str = ""
) -> list[TaskRow]:
    """The tasks that are asked for, of those that ``where`` leaves; ``tail`` orders and limits them."""
    wanted, values = condition(book, asked, "task", "t.owner", project=True)
    more = f" AND {where}" if where else ""
    if asked.open_only:
        more += f" AND {IS_OPEN}"
    with book.reading() as db:
        rows = db.run(f"{_READ}WHERE {wanted}{more} {tail}", (*values, *params))
    return [_row(one) for one in rows]


def by_ids(book: Book, ids: Sequence[int]) -> dict[int, TaskRow]:
    """Some tasks by their rows, whatever else holds for them."""
    with book.reading() as db:
        rows = db.run(
            f"{_READ}WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
        )
    return {one[0]: _row(one) for one in rows}


def _row(one: tuple[Any, ...]) -> TaskRow:
    (
        id, title, kind, status, priority, owner, owner_name, customer, customer_name, project,
        project_name, starts, due, done, effort, blocked, steps, steps_done,
    ) = one  # fmt: skip
    return TaskRow(
        id, title or "", kind or "", status or "", priority or "", owner or 0, owner_name or "",
        customer or 0, customer_name or "", project or 0, project_name or "", _day(starts), _day(due),
        _day(done), if_scaled(effort), blocked or "", steps, steps_done,
    )  # fmt: skip


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def status_text(status: str) -> str:
    """What a status is called."""
    found: Choice | None = _STATUSES.get(status)
    return found.text() if found is not None else status


def month_name(day: date) -> str:
    """The short name of the month that a day is in."""
    return tr(_MONTHS[day.month - 1])


def short_day(day: date, on: date) -> str:
    """A day as one says it, such as 3 Dec; the year stands with it where it isn't that of ``on``."""
    month = month_name(day)
    if day.year != on.year:
        return tr(N_("{d} {month} {year}"), d=day.day, month=month, year=day.year)
    return tr(N_("{d} {month}"), d=day.day, month=month)
