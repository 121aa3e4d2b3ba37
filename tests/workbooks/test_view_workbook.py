"""Any list as a workbook for editing: what it shows leaves, what was edited is merged when it comes back."""

from __future__ import annotations

import shutil
from datetime import date

import openpyxl
import pytest

from models.book import Book
from models.refusals import Refused
from models.workbooks import collecting, conflicts
from models.workbooks.view_workbook import MOST, issue_view
from tests.workbooks.team_files import saved_by_libreoffice

ON = date(2026, 11, 28)
FIELDS = ["name", "owner", "owner.name", "city", "annual_revenue", "next_contact_due", "owner.team"]
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as opened:
        with opened.change("team") as change:
            fang = change.add("salesperson", {"name": "王芳"})
            na = change.add("salesperson", {"name": "李娜"})
            for at in range(8):
                change.add(
                    "customer",
                    {
                        "name": f"客户{at}",
                        "owner": (fang, na)[at % 2],
                        "city": "上海" if at < 5 else "杭州",
                        "annual_revenue": 1000 * at,
                    },
                )
        yield opened


def _handed(book, folder, where="city=上海", fields=FIELDS):
    folder.mkdir(exist_ok=True)
    ids = book.ids("customer", where, [("name", True)])
    return issue_view(book, "customer", ids, fields, folder, name="上海客户", on=ON)


def _cells(sheet):
    """Names and cities by row, down the sheet."""
    return {row: [cell.value for cell in sheet[row]] for row in range(2, sheet.max_row + 1)}


def _row(sheet, name):
    return next(row for row, cells in _cells(sheet).items() if cells[1] == name)


def test_it_holds_these_records_and_columns_in_this_order_and_nothing_else(book, tmp_path):
    made = _handed(book, tmp_path / "out")
    assert made.rows == 5
    assert made.path.name.startswith("Daybook_上海客户_2026-11-28_WB-")
    sheet = openpyxl.load_workbook(made.path).worksheets[0]
    names = [cells[1] for cells in _cells(sheet).values() if cells[0]]
    assert names == [f"客户{at}" for at in range(4, -1, -1)]
    heads = [cell.value for cell in sheet[1]]
    assert heads[0].endswith(book.public.tag)
    assert heads[1] == "Customer name"
    assert len(heads) == len(FIELDS) + 1


def test_what_belongs_to_other_records_is_locked_and_what_is_its_own_is_not(book, tmp_path):
    sheet = openpyxl.load_workbook(_handed(book, tmp_path / "out").path).worksheets[0]
    row = _row(sheet, "客户3")
    locked = [bool(cell.protection.locked) for cell in sheet[row] if cell.value is not None]
    assert locked == [True, False, False, True, False, False]  # ids and the owner's name
    empty = sheet.column_dimensions["G"]  # cells without a value have the looks of their column
    assert not empty.protection.locked


def test_it_is_remembered_as_a_list_for_editing_of_nobody(book, tmp_path):
    _handed(book, tmp_path / "out")
    with book.reading() as db:
        assert db.run("SELECT purpose, person FROM workbook") == [("view", None)]


def test_unchanged_it_changes_nothing(book, tmp_path):
    made = _handed(book, tmp_path / "out")
    [merged] = collecting.prepare(book, [made.path])
    assert merged.items == ()
    assert merged.unchanged == 5
    assert collecting.apply(book, merged) is None


