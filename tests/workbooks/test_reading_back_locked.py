"""What a returned workbook could not change, and rows that are no records or stand elsewhere."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbooks.handed_over import at, book, hand, path, rewrite, values

__all__ = ["book", "path"]


def test_what_is_typed_into_the_column_of_ids_is_no_id(book, path):
    with hand.edited(path) as made:
        made["My customers"].cell(2, 1).value = "新"
        made["My customers"].cell(2, 2).value = "新公司"
        made["My customers"].cell(3, 1).value = 301
        made["My customers"].cell(3, 2).value = "另一家"
    file = hand.read(book, path)
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司", "另一家"]


def test_an_edited_locked_cell_is_told_with_its_place_and_not_taken(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        hand.put(sheet, "乙公司", "Customer no.", "X-1")
        row = hand.row_of(sheet, "乙公司")
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert not any("code" in one.cells for one in file.rows)
    assert at(file, "locked_cell") == [("My customers", row, "Customer no.", "X-1")]


def test_a_locked_column_that_was_cleared_is_told_cell_by_cell_only_at_first(book):
    [wang] = book.ids("salesperson", "name = 王芳")
    with book.change("Many") as change:
        for number in range(40):
            change.add("customer", {"name": f"公司{number}", "code": f"K{number}", "owner": wang})
    path = hand.issue(book)
    with hand.edited(path) as made:
        sheet = made["My customers"]
        column = hand.column(sheet, "Customer no.")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = None
    file = hand.read(book, path)
    told = [one for one in file.problems if one.code == "locked_cell"]
    assert len(told) == 21
    assert "24" in told[-1].message
    assert hand.changed(file) == {}


def test_rows_where_none_can_be_added_are_told(book):
    with book.change("Notice") as change:
        change.add("announcement", {"title": "放假", "posted_on": "2026-03-01"})
    path = hand.issue(book)
    with hand.edited(path) as made:
        sheet = made["Notices"]
        sheet.cell(sheet.max_row + 2, hand.column(sheet, "Reply")).value = "好"
        row = sheet.max_row
    file = hand.read(book, path)
    assert hand.fresh(file) == []
    assert at(file, "no_new_rows") == [("Notices", row, "", "")]


def test_a_row_that_adds_up_others_is_no_record(book, path):
    with hand.edited(path) as made:
        sheet = made["My deals"]
        row = sheet.max_row + 1
        sheet.cell(row, 2).value = "合计"
        sheet.cell(row, hand.column(sheet, "Amount")).value = 21010.5
    file = hand.read(book, path)
    assert hand.fresh(file) == []
    assert at(file, "total_row") == [("My deals", row, "", "")]


def test_marks_of_sums_are_no_records(book, path):
    with hand.edited(path) as made:
        made["My deals"].append(["Σ", "Total", None, None, 5])
    file = hand.read(book, path)
    assert hand.fresh(file) == []
    assert file.problems == ()


def test_formats_and_widths_say_nothing(book, path):
    before = hand.read(book, path).digest
    with hand.edited(path) as made:
        sheet = made["My deals"]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                cell.number_format = "General"
                cell.font = copy.copy(made["My customers"]["A1"].font)
        sheet.protection.sheet = False
        sheet.auto_filter.ref = None
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert file.digest == before


def test_a_table_sorted_without_its_ids_is_set_right_by_its_contents(book, path):
    with hand.edited(path) as made:
        for name in ("My customers", "My deals"):
            sheet = made[name]
            head, *rows = values(sheet)
            filled = [row for row in rows if row[0]]
            rest = sorted((row[1:] for row in filled), key=lambda row: str(row[0]), reverse=True)
            rewrite(sheet, [head, *([old[0], *row] for old, row in zip(filled, rest, strict=True))])
        hand.put(made["My customers"], "丙公司", "City", "苏州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "丙公司", "city")]
    assert hand.fresh(file) == []
    assert len(hand.known(file, "opportunity")) == 6
    assert hand.codes(file) == ["ids_shifted", "ids_shifted"]


def test_a_row_pasted_over_another_one_is_told(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        source, target = hand.row_of(sheet, "乙公司"), hand.row_of(sheet, "丙公司")
        for column in range(2, sheet.max_column + 1):
            if sheet.cell(1, column).value != "Customer no.":
                sheet.cell(target, column).value = sheet.cell(source, column).value
    file = hand.read(book, path)
    assert at(file, "pasted_over") == [("My customers", target, "", "")]
    assert {key[1] for key in hand.changed(file)} == {"丙公司"}


def test_one_record_that_takes_the_name_of_another_is_an_edit(book, path):
    with hand.edited(path) as made:
        hand.put(made["My customers"], "丙公司", "Customer name", "乙公司 ")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "丙公司", "name")]
    assert file.problems == ()


@settings(max_examples=15)
@given(random=st.randoms(use_true_random=False))
def test_any_order_of_sheets_rows_and_columns_says_the_same(book, path, random):
    plain = hand.read(book, path)
    made = hand.openpyxl.load_workbook(path)
    for sheet in made.worksheets:
        if sheet.title in {one.name for one in plain.manifest.sheets}:
            head, *rows = values(sheet)
            random.shuffle(rows)
            order = random.sample(range(len(head)), len(head))
            above = [[]] * random.randrange(4)
            rewrite(sheet, [*above, *([row[at] for at in order] for row in (head, *rows))])
            sheet.title = f"表{random.randrange(10**9)}"
    random.shuffle(made._sheets)
    made.active = 0
    made.save(path.with_name("mixed.xlsx"))
    file = hand.read(book, path.with_name("mixed.xlsx"))
    assert file.digest == plain.digest
    assert file.problems == ()
    assert file.tables == plain.tables
