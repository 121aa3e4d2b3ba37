"""Days and leave come from sheets as offices write them, half days too."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.calendar.half_days import half_days
from models.calendar.in_book import roster, work_calendar
from models.sheets import exporting, importing

JUNE = date(2026, 6, 1), date(2026, 6, 30)  # 21 working days, the 19th is off
TODAY = date(2026, 6, 1)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("test") as change:
            change.add("salesperson", {"name": "王芳"})
        yield made


def sheet(tmp_path, name: str, *rows: list[object]):
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def bring(book: Book, path) -> list[str]:
    proposal = importing.prepare(book, [path])
    try:
        assert not [one for report in proposal.reports for one in report.problems]
        importing.apply(proposal)
        return [note for report in proposal.reports for note in report.notes]
    finally:
        proposal.close()


def halves(book: Book) -> list[tuple[object, ...]]:
    names = ["starts_on", "starts_at_noon", "ends_on", "ends_at_noon"]
    found = book.rows("leave", book.ids("leave", sort=[("starts_on", False)]), names)
    return [(str(a)[5:], bool(b), str(c)[5:], bool(d)) for a, b, c, d in found]


def left(book: Book) -> Decimal:
    [row] = book.ids("salesperson")
    return roster(book, TODAY)[row].equivalent(*JUNE)


def test_a_sheet_of_days_makes_the_calendar_of_a_year(book, tmp_path):
    path = sheet(
        tmp_path,
        "2027节假日.csv",
        ["日期", "类型", "名称"],
        ["2027-02-06", "调休上班", ""],
        ["2027/2/11", "放假", "春节"],
        ["2027年2月12日", "休息", "春节"],
        ["2027-02-20", "补班", ""],
    )
    bring(book, path)
    calendar = work_calendar(book)
    assert calendar.is_working(date(2027, 2, 6))
    assert calendar.make_up_days(date(2027, 2, 1), date(2027, 2, 28)) == [
        date(2027, 2, 6),
        date(2027, 2, 20),
    ]
    assert not calendar.is_working(date(2027, 2, 11))
    assert calendar.known_until == date(2027, 12, 31)
    before = book.last_change
    bring(book, path)
    assert book.last_change == before  # it says nothing new


def test_a_day_is_corrected_by_the_next_sheet(book, tmp_path):
    head = ["日期", "类型", "名称"]
    bring(book, sheet(tmp_path, "a.csv", head, ["2027-02-06", "放假", "春节"]))
    bring(book, sheet(tmp_path, "b.csv", head, ["2027-02-06", "调休上班", "春节"]))
    assert book.count("calendar_day") == 1
    plain = sheet(
        tmp_path, "c.csv", ["姓名", "开始日期", "结束日期"], ["王芳", "2026-06-01", "2026-06-02"]
    )
    assert bring(book, plain) == []  # nothing of half days is told, nothing is said
    assert work_calendar(book).is_working(date(2027, 2, 6))


def test_halves_behind_the_days_are_understood(book, tmp_path):
    bring(
        book,
        sheet(
            tmp_path,
            "请假记录.csv",
            ["员工", "请假类型", "开始时间", "结束时间", "审批状态", "时长"],
            ["王芳", "年假", "2026-06-01 下午", "2026-06-02 上午", "通过", "1"],
            ["王芳", "事假", "2026-06-03 13:30", "2026-06-03 18:00", "通过", "0.5"],
            ["王芳", "事假", "2026-06-04 09:00", "2026-06-04 12:00", "通过", "0.5"],
            ["王芳", "事假", "2026-06-08 上午", "2026-06-09 下午", "通过", "2"],
        ),
    )
    assert halves(book) == [
        ("06-01", True, "06-02", True),
        ("06-03", True, "06-03", False),
        ("06-04", False, "06-04", True),
        ("06-08", False, "06-09", False),
    ]
    assert left(book) == 21 - Decimal(4)


def test_a_half_in_a_column_of_its_own_is_understood_and_kept(book, tmp_path):
    path = sheet(
        tmp_path,
        "请假.csv",
        ["姓名", "请假类型", "开始", "结束", "上午/下午"],
        ["王芳", "年假", "2026-06-01", "2026-06-02", ""],
        ["王芳", "事假", "2026-06-03", "2026-06-03", "上午"],
        ["王芳", "病假", "2026-06-04", "2026-06-04", "下午"],
    )
    notes = bring(book, path)
    assert notes == ["From noon, To noon are read from “开始”, “结束”, “上午/下午”."]
    assert halves(book) == [
        ("06-01", False, "06-02", False),
        ("06-03", False, "06-03", True),
        ("06-04", True, "06-04", False),
    ]
    assert left(book) == 21 - Decimal(3)
    assert book.schema.field(book.schema.entity("leave"), "上午/下午").custom
    before = book.last_change
    bring(book, path)
    assert book.last_change == before


def test_half_a_day_by_its_length_is_understood(book, tmp_path):
    bring(
        book,
        sheet(
            tmp_path,
            "请假.csv",
            ["姓名", "假别", "开始日期", "结束日期", "天数"],
            ["王芳", "年假", "2026-06-01", "2026-06-02", "2"],
            ["王芳", "事假", "2026-06-03", "2026-06-03", "0.5天"],
            ["王芳", "事假", "2026-06-04", "2026-06-05", "1.5"],
        ),
    )
    assert left(book) == 21 - Decimal(4)


def test_one_column_of_days_gives_leave_of_single_days(book, tmp_path):
    bring(
        book,
        sheet(
            tmp_path,
            "请假.csv",
            ["业务员", "请假日期", "时段", "事由"],
            ["王芳", "2026-06-01", "全天", "回家"],
            ["王芳", "2026-06-02", "下午", "看病"],
        ),
    )
    assert halves(book) == [("06-01", False, "06-01", False), ("06-02", True, "06-02", False)]


def test_moments_of_a_workbook_are_understood(book, tmp_path):
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.append(["姓名", "请假类型", "开始时间", "结束时间"])
    page.append(["王芳", "年假", datetime(2026, 6, 1, 14), datetime(2026, 6, 2, 12)])
    page.append(["王芳", "年假", date(2026, 6, 3), date(2026, 6, 4)])
    path = tmp_path / "请假.xlsx"
    made.save(path)
    bring(book, path)
    assert halves(book) == [("06-01", True, "06-02", True), ("06-03", False, "06-04", False)]


def test_columns_for_noon_speak_for_themselves_and_our_own_sheets_come_back_unchanged(
    book, tmp_path
):
    bring(
        book,
        sheet(
            tmp_path,
            "请假.csv",
            ["姓名", "开始日期", "下午起", "结束日期", "到中午止", "天数"],
            ["王芳", "2026-06-01", "是", "2026-06-02", "否", "1.5"],
        ),
    )
    assert halves(book) == [("06-01", True, "06-02", False)]
    target = tmp_path / "out.xlsx"
    exporting.export(book, target, ["leave"])
    before = book.last_change
    bring(book, target)
    assert book.last_change == before


@pytest.mark.parametrize(
    ("cells", "flags"),
    [
        (("2026-06-01", "2026-06-02"), (None, None)),
        (("2026-06-01上午", "2026-06-01下午"), (False, False)),
        (("2026/6/1 PM", "2026/6/1 PM"), (True, False)),
        (("2026-06-01 1:30 pm", "2026-06-02 11:00 am"), (True, True)),
        (("2026-06-01 下午2:00", "2026-06-01 下午6:00"), (True, False)),
        (("2026-06-01 00:00:00", "2026-06-02 00:00:00", "", "1.5"), (False, True)),
        (("2026-06-01", "2026-06-02", "上午"), (None, None)),  # of which of the two days?
        (("2026-06-01", "2026/6/1", "上午"), (False, True)),
        (("2026-06-01", None, "下午"), (True, False)),
        (("2026-06-01", "2026-06-01", "半天"), (False, True)),
        (("2026-06-01", "2026-06-01", "", "4小时"), (None, None)),
        (("2026-06-01", "2026-06-01", "", "半天"), (False, True)),
        (("2026-06-01", "2026-06-01", "", 1.5), (None, None)),  # more than there is
        (("2026-06-01", "2026-06-03", "", 0.5), (None, None)),  # less than it can be
        (("2026-06-01", "2026-06-03", "", 3), (False, False)),
        ((date(2026, 6, 1), date(2026, 6, 1), None, 0.5), (False, True)),
        ((datetime(2026, 6, 1, 13, 30), datetime(2026, 6, 1, 17, 30)), (True, False)),
        (("soon", "later", "上午", "1"), (False, False)),
    ],
)
def test_half_days_are_read_as_people_write_them(cells, flags):
    assert half_days(*cells) == flags


cells = (
    st.text()
    | st.floats()
    | st.integers()
    | st.datetimes()
    | st.dates()
    | st.booleans()
    | st.none()
    | st.from_regex(r"2026-06-0[1-9] ?(上午|下午|pm)? ?([01]?[0-9]:[0-5][0-9])?", fullmatch=True)
)


@given(cells, cells, cells, cells)
def test_whatever_stands_in_the_cells_nothing_breaks(first, last, half, length):
    starts, ends = half_days(first, last, half, length)
    assert starts in (True, False, None)
    assert ends in (True, False, None)
