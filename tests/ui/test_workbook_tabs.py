"""Freshness, notices with their readers, questions: what can be done there, and how the screens look."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton

from models.workbooks import memory
from models.workbooks.memory import Returned
from tests.ui.acting import click, named, settle, write
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from ui import theme
from ui.dialogs.ask_fields import AskFields
from ui.dialogs.preferences import Preferences
from ui.records.editors import put_value

TODAY = date.today()
_TABS = ("freshness", "notices", "questions")


@pytest.fixture(autouse=True)
def _usual_size(qapp):
    yield
    theme.set_text_size(qapp, 100)


@pytest.fixture
def team(qtbot, window):
    """One whose workbook is overdue, one whose came back, a notice, a question."""
    book = window.session.book
    late, back, *_ = book.ids("salesperson")
    _fill(book, late, back)
    settle(qtbot, window)
    return window, late, back


def _fill(book, late: int, back: int) -> None:
    with book.change("workbooks") as change:
        for who, due in ((late, TODAY - timedelta(days=20)), (back, None)):
            row = change.add(
                "workbook",
                {
                    "name": f"业务簿_{who}.xlsx",
                    "person": book.public_id("salesperson", who),
                    "issued_at": datetime.now(UTC) - timedelta(days=30),
                    "due_back": due,
                },
            )
        memory.keep_return(change.db, row, None, "back.xlsx", "0", Returned())
        change.add("announcement", {"title": "国庆放假", "body": "十月一日至八日放假。"})
        change.add(
            "suggestion",
            {
                "title": "折扣权限是多少？", "kind": "question",
                "person": book.public_id("salesperson", back),
                "raised_on": TODAY - timedelta(days=30),
            },
        )  # fmt: skip


def tab(qtbot, window, name: str):
    page = window.page("workbooks")
    window.show_page("workbooks")
    page.list_of(name)
    settle(qtbot, window)
    return page.own[name]


def choose(listed, entity: str, row: int) -> None:
    index = listed.model.index(listed.model.place_of((entity, row)), 0)
    flags = listed.table.selectionModel().SelectionFlag
    listed.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def button(listed, act):
    return listed.buttons[[one.do for one in listed.acts].index(act)]


def test_an_overdue_workbook_comes_first_and_its_reminder_is_copied(qtbot, team):
    window, late, back = team
    shown = tab(qtbot, window, "freshness")
    first = shown.model.lines[0]
    assert first.record == ("salesperson", late)
    assert first.colour == (7, "danger")
    choose(shown, "salesperson", late)
    button(shown, shown.nudge).click()
    text = QGuiApplication.clipboard().text()
    assert f"业务簿_{late}.xlsx" in text
    assert (TODAY - timedelta(days=20)).isoformat() in text
    choose(shown, "salesperson", back)
    assert not button(shown, shown.nudge).isEnabled()
    returned = shown.model.lines[shown.model.place_of(("salesperson", back))]
    assert returned.cells[1] == TODAY.isoformat()


def test_after_how_many_days_a_workbook_is_asked_for_is_a_preference_of_the_book(qtbot, team):
    window, late, _ = team
    shown = tab(qtbot, window, "freshness")
    assert (shown.count.text(), shown.model.lines[0].record[1]) == ("2 people, 1 to be asked", late)
    book = window.session.book
    [row] = [row for row in book.ids("workbook") if book.record("workbook", row)["due_back"]]
    with book.change("no day") as change:
        change.set("workbook", row, {"due_back": None})
    settle(qtbot, window)
    assert shown.count.text() == "2 people, 1 to be asked"  # it went out thirty days ago
    window.do_preferences()
    [dialog] = window.findChildren(Preferences)
    write(qtbot, named(dialog, QLineEdit, "Ask for workbooks after"), "60")
    settle(qtbot, window)
    assert shown.count.text() == "2 people, 0 to be asked"
    assert book.info(book.last_change).reason == "Ask for workbooks after: 60"
    dialog.close()


def test_issuing_again_asks_for_the_chosen_people(qtbot, team):
    window, late, _ = team
    shown = tab(qtbot, window, "freshness")
    choose(shown, "salesperson", late)
    with qtbot.waitSignal(window.session.issue_wanted) as asked:
        button(shown, shown.again).click()
    assert asked.args == [[late]]


def test_a_notice_says_who_has_not_read_it_and_is_marked_as_read_by_keyboard(qtbot, team):
    window, *_ = team
    book = window.session.book
    shown = tab(qtbot, window, "notices")
    notice = max(book.ids("announcement"))
    choose(shown, "announcement", notice)
    people = len(shown.chosen()[0].thing.unread)
    assert people > 1
    button(shown, shown.send).click()
    assert "国庆放假" in QGuiApplication.clipboard().text()
    button(shown, shown.remind).click()
    assert shown.chosen()[0].thing.unread[0].name in QGuiApplication.clipboard().text()
    shown.mark()
    [menu] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()
    ]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot, window)
    line = shown.model.lines[shown.model.place_of(("announcement", notice))]
    assert line.thing.unread == ()


def test_a_question_is_answered_from_the_list_and_its_status_and_day_follow(qtbot, team):
    window, *_ = team
    book = window.session.book
    shown = tab(qtbot, window, "questions")
    question = max(book.ids("suggestion"))
    assert shown.model.lines[0].thing.kind == "question"
    choose(shown, "suggestion", question)
    button(shown, shown.answer).click()
    dialog = window.findChild(AskFields)
    assert dialog is not None
    put_value(dialog.boxes["answer"].editor, "五个点以内", "五个点以内")
    click(qtbot, dialog, "Answer")
    settle(qtbot, window)
    found = book.record("suggestion", question)
    assert (found["status"], found["answered_on"]) == ("answered", TODAY)
    choose(shown, "suggestion", question)
    button(shown, shown.send).click()
    assert "五个点以内" in QGuiApplication.clipboard().text()
    button(shown, shown.adopt).click()
    settle(qtbot, window)
    assert book.record("suggestion", question)["status"] == "adopted"


def cut(table) -> list[str]:
    """The heads of columns, but the last, that are narrower than what stands in them or above them."""
    head, model = table.horizontalHeader(), table.model()
    return [
        str(model.headerData(at, Qt.Orientation.Horizontal))
        for at in range(model.columnCount() - 1)
        if table.columnWidth(at) < max(table.sizeHintForColumn(at), head.sectionSizeHint(at))
    ]


def test_a_column_grows_with_what_comes_into_it_and_with_the_mark_of_the_order(qtbot, window):
    book = window.session.book
    with book.change("call") as change:
        change.add("activity", {"at": f"{TODAY} 00:01", "kind": "call", "person": "王强"})
    with book.change("all of it was entered long ago") as change:
        change.db.run("UPDATE change SET at = '2020-01-01T00:00:00.000'")
    table = tab(qtbot, window, "freshness").table
    assert cut(table) == []
    for person in book.ids("salesperson"):
        _fill(book, person, person)
    settle(qtbot, window)
    texts = {table.model().index(row, 3).data() for row in range(table.model().rowCount())}
    assert texts == {"returned workbook"}
    assert cut(table) == []
    for column in range(table.model().columnCount()):
        table.horizontalHeader().sectionClicked.emit(column)
        assert cut(table) == []
    window.set_text_size(200)
    settle(qtbot, window)
    assert cut(table) == []


def test_a_column_that_somebody_made_narrow_stays_so(qtbot, team):
    window, late, _ = team
    table = tab(qtbot, window, "freshness").table
    table.setColumnWidth(3, 40)
    with window.session.book.change("call") as change:
        change.add(
            "activity",
            {
                "at": f"{TODAY} 00:01", "kind": "call",
                "person": window.session.book.public_id("salesperson", late),
            },
        )  # fmt: skip
    settle(qtbot, window)
    assert table.columnWidth(3) == 40


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_two_tabs_are_named_alike_and_all_of_them_fit(qtbot, window, language):
    assert (window.width(), window.height()) == (1280, 800)
    window.set_language(language)
    window.show_page("workbooks")
    settle(qtbot, window)
    tabs = window.page("workbooks").tabs
    texts = [tabs.tabText(at) for at in range(tabs.count())]
    assert len({_words(one) for one in texts}) == len(texts) == 10
    assert tabs.tabBar().sizeHint().width() <= tabs.width()
    assert [one for one in tabs.tabBar().findChildren(QToolButton) if one.isVisible()] == []


def _words(text: str) -> frozenset[str]:
    """What a name is made of, in whatever order: word by word, in Chinese sign by sign."""
    return frozenset(text.casefold().split() if text.isascii() else text)


def test_a_workbook_that_is_asked_for_is_shown_in_the_list_of_all(qtbot, team):
    window, *_ = team
    row = max(window.session.book.ids("workbook"))
    window.session.record_wanted.emit("workbook", row)
    settle(qtbot, window)
    assert (window.records.entity, window.records.detail.id) == ("workbook", row)
    tabs = window.page("workbooks").tabs
    assert tabs.tabText(tabs.currentIndex()) == "All workbooks"


@pytest.mark.parametrize(
    ("language", "look", "size"),
    [("zh_CN", "dark", 100), ("en", "light", 100), ("en", "dark", 200), ("zh_CN", "light", 200)],
)
def test_nothing_is_cut_and_everything_has_its_name(qtbot, window, language, look, size):
    window.set_language(language)
    window.set_theme(look)
    if size > 100:
        window.set_text_size(size)
        window.resize(1920, 1080)
    found: list[str] = []
    for full in (False, True):
        if full:
            late, back, *_ = window.session.book.ids("salesperson")
            _fill(window.session.book, late, back)
        for name in _TABS:
            tab(qtbot, window, name)
            said = f"{name} {'full' if full else 'empty'}"
            found.extend(f"{said}: {one}" for one in (*wrong(window), *faults(said, window)))
            folder = os.environ.get("DAYBOOK_SHOTS")
            if folder:
                file = f"{said.replace(' ', '_')}_{language}_{look}_{size}.png"
                window.grab().save(str(Path(folder) / file))
    assert not found, "\n".join(found)
