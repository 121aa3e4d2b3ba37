"""Of two tasks one: what hangs on the other is moved over, and the other is cancelled."""

from __future__ import annotations

from typing import Any

from models.book import Book
from models.change import Change
from models.refusals import Refused
from models.tasks.duplicates import Ref
from models.tasks.states import is_open
from models.texts import N_

_FILLED = (
    "kind", "owner", "customer", "opportunity", "goal", "project", "starts_on", "due", "priority",
    "effort_hours", "required_skills", "done_criteria", "remind_at",
)  # fmt: skip
_PLAN = {"customer": "customer", "opportunity": "opportunity", "due": "due", "person": "owner"}


def cancel(book: Book, one: Ref) -> int:
    """Cancel a task, or remove a planned follow-up; gives the change's number."""
    with book.change(N_("A duplicate is cancelled")) as change:
        _drop(change, one)
    return change.no


def merge(book: Book, keep: Ref, drop: Ref) -> int:
    """Move what hangs on one task to the other, fill in what that one doesn't say, cancel the first.

    Steps and collaborators that are there already aren't doubled; what can't be moved stays. One change;
    gives its number.
    """
    if keep == drop:
        raise Refused("same", N_("A task can't be merged with itself."))
    with book.change(N_("Two tasks become one")) as change:
        if keep.entity == "task" and drop.entity == "task":
            _fill(book, change, keep.row, drop.row)
            _steps(book, change, keep.row, drop.row)
            _links(book, change, keep.row, drop.row)
        elif keep.entity == "task":
            _fill_from_plan(book, change, keep.row, drop.row)
        _drop(change, drop)
    return change.no


def _drop(change: Change, one: Ref) -> None:
    if one.entity == "task":
        change.set("task", one.row, {"status": "cancelled"})
    else:
        change.remove(one.entity, [one.row])


def _fill(book: Book, change: Change, keep: int, drop: int) -> None:
    kept, other = book.record("task", keep), book.record("task", drop)
    values: dict[str, Any] = {
        name: other[name] for name in _FILLED if kept[name] is None and other[name] is not None
    }
    if other["recurrence"] and not kept["recurrence"] and kept["series"] is None:
        values["recurrence"] = other["recurrence"]
        values["occurrence"] = other["occurrence"]
        change.set("task", drop, {"recurrence": None})
    if values and is_open(kept["status"]):
        change.set("task", keep, values)


def _fill_from_plan(book: Book, change: Change, keep: int, drop: int) -> None:
    kept, plan = book.record("task", keep), book.record("follow_up_plan", drop)
    values = {to: plan[name] for name, to in _PLAN.items() if kept[to] is None and plan[name]}
    if plan["at"] and kept["remind_at"] is None:
        values["remind_at"] = plan["at"]
    if values:
        change.set("task", keep, values)


def _steps(book: Book, change: Change, keep: int, drop: int) -> None:
    """Steps of the other come after its own; one that is there already is ticked if either is."""
    names = ["title", "done", "place"]
    own_rows = list(book.linked("checklist_item", "task", keep))
    own = dict(zip(own_rows, book.rows("checklist_item", own_rows, names), strict=True))
    by_title = {str(values[0]).strip(): row for row, values in own.items()}
    place = max((values[2] or 0 for values in own.values()), default=0)
    for row in sorted(book.linked("checklist_item", "task", drop)):
        title, done, _ = book.rows("checklist_item", [row], names)[0]
        there = by_title.get(str(title).strip())
        if there is None:
            place += 1
            change.set("checklist_item", row, {"task": keep, "place": place})
        elif done and not own[there][1]:
            change.set("checklist_item", there, {"done": True})


def _links(book: Book, change: Change, keep: int, drop: int) -> None:
    """Whatever points at the other points at the one that is kept, as far as that may be."""
    for entity in book.schema:
        for field in entity.links():
            if field.target != "task" or entity.id == "checklist_item":
                continue
            for row in book.linked(entity.id, field.id, drop):
                if entity.id == "task" and row == keep:
                    continue
                try:
                    change.set(entity.id, row, {field.id: keep})
                except Refused:  # somebody who helps already, a circle; it stays with the other
                    continue
