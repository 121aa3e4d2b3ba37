"""The window backs its book up by itself, keeps nobody waiting, and gives a backup back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QTableWidget

from models import backups
from models.book import Book
from tests.ui.acting import button, click, named, settle
from ui import automatic_backups
from ui.dialogs.backups import Backups


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DAYBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def made(path: Path) -> list[backups.Listed]:
    with Book.open(path) as book:
        return backups.listed(book)


def rename(window, text: str) -> None:
    assert window.session.set("customer", 1, {"name": text}) is None


def dialog(qtbot, window) -> Backups:
    window.actions_["backups"].trigger()
    settle(qtbot, window)
    return next(one for one in window.findChildren(Backups) if one.isVisible())


def rows(shown: Backups) -> list[list[str]]:
    table = shown.findChild(QTableWidget)
    return [[table.item(row, at).text() for at in range(3)] for row in range(table.rowCount())]


def test_a_book_is_backed_up_within_a_minute_of_being_opened_then_every_half_hour(
    window, qtbot, monkeypatch
):
    timer = window.backups.findChild(QTimer)
    assert timer.isActive()
    assert timer.interval() <= 60_000
    path = window.session.book.path
    window.backups.look()
    settle(qtbot, window)
    assert [one.since for one in backups.listed(window.session.book)] == [0]
    rename(window, "改名")
    window.backups.look()
    settle(qtbot, window)
    assert len(backups.listed(window.session.book)) == 1  # that was just now
    monkeypatch.setattr(backups, "HALF_HOUR", backups.AT_ONCE)
    window.backups.look()
    settle(qtbot, window)
    assert backups.listed(window.session.book)[0].since == 0
    assert not window.notices.isVisible()  # it is nothing to talk about
    assert path.exists()


def test_closing_the_book_or_the_window_backs_it_up(window, qtbot, book_path):
    window.do_close_book()
    settle(qtbot, window)
    assert [one.since for one in made(book_path)] == [0]
    assert window.open_book(book_path)
    settle(qtbot, window)
    rename(window, "改名")
    window.close()
    assert made(book_path)[0].since == 0


def test_a_large_book_is_not_backed_up_when_it_closes_but_when_it_is_opened_again(
    window, qtbot, book_path, monkeypatch
):
    monkeypatch.setattr(automatic_backups, "_WHEN_CLOSING", 1000)
    window.do_close_book()
    settle(qtbot, window)
    assert made(book_path) == []
    assert window.open_book(book_path)
    window.backups.look()
    settle(qtbot, window)
    assert [one.since for one in made(book_path)] == [0]


def test_before_an_import_and_a_large_undo_the_book_is_backed_up(
    window, qtbot, tmp_path, monkeypatch
):
    sheet = tmp_path / "客户.csv"
    lines = ["客户名称,客户编号", *(f"新客户{number}有限公司,N{number:04}" for number in range(30))]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    before = window.session.book.last_change
    review = window.import_files([sheet])
    settle(qtbot, window)
    click(qtbot, review, "Import 30 records")
    settle(qtbot, window)
    assert window.session.book.last_change == before + 1
    assert [one.backup.change for one in backups.listed(window.session.book)] == [before]
    monkeypatch.setattr("ui.session._LARGE", 10)
    window.do_undo()
    settle(qtbot, window)
    latest = max(one.backup.change for one in backups.listed(window.session.book))
    assert latest == before + 1  # what the undo takes away


def test_who_switches_it_off_has_no_backups_but_those_asked_for(window, qtbot, book_path):
    shown = dialog(qtbot, window)
    assert rows(shown) == []
    box = named(shown, QCheckBox, "Back up automatically")
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not window.settings.backups
    window.backups.look()
    settle(qtbot, window)
    assert backups.listed(window.session.book) == []
    click(qtbot, shown, "Back up now")
    settle(qtbot, window)
    assert [row[2] for row in rows(shown)] == ["as the book is now"]
    click(qtbot, shown, "Back up now")
    settle(qtbot, window)
    assert len(rows(shown)) == 1  # nothing has changed
    shown.close()
    rename(window, "改名")
    window.do_close_book()
    settle(qtbot, window)
    assert [one.since for one in made(book_path)] == [1]


def test_a_backup_becomes_a_book_of_its_own_and_the_open_one_stays_as_it_is(
    window, qtbot, book_path, tmp_path, monkeypatch
):
    old = window.session.book.record("customer", 1)["name"]
    backups.make(book_path)
    rename(window, "新名")
    rename(window, "更新的名")
    shown = dialog(qtbot, window)
    assert [row[2] for row in rows(shown)] == ["2 changes since"]
    target = tmp_path / "again.daybook"
    monkeypatch.setattr("ui.files.ask_save", lambda *asked: target)
    qtbot.keyClick(button(shown, "Restore as a new book…"), Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.session.book.path == target
    assert window.session.book.record("customer", 1)["name"] == old
    with Book.open(book_path) as book:
        assert book.record("customer", 1)["name"] == "更新的名"


def test_a_place_that_is_taken_is_said_in_the_dialog(window, qtbot, book_path):
    made_now = backups.make(book_path)
    shown = dialog(qtbot, window)
    shown.restore_to(made_now, book_path)
    settle(qtbot, window)
    assert shown.isVisible()
    assert "already a file" in shown._said.text()
    assert button(shown, "Restore as a new book…").isEnabled()
    shown.close()


def test_a_lost_book_is_offered_from_its_backups(window, qtbot, book_path, tmp_path):
    backups.make(book_path)
    window.do_close_book()
    settle(qtbot, window)
    book_path.write_bytes(b"\0" * 8192)
    assert not window.open_book(book_path)
    settle(qtbot, window)
    shown = next(one for one in window.findChildren(Backups) if one.isVisible())
    assert len(rows(shown)) == 1
    assert not any(
        one.text() == "Back up now" for one in shown.findChildren(QPushButton) if one.isVisible()
    )
    shown.restore_to(backups.of_path(book_path)[0], tmp_path / "again.daybook")
    settle(qtbot, window)
    assert window.session.book.count("customer") == 4


def test_what_prevents_backups_is_said_once_and_prevents_nothing_else(window, qtbot, home):
    home.write_text("a file where the folder should be", encoding="utf-8")
    window.backups.look()
    settle(qtbot, window)
    assert window.notices.text.startswith("No automatic backup could be made. ")
    assert "Save a backup" in window.notices.text
    window.notices.hide()
    rename(window, "改名")
    window.backups.look()
    settle(qtbot, window)
    assert not window.notices.isVisible()
    window.do_close_book()
    settle(qtbot, window)
    assert window.session is None


def test_a_dialog_that_is_closed_waits_for_nothing(window, qtbot):
    window.actions_["backups"].trigger()
    shown = next(one for one in window.findChildren(Backups))
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert not [one for one in window.findChildren(Backups) if one.isVisible()]


@pytest.mark.parametrize("act", ["look", "close"])
def test_a_backup_never_holds_the_window_up(window, qtbot, act):
    with window.session.book.change("Much") as change:
        rows_ = [(f"公司{number}有限公司", "路" * 60) for number in range(40_000)]
        change.add_many("customer", ["name", "address"], rows_)
    settle(qtbot, window)
    worst, last, done = 0.0, time.monotonic(), False
    window.backups.look() if act == "look" else window.do_close_book()
    begun = time.monotonic()
    last = begun
    while not done or time.monotonic() - begun < 0.2:
        QApplication.processEvents()
        now = time.monotonic()
        worst, last = max(worst, now - last), now
        done = not window.jobs.busy
        time.sleep(0.002)
    assert worst < 0.2, worst
