"""Insights: charts that answer and open exactly the records behind a bar."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.charts.canvas import Chart


@pytest.fixture
def charts(qtbot, window, settled):
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown, timeout=30_000)
    settled(window)
    found = [one for one in page.findChildren(Chart) if one.isVisibleTo(page)]
    return {one.accessibleName(): one for one in found}


def listed_sum(window, field: str) -> Decimal:
    shown = window.records
    ids = [shown.model.id_at(row) for row in range(shown.model.rowCount())]
    rows = window.session.book.rows(shown.entity, ids, [field])
    return sum((row[0] for row in rows), Decimal(0))


def test_the_charts_of_the_first_questions_are_there_with_their_counts(charts):
    assert list(charts) == [
        "How much did we win each month?",
        "How much did we sell each month?",
        "Who sold how much?",
        "Where do deals stop?",
        "Who wins more of the deals?",
        "Which products sell most?",
    ]
    people = charts["Who sold how much?"]
    assert [(one.label, one.value, one.n) for one in people._data.bars] == [
        ("李娜", 4000.0, 1), ("王强", 3000.0, 1),
    ]  # fmt: skip
    rates = charts["Who wins more of the deals?"]._data.bars
    assert all(0 <= one.low <= one.value <= one.high <= 1 for one in rates)
    assert "n=" in rates[0].note or rates[0].n > 0
    assert {one.label for one in charts["Where do deals stop?"]._data.bars} >= {"线索", "报价"}


def test_a_click_on_a_bar_opens_its_records_whose_sum_is_the_bar(qtbot, window, charts, settled):
    people = charts["Who sold how much?"]
    for at, bar in enumerate(people._data.bars):
        window.page("insights")
        x, y, w, h = people._places[at]
        qtbot.mouseClick(
            people, Qt.MouseButton.LeftButton, pos=QPoint(int(x + w / 2), int(y + h / 2))
        )
        qtbot.waitUntil(
            lambda: window.records is not None and window.records.entity == "opportunity"
        )
        settled(window)
        assert window.records.model.rowCount() == bar.n
        assert float(listed_sum(window, "amount")) == bar.value


def test_the_keyboard_goes_along_the_bars_and_opens_one(qtbot, window, charts, settled):
    months = charts["How much did we sell each month?"]
    months.setFocus()
    qtbot.keyClick(months, Qt.Key.Key_Right)
    assert months.accessibleDescription().startswith("2026-01")
    qtbot.keyClick(months, Qt.Key.Key_Right)
    assert months.accessibleDescription() == months.said(1)
    qtbot.keyClick(months, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.records is not None and window.records.entity == "order_line")
    settled(window)
    assert listed_sum(window, "amount") == Decimal("250.5")


def test_a_period_narrows_every_chart(qtbot, window, charts, settled):
    book = window.session.book
    (deal,) = book.ids("opportunity", where="name=商机4")
    book.set("opportunity", deal, {"closed_on": "2025-04-20"})
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown and not window.jobs.busy, timeout=30_000)
    at = page._period.findData("2025")
    assert at > 0
    page._period.setCurrentIndex(at)
    page._period.activated.emit(at)
    qtbot.waitUntil(lambda: page.shown and not window.jobs.busy, timeout=30_000)
    people = next(one for one in charts.values() if "sold how much" in one.accessibleName())
    assert [(one.label, one.value) for one in people._data.bars] == [("李娜", 4000.0)]


def test_a_chart_is_saved_as_picture_and_as_drawing(charts, tmp_path):
    chart = charts["Who sold how much?"]
    for suffix, begins in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / ("chart" + suffix)
        chart.save(path)
        assert path.read_bytes().startswith(begins)
