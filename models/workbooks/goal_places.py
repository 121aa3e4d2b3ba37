"""Where the sheets of records lie in a workbook, so that formulas of other sheets can read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from models.sheets import writing

LONGEST_TEXT = 255  # characters of a text inside a formula, as Excel has it


@dataclass(frozen=True)
class Place:
    """A sheet of records: its name, the column of each field from 0, and the rows below its header.

    Column 0 has the public ids. ``rows`` are the records in it, ``last`` is the last line, from 1, in
    which people can type. ``can_add``: what is typed without an id is a new record. ``editable`` are
    the fields that come back; None: all of them.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Collection[int]
    last: int
    can_add: bool = False
    editable: Collection[str] | None = None

    def range(self, field: str, first: int = 2) -> str | None:
        """The cells of a field as formulas name them, from a line on; None if nothing can be entered."""
        column = self.columns.get(field)
        entered = self.editable is None or field in self.editable
        return (
            area(self.sheet, column, first, self.last) if column is not None and entered else None
        )

    def ids(self, first: int = 2) -> str:
        """The cells of the public ids."""
        return area(self.sheet, 0, first, self.last)


def area(sheet: str, column: int, first: int, last: int) -> str:
    """Cells of a column of a sheet, lines from 1."""
    letter, quoted = writing.letters(column), sheet.replace("'", "''")
    return f"'{quoted}'!${letter}${first}:${letter}${last}"


def text(value: str) -> str:
    """A text as a formula has it.

    Raises:
        ValueError: it is too long for one.
    """
    if len(value) > LONGEST_TEXT:
        raise ValueError("too long for a formula")
    return '"' + value.replace('"', '""') + '"'


def serial(day: date | None) -> int:
    """A day as sheets count it; 0 for none."""
    return 0 if day is None else int(writing.serial(day))
