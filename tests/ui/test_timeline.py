"""The timeline of a record: what was done with it and what was changed of it, in one list."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableWidget, QTabWidget

from tests.ui.acting import named, show_tab, table_texts
from ui.records.detail_pane import DetailPane


@pytest.fixture
def pane(window, settled) -> DetailPane:
    """A customer with a visit, a call about its deal, a contact and an edit of each."""
    book = window.session.book
    with book.change("Work") as change:
        person = change.add("contact", {"name": "赵敏", "customer": "C002"})
        change.add(
            "activity",
            {"at": "2026-01-05 10:00", "kind": "visit", "person": "王强", "customer": "C002",
             "result": "谈妥价格", "next_step": "周五发合同"},
        )  # fmt: skip
        change.add(
            "activity",
            {"at": "2026-01-06 09:30", "kind": "call", "person": "李娜", "opportunity": "商机1"},
        )
        change.add("activity", {"at": "2026-01-07 09:30", "kind": "call", "customer": "C001"})
    book.set("contact", person, {"title": "经理"})
    book.set("customer", 2, {"city": "苏州"})
    window.records.grid.pick(2)
    settled(window)
    show_tab(window.records.detail.findChild(QTabWidget), "Timeline")
    return window.records.detail


def lines(pane: DetailPane) -> list[list[str]]:
    return [row[1:] for row in table_texts(named(pane, QTableWidget, "Timeline"))]


def test_activities_and_changes_of_a_customer_and_of_what_belongs_to_it_are_one_list(pane):
    shown = lines(pane)
    assert ["City", "– → 苏州"] in [one[:2] for one in shown]
    assert ["Contact 赵敏: Title", "– → 经理"] in [one[:2] for one in shown]
    assert ["Opportunities: 商机5, 商机1", "Added"] in [one[:2] for one in shown]
    assert shown[-2:] == [
        ["Call", "", "李娜"],
        ["Visit", "Result: 谈妥价格 · Next step: 周五发合同", "王强"],
    ]
    assert len([one for one in shown if one[0] in ("Call", "Visit")]) == 2
    when = [row[0] for row in table_texts(named(pane, QTableWidget, "Timeline"))]
    assert when == sorted(when, reverse=True)


def test_an_event_that_has_only_a_day_stands_at_its_place_without_an_hour(window, pane, settled):
    with window.session.book.change("Complaint") as change:
        change.add(
            "complaint", {"customer": "C002", "title": "到货晚了", "opened_on": "2026-01-06"}
        )
    settled(window)
    shown = table_texts(named(pane, QTableWidget, "Timeline"))
    at = next(at for at, one in enumerate(shown) if "到货晚了" in one[2])
    assert shown[at][0] == "2026-01-06"
    assert [one[1] for one in shown[at - 1 : at + 2 : 2]] == ["Call", "Visit"]


def test_records_that_one_change_added_together_are_one_line(window, pane, settled):
    with window.session.book.change("Import") as change:
        for number in range(5):
            change.add("contact", {"name": f"人{number}", "customer": "C002"})
    settled(window)
    assert lines(pane)[0][:2] == ["Contacts: 人4, 人3, 人2…", "Added"]
    assert not any("人0" in one[0] for one in lines(pane))
    assert ["Contact 赵敏", "Added"] in [one[:2] for one in lines(pane)]


def test_each_of_the_two_sorts_is_shown_or_not(pane):
    named(pane, QCheckBox, "Changes").click()
    assert [one[0] for one in lines(pane)] == ["Call", "Visit"]
    named(pane, QCheckBox, "Events").click()
    assert lines(pane) == []
    named(pane, QCheckBox, "Changes").click()
    assert "Call" not in [one[0] for one in lines(pane)]


def test_a_long_timeline_is_read_on(window, pane, settled):
    book = window.session.book
    pane.show_record(0)
    with book.change("Calls") as change:
        for minute in range(250):
            at = f"2026-02-01 {minute // 60:02}:{minute % 60:02}"
            change.add("activity", {"at": at, "kind": "call", "customer": "C003"})
    pane.show_record(3)
    show_tab(pane.findChild(QTabWidget), "Timeline")
    assert len(lines(pane)) == 200
    named(pane, QPushButton, "Older").click()
    assert len(lines(pane)) > 250
    assert not any(
        one.isVisible() for one in pane.findChildren(QPushButton) if one.text() == "Older"
    )


def test_what_was_not_read_to_its_end_is_offered_though_it_made_one_line(window, pane, settled):
    pane.show_record(0)
    with window.session.book.change("Import") as change:
        for number in range(250):
            change.add("contact", {"name": f"人{number}", "customer": "C002"})
    pane.show_record(2)
    show_tab(pane.findChild(QTabWidget), "Timeline")
    assert "Visit" not in [one[0] for one in lines(pane)]
    named(pane, QPushButton, "Older").click()
    assert lines(pane)[-1][0] == "Visit"
