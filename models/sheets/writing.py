"""Sheets of typed cells, written beside their place and put there when whole.

Rows go straight to disk, so that memory doesn't grow with them. A target is a workbook of several
sheets or one text file; both take the same cells: None, text, whole and decimal numbers, days and
local moments.
"""

from __future__ import annotations

import contextlib
import csv
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from models import money
from models.describe.formula_excel import ROW
from models.refusals import Place, Refused
from models.sheets import own, placing
from models.sheets.scratch import Scratch
from models.texts import N_

Value = None | str | int | Decimal | date | datetime
LONGEST = 32_767  # UTF-16 units that a cell of a workbook holds
ROWS = 1_048_575  # below the header of one sheet
_DIGITS = 15  # that a sheet's numbers keep
_FIRST_DAY = date(1900, 3, 1)  # before it the days of workbooks are off by one
_DAY_ZERO = date(1899, 12, 30)
_WIDEST, _LOOKED = 44.0, 200
NO_FILLS: Mapping[int, str] = {}
_NUMERIC = {"integer", "number", "money", "percent"}


@dataclass(frozen=True)
class Formula:
    """A live formula of a workbook, ``ROW`` in it for its row's number, and what it comes to.

    ``kind`` is of what it comes to, where that is another than the column's.
    """

    text: str
    value: Value
    kind: str = ""


Cell = Value | Formula


@dataclass(frozen=True)
class Column:
    """One column of a sheet; ``offers`` are the texts of its drop-down list."""

    header: str
    kind: str
    offers: tuple[str, ...] = ()


class Target(Protocol):
    """Where sheets are written."""

    def sheet(self, name: str, columns: Sequence[Column]) -> None:
        """Begin a sheet; the one before is complete."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Add a row to the sheet."""

    def finish(self) -> None:
        """Complete the file."""

    def abort(self) -> None:
        """Let go of everything; the file is of no use."""


@contextlib.contextmanager
def written(path: Path, format: str, currency: str) -> Iterator[Target]:
    """A target that stands at ``path`` only when everything went well.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    with placing.placed(path) as beside:
        made: Target | None = None
        try:
            made = _target(beside, format, currency, path.name)
            yield made
            made.finish()
        finally:
            if made is not None:
                made.abort()


def _target(beside: Path, format: str, currency: str, name: str) -> Target:
    if format == "xlsx":
        return Workbook(beside, currency, name)
    return TextFile(beside, "\t" if format == "tsv" else ",", name)


# -- text files ----------------------------------------------------------------------------------


class TextFile:
    """One sheet as text: UTF-8 with the mark that Excel needs, texts kept from being calculated."""

    def __init__(self, path: Path, separator: str, name: str) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self._name, self._columns, self._count = name, (), 0

    _columns: Sequence[Column]

    def sheet(self, name: str, columns: Sequence[Column]) -> None:
        """Begin the only sheet."""
        self._columns = columns
        self._rows.writerow([own.guard(one.header) for one in columns])

    def row(self, cells: Sequence[Cell]) -> None:
        """Add a row.

        Raises:
            Refused: a text has a character that text files can't hold.
        """
        self._count += 1
        self._rows.writerow(
            [
                "" if cell is None else self._text(cell, column)
                for cell, column in zip(cells, self._columns, strict=True)
            ]
        )

    def _text(self, cell: Any, column: Column) -> str:
        if isinstance(cell, str):
            if "\0" in cell:
                raise unwritable(cell, Place(self._name, "", self._count + 1, column.header))
            return own.guard(cell)
        if isinstance(cell, datetime):
            return cell.isoformat(" ", "seconds" if cell.second else "minutes")
        if isinstance(cell, date):
            return cell.isoformat()
        if column.kind == "percent":
            return money.plain(cell * 100) + "%"
        return str(cell) if isinstance(cell, int) else money.plain(cell)

    def finish(self) -> None:
        """Write what is still in memory."""
        self._file.close()

    def abort(self) -> None:
        """Close the file, whatever it holds."""
        with contextlib.suppress(OSError):
            self._file.close()


def unwritable(text: str, place: Place) -> Refused:
    """The refusal of a character that a format doesn't know."""
    names = sorted({f"U+{ord(one):04X}" for one in text if one in "\0\ufffe\uffff"})
    return Refused(
        "unwritable_character",
        N_("The text has a character that such a file can't hold ({characters}). Remove it there."),
        place=place,
        characters=", ".join(names),
    )


# -- workbooks -----------------------------------------------------------------------------------


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


def put_string(
    sheet: Any, row: int, column: int, text: str, format: Any, place: Callable[[], Place]
) -> None:
    """A text into a cell of a workbook, whatever it begins with.

    Raises:
        Refused: it is longer than a cell can be, or has a character that none can hold.
    """
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise Refused(
            "too_long_for_cell",
            N_(
                "The text has {count} characters; a cell of a workbook holds {most}. "
                "Export to a .csv file, or shorten it."
            ),
            place=place(),
            count=len(text),
            most=LONGEST,
        )
    if "\ufffe" in text or "\uffff" in text:
        raise unwritable(text, place())
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes such a text for one with formats; so it is made one.
        inside = re.sub(
            r"[\x00-\x08\x0b-\x1f]",
            lambda found: f"_x{ord(found[0]):04X}_",
            re.sub(r"_x(?=[0-9a-fA-F]{4}_)", "_x005F_x", text),
        )
        text = f'<r><t xml:space="preserve">{html.escape(inside, quote=False)}</t></r>'
    sheet.write_string(row, column, text, format)


def as_it_is(formula: str, expand_future_functions: bool = False) -> str:
    """A formula without its sign.

    The library would look for thirty newer functions in each.
    """
    return formula.removeprefix("=")


def _decimal(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def serial(value: date) -> float:
    """A day, or a moment by this machine's clock, as workbooks count them."""
    if not isinstance(value, datetime):
        return (value - _DAY_ZERO).days
    local = value.astimezone().replace(tzinfo=None)
    return (local - datetime.combine(_DAY_ZERO, time())) / timedelta(days=1)


def fits(value: int | Decimal | date) -> bool:
    """Whether the cells of a workbook hold a number or day as such; if not, it is written as text."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY
    _, digits, exponent = Decimal(value).normalize().as_tuple()
    assert isinstance(exponent, int)
    return max(len(digits) + exponent, len(digits)) <= _DIGITS


def letters(at: int) -> str:
    """The name of a column of a workbook, from 0."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


def _width(text: str) -> float:
    """How wide the longest line of a text is, in characters."""
    lines = text[:400].split("\n")
    return max(
        sum(1.9 if unicodedata.east_asian_width(one) in "WF" else 1.05 for one in line[:60])
        for line in lines
    )
