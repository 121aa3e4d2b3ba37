"""Tasks that come again: which are due to be made, and making them.

The first task of a series, which has the rule, is its head; every later one is a copy that names the
head (``series``) and the day of the rule that it is for (``occurrence``). What was made is never made
again: also a task in the recycle bin, or one whose making was undone, counts. So a series goes on after
the last day that was ever made, and looking twice makes nothing twice.

Choices, each with its reason:

- A copy is made some days before its day (``AHEAD``), so that it can be planned for, and the next one
  when nothing of the series is open, so that somebody who is done sees what comes.
- Copies follow the head as it is today; what was made already stays as it is.
- A head that was finished or cancelled goes on: that was one of many. A series ends with its rule's
  last day, when the rule is taken from the head, or with the head in the recycle bin.
- Whoever has left the team gets no copies; they are made without an owner, and seen as unclear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from models.book import Book
from models.calendar.in_book import work_calendar
from models.change import Change
from models.describe import parsing
from models.journal.entries import CLOCK
from models.tasks import recurrence
from models.tasks.recurrence import DAY, MONTH, QUARTER, WEEK, WORKDAY, YEAR, Occurrence, Rule
from models.tasks.recurrence_words import parse
from models.tasks.states import OPEN_SQL, is_open
from models.texts import N_, ntr

AHEAD = {DAY: 0, WORKDAY: 0, WEEK: 5, MONTH: 10, QUARTER: 14, YEAR: 30}  # days before its day
_COPIED = (
    "title", "kind", "owner", "customer", "opportunity", "goal", "project", "priority",
    "effort_hours", "required_skills", "done_criteria", "template",
)  # fmt: skip
_LINKS = ("customer", "opportunity", "goal", "project", "template")
_PARTS = {"checklist_item": ("place", "title"), "collaborator": ("person", "share", "part")}


@dataclass(frozen=True)
class Due:
    """A task that ought to be there and isn't: its head, the day of the rule, the day it falls on."""

    head: int
    title: str
    nominal: date
    on: date


@dataclass(frozen=True)
class _Head:
    row: int
    title: str
    rule: Rule
    anchor: date
    reached: date  # the last day of the rule that was ever made
    open: bool  # whether any task of the series is


def due(book: Book, on: date) -> list[Due]:
    """What ought to be made by a day, by head and day; nothing is written."""
    with book.reading():
        heads = _heads(book, on)
        calendar = work_calendar(book) if heads else None
    made = []
    for head in heads:
        assert calendar is not None
        for one in _coming(head, on, calendar):
            made.append(Due(head.row, head.title, one.nominal, one.on))
    return made


def _coming(head: _Head, on: date, calendar: recurrence.Days) -> Sequence[Occurrence]:
    last = on + timedelta(days=AHEAD[head.rule.unit])
    found = recurrence.occurrences(head.rule, head.anchor, head.reached, last, calendar)
    if found or head.open:
        return found
    following = recurrence.following(head.rule, head.anchor, head.reached, calendar)
    return [following] if following else []


def _heads(book: Book, on: date) -> list[_Head]:
    db = book.connection()
    rows = db.run(
        "SELECT id, title, recurrence, coalesce(occurrence, due, starts_on), status FROM task "
        "WHERE alive = 1 AND recurrence IS NOT NULL AND series IS NULL ORDER BY id"
    )
    if not rows:
        return []
    made = {
        row: (last, opened)
        for row, last, opened in db.run(
            f"SELECT series, max(occurrence), max(alive IS 1 AND status IN {OPEN_SQL}) FROM task "
            "WHERE series IS NOT NULL GROUP BY series"
        )
    }
    heads = []
    for row, title, stored, first, status in rows:
        try:
            rule = parse(stored)
        except parsing.Unreadable:  # written before the field knew rules
            continue
        last, opened = made.get(row, (None, 0))
        anchor = date.fromisoformat(first) if first else on
        reached = max(date.fromisoformat(last), anchor) if last else anchor
        heads.append(
            _Head(row, title or "", rule, anchor, reached, bool(opened) or is_open(status))
        )
    return heads


def make(book: Book, on: date) -> int:
    """Make all that is due by a day, as one change; gives how many tasks.

    Raises:
        BookUnavailable: the book can't be written.
    """
    if not due(book, on) and not _unanchored(book):
        return 0
    try:
        with book.change(N_("Tasks that come again"), CLOCK) as change:
            fresh = _unanchored(book)
            for row in fresh:  # its first day counts from today, and stays
                change.set("task", row, {"occurrence": on})
            wanted = due(book, on)  # again: another program may have made them meanwhile
            for one in wanted:
                _copy(book, change, one)
            if not wanted and not fresh:
                raise _NothingLeft
    except _NothingLeft:
        return 0
    return len(wanted)


