"""The rows of a returned file: which records they are, what their cells say, which of them are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models import public_ids
from models.describe.field import Entity
from models.dialects import Connection, quoted
from models.refusals import Refused
from models.sheets import own, row_kinds, writing
from models.sheets.row_kinds import filled
from models.workbooks import reading_back_copies as copies
from models.workbooks import reading_back_matching as matching
from models.workbooks.items import ReturnedCell, ReturnedRow
from models.workbooks.manifest import IssuedSheet, Manifest, Stored
from models.workbooks.reading_back_cells import CellReader, Links, shown
from models.workbooks.reading_back_grids import Grid
from models.workbooks.reading_back_tables import Placing, Table, name_columns
from models.workbooks.reading_back_told import Told

_SAMPLE = 200  # rows by which a column without a known heading is recognised
_BLOCK = 500


@dataclass
class Line:
    """A row of a table on its way: ``row`` is its record as soon as it is known."""

    table: Table
    number: int
    cells: Sequence[Any]
    id: str = ""
    row: int | None = None
    foreign: bool = False
    found_by: str = "id"
    strange: bool = False


@dataclass(frozen=True)
class Setting:
    """What reading needs of the book and of the file."""

    db: Connection
    public: public_ids.PublicIds
    schema: Any
    file: str
    text_file: bool
    epoch_1904: bool
    template: bool = False


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
        self._at, self._manifest = setting, manifest
        self._told = Told(setting.file)
        self._links = Links(setting.db, setting.schema, setting.public, manifest.labels)
        self._left: dict[str, dict[int, tuple[IssuedSheet, tuple[Stored, ...]]]] = {}
        for sheet in manifest.sheets:
            rows = self._left.setdefault(sheet.entity, {})
            rows.update((row, (sheet, values)) for row, values in sheet.rows.items())
        self._readers: dict[int, dict[int, CellReader]] = {}
        self._agreeing = 0

    def read(self, grids: Sequence[Grid], headed: Sequence[Table]) -> Found:
        """All rows of the file."""
        ours = [one for one in headed if one.tag in ("", self._at.public.tag)]
        placing = Placing(self._at.schema, self._at.public, self._manifest)
        tables = placing.place(grids, ours)
        for one in headed:
            if one not in tables and (one not in ours or one.prefix()):
                self._told.other_table(one)
        made: list[ReturnedRow] = []
        for entity_id in dict.fromkeys(one.entity for one in self._manifest.sheets):
            some = [one for one in tables if one.sheet and one.sheet.entity == entity_id]
            if some:
                made.extend(self._entity(self._at.schema.entity(entity_id), some))
        found = self._whole(tables, made)
        return Found(made, found, self._told, self._agreeing - len(self._told.made))

    def _entity(self, entity: Entity, tables: Sequence[Table]) -> list[ReturnedRow]:
        lines: list[Line] = []
        for table in tables:
            some = self._lines(entity, table)
            self._columns(entity, table, some)
            lines.extend(some)
        self._drop_unknown(entity, lines)
        self._match(entity, tables, lines)
        read = [(line, made) for line in lines if (made := self._row(entity, line))]
        kept = copies.without(entity, read, self._told)
        return copies.without_twins(self._allowed(kept))

    # -- which records ---------------------------------------------------------------------------

    def _lines(self, entity: Entity, table: Table) -> list[Line]:
        """The rows of a table that may be records."""
        left = self._left[entity.id]
        made = []
        for number, cells in table.lines:
            line = Line(table, number, cells)
            at = table.id_at
            said = cells[at] if at is not None and at < len(cells) else None
            if isinstance(said, str) and said.strip():
                line.id = said.strip().upper()
                if line.id == own.SUM_MARK:
                    continue
                self._identify(entity, line, left)
            made.append(line)
        return made

    def _identify(self, entity: Entity, line: Line, left: Mapping[int, object]) -> None:
        line.row = self._at.public.row(entity.prefix, line.id)
        if line.row is not None:
            line.foreign = line.row not in left
        else:  # what is no id at all, such as a number of one's own, says nothing
            line.strange = public_ids.parts(line.id) is not None

    def _drop_unknown(self, entity: Entity, lines: Sequence[Line]) -> None:
        """Ids that are right in form but of no record that ever was."""
        asked = sorted({one.row for one in lines if one.foreign and one.row is not None})
        there: set[int] = set()
        for start in range(0, len(asked), _BLOCK):
            block = asked[start : start + _BLOCK]
            marks = ", ".join("?" * len(block))
            sql = f"SELECT id FROM {quoted(entity.id)} WHERE id IN ({marks}) AND alive IS NOT NULL"
            there.update(row for (row,) in self._at.db.run(sql, tuple(block)))
        for one in lines:
            if one.foreign and one.row not in there:
                one.row, one.foreign, one.strange = None, False, True

    def _match(self, entity: Entity, tables: Sequence[Table], lines: Sequence[Line]) -> None:
        """Find rows again that have lost their ids."""
        present = {one.row for one in lines if one.row is not None}
        absent = {r: one for r, one in self._left[entity.id].items() if r not in present}
        lost = [one for one in lines if one.row is None and any(map(filled, one.cells))]
        if not absent or not lost:
            return
        left = {
            row: {name: v for name, v in zip(sheet.fields, values, strict=True) if v is not None}
            for row, (sheet, values) in absent.items()
        }
        named = {name for table in tables for name in self._named(table)}
        left = {r: {n: v for n, v in some.items() if n in named} for r, some in left.items()}
        found = matching.found(entity, [self._values(one) for one in lost], left)
        for at, row in found.items():
            lost[at].row, lost[at].found_by, lost[at].strange = row, "match", False
        for table in tables:
            again = [lost[at] for at in found if lost[at].table is table]
            if any(
                one.row is not None and one.found_by == "id" for one in lines if one.table is table
            ):
                for one in again:
                    self._told.matched_row(table, one.number)
            elif again:
                self._told.ids_lost(table, len(again))

    def _named(self, table: Table) -> list[str]:
        assert table.sheet is not None
        return [table.sheet.fields[index] for index in table.columns.values()]

    def _values(self, line: Line) -> dict[str, Stored]:
        """The values of a row as they can be read."""
        sheet = line.table.sheet
        assert sheet is not None
        made: dict[str, Stored] = {}
        for place, reader in self._of(line.table).items():
            raw = line.cells[place] if place < len(line.cells) else None
            if raw is not None and (value := reader.fresh(raw, "").value) not in (None, ""):
                made[sheet.fields[line.table.columns[place]]] = value
        return made

    # -- columns ---------------------------------------------------------------------------------

    def _columns(self, entity: Entity, table: Table, lines: Sequence[Line]) -> None:
        """Say what the columns are and make their readers."""
        sheet = table.sheet
        assert sheet is not None
        readers: dict[int, CellReader | None] = {}
        known = [
            (one.cells, self._base(entity, sheet, one.row))
            for one in lines
            if one.row is not None and not one.foreign
        ]

        def reader(index: int) -> CellReader | None:
            if index not in readers:
                readers[index] = self._reader(entity, sheet, index)
            return readers[index]

        def fits(place: int, index: int) -> float:
            by, pairs = reader(index), 0
            same = 0
            for cells, base in known[:_SAMPLE]:
                if by is not None and base[index] not in (None, "") and place < len(cells):
                    pairs += 1
                    same += by.same(cells[place], base[index])
            return same / pairs if pairs else 0.0

        name_columns(table, entity, fits)
        made: dict[int, CellReader] = {}
        for place, index in table.columns.items():
            by = reader(index)
            if by is not None:
                by.settle((c[place], base[index]) for c, base in known if place < len(c))
                made[place] = by
        self._readers[id(table)] = made
        there = {table.columns[place] for place in made}
        missing = [
            one for at, one in enumerate(sheet.headers)
            if at not in there and sheet.fields[at] in sheet.editable and reader(at) is not None
        ]  # fmt: skip
        self._told.about_columns(table, missing, self._at.template)

    def _reader(self, entity: Entity, sheet: IssuedSheet, index: int) -> CellReader | None:
        """The reader of a field; None where the book has no such field any more."""
        try:
            _, last = self._at.schema.path(entity, sheet.fields[index])
        except Refused:
            return None
        units = getattr(sheet, "units", {}).get(sheet.fields[index], "")
        return CellReader(
            last,
            self._links,
            text_file=self._at.text_file,
            epoch_1904=self._at.epoch_1904,
            units=units,
        )

    def _of(self, table: Table) -> dict[int, CellReader]:
        return self._readers[id(table)]

    def _base(self, entity: Entity, sheet: IssuedSheet, row: int | None) -> tuple[Stored, ...]:
        """What left in a record, in the order of a sheet's fields."""
        assert row is not None
        origin, values = self._left[entity.id][row]
        if origin is sheet:
            return values
        by = dict(zip(origin.fields, values, strict=True))
        return tuple(by.get(one) for one in sheet.fields)

    # -- cells -----------------------------------------------------------------------------------

    def _row(self, entity: Entity, line: Line) -> ReturnedRow | None:
        if line.strange:
            if any(map(filled, line.cells)):
                self._told.strange_id(line.table, line.number, line.id)
            return None
        if line.row is None:
            return self._new(line)
        sheet = line.table.sheet
        assert sheet is not None
        base = None if line.foreign else self._base(entity, sheet, line.row)
        cells: dict[str, ReturnedCell] = {}
        columns, length = line.table.columns, len(line.cells)
        row = str(line.number + 1)
        for place, reader in self._of(line.table).items():
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
                cells[name] = made
                self._unread(line, place, made)
            elif not made.same and not reader.field.formula:
                self._told.locked(line.table, line.number, place, made.text)
        return ReturnedRow(
            entity.id, line.row, cells, line.table.grid.name, line.number + 1,
            line.foreign, line.found_by,
        )  # fmt: skip

    def _unread(self, line: Line, place: int, made: ReturnedCell) -> None:
        if made.unread:
            self._told.unreadable(line.table, line.number, place, made.text, made.unread)

    def _new(self, line: Line) -> ReturnedRow | None:
        """A row that somebody typed; None where nothing stands in it that can be taken."""
        sheet = line.table.sheet
        assert sheet is not None
        cells: dict[str, ReturnedCell] = {}
        for place, reader in self._of(line.table).items():
            name = sheet.fields[line.table.columns[place]]
            raw = line.cells[place] if place < len(line.cells) else None
            if not filled(raw):
                continue
            if name in sheet.editable:
                made = reader.fresh(raw, f"{writing.letters(place)}{line.number + 1}")
                if made.value is not None or made.unread:
                    cells[name] = made
            elif "." not in name and not reader.field.formula and cells:
                self._told.locked(line.table, line.number, place, shown(raw))
        if not cells or self._is_no_record(line):
            return None
        for place in self._of(line.table):
            cell = cells.get(sheet.fields[line.table.columns[place]])
            if cell is not None:
                self._unread(line, place, cell)
        foreign = self._mostly_foreign(line.table)
        return ReturnedRow(
            sheet.entity, None, cells, line.table.grid.name, line.number + 1, foreign
        )

    def _is_no_record(self, line: Line) -> bool:
        """Whether a row adds up others, or stands below the records of a layout of the team's own."""
        head = [] if line.table.head is None else [line.table.grid.lines[line.table.head]]
        places = list(range(max(len(row) for _, row in (*line.table.lines, *head))))
        if self._at.template:
            return line.number >= self._end(line.table, places)
        cells = [line.cells[at] if at < len(line.cells) else None for at in places]
        if row_kinds.is_total(cells):
            self._told.total(line.table, line.number)
            return True
        return False

    def _end(self, table: Table, places: Sequence[int]) -> int:
        """The first row below the records that is none: totals, notes, signatures."""
        rows = [row for _, row in table.lines]
        head = [table.grid.lines[table.head][1]] if table.head is not None else []
        none = row_kinds.no_records(rows, 0, places, head)
        at = table.id_at
        with_id = [
            place for place, row in enumerate(rows)
            if at is not None and at < len(row) and filled(row[at])
        ]  # fmt: skip
        below = [place for place in sorted(none) if place > max(with_id, default=-1)]
        return table.lines[below[0]][0] if below else 1 << 30

    def _mostly_foreign(self, table: Table) -> bool:
        assert table.sheet is not None
        left = self._left[table.sheet.entity]
        prefix = self._at.schema.entity(table.sheet.entity).prefix
        rows = [self._at.public.row(prefix, one) for one in table.ids()]
        return 2 * sum(row is not None and row not in left for row in rows) > len(rows)

    def _allowed(self, rows: Sequence[tuple[Line, ReturnedRow]]) -> list[ReturnedRow]:
        """Without new rows of tables in which there can be none."""
        made = []
        for line, row in rows:
            assert line.table.sheet is not None
            if row.row is None and not line.table.sheet.can_add:
                self._told.no_new_rows(line.table, line.number)
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
        for entity, left in self._left.items():
            some = [one for one in tables if one.sheet and one.sheet.entity == entity]
            issued = [one for one in self._manifest.sheets if one.entity == entity]
            every = all(any(table.sheet is one for table in some) for one in issued)
            emptied = any(one.id_at is not None and not any(one.ids()) for one in some)
            if some and every and (mine.get(entity) or not left or emptied):
                made.add(entity)
        return frozenset(made)
