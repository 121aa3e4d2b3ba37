"""Formula columns in workbooks: live, with the program's value beside, and nothing changes on the way back."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from models.book import Book
from models.describe import formula
from models.sheets import exporting
from tests.laws.formula_reckoning import formulas
from tests.laws.test_formulas import fill

SOFFICE = shutil.which("soffice")
ROWS = 500
COLUMNS = 40


def any_formulas(count: int) -> list[formula.Node]:
    """Many formulas of all kinds, the same in every run."""
    found: dict[formula.Node, None] = {}

    @settings(max_examples=6 * count, derandomize=True, database=None, phases=[Phase.generate])
    @given(tree=st.one_of(*formulas(far=False).values()))
    def collect(tree: formula.Node) -> None:
        if not isinstance(tree, formula.Ref | formula.Number | formula.Text | formula.Truth):
            found[tree] = None

    collect()
    return random.Random(5).sample(list(found), count)


def recalculated(file: Path, folder: Path) -> Any:
    """The workbook as LibreOffice reckons it anew: its cells without the values that we wrote."""
    bare = folder / "bare.xlsx"
    without = openpyxl.load_workbook(file)  # writing it again drops the values of formulas
    without.save(bare)
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(bare)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


def same(found: Any, value: Any) -> bool:
    """Whether a sheet says the same, as far as its 15 digits reach; past them the program says nothing."""
    if found == value or not isinstance(found, Decimal):
        return bool(found == value)
    if value is None:
        return abs(found) >= 10**14
    return (
        isinstance(value, Decimal)
        and abs(found) >= 10**8
        and abs(found - value) <= abs(found) / 10**14
    )


def shown(value: Any, kind: str) -> Any:
    """A cell's value as the program has it."""
    if value in (None, ""):
        return None
    if kind == "date":
        return value.date() if isinstance(value, datetime) else value
    if kind == "flag":
        return {"Yes": True, "No": False}[value]
    if kind == "text":
        return str(value)
    return value if kind == "integer" else Decimal(repr(value)).quantize(Decimal("0.000001"))


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_sheet_comes_to_the_values_of_the_program(tmp_path):
    with Book.create(tmp_path / "team.daybook") as book:
        fill(book, ROWS, 11)
        trees = any_formulas(COLUMNS)
        with book.change("formulas") as change:
            for at, tree in enumerate(trees):
                change.add_field("customer", f"F{at}", "", formula=formula.text(tree))
        own = [one for one in book.schema.entity("customer").fields if one.custom]
        file = tmp_path / "customers.xlsx"
        exporting.export(book, file, ["customer"], None, ["name", *(one.id for one in own)])
        live = openpyxl.load_workbook(file).worksheets[0]
        cached = openpyxl.load_workbook(file, data_only=True).worksheets[0]
        sheet = recalculated(file, tmp_path).worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        count, wrong = 0, []
        ids = book.ids("customer")
        for one in own:
            if not one.formula:
                continue
            at = heads.index(one.label) + 1
            values = [row[0] for row in book.rows("customer", ids, [one.id])]
            for row, value in enumerate(values, 2):
                cell = live.cell(row, at)
                if cell.data_type != "f":
                    continue
                count += 1
                found = shown(sheet.cell(row, at).value, one.kind)
                beside = shown(cached.cell(row, at).value, one.kind)
                if not same(found, value) or beside != value:
                    wrong.append((one.formula, cell.value, found, beside, value))
        assert count > ROWS * COLUMNS * 0.7, count
        each = {one[0]: one for one in wrong}
        assert not wrong, "\n".join([f"{len(wrong)} of {count}", *map(str, each.values())])


def test_what_a_sheet_would_compare_otherwise_is_written_as_its_value(tmp_path):
    """To a sheet "" is more than any day; to the program nothing can be worked out with it."""
    with Book.create(tmp_path / "team.daybook") as book:
        with book.change("formula") as change:
            change.add("customer", {"name": "甲公司", "first_contact_on": "2026-03-05"})
            change.add_field("customer", "新", "", formula="建档日期>DATE(2026,1,1)")
            change.add_field("customer", "旧", "", formula='建档日期>IF(FALSE,建档日期,"")')
        file = tmp_path / "customers.xlsx"
        exporting.export(
            book, file, ["customer"], None, ["name", "first_contact_on", "x_新", "x_旧"]
        )
        sheet = openpyxl.load_workbook(file).worksheets[0]
        kinds = {cell.value: sheet.cell(2, cell.column).data_type for cell in sheet[1]}
        assert (kinds["新"], kinds["旧"]) == ("f", "n")
        assert book.rows("customer", book.ids("customer"), ["x_新", "x_旧"]) == [(True, None)]
