"""All that is particular to the database engine stands here; today SQLite by way of SQLCipher.

One engine on every platform (SQLite ≥ 3.51.3: earlier ones can lose acknowledged commits in WAL
mode), the same settings on every connection, and what they must be is asserted, not hoped.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from models import turns
from models.progress import Cancelled, Progress
from models.refusals import BookUnavailable, Refused
from models.texts import N_

APPLICATION_ID = 0x44_42_4B_31  # "DBK1"
LEAST_ENGINE = (3, 51, 3)
BUSY_SECONDS = 10.0
CACHE = 32_768  # KiB of pages that a connection keeps
_WATCH = 20_000  # operations of the engine between two looks at a long query
PRAGMAS = {
    "foreign_keys": 0,  # links are checked by the book; undone rows keep their place
    "trusted_schema": 0,
    "secure_delete": 1,
    "synchronous": 2,
    "temp_store": 2,
    "cell_size_check": 1,
}


_FULL = ("disk_full", N_("The disk is full. Nothing was changed; make room and try again."))
_BUSY = (
    "busy",
    N_(
        "Another program is writing to this book and did not finish in time. Nothing was changed; try again."
    ),
)
_READ_ONLY = (
    "read_only",
    N_("The book can't be written here: the file or its folder is read-only. Nothing was changed."),
)
_DAMAGED = ("not_a_book", N_("This file is not a Daybook book, or it is damaged."))
# A quota, a limit of the size of files, no room for the memory that programs share: to the engine
# they are faults like a broken disk.
_FAULT = (
    "disk_fault",
    N_(
        "The disk is full or reported a fault. Nothing was changed; make room, or copy the book to another disk, and try again."
    ),
)
# By the engine's result codes.
_REFUSALS = {
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: _FAULT,
    11: _DAMAGED,
    13: _FULL,
    14: _READ_ONLY,
    26: _DAMAGED,
}
_WORDS = (
    ("disk is full", 13),
    ("disk I/O", 10),
    ("is locked", 5),
    ("readonly", 8),
    ("malformed", 11),
    ("not a database", 26),
)


class _Refusing:
    """Says an engine error in words where people can do something about it."""

    def __enter__(self) -> None:
        """Nothing to prepare; this stands around every single statement."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            refusal = refusal_of(error)
            if refusal is not None:
                raise refusal from error


refusing = _Refusing()


