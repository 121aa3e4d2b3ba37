"""What moves whole months for everybody: it is seen, and it widens what is said of sums."""

from __future__ import annotations

import numpy as np
import pytest

from models.goals.chance import fit_team, outlook_of_sum
from models.goals.evidence import Ahead, Stretch
from models.goals.history import Month, season_of

PEOPLE, MONTHS = 20, 18


def team(factors, seed=1):
    """Twenty people with five records of 100 a month, all months moved by the factors."""
    chance = np.random.default_rng(seed)
    return [
        [
            Stretch(21.0, [100.0] * int(chance.poisson(5 * factor)), age=(MONTHS - at - 0.5) / 12)
            for at, factor in enumerate(factors)
        ]
        for _ in range(PEOPLE)
    ]


def together(pasts):
    """The same people's months told as one."""
    return [
        Stretch(
            sum(one.days for one in each), [a for one in each for a in one.amounts], age=each[0].age
        )
        for each in zip(*pasts, strict=True)
    ]


STEADY = team([1.0] * MONTHS)
MOVED = team([1.3, 0.7] * (MONTHS // 2))


def width(outlook):
    low, high = outlook.span()
    return high - low


def test_months_that_move_together_are_told_from_single_events():
    assert fit_team(MOVED).shock.mean() > 0.05
    assert fit_team(STEADY).shock.mean() < 0.005


def test_a_sum_over_people_is_less_sure_where_their_months_move_together():
    ahead = Ahead(21.0 * PEOPLE)
    moved = outlook_of_sum(together(MOVED), None, ahead)
    steady = outlook_of_sum(together(STEADY), None, ahead)
    assert width(moved) > 1.8 * width(steady)
    # One person's own luck is the larger part.
    mine, still = (outlook_of_sum(one[0], fit_team(one), Ahead(21.0)) for one in (MOVED, STEADY))
    assert width(mine) < 1.6 * width(still)


def test_a_trend_is_less_sure_where_months_move_together():
    assert fit_team(MOVED).growth_error.mean() > 1.5 * fit_team(STEADY).growth_error.mean()


def test_few_months_leave_a_moderate_move_possible_for_months_are_known_to_move():
    short = [one[-2:] for one in STEADY]
    wide = fit_team([together(short)]).shock
    assert 0.005 < wide.mean() < 0.05


def test_the_season_s_own_error_counts_as_scatter():
    pasts = together(STEADY)
    unsure = [Stretch(one.days, one.amounts, None, one.age, 1.0, 0.2) for one in pasts]
    assert fit_team([unsure]).shock.mean() > 2 * fit_team([pasts]).shock.mean()


@pytest.mark.parametrize("seen", [6, 9])
def test_the_place_in_the_quarter_is_seen_in_two_quarters_and_holds_for_months_not_seen(seen):
    pattern = (0.7, 1.0, 1.3)
    months = [Month(2017, month + 1, 1_000.0 * pattern[month % 3], 21.0) for month in range(seen)]
    factors = season_of(months).factors
    first, second, third = factors[9:]
    assert first < 0.93 < second < 1.07 < third
