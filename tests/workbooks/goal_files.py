"""Workbooks with goals for the tests: written, edited as people do, and reckoned by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from models.book import Book
from models.goals.pace import Standing
from models.goals.pace_words import status_text
from models.sheets.exporting import Cells
from models.workbooks import goal_sheet
from models.workbooks.goal_places import Place
from models.workbooks.goal_sheet import GoalPlan
from models.workbooks.goal_standings import Standings

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
FIELDS = {
    "opportunity": (
        "name", "customer", "stage", "status", "amount", "probability", "opened_on", "closed_on",
    ),
    "follow_up_plan": ("customer", "due", "status", "done_on"),
    "activity": ("customer", "at", "kind", "result", "next_step"),
    "task": ("title", "due", "status", "done_at"),
    "key_result": ("title", "weight", "progress", "status"),
}  # fmt: skip
NOTHING: Mapping[str, Collection[str]] = {}
LOCKED = {"opportunity": ("status", "opened_on", "closed_on")}  # as workbooks are handed out
ROOM = 5  # empty rows above the records


class GoalFile:
    """A person's workbook with sheets of records and goals; ``room`` empty lines stand on top."""

    def __init__(
        self,
        book: Book,
        person: int,
        on: date,
        rows: Mapping[str, Sequence[int]],
        locked: Mapping[str, Collection[str]] = NOTHING,
    ) -> None:
        self.book, self.person, self.on, self.rows = book, person, on, rows
        self.places = {
            entity: Place(
                book.schema.entity(entity).plural_text(),
                {field: at + 1 for at, field in enumerate(FIELDS[entity])},
                set(listed),
                len(listed) + 200,
                can_add=entity != "key_result",
                editable=set(FIELDS[entity]) - set(locked[entity]) if entity in locked else None,
            )
            for entity, listed in rows.items()
        }

    def write(self, path: Path, standings: Standings | None = None) -> GoalPlan:
        """Write it; gives what its sheets of goals hold."""
        plan = goal_sheet.gather(self.book, self.person, self.on, self.places, standings)
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as out:
            for entity in self.rows:
                self._records(out, entity)
            goal_sheet.write(out, plan)
        return plan

    def _records(self, out: Any, entity: str) -> None:
        sheet, fields = out.add_worksheet(self.places[entity].sheet), FIELDS[entity]
        sheet.write_row(0, 0, ["Daybook ID", *fields])
        kind, cells = self.book.schema.entity(entity), Cells(self.book)
        readers = [cells.of(kind.field(one)) for one in fields]
        found = self.book.rows(entity, list(self.rows[entity]), list(fields))
        for at, (row, values) in enumerate(zip(self.rows[entity], found, strict=True), 1 + ROOM):
            sheet.write_string(at, 0, self.book.public_id(entity, row))
            for column, (read, value) in enumerate(zip(readers, values, strict=True), 1):
                cell = None if value is None else read(value)
                if isinstance(cell, datetime | date):
                    sheet.write_datetime(at, column, cell)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, float(cell))

    def cell(self, sheets: Any, entity: str, row: int, field: str) -> Any:
        """A cell of a record in an opened file."""
        sheet = sheets[self.places[entity].sheet]
        id = self.book.public_id(entity, row)
        line = next(one.row for one in sheet["A"] if one.value == id)
        return sheet.cell(line, self.places[entity].columns[field] + 1)

    def add(self, sheets: Any, entity: str, place: int, values: Mapping[str, object]) -> None:
        """Type a new row into the room above the records."""
        sheet = sheets[self.places[entity].sheet]
        for field, value in values.items():
            cell = sheet.cell(2 + place, self.places[entity].columns[field] + 1)
            cell.value = float(value) if isinstance(value, Decimal) else value


def opened(path: Path) -> Any:
    """A file as people open it: with formulas."""
    return openpyxl.load_workbook(path)


def reckoned(paths: Iterable[Path], place: Path) -> dict[Path, dict[str, dict[str, Any]]]:
    """What LibreOffice makes of files whose values were thrown away: goal → head → value."""
    bare, made = place / "bare", place / "reckoned"
    bare.mkdir(parents=True, exist_ok=True)
    listed = list(paths)
    for at, path in enumerate(listed):  # saving with openpyxl keeps formulas and drops their values
        opened(path).save(bare / f"{at}.xlsx")
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    files = [str(bare / f"{at}.xlsx") for at in range(len(listed))]
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made), *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {path: table(made / f"{at}.xlsx") for at, path in enumerate(listed)}


def table(path: Path) -> dict[str, dict[str, Any]]:
    """The sheet of goals as it stands in a file: goal → head → value."""
    book = openpyxl.load_workbook(path, data_only=True)
    name = next(one for one in book.sheetnames if one in goal_sheet.sheet_names())
    made: dict[str, dict[str, Any]] = {}
    heads: list[Any] = []
    for row in book[name].iter_rows(values_only=True):
        if row[1] and not heads:
            heads = list(row)
        elif heads and row[1]:
            made[str(row[0])] = dict(zip(heads, row, strict=True))
    return made


def same(found: Any, expected: Decimal | None) -> bool:
    """Whether a cell says a number, to a hundredth of a cent; nothing where there is none."""
    if expected is None:
        return found in (None, "")
    return isinstance(found, int | float) and abs(Decimal(repr(found)) - expected) < Decimal("1e-4")


def differences(
    found: Mapping[str, Mapping[str, Any]], book: Book, shown: Iterable[Standing]
) -> list[str]:
    """Where a table doesn't say what the program says of goals."""
    made = []
    for one in shown:
        row = found[book.public_id("goal", one.goal.id)]
        for head, value in (
            ("Reached", one.value),
            ("Target", one.target),
            ("Attainment", one.attainment),
            ("Needed a working day", one.needed_per_day),
            ("Expected by now", one.expected),
            ("Records", Decimal(one.actual.n) if one.actual else None),
        ):
            if not same(row[head], value):
                made.append(f"{one.goal.title} {head}: {row[head]!r} for {value}")
        if row["Pace"] != status_text(one.status):
            made.append(f"{one.goal.title} pace: {row['Pace']!r} for {one.status}")
    return made
