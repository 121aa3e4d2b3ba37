"""Rows gathered into groups, with exact totals of each group and of everything that is shown.

Sums are added up in SQL as whole numbers, in two halves, so that no amount is too large; means are
made of sums and counts at each level, never of other means.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from models.book import Book
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.money import SCALE
from models.progress import SILENT, Progress
from models.reads import label_sql, path_sql
from models.texts import N_, tr
from models.views.view import Group, functions_of

_HALF = 1_000_000  # sums are added up above and below it
_WORDS = {"text", "long_text", "code", "phone", "email", "tags", "link", "period", "recurrence"}
_DAY = {"date": "({x})", "instant": "date({x}, 'localtime')"}
# What SQL gathers days by; the book's calendar makes periods of what is left of them.
_BUCKET = {
    "day": "{d}",
    "week": "{d}",
    "month": "substr({d}, 1, 7)",
    "quarter": "substr({d}, 1, 7)",
    "year": "substr({d}, 1, 7)",
}
Totals = Mapping[str, Any]  # by path; Decimal, int, day or moment, None where nothing is filled in


@dataclass(frozen=True)
class Node:
    """A group: its values from the outermost level in, its label, its records and their totals.

    ``first`` is the place of its first record among all ids.
    """

    key: tuple[Any, ...]
    label: str
    first: int
    count: int
    totals: Totals

    @property
    def level(self) -> int:
        """How deep it lies; 0 is outermost."""
        return len(self.key) - 1


@dataclass(frozen=True)
class Arranged:
    """Ids in the order in which they are shown, the groups in reading order, totals of everything."""

    ids: array[int]
    groups: tuple[Node, ...]
    totals: Totals


@dataclass
class _Sums:
    """What is added up of one column: enough to make every function of it, at every level."""

    high: int = 0
    low: int = 0
    filled: int = 0
    least: Any = None
    most: Any = None

    def add(self, row: Sequence[Any]) -> None:
        high, low, filled, least, most = row
        self.high += high or 0
        self.low += low or 0
        self.filled += filled
        if least is not None:
            self.least = least if self.least is None else min(self.least, least)
            self.most = most if self.most is None else max(self.most, most)

    def value(self, field: Field, how: str, count: int) -> Any:
        if how in ("count", "filled"):
            return count if how == "count" else self.filled
        if not self.filled:
            return None
        if how in ("min", "max"):
            return KINDS[field.kind].load(self.least if how == "min" else self.most)
        whole = self.high * _HALF + self.low
        scale = 1 if field.kind == "integer" else SCALE
        if how == "mean":
            return (Decimal(whole) / self.filled / scale).quantize(Decimal("0.000001"))
        return whole if scale == 1 else Decimal(whole) / scale


@dataclass(frozen=True)
class _Column:
    path: str
    how: str
    field: Field
    sql: str

    def parts(self) -> list[str]:
        """Its part of a SELECT: five values, NULL where the function has no need of them."""
        x = f"CAST({self.sql} AS INTEGER)" if self.field.read_as else self.sql
        adds = self.how in ("sum", "mean")
        looks = self.how in ("min", "max")
        return [
            f"sum({x} / {_HALF})" if adds else "NULL",
            f"sum({x} % {_HALF})" if adds else "NULL",
            "0" if self.how == "count" else f"count({self.sql})",
            f"min({self.sql})" if looks else "NULL",
            f"max({self.sql})" if looks else "NULL",
        ]


def totals(
    book: Book, entity: str, ids: Sequence[int] | None, asked: Sequence[tuple[str, str]]
) -> Totals:
    """Totals of columns, (path, function), over rows; with None over all live ones."""
    with book.reading() as db:
        columns = _columns(book, entity, asked)
        condition, params = _among(ids)
        found = _summed(db, entity, columns, [], condition, params)
        return _rolled(columns, found)


def arrange(
    book: Book,
    entity: str,
    ids: array[int],
    groups: Sequence[Group],
    asked: Sequence[tuple[str, str]],
    descending: Sequence[bool] = (),
    *,
    whole: bool = False,
    progress: Progress = SILENT,
) -> Arranged:
    """Gather rows, which keep their order within their group; empty values come last.

    ``descending`` turns the order of the groups of a level around; ``whole`` says that the ids are
    all live records, which saves naming them.

    Raises:
        Refused: a path is unknown. Cancelled.
    """
    columns = _columns(book, entity, asked)
    condition, params = _among(None if whole else ids)
    with book.reading() as db:
        if not groups:
            found = _summed(db, entity, columns, [], condition, params)
            return Arranged(ids, (), _rolled(columns, found))
        keys = [_key(book, entity, one) for one in groups]
        found = _summed(db, entity, columns, [sql for sql, _ in keys], condition, params)
        progress.step(0.4)
        listed = ", ".join(sql for sql, _ in keys)
        rows = db.stream(f"SELECT t.id, {listed} FROM {quoted(entity)} t WHERE {condition}", params)
        turns = [_turn(book, one.by) for one in groups]
        if any(turns):
            key_of = {row[0]: _turned(turns, row[1:]) for row in rows}
            found = [(*_turned(turns, row), *row[len(turns) :]) for row in found]
        else:
            key_of = {row[0]: row[1:] for row in rows}
        progress.step(0.8)
        labels = [
            _labels(book, db, field, one.by, {row[at] for row in found})
            for at, ((_, field), one) in enumerate(zip(keys, groups, strict=True))
        ]
    turned = [at < len(descending) and descending[at] for at in range(len(groups))]
    places = [
        _places(field, one.by, labels[at], turned[at])
        for at, ((_, field), one) in enumerate(zip(keys, groups, strict=True))
    ]
    return _gathered(ids, key_of, found, columns, labels, places)


def _columns(book: Book, entity: str, asked: Sequence[tuple[str, str]]) -> list[_Column]:
    kind = book.schema.entity(entity)
    made = []
    for path, how in asked:
        sql, field = path_sql(book.schema, kind, path)
        if how in functions_of(field.kind):
            made.append(_Column(path, how, field, sql))
    return made


def _among(ids: Sequence[int] | None) -> tuple[str, list[Any]]:
    if ids is None:
        return "t.alive = 1", []
    return "t.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]


def _key(book: Book, entity: str, group: Group) -> tuple[str, Field]:
    sql, field = path_sql(book.schema, book.schema.entity(entity), group.path)
    if field.kind in _DAY and group.by:
        return _BUCKET[group.by].format(d=_DAY[field.kind].format(x=sql)), field
    if field.kind in _WORDS and field.kind != "link":
        return f"nullif({sql}, '')", field
    return sql, field


def _turn(book: Book, by: str) -> Callable[[Any], Any] | None:
    """What makes of a day, or a month, the first day of the period that it lies in."""
    if by not in ("week", "quarter", "year"):
        return None
    calendar = book.calendar

    @cache
    def first_day(key: str | None) -> str | None:
        if key is None:
            return None
        day = date.fromisoformat(key if len(key) > 7 else key + "-01")
        return calendar.of(by, day).start.isoformat()

    return first_day


def _turned(turns: Sequence[Callable[[Any], Any] | None], keys: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(key if turn is None else turn(key) for turn, key in zip(turns, keys, strict=False))


def _summed(
    db: Connection,
    entity: str,
    columns: Sequence[_Column],
    keys: Sequence[str],
    condition: str,
    params: Sequence[Any],
) -> list[tuple[Any, ...]]:
    """One row for each innermost group: its key, how many records, five values a column."""
    listed = [*keys, "count(*)", *(part for one in columns for part in one.parts())]
    by = f" GROUP BY {', '.join(str(at + 1) for at in range(len(keys)))}" if keys else ""
    return db.run(
        f"SELECT {', '.join(listed)} FROM {quoted(entity)} t WHERE {condition}{by}", params
    )


def _rolled(columns: Sequence[_Column], found: Sequence[tuple[Any, ...]], depth: int = 0) -> Totals:
    """Totals of several rows of ``_summed`` together."""
    sums = [_Sums() for _ in columns]
    count = 0
    for row in found:
        count += row[depth]
        for at, one in enumerate(sums):
            start = depth + 1 + at * 5
            one.add(row[start : start + 5])
    return {
        one.path: made.value(one.field, one.how, count)
        for one, made in zip(columns, sums, strict=True)
    }


# -- what groups are called and how they stand ----------------------------------------------------


def _labels(book: Book, db: Connection, field: Field, by: str, keys: set[Any]) -> dict[Any, str]:
    """What the values of a level are called, in the current language."""
    named: dict[Any, str] = {}
    if field.kind == "link":
        sql = label_sql(book.schema, field, "j.value")
        asked = json.dumps([one for one in keys if one is not None])
        named = {
            id: str(label or "")
            for id, label in db.run(f"SELECT j.value, {sql} FROM json_each(?) j", (asked,))
        }
    return {one: _label(book, field, by, one, named) for one in keys}


def _label(book: Book, field: Field, by: str, key: Any, named: Mapping[Any, str]) -> str:
    if key is None:
        return tr(N_("(empty)"))
    if field.kind == "link":
        return named.get(key, "")
    if by in ("week", "quarter", "year"):
        return book.calendar.of(by, date.fromisoformat(key)).text()
    if by:
        return str(key)
    kind = KINDS[field.kind]
    return kind.show(field, kind.load(key), book.currency)


def _places(field: Field, by: str, labels: Mapping[Any, str], turned: bool) -> dict[Any, int]:
    """Where each value of a level stands: words as people file them, choices as they are declared."""
    from models.names import sort_key

    offered = {one.code: at for at, one in enumerate(field.choices)}

    def place(key: Any) -> Any:
        if field.kind in _WORDS and not by:
            return sort_key(labels[key])
        if field.kind == "choice":
            return (offered.get(key, len(offered)), str(key))
        return key

    filled = sorted((one for one in labels if one is not None), key=place, reverse=turned)
    return {key: at for at, key in enumerate([*filled, None])}


def _gathered(
    ids: array[int],
    key_of: Mapping[int, tuple[Any, ...]],
    found: Sequence[tuple[Any, ...]],
    columns: Sequence[_Column],
    labels: Sequence[Mapping[Any, str]],
    places: Sequence[Mapping[Any, int]],
) -> Arranged:
    """Put the records of each group together and give every level its nodes."""
    depth = len(labels)
    rows = sorted(found, key=lambda row: [places[at][row[at]] for at in range(depth)])
    members: dict[tuple[Any, ...], list[int]] = {row[:depth]: [] for row in rows}
    for id in ids:
        if id in key_of:
            members[key_of[id]].append(id)
    ordered: array[int] = array("q")
    nodes: list[Node] = []
    for start, end, key in _runs(rows, depth):
        inside = rows[start:end]
        count = sum(len(members[one]) for one in {row[:depth] for row in inside})
        nodes.append(
            Node(
                key,
                labels[len(key) - 1][key[-1]],
                len(ordered),
                count,
                _rolled(columns, inside, depth),
            )
        )
        if len(key) == depth:
            ordered.extend(members[key])
    return Arranged(ordered, tuple(nodes), _rolled(columns, rows, depth))


def _runs(rows: Sequence[tuple[Any, ...]], depth: int) -> list[tuple[int, int, tuple[Any, ...]]]:
    """Where the rows of each group of each level begin and end, outer groups before inner ones."""
    made = []
    for level in range(1, depth + 1):
        start = 0
        for at in range(1, len(rows) + 1):
            if at == len(rows) or rows[at][:level] != rows[start][:level]:
                made.append((start, at, rows[start][:level]))
                start = at
    return sorted(made, key=lambda one: (one[0], len(one[2])))
