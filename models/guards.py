"""What a change must leave as it is: looked at when it is whole, on every path and for undo too.

A rule (``models.sales.rules``) refuses one value as it is written; imports, removals, blocks and undo
pass beside it. A guard looks at the edits of the whole change before it closes, and refuses all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.describe.schema import Schema
from models.dialects import Connection
from models.evaluations import frozen, standing


@dataclass(frozen=True)
class Guard:
    """``watches`` are entities; an edit of one of them calls ``assert_standing`` with the first edit.

    Raises:
        Refused: by ``assert_standing``, if the change must not be.
    """

    watches: frozenset[str]
    assert_standing: Callable[[Connection, int], None]


GUARDS: tuple[Guard, ...] = (
    Guard(frozen.WATCHES, frozen.assert_standing),
    Guard(standing.WATCHES, standing.assert_standing),
)


def assert_standing(db: Connection, schema: Schema, first: int) -> None:
    """Refuse the change under way, whose edits begin with ``first``, if it touches what stands.

    Raises:
        Refused: as the guards say.
    """
    touched = {
        schema.numbers.get(one, "")
        for (one,) in db.run("SELECT DISTINCT entity FROM edit NOT INDEXED WHERE id >= ?", (first,))
    }
    for one in GUARDS:
        if one.watches & touched:
            one.assert_standing(db, first)


def assert_may_undo(db: Connection, change: int) -> None:
    """Refuse to take back a change that must stay.

    Raises:
        Refused: as the guards say.
    """
    standing.assert_may_undo(db, change)
