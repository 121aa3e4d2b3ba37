"""A workbook that came back against what it left with and what the book holds: plain data, nothing written.

Cell by cell: what only one side changed is taken, what both changed differently is asked. Rows that
are new are looked for in the book first; rows that are gone are proposals. What was handled before
is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.book import Book
from models.describe.field import Field
from models.dialects import Connection
from models.refusals import Place
from models.texts import N_, tr
from models.workbooks import memory, new_rows, standing_items, threeway
from models.workbooks.book_rows import BookRows, edited_since
from models.workbooks.items import (
    ASK,
    CELL,
    MINE,
    REMOVE,
    SAFE,
    THEIRS,
    Item,
    Merged,
    Problem,
    ReturnedCell,
    ReturnedFile,
    ReturnedRow,
)
from models.workbooks.known import Cell, Known
from models.workbooks.manifest import IssuedSheet, Stored
from models.workbooks.memory import Returned
from models.workbooks.wholes import whole_of

_SURE = 2  # cells that all say again what they left with: another copy of the file


def merge(book: Book, file: ReturnedFile) -> Merged:
    """What a returned file comes to against the book as it is; also inside a change under way."""
    with book.reading() as db:
        return Merging(book, db, file).made()


@dataclass(frozen=True)
class Spot:
    """A cell that is merged: where it stands, what it says, and by what it is measured."""

    row: ReturnedRow
    record: int
    field: Field
    cell: ReturnedCell
    theirs: Stored
    last: Stored  # what it said when it was handled last
    base: Stored


class Merging:
    """One merge; ``made`` does it."""

    def __init__(self, book: Book, db: Connection, file: ReturnedFile) -> None:
        self.book, self.db, self.file = book, db, file
        self.manifest = file.manifest
        self.known = Known(book, db, file.manifest)
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.unchanged = 0
        self.settled: dict[int, str] = {}
        self.handled: dict[str, dict[int, dict[str, Stored]]] = {}
        self.asked: dict[str, dict[int, dict[str, Stored]]] = {}
        self.unread: dict[str, dict[int, dict[str, Stored]]] = {}
        self.gone: dict[str, frozenset[int]] = {}
        self.seen: dict[str, set[int]] = {}
        self._copy = False
        self._back: set[Cell] = set()
        self._told = {(one.code, one.place) for one in file.problems}
        self.links: set[tuple[str, int | None, str]] = set()
        self.rows = self._read()
        self.new = new_rows.NewRows(self)

    def _read(self) -> BookRows:
        wanted: dict[str, set[int]] = {}
        named: dict[str, dict[str, None]] = {}  # several sheets may be of one entity
        for sheet in self.manifest.sheets:
            wanted.setdefault(sheet.entity, set()).update(sheet.rows)
            fields = named.setdefault(sheet.entity, {})
            fields.update((name, None) for name in sheet.fields if "." not in name)
        for one in self.file.rows:
            if one.row is not None:
                wanted.setdefault(one.entity, set()).add(one.row)
        for entity, row, _ in self.known.returned.added:
            wanted.setdefault(entity, set()).add(row)
        return BookRows(
            self.db,
            self.book.schema,
            {name: rows for name, rows in wanted.items() if rows},
            {entity: list(fields) for entity, fields in named.items()},
        )

    def made(self) -> Merged:
        """The whole of it."""
        matched_at = int(self.db.one("SELECT coalesce(max(id), 0) FROM change"))
        again = self.file.digest in self.known.digests
        if again and self.file.digest != self.known.digests[-1]:
            return self._older(matched_at)
        self._copies()
        tables = {one.entity for one in self.manifest.sheets}
        rows = [one for one in self.file.rows if one.entity in tables]
        self.new.begin([one for one in rows if one.row is None])
        for one in rows:
            if one.row is not None:
                self._existing(one, one.row)
        self.new.finish()
        self._missing()
        standing_items.sort_out(self)
        told = [one for one in self.file.problems if not self._met(one)]
        file = replace(self.file, problems=(*told, *self.problems))
        return Merged(
            file, tuple(self.items), self.unchanged, matched_at, again,
            Returned(self.handled, self.gone, (), self.asked, self.unread),
            tuple(self.new.came), tuple(self.settled.items()),
        )  # fmt: skip

    def _met(self, problem: Problem) -> bool:
        """Whether a link was said to be unreadable that means a new row of the same file."""
        place = problem.place
        return problem.code == "unreadable" and (place.sheet, place.row, place.value) in self.links

    def _older(self, matched_at: int) -> Merged:
        told = Problem(
            "older_return",
            tr(
                N_(
                    "This state of the workbook came back before, and a newer one since. Nothing was taken from it. If it is what counts, change something in it and send it again."
                )
            ),
            self.place(),
        )
        file = replace(self.file, problems=(*self.file.problems, told))
        return Merged(file, (), len(self.file.rows), matched_at, True, older=True)

    # -- another copy ------------------------------------------------------------------------------

    def _copies(self) -> None:
        """Tell a later state of the file that came back from another copy, edited elsewhere."""
        if not self.known.returned.rows:
            return
        cells: dict[Cell, Stored] = {}
        for row in self.file.rows:
            if row.row is not None and row.entity in self.known.returned.rows:
                for name, cell in row.cells.items():
                    if not cell.unread:
                        cells[row.entity, row.row, name] = self.theirs(row, name, cell)
        self._back, every = self.known.reverted(cells)
        self._copy = len(self._back) == every >= _SURE
        if self._copy:
            self.tell(
                "other_copy",
                tr(
                    N_(
                        "This is another copy of a workbook that came back before: {n} values that came then are not in it. They are kept; what is new in it is merged against what the workbook left with."
                    ),
                    n=every,
                ),
                self.place(),
            )

    # -- rows of records ---------------------------------------------------------------------------

    def theirs(self, row: ReturnedRow, name: str, cell: ReturnedCell) -> Stored:
        """What a cell says, by the value that it left with where it says the same."""
        if cell.same and row.row is not None and self.known.issued(row.entity, row.row):
            return self.known.left(row.entity, row.row, name)
        return None if cell.value == "" else cell.value

    def _existing(self, row: ReturnedRow, record: int) -> None:
        """Merge a row of a record."""
        sheet = self.known.sheet(row)
        assert sheet is not None
        before, seen = len(self.items), self.seen.setdefault(row.entity, set())
        if record in seen:
            self._second(row, record, sheet)
        else:
            self.saw(row.entity, record)
            if not self._quiet(row, record):
                self._cells(row, record, sheet)
        self.unchanged += len(self.items) == before

    def _quiet(self, row: ReturnedRow, record: int) -> bool:
        """Whether a row says what it left with, and nothing of it ever came back: most do."""
        came = self.known.returned
        back = any(one.get(row.entity, {}).get(record) for one in (came.rows, came.unread))
        return not back and self.known.as_it_left(row)

    def saw(self, entity: str, row: int) -> None:
        """A record is in the file, by its id or typed again."""
        self.seen.setdefault(entity, set()).add(row)
        if self.known.went(entity, row):
            self.handled.setdefault(entity, {}).setdefault(row, {})
            question = self.known.questions.get((entity, row, ""))
            if question is not None:
                self.settled[question.no] = MINE

    def _cells(self, row: ReturnedRow, record: int, sheet: IssuedSheet) -> None:
        for field, cell in self.editable(row, sheet):
            last = self.known.last(row.entity, record, field.id)
            base = self.known.base(row.entity, record, field.id)
            self.cell(row, record, field, cell, last, base)

    def editable(
        self, row: ReturnedRow, sheet: IssuedSheet
    ) -> Iterator[tuple[Field, ReturnedCell]]:
        """The cells that may be taken, with their fields."""
        entity = self.book.schema.entity(row.entity)
        for name, cell in row.cells.items():
            if name in sheet.editable and entity.has(name):  # own columns may have gone since
                yield entity.field(name), cell

    def _second(self, row: ReturnedRow, record: int, sheet: IssuedSheet) -> None:
        """Another row of the same record that says something else: all that it says is asked, once."""
        values: dict[str, Stored] = {"@": record}
        for field, cell in self.editable(row, sheet):
            values[field.id] = cell.text if cell.unread else self.theirs(row, field.id, cell)
        if not self.new.unheard(row.entity, values):
            return
        for field, cell in self.editable(row, sheet):
            last, theirs = self.known.last(row.entity, record, field.id), values[field.id]
            mine = self.rows.value(row.entity, record, field.id)
            if not cell.unread and theirs not in (last, mine):
                spot = Spot(row, record, field, cell, theirs, last, last)
                self._add(spot, ASK, threeway.EDITED, mine, theirs, f"@{row.line}")

    def cell(
        self,
        row: ReturnedRow,
        record: int,
        field: Field,
        cell: ReturnedCell,
        last: Stored,
        base: Stored,
    ) -> None:
        """Merge one cell of a record."""
        theirs = self.theirs(row, field.id, cell)
        if cell.unread:
            theirs = self.new.meant(row, field, cell)
        spot = Spot(row, record, field, cell, theirs, last, base)
        if (cell.unread and theirs is None) or (theirs is None and field.required):
            self._unreadable(spot)
        elif self._went_back(row.entity, record, field.id):
            self._reverted(spot)
        else:
            self._decide(spot)

    def _went_back(self, *cell: str | int) -> bool:
        """Whether a cell says again what it left with, though another value came since and was taken."""
        return cell in self._back and (self._copy or cell not in self.known.questions)

    def _decide(self, spot: Spot) -> None:
        row, field, theirs = spot.row, spot.field, spot.theirs
        question = self.known.questions.get((row.entity, spot.record, field.id))
        if theirs == spot.last and (question is None or question.kind != "unreadable"):
            return  # handled before; what is open stays so
        self._handle(spot)
        lives = self.rows.lives(row.entity, spot.record)
        mine = self.rows.value(row.entity, spot.record, field.id) if lives else None
        if not lives:
            kind, result = "removed_edited" if theirs != spot.base else threeway.SAME, theirs
        elif row.foreign and spot.last is None:
            known = theirs is None or theirs == mine
            kind, result = threeway.SAME if known else "foreign", theirs
        else:
            kind, result = threeway.decide(field.kind, spot.base, mine, theirs)
            if kind == threeway.EDITED and self.rows.closed(row.entity, spot.record, field.id):
                kind = threeway.CHANGED  # nobody but the author could decide: the last word counts
        if kind in (threeway.CHANGED, threeway.JOINED):
            self._add(spot, SAFE, kind, mine, result)
        elif kind != threeway.SAME:
            self._ask(spot, kind, mine, result)
        if question is not None and kind in (threeway.SAME, threeway.CHANGED, threeway.JOINED):
            self.settled[question.no] = MINE if kind == threeway.SAME else THEIRS

    def _reverted(self, spot: Spot) -> None:
        """A value that came back before is not in the file any more."""
        mine = self.rows.value(spot.row.entity, spot.record, spot.field.id)
        if self._copy:
            return  # kept, and told once for all
        self._handle(spot)
        if mine != spot.theirs and self.rows.lives(spot.row.entity, spot.record):
            self._ask(replace(spot, base=spot.last), threeway.EDITED, mine, spot.theirs)

    def _handle(self, spot: Spot) -> None:
        cells = self.handled.setdefault(spot.row.entity, {}).setdefault(spot.record, {})
        cells[spot.field.id] = spot.theirs

    def _ask(self, spot: Spot, kind: str, mine: Stored, result: Stored) -> None:
        cells = self.asked.setdefault(spot.row.entity, {}).setdefault(spot.record, {})
        cells[spot.field.id] = spot.base
        self._add(spot, ASK, kind, mine, result)

    def _add(
        self, spot: Spot, state: str, kind: str, mine: Stored, result: Stored, more: str = ""
    ) -> None:
        entity, record = spot.row.entity, spot.record
        self.items.append(
            Item(
                f"{entity}:{record}:{spot.field.id}{more}", CELL, state, kind, entity, record,
                self.label(entity, record), self.group(entity, record), spot.field.id,
                spot.base, mine, spot.theirs, result,
                at=f"{spot.row.sheet}!{spot.cell.at}", text=spot.cell.text,
                closed=self.rows.closed(entity, record, spot.field.id),
            )
        )  # fmt: skip

    def _unreadable(self, spot: Spot) -> None:
        """A cell that says nothing that the field can hold; asked once for what stands there."""
        row, field, cell = spot.row, spot.field, spot.cell
        if not cell.unread and spot.last is None:
            return  # empty before, empty now
        if not cell.unread:
            self.lacks(row, field)
        if self.known.unread(row.entity, spot.record, field.id) == cell.text:
            return
        marks = self.unread.setdefault(row.entity, {}).setdefault(spot.record, {})
        marks[field.id] = cell.text
        lives = self.rows.lives(row.entity, spot.record)
        mine = self.rows.value(row.entity, spot.record, field.id) if lives else None
        self._add(spot, ASK, "unreadable", mine, None)

    # -- rows that are gone ------------------------------------------------------------------------

    def _missing(self) -> None:
        """Rows that are not in the file any more: proposals, of tables that were found."""
        for sheet in self.manifest.sheets:
            if sheet.entity not in self.file.tables:
                continue
            rows = set(sheet.rows) - self.seen.get(sheet.entity, set())
            if not self._copy:
                rows |= set(self.new.unmet(sheet.entity))
            rows = {
                one
                for one in rows
                if not self.known.went(sheet.entity, one) and self.rows.lives(sheet.entity, one)
            }
            if rows:
                self._propose(sheet, rows)

    def _propose(self, sheet: IssuedSheet, rows: set[int]) -> None:
        entity = self.book.schema.entity(sheet.entity)
        own = memory.changes(self.db, self.manifest.workbook)
        since = self.manifest.base_change
        edited = edited_since(self.db, entity.no, rows, since, own)
        for row in sorted(rows):
            self.items.append(
                Item(
                    f"{entity.id}-{row}", REMOVE, ASK,
                    "removed_edited" if row in edited else "removed", entity.id, row,
                    self.label(entity.id, row), self.group(entity.id, row), at=sheet.name,
                )
            )  # fmt: skip
        self.gone[entity.id] = self.gone.get(entity.id, frozenset()) | rows

    # -- words -------------------------------------------------------------------------------------

    def label(self, entity: str, row: int) -> str:
        """What a record is called."""
        return self.book.label(entity, row)

    def group(self, entity: str, row: int) -> tuple[str, int | None, str]:
        """The customer that a record belongs to, or what it is part of."""
        if entity == "customer":
            return ("customer", row, self.label(entity, row))
        kind = self.book.schema.entity(entity)
        if not kind.has("customer"):
            return whole_of(self.book, self.db, entity, row) or ("", None, "")
        of = self.db.one(f'SELECT customer FROM "{entity}" WHERE id = ?', (row,))
        return ("", None, "") if of is None else ("customer", of, self.label("customer", of))

    def place(self, row: ReturnedRow | None = None, column: str = "", value: str = "") -> Place:
        """Where something stands in the file."""
        name = self.file.path.replace("\\", "/").rpartition("/")[2]
        if row is None:
            return Place(file=name)
        return Place(name, row.sheet, row.line, column, value)

    def tell(self, code: str, message: str, place: Place) -> None:
        """A problem, once."""
        if (code, place) not in self._told:
            self._told.add((code, place))
            self.problems.append(Problem(code, message, place))

    def lacks(self, row: ReturnedRow, field: Field) -> None:
        """A cell is empty that must not be."""
        said = tr(N_("{field} must be filled in."), field=field.text())
        self.tell("required", said, self.place(row, field.text()))
