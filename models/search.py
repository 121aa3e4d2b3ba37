"""The search index: what of a record is found by typing.

Triggers note which records changed, so that no path of writing can forget one. A few of them may
wait: taking one record out of the index and in again writes more pages than all else that an edit
does. Whoever searches looks the waiting ones up in a small index of their own, in memory; when they
are many, the change that made them so brings the index up to date before its commit.
"""

from __future__ import annotations

from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted, reading
from models.journal.tables import SEARCH_INDEX

# Entity numbers are below; a record's place in the index is row × span + number. Odd, because the
# engine keeps the places that were taken out in a table by their lowest bits: with 1024 they all met
# in one slot, and one edit in some hundred took seconds.
SPAN = 1021
WAITING = 32  # so many records may wait to be indexed
_BATCH = 5000  # records indexed at once
_USUAL, _MUCH = 1 << 20, 16 << 20  # bytes of index gathered for a few records and for many


def hits_sql(entity: Entity, typed: str) -> tuple[str, list[Any]]:
    """The query of the index for the live rows of an entity that match what was typed, in order."""
    from models.search_text import match_query

    query = match_query(typed)
    return (
        f"SELECT rowid / {SPAN} FROM search WHERE search MATCH ? AND rowid % {SPAN} = {entity.no} ORDER BY rowid",
        [query],
    )


def _both(where: str = "1") -> str:
    """The query for places in the index and, in its stead for records that wait, in that in memory."""
    return (
        f"SELECT rowid AS place FROM search WHERE search MATCH ? AND {where} "
        f"AND rowid NOT IN (SELECT row * {SPAN} + entity FROM search_stale) "
        f"UNION ALL SELECT rowid FROM temp.search_waiting WHERE search_waiting MATCH ? AND {where}"
    )


def hits(db: Connection, schema: Schema, entity: Entity, typed: str) -> tuple[str, list[Any]]:
    """The query for the live rows of an entity that match what was typed, in no certain order.

    It is good for the view of the book in which it was asked for: inside a transaction.
    """
    sql, params = hits_sql(entity, typed)
    if not _waiting(db, schema):
        return sql, params
    both = _both(f"rowid % {SPAN} = {entity.no}")
    # Ordered by the engine, the few that wait would make it slower by half.
    return f"SELECT place / {SPAN} FROM ({both})", params * 2


def find(db: Connection, schema: Schema, typed: str, limit: int = 50) -> list[tuple[str, int]]:
    """The first records of any entity that match, as (entity id, row)."""
    from models.search_text import match_query

    return _find(db, schema, match_query(typed), limit)


def find_leading(
    db: Connection, schema: Schema, typed: str, limit: int = 50
) -> list[tuple[str, int]]:
    """The first records of any entity with a value that begins with what was typed."""
    from models.search_text import leading_query

    return _find(db, schema, leading_query(typed), limit)


def _find(db: Connection, schema: Schema, query: str, limit: int) -> list[tuple[str, int]]:
    names = schema.numbers
    with reading(db):
        if _waiting(db, schema):
            found = db.run(f"{_both()} LIMIT ?", (query, query, limit))
        else:
            found = db.run("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (query, limit))
    return [(names[place % SPAN], place // SPAN) for (place,) in found if place % SPAN in names]


def _waiting(db: Connection, schema: Schema) -> bool:
    """Whether records wait to be indexed; if so they stand in this connection's own small index."""
    count, last, under_way = db.run(
        "SELECT (SELECT count(*) FROM search_stale), (SELECT max(id) FROM change), (SELECT change FROM door)"
    )[0]
    if not count:
        return False
    state = (int(count), int(last or 0))
    if db.indexed == state and under_way is None:
        return True
    db.run(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_waiting USING {SEARCH_INDEX}")
    db.run("INSERT INTO temp.search_waiting (search_waiting) VALUES ('delete-all')")
    for entity in schema:
        after = 0
        while rows := _stale_rows(db, entity, after):
            _index(db, "temp.search_waiting", entity, rows)
            after = rows[-1][0]
    # What a change under way has done so far may be taken back, and this index with it.
    if under_way is None:
        db.indexed = state
    return True


def _stale_rows(db: Connection, entity: Entity, after: int) -> list[tuple[Any, ...]]:
    """The next records of an entity that wait: row, whether it lives, what is searched of it."""
    columns = "".join(f", t.{quoted(one.column)}" for one in entity.searched())
    return db.run(
        f"SELECT s.row, t.alive{columns} FROM search_stale s LEFT JOIN {quoted(entity.id)} t "
        f"ON t.id = s.row WHERE s.entity = ? AND s.row > ? ORDER BY s.row LIMIT {_BATCH}",
        (entity.no, after),
    )


def _index(db: Connection, table: str, entity: Entity, rows: list[tuple[Any, ...]]) -> None:
    """Put those of the records that live into an index."""
    from models.search_text import index_text

    db.many(
        f"INSERT INTO {table} (rowid, body) VALUES (?, ?)",
        [
            (
                row * SPAN + entity.no,
                index_text([str(one) for one in values if one], entity.person),
            )
            for row, alive, *values in rows
            if alive == 1
        ],
    )


def refresh(db: Connection, schema: Schema, most: int = 0) -> int:
    """Index again what the triggers noted, unless at most ``most`` records wait; how many that were."""
    if most and db.one("SELECT count(*) FROM search_stale") <= most:
        return 0
    numbers = [row[0] for row in db.run("SELECT DISTINCT entity FROM search_stale")]
    if not numbers:
        return 0
    count = 0
    for entity in schema:
        if entity.no not in numbers:
            continue
        highest = db.one("SELECT max(rowid) FROM search_docsize") or 0
        rows = _stale_rows(db, entity, 0)
        if len(rows) == _BATCH:
            _gather(db, _MUCH)
        while rows:
            count += len(rows)
            places = [row[0] * SPAN + entity.no for row in rows]
            db.many("DELETE FROM search WHERE rowid = ?", [(p,) for p in places if p <= highest])
            _index(db, "search", entity, rows)
            rows = _stale_rows(db, entity, rows[-1][0]) if len(rows) == _BATCH else []
    if count >= _BATCH:
        _gather(db, _USUAL)
    db.run("DELETE FROM search_stale")
    return count


def _gather(db: Connection, size: int) -> None:
    """How many bytes of index are gathered in memory before they are written."""
    db.run("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (size,))
