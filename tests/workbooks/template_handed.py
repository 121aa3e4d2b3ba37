"""A book, and a layout of a team that was filled from it."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from models.book import Book
from models.workbooks.template import adopt
from models.workbooks.template_issuing import issue_with
from tests.workbooks.team_files import (
    FIRST,
    team_file,
)

ON = date(2026, 11, 28)


MORE = 15


needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as opened:
        with opened.change("team") as change:
            fang = change.add("salesperson", {"name": "王芳"})
            na = change.add("salesperson", {"name": "李娜"})
            change.add("customer", {"name": "甲公司", "owner": fang, "city": "北京"})
            change.add("customer", {"name": "丙公司", "owner": na})
            change.add("customer", {"name": "丁公司", "owner": fang, "grade": "B"})
            for at in range(MORE):
                change.add(
                    "customer",
                    {
                        "name": f"客户{at:02}",
                        "owner": fang,
                        "annual_revenue": 1_000_000 * (at + 1),
                        "next_contact_due": date(2026, 12, at + 1),
                    },
                )
            change.add("customer", {"name": "=1+1", "owner": fang})
        yield opened


@pytest.fixture
def handed(book, tmp_path):
    """The workbook of 王芳, whose records outgrow the list."""
    return _issue(book, team_file(tmp_path / "团队.xlsx"), tmp_path / "out")


def _issue(book, file, folder, people=(1,), **more):
    folder.mkdir(exist_ok=True)
    return issue_with(book, people, adopt(book, file), folder, on=ON, **more)[0].path


def _records(sheet, column=2):
    """The rows of records: names by row, down to the first empty one."""
    made = {}
    for row in range(FIRST, sheet.max_row):
        value = sheet.cell(row, column).value
        if value is None:
            break
        made[row] = value
    return made


def _said(file):
    """What of a returned file is new: cells that changed, rows that were added."""
    changed = {
        (row.row, name): cell.value
        for row in file.rows
        if row.row is not None
        for name, cell in row.cells.items()
        if not cell.same
    }
    added = [
        {name: cell.value for name, cell in row.cells.items()}
        for row in file.rows
        if row.row is None
    ]
    return changed, added
