"""A few answers say little of somebody: means are drawn toward that of all, and intervals are wide."""

from __future__ import annotations

import random
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.satisfaction import shrinking
from models.satisfaction.shrinking import LEAST_STRENGTH, MOST_STRENGTH, Prior

SHARES = st.floats(0, 1)
GROUPS = st.lists(st.lists(SHARES, min_size=1, max_size=20), min_size=1, max_size=8)


@given(GROUPS)
def test_what_is_believed_lies_between_the_own_mean_and_that_of_all(groups):
    prior = shrinking.prior(groups)
    assert LEAST_STRENGTH <= prior.strength <= MOST_STRENGTH
    for group in groups:
        found = shrinking.shrunk(group, prior)
        low, high = sorted((found.own, prior.mean))
        assert low - 1e-12 <= found.value <= high + 1e-12
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1


@given(SHARES, SHARES, st.floats(LEAST_STRENGTH, MOST_STRENGTH))
def test_the_more_answers_the_nearer_to_the_own_mean(own, mean, strength):
    prior = Prior(mean, 0.05, strength, "people")
    away = [abs(own - shrinking.toward(own, n, prior)) for n in (1, 5, 50, 500, 500_000)]
    assert all(after <= before + 1e-12 for before, after in pairwise(away))
    assert away[-1] < 1e-3


def test_people_who_are_alike_are_drawn_together_and_those_who_differ_are_believed():
    dice = random.Random(7)
    alike = [[dice.choice((0, 0.5, 1)) for _ in range(10)] for _ in range(8)]
    apart = [[min(1, max(0, dice.gauss(at / 8, 0.05))) for _ in range(10)] for at in range(8)]
    assert shrinking.prior(alike).strength > 10
    found = shrinking.prior(apart)
    assert (found.strength, found.told) == (LEAST_STRENGTH, "people")


def test_one_person_or_one_answer_each_can_not_be_compared():
    assert shrinking.prior([[1.0, 0.5, 0.0]]).told == "usual"
    assert shrinking.prior([[1.0], [0.0]]).told == "usual"
    with pytest.raises(ValueError):
        shrinking.prior([])


def test_what_is_believed_is_nearer_to_the_truth_than_the_own_mean():
    dice = random.Random(3)
    plain = drawn = 0.0
    for _ in range(300):
        truth = [min(0.95, max(0.05, dice.gauss(0.75, 0.06))) for _ in range(8)]
        groups = [
            [min(1, max(0, dice.gauss(one, 0.25))) for _ in range(dice.randint(2, 15))]
            for one in truth
        ]
        prior = shrinking.prior(groups)
        plain += sum((fmean(g) - t) ** 2 for g, t in zip(groups, truth, strict=True))
        drawn += sum(
            (shrinking.shrunk(g, prior).value - t) ** 2 for g, t in zip(groups, truth, strict=True)
        )
    assert drawn < 0.75 * plain


def test_intervals_hold_what_they_promise_roughly():
    dice = random.Random(5)
    inside = nps = 0
    for _ in range(400):
        answers = [dice.choice((0, 0.5, 0.75, 1, 1)) for _ in range(12)]
        low, high = shrinking.of_mean(answers)
        inside += low <= 0.65 <= high
        kinds = [
            dice.choices(("promoters", "passives", "detractors"), (0.5, 0.3, 0.2))[0]
            for _ in range(15)
        ]
        low, high = shrinking.of_nps({one: kinds.count(one) for one in set(kinds)})
        nps += low <= 0.3 <= high
    assert inside / 400 >= 0.90
    assert nps / 400 >= 0.90


def test_few_equal_answers_are_no_certainty():
    low, high = shrinking.of_mean([1.0, 1.0, 1.0])
    assert (low < 0.9, high) == (True, 1.0)
    assert shrinking.of_mean([]) == (0.0, 1.0)
    low, _ = shrinking.of_nps({"promoters": 3})
    assert low < 0.5


def test_of_people_who_are_alike_places_are_claimed_in_about_a_twentieth_of_cases():
    dice = random.Random(11)
    claimed = sum(
        shrinking.prior(
            [[dice.choice((0.25, 0.5, 0.75, 1, 1)) for _ in range(12)] for _ in range(6)]
        ).told
        == "people"
        for _ in range(400)
    )
    assert 0.02 <= claimed / 400 <= 0.08
