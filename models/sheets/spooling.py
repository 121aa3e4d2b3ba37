"""Cells on their way from the process that reads a file: blocks of rows, on disk column by column.

What follows looks at columns: a block of them is read in a fraction of the time of its cells. Rows of
very different lengths are kept as rows, so that a far corner takes no more room than its cells.
"""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import compress, zip_longest
from typing import Any, BinaryIO

BLOCK = 1000  # rows
_WIDEST = 256  # columns that are kept as such
# Values that marshal doesn't know travel as tuples: (tag, …).
DATE, MOMENT, TIME, ERROR = 1, 2, 3, 4
_TEXTS = {str, type(None)}


class CellError(str):
    """The error that a cell shows, such as ``#N/A``; ``#UNCACHED`` is a formula saved without a value."""

    __slots__ = ()


Cell = None | str | int | float | bool | date | datetime | time | CellError
Row = list[Cell]


@dataclass(frozen=True)
class Columns:
    """Columns of a block of rows; ``numbers`` are the rows' own, counted from 0, ``blank`` the empty ones'.

    ``spoken`` is the heading of each cell, for columns that are put together of several of the sheet.
    """

    numbers: Sequence[int]
    cells: list[Sequence[Any]]
    blank: frozenset[int] = frozenset()
    spoken: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def without(self, numbers: Collection[int]) -> Columns:
        """The block without rows of these numbers."""
        gone = set(self.numbers).intersection(numbers) if numbers else ()
        if not gone:
            return self
        kept = [one not in gone for one in self.numbers]
        cells: list[Sequence[Any]] = [list(compress(one, kept)) for one in self.cells]
        return Columns(list(compress(self.numbers, kept)), cells, self.blank - gone)


# -- in the process that reads ---------------------------------------------------------------------


def tagged(cell: Any) -> Any:
    """A cell as marshal can carry it; what is so already stays."""
    kind = type(cell)
    if kind is str or kind is int or kind is bool or kind is tuple or cell is None:
        return None if cell == "" and kind is str else cell
    if kind is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if kind is datetime:
        if not (cell.hour or cell.minute or cell.second or cell.microsecond):
            return (DATE, cell.toordinal())
        return (MOMENT, cell.isoformat())
    if kind is date:
        return (DATE, cell.toordinal())
    if kind is time:
        return (TIME, cell.isoformat())
    if kind is timedelta:
        return cell.total_seconds() / 86400
    return str(cell)


def packed(rows: Sequence[list[Any]]) -> bytes:
    """A block of rows that end with a filled cell, as it lies on the disk."""
    lengths = list(map(len, rows))
    width = max(lengths, default=0)
    if width > _WIDEST or width * len(rows) > 2 * sum(lengths) + BLOCK:
        return marshal.dumps([[tagged(cell) for cell in row] for row in rows])
    blank = [at for at, length in enumerate(lengths) if not length]
    columns = [_tagged_column(one) for one in zip_longest(*rows)]
    mixed = [at for at, one in enumerate(columns) if tuple in set(map(type, one))]
    return marshal.dumps((len(rows), blank, columns, mixed))


def _tagged_column(cells: tuple[Any, ...]) -> Sequence[Any]:
    kinds = set(map(type, cells))
    if kinds <= _TEXTS:
        return [one or None for one in cells] if "" in cells else cells
    return [tagged(one) for one in cells]


# -- in the process that asked ---------------------------------------------------------------------


def rows_of(block: bytes) -> list[Row]:
    """The rows of a block, each up to its last filled cell."""
    found = marshal.loads(block)
    if isinstance(found, list):
        return [_untagged(row) for row in found]
    _, _, columns, mixed = found
    rows = [list(row) for row in zip(*columns, strict=True)] or [[] for _ in range(found[0])]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return [_untagged(row) for row in rows] if mixed else rows


def columns_of(block: bytes, first: int, places: Sequence[int]) -> Columns:
    """Some columns of a block whose first row has the number ``first``."""
    found = marshal.loads(block)
    cells: list[Sequence[Any]]
    if isinstance(found, list):
        count, blank = len(found), [at for at, row in enumerate(found) if not row]
        cells = [
            _untagged([row[one] if one < len(row) else None for row in found]) for one in places
        ]
    else:
        count, blank, columns, mixed = found
        cells = [columns[one] if one < len(columns) else [None] * count for one in places]
        for at, place in enumerate(places):
            if place in mixed:
                cells[at] = _untagged(list(cells[at]))
    return Columns(range(first, first + count), cells, frozenset(first + at for at in blank))


def _untagged(cells: list[Any]) -> list[Any]:
    for at, cell in enumerate(cells):
        if type(cell) is tuple:
            tag, value = cell
            if tag == DATE:
                cells[at] = date.fromordinal(value)
            elif tag == MOMENT:
                cells[at] = datetime.fromisoformat(value)
            elif tag == TIME:
                cells[at] = time.fromisoformat(value)
            elif tag == ERROR:
                cells[at] = CellError(value)
    return cells


def stored(spool: BinaryIO, places: Sequence[int]) -> Iterator[bytes]:
    """The blocks that begin at these places."""
    for place in places:
        spool.seek(place)
        yield spool.read(int.from_bytes(spool.read(8)))
