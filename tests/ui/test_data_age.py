"""How old somebody's data is stands beside their figures: record, time mix, chances, workload."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from models.workbooks import freshness
from tests.ui.acting import settle, table_texts

TODAY = date.today()
_WEEK = (TODAY - timedelta(days=7)).isoformat()


@pytest.fixture
def heard(qtbot, window):
    """王强 was heard of a week ago, 李娜 never: what is in the book was entered long ago."""
    visit = {"at": f"{_WEEK} 10:00", "kind": "visit", "person": "王强", "customer": "C001"}
    with window.session.book.change("visit") as change:
        change.add("activity", visit)
    with window.session.book.change("all of it was entered long ago") as change:
        change.db.run("UPDATE change SET at = '2020-01-01T00:00:00.000'")
    settle(qtbot, window)
    return window


def people(window) -> dict[str, int]:
    book = window.session.book
    return {book.label("salesperson", row): row for row in book.ids("salesperson")}


def told(window, name: str) -> str:
    """What is to stand beside somebody's figures."""
    return freshness.ages(window.session.book, TODAY)[people(window)[name]].text()


def beside(page) -> str:
    """The line below the name of the record beside a list."""
    line = page.detail.told
    return line.text() if line.isVisible() else ""


def place(table, head: str) -> int:
    """Where a column stands, by its head."""
    model = table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return heads.index(head)


def column(table, head: str) -> dict[str, str]:
    """What a column shows of each person."""
    at = place(table, head)
    return {row[0]: row[at] for row in table_texts(table)}


def tips(table, head: str) -> set[str]:
    """What is said where its cells are pointed at, and to who hears the screen."""
    at, model = place(table, head), table.model()
    cells = [model.index(row, at) for row in range(model.rowCount())]
    said = {one.data(Qt.ItemDataRole.ToolTipRole) for one in cells}
    assert said == {one.data(Qt.ItemDataRole.AccessibleTextRole) for one in cells}
    return said


def salespeople(qtbot, window):
    team = window.page("team")
    window.show_page("team")
    page = team.list_of("salesperson")
    settle(qtbot, window)
    return page


def test_the_record_of_a_salesperson_says_how_old_their_data_is(qtbot, heard):
    page = salespeople(qtbot, heard)
    page.grid.pick(people(heard)["王强"])
    page.detail.show_record(people(heard)["王强"])
    settle(qtbot, heard)
    assert beside(page) == told(heard, "王强") == f"data as of {_WEEK} (7 days old, activity)"
    page.grid.pick(people(heard)["李娜"])
    page.detail.show_record(people(heard)["李娜"])
    assert beside(page) == ""  # never that of somebody else
    settle(qtbot, heard)
    assert beside(page) == told(heard, "李娜") == "no data yet"


def test_what_is_heard_meanwhile_is_said_at_once_and_in_the_language_in_force(qtbot, heard):
    page, book = salespeople(qtbot, heard), heard.session.book
    page.grid.pick(people(heard)["李娜"])
    page.detail.show_record(people(heard)["李娜"])
    settle(qtbot, heard)
    with book.change("call") as change:
        change.add("activity", {"at": f"{_WEEK} 11:00", "kind": "call", "person": "李娜"})
    settle(qtbot, heard)
    settle(qtbot, heard)
    assert beside(page) == told(heard, "李娜") != "no data yet"
    heard.set_language("zh_CN")
    settle(qtbot, heard)
    assert beside(page) == told(heard, "李娜")
    assert beside(page).startswith("数据截至")


def test_the_record_of_anything_else_has_no_such_line(qtbot, heard):
    heard.show_page("team")
    page = heard.page("team").list_of("product")
    settle(qtbot, heard)
    page.detail.show_record(page.model.id_at(0))
    settle(qtbot, heard)
    assert page.detail.isVisible()
    assert beside(page) == ""


def test_the_time_mix_says_how_old_the_data_behind_the_hours_is(qtbot, heard):
    page = heard.page("capacity")
    heard.show_page("capacity")
    page.list_of("time_mix")
    settle(qtbot, heard)
    assert column(page.time_mix.table, "Data as of") == {"王强": _WEEK, "李娜": "no data yet"}
    assert tips(page.time_mix.table, "Data as of") == {told(heard, one) for one in people(heard)}


def test_the_ledger_of_chances_says_how_old_everybodys_data_is(qtbot, heard):
    book = heard.session.book
    with book.change("chance") as change:
        change.add("opportunity_ledger", {"person": "王强", "given_on": TODAY, "worth": 1})
    page = heard.page("capacity")
    heard.show_page("capacity")
    page.list_of("fairness")
    settle(qtbot, heard)
    assert column(page.fairness.table, "Data as of") == {"王强": _WEEK, "李娜": "no data yet"}
    assert tips(page.fairness.table, "Data as of") == {told(heard, one) for one in people(heard)}
    with book.change("call") as change:
        change.add("activity", {"at": f"{_WEEK} 12:00", "kind": "call", "person": "李娜"})
    settle(qtbot, heard)
    assert column(page.fairness.table, "Data as of")["李娜"] == TODAY.isoformat()


def test_hours_and_their_age_follow_what_is_heard_of_somebody(qtbot, heard):
    page = heard.page("capacity")
    heard.show_page("capacity")
    page.list_of("workload")
    settle(qtbot, heard)
    lina = people(heard)["李娜"]
    assert page.workload.model.found.age_text(lina) == "no data yet"
    with heard.session.book.change("call") as change:
        change.add("activity", {"at": f"{_WEEK} 12:00", "kind": "call", "person": "李娜"})
    settle(qtbot, heard)
    assert page.workload.model.found.age_text(lina) == told(heard, "李娜") != "no data yet"
