"""The window as a whole: language, theme, undo, history, the start page, closing, books that won't open."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QTabBar,
    QTableWidget,
    QWidget,
)

from models import opening
from models.book import Book
from models.progress import Progress
from tests.ui.acting import button, choose, click, drop, named, table_texts
from ui import theme
from ui.dialogs.import_review import ImportReview
from ui.dialogs.new_book import NewBook
from ui.main_window import MainWindow
from ui.settings import Settings

PAGES = ("customers", "pipeline", "orders", "team", "insights")


def action(window: MainWindow, text: str):
    """An action of any menu, by what it says."""
    every = [one for menu in window.findChildren(QMenu) for one in menu.actions()]
    [found] = [one for one in every if one.text() == text]
    return found


def seen_texts(window: MainWindow) -> set[str]:
    """Every text that the window itself says: not what stands in the book."""
    texts: set[str] = {window.windowTitle()}
    texts |= {one.text() for menu in window.findChildren(QMenu) for one in menu.actions()}
    texts |= {one.title() for one in window.findChildren(QMenu)}
    for one in window.findChildren(QWidget):
        if not one.isVisibleTo(window):
            continue
        texts |= {one.accessibleName(), one.toolTip()}
        if isinstance(one, QLabel | QAbstractButton):
            texts.add(one.text())
        if isinstance(one, QLineEdit):
            texts.add(one.placeholderText())
        if isinstance(one, QTabBar):
            texts |= {one.tabText(at) for at in range(one.count())}
        if isinstance(one, QListWidget) and one.objectName() == "navigation":
            texts |= {one.item(at).text() for at in range(one.count())}
        head = getattr(one, "horizontalHeader", None)
        if head is not None and head().model() is not None:
            model = head().model()
            texts |= {
                str(model.headerData(at, Qt.Orientation.Horizontal))
                for at in range(model.columnCount())
            }
    return {one for one in texts if one.strip()}


def english(texts: set[str]) -> set[str]:
    """Those with a word of English that is none of a name."""
    known = ("Acme Tools Ltd", "English", "Ctrl", "Alt", "Enter", "Team", "team", "daybook", "PDF")
    found = set()
    for one in texts:
        rest = "" if Path(one).is_absolute() else one
        for name in known:
            rest = rest.replace(name, "")
        if sum(letter.isascii() and letter.isalpha() for letter in rest) > 2:
            found.add(one)
    return found


def test_the_language_changes_every_text_at_once_and_keeps_page_and_selection(
    qtbot, window, settled
):
    window.do_history()
    for id in PAGES:
        window.page(id)
        settled(window)
    window.page("customers")
    page = window.records
    page.grid.setCurrentIndex(page.model.index(1, 0))
    select = QItemSelectionModel.SelectionFlag.Select
    page.grid.selectionModel().select(page.model.index(2, 0), select)
    before = seen_texts(window)
    assert {"Customers", "New Customer", "Undo: Team", "&File", "History"} <= before

    action(window, "中文").trigger()
    settled(window)
    assert window.records is page
    assert page.grid.rows_selected() == list(page.model.ids[1:3])
    assert page.detail._title.text() == "上海曾记食品有限公司"
    for id in (*PAGES, "customers"):
        window.page(id)
        settled(window)
        assert english(seen_texts(window)) == set(), id
    assert window.settings.language == "zh_CN"

    action(window, "English").trigger()
    settled(window)
    room = {"Scroll left", "Scroll right"}  # whether tabs have room depends on the font
    assert seen_texts(window) - room == before - room
    assert window.records is page


def test_the_theme_changes_every_colour_at_once_and_keeps_page_and_selection(window, settled):
    page = window.page("pipeline").list_of("opportunity")
    page.grid.setCurrentIndex(page.model.index(2, 0))
    light = window.grab().toImage()
    action(window, "Dark").trigger()
    settled(window)
    assert theme.is_dark()
    assert window.records is page
    assert page.grid.currentIndex().row() == 2
    dark = window.grab().toImage()
    assert light.size() == dark.size()
    bright = sum(
        dark.pixelColor(x, y).lightness() > 160
        for x in range(0, dark.width(), 8)
        for y in range(0, dark.height(), 8)
    )
    assert bright < 0.05 * (dark.width() // 8) * (dark.height() // 8)  # text, and nothing else
    background = QApplication.palette().color(QPalette.ColorRole.Window)
    assert background == QColor(theme.DARK.window)
    icon = window.actions_["undo"].icon().pixmap(16, 16).toImage()
    drawn = [icon.pixelColor(x, y) for x in range(16) for y in range(16)]
    assert max(one.lightness() for one in drawn if one.alpha() > 200) > 160
    action(window, "Light").trigger()
    assert not theme.is_dark()
    assert window.grab().toImage().pixelColor(5, 400) == light.pixelColor(5, 400)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_texts_can_be_read_on_what_lies_behind_them(colours):
    def bright(name: str) -> float:
        parts = QColor(name).getRgbF()[:3]
        red, green, blue = (
            one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        high, low = sorted((bright(one), bright(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    grounds = (colours.window, colours.surface, colours.raised)
    for ground in (*grounds, colours.selection, colours.fault):
        assert contrast(colours.text, ground) >= 7
    for name in ("muted", "danger", "warning", "accent"):
        for ground in grounds:
            assert contrast(getattr(colours, name), ground) >= 4.5, (name, ground)
    assert contrast(colours.on_accent, colours.accent) >= 4.5


def test_undo_and_redo_of_the_menu_say_what_they_do_and_are_grey_without_anything_to_do(
    window, tmp_path
):
    book = window.session.book
    book.set("customer", 1, {"city": "南京"}, "Move & rename")
    undo, redo = window.actions_["undo"], window.actions_["redo"]
    assert undo.text() == "Undo: Move && rename"
    assert not redo.isEnabled()
    undo.trigger()
    assert redo.text() == "Redo: Move && rename"
    assert book.record("customer", 1)["city"] is None
    redo.trigger()
    assert book.record("customer", 1)["city"] == "南京"
    assert window.make_book(tmp_path / "new.daybook", "CNY")
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    assert undo.text() == "Undo"
    window.do_close_book()
    assert not window.actions_["import_files"].isEnabled()


def test_an_older_change_is_taken_back_in_the_history_and_what_is_kept_is_named(qtbot, window):
    book = window.session.book
    book.set("customer", 1, {"city": "南京", "grade": "C"}, "First")
    book.set("customer", 1, {"city": "苏州"}, "Second")
    window.actions_["history"].trigger()
    pane = window._dock.widget()
    table = pane.findChild(QTableWidget)
    assert [line[0] for line in table_texts(table)] == ["Second", "First", "Team"]
    table.setCurrentCell(1, 0)
    click(qtbot, pane, "Take this change back")
    assert window.notices.text == (
        "Taken back: First\n1 value was changed since and is kept: City of 江苏单氏机械有限公司"
    )
    record = book.record("customer", 1)
    assert (record["city"], record["grade"]) == ("苏州", "A")
    assert [line[0] for line in table_texts(table)] == [
        "Taken back: First",
        "Second",
        "First",
        "Team",
    ]
    table.setCurrentCell(0, 0)
    assert not button(pane, "Take this change back").isEnabled()  # an undo is undone by its change
    table.setCurrentCell(2, 0)
    click(qtbot, pane, "Do this change again")
    assert book.record("customer", 1)["grade"] == "C"
    window.actions_["history"].trigger()
    assert not window._dock.isVisible()


def test_more_than_a_screen_of_history_is_read_when_asked_for(qtbot, window):
    with Book.open(window.session.book.path) as other:  # the window hears of them later, at once
        for number in range(203):
            other.set("customer", 1, {"city": f"城{number}"}, f"Edit {number}")
    window.session.book.poll()
    window.actions_["history"].trigger()
    pane = window._dock.widget()
    table = pane.findChild(QTableWidget)
    assert table.rowCount() == 200
    click(qtbot, pane, "Older changes")
    assert table.rowCount() == 204
    assert table.item(203, 0).text() == "Team"


class Waiting:
    """Work that goes on until it is stopped, and leaves half a file while it does."""

    def __init__(self, path: Path) -> None:
        self.path, self.ended = path, False

    def __call__(self, progress: Progress) -> None:
        self.path.write_text("half", encoding="utf-8")
        try:
            while True:
                progress.step(0.5)
        finally:
            self.path.unlink()
            self.ended = True


def test_closing_while_something_runs_stops_it_and_leaves_nothing_half(qtbot, window, tmp_path):
    work, told = Waiting(tmp_path / "half"), []
    window.jobs.run("Busy", work, told.append, told.append)
    qtbot.waitUntil(work.path.exists)
    assert button(window._status, "Cancel").isVisible()
    window.close()
    assert work.ended
    assert not work.path.exists()
    qtbot.wait(50)
    assert told == []  # nobody is called back in a window that is gone
    assert window.session is None


def test_what_runs_is_cancelled_from_the_status_bar(qtbot, window, tmp_path, settled):
    work, told = Waiting(tmp_path / "half"), []
    window.jobs.run("Busy", work, told.append, told.append)
    qtbot.waitUntil(work.path.exists)
    click(qtbot, window._status, "Cancel")
    settled(window)
    assert work.ended
    assert len(told) == 1
    assert not window._status._cancel.isVisible()


def test_closing_while_a_review_is_open_lets_go_of_its_files(qtbot, window, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("客户名称,客户编号\n甲公司,9\n", encoding="utf-8")
    assert drop(window, [path])
    review = window.findChild(ImportReview)
    qtbot.waitUntil(lambda: review._proposal is not None)
    proposal = review._proposal
    window.close()
    assert proposal.staging is None
    assert proposal.sources == []
    with Book.open(tmp_path / "team.daybook") as book:
        assert book.count("customer") == 4


def test_a_sample_that_is_stopped_leaves_no_file(qtbot, window, tmp_path, settled):
    path = tmp_path / "sample.daybook"
    window.make_sample(path)
    window.jobs.cancel()
    settled(window)
    assert list(tmp_path.glob("sample*")) == []
    assert window.session.book.path.name == "team.daybook"


def test_a_backup_never_takes_the_place_of_the_book_and_replaces_an_older_one_when_it_is_whole(
    window, tmp_path, settled
):
    book = window.session.book
    window.backup_to(book.path)
    assert "another name" in window.notices.text
    assert book.path.exists()
    target = tmp_path / "backup.daybook"
    target.write_text("an older one", encoding="utf-8")
    window.backup_to(target)
    settled(window)
    assert window.notices.text == "Backup saved and checked: backup.daybook"
    with Book.open(target) as copy:
        assert copy.count("customer") == 4
    assert sorted(one.name for one in tmp_path.glob("backup*")) == ["backup.daybook"]


def test_checking_the_book_and_about_say_their_say(qtbot, window, settled):
    window.actions_["check_book"].trigger()
    settled(window)
    assert window.notices.text.startswith("The book is in order")
    window.actions_["about"].trigger()
    box = window.findChild(QMessageBox)
    assert box.isVisible()
    assert box.text().startswith("Daybook")
    box.close()


# -- the start page --------------------------------------------------------------------------------


@pytest.fixture
def start(window, settled):
    window.do_close_book()
    settled(window)  # what is backed up on closing
    assert window.start_page.isVisible()
    return window.start_page


def test_the_start_page_lists_recent_books_and_opens_them(qtbot, window, start, book_path):
    recent = named(start, QListWidget, "Recent books")
    assert [recent.item(at).text().splitlines()[0] for at in range(recent.count())] == ["team"]
    recent.setFocus()
    recent.setCurrentRow(0)
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert window.session.book.path == book_path
    assert window.windowTitle() == "team · Customers — Daybook"
    assert window.records.model.rowCount() == 4


def test_a_new_book_is_asked_for_and_made(qtbot, window, start, tmp_path):
    click(qtbot, start, "New book…")
    dialog = window.findChild(NewBook)
    named(dialog, QLineEdit, "Folder").setText(str(tmp_path))
    name = named(dialog, QLineEdit, "Name")
    name.setText("team")
    click(qtbot, dialog, "Create")
    assert "There is a file of this name" in dialog._said.text()
    name.setText("North")
    dialog._currency.setEditText("euro")
    click(qtbot, dialog, "Create")
    assert "three letters" in dialog._said.text()
    choose(qtbot, dialog._currency, "EUR")
    click(qtbot, dialog, "Create")
    assert window.session.book.path == tmp_path / "North.daybook"
    assert window.session.book.currency == "EUR"
    assert window.page("customers").current.empty.isVisible()


def test_the_sample_team_is_made_and_shown(qtbot, window, start, settled, monkeypatch, tmp_path):
    monkeypatch.setattr("ui.sample.sample_path", lambda: tmp_path / "Sample team.daybook")
    click(qtbot, start, "Open the sample team")
    assert window._status._cancel.isVisible()
    qtbot.waitUntil(lambda: window.session is not None, timeout=60_000)
    settled(window)
    window.page("customers")
    settled(window)
    assert window.records.model.rowCount() == 3000


# -- books that won't open ---------------------------------------------------------------------------


def newer(path: Path) -> str:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()
    return "newer Daybook"


def damaged(path: Path) -> str:
    content = bytearray(path.read_bytes())
    content[100:8192] = bytes(8092)
    path.write_bytes(content)
    return "damaged"


def no_book(path: Path) -> str:
    path.write_text("Dear diary", encoding="utf-8")
    return "not a Daybook"


def locked(path: Path) -> str:
    holder = {"host": "Wangs-PC", "user": "wang", "process": 4711, "since": "2026-03-01 08:00"}
    note = opening.Lock(path).path
    note.write_text(json.dumps([holder]), encoding="utf-8")
    return "open on Wangs-PC by wang"


def gone(path: Path) -> str:
    path.unlink()
    return "team"


@pytest.mark.parametrize("spoil", [newer, damaged, no_book, locked, gone])
def test_a_book_that_cannot_be_opened_says_why_in_the_window(
    qtbot, window, start, book_path, spoil
):
    expected = spoil(book_path)
    before = book_path.read_bytes() if book_path.exists() else b""
    assert not window.open_book(book_path)
    assert expected in window.notices.text
    assert window.start_page.isVisible()
    assert window.session is None
    assert (book_path.read_bytes() if book_path.exists() else b"") == before


def test_settings_are_kept_from_one_window_to_the_next(qtbot, book_path, tmp_path):
    path = tmp_path / "settings.ini"
    first = MainWindow(Settings(path))
    assert first.open_book(book_path)
    first.set_language("zh_CN")
    first.set_theme("dark")
    first.resize(1000, 600)
    first.show()
    first.close()
    second = MainWindow(Settings(path))
    assert (second.settings.language, second.settings.theme) == ("zh_CN", "dark")
    assert second.settings.recent == [book_path.absolute()]
    for one in (first, second):
        one.close()
        one.deleteLater()
    from ui import languages

    languages.apply(QApplication.instance(), "en")
    theme.apply(QApplication.instance(), "light")


def test_what_needs_a_list_is_grey_where_none_is_in_front(window, settled):
    wanting = ("export_page", "add_record", "edit_records", "filter", "replace")
    for page, there in (("customers", True), ("insights", False), ("orders", True)):
        window.page(page)
        settled(window)
        assert {window.actions_[one].isEnabled() for one in wanting} == {there}
    board = window.page("pipeline")
    board.tabs.setCurrentIndex(0)
    assert not window.actions_["filter"].isEnabled()
    board.tabs.setCurrentIndex(1)
    assert window.actions_["filter"].isEnabled()
    assert window.actions_["print_page"].isEnabled()
