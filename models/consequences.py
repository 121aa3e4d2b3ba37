"""What follows in other records when some are added or changed, inside the same change.

A rule (``models.sales.rules``) fills in further fields of the record that is written. A consequence
goes further: it reads from the journal's edits which records a change touched and writes what follows
for them, in statements over sets, before the change closes. So it holds on every path (screen, verb,
paste, import), costs one look at the edits where nothing follows, and is taken back by the same undo.
What a person wrote in the same change is never overridden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.describe.schema import Schema
from models.dialects import Connection
from models.evaluations import handing_in
from models.following import claim_states, fulfilling, next_due, pool_states
from models.growth import keeping, steps_done
from models.satisfaction import following as satisfaction

_PLAYED = "sample"  # the sample team brings its own past


@dataclass(frozen=True)
class Consequence:
    """``watches`` are fields by entity; an edit of one of them calls ``apply``.

    ``alive`` stands for adding, removing and restoring. ``apply`` is given the number of the first
    edit of the change, and sees what those before it in ``CONSEQUENCES`` wrote.
    """

    watches: dict[str, frozenset[str]]
    apply: Callable[[Connection, int], None]


CONSEQUENCES: tuple[Consequence, ...] = (
    Consequence(fulfilling.WATCHES, fulfilling.follow),
    Consequence(next_due.WATCHES, next_due.follow),
    Consequence(pool_states.WATCHES, pool_states.follow),
    Consequence(claim_states.WATCHES, claim_states.follow),
    Consequence(keeping.WATCHES, keeping.follow),
    Consequence(steps_done.WATCHES, steps_done.follow),
    Consequence(handing_in.BEGUN, handing_in.begun),
    Consequence(handing_in.HANDED_IN, handing_in.handed_in),
    Consequence(handing_in.MOVED, handing_in.moved),
    Consequence(satisfaction.WATCHES, satisfaction.follow),
)


def follow(db: Connection, schema: Schema, first: int, origin: str) -> None:
    """Write what follows from the edits of the change under way, from ``first`` on."""
    if origin == _PLAYED:
        return
    touched, seen = dict[str, set[str]](), first
    for one in CONSEQUENCES:
        seen = _look(db, schema, seen, touched)
        if any(fields & touched.get(entity, set()) for entity, fields in one.watches.items()):
            one.apply(db, first)


def _look(db: Connection, schema: Schema, first: int, touched: dict[str, set[str]]) -> int:
    """Add the fields that were written from an edit on, by entity; gives the number of the next edit."""
    after = int(db.one("SELECT coalesce(max(id), 0) FROM edit")) + 1
    if after > first:
        for entity, field in db.run(
            "SELECT DISTINCT entity, field FROM edit NOT INDEXED WHERE id >= ?", (first,)
        ):
            touched.setdefault(schema.numbers.get(entity, ""), set()).add(field)
    return max(after, first)
