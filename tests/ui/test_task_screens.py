"""Tasks on the screen: blocked and answered, templates, duplicates while typing, steps, series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QTabWidget

from tests.ui.acting import button, click, named, settle, table_texts
from ui.dialogs.blocked import Answer, Blocked
from ui.dialogs.duplicates import Duplicates
from ui.dialogs.from_template import FromTemplate, SaveTemplate
from ui.dialogs.new_task import NewTask
from ui.dialogs.waiting_requests import WaitingRequests
from ui.pages.task_lists import HelpRequests, TaskList
from ui.records.short_table import ShortTable

ACME = "Acme Tools Ltd"
TODAY = date.today()


def add(window, entity: str, **values) -> int:
    with window.session.book.change("add") as change:
        return change.add(entity, values)


@pytest.fixture
def tasks(qtbot, window) -> TaskList:
    """Three tasks; the first is selected."""
    for title in ("Send the quotation", "Visit the plant", "Collect payment"):
        add(window, "task", title=title, owner="王强", customer=ACME, due=TODAY.isoformat())
    return chosen(qtbot, window, "task", 1)


def chosen(qtbot, window, entity: str, row: int):
    window.open_record(entity, row)
    settle(qtbot, window)
    shown = window.page("tasks").list_of(entity)
    shown.grid.selectRow(shown.model.row_of(row))
    return shown


def do(qtbot, window, shown, text: str) -> None:
    """Choose an entry of the list's own menu."""
    menu: QMenu = shown._menu
    menu.aboutToShow.emit()
    (action,) = [one for one in menu.actions() if one.text() == text]
    assert action.isEnabled(), text
    action.trigger()
    settle(qtbot, window)


def dialog(window, kind):
    return next(one for one in window.findChildren(kind) if one.isVisible())


def put(inside, name: str, text: str) -> None:
    found = named(inside, QLineEdit, name)
    found.setFocus()
    found.setText(text)


def test_a_blocked_task_asks_for_help_and_goes_on_when_it_is_solved(qtbot, window, tasks):
    book = window.session.book
    add(window, "help_request", title="No price list", answer="Ask the product desk")
    do(qtbot, window, tasks, "Blocked…")
    asked = dialog(window, Blocked)
    click(qtbot, asked, "Ask for help")
    assert any("keeps the work" in one.text() for one in asked.findChildren(QLabel))
    put(asked, "Problem", "There is no price list for 2026")
    qtbot.waitUntil(lambda: table_texts(named(asked, ShortTable, "Answered before")) != [])
    assert table_texts(named(asked, ShortTable, "Answered before")) == [
        ["No price list", "Ask the product desk"]
    ]
    put(asked, "Needed", "the list")
    put(asked, "Asked of", "李娜")
    click(qtbot, asked, "Ask for help")
    settle(qtbot, window)
    assert book.record("task", 1)["status"] == "blocked"
    requests = chosen(qtbot, window, "help_request", 2)
    assert isinstance(requests, HelpRequests)
    do(qtbot, window, requests, "Who is asked now…")
    waiting = dialog(window, WaitingRequests)
    rows = table_texts(named(waiting, ShortTable, "Waiting for an answer"))
    assert [rows[0][0], rows[0][1], rows[0][3]] == [
        "There is no price list for 2026", "王强", "李娜",
    ]  # fmt: skip
    waiting.reject()
    do(qtbot, window, requests, "Answer…")
    answer = dialog(window, Answer)
    named(answer, QPlainTextEdit, "Answer").setPlainText("See the intranet")
    named(answer, QCheckBox, "Solved: the task goes on").setChecked(True)
    click(qtbot, answer, "Answer")
    settle(qtbot, window)
    assert book.record("help_request", 2)["status"] == "resolved"
    assert book.record("task", 1)["status"] == "doing"
    window.do_undo()
    settle(qtbot, window)
    assert book.record("task", 1)["status"] == "blocked"


def test_a_right_click_offers_the_same(qtbot, window, tasks):
    menu = QMenu(window)
    tasks.menus._fill_cell(menu, tasks.model.index(0, 0))
    texts = [one.text() for one in menu.actions()]
    assert "Blocked…" in texts
    assert "Duplicates…" in texts


def test_what_is_typed_is_compared_with_what_is_open(qtbot, window, tasks):
    tasks.add()
    made = dialog(window, NewTask)
    put(made, "Task", "send quote")
    put(made, "Customer", ACME)

    def said() -> str:
        return "\n".join(one.text() for one in made.findChildren(QLabel) if one.isVisible())

    qtbot.waitUntil(lambda: "“Send the quotation”" in said())
    assert "same customer: Acme Tools Ltd" in said()
    put(made, "Task", "Training")
    qtbot.waitUntil(lambda: "There is already" not in said())
    put(made, "Repeats", "每周一")
    click(qtbot, made, "Add")
    settle(qtbot, window)
    (row,) = window.session.book.ids("task", "title = Training")
    assert window.session.book.record("task", row)["recurrence"] == "every week on Mon"


