"""The numbers of the overview once more, worked out another way: with numpy, from what the help page says."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from models.satisfaction.shrinking import (
    LEAST_STRENGTH,
    MOST_STRENGTH,
    USUAL_STRENGTH,
    of_mean,
    of_nps,
)
from models.satisfaction.standing import MINIMUM, standing
from tests.satisfaction.asked import Asked, day


def drawn(groups: list[list[float]]) -> tuple[float, float, float]:
    """Mean of all, variance within, strength: one-way analysis of variance as in textbooks."""
    every = np.concatenate([np.array(one) for one in groups])
    n, k = len(every), len(groups)
    within = sum(((np.array(one) - np.mean(one)) ** 2).sum() for one in groups) / (n - k)
    between_squares = sum(len(one) * (np.mean(one) - every.mean()) ** 2 for one in groups)
    usual = (n - sum(len(one) ** 2 for one in groups) / n) / (k - 1)
    between = (between_squares / (k - 1) - within) / usual
    strength = within / between if between > 0 else math.inf
    return float(every.mean()), float(within), min(max(strength, LEAST_STRENGTH), MOST_STRENGTH)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_believed_of_people_is_what_the_formula_says(asked: Asked, seed: int):
    dice = random.Random(seed)
    groups: dict[int, list[float]] = {}
    with asked.book.change("answers") as change:
        for at in range(3 + seed):
            person = change.add("salesperson", {"name": f"P{at}", "status": "active"})
            change.add("customer", {"name": f"C{at}", "owner": f"P{at}"})
            scores = [dice.randint(1 + (at + seed) % 3, 5) for _ in range(dice.randint(2, 14))]
            for ago, score in enumerate(scores):
                values = {"customer": f"C{at}", "responded_on": day(-ago), "score": score}
                change.add("survey_response", values)
            groups[person] = [(one - 1) / 4 for one in scores]
        unnamed = [dice.randint(1, 5) for _ in range(seed)]
        for score in unnamed:
            change.add("survey_response", {"responded_on": day(0), "score": score})
    _, within, strength = drawn(list(groups.values()))
    every = [one for group in groups.values() for one in group]
    mean = float(np.mean([*every, *((one - 1) / 4 for one in unnamed)]))
    found = standing(asked.book)
    assert found.prior is not None
    assert found.prior.mean == pytest.approx(mean)
    assert found.prior.strength == pytest.approx(strength)
    for one in found.people:
        own = groups[one.person]
        n = len(own)
        value = (n * np.mean(own) + strength * mean) / (n + strength)
        half = 1.959963984540054 * math.sqrt(within / (n + strength))
        said = one.satisfaction
        assert (said.n, said.own) == (n, pytest.approx(np.mean(own)))
        assert said.value == pytest.approx(value)
        assert (said.low, said.high) == (
            pytest.approx(max(0, value - half)), pytest.approx(min(1, value + half)),
        )  # fmt: skip
        assert n >= MINIMUM or one.place is None


def test_one_person_alone_is_drawn_by_the_usual_strength_to_their_own_mean(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    for at, score in enumerate((5, 1, 4)):
        asked.answer(acme, day(-at), score=score)
    found = standing(asked.book)
    assert found.prior is not None
    assert (found.prior.strength, found.prior.told) == (USUAL_STRENGTH, "usual")
    assert found.people[0].satisfaction.value == pytest.approx(found.people[0].satisfaction.own)


def test_intervals_of_a_mean_and_of_promoters_are_what_the_formula_says():
    values = [0.0, 0.25, 1.0, 1.0, 0.75]
    scatter = (np.var(values) * 5 + 0.3**2) / 5
    half = 1.959963984540054 * math.sqrt(scatter / 5)
    assert of_mean(values) == (pytest.approx(0.6 - half), pytest.approx(min(1, 0.6 + half)))
    each = np.array([1] * 8 + [0] * 4 + [-1] * 3)  # 7, 3 and 2 answers, one of each added
    half = 1.959963984540054 * math.sqrt(each.var() / len(each))
    found = of_nps({"promoters": 7, "passives": 3, "detractors": 2})
    assert found == (pytest.approx(each.mean() - half), pytest.approx(each.mean() + half))
