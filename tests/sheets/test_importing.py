"""Sheets in, as offices make them: what is understood, matched, reported, and taken back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from models.book import Book
from models.refusals import Refused
from models.sheets import exporting
from tests.sheets.bringing import bring

HEADS = ["客户名称", "客户编号", "电话", "年营业额", "首次联系日期", "城市"]
ROWS = [
    ["苏州恒信机械有限公司", "0571", "+86 138 0013 8000", "１.２万", "2024年3月5日", "苏州"],
    ["上海曾记食品有限公司", "0572", "13912345678", "¥1,234.50", "2024.3.6", "上海"],
    ["北京欧阳科技有限公司", "0573", "010-88886666", "(500)", "2024-03-07", "北京"],
]


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        yield made


def workbook(path: Path, *rows: list[Any], sheet: str = "Sheet1") -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def text(path: Path, *rows: list[str], encoding: str = "utf-8", separator: str = ",") -> Path:
    lines = "\r\n".join(separator.join(row) for row in rows)
    path.write_bytes(lines.encode(encoding))
    return path


def everything(book: Book) -> dict[str, list[Any]]:
    return {
        one.id: [(id, book.record(one.id, id)) for id in book.ids(one.id)] for one in book.schema
    }


def plain(book: Book) -> list[tuple[Any, ...]]:
    fields = ["name", "code", "phone", "annual_revenue", "city"]
    return book.rows("customer", book.ids("customer", sort=[("code", False)]), fields)


EXPECTED = [
    ("苏州恒信机械有限公司", "0571", Decimal(12000), "苏州"),
    ("上海曾记食品有限公司", "0572", Decimal("1234.5"), "上海"),
    ("北京欧阳科技有限公司", "0573", Decimal(-500), "北京"),
]


def check(book: Book) -> None:
    assert [(row[0], row[1], row[3], row[4]) for row in plain(book)] == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", ["\t", ";"])
def test_text_files_are_read_in_every_encoding_and_separator(book, tmp_path, encoding, separator):
    bring(book, text(tmp_path / "客户.csv", HEADS, *ROWS, encoding=encoding, separator=separator))
    check(book)


def test_a_table_is_found_under_titles_and_above_totals(book, tmp_path):
    rows = [
        ["2024年客户一览表"],
        ["制表人：王强", "", "", "打印日期：2024-03-09"],
        [],
        HEADS,
        *ROWS,
        ["合计", "", "", "12,734.50", "", ""],
    ]
    _, [report] = bring(book, workbook(tmp_path / "客户.xlsx", *rows))
    check(book)
    assert report.added == 3
    assert any("8" in note for note in report.notes)  # the total is said to be left out


def test_a_table_beside_blank_columns_with_a_header_of_two_rows(book, tmp_path):
    path = tmp_path / "客户.xlsx"
    made = openpyxl.Workbook()
    page = made.active
    page["C3"] = "客户"
    page.merge_cells("C3:D3")
    for at, head in enumerate(["名称", "编号", "电话", "年营业额", "首次联系日期", "城市"]):
        page.cell(4, 3 + at, head)
    for down, row in enumerate(ROWS):
        for at, value in enumerate(row):
            page.cell(5 + down, 3 + at, value)
    made.save(path)
    _, [report] = bring(book, path)
    check(book)
    assert [one.header for one in report.columns][:3] == ["客户/名称", "客户/编号", "电话"]


@pytest.mark.parametrize("place", [(1, 1), (1, 3), (4, 2), (12, 5)])
def test_a_table_is_read_wherever_it_stands_and_its_rows_keep_their_numbers(book, tmp_path, place):
    down, right = place
    path = tmp_path / "客户.xlsx"
    made = openpyxl.Workbook()
    rows = [HEADS, *ROWS, ["丁公司", "0574", "", "很多", "", ""]]
    for at, row in enumerate(rows):
        for to, value in enumerate(row):
            made.active.cell(down + at, right + to, value)
    made.save(path)
    _, [report] = bring(book, path)
    check(book)
    assert [one.row for one in report.problems] == [down + 4]


def test_a_second_import_changes_nothing_and_undo_restores_every_record(book, tmp_path):
    before = everything(book)
    source = workbook(tmp_path / "客户.xlsx", HEADS, *ROWS)
    first, _ = bring(book, source)
    after = everything(book)
    second, [report] = bring(book, source)
    assert (second, report.unchanged) == (None, 3)
    assert everything(book) == after
    book.undo(first)
    assert everything(book) == before
    book.redo(first)
    assert everything(book) == after


def test_a_changed_copy_updates_its_cells_only_and_undo_names_what_was_edited_since(book, tmp_path):
    bring(book, workbook(tmp_path / "客户.xlsx", HEADS, *ROWS))
    out = tmp_path / "out.xlsx"
    exporting.export(book, out, ["customer"])
    made = openpyxl.load_workbook(out)
    page = made.active
    heads = {page.cell(1, at).value: at for at in range(1, page.max_column + 1)}
    city, name = heads["City"], heads["Customer name"]
    row = next(at for at in range(2, 6) if page.cell(at, name).value == ROWS[1][0])
    page.cell(row, city, "昆山")
    page.cell(page.max_row + 1, name, "新客户有限公司")
    page.move_range(f"A1:A{page.max_row}", cols=page.max_column)  # columns in another order
    made.save(out)
    number, [report] = bring(book, out)
    assert (report.updated, report.added, report.unchanged) == (1, 1, 2)
    assert number is not None
    changed = [id for id in book.ids("customer") if book.record("customer", id)["city"] == "昆山"]
    assert [book.record("customer", one)["name"] for one in changed] == [ROWS[1][0]]
    book.set("customer", changed[0], {"city": "太仓"})
    kept = book.undo(number).kept
    assert [(one.field, one.value) for one in kept] == [("city", "太仓")]
    assert book.count("customer") == 3


def test_companies_are_the_same_whatever_their_form_width_and_brackets(book, tmp_path):
    bring(book, workbook(tmp_path / "a.xlsx", HEADS, *ROWS))
    again = workbook(
        tmp_path / "b.xlsx",
        ["客户名称", "等级"],
        ["苏州恒信机械有限责任公司", "A"],
        [" 上海曾记食品有限公司　", "B"],
    )
    _, [report] = bring(book, again)
    assert (report.added, report.updated) == (0, 2)
    assert book.count("customer") == 3


def test_days_are_read_by_what_the_whole_column_shows(book, tmp_path):
    days = ["3/5/2024", "4/5/2024", "25/5/2024"]
    rows = [[f"客户{at}", day] for at, day in enumerate(days)]
    _, [report] = bring(book, text(tmp_path / "a.csv", ["客户名称", "首次联系日期"], *rows))
    first = [
        row[0].isoformat()
        for row in book.rows("customer", book.ids("customer"), ["first_contact_on"])
    ]
    assert first == ["2024-05-03", "2024-05-04", "2024-05-25"]
    assert any("day/month" in note for note in report.notes)


def test_new_names_are_refused_unless_they_are_asked_for(book, tmp_path):
    source = workbook(tmp_path / "a.xlsx", ["客户名称", "负责人"], ["甲公司", "王强"])
    number, [report] = bring(book, source)
    assert number is None
    assert report.skipped == 1
    number, _ = bring(book, source, create_links=True)
    assert book.count("salesperson") == 1
    book.undo(number)
    assert (book.count("salesperson"), book.count("customer")) == (0, 0)


def test_links_are_found_across_files_whatever_their_order(book, tmp_path):
    deals = workbook(
        tmp_path / "1 商机.xlsx",
        ["商机名称", "客户名称", "阶段", "金额"],
        ["改造", "甲公司", "报价", 100],
    )
    customers = workbook(tmp_path / "2 客户.xlsx", ["客户名称", "客户编号"], ["甲公司", "1"])
    bring(book, deals, customers, create_links=True)
    [deal] = book.ids("opportunity")
    assert book.record("opportunity", deal)["customer"].label == "甲公司"
    assert book.count("customer") == 1


def test_one_flat_sheet_fills_orders_lines_customers_and_products(book, tmp_path):
    heads = ["订单编号", "下单日期", "客户名称", "产品名称", "数量", "单价", "金额"]
    rows = [
        ["SO1", "2024-03-05", "甲公司", "冰箱", 2, 100, 200],
        ["SO1", "2024-03-05", "甲公司", "洗衣机", 1, 300, 300],
        ["SO2", "2024-03-06", "乙公司", "冰箱", 1, 100, 100],
    ]
    bring(book, workbook(tmp_path / "a.xlsx", heads, *rows), create_links=True)
    counts = [book.count(one) for one in ("order", "order_line", "customer", "product")]
    assert counts == [2, 3, 2, 2]


def test_unknown_columns_become_own_columns_or_are_left_out(book, tmp_path):
    source = workbook(
        tmp_path / "a.xlsx", ["客户名称", "城市", "门店面积"], ["甲公司", "上海", "三间"]
    )
    bring(book, source, unknown="skip")
    assert [one for one in book.schema.entity("customer").fields if one.custom] == []
    bring(book, source)
    [own] = [one for one in book.schema.entity("customer").fields if one.custom]
    assert own.text() == "门店面积"
    assert book.record("customer", book.ids("customer")[0])[own.id] == "三间"


def test_a_sheet_that_holds_nothing_known_is_refused_in_words(book, tmp_path):
    source = workbook(tmp_path / "a.xlsx", ["Colour", "Weather"], ["red", "fair"])
    with pytest.raises(Refused, match="what kind of record") as refused:
        bring(book, source)
    assert refused.value.code == "nothing_recognised"


def test_a_small_sheet_with_a_header_that_names_another_kind_is_not_taken_for_one_it_resembles(
    book, tmp_path
):
    source = workbook(tmp_path / "a.xlsx", ["客户名称", "微信群名"], ["甲公司", "一群"])
    _, [report] = bring(book, source)
    assert report.entity != "salesperson"
    assert book.count("salesperson") == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_sheet"),
        ("a.xlsx", b"", "empty_file"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "web_page"),
        ("a.xlsx", b"PK\x03\x04" + bytes(300), "damaged"),
    ],
)
def test_what_is_no_sheet_is_refused_by_name_and_leaves_the_book(
    book, tmp_path, name, content, code
):
    path = tmp_path / name
    path.write_bytes(content)
    before = everything(book)
    with pytest.raises(Refused) as refused:
        bring(book, path)
    assert refused.value.code
    assert name in str(refused.value)
    assert everything(book) == before
