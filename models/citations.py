"""Lines of ids that cite records (fields declared with ``cites``): what they name, and the law at the door.

An id that names no live record of the book is refused, whatever kind of record cites it. What a line
cites already stays there, though its record was removed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.public_ids import PublicIds, listed
from models.refusals import Refused
from models.texts import N_, tr

Record = tuple[str, int]  # entity and row


def record_of(schema: Schema, public: PublicIds, word: str) -> Record | None:
    """The record that an id has the form of, without a look whether it is there; for many at once."""
    prefix, apart, _ = word.upper().partition("-")
    entity = next((one.id for one in schema if one.prefix == prefix), None) if apart else None
    row = public.row(prefix, word) if entity else None
    return None if entity is None or row is None else (entity, row)


def living(db: Connection, records: Iterable[Record]) -> set[Record]:
    """Those of some records that are in the book and were not removed; one look an entity."""
    asked: dict[str, set[int]] = {}
    for entity, row in records:
        asked.setdefault(entity, set()).add(row)
    return {
        (entity, row)
        for entity, rows in asked.items()
        for (row,) in db.run(
            f"SELECT id FROM {quoted(entity)} WHERE alive = 1 AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(rows)),),
        )
    }


def unknown(db: Connection, schema: Schema, public: PublicIds, text: str | None) -> tuple[str, ...]:
    """The words of a line that name no live record."""
    found = {word: record_of(schema, public, word) for word in listed(text)}
    there = living(db, (one for one in found.values() if one is not None))
    return tuple(word for word, one in found.items() if one not in there)


def refusal(ids: Iterable[str]) -> Refused:
    """What is said of ids that name nothing."""
    return Refused(
        "unknown_cites",
        N_("No record of this book has the id {ids}."),
        ids=tr(N_(", ")).join(ids),
    )


def assert_named(
    db: Connection,
    schema: Schema,
    public: PublicIds,
    entity: Entity,
    written: Mapping[str, Any],
    row: int | None = None,
) -> None:
    """That all ids that are written into lines of an entity name records; ``row`` is the record, if there is one.

    Raises:
        Refused: ``unknown_cites``.
    """
    for name, text in written.items():
        field = entity.field(name)
        if not field.cites or not text:
            continue
        wrong = unknown(db, schema, public, str(text))
        if wrong and row is not None:
            stood = db.one(
                f"SELECT {quoted(field.column)} FROM {quoted(entity.id)} WHERE id = ?", (row,)
            )
            kept = set(listed(stood))
            wrong = tuple(one for one in wrong if one not in kept)
        if wrong:
            raise refusal(wrong)
