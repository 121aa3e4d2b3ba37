"""The search index: what of a record is found by typing.

Triggers note which records changed; before a commit the index is brought up to date from the rows
as they stand, so that no path of writing can forget it.
"""

from __future__ import annotations

from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted

SPAN = 1024  # entity numbers are below; a record's place in the index is row × span + number
_BATCH = 5000  # records indexed at once
_USUAL, _MUCH = 1 << 20, 16 << 20  # bytes of index gathered for a few records and for many


def hits_sql(entity: Entity, typed: str) -> tuple[str, list[Any]]:
    """The query for the live rows of an entity that match what was typed, in order."""
    from models.search_text import match_query

    query = match_query(typed)
    return (
        f"SELECT rowid / {SPAN} FROM search WHERE search MATCH ? AND rowid % {SPAN} = {entity.no} ORDER BY rowid",
        [query],
    )


def find(db: Connection, schema: Schema, typed: str, limit: int = 50) -> list[tuple[str, int]]:
    """The first records of any entity that match, as (entity id, row)."""
    from models.search_text import match_query

    names = {one.no: one.id for one in schema}
    found = db.run(
        "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (match_query(typed), limit)
    )
    return [(names[place % SPAN], place // SPAN) for (place,) in found if place % SPAN in names]


def refresh(db: Connection, schema: Schema) -> int:
    """Index again what the triggers noted; how many records that were."""
    numbers = [row[0] for row in db.run("SELECT DISTINCT entity FROM search_stale")]
    if not numbers:
        return 0
    from models.search_text import index_text

    count = 0
    for entity in schema:
        if entity.no not in numbers:
            continue
        fields = entity.searched()
        columns = "".join(f", t.{quoted(one.column)}" for one in fields)
        sql = (
            f"SELECT s.row, t.alive{columns} FROM search_stale s LEFT JOIN {quoted(entity.id)} t "
            f"ON t.id = s.row WHERE s.entity = ? AND s.row > ? ORDER BY s.row LIMIT {_BATCH}"
        )
        highest = db.one("SELECT max(rowid) FROM search_docsize") or 0
        rows = db.run(sql, (entity.no, 0))
        if len(rows) == _BATCH:
            _gather(db, _MUCH)
        while rows:
            count += len(rows)
            places = [row[0] * SPAN + entity.no for row in rows]
            db.many("DELETE FROM search WHERE rowid = ?", [(p,) for p in places if p <= highest])
            db.many(
                "INSERT INTO search (rowid, body) VALUES (?, ?)",
                [
                    (place, index_text([str(one) for one in values if one], entity.person))
                    for place, (_, alive, *values) in zip(places, rows, strict=True)
                    if alive == 1
                ],
            )
            rows = db.run(sql, (entity.no, rows[-1][0])) if len(rows) == _BATCH else []
    if count >= _BATCH:
        _gather(db, _USUAL)
    db.run("DELETE FROM search_stale")
    return count


def _gather(db: Connection, size: int) -> None:
    """How many bytes of index are gathered in memory before they are written."""
    db.run("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (size,))
