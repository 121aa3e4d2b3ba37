"""The tables of a returned file: where they stand, and which table of the workbook each is.

A table is known by the header of its ids, else by the ids themselves, else by its other headers; the
names and the order of sheets say nothing. Columns are known by what the headers say, in any language,
else by what stands in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.public_ids import PublicIds
from models.refusals import Refused
from models.sheets import own
from models.sheets.headers import fold_header
from models.texts import LANGUAGES, in_language
from models.workbooks.manifest import IssuedSheet, Manifest
from models.workbooks.reading_back_grids import Grid, Line, is_hidden_part, is_of_goals

_LOOKED = 60  # rows from the top in which a header may stand
_ABOVE = 3  # rows above a header's last one that may name its columns
_ID = re.compile(r"[A-Za-z]{2}-[0-9A-Za-z]{3,15}")
_TABLES = 100  # of a sheet; what has more headers is none of ours
_WIDEST = 100  # columns that are held against what left
_SHARE = 0.5  # of a table's headers that must be there where only they tell


@dataclass(eq=False)
class Table:
    """A table as it stands in a sheet; ``head`` is the place of its header among the sheet's lines.

    ``id_at`` is the column of ids, None where it is lost; ``columns`` says by their places which of
    the fields of ``sheet`` the columns are; ``extra`` names those that are none of the workbook.
    """

    grid: Grid
    lines: Sequence[Line]
    head: int | None
    id_at: int | None
    tag: str = ""
    sheet: IssuedSheet | None = None
    columns: dict[int, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    def ids(self) -> Iterator[str]:
        """The texts in the column of ids."""
        at = self.id_at
        if at is None:
            return
        for _, row in self.lines:
            cell = row[at] if at < len(row) else None
            if isinstance(cell, str) and _ID.fullmatch(cell.strip()):
                yield cell.strip().upper()

    def prefix(self) -> str:
        """What most of its ids begin with; "" without any."""
        found = Counter(one[:2] for one in self.ids()).most_common(1)
        return found[0][0] if found else ""


def headed(grids: Iterable[Grid]) -> list[Table]:
    """The tables that have a header of ids, in the order of the file."""
    starts = tuple(in_language(code, own.ID_HEADER) for code in LANGUAGES)
    made = []
    for grid in grids:
        if is_hidden_part(grid):
            continue
        spots = [
            (at, column)
            for at, (_, row) in enumerate(grid.lines)
            for column, cell in enumerate(row)
            if isinstance(cell, str) and cell.strip().startswith(starts)
            if own.header_language(cell)
        ]
        spots = [one for at, one in enumerate(spots) if not at or spots[at - 1][0] != one[0]]
        spots = spots[:_TABLES]
        ends = [at for at, _ in spots[1:]] + [len(grid.lines)]
        for (at, column), end in zip(spots, ends, strict=False):
            tag = own.header_tag(grid.lines[at][1][column])
            made.append(Table(grid, grid.lines[at + 1 : end], at, column, tag))
    return made


def by_their_ids(
    grids: Iterable[Grid], public: PublicIds, prefixes: Sequence[str], taken: Sequence[Table]
) -> list[Table]:
    """Tables in other sheets that have a column of this book's ids, whatever stands above it."""
    done = {id(one.grid) for one in taken}
    made = []
    for grid in grids:
        if id(grid) in done or is_hidden_part(grid):
            continue
        if "GL" not in prefixes and is_of_goals(grid):  # lists the ids of deals and contacts too
            continue
        columns: dict[int, list[tuple[str, int]]] = {}
        for _, row in grid.lines:
            for at, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) < 24 and _ID.fullmatch(cell.strip()):
                    bare = cell.strip().upper()
                    row_id = public.row(bare[:2], bare) if bare[:2] in prefixes else None
                    if row_id is not None:
                        columns.setdefault(at, []).append((bare[:2], row_id))
        best = max(columns, key=lambda at: (len(set(columns[at])), -at), default=None)
        if best is not None:
            made.append(Table(grid, grid.lines, None, best))
    return made


