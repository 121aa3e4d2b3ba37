"""Sheets of typed cells, written beside their place and put there when whole.

Rows go straight to disk, so that memory doesn't grow with them. A target is a workbook of several
sheets or one text file; both take the same cells: None, text, whole and decimal numbers, days and
local moments.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from models.sheets import placing
from models.sheets.text_file import TextFile
from models.sheets.workbook_file import NO_FILLS, Workbook, as_it_is
from models.sheets.written_cells import (
    LONGEST,
    ROWS,
    Cell,
    Column,
    Formula,
    Value,
    fits,
    letters,
    put_string,
    serial,
    unwritable,
)

__all__ = [
    "LONGEST",
    "NO_FILLS",
    "ROWS",
    "Cell",
    "Column",
    "Formula",
    "Target",
    "TextFile",
    "Value",
    "Workbook",
    "as_it_is",
    "fits",
    "letters",
    "put_string",
    "serial",
    "unwritable",
    "written",
]


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
