"""The insights: every question has its chart, every bar says how many and opens exactly its records."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QToolButton

from tests.ui.acting import choose, named
from ui.charts.canvas import Chart

QUESTIONS = {
    "How much did we win each month?": "opportunity",
    "How much did we sell each month?": "order_line",
    "Who sold how much?": "opportunity",
    "Which manager's people sold how much?": "opportunity",
    "Where do deals stop?": "opportunity",
    "Who wins more of the deals?": "opportunity",
    "Which products sell most?": "opportunity",
}


@pytest.fixture
def insights(qtbot, window):
    with window.session.book.change("Team") as change:
        team = change.add("team", {"name": "一组", "manager": "王强"})
        for person in window.session.book.ids("salesperson"):
            change.set("salesperson", person, {"team": team})
    page = window.page("insights")
    drawn(qtbot, page)
    return page


def drawn(qtbot, page) -> None:
    """Wait until what is computed is also drawn."""
    qtbot.waitUntil(lambda: page.shown and all(one.ready for one in charts(page)), timeout=60_000)


def charts(page) -> list[Chart]:
    return [one for one in page.findChildren(Chart) if one.isVisible()]


def chart(page, title: str) -> Chart:
    return named(page, Chart, title)


def listed(window, entity: str) -> tuple[Decimal, int]:
    """Sum and count of what the list in front shows."""
    page = window.records
    assert page.entity == entity
    book, ids = window.session.book, page.model.ids
    amounts = [row[0] for row in book.rows(entity, list(ids), ["amount"])]
    return sum((one or Decimal(0) for one in amounts), Decimal(0)), len(ids)


def middle(shown: Chart, at: int) -> QPoint:
    return shown.places[at].center()


def opened(qtbot, window, title: str, bar: str) -> None:
    """Wait until the records of a bar are listed."""

    def there() -> bool:
        page = window.records
        return page is not None and page.filtering.row.texts() == [f"{title} · {bar}"]

    qtbot.waitUntil(there, timeout=20_000)


def test_each_question_has_its_chart_and_each_bar_its_number_of_records(insights):
    shown = {one.accessibleName(): one for one in charts(insights)}
    assert list(shown) == list(QUESTIONS)
    for title, one in shown.items():
        data = one.data
        assert data.bars, title
        assert len(one.places) == len(data.bars), title
        for at, bar in enumerate(data.bars):
            assert bar.n > 0 or bar.value == 0, (title, bar)
            assert one.said(at).startswith(f"{bar.label}: ")
            assert f"n={bar.n}" in one.said(at)
    assert shown["How much did we win each month?"].data.table.n == 2
    assert [(one.label, one.value, one.n) for one in shown["Who sold how much?"].data.bars] == [
        ("李娜", 4000, 1), ("王强", 3000, 1),
    ]  # fmt: skip
    rates = shown["Who wins more of the deals?"].data
    assert [(one.label, one.value, one.n) for one in rates.bars] == [
        ("李娜", 1, 1),
        ("王强", 0.5, 2),
    ]
    assert all(one.low < one.value <= 1 and one.value <= one.high for one in rates.bars)
    assert rates.note == "95 % intervals; these people cannot be told apart"


def test_a_click_on_a_bar_opens_exactly_the_records_behind_it(qtbot, window, insights):
    bars = [
        (title, at, bar)
        for title in QUESTIONS
        for at, bar in enumerate(chart(insights, title).data.bars)
        if bar.n
    ]
    for title, at, bar in bars:
        window.page("insights")
        drawn(qtbot, insights)
        shown = chart(insights, title)
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle(shown, at))
        opened(qtbot, window, title, bar.label)
        entity = QUESTIONS[title]
        amount, count = listed(window, entity)
        assert count == bar.n
        if shown.data.unit == "money":
            assert amount == Decimal(str(bar.value))
        elif shown.data.unit == "count":
            assert count == bar.value
        else:
            among = window.records.model.ids
            won = window.session.book.ids(entity, "status=won", (), "", False, among)
            assert len(won) / count == bar.value


def test_a_chart_is_walked_and_opened_by_the_keyboard_and_left_by_one_button(
    qtbot, window, insights
):
    title = "Who sold how much?"
    shown = chart(insights, title)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Return)  # no bar is chosen yet
    assert window.records is None
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    told, age = shown.accessibleDescription().split("\n")
    assert told == "李娜: ¥4,000.00   n=1"
    assert age.startswith("data as of ")
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.accessibleDescription().startswith("王强: ¥3,000.00   n=1\n")
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    opened(qtbot, window, title, "王强")
    assert listed(window, "opportunity") == (3000, 1)
    leave = named(window.records, QToolButton, f"Remove filter: {title} · 王强")
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert window.records.model.rowCount() == 5


def test_hovering_says_the_value_and_empty_places_open_nothing(qtbot, window, insights):
    shown = chart(insights, "How much did we win each month?")
    at = middle(shown, 0)
    qtbot.mouseMove(shown, at)
    assert shown.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(shown, QPoint(2, 2))
    assert shown.cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert window.records is None


def test_another_period_answers_anew_and_opens_only_its_records(qtbot, window, insights):
    with window.session.book.change("Last year") as change:
        change.add(
            "opportunity",
            {
                "name": "旧商机", "customer": "C001", "owner": "王强", "stage": "赢单",
                "amount": 900, "opened_on": "2025-05-01", "closed_on": "2025-06-01",
            },
        )  # fmt: skip
    drawn(qtbot, insights)
    title = "Who sold how much?"
    assert {one.label: one.value for one in chart(insights, title).data.bars} == {
        "王强": 3900, "李娜": 4000,
    }  # fmt: skip
    period = named(insights, QComboBox, "Period")
    offered = [period.itemText(at) for at in range(period.count())]
    assert offered[0] == "All time"
    assert offered[-3:] == ["", "2026", "2025"]  # below a line
    assert "This quarter" in offered
    choose(qtbot, period, "2025")
    drawn(qtbot, insights)
    shown = chart(insights, title)
    assert [(one.label, one.value, one.n) for one in shown.data.bars] == [("王强", 900, 1)]
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle(shown, 0))
    opened(qtbot, window, title, "王强")
    assert listed(window, "opportunity") == (900, 1)


def test_what_is_written_is_seen_in_the_charts_at_once(qtbot, window, insights):
    book = window.session.book
    [deal] = book.ids("opportunity", "name=商机4")
    book.set("opportunity", deal, {"amount": 5000})
    drawn(qtbot, insights)
    bars = chart(insights, "Who sold how much?").data.bars
    assert [(one.label, one.value) for one in bars] == [("李娜", 5000), ("王强", 3000)]


def test_an_empty_book_says_what_to_do_instead_of_showing_empty_charts(qtbot, window, tmp_path):
    window.leave_book()  # else the new book gets a window of its own
    window.make_book(tmp_path / "empty.daybook", "CNY")
    page = window.page("insights")
    drawn(qtbot, page)
    for one in charts(page):
        assert one.accessibleDescription().startswith("No records for this yet.")


def test_a_chart_of_many_names_is_high_enough_to_read_them(qtbot, window, insights):
    with window.session.book.change("Products") as change:
        for number in range(25):
            product = change.add("product", {"name": f"产品 {number:02}"})
            deal = {
                "name": f"P{number}",
                "stage": "赢单",
                "amount": 10 + number,
                "product": product,
            }
            change.add("opportunity", deal | {"closed_on": "2026-03-01"})
    window.page("customers")
    drawn(qtbot, window.page("insights"))
    shown = chart(insights, "Which products sell most?")
    qtbot.waitUntil(lambda: len(shown.places) >= 20, timeout=30_000)
    assert min(one.height() for one in shown.places) >= 12


def test_the_page_opens_with_a_period_that_can_be_read(window, settled):
    page = window.page("insights")
    settled(window)
    assert page._period.currentText() == "All time"
    window.set_language("zh_CN")
    assert page._period.currentText() == "全部时间"
