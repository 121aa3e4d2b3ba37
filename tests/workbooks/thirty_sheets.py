"""Workbooks as people have them before them: read, typed into, rearranged and saved by other programs.

With openpyxl and LibreOffice alone; nothing of ``models/workbooks`` is used.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from models.book import Book
from models.describe.field import Entity
from models.sheets import own
from models.texts import in_language
from tests.workbooks.thirty_edits import FIELDS, Edits

_WAIT = 240  # seconds that LibreOffice has


@dataclass
class Table:
    """A sheet of records: where its columns and rows are; ``columns`` are those that may be changed."""

    page: Worksheet
    entity: str
    columns: dict[str, int]
    open: frozenset[str]
    lines: dict[int, int]  # record → line

    def free_lines(self) -> Iterator[int]:
        """Lines without a record: the room below the headers, then what is below the last one."""
        used = set(self.lines.values())
        line = 2
        while True:
            if line not in used:
                yield line
            line += 1


class Sheets:
    """An open workbook and its tables by entity."""

    def __init__(self, book: Book, path: Path, language: str = "zh_CN") -> None:
        self.path, self.file = path, openpyxl.load_workbook(path)
        self.tables: dict[str, Table] = {}
        rows = {
            one.id: {book.public_id(one.id, row): row for row in book.ids(one.id)}
            for one in book.schema
        }
        for page in self.file.worksheets:
            entity = _entity(book, page)
            if entity is not None and entity.id not in self.tables:
                self.tables[entity.id] = _table(page, entity, rows[entity.id], language)

    def write(self, edits: Edits) -> None:
        """Type what the person typed, and delete the rows that they deleted."""
        for (entity, row, name), value in edits.theirs.items():
            table = self.tables[entity]
            table.page.cell(table.lines[row], table.columns[name]).value = value.typed
        for entity, values in edits.added:
            table = self.tables[entity]
            line = next(table.free_lines())
            table.lines[-line] = line  # taken
            for name, value in values.items():
                table.page.cell(line, table.columns[name]).value = value.typed
        for entity in {one[0] for one in edits.theirs_removed}:
            table = self.tables[entity]
            lines = [table.lines[row] for kind, row in edits.theirs_removed if kind == entity]
            for line in sorted(lines, reverse=True):
                table.page.delete_rows(line)

    def save(self, path: Path) -> Path:
        """Save it under a name."""
        self.file.save(path)
        return path


def _entity(book: Book, page: Worksheet) -> Entity | None:
    """The entity of a sheet whose first column is headed as ids are."""
    head = page.cell(1, 1).value
    if not own.header_language(head):
        return None
    for line in range(2, page.max_row + 1):
        prefix = str(page.cell(line, 1).value or "").partition("-")[0]
        for one in book.schema:
            if one.prefix == prefix:
                return one
    heads = {str(one.value) for one in page[1]}
    hits = {
        one.id: len(heads & {in_language("zh_CN", each.label) for each in one.fields})
        for one in map(book.schema.entity, (*FIELDS, "read_receipt", "suggestion"))
    }
    return book.schema.entity(max(hits, key=lambda id: hits[id]))


def _table(page: Worksheet, entity: Entity, rows: Mapping[str, int], language: str) -> Table:
    labels = {in_language(language, one.label): one.id for one in reversed(entity.fields)}
    columns = {
        labels[str(one.value)]: one.column for one in page[1] if str(one.value) in labels
    }  # fmt: skip
    lines = {
        rows[public]: line
        for line in range(2, page.max_row + 1)
        if (public := page.cell(line, 1).value) in rows
    }
    free = frozenset(name for name, at in columns.items() if not _is_locked(page, at))
    return Table(page, entity.id, columns, free, lines)


def _is_locked(page: Worksheet, at: int) -> bool:
    """Whether nothing can be typed into a column, by its filled cells, else by the column itself."""
    for (line,) in page.iter_rows(min_row=2, min_col=at, max_col=at):
        if line.value is not None:
            return bool(line.protection.locked)
    for one in page.column_dimensions.values():
        if one.min <= at <= one.max:
            return bool(one.protection.locked)
    return True


# -- what people do to sheets -------------------------------------------------------------------------


def as_it_is(_sheets: Sheets) -> None:
    """Nothing but typing."""


def sorted_rows(sheets: Sheets) -> None:
    """Two sheets are sorted by another column, from the last to the first."""
    for entity in ("customer", "contact"):
        page = sheets.tables[entity].page
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        rows.sort(key=lambda row: str(row[1] or ""), reverse=True)
        for line, row in enumerate(rows, 2):
            for at, value in enumerate(row, 1):
                page.cell(line, at).value = value


def own_column(sheets: Sheets) -> None:
    """A column of their own in the middle, with what they note there."""
    page = sheets.tables["customer"].page
    page.insert_cols(3)
    page.cell(1, 3, "我的备注")
    for line in range(2, page.max_row + 1, 3):
        page.cell(line, 3, f"记{line}")


def renamed_sheets(sheets: Sheets) -> None:
    """Sheets are called otherwise and stand in another order."""
    sheets.tables["customer"].page.title = "客户清单2025"
    sheets.tables["activity"].page.title = "拜访"
    sheets.file.move_sheet(sheets.tables["activity"].page, -3)


def moved_columns(sheets: Sheets) -> None:
    """Columns change places, the ids' too; one is hidden."""
    page = sheets.tables["customer"].page
    width = page.max_column
    order = [*range(2, width + 1), 1]
    order[0], order[3] = order[3], order[0]
    for row in page.iter_rows():
        values = [row[at - 1].value for at in order]
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    page.column_dimensions["D"].hidden = True


