"""Everything between a path and an open book: is it one, whose is it, is its schema ours."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from models import copies, dialects
from models.describe import schema as schemas
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import APPLICATION_ID, Connection
from models.journal import capture, settings, tables
from models.locks import Holder as Holder
from models.locks import Lock as Lock
from models.locks import read_only, refusal_of
from models.locks import user_name as user_name
from models.public_ids import SCATTERED
from models.refusals import BookUnavailable, Refused
from models.texts import N_

SCHEMA_VERSION = 8  # models/migrations leads to it from every earlier one
SUFFIX = ".daybook"
# Folders that a program copies elsewhere while we write; there a WAL file would be left behind.
_SYNCED = (
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "坚果云",
    "nutstore",
    "wechat files",
    "xwechat_files",
    "百度网盘",
    "baidusyncdisk",
    "syncthing",
)
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs"}


def journal_mode(path: Path) -> str:
    """WAL on a local disk; TRUNCATE where a second program or machine copies files."""
    place = str(path.absolute()).lower()
    if any(word in place for word in _SYNCED) or place.startswith("\\\\"):
        return "TRUNCATE"
    with contextlib.suppress(OSError):
        mounts = [
            line.split()[1:3]
            for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
        ]
        inside = [(len(point), kind) for point, kind in mounts if place.startswith(point.lower())]
        if inside and max(inside)[1] in _NETWORK:
            return "TRUNCATE"
    return "WAL"


def header(path: Path) -> int:
    """Read a file's header and give its schema version, touching nothing.

    Raises:
        BookUnavailable: missing, unreadable, or not a book.
    """
    name = path.name
    if Lock.held(path):
        return _version_through_engine(path)
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise BookUnavailable(
            "no_such_book", N_("There is no book at {path}."), path=str(path)
        ) from None
    except IsADirectoryError:
        raise BookUnavailable(
            "not_a_book", N_("{name} is not a Daybook book."), name=name
        ) from None
    except OSError as error:
        raise BookUnavailable(
            "unreadable", N_("{name} can't be read: {why}"), name=name, why=error.strerror or ""
        ) from None
    if (
        not head.startswith(b"SQLite format 3\0")
        or int.from_bytes(head[68:72], "big") != APPLICATION_ID
    ):
        raise BookUnavailable("not_a_book", N_("{name} is not a Daybook book."), name=name)
    return int.from_bytes(head[60:64], "big")


def _version_through_engine(path: Path) -> int:
    connection = dialects.connect(path, read_only=True)
    try:
        if connection.one("PRAGMA application_id") != APPLICATION_ID:
            raise BookUnavailable("not_a_book", N_("{name} is not a Daybook book."), name=path.name)
        return int(connection.one("PRAGMA user_version"))
    finally:
        connection.driver.close()


def inspect(path: Path) -> int:
    """Whether a file is a book that can be opened here; gives its schema version, touches nothing.

    Raises:
        BookUnavailable: missing, not a book, made by a newer program, or without a folder to write.
    """
    name = path.name
    version = header(path)
    if version > SCHEMA_VERSION:
        raise newer(name, version)
    if not os.access(path, os.W_OK):
        raise BookUnavailable(
            "read_only",
            N_(
                "{name} is write-protected. Remove the protection, or copy it to a folder of your own."
            ),
            name=name,
        )
    if not os.access(path.parent, os.W_OK):
        raise read_only(path.parent)
    return version


def newer(name: str, found: int) -> BookUnavailable:
    """The refusal of a book that a later program has brought to its own format."""
    return BookUnavailable(
        "newer_book",
        N_(
            "{name} was written by a newer Daybook (format {found}; this program knows up to {known}). Update the program; the book is unchanged."
        ),
        name=name,
        found=found,
        known=SCHEMA_VERSION,
    )


def create(path: Path, currency: str, schema: Schema) -> None:
    """Write an empty book; made beside its place and moved there whole.

    Raises:
        Refused: something stands there already. BookUnavailable: the folder can't be written.
    """
    if path.exists():
        raise Refused(
            "already_there",
            N_("There is already a file {path}. Choose another name."),
            path=str(path),
        )
    fresh = path.with_name(copies.fresh_name(path.name))
    try:
        fresh.touch(exist_ok=False)
    except OSError as error:
        raise refusal_of(error, path.parent) from error
    connection = None
    try:
        connection = dialects.connect(fresh, journal="DELETE")
        with dialects.writing(connection):
            connection.run(f"PRAGMA application_id={APPLICATION_ID}")
            connection.run(f"PRAGMA user_version={SCHEMA_VERSION}")
            tables.create_journal(connection)
            for entity in schema:
                tables.create_entity(connection, entity)
            capture.make_triggers(connection, schema.entities)
            connection.many(
                "INSERT INTO book_info VALUES (?, ?)",
                [("id", secrets.token_hex(8)), ("currency", currency), ("ids", SCATTERED)],
            )
        connection.driver.close()
        connection = None
        copies.move(fresh, path)
    finally:
        if connection is not None:
            connection.driver.close()
        copies.sweep(fresh)


def migrate(path: Path, version: int, others: list[Holder] | None = None) -> Path | None:
    """Bring an older book to today's schema; a checked backup stands beside it first.

    Gives the backup, None when there was nothing to do. The book is changed whole or not at all.

    Raises:
        BookUnavailable: newer after all (its log is not yet in the file), open in another program,
            no room for the backup, or the upgrade failed.
    """
    if path.with_name(path.name + "-wal").exists():
        version = _logged_version(path)
    if version > SCHEMA_VERSION:
        raise newer(path.name, version)
    if version == SCHEMA_VERSION:
        return None
    if others:
        raise BookUnavailable(
            "open_here",
            N_(
                "{name} has to be brought from format {found} to {known}, and another program on this computer has it open. Close that first; the book is unchanged."
            ),
            name=path.name,
            found=version,
            known=SCHEMA_VERSION,
        )
    from models.migrations import upgrade

    for left in path.parent.glob(f".{glob.escape(path.stem)}.format*"):  # of a killed upgrade
        left.unlink(missing_ok=True)
    kept = _free(path, f"format{version}")
    backup(path, kept)
    try:
        upgrade.run(path, SCHEMA_VERSION)
    except BaseException:
        # The book is as it was; each further try would leave one more copy of it.
        if _logged_version(path) == version:
            kept.unlink(missing_ok=True)
        raise
    return kept


def _free(path: Path, word: str) -> Path:
    """A name beside a book that nothing has yet, with today's date and time."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        again = f"-{number}" if number > 1 else ""
        made = path.with_name(f"{path.stem}.{word}.{stamp}{again}{path.suffix}")
        if not made.exists():
            return made
        number += 1


