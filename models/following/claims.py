"""Whose a customer is (撞单): claims, the cases in which two sides stand, and how they were ruled.

A case is a customer that two people claim, or that is claimed from its owner, or several records that
are probably one customer and have different owners. A ruling is one change: the claims are ruled with
its reason, the customer goes to whom it was ruled for, and the ledger of chances says so. Claims that
nobody registered are written down with the ruling, so that it can be found again as a precedent.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.following import evidence, known
from models.following.evidence import Fact
from models.following.known import day_of
from models.following.pool import worth
from models.following.suspects import Like, like
from models.refusals import Refused
from models.texts import N_, tr

_THEM = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Side:
    """One side of a case: who, since when they claim it, what they say, what the records say."""

    person: int
    name: str
    owner: bool
    claimed_on: date | None
    said: str
    facts: tuple[Fact, ...]

    @property
    def first(self) -> date | None:
        """The first day that any record has."""
        return min((one.first for one in self.facts if one.first is not None), default=None)

    def text(self) -> str:
        """What the records say for this side, in the current language."""
        return evidence.told(self.facts) or tr(N_("There is no record of theirs."))


@dataclass(frozen=True)
class Case:
    """Customers whose owner is contested, and the sides, who has the earlier records first."""

    customers: tuple[int, ...]
    name: str
    grade: str
    sides: tuple[Side, ...]

    def text(self) -> str:
        """Who stands against whom, in the current language."""
        people = tr(N_(", ")).join(one.name for one in self.sides)
        return tr(N_("{customer}: {people}"), customer=self.name, people=people)


@dataclass(frozen=True)
class Precedent:
    """A case that was ruled."""

    customer: int
    name: str
    sides: tuple[str, ...]
    ruled_for: str
    ruled_on: date | None
    ruling: str
    said: str


def register(
    book: Book, customer: int, claimant: int, claimed_on: date, said: str = ""
) -> tuple[int, tuple[Like, ...]]:
    """Write a claim down; gives its row, and other records of the customer that somebody else has.

    Where somebody else claims or has the customer, the claim is disputed from the start.
    """
    row = register_typed(
        book,
        {
            "customer": customer,
            "claimant": claimant,
            "claimed_on": claimed_on,
            "evidence": said or None,
        },
    )
    about = book.record("customer", customer)
    found = like(book, about["name"] or "", about["phone"] or "", about["tax_code"] or "", customer)
    return row, tuple(one for one in found if one.owner not in (None, claimant))


def register_typed(book: Book, values: Mapping[str, Any]) -> int:
    """Write a claim down, by field as typed or as rows; gives its row.

    Raises:
        Refused: something is missing or not acceptable.
    """
    with book.change(tr(N_("Register a claim"))) as change:
        return change.add("ownership_claim", dict(values))


_CONTESTED = """SELECT DISTINCT c.customer FROM ownership_claim c JOIN customer k ON k.id = c.customer
    WHERE c.alive = 1 AND k.alive = 1 AND c.status <> 'ruled' AND (
        (k.owner IS NOT NULL AND k.owner IS NOT c.claimant)
        OR EXISTS (SELECT 1 FROM ownership_claim o WHERE o.customer = c.customer AND o.alive = 1
            AND o.status <> 'ruled' AND o.claimant IS NOT c.claimant))
    ORDER BY c.customer"""


def cases(book: Book) -> tuple[Case, ...]:
    """The customers that are claimed by two, or from their owner, and not ruled on yet."""
    with book.reading() as db:
        people = known.people(db)
        return tuple(_case(db, [row], people) for (row,) in db.run(_CONTESTED))


def case_of(book: Book, customers: Collection[int]) -> Case:
    """The case of some customers that are probably one; of one customer, who is in it."""
    with book.reading() as db:
        return _case(db, sorted(customers), known.people(db))


def _case(db: Connection, customers: Sequence[int], people: dict[int, str]) -> Case:
    them = (json.dumps(list(customers)),)
    rows = db.run(
        f"SELECT id, coalesce(name, ''), grade, owner FROM customer WHERE id IN {_THEM} ORDER BY id",
        them,
    )
    claimed = {
        person: (day_of(day), said or "")
        for person, day, said in db.run(
            "SELECT claimant, claimed_on, evidence FROM ownership_claim WHERE alive = 1 "
            f"AND status <> 'ruled' AND customer IN {_THEM} ORDER BY claimed_on DESC",
            them,
        )
    }
    owners = {row[3] for row in rows if row[3] is not None}
    found = evidence.facts(db, customers)
    sides = [
        Side(one, people.get(one, ""), one in owners, *claimed.get(one, (None, "")), found.get(one, ()))
        for one in dict.fromkeys((*claimed, *sorted(owners)))
    ]  # fmt: skip
    sides.sort(key=lambda one: (one.first or date.max, one.claimed_on or date.max, one.person))
    names = dict.fromkeys(row[1] for row in rows)
    grade = min((row[2] for row in rows if row[2]), default="")
    return Case(tuple(customers), " / ".join(names), grade, tuple(sides))


def rule(book: Book, case: Case, winner: int, ruling: str, on: date) -> int:
    """Decide a case for somebody, with the reason; gives the change's number.

    Raises:
        Refused: ``no_reason``; ``cannot_receive``, they have left; ``ruled``, somebody ruled meanwhile.
    """
    if not ruling.strip():
        raise Refused("no_reason", N_("Say why it is ruled so; later cases are compared with it."))
    with book.change(tr(N_("Rule on {customer}"), customer=case.name)) as change:
        _assert_not_gone(change, winner, book)
        told = {
            "status": "ruled",
            "ruled_for": winner,
            "ruling": ruling.strip(),
            "ruled_on": on,
        }
        claimed = _open_claims(change, case)
        for row in claimed:
            change.set("ownership_claim", row, told)
        for side in case.sides:
            if side.person not in claimed.values():
                change.add("ownership_claim", _unregistered(side, case, on) | told)
        for customer in case.customers:
            change.set("customer", customer, {"owner": winner})
        change.add(
            "opportunity_ledger",
            {
                "person": winner,
                "given_on": on,
                "source": "ruling",
                "worth": worth(case.grade),
                "customer": case.customers[0],
                "why": ruling.strip(),
            },
        )
    return change.no


def _unregistered(side: Side, case: Case, on: date) -> dict[str, object]:
    return {
        "customer": case.customers[0],
        "claimant": side.person,
        "claimed_on": side.claimed_on or side.first or on,
        "evidence": side.text(),
    }


def _open_claims(change: Change, case: Case) -> dict[int, int]:
    """The open claims of a case and whose they are.

    Raises:
        Refused: ``ruled``, there were some when it was read and there are none now.
    """
    found = dict(
        change.db.run(
            "SELECT id, claimant FROM ownership_claim WHERE alive = 1 AND status <> 'ruled' "
            f"AND customer IN {_THEM}",
            (json.dumps(case.customers),),
        )
    )
    if not found and any(side.claimed_on for side in case.sides):
        raise Refused("ruled", N_("This case was ruled on meanwhile."))
    return found


def _assert_not_gone(change: Change, person: int, book: Book) -> None:
    status = change.db.one("SELECT status FROM salesperson WHERE id = ?", (person,))
    if status in ("leaving", "left"):
        raise Refused(
            "cannot_receive",
            N_("{person} is leaving or has left and gets no customers."),
            person=book.label("salesperson", person),
        )


def precedents(
    book: Book, typed: str = "", near: str = "", limit: int = 20
) -> tuple[Precedent, ...]:
    """Cases that were ruled and have all words that were typed, those most like a text first.

    Without ``near``, the evidence of the case at hand, the latest come first.
    """
    from rapidfuzz import fuzz

    with book.reading() as db:
        people = known.people(db)
        rows = db.run(
            "SELECT c.customer, coalesce(k.name, ''), c.ruled_on, c.ruled_for, c.ruling, "
            "group_concat(c.claimant), group_concat(coalesce(c.evidence, ''), ' ') "
            "FROM ownership_claim c JOIN customer k ON k.id = c.customer "
            "WHERE c.alive = 1 AND c.status = 'ruled' GROUP BY c.customer, c.ruled_on, c.ruled_for"
        )
    words, found = typed.casefold().split(), list[tuple[float, Precedent]]()
    for customer, name, day, winner, ruling, claimants, said in rows:
        sides = tuple(people.get(int(one), "") for one in (claimants or "").split(",") if one)
        one = Precedent(
            customer,
            name,
            sides,
            people.get(winner or 0, ""),
            day_of(day),
            ruling or "",
            said.strip(),
        )
        text = " ".join((name, *sides, one.ruled_for, one.ruling, one.said)).casefold()
        if all(word in text for word in words):
            found.append((fuzz.token_set_ratio(near, one.said) if near else 0.0, one))
    found.sort(key=lambda pair: (-pair[0], -(pair[1].ruled_on or date.min).toordinal()))
    return tuple(one for _, one in found[:limit])
