"""A workbook in the layout of a team comes back: what is new in it, what goes into the next."""

from __future__ import annotations

import openpyxl
import pytest

from models.workbooks import reading_back
from tests.workbooks.team_files import (
    SHEET,
    SUMS,
    saved_by_libreoffice,
    team_file,
)
from tests.workbooks.template_handed import (
    MORE,
    _issue,
    _records,
    _said,
    book,
    handed,
    needs_libreoffice,
)

__all__ = ["book", "handed"]


def test_returned_unchanged_it_says_nothing_new(book, handed):
    file = reading_back.read(book, handed)
    assert file.trusted == "seal"
    assert file.tables == {"customer"}
    assert len(file.rows) == MORE + 3
    assert _said(file) == ({}, [])
    assert file.problems == ()


@needs_libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_opened_and_saved_by_libreoffice_it_says_nothing_new(book, handed, tmp_path, ending):
    file = reading_back.read(book, saved_by_libreoffice(handed, tmp_path, ending))
    assert len(file.rows) == MORE + 3
    assert _said(file) == ({}, [])


@needs_libreoffice
def test_what_is_edited_and_typed_below_comes_back_in_the_unit_of_its_column(
    book, handed, tmp_path
):
    made = openpyxl.load_workbook(handed)
    sheet = made[SHEET]
    rows = _records(sheet)
    names = {name: row for row, name in rows.items()}
    sheet.cell(names["客户04"], 5).value = 512.5
    sheet.cell(names["甲公司"], 3).value = "天津"
    new = max(rows) + 1
    sheet.cell(new, 2).value, sheet.cell(new, 4).value, sheet.cell(new, 5).value = "新客户", 30, 7
    made.save(handed)
    changed, added = _said(reading_back.read(book, saved_by_libreoffice(handed, tmp_path)))
    with book.reading() as db:
        row = db.one("SELECT id FROM customer WHERE name = '客户04'")
    assert changed == {(1, "city"): "天津", (row, "annual_revenue"): 5_125_000 * 10**6}
    assert added == [{"name": "新客户", "annual_revenue": 70_000 * 10**6}]


@needs_libreoffice
def test_the_teams_formulas_still_compute(book, tmp_path):
    made = openpyxl.load_workbook(_issue(book, team_file(tmp_path / "团队.xlsx"), tmp_path / "out"))
    sheet = made[SHEET]
    rows = _records(sheet)
    for row in rows:
        sheet.cell(row, 4).value = row
    made.save(tmp_path / "typed.xlsx")
    saved = saved_by_libreoffice(tmp_path / "typed.xlsx", tmp_path)
    shown = openpyxl.load_workbook(saved, data_only=True)
    total = next(row for row in range(1, 60) if shown[SHEET].cell(row, 2).value == "合计")
    assert shown[SHEET].cell(total, 4).value == sum(rows)
    assert shown[SHEET].cell(total, 9).value == pytest.approx(0.8 * sum(rows))
    assert shown[SUMS]["B1"].value == sum(rows)
    assert shown[SUMS]["B2"].value == sum(100 * (at + 1) for at in range(MORE))
    assert shown[SUMS]["B3"].value == sum(rows)


def test_a_returned_workbook_is_the_layout_of_the_next_with_what_was_written_beside(
    book, handed, tmp_path
):
    made = openpyxl.load_workbook(handed)
    rows = {name: row for row, name in _records(made[SHEET]).items()}
    made[SHEET].cell(rows["客户04"], 8).value = "下月签"
    made.save(tmp_path / "returned.xlsx")
    again = _issue(book, tmp_path / "returned.xlsx", tmp_path / "again")
    sheet = openpyxl.load_workbook(again)[SHEET]
    rows = {name: row for row, name in _records(sheet).items()}
    assert sheet.cell(rows["客户04"], 8).value == "下月签"
    assert sheet.max_column == 10
    assert openpyxl.load_workbook(again).sheetnames.count("_daybook") == 1
    file = reading_back.read(book, again)
    assert _said(file) == ({}, [])
    assert file.manifest.workbook == 2
