"""How much a few answers say of somebody: means drawn toward that of all, and intervals. No book, no words.

The method is empirical Bayes with a normal prior: answers of one person scatter by ``within`` around
what the person is like, people by ``between`` around the mean of all; both variances are estimated from
the answers themselves (one-way analysis of variance by moments, Searle 1971). A person's mean of n
answers is then worth n ÷ (n + strength) of the way from the mean of all, strength = within ÷ between:
as many answers as say no more than being one of the team. Between ``LEAST_STRENGTH`` and
``MOST_STRENGTH`` answers, so that neither two answers nor two hundred are believed blindly; where people
can't be compared yet, ``USUAL_STRENGTH``, as in the history of goals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from models.measures.uncertainty import Z95

USUAL_STRENGTH = 10.0
LEAST_STRENGTH, MOST_STRENGTH = 2.0, 50.0
_Z_ONE_SIDED = 1.6448536269514722
_USUAL_SPREAD = 0.3  # standard deviation of answers between 0 and 1 where too few are known


@dataclass(frozen=True)
class Prior:
    """What is known before anybody's own answers: the mean of all, their scatter, the strength.

    ``told`` is what it rests on: "people" (they differ beyond chance), "alike" (their differences may be
    chance), "usual" (too few to compare).
    """

    mean: float
    within: float
    strength: float
    told: str


@dataclass(frozen=True)
class Shrunk:
    """Somebody's answers: how many, their mean, what is believed of it, and a 95 % interval around that."""

    n: int
    own: float
    value: float
    low: float
    high: float


def prior(groups: Iterable[Sequence[float]]) -> Prior:
    """What the answers of several people, each a group, say of all of them.

    Raises:
        ValueError: there are no answers.
    """
    listed = [group for group in groups if group]
    values = [value for group in listed for value in group]
    mean = fmean(values)
    free, apart = len(values) - len(listed), len(listed) - 1
    if free < 1:
        return Prior(mean, _USUAL_SPREAD**2, USUAL_STRENGTH, "usual")
    means = [fmean(group) for group in listed]
    inside = sum(
        (value - middle) ** 2
        for group, middle in zip(listed, means, strict=True)
        for value in group
    )
    within = max(inside / free, 1e-6)
    if apart < 1:
        return Prior(mean, within, USUAL_STRENGTH, "usual")
    sizes = [len(group) for group in listed]
    outside = sum(n * (one - mean) ** 2 for n, one in zip(sizes, means, strict=True)) / apart
    usual_size = (len(values) - sum(n * n for n in sizes) / len(values)) / apart
    between = (outside - within) / usual_size
    told = "people" if _beyond_chance(outside / within, apart, free) else "alike"
    if between <= within / MOST_STRENGTH:
        return Prior(mean, within, MOST_STRENGTH, told)
    return Prior(mean, within, max(within / between, LEAST_STRENGTH), told)


def _beyond_chance(ratio: float, apart: int, free: int) -> bool:
    """Whether two variances differ at 5 %: the F test in the approximation of Paulson (1942)."""
    above, below = 2 / (9 * apart), 2 / (9 * free)
    root = float(ratio ** (1 / 3))
    score = ((1 - below) * root - (1 - above)) / sqrt(below * root**2 + above)
    return score > _Z_ONE_SIDED


def shrunk(values: Sequence[float], of: Prior) -> Shrunk:
    """Somebody's answers (each 0 to 1) drawn toward the mean of all.

    Raises:
        ValueError: there are no answers.
    """
    n, own = len(values), fmean(values)
    value = toward(own, n, of)
    half = Z95 * sqrt(of.within / (n + of.strength))
    return Shrunk(n, own, value, max(0.0, value - half), min(1.0, value + half))


def toward(own: float, n: int, of: Prior) -> float:
    """A mean of n answers, drawn toward that of all."""
    share = n / (n + of.strength)
    return of.mean + share * (own - of.mean)


def of_mean(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean of answers between 0 and 1, with one answer in the middle added to
    their scatter, so that three equal answers are not certainty; (0, 1) without any."""
    n = len(values)
    if not n:
        return 0.0, 1.0
    mean = fmean(values)
    scatter = (sum((one - mean) ** 2 for one in values) + _USUAL_SPREAD**2) / n
    half = Z95 * sqrt(scatter / n)
    return max(0.0, mean - half), min(1.0, mean + half)


def of_nps(counts: Mapping[str, int]) -> tuple[float, float]:
    """The 95 % interval of a net promoter score from how many promoters, passives and detractors there are.

    The normal approximation with one answer of each kind added, so that few answers are not certainty.
    """
    up, level, down = (counts.get(one, 0) + 1 for one in ("promoters", "passives", "detractors"))
    n = up + level + down
    score = (up - down) / n
    half = Z95 * sqrt(((up + down) / n - score**2) / n)
    return max(-1.0, score - half), min(1.0, score + half)
