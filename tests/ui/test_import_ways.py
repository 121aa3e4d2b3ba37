"""How columns are read is shown in the import's review, asked where nothing decides, and answered there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from tests.ui.acting import button, choose, click, drop, named, show_tab, table_texts
from ui.dialogs.import_review import ImportReview
from ui.dialogs.rows import Rows

SHEET = """客户名称,首次联系日期,年营业额,合同日,负责人
新一有限公司,3/4/2024,12.5,5/6/2024,赵敏
新二有限公司,1/2/2024,3000,7/8/2024,赵敏
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_text(SHEET, "utf-8")
    return path


def reviewed(qtbot, window, *paths: Path) -> ImportReview:
    """Drop files and wait until they are understood."""
    assert drop(window, paths)
    review = window.findChild(ImportReview)
    decided(qtbot, review)
    return review


def decided(qtbot, review: ImportReview) -> None:
    qtbot.waitUntil(lambda: review._work is None and not review._settled.isActive(), timeout=30_000)


def said(review: ImportReview) -> str:
    return "\n".join(one.text() for one in review.findChildren(QLabel) if one.isVisible())


def rows(review: ImportReview) -> dict[str, list[str]]:
    shown = review.columns.findChild(Rows)
    return {line[0]: line for line in table_texts(shown)}


def way(review: ImportReview, header: str) -> QComboBox:
    return named(review.columns, QComboBox, f"Column {header} is read as")


def texts(combo: QComboBox) -> list[str]:
    return [combo.itemText(at) for at in range(combo.count())]


def first_days(window) -> dict[str, object]:
    book = window.session.book
    records = [book.record("customer", id) for id in book.ids("customer")]
    return {str(one["name"]): one["first_contact_on"] for one in records}


def test_an_open_order_of_days_is_asked_answered_where_it_stands_and_imported(
    qtbot, window, sheet, settled
):
    review = reviewed(qtbot, window, sheet)
    columns = show_tab(review._tabs, "Columns 2")
    assert "2 columns to be decided" in review._tables.item(0).text()
    assert rows(review)["首次联系日期"][4] == "to be decided"
    for part in ("3/4/2024 is 2024-03-04 or 2024-04-03", "5/6/2024 is 2024-05-06 or 2024-06-05"):
        assert part in said(review)
    choice = way(review, "首次联系日期")
    assert texts(choice) == [
        "automatic: month/day/year",
        "day/month/year  ·  3/4/2024 = 2024-04-03",
        "month/day/year  ·  3/4/2024 = 2024-03-04",
    ]
    assert choice.currentIndex() == 0
    place = choice.mapTo(review, QPoint(0, 0))

    choose(qtbot, choice, "day/month/year  ·  3/4/2024 = 2024-04-03")
    decided(qtbot, review)
    assert choice.isVisible()
    assert review.focusWidget() is choice  # whoever goes on by keyboard keeps the place
    assert choice.mapTo(review, QPoint(0, 0)) == place  # and whoever goes on by mouse
    assert rows(review)["首次联系日期"][4] == "as you chose"
    assert "2024-03-04" not in said(review)
    # The answer counts for the other days of the table, too.
    assert way(review, "合同日").currentText() == "automatic: day/month/year"
    assert show_tab(review._tabs, "Columns") is columns
    assert review._tabs.tabText(0) == "Columns"

    review._apply.click()
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)
    settled(window)
    assert first_days(window)["新一有限公司"] == date(2024, 4, 3)

    # The same headers again: what was said is remembered, nothing is asked.
    again = sheet.with_name("again.csv")
    again.write_text(SHEET.replace("3/4/2024", "9/8/2024"), "utf-8")
    review = reviewed(qtbot, window, again)
    assert way(review, "首次联系日期").currentText() == "automatic: day/month/year"
    assert review._tabs.tabText(0) == "Columns"
    assert "was said of such a sheet before" in way(review, "首次联系日期").toolTip()
    review.reject()


