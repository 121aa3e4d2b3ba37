"""A team's own workbook as the layout: what it is stays, only the person's records are in it, it comes back."""

from __future__ import annotations

import zipfile
from datetime import date

import openpyxl

from models.workbooks.template import FIELD, FORMULA, OWN, adopt
from tests.workbooks.team_files import (
    FIRST,
    LAST,
    SHEET,
    SUMS,
    team_file,
)
from tests.workbooks.template_handed import MORE, _issue, _records, book, handed

__all__ = ["book", "handed"]


def test_its_columns_are_fields_own_columns_and_formulas_and_amounts_keep_their_unit(
    book, tmp_path
):
    made = adopt(book, team_file(tmp_path / "团队.xlsx"))
    [table] = made.filled
    assert (table.sheet, table.entity, table.head, table.first, table.last) == (
        SHEET, "customer", 3, FIRST, LAST,
    )  # fmt: skip
    said = {one.header: (one.what, one.path, one.unit) for one in table.columns}
    assert said["客户名称"] == (FIELD, "name", "")
    assert said["年营业额（万元）"] == (FIELD, "annual_revenue", "10000")
    assert said["我的判断"] == (OWN, "", "")
    assert said["折算"] == (FORMULA, "", "")
    assert table.records == {4: 1, 6: 2, 7: 3}
    assert made.left == (SUMS,)


def test_nobody_elses_records_leave_with_it_not_even_in_comments_or_charts(book, tmp_path):
    file = team_file(tmp_path / "团队.xlsx")
    with zipfile.ZipFile(_issue(book, file, tmp_path / "out")) as packed:
        every = b"".join(packed.read(one) for one in packed.namelist()).decode(errors="ignore")
    assert "甲公司" in every
    assert "电话里说的" in every
    for gone in ("乙公司", "丙公司", "丙的秘密", "看好5", "看好6"):
        assert gone not in every


def test_own_columns_stay_with_their_records_and_numbers_count_on(handed):
    sheet = openpyxl.load_workbook(handed)[SHEET]
    rows = _records(sheet)
    assert list(rows.values())[:2] == ["甲公司", "丁公司"]
    assert len(rows) == MORE + 3
    assert [sheet.cell(row, 8).value for row in rows][:3] == ["看好4", "看好7", None]
    assert [sheet.cell(row, 1).value for row in rows] == list(range(1, MORE + 4))
    assert sheet.cell(FIRST, 8).comment.text == "电话里说的"


def test_rows_look_alike_and_what_is_below_goes_down_with_its_height_and_merged_cells(handed):
    sheet = openpyxl.load_workbook(handed)[SHEET]
    total = next(row for row in range(1, 60) if sheet.cell(row, 2).value == "合计")
    assert total > FIRST + MORE + 3
    for row in range(FIRST, total):
        assert sheet.cell(row, 2).border.left.style == "thin"
        assert (sheet.cell(row, 2).fill.fgColor.rgb == "00DDEBF7") == bool(row % 2)
        assert sheet.row_dimensions[row].height == 21
    assert sheet.row_dimensions[total].height == 30
    assert sheet.cell(total + 2, 1).value == "制表人：王强"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert merged == {"A1:I1", f"A{total + 2}:C{total + 2}"}


def test_everything_that_names_the_rows_grows_with_them(handed):
    made = openpyxl.load_workbook(handed)
    sheet, sums = made[SHEET], made[SUMS]
    total = next(row for row in range(1, 60) if sheet.cell(row, 2).value == "合计")
    end = total - 1
    assert sheet.cell(total, 4).value == f"=SUM(D4:D{end})"
    assert sums["B1"].value == f"=SUM({SHEET}!D4:D{end})"
    assert sums["B2"].value == f"=SUM('{SHEET}'!$E$4:$E${end})"
    assert sums["B3"].value == f"={SHEET}!D{total}"
    [rules] = sheet.conditional_formatting
    assert str(rules.sqref) == f"D4:D{end}"
    assert str(sheet.data_validations.dataValidation[0].sqref) == f"G4:G{end}"
    assert sheet.auto_filter.ref == f"A3:I{end}"
    assert sheet.print_area == f"'{SHEET}'!$A$1:$I${total + 2}"
    assert sheet.freeze_panes == "C4"
    assert sheet.column_dimensions["B"].width == 22
    series = sums._charts[0].series[0]
    assert series.val.numRef.f.endswith(f"$D$4:$D${end}")
    assert series.cat.numRef.f.endswith(f"$B$4:$B${end}")


def test_formulas_go_on_and_say_nothing_in_empty_rows(handed):
    sheet = openpyxl.load_workbook(handed)[SHEET]
    rows = _records(sheet)
    assert all(sheet.cell(row, 9).value == f"=D{row}*0.8" for row in rows)
    below = max(rows) + 1
    assert sheet.cell(below, 9).value == f'=IF($B{below}="","",D{below}*0.8)'


def test_texts_are_texts_and_days_and_amounts_are_typed_in_the_columns_own_manner(handed):
    sheet = openpyxl.load_workbook(handed)[SHEET]
    rows = {name: row for row, name in _records(sheet).items()}
    odd = sheet.cell(rows["=1+1"], 2)
    assert odd.data_type == "s"
    assert odd.quotePrefix
    assert sheet.cell(rows["客户04"], 5).value == 500
    day = sheet.cell(rows["客户04"], 6)
    assert day.value.date() == date(2026, 12, 5)
    assert "年" in day.number_format
    assert 14 <= sheet.column_dimensions["F"].width <= 22  # else the day is shown as ####
    assert sheet.column_dimensions["B"].width == 22


def test_it_has_a_hidden_part_a_hidden_column_of_ids_and_the_books_memory(book, handed):
    made = openpyxl.load_workbook(handed)
    assert made["_daybook"].sheet_state == "veryHidden"
    assert made.sheetnames[:2] == [SHEET, SUMS]
    assert made[SHEET].column_dimensions["J"].hidden
    assert made[SHEET]["J3"].value.endswith(book.public.tag)
    assert made[SHEET]["J4"].value == book.public_id("customer", 1)
    assert made.custom_doc_props["daybook"].value.startswith(book.public.tag)
    with book.reading() as db:
        assert db.run("SELECT purpose, person, base_change FROM workbook") == [("template", 1, 2)]