def test_duplicates_are_merged_and_one_undo_parts_them(qtbot, window, tasks):
    book = window.session.book
    add(window, "task", title="send quote", owner="李娜", customer=ACME, due=TODAY.isoformat())
    do(qtbot, window, tasks, "Duplicates…")
    shown = dialog(window, Duplicates)
    table = named(shown, ShortTable, "Duplicates")
    qtbot.waitUntil(lambda: table.rowCount() == 1)
    assert table_texts(table)[0][:2] == [
        f"Task: Send the quotation (王强, {TODAY})",
        f"Task: send quote (李娜, {TODAY})",
    ]
    click(qtbot, shown, "Merge into the first")
    qtbot.waitUntil(lambda: table.rowCount() == 0)
    assert book.record("task", 4)["status"] == "cancelled"
    assert not button(shown, "Merge into the first").isEnabled()
    shown.reject()
    window.do_undo()
    settle(qtbot, window)
    assert book.record("task", 4)["status"] == "assigned"


def test_tasks_become_a_template_and_the_template_tasks(qtbot, window, tasks):
    book = window.session.book
    tasks.grid.selectAll()
    do(qtbot, window, tasks, "Save as a template…")
    save = dialog(window, SaveTemplate)
    put(save, "Template", "New customer")
    click(qtbot, save, "Save")
    settle(qtbot, window)
    assert book.count("template") == 3
    do(qtbot, window, tasks, "Tasks from a template…")
    made = dialog(window, FromTemplate)
    table = named(made, ShortTable, "What is made")
    assert table.rowCount() == 3
    put(made, "Customer", "C001")
    put(made, "Begins on", "2026-02-15")
    qtbot.waitUntil(lambda: table_texts(table)[0][2] == "2026-02-24")
    qtbot.waitUntil(lambda: "3 tasks for 王强" in [one.text() for one in made.findChildren(QLabel)])
    put(made, "Begins on", "soon")
    qtbot.waitUntil(lambda: table.rowCount() == 0)
    put(made, "Begins on", "2026-02-15")
    click(qtbot, made, "Make the tasks")
    settle(qtbot, window)
    assert book.count("task") == 6
    window.do_undo()
    assert book.count("task") == 3


def test_the_steps_of_a_task_are_ticked_by_space(qtbot, window, tasks):
    step = add(window, "checklist_item", task=1, title="Pack")
    tasks.detail.show_record(1)
    tabs = tasks.detail.findChild(QTabWidget)
    at = next(one for one in range(tabs.count()) if tabs.tabText(one).startswith("Checklist"))
    tabs.setCurrentIndex(at)
    related = tasks.detail._lists[tasks.detail._whats[at]]
    related.grid.setFocus()
    column = related.model.fields.index("done")
    related.grid.setCurrentIndex(related.model.index(0, column))
    qtbot.keyClick(related.grid, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.session.book.record("checklist_item", step)["done"] is True


def test_who_finishes_what_still_waits_is_told(qtbot, window, tasks):
    add(window, "checklist_item", task=1, title="Pack")
    add(window, "task_dependency", task=1, after=2)
    said: list[str] = []
    window.session.said.connect(lambda text, _: said.append(text))
    window.session.set("task", 1, {"status": "done"})
    qtbot.waitUntil(lambda: bool(said), timeout=3_000)
    assert "Send the quotation: steps not ticked: Pack; waits for Visit the plant" in said[0]
    said.clear()
    window.session.set("task", 3, {"status": "done"})
    qtbot.wait(700)
    assert said == []


def test_what_comes_again_is_made_while_the_window_is_open(qtbot, window, tasks):
    book = window.session.book
    monday = TODAY - timedelta(days=TODAY.weekday())
    add(window, "task", title="Report", due=monday.isoformat(), recurrence="every Monday")
    window.session.set("task", 4, {"status": "done"})
    qtbot.waitUntil(lambda: book.count("task", "series is not empty") == 1, timeout=5_000)
    settle(qtbot, window)
    window.do_undo()  # what the person did, not what the day brought
    settle(qtbot, window)
    assert book.record("task", 4)["status"] == "assigned"
    assert book.count("task", "series is not empty") == 1


def test_a_series_is_changed_and_ended_from_one_of_its_tasks(qtbot, window, tasks):
    from models.tasks import series

    book = window.session.book
    add(window, "task", title="Report", due="2026-03-02", recurrence="every Monday, 4 times")
    series.make(book, date(2026, 12, 31))
    rows = list(book.ids("task", "series is not empty", sort=[("due", False)]))
    assert len(rows) == 3
    window.session.set("task", rows[0], {"title": "Report and forecast"})
    shown = chosen(qtbot, window, "task", rows[0])
    do(qtbot, window, shown, "Make all later ones of the series like this one")
    assert [book.label("task", one) for one in rows] == ["Report and forecast"] * 3
    shown = chosen(qtbot, window, "task", rows[0])
    do(qtbot, window, shown, "End the series after this one")
    assert [book.record("task", one)["status"] for one in rows] == [
        "assigned", "cancelled", "cancelled",
    ]  # fmt: skip


def test_earlier_contacts_with_the_customer_are_one_entry_away(qtbot, window, tasks):
    said: list[str] = []
    window.session.said.connect(lambda text, _: said.append(text))
    do(qtbot, window, tasks, "Earlier contacts with the customer")
    assert said == ["There was no contact with this customer yet."]
    row = add(window, "activity", kind="call", customer=ACME, at="2026-03-02 10:00")
    do(qtbot, window, tasks, "Earlier contacts with the customer")
    assert window.page_id == "customers"
    assert list(window.records.model.ids) == [row]


def test_unclear_tasks_are_one_filter_away(qtbot, window, tasks):
    window.session.set("task", 1, {"done_criteria": "The customer has it"})
    do(qtbot, window, tasks, "Show unclear tasks")
    assert sorted(tasks.model.ids) == [2, 3]
