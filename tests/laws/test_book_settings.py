"""What holds for the whole book: changed by the one door, journaled, undone and noticed as all else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import checking, relative, texts
from models.book import Book, Notice
from models.describe import filters, sentences
from models.describe.book_settings import BOOK
from models.describe.schema import Schema
from models.measures import engine
from models.measures.span import years
from models.periods import JANUARY, FiscalCalendar
from models.refusals import Refused
from tests.laws.test_measures import FLOWS, WORLD, book_of

STEP = st.one_of(
    st.fixed_dictionaries({"year_starts": st.integers(1, 12).map(str)}),
    st.fixed_dictionaries({"week_starts": st.sampled_from(["monday", "sunday"])}),
    st.fixed_dictionaries(
        {"year_starts": st.integers(1, 12).map(str), "week_starts": st.just("sunday")}
    ),
)


@contextmanager
def new_book() -> Iterator[Book]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "one.daybook") as book,
    ):
        yield book


def settle(book: Book, **values: str) -> int:
    with book.change("settings") as change:
        change.set_book(values)
    return change.no


def faults(book: Book) -> list[checking.Finding]:
    return [one for one in checking.check(book) if one.bad]


def folded(steps: list[tuple[int, dict[str, str]]], dead: set[int]) -> FiscalCalendar:
    """The calendar of those steps that live: of each setting the latest."""
    said = {"year_starts": "1", "week_starts": "monday"}
    for number, values in steps:
        if number not in dead:
            said.update(values)
    return FiscalCalendar(int(said["year_starts"]), said["week_starts"])


@settings(max_examples=30)
@given(st.lists(STEP, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_calendar_is_a_function_of_which_changes_live(steps, dice):
    with new_book() as book:
        made = []
        for one in steps:  # what is so already is no edit, as in every other field
            told = {name: value for name, value in one.items() if book.setting(name) != value}
            made.append((settle(book, **one), told))
        assert book.calendar == folded(made, set())
        dead: set[int] = set()
        for _ in range(12):
            number = dice.choice(made)[0]
            if number in dead:
                book.redo(number)
                dead.remove(number)
            else:
                book.undo(number)
                dead.add(number)
            assert book.calendar == folded(made, dead)
        assert faults(book) == []
        with Book.open(book.path) as other:
            assert other.calendar == book.calendar


@settings(max_examples=20)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_a_jump_takes_the_calendar_back_and_brings_it_again(steps):
    with new_book() as book:
        with book.change("first") as change:
            change.add("customer", {"name": "甲公司"})
        made = [(settle(book, **one), one) for one in steps]
        jumped = book.back_to(made[0][0])
        assert book.calendar == JANUARY
        book.bring_back(jumped.targets)
        assert book.calendar == folded(made, set())
        assert faults(book) == []


def test_what_a_later_change_said_of_the_book_stays_and_is_named():
    with new_book() as book:
        first = settle(book, year_starts="4")
        settle(book, year_starts="七月")
        [kept] = book.undo(first).kept
        assert (kept.entity, kept.field, kept.value) == ("book", "year_starts", "7")
        assert book.calendar.year_starts == 7


def test_a_notice_says_that_the_book_itself_changed_and_the_schema_is_new_by_then():
    with new_book() as book:
        heard: list[tuple[set[str], int]] = []

        def listen(notice: Notice) -> None:
            heard.append((set(notice.touched), book.calendar.year_starts))

        book.subscribe(listen)
        settle(book, year_starts="4")
        book.undo()
        assert heard == [({"book"}, 4), ({"book"}, 1)]
        assert book.history(1)[0].counts == {"book": 1}


def test_another_program_notices_and_only_then_is_told_of_the_book():
    with new_book() as book, Book.open(book.path) as other:
        heard: list[Notice] = []
        other.subscribe(heard.append)
        settle(book, year_starts="4", week_starts="sunday")
        assert other.poll()
        assert other.calendar == FiscalCalendar(4, "sunday")
        with book.change("else") as change:
            change.add("customer", {"name": "甲公司"})
        assert other.poll()
        assert ["book" in one.touched for one in heard] == [True, False]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"year_starts": "13"}, "unknown_choice"),
        ({"week_starts": "tuesday"}, "unknown_choice"),
        ({"year_starts": ""}, "required"),
        ({"currency": "USD"}, "fixed_currency"),
        ({"colour": "red"}, "unknown_field"),
    ],
)
def test_what_can_not_hold_is_refused_and_nothing_of_it_does(values, code):
    with new_book() as book:
        with pytest.raises(Refused) as refused:
            settle(book, week_starts="sunday", **values) if "week_starts" not in values else settle(
                book, **values
            )
        assert refused.value.code == code
        assert book.calendar == JANUARY
        assert book.last_change == 0


def test_a_failed_change_leaves_the_calendar_as_it_was():
    with new_book() as book:

        def fail() -> None:
            with book.change("half") as change:
                change.set_book({"year_starts": "4"})
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert book.calendar == JANUARY
        with Book.open(book.path) as other:
            assert other.calendar == JANUARY


def test_a_setting_that_another_program_spoilt_is_found_and_read_as_usual():
    with new_book() as book:
        settle(book, year_starts="4")
        book.connection().run("UPDATE book_info SET value = 'x' WHERE name = 'year_starts'")
        book.load_schema()
        assert book.calendar == JANUARY
        assert [one.found for one in faults(book)] == ["book.year_starts"]


@settings(max_examples=20)
@given(WORLD, st.integers(2, 12), st.sampled_from(["monday", "sunday"]))
def test_fiscal_parts_make_the_fiscal_year_and_each_is_asked_for_by_its_label(world, month, day):
    with book_of(world) as (book, _):
        settle(book, year_starts=str(month), week_starts=day)
        for code in FLOWS:
            everything = engine.measure(book, code).total
            for number in years(book):
                year = book.calendar.year(number)
                total = engine.measure(book, code, period=year).total
                for by in ("month", "quarter", "half", "year", "week"):
                    rows = engine.measure(book, code, period=year, by=by).rows
                    assert sum(one.numerator for one in rows) == total.numerator, (code, by)
                    assert sum(one.n for one in rows) == total.n
            for by in ("week", "quarter", "half", "year"):
                rows = engine.measure(book, code, by=by).rows
                assert sum(one.numerator for one in rows) == everything.numerator
                for one in rows:
                    if one.key is None:
                        continue
                    alone = engine.measure(
                        book, code, period=relative.parse(str(one.key), book.calendar)
                    )
                    assert (alone.total.numerator, alone.total.n) == (one.numerator, one.n)


def test_a_filter_by_quarter_or_week_follows_the_calendar():
    with new_book() as book:
        with book.change("orders") as change:
            for day in ("2017-01-15", "2017-03-31", "2017-04-01", "2017-04-02", "2017-06-30"):
                change.add("order", {"code": day, "ordered_on": day})

        def found(where: str) -> list[str]:
            return [one for (one,) in book.rows("order", book.ids("order", where), ["code"])]

        assert found("ordered_on=2017-Q1") == ["2017-01-15", "2017-03-31"]
        assert found("ordered_on=2017-W13") == ["2017-03-31", "2017-04-01", "2017-04-02"]
        settle(book, year_starts="4", week_starts="sunday")
        assert found("ordered_on=2017-Q1") == ["2017-04-01", "2017-04-02", "2017-06-30"]
        assert found("ordered_on=FY2016/17-Q4") == ["2017-01-15", "2017-03-31"]
        assert found("ordered_on=2017年第一季度") == ["2017-01-15", "2017-03-31"]
        assert found("ordered_on=2017-W13") == ["2017-03-31", "2017-04-01"]
        assert found("ordered_on between 2016年 and 2017-03") == ["2017-01-15", "2017-03-31"]


@pytest.mark.parametrize(
    ("where", "english", "chinese"),
    [
        ("ordered_on=this_quarter", "Ordered on is within this quarter", "下单日期在本季度"),
        ("ordered_on=最近 30 天", "Ordered on is within the last 30 days", "下单日期在最近 30 天"),
        ("ordered_on=2017-q2", "Ordered on is in FY2017/18 Q2", "下单日期在 2017/18财年 Q2"),
        ("ordered_on>2017-03-05", "Ordered on is after 2017-03-05", "下单日期晚于 2017-03-05"),
    ],
)
def test_a_filter_says_which_period_it_means(where, english, chinese):
    before = texts.language()
    with new_book() as book:
        settle(book, year_starts="4")
        order = book.schema.entity("order")
        for language, wanted in (("en", english), ("zh_CN", chinese)):
            texts.set_language(language)
            assert sentences.sentence(filters.parse(where), order, book.schema) == wanted
    texts.set_language(before)


def test_the_book_has_a_number_of_its_own_in_the_journal_and_no_table():
    schema = Schema()
    assert BOOK.no not in {one.no for one in schema}
    assert BOOK.prefix not in {one.prefix for one in schema}
    assert schema.numbers[BOOK.no] == "book"
    with pytest.raises(Refused):
        schema.entity("book")
