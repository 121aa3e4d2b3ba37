"""The tour: offered once with the sample team, points at what it speaks of, stops nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from models.book import Book
from tests.ui.acting import button, click, settle, write
from tests.ui.conftest import fill
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from ui import theme
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tour import STEPS


@pytest.fixture(autouse=True)
def _usual_size(qapp):
    yield
    theme.set_text_size(qapp, 100)


def said(window: MainWindow) -> str:
    return window.tour._text.text() if window.tour.isVisible() else ""


def ringed(window: MainWindow, widget: QWidget) -> bool:
    ring = window.tour._ring
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return ring.isVisible() and ring.geometry().adjusted(2, 2, -2, -2) == place


def test_it_points_at_every_part_in_turn_and_ends(qtbot, window):
    window.actions_["tour"].trigger()
    page = window.page("customers").list_of("customer")
    parts = (
        lambda: window.navigation,
        lambda: page.grid,
        lambda: page.search,
        lambda: page.filter,
        lambda: page.detail,
        lambda: window.page_in_front,
        lambda: window.menuBar(),
    )
    assert len(parts) == len(STEPS)
    texts = []
    for at, part in enumerate(parts, 1):
        settle(qtbot, window)
        assert ringed(window, part()), at
        texts.append(said(window))
        assert f"Step {at} of 7" in [one.text() for one in window.tour.findChildren(QLabel)]
        if at == 6:
            assert window.navigation.currentItem().text() == "Insights"
        if at < len(parts):
            qtbot.keyClick(button(window.tour, "Next"), Qt.Key.Key_Space)
    assert len(set(texts)) == len(parts)
    assert "Ctrl+F searches" in texts[2]
    assert "Ctrl+Z takes back" in texts[-1]
    click(qtbot, window.tour, "Back")
    settle(qtbot, window)
    assert said(window) == texts[5]
    click(qtbot, window.tour, "Next")
    click(qtbot, window.tour, "Finish")
    assert said(window) == ""
    assert not window.tour._ring.isVisible()


def test_the_window_is_worked_in_while_it_is_there(qtbot, window):
    window.actions_["tour"].trigger()
    click(qtbot, window.tour, "Next")
    page = window.records
    before = page.model.index(0, 0).data()
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    write(qtbot, page.grid.viewport().findChild(QLineEdit), "Renamed")
    settle(qtbot, window)
    assert page.model.index(0, 0).data() == "Renamed" != before
    window.resize(1100, 700)
    QApplication.processEvents()
    assert ringed(window, page.grid)  # it follows
    window.set_language("zh_CN")
    assert "列表用起来就是表格" in said(window)


def test_escape_ends_it_and_so_does_closing_the_book(qtbot, window):
    window.actions_["tour"].trigger()
    qtbot.keyClick(button(window.tour, "Next"), Qt.Key.Key_Escape)
    assert said(window) == ""
    window.actions_["tour"].trigger()
    window.do_close_book()
    assert said(window) == ""
    assert not window.tour._ring.isVisible()
    assert not window.actions_["tour"].isEnabled()


def test_it_is_offered_with_the_sample_team_once_and_never_again(qtbot, tmp_path, monkeypatch):
    def small(book: Book, language: str, progress: object) -> None:
        fill(book)

    monkeypatch.setattr("models.sample.load.load", small)
    settings = tmp_path / "settings.ini"

    def sample(name: str) -> MainWindow:
        window = MainWindow(Settings(settings))
        window.set_language("en")
        window.show()
        window.make_sample(Path(tmp_path / name))
        qtbot.waitUntil(lambda: window.session is not None)
        settle(qtbot, window)
        return window

    first = sample("1.daybook")
    focus = first.focusWidget()
    assert "A tour of 7 steps" in said(first)
    assert not first.tour.isAncestorOf(focus) if focus else True  # it asks, it doesn't take over
    click(qtbot, first.tour, "Not now")
    assert said(first) == ""
    first.close()
    second = sample("2.daybook")
    assert said(second) == ""
    second.actions_["tour"].trigger()
    assert "Ctrl with a number" in said(second)
    for one in (first, second):
        one.close()
        one.deleteLater()


def test_a_book_of_ones_own_is_opened_without_it(window):
    assert said(window) == ""


@pytest.mark.parametrize(("language", "size"), [("en", 100), ("zh_CN", 100), ("en", 200)])
def test_every_step_is_read_whole_and_reached_by_keyboard(qtbot, window, language, size):
    window.set_language(language)
    window.set_text_size(size)
    window.resize(*((1280, 800) if size == 100 else (1920, 1080)))
    window.settings.toured = False
    window.tour.offer()
    found: list[str] = []
    for at in range(len(STEPS) + 1):
        settle(qtbot, window)
        qtbot.waitUntil(lambda: not list(wrong(window.tour)))
        found += list(faults(str(at), window.tour))
        window.tour.next()
    assert found == []
    assert said(window) == ""
