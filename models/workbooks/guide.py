"""The first sheet of a workbook: what it is, what one may do in it, in words that everybody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.texts import N_, tr
from models.workbooks.contents import SheetPlan

if TYPE_CHECKING:
    from models.workbooks.sheets_out import Paper

GUIDE = N_("Guide")


@dataclass(frozen=True)
class About:
    """Whose workbook it is and what is in it."""

    name: str
    on: date
    due_back: date | None
    file: str
    plans: Sequence[SheetPlan]


def write(paper: Paper, about: About, sheets: Sequence[str]) -> None:
    """The sheet with the words; ``sheets`` are those that it leads to."""
    sheet = paper.book.add_worksheet(tr(GUIDE))
    sheet.write_string(0, 0, about.name)
    for line, name in enumerate(sheets, 2):
        quoted = name.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{quoted}'!A1", string=name)
    paper.protect(sheet)