class _NothingLeft(Exception):
    """Everything was made meanwhile; no empty change is written."""


def _unanchored(book: Book) -> list[int]:
    rows = book.connection().run(
        "SELECT id FROM task WHERE alive = 1 AND recurrence IS NOT NULL AND series IS NULL "
        "AND coalesce(occurrence, due, starts_on) IS NULL"
    )
    return [int(row) for (row,) in rows]


def _copy(book: Book, change: Change, one: Due) -> int:
    head = book.record("task", one.head)
    values: dict[str, Any] = {name: head[name] for name in _COPIED if head[name] is not None}
    for name in _LINKS:
        if name in values and not _there(book, book.schema.entity("task").field(name).target, values[name].id):  # fmt: skip
            del values[name]
    if head["owner"] is not None and not _works(book, head["owner"].id):
        del values["owner"]
    values.update(series=one.head, occurrence=one.nominal, due=one.on)
    values["status"] = "draft" if head["status"] == "draft" else "assigned"
    values.update(_days(head, one.on))
    row = change.add("task", values)
    for part, names in _PARTS.items():
        for inside in sorted(book.linked(part, "task", one.head)):
            said = dict(zip(names, book.rows(part, [inside], names)[0], strict=True))
            if said.get("person") is None or _works(book, said["person"].id):
                change.add(part, {**said, "task": row})
    return row


def _days(head: dict[str, Any], on: date) -> dict[str, Any]:
    """Its beginning and its reminder, as far from its day as the head's are."""
    made: dict[str, Any] = {}
    first = head["due"] or head["occurrence"] or head["starts_on"]
    if head["due"] and head["starts_on"]:
        made["starts_on"] = on - (head["due"] - head["starts_on"])
    if head["remind_at"] and first:
        local: datetime = head["remind_at"].astimezone()
        day = on + (local.date() - first)
        made["remind_at"] = datetime.combine(day, time(local.hour, local.minute)).astimezone()
    return made


def _there(book: Book, entity: str, row: int) -> bool:
    return bool(book.count(entity, f"id = {row}"))


def _works(book: Book, person: int) -> bool:
    return bool(book.count("salesperson", f"id = {person} and status != left"))


# -- a series as a whole ---------------------------------------------------------------------------


def head_of(book: Book, task: int) -> int | None:
    """The head of the series that a task belongs to; None if it comes only once."""
    with book.reading() as db:
        found = db.run("SELECT series, recurrence FROM task WHERE id = ?", (task,))
    if not found:
        return None
    series, rule = found[0]
    return int(series) if series is not None else (task if rule else None)


def members(book: Book, task: int) -> list[int]:
    """The live tasks of the series that a task belongs to, the head first, then by their days."""
    head = head_of(book, task)
    if head is None:
        return []
    rows = book.connection().run(
        "SELECT id FROM task WHERE alive = 1 AND (id = ? OR series = ?) "
        "ORDER BY id != ?, occurrence, id",
        (head, head, head),
    )
    return [int(row) for (row,) in rows]


def edit_later(book: Book, task: int, values: dict[str, Any]) -> int:
    """Write values into a task, the open ones after it and those to come, as one change; how many.

    Raises:
        Refused: it belongs to no series, or a value isn't acceptable.
    """
    head = head_of(book, task)
    later = _later(book, task, head) if head is not None else []
    changed = list(dict.fromkeys([*([head] if head is not None else []), task, *later]))
    reason = ntr("{n} task of a series", "{n} tasks of a series", len(changed))
    with book.change(reason) as change:
        for row in changed:
            own = {name: value for name, value in values.items() if name != "recurrence"}
            if row == head and "recurrence" in values:
                own["recurrence"] = values["recurrence"]
            if own:
                change.set("task", row, own)
    return len(changed)


def end(book: Book, task: int, *, cancel_open: bool = True) -> int:
    """Let a series come no more; what is open after a task is cancelled. Gives how many were.

    The task itself stays as it is.
    """
    head = head_of(book, task)
    if head is None:
        return 0
    later = [one for one in _later(book, task, head) if one != task] if cancel_open else []
    with book.change(N_("A series ends")) as change:
        change.set("task", head, {"recurrence": None})
        for row in later:
            change.set("task", row, {"status": "cancelled"})
    return len(later)


def _later(book: Book, task: int, head: int) -> list[int]:
    """The open tasks of a series after the day of one of them."""
    rows = book.connection().run(
        f"SELECT t.id FROM task t, task this WHERE this.id = ? AND t.alive = 1 AND t.series = ? "
        f"AND t.status IN {OPEN_SQL} AND t.occurrence > coalesce(this.occurrence, this.due, '')",
        (task, head),
    )
    return [int(row) for (row,) in rows]
