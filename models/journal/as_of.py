"""Reads in the past: a row as it was after a given change.

The row as it stands, with the first ``before`` of every field that was edited later put back.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import closed, load


@dataclass(frozen=True)
class Past:
    """A record as it stood: ``alive`` is 1, 0 in the recycle bin, None when it wasn't there.

    ``values`` are as they are read, links with their labels of today; ``differing`` names the fields
    whose values are others today.
    """

    alive: int | None
    values: dict[str, Any]
    differing: frozenset[str]


def _stored(
    connection: Connection, entity: Entity, row: int, change: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The stored columns of a row as they are and as they were; empty when there is no such row."""
    columns = ["alive", *(one.column for one in entity.fields)]
    listed = ", ".join(quoted(one) for one in columns)
    found = connection.run(f"SELECT {listed} FROM {quoted(entity.id)} WHERE id = ?", (row,))
    if not found:
        return {}, {}
    now = dict(zip(columns, found[0], strict=True))
    # Of each field the first edit since: the engine gives the ``before`` that stands beside the least id.
    later = connection.run(
        "SELECT field, before, min(id) FROM edit WHERE entity = ? AND row = ? AND change > ? GROUP BY field",
        (entity.no, row, change),
    )
    put_back = {field: before for field, before, _ in later}
    return now, {name: put_back.get(name, value) for name, value in now.items()}


def row_as_of(
    connection: Connection, entity: Entity, row: int, change: int
) -> dict[str, Any] | None:
    """Field values of a row after ``change`` (0 = before the first); None when it wasn't there."""
    _, stored = _stored(connection, entity, row, change)
    if stored.get("alive") != 1:
        return None
    shut = closed(connection, entity, row)
    return {
        one.id: None if one.id in shut else KINDS[one.kind].load(stored[one.column])
        for one in entity.fields
    }


def past(connection: Connection, schema: Schema, entity_id: str, row: int, change: int) -> Past:
    """A record after ``change``, beside what it is today; also what lies in the recycle bin."""
    entity = schema.entity(entity_id)
    now, then = _stored(connection, entity, row, change)
    if then.get("alive") is None:
        return Past(None, {}, frozenset())
    shut = closed(connection, entity, row)
    values = {
        one.id: None
        if one.id in shut
        else load(connection, schema, entity_id, one.id, then[one.column])
        for one in entity.fields
    }
    differing = {one.id for one in entity.fields if now[one.column] != then[one.column]}
    return Past(int(then["alive"]), values, frozenset(differing - shut))


def own_changes(connection: Connection, entity: Entity, row: int) -> array[int]:
    """The numbers of all changes that touched a row, the earliest first."""
    found = connection.run(
        "SELECT DISTINCT change FROM edit WHERE entity = ? AND row = ? ORDER BY change",
        (entity.no, row),
    )
    return array("q", (one for (one,) in found))


def last_change_on(connection: Connection, day_end: str) -> int:
    """The last change made before an instant (ISO, UTC); 0 when there was none yet."""
    return int(connection.one("SELECT coalesce(max(id), 0) FROM change WHERE at < ?", (day_end,)))
