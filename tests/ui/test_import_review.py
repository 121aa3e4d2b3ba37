"""The import as a person meets it: files are dropped, what was understood is changed, then it is done or left."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QTableWidget

from tests.ui.acting import button, choose, click, drop, named, show_tab, table_texts, write
from ui.dialogs.import_review import ImportReview
from ui.dialogs.rows import Rows

HEADS = ["客户名称", "客户编号", "负责人", "等级", "地段"]
ROWS = [
    ["新一有限公司", "N1", "小王", "A", "南京"],
    ["新二有限公司", "N2", "赵敏", "B", "苏州"],
    ["新三有限公司", "N3", "王强", "优", "无锡"],
    ["华诚有限公司", "", "王强", "C", "常州"],
    ["华诚有限责任公司", "", "王强", "", ""],
]


def sheet(path: Path, *rows: list[str]) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    return sheet(tmp_path / "新客户.xlsx", HEADS, *ROWS)


def reviewed(qtbot, window, *paths: Path) -> ImportReview:
    """Drop files and wait until they are understood, or declined."""
    assert drop(window, paths)
    review = window.findChild(ImportReview)
    assert review.isVisible()
    qtbot.waitUntil(lambda: review._work is None, timeout=30_000)
    return review


def import_button(review: ImportReview):
    return review._apply


def decided(qtbot, review: ImportReview) -> None:
    """Wait until the last decision is matched with the book."""
    qtbot.waitUntil(lambda: review._work is None and not review._settled.isActive(), timeout=30_000)


def gone(qtbot, window) -> None:
    """Wait until the review is closed, and with it all that it held."""
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)


def said(review: ImportReview) -> str:
    return "\n".join(one.text() for one in review.findChildren(QLabel) if one.isVisible())


def records(window, entity: str = "customer") -> dict[str, dict[str, object]]:
    book = window.session.book
    return {str(one["name"]): one for one in (book.record(entity, id) for id in book.ids(entity))}


def test_dropped_files_are_reviewed_changed_imported_and_taken_back_as_one_change(
    qtbot, window, customers, settled
):
    before = {entity: records(window, entity) for entity in ("customer", "salesperson")}
    changes = len(window.session.book.history(1000))
    review = reviewed(qtbot, window, customers)
    assert "4 new, 0 changed, 0 unchanged, 1 left out" in said(review)
    assert button(review, "Import 6 records").isEnabled()  # two of them people that are new

    # A mapping: what would have become a column of its own is the city.
    columns = show_tab(review._tabs, "Columns")
    target = named(columns, QComboBox, "Column 地段 goes to")
    assert target.currentText() == "(a column of its own)"
    choose(qtbot, target, "City")
    assert not import_button(review).isEnabled()
    assert "Matching" in review._doing.text()
    decided(qtbot, review)
    row = [line for line in table_texts(columns.findChild(Rows)) if line[0] == "地段"]
    assert row[0][4] == "as you chose"
    assert target.isVisible()  # whoever chooses by keyboard keeps the place
    assert review.focusWidget() is target

    # A problem: its row is left out until optional cells may be left empty.
    page = show_tab(review._tabs, "Problems 1")
    assert table_texts(page.findChild(QTableWidget)) == [
        ["4", "等级", "优", "“优” is not one of: A, B, C, D."]
    ]
    named(review, QCheckBox, "Leave optional cells empty that can't be read").click()
    decided(qtbot, review)
    assert "5 new, 0 changed, 0 unchanged, 0 left out" in said(review)

    # New names: one is somebody known, one is added, one firm was written in two ways.
    page = show_tab(review._tabs, "New names 3")
    listed = [line[:3] for line in table_texts(page.findChild(Rows))]
    assert ["Salesperson", "小王", "1"] in listed
    assert ["Salesperson", "赵敏", "1"] in listed
    assert ["Customer", "华诚有限责任公司", "1"] in listed
    write(qtbot, named(page, QLineEdit, "小王 means"), "王强")
    assert review.isVisible()  # Enter in a field doesn't import
    decided(qtbot, review)
    firm = named(page, QLineEdit, "华诚有限责任公司 means")
    assert "华诚有限公司" in firm.placeholderText()
    write(qtbot, firm, "华诚有限公司")
    decided(qtbot, review)
    assert named(page, QLineEdit, "小王 means").text() == "王强"  # and can be decided anew

    click(qtbot, review, "Import 5 records")
    gone(qtbot, window)
    settled(window)
    after = records(window)
    assert set(after) - set(before["customer"]) == {
        "新一有限公司", "新二有限公司", "新三有限公司", "华诚有限公司",
    }  # fmt: skip
    assert after["新一有限公司"]["owner"].label == "王强"
    assert after["新二有限公司"]["owner"].label == "赵敏"
    assert (after["新三有限公司"]["city"], after["新三有限公司"]["grade"]) == ("无锡", None)
    assert set(records(window, "salesperson")) == {"王强", "李娜", "赵敏"}
    assert window.records.model.rowCount() == 8
    assert "新客户.xlsx" in window.notices.text
    assert len(window.session.book.history(1000)) == changes + 1

    window.actions_["undo"].trigger()
    settled(window)
    assert {one: records(window, one) for one in before} == before
    assert window.records.model.rowCount() == 4


def test_a_name_is_chosen_from_those_offered_while_typing(qtbot, window, customers):
    review = reviewed(qtbot, window, customers)
    page = show_tab(review._tabs, "New names")
    editor = named(page, QLineEdit, "小王 means")
    editor.setFocus()
    qtbot.keyClick(editor, "x")  # Qt's clicks know ASCII only; what is typed counts as typed
    editor.clear()
    editor.insert("王")
    editor.textEdited.emit("王")
    popup = editor.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(popup.model().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.text() == "王强"
    decided(qtbot, review)
    assert review._options.values[("salesperson", "小王")] == "王强"
    review.reject()


def test_naming_one_after_the_other_loses_nothing_while_the_first_is_being_matched(
    qtbot, window, customers
):
    review = reviewed(qtbot, window, customers)
    page = show_tab(review._tabs, "New names")
    write(qtbot, named(page, QLineEdit, "小王 means"), "王强")
    second = named(page, QLineEdit, "赵敏 means")
    second.setFocus()
    second.insert("李")
    decided(qtbot, review)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert (focused.accessibleName(), focused.text()) == ("赵敏 means", "李")
    assert ("salesperson", "赵敏") not in review._options.values  # half a name is no decision
    review.reject()


def test_names_that_may_not_be_added_leave_their_rows_out_and_say_so(qtbot, window, customers):
    review = reviewed(qtbot, window, customers)
    named(review, QCheckBox, "Add the names that are new").click()
    decided(qtbot, review)
    assert "2 new, 0 changed, 0 unchanged, 3 left out" in said(review)
    page = show_tab(review._tabs, "Problems 3")
    told = {line[2]: line[3] for line in table_texts(page.findChild(QTableWidget))}
    assert set(told) == {"小王", "赵敏", "优"}
    click(qtbot, review, "Import 2 records")
    gone(qtbot, window)
    assert set(records(window, "salesperson")) == {"王强", "李娜"}


def test_nothing_can_be_imported_while_no_table_is_chosen_and_the_reason_is_said(
    qtbot, window, customers
):
    review = reviewed(qtbot, window, customers)
    columns = show_tab(review._tabs, "Columns")
    kind = named(columns, QComboBox, "The rows are")
    assert kind.currentText() == "Customers"
    choose(qtbot, kind, "(leave this table out)")
    decided(qtbot, review)
    assert not import_button(review).isEnabled()
    assert "what kind of record" in said(review)
    choose(qtbot, kind, "Contacts")
    decided(qtbot, review)
    choose(qtbot, kind, "Customers")
    decided(qtbot, review)
    assert import_button(review).isEnabled()
    assert "what kind of record" not in said(review)
    review.reject()


def test_the_same_file_again_changes_nothing_and_is_told(qtbot, window, customers, settled):
    for _ in range(2):
        review = reviewed(qtbot, window, customers)
        named(review, QCheckBox, "Leave optional cells empty that can't be read").click()
        decided(qtbot, review)
        import_button(review).click()
        gone(qtbot, window)
        settled(window)
    assert window.notices.text == "Nothing changed: every row is in the book already."


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    rows = ([f"甲乙{number}公司", f"F{number}", "王强", "B", ""] for number in range(60_000))
    return sheet(tmp_path_factory.mktemp("large") / "large.xlsx", HEADS, *rows)


@pytest.mark.parametrize("leave", ["button", "escape", "cross"])
def test_leaving_while_files_are_read_leaves_nothing(qtbot, window, large, settled, leave):
    before = window.session.book.can_undo()
    assert drop(window, [large])
    review = window.findChild(ImportReview)
    qtbot.waitUntil(lambda: review._bar.value() > 0, timeout=30_000)
    if leave == "button":
        click(qtbot, review, "Cancel")
    elif leave == "escape":
        qtbot.keyClick(review, Qt.Key.Key_Escape)
    else:
        review.close()
    gone(qtbot, window)
    settled(window)
    assert window.session.book.can_undo() == before
    assert window.records.model.rowCount() == 4
    assert window._status._doing.isHidden()


def test_a_file_that_cannot_be_read_shows_why_and_the_book_is_as_it_was(qtbot, window, tmp_path):
    path = tmp_path / "图片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    review = reviewed(qtbot, window, path)
    assert "图片.xlsx: This is not a sheet" in said(review)
    assert not import_button(review).isVisible()
    click(qtbot, review, "Close")
    assert window.records.model.rowCount() == 4


def test_sheets_dropped_without_a_book_are_explained_and_other_files_not_taken(
    qtbot, window, customers, tmp_path
):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"")
    assert not drop(window, [picture])
    window.do_close_book()
    assert drop(window, [customers])
    assert "Open or make a book first" in window.notices.text
