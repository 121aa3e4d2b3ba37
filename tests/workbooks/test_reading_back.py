"""Which workbook a returned file is, and whose word counts for what left in it."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from models import texts
from models.book import Book
from models.progress import Cancelled, Progress
from models.refusals import Refused
from models.sheets import exporting
from models.workbooks import reading_back

hand = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "returned_files.py")))
ENTITIES = {
    "customer", "contact", "opportunity", "follow_up_plan", "activity", "task", "read_receipt",
    "suggestion",
}  # fmt: skip


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


def refusal(book: Book, path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        hand.read(book, path)
    return refused.value


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_comes_back_untouched_says_nothing_new(book, language):
    path = hand.issue(book, language=language)
    file = hand.read(book, path)
    assert file.trusted == "seal"
    assert hand.changed(file) == {}
    assert hand.fresh(file) == []
    assert file.problems == ()
    assert file.tables == ENTITIES
    assert {row.row for row in file.rows if row.entity == "customer"} == set(
        file.manifest.sheet_of("customer").rows
    )


def test_an_edit_is_a_value_with_its_place(book):
    path = hand.issue(book)
    with hand.edited(path) as made:
        hand.put(made["My customers"], "甲公司", "City", "绍兴")
        at = (
            made["My customers"]
            .cell(
                hand.row_of(made["My customers"], "甲公司"),
                hand.column(made["My customers"], "City"),
            )
            .coordinate
        )
    file = hand.read(book, path)
    [(key, cell)] = hand.changed(file).items()
    assert key == ("customer", "甲公司", "city")
    assert (cell.value, cell.text, cell.at, cell.unread) == ("绍兴", "绍兴", at, "")
    assert file.problems == ()


def test_a_new_row_has_what_was_typed_and_untouched_rows_are_none(book):
    path = hand.issue(book)
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.cell(2, 2).value = "新公司"
        sheet.cell(2, hand.column(sheet, "Grade")).value = "A"
        sheet.cell(3, 2).value = "   "
        below = sheet.max_row + 3
        sheet.cell(below, 2).value = "下面的公司"
    file = hand.read(book, path)
    rows = hand.fresh(file)
    assert [({n: c.value for n, c in row.cells.items()}, row.line) for row in rows] == [
        ({"name": "新公司", "grade": "A"}, 2),
        ({"name": "下面的公司"}, below),
    ]
    assert all(row.entity == "customer" and not row.foreign for row in rows)
    assert not any(cell.same for row in rows for cell in row.cells.values())


def test_unchanged_is_what_the_cell_says_not_what_the_book_says_now(book):
    path = hand.issue(book)
    [row] = book.ids("customer", "name = 甲公司")
    with book.change("Rename") as change:
        change.set("customer", row, {"name": "甲集团", "city": "金华"})
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    contact = next(one for one in file.rows if one.entity == "contact")
    assert contact.cells["customer"].value == row
    assert contact.cells["customer"].text == "甲公司"


def test_the_same_contents_have_the_same_digest_whatever_their_order(book):
    path = hand.issue(book)
    before = hand.read(book, path).digest
    with hand.edited(path) as made:
        sheet = made["My customers"]
        sheet.move_range(f"A9:Z{sheet.max_row}", rows=5)
        made.move_sheet("Contacts", 3)
        sheet.title = "客户"
    assert hand.read(book, path).digest == before
    with hand.edited(path) as made:
        hand.put(made["客户"], "丙公司", "City", "南京")
    assert hand.read(book, path).digest != before


# -- the hidden part -------------------------------------------------------------------------------


def test_a_lost_hidden_part_is_replaced_by_what_the_book_remembers(book):
    path = hand.issue(book)
    with hand.edited(path) as made:
        hand.without_hidden_part(made)
        hand.put(made["My customers"], "甲公司", "City", "绍兴")
    file = hand.read(book, path)
    assert file.trusted == "book"
    assert list(hand.changed(file)) == [("customer", "甲公司", "city")]
    assert hand.codes(file) == ["hidden_part_lost"]
    assert path.name in file.problems[0].message


def test_without_the_name_of_the_file_too_the_property_names_the_workbook(book):
    hand.issue(book)
    path = hand.issue(book)
    hand.issue(book)
    number = hand.read(book, path).manifest.workbook
    with hand.edited(path) as made:
        hand.without_hidden_part(made, also_named=False)
    path = path.rename(path.with_name("客户表.xlsx"))
    file = hand.read(book, path)
    assert (file.trusted, file.manifest.workbook) == ("book", number)


def test_with_all_names_lost_the_workbook_is_found_by_its_ids_and_cells(book):
    first = hand.issue(book)
    number = hand.read(book, first).manifest.workbook
    [row] = book.ids("customer", "name = 甲公司")
    with book.change("Move") as change:
        change.set("customer", row, {"city": "金华", "phone": "0571-1111111"})
    hand.issue(book)
    hand.issue(book, "李强")
    with hand.edited(first) as made:
        hand.without_hidden_part(made)
        hand.put(made["My customers"], "丙公司", "City", "苏州")
    path = first.rename(first.with_name("副本.xlsx"))
    file = hand.read(book, path)
    assert (file.trusted, file.manifest.workbook) == ("book", number)
    assert list(hand.changed(file)) == [("customer", "丙公司", "city")]


def test_a_name_of_another_workbook_is_not_believed_against_the_ids(book):
    other = hand.issue(book, "李强")
    path = hand.issue(book)
    number = hand.read(book, path).manifest.workbook
    with hand.edited(path) as made:
        hand.without_hidden_part(made)
    other.unlink()
    file = hand.read(book, path.rename(other))
    assert file.manifest.workbook == number


def test_a_workbook_whose_issue_was_undone_is_read_by_its_own_manifest(book):
    path = hand.issue(book)
    book.undo(book.last_change)
    file = hand.read(book, path)
    assert file.trusted == "seal"
    assert hand.changed(file) == {}


def test_one_that_the_book_forgot_and_that_has_lost_its_hidden_part_is_refused(book):
    path = hand.issue(book)
    with book.change("Forget") as change:
        change.db.run("DELETE FROM workbook_issued")
    assert hand.read(book, path).trusted == "seal"
    with hand.edited(path) as made:
        hand.without_hidden_part(made)
    found = refusal(book, path)
    assert found.code == "unknown_workbook"
    assert "Import" in found.message


def test_a_workbook_of_another_book_is_refused_and_named(book, tmp_path):
    (tmp_path / "other").mkdir()
    with hand.team(tmp_path / "other" / "other.daybook") as other:
        path = hand.issue(other)
        tag = other.public.tag
    for language in ("en", "zh_CN"):
        texts.set_language(language)
        found = refusal(book, path)
        assert found.code == "other_book"
        assert tag in found.message
        assert book.public.tag in found.message
        assert path.name in str(found)
    with hand.edited(path) as made:
        hand.without_hidden_part(made)
    assert refusal(book, path).code == "other_book"


def test_what_is_no_workbook_is_sent_to_the_import(book, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["客户名称", "电话"])
    made.active.append(["甲公司", "123"])
    made.save(tmp_path / "list.xlsx")
    found = refusal(book, tmp_path / "list.xlsx")
    assert found.code == "not_a_workbook"
    assert "Import" in found.message
    (tmp_path / "list.csv").write_text("客户名称,电话\n甲公司,1\n", encoding="utf-8")
    assert refusal(book, tmp_path / "list.csv").code == "not_a_workbook"


def test_an_ordinary_export_of_a_book_without_workbooks_is_sent_to_the_import(book, tmp_path):
    exporting.export(book, tmp_path / "customers.xlsx", ["customer"])
    assert refusal(book, tmp_path / "customers.xlsx").code == "unknown_workbook"


def test_reading_can_be_stopped(book):
    path = hand.issue(book)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        reading_back.read(book, path, progress)


def test_a_copy_of_the_book_reads_its_workbooks_too(book, tmp_path):
    path = hand.issue(book)
    (tmp_path / "copy").mkdir()
    book.connection().run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(book.path, tmp_path / "copy" / "team.daybook")
    with Book.open(tmp_path / "copy" / "team.daybook") as copy:
        assert hand.read(copy, path).trusted == "seal"


def test_reading_writes_nothing(book):
    path = hand.issue(book)
    before = book.connection().one("SELECT count(*) FROM edit")
    hand.read(book, path)
    assert book.connection().one("SELECT count(*) FROM edit") == before
    assert book.connection().run("SELECT * FROM workbook_return") == []
