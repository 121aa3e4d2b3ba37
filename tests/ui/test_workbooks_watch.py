"""A watched folder: what appears in it comes by itself, once, and what was handled stays handled."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from tests.ui.acting import settle
from tests.ui.looking import wrong
from tests.ui.returned import edited, issued
from tests.ui.test_accessible import faults
from ui import theme, windows
from ui.workbook_desk import Desk
from ui.workbook_watch import Watch


@pytest.fixture(autouse=True)
def _usual_size(qapp):
    yield
    theme.set_text_size(qapp, 100)


@pytest.fixture
def watched(qtbot, window, tmp_path):
    """A folder under watch; a workbook that is about to appear in it."""
    [path] = issued(window.session.book, tmp_path / "out", "王强")
    edited(path, {("Acme Tools Ltd", "City"): "Leeds"})
    folder = tmp_path / "WeChat"
    folder.mkdir()
    watch = Watch.of(window.session)
    watch.watch(folder)
    watch._timer.stop()  # the test looks when it wants to
    settle(qtbot, window)
    return window, watch, folder, path


def look(qtbot, window, watch) -> None:
    """Two looks: the second finds the file as the first did."""
    for _ in range(2):
        watch.look()
        settle(qtbot, window)
    settle(qtbot, window)


def files(window) -> list[str]:
    return [one.path.name for one in Desk.of(window.session).slips if one.path is not None]


def test_a_file_that_appears_comes_by_itself_and_is_said(qtbot, watched):
    window, watch, folder, path = watched
    look(qtbot, window, watch)
    assert files(window) == []
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    assert files(window) == [path.name]
    assert window.notices.text == f"1 workbook came back: {path.name}"
    assert window.session.waiting_files == (path.name,)
    window.notices.hide()
    look(qtbot, window, watch)
    assert window.notices.text == ""  # said once


def test_what_was_applied_waits_no_more_also_after_the_next_start(qtbot, watched):
    window, watch, folder, path = watched
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    desk = Desk.of(window.session)
    desk.apply(desk.slips)
    settle(qtbot, window)
    assert window.session.waiting_files == ()
    watch._use(folder)  # as at the next start
    watch._timer.stop()
    desk.slips.clear()
    look(qtbot, window, watch)
    assert files(window) == []


def test_what_was_accepted_and_undone_waits_again_also_after_the_next_start(qtbot, watched):
    window, watch, folder, path = watched
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    review(qtbot, window)
    desk = Desk.of(window.session)
    desk.apply(desk.slips)
    settle(qtbot, window)
    window.session.undo()
    qtbot.waitUntil(lambda: desk.slips[0].ready)
    look(qtbot, window, watch)
    assert window.session.waiting_files == (path.name,)
    watch._use(folder)  # as at the next start
    watch._timer.stop()
    desk.slips.clear()
    look(qtbot, window, watch)
    assert files(window) == [path.name]


def test_a_file_that_is_saved_again_comes_again(qtbot, watched):
    window, watch, folder, path = watched
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    edited(folder / path.name, {("Acme Tools Ltd", "City"): "York"})
    look(qtbot, window, watch)
    [slip] = Desk.of(window.session).slips
    assert [one.theirs for one in slip.entries] == ["York"]


def test_a_folder_that_has_gone_is_said_once(qtbot, watched):
    window, watch, folder, _ = watched
    folder.rmdir()
    look(qtbot, window, watch)
    assert "can't be read" in window.notices.text
    window.notices.hide()
    look(qtbot, window, watch)
    assert window.notices.text == ""


def review(qtbot, window):
    """The screen of what came back."""
    page = window.page("workbooks")
    window.show_page("workbooks")
    page.list_of("returned")
    settle(qtbot, window)
    return page.own["returned"]


def test_which_folder_is_watched_is_shown_and_a_button_ends_it(qtbot, watched):
    window, watch, folder, path = watched
    shown = review(qtbot, window)
    assert shown.watched.isVisible()
    assert shown.watched.whole == f"Watched: {folder}"
    window.notices.hide()
    shown.watched.stop_button.setFocus()
    qtbot.keyClick(shown.watched.stop_button, Qt.Key.Key_Space)
    assert window.notices.text == f"The folder {folder} is no longer watched."
    assert not shown.watched.isVisible()
    assert shown.folder_button.hasFocus()
    assert watch.folder is None
    assert not watch._timer.isActive()
    assert window.settings.workbook_folder(window.session.book.id) is None  # nor at the next start
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    assert files(window) == []


def test_ended_watching_no_file_waits_any_more(qtbot, watched):
    window, watch, folder, path = watched
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    assert window.session.waiting_files == (path.name,)
    watch.watch(None)
    assert window.session.waiting_files == ()


def test_a_look_that_ends_after_the_watching_brings_nothing(qtbot, watched):
    window, watch, folder, path = watched
    shutil.copy(path, folder)
    watch.look()
    settle(qtbot, window)
    watch.look()
    watch.watch(None)  # while the second look, which would find it complete, still runs
    settle(qtbot, window)
    assert files(window) == []


def test_the_line_is_named_in_both_languages(qtbot, watched):
    window, _, folder, _ = watched
    shown = review(qtbot, window)
    window.set_language("zh_CN")
    button = shown.watched.stop_button
    assert button.text() == button.accessibleName() == "停止监视"
    assert shown.watched.whole == f"正在监视：{folder}"


@pytest.mark.parametrize(("language", "size"), [("en", 100), ("zh_CN", 200)])
def test_nothing_of_the_line_is_cut_and_everything_has_its_name(qtbot, watched, language, size):
    window, *_ = watched
    window.set_language(language)
    if size > 100:
        window.set_text_size(size)
        window.resize(1920, 1080)
    review(qtbot, window)
    window.notices.hide()
    assert [*wrong(window), *faults("watched", window)] == []


def test_every_window_of_a_book_knows_that_a_folder_is_watched_and_that_it_no_longer_is(
    qtbot, watched
):
    window, watch, folder, path = watched
    window.actions_["new_window"].trigger()
    [other] = windows.others(window)
    settle(qtbot, other)
    second = Watch.of(other.session)
    shown = review(qtbot, other)
    assert shown.watched.whole == f"Watched: {folder}"
    second.watch(None)
    assert (watch.folder, second.folder) == (None, None)
    second.watch(folder)
    assert watch.folder == folder  # the first window looks for all of them
    watch._timer.stop()
    second._timer.stop()
    settle(qtbot, window)
    shutil.copy(path, folder)
    look(qtbot, window, watch)
    assert files(window) == [path.name]