@needs_libreoffice
def test_edited_in_libreoffice_it_is_merged_cell_by_cell(book, tmp_path):
    made = _handed(book, tmp_path / "out")
    opened = openpyxl.load_workbook(made.path)
    sheet = opened.worksheets[0]
    sheet.cell(_row(sheet, "客户0"), 5).value = "苏州"
    sheet.cell(_row(sheet, "客户1"), 6).value = 4321.5
    sheet.cell(_row(sheet, "客户2"), 5).value = "宁波"
    sheet.cell(_row(sheet, "客户3"), 3).value = "王芳"
    sheet.cell(2, 2).value, sheet.cell(2, 3).value = "新客户", "李娜"
    opened.save(made.path)
    ids = dict(zip((f"客户{at}" for at in range(8)), range(1, 9), strict=True))
    with book.change("meanwhile") as change:
        change.set("customer", ids["客户0"], {"annual_revenue": 7})
        change.set("customer", ids["客户2"], {"city": "无锡"})
    [merged] = collecting.prepare(book, [saved_by_libreoffice(made.path, tmp_path)])
    assert {(one.what, one.kind) for one in merged.asked} == {("cell", "edited")}
    change = collecting.apply(book, merged)
    rows = book.rows("customer", [ids[f"客户{at}"] for at in range(4)], ["city", "owner"])
    assert [row[0] for row in rows] == ["苏州", "上海", "无锡", "上海"]
    assert rows[3][1].label == "王芳"
    revenue = book.rows("customer", [1, 2], ["annual_revenue"])
    assert [float(one[0]) for one in revenue] == [7, 4321.5]
    [added] = book.ids("customer", "name=新客户")
    assert book.rows("customer", [added], ["owner"])[0][0].label == "李娜"
    assert change is not None
    [again] = collecting.prepare(book, [tmp_path / "saved-xlsx" / made.path.name])
    assert collecting.apply(book, again) is None


def test_rows_that_are_deleted_in_it_are_proposals_and_records_outside_of_it_are_not(
    book, tmp_path
):
    made = _handed(book, tmp_path / "out")
    opened = openpyxl.load_workbook(made.path)
    sheet = opened.worksheets[0]
    sheet.delete_rows(_row(sheet, "客户2"))
    opened.save(made.path)
    [merged] = collecting.prepare(book, [made.path])
    assert [(one.what, one.kind, one.label) for one in merged.items] == [
        ("remove", "removed", "客户2")
    ]


def test_a_locked_cell_that_was_changed_all_the_same_is_told_and_not_written(book, tmp_path):
    made = _handed(book, tmp_path / "out")
    opened = openpyxl.load_workbook(made.path)
    sheet = opened.worksheets[0]
    sheet.cell(_row(sheet, "客户2"), 4).value = "别人"
    opened.save(made.path)
    [merged] = collecting.prepare(book, [made.path])
    assert merged.items == ()
    assert [one.code for one in merged.file.problems] == ["locked_cell"]


def test_lists_without_anything_to_edit_and_lists_that_are_too_long_are_refused(book, tmp_path):
    for ids, fields, code in (
        ([1], ["owner.name"], "nothing_to_edit"),
        (range(MOST + 1), ["name"], "too_many_for_editing"),
    ):
        with pytest.raises(Refused) as refused:
            issue_view(book, "customer", ids, fields, tmp_path, on=ON)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        issue_view(book, "custom_field", [1], ["label"], tmp_path, on=ON)
    assert refused.value.code == "not_records"
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_new_row_that_says_nothing_of_whom_or_what_it_is_about_is_asked(book, tmp_path):
    with book.change("deal") as change:
        change.add("opportunity", {"name": "新机", "customer": "客户1", "expected_close": ON})
    (tmp_path / "out").mkdir()
    fields = ["name", "customer", "expected_close"]
    made = issue_view(
        book, "opportunity", book.ids("opportunity"), fields, tmp_path / "out", name="商机", on=ON
    )
    edited = openpyxl.load_workbook(made.path)
    sheet = edited.worksheets[0]
    sheet["D2"] = date(2027, 2, 1)  # new rows stand on top: it was meant for one further down
    sheet["B3"], sheet["D3"] = "老机", date(2027, 2, 2)
    edited.save(made.path)
    [merged] = collecting.prepare(book, [made.path])
    assert [(one.kind, one.state) for one in merged.items] == [
        ("nameless", "ask"),
        ("added", "safe"),
    ]
    collecting.apply(book, merged)
    assert not book.ids("opportunity", "expected_close=2027-02-01")
    assert [one.kind for one in conflicts.listed(book)] == ["nameless"]
