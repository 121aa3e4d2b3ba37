"""How far the weighted pipeline may be off.

Deals are won or lost, each for itself: the sum of their amounts is a Poisson-binomial one. Besides,
the odds that people state may all be too high or too low together. How far is learnt from deals that
are closed: on the scale of log-odds one shift for all, whose prior is normal around 0 with a standard
deviation of 0.5 (a stated 50 % is in truth mostly 38–62 %), and whose posterior is taken as normal at
its mode (Newton's method). Without closed deals the prior stands.

The range holds the middle 80 %: by simulation with a fixed seed, for many deals by the normal
distribution with the same mean and variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.money import SCALE

COVERS = 0.8
_PRIOR = 0.5
_SHIFTS, _DRAWS = 250, 16  # how often the common shift is drawn, and with each the deals
_MANY = 400  # deals from which the sum is as good as normal
_Z80 = 1.2815515655446004  # two-sided 80 % of the normal distribution
_SEED = 20_171_015
_EDGE = 1e-3  # odds of closed deals are kept this far from 0 and 1

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Doubt:
    """By how much stated odds are off together, in log-odds, and how sure that is."""

    shift: float
    sd: float
    n: int = 0  # closed deals that it was learnt from
    expected: float = 0.0  # how many of them were to be won by their stated odds
    won: int = 0


CERTAIN = Doubt(0.0, 0.0)


def _logit(odds: _Floats) -> _Floats:
    return np.log(odds) - np.log1p(-odds)


def _odds(logit: _Floats) -> _Floats:
    return np.asarray(1 / (1 + np.exp(-logit)), dtype=np.float64)


def learnt(stated: Sequence[float], won: Sequence[bool]) -> Doubt:
    """The doubt that closed deals leave: the odds that were stated of them, and whether they were won."""
    if not stated:
        return Doubt(0.0, _PRIOR)
    logit = _logit(np.clip(np.asarray(stated, dtype=np.float64), _EDGE, 1 - _EDGE))
    wins, shift, weight = float(sum(won)), 0.0, _PRIOR**-2
    for _ in range(25):
        now = _odds(logit + shift)
        slope = wins - float(now.sum()) - shift * _PRIOR**-2
        weight = float((now * (1 - now)).sum()) + _PRIOR**-2
        shift += slope / weight
        if abs(slope / weight) < 1e-9:
            break
    return Doubt(shift, weight**-0.5, len(stated), float(sum(stated)), sum(won))


class Spread(NamedTuple):
    """The middle 80 % of a sum and its mean, in millionths, with the odds as they come true."""

    low: int
    mean: int
    high: int


def spread(amounts: Sequence[int], probabilities: Sequence[int], doubt: Doubt) -> Spread:
    """What of some deals will be won together; amounts and probabilities in millionths."""
    odds = np.asarray(probabilities, dtype=np.float64) / SCALE
    worth = np.asarray(amounts, dtype=np.float64)
    open_ = (odds > 0) & (odds < 1) & (worth != 0)
    sure = float(worth[odds >= 1].sum())
    odds, worth = odds[open_], worth[open_]
    if not len(odds):
        return Spread(round(sure), round(sure), round(sure))
    logit = _logit(odds)
    now = _odds(logit + doubt.shift)
    mean = float((worth * now).sum())
    if len(odds) > _MANY:
        each = now * (1 - now)
        variance = float((worth**2 * each).sum()) + (doubt.sd * float((worth * each).sum())) ** 2
        half = _Z80 * variance**0.5
        low, high = mean - half, mean + half
    else:
        low, high = _drawn(logit, worth, doubt)
    return Spread(round(sure + low), round(sure + mean), round(sure + high))


def _drawn(logit: _Floats, worth: _Floats, doubt: Doubt) -> tuple[float, float]:
    dice = np.random.default_rng(_SEED)
    shifts = doubt.shift + doubt.sd * dice.standard_normal((_SHIFTS, 1, 1))
    now = _odds(logit + shifts).astype(np.float32)
    won = dice.random((_SHIFTS, _DRAWS, len(logit)), dtype=np.float32) < now
    ends = [(1 - COVERS) / 2, (1 + COVERS) / 2]
    low, high = np.quantile(won @ worth, ends, method="inverted_cdf")
    return float(low), float(high)
