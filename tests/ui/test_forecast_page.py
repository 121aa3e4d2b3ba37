"""The forecast as a manager sees it: three readings, what moved, who brings what; each number opens its deals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
)

from models.forecast.forecast import forecast
from models.money import from_scaled, show_whole
from tests.ui.acting import button, choose, click, named, settle, table_texts, write
from tests.ui.looking import wrong
from ui.charts.canvas import Chart
from ui.dialogs.new_record import NewRecord
from ui.pages.forecast_cards import Card
from ui.records.empty_state import EmptyState
from ui.records.lines import DateLine

TODAY = date.today()
WEEK = timedelta(days=7)


def deals(book) -> None:
    """Expected ones of both people, one won, one lost, one that nobody dates, one that came new."""
    now, before = TODAY.isoformat(), (TODAY - timedelta(days=40)).isoformat()
    usual = {"opened_on": before, "stage": "报价", "probability": "50%", "expected_close": now}
    with book.change("Deals") as change:
        for stage, odds in (("线索", "10%"), ("报价", "50%")):
            [row] = book.ids("stage", f"name={stage}")
            change.set("stage", row, {"probability": odds})
        for name, owner, amount, more in (
            ("甲", "王强", 20000, {}),
            ("乙", "李娜", 8000, {"forecast_category": "commit"}),
            ("丙", "李娜", 6000, {"opened_on": (TODAY - timedelta(days=2)).isoformat()}),
            ("丁", "王强", 5000, {"stage": "赢单", "closed_on": now}),
            ("戊", "王强", 4000, {"expected_close": ""}),
        ):
            deal = {"name": name, "owner": owner, "amount": amount, **usual, **more}
            change.add("opportunity", {key: one for key, one in deal.items() if one != ""})


@pytest.fixture
def page(qtbot, window):
    deals(window.session.book)
    return shown(qtbot, window)


def shown(qtbot, window):
    goals = window.page("goals")
    goals.list_of("forecast")
    made = goals.own["forecast"]
    drawn(qtbot, window, made)
    return made


def drawn(qtbot, window, made) -> None:
    """Wait until what is asked is computed and drawn."""
    qtbot.waitUntil(lambda: not made.waiting and made.chart.ready, timeout=20_000)
    settle(qtbot, window)


def model(window, **asked):
    return forecast(window.session.book, on=TODAY, **asked)


def card(page, name: str) -> Card:
    return named(page, Card, name)


def words(inside) -> list[str]:
    return [one.text() for one in inside.findChildren(QLabel) if one.isVisible() and one.text()]


def whole(scaled: int) -> str:
    return show_whole(from_scaled(scaled), "CNY")


def listed(window) -> set[str]:
    """The names of the deals that the list in front shows."""
    page = window.records
    assert page is not None
    assert page.entity == "opportunity"
    rows = window.session.book.rows("opportunity", list(page.model.ids), ["name"])
    return {str(row[0]) for row in rows}


def opened(qtbot, window, title: str) -> set[str]:
    """Wait until a list is narrowed under a title; gives the names in it."""

    def there() -> bool:
        page = window.records
        return page is not None and page.filtering.row.texts() == [title]

    qtbot.waitUntil(there, timeout=20_000)
    return listed(window)


def period() -> str:
    return f"{TODAY.year}-Q{(TODAY.month + 2) // 3}"


# -- readings ----------------------------------------------------------------------------------------


def test_three_readings_stand_side_by_side_with_middle_range_and_deals(window, page):
    total = model(window).total
    assert whole(total.commitment.mid) == "¥13,000"
    assert whole(total.pipeline.mid) == "¥22,000"
    said = words(card(page, "Commitment"))
    assert said[:3] == ["Commitment", "¥13,000", "¥9,000 (by odds) to ¥26,000 (all expected)"]
    said = words(card(page, "Weighted pipeline"))
    low, high = whole(total.pipeline.low), whole(total.pipeline.high)
    assert said[:3] == ["Weighted pipeline", "¥22,000", f"{low} to {high} in 80 of 100 cases"]
    assert button(card(page, "Commitment"), "Show 2 deals")
    assert button(card(page, "Weighted pipeline"), "Show 4 deals")
    said = words(card(page, "History with season"))
    assert said[1] == whole(total.history.mid)
    heights = {card(page, name).height() for name in ("Commitment", "History with season")}
    tops = {card(page, name).y() for name in ("Commitment", "History with season")}
    assert len(heights) == len(tops) == 1
    texts = words(page)
    assert f"Forecast of {period()} as of {TODAY.isoformat()}" in texts
    assert any(one.startswith("Won so far: ¥5,000 by 1 deal  ·") for one in texts)


def test_how_a_reading_is_made_is_told_when_asked(qtbot, page):
    shown = card(page, "Commitment")
    assert len(words(shown)) == 3
    click(qtbot, shown, "How it is made")
    assert words(shown)[-1].startswith("Of who stated a commitment")
    click(qtbot, shown, "How it is made")
    assert len(words(shown)) == 3


def test_the_deals_behind_a_reading_come_up_as_a_list(qtbot, window, page):
    click(qtbot, card(page, "Weighted pipeline"), "Show 4 deals")
    title = f"{period()} · Weighted pipeline"
    assert opened(qtbot, window, title) == {"甲", "乙", "丙", "丁"}
    page = shown(qtbot, window)
    click(qtbot, card(page, "Commitment"), "Show 2 deals")
    assert opened(qtbot, window, f"{period()} · Commitment") == {"乙", "丁"}


# -- what is asked -----------------------------------------------------------------------------------


def test_another_period_is_chosen_or_typed(qtbot, window, page):
    chosen = named(page, QComboBox, "Period")
    choose(qtbot, chosen, "Next quarter")
    drawn(qtbot, window, page)
    assert words(card(page, "Weighted pipeline"))[1] == "¥0"
    write(qtbot, chosen.lineEdit(), "2026-03")
    drawn(qtbot, window, page)
    assert f"Forecast of 2026-03 as of {TODAY.isoformat()}" in words(page)
    assert words(card(page, "Weighted pipeline"))[1] == "¥3,000"


def test_a_period_that_is_none_is_declined_in_words_and_changes_nothing(qtbot, window, page):
    line = named(page, QComboBox, "Period").lineEdit()
    write(qtbot, line, "soon")
    assert window.notices.text.startswith("“soon” is not a period.")
    assert line.parentWidget().property("wrong") is True
    assert f"Forecast of {period()} as of {TODAY.isoformat()}" in words(page)
    write(qtbot, line, "2026")
    assert line.parentWidget().property("wrong") is False


def test_the_forecast_of_an_earlier_day_knows_no_more_than_that_day(qtbot, window, page):
    on = TODAY - timedelta(days=10)
    write(qtbot, named(page, DateLine, "As of"), on.isoformat())
    drawn(qtbot, window, page)
    quarter = window.session.book.calendar.of("quarter", on)
    assert f"Forecast of {quarter.text()} as of {on.isoformat()}" in words(page)
    assert named(page, DateLine, "Compared with").text() == (on - WEEK).isoformat()
    said = words(card(page, "Weighted pipeline"))
    assert said[1] == whole(forecast(window.session.book, on=on).total.pipeline.mid)


def test_the_bridge_leads_from_whichever_earlier_day_is_asked_for(qtbot, window, page):
    since = TODAY - timedelta(days=60)
    line = named(page, DateLine, "Compared with")
    write(qtbot, line, since.isoformat())
    drawn(qtbot, window, page)
    assert page.chart.data.bars[0].label == since.isoformat()
    write(qtbot, line, (TODAY + timedelta(days=1)).isoformat())
    assert window.notices.text.startswith("The bridge must lead from an earlier day")
    assert page.chart.data.bars[0].label == since.isoformat()


# -- the bridge --------------------------------------------------------------------------------------


def step(page, label: str) -> int:
    return next(at for at, one in enumerate(page.chart.data.bars) if one.label == label)


def test_the_steps_of_the_bridge_lead_from_one_sum_to_the_other_exactly(qtbot, window, page):
    which = named(page, QComboBox, "Bridge of")
    for name, made in (
        ("Weighted pipeline", model(window).pipeline_bridge),
        ("Commitment", model(window).commitment_bridge),
    ):
        choose(qtbot, which, name)
        drawn(qtbot, window, page)
        bars = page.chart.data.bars
        assert bars[0].value + sum(one.value for one in bars[1:-1]) == bars[-1].value
        assert (bars[0].value, bars[-1].value) == (from_scaled(made.start), from_scaled(made.end))
        assert len(page.chart.places) == len(bars)


def test_a_step_says_its_sign_and_opens_exactly_its_deals(qtbot, window, page):
    at = step(page, "New deals")
    chart = page.chart
    place = chart.places[at].center()
    qtbot.mouseMove(chart, place)
    readout = next(one for one in chart.findChildren(QLabel) if one.objectName() == "readout")
    assert readout.text() == "New deals: +¥3,000.00   n=1"
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened(qtbot, window, "Weighted pipeline · New deals") == {"丙"}


def test_the_bridge_is_walked_and_opened_by_the_keyboard(qtbot, window, page):
    chart = page.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription() == f"{TODAY.isoformat()}: ¥22,000.00   n=4"
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    title = f"Weighted pipeline · {TODAY.isoformat()}"
    assert opened(qtbot, window, title) == {"甲", "乙", "丙", "丁"}


def test_the_sheet_of_the_bridge_lists_every_deal_and_adds_up(page):
    table = page.chart.data.table
    first, *moved, last = table.rows
    assert [column.header for column in table.columns[:2]] == ["Cause", "Deal or person"]
    changes = [row[-1] for row in moved]
    assert first[4] + sum(changes, Decimal(0)) == last[4]
    assert [row[1] for row in moved if row[0] == "New deals"] == ["丙"]
    assert all(row[4] - row[3] == row[5] for row in moved)


def test_a_removed_deal_is_said_to_lie_in_the_recycle_bin(qtbot, window, page):
    book = window.session.book
    write(qtbot, named(page, DateLine, "Compared with"), TODAY.isoformat())
    with book.change("Earlier") as change:
        change.add("opportunity", {"name": "己", "stage": "报价", "amount": 100})
    db = book.connection()
    day = (TODAY - timedelta(days=20)).isoformat()
    db.run("UPDATE change SET at = ?", (f"{day}T04:00:00Z",))
    [deal] = book.ids("opportunity", "name=甲")
    with book.change("Remove") as change:
        change.remove("opportunity", [deal])
    write(qtbot, named(page, DateLine, "Compared with"), (TODAY - WEEK).isoformat())
    drawn(qtbot, window, page)
    chart = page.chart
    qtbot.mouseClick(
        chart, Qt.MouseButton.LeftButton, pos=chart.places[step(page, "Removed")].center()
    )
    qtbot.waitUntil(lambda: window.notices.text == "These deals lie in the recycle bin.")


# -- people ------------------------------------------------------------------------------------------


def people(page) -> QTableWidget:
    return named(page, QTableWidget, "By salesperson")


def test_everybody_stands_in_the_table_below_all_together(page):
    rows = table_texts(people(page))
    assert [row[0] for row in rows] == ["Total", "李娜", "王强"]
    assert [row[1] for row in rows] == ["¥5,000", "¥0", "¥5,000"]
    assert [row[2] for row in rows] == ["¥13,000", "¥8,000", "¥5,000"]
    assert [row[3] for row in rows] == ["¥22,000", "¥7,000", "¥15,000"]
    assert " to " in rows[0][4]


def head(qtbot, table, column: int) -> None:
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_heading_sorts_the_largest_first_and_all_together_stay_above(qtbot, page):
    table = people(page)
    head(qtbot, table, 3)
    assert [row[0] for row in table_texts(table)] == ["Total", "王强", "李娜"]
    head(qtbot, table, 3)
    assert [row[0] for row in table_texts(table)] == ["Total", "李娜", "王强"]


def test_the_menu_of_a_cell_sorts_for_who_has_no_mouse(qtbot, page):
    table = people(page)
    table.setFocus()
    table.setCurrentCell(1, 3)
    at = table.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, table.mapToGlobal(at))
    QApplication.sendEvent(table, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = {one.text(): one for one in menu.actions()}
    assert list(texts) == ["Show the deals", "Sort ascending", "Sort descending"]
    texts["Sort descending"].trigger()
    menu.close()
    assert [row[0] for row in table_texts(table)] == ["Total", "王强", "李娜"]


def test_a_number_of_a_person_opens_her_deals_by_click_and_by_enter(qtbot, window, page):
    table = people(page)
    table.setFocus()
    table.setCurrentCell(2, 3)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened(qtbot, window, f"{period()} · 王强 · Weighted pipeline") == {"甲", "丁"}
    page = shown(qtbot, window)
    table = people(page)
    place = table.visualItemRect(table.item(1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened(qtbot, window, f"{period()} · 李娜 · Commitment") == {"乙"}


# -- notes, goals, commitments -----------------------------------------------------------------------


def test_deals_without_a_date_are_named_and_opened(qtbot, window, page):
    texts = words(page.notes)
    [note] = [one for one in texts if "name no expected close" in one]
    assert note.startswith("3 open deals of ¥7,000 together")
    found = [one for one in page.notes.findChildren(QPushButton) if one.toolTip() == note]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    assert opened(qtbot, window, f"{period()} · What to know") == {"商机1", "商机2", "戊"}


def dialog(window) -> NewRecord:
    QApplication.processEvents()
    [made] = [one for one in window.findChildren(NewRecord) if one.isVisible()]
    return made


def put(made: NewRecord, name: str, text: str) -> None:
    editor = made._boxes[name].editor
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    line.setText(text)


def test_a_commitment_that_is_recorded_here_is_seen_here(qtbot, window, page):
    click(qtbot, page, "Record a commitment…")
    made = dialog(window)
    assert made._boxes["period"].editor.text() == period()
    assert made._boxes["made_on"].editor.text() == TODAY.isoformat()
    put(made, "person", "李娜")
    put(made, "amount", "30000")
    click(qtbot, made, "Add")
    qtbot.waitUntil(lambda: words(card(page, "Commitment"))[1] == "¥35,000", timeout=20_000)
    drawn(qtbot, window, page)
    choose(qtbot, named(page, QComboBox, "Bridge of"), "Commitment")
    drawn(qtbot, window, page)
    chart = page.chart
    at = step(page, "Commitment changed")
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.places[at].center())
    qtbot.waitUntil(lambda: window.records is not None, timeout=20_000)
    assert window.records.entity == "salesperson"
    assert len(window.records.model.ids) == 1


def test_without_a_goal_one_is_offered_and_then_held_against(qtbot, window, page):
    click(qtbot, page.notes, "Set a goal…")
    made = dialog(window)
    assert made._boxes["level"].editor.currentText() == "Company"
    assert made._boxes["period"].editor.text() == period()
    made.reject()
    goal = {"title": "公司", "level": "company", "measure": "won_amount", "period": period()}
    book = window.session.book
    with book.change("goal") as change:
        change.add("goal", goal | {"target": 44000, "floor": 30000, "status": "active"})
    wanted = "50% of the target of ¥44,000"
    qtbot.waitUntil(lambda: wanted in words(card(page, "Weighted pipeline")), timeout=20_000)
    drawn(qtbot, window, page)
    assert any("floor ¥30,000, target ¥44,000" in one for one in words(page))
    click(qtbot, page.notes, "Show the goal")
    assert window.records.entity == "goal"


# -- staying right -----------------------------------------------------------------------------------


def test_an_edit_elsewhere_is_seen_soon_and_hidden_it_waits_until_it_is_shown(qtbot, window, page):
    book = window.session.book
    [deal] = book.ids("opportunity", "name=甲")
    book.set("opportunity", deal, {"amount": 30000})
    qtbot.waitUntil(lambda: words(card(page, "Weighted pipeline"))[1] == "¥27,000", timeout=20_000)
    window.page("customers")
    book.set("opportunity", deal, {"amount": 10000})
    settle(qtbot, window)
    assert not page.waiting
    page = shown(qtbot, window)
    assert words(card(page, "Weighted pipeline"))[1] == "¥17,000"


def test_what_is_stopped_says_so_and_is_computed_again(qtbot, window, page):
    page.reload()
    window.jobs.cancel()
    qtbot.waitUntil(lambda: "Stopped; what is shown may be out of date." in words(page))
    click(qtbot, page, "Compute again")
    drawn(qtbot, window, page)
    assert any(one.startswith("Won so far: ¥5,000") for one in words(page))


def test_the_language_turns_while_it_is_shown(qtbot, window, page):
    window.set_language("zh_CN")
    drawn(qtbot, window, page)
    assert window.page("goals").tabs.tabText(2) == "预测"
    assert f"{period()} 预测（截至 {TODAY.isoformat()}）" in words(page)
    assert page.chart.data.bars[step(page, "新增商机")].n == 1
    assert button(page, "记录承诺…")


def test_an_empty_book_says_what_to_do(qtbot, window, tmp_path):
    window.leave_book()
    window.make_book(tmp_path / "empty.daybook", "CNY")
    page = shown(qtbot, window)
    empty = next(one for one in page.findChildren(EmptyState) if one.isVisible())
    assert empty.text().startswith("No deals yet, so there is nothing to forecast.")
    assert button(empty, "Import…").isEnabled()
    assert not any(one.isVisible() for one in page.findChildren(Chart))


def test_the_bridge_is_saved_as_a_page(qtbot, window, page, tmp_path):
    path = tmp_path / "bridge.pdf"
    page.save_pdf(path)
    settle(qtbot, window)
    assert path.read_bytes().startswith(b"%PDF")
    assert window.notices.text == "Saved: bridge.pdf"


def test_twice_as_large_text_in_a_small_window_is_neither_cut_nor_covered(qtbot, window, page):
    window.set_text_size(200)
    window.resize(1280, 800)
    drawn(qtbot, window, page)
    try:
        bar = page.findChild(QScrollArea).verticalScrollBar()
        found = []
        for place in (0, bar.maximum()):
            bar.setValue(place)
            QApplication.processEvents()
            found += wrong(page)
        assert not found
    finally:
        window.set_text_size(100)
