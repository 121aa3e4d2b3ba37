"""The search index: what of a record is found by typing.

Triggers note which records changed, so that no path of writing can forget one. A few of them may
wait: taking one record out of the index and in again writes more pages than all else that an edit
does. Whoever searches looks the waiting ones up in a small index of their own, in memory; when they
are many, the change that made them so brings the index up to date before its commit.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted, reading
from models.journal.tables import SEARCH_INDEX

# Entity numbers are below; a record's place in the index is row × span + number. Odd, because the
# engine keeps the places that were taken out in a table by their lowest bits: with 1024 they all met
# in one slot, and one edit in some hundred took seconds.
SPAN = 1021
WAITING = 32  # so many records may wait to be indexed
_In = TypeVar("_In")
_Out = TypeVar("_Out")
_BATCH = 2000  # records indexed at once
_MERGED = 8  # parts of the index that are merged into one; format 3 begins with it too
_LOOKED = 3000  # hits of a piece of a name that are looked through
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


class Pieces:
    """Looks pieces of names up, as they are written, among the live records of some entities.

    It is good for the view of the book in which it was made: inside a transaction.
    """

    def __init__(self, db: Connection, schema: Schema, entities: Sequence[str]) -> None:
        numbers = ", ".join(str(schema.entity(one).no) for one in entities)
        self._db, self._names, self._twice = db, schema.numbers, _waiting(db, schema)
        places = (
            _both() if self._twice else "SELECT rowid AS place FROM search WHERE search MATCH ?"
        )
        # What is written everywhere tells nobody apart: so many hits are looked through at most.
        self._sql = (
            f"SELECT place FROM (SELECT place FROM ({places}) LIMIT {_LOOKED}) "
            f"WHERE place % {SPAN} IN ({numbers}) LIMIT ?"
        )

    def of(self, piece: str, limit: int) -> list[tuple[str, int]]:
        """Records that hold the letters and characters of a piece in a row, as (entity id, row)."""
        from models.search_text import fold

        phrase = '"' + " ".join(filter(str.isalnum, fold(piece))) + '"'
        if phrase == '""':
            return []
        found = self._db.run(self._sql, (phrase,) * (2 if self._twice else 1) + (limit,))
        return [(self._names[place % SPAN], place // SPAN) for (place,) in found]


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
        for rows in _stale(db, entity):
            _fill(db, "temp.search_waiting", _texts(entity, rows)[1])
    # What a change under way has done so far may be taken back, and this index with it.
    if under_way is None:
        db.indexed = state
    return True


def refresh(db: Connection, schema: Schema, most: int = 0) -> int:
    """Index again what the triggers noted, unless at most ``most`` records wait; how many that were."""
    if most and db.one("SELECT count(*) FROM search_stale") <= most:
        return 0
    numbers = [row[0] for row in db.run("SELECT DISTINCT entity FROM search_stale")]
    if not numbers:
        return 0
    count = sum(_index(db, entity) for entity in schema if entity.no in numbers)
    db.run("DELETE FROM search_stale")
    return count


def _index(db: Connection, entity: Entity) -> int:
    """Bring the index of one entity up to date; how many records that were."""
    highest = db.one("SELECT max(rowid) FROM search_docsize") or 0
    count = 0
    blocks = _stale(db, entity)
    first = next(blocks, [])
    if len(first) < _BATCH:
        made: Iterable[tuple[list[int], str]] = [_texts(entity, first)]
    else:
        _gather(db, _MUCH)
        made = _ahead(lambda rows: _texts(entity, rows), itertools.chain([first], blocks))
    for places, texts in made:
        count += len(places)
        if places and places[0] <= highest:
            db.many("DELETE FROM search WHERE rowid = ?", [(p,) for p in places if p <= highest])
        _fill(db, "search", texts)
    if count >= _BATCH:
        _gather(db, _USUAL)
    return count


def _fill(db: Connection, table: str, texts: str) -> None:
    """Put texts by place into an index: one statement, beside which the next texts are made."""
    db.run(
        f"INSERT INTO {table} (rowid, body) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
        (texts,),
    )


def _stale(db: Connection, entity: Entity) -> Iterator[list[tuple[Any, ...]]]:
    """The records of an entity that the triggers noted, in blocks: row, alive, searched values."""
    columns = "".join(f", t.{quoted(one.column)}" for one in entity.searched())
    sql = (
        f"SELECT s.row, t.alive{columns} FROM search_stale s LEFT JOIN {quoted(entity.id)} t "
        f"ON t.id = s.row WHERE s.entity = ? AND s.row > ? ORDER BY s.row LIMIT {_BATCH}"
    )
    rows = db.run(sql, (entity.no, 0))
    while rows:
        yield rows
        rows = db.run(sql, (entity.no, rows[-1][0])) if len(rows) == _BATCH else []


def _texts(entity: Entity, rows: Sequence[tuple[Any, ...]]) -> tuple[list[int], str]:
    """The places of records in the index, and the texts of the live ones by place, as JSON."""
    from models.search_text import index_texts

    places = [row[0] * SPAN + entity.no for row in rows]
    live = [at for at, row in enumerate(rows) if row[1] == 1]
    texts = index_texts([rows[at][2:] for at in live], entity.person)
    # Letters, digits and blanks: nothing in a text needs to be escaped.
    pairs = [f'"{places[at]}":"{text}"' for at, text in zip(live, texts, strict=True)]
    return places, "{" + ",".join(pairs) + "}"


def _ahead(make: Callable[[_In], _Out], of: Iterable[_In]) -> Iterator[_Out]:
    """What ``make`` makes of each, made in a thread while the one before is used."""
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(1, "search") as thread:
        before: Future[_Out] | None = None
        for one in of:
            coming = thread.submit(make, one)
            if before is not None:
                yield before.result()
            before = coming
        if before is not None:
            yield before.result()


def _gather(db: Connection, size: int) -> None:
    """How many bytes of index are gathered in memory before they are written.

    Where many are, what was written before is not merged meanwhile: that would be a fifth of the work.
    """
    merge = 0 if size == _MUCH else _MERGED
    for setting, value in (("hashsize", size), ("automerge", merge)):
        db.run("INSERT INTO search (search, rank) VALUES (?, ?)", (setting, value))
