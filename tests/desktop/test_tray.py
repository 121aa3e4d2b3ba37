"""The icon beside the clock, where the desktop has one: here it is made without being shown."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

import resources
from desktop.tray import Tray
from models import texts
from tests.ui.conftest import book_path, window  # noqa: F401 - a window on a small team's book
from tests.ui.test_reminders import clock, come, desk  # noqa: F401 - reminders by a clock of a test
from ui import languages, windows

# The screen of tests has no place for icons; Qt says so.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@pytest.fixture
def tray(qtbot, window, desk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    app = QApplication.instance()
    app.setWindowIcon(QIcon(str(resources.path("icons", "daybook.svg"))))
    made = Tray(desk, app)
    desk.changed.emit()
    yield made
    made.stop()
    made.deleteLater()


def entries(tray: Tray) -> dict[str, QAction]:
    tray._menu.aboutToShow.emit()
    return {one.text(): one for one in tray._menu.actions() if one.text()}


def test_its_menu_opens_puts_off_and_says_how_many(qtbot, window, desk, clock, tray):  # noqa: F811
    assert list(entries(tray)) == ["Open Daybook", "Today", "Remind me later", "Quit"]
    assert not entries(tray)["Remind me later"].isEnabled()
    come(qtbot, window, desk, clock, "2026-03-05 13:45")
    assert tray._icon.toolTip() == "Daybook: 2 reminders"
    window.reminder_bar.hide()
    entries(tray)["Open Daybook"].trigger()
    assert window.reminder_bar.isVisible()
    entries(tray)["Today"].trigger()
    assert window.page_id == "today"
    later = entries(tray)["Remind me later"].menu()
    [hour] = [one for one in later.actions() if one.text() == "In an hour"]
    hour.trigger()
    assert desk.shown == []
    assert come(qtbot, window, desk, clock, "2026-03-05 14:45") == ["寄样品", "谈年框"]


def test_it_speaks_the_language_in_force(qtbot, window, desk, tray):  # noqa: F811
    for language in texts.LANGUAGES:
        languages.apply(QApplication.instance(), language)
        assert next(iter(entries(tray))) == texts.tr("Open Daybook")


def test_nobody_who_wants_no_reminders_has_an_icon(qtbot, window, desk, tray):  # noqa: F811
    assert tray._icon.isVisible()
    assert windows._icon
    window._prefer("reminders", "none")
    qtbot.waitUntil(lambda: not tray._icon.isVisible())
    assert not windows._icon
    window._prefer("tray", "on")
    desk.look()
    assert tray._icon.isVisible()


def test_quit_closes_what_waits_hidden_too(qtbot, window, desk, tray, monkeypatch):  # noqa: F811
    ended: list[int] = []
    monkeypatch.setattr(tray._app, "quit", lambda: ended.append(1), raising=False)
    window._prefer("tray", "on")
    window.close()
    assert windows.waiting() == [window]
    entries(tray)["Quit"].trigger()
    assert window.session is None
    assert ended == [1]
