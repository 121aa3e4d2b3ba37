"""All that is particular to the database engine stands here; today SQLite by way of SQLCipher.

One engine on every platform (SQLite ≥ 3.51.3: earlier ones can lose acknowledged commits in WAL
mode), the same settings on every connection, and what they must be is asserted, not hoped.
"""

from __future__ import annotations

import contextlib
import random
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.refusals import BookUnavailable, Refused
from models.texts import N_

APPLICATION_ID = 0x44_42_4B_31  # "DBK1"
LEAST_ENGINE = (3, 51, 3)
BUSY_SECONDS = 10.0
PRAGMAS = {
    "foreign_keys": 0,  # links are checked by the book; undone rows keep their place
    "trusted_schema": 0,
    "secure_delete": 1,
    "synchronous": 2,
    "temp_store": 2,
    "cell_size_check": 1,
}


class Connection:
    """A database connection that speaks SQL with ``?`` and plain tuples."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def run(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Execute one statement and fetch everything it returns."""
        cursor = self.driver.execute(sql, tuple(params))
        return list(cursor.fetchall()) if cursor.description else []

    def stream(self, sql: str, params: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Execute a query and give its rows one by one."""
        return iter(self.driver.execute(sql, tuple(params)))

    def one(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.driver.execute(sql, tuple(params)).fetchone()
        return row[0] if row else None

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for many rows, driver-level."""
        self.driver.executemany(sql, rows)

    def insert(self, sql: str, params: Sequence[object] = ()) -> int:
        """Execute an INSERT and give the new row's id."""
        return int(self.driver.execute(sql, tuple(params)).lastrowid)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; a full disk rolls back by itself."""
        return bool(self.driver.in_transaction)


def quoted(name: str) -> str:
    """A table or column name as SQL takes it."""
    if not re.fullmatch(r"\w+", name):
        raise ValueError(name)
    return f'"{name}"'


def connect(path: Path, *, journal: str = "WAL", read_only: bool = False) -> Connection:
    """A connection to one book file, with the settings that every connection has.

    Raises:
        BookUnavailable: the file can't be opened, or isn't a database.
    """
    from sqlcipher3 import dbapi2

    assert_engine(dbapi2.sqlite_version_info)
    uri = path.absolute().as_uri() + f"?mode={'ro' if read_only else 'rw'}"
    try:
        raw = dbapi2.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=256,
        )
        for name, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {name}={value}")
        if not read_only:
            raw.execute(f"PRAGMA journal_mode={journal}")
            raw.execute("PRAGMA fullfsync=1")
            raw.execute("PRAGMA checkpoint_fullfsync=1")
        raw.execute("PRAGMA cache_size=-32768")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error as error:
        raise refusal_of(error) or error from error
    return Connection(raw)


def assert_engine(version: tuple[int, ...]) -> None:
    """Refuse an engine that can lose commits.

    Raises:
        BookUnavailable: the SQLite library is too old.
    """
    if version < LEAST_ENGINE:
        raise BookUnavailable(
            "old_engine",
            N_("The database library is too old ({found}); {needed} or newer is needed."),
            found=".".join(map(str, version)),
            needed=".".join(map(str, LEAST_ENGINE)),
        )


@contextlib.contextmanager
def writing(connection: Connection, patience: float | None = None) -> Iterator[None]:
    """A write transaction, begun at once and waited for fairly, committed or rolled back whole.

    Raises:
        BookUnavailable: another program writes for too long, the disk is full or read-only.
    """
    _begin(connection, BUSY_SECONDS if patience is None else patience)
    try:
        yield
        connection.driver.execute("COMMIT")
    except BaseException as error:
        # A full disk has rolled back already; a second rollback would hide the reason.
        if connection.in_transaction:
            connection.driver.execute("ROLLBACK")
        refusal = refusal_of(error)
        if refusal is not None:
            raise refusal from error
        raise


def _begin(connection: Connection, patience: float) -> None:
    """BEGIN IMMEDIATE with short random waits: SQLite's own back-off starves one of two writers."""
    connection.driver.execute("PRAGMA busy_timeout=0")
    deadline = time.monotonic() + patience
    try:
        while True:
            try:
                connection.driver.execute("BEGIN IMMEDIATE")
                return
            except Exception as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                if refusal.code != "busy" or time.monotonic() > deadline:
                    raise refusal from error
                time.sleep(random.uniform(0.0005, 0.004))
    finally:
        connection.driver.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def refusal_of(error: BaseException) -> Refused | None:
    """What an engine error means to the person; None when it is a fault of the program."""
    from sqlcipher3 import dbapi2

    if not isinstance(error, dbapi2.DatabaseError):
        return None
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return BookUnavailable(
            "busy",
            N_(
                "Another program is writing to this book and did not finish in time. Nothing was changed; try again."
            ),
        )
    if "full" in text:
        return BookUnavailable(
            "disk_full", N_("The disk is full. Nothing was changed; make room and try again.")
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return BookUnavailable(
            "read_only",
            N_(
                "The book can't be written here: the file or its folder is read-only. Nothing was changed."
            ),
        )
    if "not a database" in text or "malformed" in text or "encrypted" in text:
        return BookUnavailable(
            "not_a_book", N_("This file is not a Daybook book, or it is damaged.")
        )
    if "disk i/o" in text:
        return BookUnavailable("disk_fault", N_("The disk reported a fault. Nothing was changed."))
    return None
