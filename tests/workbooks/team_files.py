"""Workbooks as teams have them: a title over the table, colours, own columns, formulas, totals, a chart."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

SHEET, SUMS = "客户跟踪", "汇总"
HEADS = (
    "序号", "客户名称", "城市", "年度预算（万元）", "年营业额（万元）", "下次联系日期",
    "客户等级", "我的判断", "折算",
)  # fmt: skip
NAMES = ("甲公司", "乙公司", "丙公司", "丁公司")
FIRST, LAST, TOTAL = 4, 7, 8
CHINESE_DAY = 'yyyy"年"m"月"d"日"'


def team_file(path: Path) -> Path:
    """A list of four customers with all that a team adds to it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = SHEET
    sheet["A1"] = "华东组客户跟踪表"
    sheet.merge_cells("A1:I1")
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["A2"] = "填表要求：每周五下班前交"
    side = Side(style="thin", color="888888")
    frame = Border(side, side, side, side)
    for at, head in enumerate(HEADS, 1):
        cell = sheet.cell(3, at, head)
        cell.font, cell.border = Font(bold=True, color="FFFFFF"), frame
        cell.fill = PatternFill("solid", fgColor="305496")
    for row in range(FIRST, LAST + 1):
        at = row - FIRST
        values = (
            at + 1,
            NAMES[at],
            "上海",
            10 * row,
            20 * row,
            date(2026, 12, row),
            "A",
            f"看好{row}",
        )
        for column, value in enumerate((*values, f"=D{row}*0.8"), 1):
            cell = sheet.cell(row, column, value)
            cell.border = frame
            if row % 2:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
        sheet.cell(row, 6).number_format = CHINESE_DAY
        sheet.row_dimensions[row].height = 21
    sheet["H4"].comment = Comment("电话里说的", "王芳")
    sheet["H6"].comment = Comment("丙的秘密", "李娜")
    sheet["B8"], sheet["D8"] = "合计", "=SUM(D4:D7)"
    sheet["E8"], sheet["I8"] = "=SUM(E4:E7)", "=SUM(I4:I7)"
    sheet.row_dimensions[TOTAL].height = 30
    sheet["A10"] = "制表人：王强"
    sheet.merge_cells("A10:C10")
    sheet.freeze_panes = "C4"
    sheet.column_dimensions["B"].width = 22
    sheet.auto_filter.ref = "A3:I7"
    sheet.print_area, sheet.print_title_rows = "A1:I10", "3:3"
    red = CellIsRule(operator="greaterThan", formula=["50"], font=Font(color="FF0000"))
    sheet.conditional_formatting.add("D4:D7", red)
    grades = DataValidation(type="list", formula1='"A,B,C"')
    grades.add("G4:G7")
    sheet.add_data_validation(grades)
    _sums(made, sheet)
    made.save(path)
    return path


def _sums(made: Any, sheet: Any) -> None:
    sums = made.create_sheet(SUMS)
    sums["A1"], sums["B1"] = "总预算", f"=SUM({SHEET}!D4:D7)"
    sums["A2"], sums["B2"] = "总营业额", f"=SUM('{SHEET}'!$E$4:$E$7)"
    sums["A3"], sums["B3"] = "合计行", f"={SHEET}!D8"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=3, max_row=7), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=4, max_row=7))
    sums.add_chart(chart, "D2")


def saved_by_libreoffice(path: Path, folder: Path, ending: str = "xlsx") -> Path:
    """The file as LibreOffice opens and saves it."""
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97"}
    out = folder / f"saved-{ending}"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [str(shutil.which("soffice")), f"-env:UserInstallation={profile}", "--headless",
         "--convert-to", filters[ending], "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return out / f"{path.stem}.{ending}"
