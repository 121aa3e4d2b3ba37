"""Blocks from a sheet into a list and back: nothing is lost, and what was declined is said and marked.

``copied`` holds what LibreOffice Calc 7.4 puts on the clipboard, as text and as a table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.acting import button, click, table_texts
from tests.ui.sheet_keys import CONTROL, SHIFT, editor_of, go, texts
from ui.dialogs.paste_review import PasteReview
from ui.dialogs.rows import Rows
from ui.records import clipboard

COPIED = Path(__file__).parent / "copied"


@pytest.fixture
def customers(window, settled):
    settled(window)
    page = window.records
    page.grid.setFocus()
    return page


def copied(name: str) -> None:
    """What Calc copied, on the clipboard."""
    data = QMimeData()
    data.setText((COPIED / f"{name}.txt").read_text(encoding="utf-8"))
    data.setHtml((COPIED / f"{name}.html").read_text(encoding="utf-8"))
    QGuiApplication.clipboard().setMimeData(data)


def paste(qtbot, page, text: str = "", *, new: bool = False) -> None:
    if text:
        QGuiApplication.clipboard().setText(text)
    if new:
        page.window().actions_["paste_records"].trigger()
    else:
        qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)
    QApplication.processEvents()


def review(page) -> PasteReview:
    found = [one for one in page.findChildren(PasteReview) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def declined(page) -> list[tuple[int, str]]:
    """The cells that are marked: row and field."""
    model, role = page.model, Qt.ItemDataRole.BackgroundRole
    return [
        (row, name)
        for row in range(model.rowCount())
        for column, name in enumerate(model.fields)
        if model.index(row, column).data(role) is not None
    ]


def values(page, entity: str, row: int, *fields: str) -> list[object]:
    record = page.session.book.record(entity, page.model.id_at(row))
    return [record[one] for one in fields]


# -- rows that grow --------------------------------------------------------------------------------


def test_lines_below_the_last_record_become_records_in_the_same_step(qtbot, window, customers):
    go(customers, 3, "name")
    paste(qtbot, customers, "Acme Ltd\tC004\n新一公司\tC005\n新二公司\tC006\n")
    assert texts(customers, "name")[3:] == ["Acme Ltd", "新一公司", "新二公司"]
    assert texts(customers, "code")[3:] == ["C004", "C005", "C006"]
    assert "2 new records" in window.notices.text
    window.actions_["undo"].trigger()
    assert texts(customers, "name")[3:] == ["Acme Tools Ltd"]
    window.actions_["redo"].trigger()
    assert texts(customers, "code")[3:] == ["C004", "C005", "C006"]


def test_lines_are_added_as_new_records_wherever_the_cursor_stands(qtbot, window, customers):
    go(customers, 0, "name")
    paste(qtbot, customers, "新一公司\tC005\n\t\n新二公司\tC006", new=True)
    assert len(texts(customers, "name")) == 6  # an empty line is nothing to add
    assert texts(customers, "name")[0] == "江苏单氏机械有限公司"
    assert customers.grid.currentIndex().row() == 4


def test_an_empty_list_takes_lines_too(qtbot, window, tmp_path, settled):
    assert window.make_book(tmp_path / "empty.daybook", "CNY")
    window.page("customers")
    settled(window)
    page = window.records
    paste(qtbot, page, "客户编号\t客户名称\nC9\t第一家公司\n", new=True)
    assert texts(page, "name") == ["第一家公司"]
    assert texts(page, "code") == ["C9"]


def test_a_line_of_column_names_says_where_each_column_goes(qtbot, window, customers):
    go(customers, 0, "grade")
    paste(qtbot, customers, "Grade\t客户名称\t所在楼层\tcode\nB\t新一公司\t7\tC005\n", new=True)
    assert (texts(customers, "name")[4], texts(customers, "code")[4]) == ("新一公司", "C005")
    assert texts(customers, "grade")[4] == "B"
    assert "所在楼层" in window.notices.text


def test_values_that_are_no_names_of_columns_are_values(qtbot, customers):
    go(customers, 0, "name")
    paste(qtbot, customers, "电话\n等级\n")
    assert texts(customers, "name")[:2] == ["电话", "等级"]


def test_what_has_no_column_is_said(qtbot, window, customers):
    last = customers.grid.fields_shown()[-1]
    go(customers, 0, last)
    paste(qtbot, customers, "a\tb\tc\n")
    assert "2 cells have no column here" in window.notices.text


# -- what is declined ------------------------------------------------------------------------------


def test_a_cell_that_is_declined_is_named_and_marked_and_the_rest_is_kept(qtbot, window, customers):
    go(customers, 3, "name")
    grade = customers.model.fields.index("grade")
    customers.grid.horizontalHeader().moveSection(
        customers.grid.horizontalHeader().visualIndex(grade), 1
    )
    paste(qtbot, customers, "Acme Ltd\tQ\n新一公司\tB\n新二公司\tX\n")
    assert texts(customers, "name")[3:] == ["Acme Ltd", "新一公司", "新二公司"]
    assert texts(customers, "grade")[3:] == ["C", "B", ""]
    assert declined(customers) == [(3, "grade"), (5, "grade")]
    assert "row 4, column Grade: “Q” is not one of" in window.notices.text
    assert "row 6, column Grade: “X” is not one of" in window.notices.text
    at = customers.grid.currentIndex()
    assert (at.row(), at.column()) == (3, grade)  # there one goes on
    assert customers.model.setData(at, "A")
    assert texts(customers, "grade")[3:] == ["A", "B", ""]
    assert declined(customers) == [(5, "grade")]


def test_the_mark_outlives_another_order_and_goes_with_the_undo(qtbot, window, customers):
    go(customers, 0, "owner")
    paste(qtbot, customers, "李娜\n王弓虽\n")
    assert texts(customers, "owner")[:2] == ["李娜", "王强"]
    assert declined(customers) == [(1, "owner")]
    customers.layout_.sort([("code", True)])
    assert declined(customers) == [(2, "owner")]
    go(customers, 2, "owner")
    qtbot.keyClick(customers.grid, Qt.Key.Key_F2)
    assert editor_of(customers).text() == "王弓虽"
    qtbot.keyClick(editor_of(customers), Qt.Key.Key_Escape)
    assert declined(customers) == []


def test_undo_takes_the_marks_of_new_records_with_them(qtbot, window, customers):
    go(customers, 3, "code")
    paste(qtbot, customers, "名称\t等级\n新一公司\tX\n", new=True)
    assert declined(customers) == [(4, "grade")]
    window.actions_["undo"].trigger()
    window.actions_["redo"].trigger()
    assert len(texts(customers, "name")) == 5
    assert declined(customers) == []


def test_when_nothing_can_be_written_nothing_is_and_it_is_said(qtbot, window, customers):
    before = window.session.book.last_change
    go(customers, 0, "grade")
    paste(qtbot, customers, "Q\nX\n")
    assert window.session.book.last_change == before
    assert "2 cells were not accepted" in window.notices.text
    assert declined(customers) == [(0, "grade"), (1, "grade")]


def test_lines_that_lack_what_a_record_must_have_are_shown_before_anything_is_done(
    qtbot, window, customers
):
    go(customers, 0, "name")
    paste(qtbot, customers, "名称\t编号\n新一公司\tC005\n\tC006\n", new=True)
    dialog = review(customers)
    (rows,) = dialog.findChildren(Rows)
    assert table_texts(rows) == [
        ["3", "C006", "Customer name must be filled in."],
        ["2", "新一公司 C005", "is added"],
    ]
    assert len(texts(customers, "name")) == 4
    click(qtbot, dialog, "Paste")
    assert texts(customers, "name")[4:] == ["新一公司"]
    assert "1 line was left out" in window.notices.text
    assert "C006" in QGuiApplication.clipboard().text()


def test_many_new_records_are_asked_for_first(qtbot, window, customers):
    block = "".join(f"大客户{number:03}\tD{number:03}\n" for number in range(150))
    go(customers, 0, "name")
    paste(qtbot, customers, block, new=True)
    dialog = review(customers)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert "150 records will be added." in said
    assert "… and 50 more lines" in said
    click(qtbot, dialog, "Cancel")
    assert len(texts(customers, "name")) == 4
    paste(qtbot, customers, new=True)
    assert button(review(customers), "Paste").isDefault()
    click(qtbot, review(customers), "Paste")
    assert len(texts(customers, "name")) == 154


def test_thousands_of_lines_are_written_in_the_background(qtbot, window, customers, settled):
    block = "".join(f"大客户{number:04}\tD{number:04}\n" for number in range(2500))
    go(customers, 0, "name")
    paste(qtbot, customers, block, new=True)
    settled(window)
    click(qtbot, review(customers), "Paste")
    settled(window)
    assert len(texts(customers, "name")) == 2504
    window.session.undo()
    settled(window)
    assert len(texts(customers, "name")) == 4


def test_new_records_that_a_filter_hides_are_told(qtbot, window, customers):
    customers.filter.setText("grade=A")
    qtbot.waitUntil(lambda: customers.model.rowCount() == 2)
    go(customers, 0, "name")
    paste(qtbot, customers, "名称\t等级\n新一公司\tB\n新二公司\tA\n", new=True)
    assert texts(customers, "name")[2:] == ["新二公司"]
    assert "1 of the new records is not shown" in window.notices.text


# -- from LibreOffice ------------------------------------------------------------------------------


def test_customers_copied_in_calc_keep_zeros_quotes_and_line_breaks(qtbot, customers):
    copied("customers")
    paste(qtbot, customers, new=True)
    assert texts(customers, "name")[4:] == ["启明一有限公司", '"东风" 二有限公司', "三有限公司"]
    assert texts(customers, "code")[4:] == ["0571", "0572", "0010"]
    notes = [values(customers, "customer", row, "notes")[0] for row in (4, 5, 6)]
    assert notes == ["第一行\n第二行", '说 "好" 的', '尾 "引"\n换行']


def test_deals_copied_in_calc_keep_the_values_behind_what_is_shown(qtbot, window, settled):
    page = window.page("pipeline").list_of("opportunity")
    window.page("pipeline").tabs.setCurrentIndex(1)
    settled(window)
    copied("deals")
    page.grid.blocks.paste_new()
    row = page.model.rowCount() - 2
    amount, chance, day = values(page, "opportunity", row, "amount", "probability", "opened_on")
    assert (amount, chance, day) == (Decimal("1234567.8912"), Decimal("0.155"), date(2026, 3, 5))


# -- there and back --------------------------------------------------------------------------------


def test_a_copied_block_comes_back_as_it_was(qtbot, window, customers):
    hard = ["第一行\n第二行", 'sagt "ja"', '"ganz"', "a\tb", " mitten  drin ", "=1+1", '"']
    with window.session.book.change("Hard texts") as change:
        for number, text in enumerate(hard):
            change.add("customer", {"name": f"难{number}", "code": f"00{number}", "notes": text})
    customers.reload()  # a column that holds something now is shown
    fields = ["name", "code", "phone", "grade", "notes"]
    before = [values(customers, "customer", row, *fields) for row in range(11)]
    qtbot.keyClick(customers.grid, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(customers.grid, Qt.Key.Key_C, CONTROL | SHIFT)
    window.session.undo()
    go(customers, 0, customers.grid.fields_shown()[0])
    paste(qtbot, customers)
    if [one for one in customers.findChildren(PasteReview) if one.isVisible()]:
        click(qtbot, review(customers), "Paste")
    assert [values(customers, "customer", row, *fields) for row in range(11)] == before
    assert declined(customers) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nc\n", [["a"], [""], ["c"]]),
        ('"x\ny"\tb', [["x\ny", "b"]]),
        ('"x ""y"" z"\tb', [['x "y" z', "b"]]),
        ('"whole"\tb', [['"whole"', "b"]]),
        ('5" pipe\t6" pipe', [['5" pipe', '6" pipe']]),
        ("a\t", [["a", ""]]),
        ("", []),
    ],
)
def test_rows_are_read_as_sheets_write_them(text, rows):
    assert [[one.text for one in row] for row in clipboard.read(text)] == rows


def test_a_table_that_is_copied_without_text_is_read_too():
    table = "<table><tr><td>a<br>b</td><td>&quot;c&quot;</td></tr></table>"
    assert [[one.text for one in row] for row in clipboard.read("", table)] == [["a\nb", '"c"']]


def test_deals_come_back_as_they_were(qtbot, window, settled):
    page = window.page("pipeline").list_of("opportunity")
    window.page("pipeline").tabs.setCurrentIndex(1)
    settled(window)
    with window.session.book.change("Odd numbers") as change:
        change.set(
            "opportunity",
            page.model.id_at(0),
            {"amount": "1234567.891234", "probability": "12.5%", "expected_close": "2027-02-28"},
        )
    fields = ["name", "customer", "owner", "amount", "probability", "opened_on", "expected_close"]
    rows = range(page.model.rowCount())
    before = [values(page, "opportunity", row, *fields) for row in rows]
    go(page, 0, page.grid.fields_shown()[0])
    page.grid.selectAll()
    page.grid.blocks.copy_with_heads()
    with window.session.book.change("Others") as change:
        for row in rows:
            change.set("opportunity", page.model.id_at(row), {"amount": "1", "probability": ""})
    go(page, 0, page.grid.fields_shown()[0])
    paste(qtbot, page)
    assert [values(page, "opportunity", row, *fields) for row in rows] == before
    assert declined(page) == []


def test_what_is_copied_says_which_cells_are_text(qtbot, window, settled):
    page = window.page("pipeline").list_of("opportunity")
    window.page("pipeline").tabs.setCurrentIndex(1)
    settled(window)
    page.grid.selectAll()
    page.grid.blocks.copy()
    table = QGuiApplication.clipboard().mimeData().html()
    assert '<td sdval="1000.00">1000.00</td>' in table
    assert 'sdval="46023" sdnum="1033;0;YYYY-MM-DD">2026-01-01</td>' in table
    assert '<td style=\'mso-number-format:"\\@"\' sdnum="1033;0;@">商机1</td>' in table
