"""What is known of a workbook when it comes back: what each cell last said, and what is asked already."""

from __future__ import annotations

from dataclasses import dataclass

from models.book import Book
from models.dialects import Connection
from models.workbooks import memory
from models.workbooks.entities import OPEN
from models.workbooks.items import ReturnedRow
from models.workbooks.manifest import IssuedSheet, Manifest, Stored
from models.workbooks.memory import Returned

Cell = tuple[str, int, str]  # entity, row, field; "" for the whole row


@dataclass(frozen=True)
class Question:
    """A decision about this workbook that is open: its own row, its kind, what came back, as text."""

    no: int
    kind: str
    theirs: str
    at: str


class Known:
    """The base of a merge: what left, under what was handled each time that it came back."""

    def __init__(self, book: Book, db: Connection, manifest: Manifest) -> None:
        self.manifest = manifest
        found = memory.returns(db, manifest.workbook)
        self.digests = [digest for digest, _ in found]
        self.returned: Returned = memory.folded(state for _, state in found)
        self._left: dict[str, dict[int, tuple[dict[str, int], IssuedSheet]]] = {}
        for sheet in manifest.sheets:
            places = {name: at for at, name in enumerate(sheet.fields)}
            rows = self._left.setdefault(sheet.entity, {})
            rows.update((row, (places, sheet)) for row in sheet.rows if row not in rows)
        self.questions: dict[Cell, Question] = {}
        self.new_rows: list[tuple[str, Question]] = []  # of rows that are no records yet
        self._ask(book, db)

    def _ask(self, book: Book, db: Connection) -> None:
        """Read what is open."""
        for no, kind, entity, record, field, theirs, at in db.run(
            "SELECT id, kind, entity, record, field, theirs, at FROM cell_conflict "
            "WHERE alive = 1 AND status = ? AND workbook = ? ORDER BY id",
            (OPEN, self.manifest.workbook),
        ):
            question = Question(no, kind, theirs or "", at or "")
            row = book.public.row(book.schema.entity(entity).prefix, record) if record else None
            if row is None:
                self.new_rows.append((entity, question))
            else:
                self.questions.setdefault((entity, row, field or ""), question)

    def left(self, entity: str, row: int, field: str) -> Stored:
        """What a cell said when the workbook left; None too if it was not part of it."""
        found = self._left.get(entity, {}).get(row)
        at = found[0].get(field) if found else None
        return None if found is None or at is None else found[1].rows[row][at]

    def sheet(self, row: ReturnedRow) -> IssuedSheet | None:
        """The table that a row is of: the one that its record left in, else the one where it stands."""
        found = self._left.get(row.entity, {}).get(row.row or 0)
        if found is not None:
            return found[1]
        named = (
            one for one in self.manifest.sheets if (one.entity, one.name) == (row.entity, row.sheet)
        )
        return next(named, self.manifest.sheet_of(row.entity))

    def as_it_left(self, row: ReturnedRow) -> bool:
        """Whether a row of this workbook says in all cells what it left with."""
        found = self._left.get(row.entity, {}).get(row.row or 0)
        if found is None:
            return False
        places, values = found[0], found[1].rows[row.row or 0]
        return all(
            not cell.unread and (cell.same or cell.value == values[places[name]])
            for name, cell in row.cells.items()
            if name in places
        )

    def issued(self, entity: str, row: int) -> bool:
        """Whether a record was part of the workbook."""
        return row in self._left.get(entity, ())

    def last(self, entity: str, row: int, field: str) -> Stored:
        """What a cell said when it was last handled, else when it left."""
        came = self.returned.rows.get(entity, {}).get(row)
        return came[field] if came and field in came else self.left(entity, row, field)

    def base(self, entity: str, row: int, field: str) -> Stored:
        """What a cell is merged against: of one that is asked and open, what it left with."""
        question = self.questions.get((entity, row, field))
        asked = self.returned.asked.get(entity, {}).get(row)
        if question is not None and asked is not None and field in asked:
            return asked[field]
        return self.last(entity, row, field)

    def unread(self, entity: str, row: int, field: str) -> Stored:
        """The text that was no value of the field when it was last asked; None if there is none."""
        return self.returned.unread.get(entity, {}).get(row, {}).get(field)

    def went(self, entity: str, row: int) -> bool:
        """Whether the row was missing already when the workbook last came back."""
        return row in self.returned.gone.get(entity, ())

    def reverted(self, cells: dict[Cell, Stored]) -> tuple[set[Cell], int]:
        """Of the cells that came back other than they had left those that say again what they left with.

        With how many there are in all. A later state of one file seldom takes everything back;
        another copy of it does.
        """
        back, every = set[Cell](), 0
        for entity, rows in self.returned.rows.items():
            for row, came in rows.items():
                for field, value in came.items():
                    cell, left = (entity, row, field), self.left(entity, row, field)
                    if not self.issued(entity, row) or value == left or cell not in cells:
                        continue
                    every += 1
                    if cells[cell] == left:
                        back.add(cell)
        return back, every
