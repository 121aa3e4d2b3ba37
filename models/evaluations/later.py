"""What changed since an evaluation was signed: later edits that touch what it was made of, and what it would be now.

An edit is listed if it touches a record that was counted; a record that counted at any time since, or could
have; or the rules: the scorecard, its items and grades, goals, the cycle's days, working days, leave, the
people whom a median is of. None that alters a value is missing; ``matters`` says of each whether its field can.
The sealed copy is not touched by any of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.book import Book
from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.evaluations import sealing
from models.evaluations.later_scene import EVERY, Edit, Scene, Touched
from models.evaluations.presenting import Score, result
from models.evaluations.sealing import Sealed
from models.journal import entries
from models.journal.entries import EditInfo
from models.journal.undo import ALIVE
from models.refusals import Refused
from models.texts import N_


@dataclass(frozen=True)
class LaterEdit:
    """One field that was written after the result was presented.

    ``items`` are public ids of the scorecard's items that it touches; none for what touches the total
    alone. ``counted``: the record was counted in the sealed result. ``before`` and ``after`` as people
    read them. ``kind`` is edit, undo or redo.
    """

    change: int
    at: datetime
    author: str
    reason: str
    origin: str
    kind: str
    entity: str
    row: int
    id: str
    label: str
    field: str
    field_label: str
    before: str
    after: str
    items: tuple[str, ...]
    counted: bool
    matters: bool


@dataclass(frozen=True)
class ItemNow:
    """An item as it was sealed and as the data say now; None for no score, or no such item."""

    item: str
    name: str
    before: Decimal | None
    after: Decimal | None
    value_before: Decimal | None
    value_after: Decimal | None


def changes(book: Book, evaluation: int) -> tuple[LaterEdit, ...]:
    """Every later edit that touches what a sealed evaluation was made of, the earliest first.

    Raises:
        Refused: ``not_sealed``.
    """
    seal = _seal(book, evaluation)
    with book.reading() as db:
        scene = Scene(book, db, seal)
        found = [(one, touched) for one in scene.edits if (touched := scene.touched(one))]
        told = _Told(book, db, seal, {one.change for one, _ in found})
        return tuple(told.told(one, touched) for one, touched in found)


def now(book: Book, evaluation: int, *, score: Score | None = None) -> tuple[ItemNow, ...]:
    """Each item of a sealed evaluation, beside what it would be by the data and rules of today.

    Raises:
        Refused: ``not_sealed``; ``not_scored``, the person is not evaluated any more.
    """
    sealed = _seal(book, evaluation).scored
    today = result(book, evaluation, score)
    there = {one.item: one for one in today.items}
    made = []
    for one in sealed.items:
        other = there.pop(one.item, None)
        made.append(
            ItemNow(
                one.item, one.name, one.score, other.score if other else None,
                one.value, other.value if other else None,
            )
        )  # fmt: skip
    made += [
        ItemNow(one.item, one.name, None, one.score, None, one.value) for one in there.values()
    ]
    return tuple(made)


def total_now(
    book: Book, evaluation: int, *, score: Score | None = None
) -> tuple[Decimal | None, Decimal | None]:
    """The total as it was sealed, and what it would be now.

    Raises:
        Refused: as ``now`` says.
    """
    return _seal(book, evaluation).scored.total, result(book, evaluation, score).total


def _seal(book: Book, evaluation: int) -> Sealed:
    found = sealing.sealed(book, evaluation)
    if found is None:
        raise Refused("not_sealed", N_("This evaluation isn't sealed."))
    return found


class _Told:
    """Edits as people read them; each change and each record is read once."""

    def __init__(self, book: Book, db: Connection, seal: Sealed, wanted: Iterable[int]) -> None:
        self._book, self._db = book, db
        self._counted = {one.id for item in seal.scored.items for one in item.records}  # public ids
        self._every = tuple(one.item for one in seal.scored.items)
        self._labels: dict[tuple[str, int], str] = {}
        self._changes: dict[int, tuple[Any, ...]] = {}
        listed = sorted(set(wanted))
        for at in range(0, len(listed), 500):
            block = ",".join(map(str, listed[at : at + 500]))
            for row in db.run(
                f"SELECT id, at, author, reason, origin, kind FROM change WHERE id IN ({block})"
            ):
                self._changes[row[0]] = row[1:]

    def told(self, one: Edit, touched: Touched) -> LaterEdit:
        """An edit with its change, its record and its values."""
        at, author, reason, origin, kind = self._changes[one.change]
        entity = self._book.schema.journaled(one.entity)
        known = one.field != ALIVE and entity.has(one.field) and one.entity != BOOK.id
        before, after = (
            entries.load(self._db, self._book.schema, one.entity, one.field, value)
            if known
            else value
            for value in (one.before, one.after)
        )
        moment = datetime.fromisoformat(at)
        info = EditInfo(one.change, moment, author, reason, one.field, before, after)
        field, first, last = info.told(entity, self._book.currency)
        public = "" if one.entity == BOOK.id else self._book.public_id(one.entity, one.row)
        return LaterEdit(
            one.change, moment, author, reason, origin, kind, one.entity, one.row, public,
            self._label(one.entity, one.row), one.field, field, first, last,
            self._every if touched.items is EVERY else tuple(i for i in self._every if i in touched.items),
            public in self._counted, touched.matters,
        )  # fmt: skip

    def _label(self, entity: str, row: int) -> str:
        if (entity, row) not in self._labels:
            self._labels[entity, row] = (
                BOOK.text() if entity == BOOK.id else self._book.label(entity, row)
            )
        return self._labels[entity, row]


def by_item(found: Iterable[LaterEdit]) -> dict[str, tuple[LaterEdit, ...]]:
    """The edits by the item that they touch; "" for the total alone."""
    made: dict[str, list[LaterEdit]] = defaultdict(list)
    for one in found:
        for item in one.items or ("",):
            made[item].append(one)
    return {item: tuple(listed) for item, listed in made.items()}
