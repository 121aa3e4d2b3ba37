"""One person's records written into a table of the team's own workbook, in place.

Rows keep their looks, formulas of the team go on in new rows, what is below goes down. What stands in
columns of the team stays with its record, wherever that comes to stand; what belongs to records of
other people goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.refusals import Place, Refused
from models.sheets import headers, own, writing
from models.sheets.table_finding import letter
from models.texts import N_
from models.workbooks import template_rows
from models.workbooks.manifest import Stored
from models.workbooks.template import FORMULA, ID, OWN, AdoptedColumn, AdoptedTable

ROOM = 10  # empty rows below the records, ready for new ones
_NUMBERED = {headers.fold_header(one) for one in ("序号", "No.", "#", "编号", "行号", "Nr.")}
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_CALCULATED = ("=", "+", "-", "@")
_WIDTH = 4  # of the hidden column of ids
_USUAL_WIDTH = 8.43  # of a column that nobody ever touched
_WIDEST = 22  # that a column is made for a day

CellOf = Callable[[Stored], Any]  # what a cell says of a stored value


@dataclass(frozen=True)
class Filling:
    """What is written into one table: records in order with the stored values of its filled columns."""

    table: AdoptedTable
    rows: Mapping[int, tuple[Stored, ...]]  # in the order of ``table.filled``
    readers: Mapping[str, CellOf]  # by the path
    public_id: Callable[[int], str]
    id_header: str
    id_column: int = 0  # counted from 1


@dataclass
class _Kept:
    """What stands beside the fields of a record: by column, its value, comment and link."""

    values: dict[int, Any] = field(default_factory=dict)
    comments: dict[int, Any] = field(default_factory=dict)


def fill(workbook: Any, filling: Filling) -> None:
    """Write records into their table.

    Raises:
        Refused: ``too_long_for_cell``; a text is longer than a cell holds.
    """
    table = filling.table
    sheet = workbook[table.sheet]
    records = _ordered(filling)
    kept = _kept(sheet, table)
    _level(sheet, table)
    formulas = _formulas(sheet, table)
    numbered = _numbered(table, kept)
    size = table.last - table.first + 1
    more = max(0, len(records) + ROOM - size)
    _part(sheet, table)
    if more:
        template_rows.grow(workbook, sheet, table.last, more)
        _dress(sheet, table, more)
    _show(sheet, table, more)
    for at in range(size + more):
        row = table.first + at
        record = records[at] if at < len(records) else None
        _clear(sheet, table, row)
        _compute(sheet, table, formulas, row, record is not None)
        if record is not None:
            _write(sheet, filling, row, record)
            _restore(sheet, row, kept.get(record), formulas)
            for column in numbered:
                sheet.cell(row, column).value = at + 1
    _widen(sheet, filling, len(records))
    _ids(sheet, filling, records)
    _mark_rest(sheet, filling, table.last + more + 1)


def _ordered(filling: Filling) -> list[int]:
    """Records that stand in the sheet already stay in their order, the others follow."""
    there = dict.fromkeys(
        record for _, record in sorted(filling.table.records.items()) if record in filling.rows
    )
    return [*there, *(one for one in filling.rows if one not in there)]


def _kept(sheet: Any, table: AdoptedTable) -> dict[int, _Kept]:
    """What people wrote beside the fields of each record."""
    own = [one.index + 1 for one in table.columns if one.what == OWN]
    made: dict[int, _Kept] = {}
    for row, record in table.records.items():
        one = made.setdefault(record, _Kept())
        for column in own:
            cell = sheet.cell(row, column)
            if cell.value is not None:
                one.values[column] = (cell.value, copy(cell.hyperlink))
        for column in _places(table):
            comment = sheet.cell(row, column).comment
            if comment is not None:
                one.comments[column] = copy(comment)
    return made


def _formulas(sheet: Any, table: AdoptedTable) -> dict[int, tuple[str, str]]:
    """The formula of each column that the sheet works out, with the cell that it stands in."""
    made: dict[int, tuple[str, str]] = {}
    for one in table.columns:
        if one.what != FORMULA:
            continue
        for row in range(table.first, table.last + 1):
            cell = sheet.cell(row, one.index + 1)
            text = template_rows.formula_of(cell)
            if text is not None and isinstance(cell.value, str):
                made[one.index + 1] = (text, cell.coordinate)
                break
    return made


def _numbered(table: AdoptedTable, kept: Mapping[int, _Kept]) -> list[int]:
    """Columns that only count the rows: they count on."""
    made = []
    for one in table.columns:
        if one.what != OWN or headers.fold_header(one.header) not in _NUMBERED:
            continue
        values = [it.values[one.index + 1][0] for it in kept.values() if one.index + 1 in it.values]
        if all(isinstance(value, int) for value in values):
            made.append(one.index + 1)
    return made


def _level(sheet: Any, table: AdoptedTable) -> None:
    """Rows of subtotals and headings between records become rows of records."""
    usual = next(row for row in range(table.first, table.last + 1) if row not in table.inner)
    for row in table.inner:
        for one in [it for it in sheet.merged_cells.ranges if it.min_row <= row <= it.max_row]:
            sheet.unmerge_cells(str(one))
        for column in range(1, sheet.max_column + 1):
            cell = sheet.cell(row, column)
            cell.value = None
            template_rows.copy_format(sheet.cell(usual, column), cell)


def _places(table: AdoptedTable) -> range:
    """The columns of a table, counted from 1."""
    indexes = [one.index for one in table.columns if one.what != ID]
    return range(min(indexes) + 1, max(indexes) + 2)


def _part(sheet: Any, table: AdoptedTable) -> None:
    """Cells that are merged over several rows of records are one cell a row again."""
    for one in list(sheet.merged_cells.ranges):
        inside = table.first <= one.max_row and one.min_row <= table.last
        if inside and (one.min_row != one.max_row or not _harmless(one, table)):
            sheet.unmerge_cells(str(one))


def _harmless(merged: Any, table: AdoptedTable) -> bool:
    """Whether a merged range of one row hides no column that is filled."""
    hidden = range(merged.min_col + 1, merged.max_col + 1)
    return not any(one.index + 1 in hidden for one in table.filled)


def _dress(sheet: Any, table: AdoptedTable, more: int) -> None:
    """New rows look as the two last ones do, so that stripes go on; merged cells as well."""
    back = 2 if table.last > table.first else 1
    width = sheet.max_column
    for row in range(table.last + 1, table.last + more + 1):
        like = row - back
        for column in range(1, width + 1):
            template_rows.copy_format(sheet.cell(like, column), sheet.cell(row, column))
        if like in sheet.row_dimensions and sheet.row_dimensions[like].height is not None:
            sheet.row_dimensions[row].height = sheet.row_dimensions[like].height
        for one in [it for it in sheet.merged_cells.ranges if it.min_row == it.max_row == like]:
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col
            )


def _show(sheet: Any, table: AdoptedTable, more: int) -> None:
    """A filter that hid records of somebody else hides nobody's."""
    if sheet.auto_filter.ref:
        sheet.auto_filter.filterColumn = []
    for part in sheet.tables.values():
        if part.autoFilter is not None:
            part.autoFilter.filterColumn = []
    for row in range(table.first, table.last + more + 1):
        if row in sheet.row_dimensions:
            sheet.row_dimensions[row].hidden = False


