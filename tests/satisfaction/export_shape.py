"""What an export of a questionnaire service is made of here, and what has to be read from it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

Rows = list[list[object]]
YUAN, TIAN, BLUE = "远景科技有限公司", "天成贸易有限公司", "Blue Harbor Ltd"


@dataclass(frozen=True)
class Answer:
    """What has to be read from a row; ``day`` is one of November 2026."""

    day: int
    customer: str | None = None
    score: float | None = None
    satisfied: float | None = None
    recommends: int | None = None
    comment: str | None = None
    number: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Export:
    """An export: its file, its rows, what has to be read from it, and what has to stay visible."""

    file: str
    rows: Rows
    answers: tuple[Answer, ...]
    form: str
    kept: tuple[str, ...] = ()  # heads that become columns of the users' own
    scale: tuple[int, int] = (1, 5)
    encoding: str = "utf-8"
    problems: tuple[str, ...] = ()  # codes
    said: tuple[str, ...] = field(default=())  # words of the notes, in English
    merged: tuple[str, ...] = ()  # ranges of cells

    def write(self, place: Path, rows: Rows | None = None, name: str = "") -> Path:
        """Put it on disk, by the end of its name."""
        path, rows = place / (name or self.file), rows or self.rows
        if path.suffix == ".csv":
            text = io.StringIO()
            quoting = csv.QUOTE_ALL if "_2026" in self.file else csv.QUOTE_MINIMAL
            csv.writer(text, quoting=quoting).writerows(rows)
            path.write_bytes(text.getvalue().encode(self.encoding))
            return path
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        for one in self.merged:
            page.merge_cells(one)
        book.save(path)
        return path
