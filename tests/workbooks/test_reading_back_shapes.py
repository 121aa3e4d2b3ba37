"""What people do to tables: rows and columns moved, copied, pasted over, added and deleted."""

from __future__ import annotations

import copy
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.workbooks.items import ReturnedFile

hand = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "returned_files.py")))


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


@pytest.fixture
def path(book):
    return hand.issue(book)


def values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def rewrite(sheet, rows: list[list[object]]) -> None:
    """Other contents of a sheet."""
    sheet.delete_rows(1, sheet.max_row)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def at(file: ReturnedFile, code: str) -> list[tuple[str, int | None, str, str]]:
    return [
        (one.place.sheet, one.place.row, one.place.column, one.place.value)
        for one in file.problems
        if one.code == code
    ]


def test_rows_may_be_sorted(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        head, *rows = values(sheet)
        rows.sort(key=lambda row: str(row[1]), reverse=True)
        rewrite(sheet, [head, *rows])
        hand.put(sheet, "乙公司", "City", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_may_be_moved_the_one_of_ids_too(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        rewrite(sheet, [list(reversed(row)) for row in values(sheet)])
        name = hand.column(sheet, "Customer name")
        sheet.cell(hand.row_of(sheet, "乙公司", name), hand.column(sheet, "City")).value = "温州"
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_and_rows_may_be_hidden(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[6].hidden = True
        made["Contacts"].sheet_state = "hidden"
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert len(hand.known(file, "contact")) == 3


def test_added_columns_are_not_read_and_told_once(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "我的备注"
        for row in range(5, 10):
            sheet.cell(row, 3).value = f"备注{row}"
        sheet.cell(7, sheet.max_column + 2).value = "没有标题的字"
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert [one.code for one in file.problems] == ["extra_column"]
    assert "我的备注" in file.problems[0].message
    assert file.problems[0].place.sheet == "My customers"


def test_renamed_columns_are_known_by_synonyms_of_both_languages(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        for was, now in {"Customer name": "单位名称", "Phone": "座机", "City": "所在城市"}.items():
            sheet.cell(1, hand.column(sheet, was)).value = now
        hand.put(sheet, "乙公司", "所在城市", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert file.problems == ()


def test_columns_called_as_nothing_known_are_known_by_what_stands_in_them(book, path):
    with hand.edited(path) as made:
        sheet = made["My deals"]
        for number, was in enumerate(("Opportunity", "Amount", "Probability", "Expected close")):
            sheet.cell(1, hand.column(sheet, was)).value = f"列{number}"
        hand.put(sheet, "商机2", "列1", 99)
    file = hand.read(book, path)
    assert [(key, cell.value) for key, cell in hand.changed(file).items()] == [
        (("opportunity", "商机2", "amount"), 99_000_000)
    ]
    assert file.problems == ()


def test_sheets_may_be_renamed_and_moved(book, path):
    with hand.edited(path) as made:
        made["My customers"].title = "Sheet1"
        made["Contacts"].title = "My customers"
        made.move_sheet("Sheet1", 4)
        hand.put(made["Sheet1"], "乙公司", "City", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert len(hand.known(file, "contact")) == 3


def test_a_deleted_sheet_is_no_deletion_of_its_rows(book, path):
    with hand.edited(path) as made:
        del made["My customers"]
    file = hand.read(book, path)
    assert "customer" not in file.tables
    assert "contact" in file.tables


def test_rows_may_stand_above_the_headers(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.insert_rows(1, 4)
        sheet["A1"] = "王芳的客户"
        sheet["B3"] = "截至三月"
        row = hand.row_of(sheet, "乙公司")
        sheet.cell(row, hand.column(sheet, "City", 5)).value = "温州"
    file = hand.read(book, path)
    [(key, cell)] = hand.changed(file).items()
    assert key == ("customer", "乙公司", "city")
    assert cell.at.endswith(str(row))
    assert file.problems == ()


def test_deleted_rows_are_missing_from_a_table_that_is_there(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.delete_rows(hand.row_of(sheet, "丙公司"))
    file = hand.read(book, path)
    [gone] = set(file.manifest.sheet_of("customer").rows) - hand.known(file, "customer")
    assert book.label("customer", gone) == "丙公司"
    assert "customer" in file.tables
    assert file.problems == ()


def test_a_deleted_column_is_told_and_its_values_stay(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.delete_cols(hand.column(sheet, "City"))
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert not any("city" in one.cells for one in file.rows)
    assert hand.codes(file) == ["missing_column"]
    assert "City" in file.problems[0].message


def test_cells_that_were_emptied_are_blank_values(book, path):
    with hand.edited(path) as made:
        hand.put(made["My customers"], "乙公司", "City", None)
        hand.put(made["My customers"], "乙公司", "Phone", "   ")
    made = hand.changed(hand.read(book, path))
    assert {key[2]: (cell.value, cell.unread) for key, cell in made.items()} == {
        "city": (None, ""),
        "phone": (None, ""),
    }


# -- rows that stand there twice -------------------------------------------------------------------


def copied(sheet, name: str) -> int:
    """Copy a row below all others; gives where."""
    row, below = hand.row_of(sheet, name), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(below, column).value = sheet.cell(row, column).value
    return below


def test_an_untouched_copy_of_a_row_is_ignored(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        copied(sheet, "乙公司")
        hand.put(sheet, "乙公司", "City", "温州")
        copied(sheet, "丙公司")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert len([one for one in file.rows if one.entity == "customer"]) == 5
    assert file.problems == ()


def test_an_edited_copy_of_an_untouched_row_is_its_edit(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.cell(copied(sheet, "乙公司"), hand.column(sheet, "City")).value = "温州"
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]


def test_two_different_edits_of_one_record_are_both_given_and_told(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        below = copied(sheet, "乙公司")
        sheet.cell(below, hand.column(sheet, "City")).value = "温州"
        hand.put(sheet, "乙公司", "City", "台州")
    file = hand.read(book, path)
    rows = [one for one in file.rows if one.entity == "customer"]
    said = [one.cells["city"].value for one in rows if not one.cells["city"].same]
    assert sorted(said) == sorted(["温州", "台州"])
    assert at(file, "row_twice") == [("My customers", below, "", "")]


def test_a_copy_over_which_another_name_was_written_is_a_new_row(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        below = copied(sheet, "乙公司")
        sheet.cell(below, 2).value = "新的公司"
        visits = made["Visit log"]
        line = copied(visits, hand.column(visits, "When") and visits["B13"].value)
        visits.cell(line, 2).value = "2026-03-09 10:00"
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    new, visit = sorted(hand.fresh(file), key=lambda one: one.entity != "customer")
    assert (new.entity, new.cells["name"].value, new.line) == ("customer", "新的公司", below)
    assert new.cells["city"].value == "宁波"
    assert not new.cells["city"].same
    assert visit.entity == "activity"
    assert visit.cells["at"].value == "2026-03-09T02:00:00Z"


def test_a_renamed_record_is_renamed_and_not_new_where_a_copy_of_the_sheet_stands_by(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        made.copy_worksheet(sheet).title = "备份"
        hand.put(sheet, "乙公司", "Customer name", "乙集团")
        sheet.cell(2, 2).value = "新公司"
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "name")]
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司"]


def test_a_new_row_that_stands_in_a_copy_of_the_sheet_too_is_one_row(book, path):
    with hand.edited(path) as made:
        made["My customers"].cell(2, 2).value = "新公司"
        made.copy_worksheet(made["My customers"]).title = "备份"
    file = hand.read(book, path)
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司"]


# -- ids that are lost -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["deleted", "emptied"])
def test_without_ids_rows_are_found_by_their_contents(book, path, how):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        if how == "deleted":
            sheet.delete_cols(1)
        else:
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, 1).value = None
        at_name = 1 if how == "deleted" else 2
        row = hand.row_of(sheet, "乙公司", at_name)
        sheet.cell(row, hand.column(sheet, "City")).value = "温州"
        sheet.cell(2, at_name).value = "新公司"
        sheet.delete_rows(hand.row_of(sheet, "丙公司", at_name))
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司"]
    assert {one.found_by for one in file.rows if one.entity == "customer" and one.row} == {"match"}
    [gone] = set(file.manifest.sheet_of("customer").rows) - hand.known(file, "customer")
    assert book.label("customer", gone) == "丙公司"
    assert hand.codes(file) == ["ids_lost"]
    assert "customer" in file.tables


def test_a_renamed_row_without_its_id_is_found_by_its_other_cells(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        row = hand.row_of(sheet, "丁公司")
        sheet.cell(row, 1).value = None
        sheet.cell(row, 2).value = "丁集团"
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "丁公司", "name")]
    assert at(file, "matched_row") == [("My customers", row, "", "")]


def test_a_new_row_in_the_place_of_a_deleted_one_is_not_taken_for_it(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        row = hand.row_of(sheet, "丙公司")
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = None
        sheet.cell(row, 2).value = "别的公司"
        sheet.cell(row, hand.column(sheet, "City")).value = "上海"
    file = hand.read(book, path)
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["别的公司"]
    assert len(hand.known(file, "customer")) == 4


def test_records_that_are_wholly_alike_find_their_rows_one_each(book):
    [wang] = book.ids("salesperson", "name = 王芳")
    with book.change("Alike") as change:
        for _ in range(3):
            change.add("suggestion", {"title": "同样", "person": wang, "raised_on": "2026-03-01"})
    path = hand.issue(book)
    with hand.edited(path) as made:
        made["Suggestions and questions"].delete_cols(1)
    file = hand.read(book, path)
    assert len(hand.known(file, "suggestion")) == 3
    assert hand.fresh(file) == []


def test_the_header_of_ids_may_be_overwritten_or_the_whole_header_be_gone(book, path):
    with hand.edited(path) as made:
        made["My customers"].cell(1, 1).value = "序号"
        made["Contacts"].delete_rows(1)
        hand.put(made["My customers"], "乙公司", "City", "温州")
    file = hand.read(book, path)
    assert list(hand.changed(file)) == [("customer", "乙公司", "city")]
    assert hand.fresh(file) == []
    assert len(hand.known(file, "contact")) == 3


# -- ids of others ---------------------------------------------------------------------------------


def test_rows_of_this_book_that_were_not_in_the_workbook_are_foreign(book, path):
    other = hand.issue(book, "李强")
    with hand.edited(path) as made:
        sheet, theirs = made["My customers"], hand.openpyxl.load_workbook(other)["My customers"]
        row = hand.row_of(theirs, "李的客户")
        sheet.append([cell.value for cell in theirs[row]])
    file = hand.read(book, path)
    [row] = [one for one in file.rows if one.foreign]
    assert book.label(row.entity, row.row) == "李的客户"
    assert row.cells["city"].value == "北京"
    assert not any(cell.same for cell in row.cells.values())
    assert hand.changed(file).keys() == {("customer", str(row.row), name) for name in row.cells}


def test_a_sheet_of_somebody_elses_workbook_that_was_copied_in_is_foreign_with_its_new_rows(
    book, path
):
    other = hand.issue(book, "李强")
    with hand.edited(path) as made:
        theirs = hand.openpyxl.load_workbook(other)["My customers"]
        theirs.cell(2, 2).value = "李的新客户"
        sheet = made.create_sheet("李强")
        for line in theirs.iter_rows():
            sheet.append([cell.value for cell in line])
        made["My customers"].cell(2, 2).value = "王的新客户"
    file = hand.read(book, path)
    assert {(one.cells["name"].value, one.foreign) for one in hand.fresh(file)} == {
        ("王的新客户", False),
        ("李的新客户", True),
    }
    assert len(hand.known(file, "customer")) == 6
    assert "customer" in file.tables


def test_single_ids_of_another_book_or_of_nothing_are_told_and_their_rows_left_out(book, path):
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.append(["CU-7ZZZZ", "别处的公司"])
        sheet.append([book.public_id("contact", 1), "联系人的编号"])
        sheet.append([book.public_id("customer", 999), "没有的记录"])
        last = sheet.max_row
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert hand.fresh(file) == []
    assert [one[1] for one in at(file, "strange_id")] == [last - 2, last - 1, last]
    assert at(file, "strange_id")[0][3] == "CU-7ZZZZ"


def test_a_table_of_another_book_in_the_workbook_is_told_as_a_whole(book, path, tmp_path):
    (tmp_path / "other").mkdir()
    with hand.team(tmp_path / "other" / "other.daybook") as other:
        theirs = hand.openpyxl.load_workbook(hand.issue(other))["My customers"]
    with hand.edited(path) as made:
        sheet = made.create_sheet("外来")
        for line in theirs.iter_rows():
            sheet.append([cell.value for cell in line])
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert hand.fresh(file) == []
    assert at(file, "other_table") == [("外来", None, "", "")]


def test_what_is_typed_into_the_column_of_ids_is_no_id(book, path):
    with hand.edited(path) as made:
        made["My customers"].cell(2, 1).value = "新"
        made["My customers"].cell(2, 2).value = "新公司"
        made["My customers"].cell(3, 1).value = 301
        made["My customers"].cell(3, 2).value = "另一家"
    file = hand.read(book, path)
    assert [one.cells["name"].value for one in hand.fresh(file)] == ["新公司", "另一家"]


# -- what can't be taken ---------------------------------------------------------------------------


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
