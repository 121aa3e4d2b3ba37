"""Days of one person: leave in halves, growing into the job, before coming and after going."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.calendar.person_days import (
    Leave,
    Person,
    PersonDays,
    months_after,
    ramp_shares,
    together,
)
from models.calendar.workdays import MAKE_UP, OFF, OwnDay, WorkCalendar
from models.refusals import Refused

ONE = timedelta(days=1)
CN = WorkCalendar("CN")
TODAY = date(2026, 7, 15)
MARCH = date(2026, 3, 1), date(2026, 3, 31)  # 22 working days
D = Decimal


def of(*leaves: Leave, **more: object) -> PersonDays:
    return PersonDays(CN, Person(1, "王芳", **more), leaves, TODAY)  # type: ignore[arg-type]


def test_without_leave_and_ramp_the_days_are_the_calendar_s():
    assert of().equivalent(*MARCH) == 22
    assert of().days(*MARCH).ramp[0].share == 1


@pytest.mark.parametrize(
    ("leave", "taken"),
    [
        (Leave(date(2026, 3, 2), date(2026, 3, 2)), "1"),
        (Leave(date(2026, 3, 2), date(2026, 3, 2), starts_at_noon=True), "0.5"),
        (Leave(date(2026, 3, 2), date(2026, 3, 2), ends_at_noon=True), "0.5"),
        (Leave(date(2026, 3, 2), date(2026, 3, 4), True, True), "2"),
        (Leave(date(2026, 3, 2), date(2026, 3, 2), True, True), "0"),  # from noon to noon
        (Leave(date(2026, 3, 6), date(2026, 3, 9)), "2"),  # over a weekend
        (Leave(date(2026, 3, 7), date(2026, 3, 8)), "0"),  # a weekend alone
        (Leave(date(2026, 3, 7), date(2026, 3, 8), starts_at_noon=True), "0"),
        (Leave(date(2026, 2, 13), date(2026, 2, 24)), "0"),  # all before March
        (Leave(date(2026, 2, 27), date(2026, 3, 3), starts_at_noon=True), "2"),  # cut by the span
        (Leave(date(2026, 3, 4), date(2026, 3, 2)), "0"),  # ends before it begins
        (Leave(date(2026, 3, 2), date(2026, 3, 2), status="requested"), "0"),
        (Leave(date(2026, 3, 2), date(2026, 3, 2), status="rejected"), "0"),
        (Leave(date(2026, 3, 2), date(2026, 3, 2), status="taken"), "1"),
    ],
)
def test_leave_takes_working_days_away_in_halves(leave, taken):
    assert of(leave).leave(*MARCH) == D(taken)
    assert of(leave).equivalent(*MARCH) == 22 - D(taken)


def test_leave_over_holidays_costs_nothing_and_over_a_make_up_day_one():
    february = date(2026, 2, 1), date(2026, 2, 28)
    assert of(Leave(date(2026, 2, 15), date(2026, 2, 23))).leave(*february) == 0
    assert of(Leave(date(2026, 2, 14), date(2026, 2, 23))).leave(*february) == 1
    assert of(Leave(date(2026, 2, 14), date(2026, 2, 24), True, True)).leave(*february) == 1


def test_leave_that_overlaps_counts_once():
    twice = (
        Leave(date(2026, 3, 2), date(2026, 3, 4)),
        Leave(date(2026, 3, 3), date(2026, 3, 5), ends_at_noon=True),
        Leave(date(2026, 3, 5), date(2026, 3, 5), starts_at_noon=True),
        Leave(date(2026, 3, 5), date(2026, 3, 5), ends_at_noon=True),
    )
    assert of(*twice).leave(*MARCH) == 4


def test_leave_that_is_only_asked_for_is_told_and_takes_nothing():
    told = of(
        Leave(date(2026, 3, 2), date(2026, 3, 3)),
        Leave(date(2026, 3, 3), date(2026, 3, 4), status="requested"),
    ).days(*MARCH)
    assert (told.leave, told.asked, told.equivalent) == (2, 1, 20)


# -- growing into the job ---------------------------------------------------------------------------


def test_a_new_hire_counts_in_shares_by_the_months_since_the_hire_date():
    new = of(hired=date(2026, 3, 16), ramp=ramp_shares("25% 50% 75%"))
    assert new.equivalent(date(2026, 1, 1), date(2026, 3, 15)) == 0
    march = CN.count(date(2026, 3, 16), date(2026, 3, 31))
    assert march == 12
    assert new.equivalent(*MARCH) == D("0.25") * 12
    april = new.equivalent(date(2026, 4, 1), date(2026, 4, 30))
    before = CN.count(date(2026, 4, 1), date(2026, 4, 15))
    after = CN.count(date(2026, 4, 16), date(2026, 4, 30))
    assert april == D("0.25") * before + D("0.5") * after
    assert new.equivalent(date(2026, 6, 16), date(2026, 6, 30)) == CN.count(
        date(2026, 6, 16), date(2026, 6, 30)
    )
    assert [(one.first, one.share) for one in new.steps(date(2026, 3, 1), date(2026, 7, 31))] == [
        (date(2026, 3, 1), 0),
        (date(2026, 3, 16), D("0.25")),
        (date(2026, 4, 16), D("0.5")),
        (date(2026, 5, 16), D("0.75")),
        (date(2026, 6, 16), 1),
    ]


def test_leave_in_a_month_of_growing_costs_that_month_s_share():
    new = of(
        Leave(date(2026, 3, 17), date(2026, 3, 17), starts_at_noon=True),
        hired=date(2026, 3, 16),
        ramp=ramp_shares("50%"),
    )
    assert new.equivalent(*MARCH) == D("0.5") * (12 - D("0.5"))


def test_without_a_ramp_a_new_hire_counts_in_full_from_the_first_day():
    assert of(hired=date(2026, 3, 16)).equivalent(*MARCH) == 12


def test_a_month_that_is_too_short_ends_a_step_on_its_last_day():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(9999, 11, 1), 3) == date.max


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("25% 50% 75%", "0.25 0.5 0.75"),
        ("25％、50％，75％", "0.25 0.5 0.75"),
        ("25 50 75", "0.25 0.5 0.75"),
        ("0.25, 0.5; 0.75", "0.25 0.5 0.75"),
        ("1 2", "0.01 0.02"),
        ("100%", "1"),
        ("12.5%/100%", "0.125 1"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_ramp_is_read_as_people_write_it(text, shares):
    assert ramp_shares(text) == tuple(D(one) for one in shares.split())


@pytest.mark.parametrize("text", ["150%", "-5%", "slow", "25% half", "nan", "infinity", "%"])
def test_what_is_no_ramp_is_refused(text):
    with pytest.raises(Refused) as refused:
        ramp_shares(text)
    assert refused.value.code == "not_a_ramp"


# -- going ------------------------------------------------------------------------------------------


def test_who_has_left_has_no_days_from_today_on():
    gone = of(status="left")
    july = date(2026, 7, 1), date(2026, 7, 31)
    assert gone.equivalent(*july) == CN.count(date(2026, 7, 1), TODAY - ONE)
    assert gone.equivalent(*MARCH) == 22
    assert gone.equivalent(TODAY, TODAY) == 0
    never = of(status="left", hired=date(2026, 8, 1))
    assert never.equivalent(*july) == 0


def test_who_is_on_leave_has_no_days_from_today_on_unless_a_leave_says_until_when():
    july = date(2026, 7, 1), date(2026, 7, 31)
    assert of(status="on_leave").equivalent(*july) == CN.count(date(2026, 7, 1), TODAY - ONE)
    told = of(Leave(date(2026, 7, 13), date(2026, 7, 17)), status="on_leave")
    assert told.equivalent(*july) == CN.count(*july) - 5


# -- on a day ---------------------------------------------------------------------------------------


def test_the_days_left_count_today_and_those_elapsed_at_its_end_too():
    spent = of().spent(*MARCH, on=date(2026, 3, 4))
    assert (spent.before, spent.today, spent.after) == (2, 1, 19)
    assert (spent.total, spent.left, spent.elapsed) == (22, 20, 3)
    weekend = of().spent(*MARCH, on=date(2026, 3, 7))
    assert (weekend.before, weekend.today, weekend.after) == (5, 0, 17)


def test_before_a_span_all_is_left_and_after_it_nothing():
    early, late = of().spent(*MARCH, on=date(2026, 1, 1)), of().spent(*MARCH, on=date(2026, 5, 1))
    assert (early.before, early.today, early.after) == (0, 0, 22)
    assert (late.before, late.today, late.after) == (22, 0, 0)


# -- laws -------------------------------------------------------------------------------------------

days = st.dates(date(2025, 1, 1), date(2027, 6, 30))
leaves = st.lists(
    st.builds(
        Leave, days, days, st.booleans(), st.booleans(), st.sampled_from(["approved", "taken"])
    ),
    max_size=6,
)
short_leaves = st.lists(
    st.builds(
        lambda first, more, noon, till: Leave(first, first + timedelta(days=more), noon, till),
        days,
        st.integers(0, 20),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)
people = st.builds(
    lambda hired, ramp, status: Person(1, "", hired, status, tuple(D(one) / 100 for one in ramp)),
    st.none() | days,
    st.lists(st.integers(0, 100), max_size=4),
    st.sampled_from(["active", "left", "on_leave", "onboarding"]),
)
own = st.lists(st.builds(OwnDay, days, st.sampled_from([OFF, MAKE_UP])), max_size=5)
ones = st.builds(
    lambda own, person, leaves: PersonDays(WorkCalendar("CN", own), person, leaves, TODAY),
    own,
    people,
    leaves | short_leaves,
)


@given(ones, days, days, days)
def test_the_parts_of_a_span_add_up_to_it(one, a, b, c):
    first, middle, last = sorted((a, b, c))
    parts = one.equivalent(first, middle) + one.equivalent(middle + ONE, last)
    assert parts == one.equivalent(first, last)
    assert one.leave(first, middle) + one.leave(middle + ONE, last) == one.leave(first, last)


@given(ones, days, days)
def test_no_day_is_less_than_nothing_or_more_than_the_calendar_s(one, a, b):
    first, last = sorted((a, b))
    last = min(last, first + timedelta(days=60))
    for at in range((last - first).days + 1):
        day = first + ONE * at
        worked = one.equivalent(day, day)
        assert 0 <= worked <= one.calendar.count(day, day)
    told = one.days(first, last)
    assert 0 <= told.equivalent <= told.working - told.leave
    assert 0 <= told.leave <= told.working


@given(ones, days, days, days)
def test_what_is_over_and_what_is_left_are_the_whole(one, a, b, on):
    first, last = sorted((a, b))
    spent = one.spent(first, last, on)
    assert spent.total == one.equivalent(first, last)
    assert min(spent.before, spent.today, spent.after) >= 0


@given(ones, days, days)
def test_the_steps_cover_a_span_without_gap(one, a, b):
    first, last = sorted((a, b))
    steps = one.steps(first, last)
    assert steps[0].first == first
    assert steps[-1].last == last
    for before, after in pairwise(steps):
        assert before.last + ONE == after.first


@given(short_leaves)
def test_leave_is_counted_as_a_calendar_on_the_wall_counts_it(leaves):
    """Each half day by itself: crossed out on the wall or not."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    crossed = set()
    for one in leaves:
        start, end = one.halves
        crossed |= set(range(start, end))
    wall = sum(half in crossed for day in CN.days(first, last) for half in _halves(day))
    assert of(*leaves).leave(first, last) == D(wall) / 2


