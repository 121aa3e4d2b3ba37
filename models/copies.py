"""Copies of a whole book: made in one step, on the disk, opened, examined and counted.

Nothing that a copy is made from is changed, and a copy has its name only when all of that is done.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models import dialects
from models.dialects import Connection, quoted
from models.locks import refusal_of
from models.refusals import BookUnavailable, Refused
from models.texts import N_

# KiB of pages that a connection keeps meanwhile. Each page is needed once: a cache that is larger
# than the processor's own makes the copy three times slower.
_PASSING = 400


@dataclass(frozen=True)
class Copied:
    """A finished copy: its place, its SHA-256 in hexadecimal, its size, its changes and edits."""

    path: Path
    digest: str
    size: int  # bytes
    changes: int
    edits: int


def copy(source: Connection, target: Path) -> Copied:
    """Copy a book to a place where nothing stands.

    Raises:
        Refused: the target exists. BookUnavailable: no room, no right, or the copy is not sound.
    """
    # The log of a book that is gone would be taken for that of the one that is made here.
    for one in (target, *(target.with_name(target.name + end) for end in ("-wal", "-journal"))):
        if one.exists():
            raise Refused(
                "already_there",
                N_("There is already a file {path}. Choose another name."),
                path=str(one),
            )
    return copy_as(source, target.with_name(fresh_name(target.name)), lambda copied: target)


def copy_as(source: Connection, fresh: Path, place: Callable[[Copied], Path]) -> Copied:
    """Copy a book into ``fresh`` and give it the place that is chosen once all is known of it.

    Raises:
        BookUnavailable: no room, no right, or the copy is not sound. ``fresh`` is gone then.
    """
    try:
        fresh.touch()
        least = size(source)
        _fill(source, fresh)
        made = _examined(fresh, least, size(source))
        target = place(made)
        move(fresh, target)
    except OSError as error:
        raise refusal_of(error, fresh.parent) from error
    finally:
        sweep(fresh)
    return Copied(target, made.digest, made.size, made.changes, made.edits)


def fresh_name(name: str) -> str:
    """What a file is called until it is finished."""
    return f".{name}.{secrets.token_hex(4)}"


def _fill(source: Connection, fresh: Path) -> None:
    """The pages of a book into an empty file, as they are at one moment; not yet on the disk."""
    copied = dialects.connect(fresh, journal="OFF")
    try:
        # What fails is thrown away: neither a journal nor waiting for the disk would help it.
        copied.run("PRAGMA synchronous=OFF")
        copied.run("PRAGMA locking_mode=EXCLUSIVE")
        copied.run(f"PRAGMA cache_size=-{_PASSING}")
        with dialects.refusing, dialects.caching(source, _PASSING):
            # In one step: a copy in several starts again at every write and never ends.
            source.driver.backup(copied.driver, pages=-1)
        copied.run("PRAGMA journal_mode=DELETE")  # else it could not lie on a read-only disk
    finally:
        copied.driver.close()


def _examined(fresh: Path, least: tuple[int, int], most: tuple[int, int]) -> Copied:
    """Open a copy and examine it, while it is brought to the disk and its digest is computed.

    Raises:
        BookUnavailable: it is damaged, or does not hold as much as the book.
    """
    from concurrent.futures import ThreadPoolExecutor  # not at every start

    with ThreadPoolExecutor(1) as aside:
        digest = aside.submit(_settled, fresh)
        connection = dialects.connect(fresh, read_only=True, immutable=True)
        try:
            with dialects.caching(connection, _PASSING):
                sound = _sound(connection)
            found = size(connection) if sound else (-1, -1)
        finally:
            connection.driver.close()
        if not least <= found <= most:
            raise BookUnavailable(
                "bad_backup", N_("The copy could not be verified. The book itself is unchanged.")
            )
        return Copied(fresh, digest.result(), fresh.stat().st_size, *found)


def _sound(connection: Connection) -> bool:
    """Whether the pages of every table and index hang together, those of the search index included.

    Whether the search index agrees with itself is not asked: it takes four times as long as all the
    rest, it says nothing of the copy, and the index can be made again. ``checking`` and a restore ask.
    """
    tables = connection.run(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return all(connection.one(f"PRAGMA quick_check({quoted(one)})") == "ok" for (one,) in tables)


def _settled(path: Path) -> str:
    """The digest of a file that is on the disk when this is given."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        _flush(handle)
    finally:
        os.close(handle)
    return digest_of(path)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(handle: int) -> None:
    if sys.platform == "darwin":  # where fsync leaves it to the disk when it writes
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def size(connection: Connection) -> tuple[int, int]:
    """How many changes and edits a book knows; neither ever becomes less."""
    changes, edits = connection.run(
        "SELECT (SELECT coalesce(max(id), 0) FROM change), (SELECT coalesce(max(id), 0) FROM edit)"
    )[0]
    return int(changes), int(edits)


def move(fresh: Path, path: Path) -> None:
    """Give a finished file its name; a power cut after this does not take the name away again."""
    try:
        os.replace(fresh, path)
        if os.name != "nt":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise refusal_of(error, path.parent) from error


def sweep(fresh: Path) -> None:
    """Remove what is left of a file that was not finished."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)
