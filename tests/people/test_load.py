"""Hours of people and days: what is open adds up, to the last millionth of an hour."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.load import moved_days
from models.people.spreading import parts_of, shared
from tests.people.staffed import FRIDAY, ON, staffed

TUESDAY, WEDNESDAY, THURSDAY = (ON + timedelta(n) for n in (1, 2, 3))


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        yield made


def hours(load, who, *days):
    return [load.busy(who, day) for day in days]


def test_work_without_a_beginning_is_done_as_late_as_its_hours_allow(team):
    team.task("Ben", 12, FRIDAY)
    load = team.load()
    assert hours(load, team["Ben"], WEDNESDAY, THURSDAY, FRIDAY) == [0, 6, 6]


def test_work_with_a_beginning_is_spread_evenly_up_to_its_due_day(team):
    team.task("Ben", 10, FRIDAY, starts_on=ON)
    assert hours(team.load(), team["Ben"], ON, TUESDAY, FRIDAY) == [2, 2, 2]


def test_nothing_is_planned_before_today(team):
    team.task("Ben", 8, FRIDAY, starts_on=ON - timedelta(10))
    load = team.load(ON - timedelta(10), 20, on=THURSDAY)
    assert hours(load, team["Ben"], ON, THURSDAY, FRIDAY) == [0, 4, 4]


def test_overdue_work_is_all_for_today(team):
    team.task("Ben", 5, ON - timedelta(20))
    load = team.load()
    assert load.busy(team["Ben"], ON) == 5
    assert load.parts(team["Ben"], ON)[0].note == "overdue since 2026-02-10"


def test_overdue_work_waits_for_who_is_back_on_the_next_working_day(team):
    team.leave("Ben", ON, TUESDAY)
    team.task("Ben", 5, ON - timedelta(20))
    assert hours(team.load(), team["Ben"], ON, TUESDAY, WEDNESDAY) == [0, 0, 5]


def test_weekends_and_holidays_get_nothing_and_make_up_days_do(team):
    row = team.task("Ben", 20, date(2026, 2, 28), starts_on=date(2026, 2, 9))
    load = team.load(date(2026, 2, 9), 30, on=date(2026, 2, 9))
    worked = {day for _, day in load.task_hours(row)}
    assert date(2026, 2, 14) in worked  # a Saturday, worked for the Spring Festival
    assert not worked & {date(2026, 2, 17), date(2026, 2, 22)}
    assert sum(load.task_hours(row).values()) == 20


def test_work_without_a_due_day_takes_ten_working_days(team):
    row = team.task("Ben", 10)
    load = team.load()
    assert len(load.task_hours(row)) == 10
    assert load.busy(team["Ben"], ON) == 1
    assert load.parts(team["Ben"], ON)[0].note == "no due day"


def test_half_a_day_away_leaves_half_the_hours_and_half_the_work(team):
    team.leave("Ben", TUESDAY, TUESDAY, ends_at_noon=True)
    team.task("Ben", 3, TUESDAY, starts_on=ON)
    load = team.load()
    assert load.capacity(team["Ben"], TUESDAY) == 4
    assert hours(load, team["Ben"], ON, TUESDAY) == [2, 1]


def test_hours_a_day_are_the_person_s_else_the_book_s(team):
    team.set("salesperson", team["Cai"], daily_hours="6")
    with team.book.change("hours") as change:
        change.set_book({"hours_a_day": "7.5"})
    load = team.load()
    assert load.capacity(team["Ben"], ON) == Decimal("7.5")
    assert load.capacity(team["Cai"], ON) == 6


def test_a_ramp_says_nothing_of_hours(team):
    row = team.person("Eve", hire_date=WEDNESDAY, ramp_profile="25% 50%")
    load = team.load()
    assert [load.capacity(row, day) for day in (TUESDAY, WEDNESDAY)] == [0, 8]


def test_collaborators_have_their_share(team):
    row = team.task("Ben", 10, FRIDAY, starts_on=FRIDAY)
    team.add("collaborator", task=row, person=team["Cai"], share="30%")
    team.add("collaborator", task=row, person=team["Dan"])
    load = team.load()
    assert [load.busy(team[one], FRIDAY) for one in ("Ben", "Cai", "Dan")] == [
        Decimal("3.5"), 3, Decimal("3.5"),
    ]  # fmt: skip


def test_what_waits_begins_after_what_it_waits_for_is_due(team):
    first = team.task("Ben", 4, WEDNESDAY)
    second = team.task("Cai", 8, FRIDAY, starts_on=ON)
    team.add("task_dependency", task=second, after=first)
    assert hours(team.load(), team["Cai"], WEDNESDAY, THURSDAY, FRIDAY) == [0, 4, 4]


def test_done_and_cancelled_work_takes_nothing_and_work_in_review_no_more(team):
    for status in ("done", "cancelled", "review"):
        team.task("Ben", 8, FRIDAY, status=status)
    assert team.load().busy(team["Ben"], FRIDAY) == 0


def test_work_without_effort_takes_the_usual_time_and_says_so(team):
    team.task("Ben", None, FRIDAY, kind="visit")
    team.task("Cai", None, FRIDAY, kind="internal")
    load = team.load()
    assert load.busy(team["Ben"], FRIDAY) == Decimal("1.5")
    assert load.busy(team["Cai"], FRIDAY) == 1
    assert load.parts(team["Cai"], FRIDAY)[0].note == "effort assumed"


def test_usual_minutes_are_the_median_of_the_book(team):
    for n, minutes in enumerate((20, 30, 40, 50, 300)):
        team.add("activity", at=f"2026-02-0{n + 1} 10:00", kind="visit", duration_minutes=minutes)
    team.add("activity", at="2026-02-06 10:00", kind="call", duration_minutes=99)
    assert team.load().usual_minutes["visit"] == 40
    assert team.load().usual_minutes["call"] == 15


def test_follow_ups_are_for_who_is_named_else_for_the_customer_s_owner(team):
    customer = team.add("customer", name="Acme", owner=team["Ben"])
    team.add("follow_up_plan", customer=customer, due=TUESDAY, kind="visit", purpose="Samples")
    team.add("follow_up_plan", customer=customer, due=TUESDAY, kind="visit", person=team["Cai"])
    load = team.load()
    assert load.busy(team["Ben"], TUESDAY) == load.busy(team["Cai"], TUESDAY) == Decimal("1.5")
    assert load.parts(team["Ben"], TUESDAY)[0].title == "Acme · Samples"


def test_a_follow_up_on_a_free_day_is_done_on_the_working_day_before(team):
    customer = team.add("customer", name="Acme", owner=team["Ben"])
    team.add("follow_up_plan", customer=customer, due=FRIDAY + timedelta(1), kind="visit")
    assert team.load().busy(team["Ben"], FRIDAY) == Decimal("1.5")


def test_meetings_take_time_of_who_is_there(team):
    team.add("meeting", title="Week", held_on=ON, team=team.team, duration_minutes=30)
    team.add("meeting", title="Talk", held_on=TUESDAY, kind="one_to_one", person=team["Ben"])
    load = team.load()
    assert load.busy(team["Cai"], ON) == Decimal("0.5")
    assert [load.busy(team[one], TUESDAY) for one in ("Ada", "Ben", "Cai")] == [1, 1, 0]


def test_overload_and_idle_days_are_told(team):
    team.task("Ben", 20, TUESDAY, starts_on=ON)
    totals = team.load(days=5).totals(team["Ben"])
    assert totals.overloaded == (ON, TUESDAY)
    assert totals.idle == (WEDNESDAY, THURSDAY, FRIDAY)
    assert totals.share == Decimal("0.5")


def test_a_cover_has_the_hours_of_the_days_away_and_only_those(team):
    team.leave("Ben", TUESDAY, THURSDAY, cover="Cai")
    row = team.task("Ben", 10, FRIDAY, starts_on=ON)
    load = team.load()
    assert hours(load, team["Ben"], ON, TUESDAY, THURSDAY, FRIDAY) == [2, 0, 0, 2]
    assert hours(load, team["Cai"], ON, TUESDAY, THURSDAY, FRIDAY) == [0, 2, 2, 0]
    assert load.parts(team["Cai"], TUESDAY)[0].covered
    assert sum(load.task_hours(row).values()) == 10


def test_without_a_cover_the_work_is_done_on_the_days_that_are_left(team):
    team.leave("Ben", TUESDAY, FRIDAY)
    team.task("Ben", 10, FRIDAY, starts_on=ON)
    assert team.load().busy(team["Ben"], ON) == 10


def test_a_task_moved_is_seen_before_and_after_and_nothing_is_written(team):
    row = team.task("Ben", 8, FRIDAY)
    before, change = team.load(), team.book.last_change
    after = before.with_task(row, team["Cai"], THURSDAY)
    assert (before.busy(team["Ben"], FRIDAY), after.busy(team["Ben"], FRIDAY)) == (8, 0)
    assert (before.busy(team["Cai"], THURSDAY), after.busy(team["Cai"], THURSDAY)) == (0, 8)
    assert after.parts(team["Cai"], THURSDAY)[0].row == row
    assert team.book.last_change == change
    team.set("task", row, owner=team["Cai"], due=THURSDAY)
    written = team.load()
    assert all(
        after.busy(one, day) == written.busy(one, day) for one in after.people for day in after.days
    )


def test_more_hours_lie_on_top(team):
    team.task("Ben", 8, FRIDAY)
    load = team.load()
    more = load.with_hours(load.spread_new(team["Ben"], Decimal(4), None, FRIDAY))
    assert more.busy(team["Ben"], FRIDAY) == 12
    assert load.busy(team["Ben"], FRIDAY) == 8


def test_who_left_isn_t_listed(team):
    team.set("salesperson", team["Dan"], status="left")
    assert team["Dan"] not in team.load().people


def test_the_beginning_moves_with_the_due_day():
    assert moved_days(ON, FRIDAY, FRIDAY + timedelta(7)) == (
        ON + timedelta(7), FRIDAY + timedelta(7),
    )  # fmt: skip
    assert moved_days(None, FRIDAY, ON) == (None, ON)
    assert moved_days(FRIDAY, None, ON) == (ON, ON)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 9), min_size=1).filter(any))
def test_parts_add_up_to_the_whole(units, weights):
    parts = shared(units, weights)
    assert sum(parts) == units
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(
    st.lists(
        st.tuples(st.integers(2, 6), st.none() | st.decimals(0, 1, places=4)),
        max_size=4,
        unique_by=lambda pair: pair[0],
    )
)
def test_shares_leave_nobody_below_nothing(others):
    weights = parts_of(1, others)
    assert all(weight > 0 for weight in weights.values())
    assert sum(shared(999_983, list(weights.values()))) == 999_983


_DAYS = st.integers(-12, 25).map(lambda n: ON + timedelta(n))
_WORK = st.tuples(
    st.sampled_from((None, "Ada", "Ben", "Cai", "Dan")),
    st.decimals(0, 90, places=3),
    st.none() | _DAYS,
    st.none() | _DAYS,
)
_AWAY = st.tuples(
    st.sampled_from(("Ben", "Cai", "Dan")),
    _DAYS,
    st.integers(0, 15),
    st.sampled_from((None, "Ada", "Ben", "Cai", "Dan")),
    st.booleans(),
)


@given(st.lists(_WORK, max_size=8), st.lists(_AWAY, max_size=4))
def test_hours_of_all_people_and_days_are_the_effort_whatever_is_planned(work, away):
    with tempfile.TemporaryDirectory() as folder, staffed(Path(folder)) as team:
        for who, first, days, cover, half in away:
            team.leave(who, first, first + timedelta(days), cover=cover, ends_at_noon=half)
        rows = {
            team.task(who, effort, due, starts_on=begins): (who, effort)
            for who, effort, begins, due in work
        }
        load = team.load(ON, 200)
        for row, (who, effort) in rows.items():
            found = load.task_hours(row)
            assert sum(found.values()) == (effort if who else 0)
            assert all(day >= ON for _, day in found)
        each = sum(load.totals(one).busy for one in load.people)
        assert each == load.total_busy() == sum(e for who, e in rows.values() if who)
