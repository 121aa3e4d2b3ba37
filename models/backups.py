"""Backups that the program makes by itself, in a folder of its own: made, listed, thinned, restored.

All that is known of a backup stands in its name, so that there is no list that could be lost or be
wrong: ``Team.20260801T101500Z.123.1a2b3c4d.5e6f708192a3b4c5.daybook`` is the book after change 123,
whose row in the journal has that mark, in a file whose SHA-256 begins so. The mark tells copies of a
book apart, which have the same id and the same numbers: a book knows its own past by it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models import copies, dialects, locks, opening, thinning
from models.book import Book
from models.copies import Copied
from models.dialects import Connection
from models.refusals import BookUnavailable
from models.texts import N_

HALF_HOUR = timedelta(minutes=30)
AT_ONCE = timedelta(0)
ROOM = 1_000_000_000  # bytes that the backups of one book may take …
_AT_LEAST = 5  # … or so many of its size
_SPARE = 100_000_000  # bytes that a backup leaves free
LOST = ("not_a_book", "incomplete", "no_such_book")  # refusals of a book that a backup may replace
_REMOVED = 4  # at most after each new one: a clock that is years ahead can't take all of them away
_PATHS = "books.json"
_NAME = re.compile(
    r"(?:.*\.)?(\d{8}T\d{6}Z)\.(\d+)\.([0-9a-f]{8})\.([0-9a-f]{16})" + re.escape(opening.SUFFIX)
)
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One backup, as its name tells it."""

    path: Path
    moment: datetime  # UTC
    change: int  # the latest that it holds
    mark: str
    digest: str  # the first 16 digits of its SHA-256
    size: int  # bytes


@dataclass(frozen=True)
class Listed:
    """A backup beside a book: changes that the book made since, None when it is not of its past."""

    backup: Backup
    since: int | None


@dataclass(frozen=True)
class State:
    """How far a book has come."""

    change: int
    mark: str


def home() -> Path:
    """Where the backups of all books lie; ``DAYBOOK_HOME`` overrules."""
    own = os.environ.get("DAYBOOK_HOME")
    if own:
        return Path(own) / "backups"
    import platformdirs

    return Path(platformdirs.user_data_dir("Daybook", appauthor=False)) / "backups"


def folder(book_id: str) -> Path:
    """Where the backups of a book lie; nothing need be there yet."""
    return home() / re.sub(r"[^\w-]", "_", book_id)


def found(place: Path) -> list[Backup]:
    """The backups in a folder, the latest first."""
    made = []
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as all_of_it:
        for one in all_of_it:
            said = _NAME.fullmatch(one.name)
            if said is not None and not one.name.startswith("."):
                moment = datetime.strptime(said[1], _STAMP).replace(tzinfo=UTC)
                size = one.stat().st_size
                made.append(Backup(Path(one.path), moment, int(said[2]), said[3], said[4], size))
    return sorted(made, key=lambda one: (one.moment, one.change), reverse=True)


def of_path(path: Path) -> list[Backup]:
    """The backups of a book that can't be opened any more, by the place where it was."""
    wanted = str(path.absolute())
    for one in sorted(home().glob(f"*/{_PATHS}")):
        if wanted in _paths(one):
            return found(one.parent)
    return []


def listed(book: Book) -> list[Listed]:
    """The backups of a book, the latest first, and what it did since each of them."""
    there = found(folder(book.id))
    marks = _marks(book.connection(), there)
    last = state(book.connection()).change
    return [
        Listed(one, last - one.change if marks.get(one.change) == one.mark else None)
        for one in there
    ]


def state(connection: Connection) -> State:
    """How far a book has come."""
    change = copies.size(connection)[0]
    return State(change, _mark(connection, change))


def due(newest: Backup | None, now_at: State, now: datetime, every: timedelta) -> bool:
    """Whether a book has changed since its newest backup, and that is so long ago.

    A backup of a moment that is still to come was made by another clock; its age is unknown.
    """
    if now_at.change == 0:
        return False
    if newest is None:
        return True
    if (newest.change, newest.mark) == (now_at.change, now_at.mark):
        return False
    return not timedelta(0) <= now - newest.moment < every


def make(path: Path, every: timedelta = AT_ONCE, now: datetime | None = None) -> Backup | None:
    """Back a book up, if that is due; then thin the older ones.

    Gives None when it has not changed, was backed up less than ``every`` ago, is empty, or another
    program is backing it up just now. The book may be open, here and in other programs.

    Raises:
        BookUnavailable: no room, no right, the book or its copy is not sound, or another machine has
            the book open. Older backups are as they were.
    """
    lock = opening.Lock(path)
    lock.take()
    try:
        lock.connected()
        source = dialects.connect(path, journal=opening.journal_mode(path))
        try:
            opening.assert_whole(source, path.name, ())
            return _make(source, path, every, now or datetime.now(UTC))
        finally:
            source.driver.close()
    finally:
        lock.release()


