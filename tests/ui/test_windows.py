"""Several windows: on one book, on several; what each shows, and what goes with the last."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.application import Opener, _Start
from models import backups
from models.book import Book
from tests.ui.acting import click, drop, named, settle
from tests.ui.conftest import fill
from ui import open_books, windows
from ui.dialogs.new_book import NewBook
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    yield
    for one in windows.opened():
        one.close()
    QApplication.processEvents()


@pytest.fixture
def second(qtbot, window) -> MainWindow:
    """Another window on the same book, as a person asks for it."""
    window.actions_["new_window"].trigger()
    [made] = windows.others(window)
    qtbot.waitExposed(made)
    settle(qtbot, made)
    return made


def other_book(folder: Path) -> Path:
    path = folder / "north.daybook"
    with Book.create(path) as book:
        fill(book)
    return path


def cell(window: MainWindow, row: int, field: str) -> str:
    page = window.records
    column = page.model.fields.index(field)
    return str(page.model.index(row, column).data() or "")


def test_a_new_window_shows_the_same_page_of_the_same_book(qtbot, window):
    window.page("orders")
    window.actions_["new_window"].trigger()
    [made] = windows.others(window)
    assert made.session.book is window.session.book
    assert made.page_id == "orders"
    assert made.windowTitle() == "team (2) · Orders — Daybook"
    assert window.windowTitle() == "team (1) · Orders — Daybook"
    made.close()
    assert window.windowTitle() == "team · Orders — Daybook"


def test_what_is_typed_in_one_window_shows_in_the_other_at_once(qtbot, window, second):
    page = window.records
    column = page.model.fields.index("city")
    assert page.model.setData(page.model.index(1, column), "无锡")
    assert cell(second, 1, "city") == "无锡"
    assert second.actions_["undo"].text().startswith("Undo: Edit")
    assert second.actions_["undo"].text() == window.actions_["undo"].text()

    second.actions_["undo"].trigger()
    assert cell(window, 1, "city") == ""
    assert "Taken back" in second.notices.text
    assert window.notices.text == ""  # who did it is told


def test_closing_one_window_leaves_the_other_working_and_the_book_open(
    qtbot, window, second, book_path
):
    second.close()
    QApplication.processEvents()
    assert window.session.book.count("customer") == 4
    window.session.book.set("customer", 1, {"city": "南京"}, "Move")
    assert cell(window, 0, "city") == "南京"
    assert backups.of_path(book_path) == []  # the book is not closed yet


def test_the_last_window_closes_the_book_and_backs_it_up(qtbot, window, second, book_path):
    window.close()
    book = second.session.book
    assert book.count("customer") == 4
    second.do_close_window()
    assert not list(book_path.parent.glob("*-lock"))
    assert len(backups.of_path(book_path)) == 1
    assert open_books.shown(book_path) is None


def test_a_job_belongs_to_the_window_that_began_it(qtbot, window, second):
    going = []

    def work(progress):
        going.append(True)
        while True:
            progress.step(0.5)

    window.jobs.run("Busy", work, going.append, going.append)
    qtbot.waitUntil(lambda: bool(going))
    assert not second.jobs.busy
    second.close()
    qtbot.wait(50)
    assert window.jobs.busy  # still going
    window.jobs.cancel()
    settle(qtbot, window)


def test_a_window_that_closed_is_kept_until_no_job_runs_and_then_goes(qtbot, window, second):
    book, stop = window.session.book, []

    def work(progress):
        while not stop:
            progress.step(0.5)
        for number in range(20):
            book.set("customer", 1, {"city": f"城{number}"}, f"Move {number}")

    window.jobs.run("Writing", work, stop.append, stop.append)
    second.close()
    qtbot.wait(300)
    gc.collect()
    assert shiboken6.isValid(second)
    stop.append(True)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not shiboken6.isValid(second), timeout=3_000)
    assert cell(window, 0, "city") == "城19"


def test_a_window_that_nobody_keeps_lives_as_long_as_it_is_open(qtbot, book_path):
    made = MainWindow()
    made.goes_when_closed = True
    made.show()
    assert made.open_book(book_path)
    ended = []
    made.jobs.run("", lambda progress: ended.append(book_path), ended.append, ended.append)
    del made
    gc.collect()
    qtbot.waitUntil(lambda: len(ended) == 2)
    [kept] = windows.opened()
    kept.page("customers")
    assert kept.records.model.rowCount() == 4
    kept.close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(kept), timeout=3_000)


def test_another_book_opens_in_a_window_of_its_own_and_again_only_comes_to_the_front(
    qtbot, window, tmp_path
):
    path = other_book(tmp_path)
    assert drop(window, [path])
    [made] = windows.others(window)
    assert made.session.book.path == path
    assert window.session.book.path.name == "team.daybook"
    assert drop(window, [path])
    assert windows.others(window) == [made]
    qtbot.waitUntil(made.isActiveWindow)
    assert drop(made, [window.session.book.path])
    qtbot.waitUntil(window.isActiveWindow)
    assert len(windows.opened()) == 2


def test_a_new_book_gets_a_window_of_its_own_where_a_book_is_open(qtbot, window, tmp_path):
    window.actions_["new_book"].trigger()
    dialog = window.findChild(NewBook)
    named(dialog, QLineEdit, "Folder").setText(str(tmp_path))
    named(dialog, QLineEdit, "Name").setText("North")
    click(qtbot, dialog, "Create")
    [made] = windows.others(window)
    assert made.session.book.path == tmp_path / "North.daybook"
    assert window.session.book.path.name == "team.daybook"


def test_a_book_that_cannot_be_opened_leaves_no_empty_window(qtbot, window, tmp_path):
    path = tmp_path / "letter.daybook"
    path.write_text("Dear diary", encoding="utf-8")
    assert drop(window, [path])
    assert windows.opened() == [window]
    assert "not a Daybook" in window.notices.text


def test_the_window_menu_lists_the_windows_and_brings_them_to_the_front(
    qtbot, window, second, tmp_path
):
    second.page("team")
    menu = window.actions_.menus["window"]
    menu.aboutToShow.emit()
    listed = [one for one in menu.actions() if one.isCheckable()]
    assert [one.text() for one in listed] == ["&1 team (1) · Customers", "&2 team (2) · Team"]
    assert [one.isChecked() for one in listed] == [True, False]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    listed[1].trigger()
    qtbot.waitUntil(second.isActiveWindow)
    second.close()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions() if one.isCheckable()] == ["&1 team · Customers"]


def test_quit_closes_every_window(qtbot, window, second, tmp_path):
    window.open_wherever(other_book(tmp_path))
    assert len(windows.opened()) == 3
    second.actions_["quit"].trigger()
    assert windows.opened() == []
    assert not list(tmp_path.glob("*-lock"))


def test_closing_the_book_closes_the_window_where_another_stays(qtbot, window, second):
    second.actions_["close_book"].trigger()
    assert windows.opened() == [window]
    window.actions_["close_book"].trigger()
    assert windows.opened() == [window]
    assert window.start_page.isVisible()
    settle(qtbot, window)


def test_language_theme_and_size_change_in_every_window(qtbot, window, second):
    window.set_language("zh_CN")
    assert second.actions_["new_book"].text() == "新建业务簿…"
    assert second.windowTitle() == "team (2) · 客户 — 业务簿"
    window.set_language("en")
    window.set_text_size(125)
    heights = [one.records.grid.verticalHeader().defaultSectionSize() for one in (window, second)]
    assert heights[0] == heights[1] > 28
    window.set_text_size(100)


def test_details_are_hidden_in_one_window_and_stay_in_the_other(qtbot, window, second):
    for one in (window, second):
        one.records.grid.enter()
    second.actions_["details"].trigger()
    assert window.records.detail.isVisible()
    assert not second.records.detail.isVisible()
    assert window.actions_["details"].isChecked()
    assert not second.actions_["details"].isChecked()


# -- what is remembered ----------------------------------------------------------------------------


def reopened(qtbot, settings: Path, book_path: Path, size=None) -> MainWindow:
    made = MainWindow(Settings(settings))
    made.goes_when_closed = True
    if size is not None:
        made.resize(*size)
    made.show()
    qtbot.waitExposed(made)
    assert made.open_book(book_path)
    settle(qtbot, made)
    return made


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_a_book_is_shown_again_at_the_page_where_it_was_left(qtbot, ini, book_path):
    first = reopened(qtbot, ini, book_path)
    assert first.page_id == "today"
    first.page("orders")
    first.close()
    again = reopened(qtbot, ini, book_path)
    assert again.page_id == "orders"
    again.close()


def test_the_width_of_details_and_of_the_history_and_whether_they_show_are_remembered(
    qtbot, ini, book_path
):
    first = reopened(qtbot, ini, book_path, (1280, 800))
    first.page("customers")
    first.records.grid.enter()
    first.records.split.setSizes([700, 333])
    first.records.split.splitterMoved.emit(700, 1)
    first.do_history()
    first.resizeDocks([first._dock], [401], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = first.records.split.sizes()[1]
    first.close()
    again = reopened(qtbot, ini, book_path, (1280, 800))
    again.records.grid.enter()
    QApplication.processEvents()
    assert again._dock.isVisible()
    assert abs(again._dock.width() - 401) <= 2
    assert abs(again.records.split.sizes()[1] - wide) <= 2
    again.do_history()
    again.do_details()
    again.close()
    third = reopened(qtbot, ini, book_path)
    third.records.grid.enter()
    assert not third._dock.isVisible()
    assert not third.records.detail.isVisible()
    third.close()


def test_every_window_comes_back_where_it_was(qtbot, ini, book_path):
    first = reopened(qtbot, ini, book_path)
    first.setGeometry(QRect(0, 30, 900, 600))  # the screen of this test is 800 wide
    second = first.another()
    second.setGeometry(QRect(0, 90, 900, 580))
    first.do_quit()
    again = reopened(qtbot, ini, book_path)
    beside = again.another()
    places = [(one.geometry().top(), one.geometry().height()) for one in (again, beside)]
    assert places == [(30, 600), (90, 580)]
    again.do_quit()


def test_the_program_begins_again_with_the_windows_that_it_was_quit_with(
    qtbot, ini, book_path, tmp_path
):
    first = reopened(qtbot, ini, book_path)
    second = first.another()
    second.show_book(first.session.book, "orders")
    third = first.open_wherever(other_book(tmp_path))
    third.page("team")
    first.do_quit()
    assert windows.opened() == []

    def begin() -> list[str]:
        window = MainWindow(Settings(ini))
        window.goes_when_closed = True
        opener = Opener(QApplication.instance())
        start = _Start(window, opener, None, sample=False, measure=False)
        window.painted.connect(start.painted)
        window.show()
        qtbot.waitUntil(lambda: window.session is not None)
        settle(qtbot, window)
        opener.stop()
        return [one.shown_text() for one in windows.opened()]

    assert begin() == ["team (1) · Today", "team (2) · Orders", "north · Team"]
    for one in windows.opened():  # one by one: the program ends with the last
        one.close()
    assert begin() == ["north · Team"]


def test_a_window_whose_screen_is_gone_is_shown_on_one_that_is_there(qtbot, ini, book_path):
    first = reopened(qtbot, ini, book_path)
    first.move(9_000, 7_000)
    shape = first.saveGeometry()
    first.close()
    settings = Settings(ini)
    settings.keep_shape("window", shape)
    settings.save()
    again = reopened(qtbot, ini, book_path)
    room = again.screen().availableGeometry()
    assert room.intersects(again.geometry())
    assert room.contains(again.frameGeometry().topLeft())
    again.close()


def test_a_shape_that_cannot_be_read_is_no_trouble(qtbot, ini, book_path):
    settings = Settings(ini)
    settings.keep_shape("window", QByteArray(b"nonsense"))
    settings._set("widths/details", "wide")
    settings._set("pages/x", 7)
    settings._set("left_open", '[["x"], 3]')
    assert settings.left_open == []
    settings.save()
    again = reopened(qtbot, ini, book_path)
    assert again.isVisible()
    again.close()
