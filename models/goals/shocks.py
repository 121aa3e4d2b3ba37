"""What moves whole months: how far the sum of many people scatters beyond its single events.

Markets, holidays and the ends of quarters move everybody's month at once; such a move does not
average out over people, only over months. Its standard deviation τ is learnt from the months of all
people together: a month's relative residual has the variance of its single events (the compound
process) and τ² besides. τ has an exponential prior of mean 8 %, which stands while there
are few months; the residuals are weighed by their number less what was fitted to them (as in REML),
and the season's own error counts as scatter, for months that the season was read from fit it too well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.goals.compound import Floats

_USUAL, _ALONE = 0.08, 0.12  # mean of the exponential prior of τ; of a sum told as one
_GRID = 0.8 * (np.arange(1, 41) / 40) ** 1.5
_CELLS = 0.5 * np.log(np.arange(1, 41) / 40)  # they grow with τ


@dataclass(frozen=True)
class Together:
    """The months of some people added up; each row is one month.

    ``residual``: total over expected, less 1; ``noise``: the squared relative error that single
    events explain; ``season``: the season's squared relative error; ``events``: expected a month.
    """

    residual: Floats
    noise: Floats
    season: Floats
    events: float


def months_together(
    owner: Floats, age: Floats, weight: Floats, seen: tuple[Floats, Floats, Floats], spread: Floats
) -> Together | None:
    """Add up the stretches of a month; None where fewer than two months have anything expected.

    ``weight`` is the share of a stretch in its person's work, growth included, up to a factor;
    ``seen``: its total, sum of squares and number of events.
    """
    whose = owner.astype(int)
    _, month = np.unique(np.round(age, 3), return_inverse=True)
    share = weight / np.bincount(whose, weight)[whose]
    total, squares, count = (np.bincount(whose, one)[whose] * share for one in seen)
    expected = np.bincount(month, total)
    known = expected > 0
    if known.sum() < 2:
        return None
    reached, events = np.bincount(month, seen[0]), np.bincount(month, count)
    error = np.bincount(month, spread**2 * weight) / np.maximum(np.bincount(month, weight), 1e-300)
    expected = expected[known]
    return Together(
        reached[known] / expected - 1,
        np.bincount(month, squares)[known] / expected**2,
        error[known],
        float(events[known].mean()),
    )


def likely(found: Together | None, fitted: float, alone: bool) -> Floats:
    """The posterior probabilities of τ on a grid.

    ``fitted``: how many parameters the months gave; ``alone``: of a sum whose people are not told apart.
    """
    log = _CELLS - _GRID / (_ALONE if alone else _USUAL)
    if found is not None:
        months = len(found.residual)
        variance = found.noise[:, None] + _GRID**2
        left = max(months - fitted, 0.0) / months
        square = (found.residual**2 + found.season)[:, None]
        log = log - 0.5 * (left * np.log(variance) + square / variance).sum(axis=0)
    weight = np.exp(log - log.max())
    return np.asarray(weight / weight.sum())


def mean_square(probabilities: Floats) -> float:
    """The mean of τ²."""
    return float(probabilities @ _GRID**2)


def drawn(probabilities: Floats, guesses: int, chance: np.random.Generator) -> Floats:
    """Guesses at τ², evenly spread over the posterior and in random order."""
    places = (np.arange(guesses) + 0.5) / guesses
    square = np.interp(places, np.cumsum(probabilities) - probabilities / 2, _GRID**2)
    return chance.permutation(square)


def pooled_rows(parts: Sequence[Floats]) -> tuple[Floats, Floats]:
    """One array of all people's stretches, and whose each is."""
    owner = np.repeat(np.arange(len(parts), dtype=np.float64), [len(one) for one in parts])
    return np.concatenate(parts), owner