class Placing:
    """Which table of a workbook each table of a file is."""

    def __init__(self, schema: Schema, public: PublicIds, manifest: Manifest) -> None:
        self._schema, self._public, self._manifest = schema, public, manifest
        self._known = [one for one in manifest.sheets if _exists(schema, one.entity)]

    def place(self, grids: Sequence[Grid], tables: Sequence[Table]) -> list[Table]:
        """The tables that are of the workbook, in their order; others keep no sheet and are left out."""
        made: list[Table] = []
        for one in tables:
            one.sheet = self._sheet_of(one)
            if one.sheet is not None:
                made.append(one)
        missing = self._missing(made)
        if missing:
            prefixes = [self._schema.entity(one.entity).prefix for one in missing]
            for one in by_their_ids(grids, self._public, prefixes, tables):
                one.sheet = self._sheet_of(one)
                if one.sheet in missing:
                    made.append(self._below_its_header(one))
        for sheet in self._missing(made):
            found = self._by_headers(grids, [*tables, *made], sheet)
            if found is not None:
                made.append(found)
        return made

    def _missing(self, made: Sequence[Table]) -> list[IssuedSheet]:
        return [one for one in self._known if all(table.sheet is not one for table in made)]

    def _sheet_of(self, table: Table) -> IssuedSheet | None:
        prefix = table.prefix()
        some = self._known
        if prefix:
            some = [one for one in some if self._schema.entity(one.entity).prefix == prefix]
            if len(some) <= 1:
                return some[0] if some else None
        rows = {self._public.row(prefix, one) for one in table.ids()}

        def fit(one: IssuedSheet) -> tuple[int, float, bool]:
            share = self._share(table.grid.lines[table.head or 0][1], one)
            return len(rows.intersection(one.rows)), share, one.name == table.grid.name

        best = max(some, key=fit, default=None)
        if best is None or (not prefix and fit(best)[1] < _SHARE):
            return None
        return best

    def _share(self, row: Sequence[Any], sheet: IssuedSheet) -> float:
        """The share of a table's headers that stand in a row."""
        there = {fold_header(cell) for cell in row if isinstance(cell, str)}
        hits = sum(fold_header(one) in there for one in sheet.headers)
        return hits / max(len(sheet.headers), 1)

    def _head(self, lines: Sequence[Line], sheet: IssuedSheet, least: float) -> int | None:
        shares = [self._share(row, sheet) for _, row in lines[:_LOOKED]]
        best = max(range(len(shares)), key=lambda at: (shares[at], -at), default=None)
        return best if best is not None and shares[best] >= least else None

    def _below_its_header(self, table: Table) -> Table:
        """A table whose header of ids is lost: below its other headers, if they are there."""
        assert table.sheet is not None
        table.head = self._head(table.lines, table.sheet, 0.2)
        if table.head is not None:
            table.lines = table.lines[table.head + 1 :]
        return table

    def _by_headers(
        self, grids: Sequence[Grid], taken: Sequence[Table], sheet: IssuedSheet
    ) -> Table | None:
        """A table without ids, by its headers; of several sheets that have them by its name."""
        done = {id(one.grid) for one in taken}
        found = []
        for grid in grids:
            shown = sheet.entity != "goal" and is_of_goals(grid)
            if id(grid) not in done and not is_hidden_part(grid) and not shown:
                head = self._head(grid.lines, sheet, _SHARE)
                if head is not None and len(sheet.headers) > 1:
                    share = self._share(grid.lines[head][1], sheet)
                    found.append((grid.name.strip() == sheet.name, share, grid, head))
        if not found:
            return None
        _, _, grid, head = max(found, key=lambda one: one[:2])
        return Table(grid, grid.lines[head + 1 :], head, None, "", sheet)


def _exists(schema: Schema, entity: str) -> bool:
    try:
        schema.entity(entity)
    except Refused:
        return False
    return True


# -- columns ---------------------------------------------------------------------------------------


Fits = Callable[[int, int], float]  # place of a column, index of a field → how well it fits, 0…1


def name_columns(table: Table, entity: Entity, fits: Fits) -> None:
    """Say what the columns of a table are: by its headers, by other names of the fields, by contents."""
    sheet = table.sheet
    assert sheet is not None
    table.headings = _headings(table)
    wanted = dict(enumerate(sheet.fields))
    columns: dict[int, int] = {}
    free = dict(table.headings)
    for key, known in (
        (str.strip, _as_issued(sheet, str.strip)),
        (fold_header, _as_issued(sheet, fold_header)),
        (fold_header, _otherwise(sheet, entity)),
    ):
        for place, heading in list(free.items()):
            index = known.get(key(heading)) if heading else None
            if index is not None and index in wanted:
                columns[place] = index
                del free[place], wanted[index]
    columns.update(_by_contents(table, free, wanted, fits))
    table.columns = columns
    table.extra = tuple(
        heading for place, heading in free.items() if place not in columns and heading
    )


def _headings(table: Table) -> dict[int, str]:
    """What stands above each column; where a heading stands twice the second is numbered."""
    width = max((len(row) for _, row in table.lines), default=0)
    rows: list[Line] = []
    if table.head is not None:
        last = table.grid.lines[table.head]
        width = max(width, len(last[1]))
        above = table.grid.lines[max(0, table.head - _ABOVE) : table.head]
        rows = [last, *(one for one in reversed(above) if last[0] - one[0] <= _ABOVE)]
    spread = _spread(table.grid, rows)
    made: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for place in range(width):
        if place == table.id_at:
            continue
        heading = next((text for row in spread if (text := row.get(place, ""))), "")
        seen[heading] += 1
        made[place] = f"{heading} {seen[heading]}" if heading and seen[heading] > 1 else heading
    return made


def _spread(grid: Grid, rows: Sequence[Line]) -> list[dict[int, str]]:
    """The texts of some rows by column; a merged cell stands above all of its columns."""
    made = []
    for number, row in rows:
        texts = {at: str(cell).strip() for at, cell in enumerate(row) if cell is not None}
        for top, left, bottom, right in grid.merged:
            if top <= number <= bottom and left in texts and right - left < 50:
                for at in range(left + 1, right + 1):
                    texts.setdefault(at, texts[left])
        made.append(texts)
    return made


def _as_issued(sheet: IssuedSheet, key: Callable[[str], str]) -> dict[str, int]:
    made: dict[str, int] = {}
    for index, heading in enumerate(sheet.headers):
        made.setdefault(key(heading), index)
    return made


def _otherwise(sheet: IssuedSheet, entity: Entity) -> dict[str, int]:
    """Other names of the fields, those that could mean two of them left out."""
    made: dict[str, int | None] = {}
    for index, path in enumerate(sheet.fields):
        if not entity.has(path):
            continue
        for name in {fold_header(one) for one in entity.field(path).known_as()}:
            made[name] = None if name in made else index
    return {name: index for name, index in made.items() if index is not None}


def _by_contents(
    table: Table, free: dict[int, str], wanted: dict[int, str], fits: Fits
) -> dict[int, int]:
    """Columns whose headings say nothing: those in which what left stands still."""
    scored = sorted(
        ((fits(place, index), -place, -index) for place in free for index in wanted),
        reverse=True,
    )
    made: dict[int, int] = {}
    for share, place, index in scored:
        place, index = -place, -index
        if share < _SHARE:
            break
        if place in made or index in made.values():
            continue
        made[place] = index
    return made
