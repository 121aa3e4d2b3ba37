"""What the journal says, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS, Link
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.texts import N_, tr

CLOCK = "clock"  # the origin of changes that the day brought and nobody asked for
_BETWEEN = " · "  # the parts of a label that has several
TOGETHER = ":"  # in the origin of undos made as one, before the number of the first of them


@dataclass(frozen=True)
class ChangeInfo:
    """One step of the history; ``counts`` says how many records of which entity it touched."""

    no: int
    at: datetime
    author: str
    reason: str
    origin: str
    kind: str
    target: int | None
    undone: bool
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def together(self) -> int | None:
        """The first of the undos, or redos, that were made as one; None for one made alone."""
        _, mark, number = self.origin.rpartition(TOGETHER)
        return int(number) if mark and number.isdecimal() else None


@dataclass(frozen=True)
class EditInfo:
    """One field's step in a record's history; values as they are read."""

    change: int
    at: datetime
    author: str
    reason: str
    field: str
    before: Any
    after: Any

    def told(self, entity: Entity, currency: str) -> tuple[str, str, str]:
        """Field, value before and value after, as people read them."""
        if self.field == "alive":
            return "", "", self._life()
        if not entity.has(self.field):  # a column that was taken back
            return self.field, str(self.before or ""), str(self.after or "")
        field = entity.field(self.field)
        kind = KINDS[field.kind]
        before, after = (kind.show(field, one, currency) for one in (self.before, self.after))
        return field.text(), before, after

    def _life(self) -> str:
        if self.after == 0:
            return tr(N_("Removed"))
        if self.after == 1:
            return tr(N_("Added")) if self.before is None else tr(N_("Restored"))
        return tr(N_("Taken back"))


@dataclass(frozen=True)
class Kept:
    """What an undo kept, and why it is named: someone changed it since."""

    entity: str
    id: int
    label: str
    field: str
    value: Any


@dataclass(frozen=True)
class Undone:
    """The outcome of an undo or redo."""

    change: int
    target: int
    reason: str
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Jumped:
    """The outcome of undos, or redos, made as one.

    ``targets`` are the changes that were turned, in that order; ``still_undone`` how many older ones
    were taken back since the point that was gone back to, and stay so.
    """

    change: int
    targets: tuple[int, ...]
    reason: str
    kept: tuple[Kept, ...] = ()
    still_undone: int = 0


_COLUMNS = "id, at, author, reason, origin, kind, target, dead, counts"


def _info(row: tuple[Any, ...]) -> ChangeInfo:
    no, at, author, reason, origin, kind, target, dead, counts = row
    return ChangeInfo(
        no,
        datetime.fromisoformat(at),
        author,
        reason,
        origin,
        kind,
        target,
        bool(dead),
        json.loads(counts) if counts else {},
    )


def changes(
    db: Connection,
    schema: Schema,
    limit: int,
    entity: str | None,
    row: int | None,
    before: int | None,
) -> list[ChangeInfo]:
    """The latest changes, newest first; of one record when it is named."""
    where, params = "1", []
    if entity is not None and row is not None:
        where = "id IN (SELECT change FROM edit WHERE entity = ? AND row = ?)"
        params = [schema.entity(entity).no, row]
    if before is not None:
        where += " AND id < ?"
        params.append(before)
    found = db.run(
        f"SELECT {_COLUMNS} FROM change WHERE {where} ORDER BY id DESC LIMIT ?", (*params, limit)
    )
    return [_info(one) for one in found]


def change_info(db: Connection, where: str, params: tuple[object, ...] = ()) -> ChangeInfo | None:
    """The newest change that satisfies a condition."""
    found = db.run(f"SELECT {_COLUMNS} FROM change WHERE {where} ORDER BY id DESC LIMIT 1", params)
    return _info(found[0]) if found else None


def living(db: Connection, since: int) -> list[int]:
    """The changes that live, from one on, the latest first."""
    found = db.run(
        "SELECT id FROM change WHERE id >= ? AND kind = 'edit' AND dead = 0 ORDER BY id DESC",
        (since,),
    )
    return [int(one) for (one,) in found]


def amount(db: Connection, since: int) -> tuple[int, int]:
    """How many changes live, from one on, and how many records they touched in all."""
    found = db.run(
        "SELECT count(*), total((SELECT sum(value) FROM json_each(counts))) FROM change "
        "WHERE id >= ? AND kind = 'edit' AND dead = 0",
        (since,),
    )
    return int(found[0][0]), int(found[0][1])


def undone_since(db: Connection, change: int) -> int:
    """How many changes before one were taken back after it, and are so still."""
    return int(
        db.one(
            "SELECT count(DISTINCT u.target) FROM change u JOIN change c ON c.id = u.target "
            "WHERE u.kind = 'undo' AND u.id > ?1 AND u.target < ?1 AND c.dead = 1",
            (change,),
        )
    )


def edits(
    db: Connection,
    schema: Schema,
    entity_id: str,
    row: int,
    limit: int | None = None,
    up_to: int | None = None,
) -> list[EditInfo]:
    """Steps of a record, newest first; the field ``alive`` says added, removed, restored.

    ``limit`` reads so many at most, ``up_to`` none of a later change.
    """
    entity = schema.entity(entity_id)
    shut = closed(db, entity, row)
    found = db.run(
        """SELECT e.change, c.at, c.author, c.reason, e.field, e.before, e.after
        FROM edit e JOIN change c ON c.id = e.change
        WHERE e.entity = ?1 AND e.row = ?2 AND (?3 IS NULL OR e.change <= ?3)
        ORDER BY e.id DESC LIMIT coalesce(?4, -1)""",
        (entity.no, row, up_to, limit),
    )
    made = []
    for change, at, author, reason, name, before, after in found:
        if name != "alive":
            if not entity.has(name) or name in shut:
                continue
            before, after = (load(db, schema, entity_id, name, one) for one in (before, after))
        made.append(
            EditInfo(change, datetime.fromisoformat(at), author, reason, name, before, after)
        )
    return made


def closed(db: Connection, entity: Entity, row: int) -> frozenset[str]:
    """The fields of a record that are for nobody's eyes yet, nor what they were before."""
    held: dict[str, set[str]] = {}
    for one in entity.fields:
        if one.closed_while:
            held.setdefault(one.closed_while.replace("{t}", "t"), set()).add(one.id)
    shut: set[str] = set()
    for condition, names in held.items():
        if db.one(f"SELECT {condition} FROM {quoted(entity.id)} t WHERE t.id = ?", (row,)):
            shut |= names
    return frozenset(shut)


