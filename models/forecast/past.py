"""All rows of an entity as they stood after a change, at once: the set-based twin of ``journal.as_of``.

What a row held then is what it holds now with the first ``before`` of every field put back that was
edited since; undos that had been made by then are edits like any other, so that a change that was
dead by then doesn't count. A row that entered the book only later is told apart: it is given as it
stood when it entered, and its reader decides what is known of the time before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from models.describe.field import Entity
from models.dialects import Connection, quoted

_NARROW = 200_000  # edits that are quicker looked through than sought by the entity's index


class PastRow(NamedTuple):
    """A row as it stood; ``alive`` is that of today for a row that ``entered`` the book later."""

    id: int
    alive: int | None
    entered: bool
    values: tuple[Any, ...]


class _Since(NamedTuple):
    """What happened to rows after a change: the change that made them, and what to put back."""

    made: dict[int, int]
    put_back: dict[int, dict[str, Any]]


def rows_after(
    db: Connection, entity: Entity, columns: Sequence[str], change: int
) -> Iterator[PastRow]:
    """Every row of an entity as it stood after a change, with the stored values of some columns."""
    since = _since(db, entity, change)
    listed = "".join(f", {quoted(one)}" for one in columns)
    for id, alive, *values in db.run(f"SELECT id, alive{listed} FROM {quoted(entity.id)}"):
        back = since.put_back.get(id)
        entered = id in since.made
        if back:
            values = [back.get(name, now) for name, now in zip(columns, values, strict=True)]
            if not entered:
                alive = back.get("alive", alive)
        yield PastRow(id, alive, entered, tuple(values))


def _since(db: Connection, entity: Entity, change: int) -> _Since:
    made: dict[int, int] = {}
    put_back: dict[int, dict[str, Any]] = {}
    first = db.one("SELECT min(first_edit) FROM change WHERE id > ?", (change,))
    if first is None:
        return _Since(made, put_back)
    # An undo or redo also lets rows come and go; only an edit makes them.
    turns = {
        no for (no,) in db.run("SELECT id FROM change WHERE id > ? AND kind <> 'edit'", (change,))
    }
    many = int(db.one("SELECT max(id) FROM edit")) - first > _NARROW
    sought = "INDEXED BY edit_row" if many else "NOT INDEXED"
    for row, field, before, no in db.run(
        f"SELECT row, field, before, change FROM edit {sought} WHERE entity = ? AND id >= ? "
        f"ORDER BY {'row, id' if many else 'id'}",
        (entity.no, first),
    ):
        if field == "alive" and before is None and no not in turns:
            made[row] = no
        elif (
            made.get(row) != no
        ):  # what the change that made a row wrote later is part of its making
            put_back.setdefault(row, {}).setdefault(field, before)
    return _Since(made, put_back)
