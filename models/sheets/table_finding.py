"""Where the tables of a sheet are: under titles and instructions, beside blank columns, above totals.

A table begins with its header (``headers``); what inside and below it is no record is left out
(``row_kinds``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from models.describe import parsing
from models.progress import Progress
from models.sheets import headers, own, row_kinds
from models.sheets.headers import known_header
from models.sheets.row_kinds import filled as _filled
from models.sheets.spooling import Columns
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.sheets.wide import Wide

_LOOK = 500  # rows from which the structure is read
_RAGGED = 3  # rows by which parts of one table may end apart: totals, notes
_NAMED = 12  # rows, or runs of rows, that a note names
_UNIT = re.compile(
    r"(?:金额)?单位\s*[:：]?\s*(?:人民币)?\s*([百千]?万元|千元|百万元|亿元)|\(([百千]?万元|千元)\)$"
)


class Rows(Protocol):
    """What a source must offer: its sheets and their rows in blocks."""

    @property
    def sheets(self) -> Sequence[Any]: ...

    @property
    def date_1904(self) -> bool:
        """Whether days are counted from 1904."""

    def blocks(self, sheet: int, start: int = 0) -> Iterator[tuple[int, list[list[Any]]]]:
        """(first row, rows) of a sheet."""

    def columns(
        self, sheet: int, start: int, end: int | None, places: Sequence[int]
    ) -> Iterator[Columns]:
        """Blocks of some columns of a sheet."""


@dataclass(frozen=True)
class FoundColumn:
    """A column of a table: its place, its letter, its header."""

    index: int
    letter: str
    header: str

    @property
    def added(self) -> bool:
        """Whether the sheet itself has no such column: the measure of a table of goals."""
        return self.letter.startswith("#")


@dataclass(frozen=True)
class FoundTable:
    """A table of a sheet; rows are counted from 0, ``end_row`` None reaches to the end."""

    sheet: int
    sheet_name: str
    header_rows: tuple[int, int] | None
    first_row: int
    end_row: int | None
    columns: tuple[FoundColumn, ...]
    skip_rows: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    ours: bool = False  # written by this program: the first row heads it, the rest are records
    title: str = ""  # what stands alone in the rows above it
    unit: str = ""  # of its amounts, said above it
    serial_1904: bool = False  # days that are plain numbers are counted from 1904
    wide: Wide | None = None  # its rows are the filled cells of a sheet with a column a period

    @property
    def corner(self) -> str:
        """The place of its first cell in the sheet."""
        first = self.columns[0].letter if self.columns else ""
        return f"{self.wide.first if self.wide else first}{self.first_row}"


def letter(index: int) -> str:
    """The letter of a column, A for 0."""
    made = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        made = chr(65 + rest) + made
    return made


def find_tables(source: Rows, progress: Progress) -> list[FoundTable]:
    """The tables of all visible sheets, in order."""
    made: list[FoundTable] = []
    for at, info in enumerate(source.sheets):
        if info.hidden or not info.rows:
            continue
        progress.step(at / len(source.sheets), info.name)
        head = _take(source, at, 0, _LOOK)
        if head and (mine := _ours(source, at, info, head)):
            made.append(mine)
            continue
        small = info.rows <= 5000
        grid = _take(source, at, 0, info.rows) if small else head
        for low, high in _spans(grid):
            made.extend(_tables(source, at, info, grid, low, high, small))
    return made


def _ours(source: Rows, sheet: int, info: Any, head: list[list[Any]]) -> FoundTable | None:
    """A sheet of our own, whose structure needs no finding."""
    place = next((at for at, cell in enumerate(head[0]) if own.header_language(cell)), None)
    if place is None:
        return None
    sums = frozenset(
        number
        for block in source.columns(sheet, 1, None, [place])
        for number, cell in zip(block.numbers, block.cells[0], strict=True)
        if cell == own.SUM_MARK
    )
    columns = tuple(
        FoundColumn(at, letter(at), str(cell).strip() if _filled(cell) else letter(at))
        for at, cell in enumerate([*head[0], *[None] * (info.width - len(head[0]))])
        if _filled(cell) or any(at < len(row) and _filled(row[at]) for row in head)
    )
    return FoundTable(sheet, info.name, (0, 0), 1, None, columns, sums, ours=True)


def _take(source: Rows, sheet: int, start: int, count: int) -> list[list[Any]]:
    made: list[list[Any]] = []
    for _, rows in source.blocks(sheet, start):
        made.extend(rows)
        if len(made) >= count:
            break
    return made[:count]


def _spans(grid: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Column ranges with blank columns between them; a title alone in a range belongs to the next."""
    width = max((len(row) for row in grid), default=0)
    counts = [0] * width
    for row in grid:
        for at, cell in enumerate(row):
            if _filled(cell):
                counts[at] += 1
    spans: list[tuple[int, int]] = []
    start = None
    for at, count in enumerate([*counts, 0]):
        if count and start is None:
            start = at
        elif not count and start is not None:
            spans.append((start, at))
            start = None
    tables = [span for span in spans if max(counts[span[0] : span[1]]) > 2 or len(spans) == 1]
    heads = {span: headers.find(grid, 0, min(len(grid), 40), *span) for span in tables}
    wide = [span for span in tables if heads[span] is not None and span[1] - span[0] > 1]
    if len(wide) > 1 and not _together(grid, [(span, heads[span]) for span in wide]):
        return wide
    if len(tables) > 1:  # a blank column inside one table
        return [(tables[0][0], tables[-1][1])]
    return tables or spans[:1]


