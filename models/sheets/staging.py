"""Where rows of sheets wait, typed, until they are matched and applied: a database of their own.

One table an entity, whatever file, sheet or flat row a record came from, so that everything after is
set-based and memory doesn't grow with the rows. A link waits in three columns: ``f`` the row it means
in the book, ``f_t`` the text that was written, ``f_s`` the waiting record that it means.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.sheets.scratch import Scratch

NAME = "waiting"  # how the database is called where it is attached
_PAGE = 16_384  # bytes; rows that grow when they are matched seldom need to move
_CACHE = 65_536  # KiB


class Staging:
    """A temporary database file, written through its own connection, then attached to a book."""

    def __init__(self, schema: Schema) -> None:
        self.folder = Scratch("daybook-import-")
        self.path = Path(self.folder.name) / f"{secrets.token_hex(4)}.db"
        self._schema = schema
        from sqlcipher3 import dbapi2

        raw = dbapi2.connect(str(self.path), isolation_level=None, check_same_thread=False)
        # Nothing here outlives the import: no journal, no waiting for the disk.
        for pragma in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "locking_mode=NORMAL",
            f"page_size={_PAGE}",
            f"cache_size=-{_CACHE}",
        ):
            raw.execute(f"PRAGMA {pragma}")
        self.db = Connection(raw)
        self._host: Connection | None = None
        self._made: set[str] = set()
        self.fields: dict[str, list[str]] = {}
        self._next: dict[str, int] = {}
        self.db.run(
            "CREATE TABLE meant (target TEXT, text TEXT, row INTEGER, seq INTEGER, code TEXT, count INTEGER, PRIMARY KEY (target, text)) WITHOUT ROWID"
        )

    def table(self, entity: Entity) -> str:
        """The waiting table of an entity, made when first asked for."""
        if entity.id not in self._made:
            self._made.add(entity.id)
            self.fields[entity.id] = []
            self._next[entity.id] = 1
            db, at = self._place()
            db.run(
                f"CREATE TABLE {at}{quoted(entity.id)} (seq INTEGER PRIMARY KEY, tbl INTEGER, line INTEGER, "
                "base INTEGER, pid INTEGER, row INTEGER, old INTEGER, state TEXT, same INTEGER, alike TEXT)"
            )
        return quoted(entity.id)

    def want(self, entity: Entity, names: Sequence[str]) -> None:
        """Make sure the waiting table has columns for these fields."""
        self.table(entity)
        db, at = self._place()
        for name in names:
            if name in self.fields[entity.id]:
                continue
            self.fields[entity.id].append(name)
            db.run(f"ALTER TABLE {at}{quoted(entity.id)} ADD COLUMN {quoted(name)}")
            if entity.field(name).kind == "link":
                db.run(f"ALTER TABLE {at}{quoted(entity.id)} ADD COLUMN {quoted(name + '_t')} TEXT")
                db.run(
                    f"ALTER TABLE {at}{quoted(entity.id)} ADD COLUMN {quoted(name + '_s')} INTEGER"
                )

    def _place(self) -> tuple[Connection, str]:
        """The connection that owns the waiting tables now, and how they are called there."""
        return (self._host, NAME + ".") if self._host else (self.db, "")

    def entities(self) -> list[Entity]:
        """The entities that have waiting records, in declared order."""
        return [one for one in self._schema if one.id in self._made]

    def take(self, entity_id: str, count: int) -> int:
        """Reserve numbers for records; gives the first."""
        first = self._next[entity_id]
        self._next[entity_id] = first + count
        return first

    def insert(self, entity: Entity, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        """Add waiting records, driver-level."""
        names = ", ".join(quoted(one) for one in columns)
        marks = ", ".join("?" * len(columns))
        if not self.db.in_transaction:
            self.db.run("BEGIN")
        self.db.many(f"INSERT INTO {quoted(entity.id)} ({names}) VALUES ({marks})", rows)

    @contextlib.contextmanager
    def attached(self, book: Connection) -> Iterator[None]:
        """Attach the waiting records to a book's connection."""
        if self.db.in_transaction:
            self.db.run("COMMIT")
            self.db.run("PRAGMA shrink_memory")
        book.run(f"ATTACH DATABASE ? AS {NAME} KEY ''", (str(self.path),))
        # What was matched can be rolled back, but need not outlive a failure of the machine.
        for pragma in ("synchronous=OFF", "secure_delete=OFF", f"cache_size=-{_CACHE}"):
            book.run(f"PRAGMA {NAME}.{pragma}")
        self._host = book
        try:
            yield
        finally:
            self._host = None
            if book.in_transaction:
                book.run("ROLLBACK")
            book.run(f"DETACH DATABASE {NAME}")

    def close(self) -> None:
        """Throw everything away."""
        self.db.driver.close()
        self.folder.cleanup()
