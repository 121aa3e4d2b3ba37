"""Writes pages of cells as a workbook of Excel, an OpenDocument sheet, or text in some encoding."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tests.sheets.messy.forms import Cell, Medium

_ERRORS = ("#DIV/0!", "#N/A", "#REF!")


@dataclass
class Page:
    """A sheet: cells by (row, column) from 0, merged ranges (top, left, bottom, right)."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        places = self.cells or {(0, 0): Cell(None)}
        return max(row for row, _ in places) + 1, max(column for _, column in places) + 1

    def grid(self) -> list[list[Any]]:
        """All cells, row by row."""
        rows, width = self.size
        none = Cell(None)
        return [[self.cells.get((at, to), none).raw for to in range(width)] for at in range(rows)]


def write(path: Path, format: str, pages: list[Page], rnd: random.Random, medium: Medium) -> str:
    """Write the file; gives in words how."""
    if format == "xlsx":
        _xlsx(path, pages, medium)
        return "1904" if medium.epoch_1904 else ""
    if format == "ods":
        _ods(path, pages)
        return ""
    encoding = rnd.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    separator = rnd.choice(",,;\t")
    _text(path, pages[0], encoding, separator)
    return f"{encoding} {separator!r}"


def _text(path: Path, page: Page, encoding: str, separator: str) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    writer.writerows(["" if one is None else str(one) for one in row] for row in page.grid())
    path.write_bytes(made.getvalue().encode(encoding))


def _xlsx(path: Path, pages: list[Page], medium: Medium) -> None:
    options = {
        "date_1904": medium.epoch_1904,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        formats: dict[str, Any] = {}
        for page in pages:
            sheet = book.add_worksheet(page.name)
            if page.hidden:
                sheet.hide()
            covered = {(top, left) for top, left, _, _ in page.merged}
            for top, left, bottom, right in page.merged:
                sheet.merge_range(top, left, bottom, right, page.cells[top, left].raw)
            for (row, column), cell in page.cells.items():
                if (row, column) not in covered:
                    format = cell.fmt and formats.setdefault(
                        cell.fmt, book.add_format({"num_format": cell.fmt})
                    )
                    _cell(sheet, row, column, cell.raw, format or None)
            for row in page.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})


def _cell(sheet: Any, row: int, column: int, raw: Any, format: Any) -> None:
    if isinstance(raw, bool):
        sheet.write_boolean(row, column, raw, format)
    elif isinstance(raw, int | float):
        sheet.write_number(row, column, raw, format)
    elif isinstance(raw, date):
        sheet.write_datetime(row, column, raw, format)
    elif raw in _ERRORS:
        sheet.write_formula(row, column, "=1/0", None, raw)
    else:
        sheet.write_string(row, column, raw)


_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(path: Path, pages: list[Page]) -> None:
    names = " ".join(f'xmlns:{key}="{value}"' for key, value in _SPACES.items())
    tables = "".join(_ods_table(page) for page in pages if not page.hidden)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {names}>'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content)


def _ods_table(page: Page) -> str:
    spans = {
        (
            top,
            left,
        ): f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
        for top, left, bottom, right in page.merged
    }
    rows = []
    for at, row in enumerate(page.grid()):
        shown = ' table:visibility="filter"' if at in page.hidden_rows else ""
        cells = "".join(_ods_cell(raw, spans.get((at, to), "")) for to, raw in enumerate(row))
        rows.append(f"<table:table-row{shown}>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.name)}>{''.join(rows)}</table:table>"


def _ods_cell(raw: Any, span: str) -> str:
    if raw is None:
        return "<table:table-cell/>"
    if isinstance(raw, bool):
        value, text = f'boolean" office:boolean-value="{str(raw).lower()}"', str(raw).upper()
    elif isinstance(raw, int | float):
        value, text = f'float" office:value="{raw!r}"', str(raw)
    elif isinstance(raw, date):
        shape = "%Y-%m-%dT%H:%M:%S" if isinstance(raw, datetime) else "%Y-%m-%d"
        value, text = f'date" office:date-value="{raw.strftime(shape)}"', raw.isoformat()
    else:
        value, text = 'string"', raw
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{span} office:value-type="{value}>{lines}</table:table-cell>'
