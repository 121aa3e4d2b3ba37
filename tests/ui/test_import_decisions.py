"""What is decided in the import's review, and what comes of it in the book."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTableWidget, QTabWidget
from shiboken6 import isValid

from tests.ui.acting import table_texts
from ui.dialogs.import_review import ImportReview
from ui.dialogs.rows import Rows

SHEET = """客户名称,客户编号,负责人,年营业额,喜欢的茶
南京永安有限公司,N1,王强,12万,龙井
苏州信达有限公司,N2,赵六,3500,
苏州信达有限责任公司,,李 娜,,普洱
无锡华诚有限公司,N4,王强,很多,
上海曾记食品有限公司,C002,王强,88,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_text(SHEET, "utf-8")
    return path


def dropped(window, *paths: Path) -> ImportReview:
    """Drop files onto the window; gives the review that opens."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(QPoint(400, 300)), Qt.DropAction.CopyAction, data,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    found = [one for one in window.findChildren(ImportReview) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def ready(qtbot, review: ImportReview) -> None:
    """Wait until everything decided so far was matched."""
    qtbot.waitUntil(
        lambda: (
            review._apply.isEnabled() and review._work is None and not review._settled.isActive()
        ),
        timeout=20_000,
    )


def gone(review: ImportReview) -> bool:
    return not isValid(review) or not review.isVisible()


def column(page, at: int) -> list[str]:
    return [line[at] for line in table_texts(page.findChild(Rows) or page.findChild(QTableWidget))]


def names_in(window) -> set[str]:
    book = window.session.book
    return {str(row[0]) for row in book.rows("customer", book.ids("customer"), ["name"])}


def editor_of(review, name: str) -> QLineEdit:
    row = column(review.names, 1).index(name)
    made = review.names.findChild(Rows).at(row, 3)
    assert isinstance(made, QLineEdit)
    return made


def means(qtbot, review, name: str, meant: str) -> None:
    """Say under New names what a name means."""
    review.findChild(QTabWidget).setCurrentWidget(review.names)
    editor = editor_of(review, name)
    editor.setFocus()
    editor.selectAll()
    editor.insert(meant)
    editor.setModified(True)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not review._apply.isEnabled())
    ready(qtbot, review)


def _listed(review) -> list[str]:
    return [review._tables.item(at).text() for at in range(review._tables.count())]


def test_a_new_name_is_added_or_said_to_be_someone_known(qtbot, window, settled, sheet):
    review = dropped(window, sheet)
    ready(qtbot, review)
    assert {"李 娜", "赵六"} <= set(column(review.names, 1))
    assert editor_of(review, "李 娜").text() == "李娜"  # almost the same: offered, to be decided
    means(qtbot, review, "赵六", "王强")
    qtbot.mouseClick(review._apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone(review), timeout=20_000)
    settled(window)
    book = window.session.book
    assert book.count("salesperson") == 2
    (row,) = book.ids("customer", where="code=N2")
    assert str(book.record("customer", row)["owner"].label) == "王强"


def test_without_adding_new_names_their_rows_are_problems(qtbot, window, sheet):
    review = dropped(window, sheet)
    ready(qtbot, review)
    review._create.click()
    qtbot.waitUntil(lambda: not review._apply.isEnabled())
    ready(qtbot, review)
    assert "赵六" in column(review.problems, 2)
    review.reject()


def test_two_ways_to_write_a_firm_are_listed_and_become_one_when_it_is_said(
    qtbot, window, settled, sheet
):
    review = dropped(window, sheet)
    ready(qtbot, review)
    name, other = "苏州信达有限责任公司", "苏州信达有限公司"
    assert other in editor_of(review, name).placeholderText()
    means(qtbot, review, name, other)
    assert "2 new" in review._summary.text()
    assert editor_of(review, name).text() == other
    qtbot.mouseClick(review._apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone(review), timeout=20_000)
    settled(window)
    assert name not in names_in(window)


def test_a_column_is_sent_elsewhere_or_left_out_by_choice(qtbot, window, settled, sheet):
    review = dropped(window, sheet)
    ready(qtbot, review)
    choices = [one for one in review.columns.findChildren(QComboBox) if "喜欢的茶" in _named(one)]
    assert len(choices) == 1
    choose(qtbot, review, choices[0], "Notes")
    qtbot.mouseClick(review._apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone(review), timeout=20_000)
    settled(window)
    book = window.session.book
    (row,) = book.ids("customer", where="code=N1")
    assert book.record("customer", row)["notes"] == "龙井"
    assert not any(one.custom for one in book.schema.entity("customer").fields)


def _named(widget) -> str:
    return widget.accessibleName()


def test_a_cell_that_cannot_be_read_may_be_left_empty(qtbot, window, settled, sheet):
    review = dropped(window, sheet)
    ready(qtbot, review)
    review._empty_unreadable.click()
    qtbot.waitUntil(lambda: not review._apply.isEnabled())
    ready(qtbot, review)
    assert column(review.problems, 2) == []
    assert "4 new" in review._summary.text()
    review.reject()


def test_a_sheet_that_says_nothing_new_closes_without_a_change(qtbot, window, settled, tmp_path):
    known = tmp_path / "known.csv"
    known.write_text("客户名称,客户编号\nAcme Tools Ltd,C004\n", "utf-8")
    before = window.session.book.can_undo()
    review = dropped(window, known)
    ready(qtbot, review)
    assert "nothing would change" in review._summary.text()
    assert review._apply.text() == "Close"
    qtbot.mouseClick(review._apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone(review), timeout=20_000)
    settled(window)
    QApplication.processEvents()
    assert window.session.book.can_undo() == before


def test_rows_that_nobody_recognises_are_named_by_the_person(qtbot, window, settled, tmp_path):
    strange = tmp_path / "strange.csv"
    strange.write_text("甲,乙,丙\n南京永安,龙井,3\n苏州信达,普洱,4\n无锡华诚,毛尖,5\n", "utf-8")
    review = dropped(window, strange)
    qtbot.waitUntil(lambda: "No table is recognised" in review._summary.text(), timeout=20_000)
    assert not review._apply.isEnabled()
    entity = next(
        one
        for one in review.columns.findChildren(QComboBox)
        if one.accessibleName() == "The rows are"
    )
    choose(qtbot, review, entity, "Customers")
    QApplication.processEvents()
    first = next(
        one
        for one in review.columns.findChildren(QComboBox)
        if "甲" in _named(one) and one.isVisible()
    )
    choose(qtbot, review, first, "Customer name")
    assert "3 new" in review._summary.text()
    qtbot.mouseClick(review._apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: gone(review), timeout=20_000)
    settled(window)
    assert {"南京永安", "苏州信达", "无锡华诚"} <= names_in(window)


def choose(qtbot, review, combo: QComboBox, text: str) -> None:
    """Pick from a list by its text, as a person does, and wait until all is matched again."""
    at = combo.findText(text)
    assert at >= 0
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    qtbot.waitUntil(review._settled.isActive)
    ready(qtbot, review)
