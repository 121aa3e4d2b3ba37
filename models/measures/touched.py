"""Whose numbers a change touched: from the journal's edits, along the links that lead to a person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.measures.definition import Definition

MOST = 2_000  # edits that are worth looking at one by one


@dataclass
class Edits:
    """What was written after a change: rows by entity, and the values that links had meanwhile.

    ``whole`` is true where so much was written that everything is better read again.
    """

    until: int
    whole: bool = False
    rows: dict[str, set[int]] = field(default_factory=dict)
    links: dict[tuple[str, str], set[int | None]] = field(default_factory=dict)


def edits_since(db: Connection, schema: Schema, change: int) -> Edits:
    """What was written after a change, as far as this connection sees."""
    found = db.run("SELECT max(id), min(first_edit) FROM change WHERE id > ?", (change,))
    until, first = found[0]
    made = Edits(until if until is not None else change)
    if first is None:
        return made
    edits = db.run(
        "SELECT entity, row, field, before, after FROM edit NOT INDEXED WHERE id >= ? LIMIT ?",
        (first, MOST),
    )
    made.whole = len(edits) >= MOST
    names = schema.numbers
    for number, row, name, before, after in edits:
        entity = names.get(number, "")
        made.rows.setdefault(entity, set()).add(row)
        made.links.setdefault((entity, name), set()).update((before, after))
    return made


def owners(
    db: Connection, schema: Schema, what: Definition, edits: Edits
) -> set[int | None] | None:
    """The people whose value of a measure may be another one now (None among them: nobody's).

    None: it may be anybody's.
    """
    read = {entity for entity in what.reads if edits.rows.get(entity)}
    if not read:
        return set()
    paths = [one for one in what.source.owners if one[0] in read]
    if edits.whole or not read <= {entity for entity, _ in paths}:
        return None
    made: set[int | None] = set()
    for entity, path in paths:
        if path:
            made |= _along(db, schema, entity, path.split("."), edits)
    return made


def _along(
    db: Connection, schema: Schema, entity: str, path: list[str], edits: Edits
) -> set[int | None]:
    """Where the links of some rows lead, as they are and as they were."""
    values = _linked(db, schema, entity, path[0], edits.rows[entity])
    values |= edits.links.get((entity, path[0]), set())
    if len(path) == 1:
        return values
    target = schema.entity(entity).field(path[0]).target
    nobody: set[int | None] = {one for one in values if one is None}
    rows = {one for one in values if one is not None}
    return nobody | _linked(db, schema, target, path[1], rows)


def _linked(
    db: Connection, schema: Schema, entity: str, name: str, rows: Iterable[int]
) -> set[int | None]:
    column = quoted(schema.entity(entity).field(name).column)
    found = db.run(
        f"SELECT DISTINCT {column} FROM {quoted(entity)} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(rows)),),
    )
    return {one for (one,) in found}
