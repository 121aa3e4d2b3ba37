"""Issuing workbooks on the screen: to whom, where to, what is sent with them; the list of what is out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.calendar.in_book import work_calendar
from tests.ui.acting import button, click, named, settle
from tests.ui.returned import edited, issued
from ui.dialogs.issue_workbooks import IssueWorkbooks, open_issue


@pytest.fixture
def dialog(qtbot, window, tmp_path):
    window.do_issue_workbooks()
    [made] = window.findChildren(IssueWorkbooks)
    made.folder.setText(str(tmp_path / "out"))
    yield made
    if made.isVisible():
        made.close()


def names(dialog) -> list[tuple[str, bool]]:
    items = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    return [(one.text(0), one.checkState(0) == Qt.CheckState.Checked) for one in items]


def test_everybody_is_ticked_and_it_is_due_on_the_next_working_day(window, dialog):
    assert names(dialog) == [("李娜", True), ("王强", True)]
    due = work_calendar(window.session.book).next_working(date.today())
    assert dialog.due.typed() == due.isoformat()
    assert dialog.issue_button.text() == "Issue 2 workbooks"
    assert not dialog.isModal()  # nothing else waits for it


def test_who_left_gets_none(qtbot, window):
    book = window.session.book
    with book.change("left") as change:
        change.set("salesperson", book.ids("salesperson", "name=李娜")[0], {"status": "left"})
    made = open_issue(window.session, window)
    assert names(made) == [("王强", True)]
    made.close()


def test_files_are_made_and_shown_with_a_message_for_each(qtbot, window, dialog, tmp_path):
    click(qtbot, dialog, "Issue 2 workbooks")
    settle(qtbot, window)
    made = sorted((tmp_path / "out").glob("*.xlsx"))
    assert len(made) == 2
    table = dialog.files.table
    assert [table.item(row, 0).text() for row in range(2)] == ["李娜", "王强"]
    assert {table.item(row, 1).text() for row in range(2)} == {one.name for one in made}
    table.setCurrentCell(1, 0)
    text = dialog.files.text.toPlainText()
    assert text.startswith("王强, here is your workbook “")
    assert "Please send it back by" in text
    click(qtbot, dialog, "Copy message")
    assert QGuiApplication.clipboard().text() == text
    assert window.session.book.count("workbook") == 2


def test_issuing_is_one_change_and_its_undo_is_offered(qtbot, window, dialog):
    before = window.session.book.last_change
    click(qtbot, dialog, "Issue 2 workbooks")
    settle(qtbot, window)
    assert window.session.book.last_change == before + 1
    click(qtbot, window.notices, "Undo")
    settle(qtbot, window)
    assert window.session.book.count("workbook") == 0


def test_nobody_ticked_is_nobody_to_issue_to(qtbot, dialog):
    named(dialog, type(dialog.all), "Everybody").click()
    assert names(dialog) == [("李娜", False), ("王强", False)]
    assert not dialog.issue_button.isEnabled()


def test_a_day_that_is_none_is_said_at_its_field(qtbot, window, dialog):
    dialog.due.editor.setText("soonish")
    click(qtbot, dialog, "Issue 2 workbooks")
    assert not window.jobs.busy
    assert dialog.due.editor.property("wrong")
    assert window.session.book.count("workbook") == 0


def test_a_folder_that_cannot_be_made_is_said_and_nothing_is_changed(
    qtbot, window, dialog, tmp_path
):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    dialog.folder.setText(str(tmp_path / "file" / "in it"))
    click(qtbot, dialog, "Issue 2 workbooks")
    settle(qtbot, window)
    assert dialog._said.isVisible()
    assert dialog._said.text()
    assert window.session.book.count("workbook") == 0
    assert dialog.issue_button.isEnabled()


def test_the_language_of_the_workbooks_is_chosen(qtbot, window, dialog, tmp_path):
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    click(qtbot, dialog, "Issue 2 workbooks")
    settle(qtbot, window)
    assert all(one.name.startswith("业务簿_") for one in (tmp_path / "out").glob("*.xlsx"))
    assert "这是您的工作簿" in dialog.files.text.toPlainText()


def test_what_is_out_is_listed_and_who_is_late_stands_out(qtbot, window, tmp_path):
    book = window.session.book
    issued(book, tmp_path / "out", "王强")
    with book.change("late") as change:
        row = book.ids("workbook")[0]
        change.set("workbook", row, {"due_back": date.today() - timedelta(days=3)})
    page = window.page("workbooks")
    page.list_of("issued")
    settle(qtbot, window)
    [line] = page.own["issued"].model.lines
    assert (line.cells[0], line.cells[5]) == ("王强", "3 days late")
    page.own["issued"].table.selectAll()
    click(qtbot, page.own["issued"], "Issue again…")
    [made] = window.findChildren(IssueWorkbooks)
    assert names(made) == [("李娜", False), ("王强", True)]
    made.close()


def test_an_empty_list_says_what_to_do(qtbot, window):
    page = window.page("workbooks")
    page.list_of("issued")
    settle(qtbot, window)
    shown = page.own["issued"]
    assert "No workbook was issued yet" in shown.empty.text()
    click(qtbot, shown.empty, "Issue workbooks…")
    [made] = window.findChildren(IssueWorkbooks)
    made.close()


def test_the_answer_is_offered_to_whoever_sent_something_back(qtbot, window, tmp_path):
    [path] = issued(window.session.book, tmp_path / "out", "王强")
    edited(path, {("Acme Tools Ltd", "City"): "Leeds"})
    page = window.page("workbooks")
    page.list_of("returned")
    review = page.own["returned"]
    review.add([path])
    settle(qtbot, window)
    review.apply()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: button(review, "Issue the answer…").isEnabled())
    click(qtbot, review, "Issue the answer…")
    QApplication.processEvents()
    [made] = window.findChildren(IssueWorkbooks)
    assert names(made) == [("李娜", False), ("王强", True)]
    made.close()
