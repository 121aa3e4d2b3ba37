"""Charts: read by mouse and keyboard, turned on and off by their legend, taken away whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QToolButton

from tests.ui.acting import named
from tests.ui.charted import SOLD, image_of, made
from tests.ui.test_insights import chart, charts, drawn, insights, middle, opened
from ui.charts.canvas import Chart
from ui.charts.data import ChartData, Line
from ui.theme import LIGHT

__all__ = ["insights"]


@pytest.fixture
def alone(qtbot, window) -> Iterator[Chart]:
    shown = Chart(window.jobs)
    qtbot.addWidget(shown)
    shown.resize(700, 420)
    shown.show()
    yield shown
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)


def show(qtbot, shown: Chart, data: ChartData) -> None:
    shown.show_data(data)
    qtbot.waitUntil(lambda: shown.ready and not shown._settled.isActive(), timeout=60_000)


def readout(shown: Chart) -> str:
    label = shown.findChild(QLabel, "readout")
    return label.text() if label.isVisible() else ""


def menu_of(shown: Chart) -> QMenu:
    QApplication.processEvents()
    [menu] = [one for one in shown.findChildren(QMenu) if one.isVisible()]
    return menu


def test_pointing_at_a_bar_says_its_value_beside_it(qtbot, insights):
    shown = chart(insights, SOLD)
    qtbot.mouseMove(shown, middle(shown, 1))
    value, age = readout(shown).split("\n")
    assert value == "王强: ¥3,000.00   n=1"
    assert age.startswith("data as of ")
    qtbot.mouseMove(shown, QPoint(2, 2))
    assert readout(shown) == ""


def test_the_keyboard_walks_over_the_bars_and_what_it_stands_on_is_seen_and_read(qtbot, insights):
    shown = chart(insights, SOLD)
    shown.setFocus()
    before = image_of(shown)
    QAccessible.setActive(True)
    try:
        told = QAccessible.queryAccessibleInterface(shown)
        for key, said in (
            (Qt.Key.Key_Right, "李娜: ¥4,000.00   n=1"),
            (Qt.Key.Key_End, "王强: ¥3,000.00   n=1"),
            (Qt.Key.Key_Up, "李娜: ¥4,000.00   n=1"),
            (Qt.Key.Key_Left, "王强: ¥3,000.00   n=1"),
            (Qt.Key.Key_Home, "李娜: ¥4,000.00   n=1"),
        ):
            qtbot.keyClick(shown, key)
            assert readout(shown).split("\n")[0] == said
            assert told.text(QAccessible.Text.Description) == readout(shown)
            assert told.text(QAccessible.Text.Name) == SOLD
    finally:
        QAccessible.setActive(False)
    assert image_of(shown) != before
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert readout(shown) == ""
    assert image_of(shown) == before


def test_the_space_key_opens_the_records_as_enter_does(qtbot, window, insights):
    shown = chart(insights, SOLD)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_End)
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    opened(qtbot, window, SOLD, "王强")


def test_every_chart_says_what_it_measures_when_and_of_how_many_records(insights):
    for one in charts(insights):
        said = [label.text() for label in one.findChildren(QLabel) if label.isVisible()]
        assert one.data.title in said
        assert f"{one.data.table.measure} · All time · n={one.data.table.n:,}" in said
        assert one.data.table.n > 0


def test_a_chart_of_nothing_says_so_and_offers_nothing(qtbot, alone):
    show(qtbot, alone, made("ranked", []))
    said = [one.text() for one in alone.findChildren(QLabel) if one.isVisible()]
    assert [one for one in said if one.startswith("No records for this yet.")]
    assert not alone.findChild(QToolButton).isVisible()
    qtbot.keyClick(alone, Qt.Key.Key_Right)
    qtbot.keyClick(alone, Qt.Key.Key_Return)
    assert readout(alone) == ""


def test_an_entry_of_the_legend_takes_what_it_names_away_and_brings_it_back(qtbot, alone):
    line = Line("A year earlier", (Decimal(9), None, Decimal(8)))
    show(qtbot, alone, made("columns", [5, 6, 7], lines=(line,)))
    line_colour, bar_colour = QColor(LIGHT.series[1]), QColor(LIGHT.series[0])

    def has(colour: QColor) -> bool:
        plot = alone.grab(alone._space.geometry()).toImage()
        return any(
            plot.pixelColor(x, y) == colour
            for x in range(0, plot.width(), 1)
            for y in range(0, plot.height(), 1)
        )

    assert has(line_colour)
    assert has(bar_colour)
    assert alone.said(0).endswith("A year earlier: ¥9.00")
    entry = named(alone, QCheckBox, "A year earlier")
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: alone.ready)
    assert not has(line_colour)
    assert has(bar_colour)
    assert "earlier" not in alone.said(0)
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    qtbot.keyClick(named(alone, QCheckBox, "Title?"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: alone.ready)
    assert has(line_colour)
    assert not has(bar_colour)
    focused = named(alone, QCheckBox, "Title?")
    show(qtbot, alone, made("columns", [5, 6, 9], lines=(line,)))
    assert named(alone, QCheckBox, "Title?") is focused  # new numbers leave it as it was
    assert not focused.isChecked()


def test_tab_goes_from_a_chart_to_its_legend_to_its_menu_to_the_next_chart(qtbot, window, insights):
    title = "Who wins more of the deals?"
    chart(insights, title).setFocus()
    visited = []
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        visited.append(window.focusWidget().accessibleName())
    assert visited == [
        "Win rate", "95 % interval", "All together: 66.7%", f"Copy, save or print: {title}",
        "Which products sell most?",
    ]  # fmt: skip


def test_months_are_compared_with_the_year_before(window, qtbot, insights):
    with window.session.book.change("Last year") as change:
        deal = {"name": "旧商机", "customer": "C001", "owner": "王强", "stage": "赢单"}
        days = {"opened_on": "2025-02-01", "closed_on": "2025-03-09"}
        change.add("opportunity", {**deal, **days, "amount": 900})
    drawn(qtbot, insights)
    shown = chart(insights, "How much did we win each month?")
    [line] = shown.data.lines
    found = {
        bar.label: value
        for bar, value in zip(shown.data.bars, line.values, strict=True)
        if value is not None
    }
    assert found == {"2026-03": 900}
    at = [one.label for one in shown.data.bars].index("2026-03")
    assert shown.said(at) == "2026-03: ¥3,000.00   n=1\nA year earlier: ¥900.00"


@pytest.mark.parametrize("way", ["right click", "menu key", "shift", "button"])
def test_each_chart_has_a_menu_by_mouse_and_keyboard(qtbot, insights, way):
    shown = chart(insights, SOLD)
    if way == "right click":
        at = middle(shown, 0)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, shown.mapToGlobal(at))
        QApplication.sendEvent(shown, event)
    elif way == "button":
        qtbot.keyClick(named(shown, QToolButton, f"Copy, save or print: {SOLD}"), Qt.Key.Key_Space)
    else:
        shown.setFocus()
        shifted = Qt.KeyboardModifier.ShiftModifier if way == "shift" else Qt.KeyboardModifier(0)
        qtbot.keyClick(shown, Qt.Key.Key_F10 if way == "shift" else Qt.Key.Key_Menu, shifted)
    menu = menu_of(shown)
    assert [one.text() for one in menu.actions()] == [
        "Copy as picture", "Save as picture…", "Data as a sheet…", "Print…",
    ]  # fmt: skip
    menu.close()
