"""A workbook with formulas and charts that read its cells, made whole in memory.

Every formula is written with what it comes to, for programs that show sheets without reckoning.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models import money
from models.sheets import placing, writing
from models.sheets.writing import Column, Formula

Value = None | str | int | float | Decimal | date
MUTED, TITLE, SECTION, HEAD = "muted", "title", "section", "head"
TOTAL, WRAPPED, LINE = "total", "wrapped", "line"
_LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    MUTED: {"font_color": "#6b7280"},
    TITLE: {"bold": True, "font_size": 16},
    SECTION: {"bold": True, "font_size": 12},
    HEAD: {"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "text_wrap": True, "valign": "top"},
    TOTAL: {"bold": True, "bg_color": "#F2F4F8", "top": 1},
    WRAPPED: {"text_wrap": True},
    LINE: {"bottom": 1, "bottom_color": "#8a8f98"},
}
_NAME = 31  # characters of a sheet's name
_ROW = 16.0  # points
Cell = Value | Formula


class LiveBook:
    """A workbook on its way; ``write`` puts it in its place."""

    def __init__(self, currency: str) -> None:
        import xlsxwriter

        self._content = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True})
        self._decimals = money.decimals(currency)
        self._formats: dict[tuple[str, str], Any] = {}
        self._names: set[str] = set()

    def sheet(
        self, name: str, widths: Sequence[float], frozen: int = 0, *, upright: bool = False
    ) -> LiveSheet:
        """A new sheet with columns of these widths; a name that is taken is changed a little.

        ``frozen`` rows stay in sight; paper lies on its side unless it is to stand ``upright``.
        """
        title = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_NAME] or "1"
        number = 1
        while title.casefold() in self._names or title.casefold() == "history":
            number += 1
            title = f"{title[: _NAME - 4]} {number}"
        self._names.add(title.casefold())
        made = self._book.add_worksheet(title)
        made.hide_gridlines(2)
        if not upright:
            made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_default_row(_ROW)
        if frozen:
            made.freeze_panes(frozen, 0)
        for at, width in enumerate(widths):
            made.set_column(at, at, width)
        return LiveSheet(self, made, title, widths)

    def format(self, kind: str, look: str = "") -> Any:
        """How a kind of number is shown, in a look."""
        key = kind, look
        if key not in self._formats:
            shape = {
                "money": "#,##0" + (f".{'0' * self._decimals}" if self._decimals else ""),
                "percent": "0.0%",
                "share": "0%",
                "integer": "#,##0",
                "number": "#,##0.##",
                "points": "#,##0.00",
                "date": "yyyy-mm-dd",
            }.get(kind)
            more = {"num_format": shape} if shape else {}
            side: dict[str, Any] = {"align": "right"}
            if kind in ("text", "lines"):  # a little away from the numbers of the column before
                side = {"align": "left", "indent": 1 if look in ("", HEAD, TOTAL) else 0}
                side |= {"text_wrap": True} if kind == "lines" else {}
            self._formats[key] = self._book.add_format(
                {"valign": "top", **side, **_LOOKS[look], **more}
            )
        return self._formats[key]

    def chart(self, kind: str) -> Any:
        """A chart of a kind: column or bar."""
        return self._book.add_chart({"type": kind})

    def write(self, path: Path) -> None:
        """Put the file in its place.

        Raises:
            Refused: the place can't be written; what stood there is untouched.
        """
        self._book.close()
        placing.put(path, self._content.getvalue())


class LiveSheet:
    """One sheet, filled from its top; ``at`` is the next row, counted from 0."""

    def __init__(self, book: LiveBook, sheet: Any, name: str, widths: Sequence[float]) -> None:
        self._book, self._sheet, self.name, self._widths = book, sheet, name, widths
        self.at = 0

    def ref(self, row: int, column: int) -> str:
        """A cell as other sheets name it."""
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!${writing.letters(column)}${row + 1}"

    def text(self, text: str, look: str = "", column: int = 0) -> None:
        """A text in a row of its own."""
        if look in (TITLE, SECTION):
            self._sheet.set_row(self.at, 24 if look == TITLE else 19)
        self._sheet.write_string(self.at, column, text, self._book.format("text", look))
        self.at += 1

    def paragraph(
        self, text: str, columns: int, look: str = WRAPPED, characters: int = 110
    ) -> None:
        """A text over several columns, in as many lines as it takes."""
        shape = self._book.format("lines", look)
        self._sheet.merge_range(self.at, 0, self.at, columns - 1, "", shape)
        self._sheet.write_string(self.at, 0, text, shape)
        self._sheet.set_row(self.at, _ROW * (_wide(text) // characters + 1))
        self.at += 1

    def blank(self, label: str, columns: int, lines: int) -> None:
        """A label, and lines over several columns to write on."""
        if label:
            self.text(label)
        line = self._book.format("text", LINE)
        for _ in range(lines):
            self._sheet.set_row(self.at, 24)
            for at in range(columns):
                self._sheet.write_blank(self.at, at, None, line)
            self.at += 1
        self.gap()

    def gap(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.at += rows

    def head(self, columns: Sequence[Column]) -> None:
        """The heads of a table."""
        lines = 1
        for at, column in enumerate(columns):
            kind = "text" if column.kind in ("text", "lines") else "head"
            self._sheet.write_string(self.at, at, column.header, self._book.format(kind, HEAD))
            lines = max(lines, -(-_wide(column.header) * 10 // int(self._widths[at] * 9)))
        self._sheet.set_row(self.at, _ROW * min(lines, 3))
        self.at += 1

    def row(self, cells: Sequence[Cell], kinds: Sequence[str], look: str = "") -> int:
        """A row of a table, as high as its cells of the kind ``lines`` ask; gives where it stands."""
        lines = 1
        for at, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
            self._put(at, cell, kind, look)
            if kind == "lines" and isinstance(cell, str):
                lines = max(lines, -(-_wide(cell) * 10 // int(self._widths[at] * 9)))
        if lines > 1:
            self._sheet.set_row(self.at, _ROW * lines)
        self.at += 1
        return self.at - 1

    def _put(self, at: int, cell: Cell, kind: str, look: str) -> None:
        shape = self._book.format(kind, look)
        match cell:
            case None:
                self._sheet.write_blank(self.at, at, None, shape)
            case Formula():
                value: Any = cell.value
                if isinstance(value, Decimal):
                    value = float(value)
                if isinstance(value, date):
                    value = writing.serial(value)
                self._sheet.write_formula(
                    self.at, at, cell.text, shape, "" if value is None else value
                )
            case str():
                self._sheet.write_string(self.at, at, cell, shape)
            case date():
                self._sheet.write_datetime(self.at, at, cell, shape)
            case _:
                self._sheet.write_number(self.at, at, float(cell), shape)

    def plot(
        self,
        kind: str,
        title: str,
        names: tuple[int, int, int],
        series: Sequence[tuple[int, int, str]],
        *,
        place: tuple[int, int],
        size: tuple[int, int],
        shape: str = "#,##0",
    ) -> None:
        """Draw a chart of this sheet's cells.

        Args:
            names: first row, last row and column of what each bar is called.
            series: the row of the head, the column and the colour of each set of bars.
            place: the row and column of its corner; size in dots.
            shape: how numbers beside the axis are shown.
        """
        first, last, column = names
        chart = self._book.chart(kind)
        for head, at, colour in series:
            chart.add_series(
                {
                    "name": [self.name, head, at],
                    "categories": [self.name, first, column, last, column],
                    "values": [self.name, first, at, last, at],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
        lines = {"visible": True, "line": {"color": "#e6e9ee"}}
        numbers = {"num_format": shape, "major_gridlines": lines}
        if kind == "bar":  # lies: names at the left from the top down, numbers below
            chart.set_x_axis({**numbers, "label_position": "high"})
            chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        else:
            chart.set_x_axis({"label_position": "low"})
            chart.set_y_axis(numbers)
        chart.set_size({"width": size[0], "height": size[1]})
        self._sheet.insert_chart(*place, chart)


def _wide(text: str) -> int:
    """How many letters' room a text takes."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)
