"""Which layouts can be filled, what is lost, what is refused and why."""

from __future__ import annotations

import shutil
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

from models.refusals import Refused
from models.workbooks import collecting, reading_back, template
from models.workbooks.template import adopt
from models.workbooks.template_issuing import issue_with
from models.workbooks.template_rows import Growth
from tests.workbooks.team_files import (
    FIRST,
    LAST,
    NAMES,
    SHEET,
    SUMS,
    saved_by_libreoffice,
    team_file,
)
from tests.workbooks.template_handed import (
    MORE,
    ON,
    _issue,
    _records,
    _said,
    book,
    handed,
    needs_libreoffice,
)

__all__ = ["book", "handed"]


@pytest.mark.parametrize("ending", ["xls", "ods"])
@needs_libreoffice
def test_other_formats_are_refused_with_what_to_do(book, tmp_path, ending):
    old = saved_by_libreoffice(team_file(tmp_path / "t.xlsx"), tmp_path, ending)
    with pytest.raises(Refused) as refused:
        adopt(book, old)
    assert refused.value.code == "not_an_xlsx"
    assert ".xlsx" in str(refused.value)


def test_a_text_file_and_one_with_macros_are_refused_too(book, tmp_path):
    (tmp_path / "a.csv").write_text("客户名称,城市\n甲,上海\n", encoding="utf-8")
    shutil.copy(team_file(tmp_path / "t.xlsx"), tmp_path / "t.xlsm")
    for name in ("a.csv", "t.xlsm"):
        with pytest.raises(Refused) as refused:
            adopt(book, tmp_path / name)
        assert refused.value.code == "not_an_xlsx"


