"""Help: the page that fits, links that lead somewhere, and nothing that the program does otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QListWidget, QWidget

import resources
from models import relative, texts
from models.describe import filters
from models.describe.sentences import sentence
from models.measures import engine
from models.periods import JANUARY, FiscalCalendar, Period
from tests.ui.acting import click, named, settle
from ui import help_pages
from ui.help_window import HelpWindow
from ui.navigation import PAGES, key_of
from ui.records.header_list import HeaderList

LANGUAGES = ("en", "zh_CN")
LINK = re.compile(r"\]\(([^)]+)\)")
NAMED = re.compile(r"\{(action|page|text):((?:[^{}]|\{\w+\})+)\}")


def shown(window) -> HelpWindow:
    QApplication.processEvents()
    made = window.help.window
    assert made is not None
    assert made.isVisible()
    return made


def sources() -> list[tuple[str, str, str]]:
    return [(id, one, help_pages.source(id, one)) for one in LANGUAGES for id in help_pages.IDS]


# -- what is written ---------------------------------------------------------------------------------


def test_both_languages_have_the_same_pages_and_no_other_files_lie_there():
    for language in LANGUAGES:
        files = {one.stem for one in resources.path("help", language).iterdir()}
        assert files == set(help_pages.IDS)
    for id in help_pages.IDS:
        here, there = (help_pages.source(id, one) for one in LANGUAGES)
        assert LINK.findall(here) == LINK.findall(there), id
        assert sorted(NAMED.findall(here)) == sorted(NAMED.findall(there)), id
        assert re.findall(r"^#+", here, re.M) == re.findall(r"^#+", there, re.M), id


def test_every_page_is_linked_from_another_and_every_link_leads_to_a_page():
    targets = {(id, target) for id, _, source in sources() for target in LINK.findall(source)}
    wrong = [one for one in targets if one[1].removesuffix(".md") not in help_pages.IDS]
    assert wrong == []
    linked = {target.removesuffix(".md") for id, target in targets if target != f"{id}.md"}
    assert set(help_pages.IDS) - {help_pages.FIRST} <= linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_actions_pages_and_buttons_as_the_window_does(window, language):
    window.set_language(language)
    known = texts.catalogue("zh_CN")
    for id, _, source in sources():
        rendered = help_pages.page(id)
        assert "{" not in re.sub(r"`[^`]*`", "", rendered), id
        for kind, name in NAMED.findall(source):
            if kind == "text":
                assert name in known, name
                continue
            if kind == "page":
                action = next(one for one in window._to_pages if one.data() == name)
            else:
                action = window.actions_[name]
            said = action.text().split(": ")[0].split("：")[0]
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            assert (f"**{said}** ({key})" if key else f"**{said}**") in rendered, (id, name)


def test_a_shortcut_of_a_menu_is_never_written_out_by_hand():
    of_menus = {
        QKeySequence(one.shortcut).toString()
        for one in help_pages.actions().values()
        if one.shortcut
    }
    of_menus |= {key_of(at) for at in range(1, len(PAGES) + 1)}
    written = [
        (id, key)
        for id, _, source in sources()
        for key in re.findall(r"(?:Ctrl|Shift|Alt)\+[\w+,]+|F\d+", source)
        if key in of_menus
    ]
    assert written == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_filter_that_help_shows_is_understood(window, language):
    page, schema = window.records, window.session.book.schema
    source = help_pages.source("filters", language)
    _, dates = re.split(r"^## (?:Dates|日期)$", source, flags=re.M)
    written = re.findall(r"`([^`]+)`", source)
    told = [one for one in written if re.search(r"\w[=~<>!]+\S|\w in \(| is | between ", one)]
    assert len(told) > 12
    for one in told:
        page.filter.setText(one)
        page.reload()
        assert not page.wrong.isVisible(), one
        assert sentence(filters.parse(one), schema.entity("customer"), schema)
    words = [one for one in re.findall(r"`([^`]+)`", dates) if one not in told]
    assert len(words) > 20
    calendars = (JANUARY, FiscalCalendar(4))
    assert [one for one in words if not any(_days(one, each) for each in calendars)] == []


def _days(text: str, calendar: FiscalCalendar) -> Period | None:
    return relative.period(text, calendar) or calendar.try_parse(text)


def test_the_measures_are_told_by_themselves(window):
    rendered = help_pages.page("measures")
    for one in engine.definitions():
        assert f"## {one.text()}\n\n`{one.code}`" in rendered
        assert texts.tr(one.words) in rendered


# -- the keys of a list: each is pressed -------------------------------------------------------------


def at(grid) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


def chosen(grid) -> set[tuple[int, int]]:
    return {(one.row(), one.column()) for one in grid.selectedIndexes()}


def edited(grid) -> bool:
    return grid.state() == grid.State.EditingState


def clipped(grid) -> bool:
    return bool(QGuiApplication.clipboard().text())


def changed(grid) -> bool:
    return bool(grid._session.book.can_undo().reason != "Team")


LAST = 3  # row
KEYS: dict[str, Callable[..., bool]] = {
    "F2": edited,
    "Enter": lambda grid: at(grid) == (2, 1),
    "Shift+Enter": lambda grid: at(grid) == (0, 1),
    "Tab": lambda grid: at(grid) == (1, 2),
    "Shift+Tab": lambda grid: at(grid) == (1, 0),
    "Esc": lambda grid: not grid.hasFocus(),
    "Alt+Down": lambda grid: any(
        one.view().isVisible() for one in grid.viewport().findChildren(QComboBox)
    ),
    "Alt+Shift+Down": lambda grid: any(
        one.isVisible() for one in grid.window().findChildren(HeaderList)
    ),
    "Space": changed,
    "Ctrl+Enter": lambda grid: not grid.isVisible(),
    "Del": changed,
    "Up": lambda grid: at(grid) == (0, 1),
    "Down": lambda grid: at(grid) == (2, 1),
    "Left": lambda grid: at(grid) == (1, 0),
    "Right": lambda grid: at(grid) == (1, 2),
    "Ctrl+Up": lambda grid: at(grid) == (0, 1),
    "Ctrl+Down": lambda grid: at(grid) == (LAST, 1),
    "Ctrl+Left": lambda grid: at(grid) == (1, 0),
    "Ctrl+Right": lambda grid: at(grid) == (1, grid.model().columnCount() - 1),
    "Ctrl+Shift+Down": lambda grid: chosen(grid) == {(row, 1) for row in range(1, LAST + 1)},
    "Home": lambda grid: at(grid) == (1, 0),
    "End": lambda grid: at(grid) == (1, grid.model().columnCount() - 1),
    "Ctrl+Home": lambda grid: at(grid) == (0, 0),
    "Ctrl+End": lambda grid: at(grid) == (LAST, grid.model().columnCount() - 1),
    "PgUp": lambda grid: at(grid) == (0, 1),
    "PgDown": lambda grid: at(grid) == (LAST, 1),
    "Ctrl+A": lambda grid: len(chosen(grid)) == 4 * grid.model().columnCount(),
    "Ctrl+Space": lambda grid: chosen(grid) == {(row, 1) for row in range(LAST + 1)},
    "Shift+Space": lambda grid: (
        chosen(grid) == {(1, column) for column in range(grid.model().columnCount())}
    ),
    "Ctrl+C": clipped,
    "Ctrl+Shift+C": lambda grid: "\n" in QGuiApplication.clipboard().text(),
    "Ctrl+X": lambda grid: clipped(grid) and changed(grid),
    "Ctrl+V": changed,
    "Ctrl+D": changed,
    "Ctrl+R": changed,
}


def told_keys(language: str) -> list[str]:
    lines = [one for one in help_pages.source("keys", language).splitlines() if one[:1] == "|"]
    return [key for line in lines for key in re.findall(r"`([^`]+)`", line.split("|")[1])]


def test_help_tells_the_same_keys_of_a_list_in_both_languages_and_no_others():
    assert told_keys("en") == told_keys("zh_CN")
    assert sorted(told_keys("en")) == sorted(KEYS)


@pytest.mark.parametrize("key", list(KEYS))
def test_a_key_that_help_tells_does_it(qtbot, window, key):
    page = window.page("customers").list_of("customer")
    settle(qtbot, window)
    grid, model = page.grid, page.model
    grid.setFocus()
    special = {"Alt+Down": "grade", "Space": "active", "Ctrl+Enter": "owner"}
    column = model.fields.index(special[key]) if key in special else 1
    grid.setCurrentIndex(model.index(1, column))
    QGuiApplication.clipboard().setText("X1" if key == "Ctrl+V" else "")
    if key == "Ctrl+D":
        column = model.fields.index("grade")
        grid.setCurrentIndex(model.index(0, column))
        grid.selectionModel().select(
            model.index(1, column), grid.selectionModel().SelectionFlag.Select
        )
    if key == "Ctrl+R":
        column = model.fields.index("grade")
        grid.setCurrentIndex(model.index(0, column))
        to = next(at for at, one in enumerate(model.fields) if one in ("city", "industry"))
        window.session.set("customer", model.ids[0], {"grade": "A"})
        assert to > column
        grid.setCurrentIndex(model.index(0, to - 1))
        for place in (to - 1, to):
            grid.selectionModel().select(
                model.index(0, place), grid.selectionModel().SelectionFlag.Select
            )
    [stroke] = QKeySequence(key)
    qtbot.keyClick(grid, stroke.key(), stroke.keyboardModifiers())
    QApplication.processEvents()
    assert KEYS[key](grid), (at(grid), chosen(grid))


# -- the window --------------------------------------------------------------------------------------


def test_f1_opens_the_page_that_fits_what_is_in_front(qtbot, window):
    page = window.page("customers").list_of("customer")
    assert window.actions_["help"].shortcut() == QKeySequence("F1")
    for widget, id in ((page.grid, "keys"), (page.filter, "filters"), (page.search, "filters")):
        window.activateWindow()
        widget.setFocus()
        window.do_help()
        assert shown(window).id == id
        window.help.window.close()
    window.page("insights")
    settle(qtbot, window)
    window.navigation.setFocus()
    window.do_help()
    assert shown(window).id == "charts"
    window.help.window.close()
    window.do_history()
    window._dock.widget()._table.setFocus()
    window.do_help()
    assert shown(window).id == "undo"
    window.do_close_book()
    window.do_help()
    assert shown(window).id == "first_steps"


def test_f1_in_a_dialog_opens_help_that_is_not_stopped_by_it(qtbot, window, tmp_path):
    path = tmp_path / "new.csv"
    path.write_text("客户名称,客户编号\n新一,N1\n", encoding="utf-8")
    review = window.import_files([path])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focused = QApplication.focusWidget()
    assert focused.window() is review
    qtbot.keyClick(focused, Qt.Key.Key_F1)
    made = shown(window)
    assert made.id == "import"
    assert review.isVisible()
    made.activateWindow()
    QApplication.processEvents()
    named(made, QLineEdit, "Search the help").setFocus()
    qtbot.keyClicks(named(made, QLineEdit, "Search the help"), "pinyin")
    assert 0 < named(made, QListWidget, "Pages of the help").count() < len(help_pages.IDS)
    review.reject()
    settle(qtbot, window)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_is_followed_and_back_leads_back(qtbot, window, language):
    window.set_language(language)
    window.do_help()
    made = shown(window)
    for id in help_pages.IDS:
        made.show_page(id)
        anchors = set()
        block = made.text.document().begin()
        while block.isValid():
            for one in block.textFormats():
                if one.format.isAnchor():
                    anchors.add(one.format.anchorHref())
            block = block.next()
        assert anchors == set(LINK.findall(help_pages.source(id, language)))
        for link in sorted(anchors):
            made.text.anchorClicked.emit(QUrl(link))
            assert made.id == link.removesuffix(".md")
            assert help_pages.title(made.id) in made.text.toPlainText()
            click(qtbot, made, made._back_button.text())
            assert made.id == id


def test_help_is_searched_and_what_was_found_is_marked(qtbot, window):
    window.do_help()
    made = shown(window)
    search, pages = (
        named(made, QLineEdit, "Search the help"),
        named(made, QListWidget, "Pages of the help"),
    )
    assert pages.count() == len(help_pages.IDS)
    qtbot.keyClicks(search, "board stage")
    assert pages.item(0).text() == "The keys of a list"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert made.id == "keys"
    assert len(made.text.extraSelections()) >= 2
    search.clear()
    qtbot.keyClicks(search, "zzz")
    assert pages.count() == 0
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_help_changes_its_language_with_the_window_and_closes_with_it(qtbot, window):
    window.do_help()
    made = shown(window)
    made.show_page("undo")
    window.set_language("zh_CN")
    assert made.windowTitle() == "帮助"
    assert "撤销、历史与备份" in made.text.toPlainText()
    assert "备份… (Ctrl+Shift+B)" in made.text.toPlainText()
    window.close()
    assert window.help.window is None
    assert not [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, HelpWindow) and one.isVisible()
    ]


def test_every_dialog_finds_its_page(window):
    assert help_pages.fitting(None) == "first_steps"
    inner = QWidget(window.records)
    assert help_pages.fitting(inner) == "keys"
    assert help_pages.fitting(QDialog(window.records)) == "first_steps"
