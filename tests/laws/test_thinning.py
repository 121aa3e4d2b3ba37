"""Laws of thinning: what stays of many backups, whatever clocks and people did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models import thinning

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
NO_LIMIT = 1 << 60
MOST = 241 + 49 + 15 + 9 + 27 + 3  # of the bands up to 728 days, and some years


@dataclass(frozen=True)
class Made:
    moment: datetime
    change: int
    size: int = 10


moments = st.integers(-3 * 365 * 24 * 60, 3 * 365 * 24 * 60).map(
    lambda minutes: BEGIN + timedelta(minutes=minutes)
)
many = st.lists(
    st.builds(Made, moments, st.integers(1, 500), st.integers(1, 100)), max_size=80, unique=True
)
limits = st.sampled_from([0, 1, 60, 300, 2_000, NO_LIMIT])
# Minutes from one backup to the next: half hours of work, imports, nights, holidays, a year in a drawer.
gaps = st.lists(
    st.one_of(
        st.integers(30, 45),
        st.integers(0, 45),
        st.sampled_from([16 * 60, 64 * 60, 9 * 24 * 60, 100 * 24 * 60, 400 * 24 * 60]),
    ),
    min_size=1,
    max_size=400,
)


def stepwise(clock: list[datetime]) -> list[tuple[list[Made], list[Made]]]:
    """Back up at each moment and thin at once: after each step, all that were made and those left."""
    made: list[Made] = []
    left: list[Made] = []
    steps = []
    for number, now in enumerate(clock, 1):
        made.append(Made(now, number))
        left = thinning.kept([*left, made[-1]], now, NO_LIMIT)
        steps.append((list(made), left))
    return steps


@given(many, moments, limits)
def test_thinning_keeps_the_newest_adds_nothing_and_twice_is_once(found, now, limit):
    left = thinning.kept(found, now, limit)
    assert len(set(left)) == len(left)
    assert set(left) <= set(found)
    assert left[:1] == ([thinning.newest(found)] if found else [])
    assert thinning.kept(left, now, limit) == left
    assert thinning.kept(reversed(found), now, limit) == left
    assert len(left) <= 1 or sum(one.size for one in left) <= limit


@given(many, moments)
def test_of_each_stretch_of_time_the_last_one_stays(found, now):
    left = thinning.kept(found, now, NO_LIMIT)
    for one in found:
        apart = thinning.spacing(now - one.moment)
        assert any(
            thinning.stretch(stays.moment, apart) == thinning.stretch(one.moment, apart)
            and thinning.spacing(now - stays.moment) == apart
            and (stays.change, stays.moment) >= (one.change, one.moment)
            for stays in left
        )


def _assert_near(made: list[Made], left: list[Made], now: datetime) -> None:
    """Near each one that was ever made, one is left: as near as backups of that age are apart."""
    for one in made:
        apart = thinning.spacing(now - one.moment)
        assert any(timedelta(0) <= stays.moment - one.moment < apart for stays in left), one


@given(gaps)
def test_step_by_step_there_is_always_one_within_the_spacing_of_its_age(minutes):
    clock, now = [], BEGIN
    for gap in minutes:
        now += timedelta(minutes=gap)
        clock.append(now)
    steps = stepwise(clock)
    for made, left in (*steps[:: max(1, len(steps) // 8)], steps[-1]):
        assert left[0] == made[-1]
        assert len(left) <= MOST + (made[-1].moment - BEGIN).days // 364
        _assert_near(made, left, made[-1].moment)


def test_ninety_days_of_work_leave_some_dozens():
    clock = [
        BEGIN + timedelta(days=day, minutes=31 * number)
        for day in range(90)
        if day % 7 < 6 and not 40 <= day < 49  # weekends and a holiday
        for number in range(18)
    ]
    most = 0
    for made, left in stepwise(clock):
        most = max(most, len(left))
        assert left[0] == made[-1]
    now = clock[-1]
    _assert_near(made, left, now)
    assert len(made) > 1_000
    assert most < 60
    young = [one for one in left if now - one.moment <= timedelta(days=1)]
    assert len(young) >= 18  # each half hour of the last day
    days = {one.moment.date() for one in left if now - one.moment <= timedelta(days=14)}
    assert days >= {one.moment.date() for one in made if now - one.moment <= timedelta(days=13)}


@given(gaps, st.lists(st.integers(-800 * 24 * 60, 800 * 24 * 60), min_size=1, max_size=5))
def test_a_clock_that_jumps_never_costs_the_newest_and_leaves_no_heap(minutes, jumps):
    clock, now = [], BEGIN
    every = max(1, len(minutes) // (len(jumps) + 1))
    for number, gap in enumerate(minutes):
        now += timedelta(minutes=gap)
        if number and number % every == 0 and number // every <= len(jumps):
            now += timedelta(minutes=jumps[number // every - 1])
        clock.append(now)
    for made, left in stepwise(clock):
        assert left[0] == made[-1]
    # What lies in the future of a clock that was set back stays apart as what is young, no closer.
    ahead = [one for one in left if one.moment > clock[-1]]
    young = thinning.BANDS[0][1]
    assert len({thinning.stretch(one.moment, young) for one in ahead}) == len(ahead)
    assert len(left) - len(ahead) <= MOST + 5
