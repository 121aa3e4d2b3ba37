"""Today as a whole: its order, how it groups, whose it is, what it says when nothing is to be done."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import texts
from models.today import message, plain
from models.today.line import SEVERITIES, Found, Record
from models.today.order import key, weight
from models.today.scopes import Scope, of_person, of_team
from models.today.today import FEW, read
from models.today.upkeep import Kept, upkeep
from tests.today.scenes import ON, team


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def book(tmp_path):
    with team(tmp_path) as made:
        yield made


KINDS = {"task": 0, "date": 1}
FOUND = st.builds(
    lambda kind, row, severity, amount, late, grade: Found(
        kind, (Record("task", row),), severity, "open", amount=amount, late=late, grade=grade
    ),
    st.sampled_from(sorted(KINDS)),
    st.integers(1, 9),
    st.sampled_from(SEVERITIES),
    st.integers(0, 10**13),
    st.integers(-30, 400),
    st.sampled_from(["", "A", "B", "C", "D"]),
)


@given(st.lists(FOUND, max_size=12, unique_by=lambda one: (one.kind, one.records)))
def test_the_order_is_the_same_whatever_order_things_are_found_in(found):
    once = sorted(found, key=lambda one: key(one, KINDS))
    again = list(found)
    random.Random(7).shuffle(again)
    assert sorted(again, key=lambda one: key(one, KINDS)) == once


@given(FOUND, FOUND)
def test_a_worse_class_always_comes_first(one, other):
    if SEVERITIES.index(one.severity) < SEVERITIES.index(other.severity):
        assert key(one, KINDS) < key(other, KINDS)


@given(st.integers(1, 10**13), st.integers(0, 400), st.integers(0, 400))
def test_what_is_late_weighs_more_and_at_most_four_times(amount, late, later):
    assert weight(amount, min(late, later)) <= weight(amount, max(late, later))
    assert weight(amount, later) <= 4 * weight(amount, 0)


def test_money_orders_within_a_class(book):
    for name, amount in (("Small", 100), ("Large", 9000)):
        book.add("customer", name=name, owner="Ann")
        book.add("opportunity", name=name, customer=name, amount=amount, status="open")
        book.add("follow_up_plan", customer=name, due="2026-09-14", purpose="Call")
    assert book.titles("follow_up") == ["Large: Call", "Small: Call"]


def test_many_of_a_kind_are_told_in_one_line_that_holds_their_records(book):
    for number in range(FEW + 5):
        book.add("task", title=f"T{number}", owner="Ben", due="2026-09-16")
    lines = book.lines("task")
    assert len(lines) == FEW + 1
    rest = lines[-1]
    assert (rest.title, rest.more, rest.action) == ("and 5 more: Tasks", 5, "list")
    assert len(rest.records) == 5
    assert not {one.records[0] for one in lines[:-1]} & set(rest.records)


def test_one_too_many_is_shown_rather_than_told(book):
    for number in range(FEW + 1):
        book.add("task", title=f"T{number}", owner="Ben", due="2026-09-16")
    assert [one.more for one in book.lines("task")] == [0] * (FEW + 1)


def test_a_person_and_a_team_see_their_own(book):
    book.add("team", name="North")
    book.set("salesperson", book.ben, team="North")
    north = book.book.ids("team")[0]
    book.add("task", title="Bens", owner="Ben", due="2026-09-16")
    book.add("task", title="Anns", owner="Ann", due="2026-09-16")
    today = book.today()
    assert [one.title for one in today.lines(of_person(book.ben))] == ["Bens"]
    assert [one.title for one in today.lines(of_team(book.book, north))] == ["Bens"]
    assert today.lines(Scope(frozenset())) == ()
    assert {(one.name, one.n) for one in today.counts()} == {("Ann", 1), ("Ben", 1)}


def test_what_is_put_off_is_not_shown_and_can_be_counted(book):
    book.add("task", title="Later", owner="Ben", due="2026-09-16")
    today = book.today()
    (line,) = today.lines()
    hidden = today.without({line.id, "gone"})
    assert hidden.lines() == ()
    assert (hidden.empty, hidden.put_off) == (True, 1)


def test_an_empty_day_says_what_was_looked_at(book):
    today = book.today()
    assert today.empty
    assert today.message().startswith("Nothing needs doing today. Looked at: Blocked work, ")
    assert plain.as_data(book.book, today)["empty"] is True


def test_the_text_for_wechat_goes_by_person_and_numbers_its_lines(book):
    book.add("task", title="Bens", owner="Ben", due="2026-09-14")
    book.add("task", title="Anns", owner="Ann", due="2026-09-16")
    book.add("task", title="Nobodys", due="2026-09-16")
    said = message.text(book.today())
    assert said == (
        "To do on Wednesday, 2026-09-16\n"
        "\n[Ben]\n1. Bens\n   2 days overdue.\n"
        "\n[Ann]\n1. Anns\n   Due today.\n"
        "\n[Nobody]\n1. Nobodys\n   Nobody has it, due today.\n"
    )
    mine = message.person_text(book.today(), book.ann)
    assert mine == "Ann, to do on Wednesday, 2026-09-16\n1. Anns\n   Due today.\n"
    texts.set_language("zh_CN")
    assert "【Ben】" in message.text(book.today())
    assert not any(mark in said for mark in ("*", "http", "#"))


def test_the_same_book_always_gives_the_same_list(book):
    for number in range(30):
        due = ON - timedelta(days=number % 5)
        book.add("task", title=f"T{number % 3}", owner="Ben", due=due)
        book.add("follow_up_plan", customer="Acme", due=due, purpose=f"P{number}")
    first, again = book.today(), read(book.book, ON)
    assert first.lines() == again.lines()
    assert message.text(first) == message.text(again)


def test_words_can_be_made_in_either_language_of_what_was_read_once(book):
    book.add("task", title="Report", owner="Ben", due="2026-09-14")
    today = book.today()
    assert today.lines()[0].reason == "2 days overdue."
    texts.set_language("zh_CN")
    assert today.lines()[0].reason == "逾期 2 天。"


def test_keeping_up_twice_writes_once(book):
    upkeep(book.book, ON)
    before = book.book.last_change
    assert upkeep(book.book, ON) == Kept()
    assert book.book.last_change == before


def test_reading_writes_nothing(book):
    book.add("task", title="Report", owner="Ben", due="2026-09-14", recurrence="every week")
    before = book.book.last_change
    book.today(date(2027, 1, 1))
    assert book.book.last_change == before
