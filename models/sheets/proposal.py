"""What an import would do: the tables that were found, what they mean, and what would be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.field import Field
from models.sheets import profile, reading, table_finding, wide
from models.sheets.mapping import TableMapping
from models.sheets.report import NewName, Options, TableReport
from models.sheets.spooling import Columns
from models.sheets.staging import Staging


@dataclass
class Found:
    """One table of one file: how it was understood."""

    source: reading.Source
    mapping: TableMapping
    report: TableReport
    profiles: Sequence[profile.ColumnProfile] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What decisions about this table are kept by."""
        return table_key(self.source, self.mapping.table)

    def preview(self, count: int) -> list[tuple[int, list[Any]]]:
        """The first rows as they stand in the sheet, each with its own 1-based number."""
        table = self.mapping.table
        made: list[tuple[int, list[Any]]] = []
        for block in records(self.source, table, [one.index for one in table.columns]):
            for number, cells in zip(block.numbers, zip(*block.cells, strict=True), strict=True):
                if len(made) == count:
                    return made
                made.append((number + 1, list(cells)))
        return made


def table_key(source: reading.Source, table: table_finding.FoundTable) -> tuple[str, str, str]:
    """A table of an import: its file, its sheet, the place of its first cell."""
    return str(source.path), table.sheet_name, table.corner


Counts = dict[str, dict[str, int]]  # entity → "added" and "updated" → records
Seen = tuple[reading.Source, table_finding.FoundTable, Sequence[profile.ColumnProfile]]


@dataclass
class Proposal:
    """What an import would do; ``apply`` does it."""

    book: Book
    files: list[Path]
    options: Options
    tables: list[Found] = field(default_factory=list)
    new_names: list[NewName] = field(default_factory=list)
    new_fields: list[tuple[str, Field]] = field(default_factory=list)
    linked: Counts = field(default_factory=dict)  # records that are made because they are named
    totals: Counts = field(default_factory=dict)  # all records that would be written
    sources: list[reading.Source] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)  # tables and profiles, as long as options allow
    # Wide ones as their goals, by their key and what their rows were said to be.
    long: dict[tuple[tuple[str, str, str], str | None], Seen | None] = field(default_factory=dict)
    staging: Staging | None = None
    matched_at: int = -1
    undecided: bool = False  # a person can still say what the rows are

    @property
    def reports(self) -> list[TableReport]:
        """The reports of all tables."""
        return [one.report for one in self.tables]

    def plain(self, change: int | None) -> dict[str, Any]:
        """The form of the command line's JSON."""
        return {
            "change": change,
            "tables": [one.plain() for one in self.reports],
            "also": self.linked,
            "new_names": [
                {
                    "entity": one.target,
                    "name": one.name,
                    "rows": one.rows,
                    "suggestion": one.suggestion,
                }
                for one in self.new_names
            ],
            "new_fields": [
                {"entity": entity, "field": one.id, "kind": one.kind}
                for entity, one in self.new_fields
            ],
        }

    @property
    def writes(self) -> int:
        """How many records would be added or updated."""
        return sum(sum(counts.values()) for counts in self.totals.values())

    def close(self) -> None:
        """Let go of files and of what waits."""
        if self.staging is not None:
            self.staging.close()
            self.staging = None
        for source in self.sources:
            source.close()
        self.sources.clear()


def source_notes(source: reading.Source) -> list[str]:
    """What the reader noticed."""
    return [one.text for one in source.notes]


def records(
    source: reading.Source,
    table: table_finding.FoundTable,
    places: Sequence[int],
    tally: wide.Tally | None = None,
) -> Iterator[Columns]:
    """Columns of the table's own rows, without blank ones, totals and repeated headers.

    Of a wide table they are its goals; ``tally`` is told what was counted.
    """
    if table.wide is not None:
        yield from wide.columns(source, table, places, tally)
        return
    indexes = [one.index for one in table.columns]
    span = range(min(indexes), max(indexes) + 1) if indexes else range(0)
    wanted = [*span, *places]
    for block in source.columns(table.sheet, table.first_row, table.end_row, wanted):
        block = block.without(table.skip_rows)
        blank = _blank(block.numbers, block.cells[: len(span)])
        yield replace(block, cells=block.cells[len(span) :]).without(blank)


def _blank(numbers: Sequence[int], cells: Sequence[Sequence[Any]]) -> Sequence[int]:
    """The rows that have nothing in these columns."""
    if any(None not in column for column in cells):
        return ()
    width = len(cells)
    rows: Iterable[tuple[Any, ...]] = zip(*cells, strict=True) if cells else repeat(())
    return [one for one, row in zip(numbers, rows, strict=False) if row.count(None) == width]
