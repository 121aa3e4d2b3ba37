"""Deciding on a leave: what it means is shown, covers are chosen, one change approves or rejects it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox

from tests.ui.acting import choose, click, named, settle, table_texts
from ui.dialogs.leave_decision import LeaveDecision

ON = date(2026, 3, 2)


@pytest.fixture
def asked(qtbot, window):
    book = window.session.book
    with book.change("leave") as change:
        change.add("salesperson", {"name": "赵敏"})
        for title in ("写方案", "对账"):
            change.add(
                "task", {"title": title, "owner": "王强", "effort_hours": "4", "due": "2026-03-06"}
            )
        change.add(
            "follow_up_plan",
            {"customer": "Acme Tools Ltd", "due": "2026-03-05", "person": "王强", "kind": "visit"},
        )
        change.add(
            "leave",
            {
                "person": "王强", "starts_on": "2026-03-04", "ends_on": "2026-03-06",
                "status": "requested",
            },
        )  # fmt: skip
    dialog = LeaveDecision(window.session, 1, window, ON)
    qtbot.addWidget(dialog)
    dialog.open()
    settle(qtbot, window)
    return dialog


def test_what_falls_into_the_leave_is_told(asked):
    assert asked.said.text() == (
        "王强 is away 3 working days (2026-03-04 to 2026-03-06). "
        "Into these fall 2 tasks, 1 follow-up, 0 meetings."
    )
    assert [row[1:] for row in table_texts(asked.table)] == [
        ["Acme Tools Ltd", "2026-03-05", "李娜"],
        ["写方案", "2026-03-06", "李娜"],
        ["对账", "2026-03-06", "李娜"],
    ]


def test_one_covers_all_and_another_a_single_task_and_it_is_one_change(qtbot, window, asked):
    book = window.session.book
    all_of_it = named(asked, QComboBox, "All of it is covered by")
    choose(qtbot, all_of_it, next(
        all_of_it.itemText(n) for n in range(all_of_it.count()) if "赵敏" in all_of_it.itemText(n)
    ))  # fmt: skip
    asked.table.setCurrentCell(2, 1)
    single = named(asked, QComboBox, "The selected work is covered by")
    choose(qtbot, single, next(
        single.itemText(n) for n in range(single.count()) if "李娜" in single.itemText(n)
    ))  # fmt: skip
    assert [row[3] for row in table_texts(asked.table)] == ["赵敏", "赵敏", "李娜"]
    before = book.last_change
    click(qtbot, asked, "Approve")
    assert book.last_change == before + 1
    leave = book.record("leave", 1)
    assert (leave["status"], leave["cover"].label) == ("approved", "赵敏")
    cover = book.record("cover", 1)
    assert (cover["person"].label, cover["task"].label) == ("李娜", "对账")
    window.session.undo()
    assert book.record("leave", 1)["status"] == "requested"
    assert book.count("cover") == 0


def test_rejecting_is_one_change(qtbot, window, asked):
    before = window.session.book.last_change
    click(qtbot, asked, "Reject")
    assert window.session.book.record("leave", 1)["status"] == "rejected"
    assert window.session.book.last_change == before + 1


def test_what_was_chosen_before_is_chosen_again(qtbot, window, asked):
    click(qtbot, asked, "Approve")
    window.session.book.set("leave", 1, {"cover": "赵敏"})
    again = LeaveDecision(window.session, 1, window, ON)
    qtbot.addWidget(again)
    again.open()
    settle(qtbot, window)
    assert "赵敏" in again.everything.currentText()
    again.reject()


def test_the_list_of_leave_opens_it_for_the_selected_one(qtbot, window, asked):
    asked.reject()
    page = window.page("capacity").list_of("leave")
    settle(qtbot, window)
    assert not page.act_button.isEnabled()
    page.grid.setCurrentIndex(page.model.index(0, 0))
    click(qtbot, page, "What it means…")
    settle(qtbot, window)
    [dialog] = [one for one in window.findChildren(LeaveDecision) if one.isVisible()]
    dialog.reject()
