"""What people explained of a table is kept in the book, for the next table with the same headers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.dialects import Connection
from models.sheets import linking
from models.sheets.mapping import TableMapping, signature
from models.sheets.report import Options, TableChoice
from models.sheets.table_finding import FoundTable

if TYPE_CHECKING:
    from models.sheets.proposal import Found

_WAYS = ":ways"  # after a signature: how its columns are read, beside where they go


def columns(db: Connection, table: FoundTable) -> dict[str, str]:
    """Where the columns of such a table go, by header."""
    return _kept(db, signature(table))


def ways(db: Connection, table: FoundTable) -> dict[str, str]:
    """How the columns of such a table are read, by header."""
    return _kept(db, signature(table) + _WAYS)


def _kept(db: Connection, key: str) -> dict[str, str]:
    stored = db.one("SELECT columns FROM mapping_memory WHERE signature = ?", (key,))
    return dict(json.loads(stored)) if stored else {}


def keep(db: Connection, tables: list[Found], options: Options) -> None:
    """Keep what was explained in an import; inside a transaction."""
    linking.remember(db, options.values)
    for one in tables:
        mapping, choice = one.mapping, options.tables.get(one.key, TableChoice())
        if mapping.entity is not None:
            key = signature(mapping.table)
            decided = {*options.columns, *choice.columns}
            chosen = {
                c.header: c.path or ""
                for c in mapping.columns
                if c.header in decided or c.letter in decided
            }
            _add(db, key, mapping.entity, chosen)
            _add(db, key + _WAYS, mapping.entity, _said(mapping))


def _said(mapping: TableMapping) -> dict[str, str]:
    return {
        one.letter
        if place.added
        else one.header: one.way.code  # the one is the same in any language
        for one, place in zip(mapping.columns, mapping.table.columns, strict=True)
        if one.way is not None and one.way.by == "said"
    }


def _add(db: Connection, key: str, entity: str, more: Mapping[str, str]) -> None:
    if more:
        same = db.one("SELECT entity FROM mapping_memory WHERE signature = ?", (key,)) == entity
        before = _kept(db, key) if same else {}
        db.run(
            "INSERT OR REPLACE INTO mapping_memory VALUES (?, ?, ?)",
            (key, entity, json.dumps({**before, **more}, ensure_ascii=False)),
        )


def explained(tables: list[Found], options: Options) -> bool:
    """Whether anything was."""
    return bool(
        options.values
        or options.columns
        or any(one.columns for one in options.tables.values())
        or any(_said(one.mapping) for one in tables)
    )