def _logged_version(path: Path) -> int:
    """The schema version with what only the write-ahead log knows."""
    connection = dialects.connect(path, journal=journal_mode(path))
    try:
        return int(connection.one("PRAGMA user_version"))
    finally:
        connection.driver.close()


def backup(path: Path, target: Path) -> str:
    """Copy a book in one step while others may write, then open the copy and count it.

    Gives the copy's SHA-256 in hexadecimal, by which it can be known again.

    Raises:
        Refused: the target exists. BookUnavailable: no room, no right, or the copy is not sound.
    """
    source = dialects.connect(path, journal=journal_mode(path))
    try:
        return copies.copy(source, target).digest
    finally:
        source.driver.close()


def restore(source: Path, target: Path) -> str:
    """Make a book from a backup, after checking it; neither it nor anything else is changed.

    Raises:
        Refused: the target exists. BookUnavailable: no backup, newer, damaged, or no room.
    """
    version = header(source)
    if version > SCHEMA_VERSION:
        raise newer(source.name, version)
    # A backup on a read-only stick has no log beside it and is read as it lies there.
    alone = not source.with_name(source.name + "-wal").exists()
    connection = dialects.connect(source, read_only=True, immutable=alone)
    try:
        if connection.one("PRAGMA quick_check") != "ok":
            raise BookUnavailable(
                "not_a_book", N_("This file is not a Daybook book, or it is damaged.")
            )
        return copies.copy(connection, target).digest
    finally:
        connection.driver.close()


def identity(path: Path | str) -> tuple[int, int] | None:
    """Which file stands at a path; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_of(path: Path) -> Path:
    """The file that shows whether the log of a book is the one that its connections write."""
    return path.with_name(path.name + "-shm")


def replaced(connection: Connection, path: Path, log: tuple[int, int] | None) -> BookUnavailable:
    """Save what a connection still holds of a book whose file was exchanged under it; the refusal.

    What is written on would go into a file that has no name any more. Its log, known by ``log``,
    goes too: the engine would take it for that of the file that lies there now.
    """
    kept = _free(path, "rescued")
    try:
        copies.copy(connection, kept)
        if log is not None and identity(log_of(path)) == log:
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
    except Refused:
        return BookUnavailable(
            "replaced",
            N_(
                "Another program has replaced or removed the file {name}. Nothing was written. Close the book and open it again."
            ),
            name=path.name,
        )
    return BookUnavailable(
        "replaced",
        N_(
            "Another program has replaced or removed the file {name}. Nothing was written; the book as you saw it is kept in {kept}. Close the book and open it again."
        ),
        name=path.name,
        kept=kept.name,
    )


def room_for(path: Path, needed: int) -> bool:
    """Whether the disk of a path has ``needed`` bytes left."""
    return shutil.disk_usage(path.parent).free >= needed


def info(connection: Connection) -> dict[str, str]:
    """What a book says of itself: id, currency.

    Raises:
        BookUnavailable: it doesn't say them.
    """
    found = dict(connection.run("SELECT name, value FROM book_info"))
    if not {"id", "currency"} <= set(found):
        raise BookUnavailable(
            "not_a_book", N_("This file is not a Daybook book, or it is damaged.")
        )
    return found


def assert_whole(connection: Connection, name: str, entities: Iterable[Entity]) -> None:
    """Refuse a book of which another program, or a fault, has taken something away.

    Raises:
        BookUnavailable: ``incomplete``, it lacks tables or columns.
    """
    missing = tables.lacking(connection, entities)
    if missing:
        raise BookUnavailable(
            "incomplete",
            N_(
                "Parts of {name} are missing ({parts}). It is damaged; restore it from a backup. Nothing was changed."
            ),
            name=name,
            parts=", ".join(missing[:3]) + (" …" if len(missing) > 3 else ""),
        )


def described(connection: Connection, currency: str, *, gone: bool = False) -> Schema:
    """The schema of a book: what the program declares, the columns that its users added, its calendar.

    With ``gone`` also columns whose addition is undone or in the recycle bin: they are still
    journaled, because an undo or a redo may write them.
    """
    rows = connection.run(
        "SELECT entity, name, kind, choices, target, label, formula FROM custom_field WHERE alive = 1 OR ? "
        "ORDER BY alive IS NOT 1, id",
        (gone,),
    )
    made: dict[tuple[str, str], tuple[str, Field]] = {}
    for entity, name, kind, *more in rows:
        field = schemas.custom_field(name, kind, *(one or "" for one in more))
        made.setdefault((entity, field.column), (entity, field))
    calendar = settings.calendar(connection)
    return Schema(currency=currency, calendar=calendar).with_custom(made.values())