def test_what_is_lost_is_said_before(book, tmp_path):
    made = xlsxwriter.Workbook(str(tmp_path / "rich.xlsx"))
    sheet = made.add_worksheet("客户")
    sheet.write_row(0, 0, ["客户名称", "城市", "电话"])
    sheet.write_row(1, 0, ["甲公司", "上海", "021-55556666"])
    sheet.add_sparkline(1, 5, {"range": "客户!A2:C2"})
    sheet.conditional_format("D2:D9", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_checkbox(1, 6, True)
    sheet.insert_textbox(5, 5, "hello")
    made.close()
    said = " ".join(adopt(book, tmp_path / "rich.xlsx").warnings)
    for part in ("sparklines", "data bars", "check boxes", "text boxes"):
        assert part in said


def test_chinese_day_formats_that_files_name_by_number_stay_days(book, tmp_path):
    made = xlsxwriter.Workbook(str(tmp_path / "days.xlsx"))
    sheet, day = made.add_worksheet("客户"), made.add_format({"num_format": 31})
    sheet.write_row(0, 0, ["客户名称", "城市", "下次联系日期", "我记的日子"])
    for row, name in enumerate(("甲公司", "丁公司"), 1):
        sheet.write_row(row, 0, [name, "上海"])
        sheet.write_datetime(row, 2, date(2026, 12, 1), day)
        sheet.write_datetime(row, 3, date(2027, 1, 2), day)
    made.close()
    shown = template.load(_issue(book, tmp_path / "days.xlsx", tmp_path / "out"))["客户"]
    assert shown["D2"].value.date() == date(2027, 1, 2)
    assert "年" in shown["D2"].number_format
    rows = {shown.cell(row, 1).value: row for row in range(2, 20)}
    due = shown.cell(rows["客户00"], 3)
    assert due.value.date() == date(2026, 12, 1)
    assert "年" in due.number_format


def test_records_of_people_who_are_not_asked_for_never_fill_it_and_each_gets_a_file(book, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    made = issue_with(book, [1, 2], adopt(book, team_file(tmp_path / "t.xlsx")), folder, on=ON)
    assert [one.person for one in made] == [1, 2]
    assert [one.rows for one in made] == [MORE + 3, 1]
    sheet = openpyxl.load_workbook(made[1].path)[SHEET]
    assert list(_records(sheet).values()) == [NAMES[2]]
    assert sheet.cell(FIRST, 8).value == "看好6"
    with book.reading() as db:
        assert db.one("SELECT count(*) FROM change WHERE origin = 'workbook'") == 1


def test_a_table_whose_records_are_nobodys_is_refused(book, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["产品名称", "产品编码", "单价"])
    made.active.append(["泵", "P1", 12])
    made.active.append(["阀", "P2", 15])
    made.save(tmp_path / "p.xlsx")
    with pytest.raises(Refused) as refused:
        _issue(book, tmp_path / "p.xlsx", tmp_path / "out")
    assert refused.value.code == "not_of_people"


def test_references_grow_where_ranges_end_at_the_last_row_and_move_below_it():
    growth = Growth("客户", LAST, 5)
    for text, home, grown in (
        ("=SUM(D4:D7)", "客户", "=SUM(D4:D12)"),
        ("=SUM($D$4:$D$6)", "客户", "=SUM($D$4:$D$6)"),
        ("=D8+D7", "客户", "=D13+D7"),
        ("=SUM(D4:D7)", "别的", "=SUM(D4:D7)"),
        ("=SUM(客户!D4:D7)+'客户'!D8", "别的", "=SUM(客户!D4:D12)+'客户'!D13"),
        ('=COUNTIF(A:A,"D8")&D3', "客户", '=COUNTIF(A:A,"D8")&D3'),
        ("=SUM(4:7)", "客户", "=SUM(4:12)"),
        ("=SUM(D8:D9)", "客户", "=SUM(D13:D14)"),
        ("=SUM(D3:D9)", "客户", "=SUM(D3:D14)"),
    ):
        assert growth.formula(text, home) == grown


@needs_libreoffice
def test_collected_it_is_merged_and_handed_out_again_it_says_the_merged_state(
    book, handed, tmp_path
):
    made = openpyxl.load_workbook(handed)
    sheet = made[SHEET]
    rows = {name: row for row, name in _records(sheet).items()}
    sheet.cell(rows["客户04"], 5).value = 512.5
    sheet.cell(rows["甲公司"], 3).value = "天津"
    sheet.cell(rows["丁公司"], 3).value = "苏州"
    sheet.cell(rows["丁公司"], 8).value = "要降价"
    sheet.cell(max(rows.values()) + 1, 2).value = "新客户"
    made.save(handed)
    with book.change("meanwhile") as change:
        change.set("customer", 3, {"city": "无锡"})
    back = saved_by_libreoffice(handed, tmp_path)
    [merged] = collecting.prepare(book, [back])
    assert [(one.label, one.field, one.kind) for one in merged.asked] == [
        ("丁公司", "city", "edited")
    ]
    assert collecting.apply(book, merged) is not None
    assert book.rows("customer", [1, 3], ["city"]) == [("天津",), ("无锡",)]
    [new] = book.ids("customer", "name=新客户")
    assert book.rows("customer", [new], ["owner"])[0][0].id == 1
    [again] = collecting.prepare(book, [back])
    assert collecting.apply(book, again) is None
    sheet = openpyxl.load_workbook(_issue(book, back, tmp_path / "again"))[SHEET]
    rows = {name: row for row, name in _records(sheet).items()}
    assert sheet.cell(rows["客户04"], 5).value == 512.5
    assert sheet.cell(rows["甲公司"], 3).value == "天津"
    assert sheet.cell(rows["丁公司"], 3).value == "无锡"
    assert sheet.cell(rows["丁公司"], 8).value == "要降价"
    assert "新客户" in rows


def test_subtotals_between_records_give_way_and_tables_below_one_another_both_grow(book, tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["客户名称", "城市", "电话"])
    for name in ("甲公司", "丁公司"):
        sheet.append([name, "上海", "021-55556666"])
    sheet["A4"], sheet["B4"] = "华东小计", 2
    sheet.append(["客户00", "上海", "021-55556666"])
    sheet["A7"] = "商机清单"
    for at, text in enumerate(("商机名称", "客户", "金额（万元）"), 1):
        sheet.cell(9, at, text)
    for row, name in enumerate(("甲的泵", "丁的阀"), 10):
        for at, value in enumerate((name, "甲公司", 12.5), 1):
            sheet.cell(row, at, value)
    sheet["A12"], sheet["C12"] = "合计", "=SUM(C10:C11)"
    made.save(tmp_path / "two.xlsx")
    with book.change("deals") as change:
        for at in range(15):
            change.add(
                "opportunity",
                {"name": f"商机{at}", "owner": 1, "customer": 1, "amount": 10_000 * at},
            )
    adopted = adopt(book, tmp_path / "two.xlsx")
    assert [one.inner for one in adopted.filled] == [(4,), ()]
    path = _issue(book, tmp_path / "two.xlsx", tmp_path / "out")
    sheet = openpyxl.load_workbook(path).active
    texts = [str(cell.value) for [cell] in sheet.iter_rows(max_col=1)]
    assert "华东小计" not in texts
    head, total = texts.index("商机名称") + 1, texts.index("合计") + 1
    assert sheet.cell(total, 3).value == f"=SUM(C{head + 1}:C{total - 1})"
    assert sum(one.startswith("客户0") or one == "=1+1" for one in texts[:head]) == 11
    amounts = [sheet.cell(row, 3).value for row in range(head + 1, head + 16)]
    assert amounts == list(range(15))
    file = reading_back.read(book, path)
    assert _said(file) == ({}, [])
    assert file.tables == {"customer", "opportunity"}


def test_a_hidden_row_of_a_filter_shows_again_and_a_column_width_for_many_stays(book, tmp_path):
    made = openpyxl.load_workbook(team_file(tmp_path / "t.xlsx"))
    sheet = made[SHEET]
    sheet.auto_filter.add_filter_column(1, ["甲公司"])
    sheet.row_dimensions[5].hidden = True
    wide = sheet.column_dimensions["J"]
    wide.min, wide.max, wide.width = 10, 16384, 3
    made.save(tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(_issue(book, tmp_path / "t.xlsx", tmp_path / "out"))[SHEET]
    assert not sheet.row_dimensions[5].hidden
    assert not sheet.auto_filter.filterColumn
    assert sheet.column_dimensions["J"].hidden
    assert sheet.column_dimensions["K"].width == 3
    assert not sheet.column_dimensions["K"].hidden


def test_what_records_say_of_other_salespeople_stays_at_home(book, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["拜访日期", "客户", "拜访内容", "跟进人"])
    for at, who in enumerate(("王芳", "李娜"), 1):
        made.active.append([date(2026, 11, at), "甲公司", f"谈了{at}", who])
    made.save(tmp_path / "v.xlsx")
    with book.change("visits") as change:
        for at, person in enumerate((1, 2), 1):
            values = {"customer": 1, "person": person, "result": f"谈了{at}", "kind": "visit"}
            change.add("activity", values | {"at": f"2026-11-0{at}"})
    path = _issue(book, tmp_path / "v.xlsx", tmp_path / "out")
    sheet = openpyxl.load_workbook(path).active
    said = {row[2]: row[3] for row in sheet.iter_rows(min_row=2, max_row=3, values_only=True)}
    assert said == {"谈了1": "王芳", "谈了2": None}
    assert _said(reading_back.read(book, path)) == ({}, [])


@needs_libreoffice
def test_a_table_of_excel_grows_with_its_row_of_totals(book, tmp_path):
    made = openpyxl.load_workbook(team_file(tmp_path / "t.xlsx"))
    sheet = made[SHEET]
    sheet.auto_filter.ref = None
    table = Table(displayName="Kunden", ref="A3:I8", totalsRowCount=1)
    table.autoFilter = AutoFilter(ref="A3:I7")
    sheet.add_table(table)
    made[SUMS]["B4"] = "=SUM(Kunden[年营业额（万元）])"
    made.save(tmp_path / "t.xlsx")
    path = _issue(book, tmp_path / "t.xlsx", tmp_path / "out")
    sheet = openpyxl.load_workbook(path)[SHEET]
    total = next(row for row in range(1, 60) if sheet.cell(row, 2).value == "合计")
    [grown] = sheet.tables.values()
    assert grown.ref == f"A3:I{total}"
    assert grown.autoFilter.ref == f"A3:I{total - 1}"
    shown = openpyxl.load_workbook(saved_by_libreoffice(path, tmp_path), data_only=True)
    assert shown[SUMS]["B4"].value == sum(100 * (at + 1) for at in range(MORE))


def test_a_form_with_numbers_and_formulas_but_no_records_is_filled(book, tmp_path):
    made = openpyxl.load_workbook(team_file(tmp_path / "t.xlsx"))
    sheet = made[SHEET]
    for row in range(FIRST, LAST + 1):
        for column in range(2, 9):
            sheet.cell(row, column).value = None
            sheet.cell(row, column).comment = None
    made.save(tmp_path / "form.xlsx")
    [table] = adopt(book, tmp_path / "form.xlsx").filled
    assert (table.first, table.last, table.records) == (FIRST, LAST, {})
    path = _issue(book, tmp_path / "form.xlsx", tmp_path / "out")
    sheet = openpyxl.load_workbook(path)[SHEET]
    rows = {name: row for row, name in _records(sheet).items()}
    assert len(rows) == MORE + 3
    assert sheet.cell(rows["客户04"], 5).value == 500
    assert sheet.cell(rows["客户04"], 6).value.date() == date(2026, 12, 5)
    assert sheet.cell(rows["客户04"], 9).value == f"=D{rows['客户04']}*0.8"
    assert "样例" not in rows
    assert _said(reading_back.read(book, path)) == ({}, [])


def test_headings_alone_are_a_layout_and_a_sheet_of_words_is_none(book, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["客户名称", "城市", "年营业额（万元）", "下次联系日期", "我的备忘"])
    made.save(tmp_path / "form.xlsx")
    adopted = adopt(book, tmp_path / "form.xlsx")
    [table] = adopted.filled
    assert [one.path for one in table.filled] == [
        "name",
        "city",
        "annual_revenue",
        "next_contact_due",
    ]
    path = _issue(book, tmp_path / "form.xlsx", tmp_path / "out")
    sheet = openpyxl.load_workbook(path).active
    assert len({sheet.cell(row, 1).value for row in range(2, MORE + 5)} - {None}) == MORE + 3
    assert _said(reading_back.read(book, path)) == ({}, [])
    words = openpyxl.Workbook()
    words.active["A1"] = "hello"
    words.save(tmp_path / "words.xlsx")
    with pytest.raises(Refused) as refused:
        adopt(book, tmp_path / "words.xlsx")
    assert refused.value.code == "nothing_to_fill"
