"""Which record a row of a returned workbook means: copies, lost ids, ids of others."""

from __future__ import annotations

import pytest

from tests.workbooks.handed_over import at, book, hand, path

__all__ = ["book", "path"]


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
