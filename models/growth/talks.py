"""One-to-one talks: how long the last one is ago, holding one, and what both sides promise.

``private_notes`` are the manager's alone: nothing here gives them away except ``TalkSheet`` where it is
asked for on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.growth.leading import leaders
from models.refusals import Refused
from models.texts import N_, ntr, tr

WISH = 30  # days between two talks
SOON = 7  # days before that from which one is due soon
NEVER, OVERDUE, DUE_SOON, WELL = "never", "overdue", "soon", "well"
OPEN, LATE, KEPT, BROKEN = "open", "late", "kept", "broken"
PERSON, MANAGER = "salesperson", "manager"
_STATES = {NEVER: N_("Never yet"), OVERDUE: N_("Overdue"), DUE_SOON: N_("Due soon"), WELL: N_("In rhythm")}  # fmt: skip
_PROMISES = {OPEN: N_("Outstanding"), LATE: N_("Overdue"), KEPT: N_("Kept"), BROKEN: N_("Not kept")}
_ORDER = {NEVER: 0, OVERDUE: 1, DUE_SOON: 2, WELL: 3}


@dataclass(frozen=True)
class Cadence:
    """How long the last talk with somebody is ago; ``talk`` and ``last`` are None where there was none."""

    person: int
    name: str
    manager: int | None
    talk: int | None
    last: date | None
    days: int | None
    planned: int | None  # the next talk that is planned
    next: date | None
    state: str
    open_promises: int

    def state_text(self) -> str:
        """The state in a word."""
        return tr(_STATES[self.state])

    def text(self) -> str:
        """When it was, in words."""
        if self.last is None or self.days is None:
            return tr(N_("No talk yet"))
        if not self.days:
            return tr(N_("today"))
        return ntr("{n} day ago", "{n} days ago", self.days)


def cadence(book: Book, on: date) -> tuple[Cadence, ...]:
    """Everybody who works here: whose talk is missing longest comes first."""
    day = on.isoformat()
    with book.reading() as db:
        people = db.run(
            "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left' ORDER BY id"
        )
        lead = leaders(db)
        last = _talks(db, "status = 'held' AND held_on <= ?", day, "held_on, id")
        coming = _talks(db, "status = 'planned' AND held_on >= ?", day, "held_on DESC, id DESC")
        promised = dict(
            db.run(
                "SELECT o.person, count(*) FROM promise p JOIN one_on_one o ON o.id = p.talk "
                "WHERE p.alive = 1 AND o.alive = 1 AND p.status = 'open' GROUP BY 1"
            )
        )
    made = [
        _cadence(row, name or "", lead.get(row), last.get(row), coming.get(row), promised.get(row, 0), on)
        for row, name in people
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (_ORDER[one.state], -(one.days or 0), one.person)))


def _talks(db: Connection, where: str, day: str, order: str) -> dict[int, tuple[int, date]]:
    found = db.run(
        f"SELECT person, id, held_on FROM one_on_one WHERE alive = 1 AND {where} ORDER BY {order}", (day,)
    )  # fmt: skip
    return {person: (row, date.fromisoformat(held)) for person, row, held in found}


def _cadence(
    person: int,
    name: str,
    manager: int | None,
    last: tuple[int, date] | None,
    coming: tuple[int, date] | None,
    promises: int,
    on: date,
) -> Cadence:
    days = None if last is None else (on - last[1]).days
    state = NEVER
    if days is not None:
        state = OVERDUE if days > WISH else DUE_SOON if days > WISH - SOON else WELL
    return Cadence(
        person, name, manager, last and last[0], last and last[1], days,
        coming and coming[0], coming and coming[1], state, promises,
    )  # fmt: skip


# -- promises ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Promised:
    """A promise with what became of it."""

    row: int
    talk: int
    made_on: date
    by: str  # salesperson | manager
    title: str
    due: date | None
    task: int | None
    state: str

    def state_text(self) -> str:
        """What became of it, in a word."""
        return tr(_PROMISES[self.state])

    def text(self) -> str:
        """The promise with its day and state."""
        due = tr(N_("due {day}"), day=self.due.isoformat()) if self.due else ""
        return " · ".join(one for one in (self.title, due, self.state_text()) if one)


def promises(db: Connection, person: int, on: date, since: date | None) -> tuple[Promised, ...]:
    """What is outstanding, and what was promised since a day (of all days: None); the latest talk first."""
    found = db.run(
        "SELECT p.id, o.id, o.held_on, p.promised_by, p.title, p.due, t.id, t.status, p.status "
        "FROM promise p JOIN one_on_one o ON o.id = p.talk AND o.alive = 1 "
        "LEFT JOIN task t ON t.id = p.task AND t.alive = 1 "
        "WHERE p.alive = 1 AND o.person = ?1 AND o.held_on <= ?2 AND o.status IS NOT 'cancelled' "
        "AND (p.status = 'open' OR ?3 IS NULL OR o.held_on >= ?3) "
        "ORDER BY o.held_on DESC, p.promised_by DESC, p.id",
        (person, on.isoformat(), since and since.isoformat()),
    )
    made = []
    for row, talk, held, by, title, due, task, task_status, status in found:
        day = date.fromisoformat(due) if due else None
        state = _state(status, task_status, day, on)
        made.append(
            Promised(
                row, talk, date.fromisoformat(held), by or PERSON, title or "", day, task, state
            )
        )
    return tuple(made)


def _state(status: str | None, task_status: str | None, due: date | None, on: date) -> str:
    """A promise is kept when its task is done, whatever was said before."""
    if status in (KEPT, BROKEN):
        return status
    if task_status == "done":
        return KEPT
    return LATE if due is not None and due < on else OPEN


@dataclass(frozen=True)
class NewPromise:
    """What is promised in a talk that is being held."""

    by: str
    title: str
    due: date | None = None


def plan(book: Book, person: int, day: date, manager: int | None = None, agenda: str = "") -> int:
    """Plan a talk; gives its row. Raises ``Refused`` as ``Change.add`` does."""
    with book.change(_reason(book, N_("Plan a talk with {person}"), person)) as change:
        lead = manager if manager is not None else leaders(change.db).get(person)
        return change.add(
            "one_on_one",
            {"person": person, "manager": lead, "held_on": day, "status": "planned", "agenda": agenda or None},
        )  # fmt: skip


def hold(
    book: Book,
    person: int,
    on: date,
    *,
    talk: int | None = None,
    manager: int | None = None,
    shared: str = "",
    private: str = "",
    made: Sequence[NewPromise] = (),
    as_tasks: bool = True,
) -> int:
    """Keep a talk that was held, with what was promised and the tasks that it becomes, as one change.

    A talk of that day, or ``talk``, is filled in; otherwise it is a new one. Gives its row.

    Raises:
        Refused: a promise says nothing (``empty_promise``), or a value is not acceptable.
    """
    if any(not one.title.strip() for one in made):
        raise Refused("empty_promise", N_("Say what is promised."))
    with book.change(_reason(book, N_("Talk with {person}"), person)) as change:
        lead = manager if manager is not None else leaders(change.db).get(person)
        values = {
            "person": person, "manager": lead, "held_on": on, "status": "held",
            **({"shared_notes": shared} if shared.strip() else {}),
            **({"private_notes": private} if private.strip() else {}),
        }  # fmt: skip
        row = talk or change.db.one(
            "SELECT id FROM one_on_one WHERE alive = 1 AND person = ? AND held_on = ? "
            "AND status IS NOT 'cancelled' ORDER BY id LIMIT 1",
            (person, on.isoformat()),
        )
        if row:
            change.set("one_on_one", row, values)
        else:
            row = change.add("one_on_one", values)
        for one in made:
            _promise(change, row, one, person if one.by == PERSON else lead, on, as_tasks)
    return int(row)


def _promise(
    change: Change, talk: int, one: NewPromise, owner: int | None, on: date, as_task: bool
) -> None:
    due = one.due or on + timedelta(days=WISH)
    task = None
    if as_task:
        task = change.add(
            "task", {"title": one.title, "owner": owner, "kind": "internal", "due": due}
        )
    change.add(
        "promise",
        {"talk": talk, "promised_by": one.by, "title": one.title, "due": due, "task": task},
    )


def settle(book: Book, promise: int, *, kept: bool) -> None:
    """Say of a promise that it was kept, or that it was not."""
    title = book.label("promise", promise)
    reason = N_("Promise kept: {what}") if kept else N_("Promise not kept: {what}")
    with book.change(tr(reason, what=title)) as change:
        change.set("promise", promise, {"status": KEPT if kept else BROKEN})


def _reason(book: Book, text: str, person: int) -> str:
    return tr(text, person=book.label("salesperson", person))