def _together(
    grid: Sequence[Sequence[Any]], parts: Sequence[tuple[tuple[int, int], int | None]]
) -> bool:
    """Whether parts beside one another are one table: headed in one row, ending in one, no name twice."""
    tops = [at for _, at in parts if at is not None]
    ends = [_last_record(grid, low, high) for (low, high), _ in parts]
    # A part that is headed by two rows may be found by either.
    if max(tops) - min(tops) > 1 or max(ends) - min(ends) > _RAGGED:
        return False
    titles = [
        title
        for ((low, high), _), at in zip(parts, tops, strict=True)
        for title in _titles(grid[at], low, high)
    ]
    return len(set(titles)) == len(titles)


def _last_record(grid: Sequence[Sequence[Any]], low: int, high: int) -> int:
    for at in range(len(grid) - 1, -1, -1):
        filled = [cell for cell in grid[at][low:high] if _filled(cell)]
        if filled and not (row_kinds.is_note(filled, last=True) or row_kinds.signed(filled)):
            return at
    return 0


def _tables(
    source: Rows, sheet: int, info: Any, grid: list[list[Any]], low: int, high: int, small: bool
) -> Iterator[FoundTable]:
    start = 0
    while True:
        at = headers.find(grid, start, start + 60 if start else 60, low, high)
        if at is None:
            if start == 0 and (made := _headless(sheet, info, grid, low, high)):
                yield made
            return
        header = headers.read(grid, at, low, high, info)
        end = _end(grid, header, low, high) if small else None
        table, after = _table(source, sheet, info, grid, header, end, low, high, small)
        if table is not None:
            yield table
        if end is None or after >= len(grid):
            return
        start = after


def _end(grid: list[list[Any]], header: headers.Header, low: int, high: int) -> int | None:
    """The first row after the table when another table follows on the same sheet."""
    gap = 0
    own = [_titles(grid[at], low, high) for at in range(header.first, header.last + 1)]
    for row_at in range(header.last + 1, len(grid)):
        row = grid[row_at]
        if any(_filled(row[c]) for c in range(low, min(high, len(row)))):
            if gap >= 1 and _titles(row, low, high) not in own:
                again = headers.find(grid, row_at, row_at + 3, low, high)
                if again is not None and again <= row_at + 2:
                    other = _titles(grid[again], low, high)
                    known = sum(known_header(one) for one in other)
                    if other not in own and known >= max(2, len(other) * 0.5):
                        return row_at - gap
            gap = 0
        else:
            gap += 1
    return None


