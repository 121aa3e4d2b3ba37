"""Blocks of cells to and from Excel, WPS and LibreOffice: text with tabs, and a table beside it.

The text is what cells show. The table keeps zeros and line breaks on the way out, and on the way in
it says the number or the day behind what is shown.
"""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from models.pasting import Cell
from ui.records.sheet_keys import shown_columns
from ui.records.table_model import RecordTableModel

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)')
_END = re.compile(r"[\t\r\n]|\Z")
_DAYS = re.compile(r"yy|jj|(?<![a-z])dd?(?![a-z])", re.IGNORECASE)  # of a format with a day
_ZERO_DAY = date(1899, 12, 30)  # as Excel and LibreOffice count
_LAST_DAY = 2_958_465  # 9999-12-31
_DIGITS = 15  # that a sheet's number holds
_NUMBERS = {"integer", "number", "money", "percent"}
_BREAK = '<br style="mso-data-placement:same-cell">'


def copy(view: QTableView, *, heads: bool = False) -> None:
    """Put the selected cells on the clipboard, in the order in which they are seen; ``heads`` puts
    the names of the columns above them."""
    model = view.model()
    assert isinstance(model, RecordTableModel)
    seen = shown_columns(view)
    shown = {column: place for place, column in enumerate(seen)}
    cells = {
        (one.row(), shown[one.column()]): _text(one)
        for one in view.selectionModel().selectedIndexes()
        if one.column() in shown
    }
    if not cells:
        return
    columns = sorted({column for _, column in cells})
    rows = [
        [cells.get((row, column), "") for column in columns]
        for row in sorted({row for row, _ in cells})
    ]
    places = sorted({row for row, _ in cells})
    table = [
        [
            _cell(model.kind_at(place, seen[one]), text)
            for one, text in zip(columns, row, strict=True)
        ]
        for place, row in zip(places, rows, strict=True)
    ]
    if heads:
        names = [model.title(seen[one]) for one in columns]
        rows.insert(0, names)
        table.insert(0, [_cell("text", one) for one in names])
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    data = QMimeData()
    data.setText(text.getvalue().removesuffix("\n"))
    data.setHtml("<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in table) + "</table>")
    QGuiApplication.clipboard().setMimeData(data)


def _text(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.EditRole) or index.data() or "")


def _cell(kind: str, text: str) -> str:
    """A cell of the table: numbers and days stay such, all else is said to be text, because Excel
    makes 571 of 0571. LibreOffice reads ``sdnum``, Excel and WPS the style."""
    inside = html.escape(text).replace("\n", _BREAK)
    if not text:
        return "<td></td>"
    if kind in _NUMBERS and sum(map(str.isdigit, text)) <= _DIGITS:
        if text.endswith("%"):
            share = Decimal(text[:-1]) / 100
            return f'<td sdval="{share:f}" sdnum="1033;0;0.##%">{inside}</td>'
        return f'<td sdval="{text}">{inside}</td>'
    if kind == "date":
        serial = (date.fromisoformat(text) - _ZERO_DAY).days
        style = 'mso-number-format:"yyyy\\-mm\\-dd"'
        return f'<td style=\'{style}\' sdval="{serial}" sdnum="1033;0;YYYY-MM-DD">{inside}</td>'
    return f'<td style=\'mso-number-format:"\\@"\' sdnum="1033;0;@">{inside}</td>'


def block() -> list[list[Cell]]:
    """What the clipboard holds, as rows of cells."""
    data = QGuiApplication.clipboard().mimeData()
    return read(data.text(), data.html())


def read(text: str, table: str = "") -> list[list[Cell]]:
    """The rows of a copied block: as shown, with what a table of the same shape says better."""
    rows = _split(text)
    told = _Table.read(table) if table else []
    if not rows:  # a program that copies a table alone
        return told
    if [len(row) for row in rows] != [len(row) for row in told]:
        return [[Cell(one) for one in row] for row in rows]
    return [
        [_better(one, other) for one, other in zip(row, line, strict=True)]
        for row, line in zip(rows, told, strict=True)
    ]


def _better(shown: str, told: Cell) -> Cell:
    """LibreOffice writes a blank for a line break in its text; its table has the break."""
    same = shown.split() == told.text.split()
    broken = same and "\n" in told.text and "\n" not in shown
    return Cell(told.text if broken else shown, told.value)


def _split(text: str) -> list[list[str]]:
    """Rows of texts. Sheets quote a cell only for the tabs, lines or quotes in it: other quotes
    are the cell's own."""
    rows: list[list[str]] = [[]]
    at = 0
    while text:
        found = _QUOTED.match(text, at)
        if found is not None and (not found[1] or re.search(r'[\t\r\n]|""', found[1])):
            cell, at = found[1].replace('""', '"').replace("\r\n", "\n"), found.end()
        else:
            end = _END.search(text, at)
            assert end is not None
            cell, at = text[at : end.start()], end.start()
        rows[-1].append(cell)
        between = text[at : at + 2]
        at += 2 if between == "\r\n" else 1
        if at > len(text) or (at == len(text) and between != "\t"):
            return rows
        if not between.startswith("\t"):
            rows.append([])
    return []


class _Table(HTMLParser):
    """Reads a copied table, with the values that LibreOffice and Excel write beside its texts."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[list[Cell]] = []
        self._plain = True  # no cell reaches over several
        self._inside = False

    @classmethod
    def read(cls, text: str) -> list[list[Cell]]:
        """The cells row by row; [] where some are merged."""
        made = cls()
        made.feed(text)
        made.close()
        return made._rows if made._plain else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell or a line begins."""
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            said = dict(attrs)
            if {said.get("colspan") or "1", said.get("rowspan") or "1"} != {"1"}:
                self._plain = False
            number = said.get("sdval") or said.get("x:num") or ""
            self._rows[-1].append(Cell("", _value(number, said.get("sdnum") or "")))
            self._inside = True
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        """What stands between cells belongs to none."""
        if tag in ("td", "th", "tr"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        """A piece of a cell's text; lines of the source mean nothing."""
        self._add(re.sub(r"\s+", " ", data))

    def _add(self, text: str) -> None:
        if self._inside:
            cell = self._rows[-1][-1]
            self._rows[-1][-1] = Cell(cell.text + text, cell.value)


def _value(number: str, form: str) -> Decimal | date | None:
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form.rpartition(";")[2] or form)
    if not _DAYS.search(shown):
        return value
    if 0 < value <= _LAST_DAY and value == value.to_integral_value():
        return _ZERO_DAY + timedelta(days=int(value))
    return None
