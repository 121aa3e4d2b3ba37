"""Holding a goal review in the window, and handing out agreements, by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QTextBrowser,
)

from tests.ui.acting import click, named, settle
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from ui import theme
from ui.pages.goal_agreement import GoalAgreementDialog
from ui.pages.goal_review import GoalReview

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TODAY = date.today()


@pytest.fixture
def quarter(window) -> str:
    """Goals of both people for the quarter of today."""
    book = window.session.book
    label = book.calendar.of("quarter", TODAY).label
    with book.change("goals") as change:
        for name in ("王强", "李娜"):
            change.add("goal", {"person": name, "measure": "won_amount", "period": label,
                                "target": Decimal(100000), "title": f"{name} wins"})  # fmt: skip
    return label


def held(qtbot, window) -> GoalReview:
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL | SHIFT)
    [dialog] = [one for one in window.findChildren(GoalReview) if one.isVisible()]
    settle(qtbot, window)
    return dialog


def listed(dialog: GoalReview, name: str) -> list[str]:
    found = named(dialog, QListWidget, name)
    return [found.item(at).text() for at in range(found.count())]


def test_the_review_is_read_page_by_page(qtbot, window, quarter):
    dialog = held(qtbot, window)
    page, text = named(dialog, QComboBox, "Page"), named(dialog, QTextBrowser, "What the page says")
    assert [page.itemText(at) for at in range(page.count())] == ["Team", "李娜", "王强"]
    assert f"Goal review {quarter}" in text.toPlainText()
    click(qtbot, dialog, "Next page")
    assert "李娜 wins" in text.toPlainText()
    click(qtbot, dialog, "Next page")
    assert "王强 wins" in text.toPlainText()
    assert "Suggested questions" in text.toPlainText()
    dialog.accept()


def test_a_line_becomes_a_decision_and_a_task_and_is_undone_as_one(qtbot, window, quarter):
    dialog = held(qtbot, window)
    book = window.session.book
    line = named(dialog, QLineEdit, "Decision")
    line.setText("王强 visits Acme tomorrow")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert named(dialog, QLineEdit, "Owner").text() == "王强"
    assert named(dialog, QLineEdit, "Due").text() == (TODAY + timedelta(1)).isoformat()
    qtbot.keyClick(line, Qt.Key.Key_Return, CTRL)
    told = f"王强 visits Acme tomorrow · 王强 · {TODAY + timedelta(1)}"
    qtbot.waitUntil(lambda: listed(dialog, "Decided in this meeting") == [told])
    [task] = book.ids("task")
    assert book.record("task", task)["owner"].label == "王强"
    assert line.text() == ""
    window.session.undo()
    qtbot.waitUntil(lambda: listed(dialog, "Decided in this meeting") == [])
    assert [book.count(one) for one in ("meeting", "decision", "task")] == [0, 0, 0]
    dialog.accept()


def test_what_was_said_for_a_field_is_not_overwritten_by_the_line(qtbot, window, quarter):
    dialog = held(qtbot, window)
    named(dialog, QLineEdit, "Owner").setText("李娜")
    named(dialog, QLineEdit, "Decision").setText("王强 visits Acme tomorrow")
    click(qtbot, dialog, "Decide (Ctrl+Enter)")
    [row] = window.session.book.ids("decision")
    assert window.session.book.record("decision", row)["owner"].label == "李娜"
    dialog.accept()


def test_earlier_decisions_that_are_open_stand_first(qtbot, window, quarter):
    book = window.session.book
    with book.change("earlier") as change:
        meeting = change.add("meeting", {"title": "Review", "kind": "goal_review",
                                         "held_on": TODAY - timedelta(7)})  # fmt: skip
        change.add("decision", {"title": "Call them", "meeting": meeting, "owner": "李娜",
                                "due": TODAY - timedelta(2)})  # fmt: skip
    dialog = held(qtbot, window)
    told = f"Call them · 李娜 · {TODAY - timedelta(2)} · 2 days late"
    assert listed(dialog, "Decisions still open") == [told]
    dialog.accept()


def test_a_period_that_is_none_is_said_and_another_one_is_read(qtbot, window, quarter):
    dialog = held(qtbot, window)
    period = named(dialog, QLineEdit, "Period")
    period.setText("one day")
    period.editingFinished.emit()
    assert "is not a period" in dialog._said.text()
    period.setText("2020-Q1")
    period.editingFinished.emit()
    settle(qtbot, window)
    text = named(dialog, QTextBrowser, "What the page says")
    qtbot.waitUntil(lambda: "Goal review 2020-Q1" in text.toPlainText())
    assert not dialog._said.isVisible()
    dialog.accept()


def test_the_pack_is_saved_as_it_is_shown(qtbot, window, quarter, tmp_path):
    dialog = held(qtbot, window)
    for name in ("pack.pdf", "pack.xlsx"):
        dialog.save(tmp_path / name)
        settle(qtbot, window)
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(tmp_path / "pack.xlsx").sheetnames[:3] == ["Team", "李娜", "王强"]
    dialog.accept()


def asked(qtbot, window) -> GoalAgreementDialog:
    window.do_goal_agreement()
    [dialog] = [one for one in window.findChildren(GoalAgreementDialog) if one.isVisible()]
    return dialog


def test_an_agreement_is_of_the_person_who_is_looked_at_and_is_written_down(
    qtbot, window, quarter, tmp_path
):
    book = window.session.book
    page = window.page("team").list_of("salesperson")
    settle(qtbot, window)
    [li] = book.ids("salesperson", where="name = 李娜")
    page.pick(li)
    dialog = asked(qtbot, window)
    assert named(dialog, QLineEdit, "Person").text() == "李娜"
    dialog.save(tmp_path / "agreement.pdf")
    settle(qtbot, window)
    assert (tmp_path / "agreement.pdf").read_bytes().startswith(b"%PDF")
    [row] = book.ids("goal_agreement")
    record = book.record("goal_agreement", row)
    assert (record["person"].id, record["status"], record["issued_on"]) == (li, "issued", TODAY)
    window.session.undo()
    assert book.count("goal_agreement") == 0


def test_nothing_is_written_down_where_it_is_not_wanted_and_without_goals_it_is_said(
    qtbot, window, quarter, tmp_path
):
    dialog = asked(qtbot, window)
    named(dialog, QLineEdit, "Person").setText("王强")
    period = named(dialog, QLineEdit, "Period")
    period.setText("2020-Q1")
    click(qtbot, dialog, "Save as PDF…")
    assert dialog._said.text() == "王强 has no goal in 2020-Q1."
    period.setText(quarter)
    named(dialog, QCheckBox, "Write down in the book that it was issued today").setChecked(False)
    dialog.save(tmp_path / "agreement.xlsx")
    settle(qtbot, window)
    assert openpyxl.load_workbook(tmp_path / "agreement.xlsx").sheetnames == ["Goal agreement 王强"]
    assert window.session.book.count("goal_agreement") == 0


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_dialogs_are_named_and_nothing_is_cut_off(qtbot, window, quarter, language, size):
    window.set_language(language)
    theme.set_text_size(QApplication.instance(), size)
    window.resize(1900, 1000)
    try:
        for dialog in (held(qtbot, window), asked(qtbot, window)):
            settle(qtbot, window)
            assert list(faults("dialog", dialog)) == []
            assert wrong(dialog) == []
            dialog.reject()
    finally:
        theme.set_text_size(QApplication.instance(), 100)
