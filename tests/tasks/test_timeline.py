"""Bars of tasks: where they begin and end, in which line they lie, what waits for what, how they move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.calendar.workdays import OwnDay, WorkCalendar
from models.tasks import moving, timeline
from models.tasks.asked import Asked

ON = date(2026, 9, 21)
PLAIN = WorkCalendar("none")


@pytest.fixture
def book(tmp_path: Path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("Team") as change:
            change.set_book({"work_calendar": "none"})
            change.add("salesperson", {"name": "王强"})
            change.add("salesperson", {"name": "李娜", "daily_hours": 4})
            change.add("project", {"name": "年度框架"})
        yield made


def add(book: Book, title: str, **values: object) -> int:
    with book.change("Task") as change:
        return change.add("task", {"title": title, **values})


def bars(book: Book, group: str = "owner", **asked: object) -> dict[str, timeline.Bar]:
    found = timeline.timeline(book, Asked(**asked), group, ON)
    return {bar.task.title: bar for lane in found.lanes for bar in lane.bars}


def days(bar: timeline.Bar) -> tuple[str, str, bool]:
    return str(bar.first), str(bar.last), bar.guessed


def test_a_bar_leads_from_its_beginning_to_its_due_day(book):
    add(book, "报价", owner="王强", starts_on="2026-09-22", due="2026-09-28")
    assert days(bars(book)["报价"]) == ("2026-09-22", "2026-09-28", False)


def test_a_missing_beginning_follows_from_the_hours_over_working_days(book):
    add(book, "报价", owner="王强", due="2026-09-29", effort_hours=20)  # three days of 8 hours
    add(book, "拜访", owner="李娜", due="2026-09-29", effort_hours=20)  # five days of 4 hours
    add(book, "无工时", owner="王强", due="2026-09-29")
    add(book, "周末", owner="王强", due="2026-09-27", effort_hours=9)  # a Sunday
    found = bars(book)
    assert days(found["报价"]) == ("2026-09-25", "2026-09-29", True)
    assert days(found["拜访"]) == ("2026-09-23", "2026-09-29", True)
    assert days(found["无工时"]) == ("2026-09-29", "2026-09-29", True)
    assert days(found["周末"]) == ("2026-09-24", "2026-09-27", True)


def test_a_missing_end_follows_likewise_and_without_either_there_is_no_bar(book):
    add(book, "报价", owner="王强", starts_on="2026-09-25", effort_hours=16)
    add(book, "哪天", owner="王强")
    found = timeline.timeline(book, Asked(), "owner", ON)
    assert [days(one) for lane in found.lanes for one in lane.bars] == [
        ("2026-09-25", "2026-09-28", True)
    ]
    assert found.unplaced == 1
    assert timeline.unplaced(book, Asked()) == list(book.ids("task", "title=哪天"))


def test_the_hours_of_a_day_are_those_of_the_book(book):
    book_hours = {"hours_a_day": "4"}
    with book.change("Hours") as change:
        change.set_book(book_hours)
    add(book, "报价", owner="王强", due="2026-09-29", effort_hours=8)
    assert days(bars(book)["报价"]) == ("2026-09-28", "2026-09-29", True)


def test_make_up_days_are_worked_and_holidays_are_not(book):
    with book.change("Days") as change:
        change.add("calendar_day", {"day": "2026-09-26", "kind": "make_up"})
        change.add("calendar_day", {"day": "2026-09-28", "kind": "off"})
    add(book, "报价", owner="王强", due="2026-09-29", effort_hours=16)
    assert days(bars(book)["报价"]) == ("2026-09-26", "2026-09-29", True)
    found = timeline.timeline(book, Asked(), "owner", ON)
    assert date(2026, 9, 28) in found.off
    assert date(2026, 9, 26) not in found.off


def test_everybody_has_a_lane_and_that_of_nobody_is_the_first(book):
    add(book, "报价", due="2026-09-22")
    found = timeline.timeline(book, Asked(), "owner", ON)
    named = [timeline.lane_name("owner", one.name, one.key) for one in found.lanes]
    assert named == ["Nobody", "李娜", "王强"]
    found = timeline.timeline(book, Asked(), "project", ON)
    assert [one.name for one in found.lanes] == ["", "年度框架"]


def test_who_has_work_in_sight_comes_before_who_has_none(book):
    add(book, "报价", owner="王强", due="2026-09-22")
    found = timeline.timeline(book, Asked(), "owner", ON)
    assert [one.name for one in found.lanes] == ["", "王强", "李娜"]


def test_bars_of_a_lane_never_lie_over_each_other(book):
    add(book, "一", owner="王强", starts_on="2026-09-21", due="2026-09-23")
    add(book, "二", owner="王强", starts_on="2026-09-23", due="2026-09-25")
    add(book, "三", owner="王强", starts_on="2026-09-24", due="2026-09-25")
    found = bars(book)
    assert [found[one].row for one in "一二三"] == [0, 1, 0]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=30),
)
def test_no_two_bars_of_a_line_share_a_day(spans):
    made = [
        timeline.Bar(None, 1, date.fromordinal(ON.toordinal() + at),
                     date.fromordinal(ON.toordinal() + at + long), guessed=False)
        for at, long in spans
    ]  # fmt: skip
    rows: dict[int, set[date]] = {}
    for bar in timeline.stacked(made):
        taken = {
            date.fromordinal(n) for n in range(bar.first.toordinal(), bar.last.toordinal() + 1)
        }
        assert not rows.setdefault(bar.row, set()) & taken
        rows[bar.row] |= taken


def test_arrows_say_which_task_begins_too_early(book):
    first = add(book, "一", owner="王强", starts_on="2026-09-21", due="2026-09-23")
    second = add(book, "二", owner="李娜", starts_on="2026-09-24", due="2026-09-25")
    third = add(book, "三", owner="李娜", starts_on="2026-09-23", due="2026-09-28")
    with book.change("Waits") as change:
        for one in (second, third):
            change.add("task_dependency", {"task": one, "after": first})
    found = timeline.timeline(book, Asked(), "owner", ON).arrows
    assert [(one.after, one.task, one.broken) for one in found] == [
        (first, second, False),
        (first, third, True),
    ]


def test_closed_work_ends_on_the_day_it_was_done_and_leaves_after_a_month(book):
    add(book, "新", owner="王强", starts_on="2026-09-01", due="2026-09-30", status="done",
        done_at="2026-09-10")  # fmt: skip
    add(book, "旧", owner="王强", due="2026-08-01", status="done", done_at="2026-08-01")
    found = bars(book)
    assert list(found) == ["新"]
    assert days(found["新"]) == ("2026-09-01", "2026-09-10", False)


def test_a_bar_moves_whole_and_keeps_a_beginning_that_follows_from_its_hours(book):
    one = add(book, "报价", owner="王强", due="2026-09-29", effort_hours=16)
    with book.change("Move") as change:
        moving.move_bar(change, one, 2)
    record = book.record("task", one)
    assert (record["starts_on"], record["due"]) == (None, date(2026, 10, 1))
    book.undo()
    assert book.record("task", one)["due"] == date(2026, 9, 29)


def test_a_bar_steps_over_weekends_and_never_ends_before_it_begins(book):
    one = add(book, "报价", owner="王强", starts_on="2026-09-24", due="2026-09-25")
    with book.change("Move") as change:
        moving.step_bar(change, book, one, 1)
    record = book.record("task", one)
    assert (record["starts_on"], record["due"]) == (date(2026, 9, 25), date(2026, 9, 28))
    with book.change("Due") as change:
        moving.set_due(change, one, date(2026, 9, 20))
    assert book.record("task", one)["due"] == date(2026, 9, 25)


@given(st.integers(-30, 30), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_step_there_and_back_leads_to_the_same_working_day(by, day):
    calendar = WorkCalendar("none", [OwnDay(date(2026, 9, 26), "make_up")])
    if calendar.is_working(day):
        assert moving.step(calendar, moving.step(calendar, day, by), -by) == day


def test_hours_take_whole_days_and_at_least_one():
    assert timeline.days_of(None, Decimal(8)) == 1
    assert timeline.days_of(Decimal(8), Decimal(8)) == 1
    assert timeline.days_of(Decimal("8.5"), Decimal(8)) == 2
    assert timeline.days_of(Decimal(8), Decimal(0)) == 1
