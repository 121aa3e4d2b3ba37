"""Chances of goals: what they answer where everything is plain, and laws that always hold."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.goals.chance import (
    fit_team,
    fit_trials,
    outlook_of_mean,
    outlook_of_rate,
    outlook_of_sum,
    standing,
    suggest,
)
from models.goals.evidence import Ahead, Chance, Deals, Stretch, Trials

AHEAD = Ahead(21.0)


def months(*amounts, days=21.0):
    """The latest month comes last."""
    last = len(amounts)
    return [
        Stretch(days, part, age=(last - place - 0.5) / 12) for place, part in enumerate(amounts)
    ]


STEADY = months(*[[100.0] * 6 for _ in range(12)])


def test_a_level_far_below_or_above_what_is_usual_is_nearly_certain_or_hopeless():
    outlook = outlook_of_sum(STEADY, None, AHEAD)
    assert outlook.chance(100).mid > 0.97
    assert outlook.chance(2_000).mid < 0.02


def test_what_is_already_reached_stays_reached_without_returns():
    assert outlook_of_sum(STEADY, None, AHEAD, 500).chance(500) == Chance(1, 1, 1)


def test_with_returns_what_is_reached_may_be_lost_again():
    past = months(*[[100.0, 100.0, -80.0] for _ in range(12)])
    chance = outlook_of_sum(past, None, Ahead(3.0), 500).chance(500)
    assert 0 < chance.low <= chance.mid < 1


def test_when_no_day_is_left_it_is_reached_or_not():
    over = outlook_of_sum(STEADY, None, Ahead(0.0), 500)
    assert over.chance(500) == Chance(1, 1, 1)
    assert over.chance(500.01) == Chance(0, 0, 0)
    assert over.chance(400, down=True) == Chance(0, 0, 0)
    assert over.span() == (500, 500)


def test_without_any_history_nothing_is_claimed():
    outlook = outlook_of_sum([], None, AHEAD)
    assert outlook.basis.method == "none"
    assert outlook.chance(1_000) == Chance(0, 0.5, 1)
    assert outlook.span() is None
    assert suggest(outlook) is None


def test_who_has_no_record_is_judged_by_the_team_with_a_wide_range():
    team = fit_team(
        [STEADY, months(*[[100.0] * 3 for _ in range(12)]), months(*[[100.0] * 9] * 12)]
    )
    newcomer = outlook_of_sum([], team, AHEAD)
    assert newcomer.basis.method == "team"
    assert (newcomer.basis.own, newcomer.basis.team, newcomer.basis.people) == (0, 216, 3)
    mine, theirs = newcomer.chance(600), outlook_of_sum(STEADY, team, AHEAD).chance(600)
    assert mine.high - mine.low > 1.5 * (theirs.high - theirs.low)


def test_a_target_of_zero_is_reached_by_doing_nothing():
    assert outlook_of_sum(STEADY, None, AHEAD).chance(0) == Chance(1, 1, 1)


def test_at_most_none_is_as_likely_as_that_nothing_happens():
    rare = months(*[[1.0] if month % 3 == 0 else [] for month in range(24)])
    chance = outlook_of_sum(rare, None, AHEAD).chance(0, down=True)
    assert chance.low < math.exp(-1 / 3) < chance.high


def test_counts_agree_with_poisson_where_the_rate_is_well_known():
    past = months(*[[1.0] * 5 for _ in range(240)])
    exact = 1 - sum(math.exp(-5) * 5**n / math.factorial(n) for n in range(7))
    assert outlook_of_sum(past, None, AHEAD).chance(7).mid == pytest.approx(exact, abs=0.02)


def test_one_record_is_enough_for_an_answer_and_too_little_for_a_narrow_one():
    chance = outlook_of_sum(months([250.0]), None, AHEAD).chance(250)
    assert chance.high - chance.low > 0.2


def test_open_deals_replace_the_part_of_the_usual_that_would_come_from_them():
    none_open = outlook_of_sum(STEADY, None, AHEAD, 0, Deals([], 1.0)).chance(600)
    sure = outlook_of_sum(STEADY, None, AHEAD, 0, Deals([(1_000.0, 0.95)], 1.0)).chance(600)
    unlikely = outlook_of_sum(STEADY, None, AHEAD, 0, Deals([(1_000.0, 0.1)], 1.0)).chance(600)
    assert sure.mid == pytest.approx(0.95, abs=0.03)
    assert unlikely.mid == pytest.approx(0.1, abs=0.05)
    assert unlikely.mid < none_open.mid < sure.mid


def test_with_prices_of_a_list_reaching_a_level_exactly_counts():
    past = months(*[[200.0, 300.0] for _ in range(36)])
    outlook = outlook_of_sum(past, None, Ahead(10.0))
    assert outlook.chance(500).mid == outlook.chance(401).mid
    assert outlook.chance(500).mid > outlook.chance(500.01).mid + 0.05
    assert outlook.chance(500, down=True).mid > outlook.chance(499.99, down=True).mid + 0.05


def test_the_deal_that_brings_exactly_what_is_missing_reaches_the_level():
    late = Ahead(1.0)
    outlook = outlook_of_sum(STEADY, None, late, 4_000, Deals([(1_000.0, 0.6), (50.0, 0.5)], 1.0))
    assert outlook.chance(5_000).mid == pytest.approx(0.6, abs=0.03)
    assert outlook.chance(5_001).mid == pytest.approx(0.3, abs=0.03)


def test_a_certain_deal_is_certain():
    outlook = outlook_of_sum([], None, AHEAD, 0, Deals([(1_000.0, 1.0)]))
    assert outlook.chance(1_000) == Chance(1, 1, 1)
    assert outlook.chance(1_001) == Chance(0, 0, 0)


def test_deals_alone_are_enough_for_an_answer():
    outlook = outlook_of_sum([], None, AHEAD, 0, Deals([(100.0, 0.5)]))
    assert outlook.chance(100).mid == pytest.approx(0.5, abs=0.05)


def test_a_share_needs_a_trial():
    over = outlook_of_rate(Trials(200, 30, 60), None, Ahead(0.0), (0, 0))
    assert over.chance(0.3) == Chance(0, 0, 0)
    few = outlook_of_rate(Trials(2_000, 60, 60), None, AHEAD).chance(0.0)
    assert few.mid < 0.7


def test_the_chance_of_a_share_agrees_with_the_binomial_where_all_is_known():
    # 10 of 18 so far and a great many trials before: at least half at the end? The successes less
    # the failures to come are a difference of two Poisson numbers of mean 10; it must be -2 or more.
    random = np.random.default_rng(5)
    exact = (random.poisson(10, 200_000) - random.poisson(10, 200_000) >= -2).mean()
    past = Trials(20_000, 10_000, 20_000)
    chance = outlook_of_rate(past, None, Ahead(20.0), (10, 18)).chance(0.5)
    assert chance.mid == pytest.approx(exact, abs=0.01)
    assert chance.high - chance.low < 0.05


def test_a_share_at_most_and_at_least_are_two_sides():
    outlook = outlook_of_rate(Trials(100, 20, 50), None, AHEAD, (3, 8))
    up, down = outlook.chance(0.413), outlook.chance(0.413, down=True)
    assert up.low + down.high == pytest.approx(1, abs=1e-6)


def test_a_mean_is_known_when_nothing_more_comes():
    past = months(*[[20.0, 40.0] for _ in range(12)])
    over = outlook_of_mean(past, None, Ahead(0.0), (90.0, 3))
    assert over.chance(30, down=True) == Chance(1, 1, 1)
    assert over.chance(29.9, down=True) == Chance(0, 0, 0)
    assert over.span() == (30, 30)


def test_a_mean_moves_towards_what_is_usual():
    past = months(*[[20.0, 40.0] for _ in range(24)])
    likely = outlook_of_mean(past, None, Ahead(60.0), (40.0, 1))
    assert likely.chance(36, down=True).mid > 0.8 > likely.chance(31, down=True).mid


def test_the_suggested_levels_have_the_chances_that_they_are_named_after():
    past = months(*[[80.0, 90.0, 150.0, 310.0] for _ in range(18)])
    outlook = outlook_of_sum(past, None, Ahead(63.0))
    levels = suggest(outlook)
    assert levels is not None
    for level, share in ((levels.floor, 0.8), (levels.target, 0.5), (levels.stretch, 0.2)):
        assert outlook.chance(level).mid == pytest.approx(share, abs=0.05)


def test_a_level_stands_against_past_periods():
    found = standing(outlook_of_sum(STEADY, None, AHEAD), 600, [500, 600, 700])
    assert (found.reached_before, found.periods) == (2, 3)


def test_a_growing_team_is_expected_to_go_on_growing_and_a_steady_one_not():
    growing = [months(*[[1.0] * (10 + month) for month in range(24)]) for _ in range(5)]
    steady = [months(*[[1.0] * 20 for _ in range(24)]) for _ in range(5)]
    later = Ahead(21.0, years=0.5)
    up = outlook_of_sum(growing[0], fit_team(growing), later)
    flat = outlook_of_sum(steady[0], fit_team(steady), later)
    assert up.basis.growth > 0.2
    assert abs(flat.basis.growth) < 0.02
    middle = up.quantile(0.5)
    assert middle is not None
    assert middle > 31


# Laws


AMOUNTS = st.lists(st.floats(-500, 5_000).map(lambda x: round(x, 2)), max_size=8)
PASTS = st.lists(AMOUNTS, min_size=0, max_size=14)
DAYS = st.floats(0, 90)
LEVELS = st.lists(st.floats(-3_000, 40_000), min_size=2, max_size=6).map(sorted)


def _sound(chance):
    assert 0 <= chance.low <= chance.mid <= chance.high <= 1


def _below(one, other):
    """Not larger, in all three."""
    assert one.low <= other.low + 1e-9
    assert one.mid <= other.mid + 1e-9
    assert one.high <= other.high + 1e-9


@given(PASTS, PASTS, DAYS, st.floats(-2_000, 9_000), LEVELS, st.booleans())
def test_chances_of_sums_are_probabilities_and_fall_as_the_level_rises(
    mine, other, days, reached, levels, down
):
    own = months(*mine)
    outlook = outlook_of_sum(own, fit_team([own, months(*other)]), Ahead(days), reached)
    chances = [outlook.chance(level, down) for level in levels]
    for chance in chances:
        _sound(chance)
    for lower, higher in pairwise(chances):
        if down:
            _below(lower, higher)
        else:
            _below(higher, lower)
    span = outlook.span()
    if span is not None:
        assert all(map(math.isfinite, span))
        assert span[0] <= span[1]


@given(PASTS, DAYS, st.floats(0, 9_000), st.floats(0, 5_000), st.floats(-100, 20_000))
def test_who_has_reached_more_has_no_smaller_chance(mine, days, reached, more, level):
    own = months(*mine)
    less_chance = outlook_of_sum(own, None, Ahead(days), reached).chance(level)
    _below(less_chance, outlook_of_sum(own, None, Ahead(days), reached + more).chance(level))


@given(PASTS, DAYS, st.floats(0, 9_000), st.floats(0, 20_000), st.sampled_from([0.01, 7, 10_000]))
def test_thousands_and_units_give_the_same_chance(mine, days, reached, level, unit):
    own = months(*mine)
    scaled = months(*[[amount * unit for amount in part] for part in mine])
    one = outlook_of_sum(own, None, Ahead(days), reached)
    other = outlook_of_sum(scaled, None, Ahead(days), reached * unit)
    mine_chance, other_chance = one.chance(level), other.chance(level * unit)
    assert mine_chance.mid == pytest.approx(other_chance.mid, abs=1e-6)
    assert mine_chance.low == pytest.approx(other_chance.low, abs=1e-6)
    span, scaled_span = one.span(), other.span()
    if span is not None:
        assert scaled_span == pytest.approx([end * unit for end in span], rel=1e-6, abs=1e-6 * unit)


@st.composite
def trials(draw):
    n = draw(st.integers(0, 200))
    return Trials(draw(st.floats(0, 500)), draw(st.integers(0, n)), n)


@given(
    trials(),
    st.lists(trials(), max_size=4),
    DAYS,
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.floats(0, 1), min_size=2, max_size=5).map(sorted),
    st.booleans(),
)
def test_chances_of_shares_are_probabilities_and_fall_as_the_level_rises(
    own, others, days, good, bad, levels, down
):
    team = fit_trials([own, *others])
    outlook = outlook_of_rate(own, team, Ahead(days), (good, good + bad))
    chances = [outlook.chance(level, down) for level in levels]
    for chance in chances:
        _sound(chance)
    for lower, higher in pairwise(chances):
        _below(*((lower, higher) if down else (higher, lower)))
    span = outlook.span()
    if span is not None:
        assert 0 <= span[0] <= span[1] <= 1
    better = outlook_of_rate(own, team, Ahead(days), (good + 1, good + bad + 1))
    if good + bad and not down:
        _below(chances[0], better.chance(levels[0]))


@given(PASTS, DAYS, st.integers(0, 5), st.floats(0, 900), LEVELS, st.booleans())
def test_chances_of_means_are_probabilities_and_fall_as_the_level_rises(
    mine, days, count, mean, levels, down
):
    own = months(*mine)
    outlook = outlook_of_mean(own, None, Ahead(days), (mean * count, count))
    chances = [outlook.chance(level, down) for level in levels]
    for chance in chances:
        _sound(chance)
    for lower, higher in pairwise(chances):
        _below(*((lower, higher) if down else (higher, lower)))
    span = outlook.span()
    if span is not None:
        assert all(map(math.isfinite, span))


def test_the_same_question_gets_the_same_answer():
    np.random.seed(1)
    first = outlook_of_sum(STEADY, fit_team([STEADY]), AHEAD, 50).chance(600)
    np.random.seed(2)
    assert outlook_of_sum(STEADY, fit_team([STEADY]), AHEAD, 50).chance(600) == first
