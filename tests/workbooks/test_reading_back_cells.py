"""What a returned cell says, in whatever form people and programs leave it."""

from __future__ import annotations

import runpy
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.workbooks import memory

hand = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "returned_files.py")))
CUSTOMERS, DEALS, CONTACTS, VISITS = "My customers", "My deals", "Contacts", "Visit log"


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


@pytest.fixture
def path(book):
    return hand.issue(book)


def after(book, path, sheet: str, name: str, heading: str, value: object, **more: object):
    """The cells that say something new after one was written, and the problems."""
    with hand.edited(path) as made:
        hand.put(made[sheet], name, heading, value)
        cell = made[sheet].cell(hand.row_of(made[sheet], name), hand.column(made[sheet], heading))
        for key, one in more.items():
            setattr(cell, key, one)
    file = hand.read(book, path)
    return list(hand.changed(file).values()), hand.codes(file)


SAME = [
    (CUSTOMERS, "乙公司", "Phone", 5718888),  # a number has no zero in front
    (CUSTOMERS, "乙公司", "Phone", 5718888.0),
    (CUSTOMERS, "乙公司", "Phone", "０５７１８８８８"),
    (CUSTOMERS, "乙公司", "Phone", " 05718888  "),
    (CUSTOMERS, "丙公司", "Phone", 13800138000),
    (CUSTOMERS, "丙公司", "Phone", "+86 13800138000"),
    (CUSTOMERS, "丙公司", "Phone", "1.38E+10"),
    (CUSTOMERS, "丙公司", "Tags", "老客户，重点"),
    (CUSTOMERS, "甲公司", "Grade", "a"),
    (CUSTOMERS, "甲公司", "Grade", "A级"),
    (CUSTOMERS, "甲公司", "Next contact due", "2026-05-03"),
    (CUSTOMERS, "甲公司", "Next contact due", "2026年5月3日"),
    (CUSTOMERS, "甲公司", "Next contact due", "3/5/2026"),  # what left says which is the day
    (CUSTOMERS, "甲公司", "Next contact due", "5/3/2026"),
    (CUSTOMERS, "甲公司", "Next contact due", datetime(2026, 5, 3, 8, 30)),
    (CUSTOMERS, "甲公司", "Next contact due", 46145),
    (CUSTOMERS, "甲公司", "City", "杭州 "),
    (CUSTOMERS, "丁公司", "Annual revenue", "1,234,567.89"),
    (CUSTOMERS, "丁公司", "Annual revenue", "¥1,234,567.89"),
    (CUSTOMERS, "丁公司", "Annual revenue", "１２３４５６７．８９"),
    (CUSTOMERS, "丁公司", "Employees", "12人"),
    (CUSTOMERS, "=1+1", "Notes", "第一行\r\n第二行\n"),
    (DEALS, "商机1", "Probability", "12.5%"),
    (DEALS, "商机1", "Probability", "0.125"),
    (CONTACTS, "张三", "Customer", " 甲公司 "),
    (CONTACTS, "张三", "Customer", "甲公司\u3000"),
]


@pytest.mark.parametrize(("sheet", "name", "heading", "value"), SAME)
def test_the_value_that_left_in_another_form_is_unchanged(book, path, sheet, name, heading, value):
    assert after(book, path, sheet, name, heading, value) == ([], [])


def test_a_locked_number_that_lost_its_zeros_or_last_digits_is_no_edit(book, path):
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "甲公司", "Customer no.", 7)
        hand.put(made[CUSTOMERS], "乙公司", "Customer no.", 123456789012345680)
        hand.put(made[CUSTOMERS], "=1+1", "Customer no.", date(date.today().year, 3, 5))
    file = hand.read(book, path)
    assert [one.place.value for one in file.problems] == [f"{date.today().year}-03-05"]


NEW = [
    (CUSTOMERS, "乙公司", "Phone", "0574-1234567", "0574-1234567"),
    (CUSTOMERS, "乙公司", "City", "（宁波）", "（宁波）"),
    (CUSTOMERS, "甲公司", "Grade", "ｂ", "B"),
    (CUSTOMERS, "甲公司", "Lifecycle", "老客户", "customer"),
    (CUSTOMERS, "甲公司", "Lifecycle", "Buying customer", "customer"),
    (CUSTOMERS, "甲公司", "Next contact due", date(2026, 6, 1), "2026-06-01"),
    (CUSTOMERS, "甲公司", "Next contact due", datetime(2026, 6, 1, 9, 0), "2026-06-01"),
    (CUSTOMERS, "甲公司", "Next contact due", "2026.6.1", "2026-06-01"),
    (CUSTOMERS, "丁公司", "Annual revenue", "２００万", 2_000_000_000_000),
    (CUSTOMERS, "丁公司", "Annual revenue", 0.1 + 0.2, 300_000),
    (CUSTOMERS, "丁公司", "Annual revenue", "-", None),
    (CUSTOMERS, "=1+1", "Notes", "第一行\r\n第三行", "第一行\n第三行"),
    (CUSTOMERS, "甲公司", "Tags", "新、大", "新, 大"),
    (DEALS, "商机1", "Probability", "３０％", 300_000),
    (DEALS, "商机1", "Probability", 0.3, 300_000),
]


