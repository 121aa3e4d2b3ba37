"""What the cells of a column look like, over the whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.describe import parsing
from models.progress import Progress
from models.sheets.day_orders import SLASHED, DayOrder, Evidence
from models.sheets.spooling import Columns
from models.sheets.table_finding import FoundTable, Rows

_DISTINCT = 10_000
_SAMPLE = 200
_DATED = re.compile(
    r"\s*(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(\d{4}|\d{1,2})(?!\d)"
    r"|(\d{1,2}[ -])?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ ,-]+\d)",
    re.IGNORECASE,
)
_MOSTLY = 4


@dataclass(frozen=True)
class ColumnProfile:
    """Counts and evidence of one column; shares are of the distinct filled values."""

    filled: int
    blanks: int
    sample: tuple[Any, ...]
    days: DayOrder
    numeric_share: float
    date_share: float
    distinct: int
    unique: bool
    flag_share: float = 0.0  # of the filled cells
    percents: str = ""  # plain numbers of a column of shares: "fraction", "hundred" or "unclear"
    moments: bool = False  # days with a time


class _Column:
    def __init__(self) -> None:
        self.filled = 0
        self.blanks = 0
        self.seen: Counter[Any] = Counter()
        self.orders = Evidence()
        self.repeats = False

    def take(self, cells: Sequence[Any]) -> None:
        """Count a block of cells, each distinct value once."""
        if len(self.seen) >= _DISTINCT and not self.orders.any:
            self._skim(cells)
            return
        for cell, count in Counter(cells).items():
            if cell in self.seen:
                self.filled += count
                self.repeats = True
                continue
            if parsing.is_blank(cell):
                self.blanks += count
                continue
            self.filled += count
            if count > 1:
                self.repeats = True
            if isinstance(cell, str):
                found = SLASHED.match(cell if cell.isascii() else parsing.fold(cell))
                if found:
                    self.orders.take(cell, found[1], found[2], found[3])
            if len(self.seen) < _DISTINCT:
                self.seen[cell] = count

    def _skim(self, cells: Sequence[Any]) -> None:
        """Count a block of a column whose sample is full and in which no day needs an order."""
        blank = cells.count(None) + cells.count("")
        self.blanks += blank
        self.filled += len(cells) - blank
        if not self.repeats:
            distinct = set(cells)
            self.repeats = len(distinct) < len(cells) - max(blank - 1, 0) or not (
                self.seen.keys().isdisjoint(distinct)
            )

    def done(self) -> ColumnProfile:
        values = list(self.seen)
        step = max(1, len(values) // 400)
        looked = values[::step]
        numbers = [one for one in looked if is_number(one)]
        days = [one for one in looked if is_day(one)]
        flags = sum(self.seen[one] for one in looked if _is_flag(one))
        count = max(len(looked), 1)
        return ColumnProfile(
            self.filled,
            self.blanks,
            tuple(values[:: max(1, len(values) // _SAMPLE)][:_SAMPLE]),
            self.orders.decide(self.seen),
            len(numbers) / count,
            len(days) / count,
            len(values),
            not self.repeats and self.filled > 1,
            flags / max(sum(self.seen[one] for one in looked), 1),
            _percents(
                [one for one in numbers if not (isinstance(one, str) and "%" in parsing.fold(one))]
            ),
            any(_has_time(one) for one in days),
        )


def _percents(numbers: Sequence[Any]) -> str:
    """How plain numbers of a column of shares are meant: 0.35, or 35."""
    plain = [abs(one if isinstance(one, int | float) else float(_plain(one))) for one in numbers]
    over = sum(one > 1 for one in plain)
    fractions = sum(0 < one < 1 for one in plain)
    if not over or fractions >= _MOSTLY * over:
        return "fraction"
    return "unclear" if fractions else "hundred"


def _has_time(value: Any) -> bool:
    if isinstance(value, str):
        return bool(re.search(r"\d{1,2}:\d\d", value)) and not re.search(r"\b0?0:00(:00)?$", value)
    return hasattr(value, "hour")


def is_day(value: Any) -> bool:
    """Whether a cell is a day, or a text that is written like one."""
    if isinstance(value, str):
        return bool(_DATED.match(parsing.fold(value)))
    return isinstance(value, date)


def is_number(value: Any) -> bool:
    """Whether a cell is a number, or a text that is read as one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return True
    return isinstance(value, str) and len(value) < 30 and _plain(value) is not None


def _plain(value: str) -> Any:
    try:
        return parsing.number(value)
    except parsing.Unreadable:
        return None


def _is_flag(value: Any) -> bool:
    try:
        parsing.flag(value)
    except parsing.Unreadable:
        return False
    return True


def profile(source: Rows, table: FoundTable, progress: Progress) -> list[ColumnProfile]:
    """Look at every row of a table once."""
    places = [one.index for one in table.columns]
    columns = [_Column() for _ in places]
    total = source.sheets[table.sheet].rows
    for block in _blocks(source, table, places):
        if block.numbers:
            progress.step(block.numbers[0] / max(total, 1))
        for column, cells in zip(columns, block.cells, strict=True):
            column.take(cells)
    return [one.done() for one in columns]


def _blocks(source: Rows, table: FoundTable, places: Sequence[int]) -> Iterator[Columns]:
    if table.wide is not None:
        from models.sheets import wide

        yield from wide.columns(source, table, places)
        return
    for block in source.columns(table.sheet, table.first_row, table.end_row, places):
        yield block.without(table.skip_rows).without(block.blank)
