"""A watched folder: what appears in it comes by itself, once, and what was handled stays handled."""

from __future__ import annotations

import shutil

import pytest

from tests.ui.acting import settle
from tests.ui.returned import edited, issued
from ui.workbook_desk import Desk
from ui.workbook_watch import Watch


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