def _make(source: Connection, path: Path, every: timedelta, now: datetime) -> Backup | None:
    at = state(source)
    if at.change == 0:
        return None
    place = folder(opening.info(source)["id"])
    with _alone(place) as alone:
        own = _own(source, found(place))
        if not alone or not due(thinning.newest(own), at, now, every):
            return None
        _assert_room(source, place)

        def name(copied: Copied) -> Path:
            mark = _mark(source, copied.changes)
            said = (path.stem[:20], now.astimezone(UTC).strftime(_STAMP), str(copied.changes), mark)
            return place / (".".join((*said, copied.digest[:16])) + opening.SUFFIX)

        copied = copies.copy_as(source, place / copies.fresh_name("backup"), name)
        _note_path(place / _PATHS, path)
        there = found(place)
        made = next(one for one in there if one.path == copied.path)
        _thin(_own(source, there), made, now)
        return made


def _thin(own: list[Backup], made: Backup, now: datetime) -> None:
    """Remove what need not stay, now that a newer one is on the disk and verified."""
    stay = set(thinning.kept(own, now, max(ROOM, _AT_LEAST * made.size)))
    for one in [one for one in own if one not in stay and one != made][:_REMOVED]:
        with contextlib.suppress(OSError):  # Windows keeps a file that another has open
            one.path.unlink()


def restore(backup: Backup, target: Path) -> None:
    """Make a book from a backup, when it is still what was written.

    Raises:
        Refused: the target exists. BookUnavailable: damaged, newer than this program, or no room.
    """
    try:
        whole = copies.digest_of(backup.path).startswith(backup.digest)
    except OSError as error:
        raise locks.refusal_of(error, backup.path.parent) from error
    if not whole:
        raise BookUnavailable(
            "bad_backup",
            N_("This backup is damaged: it is no longer what was written. Take an older one."),
        )
    opening.restore(backup.path, target)


# -- a book's own past ---------------------------------------------------------------------------


def _own(connection: Connection, there: list[Backup]) -> list[Backup]:
    marks = _marks(connection, there)
    return [one for one in there if marks.get(one.change) == one.mark]


def _marks(connection: Connection, there: Iterable[Backup]) -> dict[int, str]:
    """The marks of the changes that the backups end with, as the book has them."""
    numbers = sorted({one.change for one in there})
    rows = connection.run(
        "SELECT c.id, at, author, reason, kind, target, first_edit, last_edit, e.entity, e.row, "
        "e.field, e.before, e.after FROM change c LEFT JOIN edit e ON e.id = c.last_edit "
        f"WHERE c.id IN ({', '.join('?' * len(numbers))})",
        numbers,
    )
    return {row[0]: hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:8] for row in rows}


def _mark(connection: Connection, change: int) -> str:
    nothing = datetime.min.replace(tzinfo=UTC)
    one = Backup(Path(), nothing, change, "", "", 0)
    return _marks(connection, [one]).get(change, "0" * 8)


# -- the folder ----------------------------------------------------------------------------------


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[bool]:
    """Whether nobody else backs this book up meanwhile; what killed programs left is gone then."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = locks.lock(place / ".busy")
    except OSError as error:
        raise locks.refusal_of(error, place.parent) from error
    if handle is None:
        yield False
        return
    try:
        for left in place.glob(".backup.*"):
            copies.sweep(left)
        yield True
    finally:
        with contextlib.suppress(OSError):  # Windows keeps a file that is open
            (place / ".busy").unlink(missing_ok=True)
        os.close(handle)


def _assert_room(source: Connection, place: Path) -> None:
    """Refuse a backup that would leave the books themselves no room.

    Raises:
        BookUnavailable: ``disk_full``.
    """
    size = int(source.one("PRAGMA page_count")) * int(source.one("PRAGMA page_size"))
    if shutil.disk_usage(place).free < size + max(size, _SPARE):
        raise BookUnavailable(
            "disk_full",
            N_("The disk has too little room for a backup of {size} MB."),
            size=max(1, round(size / 1e6)),
        )


def _paths(file: Path) -> list[str]:
    with contextlib.suppress(OSError, ValueError):
        said = json.loads(file.read_text(encoding="utf-8"))
        return [str(one) for one in said] if isinstance(said, list) else []
    return []


def _note_path(file: Path, path: Path) -> None:
    """Remember where the book lies: when it is lost, its backups are found by that."""
    known, place = _paths(file), str(path.absolute())
    if place in known:
        return
    fresh = file.with_name(".backup.paths")
    with contextlib.suppress(OSError):
        fresh.write_text(json.dumps([*known, place], ensure_ascii=False), encoding="utf-8")
        os.replace(fresh, file)
