"""Where the tables of a sheet are: under titles and instructions, beside blank columns, above totals.

A table begins with its header: the row whose cells are short, different texts and below which the
columns are filled alike. Two-row headers (a merged group above single names) are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from models.describe import parsing
from models.progress import Progress
from models.sheets import own
from models.texts import N_, tr

_LOOK = 500  # rows from which the structure is read
_TOTALS = re.compile(
    r"^(合计|总计|小计|共计|累计|汇总|总合计|本页小计|total|grand total|subtotal|sub-total|sum|totals)(?![a-z])[:：]?",
    re.IGNORECASE,
)


class Rows(Protocol):
    """What a source must offer: its sheets and their rows in blocks."""

    @property
    def sheets(self) -> Sequence[Any]: ...

    def blocks(self, sheet: int, start: int = 0) -> Iterator[tuple[int, list[list[Any]]]]:
        """(first row, rows) of a sheet."""


@dataclass(frozen=True)
class FoundColumn:
    """A column of a table: its place, its letter, its header."""

    index: int
    letter: str
    header: str


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
        if head and (mine := _ours(at, info, head)):
            made.append(mine)
            continue
        small = info.rows <= 5000
        grid = _take(source, at, 0, info.rows) if small else head
        for low, high in _spans(grid):
            made.extend(_tables(source, at, info, grid, low, high, small))
    return made


def _ours(sheet: int, info: Any, head: list[list[Any]]) -> FoundTable | None:
    """A sheet of our own, whose structure needs no finding."""
    if not any(own.header_language(cell) for cell in head[0]):
        return None
    columns = tuple(
        FoundColumn(at, letter(at), str(cell).strip() if _filled(cell) else letter(at))
        for at, cell in enumerate([*head[0], *[None] * (info.width - len(head[0]))])
        if _filled(cell) or any(at < len(row) and _filled(row[at]) for row in head)
    )
    return FoundTable(sheet, info.name, (0, 0), 1, None, columns, ours=True)


def _take(source: Rows, sheet: int, start: int, count: int) -> list[list[Any]]:
    made: list[list[Any]] = []
    for _, rows in source.blocks(sheet, start):
        made.extend(rows)
        if len(made) >= count:
            break
    return made[:count]


def _filled(cell: Any) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


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
    wide = [
        span for span in tables if _header_in(grid, *span) is not None and span[1] - span[0] > 1
    ]
    if len(wide) > 1:
        return wide
    if len(tables) > 1:  # a blank column inside one table: its header would be missing there
        return [(tables[0][0], tables[-1][1])]
    return tables or spans[:1]


def _header_in(grid: Sequence[Sequence[Any]], low: int, high: int) -> int | None:
    return _header(grid, 0, min(len(grid), 40), low, high)


def _is_header_text(cell: Any) -> bool:
    if not isinstance(cell, str):
        return False
    bare = cell.strip()
    if not bare or len(bare) > 40 or bare.count("\n") > 2:
        return False
    folded = parsing.fold(bare)
    if re.fullmatch(r"[\d.,:%¥$()/\-+ ]+", folded):
        return bool(re.fullmatch(r"(19|20)\d\d", folded))
    return not re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*", folded)


def _header(grid: Sequence[Sequence[Any]], start: int, end: int, low: int, high: int) -> int | None:
    """The row that heads the columns below it, None if none does."""
    best: int | None = None
    best_score = 0.0
    for at in range(start, min(end, len(grid))):
        row = [grid[at][c] if c < len(grid[at]) else None for c in range(low, high)]
        filled = [cell for cell in row if _filled(cell)]
        if not filled:
            continue
        texts = [cell for cell in filled if _is_header_text(cell)]
        different = len({str(cell).strip().lower() for cell in filled})
        if len(texts) < len(filled) or different < len(filled) * 0.9:
            continue
        below = _below(grid, at, low, high)
        if not below:
            continue
        width = max(sum(_filled(c) for c in line) for line in below)
        share = len(filled) / max(width, 1)
        if share < 0.5 or (len(filled) == 1 and width > 1):
            continue
        unlike = _unlike(row, below)
        score = min(share, 1.0) + unlike - 0.01 * (at - start)
        if best is None or score > best_score + 0.15:
            best, best_score = at, score
        if best_score > 1.3 and at > (best or 0) + 3:
            break
    return best if best_score >= 0.75 else None


def _below(grid: Sequence[Sequence[Any]], at: int, low: int, high: int) -> list[list[Any]]:
    made = []
    for row in grid[at + 1 : at + 31]:
        cut = [row[c] if c < len(row) else None for c in range(low, high)]
        if any(_filled(cell) for cell in cut):
            made.append(cut)
    return made


def _unlike(head: Sequence[Any], below: Sequence[Sequence[Any]]) -> float:
    """How much the header differs in kind from what stands below: numbers, days, repeats, new words."""
    points = 0.0
    count = 0
    for column, title in enumerate(head):
        if not _filled(title):
            continue
        values = [line[column] for line in below if _filled(line[column])]
        if not values:
            points += 0.5
            count += 1
            continue
        count += 1
        texts = [str(one).strip() for one in values]
        if str(title).strip() in texts:
            points -= 0.5
            continue
        odd = sum(not _is_header_text(one) for one in values) / len(values)
        repeats = 1 - len(set(texts)) / len(texts) if len(texts) > 3 else 0.0
        known = 0.5 if known_header(str(title)) else 0.0
        points += max(odd, min(repeats, 0.6), known, 0.15)
    return points / max(count, 1)


_KNOWN: set[str] = set()


def fold_header(text: str) -> str:
    """A header without width, case, blanks, marks, units in brackets; CamelCase taken apart."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    folded = parsing.fold(apart).lower()
    folded = re.sub(r"[(（\[【][^)）\]】]*[)）\]】]", "", folded) or folded
    return re.sub(r"[\s_\-*:/#.·、?？!！\"'“”]+", "", folded)


