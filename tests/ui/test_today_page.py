"""Today's page: it opens first, its lines are read, acted on by key, copied, put off, kept in step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from models.book import Book
from tests.ui.acting import click, settle
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from ui.dialogs.ask_fields import AskFields
from ui.dialogs.leave_decision import LeaveDecision
from ui.dialogs.quick_entry import QuickEntry
from ui.main_window import MainWindow

_Key = Qt.Key
TODAY = date.today()


@pytest.fixture
def book_path(tmp_path):
    """Two people; an overdue follow-up, an overdue task, a request for leave, a question."""
    path = tmp_path / "today.daybook"
    with Book.create(path) as book, book.change("Team") as change:
        for name in ("王强", "李娜"):
            change.add("salesperson", {"name": name})
        change.add("customer", {"name": "华诚", "grade": "A", "owner": "王强"})
        ago, soon = TODAY - timedelta(days=3), TODAY + timedelta(days=1)
        change.add("follow_up_plan", {"customer": "华诚", "due": ago, "purpose": "报价"})
        change.add("task", {"title": "周报", "owner": "李娜", "due": ago})
        change.add(
            "leave",
            {"person": "李娜", "starts_on": soon, "ends_on": soon, "status": "requested"},
        )
        change.add(
            "task",
            {"title": "方案", "owner": "王强", "status": "questioned", "question": "给谁？"},
        )
    return path


@pytest.fixture
def page(qtbot, window: MainWindow):
    shown = window.page("today")
    qtbot.waitUntil(lambda: shown.reader.today is not None and shown.reader.today.whole)
    settle(qtbot, window)
    shown.list.setFocus()
    return shown


def titles(page) -> list[str]:
    rows = page.list.rows
    lines = (rows.line(rows.index(at)) for at in range(rows.rowCount()))
    return [one.title for one in lines if one is not None]


def choose(page, title: str) -> None:
    rows = page.list.rows
    for at in range(rows.rowCount()):
        line = rows.line(rows.index(at))
        if line is not None and line.title == title:
            page.list.choose(at)
            return
    raise AssertionError((title, titles(page)))


def after(qtbot, window, page, gone: str) -> None:
    """Wait until a line has gone."""
    qtbot.waitUntil(lambda: gone not in titles(page), timeout=10_000)
    settle(qtbot, window)


def test_a_book_that_was_never_shown_opens_at_today(qtbot, window, tmp_path):
    with Book.create(tmp_path / "other.daybook"):
        pass
    assert window.open_book(tmp_path / "other.daybook")
    settle(qtbot, window)
    assert window.page_id == "today"
    assert window.navigation.currentRow() == 0


def test_lines_stand_by_consequence_and_the_first_is_chosen(page):
    assert titles(page) == ["华诚: 报价", "李娜 asks for leave: Annual leave", "周报", "方案"]
    assert page.list.line.title == "华诚: 报价"


def test_arrows_go_from_line_to_line_over_headings(qtbot, page):
    seen = []
    qtbot.keyClick(page.list, _Key.Key_Home)
    for _ in titles(page):
        seen.append(page.list.line.title)
        qtbot.keyClick(page.list, _Key.Key_Down)
    assert seen == titles(page)
    qtbot.keyClick(page.list, _Key.Key_Home)
    assert page.list.line.title == titles(page)[0]


def test_space_marks_a_task_as_done_and_undo_brings_it_back(qtbot, window, page):
    choose(page, "周报")
    qtbot.keyClick(page.list, _Key.Key_Space)
    after(qtbot, window, page, "周报")
    record = window.session.book.record("task", 1)
    assert (record["status"], record["done_at"]) == ("done", TODAY)
    window.do_undo()
    qtbot.waitUntil(lambda: "周报" in titles(page), timeout=10_000)


def test_enter_does_what_the_button_says(qtbot, window, page):
    choose(page, "华诚: 报价")
    qtbot.keyClick(page.list, _Key.Key_Return)
    dialog = window.findChild(QuickEntry)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_leave_is_decided_on_with_what_it_means_in_view(qtbot, window, page):
    choose(page, "李娜 asks for leave: Annual leave")
    click(qtbot, page.bar, "Decide…")
    dialog = window.findChild(LeaveDecision)
    assert dialog is not None
    settle(qtbot, window)
    dialog.close()


def test_a_question_is_answered_in_a_dialog(qtbot, window, page):
    choose(page, "方案")
    page.list.act()
    dialog = window.findChild(AskFields)
    assert dialog is not None
    dialog.boxes["done_criteria"].editor.setPlainText("给华诚")
    click(qtbot, dialog, "Answer")
    after(qtbot, window, page, "方案")
    record = window.session.book.record("task", 2)
    assert (record["status"], record["done_criteria"]) == ("assigned", "给华诚")


def test_a_task_is_postponed_to_a_working_day(qtbot, window, page):
    choose(page, "周报")
    click(qtbot, page.bar, "Postpone…")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    after(qtbot, window, page, "周报")
    assert window.session.book.record("task", 1)["due"] > TODAY


def test_what_is_not_wanted_today_can_be_shown_again(qtbot, window, page):
    choose(page, "周报")
    click(qtbot, page.bar, "Not today")
    assert "周报" not in titles(page)
    assert page.hidden_button.isVisible()
    qtbot.mouseClick(page.hidden_button, Qt.MouseButton.LeftButton)
    assert "周报" in titles(page)


def test_choosing_somebody_shows_only_theirs(qtbot, page):
    names = [one.name for one in page.people.people.counts]
    assert names[0] == "Everybody"
    page.people.setCurrentIndex(page.people.people.index(names.index("李娜")))
    assert set(titles(page)) == {"李娜 asks for leave: Annual leave", "周报"}
    page.people.setCurrentIndex(page.people.people.index(0))
    assert len(titles(page)) == 4


def test_the_list_is_copied_as_a_text_for_wechat(qtbot, window, page):
    qtbot.keyClick(page.list, _Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert "[王强]" in text
    assert "1. 华诚: 报价" in text
    page._fill_copy_menu()
    entry = next(one for one in page.copy_button.menu().actions() if one.text() == "李娜")
    entry.trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("李娜, to do on ")
    assert "华诚" not in text


def test_a_line_is_read_with_its_class_reason_person_and_action(page):
    choose(page, "华诚: 报价")
    row = page.list.currentIndex()
    said = row.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("At once", "华诚: 报价", "3 days overdue", "王强", "Enter: Log contact"):
        assert part in said
    shown = QAccessible.queryAccessibleInterface(page.list)
    assert shown.text(QAccessible.Text.Name) == "What is to be done"


def test_other_edits_are_followed_while_it_is_seen(qtbot, window, page):
    with window.session.book.change("Elsewhere") as change:
        change.add("task", {"title": "新任务", "owner": "李娜", "due": TODAY})
    qtbot.waitUntil(lambda: "新任务" in titles(page), timeout=10_000)


def test_what_was_written_behind_another_page_is_there_on_coming_back(qtbot, window, page):
    window.page("customers")
    with window.session.book.change("Elsewhere") as change:
        change.add("task", {"title": "新任务", "owner": "李娜", "due": TODAY})
    settle(qtbot, window)
    window.page("today")
    qtbot.waitUntil(lambda: "新任务" in titles(page), timeout=10_000)


def test_the_menu_of_a_line_offers_all_that_can_be_done(qtbot, window, page):
    choose(page, "周报")
    page.acts.menu(page.list.line, page.mapToGlobal(page.rect().center()), page.copy)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions() if one.text()]
    assert texts == [
        "Remind", "Open record", "Mark as done", "Postpone…", "Not today", "Only 李娜",
        "Copy the list",
    ]  # fmt: skip
    menu.close()


def test_opening_a_line_shows_its_record(qtbot, window, page):
    choose(page, "周报")
    qtbot.keyClick(page.list, _Key.Key_O)
    settle(qtbot, window)
    assert window.page_id == "tasks"


@pytest.mark.parametrize("filled", [False, True])
def test_a_day_without_anything_says_so(qtbot, window, tmp_path, filled):
    path = tmp_path / "quiet.daybook"
    with Book.create(path) as book:
        if filled:
            with book.change("Team") as change:
                change.add("salesperson", {"name": "王强"})
    assert window.open_book(path)
    page = window.page("today")
    qtbot.waitUntil(lambda: page.reader.today is not None and page.reader.today.whole)
    settle(qtbot, window)
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    wanted = "Nothing needs doing today" if filled else "This book is still empty"
    assert page.empty.text().startswith(wanted)


@pytest.mark.parametrize(
    ("added", "title", "kind"),
    [
        ([("task", {"title": "散件", "due": TODAY})], "散件", "AssignDialog"),
        (
            [
                ("ownership_claim", {"customer": "华诚", "claimant": who, "status": "disputed"})
                for who in ("王强", "李娜")
            ],
            "Whose is 华诚?",
            "Ruling",
        ),
        (
            [("contract", {"name": "框架", "customer": "华诚", "ends_on": TODAY})],
            "华诚: contract 框架 ends",
            "PlanFollowUp",
        ),
        (
            [("help_request", {"title": "缺价", "person": "李娜"})],
            "缺价",
            "Answer",
        ),
    ],
)
def test_each_action_opens_the_dialog_of_its_rule(qtbot, window, page, added, title, kind):
    with window.session.book.change("More") as change:
        for entity, values in added:
            change.add(entity, values)
    qtbot.waitUntil(lambda: title in titles(page), timeout=10_000)
    settle(qtbot, window)
    choose(page, title)
    page.list.act()
    settle(qtbot, window)
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert [type(one).__name__ for one in dialogs] == [kind]
    dialogs[0].close()


def test_a_follow_up_that_is_postponed_leaves_its_old_day_behind(qtbot, window, page):
    choose(page, "华诚: 报价")
    click(qtbot, page.bar, "Postpone…")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    after(qtbot, window, page, "华诚: 报价")
    statuses = window.session.book.rows("follow_up_plan", [1, 2], ["status", "moved_from"])
    assert [one[0] for one in statuses] == ["moved", "planned"]
    assert statuses[1][1].id == 1


def test_a_greeting_and_a_reminder_are_put_on_the_clipboard(qtbot, window, page):
    with window.session.book.change("Birthday") as change:
        change.set("salesperson", 1, {"birthday": TODAY.replace(year=1992)})
    title = "王强 has a birthday today"
    qtbot.waitUntil(lambda: title in titles(page), timeout=10_000)
    settle(qtbot, window)
    choose(page, title)
    page.list.act()
    assert QGuiApplication.clipboard().text().startswith("王强, happy birthday!")
    choose(page, "周报")
    page.list.act()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("李娜, how far is “周报”? 3 days overdue.")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_of_it_is_cut_off_nameless_or_out_of_reach(qtbot, window, page, language, percent):
    window.set_language(language)
    window.set_text_size(percent)
    window.resize(1280, 800)
    settle(qtbot, window)
    choose(page, "周报")
    for shown in ("the list", "a dialog"):
        QApplication.processEvents()
        assert wrong(window) == [], shown
        assert list(faults("today", window)) == [], shown
        if shown == "the list":
            choose(page, "方案")
            page.list.act()
            settle(qtbot, window)
    window.findChild(AskFields).close()
    window.set_text_size(100)
