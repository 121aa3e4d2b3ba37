"""Columns that can be read in more than one way: what decides, what is told, what a person says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from models.book import Book
from models.refusals import Refused
from models.sheets import importing, ways
from models.sheets.report import Options, TableChoice
from models.texts import set_language

OPEN_DAYS = ["3/4/2024", "5/6/2024", "1/2/2024"]
MARCH, APRIL = date(2024, 3, 4), date(2024, 4, 3)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        yield made


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """Sheets of columns: each a header and its cells."""
    with xlsxwriter.Workbook(str(path)) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, columns in sheets.items():
            page = made.add_worksheet(name)
            for at, cells in enumerate(columns):
                for row, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(row, at, datetime(*cell.timetuple()[:3]), day)
                    else:
                        page.write(row, at, cell)
    return path


def names(count: int, letter: str = "甲") -> list[str]:
    return ["客户名称", *(f"{letter}{at}公司" for at in range(count))]


@pytest.fixture
def brought(book):
    """Import files; gives the ways of their columns by header, the notes and the first report."""

    def run(*files: Path, **options: Any) -> tuple[dict[str, Any], list[str], Any]:
        proposal = importing.prepare(book, files, Options(**options))
        try:
            importing.apply(proposal)
            found = {
                column.header: column.way
                for one in proposal.tables
                for column in one.mapping.columns
                if column.way is not None
            }
            return found, [x for one in proposal.reports for x in one.notes], proposal.reports[0]
        finally:
            proposal.close()

    return run


def first_day(book: Book, name: str = "甲0公司") -> Any:
    [row] = book.ids("customer", where=f"name={name}")
    return book.record("customer", row)["first_contact_on"]


def days(path: Path, *cells: Any, header: str = "首次联系日期") -> Path:
    return workbook(path, a=[names(len(cells)), [header, *cells]])


def test_days_that_nothing_decides_are_open_and_told_with_an_example_in_both_readings(
    book, brought, tmp_path
):
    found, notes, report = brought(days(tmp_path / "a.xlsx", *OPEN_DAYS))
    way = found["首次联系日期"]
    assert (way.open, way.code, set(way.ways)) == (True, "mdy", {"dmy", "mdy"})
    [note] = notes
    for part in ("首次联系日期", "3/4/2024", "2024-03-04", "2024-04-03", "month/day/year"):
        assert part in note
    [column] = [one for one in report.plain()["columns"] if one["field"] == "first_contact_on"]
    assert (column["date_order"], column["decided_by"]) == ("mdy", None)
    assert first_day(book) == MARCH


@pytest.mark.parametrize(("order", "day"), [("dmy", APRIL), ("mdy", MARCH)])
@pytest.mark.parametrize("all_columns", [True, False])
def test_an_order_that_is_said_holds_for_its_column_or_for_all(
    book, brought, tmp_path, order, day, all_columns
):
    said = {"days": order} if all_columns else {"ways": {"首次联系日期": order}}
    found, _, report = brought(days(tmp_path / "a.xlsx", *OPEN_DAYS), **said)
    assert (found["首次联系日期"].by, found["首次联系日期"].open) == ("said", False)
    assert first_day(book) == day
    [column] = [one for one in report.plain()["columns"] if one["field"] == "first_contact_on"]
    assert (column["date_order"], column["decided_by"]) == (order, "said")


def test_what_was_said_is_remembered_for_the_next_file_with_these_headers(book, brought, tmp_path):
    brought(days(tmp_path / "a.xlsx", *OPEN_DAYS), ways={"首次联系日期": "dmy"})
    found, notes, _ = brought(days(tmp_path / "b.xlsx", "7/8/2024", "9/10/2024"))
    assert (found["首次联系日期"].code, found["首次联系日期"].by) == ("dmy", "memory")
    assert "before" in notes[0]
    assert first_day(book) == date(2024, 8, 7)
    # What a column itself shows is stronger: 25 is no month.
    found, _, _ = brought(days(tmp_path / "c.xlsx", "3/25/2024", "3/4/2024"))
    assert (found["首次联系日期"].code, found["首次联系日期"].by) == ("mdy", "column")


def test_what_was_said_is_remembered_though_nothing_was_to_be_written(book, brought, tmp_path):
    source = days(tmp_path / "a.xlsx", *OPEN_DAYS)
    brought(source)
    brought(source, ways={"首次联系日期": "mdy"})  # the same days: nothing changes
    assert brought(source)[0]["首次联系日期"].by == "memory"


def test_one_more_explanation_keeps_those_of_before(book, brought, tmp_path):
    cells = [names(1), ["首次联系日期", "3/4/2024"], ["年营业额", 5], ["喜欢的茶", "龙井"]]
    source = workbook(tmp_path / "a.xlsx", a=cells)
    brought(source, ways={"首次联系日期": "dmy"}, columns={"喜欢的茶": "notes"})
    brought(source, ways={"年营业额": "10000"}, columns={"年营业额": "annual_revenue"})
    found, _, report = brought(source)
    assert {one: way.code for one, way in found.items()} == {
        "首次联系日期": "dmy", "年营业额": "10000",
    }  # fmt: skip
    assert [one.field for one in report.columns][-1] == "notes"


@pytest.mark.parametrize(
    ("beside", "order"), [("25/12/2024", "dmy"), ("12/25/2024", "mdy"), ("9/9/2024", "")]
)
def test_another_column_of_the_table_decides(book, brought, tmp_path, beside, order):
    columns = [names(2), ["首次联系日期", "3/4/2024", "5/6/2024"], ["合同日", beside, "9/9/2024"]]
    found, notes, _ = brought(workbook(tmp_path / "a.xlsx", a=columns))
    way = found["首次联系日期"]
    assert (way.code, way.by) == ((order, "table") if order else ("mdy", ""))
    assert bool(order) == any("like the other days of this table" in one for one in notes)


def test_one_answer_settles_the_other_columns_of_its_table(book, brought, tmp_path):
    columns = [
        names(2),
        ["首次联系日期", "3/4/2024", "5/6/2024"],
        ["合同日", "7/8/2024", "1/2/2024"],
    ]
    source = workbook(tmp_path / "a.xlsx", a=columns)
    found, _, _ = brought(source, ways={"合同日": "dmy"})
    assert [(one.code, one.by, one.auto) for one in found.values()] == [
        ("dmy", "table", "dmy"), ("dmy", "said", "mdy"),
    ]  # fmt: skip


def test_columns_that_disagree_decide_nothing(book, brought, tmp_path):
    columns = [
        names(2),
        ["首次联系日期", "3/4/2024", "5/6/2024"],
        ["合同日", "25/8/2024", "1/2/2024"],
        ["回款日", "8/25/2024", "1/2/2024"],
    ]
    found, _, _ = brought(workbook(tmp_path / "a.xlsx", a=columns))
    assert found["首次联系日期"].open


def test_another_sheet_of_the_file_decides_but_another_file_only_proposes(book, brought, tmp_path):
    told = [names(2, "乙"), ["合同日", "25/12/2024", "9/9/2024"]]
    doubtful = [names(2), ["首次联系日期", "3/4/2024", "5/6/2024"]]
    found, _, _ = brought(workbook(tmp_path / "a.xlsx", a=told, b=doubtful))
    assert (found["首次联系日期"].code, found["首次联系日期"].by) == ("dmy", "file")
    found, _, _ = brought(
        workbook(tmp_path / "b.xlsx", a=told), workbook(tmp_path / "c.xlsx", a=doubtful)
    )
    way = found["首次联系日期"]
    assert (way.code, way.by, way.open) == ("dmy", "files", True)


def test_real_dates_of_the_column_decide_when_only_one_order_lies_near_them(
    book, brought, tmp_path
):
    march = [date(2024, 3, 11), date(2024, 3, 18), date(2024, 3, 27)]
    found, notes, _ = brought(days(tmp_path / "a.xlsx", *march, "3/4/2024", "3/9/2024"))
    assert (found["首次联系日期"].code, found["首次联系日期"].by) == ("mdy", "cells")
    assert "real dates" in notes[0]
    year = [date(2024, 1, 2), date(2024, 12, 30)]  # both orders lie within
    found, _, _ = brought(days(tmp_path / "b.xlsx", *year, "3/4/2024", "3/9/2024"))
    assert found["首次联系日期"].open


def test_days_that_contradict_one_another_are_open_and_the_majority_is_taken(
    book, brought, tmp_path
):
    found, notes, report = brought(
        days(tmp_path / "a.xlsx", "25/3/2024", "26/3/2024", "3/27/2024", "1/2/2024")
    )
    assert (found["首次联系日期"].code, found["首次联系日期"].by) == ("dmy", "mixed")
    assert "others only month/day" in notes[0]
    assert [one.value for one in report.problems] == ["3/27/2024"]


@pytest.mark.parametrize("cells", [["2024-03-04", "2024/3/5"], ["5/5/2024", "6/6/2024"]])
def test_days_that_read_alike_in_every_order_ask_nothing(book, brought, tmp_path, cells):
    found, notes, report = brought(days(tmp_path / "a.xlsx", *cells))
    assert (found, notes) == ({}, [])
    assert report.plain()["columns"][1]["date_order"] is None


def test_a_column_that_is_left_out_asks_nothing(book, brought, tmp_path):
    found, notes, _ = brought(days(tmp_path / "a.xlsx", *OPEN_DAYS), columns={"首次联系日期": ""})
    assert (found, notes) == ({}, [])


def test_days_typed_into_a_sheet_of_ours_are_read_as_the_column_shows(book, brought, tmp_path):
    from models.sheets import exporting

    brought(days(tmp_path / "a.xlsx", "2024-01-01", "2024-01-02"))
    out = tmp_path / "out.csv"
    exporting.export(book, out, ["customer"], fields=["name", "first_contact_on"])
    text = out.read_text("utf-8-sig").replace("2024-01-01", "3/4/2024")
    out.write_text(text.replace("2024-01-02", "25/4/2024"), "utf-8-sig")
    brought(out)
    assert first_day(book) == APRIL


SHARES = [["折扣", 0.8, 0.95, 1.2, 12], ["订单编号", "S1", "S2", "S3", "S4"], ["数量", 1, 1, 1, 1]]


@pytest.mark.parametrize(
    ("said", "read"), [("", []), ("hundred", ["0.008", "0.0095", "0.012", "0.12"])]
)
def test_shares_that_may_be_fractions_are_left_out_until_it_is_said(
    book, brought, tmp_path, said, read
):
    options: dict[str, Any] = {"ways": {"折扣": said}} if said else {}
    found, notes, report = brought(
        workbook(tmp_path / "a.xlsx", a=SHARES), entity="order_line", create_links=True, **options
    )
    way = found["折扣"]
    assert (way.open, way.code) == (not said, said)
    assert "0.8 = " in notes[0]
    rows = book.rows("order_line", book.ids("order_line"), ["discount"])
    values = sorted(Decimal(str(row[0])) for row in rows)
    if said:
        assert values == sorted(map(Decimal, read))
    else:
        assert {one.code for one in report.problems} == {"unclear_percent"}


def test_amounts_are_scaled_as_is_said_and_what_a_line_above_says_can_be_taken_back(
    book, brought, tmp_path
):
    cells = [names(1), ["年营业额", 12.5]]
    source = workbook(tmp_path / "a.xlsx", a=cells)
    found, notes, report = brought(source, ways={"年营业额": "1000000"})
    assert found["年营业额"].by == "said"
    assert "in millions" in notes[0]
    assert report.plain()["columns"][1]["unit"] == "1000000"
    [row] = book.ids("customer")
    assert book.record("customer", row)["annual_revenue"] == 12_500_000
    above = workbook(tmp_path / "b.xlsx", a=[["单位：万元", *names(1)], ["", *cells[1]]])
    found, _, _ = brought(above, ways={"年营业额": "1"})
    assert book.record("customer", row)["annual_revenue"] == Decimal("12.5")


def test_a_choice_of_the_review_counts_by_the_columns_letter(book, tmp_path):
    proposal = importing.prepare(book, [days(tmp_path / "a.xlsx", *OPEN_DAYS)], Options())
    try:
        key = proposal.tables[0].key
        proposal.options = Options(tables={key: TableChoice(ways={"B": "dmy"})})
        importing.understand(proposal)
        importing.match(proposal)
        importing.apply(proposal)
    finally:
        proposal.close()
    assert first_day(book) == APRIL


@pytest.mark.parametrize(
    ("topic", "text", "meant"),
    [("days", " DMY ", "dmy"), ("shares", "hundred", "hundred"), ("unit", "万元", "10000"),
     ("unit", "10,000", "10000"), ("unit", "million", "1000000")],
)  # fmt: skip
def test_what_people_call_a_way_is_understood(topic, text, meant):
    assert ways.code(topic, text) == meant


@pytest.mark.parametrize("topic", ["days", "shares", "unit"])
def test_a_word_that_is_no_way_is_refused(topic):
    with pytest.raises(Refused) as refused:
        ways.code(topic, "upwards")
    assert refused.value.code == "unknown_way"


def test_records_that_are_made_because_they_are_named_are_counted(book, tmp_path):
    rows = [names(3), ["负责人", "王强", "李娜", "王强"]]
    proposal = importing.prepare(
        book, [workbook(tmp_path / "a.xlsx", a=rows)], Options(create_links=True)
    )
    try:
        assert proposal.linked == {"salesperson": {"added": 2}}
        assert proposal.totals == {"salesperson": {"added": 2}, "customer": {"added": 3}}
        assert proposal.writes == 5
        assert proposal.plain(None)["also"] == proposal.linked
        change = importing.apply(proposal)
    finally:
        proposal.close()
    assert change is not None
    info = book.info(change)
    assert {one: info.counts[one] for one in proposal.totals} == {"salesperson": 2, "customer": 3}


def test_a_doubt_is_told_in_chinese(book, tmp_path, brought):
    set_language("zh_CN")
    try:
        _, notes, _ = brought(days(tmp_path / "a.xlsx", *OPEN_DAYS))
    finally:
        set_language("en")
    assert "没有日期能判定 3/4/2024 是 2024-03-04 还是 2024-04-03" in notes[0]
    assert "月/日/年" in notes[0]
