"""Days of a book and its people: read once, dropped when something that they rest on changes."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from models.book import Book
from models.calendar import in_book
from models.calendar.in_book import roster, work_calendar
from models.calendar.person_days import PersonDays

FEBRUARY = date(2026, 2, 1), date(2026, 2, 28)  # 16 working days in China
TODAY = date(2026, 2, 10)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        yield made


def add(book: Book, entity: str, **values: object) -> int:
    with book.change("test") as change:
        return change.add(entity, values)


def days(book: Book, person: int) -> Decimal:
    return roster(book, TODAY)[person].equivalent(*FEBRUARY)


def test_a_new_book_keeps_china_s_days(book):
    assert work_calendar(book).country == "CN"
    assert work_calendar(book).count(*FEBRUARY) == 16


def test_what_is_read_is_kept_until_something_changes_it(book):
    add(book, "salesperson", name="王芳")
    calendar, people = work_calendar(book), roster(book, TODAY)
    add(book, "customer", name="甲公司")
    assert work_calendar(book) is calendar
    assert roster(book, TODAY) is people
    add(book, "salesperson", name="李雷")
    assert roster(book, TODAY) is not people
    assert len(roster(book, TODAY)) == 2
    assert work_calendar(book) is calendar


def test_a_day_of_the_book_counts_at_once_and_its_undo_too(book):
    row = add(book, "salesperson", name="王芳")
    assert days(book, row) == 16
    add(book, "calendar_day", day="2026-02-26", kind="off", name="店庆")
    assert days(book, row) == 15
    assert work_calendar(book).why(date(2026, 2, 26)).text() == "set by you: day off, 店庆"
    book.undo()
    assert days(book, row) == 16
    book.redo()
    assert days(book, row) == 15


def test_leave_counts_at_once_and_in_the_recycle_bin_no_longer(book):
    row = add(book, "salesperson", name="王芳")
    leave = add(
        book, "leave", person=row, starts_on="2026-02-24", ends_on="2026-02-25", ends_at_noon=True
    )
    assert days(book, row) == Decimal("14.5")
    book.set("leave", leave, {"status": "requested"})
    assert days(book, row) == 16
    assert roster(book, TODAY)[row].days(*FEBRUARY).asked == Decimal("1.5")
    book.set("leave", leave, {"status": "taken"})
    assert days(book, row) == Decimal("14.5")
    with book.change("remove") as change:
        change.remove("leave", [leave])
    assert days(book, row) == 16


def test_the_country_of_the_book_counts_at_once(book):
    row = add(book, "salesperson", name="王芳")
    with book.change("settings") as change:
        change.set_book({"work_calendar": "none"})
    assert work_calendar(book).country == "none"
    assert days(book, row) == 20
    book.undo()
    assert days(book, row) == 16


def test_a_person_grows_into_the_job_as_the_book_says(book):
    row = add(book, "salesperson", name="王芳", hire_date="2026-02-24", ramp_profile="25% 50%")
    assert days(book, row) == Decimal("0.25") * 5
    book.set("salesperson", row, {"ramp_profile": "quickly"})
    assert days(book, row) == 5
    assert roster(book, TODAY).unread == {row: "quickly"}
    book.set("salesperson", row, {"status": "left"})
    assert days(book, row) == 0
    assert roster(book, date(2026, 2, 26))[row].equivalent(*FEBRUARY) == 2


def test_what_is_seen_inside_a_change_that_is_given_up_is_not_kept(book):
    row = add(book, "salesperson", name="王芳")
    assert days(book, row) == 16

    def give_up() -> None:
        with book.change("given up") as change:
            change.add("calendar_day", {"day": "2026-02-26", "kind": "off"})
            assert days(book, row) == 15
            assert work_calendar(book).count(*FEBRUARY) == 15
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()
    assert days(book, row) == 16


def test_what_was_read_before_a_change_is_not_kept_after_it(book):
    """A reader in another thread began before the change and ends after its notice."""
    row = add(book, "salesperson", name="王芳")
    began, go_on = threading.Event(), threading.Event()

    def read() -> None:
        with book.reading() as db:
            db.one("SELECT count(*) FROM leave")  # from here on this thread sees that moment
            began.set()
            go_on.wait(10)
            assert days(book, row) == 16
        book.let_go()

    reader = threading.Thread(target=read)
    reader.start()
    began.wait(10)
    add(book, "calendar_day", day="2026-02-26", kind="off")
    go_on.set()
    reader.join()
    assert days(book, row) == 15


def test_another_program_s_change_is_heard_with_the_next_look(book):
    row = add(book, "salesperson", name="王芳")
    assert days(book, row) == 16
    with Book.open(book.path) as other:
        add(other, "calendar_day", day="2026-02-26", kind="off")
    book.poll()
    assert days(book, row) == 15


def test_a_team_has_the_days_of_its_people_and_who_is_gone_has_none(book):
    rows = [add(book, "salesperson", name=name) for name in ("王芳", "李雷", "韩梅梅")]
    people = roster(book, TODAY)
    assert people.equivalent([*rows, 999], *FEBRUARY) == 48
    assert people.get(999) is None
    assert 999 not in people
    spent = people.spent(rows, *FEBRUARY, TODAY)
    assert (spent.before, spent.today, spent.total) == (3 * 6, 3, 48)
    assert isinstance(people[rows[0]], PersonDays)
    assert list(people) == rows


def test_nothing_is_kept_of_a_book_that_is_gone(tmp_path):
    book = Book.create(tmp_path / "gone.daybook")
    work_calendar(book)
    seen = weakref.ref(book)
    book.close()
    del book
    gc.collect()
    assert seen() is None
    assert not [one for one in in_book._books if one.path == tmp_path / "gone.daybook"]


def test_three_hundred_people_are_read_in_few_queries_and_little_time(book):
    with book.change("people") as change:
        people = list(
            change.add_many("salesperson", ["name"], [[f"业务员{at}"] for at in range(300)])
        )
        change.add_many(
            "leave",
            ["person", "kind", "starts_on", "ends_on", "status"],
            [
                [row, "annual", date(2026, 1 + at % 12, 5), date(2026, 1 + at % 12, 8), "taken"]
                for at, row in enumerate(people)
            ],
        )
    work_calendar(book).count(date(2026, 1, 1), date(2027, 1, 1))
    begun = time.perf_counter()
    found = roster(book, TODAY)
    starts = [date(2026, at, 1) for at in range(1, 13)] + [date(2027, 1, 1)]
    total = sum(
        found.equivalent(people, first, after - timedelta(days=1))
        for first, after in pairwise(starts)
    )
    assert time.perf_counter() - begun < 0.5  # 15 ms measured on an idle machine
    assert total == sum(
        one.equivalent(starts[0], date(2026, 12, 31)) for one in map(found.get, people)
    )
