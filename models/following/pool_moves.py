"""Into the pool and out of it; each act is one change, and writes down who had or has the customer.

What is open with a customer that goes to the pool, unless it is to be kept: follow-ups whose day is
over are missed, those ahead count as moved (nobody's fault), and visits and follow-ups among the tasks
are cancelled; other tasks stay with their owner. Kept follow-ups stay with who had the customer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.book import Book
from models.calendar.in_book import roster
from models.change import Change
from models.following.grade_rules import GradeRules
from models.following.known import IN_POOL
from models.following.pool import FALLS, Pool, worth
from models.refusals import Refused
from models.tasks.states import OPEN_SQL
from models.texts import N_, ntr, tr

_WORKING = ("onboarding", "active", None)
_THEM = "(SELECT value FROM json_each(?))"
_CLOSED_TASKS = f"kind IN ('follow_up', 'visit') AND status IN {OPEN_SQL}"


@dataclass(frozen=True)
class OpenWork:
    """What is open with some customers: planned follow-ups, tasks that would be cancelled, and others."""

    plans: int
    cancelled: int
    staying: int

    def text(self) -> str:
        """What becomes of it, in the current language; "" when there is none."""
        parts = []
        if self.plans:
            parts.append(ntr("{n} planned follow-up", "{n} planned follow-ups", self.plans))
        if self.cancelled:
            parts.append(ntr("{n} task to visit or follow up", "{n} tasks to visit or follow up", self.cancelled))  # fmt: skip
        if self.staying:
            parts.append(ntr("{n} other task, which stays", "{n} other tasks, which stay", self.staying))  # fmt: skip
        return tr(N_(", ")).join(parts)


def open_work(book: Book, customers: Collection[int]) -> OpenWork:
    """What is open with some customers."""
    them = (json.dumps(sorted(customers)),)
    with book.reading() as db:
        plans = db.one(
            "SELECT count(*) FROM follow_up_plan WHERE alive = 1 AND status = 'planned' "
            f"AND customer IN {_THEM}",
            them,
        )
        cancelled, every = db.run(
            f"SELECT coalesce(sum({_CLOSED_TASKS}), 0), count(*) FROM task WHERE alive = 1 "
            f"AND status IN {OPEN_SQL} AND customer IN {_THEM}",
            them,
        )[0]
    return OpenWork(int(plans), int(cancelled), int(every) - int(cancelled))


def recycle(
    book: Book, customers: Sequence[int], on: date, close: bool = True, origin: str = "ui"
) -> int:
    """Take customers that fall by the rules from their owners; gives the change's number.

    Raises:
        Refused: ``stays``, one of them doesn't fall any more: something came up since it was listed.
    """
    said = ntr("{n} customer to the pool by rule", "{n} customers to the pool by rule", len(customers))  # fmt: skip
    with book.change(said, origin) as change:
        found = {one.customer: one for one in Pool(book, on, customers).standings}
        staying = [one for one in customers if one not in found or found[one].state != FALLS]
        if staying:
            raise Refused(
                "stays",
                N_("{customer} doesn't fall to the pool any more. {why} Look at the list again."),
                customer=book.label("customer", staying[0]),
                why=found[staying[0]].text() if staying[0] in found else "",
            )
        rows = [(one, "recycled", found[one].owner, on, found[one].text()) for one in customers]
        _into_pool(change, rows, on, close)
    return change.no


def release(book: Book, customers: Sequence[int], reason: str, on: date, close: bool = True) -> int:
    """Give customers to the pool by hand, with a reason; gives the change's number.

    Raises:
        Refused: ``no_reason``, or ``no_owner``.
    """
    if not reason.strip():
        raise Refused("no_reason", N_("Say why the customer goes to the pool."))
    said = ntr("Release {n} customer to the pool", "Release {n} customers to the pool", len(customers))  # fmt: skip
    with book.change(said) as change:
        owners = _owners(change, customers)
        free = next((one for one in customers if owners.get(one) is None), None)
        if free is not None:
            name = book.label("customer", free)
            raise Refused("no_owner", N_("{customer} has no owner."), customer=name)
        rows = [(one, "released", owners[one], on, reason.strip()) for one in customers]
        _into_pool(change, rows, on, close)
    return change.no


_Row = tuple[int, str, int | None, date, str]
_MOVE = ("customer", "kind", "person", "moved_on", "reason")


def _into_pool(change: Change, rows: Sequence[_Row], on: date, close: bool) -> None:
    db, them = change.db, json.dumps([row[0] for row in rows])
    if close:
        why = tr(N_("The customer went to the pool."))
        db.run(
            "UPDATE follow_up_plan SET status = CASE WHEN due < ? THEN 'missed' ELSE 'moved' END, "
            f"outcome = ? WHERE alive = 1 AND status = 'planned' AND customer IN {_THEM}",
            (on.isoformat(), why, them),
        )
        db.run(
            f"UPDATE task SET status = 'cancelled', blocked_reason = NULL WHERE alive = 1 AND {_CLOSED_TASKS} "
            f"AND customer IN {_THEM}",
            (them,),
        )
    else:
        db.run(
            "UPDATE follow_up_plan AS p SET person = (SELECT k.owner FROM customer k "
            "WHERE k.id = p.customer) WHERE p.alive = 1 AND p.status = 'planned' "
            f"AND p.person IS NULL AND p.customer IN {_THEM}",
            (them,),
        )
    db.run(f"UPDATE customer SET owner = NULL, pool_status = 'pool' WHERE id IN {_THEM}", (them,))
    change.add_many("pool_move", _MOVE, rows)


def picks_left(book: Book, person: int, customer: int, on: date) -> int | None:
    """How many customers like this one a person may still pick on a day; None is any number."""
    with book.reading():
        taken, most = _picks(Change(book, book.connection(), 0), person, customer, on)
    return None if most is None else max(most - taken, 0)


def _picks(change: Change, person: int, customer: int, on: date) -> tuple[int, int | None]:
    """How many customers under the same rule somebody picked on a day, and how many they may."""
    rules = GradeRules.read(change.db)
    rule = rules.of(change.db.one("SELECT grade FROM customer WHERE id = ?", (customer,)))
    if rule is None or rule.daily_picks is None:
        return 0, None
    found = change.db.run(
        "SELECT k.grade FROM pool_move m JOIN customer k ON k.id = m.customer WHERE m.alive = 1 "
        "AND m.kind = 'picked' AND m.person = ? AND m.moved_on = ?",
        (person, on.isoformat()),
    )
    return sum(rules.of(grade) is rule for (grade,) in found), rule.daily_picks


def pick(book: Book, customer: int, person: int, on: date, origin: str = "ui") -> int:
    """Let somebody take a customer of the pool; gives the change's number.

    Raises:
        Refused: ``not_in_pool``, ``cannot_receive``, or ``picked_enough``: the daily limit is reached.
    """
    with book.change(tr(N_("Pick from the pool")), origin) as change:
        _assert_in_pool(book, change, customer)
        assert_can_receive(book, person, on)
        taken, most = _picks(change, person, customer, on)
        if most is not None and taken >= most:
            raise _enough(book.label("salesperson", person), taken, most, on)
        _out_of_pool(change, [customer], person, on, "picked", None)
    return change.no


def _enough(name: str, taken: int, most: int, on: date) -> Refused:
    again = (on + timedelta(days=1)).isoformat()
    if not most:
        return Refused(
            "picked_enough", N_("Customers of this grade are assigned; nobody may pick them.")
        )
    return Refused(
        "picked_enough",
        N_(
            "{person} has picked {taken} of {most} customers of such grades today; again from {day}."
        ),
        person=name,
        taken=taken,
        most=most,
        day=again,
    )


def assign(book: Book, customers: Sequence[int], person: int, on: date, reason: str = "") -> int:
    """Give customers of the pool, or without an owner, to somebody; gives the change's number.

    Raises:
        Refused: ``owned``, one of them has an owner; ``cannot_receive``.
    """
    said = ntr("Assign {n} customer", "Assign {n} customers", len(customers))
    with book.change(said) as change:
        owners = _owners(change, customers)
        owned = next((one for one in customers if owners.get(one) is not None), None)
        if owned is not None:
            raise Refused(
                "owned",
                N_("{customer} is with {person} already."),
                customer=book.label("customer", owned),
                person=book.label("salesperson", owners[owned] or 0),
            )
        assert_can_receive(book, person, on)
        _out_of_pool(change, customers, person, on, "assigned", reason.strip() or None)
    return change.no


def _owners(change: Change, customers: Collection[int]) -> dict[int, int | None]:
    return dict(
        change.db.run(
            f"SELECT id, owner FROM customer WHERE alive = 1 AND id IN {_THEM}",
            (json.dumps(sorted(customers)),),
        )
    )


def _assert_in_pool(book: Book, change: Change, customer: int) -> None:
    inside = change.db.one(
        f"SELECT 1 FROM customer k WHERE k.id = ? AND k.alive = 1 AND {IN_POOL}", (customer,)
    )
    if not inside:
        raise Refused(
            "not_in_pool",
            N_("{customer} is not in the pool."),
            customer=book.label("customer", customer),
        )


def assert_can_receive(book: Book, person: int, on: date) -> None:
    """Who left, is about to, or is away doesn't get customers.

    Raises:
        Refused: ``cannot_receive``.
    """
    record = book.record("salesperson", person)
    days = roster(book, on).get(person)
    away = (
        days is not None and days.calendar.is_working(on) and days.leave(on, on) >= 1
    ) or record.get("status") == "on_leave"
    if record.get("status") not in _WORKING and not away:
        raise Refused(
            "cannot_receive",
            N_("{person} is leaving or has left and gets no customers."),
            person=record.get("name") or "",
        )
    if away:
        raise Refused(
            "cannot_receive",
            N_("{person} is away on {day} and gets no customers."),
            person=record.get("name") or "",
            day=on.isoformat(),
        )


def _out_of_pool(
    change: Change,
    customers: Sequence[int],
    person: int,
    on: date,
    kind: str,
    reason: str | None,
) -> None:
    """Hand customers over, with their moves and the chances that they are."""
    known = {
        id: (grade, status)
        for id, grade, status in change.db.run(
            f"SELECT id, grade, pool_status FROM customer WHERE id IN {_THEM}",
            (json.dumps(list(customers)),),
        )
    }
    change.db.run(
        f"UPDATE customer SET owner = ?, pool_status = NULL WHERE id IN {_THEM}",
        (person, json.dumps(list(customers))),
    )
    inside = [one for one in customers if known[one][1] == "pool"]
    change.add_many("pool_move", _MOVE, [(one, kind, person, on, reason) for one in inside])
    why = tr(N_("From the pool"))
    change.add_many(
        "opportunity_ledger",
        ("person", "given_on", "source", "worth", "customer", "why"),
        [
            (person, on, "pool" if one in inside else "lead", worth(known[one][0]), one,
             why if one in inside else reason)
            for one in customers
        ],
    )  # fmt: skip
