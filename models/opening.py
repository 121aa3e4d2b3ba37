"""Everything between a path and an open book: is it one, whose is it, is its schema ours."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from models import dialects
from models.describe.schema import Schema
from models.dialects import APPLICATION_ID, Connection
from models.journal import capture, tables
from models.refusals import BookUnavailable, Refused
from models.texts import N_

SCHEMA_VERSION = 1
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


@dataclass(frozen=True)
class Holder:
    """Who has a book open."""

    host: str
    user: str
    process: int
    since: str

    @classmethod
    def me(cls) -> Holder:
        """This process."""
        return cls(
            socket.gethostname(),
            user_name(),
            os.getpid(),
            datetime.now().astimezone().isoformat(timespec="seconds"),
        )


def user_name() -> str:
    """Who is working, as the system says it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


class Lock:
    """The note beside a book that says who has it open.

    Several programs of one machine may share a book (the engine keeps them apart); another machine
    may not. A note left by a program that no longer runs is cleared and remembered in ``cleared``;
    one of another machine is explained and never taken away.
    """

    def __init__(self, book: Path) -> None:
        self.path = book.with_name(book.name + "-lock")
        self.cleared: list[Holder] = []
        self._me = Holder.me()

    def take(self) -> None:
        """Add this process to the note.

        Raises:
            BookUnavailable: another machine has the book open (``open_elsewhere``).
        """
        with self._exclusive():
            stay: list[Holder] = []
            for one in self._read():
                if one.host != self._me.host:
                    raise BookUnavailable(
                        "open_elsewhere",
                        N_(
                            "The book is open on {host} by {user} since {since}. Close it there first. If that computer is off and nobody works on the book, delete the file {lock} and open it again."
                        ),
                        host=one.host,
                        user=one.user,
                        since=one.since,
                        lock=self.path.name,
                    )
                (stay if running(one.process) else self.cleared).append(one)
            if not any(one.process == self._me.process for one in stay):
                stay.append(self._me)
            self._write(stay)

    def release(self) -> None:
        """Take this process off the note."""
        with contextlib.suppress(OSError), self._exclusive():
            stay = [
                one
                for one in self._read()
                if one.process != self._me.process or one.host != self._me.host
            ]
            self._write(stay)

    def _read(self) -> list[Holder]:
        try:
            return [Holder(**one) for one in json.loads(self.path.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError):
            return []

    def _write(self, holders: list[Holder]) -> None:
        if not holders:
            self.path.unlink(missing_ok=True)
            return
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        fresh.write_text(
            json.dumps([asdict(one) for one in holders], ensure_ascii=False), encoding="utf-8"
        )
        os.replace(fresh, self.path)

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Only one process at a time reads and rewrites the note."""
        guard = self.path.with_name(self.path.name + ".busy")
        deadline = time.monotonic() + 3
        while True:
            try:
                handle = os.open(guard, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
                break
            except FileExistsError:
                if time.monotonic() > deadline:  # its maker died between two lines
                    guard.unlink(missing_ok=True)
                time.sleep(0.01)
            except OSError as error:
                raise read_only(self.path.parent) from error
        try:
            yield
        finally:
            os.close(handle)
            guard.unlink(missing_ok=True)


def running(process: int) -> bool:
    """Whether a process of this machine is alive."""
    if os.name == "nt":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)  # type: ignore[attr-defined,unused-ignore]
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)  # type: ignore[attr-defined,unused-ignore]
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read_only(folder: Path) -> BookUnavailable:
    """The refusal for a folder in which nothing can be written."""
    return BookUnavailable(
        "read_only_folder",
        N_(
            "Nothing can be written in the folder {folder}. Copy the book to a folder of your own and open it there."
        ),
        folder=str(folder),
    )


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


def inspect(path: Path) -> int:
    """Read a file's header and give its schema version, touching nothing.

    Raises:
        BookUnavailable: missing, not a book, made by a newer program, or without a folder to write.
    """
    name = path.name
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
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise BookUnavailable(
            "newer_book",
            N_(
                "{name} was written by a newer Daybook (format {found}; this program knows up to {known}). Update the program; the book is unchanged."
            ),
            name=name,
            found=version,
            known=SCHEMA_VERSION,
        )
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
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        fresh.touch(exist_ok=False)
    except OSError as error:
        raise read_only(path.parent) from error
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
                [("id", secrets.token_hex(8)), ("currency", currency)],
            )
        connection.driver.close()
        os.replace(fresh, path)
    finally:
        for leftover in path.parent.glob(fresh.name + "*"):
            leftover.unlink(missing_ok=True)


def migrate(path: Path, version: int) -> Path | None:
    """Bring an older book to today's schema; a checked backup stands beside it first."""
    if version == SCHEMA_VERSION:
        return None
    from models.migrations import upgrade

    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}.format{version}.{stamp}{path.suffix}")
    backup(path, kept)
    upgrade.run(path, SCHEMA_VERSION)
    return kept


def backup(path: Path, target: Path) -> None:
    """Copy a book in one step while others may write, then open the copy and count it.

    Raises:
        Refused: the target exists. BookUnavailable: no room, no right, or the copy is not sound.
    """
    if target.exists():
        raise Refused(
            "already_there",
            N_("There is already a file {path}. Choose another name."),
            path=str(target),
        )
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        fresh.touch()
        source, copy = dialects.connect(path), dialects.connect(fresh, journal="DELETE")
        try:
            source.driver.backup(copy.driver, pages=-1)
            copy.run("PRAGMA journal_mode=DELETE")
            if (
                copy.one("PRAGMA quick_check") != "ok"
                or copy.one("SELECT count(*) FROM change") is None
            ):
                raise BookUnavailable(
                    "bad_backup",
                    N_("The copy could not be verified. The book itself is unchanged."),
                )
        finally:
            source.driver.close()
            copy.driver.close()
        os.replace(fresh, target)
    except OSError as error:
        raise read_only(target.parent) from error
    finally:
        for leftover in target.parent.glob(fresh.name + "*"):
            leftover.unlink(missing_ok=True)


def restore(source: Path, target: Path) -> None:
    """Make a book from a backup, after checking it; nothing is overwritten."""
    inspect(source)
    if target.exists():
        raise Refused(
            "already_there",
            N_("There is already a file {path}. Choose another name."),
            path=str(target),
        )
    backup(source, target)


def room_for(path: Path, needed: int) -> bool:
    """Whether the disk of a path has ``needed`` bytes left."""
    return shutil.disk_usage(path.parent).free >= needed


def info(connection: Connection) -> dict[str, str]:
    """What a book says of itself: id, currency."""
    return dict(connection.run("SELECT name, value FROM book_info"))