def _halves(day: date) -> tuple[int, int]:
    return day.toordinal() * 2, day.toordinal() * 2 + 1


@given(st.lists(ones, max_size=5), days, days)
def test_a_team_s_days_are_those_of_its_people(several, a, b):
    first, last = sorted((a, b))
    assert together(several, first, last) == sum(one.equivalent(first, last) for one in several)


@given(short_leaves, st.builds(Leave, days, days))
def test_more_leave_never_gives_more_days(leaves, more):
    assume(more.first <= more.last)
    first, last = date(2025, 6, 1), date(2026, 12, 31)
    assert of(*leaves, more).equivalent(first, last) <= of(*leaves).equivalent(first, last)


def test_three_hundred_people_over_a_year_of_months_take_milliseconds():
    team = [
        PersonDays(
            CN,
            Person(
                at, "", date(2025, 11, 1) + timedelta(days=at), "active", ramp_shares("50% 75%")
            ),
            [Leave(date(2026, 1 + at % 12, 5), date(2026, 1 + at % 12, 9), True) for _ in range(3)],
            TODAY,
        )
        for at in range(300)
    ]
    starts = [date(2026, at, 1) for at in range(1, 13)] + [date(2027, 1, 1)]
    CN.count(starts[0], starts[-1])
    begun = time.perf_counter()
    for one in team:
        for at in range(12):
            one.equivalent(starts[at], starts[at + 1] - ONE)
    assert time.perf_counter() - begun < 0.5  # 30 ms measured on an idle machine
