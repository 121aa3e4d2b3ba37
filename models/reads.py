"""Reading a book: which rows, in which order, and their values; nothing here writes."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any

from models.describe.field import Entity, Field
from models.describe.filters import Filter
from models.describe.kinds import KINDS, Link
from models.describe.schema import Schema
from models.dialects import Connection, quoted, reading, watched
from models.journal.entries import title_sql
from models.progress import SILENT, Progress

_LOOK = 300  # records looked at from each end
_LATEST = 50_000  # records whose tags are counted
_BLOCK = 500  # rows an IN list asks for at once
_WORDS = {"text", "long_text", "code", "phone", "email", "tags", "link", "choice"}
_MANY = 20_000  # records whose keys are worth a preparation
_PASSED, _SORTED = 12, 6  # operations of the engine a record, and more for each criterion


def path_sql(
    schema: Schema, entity: Entity, dotted: str, alias: str = "t", *, closed_too: bool = False
) -> tuple[str, Field]:
    """The SQL of a value, reached through links if dotted; a link itself is its row id.

    What is closed reads as empty, unless ``closed_too``: for what leaves to its author and comes back.
    """
    steps, last = schema.path(entity, dotted)
    sql = ""
    names = [alias]
    wraps: list[str] = []
    for depth, step in enumerate(steps):
        inner = f"{alias}{depth + 1}"
        wraps.append(
            f"(SELECT {{}} FROM {quoted(step.target)} {inner} "
            f"WHERE {inner}.id = {names[-1]}.{quoted(step.column)})"
        )
        names.append(inner)
    sql = last.value_sql(names[-1], closed_too=closed_too)
    for wrap in reversed(wraps):
        sql = wrap.format(sql)
    return sql, last


def _filing(many: bool) -> Callable[[Any], str | None]:
    """What makes the keys of words in an order; empty ones have none."""
    from models import names  # where pinyin is known, which takes its time to load

    key = names.sort_key_of_many() if many else names.sort_key

    def filed(value: Any) -> str | None:
        return None if value is None or value == "" else key(str(value))

    return filed


def label_sql(schema: Schema, field: Field, value: str) -> str:
    """The SQL of a link's label, given the SQL of its row id."""
    return f"(SELECT {title_sql(schema, field.target, 'n')} FROM {quoted(field.target)} n WHERE n.id = {value})"


