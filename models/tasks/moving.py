"""What it means to move a task on a board, in a calendar or along a timeline; each in one change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.person_days import COUNTED
from models.calendar.workdays import WorkCalendar
from models.change import Change
from models.tasks.states import CLOSED
from models.tasks.view_rows import short_day, status_text
from models.texts import N_, ntr, tr


def put(change: Change, group: str, tasks: Iterable[int], key: str | int, on: date) -> None:
    """Put tasks into a column of the board: give them its state, person or project.

    Args:
        on: the day on which what is put under done was done.
    """
    for task in tasks:
        values: dict[str, Any] = {group: key or None}
        if group == "status":
            values |= _with_status(change, task, str(key), on)
        change.set("task", task, values)


def _with_status(change: Change, task: int, status: str, on: date) -> dict[str, Any]:
    before, done_at = change.db.run("SELECT status, done_at FROM task WHERE id = ?", (task,))[0]
    if status == "done" and before != "done":
        return {"done_at": on}
    if status not in CLOSED and done_at is not None:
        return {"done_at": None}
    return {}


def told_put(book: Book, group: str, tasks: list[int], key: str | int, name: str) -> str:
    """What such a change is called."""
    if group == "owner":
        one, many = N_("Give {task} to {name}"), N_("Give {n} tasks to {name}")
    else:
        one, many = N_("Move {task} to {name}"), N_("Move {n} tasks to {name}")
    name = status_text(str(key)) if group == "status" else name
    if len(tasks) == 1:
        return tr(one, task=book.label("task", tasks[0]), name=name)
    return tr(many, n=f"{len(tasks):,}", name=name)


# -- days ----------------------------------------------------------------------------------------


def move_due(change: Change, task: int, to: date) -> None:
    """Move a task to another day; one that would begin after it is due begins on that day."""
    starts = change.db.one("SELECT starts_on FROM task WHERE id = ?", (task,))
    values: dict[str, Any] = {"due": to}
    if starts and date.fromisoformat(starts) > to:
        values["starts_on"] = to
    change.set("task", task, values)


def move_bar(change: Change, task: int, days: int) -> None:
    """Move a task by so many days: its beginning and its end, as far as it has them."""
    starts, due = change.db.run("SELECT starts_on, due FROM task WHERE id = ?", (task,))[0]
    values = {
        name: date.fromisoformat(day) + timedelta(days=days)
        for name, day in (("starts_on", starts), ("due", due))
        if day
    }
    if values:
        change.set("task", task, values)


def set_due(change: Change, task: int, due: date) -> None:
    """Make a task end on another day; it never ends before it begins."""
    starts = change.db.one("SELECT starts_on FROM task WHERE id = ?", (task,))
    change.set("task", task, {"due": max(due, date.fromisoformat(starts)) if starts else due})


def told_day(label: str, to: date, on: date) -> str:
    """What a move to another day is called."""
    return tr(N_("Move {task} to {name}"), task=label, name=short_day(to, on))


def told_due(label: str, to: date, on: date) -> str:
    """What another last day is called."""
    return tr(N_("{task} is due {day}"), task=label, day=short_day(to, on))


def told_days(n: int) -> str:
    """How far something is moved, in words."""
    if n < 0:
        return ntr("{n} day earlier", "{n} days earlier", -n)
    return ntr("{n} day later", "{n} days later", n)


def told_working_days(n: int) -> str:
    """How far something is moved over working days, in words."""
    if n < 0:
        return ntr("{n} working day earlier", "{n} working days earlier", -n)
    return ntr("{n} working day later", "{n} working days later", n)


def step_bar(change: Change, book: Book, task: int, by: int) -> None:
    """Move a task by so many working days: its beginning and its end, as far as it has them."""
    calendar = work_calendar(book)
    starts, due = change.db.run("SELECT starts_on, due FROM task WHERE id = ?", (task,))[0]
    values = {
        name: step(calendar, date.fromisoformat(day), by)
        for name, day in (("starts_on", starts), ("due", due))
        if day
    }
    if values:
        change.set("task", task, values)


def concern(book: Book, person: int, on: date) -> str:
    """What speaks against giving somebody work now, as a sentence; "" for nothing."""
    with book.reading() as db:
        found = db.run("SELECT name, status FROM salesperson WHERE id = ?", (person,))
        marks = ", ".join("?" * len(COUNTED))
        away = db.run(
            f'SELECT max(ends_on) FROM "leave" WHERE alive = 1 AND person = ? AND status IN ({marks}) '
            "AND starts_on <= ? AND ends_on >= ?",
            (person, *COUNTED, on.isoformat(), on.isoformat()),
        )
    if not found:
        return ""
    name, status = found[0]
    if status in ("leaving", "left"):
        return tr(N_("{name} is leaving the team."), name=name)
    until = away[0][0]
    if until:
        day = short_day(date.fromisoformat(until), on)
        return tr(N_("{name} is away until {day}."), name=name, day=day)
    return tr(N_("{name} is on leave."), name=name) if status == "on_leave" else ""


def step(calendar: WorkCalendar, day: date, by: int) -> date:
    """The working day so many working days after a day, or before it; the day itself for 0."""
    for _ in range(abs(by)):
        found = calendar.next_working(day) if by > 0 else calendar.previous_working(day)
        if found is None:
            return day
        day = found
    return day
