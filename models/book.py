"""A book: one team in one file. The only place that commits.

One writer at a time passes the door ``change``: transaction, journal entry, undo step and notice in
one. What can be asked of it stands in ``read_book``.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from models import opening, turns
from models.change import Change
from models.describe.book_settings import BOOK, CURRENCY
from models.describe.schema import Schema
from models.dialects import Connection
from models.door import Door
from models.journal import capture, settings, tables
from models.journal.entries import Jumped, Undone
from models.periods import FiscalCalendar
from models.progress import SILENT, Progress
from models.public_ids import PublicIds
from models.read_book import ReadBook
from models.refusals import BookUnavailable
from models.texts import N_, tr


@dataclass(frozen=True)
class Notice:
    """What a commit touched: row ids by entity; None stands for many."""

    change: int
    reason: str
    touched: dict[str, frozenset[int] | None]


class Book(ReadBook):
    """An open book; close it, or use it in a with-statement."""

    def __init__(self, path: Path, holder: opening.Lock, journal: str) -> None:
        super().__init__(path, journal)
        self.lock = holder
        self.migrated_from: Path | None = None
        self.author = (
            opening.user_name()
        )  # whom the journal names; whoever works may call it otherwise
        self._places = str(path), str(opening.log_of(path))  # looked at before every write
        self._file = opening.identity(path)
        self._replaced: BookUnavailable | None = None
        self._listeners: list[Callable[[Notice], None]] = []
        self._watchers: list[Callable[[str], None]] = []
        holder.connected()
        try:
            self._learn()
        except BaseException:
            self.close()
            raise

    def _learn(self) -> None:
        """What the book says of itself."""
        opening.assert_whole(self.connection(), self.path.name, Schema())
        about = opening.info(self.connection())
        self._log = opening.identity(opening.log_of(self.path))
        self.id = about["id"]
        self.currency = about["currency"]
        self.public = PublicIds(self.id, about.get("ids", ""))
        self.schema = Schema(currency=self.currency)
        self.load_schema()
        opening.assert_whole(self.connection(), self.path.name, self.schema)
        self._door = Door(self)
        self._seen = int(self.connection().one("SELECT coalesce(max(id), 0) FROM change"))
        self._data_version = self._version()

    @classmethod
    def create(cls, path: Path | str, currency: str = "CNY") -> Book:
        """Make an empty book and open it.

        Raises:
            Refused: a file stands there. BookUnavailable: the folder can't be written.
        """
        place = Path(path)
        opening.create(place, currency, Schema())
        return cls.open(place)

    @classmethod
    def open(cls, path: Path | str) -> Book:
        """Open a book, bringing an older one to today's format after a backup.

        Raises:
            BookUnavailable: missing, no book, newer, read-only, or open on another machine.
        """
        place = Path(path)
        opening.inspect(place)
        lock = opening.Lock(place)
        lock.take()
        try:
            # Read again: another program may have brought it to its own format meanwhile.
            kept = opening.migrate(place, opening.inspect(place), lock.others)
            book = cls(place, lock, opening.journal_mode(place))
            book.migrated_from = kept
            return book
        except BaseException:
            lock.release()
            raise

    @property
    def last_change(self) -> int:
        """The number of the latest change that is known here; 0 for an empty book."""
        return self._seen

    @property
    def calendar(self) -> FiscalCalendar:
        """When its fiscal years and weeks begin; another thread or program may change it."""
        return self.schema.calendar

    def setting(self, name: str) -> str:
        """What holds for the whole book, as the field of ``book_settings`` keeps it."""
        if name == CURRENCY:
            return self.currency
        if hasattr(self.calendar, name):
            return str(getattr(self.calendar, name))
        return settings.said(self.connection(), name)

    def notes(self) -> list[str]:
        """What the person should know of how the book was opened."""
        made = [
            tr(
                N_(
                    "A program of {user} (process {process}, open since {since}) ended without closing the book. Everything that it had confirmed is there."
                ),
                user=one.user,
                process=one.process,
                since=one.when,
            )
            for one in self.lock.cleared
        ]
        if self.migrated_from is not None:
            made.append(
                tr(
                    N_("The book was brought to today's format. The book as it was: {file}"),
                    file=self.migrated_from.name,
                )
            )
        return made

    def close(self) -> None:
        """Close every connection and give the book free."""
        for one in self._connections:
            one.driver.close()
        self._connections.clear()
        self._local = threading.local()
        turns.clear(turns.gate_of(str(self.path)))
        self.lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- the file --------------------------------------------------------------------------------

    def assert_in_place(self) -> None:
        """Refuse to write into a file, or its log, that another program has exchanged or removed.

        Raises:
            BookUnavailable: ``replaced``; the book as it was is saved beside it, once.
        """
        found = opening.identity(self._places[0]), opening.identity(self._places[1])
        if self._replaced is None and found != (self._file, self._log):
            self._replaced = opening.replaced(self.connection(), self.path, self._log)
        if self._replaced is not None:
            raise self._replaced

    def lies_at(self, path: Path) -> bool:
        """Whether a path, however it is written, leads to this very file."""
        found = opening.identity(path)
        return found is not None and found == self._file

    def hurry(self) -> None:
        """Make writes of this thread, a window's, be refused rather than wait long for another writer."""
        self._local.hurried = True

    @property
    def hurried(self) -> bool:
        """Whether this thread must not wait."""
        return bool(getattr(self._local, "hurried", False))

    # -- turning changes --------------------------------------------------------------------------

    def undo(self, change: int | None = None, origin: str = "ui") -> Undone:
        """Take a change back, whichever it is; what was edited since is kept and named.

        Raises:
            Refused: ``nothing_to_undo``, ``unknown_change`` or ``already_undone``.
        """
        return self._door.turn(change, dead=True, origin=origin)

    def redo(self, change: int | None = None, origin: str = "ui") -> Undone:
        """Bring an undone change back.

        Raises:
            Refused: ``nothing_to_redo``, ``unknown_change`` or ``not_undone``.
        """
        return self._door.turn(change, dead=False, origin=origin)

    def back_to(self, change: int, origin: str = "ui", progress: Progress = SILENT) -> Jumped:
        """Take back every change that lives from one on, as one step: all of them or none.

        Changes before it stay as they are, also those that were taken back since.

        Raises:
            Refused: ``nothing_to_undo`` or ``unknown_change``. Cancelled: nothing was changed.
        """
        return self._door.back_to(change, origin, progress)

    def bring_back(
        self, changes: Sequence[int], origin: str = "ui", progress: Progress = SILENT
    ) -> Jumped:
        """Bring those of some changes back that are undone, as one step: all of them or none.

        Raises:
            Refused: ``nothing_to_redo``, none of them is undone. Cancelled: nothing was changed.
        """
        return self._door.bring_back(changes, origin, progress)

    # -- writing ---------------------------------------------------------------------------------

    def change(
        self, reason: str, origin: str = "ui", *, keep_history: bool = True
    ) -> contextlib.AbstractContextManager[Change]:
        """The door: one transaction, one undo step, one notice; all of it or nothing.

        ``keep_history=False`` is for loads that bring their own stage history.

        Raises:
            Refused: a value is not acceptable. BookUnavailable: the disk or another writer.
        """
        return self._door.change(reason, origin, keep_history)

    def set(
        self, entity: str, id: int, values: dict[str, Any], reason: str = "", origin: str = "ui"
    ) -> int:
        """Set fields of one record as one change; gives the change's number."""
        with self.change(reason or N_("Edit"), origin) as change:
            change.set(entity, id, values)
        return change.no

    # -- notices ---------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Call a listener after every commit, in the thread that wrote."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Notice], None]) -> None:
        """Stop calling a listener."""
        with contextlib.suppress(ValueError):
            self._listeners.remove(listener)

    def watch_writing(self, listener: Callable[[str], None]) -> None:
        """Call a listener with the reason when a write begins here and with "" when it has ended,
        well or not, in the thread that writes."""
        self._watchers.append(listener)

    def unwatch_writing(self, listener: Callable[[str], None]) -> None:
        """Stop calling a listener."""
        with contextlib.suppress(ValueError):
            self._watchers.remove(listener)

    def say_writing(self, reason: str) -> None:
        """Tell those who watch; called by the door."""
        for watcher in tuple(self._watchers):
            watcher(reason)

    def ring(self, notice: Notice) -> None:
        """Tell every listener; called by the door after a commit."""
        self._seen = max(self._seen, notice.change)
        for listener in tuple(self._listeners):
            listener(notice)

    def poll(self) -> bool:
        """Notice what other programs wrote to this book; whether there was anything."""
        version = self._version()
        if version == self._data_version:
            return False
        self._data_version = version
        fresh = self.connection().run(
            "SELECT id, reason FROM change WHERE id > ? ORDER BY id", (self._seen,)
        )
        if not fresh:
            return False
        self.load_schema()
        touched: dict[str, frozenset[int] | None] = {one.id: None for one in self.schema}
        told = "SELECT 1 FROM edit WHERE change > ? AND entity = ? LIMIT 1"
        if self.connection().run(told, (self._seen, BOOK.no)):
            touched[BOOK.id] = None
        self.ring(Notice(fresh[-1][0], fresh[-1][1], touched))
        return True

    def _version(self) -> int:
        return int(self.connection().one("PRAGMA data_version"))

    # -- the schema ------------------------------------------------------------------------------

    def load_schema(self) -> None:
        """Read the users' own columns and the calendar again."""
        self.schema = opening.described(self.connection(), self.currency)

    def sync_columns(self, db: Connection) -> None:
        """Give every described field its column and its triggers; inside a transaction."""
        tables.complete(db, self.schema)
        journaled = opening.described(db, self.currency, gone=True)
        capture.make_triggers(db, journaled.entities)
