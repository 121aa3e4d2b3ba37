"""From waiting records to the book's: statements over sets, inside one change."""

from __future__ import annotations

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import tables as journal_tables
from models.progress import Progress
from models.sheets.staging import NAME, Staging

_MANY = 5_000  # new rows from which indexes are built afterwards


def brings_history(staging: Staging, db: Connection) -> bool:
    """Whether the sheets add the history that the book would otherwise write itself."""
    return any(
        db.one(f"SELECT 1 FROM {NAME}.{quoted(one.id)} WHERE state = 'add' LIMIT 1")
        for one in staging.entities()
        if one.system and one.part_of
    )


def write(staging: Staging, schema: Schema, db: Connection, progress: Progress) -> None:
    """Add and update the records; inside a change, with the waiting ones attached."""
    for at, waiting in enumerate(staging.entities()):
        progress.step(at / 20)
        entity = schema.entity(waiting.id)
        table, target = f"{NAME}.{quoted(entity.id)}", quoted(entity.id)
        names = [entity.field(one).column for one in staging.fields[entity.id]]
        fresh = int(db.one(f"SELECT count(*) FROM {table} WHERE state = 'add'"))
        if fresh:
            _add(entity, names, fresh, db)
        if db.one(f"SELECT 1 FROM {table} WHERE state = 'update' LIMIT 1"):
            for name in names:
                column = quoted(name)
                db.run(
                    f"UPDATE {target} AS t SET {column} = s.{column} FROM {table} s WHERE s.state = 'update' "
                    f"AND s.row = t.id AND s.{column} IS NOT NULL AND t.{column} IS NOT s.{column}"
                )


def _add(entity: Entity, names: list[str], fresh: int, db: Connection) -> None:
    table, target = f"{NAME}.{quoted(entity.id)}", quoted(entity.id)
    bulk = fresh > _MANY and fresh > int(db.one(f"SELECT count(*) FROM {target}"))
    if bulk:
        journal_tables.drop_indexes(db, entity)
    defaults = {one.column: one.usual for one in entity.fields if one.usual is not None}
    values, params = [], []
    for name in names:
        if name in defaults:
            values.append(f"coalesce({quoted(name)}, ?)")
            params.append(KINDS[entity.field(name).kind].store(defaults.pop(name)))
        else:
            values.append(quoted(name))
    columns = [*names, *defaults]
    values += ["?"] * len(defaults)
    params += [KINDS[entity.field(one).kind].store(value) for one, value in defaults.items()]
    db.run(
        f"INSERT INTO {target} (id, alive{''.join(', ' + quoted(one) for one in columns)}) "
        f"SELECT row, 1{''.join(', ' + one for one in values)} FROM {table} WHERE state = 'add' ORDER BY seq",  # in which order the rows were numbered
        params,
    )
    if bulk:
        journal_tables.build_indexes(db, entity)
