"""Workbooks as files: tables that people edit on a phone or a laptop, and the hidden part behind them.

A table has its headers in the first row, the public ids in the first column, empty rows for new records
below the headers, then the records. What can't be edited is shaded and locked; sheets are protected
without a password, so that nobody overwrites it by accident and anybody can who wants to.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.describe.field import Field
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.public_ids import PublicIds
from models.refusals import Place
from models.sheets import exporting, own, writing
from models.sheets.choices import choice_text
from models.texts import N_, language, tr
from models.workbooks import looks
from models.workbooks.checks import Checks
from models.workbooks.contents import Labels, SheetPlan
from models.workbooks.looks import Looks
from models.workbooks.manifest import Manifest, Stored

HIDDEN, LISTS = "_daybook", "_lists"
FORM = "daybook-workbook 1"
PROPERTY = "daybook"
CHUNK = 30_000  # characters of a cell of the hidden part
ROOM_BELOW = 500  # rows below the records that are ready for typing
_PAPER = 200  # characters that are still legible on one page
_NUMBERS = {"integer", "number", "money", "percent"}


def reader(field: Field, labels: Labels) -> Callable[[Stored], writing.Value]:
    """The function from stored values (not None) of a field to what its cells say when they leave."""
    load = KINDS[field.kind].load
    match field.kind:
        case "link":
            names = labels.get(field.target, {})
            return lambda stored: names.get(int(stored or 0), "")
        case "choice":
            texts = {one.code: choice_text(field, one.code) for one in field.choices}
            return lambda stored: texts.get(str(stored), str(stored))
        case "flag":
            yes, no = tr(N_("Yes")), tr(N_("No"))
            return lambda stored: yes if stored else no
        case "recurrence":
            return lambda stored: KINDS[field.kind].show(field, stored)
        case "instant":
            return lambda stored: exporting.moment(load(stored))
    return lambda stored: load(stored) if stored != "" else None


class Paper:
    """A workbook on its way to a place; ``book`` is the library's own, for sheets of other kinds."""

    def __init__(self, path: Path, schema: Schema, public: PublicIds, currency: str) -> None:
        import xlsxwriter

        self.path, self.schema, self.public = path, schema, public
        self.book: Any = xlsxwriter.Workbook(
            str(path),
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": looks.font(), "font_size": 11},
            },
        )
        self.looks = Looks(self.book, currency)
        self.lists: dict[tuple[str, ...], str] = {}

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: the disk stands in the way.
        """
        from xlsxwriter.exceptions import XlsxFileError

        try:
            self.book.close()
        except XlsxFileError as error:
            cause = error.args[0] if error.args else None
            if isinstance(cause, OSError):
                raise cause from None
            raise

    # -- tables ----------------------------------------------------------------------------------

    def table(self, plan: SheetPlan, labels: Labels, offers: Mapping[str, tuple[str, ...]]) -> None:
        """One table of records; ``offers`` are the names in the drop-downs of links, by entity."""
        entity = self.schema.entity(plan.entity)
        fields = [self.schema.path(entity, one)[1] for one in plan.fields]
        sheet = self.book.add_worksheet(plan.name)
        columns = [
            _column(path, field, header, plan, labels)
            for path, field, header in zip(plan.fields, fields, plan.headers, strict=True)
        ]
        self._head(sheet, columns)
        self._room(sheet, plan, columns)
        prefix = entity.prefix
        quiet = self.looks.of("id", locked=True)
        free = [self.looks.of(one.look, locked=False) for one in columns]
        rows = zip(plan.rows, *(one.cells for one in columns), strict=True)
        for line, (row, *cells) in enumerate(rows, 1 + plan.room):
            sheet.write_string(line, 0, self.public.make(prefix, row), quiet)
            lines = 1
            for at, (column, cell) in enumerate(zip(columns, cells, strict=True), 1):
                if cell is not None:
                    lines = max(lines, self._put(sheet, line, at, column, cell))
                elif column.editable:  # a cell that isn't there is locked to some programs
                    sheet.write_blank(line, at, None, free[at - 1])
            sheet.set_row(line, looks.height(lines))
        last = plan.room + len(plan.rows)
        checks = Checks(self)
        end = last + ROOM_BELOW if plan.can_add else max(last, 1)
        for at, (path, column) in enumerate(zip(plan.fields, columns, strict=True), 1):
            if column.editable:
                checks.add(sheet, (1, at, end, at), column.field, offers, plan.choices.get(path))
        self._finish(sheet, last, columns)

    def _head(self, sheet: Any, columns: Sequence[looks.Column]) -> None:
        ids = self.looks.head("id")
        sheet.write_string(0, 0, own.id_header(self.public.tag), ids)
        sheet.set_column(0, 0, looks.ID_WIDTH, self.looks.of("id", locked=True))
        for at, column in enumerate(columns, 1):
            sheet.write_string(0, at, column.header, self.looks.head(column.editable))
            usual = self.looks.of(column.look, locked=not column.editable)
            sheet.set_column(at, at, column.width, usual)
        lines = max(looks.lines(one.header, one.width - 2) for one in columns)
        sheet.set_row(0, 10 + 16 * min(lines, 3))

    def _room(self, sheet: Any, plan: SheetPlan, columns: Sequence[looks.Column]) -> None:
        """Rows for new records, by their colour."""
        for line in range(1, 1 + plan.room):
            sheet.set_row(line, looks.height(1))
            sheet.write_blank(line, 0, None, self.looks.of("id", locked=True))
            for at, column in enumerate(columns, 1):
                look = self.looks.of(column.look, locked=not column.editable, fresh=True)
                sheet.write_blank(line, at, None, look)

    def _put(
        self, sheet: Any, line: int, at: int, column: looks.Column, cell: writing.Value
    ) -> int:
        """One cell that isn't empty; gives how many lines it takes."""
        locked = not column.editable
        if isinstance(cell, str):
            look = self.looks.of("text" if column.look in _NUMBERS else column.look, locked=locked)
            writing.put_string(
                sheet, line, at, cell, look,
                lambda: Place(self.path.name, sheet.get_name(), line + 1, column.header),
            )  # fmt: skip
            return looks.lines(cell, column.width)
        if isinstance(cell, int | Decimal):
            self._number(sheet, line, at, cell, column)
        elif isinstance(cell, date) and writing.fits(cell):
            sheet.write_datetime(line, at, cell, self.looks.of(column.look, locked=locked))
        else:
            sheet.write_string(line, at, str(cell), self.looks.of("text", locked=locked))
        return 1

    def _number(
        self, sheet: Any, line: int, at: int, cell: int | Decimal, column: looks.Column
    ) -> None:
        look = self.looks.number(column.look, cell, locked=not column.editable)
        if writing.fits(cell):
            sheet.write_number(line, at, float(cell), look)
        else:
            sheet.write_string(line, at, str(cell), look)

    def _finish(self, sheet: Any, last: int, columns: Sequence[looks.Column]) -> None:
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(last, 1), len(columns))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.protect(sheet)
        self.printed(sheet)
        sheet.fit_to_pages(1 + int(sum(one.width for one in columns) // _PAPER), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)

    def protect(self, sheet: Any) -> None:
        """Locked, but for everything that a program lets allow; there is no password."""
        sheet.protect(
            "",
            {
                "format_cells": True, "format_columns": True, "format_rows": True,
                "insert_columns": True, "insert_rows": True, "insert_hyperlinks": True,
                "delete_columns": True, "delete_rows": True, "sort": True, "autofilter": True,
                "pivot_tables": True, "objects": True, "scenarios": True,
            },
        )  # fmt: skip

    def printed(self, sheet: Any, *, upright: bool = False) -> None:
        """On A4, as wide as the paper; the sheet's name and the page stand below."""
        sheet.set_paper(9)
        if not upright:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.hide_gridlines(2)

    # -- what people don't see -------------------------------------------------------------------

    def list_of(self, offers: tuple[str, ...]) -> str:
        """Where the texts of a drop-down stand."""
        if offers not in self.lists:
            column = writing.letters(len(self.lists))
            self.lists[offers] = f"={LISTS}!${column}$1:${column}${len(offers)}"
        return self.lists[offers]

    def hidden(self, made: Manifest, packed: bytes, seal: str) -> None:
        """The hidden part: what left, by which it is found again when it comes back."""
        if self.lists:
            self._lists()
        sheet = self.book.add_worksheet(HIDDEN)
        text = base64.b64encode(packed).decode()
        chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
        workbook = self.public.make("WB", made.workbook)
        said = (FORM, made.book, workbook, str(made.base_change), seal, str(len(chunks)), *chunks)
        for line, one in enumerate(said):
            sheet.write_string(line, 0, one)
        sheet.protect()
        sheet.very_hidden()
        self.book.set_custom_property(PROPERTY, f"{made.book} {workbook} {seal}", "text")

    def _lists(self) -> None:
        sheet = self.book.add_worksheet(LISTS)
        for column, offers in enumerate(self.lists):
            for line, text in enumerate(offers):
                sheet.write_string(line, column, text)
        sheet.protect()
        sheet.very_hidden()


def _column(path: str, field: Field, header: str, plan: SheetPlan, labels: Labels) -> looks.Column:
    read = reader(field, labels)
    at = plan.fields.index(path)
    stored = [values[at] for values in plan.rows.values()]
    cells = [None if one is None else read(one) for one in stored]
    width = looks.width(field, header, cells)
    return looks.Column(field, header, path in plan.editable, looks.look_of(field), width, cells)


def write(
    path: Path,
    schema: Schema,
    public: PublicIds,
    currency: str,
    made: Manifest,
    seal: str,
    plans: Sequence[SheetPlan],
    offers: Mapping[str, tuple[str, ...]],
    before: Callable[[Paper], None] | None = None,
    after: Callable[[Paper], None] | None = None,
) -> None:
    """A whole workbook of tables; ``before`` and ``after`` add sheets of other kinds around them.

    Raises:
        OSError: the place can't be written. Refused: a text doesn't fit into a cell.
    """
    assert language() == made.language
    paper = Paper(path, schema, public, currency)
    if before:
        before(paper)
    for plan in plans:
        paper.table(plan, made.labels, offers)
    if after:
        after(paper)
    paper.hidden(made, made.packed(), seal)
    paper.close()
