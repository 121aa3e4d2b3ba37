"""Reminders on the screen, by a clock that the test holds: nothing sleeps, nothing is shown at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from desktop.tray import words
from models import texts
from tests.ui.acting import button, click, named, settle
from ui import reminder_bar, reminders, windows
from ui.reminder_bar import ReminderTable
from ui.reminders import Desk

HERE = ZoneInfo("Asia/Shanghai")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, text: str) -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=HERE)

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)

    def to(self, text: str) -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.fixture
def clock():
    return Clock("2026-03-05 09:00")  # a Thursday


@pytest.fixture
def desk(qtbot, window, clock):
    with window.session.book.change("Plans") as change:
        change.add("task", {"title": "寄样品", "owner": "王强", "customer": "C001",
                            "due": "2026-03-06", "remind_at": "2026-03-05 10:00"})  # fmt: skip
        change.add("follow_up_plan", {"customer": "C001", "due": "2026-03-05", "person": "王强",
                                      "at": "2026-03-05 14:00", "purpose": "谈年框"})  # fmt: skip
        change.add("meeting", {"title": "周会", "held_on": "2026-03-06",
                               "starts_at": "2026-03-06 08:10"})  # fmt: skip
    made = reminders.begin(window.settings, window, clock)
    made.came.connect(reminder_bar.announce)
    made.enter(window.session)
    settle(qtbot, window)
    yield made
    reminders.end()


def come(qtbot, window, desk: Desk, clock: Clock, text: str) -> list[str]:
    """Let the clock show a time, and wake; gives what came."""
    came: list[str] = []
    desk.came.connect(lambda fresh: came.extend(one.item.title for one in fresh))
    clock.to(text)
    desk.wake()
    settle(qtbot, window)
    return came


def listed(window) -> list[str]:
    bar = window.reminder_bar
    if bar is None or not bar.isVisible():
        return []
    return [bar.table.item(row, 2).text() for row in range(bar.table.rowCount())]


def test_each_appears_at_its_moment_and_the_keys_stay_where_they_were(qtbot, window, desk, clock):
    window.page("customers")
    settle(qtbot, window)
    window.records.search.setFocus()
    assert listed(window) == []
    assert desk.next_at == datetime(2026, 3, 5, 10, tzinfo=HERE)
    assert come(qtbot, window, desk, clock, "2026-03-05 09:59") == []
    assert come(qtbot, window, desk, clock, "2026-03-05 10:00") == ["寄样品"]
    assert listed(window) == ["寄样品"]
    assert window.records.search.hasFocus()
    assert come(qtbot, window, desk, clock, "2026-03-05 13:45") == ["谈年框"]
    assert listed(window) == ["寄样品", "谈年框"]
    assert come(qtbot, window, desk, clock, "2026-03-05 13:50") == []


def test_nothing_comes_at_night_and_the_morning_brings_it(qtbot, window, desk, clock):
    with window.session.book.change("Late") as change:
        change.set("task", 1, {"remind_at": "2026-03-05 23:00"})
        change.set("follow_up_plan", 1, {"status": "done"})
    qtbot.waitUntil(lambda: len(desk._watches[window.session.book.id].items) == 2)
    assert come(qtbot, window, desk, clock, "2026-03-05 23:30") == []
    assert come(qtbot, window, desk, clock, "2026-03-06 07:59") == []
    assert come(qtbot, window, desk, clock, "2026-03-06 08:00") == ["寄样品", "周会"]


def test_done_by_key_writes_it_and_an_undo_takes_it_back(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 10:01")
    window.do_reminders()
    window.do_reminders()  # closed, and shown again with the keys in it
    table = named(window, ReminderTable, "Reminders")
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.session.book.record("task", 1)["status"] == "done"
    assert desk.shown == []
    assert not window.reminder_bar.isVisible()
    assert window.notices.text == "Done: 寄样品"
    window.session.undo()
    settle(qtbot, window)
    assert come(qtbot, window, desk, clock, "2026-03-05 10:05") == [], "each is said once"


def test_enter_opens_the_record_and_delete_says_that_it_was_seen(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 13:45")
    table = named(window, ReminderTable, "Reminders")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (window.page_id, window.records.entity) == ("tasks", "task")
    assert window.records.detail.id == 1
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert listed(window) == ["谈年框"]
    click(qtbot, window.reminder_bar, "All seen")
    assert (listed(window), desk.shown) == ([], [])


def test_what_is_put_off_comes_again(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 10:00")
    later = button(window.reminder_bar, "Remind me later").menu()
    [ten] = [one for one in later.actions() if one.text() == "In 10 minutes"]
    ten.trigger()
    assert listed(window) == []
    assert desk.next_at == datetime(2026, 3, 5, 10, 10, tzinfo=HERE)
    assert come(qtbot, window, desk, clock, "2026-03-05 10:10") == ["寄样品"]
    [morning] = [one for one in later.actions() if one.text() == "On the next working morning"]
    morning.trigger()
    assert come(qtbot, window, desk, clock, "2026-03-05 19:00") == ["谈年框"]
    assert "寄样品" in come(qtbot, window, desk, clock, "2026-03-06 08:00")


def test_the_menu_key_offers_everything(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 10:00")
    table = named(window, ReminderTable, "Reminders")
    table.customContextMenuRequested.emit(table.rect().center())
    QApplication.processEvents()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Open record", "Done", "Seen",
        "In 10 minutes", "In an hour", "On the next working morning",
    ]  # fmt: skip
    menu.close()


def test_what_is_done_elsewhere_or_moved_goes_from_the_list(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 13:45")
    with window.session.book.change("Elsewhere") as change:
        change.set("task", 1, {"status": "cancelled"})
        change.set("follow_up_plan", 1, {"at": "2026-03-05 16:00"})
    qtbot.waitUntil(lambda: desk.shown == [])
    assert come(qtbot, window, desk, clock, "2026-03-05 15:45") == ["谈年框"]


def test_the_next_start_tells_what_was_missed_in_one_list(qtbot, window, desk, clock):
    reminders.end()
    clock.to("2026-03-09 08:30")
    again = reminders.begin(window.settings, window, clock)
    again.came.connect(reminder_bar.announce)
    again.enter(window.session)
    settle(qtbot, window)
    assert len(again.shown) == 3
    assert window.reminder_bar._head.text() == "3 reminders from while the program was closed"
    reminders.end()
    third = reminders.begin(window.settings, window, clock)
    third.enter(window.session)
    settle(qtbot, window)
    assert third.shown == [], "they were told"


def test_two_windows_show_one_reminder(qtbot, window, desk, clock):
    window.do_new_window()
    other = next(one for one in windows.opened() if one is not window)
    settle(qtbot, other)
    desk.enter(other.session)
    came = come(qtbot, window, desk, clock, "2026-03-05 10:00")
    assert came == ["寄样品"]
    bars = [one.reminder_bar for one in windows.opened()]
    assert sum(bar is not None and bar.isVisible() for bar in bars) == 1
    window.close()  # the other one goes on
    settle(qtbot, other)
    assert come(qtbot, other, desk, clock, "2026-03-05 13:45") == ["谈年框"]


def test_preferences_hold_at_once(qtbot, window, desk, clock):
    window._prefer("remind_before", "60")
    settle(qtbot, window)
    assert come(qtbot, window, desk, clock, "2026-03-05 13:00") == ["寄样品", "谈年框"]
    window._prefer("reminders", "none")
    settle(qtbot, window)
    assert (desk.shown, desk.next_at) == ([], None)


def test_who_is_in_the_team_is_reminded_of_their_own(qtbot, window, desk, clock):
    window._prefer("author", "李娜")
    desk.prefer()
    settle(qtbot, window)
    assert [one.title for one in desk._watches[window.session.book.id].items] == ["周会"]


def test_a_machine_that_slept_looks_at_once_and_asks_the_book_only_after_changes(
    qtbot, window, desk, clock
):
    watch = desk._watches[window.session.book.id]
    asked: list[int] = []
    watch.read.connect(lambda: asked.append(1))
    for minute in range(1, 31):  # half an hour
        clock.at = datetime(2026, 3, 5, 9, minute, tzinfo=HERE)
        desk.wake()
    assert asked == []
    clock.at += timedelta(hours=6)
    desk.wake()
    assert [one.item.title for one in desk.shown] == ["寄样品", "谈年框"]
    assert 0 < desk._timer.remainingTime() <= 63_000, "a minute, as coarse timers keep it"


def test_a_closed_window_waits_only_if_wanted_and_an_icon_brings_it_back(
    qtbot, window, desk, clock
):
    assert not windows.may_wait(window)
    window._prefer("tray", "on")
    assert not windows.may_wait(window), "no icon, no waiting"
    windows.icon_is_there(True)
    try:
        window.close()
        assert not window.isVisible()
        assert window.session is not None
        assert come(qtbot, window, desk, clock, "2026-03-05 10:00") == ["寄样品"]
        assert windows.come_back() is window
        assert window.isVisible()
        window.close()
        windows.close_all()
        assert window.session is None
    finally:
        windows.icon_is_there(False)
        windows._waiting.clear()


def test_the_desktop_is_told_the_same_in_few_words(qtbot, window, desk, clock):
    come(qtbot, window, desk, clock, "2026-03-05 10:00")
    assert words(tuple(desk.shown)) == ("寄样品", "江苏单氏机械有限公司 · due 2026-03-06\n10:00")
    come(qtbot, window, desk, clock, "2026-03-05 13:45")
    assert words(tuple(desk.shown)) == ("2 reminders", "10:00 寄样品\n14:00 谈年框")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_part_has_its_name_in_both_languages(qtbot, window, desk, clock, language):
    come(qtbot, window, desk, clock, "2026-03-05 10:00")
    window.set_language(language)
    for one in window.reminder_bar.findChildren(QPushButton):
        assert one.accessibleName() == one.text() != ""
    window._prefer("reminders", "none")
    settle(qtbot, window)
    assert window.reminder_bar._head.text()
