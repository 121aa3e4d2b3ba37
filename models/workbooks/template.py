"""A team's own workbook as the layout of what is handed out: which of its tables and columns are fields.

The tables are found and understood as an import would. What is no field of the book, or is worked out
by a formula of the sheet, belongs to the team and stays.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.field import Entity
from models.dialects import quoted, writing
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sheets import gates, importing, memory, row_kinds
from models.sheets.gates import Limits
from models.sheets.mapping import ColumnMapping
from models.sheets.proposal import Found, Proposal
from models.sheets.report import Options
from models.sheets.scratch import Scratch
from models.texts import N_, tr
from models.workbooks import contents, template_blank, template_rows
from models.workbooks.template_losses import losses

HIDDEN = "_daybook"
# Excel's own formats of days in China; a file names them by number alone, and openpyxl knows none.
_DAY, _MONTH = 'm"月"d"日"', 'yyyy"年"m"月"'
_CHINESE = {
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: 'AM/PM h"时"mm"分"', 35: 'AM/PM h"时"mm"分"ss"秒"', 36: _MONTH,
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: 'AM/PM h"时"mm"分"',
    56: 'AM/PM h"时"mm"分"ss"秒"', 57: _MONTH, 58: _DAY,
}  # fmt: skip

FIELD, SHOWN, OWN, FORMULA, ID = "field", "shown", "own", "formula", "id"


@dataclass(frozen=True)
class AdoptedColumn:
    """A column of the team's table.

    ``what``: FIELD, filled with ``path`` and taken back; SHOWN, filled but belonging to another record
    or worked out by the book; OWN, the team's; FORMULA, worked out by the sheet; ID, ids of an earlier
    workbook. ``unit`` is what its numbers are multiplied by, "" for 1.
    """

    index: int  # from 0
    letter: str
    header: str
    what: str
    path: str = ""
    unit: str = ""


@dataclass(frozen=True)
class AdoptedTable:
    """A table of the team's workbook; rows are counted from 1.

    ``head`` is the row in which single columns are named, ``first`` and ``last`` the rows of its
    records. ``records`` says which of these is which record of the book, ``inner`` which of them are
    subtotals or headings between records. ``reason`` says why it is not filled, "" where it is.
    """

    sheet: str
    entity: str
    head: int
    first: int
    last: int
    columns: tuple[AdoptedColumn, ...]
    records: Mapping[int, int] = field(default_factory=dict)
    inner: tuple[int, ...] = ()
    reason: str = ""

    @property
    def filled(self) -> tuple[AdoptedColumn, ...]:
        """The columns that the program fills."""
        return tuple(one for one in self.columns if one.what in (FIELD, SHOWN))


@dataclass(frozen=True)
class Adopted:
    """A team's workbook as it was understood: its tables, the sheets that go out as they are, warnings."""

    path: Path
    tables: tuple[AdoptedTable, ...]
    left: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def filled(self) -> tuple[AdoptedTable, ...]:
        """The tables that the program fills."""
        return tuple(one for one in self.tables if not one.reason)