def load(db: Connection, schema: Schema, entity_id: str, name: str, stored: Any) -> Any:
    """A stored value as it is read, links with their labels."""
    one = schema.entity(entity_id).field(name)
    value = KINDS[one.kind].load(stored)
    if one.kind == "link" and value is not None:
        return Link(value, label(db, schema, one.target, value))
    return value


def label(db: Connection, schema: Schema, entity_id: str, row: int) -> str:
    """The label of one record, as people read it."""
    entity = schema.entity(entity_id)
    fields = [entity.field(name) for name in entity.title]
    columns = ", ".join(quoted(one.column) for one in fields)
    found = db.run(f"SELECT {columns} FROM {quoted(entity.id)} WHERE id = ?", (row,))
    filled = (
        KINDS[one.kind].show(one, load(db, schema, entity_id, one.id, stored))
        for one, stored in zip(fields, found[0] if found else (), strict=False)
        if stored not in (None, "")
    )
    return _BETWEEN.join(filled) if entity.whole_title else next(filled, "")


def title_sql(schema: Schema, entity_id: str, alias: str) -> str:
    """The SQL of an entity's label: of its title fields the first that is filled, or all; a link by its label."""
    parts = [f"nullif({one}, '')" for one in _title_parts(schema, entity_id, alias)]
    if schema.entity(entity_id).whole_title:
        more = (f"coalesce('{_BETWEEN}' || {one}, '')" for one in parts[1:])
        return " || ".join((f"coalesce({parts[0]}, '')", *more))
    return f"coalesce({', '.join(parts)}, '')" if len(parts) > 1 else parts[0]


def _title_parts(schema: Schema, entity_id: str, alias: str) -> list[str]:
    made = []
    for one in map(schema.entity(entity_id).field, schema.entity(entity_id).title):
        value, inner = f"{alias}.{quoted(one.column)}", f"{alias}_{one.id}"
        if one.kind == "link":
            named = title_sql(schema, one.target, inner)
            value = f"(SELECT {named} FROM {quoted(one.target)} {inner} WHERE {inner}.id = {value})"
        made.append(value)
    return made


def names_sql(schema: Schema, entity_id: str, alias: str) -> list[str]:
    """What a record answers to, as SQL, the surest first: its label, the parts of it, its single keys."""
    entity = schema.entity(entity_id)
    keys = (entity.field(key[0]) for key in entity.keys if len(key) == 1)
    whole = [title_sql(schema, entity_id, alias)] if entity.whole_title else []
    single = [f"{alias}.{quoted(one.column)}" for one in keys if one.kind != "link"]
    return list(dict.fromkeys([*whole, *_title_parts(schema, entity_id, alias), *single]))
