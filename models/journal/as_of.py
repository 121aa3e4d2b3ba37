"""Reads in the past: a row as it was after a given change.

The row as it stands, with the first ``before`` of every field that was edited later put back.
"""

from __future__ import annotations

from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted


def row_as_of(
    connection: Connection, entity: Entity, row: int, change: int
) -> dict[str, Any] | None:
    """Field values of a row after ``change`` (0 = before the first); None when it wasn't there."""
    columns = ["alive", *(one.column for one in entity.fields)]
    listed = ", ".join(quoted(one) for one in columns)
    found = connection.run(f"SELECT {listed} FROM {quoted(entity.id)} WHERE id = ?", (row,))
    if not found:
        return None
    stored = dict(zip(columns, found[0], strict=True))
    later = connection.run(
        "SELECT field, before FROM edit WHERE entity = ? AND row = ? AND change > ? ORDER BY id DESC",
        (entity.no, row, change),
    )
    for field, before in later:
        stored[field] = before
    if stored["alive"] != 1:
        return None
    return {one.id: KINDS[one.kind].load(stored[one.column]) for one in entity.fields}


def last_change_on(connection: Connection, day_end: str) -> int:
    """The last change made before an instant (ISO, UTC); 0 when there was none yet."""
    return int(connection.one("SELECT coalesce(max(id), 0) FROM change WHERE at < ?", (day_end,)))
