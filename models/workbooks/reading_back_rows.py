"""The rows of a returned file: which records they are, what their cells say, which of them are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.describe.field import Entity
from models.sheets import row_kinds, writing
from models.sheets.row_kinds import filled
from models.workbooks import memory
from models.workbooks import reading_back_copies as copies
from models.workbooks.items import ReturnedCell, ReturnedRow
from models.workbooks.manifest import Manifest
from models.workbooks.reading_back_cells import CellReader, shown
from models.workbooks.reading_back_frame import Frame, Line, Setting
from models.workbooks.reading_back_grids import Grid
from models.workbooks.reading_back_records import Records
from models.workbooks.reading_back_tables import Placing, Table
from models.workbooks.reading_back_told import Told


@dataclass
class Found:
    """The rows of a file, the entities whose tables were found whole, and how much of it is as it left."""

    rows: list[ReturnedRow] = field(default_factory=list)
    tables: frozenset[str] = frozenset()
    told: Told = field(default_factory=lambda: Told(""))
    agreeing: int = 0


class RowReader:
    """Reads the tables of a file as those of one workbook."""

    def __init__(self, setting: Setting, manifest: Manifest) -> None:
        self._frame = Frame(setting, manifest)
        self._records = Records(self._frame)
        last = memory.last_return(setting.db, manifest.workbook)
        self._came = last[1].rows if last else {}
        self._ends: dict[int, int] = {}
        self._foreign: dict[int, bool] = {}
        self._agreeing = 0

    def read(self, grids: Sequence[Grid], headed: Sequence[Table]) -> Found:
        """All rows of the file."""
        ours = [one for one in headed if one.tag in ("", self._frame.at.public.tag)]
        placing = Placing(self._frame.at.schema, self._frame.at.public, self._frame.manifest)
        tables = placing.place(grids, ours)
        for one in headed:
            if one not in tables and (one not in ours or one.prefix()):
                self._frame.told.other_table(one)
        if not tables:
            self._frame.told.no_tables()
        made: list[ReturnedRow] = []
        for entity_id in dict.fromkeys(one.entity for one in self._frame.manifest.sheets):
            some = [one for one in tables if one.sheet and one.sheet.entity == entity_id]
            if some:
                made.extend(self._entity(self._frame.at.schema.entity(entity_id), some))
        self._frame.told.more_locked(tables)
        found = self._whole(tables, made)
        return Found(made, found, self._frame.told, self._agreeing - len(self._frame.told.made))

    def _entity(self, entity: Entity, tables: Sequence[Table]) -> list[ReturnedRow]:
        lines = self._records.find(entity, tables)
        read = [(line, made) for line in lines if (made := self._row(entity, line))]
        kept = copies.without(entity, read, self._frame.told)
        return copies.without_twins(self._allowed(kept))

    # -- cells -----------------------------------------------------------------------------------

    def _row(self, entity: Entity, line: Line) -> ReturnedRow | None:
        if line.strange:
            if any(map(filled, line.cells)):
                self._frame.told.strange_id(line.table, line.number, line.id)
            return None
        if line.row is None:
            return self._new(line)
        sheet = line.table.sheet
        assert sheet is not None
        base = None if line.foreign else self._frame.base(entity, sheet, line.row)
        cells: dict[str, ReturnedCell] = {}
        columns, length = line.table.columns, len(line.cells)
        row = str(line.number + 1)
        for place, reader in self._frame.readers(line.table).items():
            index = columns[place]
            name = sheet.fields[index]
            raw = line.cells[place] if place < length else None
            if base is None:
                if name in sheet.editable:
                    made = reader.fresh(raw, writing.letters(place) + row)
                    cells[name] = made
                    self._unread(line, place, made)
                continue
            made = reader.cell(raw, base[index], writing.letters(place) + row)
            self._agreeing += made.same and raw is not None
            if name in sheet.editable:
                if not made.same:
                    made = self._as_it_came(entity, line.row, name, reader, raw, made)
                cells[name] = made
                self._unread(line, place, made)
            elif not made.same and not reader.field.formula:
                self._frame.told.locked(line.table, line.number, place, made.text)
        return ReturnedRow(
            entity.id, line.row, cells, line.table.grid.name, line.number + 1,
            line.foreign, line.found_by,
        )  # fmt: skip

    def _as_it_came(
        self,
        entity: Entity,
        row: int | None,
        name: str,
        reader: CellReader,
        raw: Any,
        made: ReturnedCell,
    ) -> ReturnedCell:
        """A cell that says in another form what it said when the workbook last came back."""
        came = self._came.get(entity.id, {}).get(row or 0, {}).get(name)
        if came is None or came == made.value or not reader.means(raw, made.value, came):
            return made
        return replace(made, value=came, unread="")

    def _unread(self, line: Line, place: int, made: ReturnedCell) -> None:
        if made.unread:
            self._frame.told.unreadable(line.table, line.number, place, made.text, made.unread)

    def _new(self, line: Line) -> ReturnedRow | None:
        """A row that somebody typed; None where nothing stands in it that can be taken."""
        sheet = line.table.sheet
        assert sheet is not None
        cells: dict[str, ReturnedCell] = {}
        locked: list[int] = []
        for place, reader in self._frame.readers(line.table).items():
            name = sheet.fields[line.table.columns[place]]
            raw = line.cells[place] if place < len(line.cells) else None
            if not filled(raw):
                continue
            if name in sheet.editable:
                made = reader.fresh(raw, f"{writing.letters(place)}{line.number + 1}")
                if made.value is not None or made.unread:
                    cells[name] = made
            elif "." not in name and not reader.field.formula:
                locked.append(place)
        if not cells or self._is_no_record(line):
            return None
        for place in locked:
            self._frame.told.locked(line.table, line.number, place, shown(line.cells[place]))
        for place, index in line.table.columns.items():
            if sheet.fields[index] in cells:
                self._unread(line, place, cells[sheet.fields[index]])
        foreign = self._mostly_foreign(line.table)
        return ReturnedRow(
            sheet.entity, None, cells, line.table.grid.name, line.number + 1, foreign
        )

    def _is_no_record(self, line: Line) -> bool:
        """Whether a row adds up others, or stands below the records of a layout of the team's own."""
        table = line.table
        if self._frame.at.template:
            if id(table) not in self._ends:
                self._ends[id(table)] = self._end(table)
            return line.number >= self._ends[id(table)]
        width = max(len(line.cells), max(table.headings, default=0) + 1)
        if row_kinds.is_total([*line.cells, *[None] * (width - len(line.cells))]):
            self._frame.told.total(table, line.number)
            return True
        return False

    def _end(self, table: Table) -> int:
        """The first row below the records that is none: totals, notes, signatures."""
        rows = [row for _, row in table.lines]
        head = [table.grid.lines[table.head][1]] if table.head is not None else []
        places = range(max(map(len, (*rows, *head)), default=0))
        none = row_kinds.no_records(rows, 0, places, head)
        at = table.id_at
        with_id = [
            place for place, row in enumerate(rows)
            if at is not None and at < len(row) and filled(row[at])
        ]  # fmt: skip
        below = [place for place in sorted(none) if place > max(with_id, default=-1)]
        return table.lines[below[0]][0] if below else 1 << 30

    def _mostly_foreign(self, table: Table) -> bool:
        """Whether most ids of a table are of records that were not in the workbook."""
        if id(table) not in self._foreign:
            assert table.sheet is not None
            left = self._frame.left[table.sheet.entity]
            prefix = self._frame.at.schema.entity(table.sheet.entity).prefix
            rows = [self._frame.at.public.row(prefix, one) for one in table.ids()]
            some = sum(row is not None and row not in left for row in rows)
            self._foreign[id(table)] = 2 * some > len(rows)
        return self._foreign[id(table)]

    def _allowed(self, rows: Sequence[tuple[Line, ReturnedRow]]) -> list[ReturnedRow]:
        """Without new rows of tables in which there can be none."""
        made = []
        for line, row in rows:
            assert line.table.sheet is not None
            if row.row is None and not line.table.sheet.can_add:
                self._frame.told.no_new_rows(line.table, line.number)
            else:
                made.append(row)
        return made

    def _whole(self, tables: Sequence[Table], rows: Sequence[ReturnedRow]) -> frozenset[str]:
        """The entities all of whose tables are there: what is missing in them has been removed."""
        mine: dict[str, int] = {}
        for row in rows:
            if row.row is not None and not row.foreign:
                mine[row.entity] = mine.get(row.entity, 0) + 1
        made = set()
        for entity, left in self._frame.left.items():
            some = [one for one in tables if one.sheet and one.sheet.entity == entity]
            issued = [one for one in self._frame.manifest.sheets if one.entity == entity]
            every = all(any(table.sheet is one for table in some) for one in issued)
            emptied = any(one.id_at is not None and not one.lines for one in some)
            if some and every and (mine.get(entity) or not left or emptied):
                made.add(entity)
        return frozenset(made)
