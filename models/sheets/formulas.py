"""Formula columns in a workbook: live formulas where the sheet holds all that they read.

Where it doesn't, where they reach through links, and in rows with a value that a sheet can't hold or
reckons with otherwise, what they come to is written alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.describe import formula, formula_excel, formula_sql
from models.describe.field import Entity
from models.describe.formula_excel import Cells
from models.describe.schema import Schema
from models.refusals import Refused
from models.sheets.choices import choice_text
from models.sheets.writing import Cell, Formula, fits, letters
from models.texts import N_, tr


@dataclass(frozen=True)
class Live:
    """A column that is written as formulas: its place, the formula, the places of what it reads."""

    at: int
    text: str
    reads: tuple[int, ...]

    def cell(self, cells: Sequence[Cell]) -> Cell:
        """The cell of a row whose values stand in ``cells``."""
        value = cells[self.at]
        if isinstance(value, Formula) or any(_awkward(cells[one]) for one in self.reads):
            return value
        return Formula(self.text, value)


def live(schema: Schema, entity: Entity, paths: Sequence[str]) -> list[Live]:
    """The formula columns among these that a sheet of all of them can work out by itself."""
    # The first column holds the ids of the records.
    columns = {path: letters(at) for at, path in enumerate(paths, 1)}
    cells = Cells(columns, tr(N_("Yes")), tr(N_("No")), choice_text)
    made = []
    for at, path in enumerate(paths):
        field = schema.path(entity, path)[1]
        if "." in path or not field.formula or field.fault is not None:
            continue
        try:
            found = formula_sql.understood(schema, entity, formula.parse(field.formula))
        except Refused:
            continue
        text = formula_excel.template(found, field.kind, cells)
        if text is not None:
            reads = {one.path for one in formula_excel.sources(found)}
            made.append(Live(at, text, tuple(paths.index(one) for one in sorted(reads))))
    return made


def _awkward(cell: Cell) -> bool:
    """Whether a sheet holds a value as text, or reckons with it otherwise than the program."""
    if isinstance(cell, Formula) or cell is None:
        return False
    if isinstance(cell, date):
        return not fits(cell)
    if isinstance(cell, int | Decimal):
        return not fits(cell)
    return not cell.isascii() and any(_odd(one) for one in cell)


def _odd(sign: str) -> bool:
    """A sign that sheets count as two, or write in capitals in ways of their own."""
    return ord(sign) > 0xFFFF or (ord(sign) > 127 and sign.lower() != sign.upper())
