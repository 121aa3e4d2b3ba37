"""A team's own workbook as the layout: what it is stays, only the person's records are in it, it comes back."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

from models.book import Book
from models.refusals import Refused
from models.workbooks import collecting, reading_back, template
from models.workbooks.template import FIELD, FORMULA, OWN, adopt
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
