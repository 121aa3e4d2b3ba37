"""The range of the weighted pipeline holds what it says: 80 % of 2,000 teams whose truth is known."""

from __future__ import annotations

import os

import numpy as np
import pytest

from models.forecast.odds import CERTAIN, Doubt, Spread, learnt, spread
from models.money import SCALE

TEAMS = 2_000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 600
SEED = 4


def logistic(logit):
    return 1 / (1 + np.exp(-logit))


def pipeline(dice: np.random.Generator, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Amounts, a few of them large, and stated odds, both in millionths."""
    n = int(dice.integers(most // 4, most + 1))
    amounts = np.rint(dice.lognormal(10, 1, n) * SCALE).astype(np.int64)
    return amounts, np.rint(dice.beta(1.5, 2, n) * SCALE).astype(np.int64)


def held(ranges: list[Spread], truths: list[float]) -> float:
    inside = [low <= truth <= high for (low, _, high), truth in zip(ranges, truths, strict=True)]
    return sum(inside) / len(inside)


@pytest.mark.parametrize("most", [40, 120, 1_200])
def test_where_the_odds_are_right_the_range_holds_four_of_five(most):
    dice = np.random.default_rng(SEED)
    ranges, truths = [], []
    for _ in range(TEAMS):
        amounts, odds = pipeline(dice, most)
        ranges.append(spread(amounts.tolist(), odds.tolist(), CERTAIN))
        truths.append(float(amounts[dice.random(len(odds)) < odds / SCALE].sum()))
    assert 0.75 <= held(ranges, truths) <= 0.85


@pytest.mark.parametrize("most", [40, 1_200])
def test_where_all_odds_are_off_together_closed_deals_teach_how_far(most):
    dice = np.random.default_rng(SEED + 1)
    ranges, truths = [], []
    for _ in range(TEAMS):
        off = dice.normal(0, 0.5)
        before = dice.beta(1.5, 2, int(dice.integers(0, 300)))
        won = dice.random(len(before)) < logistic(np.log(before / (1 - before)) + off)
        doubt = learnt(before.tolist(), won.tolist())
        amounts, odds = pipeline(dice, most)
        stated = odds / SCALE
        true = logistic(np.log(stated / (1 - stated)) + off)
        ranges.append(spread(amounts.tolist(), odds.tolist(), doubt))
        truths.append(float(amounts[dice.random(len(odds)) < true].sum()))
    assert 0.75 <= held(ranges, truths) <= 0.85


def test_odds_that_came_true_too_seldom_are_taken_down_and_the_more_the_more_are_known():
    few, many = (learnt([0.6] * n, [True] * (n // 5) + [False] * (n - n // 5)) for n in (10, 500))
    assert many.shift < few.shift < 0
    assert many.sd < few.sd < 0.5
    assert many.shift == pytest.approx(np.log(0.2 / 0.8) - np.log(0.6 / 0.4), abs=0.1)
    assert (many.n, many.won, many.expected) == (500, 100, pytest.approx(300))


def test_without_closed_deals_the_range_is_wider_than_with_certain_odds():
    amounts, odds = [100 * SCALE] * 200, [SCALE // 2] * 200
    sure, open_ = spread(amounts, odds, CERTAIN), spread(amounts, odds, learnt([], []))
    assert open_.low < sure.low < sure.mean == 10_000 * SCALE < sure.high < open_.high


def test_what_is_certain_has_no_range_and_nothing_is_nothing():
    assert spread([5 * SCALE, 7 * SCALE], [SCALE, 0], Doubt(1.0, 0.5)) == (5 * SCALE,) * 3
    assert spread([], [], CERTAIN) == (0, 0, 0)
