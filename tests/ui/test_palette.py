"""The palette: every action, page and record by a few keys, as a person types and sees."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from tests.ui.acting import named
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.records.tabbed_page import TabbedPage

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(qtbot, window, settled) -> MainWindow:
    settled(window)
    window.records.grid.setFocus()
    qtbot.keyClick(window.focusWidget(), K.Key_K, CTRL)
    assert line(window).hasFocus()
    settled(window)
    return window


def line(window: MainWindow) -> QLineEdit:
    [found] = [
        one for one in window.findChildren(QLineEdit) if one.window() is window and seen(one)
    ]
    return found


def seen(one: QLineEdit) -> bool:
    return one.isVisible() and one.placeholderText().startswith(("Find an action", "查找操作"))


def is_open(window: MainWindow) -> bool:
    return any(seen(one) for one in window.findChildren(QLineEdit))


def results(window: MainWindow) -> QListView:
    name = "Results" if window.settings.language == "en" else "结果"
    return named(window, QListView, name)


def rows(window: MainWindow) -> list[str]:
    """What is read out of each row."""
    model = results(window).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(at, 0).data(role) for at in range(model.rowCount())]


def look(qtbot, window: MainWindow, typed: str) -> list[str]:
    """Type (Qt's key clicks know ASCII only) and wait for the answer."""
    line(window).selectAll()
    line(window).insert(typed)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=10_000)
    QApplication.processEvents()
    return rows(window)


def test_an_empty_box_shows_the_pages_and_then_what_was_used_last(qtbot, opened, settled):
    assert [one.split(",")[0] for one in rows(opened)] == [one.text for one in PAGES]
    look(qtbot, opened, "orde")
    qtbot.keyClick(line(opened), K.Key_Return)
    settled(opened)
    assert not is_open(opened)
    assert opened.records.title.text() == "Orders"
    opened.do_palette()
    look(qtbot, opened, "zengji")
    qtbot.keyClick(line(opened), K.Key_Return)
    settled(opened)
    assert opened.records.title.text() == "Customers"
    opened.do_palette()
    first = [one.split(",")[0] for one in rows(opened)]
    assert first[:3] == ["上海曾记食品有限公司", "Orders", "Today"]
    assert len(first) == len(PAGES) + 1


@pytest.mark.parametrize(
    "typed",
    ["曾记", "zengji", "zjsp", "cengji", "C002", "c002", "139 1234", "12345678", "ACME"],
)
def test_a_record_is_found_in_every_way_and_opens_on_its_page_with_its_details(
    qtbot, opened, settled, typed
):
    name = "Acme Tools Ltd" if typed == "ACME" else "上海曾记食品有限公司"
    found = look(qtbot, opened, typed)
    assert found[0].startswith(name)
    assert "Customer" in found[0]
    opened.page("team")
    assert not is_open(opened)  # who goes elsewhere has closed it
    opened.do_palette()
    look(qtbot, opened, typed)
    qtbot.keyClick(line(opened), K.Key_Return)
    settled(opened)
    assert opened.records.title.text() == "Customers"
    assert named(opened.records.detail, QLineEdit, "Customer name").text() == name
    assert opened.records.grid.hasFocus()


def test_a_record_that_the_list_does_not_show_now_is_shown_all_the_same(qtbot, opened, settled):
    qtbot.keyClick(line(opened), K.Key_Escape)
    page = opened.records
    page.search.setText("Acme")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.bin_button.click()
    opened.do_palette()
    look(qtbot, opened, "oykj")
    qtbot.keyClick(line(opened), K.Key_Return)
    settled(opened)
    assert page.detail._title.text() == "北京欧阳科技有限公司"
    assert page.grid.rows_selected() == [page.detail.id]


def test_records_stand_by_how_well_they_fit_and_say_what_they_are(qtbot, opened):
    with opened.session.book.change("More") as change:
        change.add("contact", {"name": "冰箱先生", "customer": "C001"})
        change.add("customer", {"name": "大冰箱"})
        change.add("customer", {"name": "冰箱厂"})
    found = look(qtbot, opened, "冰箱")
    assert [one.split(",")[0] for one in found] == ["冰箱", "冰箱厂", "冰箱先生", "大冰箱"]
    assert found[0] == "冰箱, P1  ·  Product"
    assert found[2].endswith("Contact")


@pytest.mark.parametrize("typed", ["history", "hist", "历史", "lishi", "ls"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_action_is_found_in_english_in_chinese_and_by_pinyin_and_run(
    qtbot, opened, settled, typed, language
):
    opened.set_language(language)
    opened.do_palette()
    opened.do_palette()
    look(qtbot, opened, typed)
    text = {"en": "History, View, Ctrl+H", "zh_CN": "历史，查看，Ctrl+H"}[language]
    assert text in rows(opened)
    results(opened).setCurrentIndex(results(opened).model().index(rows(opened).index(text), 0))
    qtbot.keyClick(line(opened), K.Key_Return)
    assert opened._dock.isVisible()


def test_what_cannot_be_done_now_is_grey_says_why_and_does_nothing(qtbot, window, settled):
    window.do_close_book()
    window.do_palette()
    settled(window)
    assert any(one.startswith("New book") for one in rows(window))
    assert not any("Customers" in one for one in rows(window))
    found = look(qtbot, window, "export")
    assert found == [
        "Export this list, File, Ctrl+E, Open or make a book first.",
        "Export for editing, File, Open or make a book first.",
    ]
    assert not results(window).model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(line(window), K.Key_Return)
    assert is_open(window)
    look(qtbot, window, "zhongwen")
    qtbot.keyClick(line(window), K.Key_Return)
    assert window.settings.language == "zh_CN"
    assert not is_open(window)


def test_arrows_choose_and_escape_gives_the_focus_back(qtbot, opened):
    before = opened.records.grid
    for key, at in (
        (K.Key_Down, 1),
        (K.Key_Down, 2),
        (K.Key_Up, 1),
    ):
        qtbot.keyClick(line(opened), key)
        assert results(opened).currentIndex().row() == at
    for _ in range(2):  # all pages are a little more than one page of the list
        qtbot.keyClick(line(opened), K.Key_PageDown)
    assert results(opened).currentIndex().row() == len(PAGES) - 1
    qtbot.keyClick(line(opened), K.Key_Tab)
    assert results(opened).hasFocus()
    qtbot.keyClick(results(opened), "t")
    assert line(opened).text() == "t"
    qtbot.keyClick(line(opened), K.Key_Escape)
    assert not is_open(opened)
    assert before.hasFocus()


def test_ctrl_k_opens_it_from_inside_a_line_and_closes_it_again(qtbot, window, settled):
    settled(window)
    search = window.records.search
    search.setText("C00")
    search.setFocus()
    search.home(False)
    qtbot.keyClick(search, K.Key_K, CTRL)
    assert is_open(window)
    assert search.text() == "C00"
    qtbot.keyClick(line(window), K.Key_K, CTRL)
    assert not is_open(window)
    assert search.hasFocus()


def test_enter_typed_before_the_answer_opens_the_best_of_it(qtbot, opened, settled):
    line(opened).insert("曾记")
    qtbot.keyClick(line(opened), K.Key_Return)
    qtbot.waitUntil(lambda: not is_open(opened))
    settled(opened)
    assert opened.records.detail._title.text() == "上海曾记食品有限公司"


def test_the_answer_to_what_was_typed_over_is_never_shown(qtbot, opened, settled):
    for typed in ("C001", "C002", "C003"):
        line(opened).selectAll()
        line(opened).insert(typed)
    settled(opened)
    assert [one.split(",")[0] for one in rows(opened)] == ["北京欧阳科技有限公司"]
    line(opened).clear()
    settled(opened)
    assert rows(opened)[0].startswith("Today")


def test_a_record_removed_meanwhile_is_said_and_no_longer_among_the_last_used(
    qtbot, opened, settled
):
    look(qtbot, opened, "C002")
    with opened.session.book.change("Remove") as change:
        change.remove("customer", [2])
    qtbot.keyClick(line(opened), K.Key_Return)
    assert opened.notices.text == "This record has been removed meanwhile."
    opened.do_palette()
    assert not any("曾记" in one for one in rows(opened))


@pytest.fixture
def listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_who_hears_the_screen_is_told_each_row_with_its_kind_and_shortcut(
    qtbot, listening, opened, settled
):
    look(qtbot, opened, "customers")
    told = QAccessible.queryAccessibleInterface(results(opened))
    assert told.text(QAccessible.Text.Name) == "Results"
    assert told.child(0).text(QAccessible.Text.Name) == "Customers, Page, Ctrl+2"
    assert line(opened).accessibleDescription() == "Customers, Page, Ctrl+2"
    assert told.child(0).state().selected


def test_every_list_of_a_page_is_declared_with_it(window):
    for page in PAGES:
        kind = getattr(import_module(page.module), page.widget)
        listed = kind.lists if issubclass(kind, TabbedPage) else ()
        assert tuple(one.entity for one in listed) == page.entities
