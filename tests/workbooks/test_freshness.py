"""How old people's data is, and whose workbook is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from models import texts
from models.refusals import Refused
from models.workbooks import freshness
from models.workbooks.freshness import ages, figure_age
from models.workbooks.stale import stale
from tests.workbooks.returned import ON, team


@pytest.fixture
def book(tmp_path):
    """A fresh team."""
    texts.set_language("en")
    with team(tmp_path) as made:
        yield made


def test_nobody_of_whom_nothing_was_heard_has_an_age(book):
    found = ages(book.book, ON)
    assert {one.name for one in found.values()} == {"Ann", "Ben", "Cai"}
    assert {one.age for one in found.values()} == {None}
    assert found[book.ann].text() == "no data yet"


def test_an_activity_a_returned_workbook_and_an_edit_are_each_news_and_the_latest_counts(book):
    book.add("activity", at="2026-09-09 10:00", kind="call", person="Ann", customer="Acme")
    first = ages(book.book, ON)[book.ann]
    assert (first.source, first.age, first.worked) == ("activity", 7, 4)
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.come_back(workbook, "2026-09-14T02:00:00")
    second = ages(book.book, ON)[book.ann]
    assert (second.source, second.day, second.age) == ("workbook", date(2026, 9, 14), 2)
    assert "returned workbook" in second.text()
    today = date.today()
    book.set("customer", book.acme, city="Wuhan")
    assert ages(book.book, today)[book.ann].source == "edit"
    assert ages(book.book, today)[book.ben].source == ""


def test_who_gets_a_customer_or_a_task_has_told_nothing_by_that(book):
    book.set("customer", book.acme, owner="Cai")
    book.add("task", title="Call Acme", owner="Cai", due="2026-09-20")
    assert ages(book.book, date.today())[book.cai].age is None


def test_a_change_of_very_many_values_is_news_of_nobody(book):
    with book.book.change("Import") as change:
        for number in range(freshness._MOST + 1):
            change.add("customer", {"name": f"C{number}", "owner": "Cai", "no_step_reason": "new"})
    assert ages(book.book, date.today())[book.cai].age is None


def test_a_collect_that_was_undone_makes_nothing_fresh(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    number = book.come_back(workbook, taken={"customer": {book.acme: {"city": "Wuhan"}}})
    assert ages(book.book, date.today())[book.ann].source == "workbook"
    book.book.undo(number)
    assert ages(book.book, date.today())[book.ann].age is None


def test_an_age_of_a_day_in_the_past_knows_nothing_that_came_later(book):
    workbook = book.issue("Ann", "2026-09-01T01:00:00")
    book.come_back(workbook, "2026-09-14T02:00:00")
    assert ages(book.book, date(2026, 9, 13))[book.ann].age is None


def test_a_figure_is_as_old_as_its_last_record_or_the_last_return():
    record, back = date(2026, 9, 1), date(2026, 9, 14)
    assert figure_age(record, None, ON) == 15
    assert figure_age(record, back, ON) == figure_age(None, back, ON) == 2
    assert figure_age(None, None, ON) is None


def test_a_book_without_workbooks_asks_nobody_for_one(book):
    assert stale(book.book, ON) == []


def test_a_workbook_that_is_overdue_is_asked_for_by_name_day_and_file(book):
    book.issue("Ann", "2026-09-07T01:00:00", due="2026-09-11", name="Daybook_Ann.xlsx")
    book.issue("Ben", "2026-09-15T01:00:00")
    (ann, cai) = stale(book.book, ON)
    assert (ann.name, ann.reason, ann.late) == ("Ann", "overdue", 3)
    assert "Daybook_Ann.xlsx" in ann.nudge()
    assert "2026-09-11" in ann.nudge("zh_CN")
    assert ann.nudge("zh_CN").startswith("Ann，")
    assert (cai.name, cai.reason) == ("Cai", "none")


def test_out_for_more_than_five_working_days_is_long_and_back_for_as_long_asks_for_a_new_one(book):
    book.issue("Ann", "2026-09-07T01:00:00")
    ben = book.issue("Ben", "2026-09-01T01:00:00", due="2026-09-04")
    book.come_back(ben, "2026-09-03T02:00:00")
    book.issue("Cai", "2026-09-09T01:00:00")
    found = {one.name: (one.reason, one.late) for one in stale(book.book, ON)}
    assert found == {"Ann": ("old", 7), "Ben": ("again", 9)}


def test_a_book_says_after_how_many_working_days_a_workbook_is_asked_for(book):
    book.issue("Ann", "2026-09-07T01:00:00")
    ben = book.issue("Ben", "2026-09-01T01:00:00")
    book.come_back(ben, "2026-09-03T02:00:00")
    book.issue("Cai", "2026-09-15T01:00:00")

    def asked() -> list[str]:
        return sorted(one.name for one in stale(book.book, ON))

    assert asked() == ["Ann", "Ben"]
    with book.book.change("a longer time") as change:
        change.set_book({"stale_after": "7"})
    assert asked() == ["Ben"]  # Ann's has been out for seven
    with book.book.change("a shorter time") as change:
        change.set_book({"stale_after": "1"})
    assert asked() == ["Ann", "Ben"]
    book.book.undo(change.no)
    assert asked() == ["Ben"]
    book.book.undo(change.no - 1)
    assert asked() == ["Ann", "Ben"]
    with pytest.raises(Refused, match="Ask for workbooks after"), book.book.change("x") as change:
        change.set_book({"stale_after": "0"})


def test_a_return_of_an_earlier_workbook_counts_for_the_one_that_is_out(book):
    earlier = book.issue("Ann", "2026-09-01T01:00:00")
    book.issue("Ann", "2026-09-07T01:00:00", due="2026-09-11")
    book.come_back(earlier, "2026-09-14T02:00:00")
    assert [one.name for one in stale(book.book, ON) if one.reason == "overdue"] == []


def test_nobody_who_is_away_or_gone_is_nudged(book):
    for who in ("Ann", "Ben", "Cai"):
        book.issue(who, "2026-09-01T01:00:00", due="2026-09-04")
    book.add("leave", person="Ann", starts_on="2026-09-16", ends_on="2026-09-16", status="approved")
    book.set("salesperson", book.ben, status="left")
    assert [one.name for one in stale(book.book, ON)] == ["Cai"]
