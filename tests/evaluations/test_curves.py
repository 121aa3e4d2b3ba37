"""Laws of points: more is never less, nothing leaves its bounds, nothing is lost to rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluations import curves
from models.refusals import Refused

SHARES = st.fractions(min_value=-5, max_value=5, max_denominator=1000)
CAPS = st.none() | st.integers(0, 300).map(Fraction)
CURVES = st.sampled_from([curves.LINEAR, curves.STEPS, curves.THRESHOLD])
WEIGHTS = st.decimals(min_value=0, max_value=1, places=4)


@st.composite
def points(draw):
    """Points as people may write them: shares each once, points that never fall."""
    shares = sorted(draw(st.sets(st.fractions(0, 3, max_denominator=100), max_size=6)))
    given = sorted(draw(st.lists(st.integers(0, 200), min_size=len(shares), max_size=len(shares))))
    return tuple(zip(shares, map(Fraction, given), strict=True))


@given(SHARES, SHARES, CURVES, points(), CAPS)
def test_a_larger_share_never_gives_fewer_points(one, other, curve, given_points, cap):
    low, high = sorted((one, other))
    assert curves.score(low, curve, given_points, cap) <= curves.score(
        high, curve, given_points, cap
    )


@given(SHARES, CURVES, points(), CAPS)
def test_points_stay_between_nothing_and_the_cap(share, curve, given_points, cap):
    made = curves.score(share, curve, given_points, cap)
    assert made >= 0
    assert cap is None or Fraction(made) <= cap
    assert made == made.quantize(Decimal("0.01"))


@given(points().filter(bool), CURVES)
def test_a_written_point_gives_exactly_its_points(given_points, curve):
    for share, wanted in given_points:
        assert curves.score(share, curve, given_points, None) == wanted


@given(st.fractions(0, 5, max_denominator=10_000))
def test_in_proportion_the_points_are_the_share_to_the_cent(share):
    made = Fraction(curves.score(share, curves.LINEAR, (), None))
    assert abs(made - 100 * share) <= Fraction(1, 200)


@given(points().filter(lambda one: len(one) > 1), SHARES)
def test_a_threshold_differs_from_a_line_only_below_its_first_point(given_points, share):
    threshold = curves.score(share, curves.THRESHOLD, given_points, None)
    line = curves.score(share, curves.LINEAR, given_points, None)
    assert threshold == (0 if share < given_points[0][0] else line)


@given(
    st.fractions(0, 1000, max_denominator=100),
    st.fractions(Fraction(1, 100), 1000, max_denominator=100),
)
def test_less_is_better_is_the_mirror_of_more_is_better(value, reference):
    up = curves.ratio(value, reference, down=False)
    assert curves.ratio(value, reference, down=True) == 2 - up
    assert curves.ratio(reference, reference, down=True) == 1


@given(st.lists(WEIGHTS, min_size=1, max_size=12))
def test_counted_weights_come_to_exactly_one(weights):
    made = curves.counted_weights(weights)
    if not any(weights):
        assert set(made) == {0}
        return
    assert sum(made) == 1
    whole = sum(map(Fraction, weights))
    for weight, counted in zip(weights, made, strict=True):
        assert abs(Fraction(counted) - Fraction(weight) / whole) < Fraction(1, 1_000_000)
        assert weight or not counted


@given(st.lists(st.tuples(WEIGHTS, st.booleans()), min_size=1, max_size=10))
def test_leaving_an_item_out_is_the_same_as_never_having_had_it(items):
    with_gaps = curves.counted_weights([weight if there else Decimal(0) for weight, there in items])
    rest = curves.counted_weights([weight for weight, there in items if there])
    kept = [one for one, (_, there) in zip(with_gaps, items, strict=True) if there]
    assert tuple(kept) == rest
    assert all(not one for one, (_, there) in zip(with_gaps, items, strict=True) if not there)


@given(
    st.lists(
        st.tuples(WEIGHTS.filter(bool), st.decimals(min_value=0, max_value=120, places=2)),
        min_size=1,
        max_size=8,
    ),
    st.decimals(min_value=-20, max_value=20, places=2),
)
def test_the_total_is_the_exact_sum_rounded_half_up_and_never_below_nothing(items, adjustment):
    weights = curves.counted_weights([one for one, _ in items])
    made = curves.total(zip(weights, (score for _, score in items), strict=True), adjustment)
    exact = Fraction(adjustment) + sum(
        Fraction(weight) * Fraction(score)
        for weight, (_, score) in zip(weights, items, strict=True)
    )
    assert made == max(
        0, (max(exact, Fraction(0)) * 100 + Fraction(1, 2)).__floor__() / Decimal(100)
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("60%: 0, 100%: 100, 120%: 120", [("0.6", 0), (1, 100), ("1.2", 120)]),
        ("60：0；100：100；120：120", [("0.6", 0), (1, 100), ("1.2", 120)]),
        ("0.6=0 , 1=100", [("0.6", 0), (1, 100)]),
        ("100% → 100分\n80% → 60分", [("0.8", 60), (1, 100)]),
        ("", []),
    ],
)
def test_points_are_read_as_people_write_them(text, wanted):
    assert curves.points(text) == tuple(
        (Fraction(share), Fraction(given)) for share, given in wanted
    )


@pytest.mark.parametrize("text", ["well", "60%", "60%: 0, 60%: 10", "60%: 50, 100%: 40"])
def test_what_is_no_curve_is_refused_in_words(text):
    with pytest.raises(Refused, match="are no points of a curve") as told:
        curves.points(text)
    assert told.value.code == "bad_curve_points"


@pytest.mark.parametrize(
    ("level", "points_of", "wanted"),
    [
        (4, "", 80),
        ("3.5", "", 70),
        (3, "1: 0, 3: 100, 5: 120", 100),
        (4, "1: 0, 3: 100, 5: 120", 110),
    ],
)
def test_levels_give_twenty_points_each_or_what_the_item_says(level, points_of, wanted):
    assert curves.level_score(Fraction(level), curves.levels(points_of), Fraction(120)) == wanted


def test_a_half_cent_is_rounded_up():
    assert curves.rounded(Fraction("72.345")) == Decimal("72.35")
    assert curves.rounded(Fraction("-72.345")) == Decimal("-72.35")
