"""A workbook as it is written, row by row."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from models import money
from models.describe.formula_excel import ROW
from models.refusals import Place
from models.sheets.scratch import Scratch
from models.sheets.written_cells import (
    ROWS,
    Cell,
    Column,
    Formula,
    fits,
    letters,
    put_string,
    serial,
)

_WIDEST, _LOOKED = 44.0, 200
NO_FILLS: Mapping[int, str] = {}
_NUMERIC = {"integer", "number", "money", "percent"}


class Workbook:
    """An Excel workbook: frozen header, filter, widths, drop-down lists, numbers and days as such."""

    def __init__(self, path: Path, currency: str, name: str) -> None:
        import xlsxwriter

        self._folder = Scratch("daybook-export-")
        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": self._folder.name}
        )
        self._name = name
        self._decimals = money.decimals(currency)
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._head = self._book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "valign": "vcenter"}
        )
        self._sheet: Any = None
        self._columns: Sequence[Column] = ()
        self._widths: list[float] = []
        self._title, self._part, self._at = "", 1, 0
        self._frozen, self._bold, self._fill = 2, False, ""
        self._names: set[str] = set()
        self._lists: dict[tuple[str, ...], str] = {}

    @property
    def at(self) -> int:
        """The row written last, counted from 0, which is the header."""
        return self._at

    def sheet(self, name: str, columns: Sequence[Column], frozen: int = 2) -> None:
        """Begin a sheet, so many columns of which stay in sight; a name that is taken or not allowed
        is changed as little as possible."""
        self._complete()
        self._title, self._part, self._columns, self._frozen = name, 1, columns, frozen
        self._begin()

    def _begin(self) -> None:
        more = f" {self._part}" if self._part > 1 else ""
        title = re.sub(r"[\[\]:*?/\\]", " ", self._title).strip("' ")[: 31 - len(more)] + more
        while title.casefold() in self._names or title.casefold() in ("", "lists", "history"):
            self._part += 1
            title = f"{title[:27]} {self._part}".strip()
        self._names.add(title.casefold())
        self._sheet = self._book.add_worksheet(title)
        self._sheet._prepare_formula = as_it_is
        self._at = 0
        self._widths = [_width(one.header) + 3.0 for one in self._columns]
        self._sheet.set_row(0, 22)
        for at, column in enumerate(self._columns):
            self._string(at, column.header, self._head)

    def row(
        self,
        cells: Sequence[Cell],
        *,
        bold: bool = False,
        level: int = 0,
        hidden: bool = False,
        collapsed: bool = False,
        fills: Mapping[int, str] = NO_FILLS,
    ) -> None:
        """Add a row; a sheet that is full goes on in another.

        ``level`` is its depth in the outline, ``fills`` the colours behind cells, by their place.

        Raises:
            Refused: a text is longer than a cell can be, or has a character that none can hold.
        """
        if self._at >= ROWS:
            self._complete()
            self._part += 1
            self._begin()
        self._at += 1
        if level or hidden or collapsed:
            options = {"level": level, "hidden": hidden, "collapsed": collapsed}
            self._sheet.set_row(self._at, None, None, options)
        self._bold = bold
        for at, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            self._fill = fills.get(at, "")
            if cell is not None:
                self._cell(at, cell, column)
            elif self._fill:
                self._sheet.write_blank(self._at, at, None, self._usual(column.kind))
        self._bold, self._fill = False, ""

    def rule(self, at: int, last: int, kind: str, colour: str) -> None:
        """Bars in a column, or shades from white to a colour, as the workbook keeps them true."""
        bar = {"type": "data_bar", "bar_color": colour}
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": colour}
        self._sheet.conditional_format(1, at, last, at, bar if kind == "bar" else scale)

    def _cell(self, at: int, cell: Any, column: Column) -> None:
        if isinstance(cell, Formula):
            self._formula(at, cell, column)
        elif isinstance(cell, str):
            if self._at <= _LOOKED:
                self._widths[at] = max(self._widths[at], _width(cell) + 1.5)
            self._string(at, cell, self._text_format(column.kind))
        elif isinstance(cell, date):
            self._day(at, cell)
        else:
            self._number(at, cell, column.kind)

    def _formula(self, at: int, cell: Formula, column: Column) -> None:
        """A formula with its value beside it, for programs that don't reckon."""
        value, kind = cell.value, cell.kind or column.kind
        shown: str | float = ""
        known = kind in ("date", "instant") or kind in _NUMERIC
        format = self._usual(kind) if known else self._format("General")
        if isinstance(value, str):
            shown = value
        elif isinstance(value, date):
            shown = serial(value)
        elif value is not None:
            if not fits(value):
                self._number(at, value, kind)
                return
            shown, format = float(value), self._format(self._result_shape(cell, value, kind))
        if self._at <= _LOOKED:
            self._widths[at] = max(self._widths[at], _width(str(value or "")) + 4)
        text = cell.text.replace(ROW, str(self._at + 1))
        self._sheet.write_formula(self._at, at, text, format, shown)

    def _string(self, at: int, text: str, format: Any) -> None:
        put_string(self._sheet, self._at, at, text, format, lambda: self._place(at))

    def _place(self, at: int) -> Place:
        return Place(self._name, self._sheet.get_name(), self._at + 1, self._columns[at].header)

    def _day(self, at: int, cell: date) -> None:
        moment = isinstance(cell, datetime)
        if moment:
            assert isinstance(cell, datetime)
            shape = "yyyy-mm-dd hh:mm:ss" if cell.second else "yyyy-mm-dd hh:mm"
        else:
            shape = "yyyy-mm-dd"
        self._widths[at] = max(self._widths[at], len(shape) + 1.5)
        if not fits(cell):
            self._sheet.write_string(
                self._at,
                at,
                cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else cell.isoformat(),
                self._format(shape),
            )
        else:
            self._sheet.write_datetime(self._at, at, cell, self._format(shape))

    def _shape(self, cell: int | Decimal, kind: str) -> str:
        """How a number is shown."""
        exponent = Decimal(cell).normalize().as_tuple().exponent
        assert isinstance(exponent, int)
        places = max(0, -exponent)
        if kind == "percent":
            shape = _decimal("0", max(0, places - 2)) + "%"
        elif kind == "money":
            shape = _decimal("#,##0", max(places, self._decimals))
        else:
            shape = "0" if kind == "integer" else _decimal("#,##0", places)
        return shape

    def _result_shape(self, cell: Formula, value: int | Decimal, kind: str) -> str:
        """How a result is shown: what a formula column gives as in the program, however exact."""
        if cell.kind or kind not in ("money", "percent"):
            return self._shape(value, kind)
        return "0.00%" if kind == "percent" else _decimal("#,##0", self._decimals)

    def _number(self, at: int, cell: int | Decimal, kind: str) -> None:
        shape = self._shape(cell, kind)
        if self._at <= _LOOKED:
            digits = len(Decimal(cell).normalize().as_tuple().digits)
            self._widths[at] = max(self._widths[at], digits * 1.35 + 4)
        if not fits(cell):
            text = str(cell) if isinstance(cell, int) else money.plain(cell)
            self._sheet.write_string(self._at, at, text, self._format(shape))
        else:
            self._sheet.write_number(self._at, at, float(cell), self._format(shape))

    def _text_format(self, kind: str) -> Any:
        return self._id() if kind == "id" else self._format("@" if kind not in _NUMERIC else "")

    def _id(self) -> Any:
        return self._format("@", font_color="#8A8F98")

    def _format(self, shape: str, **more: str) -> Any:
        key = (shape, self._bold, self._fill, *more.values())
        if key not in self._formats:
            look: dict[str, Any] = {"num_format": shape, "valign": "top", **more}
            if self._bold:
                look |= {"bold": True, "bg_color": "#F2F4F8"}
            if self._fill:
                look["bg_color"] = self._fill
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _complete(self) -> None:
        """What holds for a whole sheet; written by the library after the rows."""
        sheet = self._sheet
        if sheet is None:
            return
        last = len(self._columns) - 1
        sheet.freeze_panes(1, min(self._frozen, last) if last else 0)
        sheet.outline_settings(symbols_below=False)
        sheet.autofilter(0, 0, max(self._at, 1), last)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, min(self._widths[at], _WIDEST), self._usual(column.kind))
            if column.offers:
                rule = {
                    "validate": "list",
                    "source": self._source(column.offers),
                    "error_type": "warning",
                }
                sheet.data_validation(1, at, ROWS, at, rule)

    def _usual(self, kind: str) -> Any:
        """The format of cells that are still empty, so that what is typed there stays what it is."""
        match kind:
            case "date":
                return self._format("yyyy-mm-dd")
            case "instant":
                return self._format("yyyy-mm-dd hh:mm")
            case "money":
                return self._format(_decimal("#,##0", self._decimals))
            case "percent":
                return self._format("0%")
            case "integer":
                return self._format("0")
            case "number":
                return self._format("#,##0")
        return self._text_format(kind)

    def _source(self, offers: tuple[str, ...]) -> list[str] | str:
        if len(",".join(offers)) <= 255 and not any("," in one or '"' in one for one in offers):
            return list(offers)
        if offers not in self._lists:
            column = letters(len(self._lists))
            self._lists[offers] = f"=Lists!${column}$1:${column}${len(offers)}"
        return self._lists[offers]

    def finish(self) -> None:
        """Write the file.

        Raises:
            OSError: the disk stands in the way.
        """
        from xlsxwriter.exceptions import XlsxFileError

        self._complete()
        if self._lists:
            sheet = self._book.add_worksheet("Lists")
            for at in range(max(map(len, self._lists))):
                for column, offers in enumerate(self._lists):
                    if at < len(offers):
                        sheet.write_string(at, column, offers[at], self._format("@"))
            sheet.hide()
        try:
            self._book.close()
        except XlsxFileError as error:
            cause = error.args[0] if error.args else None
            if isinstance(cause, OSError):
                raise cause from None
            raise

    def abort(self) -> None:
        """Close the library's own files and remove them."""
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            with contextlib.suppress(OSError, ValueError):
                sheet._opt_close()
        self._folder.cleanup()


def as_it_is(formula: str, expand_future_functions: bool = False) -> str:
    """A formula without its sign.

    The library would look for thirty newer functions in each.
    """
    return formula.removeprefix("=")


def _decimal(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def _width(text: str) -> float:
    """How wide the longest line of a text is, in characters."""
    lines = text[:400].split("\n")
    return max(
        sum(1.9 if unicodedata.east_asian_width(one) in "WF" else 1.05 for one in line[:60])
        for line in lines
    )
