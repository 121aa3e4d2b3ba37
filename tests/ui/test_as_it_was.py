"""A record as it was: looked at by the slider, a day or a step, and brought back value by value."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QTableWidget,
    QTabWidget,
    QToolButton,
)

from tests.ui.acting import button, click, named, show_tab, table_texts, write
from ui.main_window import MainWindow
from ui.records.detail_pane import DetailPane

CITIES = ("上海", "北京", "苏州")
Key = Qt.Key


@pytest.fixture
def pane(window: MainWindow, settled) -> DetailPane:
    """A customer whose city was written three times and whose owner changed, at its history."""
    book = window.session.book
    for at, city in enumerate(CITIES):
        book.set("customer", 1, {"city": city}, reason=f"City {at + 1}")
    book.set("customer", 1, {"owner": "李娜"}, reason="Handed over")
    settled(window)
    page = window.records
    page.grid.pick(1)
    settled(window)
    show_tab(page.detail.findChild(QTabWidget), "History")
    settled(window)
    return page.detail


def slider(pane: DetailPane) -> QSlider:
    return named(pane, QSlider, "As it was")


def shown(pane: DetailPane, field: str) -> str:
    return named(pane, QLineEdit, field).text()


def told(pane: DetailPane) -> str:
    """What the pane says of the moment, as a screen reader hears it too."""
    return slider(pane).accessibleDescription()


def marked(pane: DetailPane) -> list[str]:
    return [
        f"≠ {one.text()}"
        for one in pane.findChildren(QLabel)
        if one.objectName() == "warning" and one.buddy() and one.isVisible()
    ]


def back_buttons(pane: DetailPane) -> list[str]:
    found = [one for one in pane.findChildren(QToolButton) if one.isVisible()]
    return [one.toolTip() for one in found if "Bring" in one.toolTip()]


def test_the_slider_leads_through_the_records_changes_and_fields_that_differ_are_marked(
    qtbot, pane
):
    assert told(pane) == "As it is today, after 5 changes."
    assert not button(pane, "Today").isEnabled()
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert (shown(pane, "City"), shown(pane, "Owner")) == ("苏州", "王强")
    assert marked(pane) == ["≠ Owner"]
    assert "City 3" in told(pane)
    assert told(pane).endswith("≠ 1 field is different today.")
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert shown(pane, "City") == "北京"
    assert sorted(marked(pane)) == ["≠ City", "≠ Owner"]
    city = named(pane, QLineEdit, "City")
    assert city.isReadOnly()
    assert city.accessibleDescription() == "Today: 苏州"
    assert any(one.text() == "≠ Today: 苏州" for one in pane.findChildren(QLabel))
    for _ in range(5):
        qtbot.keyClick(slider(pane), Key.Key_Left)
    assert told(pane) == "The record wasn't in the book then."


@pytest.mark.parametrize("key", [Key.Key_Home, Key.Key_Escape])
def test_today_is_one_key_away(qtbot, pane, key):
    qtbot.keyClick(slider(pane), Key.Key_Left)
    qtbot.keyClick(slider(pane), Key.Key_Left)
    qtbot.keyClick(slider(pane), key)
    assert told(pane).startswith("As it is today")
    assert marked(pane) == []


def test_escape_leads_back_from_within_the_fields(qtbot, pane):
    qtbot.keyClick(slider(pane), Key.Key_Left)
    city = named(pane, QLineEdit, "City")
    city.setFocus()
    qtbot.keyClick(city, Key.Key_Escape)
    assert told(pane).startswith("As it is today")
    assert slider(pane).hasFocus()


def test_a_value_is_brought_back_as_an_edit_that_can_be_undone_and_the_moment_stays(
    qtbot, window, pane, settled
):
    for _ in range(3):
        qtbot.keyClick(slider(pane), Key.Key_Left)
    assert shown(pane, "City") == "上海"
    wanted = named(pane, QToolButton, "Bring this value back: City")
    wanted.setFocus()
    qtbot.keyClick(wanted, Key.Key_Space)
    settled(window)
    book = window.session.book
    assert book.record("customer", 1)["city"] == "上海"
    assert window.notices.text == "Bring back City of 江苏单氏机械有限公司"
    assert shown(pane, "City") == "上海"
    assert marked(pane) == ["≠ Owner"]
    assert slider(pane).hasFocus()
    click(qtbot, window.notices, "Undo")
    settled(window)
    assert book.record("customer", 1)["city"] == "苏州"
    assert sorted(marked(pane)) == ["≠ City", "≠ Owner"]
    qtbot.mouseClick(
        named(pane, QToolButton, "Bring this value back: Owner"), Qt.MouseButton.LeftButton
    )
    assert book.record("customer", 1)["owner"].label == "王强"
    tabs = pane.findChild(QTabWidget)
    show_tab(tabs, "Fields")
    assert shown(pane, "Owner") == "王强"  # the form tells what was written meanwhile


def test_a_day_is_typed_and_a_day_before_the_record_or_no_day_is_said_in_words(qtbot, pane):
    line = named(pane, QLineEdit, "On the day")
    yesterday = date.today() - timedelta(days=1)
    write(qtbot, line, "yesterday")
    assert line.text() == yesterday.isoformat()
    assert told(pane) == "The record wasn't in the book then."
    write(qtbot, line, "today")
    assert told(pane).startswith("As it is today")
    write(qtbot, line, "nonsense")
    assert any("nonsense" in one.text() for one in pane.findChildren(QLabel) if one.isVisible())
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert line.text() == ""


def test_a_step_of_the_list_shows_the_record_after_it_and_the_slider_moves_along(qtbot, pane):
    steps = named(pane, QTableWidget, "History")
    assert [row[3] for row in table_texts(steps)] == ["李娜", "苏州", "北京", "上海", "Added"]
    steps.setFocus()
    steps.setCurrentCell(0, 0)
    qtbot.keyClick(steps, Key.Key_Down)
    qtbot.keyClick(steps, Key.Key_Down)
    assert shown(pane, "City") == "北京"
    assert slider(pane).value() == 3
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert steps.currentRow() == 3


def test_what_lies_in_the_recycle_bin_is_looked_at_but_not_written(qtbot, window, pane, settled):
    page = window.records
    with window.session.book.change("Away") as change:
        change.remove("customer", [1])
    page.bin_button.click()
    settled(window)
    page.grid.pick(1)
    settled(window)
    show_tab(pane.findChild(QTabWidget), "History")
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert "recycle bin" not in told(pane)
    qtbot.keyClick(slider(pane), Key.Key_Left)
    assert shown(pane, "Owner") == "王强"
    assert marked(pane) == ["≠ Owner"]
    assert back_buttons(pane) == []


def test_another_record_is_shown_as_it_is_today(qtbot, window, pane, settled):
    qtbot.keyClick(slider(pane), Key.Key_Left)
    window.records.grid.pick(2)
    settled(window)
    assert told(pane).startswith("As it is today, after 1 change")


def test_the_same_in_chinese_with_every_part_named(qtbot, window, pane, settled):
    window.set_language("zh_CN")
    settled(window)
    line = named(pane, QSlider, "当时的样子")
    qtbot.keyClick(line, Key.Key_Left)
    assert "有 1 个字段与今天不同" in line.accessibleDescription()
    assert button(pane, "今天").accessibleName() == "今天"
    named(pane, QLineEdit, "在这一天")
    named(pane, QToolButton, "取回这个值：负责人")
    found = QAccessible.queryAccessibleInterface(named(pane, QLineEdit, "负责人"))
    assert found.state().readOnly


def test_a_long_history_is_read_in_windows_and_every_step_stays_within_reach(
    qtbot, window, pane, settled
):
    book = window.session.book
    pane.show_record(0)
    for number in range(450):
        book.set("customer", 1, {"city": f"城{number}"})
    settled(window)
    pane.show_record(1)
    show_tab(pane.findChild(QTabWidget), "History")
    steps = named(pane, QTableWidget, "History")
    assert steps.rowCount() == 200
    slider(pane).setValue(10)
    assert shown(pane, "City") == "城4"
    assert steps.item(steps.currentRow(), 3).text() == "城4"
    qtbot.keyClick(slider(pane), Key.Key_Home)
    steps.setCurrentCell(0, 0)
    for _ in range(250):
        qtbot.keyClick(steps, Key.Key_Down)
    assert shown(pane, "City") == "城199"


def test_the_buttons_follow_the_reading_order(pane):
    today = named(pane, QPushButton, "Today")
    assert today.focusPolicy() & Qt.FocusPolicy.TabFocus