class Reader:
    """Reads over one connection, under one schema."""

    def __init__(self, connection: Connection, schema: Schema, *, closed_too: bool = False) -> None:
        self._db = connection
        self._schema = schema
        self._closed_too = closed_too  # for rules, which nobody sees

    def ids(
        self,
        entity_id: str,
        where: str | Filter | None,
        sort: Sequence[tuple[str, bool]],
        search: str,
        deleted: bool,
        among: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> array[int]:
        """Row ids in order; text sorts as people file it (Chinese by pinyin, digits by value)."""
        if search.strip() and not self._db.in_transaction:
            with reading(self._db):  # what waits to be indexed and the index itself, of one moment
                return self.ids(entity_id, where, sort, search, deleted, among, progress)
        entity = self._schema.entity(entity_id)
        most = self.most(entity_id)
        with watched(self._db, progress, most * (_PASSED + _SORTED * len(sort))):
            if search.strip() and not (where or sort or deleted) and among is None:
                return self._hits(entity, search)
            condition, params = self.condition(entity, where, search, deleted, among)
            order = self._order(entity, sort, most)
            rows = self._db.stream(
                f"SELECT t.id FROM {quoted(entity.id)} t WHERE {condition} ORDER BY {order}", params
            )
            return array("q", (row[0] for row in rows))

    def _order(self, entity: Entity, sort: Sequence[tuple[str, bool]], most: int) -> str:
        """The SQL of an order. The engine sorts: it lets the window in meanwhile, which a sort in
        Python doesn't, and needs a fifth of the memory; it asks Python only for the keys."""
        terms = []
        for path, down in sort:
            sql, field = path_sql(self._schema, entity, path)
            if field.kind in _WORDS:
                sql = label_sql(self._schema, field, sql) if field.kind == "link" else sql
                sql = self._filed(sql, most)
            terms.append(f"{sql} {'DESC' if down else 'ASC'} NULLS LAST")
        return ", ".join([*terms, "t.id"])

    def _filed(self, sql: str, most: int) -> str:
        """The SQL of the key of words among so many records at most."""
        name = "filed_of_many" if most > _MANY else "filed"
        if name not in self._db.taught:
            self._db.teach(name, _filing(most > _MANY))
        return f"{name}({sql})"

    def most(self, entity_id: str) -> int:
        """How many records there are at most: their highest row."""
        return int(self._db.one(f"SELECT max(id) FROM {quoted(entity_id)}") or 0)

    def _hits(self, entity: Entity, typed: str) -> array[int]:
        """The index alone answers: it holds the live records; they are given by their rows."""
        from models.search import hits

        sql, params = hits(self._db, self._schema, entity, typed)
        return array("q", sorted(row[0] for row in self._db.stream(sql, params)))

    def condition(
        self,
        entity: Entity,
        where: str | Filter | None,
        search: str = "",
        deleted: bool = False,
        among: Sequence[int] | None = None,
    ) -> tuple[str, list[Any]]:
        """What the rows ``t`` of a question satisfy, as SQL with its parameters."""
        condition, params = self._condition(entity, where, search, deleted)
        if among is not None:
            condition += " AND t.id IN (SELECT value FROM json_each(?))"
            params.append(json.dumps(list(among)))
        return condition, params

    def _condition(
        self, entity: Entity, where: str | Filter | None, search: str, deleted: bool
    ) -> tuple[str, list[Any]]:
        parts, params = [f"t.alive = {0 if deleted else 1}"], []
        if search.strip():
            from models.search import hits

            sql, more = hits(self._db, self._schema, entity, search)
            parts.append(f"t.id IN ({sql})")
            params.extend(more)
        if where:
            from models.describe import filter_sql, filters

            wanted = filters.parse(where) if isinstance(where, str) else where
            sql, found = filter_sql.compile(wanted, entity, self._schema)
            parts.append(f"({sql})")
            params.extend(found)
        return " AND ".join(parts), params

    def rows(
        self, entity_id: str, ids: Sequence[int], fields: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Values of the fields for each id, in the order of ids; a missing row is all None."""
        entity = self._schema.entity(entity_id)
        columns, fields_read = [], []
        for name in fields:
            sql, field = path_sql(self._schema, entity, name, closed_too=self._closed_too)
            columns.append(sql)
            if field.kind == "link":
                columns.append(label_sql(self._schema, field, sql))
            fields_read.append(field)
        listed = "".join(f", {one}" for one in columns)
        found: dict[int, tuple[Any, ...]] = {}
        for start in range(0, len(ids), _BLOCK):
            block = ids[start : start + _BLOCK]
            marks = ",".join("?" * len(block))
            stored = self._db.run(
                f"SELECT t.id{listed} FROM {quoted(entity.id)} t WHERE t.id IN ({marks})", block
            )
            found.update(_values(stored, fields_read))
        nothing = (None,) * len(fields)
        return [found.get(one, nothing) for one in ids]

    def suggest(self, entity_id: str, typed: str, limit: int) -> list[str]:
        """Labels of the first live records that match what was typed so far."""
        with reading(self._db):
            condition, params = self._condition(self._schema.entity(entity_id), None, typed, False)
            label = title_sql(self._schema, entity_id, "t")
            rows = self._db.run(
                f"SELECT {label} FROM {quoted(entity_id)} t WHERE {condition} LIMIT ?",
                (*params, limit),
            )
        return [str(row[0]) for row in rows if row[0]]

    def words(self, entity_id: str, field: str, limit: int = 500) -> list[str]:
        """The words of a field of tags in its latest records, those used most first."""
        entity = self._schema.entity(entity_id)
        column = quoted(entity.field(field).column)
        counts: Counter[str] = Counter()
        for text, n in self._db.run(
            f"SELECT {column}, count(*) FROM (SELECT {column} FROM {quoted(entity.id)} "
            f"WHERE alive = 1 AND {column} IS NOT NULL ORDER BY id DESC LIMIT ?) x GROUP BY 1",
            (_LATEST,),
        ):
            for word in dict.fromkeys(str(text).split(", ")):
                counts[word] += int(n)
        return [word for word, _ in counts.most_common(limit) if word]

    def filled(self, entity_id: str) -> set[str]:
        """Fields that hold a value in one of the first or last records."""
        entity = self._schema.entity(entity_id)
        table, names = quoted(entity.id), [one.id for one in entity.fields]
        tests = ", ".join(
            f"max(({path_sql(self._schema, entity, one)[0]}) IS NOT NULL)" for one in names
        )
        found = self._db.run(
            f"SELECT {tests} FROM {table} t WHERE t.id IN "
            f"(SELECT id FROM (SELECT id FROM {table} WHERE alive = 1 ORDER BY id LIMIT {_LOOK}) "
            f"UNION SELECT id FROM (SELECT id FROM {table} WHERE alive = 1 ORDER BY id DESC LIMIT {_LOOK}))"
        )
        return {name for name, there in zip(names, found[0], strict=True) if there}

    def linked(self, entity_id: str, field: str, to: int, limit: int | None) -> array[int]:
        """Live rows whose link points at a record, newest first."""
        entity = self._schema.entity(entity_id)
        column = quoted(entity.field(field).column)
        rows = self._db.run(
            f"SELECT id FROM {quoted(entity.id)} WHERE alive = 1 AND {column} = ? ORDER BY id DESC LIMIT ?",
            (to, -1 if limit is None else limit),
        )
        return array("q", (row[0] for row in rows))

    def count(
        self, entity_id: str, where: str | Filter | None = None, deleted: bool = False
    ) -> int:
        """How many records satisfy a filter."""
        entity = self._schema.entity(entity_id)
        condition, params = self._condition(entity, where, "", deleted)
        return int(
            self._db.one(f"SELECT count(*) FROM {quoted(entity.id)} t WHERE {condition}", params)
        )

    def sums(
        self, entity_id: str, ids: Sequence[int] | None, fields: Sequence[str]
    ) -> dict[str, Any]:
        """Exact sums of numeric fields over the given rows, or all live ones."""
        entity = self._schema.entity(entity_id)
        parts = [path_sql(self._schema, entity, name) for name in fields]
        if not parts:
            return {}
        listed = ", ".join(f"sum({sql})" for sql, _ in parts)
        totals = [0] * len(parts)
        blocks: list[tuple[str, list[int]]] = [("t.alive = 1", [])]
        if ids is not None:
            blocks = [
                (
                    f"t.id IN ({','.join('?' * len(ids[at : at + _BLOCK]))})",
                    list(ids[at : at + _BLOCK]),
                )
                for at in range(0, len(ids), _BLOCK)
            ]
        for condition, params in blocks:
            row = self._db.run(
                f"SELECT {listed} FROM {quoted(entity.id)} t WHERE {condition}", params
            )[0]
            totals = [total + (one or 0) for total, one in zip(totals, row, strict=True)]
        return {
            name: KINDS[field.kind].load(total)
            for name, total, (_, field) in zip(fields, totals, parts, strict=True)
        }

    def added_up(
        self, entity_id: str, ids: Sequence[int], fields: Sequence[str], progress: Progress
    ) -> tuple[int, Decimal]:
        """How many values fields of some rows hold, and their sum, whatever their kinds.

        Raises:
            Cancelled: nobody wants to know any more.
        """
        entity = self._schema.entity(entity_id)
        parts = [path_sql(self._schema, entity, name) for name in fields]
        listed = ", ".join(f"count({sql}), sum({sql})" for sql, _ in parts)
        count, totals = 0, [0] * len(parts)
        for at in range(0, len(ids), _BLOCK):
            progress.step(at / len(ids))
            block = list(ids[at : at + _BLOCK])
            row = self._db.run(
                f"SELECT {listed} FROM {quoted(entity.id)} t "
                f"WHERE t.id IN ({','.join('?' * len(block))})",
                block,
            )[0]
            count += sum(row[::2])
            totals = [total + (one or 0) for total, one in zip(totals, row[1::2], strict=True)]
        loaded = [
            KINDS[one.kind].load(total) for total, (_, one) in zip(totals, parts, strict=True)
        ]
        return count, sum(map(Decimal, loaded), Decimal(0))


def _values(
    stored: list[tuple[Any, ...]], fields: Sequence[Field]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows as stored, as (row id, values); column by column, which is quick."""
    if not stored:
        return iter(())
    ids, *columns = zip(*stored, strict=True)
    left = iter(columns)
    made: list[Sequence[Any]] = []
    for field in fields:
        kind, column = KINDS[field.kind], next(left)
        if field.kind == "link":
            named = zip(column, next(left), strict=True)
            made.append([None if row is None else Link(row, label or "") for row, label in named])
        else:
            made.append(column if kind.literal else [kind.load(one) for one in column])
    return zip(ids, zip(*made, strict=True) if made else repeat(()), strict=False)