def adopt(
    book: Book,
    path: Path | str,
    columns: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> Adopted:
    """Understand a team's workbook; ``columns`` says by header or letter which field a column is.

    Raises:
        Refused: ``not_an_xlsx`` and whatever a sheet is refused for; ``nothing_to_fill``. Cancelled.
    """
    place = Path(path)
    assert_xlsx(place)
    tables = _tables(book, place, place, columns or {}, progress)
    workbook = load(place)
    if not any(not one.reason for one in tables):
        tables = _of_a_form(book, place, columns or {}, progress) or tables
    if not any(not one.reason for one in tables):
        why = next((one.reason for one in tables if one.entity), "")
        raise Refused(
            "nothing_to_fill",
            N_("No table of this workbook can be filled from the book. {why}"),
            place=Place(file=place.name),
            why=why,
        )
    return Adopted(
        place, tuple(tables), _left(workbook, tables), _warnings(place, workbook, tables)
    )


def _tables(
    book: Book,
    place: Path,
    readable: Path,
    columns: Mapping[str, str],
    progress: Progress,
) -> list[AdoptedTable]:
    """The tables of a workbook, as they are found in a copy of it that can be read."""
    options = Options(columns=dict(columns), unknown="skip")
    try:
        proposal = importing.prepare(book, [readable], options, progress, undecided=True)
    except Refused as refused:
        if refused.code != "nothing_recognised":
            raise
        return []
    try:
        workbook = load(place)
        if columns:  # next time nobody has to say it again
            db = book.connection()
            with writing(db):
                memory.keep(db, proposal.tables, options)
        found = [_table(book, proposal, at, workbook) for at in range(len(proposal.tables))]
    finally:
        proposal.close()
    if readable != place:  # an example is no record
        found = [replace(one, records={}) for one in found]
    return _apart(found)


def _of_a_form(
    book: Book, place: Path, columns: Mapping[str, str], progress: Progress
) -> list[AdoptedTable]:
    """The tables of a workbook without records; none where it has no empty form."""
    folder = Scratch("daybook-sheet-")
    try:
        filled_in = Path(folder.name) / place.name
        if not template_blank.with_examples(load(place), filled_in):
            return []
        return _tables(book, place, filled_in, columns, progress)
    finally:
        folder.cleanup()


def assert_xlsx(path: Path) -> None:
    """Refuse what can't be written into without losing what it is.

    Raises:
        Refused: ``not_an_xlsx``, saying what to do; or the file is unreadable, damaged, hostile.
    """
    format = gates.sniff(path, Limits())
    if format != "xlsx" or path.suffix.lower() != ".xlsx":
        raise Refused(
            "not_an_xlsx",
            N_(
                "Only a workbook of the kind .xlsx can be the layout. Open {name} in Excel, WPS or LibreOffice, save it as “Excel workbook (.xlsx)” and choose that file."
            ),
            place=Place(file=path.name),
            name=path.name,
        )


def load(path: Path) -> Any:
    """The workbook to write into, with the days of Chinese formats read as days.

    Raises:
        Refused: ``damaged``; openpyxl can't read it.
    """
    import openpyxl
    from openpyxl.styles import numbers

    numbers.BUILTIN_FORMATS.update(_CHINESE)
    reader: Any = openpyxl.load_workbook  # its types know less than it can do
    try:
        with warnings.catch_warnings():  # what it leaves out is said by ``losses``
            warnings.simplefilter("ignore")
            return reader(path, rich_text=True)
    except Exception as error:  # whatever it stumbles over, the file is at fault
        raise Refused(
            "damaged",
            N_("The file is damaged or cut short. Get it again, or open and save it in Excel."),
            place=Place(file=path.name),
        ) from error


def _table(book: Book, proposal: Proposal, number: int, workbook: Any) -> AdoptedTable:
    found = proposal.tables[number]
    table, mapping = found.mapping.table, found.mapping
    head = table.header_rows[1] + 1 if table.header_rows else 0
    first = table.first_row + 1
    bare = AdoptedTable(table.sheet_name, mapping.entity or "", head, first, first, ())
    if reason := _unfit(book, found):
        return _refused(bare, reason)
    sheet = workbook[table.sheet_name]
    last = _last(found, sheet)
    inner = sorted(row + 1 for row in table.skip_rows if first <= row + 1 <= last)
    if named := _named(workbook, sheet, inner):
        rows = ", ".join(map(str, named))
        text = N_(
            "Formulas add up its subtotals one by one, which records of one person don't have: rows {rows}."
        )
        return _refused(bare, tr(text, rows=rows))
    entity = book.schema.entity(bare.entity)
    within = [row for row in range(first, last + 1) if row not in inner]
    columns = _columns(book, entity, found, sheet, within)
    if not any(one.what == FIELD for one in columns):
        return _refused(bare, tr(N_("None of its columns is a field of the book.")))
    reach = _reach(workbook, sheet, first, last)
    return AdoptedTable(
        table.sheet_name,
        entity.id,
        head,
        first,
        reach,
        columns,
        _records(proposal, number, entity),
        tuple(inner),
    )


def _named(workbook: Any, sheet: Any, inner: Sequence[int]) -> list[int]:
    """The rows of these that a formula outside of them names by itself."""
    wanted = set(inner)
    found = {
        first
        for home, row, first, last in template_rows.references(workbook, sheet.title)
        if first == last and first in wanted and not (home == sheet.title and row in wanted)
    }
    return sorted(found)


def _refused(table: AdoptedTable, reason: str) -> AdoptedTable:
    return AdoptedTable(
        table.sheet, table.entity, table.head, table.first, table.last, (), {}, (), reason
    )


def _unfit(book: Book, found: Found) -> str:
    """Why a table can't be filled by its kind, "" if it can."""
    table = found.mapping.table
    if not found.mapping.entity:
        return tr(N_("What its rows are was not recognised."))
    if table.wide is not None:
        return tr(N_("It has a column a month; such tables can be imported but not filled."))
    if table.header_rows is None:
        return tr(N_("Its columns have no headings."))
    return ""


def _last(found: Found, sheet: Any) -> int:
    """The last row of records, counted from 1."""
    table = found.mapping.table
    end = table.end_row or found.source.sheets[table.sheet].rows
    for row in range(end, table.first_row, -1):
        cells = [sheet.cell(row, one.index + 1) for one in table.columns]
        if row - 1 in table.skip_rows or _sums(cells):
            continue
        if any(cell.value not in (None, "") for cell in cells):
            return row
    return int(table.first_row) + 1


def _sums(cells: list[Any]) -> bool:
    """Whether a row adds up others: where nobody computed its formulas yet, no number says so."""
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    live = [cell for cell in cells if cell.data_type == "f"]
    return bool(live) and any(row_kinds.is_sum(str(one)) for one in texts)


def _reach(workbook: Any, sheet: Any, first: int, last: int) -> int:
    """The last row that sums over the table take in: blank rows before a total belong to the table."""
    reach = last
    for _, _, start, end in template_rows.references(workbook, sheet.title):
        if first - 2 <= start <= last and end > reach:
            reach = end
    for row in range(last + 1, min(reach, sheet.max_row) + 1):
        if any(cell.value not in (None, "") for cell in sheet[row]):
            return row - 1
    return int(min(reach, max(sheet.max_row, last)))


def _columns(
    book: Book, entity: Entity, found: Found, sheet: Any, rows: Sequence[int]
) -> tuple[AdoptedColumn, ...]:
    made: list[AdoptedColumn] = []
    taken: set[str] = set()
    for column in found.mapping.columns:
        what = _what(book, entity, column, taken)
        live = any(sheet.cell(row, column.index + 1).data_type == "f" for row in rows)
        if live and what in (FIELD, SHOWN, OWN):
            what = FORMULA
        path = str(column.path) if what in (FIELD, SHOWN) else ""
        if path:
            taken.add(path)
        unit = _unit(column) if path else ""
        made.append(AdoptedColumn(column.index, column.letter, column.header, what, path, unit))
    return tuple(made)


def _what(book: Book, entity: Entity, column: ColumnMapping, taken: set[str]) -> str:
    if column.path == "id":
        return ID
    if (
        not column.path or column.path in taken
    ):  # two columns that together say one: the second stays
        return OWN
    if not contents.may_leave(book.schema, entity, column.path):
        return OWN
    one = book.schema.path(entity, column.path)[1]
    shown = "." in column.path or bool(one.formula) or bool(one.read_as)
    return SHOWN if shown else FIELD


def _unit(column: ColumnMapping) -> str:
    """What plain numbers of a column are multiplied by, "" for 1."""
    if column.kind == "percent":
        return "0.01" if column.format.percent else ""
    factor = column.format.factor
    return "" if factor == Decimal(1) else format(factor, "f")


def _records(proposal: Proposal, number: int, entity: Entity) -> dict[int, int]:
    """Which row of the sheet is which record of the book."""
    assert proposal.staging is not None
    if entity.id not in proposal.staging.fields:
        return {}
    rows = proposal.staging.db.run(
        f"SELECT line, row FROM {quoted(entity.id)} "
        "WHERE tbl = ? AND base = 1 AND row IS NOT NULL AND same IS NULL AND old IS NOT NULL",
        (number,),
    )
    return {int(line): int(row) for line, row in rows}


def _apart(tables: list[AdoptedTable]) -> list[AdoptedTable]:
    """Of tables beside one another only the first can grow."""
    made: list[AdoptedTable] = []
    for one in tables:
        beside = any(
            other.sheet == one.sheet
            and not other.reason
            and other.head <= one.last
            and one.head <= other.last
            for other in made
        )
        text = N_("It stands beside another table; give it a sheet of its own.")
        made.append(_refused(one, tr(text)) if beside and not one.reason else one)
    return made


def _left(workbook: Any, tables: list[AdoptedTable]) -> tuple[str, ...]:
    filled = {one.sheet for one in tables if not one.reason}
    return tuple(
        one.title for one in workbook.worksheets if one.title not in filled and one.title != HIDDEN
    )


def _warnings(path: Path, workbook: Any, tables: list[AdoptedTable]) -> tuple[str, ...]:
    made = []
    lost = losses(path)
    if lost:
        text = N_("These parts are lost when the program writes into the workbook: {parts}.")
        made.append(tr(text, parts=tr(N_(", ")).join(lost)))
    left = _left(workbook, tables)
    if left:
        text = N_("These sheets leave as they are, the same for everybody: {sheets}.")
        made.append(tr(text, sheets=tr(N_(", ")).join(left)))
    inner = [str(row) for one in tables if not one.reason for row in one.inner]
    if inner:
        text = N_("Subtotals and headings between the records give way to records: rows {rows}.")
        made.append(tr(text, rows=", ".join(inner)))
    locked = [
        one.sheet for one in tables if not one.reason and workbook[one.sheet].protection.sheet
    ]
    if locked:
        text = N_(
            "These sheets are protected; cells that are locked there can't be filled in: {sheets}."
        )
        made.append(tr(text, sheets=tr(N_(", ")).join(dict.fromkeys(locked))))
    if any(template_rows.formula_of(cell) for cell in _cells(workbook)):
        made.append(
            tr(
                N_(
                    "Formulas show their values when the workbook is opened in Excel, WPS or LibreOffice; a preview in a chat shows them empty."
                )
            )
        )
    return tuple(made)


def _cells(workbook: Any) -> Any:
    return (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row)
