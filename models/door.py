"""The one door through which a book is written."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models import bulk, dialects, links, opening, search
from models.describe import kinds
from models.describe import schema as schemas
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal import entries
from models.journal.entries import TOGETHER, Jumped, Kept, Undone
from models.journal.undo import ALIVE, Fold, KeptCell
from models.progress import SILENT, Progress
from models.refusals import BookUnavailable, Refused
from models.sales.rules import RULES
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book

OWN_COLUMN = "custom_field"
_NAMED = 2000  # a notice that touches more rows of an entity than this says "many"
_KEPT = 1000  # of what was kept so much is named
_PATIENCE = 15.0  # seconds that a writer waits for another writer of the same program
_HURRIED = 0.05  # the same for a window's own thread, which must not freeze
_OTHERS = 1.0  # seconds that a window waits for another program


def _exists(entity: Entity, label: str) -> Refused:
    return Refused(
        "field_exists",
        N_("{entity} already has a field called {name}."),
        entity=entity.text(),
        name=label,
    )


class Change:
    """One change under way: what may be done inside the door."""

    def __init__(self, book: Book, db: Connection, no: int) -> None:
        self._book = book
        self.db = db
        self.no = no
        self.new_fields = False

    def add(self, entity_id: str, values: dict[str, Any]) -> int:
        """Add a record; gives its row id.

        Raises:
            Refused: a required field is missing or a value is not acceptable.
        """
        entity = self._book.schema.entity(entity_id)
        if entity.id == OWN_COLUMN:  # never without the column itself
            said = {name: str(value or "") for name, value in self.clean(entity, values).items()}
            return self._add_column(
                *(said.get(one, "") for one in ("entity", "name", "kind", "choices", "target"))
            )[1]
        return self._add(entity, values)

    def _add(self, entity: Entity, values: dict[str, Any]) -> int:
        full = {one.id: one.default for one in entity.fields if one.default is not None}
        full.update(self.clean(entity, values))
        full.update(self._follow(entity, full, values, {}))
        for one in entity.fields:
            if one.required and full.get(one.id) in (None, ""):
                raise Refused("required", N_("{field} must be filled in."), field=one.text())
        stored = self._stored(entity, full)
        names = ", ".join(quoted(name) for name in stored)
        marks = ", ".join("?" * len(stored))
        return self.db.insert(
            f"INSERT INTO {quoted(entity.id)} (alive{', ' if names else ''}{names}) "
            f"VALUES (1{', ' if marks else ''}{marks})",
            tuple(stored.values()),
        )

    def add_many(
        self, entity_id: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> range:
        """Add many records at once, values as fields hold them; gives their row ids.

        See ``models.bulk``: nothing is read from text and no rule fills anything in.

        Raises:
            Refused: a required field is empty.
        """
        return bulk.add_many(self.db, self._book.schema.entity(entity_id), names, rows)

    def next_row(self, entity_id: str) -> int:
        """The row id that the next record of an entity will get."""
        return bulk.next_row(self.db, self._book.schema.entity(entity_id))

    def set(self, entity_id: str, row: int, values: dict[str, Any]) -> None:
        """Set fields of a record.

        Raises:
            Refused: the record is gone, a value is not acceptable, a required field would be empty.
        """
        entity = self._book.schema.entity(entity_id)
        clean = self.clean(entity, values)
        if entity.id == OWN_COLUMN:
            self._assert_same_column(entity, row, clean)
        if entity.id in RULES:
            clean.update(self._follow(entity, clean, clean, self._look(entity.id, row)))
        for name, value in clean.items():
            if entity.field(name).required and value in (None, ""):
                raise Refused(
                    "required", N_("{field} must be filled in."), field=entity.field(name).text()
                )
        stored = self._stored(entity, clean)
        if not stored:
            return
        settings = ", ".join(f"{quoted(name)} = ?" for name in stored)
        done = self.db.run(
            f"UPDATE {quoted(entity.id)} SET {settings} WHERE id = ? AND alive = 1 RETURNING 1",
            (*stored.values(), row),
        )
        if not done:
            raise Refused("gone", N_("This record has been removed meanwhile."))

    def remove(self, entity_id: str, rows: Iterable[int]) -> int:
        """Move records, and what is part of them, to the recycle bin; gives how many."""
        return self._live(self._book.schema.entity(entity_id), list(rows), 1, 0)

    def restore(self, entity_id: str, rows: Iterable[int]) -> int:
        """Bring records back from the recycle bin."""
        return self._live(self._book.schema.entity(entity_id), list(rows), 0, 1)

    def _live(self, entity: Entity, rows: list[int], before: int, after: int) -> int:
        count = 0
        for row in rows:
            count += len(
                self.db.run(
                    f"UPDATE {quoted(entity.id)} SET alive = ? WHERE id = ? AND alive = ? RETURNING 1",
                    (after, row, before),
                )
            )
        for part in self._book.schema:
            if part.part_of == entity.id:
                column = next(one.column for one in part.links() if one.target == entity.id)
                for row in rows:
                    inside = self.db.run(
                        f"SELECT id FROM {quoted(part.id)} WHERE {quoted(column)} = ? AND alive = ?",
                        (row, before),
                    )
                    self._live(part, [one[0] for one in inside], before, after)
        return count

    def add_field(
        self, entity_id: str, label: str, kind: str, choices: str = "", target: str = ""
    ) -> Field:
        """Give an entity a column of the users' own; it then behaves like any other.

        Raises:
            Refused: the kind is unknown, or a field of that name exists.
        """
        return self._add_column(entity_id, label, kind, choices, target)[0]

    def _add_column(
        self, entity_id: str, label: str, kind: str, choices: str, target: str
    ) -> tuple[Field, int]:
        entity = self._book.schema.entity(entity_id)
        if not label.strip():
            raise Refused("required", N_("{field} must be filled in."), field=tr(N_("Label")))
        if kind not in kinds.KINDS:
            raise schemas.unknown_kind(kind)
        if kind == "link":
            if not target:
                raise Refused(
                    "required", N_("{field} must be filled in."), field=tr(N_("Links to"))
                )
            self._book.schema.entity(target)
        if kind == "choice" and not choices.replace("|", "").strip():
            raise Refused("required", N_("{field} must be filled in."), field=tr(N_("Choices")))
        fresh = schemas.custom_field(label, kind, choices, target)
        if any(one.id.casefold() == fresh.id.casefold() for one in entity.fields):
            raise _exists(entity, label)
        self._assert_unused(entity, "", label)
        self._assert_free(entity, fresh)
        row = self._add(
            self._book.schema.entity(OWN_COLUMN),
            {
                "name": label.strip(),
                "entity": entity_id,
                "kind": kind,
                "choices": choices or None,
                "target": target or None,
            },
        )
        self._book.load_schema()
        self._book.sync_columns(self.db)
        self.new_fields = True
        return fresh, row

    def change_field(self, entity_id: str, name: str, label: str, choices: str = "") -> None:
        """Call a column of the users' own otherwise, or offer other choices; its values and id stay.

        Raises:
            Refused: it is none of their own (``not_own``), something else is called so, or nothing
                would be left to choose.
        """
        entity = self._book.schema.entity(entity_id)
        wanted = {"label": label.strip()}
        if choices:
            wanted["choices"] = choices
        self.set(OWN_COLUMN, self._own_row(entity, name), wanted)
        self._book.load_schema()
        self.new_fields = True

    def remove_field(self, entity_id: str, name: str) -> None:
        """Move a column of the users' own to the recycle bin; its values wait there with it.

        Raises:
            Refused: it is none of their own (``not_own``).
        """
        self.remove(OWN_COLUMN, [self._own_row(self._book.schema.entity(entity_id), name)])
        self._book.load_schema()
        self.new_fields = True

    def _own_row(self, entity: Entity, name: str) -> int:
        field = self._book.schema.field(entity, name)
        if not field.custom:
            raise Refused(
                "not_own",
                N_("{field} is not a column of your own; it can't be renamed or removed."),
                field=field.text(),
            )
        rows = self.db.run(
            f"SELECT id, name FROM {OWN_COLUMN} WHERE alive = 1 AND entity = ?", (entity.id,)
        )
        return next(int(id) for id, said in rows if schemas.custom_column(said) == field.column)

    def _assert_free(self, entity: Entity, fresh: Field) -> None:
        """Values that wait in a column for a redo must stay what they are."""
        every = opening.described(self.db, self._book.currency, gone=True).entity(entity.id)
        for one in every.fields:
            if one.id == fresh.id and (one.kind, one.target) != (fresh.kind, fresh.target):
                raise Refused(
                    "field_undone",
                    N_(
                        "{entity} had a column {name} of another kind, which was taken back. Bring it back, or choose another name."
                    ),
                    entity=entity.text(),
                    name=one.label,
                )

    def _assert_unused(self, entity: Entity, own: str, label: str) -> None:
        """No two columns of one list are called alike; ``own`` is the column that is to be called so."""
        wanted = label.strip().casefold()
        for one in entity.fields:
            if one.id != own and wanted in {name.casefold() for name in one.called()}:
                raise _exists(entity, label)

    def _assert_same_column(self, entity: Entity, row: int, clean: dict[str, Any]) -> None:
        """What an own column is called in the file, and how its values are kept, stands for good."""
        before = self._look(entity.id, row)
        entity_of = self._book.schema.entity(str(before["entity"]))
        own = schemas.custom_column(str(before["name"]))
        for name, value in clean.items():
            same = value == before[name]
            if name == "name":
                same = schemas.custom_column(str(value or "")) == schemas.custom_column(
                    str(before[name])
                )
            if name == "label":
                self._assert_unused(entity_of, own, str(value or ""))
            elif not same and name != "choices":
                raise Refused(
                    "fixed_column",
                    N_(
                        "{field} of an own column can't be changed, because values stand in it. Add another column instead."
                    ),
                    field=entity.field(name).text(),
                )

    def clean(self, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
        """Values by field id, texts parsed by their kinds, links resolved.

        Raises:
            Refused: an unknown field or a value that is not acceptable.
        """
        made: dict[str, Any] = {}
        for name, raw in values.items():
            one = self._book.schema.field(entity, name)
            kind = kinds.KINDS[one.kind]
            value = kind.parse(one, raw)
            if one.kind == "link" and isinstance(value, str):
                value = links.resolve(
                    self.db, self._book.schema, self._book.public, one.target, value
                )
            elif isinstance(value, kinds.Link):
                value = value.id
            made[one.id] = value
        return made

    def _follow(
        self, entity: Entity, written: dict[str, Any], typed: dict[str, Any], before: dict[str, Any]
    ) -> dict[str, Any]:
        """What the entity's rule fills in; never what was written itself."""
        rule = RULES.get(entity.id)
        if rule is None:
            return {}
        said = {name: written[name] for name in written if name in typed}
        more = rule(said, before, self._look)
        return {name: value for name, value in more.items() if name not in typed}

    def _look(self, entity_id: str, row: int) -> dict[str, Any]:
        from models.reads import Reader

        names = [one.id for one in self._book.schema.entity(entity_id).fields]
        values = Reader(self.db, self._book.schema).rows(entity_id, [row], names)[0]
        return dict(zip(names, values, strict=True))

    def _stored(self, entity: Entity, values: dict[str, Any]) -> dict[str, Any]:
        return {
            entity.field(name).column: kinds.KINDS[entity.field(name).kind].store(value)
            for name, value in values.items()
        }


