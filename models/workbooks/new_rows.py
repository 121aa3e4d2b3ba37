"""Rows of a workbook that are no records yet: those that came before, those in the book, new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.describe.field import Entity, Field
from models.journal import entries
from models.workbooks import texts_of
from models.workbooks.items import ADD, ASK, CELL, MINE, SAFE, Item, ReturnedCell, ReturnedRow
from models.workbooks.manifest import IssuedSheet, Stored
from models.workbooks.matching import ADDED, NEW, OWN, UNREAD, Earlier, InBook, Match

if TYPE_CHECKING:
    from models.workbooks.merging import Merging


class NewRows:
    """The new rows of one merge.

    A link to a row that is new itself is the id of the item that adds it, as text. ``came`` is what
    the rows held, for the next time: (entity, record or id of the item, values).
    """

    def __init__(self, merging: Merging) -> None:
        self._in = merging
        self.came: list[tuple[str, int | str, dict[str, Stored]]] = []
        self._earlier: dict[str, Earlier] = {}
        self._names: dict[str, dict[str, list[str]]] = {}
        self._became: dict[str, int | str | None] = {}  # None: asked or declined before
        self._all: Sequence[ReturnedRow] = ()
        self._waiting: list[tuple[ReturnedRow, IssuedSheet]] = []
        self._added: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        for row in merging.file.rows:
            if row.row is None:
                self._name(row)

    # -- links among new rows ----------------------------------------------------------------------

    def _name(self, row: ReturnedRow) -> None:
        """Let links of other rows find a new one by what it is called."""
        title = self._in.book.schema.entity(row.entity).title[0]
        cell = row.cells.get(title)
        said = (cell.text or str(cell.value or "")).strip() if cell else ""
        if said:
            self._names.setdefault(row.entity, {}).setdefault(said, []).append(key_of(row))

    def meant(self, row: ReturnedRow, field: Field, cell: ReturnedCell) -> Stored:
        """The new row that a link which nobody has is called by: a record by now, or the item's id."""
        if field.kind != "link":
            return None
        keys = self._names.get(field.target, {}).get(cell.text.strip(), [])
        meant = self._became.get(keys[0], keys[0]) if len(keys) == 1 else None
        if meant is not None:
            self._in.links.add((row.sheet, row.line, cell.text))
        return meant

    # -- rows --------------------------------------------------------------------------------------

    def begin(self, rows: Sequence[ReturnedRow]) -> None:
        """Merge those that came before; the others wait until it is known which records are in the file.

        Unchanged ones come before edited ones, and those that others link to before these.
        """
        into = self._in
        order = {one.entity: at for at, one in enumerate(into.manifest.sheets)}
        waiting: list[tuple[ReturnedRow, IssuedSheet, dict[str, Stored]]] = []
        for row in sorted(rows, key=lambda one: order[one.entity]):
            sheet = into.known.sheet(row)
            assert sheet is not None
            values = self._values(row, sheet)
            if all(one in (None, "") for one in values.values()):
                continue
            waiting.append((row, sheet, values))
        self._all = rows
        for look in (self._exact, self._nearest):
            waiting = [one for one in waiting if not look(*one)]
        self._waiting = [(row, sheet) for row, sheet, _ in waiting]

    def finish(self) -> None:
        """Merge those that never came before."""
        into = self._in
        book = InBook(into.book, into.db, into.known, into.seen)
        for row, sheet in self._waiting:
            self._merge(book, row, sheet, self._values(row, sheet))
        self._withdrawn(self._all)

    def _values(self, row: ReturnedRow, sheet: IssuedSheet) -> dict[str, Stored]:
        """What was typed in a row, by field; only shown ones are not part of it."""
        made: dict[str, Stored] = {}
        for field, cell in self._in.editable(row, sheet):
            value = self._in.theirs(row, field.id, cell)
            if cell.unread:
                value = self.meant(row, field, cell)
                value = value if value is not None else UNREAD + cell.text.strip()
            made[field.id] = value
        return made

    def _full(self, sheet: IssuedSheet, values: dict[str, Stored]) -> dict[str, Stored]:
        """What a new record consists of: what is implied, and what was typed and could be read."""
        return dict(sheet.implied) | {
            name: value
            for name, value in values.items()
            if value not in (None, "") and not _unread(value)
        }

    def _lines(self, entity: Entity, values: dict[str, Stored], full: dict[str, Stored]) -> str:
        """All that a row says, as it is kept where it is asked; also what could not be read."""
        unread = {name: str(value)[1:] for name, value in values.items() if _unread(value)}
        said = {name: self._said(value) for name, value in full.items()}
        return texts_of.lines(self._in.book, entity, said, unread)

    def _of(self, entity: Entity) -> Earlier:
        if entity.id not in self._earlier:
            into = self._in
            added = [
                (row, values)
                for kind, row, values in into.known.returned.added
                if kind == entity.id and not (row and self._left(kind, row))
            ]

            def label(name: str, stored: Stored) -> str:
                return self._named(entity.field(name), stored)

            self._earlier[entity.id] = Earlier(added, entity.keys, label)
        return self._earlier[entity.id]

    def _left(self, entity: str, row: int) -> bool:
        """Whether a record is none of the file's any more: its row went, or its addition was undone."""
        return self._in.known.went(entity, row) or self._in.rows.alive(entity, row) is None

    def _named(self, field: Field, stored: Stored) -> str:
        """What a cell says of a link's record."""
        if field.kind != "link" or not isinstance(stored, int):
            return str(stored)
        return entries.label(self._in.db, self._in.book.schema, field.target, stored)

    def unheard(self, entity: str, values: dict[str, Stored]) -> bool:
        """Whether a further row of a record says this for the first time; it is remembered."""
        if self._of(self._in.book.schema.entity(entity)).exact(values) is not None:
            return False
        self.came.append((entity, 0, values))
        return True

    def unmet(self, entity: str) -> list[int]:
        """Records that came as new rows of this workbook before and are not in it any more."""
        return self._of(self._in.book.schema.entity(entity)).rest

    def _told(self, values: dict[str, Stored]) -> dict[str, Stored]:
        """Values as they are remembered: links to new rows by their names."""
        return {name: self._plain(value) for name, value in values.items()}

    def _plain(self, value: Stored) -> Stored:
        for named in self._names.values():
            for said, keys in named.items():
                if value in keys:
                    return UNREAD + said
        return value

    def _exact(self, row: ReturnedRow, sheet: IssuedSheet, values: dict[str, Stored]) -> bool:
        del sheet  # as it came before, whatever its table is
        entity = self._in.book.schema.entity(row.entity)
        match = self._of(entity).exact(self._told(values))
        if match is None:
            return False
        self._became[key_of(row)] = match.row or None
        if match.row:
            self._in.saw(entity.id, match.row)
        self._in.unchanged += 1
        return True

    def _nearest(self, row: ReturnedRow, sheet: IssuedSheet, values: dict[str, Stored]) -> bool:
        match = self._of(self._in.book.schema.entity(row.entity)).nearest(self._told(values))
        if match is None or match.row is None:
            return False
        self._as_record(row, sheet, match)
        return True

    def _merge(
        self, book: InBook, row: ReturnedRow, sheet: IssuedSheet, values: dict[str, Stored]
    ) -> None:
        entity = self._in.book.schema.entity(row.entity)
        if not sheet.can_add:
            return  # told by whoever read the file
        full = self._full(sheet, values)
        match = book.find(entity, full)
        if match.how == OWN and not row.foreign:
            self._as_record(row, sheet, match)
        else:
            self._add(row, entity, values, full, match)

    def _as_record(self, row: ReturnedRow, sheet: IssuedSheet, match: Match) -> None:
        """Merge the cells of a row that is a record by now."""
        assert match.row is not None
        into = self._in
        entity = into.book.schema.entity(row.entity)
        self._became[key_of(row)] = match.row
        into.saw(entity.id, match.row)
        if match.how != ADDED:
            into.rows.need(entity.id, match.row)
        before, count = match.before or {}, len(into.items)
        asked = into.known.returned.asked.get(entity.id, {}).get(match.row, {})
        keep: dict[str, Stored] = {}
        for field, cell in into.editable(row, sheet):
            name = field.id
            last = self._last(entity.id, match.row, field, cell, before.get(name))
            open_ = (entity.id, match.row, name) in into.known.questions
            base = asked[name] if open_ and name in asked else last
            into.cell(row, match.row, field, cell, last, base)
            keep[name] = into.theirs(row, name, cell)
            if cell.unread and self.meant(row, field, cell) is not None:
                keep[name] = UNREAD + cell.text.strip()
            elif cell.unread:
                keep[name] = UNREAD + cell.text.strip() if last is None else last
        self.came.append((entity.id, match.row, keep))
        into.unchanged += len(into.items) == count

    def _last(
        self, entity: str, record: int, field: Field, cell: ReturnedCell, before: Stored
    ) -> Stored:
        """What a cell of a row that came before said then; a link that was none yet by its name."""
        if not _unread(before):
            return before
        question = self._in.known.questions.get((entity, record, field.id))
        if field.kind != "link" or (question is not None and question.kind == "unreadable"):
            return None
        value = cell.value
        if cell.unread:
            keys = self._names.get(field.target, {}).get(cell.text.strip(), [])
            value = self._became.get(keys[0], keys[0]) if len(keys) == 1 else None
        said = self._named(field, value) if isinstance(value, int) else cell.text.strip()
        return value if said == str(before)[1:] else None

    def _add(
        self,
        row: ReturnedRow,
        entity: Entity,
        values: dict[str, Stored],
        full: dict[str, Stored],
        match: Match,
    ) -> None:
        """A row that becomes a record, or that is asked."""
        into, key = self._in, key_of(row)
        lacking = [
            one
            for one in entity.fields
            if one.required and one.usual is None and one.id not in full
        ]
        identity = (entity.id, tuple(sorted((n, str(v)) for n, v in full.items())))
        twice = identity in self._added
        self._added[identity] = key
        kind = "added" if match.how == NEW and not twice else "match"
        kind = "nameless" if kind == "added" and not _names_it(entity, values) else kind
        kind = "unreadable" if lacking else "foreign" if row.foreign else kind
        self._became[key] = key
        label = self._label(entity, full)
        group = self._group(entity, key, label, full)
        into.items.append(
            Item(
                key, ADD, SAFE if kind == "added" else ASK, kind, entity.id, None, label, group,
                values=full, at=f"{row.sheet}!A{row.line}", match=match.row,
                text=self._lines(entity, values, full),
            )
        )  # fmt: skip
        for one in lacking:
            if one.id not in row.cells or not row.cells[one.id].unread:
                into.lacks(row, one)
        for name, cell in row.cells.items():
            if _unread(values.get(name)) and entity.field(name) not in lacking:
                self._ask_cell(row, entity, name, cell, label, group)
        self.came.append((entity.id, key, self._told(values)))

    def _ask_cell(
        self,
        row: ReturnedRow,
        entity: Entity,
        name: str,
        cell: ReturnedCell,
        label: str,
        group: tuple[str, int | None, str],
    ) -> None:
        """A cell of a new row that can't be read: the row is added without it."""
        self._in.items.append(
            Item(
                f"{key_of(row)}:{name}", CELL, ASK, "unreadable", entity.id, None, label, group,
                name, at=f"{row.sheet}!{cell.at}", text=cell.text,
            )
        )  # fmt: skip

    def _label(self, entity: Entity, values: dict[str, Stored]) -> str:
        for name in entity.title:
            value, field = values.get(name), entity.field(name)
            if value not in (None, ""):
                return texts_of.shown(self._in.book, field, self._said(value))
        return ""

    def _said(self, value: Stored) -> Stored:
        plain = self._plain(value)
        return plain[1:] if _unread(plain) and isinstance(plain, str) else plain

    def _group(
        self, entity: Entity, key: str, label: str, values: dict[str, Stored]
    ) -> tuple[str, int | None, str]:
        if entity.id == "customer":
            return ("customer", None, label)
        of = values.get("customer")
        if isinstance(of, int):
            return ("customer", of, self._in.label("customer", of))
        if isinstance(of, str):
            return ("customer", None, str(self._said(of)))
        return ("", None, "")

    def _withdrawn(self, rows: Sequence[ReturnedRow]) -> None:
        """Questions about rows that are not in the file any more are answered by that."""
        into, schema = self._in, self._in.book.schema
        there: dict[str, list[dict[str, object]]] = {}
        for row in rows:
            sheet = into.known.sheet(row)
            assert sheet is not None
            entity, values = schema.entity(row.entity), self._values(row, sheet)
            said = self._lines(entity, values, self._full(sheet, values))
            there.setdefault(entity.id, []).append(texts_of.read(into.book, entity, said))
        for entity_id, question in into.known.new_rows:
            if entity_id in into.file.tables:
                said_then = texts_of.read(into.book, schema.entity(entity_id), question.theirs)
                if said_then not in there.get(entity_id, []):
                    into.settled[question.no] = MINE


def key_of(row: ReturnedRow) -> str:
    """The id of the item that a new row becomes."""
    return f"{row.entity}+{row.sheet}!{row.line}"


def _unread(value: Stored) -> bool:
    return isinstance(value, str) and value.startswith(UNREAD)


def _names_it(entity: Entity, values: dict[str, Stored]) -> bool:
    """Whether a row says of which record it is; one that doesn't was perhaps meant for another row."""
    naming = {*entity.title, *(name for key in entity.keys for name in key)}
    return any(values.get(name) not in (None, "") for name in naming)
