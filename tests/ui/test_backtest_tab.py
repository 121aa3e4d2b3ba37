"""The tab that tests a changed rule: what is typed, who would move, and adopting it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.evaluations.sealed_book import SealedBook
from tests.ui.acting import settle
from tests.ui.looking import wrong
from ui.dialogs.adopt_rule import AdoptRule
from ui.main_window import MainWindow


@pytest.fixture
def tab(qtbot, window, tmp_path):
    (tmp_path / "judged").mkdir()
    made = SealedBook(tmp_path / "judged")
    made.seal("陈晓")
    path = made.book.path
    made.book.close()
    assert isinstance(window, MainWindow)
    window.open_book(path)
    window.show_page("evaluations")
    window.page("evaluations").list_of("backtest")
    shown = window.page("evaluations").own["backtest"]
    qtbot.waitUntil(lambda: shown.moves.model.rowCount() == 3)
    return shown


def line(tab, name: str) -> QLineEdit:
    [found] = [one for one in tab.findChildren(QLineEdit) if one.accessibleName() == name]
    return found


def cells(tab) -> list[tuple[str, ...]]:
    return [one.cells for one in tab.moves.model.lines]


def test_the_rule_stands_as_it_is_and_nobody_moves(tab):
    assert line(tab, "赢单额: Weight").text() == "50%"
    assert tab.moves.count.text() == "3 results, 0 would be others"
    assert not tab.adopt_button.isEnabled()


def test_what_is_typed_is_tested_by_enter_and_says_who_moves_and_why(qtbot, tab):
    line(tab, "赢单额: Weight").setText("20%")
    line(tab, "赢率: Weight").setText("60%")
    qtbot.keyClick(line(tab, "赢率: Weight"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.thing.moves for one in tab.moves.model.lines))
    assert any("赢单额" in one[-1] for one in cells(tab))
    assert tab.said.text() == ""


def test_what_can_not_be_read_is_said_and_has_the_focus(qtbot, tab):
    place = line(tab, "赢单额: Weight")
    place.setText("half")
    tab.test_button.click()
    assert "half" in tab.said.text()
    assert QApplication.focusWidget() is place or place.hasFocus()


def test_weights_that_do_not_come_to_a_hundred_are_said(qtbot, tab):
    line(tab, "赢单额: Weight").setText("20%")
    tab.test_button.click()
    qtbot.waitUntil(lambda: "70" in tab.said.text())


def test_adopting_makes_a_new_version_and_undo_takes_it_back(qtbot, window, tab):
    book = tab._session.book
    line(tab, "赢单额: Weight").setText("40%")
    line(tab, "赢率: Weight").setText("40%")
    tab.adopt_button.click()
    [dialog] = [one for one in window.findChildren(AdoptRule) if one.isVisible()]
    assert wrong(dialog) == []
    dialog._go()
    assert "from which day" in dialog._said.text()
    dialog.boxes["effective_from"].editor.setText("2027-01-01")
    dialog._go()
    settle(qtbot, window)
    assert len(book.ids("scorecard_template")) == 2
    window.session.undo()
    settle(qtbot, window)
    assert len(book.ids("scorecard_template")) == 1


@pytest.mark.parametrize(("language", "size"), [("zh_CN", 100), ("en", 200)])
def test_nothing_is_cut(qtbot, window, tab, language, size):
    window.set_language(language)
    window.set_text_size(size) if hasattr(window, "set_text_size") else None
    settle(qtbot, window)
    assert wrong(tab) == []
