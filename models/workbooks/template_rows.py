"""Room for more rows in somebody's own workbook: whatever refers to rows below goes along, ranges grow.

openpyxl moves cells but nothing that refers to them. A ``Growth`` says which rows come in between, and
everything of the workbook that names cells is led through it: formulas of all sheets, merged cells,
validations, conditional formats, filters, tables, print areas, named ranges, charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

_SHEETED = re.compile(r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]]+)!)?(?P<cells>[^!]+)")
_CELLS = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7})(?::(\$?[A-Z]{1,3}\$?)(\d{1,7}))?", re.I)
_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")
_SIDES = ("_from", "to")


@dataclass(frozen=True)
class Growth:
    """``count`` rows come in after the row ``last`` of a sheet; ranges that reach down to it take them in."""

    sheet: str
    last: int
    count: int

    def at(self, row: int) -> int:
        """Where a row stands afterwards."""
        return row + self.count if row > self.last else row

    def end(self, first: int, last: int) -> int:
        """Where a range ends afterwards."""
        return last + self.count if last >= self.last and first <= last else last

    def formula(self, text: str, home: str) -> str:
        """A formula of a sheet (``home``) with its references as they are afterwards."""
        from openpyxl.formula import Tokenizer
        from openpyxl.formula.tokenizer import Token

        tokens = Tokenizer(text)
        for one in tokens.items:
            if one.type == Token.OPERAND and one.subtype == Token.RANGE:
                one.value = self.reference(one.value, home)
        return str(tokens.render())

    def reference(self, text: str, home: str) -> str:
        """A reference with or without a sheet in front; names and whole columns stay as they are."""
        found = _SHEETED.fullmatch(text)
        if found is None:
            return text
        said = found["sheet"]
        sheet = said.strip("'").replace("''", "'") if said else home
        if sheet != self.sheet:
            return text
        return (f"{said}!" if said else "") + self.cells(found["cells"])

    def cells(self, text: str) -> str:
        """A reference without a sheet: ``C5``, ``$C$5:$C$9``, ``5:9``."""
        if found := _CELLS.fullmatch(text):
            first = int(found[2])
            if found[4] is None:
                return f"{found[1]}{self.at(first)}"
            return f"{found[1]}{self.at(first)}:{found[3]}{self.end(first, int(found[4]))}"
        if found := _ROWS.fullmatch(text):
            first, last = int(found[2]), int(found[4])
            return f"{found[1]}{self.at(first)}:{found[3]}{self.end(first, last)}"
        return text

    def many(self, text: str) -> str:
        """Several such references with blanks between them."""
        return " ".join(map(self.cells, text.split()))


def references(workbook: Any, sheet: str) -> Iterator[tuple[str, int, int, int]]:
    """What formulas anywhere say of a sheet: their own sheet and row, the first and last row they name."""
    from openpyxl.formula import Tokenizer

    for home in workbook.worksheets:
        for row in home.iter_rows():
            for cell in row:
                text = formula_of(cell)
                for one in Tokenizer(text).items if text else ():
                    rows = (
                        _rows_of(one.value, home.title, sheet) if one.subtype == "RANGE" else None
                    )
                    if rows is not None:
                        yield home.title, cell.row, *rows


def _rows_of(text: str, home: str, sheet: str) -> tuple[int, int] | None:
    """The first and last row that a reference names, None if it is of another sheet or names none."""
    found = _SHEETED.fullmatch(text)
    if found is None:
        return None
    named = found["sheet"].strip("'").replace("''", "'") if found["sheet"] else home
    cells = _CELLS.fullmatch(found["cells"]) or _ROWS.fullmatch(found["cells"])
    if named != sheet or cells is None:
        return None
    first = int(cells[2])
    return first, int(cells[4] or first)


def formula_of(cell: Any) -> str | None:
    """The formula of a cell, None if it has none."""
    if cell.data_type != "f":
        return None
    text = getattr(cell.value, "text", cell.value)
    return text if isinstance(text, str) and text.startswith("=") else None


def grow(workbook: Any, sheet: Any, last: int, count: int) -> None:
    """Make room for rows after a row of a sheet; what is below goes down."""
    growth = Growth(sheet.title, last, count)
    sheet.insert_rows(last + 1, count)
    _move_heights(sheet, growth)
    _move_merged(sheet, growth)
    _move_marks(sheet, growth)
    _move_drawings(sheet, growth)
    for one in workbook.worksheets:
        _refer_cells(one, growth)
        _refer_rules(one, growth)
        _refer_charts(one, growth)
        _refer_names(one.defined_names, growth, one.title)
    _refer_names(workbook.defined_names, growth, "")


def _move_heights(sheet: Any, growth: Growth) -> None:
    below = {
        row: sheet.row_dimensions[row] for row in sorted(sheet.row_dimensions) if row > growth.last
    }
    for row in below:
        del sheet.row_dimensions[row]
    for row, dimension in below.items():
        dimension.index = growth.at(row)
        sheet.row_dimensions[growth.at(row)] = dimension


def _move_merged(sheet: Any, growth: Growth) -> None:
    for one in list(sheet.merged_cells.ranges):
        if one.max_row > growth.last:
            sheet.merged_cells.ranges.discard(one)
            if one.min_row > growth.last:
                one.shift(row_shift=growth.count)
            else:
                one.expand(down=growth.count)
            sheet.merged_cells.ranges.add(one)


def _move_marks(sheet: Any, growth: Growth) -> None:
    """Filters, tables, print areas, page breaks and links of a sheet."""
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = growth.cells(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = growth.cells(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = growth.cells(table.autoFilter.ref)
    if sheet.print_area:
        parts = sheet.print_area if isinstance(sheet.print_area, list) else [sheet.print_area]
        said = [part for one in parts for part in one.split(",")]
        sheet.print_area = ",".join(growth.cells(one.rpartition("!")[2]) for one in said)
    for mark in sheet.row_breaks.brk:
        mark.id = growth.at(mark.id)
    for row in sheet.iter_rows(min_row=growth.last + 1):
        for cell in row:
            if getattr(cell, "hyperlink", None) is not None:
                cell.hyperlink.ref = cell.coordinate


def _move_drawings(sheet: Any, growth: Growth) -> None:
    for drawing in (*sheet._charts, *sheet._images):
        for name in _SIDES:
            side = getattr(drawing.anchor, name, None)
            if side is not None:  # rows are counted from 0 there
                side.row = growth.at(side.row + 1) - 1


def _refer_cells(sheet: Any, growth: Growth) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            text = formula_of(cell)
            if text is None:
                continue
            grown = growth.formula(text, sheet.title)
            if isinstance(cell.value, str):
                if grown != text:
                    cell.value = grown
                continue
            cell.value.text = grown  # of several cells at once
            if sheet.title == growth.sheet:
                cell.value.ref = growth.cells(cell.value.ref)


def _refer_rules(sheet: Any, growth: Growth) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    here = sheet.title == growth.sheet
    kept = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [_grown(text, growth, sheet.title) for text in rule.formula]
            kept.add(growth.many(str(one.sqref)) if here else str(one.sqref), rule)
    sheet.conditional_formatting = kept
    for rule in sheet.data_validations.dataValidation:
        if here:
            rule.sqref = type(rule.sqref)(growth.many(str(rule.sqref)))
        for name in ("formula1", "formula2"):
            text = getattr(rule, name)
            if text:
                setattr(rule, name, _grown(text, growth, sheet.title))


def _grown(text: str, growth: Growth, home: str) -> str:
    """A formula that stands without its sign."""
    return growth.formula("=" + text, home)[1:]


def _refer_names(names: Any, growth: Growth, home: str) -> None:
    for one in names.values():
        if one.attr_text and one.type == "RANGE":
            one.attr_text = _grown(one.attr_text, growth, home)


def _refer_charts(sheet: Any, growth: Growth) -> None:
    for one in references_of_charts(sheet):
        one.f = _grown(one.f, growth, sheet.title)


def references_of_charts(sheet: Any) -> Iterable[Any]:
    """Everything in the charts of a sheet that names cells, without what it remembers of their values."""
    for chart in sheet._charts:
        parts = {id(one): one for one in (chart, *getattr(chart, "_charts", ()))}
        for part in parts.values():  # a chart is one of its own parts
            for series in getattr(part, "ser", ()) or getattr(part, "series", ()):
                yield from _references(series)


def _references(series: Any) -> Iterator[Any]:
    for name in ("tx", "cat", "val", "xVal", "yVal", "bubbleSize"):
        source = getattr(series, name, None)
        for kind in ("numRef", "strRef", "multiLvlStrRef"):
            found = getattr(source, kind, None)
            if found is not None and getattr(found, "f", None):
                yield found


def copy_format(source: Any, target: Any) -> None:
    """Let a cell look like another."""
    if source.has_style:
        target._style = copy(source._style)