def _titles(row: Sequence[Any], low: int, high: int) -> list[str]:
    return [str(cell).strip() for cell in row[low:high] if _filled(cell)]


def _table(
    source: Rows,
    sheet: int,
    info: Any,
    grid: list[list[Any]],
    header: headers.Header,
    end: int | None,
    low: int,
    high: int,
    small: bool,
) -> tuple[FoundTable | None, int]:
    body = header.last + 1
    columns = _columns(grid, header, low)
    last = end if end is not None else (len(grid) if small else info.rows)
    if not columns:
        return None, last
    places = [one.index for one in columns]
    heads = [
        [row[place] if place < len(row) else None for place in places]
        for row in grid[header.first : body]
    ]
    skip = row_kinds.no_records(grid[body:last] if small else grid[body:], body, places, heads)
    if not small:
        tail_start = max(info.rows - 50, body)
        tail = _take(source, sheet, tail_start, 60)
        skip |= row_kinds.no_records(tail, tail_start, places, heads)
    notes = (
        (
            tr(
                N_("Totals, notes and repeated headers are left out: rows {rows}."),
                rows=_listed(skip),
            ),
        )
        if skip
        else ()
    )
    return FoundTable(
        sheet,
        info.name,
        (header.first, header.last),
        body,
        end,
        tuple(columns),
        frozenset(skip),
        notes,
        title=_title(grid, header.first),
        unit=_unit(grid, header.first),
        serial_1904=source.date_1904,
    ), last


def _columns(grid: list[list[Any]], header: headers.Header, low: int) -> list[FoundColumn]:
    columns: list[FoundColumn] = []
    seen: dict[str, int] = {}
    body = header.last + 1
    for column, name in enumerate(header.names, low):
        filled_below = any(
            column < len(row) and _filled(row[column]) for row in grid[body : body + _LOOK]
        )
        if not name and not filled_below:
            continue
        name = name or letter(column)
        seen[name] = seen.get(name, 0) + 1
        columns.append(
            FoundColumn(column, letter(column), name if seen[name] == 1 else f"{name} {seen[name]}")
        )
    return columns


def _listed(rows: set[int]) -> str:
    """Row numbers as people count, runs put together: 3, 8–11."""
    made: list[list[int]] = []
    for one in sorted(rows):
        if made and one == made[-1][-1] + 1:
            made[-1] = [made[-1][0], one]
        else:
            made.append([one])
    shown = ["–".join(str(at + 1) for at in run) for run in made]
    return ", ".join(shown[:_NAMED]) + (" …" if len(shown) > _NAMED else "")


def _title(grid: list[list[Any]], top: int) -> str:
    """Short texts that have a row above the table to themselves."""
    rows = ([cell for cell in row if _filled(cell)] for row in grid[max(0, top - 8) : top])
    alone = [row[0] for row in rows if len(row) == 1 and headers.is_header_text(row[0])]
    return " ".join(
        str(one).strip()
        for one in alone
        if not row_kinds.is_note([headers.without_brackets(str(one))], last=True)
    )


def _unit(grid: list[list[Any]], top: int) -> str:
    """In what amounts are counted, where it is said once above the table: 单位：万元."""
    for row in grid[max(0, top - 8) : top]:
        for cell in row:
            if isinstance(cell, str) and (found := _UNIT.search(parsing.fold(cell).lower())):
                return found[1]
    return ""


def _headless(
    sheet: int, info: Any, grid: list[list[Any]], low: int, high: int
) -> FoundTable | None:
    """A table without a header: its columns are called by their letters."""
    first = next(
        (
            at
            for at, row in enumerate(grid)
            if sum(_filled(c) for c in row[low:high]) > max(1, (high - low) // 3)
        ),
        None,
    )
    if first is None or high - low < 2:
        return None
    columns = tuple(
        FoundColumn(c, letter(c), letter(c))
        for c in range(low, high)
        if any(c < len(row) and _filled(row[c]) for row in grid)
    )
    note = tr(N_("The table has no header; its columns are called by their letters."))
    return FoundTable(sheet, info.name, None, first, None, columns, frozenset(), (note,))
