"""Laws of splitting: parts come to the whole, are never negative, and don't depend on their order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from models.goals.splitting import FINEST, shares_of, split, unit_of

CENT = Decimal("0.01")
amounts = st.integers(0, 10**14).map(lambda cents: Decimal(cents).scaleb(-2))
weights = st.dictionaries(
    st.integers(1, 10_000),
    st.one_of(
        st.integers(-5, 1_000),
        st.decimals("0", "1000", places=3),
        st.fractions(0, 1_000, max_denominator=999),
    ),
    min_size=1,
    max_size=40,
)


@given(amounts, weights)
def test_parts_come_to_the_whole_to_the_cent_and_none_is_negative(whole, by):
    made = split(whole, by, CENT)
    assert sum(made.parts.values()) == whole
    assert made.rest == 0
    assert all(one >= 0 and one % CENT == 0 for one in made.parts.values())


@given(amounts, weights)
def test_each_part_is_less_than_a_unit_away_from_its_exact_share(whole, by):
    made = split(whole, by, CENT)
    assert sum(made.shares.values()) == 1
    for key, part in made.parts.items():
        assert abs(Fraction(part) - Fraction(whole) * made.shares[key]) < Fraction(CENT)


@given(amounts, weights, st.randoms())
def test_parts_do_not_depend_on_the_order_in_which_they_are_named(whole, by, dice):
    mixed = list(by.items())
    dice.shuffle(mixed)
    assert split(whole, dict(mixed), CENT).parts == split(whole, by, CENT).parts


@given(amounts, weights, st.sampled_from(["1", "100", "1000", "0.05"]))
def test_coarse_steps_leave_a_rest_smaller_than_a_step_and_say_it(whole, by, step):
    step = Decimal(step)
    made = split(whole, by, step)
    assert all(one % step == 0 for one in made.parts.values())
    assert 0 <= made.rest < step
    assert sum(made.parts.values()) + made.rest == whole


@given(amounts, weights)
def test_an_amount_below_zero_is_split_as_its_opposite(whole, by):
    there, back = split(whole, by, CENT), split(-whole, by, CENT)
    assert {key: -one for key, one in back.parts.items()} == there.parts


@given(st.integers(0, 10**15).map(lambda one: Decimal(one).scaleb(-6)), weights)
def test_an_amount_finer_than_a_cent_is_still_split_exactly(whole, by):
    made = split(whole, by, unit_of(whole, CENT))
    assert sum(made.parts.values()) == whole
    assert all(one % FINEST == 0 for one in made.parts.values())


def test_without_any_weight_all_get_the_same():
    assert shares_of({1: 0, 2: -3, 3: 0}) == dict.fromkeys((1, 2, 3), Fraction(1, 3))
    assert split(Decimal("100"), {1: 0, 2: 0, 3: 0}, CENT).parts == {
        1: Decimal("33.34"),
        2: Decimal("33.33"),
        3: Decimal("33.33"),
    }


def test_nobody_to_share_with_leaves_the_whole():
    assert split(Decimal(5), {}, CENT).rest == Decimal(5)
