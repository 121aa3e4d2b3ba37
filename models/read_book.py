"""What a book can be asked: its records, their labels and past, and what was changed.

Any number of threads ask, each over its own connection.
"""

from __future__ import annotations

import contextlib
import threading
from array import array
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import dialects
from models.describe.filters import Filter
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import as_of, entries, timeline
from models.journal.as_of import Past
from models.journal.entries import ChangeInfo, EditInfo
from models.journal.timeline import Happening
from models.progress import SILENT, Progress
from models.public_ids import PublicIds
from models.reads import Reader
from models.refusals import Refused
from models.texts import N_

if TYPE_CHECKING:
    from models.distinct import Asked, Values
    from models.finding import Found


class ReadBook:
    """An open book as who only reads sees it."""

    schema: Schema
    currency: str
    public: PublicIds

    def __init__(self, path: Path, journal: str) -> None:
        self.path, self.journal = path, journal
        self._local = threading.local()
        self._connections: list[Connection] = []

    # -- connections -------------------------------------------------------------------------------

    def connection(self) -> Connection:
        """This thread's own connection."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = dialects.connect(self.path, journal=self.journal, engine_waits=False)
            self._local.connection = found
            self._connections.append(found)
        return found

    def let_go(self) -> None:
        """Close this thread's connection; for a thread that ends."""
        found: Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            self._local.connection = None
            self._connections.remove(found)
            found.driver.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """This thread's connection inside one consistent view of the book."""
        db = self.connection()
        with dialects.reading(db):
            yield db

    # -- records -----------------------------------------------------------------------------------

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

    # -- the journal -------------------------------------------------------------------------------

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
