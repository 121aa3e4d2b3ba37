"""A workbook that was handed out, and the hands that change it."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.workbooks.items import ReturnedFile

hand = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "returned_files.py")))


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


@pytest.fixture
def path(book):
    return hand.issue(book)


def values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def rewrite(sheet, rows: list[list[object]]) -> None:
    """Other contents of a sheet."""
    sheet.delete_rows(1, sheet.max_row)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def at(file: ReturnedFile, code: str) -> list[tuple[str, int | None, str, str]]:
    return [
        (one.place.sheet, one.place.row, one.place.column, one.place.value)
        for one in file.problems
        if one.code == code
    ]
