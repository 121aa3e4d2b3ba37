"""Follow-up plans: made, moved, missed; what is overdue.

A plan is planned until an activity fulfils it (``fulfilling``), it is moved (``move`` leaves the old
one with its reason and makes a new one; typing another day into the plan itself stays possible), or
it is missed: by hand, or by ``upkeep`` once it is overdue for longer than an activity could still
fulfil it. Missed plans count against the rate of follow-ups on time, moved ones don't count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.following.fulfilling import GRACE_DAYS
from models.following.known import day_of
from models.following.sentences import joined
from models.journal.entries import CLOCK
from models.refusals import Refused
from models.texts import N_, ntr, tr

_CARRIED = ("customer", "kind", "purpose", "person", "contact", "opportunity")


@dataclass(frozen=True)
class Due:
    """A planned follow-up; ``days`` is how long it is overdue, 0 on its day."""

    plan: int
    customer: int
    name: str
    grade: str
    person: int | None
    person_name: str
    due: date
    days: int
    purpose: str
    kind: str
    at: datetime | None

    def text(self) -> str:
        """What is late, and what becomes of it, in the current language."""
        if not self.days:
            return tr(N_("Follow-up due today."))
        late = ntr(
            "Follow-up overdue for {n} day, since {due}.",
            "Follow-up overdue for {n} days, since {due}.",
            self.days,
            due=self.due.isoformat(),
        )
        left = GRACE_DAYS - self.days
        if left > GRACE_DAYS // 2:
            return late
        return joined((late, _counts_as_missed(left)))


def _counts_as_missed(left: int) -> str:
    if left < 0:
        return tr(N_("It counts as missed."))
    return ntr("In {n} day it counts as missed.", "In {n} days it counts as missed.", left)


def overdue(book: Book, on: date) -> tuple[Due, ...]:
    """The planned follow-ups whose day is over, the oldest first."""
    return _planned(book, on, "p.due < ?1")


def due_on(book: Book, on: date) -> tuple[Due, ...]:
    """The follow-ups planned for a day, those with a time first."""
    return _planned(book, on, "p.due = ?1")


def _planned(book: Book, on: date, when: str) -> tuple[Due, ...]:
    with book.reading() as db:
        found = db.run(
            "SELECT p.id, p.customer, k.name, k.grade, coalesce(p.person, k.owner), o.name, p.due, "
            "p.purpose, p.kind, p.at FROM follow_up_plan p JOIN customer k ON k.id = p.customer "
            "AND k.alive = 1 LEFT JOIN salesperson o ON o.id = coalesce(p.person, k.owner) "
            f"WHERE p.alive = 1 AND p.status = 'planned' AND {when} "
            "ORDER BY p.due, p.at IS NULL, p.at, p.id",
            (on.isoformat(),),
        )
    return tuple(_due(row, on) for row in found)


def _due(row: tuple[Any, ...], on: date) -> Due:
    plan, customer, name, grade, person, person_name, stored, purpose, kind, at = row
    day = day_of(stored) or on
    moment = datetime.fromisoformat(at) if at else None
    return Due(
        plan, customer, name or "", grade or "", person, person_name or "", day,
        (on - day).days, purpose or "", kind or "", moment,
    )  # fmt: skip


def plan(book: Book, customers: Sequence[int], values: dict[str, Any]) -> list[int]:
    """Plan a follow-up with each of some customers, as one change; gives the plans' rows.

    Raises:
        Refused: a value is not acceptable, or there is no day.
    """
    reason = ntr("Plan {n} follow-up", "Plan {n} follow-ups", len(customers))
    with book.change(reason) as change:
        return [change.add("follow_up_plan", {**values, "customer": one}) for one in customers]


def move(book: Book, plan: int, due: Any, reason: str) -> int:
    """Move a planned follow-up to another day, keeping the old day and why; gives the new plan's row.

    Raises:
        Refused: ``not_planned``, or ``not_another_day``, or a value is not acceptable.
    """
    with book.change(tr(N_("Move a follow-up"))) as change:
        old = _assert_planned(change.db, plan)
        entity = book.schema.entity("follow_up_plan")
        day = change.clean(entity, {"due": due})["due"]
        if day is None or day.isoformat() == old["due"]:
            raise Refused("not_another_day", N_("Say another day than {due}."), due=old["due"])
        values = {name: old[name] for name in _CARRIED if old[name] is not None}
        change.set("follow_up_plan", plan, {"status": "moved", "outcome": reason.strip() or None})
        if old["at"]:  # the hour that was agreed stays the hour
            at = datetime.fromisoformat(old["at"]).astimezone()
            values["at"] = datetime.combine(day, at.time()).astimezone()
        return change.add("follow_up_plan", {**values, "due": day, "moved_from": plan})


def _assert_planned(db: Connection, plan: int) -> dict[str, Any]:
    names = (*_CARRIED, "due", "at", "status")
    found = db.run(
        f"SELECT {', '.join(names)} FROM follow_up_plan WHERE id = ? AND alive = 1", (plan,)
    )
    if not found or found[0][-1] != "planned":
        raise Refused(
            "not_planned", N_("Only a follow-up that is still planned can be changed so.")
        )
    return dict(zip(names, found[0], strict=True))


def miss(book: Book, plans: Sequence[int], reason: str) -> int:
    """Mark planned follow-ups as missed, with a reason; gives the change's number.

    Raises:
        Refused: ``not_planned``.
    """
    said = ntr("Mark {n} follow-up as missed", "Mark {n} follow-ups as missed", len(plans))
    with book.change(said) as change:
        for one in plans:
            _assert_planned(change.db, one)
            change.set("follow_up_plan", one, {"status": "missed", "outcome": reason or None})
    return change.no


def no_step(book: Book, customers: Sequence[int], reason: str) -> int:
    """Say why nothing is planned with some customers; gives the change's number.

    Raises:
        Refused: ``no_reason``.
    """
    if not reason.strip():
        raise Refused("no_reason", N_("Say why nothing needs to be planned."))
    said = ntr("No next step with {n} customer", "No next step with {n} customers", len(customers))  # fmt: skip
    with book.change(said) as change:
        for one in customers:
            change.set("customer", one, {"no_step_reason": reason.strip()})
    return change.no


_LONG_OVERDUE = "alive = 1 AND status = 'planned' AND due < ?"


def upkeep(book: Book, on: date) -> int:
    """Mark follow-ups that are overdue beyond ``GRACE_DAYS`` as missed, as one change.

    Gives how many; 0 when there was nothing to do, and then nothing is written. Called again for the
    same day it does nothing.
    """
    before = (on - timedelta(days=GRACE_DAYS)).isoformat()
    with book.reading() as db:
        late = int(db.one(f"SELECT count(*) FROM follow_up_plan WHERE {_LONG_OVERDUE}", (before,)))
    if not late:
        return 0
    said = ntr("{n} follow-up counts as missed", "{n} follow-ups count as missed", late)
    why = ntr("Overdue for more than {n} day.", "Overdue for more than {n} days.", GRACE_DAYS)  # fmt: skip
    with book.change(said, CLOCK) as change:
        done = change.db.run(
            "UPDATE follow_up_plan SET status = 'missed', outcome = coalesce(outcome, ?) "
            f"WHERE {_LONG_OVERDUE} RETURNING 1",
            (why, before),
        )
    return len(done)
