"""Ugly workbooks as layouts: whatever is adopted comes back unchanged; what isn't says why."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.book import Book
from models.refusals import Refused
from models.sheets import importing
from models.sheets.report import Options
from models.workbooks import reading_back
from models.workbooks.handing_out import Handed
from models.workbooks.template import adopt
from models.workbooks.template_issuing import issue_with, owner_field
from tests.sheets.messy import books

SEED = int(os.environ.get("MESSY_SEED", "20261128"))
FILES = int(os.environ.get("MESSY_TEMPLATES", "25"))


def _owned(book: Book) -> int:
    """Give every record that somebody may answer for to one salesperson."""
    with book.change("owned") as change:
        person = change.add("salesperson", {"name": "代表甲"})
        for entity in book.schema:
            field = owner_field(entity)
            if field and not entity.system:
                for row in book.ids(entity.id):
                    change.set(entity.id, row, {field: person})
    return person


def test_messy_workbooks_come_back_as_they_left_or_say_why_they_cannot_be_filled(tmp_path):
    filled = rows = 0
    for number in range(FILES):
        place = tmp_path / str(number)
        (place / "out").mkdir(parents=True)
        made = books.book(place, f"{SEED}/{number}")
        if made.path.suffix != ".xlsx":
            with Book.create(place / "b.daybook") as book, pytest.raises(Refused):
                adopt(book, made.path)
            continue
        with Book.create(place / "b.daybook") as book:
            proposal = importing.prepare(book, [made.path], Options(create_links=True))
            importing.apply(proposal)
            proposal.close()
            person = _owned(book)
            handed = _handed(book, made.path, person, place / "out")
            if handed is not None:
                filled += 1
                rows += handed.rows
                _unchanged(book, handed.path, made.told)
    assert filled > FILES / 5
    assert rows > 10 * filled


def _handed(book: Book, path: Path, person: int, folder: Path) -> Handed | None:
    """The workbook as it leaves; None where it can't be filled, which is said in so many words."""
    try:
        [handed] = issue_with(book, [person], adopt(book, path), folder, on=date(2026, 11, 28))
    except Refused as refused:
        if refused.code not in ("nothing_to_fill", "not_of_people"):
            raise
        return None
    return handed


def _unchanged(book: Book, path: Path, told: str) -> None:
    openpyxl.load_workbook(path).save(path)
    file = reading_back.read(book, path)
    said = [
        (row.entity, row.row, row.line, name, cell)
        for row in file.rows
        for name, cell in row.cells.items()
        if not cell.same
    ]
    assert not said, (told, said[:3])
    issued = {(one.entity, row) for one in file.manifest.sheets for row in one.rows}
    assert {(one.entity, one.row) for one in file.rows} == issued, told
    assert not [one for one in file.problems if one.code != "locked_cell"], (told, file.problems)