def known_header(text: str) -> bool:
    """Whether a text is a header that some field is known by."""
    if not _KNOWN:
        from models.describe.entities import ENTITIES

        for entity in ENTITIES:
            for one in entity.fields:
                _KNOWN.update(fold_header(word) for word in one.known_as())
    return fold_header(text) in _KNOWN


def _tables(
    source: Rows, sheet: int, info: Any, grid: list[list[Any]], low: int, high: int, small: bool
) -> Iterator[FoundTable]:
    start = 0
    while True:
        at = _header(grid, start, start + 60 if start else 60, low, high)
        if at is None:
            if start == 0 and (made := _headless(sheet, info, grid, low, high)):
                yield made
            return
        end = _end(grid, at, low, high) if small else None
        table, after = _table(source, sheet, info, grid, at, end, low, high, small)
        if table is not None:
            yield table
        if end is None or after >= len(grid):
            return
        start = after


def _end(grid: list[list[Any]], at: int, low: int, high: int) -> int | None:
    """The first row after the table when another table follows on the same sheet."""
    gap = 0
    for row_at in range(at + 1, len(grid)):
        row = grid[row_at]
        if any(_filled(row[c]) for c in range(low, min(high, len(row)))):
            if gap >= 1:
                again = _header(grid, row_at, row_at + 3, low, high)
                head = [str(c).strip() for c in grid[at][low:high] if _filled(c)]
                if again is not None and again <= row_at + 2:
                    other = [str(c).strip() for c in grid[again][low:high] if _filled(c)]
                    known = sum(known_header(one) for one in other)
                    if other != head and known >= max(2, len(other) * 0.5):
                        return row_at - gap
            gap = 0
        else:
            gap += 1
    return None


