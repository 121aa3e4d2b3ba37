"""What the selected cells come to: how many they are, the sum and the mean of their numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QItemSelectionRange, QObject, Signal

from models.describe.kinds import KINDS
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui.jobs import Latest
from ui.records.table_model import RecordTableModel
from ui.session import Session

_AT_ONCE = 20_000  # cells up to which they are added up in the window's own thread


class SelectionSums(QObject):
    """Adds up a selection as exactly as the book holds it; of a large one the numbers follow."""

    said = Signal(str)

    def __init__(self, session: Session, records: RecordTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._records = session.book, records
        self._latest = Latest(session.jobs, self)

    def look(self, blocks: Sequence[QItemSelectionRange], columns: Sequence[int]) -> None:
        """Say what these blocks come to, of the columns that are seen."""
        self._latest.forget()
        parts = [
            (one, [column for column in columns if one.left() <= column <= one.right()])
            for one in blocks
        ]
        cells = sum(block.height() * len(inside) for block, inside in parts)
        if cells < 2:
            self.said.emit("")
            return
        numbers = [(block, [one for one in inside if self._adds(one)]) for block, inside in parts]
        if cells <= _AT_ONCE:
            self._say(cells, *self._added(numbers))
            return
        self._say(cells, 0, Decimal(0))
        self._ask(cells, numbers)

    def _adds(self, column: int) -> bool:
        return KINDS[self._records.field_at(column).kind].sums

    def _added(self, parts: Sequence[tuple[QItemSelectionRange, list[int]]]) -> tuple[int, Any]:
        found = [
            value
            for block, columns in parts
            for row in range(block.top(), block.bottom() + 1)
            if self._records.id_at(row)  # else the row of a group
            for column in columns
            if (value := self._records.value(row, column)) is not None
        ]
        return len(found), sum(found)

    def _ask(self, cells: int, parts: Sequence[tuple[QItemSelectionRange, list[int]]]) -> None:
        book, entity, fields = self._book, self._records.entity, self._records.fields
        asked: list[tuple[array[int], list[str]]] = [
            (
                self._records.ids_between(block.top(), block.bottom()),
                [fields[one] for one in columns],
            )
            for block, columns in parts
            if columns
        ]

        def work(progress: Progress) -> tuple[int, Decimal]:
            count, total = 0, Decimal(0)
            for ids, names in asked:
                more, value = book.added_up(entity, ids, names, progress)
                count, total = count + more, total + value
            return count, total

        def done(found: tuple[int, Decimal]) -> None:
            self._say(cells, *found)

        self._latest.ask(work, done, self._unknown)

    def _unknown(self, error: Exception) -> None:
        """What can't be added up isn't said."""

    def _say(self, cells: int, count: int, total: Any) -> None:
        text = ntr("{n} cell", "{n} cells", cells)
        if count:
            text = tr(
                N_("{cells}   sum {sum}   mean {mean}"),
                cells=text,
                sum=f"{total:,.2f}",
                mean=f"{total / count:,.2f}",
            )
        self.said.emit(text)