def test_an_answer_can_be_taken_back(qtbot, window, sheet):
    review = reviewed(qtbot, window, sheet)
    choice = way(review, "首次联系日期")
    choose(qtbot, choice, "month/day/year  ·  3/4/2024 = 2024-03-04")
    decided(qtbot, review)
    assert rows(review)["首次联系日期"][4] == "as you chose"
    choose(qtbot, choice, "automatic: month/day/year")
    decided(qtbot, review)
    assert rows(review)["首次联系日期"][4] == "to be decided"
    review.reject()


def test_amounts_are_read_in_the_unit_that_is_chosen(qtbot, window, sheet, settled):
    review = reviewed(qtbot, window, sheet)
    choose(qtbot, way(review, "年营业额"), "in ten thousands (×10,000)")
    decided(qtbot, review)
    review._apply.click()
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)
    settled(window)
    book = window.session.book
    [row] = book.ids("customer", where="name=新一有限公司")
    assert book.record("customer", row)["annual_revenue"] == 125_000


def test_shares_that_may_be_fractions_are_imported_when_it_is_said(qtbot, window, tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text(
        "订单编号,产品名称,数量,折扣\nS1,冰箱,1,0.8\nS2,冰箱,1,1.2\nS3,冰箱,2,12\n", "utf-8"
    )
    review = reviewed(qtbot, window, path)
    assert "0.8 = 80% or 0.8 = 0.8%" in said(review)
    assert "1 left out" in said(review)
    choice = way(review, "折扣")
    assert texts(choice) == ["undecided", "0.8 = 80%", "0.8 = 0.8%"]
    choose(qtbot, choice, "0.8 = 0.8%")
    decided(qtbot, review)
    assert "0 left out" in said(review)
    assert "0.8 = 80%" not in said(review)
    review.reject()


def test_the_choice_comes_and_goes_with_where_the_column_goes(qtbot, window, sheet):
    review = reviewed(qtbot, window, sheet)
    target = named(review.columns, QComboBox, "Column 首次联系日期 goes to")
    choose(qtbot, target, "Notes")
    decided(qtbot, review)
    shown = review.columns.findChild(Rows)
    row = list(rows(review)).index("首次联系日期")
    assert shown.at(row, 3) is None
    assert review.focusWidget() is target
    choose(qtbot, target, "Next contact due")
    decided(qtbot, review)
    assert way(review, "首次联系日期").isVisible()
    review.reject()


def test_tab_leads_along_the_rows_of_choices(qtbot, window, sheet):
    review = reviewed(qtbot, window, sheet)
    named(review.columns, QComboBox, "Column 首次联系日期 goes to").setFocus()
    met = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget().accessibleName())
    assert met == [
        "Column 首次联系日期 is read as",
        "Column 年营业额 goes to",
        "Column 年营业额 is read as",
        "Column 合同日 goes to",
    ]
    review.reject()


def test_the_wheel_over_a_choice_decides_nothing(qtbot, window, sheet):
    review = reviewed(qtbot, window, sheet)
    for name in ("Column 首次联系日期 is read as", "Column 首次联系日期 goes to"):
        choice = named(review.columns, QComboBox, name)
        before = choice.currentIndex()
        middle = QPointF(choice.rect().center())
        event = QWheelEvent(
            middle, choice.mapToGlobal(middle), QPoint(), QPoint(0, -240),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(choice, event)
        assert choice.currentIndex() == before
    assert not review._settled.isActive()
    review.reject()


def test_records_made_of_new_names_are_counted_before_and_after(qtbot, window, sheet, settled):
    review = reviewed(qtbot, window, sheet)
    assert "2 new, 0 changed, 0 unchanged, 0 left out" in said(review)
    assert "Added for new names: Salespeople 1" in said(review)
    assert button(review, "Import 3 records").isEnabled()
    click(qtbot, review, "Import 3 records")
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)
    settled(window)
    assert "Customers 2" in window.notices.text
    assert "Salespeople 1" in window.notices.text


def test_what_the_book_notes_of_deals_itself_is_not_counted_as_records(
    qtbot, window, tmp_path, settled
):
    path = tmp_path / "deals.csv"
    path.write_text("商机名称,客户名称,阶段,金额\n扩建,Acme Tools Ltd,报价,5\n", "utf-8")
    review = reviewed(qtbot, window, path)
    click(qtbot, review, "Import 1 record")
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)
    settled(window)
    assert window.notices.text.endswith("Opportunities 1")
