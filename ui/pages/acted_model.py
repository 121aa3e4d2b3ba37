"""A list of what was worked out, line by line, as Qt reads it: sorted by any column, narrowed by a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.texts import tr
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Line:
    """A line: what stands in its cells, its own thing, and by what columns are sorted.

    ``record`` is the record that it is about, with which it is found again; ``sorts`` are keys of
    columns whose texts don't sort by themselves; ``colour`` paints one column in a colour of the theme.
    """

    record: tuple[str, int]
    cells: tuple[str, ...]
    thing: Any
    sorts: tuple[tuple[int, float], ...] = ()
    colour: tuple[int, str] | None = None

    def key(self, column: int) -> tuple[bool, float, str]:
        """By what the line is sorted in a column; what is empty comes last."""
        number = dict(self.sorts).get(column)
        text = self.cells[column]
        return (number is None and not text, number if number is not None else 0.0, text.casefold())


class ActedModel(QAbstractTableModel):
    """The lines that are shown. ``numbers`` are the columns whose cells end where their heads end."""

    def __init__(self, heads: Sequence[str], numbers: Sequence[int], parent: QObject) -> None:
        super().__init__(parent)
        self._heads, self._numbers = tuple(heads), frozenset(numbers)
        self._every: Sequence[Line] = ()
        self._typed = ""
        self.by: int | None = None  # None: as it was read
        self.down = False
        self.lines: list[Line] = []

    def put(self, lines: Sequence[Line]) -> None:
        """Show other lines, narrowed and sorted as before."""
        self._every = lines
        self._arrange()

    def narrow(self, typed: str) -> None:
        """Show only lines in which all words that are typed stand."""
        self._typed = typed.casefold()
        self._arrange()

    def sort_by(self, column: int) -> None:
        """Sort by a column; the same again turns the order around, and the third time ends it."""
        if column == self.by and self.down:
            self.by = None
        else:
            self.by, self.down = column, column == self.by
        self._arrange()

    @property
    def every(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._every)

    def _arrange(self) -> None:
        words, by = self._typed.split(), self.by
        self.beginResetModel()
        self.lines = [
            one
            for one in self._every
            if all(any(word in cell.casefold() for cell in one.cells) for word in words)
        ]
        if by is not None:
            self.lines.sort(key=lambda one: one.key(by), reverse=self.down)
        self.endResetModel()

    def place_of(self, record: tuple[str, int] | None) -> int:
        """In which row a record stands; -1 if in none."""
        return next((at for at, one in enumerate(self.lines) if one.record == record), -1)

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return tr(self._heads[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self._numbers else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; its whole text as a tooltip."""
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in self._numbers else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and line.colour and line.colour[0] == column:
            return theme.brush(line.colour[1])
        return None
