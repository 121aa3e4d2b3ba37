"""What surrounds the pages: what is said below, what runs, what moves, what the menus' letters do."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStyle,
    QTabBar,
)

from desktop import operating_system
from models.progress import Progress
from tests.ui.acting import button, choose, click, named, settle
from ui import mnemonics, motion, theme, windows
from ui.actions import MENUS
from ui.dialogs.preferences import Preferences
from ui.job_list import JobList


@pytest.fixture(autouse=True)
def _as_before(qapp) -> Iterator[None]:
    font = QFont(qapp.font())
    yield
    for one in windows.opened():
        one.close()
    motion.system_says(False)
    motion.choose("system")
    theme.set_text_size(qapp, 100)
    qapp.setFont(font)


class Held:
    """Work that goes on until it is let go."""

    def __init__(self, fraction: float | None = None) -> None:
        self.go, self.fraction = threading.Event(), fraction

    def __call__(self, progress: Progress) -> str:
        while not self.go.wait(0.01):
            if self.fraction is None and progress.cancelled:
                progress.step(0)
            if self.fraction is not None:
                progress.step(self.fraction)
        return "done"


def run(window, text: str, work: Held) -> list[object]:
    told: list[object] = []
    window.jobs.run(text, work, told.append, told.append)
    return told


def stop(qtbot, window, *works: Held) -> None:
    for one in works:
        one.go.set()
    settle(qtbot, window)


# -- the status bar --------------------------------------------------------------------------------


def test_the_status_bar_says_that_all_is_saved_and_where(window, book_path):
    saved = window._status._saved
    assert saved.text() == saved.accessibleName() == "All changes saved"
    assert saved.toolTip() == str(book_path)


def test_while_a_job_writes_every_window_on_the_book_says_so(qtbot, window):
    window.do_new_window()
    [second] = windows.others(window)
    book, go, inside = window.session.book, threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        with book.change("A large one") as change:
            change.set("customer", 1, {"city": "南京"})
            inside.set()
            go.wait(10)

    window.jobs.run("Writing", work, lambda found: None, lambda error: None)
    qtbot.waitUntil(inside.is_set)
    for one in (window, second):
        qtbot.waitUntil(lambda one=one: one._status._saved.text() == "Saving…")
    go.set()
    settle(qtbot, window)
    for one in (window, second):
        qtbot.waitUntil(lambda one=one: one._status._saved.text() == "All changes saved")


def test_a_short_edit_lets_nothing_flicker(qtbot, window):
    said: list[str] = []
    window.session.writing.connect(lambda what: said.append(window._status._saved.text()))
    window.session.book.set("customer", 1, {"city": "南京"}, "Move")
    assert said == ["All changes saved", "All changes saved"]


def test_one_job_is_named_with_its_progress_and_a_button_that_stops_it(qtbot, window):
    work = Held(0.25)
    told = run(window, "Counting everything", work)
    status = window._status
    qtbot.waitUntil(lambda: status._bar.value() == 250)
    assert status._doing.text() == "Counting everything"
    assert status._bar.accessibleName() == "Counting everything"
    assert status._saved.isVisible()
    assert not status._several.isVisible()
    stopping = button(status, "Cancel")
    assert stopping.focusPolicy() & Qt.FocusPolicy.TabFocus
    stopping.setFocus()
    qtbot.keyClick(stopping, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert len(told) == 1
    assert not status._bar.isVisible()


def test_several_jobs_are_counted_listed_and_stopped_one_by_one_by_keyboard(qtbot, window):
    first, second = Held(0.5), Held(0.75)
    told = run(window, "Reading", first), run(window, "Writing", second)
    status = window._status
    several = button(status, "2 jobs run…")
    assert not status._cancel.isVisible()
    qtbot.waitUntil(lambda: status._bar.value() == 625)
    qtbot.keyClick(several, Qt.Key.Key_Space)
    listed = status.findChild(JobList)
    qtbot.waitUntil(listed.isVisible)
    texts = [one.text() for one in listed.findChildren(QLabel) if one.isVisible()]
    assert texts == ["Reading", "Writing"]
    bars = [one.value() for one in listed.findChildren(QProgressBar) if one.isVisible()]
    assert bars == [500, 750]
    [second_stop] = [
        one for one in listed.findChildren(QPushButton) if one.accessibleDescription() == "Writing"
    ]
    assert second_stop.accessibleName() == second_stop.text() == "Cancel"
    qtbot.keyClick(second_stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(told[1]) == 1)
    assert told[0] == []
    assert status._cancel.isVisible()
    stop(qtbot, window, first)
    assert told[0] == ["done"]
    assert not listed.isVisible()


def test_a_long_name_of_a_job_is_shortened_and_told_whole(qtbot, window):
    work, name = Held(), "Going back to before “" + "a very long reason " * 8 + "”"
    run(window, name, work)
    said = window._status._doing
    assert "…" in said.text()
    assert said.toolTip() == said.accessibleName() == name
    stop(qtbot, window, work)


def test_the_selection_is_counted_summed_and_averaged(qtbot, window):
    page = window.page("pipeline").list_of("opportunity")
    page.grid.selectAll()
    said = window._status._selection
    assert "sum 15,000.00" in said.text()
    assert "mean 3,000.00" in said.text()
    assert said.text().startswith(f"{5 * len(page.model.fields)} cells")
    assert said.accessibleName() == said.text()


def test_a_large_selection_is_added_up_as_exactly_in_the_background(qtbot, window, monkeypatch):
    from ui.records import selection_sums

    page = window.page("pipeline").list_of("opportunity")
    page.grid.selectAll()
    said, at_once = window._status._selection, window._status._selection.text()
    assert "sum 15,000.00" in at_once
    monkeypatch.setattr(selection_sums, "_AT_ONCE", 3)
    page.grid.clearSelection()
    assert said.text() == ""
    page.grid.selectAll()
    assert said.text().endswith(" cells")  # how many they are is known at once
    qtbot.waitUntil(lambda: said.text() == at_once)
    page.grid.selectAll()
    page.grid.clearSelection()
    settle(qtbot, window)
    assert said.text() == ""  # an answer that nobody waits for any more is dropped


# -- notices -----------------------------------------------------------------------------------------


def seen_at(window, widget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_a_notice_moves_nothing_and_covers_no_list(qtbot, window):
    page = window.records
    before = seen_at(window, page.grid), seen_at(window, page.add_button)
    window.notices.say("Removed: 江苏单氏机械有限公司", 1)
    QApplication.processEvents()
    assert (seen_at(window, page.grid), seen_at(window, page.add_button)) == before
    assert not window.notices.geometry().intersects(before[0])
    assert window.notices.geometry().bottom() <= window.height()
    window.notices.hide()
    QApplication.processEvents()
    assert (seen_at(window, page.grid), seen_at(window, page.add_button)) == before


def test_a_notice_leaves_what_the_status_bar_says_at_its_right(qtbot, window):
    work = Held(0.5)
    run(window, "Counting", work)
    window.notices.say("Removed", 1)
    QApplication.processEvents()
    for one in (window._status._doing, window._status._cancel):
        assert not window.notices.geometry().intersects(seen_at(window, one))
    wide = window.notices.width()
    stop(qtbot, window, work)
    qtbot.waitUntil(lambda: window.notices.width() > wide)  # the room is given back


def test_a_long_notice_grows_upward_and_is_seen_whole(qtbot, window):
    window.notices.warn("\n".join(f"Line {number} of what was declined" for number in range(4)))
    QApplication.processEvents()
    text = window.notices._text
    assert text.heightForWidth(text.width()) <= text.height()
    assert window.notices.geometry().bottom() <= window.height()
    window.resize(900, 560)
    QApplication.processEvents()
    assert window.rect().contains(window.notices.geometry())


def test_what_a_notice_offers_is_reached_by_keyboard(qtbot, window):
    window.records.grid.enter()
    window.do_remove_records()
    assert window.session.book.count("customer") == 3
    undo = button(window.notices, "Undo")
    assert undo.focusPolicy() & Qt.FocusPolicy.TabFocus
    undo.setFocus()
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert window.session.book.count("customer") == 4


def test_f6_goes_from_part_to_part_and_back(qtbot, window):
    def now() -> str:
        focus = QApplication.focusWidget()
        places = {
            "pages": window.navigation, "details": window.records.detail, "list": window.records,
            "history": window.history_pane, "notice": window.notices, "status": window.statusBar(),
        }  # fmt: skip
        return next(name for name, one in places.items() if one is focus or one.isAncestorOf(focus))

    window.activateWindow()
    window.records.grid.enter()
    window.do_history()
    work = Held()
    run(window, "Counting", work)
    window.do_remove_records()
    window.records.grid.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(now())
    assert seen == ["details", "history", "notice", "status", "pages", "list"]
    assert QApplication.focusWidget() is window.records.grid  # where it was left
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert now() == "pages"
    stop(qtbot, window, work)
    window.do_close_book()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.start_page.isAncestorOf(QApplication.focusWidget())
    settle(qtbot, window)


# -- the menus --------------------------------------------------------------------------------------


def entries(menu: QMenu) -> list[QAction]:
    return [one for one in menu.actions() if not one.isSeparator()]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_entry_of_every_menu_has_a_letter_of_its_own(window, language):
    window.set_language(language)
    bar = window.menuBar().actions()
    tops = [mnemonics.letter_of(one.text()) for one in bar]
    assert tops == ["F", "E", "V", "W", "H"]
    for top in bar:
        for menu in [top.menu(), *(one.menu() for one in entries(top.menu()) if one.menu())]:
            plain = [one.text() for one in entries(menu)]
            menu.aboutToShow.emit()
            shown = entries(menu)
            letters = [mnemonics.letter_of(one.text()) for one in shown]
            assert all(letters), (language, [one.text() for one in shown])
            assert len(set(letters)) == len(letters), (language, [one.text() for one in shown])
            menu.aboutToHide.emit()
            kept = [one.text() for one in entries(menu)]
            assert kept[: len(plain)] == plain


def test_the_letters_are_the_same_in_both_languages(window):
    found: dict[str, dict[str, str]] = {}
    for language in ("en", "zh_CN"):
        window.set_language(language)
        for id, _, _ in MENUS:
            menu = window.actions_.menus[id]
            menu.aboutToShow.emit()
            for declared, action, _ in window.actions_.listed():
                if action in menu.actions():
                    letter = mnemonics.letter_of(action.text())
                    found.setdefault(language, {})[declared.id] = letter
                    assert language == "en" or action.text().count(f"(&{letter})") == 1
            menu.aboutToHide.emit()
    assert found["en"] == found["zh_CN"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_action_is_run_by_alt_and_two_letters(qtbot, window, language):
    window.set_language(language)
    menu = window.actions_.menus["view"]
    menu.aboutToShow.emit()
    letter = mnemonics.letter_of(window.actions_["history"].text())
    menu.aboutToHide.emit()
    assert not window._dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    opened = QApplication.activePopupWidget()
    assert opened is menu
    qtbot.keyClick(opened, Qt.Key(ord(letter)))
    qtbot.waitUntil(window._dock.isVisible)


def test_an_undo_that_is_named_keeps_its_letter_and_its_name(window):
    window.session.book.set("customer", 1, {"city": "南京"}, "Move & rename")
    menu = window.actions_.menus["edit"]
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo: Move && rename"
    menu.aboutToHide.emit()
    assert window.actions_["undo"].text() == "Undo: Move && rename"


def test_letters_are_found_even_where_words_share_them():
    assert mnemonics.choose(["Open", "Open all", "One"]) == ["O", "A", "N"]
    assert mnemonics.choose(["新建"], "A") == ["B"]
    assert mnemonics.marked("About Daybook", "D") == "About &Daybook"
    assert mnemonics.marked("关于 Daybook", "A") == "关于 Daybook(&A)"
    assert mnemonics.marked("打开…", "O") == "打开(&O)…"


def test_no_two_actions_share_a_shortcut_and_standard_ones_are_the_systems(window):
    seen: dict[str, str] = {}
    every = [one for menu in window.findChildren(QMenu) for one in menu.actions()]
    for action in every:
        for keys in action.shortcuts():
            text = keys.toString()
            assert text not in seen, (text, action.text(), seen[text])
            seen[text] = action.text()
    standard = QKeySequence.StandardKey
    for id, key in (
        ("new_book", standard.New), ("open_book", standard.Open), ("save", standard.Save),
        ("undo", standard.Undo), ("redo", standard.Redo), ("find", standard.Find),
        ("quit", standard.Quit),
    ):  # fmt: skip
        assert window.actions_[id].shortcut() == QKeySequence(key), id


def test_about_quit_and_preferences_are_where_the_system_keeps_them(window):
    role = QAction.MenuRole
    roles = {one.id: action.menuRole() for one, action, _ in window.actions_.listed()}
    assert {id: one for id, one in roles.items() if one != role.NoRole} == {
        "quit": role.QuitRole,
        "about": role.AboutRole,
        "preferences": role.PreferencesRole,
    }


# -- motion -----------------------------------------------------------------------------------------


def test_nothing_moves_by_itself_where_less_motion_is_wanted(qtbot, window, monkeypatch):
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)
    monkeypatch.setattr(motion, "_usual", None)
    window.set_motion("off")
    tabs = window.page("pipeline").findChild(QTabBar)
    lasts = QStyle.StyleHint.SH_Widget_Animation_Duration
    assert tabs.style().styleHint(lasts, None, tabs) > 0
    work = Held()
    run(window, "Counting", work)
    bar = window._status._bar
    assert (bar.minimum(), bar.maximum()) == (0, 0)  # it runs
    stop(qtbot, window, work)

    window.actions_["preferences"].trigger()
    dialog = window.findChild(Preferences)
    choose(qtbot, named(dialog, QComboBox, "Reduce motion"), "Always")
    assert window.settings.motion == "on"
    click(qtbot, dialog, "Close")
    assert tabs.style().styleHint(lasts, None, tabs) == 0
    assert not window.isAnimated()
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    work = Held()
    run(window, "Counting", work)
    assert bar.maximum() > 0
    pictures = []
    for _ in range(3):
        pictures.append(bar.grab().toImage())
        qtbot.wait(60)
    assert pictures[0] == pictures[1] == pictures[2]
    stop(qtbot, window, work)
    window.set_motion("off")
    assert QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)


def test_the_system_decides_unless_the_person_does(window):
    motion.system_says(True)
    assert motion.reduced()
    window.set_motion("off")
    assert not motion.reduced()
    window.set_motion("system")
    assert motion.reduced()
    assert not window.isAnimated()


@pytest.mark.skipif(sys.platform != "linux", reason="stands in for a command of Linux")
def test_the_desktop_is_asked_whether_it_shows_animations(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    asked = tmp_path / "gsettings"
    for said, still in (("false", True), ("true", False)):
        asked.write_text(
            f'#!/bin/sh\n[ "$3" = enable-animations ] && echo {said}\n', encoding="utf-8"
        )
        asked.chmod(0o755)
        assert operating_system.reduces_motion() is still
    asked.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert not operating_system.reduces_motion()
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not operating_system.reduces_motion()
    (tmp_path / "kdeglobals").write_text("[KDE]\nAnimationDurationFactor=0\n", encoding="utf-8")
    assert operating_system.reduces_motion()
