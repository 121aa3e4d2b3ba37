"""Many records in one statement: what loads and generators write through the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.journal import tables
from models.refusals import Refused
from models.texts import N_

_MANY = 5_000  # new rows from which indexes are built afterwards


def next_row(db: Connection, entity: Entity) -> int:
    """The row id that the next record of an entity gets while nobody else writes."""
    return int(db.one(f"SELECT coalesce(max(id), 0) + 1 FROM {quoted(entity.id)}"))


def add_many(
    db: Connection, entity: Entity, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> range:
    """Add records from values in the order of ``names``; gives their row ids.

    The values are those that fields hold (Decimal, date, row ids of links…), not text to be read;
    no rule fills anything in. A field that is not named takes its default.

    Raises:
        Refused: a required field is empty; nothing may be committed then.
    """
    fields = [entity.field(one) for one in names]
    rest = [one for one in entity.fields if one.usual is not None and one.id not in names]
    columns = [quoted(one.column) for one in (*fields, *rest)]
    defaults = [KINDS[one.kind].store(one.usual) for one in rest]
    stores = [KINDS[one.kind].store for one in fields]
    needed = [at for at, one in enumerate(fields) if one.required]
    missing = next((one for one in entity.fields if one.required and one.id not in names), None)

    def stored() -> Iterator[tuple[Any, ...]]:
        for values in rows:
            for at in needed:
                if values[at] in (None, ""):
                    raise _empty(fields[at].text())
            yield (
                *(store(value) for store, value in zip(stores, values, strict=True)),
                *defaults,
            )

    if missing is not None:
        raise _empty(missing.text())
    ready = list(stored())
    first = next_row(db, entity)
    bulk = len(ready) > _MANY and len(ready) > first
    if bulk:
        tables.drop_indexes(db, entity)
    db.many(
        f"INSERT INTO {quoted(entity.id)} (id, alive, {', '.join(columns)}) "
        f"VALUES (?, 1{', ?' * len(columns)})",
        ((row, *values) for row, values in enumerate(ready, first)),
    )
    if bulk:
        tables.build_indexes(db, entity)
    return range(first, first + len(ready))


def _empty(field: str) -> Refused:
    return Refused("required", N_("{field} must be filled in."), field=field)
