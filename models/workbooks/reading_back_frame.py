"""What all rows of a returned file are read by: what left in them, and the readers of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection
from models.public_ids import PublicIds
from models.refusals import Refused
from models.workbooks.manifest import IssuedSheet, Manifest, Stored
from models.workbooks.reading_back_cells import CellReader
from models.workbooks.reading_back_links import Links
from models.workbooks.reading_back_tables import Table, name_columns
from models.workbooks.reading_back_told import Told

_SAMPLE = 200  # rows by which a column without a known heading is recognised


@dataclass(eq=False)
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
    public: PublicIds
    schema: Schema
    file: str
    text_file: bool
    epoch_1904: bool
    template: bool = False


class Frame:
    """What left, by entity and row, and who reads the columns of which table."""

    def __init__(self, at: Setting, manifest: Manifest) -> None:
        self.at, self.manifest, self.told = at, manifest, Told(at.file)
        self.left: dict[str, dict[int, tuple[IssuedSheet, tuple[Stored, ...]]]] = {}
        for sheet in manifest.sheets:
            rows = self.left.setdefault(sheet.entity, {})
            rows.update((row, (sheet, values)) for row, values in sheet.rows.items())
        self._links = Links(at.db, at.schema, at.public, manifest.labels)
        self._readers: dict[int, dict[int, CellReader]] = {}

    def named(self, table: Table) -> list[str]:
        """The fields that have a column in a table."""
        assert table.sheet is not None
        return [table.sheet.fields[index] for index in table.columns.values()]

    def values_left(
        self, entity: Entity, rows: Iterable[int], tables: Sequence[Table]
    ) -> dict[int, dict[str, Stored]]:
        """What left in some records, by the fields that have a column in the file; blanks are left out."""
        named = {name for table in tables for name in self.named(table)}
        made: dict[int, dict[str, Stored]] = {}
        for row in rows:
            sheet, values = self.left[entity.id][row]
            both = zip(sheet.fields, values, strict=True)
            made[row] = {name: v for name, v in both if name in named and v not in (None, "")}
        return made

    def values(self, line: Line) -> dict[str, Stored]:
        """The values of a row as they can be read."""
        sheet = line.table.sheet
        assert sheet is not None
        made: dict[str, Stored] = {}
        for place, reader in self.readers(line.table).items():
            raw = line.cells[place] if place < len(line.cells) else None
            if raw is not None and (value := reader.fresh(raw, "").value) not in (None, ""):
                made[sheet.fields[line.table.columns[place]]] = value
        return made

    def name_columns(self, entity: Entity, table: Table, lines: Sequence[Line]) -> None:
        """Say what the columns are and make their readers."""
        sheet = table.sheet
        assert sheet is not None
        readers: dict[int, CellReader | None] = {}
        known = [
            (one.cells, self.base(entity, sheet, one.row))
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
        self.told.about_columns(table, missing, self.at.template)

    def _reader(self, entity: Entity, sheet: IssuedSheet, index: int) -> CellReader | None:
        """The reader of a field; None where the book has no such field any more."""
        try:
            _, last = self.at.schema.path(entity, sheet.fields[index])
        except Refused:
            return None
        units = getattr(sheet, "units", {}).get(sheet.fields[index], "")
        return CellReader(
            last,
            self._links,
            text_file=self.at.text_file,
            epoch_1904=self.at.epoch_1904,
            units=units,
        )

    def readers(self, table: Table) -> dict[int, CellReader]:
        """The readers of a table's columns, by their places."""
        return self._readers[id(table)]

    def base(self, entity: Entity, sheet: IssuedSheet, row: int | None) -> tuple[Stored, ...]:
        """What left in a record, in the order of a sheet's fields."""
        assert row is not None
        origin, values = self.left[entity.id][row]
        if origin is sheet:
            return values
        by = dict(zip(origin.fields, values, strict=True))
        return tuple(by.get(one) for one in sheet.fields)
