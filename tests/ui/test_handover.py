"""The dialog of a hand-over: kinds with counts, who gets each, the pack, one change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox

from tests.ui.acting import choose, click, named, settle, table_texts
from ui.dialogs.hand_over import HandOverDialog

ON = date(2026, 3, 2)


@pytest.fixture
def dialog(qtbot, window):
    with window.session.book.change("more") as change:
        change.add("salesperson", {"name": "赵敏"})
        change.add("task", {"title": "写方案", "owner": "王强", "due": "2026-03-06"})
    made = HandOverDialog(window.session, 1, window, ON)
    qtbot.addWidget(made)
    made.open()
    settle(qtbot, window)
    return made


def test_kinds_are_listed_with_their_counts_and_who_gets_them(dialog):
    rows = table_texts(dialog.table)
    assert [row[:2] for row in rows] == [
        ["Customers (Owner)", "4"], ["Opportunities (Owner)", "1"], ["Tasks (Owner)", "1"],
    ]  # fmt: skip
    assert "赵敏" in rows[0][2]
    assert dialog.said.text().startswith("王强 answers for 6 open records.")


def test_one_kind_goes_to_somebody_else_and_all_of_it_is_one_change(qtbot, window, dialog):
    book = window.session.book
    choose(qtbot, named(dialog, QComboBox, "All of it goes to"), "赵敏")
    dialog.table.setCurrentCell(2, 0)
    choose(qtbot, named(dialog, QComboBox, "The selected kind goes to"), "李娜")
    assert [row[2] for row in table_texts(dialog.table)] == ["赵敏", "赵敏", "李娜"]
    choose(qtbot, named(dialog, QComboBox, "Status afterwards"), "Left")
    before = book.last_change
    click(qtbot, dialog, "Hand over")
    assert book.last_change == before + 1
    assert {one[0].label for one in book.rows("customer", [1, 2, 3, 4], ["owner"])} == {"赵敏"}
    assert book.record("task", 1)["owner"].label == "李娜"
    assert book.record("salesperson", 1)["status"] == "left"
    window.session.undo()
    assert book.record("salesperson", 1)["status"] == "active"
    assert book.record("task", 1)["owner"].label == "王强"


def test_the_pack_is_written_before_or_without_handing_over(qtbot, window, dialog, tmp_path):
    before = window.session.book.last_change
    for name in ("pack.xlsx", "pack.pdf"):
        dialog.save(tmp_path / name)
        settle(qtbot, window)
        assert (tmp_path / name).stat().st_size > 1000
    assert window.session.book.last_change == before


def test_who_answers_for_nothing_has_nothing_to_hand_over(qtbot, window, dialog):
    dialog.reject()
    made = HandOverDialog(window.session, 3, window, ON)
    qtbot.addWidget(made)
    made.open()
    settle(qtbot, window)
    assert made.said.text() == "赵敏 answers for nothing that is open."
    assert not made.apply_button.isEnabled()
    made.reject()


def test_the_list_of_people_opens_it(qtbot, window):
    page = window.page("team").list_of("salesperson")
    settle(qtbot, window)
    page.grid.setCurrentIndex(page.model.index(0, 0))
    click(qtbot, page, "Hand over…")
    settle(qtbot, window)
    [dialog] = [one for one in window.findChildren(HandOverDialog) if one.isVisible()]
    dialog.reject()