def _table(
    source: Rows,
    sheet: int,
    info: Any,
    grid: list[list[Any]],
    at: int,
    end: int | None,
    low: int,
    high: int,
    small: bool,
) -> tuple[FoundTable | None, int]:
    top = _group_row(grid, at, low, high, info)
    columns = []
    group = ""
    seen: dict[str, int] = {}
    for column in range(low, high):
        own = grid[at][column] if column < len(grid[at]) else None
        above = grid[top][column] if top is not None and column < len(grid[top]) else None
        if top is not None and _filled(above):
            group = str(above).strip()
        name = " ".join(str(own).split()) if _filled(own) else ""
        if top is not None and group and name and name != group and _spans_here(info, top, column):
            name = f"{group}/{name}"
        elif top is not None and not name and _filled(above):
            name = " ".join(str(above).split())
        filled_below = any(
            column < len(row) and _filled(row[column]) for row in grid[at + 1 : at + _LOOK]
        )
        if not name and not filled_below:
            continue
        name = name or letter(column)
        seen[name] = seen.get(name, 0) + 1
        columns.append(
            FoundColumn(column, letter(column), name if seen[name] == 1 else f"{name} {seen[name]}")
        )
    last = end if end is not None else (len(grid) if small else info.rows)
    rows = grid[at + 1 : last] if small else [*grid[at + 1 :]]
    skip = _skips(
        rows,
        at + 1,
        columns,
        [grid[at][c.index] if c.index < len(grid[at]) else None for c in columns],
    )
    if not small:
        tail_start = max(info.rows - 50, at + 1)
        tail = _take(source, sheet, tail_start, 60)
        skip |= _skips(tail, tail_start, columns, [None] * len(columns))
    notes = (
        (
            tr(
                N_("Totals and repeated headers are left out: rows {rows}."),
                rows=", ".join(str(one + 1) for one in sorted(skip)[:10]),
            ),
        )
        if skip
        else ()
    )
    if not columns:
        return None, last
    return FoundTable(
        sheet,
        info.name,
        (at if top is None else top, at),
        at + 1,
        end,
        tuple(columns),
        frozenset(skip),
        notes,
    ), last


def _spans_here(info: Any, row: int, column: int) -> bool:
    """Whether a merged range of several columns covers a cell."""
    return any(a <= row <= c and b <= column <= d and d > b for a, b, c, d in info.merged)


def _group_row(grid: list[list[Any]], at: int, low: int, high: int, info: Any) -> int | None:
    """The row of group names above the header, if merged ranges there span only some columns."""
    if at == 0:
        return None
    groups = [
        (b, d) for a, b, c, d in info.merged if a <= at - 1 <= c and low <= b < high and d > b
    ]
    tall = [(b, d) for a, b, c, d in info.merged if a <= at - 1 and c >= at and low <= b < high]
    whole = any(d - b + 1 >= (high - low) * 0.8 for b, d in groups)
    if (
        (groups or tall)
        and not whole
        and all(not _filled(cell) or _is_header_text(cell) for cell in grid[at - 1][low:high])
        and any(_filled(cell) for cell in grid[at - 1][low:high])
    ):
        return at - 1
    return None


def _skips(
    rows: Sequence[Sequence[Any]], first: int, columns: Sequence[FoundColumn], head: Sequence[Any]
) -> set[int]:
    """Rows inside a table that are no records: totals, repeated headers, notes below the end."""
    made: set[int] = set()
    titles = [str(cell).strip() for cell in head if _filled(cell)]
    for at, row in enumerate(rows):
        cells = [row[c.index] if c.index < len(row) else None for c in columns]
        filled = [cell for cell in cells if _filled(cell)]
        if not filled:
            continue
        if titles and [str(cell).strip() for cell in filled] == titles:
            made.add(first + at)
            continue
        texts = [str(cell).strip() for cell in filled if isinstance(cell, str)]
        if (
            texts
            and len(filled) < len(columns)
            and any(_TOTALS.match(one) and len(one) < 16 for one in texts[:3])
        ) or (
            len(columns) > 3
            and len(filled) == 1
            and isinstance(filled[0], str)
            and at >= len(rows) - 5
            and (
                len(filled[0]) > 8
                or re.match(r"^(注|备注|说明|制表|note)", filled[0].strip().lower())
            )
        ):
            made.add(first + at)
    made |= _unlabelled_totals(rows, first, columns, made)
    return made


def _unlabelled_totals(
    rows: Sequence[Sequence[Any]], first: int, columns: Sequence[FoundColumn], skip: set[int]
) -> set[int]:
    """A last row without texts whose numbers are the sums of their columns."""
    body = [
        (first + at, row)
        for at, row in enumerate(rows)
        if first + at not in skip and any(_filled(c) for c in row)
    ]
    if len(body) < 4 or len(body) > 5000:
        return set()
    number, last = body[-1]
    checked = 0
    for column in columns:
        cell = last[column.index] if column.index < len(last) else None
        if not _filled(cell):
            continue
        if not isinstance(cell, int | float) or isinstance(cell, bool | date):
            return set()
        values = [
            row[column.index]
            for _, row in body[:-1]
            if column.index < len(row) and isinstance(row[column.index], int | float)
        ]
        if len(values) < 3 or abs(sum(values) - cell) > 0.01 * max(1.0, abs(cell)) ** 0.5:
            return set()
        checked += 1
    return {number} if checked else set()


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
