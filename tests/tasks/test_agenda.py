"""Days with what is due on them: order, counts, holidays, make-up days, leave, and moves to other days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.book import Book
from models.following import plans
from models.tasks import agenda, moving
from models.tasks.asked import Asked

ON = date(2026, 9, 21)
ALL = Asked()


@pytest.fixture
def book(tmp_path: Path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("Team") as change:
            change.add("team", {"name": "一组"})
            change.add("salesperson", {"name": "王强", "team": "一组"})
            change.add("salesperson", {"name": "李娜"})
            change.add("customer", {"name": "华信食品", "owner": "李娜"})
            for title, owner, status, due in (
                ("报价", "王强", "assigned", "2026-09-22"),
                ("催款", "李娜", "doing", "2026-09-18"),
                ("旧事", "王强", "done", "2026-09-22"),
            ):
                change.add("task", {"title": title, "owner": owner, "status": status, "due": due})
            change.add("task", {"title": "没有日子", "owner": "王强"})
            plan = {"customer": "华信食品", "kind": "visit", "due": "2026-09-22"}
            change.add("follow_up_plan", {**plan, "purpose": "回访", "at": "2026-09-22 14:00"})
            change.add(
                "meeting",
                {"title": "周会", "kind": "team", "team": "一组", "held_on": "2026-09-22"},
            )
            change.add(
                "leave",
                {
                    "person": "王强", "kind": "annual", "status": "approved",
                    "starts_on": "2026-09-24", "ends_on": "2026-09-28",
                },
            )  # fmt: skip
        yield made


def month(book: Book, asked: Asked = ALL) -> agenda.Agenda:
    return agenda.agenda(book, *agenda.month_of(ON, "monday"), asked, ON)


def day(found: agenda.Agenda, when: str) -> agenda.Day:
    return next(one for one in found.days if one.day == date.fromisoformat(when))


def test_a_month_is_shown_in_whole_weeks_from_monday_or_sunday():
    assert agenda.month_of(ON, "monday") == (date(2026, 8, 31), date(2026, 10, 4))
    assert agenda.month_of(ON, "sunday") == (date(2026, 8, 30), date(2026, 10, 3))
    assert agenda.week_of(date(2026, 9, 20), "sunday") == (date(2026, 9, 20), date(2026, 9, 26))


def test_a_day_holds_what_is_due_in_the_order_of_the_day(book):
    found = day(month(book), "2026-09-22")
    assert [(one.entity, one.title) for one in found.entries] == [
        ("follow_up_plan", "回访"), ("meeting", "周会"), ("task", "报价"), ("task", "旧事"),
    ]  # fmt: skip
    plan, meeting, _, done = found.entries
    assert (plan.time, plan.who, plan.customer, plan.movable) == ("14:00", "李娜", "华信食品", True)
    assert not meeting.movable
    assert done.done
    assert not done.movable
    assert plan.told(ON) == "14:00, 回访, 华信食品, 李娜, 22 Sep, Planned"
    assert month(book).undated == 1


def test_what_is_late_is_said(book):
    [one] = day(month(book), "2026-09-18").entries
    assert one.late
    assert one.told(ON) == "催款, 李娜, 18 Sep, Doing, overdue"


def test_holidays_make_up_days_and_weekends_are_known(book):
    with book.change("Days") as change:
        change.add("calendar_day", {"day": "2026-09-26", "kind": "make_up"})
        change.add("calendar_day", {"day": "2026-09-23", "kind": "off", "name": "团建"})
    found = month(book)
    assert day(found, "2026-09-26").make_up
    assert (
        day(found, "2026-09-26").told(ON) == "26 Sep, Saturday, make-up day, 1 entry"
    )  # who is away
    assert day(found, "2026-09-23").holiday == "团建"
    assert day(found, "2026-10-01").holiday != ""
    assert day(found, "2026-09-05").told(ON) == "5 Sep, Saturday, not a working day, 0 entries"
    assert day(found, "2026-09-21").told(ON) == "21 Sep, Monday, today, 0 entries"


def test_who_is_away_stands_on_working_days_as_one_entry(book):
    with book.change("Days") as change:  # the holidays of autumn are a matter of the notice
        for n in (25, 26, 27):
            change.add("calendar_day", {"day": f"2026-09-{n}", "kind": "off"})
        change.add(
            "leave",
            {
                "person": "李娜", "kind": "sick", "status": "requested", "starts_on": "2026-09-24",
                "ends_on": "2026-09-24",
            },
        )  # fmt: skip
    found = month(book)
    away = {
        one.day: entry.title
        for one in found.days
        for entry in one.entries
        if entry.entity == "leave"
    }
    assert away == {date(2026, 9, 24): "Away: 王强", date(2026, 9, 28): "Away: 王强"}


def test_of_many_a_day_names_the_first_and_counts_all(book):
    with book.change("Many") as change:
        rows = [(f"事{n}", "doing", date(2026, 9, 29)) for n in range(90)]
        change.add_many("task", ["title", "status", "due"], rows)
        [customer] = book.ids("customer")
        some = [(f"去{n}", "planned", date(2026, 9, 29), customer) for n in range(50)]
        change.add_many("follow_up_plan", ["purpose", "status", "due", "customer"], some)
    found = day(month(book), "2026-09-29")
    assert len(found.entries) == 2 * agenda.PER_DAY
    assert found.count == 140
    whole = agenda.entries(book, date(2026, 9, 29), Asked(), ON)
    assert len(whole.entries) == whole.count == 140


def test_many_follow_ups_do_not_hide_the_tasks_of_a_day(book):
    with book.change("Many") as change:
        [customer] = book.ids("customer")
        some = [(f"去{n}", "planned", date(2026, 9, 29), customer) for n in range(5)]
        change.add_many("follow_up_plan", ["purpose", "status", "due", "customer"], some)
        change.add("task", {"title": "报价二", "due": "2026-09-29"})
    found = day(month(book), "2026-09-29")
    assert [one.title for one in found.entries[:3]] == ["去0", "报价二", "去1"]


def test_of_one_person_there_are_the_own_things_and_those_of_the_team(book):
    [wang] = book.ids("salesperson", "name=王强")
    found = day(month(book, Asked(person=wang, open_only=True)), "2026-09-22")
    assert [one.title for one in found.entries] == ["周会", "报价"]
    [li] = book.ids("salesperson", "name=李娜")
    found = day(month(book, Asked(person=li)), "2026-09-22")
    assert [one.title for one in found.entries] == ["回访"]  # the customer is hers


def test_a_follow_up_that_was_moved_stands_on_its_new_day_at_its_hour(book):
    [plan] = book.ids("follow_up_plan")
    made = plans.move(book, plan, date(2026, 9, 24), "")
    found = month(book)
    assert not [one for one in day(found, "2026-09-22").entries if one.entity == "follow_up_plan"]
    [entry] = [one for one in day(found, "2026-09-24").entries if one.entity == "follow_up_plan"]
    assert (entry.ids, entry.time) == ((made,), "14:00")


def test_a_task_moved_to_another_day_never_begins_after_it_is_due(book):
    [task] = book.ids("task", "title=报价")
    book.set("task", task, {"starts_on": "2026-09-21"})
    with book.change("Move") as change:
        moving.move_due(change, task, date(2026, 9, 17))
    record = book.record("task", task)
    assert (record["starts_on"], record["due"]) == (date(2026, 9, 17), date(2026, 9, 17))
    book.undo()
    assert book.record("task", task)["due"] == date(2026, 9, 22)
