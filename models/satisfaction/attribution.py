"""Who looked after a customer on a day: from the journal, and before it begins from the pool's moves.

The rule, for a customer and a day:

- From the day on which the customer entered the book, the journal says it: whose the customer was when
  that day was over. A hand-over counts from its own day on for who took over.
- Before it entered the book, its moves in and out of the pool say it, where the book has any.
- Where nothing is known, who had the customer when it entered the book is taken.

- Who had been marked as left before that day looked after nobody any more, whether or not the customer
  had been handed over.

Nobody is a value too: an answer of a customer that lay in the pool counts for nobody.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models.customers.customer import CUSTOMER
from models.dialects import Connection
from models.people.people import SALESPERSON

if TYPE_CHECKING:
    from models.book import Book

_OUT = ("recycled", "released")


@dataclass(frozen=True)
class Owners:
    """Whose a customer was: the day it entered the book, who had it then, and each later step.

    ``steps`` are days with the owner when they were over, ``moves`` the pool's moves by day: whether
    out into the pool, and the person.
    """

    entered: str
    first: int | None
    steps: tuple[tuple[str, int | None], ...] = ()
    moves: tuple[tuple[str, bool, int | None], ...] = ()

    def on(self, day: str) -> int | None:
        """Whose it was on a day (ISO)."""
        if day < self.entered:
            return self._before(day)
        at = bisect_right([one for one, _ in self.steps], day)
        return self.steps[at - 1][1] if at else self.first

    def _before(self, day: str) -> int | None:
        past = [one for one in self.moves if one[0] <= day]
        if past:
            _, out, person = past[-1]
            return None if out else person
        coming = [one for one in self.moves if day < one[0] <= self.entered]
        if coming:
            _, out, person = coming[0]
            return person if out else None  # who came out of the pool had lain in it
        return self.first


def owner_on(book: Book, customer: int, on: date) -> int | None:
    """The salesperson who looked after a customer on a day; None for nobody."""
    day = on.isoformat()
    return owners_on(book.connection(), [(customer, day)])[customer, day]


def owners_on(
    db: Connection, asked: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], int | None]:
    """Whose each customer was on each day (ISO), for many at once."""
    wanted = set(asked)
    known = histories(db, {customer for customer, _ in wanted})
    made = {
        (customer, day): known[customer].on(day) if customer in known else None
        for customer, day in wanted
    }
    left = _left(db, {person for person in made.values() if person is not None})
    return {
        (customer, day): None if person is not None and _gone(left, person, day) else person
        for (customer, day), person in made.items()
    }


def _left(db: Connection, people: Iterable[int]) -> Mapping[int, list[tuple[str, bool]]]:
    """The days on which people were marked as left, or as there again, oldest first."""
    made: dict[int, list[tuple[str, bool]]] = {}
    for person, day, status in db.run(
        "SELECT e.row, date(c.at, 'localtime'), e.after FROM edit e JOIN change c ON c.id = e.change "
        "WHERE e.entity = ? AND e.field = 'status' AND e.row IN (SELECT value FROM json_each(?)) "
        "AND e.before IS NOT NULL ORDER BY e.id",
        (SALESPERSON.no, json.dumps(sorted(people))),
    ):
        made.setdefault(person, []).append((day, status == "left"))
    return made


def _gone(left: Mapping[int, list[tuple[str, bool]]], person: int, day: str) -> bool:
    """Whether somebody had been marked as left before a day (ISO)."""
    before = [gone for on, gone in left.get(person, ()) if on < day]
    return bool(before) and before[-1]


def histories(db: Connection, customers: Iterable[int]) -> dict[int, Owners]:
    """The owners of customers through time, as the book tells them."""
    them = json.dumps(sorted(set(customers)))
    now: dict[int, int | None] = dict(
        db.run(
            "SELECT id, owner FROM customer WHERE id IN (SELECT value FROM json_each(?))", (them,)
        )
    )
    edits: dict[int, list[tuple[Any, ...]]] = {}
    for row, *edit in db.run(
        "SELECT e.row, e.field, e.before, e.after, e.change, date(c.at, 'localtime') FROM edit e "
        "JOIN change c ON c.id = e.change WHERE e.entity = ? AND e.field IN ('alive', 'owner') "
        "AND e.row IN (SELECT value FROM json_each(?)) ORDER BY e.row, e.id",
        (CUSTOMER.no, them),
    ):
        edits.setdefault(row, []).append(tuple(edit))
    moves = _moves(db, them)
    return {
        row: _through(edits.get(row, ()), owner, moves.get(row, ())) for row, owner in now.items()
    }


def _through(
    edits: Iterable[tuple[Any, ...]],
    now: int | None,
    moves: Iterable[tuple[str, bool, int | None]],
) -> Owners:
    """One customer's owners from the edits of its owner and of its being there, oldest first."""
    entered, made, first, said = "", None, now, False
    steps: dict[str, int | None] = {}
    for field, before, after, change, day in edits:
        if field == "alive":
            if before is None and made is None:
                entered, made = day, change
        elif change == made:
            first, said = after, True
        else:
            if not said:
                first, said = before, True
            steps[day] = after
    return Owners(entered, first, tuple(steps.items()), tuple(moves))


def _moves(db: Connection, them: str) -> Mapping[int, list[tuple[str, bool, int | None]]]:
    made: dict[int, list[tuple[str, bool, int | None]]] = {}
    for customer, day, kind, person in db.run(
        "SELECT customer, moved_on, kind, person FROM pool_move WHERE alive = 1 "
        "AND moved_on IS NOT NULL AND customer IN (SELECT value FROM json_each(?)) "
        "ORDER BY moved_on, id",
        (them,),
    ):
        made.setdefault(customer, []).append((day, kind in _OUT, person))
    return made
