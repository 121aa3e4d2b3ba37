"""Chances of measures that are ratios of sums, and of what stands at a period's end."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.goals.chance import fit_team, outlook_of_mean, outlook_of_stock
from models.goals.evidence import Ahead, Chance, ratio_stretch, ratio_unit


def test_a_ratio_of_sums_is_no_mean_of_percentages():
    pairs = [(0.0, 100.0), (100.0, 1_000.0)]
    unit = ratio_unit([100.0, 1_000.0])
    past = [ratio_stretch(21.0, pairs, unit, age=place / 12) for place in range(12)]
    over = outlook_of_mean(past, None, Ahead(0.0), (100.0 / unit, 1_100.0 / unit))
    assert over.span() == pytest.approx((100 / 1_100, 100 / 1_100))
    to_come = outlook_of_mean(past, fit_team([past]), Ahead(200.0)).quantile(0.5)
    assert to_come == pytest.approx(100 / 1_100, rel=0.15)


def test_records_without_a_lower_part_are_left_out_and_nothing_is_divided_by_zero():
    assert ratio_unit([]) == ratio_unit([0.0, -5.0]) == 1.0
    assert list(ratio_stretch(21.0, [(5.0, 0.0)], 1.0).amounts) == []


def test_one_large_record_says_less_than_many_small_ones_of_the_same_sum():
    assert ratio_unit([1_000.0] + [1.0] * 10) > 5 * ratio_unit([101.0] * 10)


def test_a_stock_stays_near_where_it_is_and_the_more_time_the_less_so():
    past = [100.0, 110.0, 95.0, 105.0, 100.0, 108.0]
    soon, late = (outlook_of_stock(past, 100.0, steps).span() for steps in (0.2, 3.0))
    assert soon is not None
    assert late is not None
    assert late[0] < soon[0] < 100 < soon[1] < late[1]


def test_a_stock_at_the_end_is_at_most_the_level_or_not():
    over = outlook_of_stock([50.0, 60.0], 55.0, 0.0)
    assert over.chance(55.0, down=True) == Chance(1, 1, 1)
    assert over.chance(54.9, down=True) == Chance(0, 0, 0)
    assert over.span() == (55, 55)


def test_without_a_past_nothing_is_claimed_about_a_stock():
    for past, now in (([], 5.0), ([4.0], 5.0), ([4.0, 5.0], None)):
        outlook = outlook_of_stock(past, now, 1.0)
        assert outlook.basis.method == "none"
        assert outlook.chance(5.0) == Chance(0, 0.5, 1)
        assert outlook.span() is None


def test_what_never_moved_is_expected_to_stay():
    outlook = outlook_of_stock([7.0] * 5, 7.0, 2.0)
    assert outlook.chance(7.0, down=True) == Chance(1, 1, 1)
    assert outlook.chance(7.5) == Chance(0, 0, 0)


@given(
    st.lists(st.floats(-1e6, 1e8).map(lambda x: round(x, 2)), max_size=14),
    st.floats(-1e6, 1e8).map(lambda x: round(x, 2)),
    st.floats(0, 12),
    st.lists(st.floats(-1e6, 1e8), min_size=2, max_size=5).map(sorted),
    st.booleans(),
)
def test_chances_of_stocks_are_probabilities_and_fall_as_the_level_rises(
    past, now, steps, levels, down
):
    outlook = outlook_of_stock(past, now, steps)
    chances = [outlook.chance(level, down) for level in levels]
    for one in chances:
        assert 0 <= one.low <= one.mid <= one.high <= 1
    for lower, higher in pairwise(chances):
        small, large = (lower, higher) if down else (higher, lower)
        assert small.mid <= large.mid + 1e-9
    span = outlook.span()
    if span is not None:
        assert all(map(math.isfinite, span))
        assert span[0] <= span[1]