WAYS: Sequence[tuple[str, Callable[[Sheets], None], str]] = (
    # what it is called, what is done to the sheets, what saves it in the end
    ("typed into", as_it_is, "xlsx"),
    ("two sheets sorted", sorted_rows, "xlsx"),
    ("saved by LibreOffice", as_it_is, "office xlsx"),
    ("a column inserted", own_column, "xlsx"),
    ("saved as ods", as_it_is, "ods"),
    ("sheets renamed", renamed_sheets, "xlsx"),
    ("columns moved", moved_columns, "xlsx"),
    ("saved as xls", as_it_is, "xls"),
    ("sorted, saved by LibreOffice", sorted_rows, "office xlsx"),
    ("columns moved, saved as ods", moved_columns, "ods"),
)


def ways() -> Sequence[tuple[str, Callable[[Sheets], None], str]]:
    """The ways that can be gone here: without LibreOffice only those that need none."""
    return [one for one in WAYS if has_office() or one[2] == "xlsx"]


def has_office() -> bool:
    """Whether LibreOffice is here."""
    return shutil.which("soffice") is not None


def saved_by_office(files: Sequence[Path], format: str, folder: Path) -> list[Path]:
    """Open files in LibreOffice and save them as something else; gives the new files."""
    if not files:
        return []
    with tempfile.TemporaryDirectory(prefix="daybook-office-") as profile:
        done = subprocess.run(
            [
                "soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to",
                format, "--outdir", str(folder), *map(str, files),
            ],
            capture_output=True, text=True, encoding="utf-8", timeout=_WAIT, check=False,
        )  # fmt: skip
    made = [folder / f"{one.stem}.{format}" for one in files]
    missing = [one.name for one in made if not one.exists()]
    assert not missing, f"{missing}: {done.stdout} {done.stderr}"
    return made


def cells_of(path: Path) -> dict[str, Any]:
    """All cells of an xlsx by ``sheet!cell``."""
    file = openpyxl.load_workbook(path, data_only=True)
    return {
        f"{page.title}!{cell.coordinate}": cell.value
        for page in file.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }
