"""Who works by keyboard or hears the screen: names, ways by Tab, shortcuts, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from tests.ui.goals_of_team import add_one_of_each
from tests.ui.tour import tour
from ui.charts.canvas import Chart
from ui.dialogs.new_book import NewBook
from ui.dialogs.rows import Rows
from ui.navigation import PAGES

INTERACTIVE = (
    QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabWidget, Chart,
)  # fmt: skip


def interactive(inside: QWidget) -> Iterator[QWidget]:
    """What a person works with; not the parts of which Qt makes its own widgets."""
    for one in inside.findChildren(QWidget):
        parent = one.parentWidget()
        part = isinstance(parent, QComboBox | QLineEdit | QTabBar | QHeaderView) or (
            isinstance(one, QAbstractButton) and isinstance(parent, QAbstractItemView)
        )
        inner = isinstance(one, QHeaderView) or one.objectName().startswith("qt_spinbox")
        own = isinstance(one, INTERACTIVE) and not part and not inner
        if own and one.isVisible() and one.window() is inside.window():
            yield one


def label_of(one: QWidget) -> str:
    """The label that stands before a field of a form."""
    form_of = one.parentWidget()
    for label in one.window().findChildren(QLabel):
        if label.buddy() is one:
            return label.text()
    layout = form_of.layout() if form_of is not None else None
    if isinstance(layout, QFormLayout):
        label = layout.labelForField(one)
        if isinstance(label, QLabel):
            return label.text()
    return ""


def expected(one: QWidget) -> str:
    """What the eye reads: a button's text or, of an icon, its tooltip; a field's label or hint."""
    if isinstance(one, QAbstractButton):
        return one.text().replace("&", "") or one.toolTip()
    label = label_of(one).removesuffix(" *")
    if label or not isinstance(one, QLineEdit):
        return label
    return one.placeholderText()


def is_stop(group: QButtonGroup | None) -> bool:
    """Whether Tab comes to one of buttons that exclude each other; arrows go on from there."""
    buttons = group.buttons() if group is not None else []
    return any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in buttons)


def faults(name: str, inside: QWidget) -> Iterator[str]:
    for one in interactive(inside):
        what = f"{type(one).__name__} “{one.accessibleName()}” ({name})"
        said = one.accessibleName()
        if not said:
            # Qt says a button's own text where nothing else is given.
            said = one.text().replace("&", "") if isinstance(one, QAbstractButton) else ""
        read = expected(one)
        if not said:
            yield f"{what} has no name"
        elif read and said != read and not isinstance(one.parentWidget(), QAbstractItemView):
            around = one.parentWidget().parentWidget()
            # What stands in a row of a table is named by the row and the column's head.
            in_cell = isinstance(around, QAbstractItemView) or isinstance(around.parent(), Rows)
            shortened = isinstance(one, QAbstractButton) and one.toolTip() == said
            if not in_cell and not shortened:
                yield f"{what} reads {read!r}"
        by_menu = one.objectName() == "qt_dockwidget_closebutton"  # History stands in the menu
        holds_bar = isinstance(one, QTabWidget)
        by_arrows = isinstance(one, QRadioButton) and is_stop(one.group())
        if (
            not (by_menu or holds_bar or by_arrows)
            and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            yield f"{what} can't be reached by Tab"
        if isinstance(one, QTableWidget) and one.tabKeyNavigation():
            yield f"{what} keeps whoever comes by Tab"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_that_can_be_worked_with_has_a_name_and_is_reached_by_tab(
    qtbot, window, tmp_path, language
):
    book = window.session.book
    with book.change("One of each") as change:
        team = change.add("team", {"name": "一组"})
        change.add("region", {"name": "华东"})
        change.add("contact", {"name": "马波", "customer": "C001"})
        change.add("activity", {"at": "2026-03-01 10:00", "kind": "visit", "customer": "C001"})
        change.add("receipt", {"code": "R1", "customer": "C001", "amount": 5})
        assert team
    add_one_of_each(book)
    window.set_language(language)
    found = [
        fault for name, shown in tour(qtbot, window, tmp_path) for fault in faults(name, shown)
    ]
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_shortcut_means_two_things(window, settled, language):
    window.set_language(language)
    for page in PAGES:
        window.page(page.id)
        settled(window)
    keys: Counter[str] = Counter()
    for action in {id(one): one for one in window.findChildren(QAction)}.values():
        keys.update(one.toString() for one in action.shortcuts())
    keys.update(one.key().toString() for one in window.findChildren(QShortcut))
    menus = [one.text() for one in window.menuBar().actions()]
    keys.update(QKeySequence.mnemonic(one).toString() for one in menus)
    assert keys["Ctrl+Z"] == 1
    assert keys["Ctrl+1"] == 1
    assert [key for key, times in keys.items() if key and times > 1] == []
    assert all(QKeySequence.mnemonic(one).toString() for one in menus)


def test_the_sheet_is_left_by_escape_and_every_other_widget_by_tab(qtbot, window):
    page = window.records
    page.grid.setCurrentIndex(page.model.index(0, 0))
    page.search.setFocus()
    visited: list[QWidget] = []
    for _ in range(80):
        focused = window.focusWidget()
        if focused in visited:
            break
        visited.append(focused)
        if focused is page.grid:
            qtbot.keyClick(focused, Qt.Key.Key_Tab)  # to the next cell, as in a sheet
            assert window.focusWidget() is page.grid
            assert page.grid.currentIndex().column() == 1
            qtbot.keyClick(focused, Qt.Key.Key_Escape)
            assert window.focusWidget() is not page.grid
        else:
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
    expected_there = [
        page.search, page.filter, page.grid, page.add_button, page.remove_button, window.navigation,
    ]  # fmt: skip
    assert [one for one in expected_there if one not in visited] == []
    fields = [one for one in visited if page.detail.isAncestorOf(one)]
    assert len(fields) > 15
    assert isinstance(window.navigation, QListWidget)


def test_enter_presses_a_button_of_the_window_as_space_does(qtbot, window):
    button = window.records.bin_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.isChecked()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isChecked()
    window.do_close_book()
    first = next(one for one in interactive(window) if one.accessibleName() == "New book…")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: window.findChild(NewBook) is not None)


def test_shift_f10_asks_for_the_menu_of_a_cell(qtbot, window):
    grid = window.records.grid
    grid.setCurrentIndex(window.records.model.index(1, 0))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert "Only “上海曾记食品有限公司”" in [one.text() for one in menu.actions()]
    menu.close()