class Connection:
    """A database connection that speaks SQL with ``?`` and plain tuples."""

    def __init__(self, driver: Any, path: Path | None = None) -> None:
        self.driver = driver
        self.gate = "" if path is None else turns.gate_of(str(path))
        self.taught: set[str] = set()  # functions of ours that its statements may use
        self.indexed = (0, 0)  # which state of the records that wait to be indexed it knows

    def run(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Execute one statement and fetch everything it returns."""
        with refusing:
            cursor = self._execute(sql, params)
            return list(cursor.fetchall()) if cursor.description else []

    def stream(self, sql: str, params: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Execute a query and give its rows one by one."""
        return iter(self._execute(sql, params))

    def one(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        with refusing:
            row = self._execute(sql, params).fetchone()
            return row[0] if row else None

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for many rows, driver-level."""
        with refusing:
            self.driver.executemany(sql, rows)

    def insert(self, sql: str, params: Sequence[object] = ()) -> int:
        """Execute an INSERT and give the new row's id."""
        with refusing:
            return int(self._execute(sql, params).lastrowid)

    def teach(self, name: str, function: Callable[[Any], object]) -> None:
        """Let statements use a function of one value that depends on nothing else."""
        self.driver.create_function(name, 1, function, deterministic=True)
        self.taught.add(name)

    def _execute(self, sql: str, params: Sequence[object]) -> Any:
        """The driver's cursor; where there is no log, a commit of another program is waited for.

        A statement that the engine turned away has done nothing. Its own way to wait, naps of up to
        a tenth of a second, makes a reader meet commit after commit.
        """
        try:
            return self.driver.execute(sql, tuple(params))
        except Exception as error:
            if not is_busy(error):
                raise
            last = error
        cursor = None

        def taken() -> bool:
            nonlocal cursor, last
            try:
                cursor = self.driver.execute(sql, tuple(params))
            except Exception as error:
                if not is_busy(error):
                    raise
                last = error
                return False
            return True

        # Who commits has the book already: those in the gate wait for it.
        with turns.Turn("" if sql == "COMMIT" else self.gate, BUSY_SECONDS) as turn:
            if not turn.wait(taken):
                raise last
        return cursor

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; a full disk rolls back by itself."""
        return bool(self.driver.in_transaction)


@lru_cache(maxsize=4096)
def quoted(name: str) -> str:
    """A table or column name as SQL takes it."""
    if not re.fullmatch(r"\w+", name):
        raise ValueError(name)
    return f'"{name}"'


def connect(
    path: Path,
    *,
    journal: str = "WAL",
    read_only: bool = False,
    immutable: bool = False,
    engine_waits: bool = True,
) -> Connection:
    """A connection to one book file, with the settings that every connection has.

    ``immutable`` reads a file that nobody writes, where not even a lock can be taken. Where others
    are in the book too the engine should not wait, but leave it to us: it is not fair.

    Raises:
        BookUnavailable: the file can't be opened, or isn't a database.
    """
    from sqlcipher3 import dbapi2

    assert_engine(dbapi2.sqlite_version_info)
    uri = path.absolute().as_uri() + f"?mode={'ro' if read_only else 'rw'}"
    if immutable:
        uri += "&immutable=1"
    raw = None
    try:
        raw = dbapi2.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=256,
        )
        made = Connection(raw, path)
        if not engine_waits:
            made.run("PRAGMA busy_timeout=0")
        for name, value in PRAGMAS.items():
            made.run(f"PRAGMA {name}={value}")
        if not read_only:
            found = made.one(f"PRAGMA journal_mode={journal}")
            if found.upper() != journal:  # a folder that knows no shared memory
                made.run("PRAGMA journal_mode=TRUNCATE")
            made.run("PRAGMA fullfsync=1")
            made.run("PRAGMA checkpoint_fullfsync=1")
        made.run(f"PRAGMA cache_size=-{CACHE}")
        _add_functions(raw)
        made.run("SELECT count(*) FROM sqlite_master")
        assert_settings(made)
        return made
    except BaseException as error:
        if raw is not None:
            raw.close()
        refusal = refusal_of(error)
        if refusal is not None:
            raise refusal from error
        raise


def _add_functions(driver: Any) -> None:
    """Teach a connection what SQL of ours asks for: the values of formula columns."""
    from models.describe.formula_values import value

    driver.create_function("formula", -1, value, deterministic=True)


@contextlib.contextmanager
def caching(connection: Connection, kibibytes: int) -> Iterator[None]:
    """Let a connection keep another amount of pages for a while."""
    connection.run(f"PRAGMA cache_size=-{kibibytes}")
    try:
        yield
    finally:
        connection.run(f"PRAGMA cache_size=-{CACHE}")


def assert_settings(connection: Connection) -> None:
    """Refuse a connection without the settings that keep what was acknowledged.

    Raises:
        BookUnavailable: the engine does not take one of them.
    """
    for name, wanted in PRAGMAS.items():
        found = connection.one(f"PRAGMA {name}")
        if found != wanted:
            raise BookUnavailable(
                "engine_settings",
                N_("The database engine does not keep to {name} ({found} instead of {wanted})."),
                name=name,
                found=found,
                wanted=wanted,
            )


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
def reading(connection: Connection) -> Iterator[None]:
    """One consistent view of the book; inside a transaction that view is there already."""
    if connection.in_transaction:
        yield
        return
    connection.run("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.run("COMMIT")


@contextlib.contextmanager
def watched(connection: Connection, progress: Progress, operations: int) -> Iterator[None]:
    """Report how far a long query is, of about so many operations of the engine, and let it be stopped.

    Raises:
        Cancelled: the person asked to stop; the engine has dropped the query.
    """
    done = 0

    def moved() -> int:
        nonlocal done
        done += _WATCH
        try:
            progress.step(min(done / max(operations, 1), 0.99))
        except Cancelled:
            return 1  # interrupts the engine
        return 0

    connection.driver.set_progress_handler(moved, _WATCH)
    try:
        yield
    except Exception as error:
        if progress.cancelled:
            raise Cancelled from error
        raise
    finally:
        connection.driver.set_progress_handler(None, 0)


@contextlib.contextmanager
def writing(connection: Connection, patience: float | None = None) -> Iterator[None]:
    """A write transaction, begun at once and waited for fairly, committed or rolled back whole.

    Raises:
        BookUnavailable: another program writes for too long, the disk is full or read-only.
    """
    _begin(connection, BUSY_SECONDS if patience is None else patience)
    try:
        yield
        connection.run("COMMIT")
    except BaseException as error:
        # A full disk has rolled back already; a second rollback would hide the reason.
        if connection.in_transaction:
            connection.driver.execute("ROLLBACK")
        refusal = refusal_of(error)
        if refusal is not None:
            raise refusal from error
        raise


def _begin(connection: Connection, patience: float) -> None:
    """BEGIN IMMEDIATE at once when nobody waits, else behind those who do."""

    def taken() -> bool:
        try:
            connection.driver.execute("BEGIN IMMEDIATE")
        except Exception as error:
            if is_busy(error):
                return False
            refusal = refusal_of(error)
            raise error if refusal is None else refusal from error
        return True

    if not os.path.exists(connection.gate) and taken():
        return
    with turns.Turn(connection.gate, patience) as turn:
        if not turn.wait(taken):
            raise BookUnavailable(*_BUSY)


def is_busy(error: BaseException) -> bool:
    """Whether the engine turned a statement away because another program has the book just now."""
    refusal = refusal_of(error)
    return refusal is not None and refusal.code == "busy"


def refusal_of(error: BaseException) -> Refused | None:
    """What an engine error means to the person; None when it is a fault of the program."""
    from sqlcipher3 import dbapi2

    if not isinstance(error, dbapi2.DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the copy of a whole book says it in words only
        text = str(error)
        refusal = next((_REFUSALS[one] for words, one in _WORDS if words in text), None)
    else:
        refusal = _REFUSALS.get(code & 0xFF)
    return BookUnavailable(*refusal) if refusal else None