@pytest.mark.parametrize(("sheet", "name", "heading", "value", "stored"), NEW)
def test_another_value_is_read_as_the_program_reads_what_is_typed(
    book, path, sheet, name, heading, value, stored
):
    [cell], problems = after(book, path, sheet, name, heading, value)
    assert (cell.value, cell.unread) == (stored, "")
    assert problems == []


UNREAD = [
    (CUSTOMERS, "甲公司", "Grade", "特级", "特级"),
    (CUSTOMERS, "甲公司", "Next contact due", "下周", "下周"),
    (CUSTOMERS, "甲公司", "Next contact due", "7/8/2026", "2026-07-08"),
    (CUSTOMERS, "甲公司", "Next contact due", "13/12/2026", "13/12/2026"),
    (CUSTOMERS, "丁公司", "Employees", "很多", "很多"),
    (CUSTOMERS, "丁公司", "Employees", 12.5, "12.5"),
    (CUSTOMERS, "丁公司", "Employees", -3, "-3"),
    (CUSTOMERS, "丙公司", "Phone", "没有号码", "没有号码"),
    (DEALS, "商机1", "Probability", 30, "30"),
    (CONTACTS, "张三", "Customer", "没有的公司", "没有的公司"),
    (CONTACTS, "张三", "Customer", "乙公司 [CU-7ZZZZ]", "CU-7ZZZZ"),
]


@pytest.mark.parametrize(("sheet", "name", "heading", "value", "said"), UNREAD)
def test_what_is_no_value_of_its_field_is_told_with_its_text_and_kept(
    book, path, sheet, name, heading, value, said
):
    [cell], problems = after(book, path, sheet, name, heading, value)
    assert cell.value is None
    assert said in cell.unread
    assert cell.text == str(value)
    assert problems == ["unreadable"]


def test_an_unreadable_cell_is_named_with_file_sheet_row_column_and_value(book, path):
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "甲公司", "Grade", "特级")
        row = hand.row_of(made[CUSTOMERS], "甲公司")
    [problem] = hand.read(book, path).problems
    place = problem.place
    assert (place.file, place.sheet, place.row, place.column, place.value) == (
        path.name, CUSTOMERS, row, "Grade", "特级",
    )  # fmt: skip


def test_a_value_that_left_although_its_limits_forbid_it_is_unchanged(book):
    [row] = book.ids("customer", "name = 丁公司")
    with book.change("Odd") as change:
        change.db.run("UPDATE customer SET employees = -5 WHERE id = ?", (row,))
    file = hand.read(book, hand.issue(book))
    assert hand.changed(file) == {}
    assert file.problems == ()


# -- formulas and errors ---------------------------------------------------------------------------


def test_a_formula_with_its_value_is_that_value(book, path, tmp_path):
    with hand.edited(path) as made:
        hand.put(made[DEALS], "商机1", "Amount", "=1000+1")
        hand.put(made[DEALS], "商机2", "Amount", "=1/0")
    file = hand.read(book, path)
    cells = hand.changed(file)
    assert {cell.value for cell in cells.values()} == {None}
    assert hand.codes(file) == ["unreadable", "unreadable"]
    assert "Excel" in file.problems[0].message


@hand.office
def test_a_formula_that_a_program_worked_out_is_its_value_and_an_error_is_told(
    book, path, tmp_path
):
    with hand.edited(path) as made:
        hand.put(made[DEALS], "商机1", "Amount", "=1000+1")
        hand.put(made[DEALS], "商机2", "Amount", "=1/0")
    file = hand.read(book, hand.converted(path, "xlsx", tmp_path / "saved"))
    cells = hand.changed(file)
    assert cells["opportunity", "商机1", "amount"].value == 1_001_000_000
    assert "#DIV/0!" in cells["opportunity", "商机2", "amount"].unread
    assert hand.codes(file) == ["unreadable"]


def test_a_text_that_looks_like_a_formula_stays_the_text(book, path):
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "=1+1", "City", "@SUM(A1)")
    file = hand.read(book, path)
    [row] = [one for one in file.rows if one.cells.get("city") and not one.cells["city"].same]
    assert (row.cells["name"].value, row.cells["name"].same) == ("=1+1", True)
    assert row.cells["city"].value == "@SUM(A1)"
    assert file.problems == ()