@dataclass(frozen=True)
class _Step:
    """A change under way: its number, its first edit, and the rest that its row will say."""

    no: int
    first: int
    told: tuple[object, ...]


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
        try:
            db = self._book.connection()
            self._book.assert_in_place()
            with dialects.writing(db, _OTHERS if self._book.hurried else None):
                yield db
        finally:
            self.inside = ""
            self._turn.release()

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
                touched = self._finish(db, step)
        except BaseException:
            if change is not None and change.new_fields:
                self._book.schema = schema
            raise
        self._tell(step.no, reason, touched)

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
        reason = str(db.one("SELECT reason FROM change WHERE id = ?", (target,)))
        kind = "undo" if dead else "redo"
        step = self._begin(db, reason, origin, kind, target, kind)
        fold = Fold(db, schema)
        fold.turn(target, dead=dead)
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
        return _Step(no, first, (at, self._book.author, reason, origin, kind, target))

    def _finish(self, db: Connection, step: _Step) -> dict[str, frozenset[int] | None]:
        """Close the change: its row with its range of edits, the search index, the shut door."""
        touched, counts, last = self._touched(db, step.first)
        search.refresh(db, self._book.schema, search.WAITING)
        db.run(
            "INSERT INTO change (id, at, author, reason, origin, kind, target, first_edit, last_edit, counts) "
            "VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                step.no,
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

        if OWN_COLUMN in touched:
            self._book.load_schema()
        self._book.ring(Notice(no, reason, touched))

    def _named(self, db: Connection, cell: KeptCell) -> Kept:
        schema = self._book.schema
        value = None
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
