"""What is due at a moment: pure, by a clock that the test holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.book import Book
from models.calendar.in_book import work_calendar
from models.reminding import mine
from models.reminding.items import upcoming
from models.reminding.quiet import Quiet
from models.reminding.scheduler import Reminders
from models.reminding.state import State, read

HERE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("test") as change:
            team = change.add("team", {"name": "一组"})
            for name in ("王强", "李娜"):
                change.add("salesperson", {"name": name, "team": team if name == "王强" else None})
            change.add("customer", {"name": "华诚", "owner": "王强", "phone": "025-88880000"})
            change.add("contact", {"name": "欧阳明", "customer": "华诚", "phone": "13800138000"})
            change.add(
                "task",
                {"title": "寄样品", "owner": "王强", "customer": "华诚",
                 "due": "2026-03-06", "remind_at": "2026-03-05 10:00"},
            )  # fmt: skip
            change.add(
                "follow_up_plan",
                {"customer": "华诚", "due": "2026-03-05", "at": "2026-03-05 14:00",
                 "purpose": "谈年框", "contact": "欧阳明"},
            )  # fmt: skip
            change.add(
                "meeting",
                {"title": "周会", "held_on": "2026-03-05", "starts_at": "2026-03-05 16:00",
                 "team": team, "place": "二楼"},
            )  # fmt: skip
        yield made


def reminders(book: Book, start: time = time(20), end: time = time(8)) -> Reminders:
    return Reminders(Quiet(start, end, work_calendar(book).is_working, HERE))


def items(book: Book, people=None, minutes: int = 15):
    return upcoming(book, minutes, at("2026-02-01 00:00"), people)


def test_each_comes_at_its_moment_and_appointments_a_quarter_of_an_hour_before(book):
    look, state = reminders(book), State()
    outcome = look.look(at("2026-03-05 09:00"), items(book), state)
    assert outcome.due == ()
    assert outcome.next_at == at("2026-03-05 10:00")
    shown = []
    now = at("2026-03-05 09:00")
    while outcome.next_at is not None:
        now = outcome.next_at
        outcome = look.look(now, items(book), state)
        shown += [
            (f"{now.astimezone(HERE):%H:%M}", one.item.title, one.item.detail)
            for one in outcome.due
        ]
        state.mark([one.item.key for one in outcome.due], now)
        outcome = look.look(now, items(book), state)
    assert shown == [
        ("10:00", "寄样品", "华诚 · due 2026-03-06"),
        ("13:45", "谈年框", "华诚 · 欧阳明 · 13800138000"),
        ("15:45", "周会", "二楼 · 一组"),
    ]


def test_what_was_missed_is_said_at_the_next_start_all_at_once(book):
    now = at("2026-03-09 08:30")
    outcome = reminders(book).look(now, items(book), State(), started=now)
    assert [one.item.title for one in outcome.due] == ["寄样品", "谈年框", "周会"]
    assert all(one.missed for one in outcome.due)


def test_a_start_at_night_or_on_a_free_day_says_nothing_until_the_next_working_morning(book):
    for now in ("2026-03-06 22:30", "2026-03-07 03:00", "2026-03-08 11:00"):
        outcome = reminders(book).look(at(now), items(book), State(), started=at(now))
        assert (outcome.due, outcome.next_at) == ((), at("2026-03-09 08:00"))


def test_on_a_make_up_day_it_is_said_because_that_is_worked(book):
    with book.change("make-up day") as change:
        change.add("calendar_day", {"day": "2026-03-07", "kind": "make_up"})
    outcome = reminders(book).look(at("2026-03-07 11:00"), items(book), State())
    assert len(outcome.due) == 3


@pytest.mark.parametrize(
    "act",
    [
        lambda change: change.set("task", 1, {"status": "done"}),
        lambda change: change.set("task", 1, {"status": "cancelled"}),
        lambda change: change.set("task", 1, {"remind_at": ""}),
        lambda change: change.remove("task", [1]),
    ],
)
def test_what_is_done_or_gone_is_not_said(book, act):
    with book.change("away") as change:
        act(change)
    assert [one.entity for one in items(book)] == ["follow_up_plan", "meeting"]


def test_what_is_moved_is_said_again_at_its_new_moment_only(book):
    look, state = reminders(book), State()
    now = at("2026-03-05 13:45")
    state.mark([one.key for one in items(book)], now)
    with book.change("move") as change:
        change.set("follow_up_plan", 1, {"at": "2026-03-06 09:00", "due": "2026-03-06"})
    outcome = look.look(now, items(book), state)
    assert (outcome.due, outcome.next_at) == ((), at("2026-03-06 08:45"))
    [due] = look.look(at("2026-03-06 08:45"), items(book), state).due
    assert due.item.title == "谈年框"


def test_what_is_put_off_comes_again_but_not_in_the_evening(book):
    look, state = reminders(book), State()
    [task] = [one for one in items(book) if one.entity == "task"]
    others = [one.key for one in items(book) if one.entity != "task"]
    state.mark([task.key, *others], at("2026-03-05 10:00"))
    state.put_off_until([task.key], at("2026-03-05 19:55") + timedelta(minutes=10))
    state = read(state.text())
    assert look.look(at("2026-03-05 20:05"), items(book), state).due == ()
    [due] = look.look(at("2026-03-06 08:00"), items(book), state).due
    assert due.item == task
    state.mark([task.key], at("2026-03-06 08:00"))
    assert look.look(at("2026-03-06 09:00"), items(book), state).due == ()


def test_tomorrow_morning_is_the_next_working_one(book):
    quiet = reminders(book).quiet
    assert quiet.morning_after(at("2026-03-06 15:00")) == at("2026-03-09 08:00")
    assert quiet.morning_after(at("2026-03-09 07:00")) == at("2026-03-10 08:00")


def test_a_dinner_in_the_evening_is_said_before_the_quiet_time_begins(book):
    with book.change("dinner") as change:
        change.set("follow_up_plan", 1, {"at": "2026-03-05 20:30"})
    outcome = reminders(book).look(at("2026-03-05 17:00"), items(book)[1:2], State())
    assert outcome.next_at == at("2026-03-05 19:30")


def test_only_what_is_ones_own_if_one_wants_it_so(book):
    with book.change("two more") as change:
        change.add(
            "meeting", {"title": "全员", "held_on": "2026-03-05", "starts_at": "2026-03-05 11:00"}
        )
    assert {one.title for one in items(book, [1])} == {"寄样品", "谈年框", "周会", "全员"}
    assert {one.title for one in items(book, [2])} == {"全员"}
    with book.change("leads") as change:
        change.set("team", 1, {"manager": "李娜"})
    assert {one.title for one in items(book, [2])} == {"周会", "全员"}


def test_who_stands_in_is_reminded_and_who_is_away_is_not(book):
    with book.change("leave") as change:
        change.add(
            "leave",
            {"person": "王强", "starts_on": "2026-03-05", "ends_on": "2026-03-05", "cover": "李娜"},
        )
    assert {one.title for one in items(book, [1])} == {"周会"}
    assert {one.title for one in items(book, [2])} == {"寄样品", "谈年框"}
    assert not mine.working(book, "王强")(date(2026, 3, 5))
    assert mine.working(book, "李娜")(date(2026, 3, 5))
    assert (mine.people(book, "李娜"), mine.people(book, "nobody")) == ([2], None)


def test_what_is_kept_is_forgotten_when_nobody_needs_it(book):
    state, now = State(), at("2026-03-05 10:00")
    state.mark(["task/99/20250101T000000"], now - timedelta(days=70))
    state.mark([items(book)[0].key], now - timedelta(days=70))
    state.put_off_until(["task/98/20260101T000000"], now)
    state.prune([one.key for one in items(book)], now)
    assert list(state.shown) == [items(book)[0].key]
    assert state.put_off == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"shown": {"a": "x"}, "put_off": {}}',
        "null",
        '{"shown": {"a": "2026-01-01T00:00:00"}, "put_off": {}}',
    ],
)
def test_settings_that_cannot_be_read_mean_that_nothing_was_shown(text):
    assert read(text) == State()