def test_an_error_typed_over_a_name_is_told(book, path):
    [cell], problems = after(book, path, CUSTOMERS, "乙公司", "City", "#REF!", data_type="e")
    assert "#REF!" in cell.unread
    assert problems == ["unreadable"]


# -- links -----------------------------------------------------------------------------------------


def test_a_link_means_a_record_by_its_name_in_the_workbook_its_id_or_its_name_now(book, path):
    rows = {book.label("customer", one): one for one in book.ids("customer")}
    with book.change("Rename") as change:
        change.set("customer", rows["乙公司"], {"name": "乙集团"})
    with hand.edited(path) as made:
        sheet = made[CONTACTS]
        hand.put(sheet, "张三", "Customer", "乙公司")
        hand.put(sheet, "李四", "Customer", book.public_id("customer", rows["丙公司"]))
        hand.put(sheet, "王五", "Customer", "李的客户")
    cells = hand.changed(hand.read(book, path))
    assert {key[1]: cell.value for key, cell in cells.items()} == {
        "张三": rows["乙公司"],
        "李四": rows["丙公司"],
        "王五": rows["李的客户"],
    }


def test_a_link_to_what_was_removed_is_not_made_anew(book, path):
    [row] = book.ids("customer", "name = 乙公司")
    with book.change("Remove") as change:
        change.remove("customer", [row])
    with hand.edited(path) as made:
        hand.put(made[CONTACTS], "张三", "Customer", "乙公司")
    file = hand.read(book, path)
    cells = hand.changed(file)
    assert [key[1] for key in cells] == ["张三"]
    assert cells["contact", "张三", "customer"].value is None
    assert cells["contact", "张三", "customer"].unread


def test_two_records_of_one_name_are_told_apart_by_their_ids(book):
    [wang] = book.ids("salesperson", "name = 王芳")
    with book.change("Twins") as change:
        twins = [change.add("customer", {"name": "双子", "owner": wang}) for _ in range(2)]
        change.add("contact", {"name": "小双", "customer": twins[1]})
    path = hand.issue(book)
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    with hand.edited(path) as made:
        hand.put(made[CONTACTS], "小双", "Customer", "双子")
    [cell] = hand.changed(hand.read(book, path)).values()
    assert cell.value is None
    assert "双子" in cell.unread


def test_a_name_beside_the_id_of_another_record_is_not_guessed(book, path):
    [row] = book.ids("customer", "name = 丙公司")
    text = f"乙公司 [{book.public_id('customer', row)}]"
    [cell], problems = after(book, path, CONTACTS, "张三", "Customer", text)
    assert cell.value is None
    assert problems == ["unreadable"]


# -- days and moments ------------------------------------------------------------------------------


def test_moments_that_lost_their_seconds_or_their_time_are_unchanged(book, path):
    with hand.edited(path) as made:
        sheet = made[VISITS]
        column = hand.column(sheet, "When")
        rows = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value]
        one, two, three = (sheet.cell(r, column) for r in rows)
        one.value = one.value.replace(second=0)
        two.value = two.value.strftime("%Y/%m/%d %H:%M")
        three.value = three.value.date()
    file = hand.read(book, path)
    assert hand.changed(file) == {}


def test_a_moment_of_another_time_is_another_value(book, path):
    with hand.edited(path) as made:
        sheet = made[VISITS]
        row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value)
        sheet.cell(row, hand.column(sheet, "When")).value = "2026-03-04 18:00"
    [cell] = hand.changed(hand.read(book, path)).values()
    assert cell.value == "2026-03-04T10:00:00Z"


def test_days_of_a_column_are_read_in_the_order_in_which_the_others_stand(book, path):
    with hand.edited(path) as made:
        sheet = made[DEALS]
        column = hand.column(sheet, "Expected close")
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                day = sheet.cell(row, column).value
                sheet.cell(row, column).value = f"{day.day}/{day.month}/{day.year}"
        hand.put(sheet, "商机5", "Expected close", "7/8/2026")
    [cell] = hand.changed(hand.read(book, path)).values()
    assert cell.value == "2026-08-07"


def test_a_workbook_sent_again_says_what_it_said_then_in_whatever_form(book, path):
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "乙公司", "Phone", "0571234567")
    first = hand.read(book, path)
    [(_, row, _), cell] = next(
        ((one.entity, one.row, one.line), one.cells["phone"])
        for one in first.rows
        if one.entity == "customer" and not one.cells["phone"].same
    )
    state = memory.Returned({"customer": {row: {"phone": cell.value}}})
    with book.change("Collect") as change:
        memory.keep_return(
            change.db, first.manifest.workbook, change.no, path.name, first.digest, state
        )
    with hand.edited(path) as made:
        hand.put(made[CUSTOMERS], "乙公司", "Phone", 571234567)
    again = hand.read(book, path)
    assert [cell.value for cell in hand.changed(again).values()] == ["0571234567"]
    assert again.digest == first.digest
