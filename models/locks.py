"""Who has a book open: the note beside it, and what a disk's refusal means to the person."""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from models.refusals import BookUnavailable
from models.texts import N_

_GUARD_SECONDS = 5.0  # the note is rewritten in less than a millisecond
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


@dataclass(frozen=True)
class Holder:
    """Who has a book open."""

    host: str
    user: str
    process: int
    since: str

    @property
    def when(self) -> str:
        """Since when, as people write it, in the time of this computer."""
        try:
            return datetime.fromisoformat(self.since).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return self.since

    @classmethod
    def me(cls) -> Holder:
        """This process."""
        return cls(
            socket.gethostname(),
            user_name(),
            os.getpid(),
            datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    @classmethod
    def read(cls, written: dict[str, Any]) -> Holder:
        """A holder as a note names it; a later program may say more than we know.

        Raises:
            KeyError, TypeError: it is not one.
        """
        made = cls(**{one.name: written[one.name] for one in fields(cls)})
        if not isinstance(made.process, int):
            raise TypeError(made.process)
        return made


@cache
def user_name() -> str:
    """Who is working, as the system says it; it reads a file for that, and does so once."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


class Lock:
    """The note beside a book that says who has it open.

    Several programs of one machine may share a book (the engine keeps them apart); another machine
    may not. A note left by a program that no longer runs is cleared and remembered in ``cleared``;
    one of another machine, or one that can't be read, is explained and never taken away.
    """

    _open: ClassVar[Counter[Path]] = (
        Counter()
    )  # books of this process: the last to close takes the note away
    _connected: ClassVar[Counter[Path]] = Counter()  # those that the engine has open
    _counting = threading.Lock()

    def __init__(self, book: Path) -> None:
        self.path = book.with_name(book.name + "-lock")
        self.cleared: list[Holder] = []
        self.others: list[Holder] = []
        self._me = Holder.me()
        self._place = self.path.absolute()
        self._taken = False
        self._book: Path | None = None

    @classmethod
    def held(cls, book: Path) -> bool:
        """Whether this process has the book open, by whatever path.

        Such a file may only be opened by the engine: when a process closes any handle of a file,
        POSIX drops all locks that it has on it, the engine's among them, and another program would
        take the log away under an open window (sqlite.org/howtocorrupt.html, 2.2).
        """
        with cls._counting:
            known = [one for one, times in cls._connected.items() if times > 0]
        for one in known:
            with contextlib.suppress(OSError):
                if book.samefile(one):
                    return True
        return False

    def connected(self) -> None:
        """The engine has the file open from now on, until ``release``."""
        with self._counting:
            self._book = self._place.with_name(self._place.name.removesuffix("-lock"))
            self._connected[self._book] += 1

    def take(self) -> None:
        """Add this process to the note; ``others`` are the programs that were there before.

        Raises:
            BookUnavailable: another machine has the book open (``open_elsewhere``), the note can't
                be read (``unreadable_lock``) or not be written (``disk_full``, ``read_only_folder``).
        """
        with self._counting, self._exclusive():
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
                        since=one.when,
                        lock=self.path.name,
                    )
                (stay if running(one.process) else self.cleared).append(one)
            self.others = [one for one in stay if one.process != self._me.process]
            self._write([*self.others, self._me])
            self._open[self._place] += 1
            self._taken = True

    def release(self) -> None:
        """Take this process off the note, unless it has the book open once more."""
        with self._counting:
            if not self._taken:
                return
            self._taken = False
            if self._book is not None:
                self._connected[self._book] -= 1
                self._book = None
            self._open[self._place] -= 1
            if self._open[self._place] > 0:
                return
            with contextlib.suppress(OSError, BookUnavailable), self._exclusive():
                self._write(
                    [
                        one
                        for one in self._read()
                        if one.process != self._me.process or one.host != self._me.host
                    ]
                )

    def _read(self) -> list[Holder]:
        try:
            text = self.path.read_text(encoding="utf-8")
            # An empty note is what a power cut leaves of one that was just being written.
            return [Holder.read(one) for one in json.loads(text)] if text.strip("\0 \n") else []
        except FileNotFoundError:
            return []
        except (ValueError, TypeError, KeyError) as error:
            raise BookUnavailable(
                "unreadable_lock",
                N_(
                    "The file {lock} beside the book says who has it open, and it can't be read. If nobody works on the book, delete that file and open the book again."
                ),
                lock=self.path.name,
            ) from error

    def _write(self, holders: list[Holder]) -> None:
        if not holders:
            self.path.unlink(missing_ok=True)
            return
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            fresh.write_text(
                json.dumps([asdict(one) for one in holders], ensure_ascii=False), encoding="utf-8"
            )
            os.replace(fresh, self.path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise refusal_of(error, self.path.parent) from error

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Only one process at a time reads and rewrites the note; a dead one holds nothing."""
        guard = self.path.with_name(self.path.name + ".busy")
        deadline = time.monotonic() + _GUARD_SECONDS
        handle = None
        while handle is None:
            try:
                handle = lock(guard)
            except OSError as error:
                raise refusal_of(error, self.path.parent) from error
            if handle is None:
                if time.monotonic() > deadline:
                    raise busy()
                time.sleep(0.005)
        try:
            yield
        finally:
            unlock(guard, handle)


def lock(guard: Path | str, *, surely: bool = False) -> int | None:
    """A handle of a guard file, locked; None while another program has it.

    The system drops the lock with its holder, so that a killed program blocks nobody. Whoever gets
    the lock of a file that was removed meanwhile has nothing. Where a folder knows no locks, there
    is a handle all the same, unless it must ``surely`` be a lock.
    """
    handle = os.open(guard, os.O_CREAT | os.O_RDWR, 0o666)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), os.stat(guard)):
            return handle
    except OSError as error:
        # Some network folders know no such locks; there the note alone must do.
        if not surely and error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            return handle
        os.close(handle)
        return None
    os.close(handle)
    return None


def unlock(guard: Path | str, handle: int) -> None:
    """Take a locked guard file away and let it go."""
    if sys.platform == "win32":  # there a file that somebody has open stays, ours included
        os.close(handle)
    with contextlib.suppress(OSError):
        os.unlink(guard)
    if sys.platform != "win32":  # whoever waits for this file sees that it is gone
        os.close(handle)


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
    except (PermissionError, OverflowError):
        return True
    return True


def refusal_of(error: OSError, folder: Path) -> BookUnavailable:
    """What the system's refusal to write in a folder means to the person."""
    if error.errno in _FULL:
        return BookUnavailable(
            "disk_full", N_("The disk is full. Nothing was changed; make room and try again.")
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return BookUnavailable(
            "no_such_folder", N_("There is no folder {folder}."), folder=str(folder)
        )
    if error.errno == errno.EIO:
        return BookUnavailable(
            "disk_fault",
            N_(
                "The disk is full or reported a fault. Nothing was changed; make room, or copy the book to another disk, and try again."
            ),
        )
    return read_only(folder)


def busy() -> BookUnavailable:
    """The refusal while another program does not finish."""
    return BookUnavailable(
        "busy",
        N_(
            "Another program is writing to this book and did not finish in time. Nothing was changed; try again."
        ),
    )


def read_only(folder: Path) -> BookUnavailable:
    """The refusal for a folder in which nothing can be written."""
    return BookUnavailable(
        "read_only_folder",
        N_(
            "Nothing can be written in the folder {folder}. Copy the book to a folder of your own and open it there."
        ),
        folder=str(folder),
    )