def _clear(sheet: Any, table: AdoptedTable, row: int) -> None:
    for column in _places(table):
        cell = sheet.cell(row, column)
        if _merged(cell):
            continue
        cell.comment = None
        cell.hyperlink = None
        if not (cell.data_type == "f" and _is_live(table, column)):
            cell.value = None


def _is_live(table: AdoptedTable, column: int) -> bool:
    return any(one.index + 1 == column and one.what == FORMULA for one in table.columns)


def _merged(cell: Any) -> bool:
    return type(cell).__name__ == "MergedCell"


def _compute(
    sheet: Any,
    table: AdoptedTable,
    formulas: Mapping[int, tuple[str, str]],
    row: int,
    filled: bool,
) -> None:
    """Let the team's formulas go on; in an empty row they say nothing until something is typed."""
    from openpyxl.formula.translate import Translator

    key = letter(table.filled[0].index)
    for column, (text, origin) in formulas.items():
        cell = sheet.cell(row, column)
        own = template_rows.formula_of(cell)
        if own is not None and not isinstance(cell.value, str):
            continue  # of several cells at once
        if filled and own is not None:
            continue
        made = str(Translator(text, origin=origin).translate_formula(cell.coordinate))
        cell.value = made if filled else f'=IF(${key}{row}="","",{made[1:]})'


def _write(sheet: Any, filling: Filling, row: int, record: int) -> None:
    values = filling.rows[record]
    for column, stored in zip(filling.table.filled, values, strict=True):
        cell = sheet.cell(row, column.index + 1)
        said = None if stored is None else filling.readers[column.path](stored)
        _put(cell, _counted(said, column), sheet.title)


def _counted(value: Any, column: AdoptedColumn) -> Any:
    """A number in the unit of its column."""
    if column.unit and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value) / Decimal(column.unit)
    return value


