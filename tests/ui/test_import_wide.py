"""A sheet with a column a month in the import's review: what the goals are of is asked and answered there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.acting import choose, drop, named, show_tab, table_texts
from ui.dialogs.import_review import ImportReview
from ui.dialogs.rows import Rows

SHEET = """业务员,1月,2月,3月,合计
赵敏,120,-,0,120
王强,80,90,100,271
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "2023.csv"
    path.write_text(SHEET, "utf-8")
    return path


def reviewed(qtbot, window, path: Path) -> ImportReview:
    assert drop(window, [path])
    review = window.findChild(ImportReview)
    decided(qtbot, review)
    return review


def decided(qtbot, review: ImportReview) -> None:
    qtbot.waitUntil(lambda: review._work is None and not review._settled.isActive(), timeout=30_000)


def said(review: ImportReview) -> str:
    return "\n".join(one.text() for one in review.findChildren(QLabel) if one.isVisible())


def way(review: ImportReview, header: str) -> QComboBox:
    return named(review.columns, QComboBox, f"Column {header} is read as")


def test_measure_and_unit_are_asked_answered_where_they_stand_and_imported(
    qtbot, window, sheet, settled
):
    review = reviewed(qtbot, window, sheet)
    show_tab(review._tabs, "Columns 2")
    shown = {line[0]: line for line in table_texts(review.columns.findChild(Rows))}
    assert list(shown) == ["业务员", "Period", "Measure", "1月…3月"]
    assert (shown["Measure"][4], shown["1月…3月"][4]) == ("to be decided", "to be decided")
    assert "1 cell without a target: no goal, not 0." in said(review)
    assert "held against what they add up: 合计" in said(review)
    assert way(review, "Period").currentText() == "automatic: 2023"

    choose(qtbot, way(review, "Measure"), "Received")
    decided(qtbot, review)
    choose(qtbot, way(review, "1月…3月"), "in ten thousands (×10,000)")
    decided(qtbot, review)
    assert review._tabs.tabText(0) == "Columns"
    problems = show_tab(review._tabs, "Problems 1")
    assert [line[:3] for line in table_texts(problems._table)] == [["3", "合计", "271"]]
    preview = show_tab(review._tabs, "Preview")
    assert table_texts(preview._table)[0] == ["2", "赵敏", "2023-01", "Received", "120"]

    review._apply.click()
    qtbot.waitUntil(lambda: window.findChild(ImportReview) is None, timeout=30_000)
    settled(window)
    book = window.session.book
    ids = book.ids("goal", where="measure=receipt_amount and period=2023-01")
    rows = book.rows("goal", ids, ["person", "target"])
    assert [(person.label, target) for person, target in rows] == [
        ("赵敏", Decimal(1_200_000)), ("王强", Decimal(800_000)),
    ]  # fmt: skip
    assert book.count("goal", where="measure=receipt_amount and target=0") == 1
