"""What holds for the whole book is chosen where a person looks for it, and seen at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from models.book import Book
from models.periods import JANUARY, FiscalCalendar
from models.relative import Relative
from tests.ui.acting import choose, named, settle
from ui.dialogs.preferences import Preferences
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture
def dialog(qtbot, window) -> Preferences:
    window.do_preferences()
    [made] = window.findChildren(Preferences)
    return made


def periods_of(page) -> list[str]:
    """All time, and the years, which stand below the line."""
    period = named(page, QComboBox, "Period")
    offered = [period.itemText(at) for at in range(period.count())]
    return [offered[0], *offered[offered.index("") + 1 :]]


def test_the_fiscal_year_is_chosen_and_the_charts_follow_at_once_and_back_with_undo(qtbot, window):
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown)
    assert periods_of(page) == ["All time", "2026"]
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    choose(qtbot, named(dialog, QComboBox, "Fiscal year starts in"), "April")
    assert window.session.book.calendar == FiscalCalendar(4)
    assert window.session.book.info(window.session.book.last_change).reason == (
        "Fiscal year starts in: April"
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.shown)
    assert periods_of(page) == ["All time", "FY2026/27", "FY2025/26"]
    choose(qtbot, named(page, QComboBox, "Period"), "FY2025/26")
    qtbot.waitUntil(lambda: page.shown)
    [chart] = [one for one in page._charts if one.data.title == "How much did we win each month?"]
    assert chart.data.table.period == "FY2025/26"
    assert sum(one.value for one in chart.data.bars) == Decimal(3000)  # what was won until March
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: page.shown)
    assert window.session.book.calendar == JANUARY
    assert periods_of(page) == ["All time", "2026"]


def test_what_is_counted_from_today_is_offered_and_said_by_its_days(qtbot, window):
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown)
    window.session.set_book({"year_starts": "2"})
    [deal] = window.session.book.ids("opportunity", "name=商机3")
    window.session.set("opportunity", deal, {"closed_on": date.today().isoformat()})
    choose(qtbot, named(page, QComboBox, "Period"), "This quarter")
    qtbot.waitUntil(lambda: page.shown)
    [chart] = [one for one in page._charts if one.data.title == "Who sold how much?"]
    assert chart.data.table.period == FiscalCalendar(2).of("quarter", date.today()).text()
    assert [(one.label, one.value) for one in chart.data.bars] == [("王强", 3000)]


def test_a_period_without_records_says_so_and_not_that_the_book_is_empty(qtbot, window):
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown)
    choose(qtbot, named(page, QComboBox, "Period"), "Last month")
    qtbot.waitUntil(lambda: page.shown)
    label = Relative("month", -1).period(JANUARY, date.today()).text()
    assert {one.accessibleDescription() for one in page._charts} == {
        f"No records for this in {label}."
    }


def test_periods_are_listed_anew_when_the_page_comes_back(qtbot, window):
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown)
    window.page("customers")
    window.session.set_book({"year_starts": "4"})
    window.page("insights")
    assert periods_of(page)[1] == "FY2026/27"
    qtbot.waitUntil(lambda: page.shown)


def test_the_week_is_chosen_and_a_filtered_list_follows(qtbot, window):
    with window.session.book.change("A Sunday") as change:
        change.add("order", {"code": "SO-3", "customer": "C001", "ordered_on": "2026-01-04"})
    page = window.page("orders").list_of("order")
    page.filter.setText("ordered_on=2026-W02")
    page.reload()
    settle(qtbot, window)
    assert page.model.rowCount() == 1
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    choose(qtbot, named(dialog, QComboBox, "Week starts on"), "Sunday")
    settle(qtbot, window)
    assert window.session.book.calendar == FiscalCalendar(1, "sunday")
    assert page.model.rowCount() == 2


def test_the_currency_is_shown_and_why_it_stays(qtbot, window, dialog):
    [shown] = [one for one in dialog.findChildren(QLabel) if one.accessibleName() == "Currency"]
    assert shown.text() == "CNY"
    assert "amounts were entered" in shown.accessibleDescription()
    assert shown.focusPolicy() & Qt.FocusPolicy.TabFocus  # who can't see it reaches it too


def test_on_a_small_screen_with_large_text_all_of_it_is_reached(qtbot, window):
    window.set_text_size(200)
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    settle(qtbot, window)
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    last = named(dialog, QComboBox, "Week starts on")
    last.setFocus()
    QApplication.processEvents()
    seen = dialog.rect().contains(last.mapTo(dialog, last.rect().bottomRight()))
    assert seen
    window.set_text_size(100)


def test_choosing_what_holds_already_changes_nothing(qtbot, window, dialog):
    before = window.session.book.last_change
    choose(qtbot, named(dialog, QComboBox, "Week starts on"), "Monday")
    assert window.session.book.last_change == before


def test_what_another_program_chose_is_seen_while_the_dialog_is_open(qtbot, window, dialog):
    with (
        Book.open(window.session.book.path) as other,
        other.change("elsewhere") as change,
    ):
        change.set_book({"year_starts": "7"})
    window._look()
    assert named(dialog, QComboBox, "Fiscal year starts in").currentText() == "July"
    assert window.session.book.calendar.year_starts == 7


def test_a_refused_choice_is_said_and_the_dialog_shows_what_holds(qtbot, window, dialog):
    said: list[str] = []
    window.session.refused.connect(said.append)
    with Book.open(window.session.book.path) as other, other.change("long") as change:
        change.add("customer", {"name": "甲"})
        choose(qtbot, named(dialog, QComboBox, "Fiscal year starts in"), "April")
        assert len(said) == 1
        assert named(dialog, QComboBox, "Fiscal year starts in").currentText() == "January"
    assert window.session.book.calendar == JANUARY


def test_without_a_book_there_is_nothing_of_a_book(qtbot):
    window = MainWindow(Settings())
    window.show()
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    QApplication.processEvents()
    shown = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert "This book" not in shown
    assert not [one for one in dialog.findChildren(QComboBox) if "starts" in one.accessibleName()]
    window.close()
    window.deleteLater()
