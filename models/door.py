"""The one door through which a book is written."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models import consequences, dialects, guards, opening, search
from models.change import Change
from models.describe.book_settings import BOOK
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import entries
from models.journal.entries import TOGETHER, Jumped, Kept, Undone
from models.journal.undo import ALIVE, Fold, KeptCell
from models.own_columns import OWN_COLUMN
from models.progress import SILENT, Progress
from models.refusals import BookUnavailable, Refused
from models.texts import N_

if TYPE_CHECKING:
    from models.book import Book

_NAMED = 2000  # a notice that touches more rows of an entity than this says "many"
_KEPT = 1000  # of what was kept so much is named
_PATIENCE = 15.0  # seconds that a writer waits for another writer of the same program
_HURRIED = 0.05  # the same for a window's own thread, which must not freeze
_OTHERS = 1.0  # seconds that a window waits for another program


@dataclass(frozen=True)
class _Step:
    """A change under way: its number, its first edit, and what its row will say before and after its reason."""

    no: int
    first: int
    begun: tuple[object, ...]
    reason: str
    told: tuple[object, ...]

    def called(self, reason: str) -> _Step:
        """The same, called otherwise; "" leaves it."""
        return replace(self, reason=reason) if reason else self


def _nothing(dead: bool) -> Refused:
    if dead:
        return Refused("nothing_to_undo", N_("There is nothing to undo."))
    return Refused("nothing_to_redo", N_("There is nothing to redo."))


@dataclass(frozen=True)
class _Turned:
    """One undo or redo that was made."""

    no: int
    reason: str
    touched: dict[str, frozenset[int] | None]
    kept: tuple[Kept, ...]


def _merged(several: list[dict[str, frozenset[int] | None]]) -> dict[str, frozenset[int] | None]:
    """What all of them touched: rows by entity, None for many."""
    made: dict[str, set[int] | None] = {}
    for one in several:
        for entity, rows in one.items():
            before = made.setdefault(entity, set())
            if before is None or rows is None or len(before) + len(rows) > _NAMED:
                made[entity] = None
            else:
                before.update(rows)
    return {entity: None if rows is None else frozenset(rows) for entity, rows in made.items()}


class Door:
    """Lets one writer in at a time, of this program and of others."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._turn = threading.Lock()
        self.inside = ""

    @contextlib.contextmanager
    def _enter(self, reason: str) -> Iterator[Connection]:
        patience = _HURRIED if self._book.hurried else _PATIENCE
        if not self._turn.acquire(timeout=patience):
            raise BookUnavailable(
                "writing",
                N_("“{what}” is still being written. Try again when it is done."),
                what=self.inside,
            )
        self.inside = reason
        self._book.say_writing(reason)
        try:
            db = self._book.connection()
            self._book.assert_in_place()
            with dialects.writing(db, _OTHERS if self._book.hurried else None):
                yield db
        finally:
            self.inside = ""
            self._turn.release()
            self._book.say_writing("")

    @contextlib.contextmanager
    def change(self, reason: str, origin: str, keep_history: bool) -> Iterator[Change]:
        """See ``Book.change``."""
        schema = self._book.schema
        change: Change | None = None
        try:
            with self._enter(reason) as db:
                step = self._begin(
                    db, reason, origin, "edit", None, "edit" if keep_history else "load"
                )
                change = Change(self._book, db, step.no)
                yield change
                consequences.follow(db, self._book.schema, step.first, origin)
                guards.assert_standing(db, self._book.schema, step.first)
                step = step.called(change.reason)
                touched = self._finish(db, step)
        except BaseException:
            if change is not None and change.new_fields:
                self._book.schema = schema
            raise
        self._tell(step.no, step.reason, touched)

    def turn(self, wanted: int | None, *, dead: bool, origin: str) -> Undone:
        """Undo or redo; see ``Book.undo``."""
        with self._enter(N_("Undo") if dead else N_("Redo")) as db:
            target = self._target(db, wanted, dead)
            turned = self._turn_one(db, self._book.schema, target, dead=dead, origin=origin)
        self._tell(turned.no, turned.reason, turned.touched)
        return Undone(turned.no, target, turned.reason, turned.kept)

    def _turn_one(
        self, db: Connection, schema: Schema, target: int, *, dead: bool, origin: str
    ) -> _Turned:
        if dead:
            guards.assert_may_undo(db, target)
        reason = str(db.one("SELECT reason FROM change WHERE id = ?", (target,)))
        kind = "undo" if dead else "redo"
        step = self._begin(db, reason, origin, kind, target, kind)
        fold = Fold(db, schema)
        fold.turn(target, dead=dead)
        guards.assert_standing(db, schema, step.first)
        touched = self._finish(db, step)
        kept = tuple(self._named(db, one) for one in fold.kept[:_KEPT])
        return _Turned(step.no, reason, touched, kept)

    def back_to(self, point: int, origin: str, progress: Progress = SILENT) -> Jumped:
        """See ``Book.back_to``."""

        def targets(db: Connection) -> list[int]:
            if db.one("SELECT 1 FROM change WHERE id = ?", (point,)) is None:
                raise Refused("unknown_change", N_("There is no change number {no}."), no=point)
            return entries.living(db, point)

        return self._turn_all(targets, origin, progress, point)

    def bring_back(self, wanted: Sequence[int], origin: str, progress: Progress = SILENT) -> Jumped:
        """See ``Book.bring_back``."""

        def targets(db: Connection) -> list[int]:
            dead = {one for (one,) in db.run("SELECT id FROM change WHERE dead = 1")}
            return sorted(dead.intersection(wanted))

        return self._turn_all(targets, origin, progress, None)

    def _turn_all(
        self,
        wanted: Callable[[Connection], list[int]],
        origin: str,
        progress: Progress,
        point: int | None,
    ) -> Jumped:
        """Turn several changes, one after the other, as one commit and one notice, or none of them.

        Each keeps its own undo in the journal, as if it had been turned alone: so whatever reads the
        journal, and every law of it, holds for a jump too. Their origin says that they belong together.
        """
        dead = point is not None
        with self._enter(N_("Undo") if dead else N_("Redo")) as db:
            targets = wanted(db)
            if not targets:
                raise _nothing(dead)
            first = int(db.one("SELECT max(id) FROM change")) + 1
            schema, turned = self._book.schema, list[_Turned]()
            for at, target in enumerate(targets):
                progress.step(at / len(targets))
                one = self._turn_one(
                    db, schema, target, dead=dead, origin=f"{origin}{TOGETHER}{first}"
                )
                turned.append(one)
                if OWN_COLUMN in one.touched:  # what is turned next may stand in that column
                    schema = opening.described(db, self._book.currency)
            still = entries.undone_since(db, point) if point is not None else 0
        last, touched = turned[-1], _merged([one.touched for one in turned])
        self._tell(last.no, last.reason, touched)
        kept = tuple(one for each in turned for one in each.kept)[:_KEPT]
        return Jumped(last.no, tuple(targets), last.reason, kept, still)

    def _target(self, db: Connection, wanted: int | None, dead: bool) -> int:
        if wanted is None:
            info = self._book.can_undo() if dead else self._book.can_redo()
            if info is None:
                raise _nothing(dead)
            return info.no
        found = db.run("SELECT kind, dead, target FROM change WHERE id = ?", (wanted,))
        if not found:
            raise Refused("unknown_change", N_("There is no change number {no}."), no=wanted)
        kind, is_dead, target = found[0]
        if kind != "edit":  # the undo of an undo is a redo, and the other way round
            raise Refused(
                "not_a_change",
                N_("Change {no} is itself an undo or redo; name change {target} instead."),
                no=wanted,
                target=target,
            )
        if bool(is_dead) == dead:
            raise (
                Refused("already_undone", N_("Change {no} is undone already."), no=wanted)
                if dead
                else Refused("not_undone", N_("Change {no} is not undone."), no=wanted)
            )
        return wanted

    def _begin(
        self, db: Connection, reason: str, origin: str, kind: str, target: int | None, door: str
    ) -> _Step:
        """Open the door: from here on the triggers write edits of this change."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        no, first = db.run(
            "UPDATE door SET change = (SELECT coalesce(max(id), 0) + 1 FROM change), kind = ? "
            "RETURNING change, (SELECT coalesce(max(id), 0) + 1 FROM edit)",
            (door,),
        )[0]
        return _Step(no, first, (at, self._book.author), reason, (origin, kind, target))

    def _finish(self, db: Connection, step: _Step) -> dict[str, frozenset[int] | None]:
        """Close the change: its row with its range of edits, the search index, the shut door."""
        touched, counts, last = self._touched(db, step.first)
        search.refresh(db, self._book.schema, search.WAITING)
        db.run(
            "INSERT INTO change (id, at, author, reason, origin, kind, target, first_edit, last_edit, counts) "
            "VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                step.no,
                *step.begun,
                step.reason,
                *step.told,
                step.first if last >= step.first else None,
                last if last >= step.first else None,
                json.dumps(counts),
            ),
        )
        db.run("UPDATE door SET change = NULL, kind = NULL")
        return touched

    def _touched(
        self, db: Connection, first: int
    ) -> tuple[dict[str, frozenset[int] | None], dict[str, int], int]:
        """What the edits from ``first`` on touched, how many records by entity, the last edit."""
        names = self._book.schema.numbers
        # Else the planner walks the index of all edits ever made. Their numbers are consecutive.
        edits = db.run(
            "SELECT entity, row FROM edit NOT INDEXED WHERE id >= ? LIMIT ?", (first, _NAMED)
        )
        if len(edits) < _NAMED:
            rows: dict[str, set[int]] = {}
            for number, row in edits:
                rows.setdefault(names.get(number, ""), set()).add(row)
            touched = {name: frozenset(found) for name, found in rows.items()}
            counts = {name: len(found) for name, found in rows.items()}
            return dict(touched), counts, first + len(edits) - 1
        counts = {
            names.get(number, ""): count
            for number, count in db.run(
                "SELECT entity, count(DISTINCT row) FROM edit NOT INDEXED WHERE id >= ? GROUP BY entity",
                (first,),
            )
        }
        return dict.fromkeys(counts), counts, int(db.one("SELECT max(id) FROM edit"))

    def _tell(self, no: int, reason: str, touched: dict[str, frozenset[int] | None]) -> None:
        from models.book import Notice

        if {OWN_COLUMN, BOOK.id} & touched.keys():
            self._book.load_schema()
        self._book.ring(Notice(no, reason, touched))

    def _named(self, db: Connection, cell: KeptCell) -> Kept:
        schema = self._book.schema
        value = None
        if cell.entity == BOOK.id:
            stored = db.one("SELECT value FROM book_info WHERE name = ?", (cell.field,))
            return Kept(BOOK.id, cell.row, BOOK.text(), cell.field, stored)
        if cell.field != ALIVE:
            column = quoted(schema.entity(cell.entity).field(cell.field).column)
            stored = db.one(f"SELECT {column} FROM {quoted(cell.entity)} WHERE id = ?", (cell.row,))
            value = entries.load(db, schema, cell.entity, cell.field, stored)
        return Kept(
            cell.entity,
            cell.row,
            entries.label(db, schema, cell.entity, cell.row),
            cell.field,
            value,
        )
