"""A book: one team in one file. The only place that commits.

Any number of threads read, each over its own connection; one writer at a time passes the door
``change``: transaction, journal entry, undo step and notice in one.
"""

from __future__ import annotations

import contextlib
import threading
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from models import dialects, opening, turns
from models.change import Change
from models.describe.book_settings import BOOK, CURRENCY
from models.describe.filters import Filter
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.door import Door
from models.journal import as_of, capture, entries, settings, tables, timeline
from models.journal.as_of import Past
from models.journal.entries import ChangeInfo, EditInfo, Jumped, Undone
from models.journal.timeline import Happening
from models.periods import FiscalCalendar
from models.progress import SILENT, Progress
from models.public_ids import PublicIds
from models.reads import Reader
from models.refusals import BookUnavailable, Refused
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.distinct import Asked, Values
    from models.finding import Found


@dataclass(frozen=True)
class Notice:
    """What a commit touched: row ids by entity; None stands for many."""

    change: int
    reason: str
    touched: dict[str, frozenset[int] | None]


class Book:
    """An open book; close it, or use it in a with-statement."""

    def __init__(self, path: Path, holder: opening.Lock, journal: str) -> None:
        self.path = path
        self.lock = holder
        self.journal = journal
        self.migrated_from: Path | None = None
        self.author = (
            opening.user_name()
        )  # whom the journal names; whoever works may call it otherwise
        self._places = str(path), str(opening.log_of(path))  # looked at before every write
        self._file = opening.identity(path)
        self._replaced: BookUnavailable | None = None
        self._local = threading.local()
        self._connections: list[Connection] = []
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

    # -- reading ---------------------------------------------------------------------------------

    def connection(self) -> Connection:
        """This thread's own connection."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = dialects.connect(self.path, journal=self.journal, engine_waits=False)
            self._local.connection = found
            self._connections.append(found)
        return found

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

    def let_go(self) -> None:
        """Close this thread's connection; for a thread that ends."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            self._connections.remove(found)
            found.driver.close()

    def hurry(self) -> None:
        """Make writes of this thread, a window's, be refused rather than wait long for another writer."""
        self._local.hurried = True

    @property
    def hurried(self) -> bool:
        """Whether this thread must not wait."""
        return bool(getattr(self._local, "hurried", False))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """This thread's connection inside one consistent view of the book."""
        db = self.connection()
        with dialects.reading(db):
            yield db

    def reader(self) -> Reader:
        """Reads over this thread's connection."""
        return Reader(self.connection(), self.schema)

    def ids(
        self,
        entity: str,
        where: str | Filter | None = None,
        sort: Sequence[tuple[str, bool]] = (),
        search: str = "",
        deleted: bool = False,
        among: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> array[int]:
        """Row ids that satisfy a filter and a search, in order (field path, descending).

        ``among`` asks only about these rows.

        Raises:
            Cancelled: who waits for them gave up.
        """
        return self.reader().ids(entity, where, sort, search, deleted, among, progress)

    def rows(self, entity: str, ids: Sequence[int], fields: Sequence[str]) -> list[tuple[Any, ...]]:
        """Values for each id, in the order of ids; dotted paths reach through links."""
        return self.reader().rows(entity, ids, fields)

    def record(self, entity: str, id: int) -> dict[str, Any]:
        """All values of one record."""
        names = [one.id for one in self.schema.entity(entity).fields]
        return dict(zip(names, self.rows(entity, [id], names)[0], strict=True))

    def count(self, entity: str, where: str | Filter | None = None, deleted: bool = False) -> int:
        """How many records satisfy a filter."""
        return self.reader().count(entity, where, deleted)

    def values(
        self,
        entity: str,
        path: str,
        asked: Asked | None = None,
        typed: str = "",
        limit: int = 1_000,
        progress: Progress = SILENT,
    ) -> Values:
        """The values that stand in a field, each once with how many records have it."""
        from models import distinct

        return distinct.values(
            self.connection(), self.schema, self.currency, entity, path,
            asked or distinct.Asked(), typed, limit, progress,
        )  # fmt: skip

    def most(self, entity: str) -> int:
        """How many records an entity has at most, told at once whatever their number."""
        return self.reader().most(entity)

    def filled(self, entity: str) -> set[str]:
        """Which fields hold anything, as far as a look at the first and last records tells."""
        return self.reader().filled(entity)

    def linked(self, entity: str, field: str, to: int, limit: int | None = None) -> array[int]:
        """Rows of an entity whose link points at a record, newest first."""
        return self.reader().linked(entity, field, to, limit)

    def sums(self, entity: str, ids: Sequence[int] | None, fields: Sequence[str]) -> dict[str, Any]:
        """Exact sums of numeric fields over rows."""
        return self.reader().sums(entity, ids, fields)

    def added_up(
        self, entity: str, ids: Sequence[int], fields: Sequence[str], progress: Progress = SILENT
    ) -> tuple[int, Decimal]:
        """How many values fields of some rows hold, and their exact sum."""
        return self.reader().added_up(entity, ids, fields, progress)

    def label(self, entity: str, id: int) -> str:
        """The label of one record."""
        return entries.label(self.connection(), self.schema, entity, id)

    def find(self, typed: str, limit: int = 50) -> list[tuple[str, int, str]]:
        """Records of any entity that match what was typed, the best first: (entity, row, label)."""
        return [(one.entity, one.row, one.label) for one in self.find_best(typed, limit)]

    def find_best(
        self, typed: str, limit: int = 50, entities: Collection[str] | None = None
    ) -> list[Found]:
        """The records that fit best what was typed, of all entities or of some; see ``finding``."""
        from models import finding

        db = self.connection()
        return finding.find(db, self.schema, self.public, typed, limit, entities)

    def public_id(self, entity: str, id: int) -> str:
        """The short stable id that sheets carry."""
        return self.public.make(self.schema.entity(entity).prefix, id)

    def row_id(self, entity: str, public_id: str) -> int:
        """The row of a public id.

        Raises:
            Refused: ``unknown_id``, it is not an id of this book.
        """
        kind = self.schema.entity(entity)
        row = self.public.row(kind.prefix, public_id)
        if row is None or not self.connection().one(
            f"SELECT 1 FROM {quoted(kind.id)} WHERE id = ? AND alive IS NOT NULL", (row,)
        ):
            raise Refused(
                "unknown_id",
                N_("There is no {entity} with the id {id} in this book."),
                entity=kind.text(),
                id=public_id,
            )
        return row

    def suggest(self, entity: str, typed: str, limit: int = 20) -> list[str]:
        """Labels of live records that match what was typed so far; the first ones when nothing was."""
        return self.reader().suggest(entity, typed, limit)

    def words(self, entity: str, field: str) -> list[str]:
        """The words that stand in a field of tags, those used most first."""
        return self.reader().words(entity, field)

    # -- the journal -----------------------------------------------------------------------------

    def history(
        self,
        limit: int = 100,
        entity: str | None = None,
        id: int | None = None,
        before: int | None = None,
    ) -> list[ChangeInfo]:
        """The latest changes, newest first; of one record when it is named."""
        return entries.changes(self.connection(), self.schema, limit, entity, id, before)

    def info(self, change: int) -> ChangeInfo | None:
        """One change by its number."""
        return entries.change_info(self.connection(), "id = ?", (change,))

    def edits(
        self, entity: str, id: int, limit: int | None = None, up_to: int | None = None
    ) -> list[EditInfo]:
        """Steps of a record, newest first; so many at most, none of a change later than ``up_to``."""
        return entries.edits(self.connection(), self.schema, entity, id, limit, up_to)

    def as_of(self, entity: str, id: int, when: date | int) -> dict[str, Any] | None:
        """A record as it stood at the end of a day, or after a change; None if it wasn't there."""
        change = when if isinstance(when, int) else self.last_change_on(when)
        return as_of.row_as_of(self.connection(), self.schema.entity(entity), id, change)

    def past(self, entity: str, id: int, change: int) -> Past:
        """A record as it stood after a change and what is different today; also in the recycle bin."""
        return as_of.past(self.connection(), self.schema, entity, id, change)

    def own_changes(self, entity: str, id: int) -> array[int]:
        """The numbers of all changes that touched a record, the earliest first."""
        return as_of.own_changes(self.connection(), self.schema.entity(entity), id)

    def timeline(
        self, entity: str, id: int, sorts: Sequence[str], limit: int = 200
    ) -> tuple[list[Happening], bool]:
        """The latest events and changes of a record and of what is linked to it; whether there are older ones."""
        with self.reading() as db:
            return timeline.timeline(db, self.schema, entity, id, self.currency, sorts, limit)

    def last_change_on(self, day: date) -> int:
        """The last change made until the end of a day, by this machine's clock; 0 when there was none."""
        end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        return as_of.last_change_on(self.connection(), end.strftime("%Y-%m-%dT%H:%M:%S"))

    def can_undo(self) -> ChangeInfo | None:
        """The change that an undo would take back: the latest that lives and that somebody made.

        What the day brought by itself is not what a person means by taking back.
        """
        return entries.change_info(
            self.connection(), "kind = 'edit' AND dead = 0 AND origin != ?", (entries.CLOCK,)
        )

    def can_redo(self) -> ChangeInfo | None:
        """The change that a redo would bring back: the one undone last."""
        db = self.connection()
        target = db.one(
            "SELECT u.target FROM change u JOIN change c ON c.id = u.target "
            "WHERE u.kind = 'undo' AND c.dead = 1 ORDER BY u.id DESC LIMIT 1"
        )
        return entries.change_info(db, "id = ?", (target,)) if target is not None else None

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

    def living_since(self, change: int) -> tuple[int, int]:
        """How many changes ``back_to`` would take back, and how many records they touched."""
        return entries.amount(self.connection(), change)

    def turned_together(self, change: ChangeInfo) -> tuple[int, ...]:
        """The changes that were turned by an undo or redo, and by those made as one with it."""
        found = self.connection().run(
            "SELECT target FROM change WHERE id BETWEEN ? AND ? AND origin = ? ORDER BY id",
            (change.together or change.no, change.no, change.origin),
        )
        return tuple(int(one) for (one,) in found)

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
