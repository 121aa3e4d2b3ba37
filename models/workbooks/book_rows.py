"""What the book holds of the records of a workbook, read set by set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import closed
from models.reads import path_sql
from models.workbooks.manifest import Stored


class BookRows:
    """Values of records as they are stored, and whether the records live."""

    def __init__(
        self,
        db: Connection,
        schema: Schema,
        rows: Mapping[str, Iterable[int]],
        fields: Mapping[str, Iterable[str]],
    ) -> None:
        self._db, self._schema, self._fields = db, schema, fields
        self._rows: dict[str, dict[int, tuple[Stored, ...]]] = {}
        self._places: dict[str, dict[str, int]] = {}
        self._closed: dict[tuple[str, int], frozenset[str]] = {}
        for entity_id, wanted in rows.items():
            self._read(entity_id, wanted)

    def _read(self, entity_id: str, wanted: Iterable[int]) -> None:
        entity = self._schema.entity(entity_id)
        names = [one for one in self._fields.get(entity_id, ()) if entity.has(one)]
        values = (path_sql(self._schema, entity, one, closed_too=True)[0] for one in names)
        columns = ["t.id", "t.alive", *values]
        found = self._db.run(
            f"SELECT {', '.join(columns)} FROM {quoted(entity_id)} t "
            "WHERE t.id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(wanted)),),
        )
        self._rows.setdefault(entity_id, {}).update({row[0]: row[1:] for row in found})
        self._places[entity_id] = {name: at + 1 for at, name in enumerate(names)}

    def need(self, entity: str, row: int) -> None:
        """Read a further record, unless it is there."""
        if row not in self._rows.get(entity, {}):
            self._read(entity, [row])

    def lives(self, entity: str, row: int) -> bool:
        """Whether a record is there, and not in the recycle bin."""
        return self.alive(entity, row) == 1

    def alive(self, entity: str, row: int) -> Stored:
        """1 live, 0 in the recycle bin, None where it was never made."""
        found = self._rows.get(entity, {}).get(row)
        return None if found is None else found[0]

    def closed(self, entity: str, row: int, field: str) -> bool:
        """Whether what a field says is for nobody's eyes but its author's yet."""
        kind = self._schema.entity(entity)
        if not kind.field(field).closed_while:
            return False
        if (entity, row) not in self._closed:
            self._closed[entity, row] = closed(self._db, kind, row)
        return field in self._closed[entity, row]

    def value(self, entity: str, row: int, field: str) -> Stored:
        """What a field holds; None too where there is no such record or field."""
        found, at = self._rows.get(entity, {}).get(row), self._places.get(entity, {}).get(field)
        return None if found is None or at is None else found[at]


def edited_since(
    db: Connection, number: int, rows: Iterable[int], change: int, but: Iterable[int]
) -> set[int]:
    """Of some records of the entity with this number those that were edited after a change, others than some."""
    found = db.run(
        "SELECT DISTINCT e.row FROM edit e JOIN change c ON c.id = e.change "
        "WHERE e.entity = ?1 AND e.row IN (SELECT value FROM json_each(?2)) AND e.change > ?3 "
        "AND c.dead = 0 AND c.kind = 'edit' AND e.change NOT IN (SELECT value FROM json_each(?4))",
        (number, json.dumps(sorted(rows)), change, json.dumps(sorted(but))),
    )
    return {int(one) for (one,) in found}
