"""The workbook of a goal review: charts read its cells, and an office program reckons the same."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from models import texts
from models.goals.review import Review, review
from models.sheets import review_sheet
from tests.goals.reviewed import ON, reviewed
from tests.sheets.test_formula_export import recalculated


@pytest.fixture
def world():
    with reviewed() as made:
        yield made


@pytest.fixture
def made(world):
    return review(world.book, on=ON)


def written(tmp_path: Path, made: Review) -> Path:
    path = tmp_path / "pack.xlsx"
    review_sheet.write(path, made)
    return path


def read(book: Any, reference: str) -> list[Any]:
    """The values of cells such as 'Team'!$A$5:$A$7."""
    sheet, _, cells = reference.rpartition("!")
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    found = book[sheet.strip("'").replace("''", "'")]
    return [
        found.cell(row, column).value
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]


def series(chart: Any) -> list[tuple[str, str, str]]:
    """The cells of the name, of the names of bars, and of the values of each set of bars."""
    return [(one.tx.strRef.f, (one.cat.strRef or one.cat.numRef).f, one.val.numRef.f)
            for one in chart.series]  # fmt: skip


def test_there_is_a_sheet_for_the_team_one_a_person_and_the_numbers(tmp_path, made):
    book = openpyxl.load_workbook(written(tmp_path, made))
    assert book.sheetnames == ["Team", "李娜", "王强", "Goals", "Deals"]


def test_charts_read_the_cells_that_they_are_about(tmp_path, made):
    path = written(tmp_path, made)
    values = openpyxl.load_workbook(path, data_only=True)
    people, moved = openpyxl.load_workbook(path)["Team"]._charts
    found = {
        read(values, name)[0]: dict(zip(read(values, cats), read(values, vals), strict=True))
        for name, cats, vals in series(people)
    }
    assert found["Target"] == {"李娜": 500000, "王强": 200000}
    assert found["Actual"] == {"李娜": 120000, "王强": 210000}
    assert set(found) == {"Target", "Expected by now", "Actual"}
    [(_, cats, vals)] = series(moved)
    assert dict(zip(read(values, cats), read(values, vals), strict=True)) == {
        "Won": 60000, "Lost": -35000, "New": 20000, "Moved later": -45000,
    }  # fmt: skip
    [own] = openpyxl.load_workbook(path)["李娜"]._charts
    (name, cats, vals), _ = series(own)
    assert (read(values, name), read(values, cats)) == (["Attainment"], ["Li wins"])
    assert read(values, vals) == [0.24]


def formulas(book: Any) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_sums_are_formulas(tmp_path, made):
    path = written(tmp_path, made)
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    team = book["Team"]
    [total] = [row for row in team.iter_rows(max_col=4) if row[0].value == "Total"]
    assert [cell.data_type for cell in total] == ["s", "f", "f", "f"]
    assert values["Team"][total[3].coordinate].value == 330000
    [end] = [
        row for row in team.iter_rows(max_col=4) if row[0].value == f"Weighted forecast on {ON}"
    ]
    assert end[3].value.startswith("=SUM(")
    assert Decimal(str(values["Team"][end[3].coordinate].value)) == made.team.course.end


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_an_office_program_reckons_is_what_we_wrote(tmp_path, world, language):
    texts.set_language(language)
    world.put("salesperson", name="O'Neil, 50% / [x]")
    nobody = world.put("salesperson", name="Aimless")
    world.put("goal", measure="won_amount", period="2024-Q4", person=nobody)
    world.put("goal", measure="win_rate", period="2024-Q4", person=world.li, target=Decimal("0.6"))
    path = written(tmp_path, review(world.book, on=ON))
    ours, theirs = openpyxl.load_workbook(path, data_only=True), recalculated(path, tmp_path)
    told = formulas(openpyxl.load_workbook(path))
    assert len(told) > 50
    wrong = []
    for sheet, place in told:
        mine, reckoned = ours[sheet][place].value, theirs[sheet][place].value
        if isinstance(mine, int | float) and isinstance(reckoned, int | float):
            same = mine == pytest.approx(reckoned, rel=1e-9, abs=1e-9)
        else:
            same = (mine or "") == (reckoned or "")
        if not same:
            wrong.append((sheet, place, mine, reckoned))
    assert wrong == []


def test_a_name_like_a_formula_stays_a_name(tmp_path, world):
    world.book.set("salesperson", world.li, {"name": '=HYPERLINK("x")'})
    book = openpyxl.load_workbook(written(tmp_path, review(world.book, on=ON)))
    assert book["Goals"]["A3"].value == '=HYPERLINK("x")'
    assert book["Goals"]["A3"].data_type in ("s", "inlineStr")
