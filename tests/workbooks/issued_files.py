"""Workbooks that were handed out, as tests look into them: cells, hidden part, every text in the file."""

from __future__ import annotations

import base64
import html
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from models.book import Book
from models.describe.kinds import KINDS, Link
from models.sheets import own
from models.workbooks import manifest, memory
from models.workbooks.issuing import Issued
from models.workbooks.manifest import IssuedSheet, Manifest, Stored

TODAY = date(2026, 11, 27)


def opened(path: Path) -> Any:
    """The workbook as openpyxl sees it."""
    return openpyxl.load_workbook(path)


def kept(book: Book, one: Issued) -> Manifest:
    """What the book remembers of it."""
    found = memory.issued(book.connection(), one.workbook)
    assert found is not None
    return found


def hidden(path: Path) -> tuple[list[str], bytes]:
    """The lines of the hidden part before the chunks, and what the chunks are together."""
    file = openpyxl.load_workbook(path, read_only=True)
    cells = [str(row[0].value) for row in file["_daybook"].iter_rows()]
    file.close()
    count = int(cells[5])
    return cells[:6], base64.b64decode("".join(cells[6 : 6 + count]))


def part(path: Path, name: str) -> str:
    """A part of the file as it is written."""
    with zipfile.ZipFile(path) as parts:
        return parts.read(name).decode("utf-8")


def texts(path: Path) -> set[str]:
    """Every text in every part, attributes too, and in the hidden part unpacked."""
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
    found: set[str] = set()
    for name in names:
        found.update(map(html.unescape, re.findall(r'[>"]([^<>"]+)[<"]', part(path, name))))
    made = manifest.unpacked(hidden(path)[1])
    for sheet in made.sheets:
        found.update(str(one) for values in sheet.rows.values() for one in values)
    for some in made.labels.values():
        found.update(some.values())
    return found


def lines(table: Any) -> Iterator[tuple[int, str]]:
    """(line, public id) of the rows of a sheet that have an id."""
    for line in range(2, table.max_row + 1):
        id = table.cell(line, 1).value
        if id:
            yield line, str(id)


def stored(book: Book, made: Manifest, sheet: IssuedSheet, path: str, cell: Any) -> Stored:
    """What a cell says, as the book would store it."""
    field = book.schema.path(book.schema.entity(sheet.entity), path)[1]
    if cell is None:
        return None
    if field.kind == "link":
        rows = [row for row, text in made.labels[field.target].items() if text == cell]
        assert len(rows) == 1, (cell, rows)
        return rows[0]
    if field.kind in ("money", "number", "percent"):
        return KINDS[field.kind].store(Decimal(str(cell)))
    if isinstance(cell, datetime) and field.kind == "date":
        cell = cell.date()
    if isinstance(cell, datetime):
        return KINDS["instant"].store(cell.astimezone(UTC))
    value = KINDS[field.kind].parse(field, cell)
    return KINDS[field.kind].store(value.id if isinstance(value, Link) else value)


def is_table(sheet: Any) -> bool:
    """Whether it is a table of records."""
    return bool(own.header_language(sheet.cell(1, 1).value))
