"""Corners that a random file meets too seldom, each on its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from models.book import Book
from models.sheets import importing
from models.sheets.report import Options


@pytest.fixture
def bring(tmp_path):
    """Imports rows as a customer list; gives the records by name, and the report."""

    def run(*rows: list[Any], hidden: list[list[Any]] = ()) -> tuple[dict[str, Any], Any]:
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(str(path)) as made:
            for name, lines in (("a", rows), ("b", hidden)):
                sheet = made.add_worksheet(name)
                for at, line in enumerate(lines):
                    sheet.write_row(at, 0, line)
            sheet.hide()
        with Book.create(tmp_path / "team.daybook") as book:
            proposal = importing.prepare(book, [path], Options(create_links=True))
            try:
                importing.apply(proposal)
                records = [book.record("customer", id) for id in book.ids("customer")]
            finally:
                proposal.close()
            return {one["name"]: one for one in records}, proposal.reports[0]

    return run


def test_a_hidden_sheet_is_not_read(bring):
    found, _ = bring(
        ["客户名称", "城市"], ["甲公司", "上海"], hidden=[["客户名称", "城市"], ["乙公司", "北京"]]
    )
    assert set(found) == {"甲公司"}


@pytest.mark.parametrize(
    "name", ["汇总科技有限公司", "Total Energies", "共计划科技", "苏州恒信精密机械有限公司"]
)
def test_a_poor_record_is_never_taken_for_a_total_or_a_note(bring, name):
    found, _ = bring(
        ["客户名称", "城市", "行业", "地址"], ["甲公司", "上海", "食品", "x"], [name, "", "", ""]
    )
    assert set(found) == {"甲公司", name}


def test_a_line_above_says_what_all_amounts_are_counted_in(bring):
    rows = [["单位：万元"], ["客户名称", "年营业额"], ["甲公司", 12.5], ["乙公司", "3,000元"]]
    found, report = bring(*rows)
    assert found["甲公司"]["annual_revenue"] == Decimal(125_000)
    assert any("万元" in note for note in report.notes)


def test_a_number_that_the_sheet_has_rounded_is_reported_not_kept(bring):
    found, report = bring(
        ["客户名称", "税号"], ["甲公司", 913301001234567890.0], ["乙公司", "91330100MA1"]
    )
    assert set(found) == {"乙公司"}
    assert [one.code for one in report.problems] == ["damaged_number"]


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["24.03.15", "24.05.20", "23.12.31"], "2024-03-15"),
        (["24-3-5", "24-12-25"], "2024-03-05"),
        (["25/03/24", "14/05/24", "31/12/23"], "2024-03-25"),
    ],
)
def test_years_of_two_digits_are_told_from_days_by_the_whole_column(bring, days, first):
    rows = [[f"客户{at}", day] for at, day in enumerate(days)]
    found, _ = bring(["客户名称", "首次联系日期"], *rows)
    assert found["客户0"]["first_contact_on"].isoformat() == first


def test_days_that_can_be_read_in_two_ways_are_said_to_be(bring):
    _, report = bring(["客户名称", "首次联系日期"], ["甲公司", "3/4/2024"], ["乙公司", "5/6/2024"])
    assert any("首次联系日期" in note and "no day decides" in note for note in report.notes)


def test_an_unknown_column_called_like_a_field_is_kept_under_another_name(bring):
    rows = [["客户名称", "Founded"], ["甲公司", "很久以前"], ["乙公司", "不详"]]
    found, report = bring(*rows)
    assert report.columns[1].field == "x_founded_b"
    assert found["甲公司"]["x_founded_b"] == "很久以前"


def test_names_below_a_group_head_their_columns_though_none_is_known(bring):
    found, report = bring(
        ["客户名称", "评估", "", "", "城市"],
        ["", "口味", "得分", "包装", ""],
        ["甲公司", "", 23.4, "按图纸0", "上海"],
        ["乙公司", "淡", 73.4, "无特殊", "北京"],
    )
    assert set(found) == {"甲公司", "乙公司"}
    assert report.rows == 2
    assert found["乙公司"]["x_评估_得分"] == Decimal("73.4")