def _put(cell: Any, value: Any, sheet: str) -> None:
    """Write a value; texts are texts, whatever they look like."""
    if value is None:
        cell.value = None
    elif isinstance(value, str):
        put_text(cell, value, sheet)
    elif isinstance(value, datetime | date):
        looks = cell.number_format
        cell.value = value
        dated = cell.is_date if looks != "General" else False
        usual = _MOMENT if isinstance(value, datetime) else _DAY
        cell.number_format = looks if dated and _is_day(looks) else usual
    else:
        cell.value = float(value) if isinstance(value, Decimal) else value


def _is_day(looks: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(looks))


def put_text(cell: Any, text: str, sheet: str) -> None:
    """Write a text that is never worked out, even when somebody only opens the cell and leaves it.

    Raises:
        Refused: ``too_long_for_cell``.
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(clean.encode("utf-16-le")) // 2 > writing.LONGEST:
        raise Refused(
            "too_long_for_cell",
            N_("A text is longer than a cell of a workbook holds ({limit} characters)."),
            place=Place(sheet=sheet, column=cell.coordinate),
            limit=writing.LONGEST,
        )
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(_CALCULATED):
        cell.quotePrefix = True


def _restore(
    sheet: Any, row: int, kept: _Kept | None, formulas: Mapping[int, tuple[str, str]]
) -> None:
    """What people wrote beside a record goes where it goes."""
    if kept is None:
        return
    for column, (value, link) in kept.values.items():
        cell = sheet.cell(row, column)
        if column in formulas or _merged(cell):
            continue
        if isinstance(value, str):
            put_text(cell, value, sheet.title)
        else:
            cell.value = value
        if link is not None:
            link.ref = cell.coordinate
            cell.hyperlink = link
    for column, comment in kept.comments.items():
        sheet.cell(row, column).comment = copy(comment)


def _ids(sheet: Any, filling: Filling, records: Sequence[int]) -> None:
    """The ids of the records in a hidden column at the right."""
    table, column = filling.table, filling.id_column
    put_text(sheet.cell(table.head, column), filling.id_header, sheet.title)
    for at, record in enumerate(records):
        put_text(sheet.cell(table.first + at, column), filling.public_id(record), sheet.title)


def _mark_rest(sheet: Any, filling: Filling, start: int) -> None:
    """Totals, notes and titles below the records are marked, so that none comes back as a record."""
    for row in range(start, sheet.max_row + 1):
        cell = sheet.cell(row, filling.id_column)
        if cell.value == filling.id_header:  # the next table
            return
        if any(one.value not in (None, "") for one in sheet[row]):
            put_text(cell, own.SUM_MARK, sheet.title)


def hide_column(sheet: Any, column: int) -> None:
    """Hide one column and no other."""
    mine = _alone(sheet, column)
    mine.width, mine.hidden = _WIDTH, True


def _widen(sheet: Any, filling: Filling, count: int) -> None:
    """Days that don't fit are shown as ####: their column gets the room that they need."""
    for one in filling.table.filled:
        column, need = one.index + 1, 0
        for row in range(filling.table.first, filling.table.first + count):
            cell = sheet.cell(row, column)
            if isinstance(cell.value, date):
                wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in cell.number_format)
                need = max(need, min(wide + 1, _WIDEST))
        if need and _width(sheet, column) < need:
            _alone(sheet, column).width = need


def _width(sheet: Any, column: int) -> float:
    """How wide a column is, in digits."""
    for one in sheet.column_dimensions.values():
        if one.min and one.max and one.min <= column <= one.max and one.width:
            return float(one.width)
    return float(sheet.sheet_format.defaultColWidth or _USUAL_WIDTH)


def _alone(sheet: Any, column: int) -> Any:
    """What a sheet says of one column; where it says it of many at once, the others keep it."""
    from openpyxl.worksheet.dimensions import ColumnDimension

    mine = ColumnDimension(sheet, width=_width(sheet, column))
    for name, one in list(sheet.column_dimensions.items()):
        first, last = one.min, one.max
        if not first or not last or not first <= column <= last:
            continue
        del sheet.column_dimensions[name]
        mine = copy(one)
        for low, high in ((first, column - 1), (column + 1, last)):
            if low <= high:
                part = copy(one)
                part.index, part.min, part.max = letter(low - 1), low, high
                sheet.column_dimensions[letter(low - 1)] = part
    mine.index, mine.min, mine.max = letter(column - 1), column, column
    sheet.column_dimensions[letter(column - 1)] = mine
    return mine
