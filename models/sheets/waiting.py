"""Waiting records as what is decided about them sees them: their tables, their fields, their reports."""

from __future__ import annotations

from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.sheets.report import Problem, TableReport
from models.sheets.staging import NAME, Staging
from models.texts import N_, tr


class Waiting:
    """What every step over the waiting records of one staging database needs."""

    def __init__(
        self, book: Connection, schema: Schema, staging: Staging, reports: list[TableReport]
    ) -> None:
        self._db, self._schema, self._staging, self._reports = book, schema, staging, reports

    def _s(self, entity: Entity) -> str:
        return f"{NAME}.{quoted(entity.id)}"

    def _fields(self, entity: Entity) -> set[str]:
        return set(self._staging.fields[entity.id])

    def _links(self, entity: Entity) -> list[str]:
        return [
            name for name in self._staging.fields[entity.id] if entity.field(name).kind == "link"
        ]

    def _waits(self, entity_id: str) -> bool:
        return entity_id in self._staging.fields

    def _identity(self, entity: Entity, name: str, alias: str) -> str:
        """A value that is equal exactly when two waiting records mean the same thing by a field."""
        column = f"{alias}.{quoted(name)}"
        if entity.field(name).kind == "link":
            return f"coalesce({column}, -{alias}.{quoted(name + '_s')}, 0)"
        return f"coalesce({column}, '')"

    def _singles(self, entity: Entity) -> list[str]:
        have = self._fields(entity)
        return [key[0] for key in entity.keys if len(key) == 1 and key[0] in have]

    def _several(self, entity: Entity) -> list[tuple[str, ...]]:
        """The keys of several fields that can be held against the book's."""
        have = self._fields(entity)
        return [key for key in entity.keys if len(key) > 1 and set(key) <= have]

    def _weaker(self, entity: Entity, keys: tuple[str, ...]) -> str:
        """Where blanks count, a key is only asked where a stronger one lacks what it must have."""
        if not entity.blank_keys:
            return ""
        stronger = self._several(entity)
        needed = [
            [f"{quoted(one)} IS NULL" for one in key if one not in entity.blank_keys]
            for key in stronger[: stronger.index(keys)]
        ]
        return "".join(f" AND ({' OR '.join(one)})" for one in needed)

    def _header(self, table: int, entity: Entity, name: str) -> str:
        for column in self._reports[table].columns:
            if column.field and column.field.split(".")[-1] == name:
                return column.header
        return entity.field(name).text()

    def _blame(self, table: int, problem: Problem) -> None:
        self._reports[table].blame(problem)

    def _ambiguous(
        self,
        entity: Entity,
        key: str,
        seq: int,
        tbl: int | None,
        line: int,
        value: object,
        count: int,
    ) -> None:
        if tbl is not None:
            self._blame(
                tbl,
                Problem(
                    line,
                    entity.field(key).text(),
                    str(value),
                    "ambiguous_key",
                    tr(
                        N_(
                            "“{value}” stands for {count} records; it is not decided which is meant. Add what tells them apart, or the id."
                        ),
                        value=value,
                        count=count,
                    ),
                ),
            )
        self._db.run(f"UPDATE {self._s(entity)} SET state = 'skip' WHERE seq = ?", (seq,))

    def _skip(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        self._db.many(
            f"UPDATE {table} SET state = 'skip' WHERE seq = ?", [(row[0],) for row in rows]
        )

    def _columns(self, entity: Entity) -> set[str]:
        """The columns that the book has; the import itself may add more."""
        rows = self._db.run("SELECT name FROM pragma_table_info(?, 'main')", (entity.id,))
        return {row[0] for row in rows}
