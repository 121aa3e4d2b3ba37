"""A sheet as a text file."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models import money
from models.refusals import Place
from models.sheets import own
from models.sheets.written_cells import Cell, Column, unwritable


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
