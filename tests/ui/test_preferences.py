"""Preferences: what is chosen holds at once for everything that is seen, and is still so tomorrow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from models import opening
from tests.ui.acting import choose, click, named, settle
from ui import theme
from ui.dialogs.preferences import Preferences
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture(autouse=True)
def _usual_size(qapp):
    yield
    theme.set_text_size(qapp, 100)
    theme.set_density("normal")


@pytest.fixture
def dialog(qtbot, window) -> Preferences:
    window.page("customers")
    settle(qtbot, window)
    window.actions_["preferences"].trigger()
    [made] = window.findChildren(Preferences)
    return made


def heights(inside: QWidget) -> set[int]:
    tables = [one for one in inside.findChildren(QTableView) if one.isVisible()]
    assert tables
    return {one.rowHeight(0) for one in tables if one.model().rowCount()}


def test_preferences_are_asked_for_by_ctrl_comma_and_left_by_escape(qtbot, window, dialog):
    assert window.actions_["preferences"].shortcut() == QKeySequence("Ctrl+,")
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_larger_text_is_larger_everywhere_at_once_and_rows_grow_with_it(qtbot, window, dialog):
    page = window.records
    page.grid.setCurrentIndex(page.model.index(0, 0))
    settle(qtbot, window)
    before = heights(window)
    letters = page.grid.fontMetrics().height()
    heading = page.detail.findChild(QLabel, "heading").fontMetrics().height()
    assert before == {28}
    choose(qtbot, named(dialog, QComboBox, "Size of text"), "200 %")
    settle(qtbot, window)
    assert page.grid.fontMetrics().height() >= letters * 1.9
    assert page.detail.findChild(QLabel, "heading").fontMetrics().height() >= heading * 1.9
    assert dialog.fontMetrics().height() >= letters * 1.9
    assert heights(window) == {56}
    choose(qtbot, named(dialog, QComboBox, "Size of text"), "100 %")
    assert (heights(window), page.grid.fontMetrics().height()) == (before, letters)


def test_rows_are_compact_or_roomy_at_once(qtbot, window, dialog):
    for text, height in (("Compact", 23), ("Roomy", 36), ("Normal", 28)):
        choose(qtbot, named(dialog, QComboBox, "Rows of lists"), text)
        assert heights(window) == {height}
    choose(qtbot, named(dialog, QComboBox, "Rows of lists"), "Compact")
    window.page("orders")  # made after it was chosen
    settle(qtbot, window)
    assert heights(window) == {23}


def test_language_and_theme_change_the_dialog_too(qtbot, window, dialog):
    choose(qtbot, named(dialog, QComboBox, "Language"), "中文")
    assert dialog.windowTitle() == "偏好设置"
    assert window.actions_["preferences"].text() == "偏好设置…"
    choose(qtbot, named(dialog, QComboBox, "外观"), "深色")
    assert theme.is_dark()
    assert window.settings.theme == "dark"


def test_the_history_names_who_works_as_they_want_to_be_called(qtbot, window, dialog):
    book = window.session.book
    line = named(dialog, QLineEdit, "Who am I")
    assert line.placeholderText() == opening.user_name()
    assert book.info(book.last_change).author == opening.user_name()
    line.setFocus()
    line.setText(" 王经理 ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    click(qtbot, dialog, "Close")
    [row] = book.ids("customer", "code=C002")
    assert window.session.set("customer", row, {"grade": "A"}) is None
    assert book.info(book.last_change).author == "王经理"
    window.settings.author = ""
    window.session.call_author()
    assert window.session.set("customer", row, {"grade": "B"}) is None
    assert book.info(book.last_change).author == opening.user_name()


def test_automatic_backups_are_switched_where_one_looks_for_it(qtbot, window, dialog):
    switch = named(dialog, QCheckBox, "Back up automatically")
    assert switch.isChecked()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center() / 4)
    assert not window.backups.on
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert window.backups.on


def test_preferences_hold_in_the_next_window(qtbot, book_path, tmp_path):
    path = tmp_path / "settings.ini"
    first = MainWindow(Settings(path))
    for id, value in (("text_size", "150"), ("density", "roomy"), ("author", "李娜")):
        first._prefer(id, value)
    first.close()
    theme.set_text_size(QApplication.instance(), 100)
    second = MainWindow(Settings(path))
    assert second.open_book(book_path)
    settle(qtbot, second)
    assert theme.row_height() == 54
    assert second.session.book.author == "李娜"
    for one in (first, second):
        one.close()
        one.deleteLater()


def test_a_size_that_is_not_offered_is_shown_as_it_is(qtbot, window):
    window.set_text_size(120)
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    size = named(dialog, QComboBox, "Size of text")
    assert size.currentText() == "120 %"
    choose(qtbot, size, "100 %")
    assert size.findText("120 %") < 0


@pytest.mark.parametrize("spoilt", ["", "large", "-5", "100000"])
def test_settings_that_somebody_spoilt_are_read_as_something_usable(tmp_path, spoilt):
    path = tmp_path / "settings.ini"
    path.write_text(f"[General]\ntext_size={spoilt}\ndensity={spoilt}\n", encoding="utf-8")
    settings = Settings(path)
    assert 80 <= settings.text_size <= 200
    assert settings.density == "normal"
