"""How a sum of events is distributed: so many a time, each of so much, for many guesses at once.

The number of events is Poisson, or wider than that (negative binomial) where months have moods;
amounts fall on atoms with weights. The distribution follows from its characteristic function
exp(Λ(φ − 1)), inverted by one fast Fourier transform per guess; its cells adapt to the spread, so
that neither few large nor many small amounts are distorted, and returns (negative) need no care.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CELLS = 256
_SMOOTH = 0.8  # of a cell: what keeps the inversion of steps from ringing


@dataclass(frozen=True)
class Curve:
    """P(sum ≥ x) for each guess (row) at rising ``points``, apart from ``still``, which is exact.

    ``still`` is the probability that nothing at all happens (the sum is exactly 0).
    """

    points: Floats
    survival: Floats
    still: Floats
    positive: bool

    @property
    def blur(self) -> float:
        """How far a single amount is spread out to both sides by the inversion."""
        return float(2 * (self.points[1] - self.points[0]))

    def reach(self, need: float, beyond: bool = False) -> Floats:
        """P(sum ≥ need) for each guess; ``beyond``: P(sum > need)."""
        if self.positive and (need < 0 or (need == 0 and not beyond)):
            return np.ones(len(self.still))
        if self.positive and need == 0:
            return np.asarray(1 - self.still)
        nothing = self.still if need < 0 or (need == 0 and not beyond) else 0.0
        step = self.points[1] - self.points[0]
        place = (need - self.points[0]) / step
        if place <= 0:
            return np.asarray(self.survival[:, 0] + nothing)
        if place >= len(self.points) - 1:
            return np.asarray(np.zeros(len(self.still)) + nothing)
        cell = int(place)
        part = place - cell
        between = self.survival[:, cell] * (1 - part) + self.survival[:, cell + 1] * part
        return np.asarray(np.minimum(between + nothing, 1.0))

    def quantile(self, share: float) -> float:
        """The value that the mixture of all guesses stays at or under with this probability."""
        still = float(self.still.mean())
        below = 1 - still - self.survival.mean(axis=0)  # without the step at 0
        zero = float(np.interp(0.0, self.points, below))
        if zero < share <= zero + still:
            return 0.0
        if share > zero:
            share -= still
        return float(np.interp(share, below, self.points))


def curve(
    expected: Floats,
    atoms: Floats,
    weights: Floats,
    mood: float = 0.0,
    deals: tuple[Floats, Floats] | None = None,
) -> Curve:
    """The distribution for each guess of ``expected`` (K) events with ``weights`` (K × J) on ``atoms``.

    ``mood`` is the squared coefficient of variation of the number of events beyond Poisson.
    ``deals``: amounts (D) and the probability of each in each guess (K × D), which come on top.
    """
    mean, spread = _moments(expected, atoms, weights, mood, deals)
    positive = bool((atoms >= 0).all()) and (deals is None or bool((deals[0] >= 0).all()))
    low, high = _window(mean, spread, positive)
    step = (high - low) / CELLS
    turns = 2 * np.pi / (high - low) * np.arange(CELLS // 2 + 1)
    of_one = weights @ np.exp(1j * np.outer(atoms, turns))
    if mood > 0:
        of_all = np.power(1 - mood * expected[:, None] * (of_one - 1), -1 / mood)
        still = np.power(1 + mood * expected, -1 / mood)
    else:
        of_all = np.exp(expected[:, None] * (of_one - 1))
        still = np.exp(-expected)
    if deals is not None:
        for amount, chance in zip(deals[0], deals[1].T, strict=True):
            of_all *= 1 + chance[:, None] * (np.exp(1j * amount * turns) - 1)
            still = still * (1 - chance)
    of_some = (of_all - still[:, None]) * np.exp(-1j * low * turns)
    of_some *= np.exp(-0.5 * (turns * step * _SMOOTH) ** 2)
    masses = np.fft.irfft(np.conj(of_some), CELLS, axis=1)
    below = np.maximum.accumulate(np.cumsum(masses, axis=1), axis=1)
    some = (1 - still)[:, None]
    points = np.asarray(low + step * (np.arange(CELLS + 1) - 0.5), dtype=np.float64)
    survival: Floats = np.concatenate([some, some - np.clip(below, 0, some)], axis=1)
    return Curve(points, survival, np.asarray(still, dtype=np.float64), positive)


def _moments(
    expected: Floats,
    atoms: Floats,
    weights: Floats,
    mood: float,
    deals: tuple[Floats, Floats] | None,
) -> tuple[Floats, Floats]:
    mean = expected * (weights @ atoms)
    variance = expected * (weights @ atoms**2) + mood * mean**2
    if deals is not None:
        amounts, chances = deals
        mean = mean + chances @ amounts
        variance = variance + (chances * (1 - chances)) @ amounts**2
    return mean, np.sqrt(variance)


def _window(mean: Floats, spread: Floats, positive: bool) -> tuple[float, float]:
    """From where to where it is worth looking; some room on both sides, because ends meet."""
    high = float((mean + 5 * spread).max())
    low = float((mean - 5 * spread).min())
    if positive:
        low = max(low, 0.0)
    width = high - low
    if width <= 0:
        width = abs(high) or 1.0
    return low - 4 * width / CELLS, high + 4 * width / CELLS


def normal(z: Floats) -> Floats:
    """The normal distribution function, good to 1e-7 (Abramowitz and Stegun 26.2.17)."""
    t = 1 / (1 + 0.2316419 * np.abs(z))
    tail = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = tail * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    return np.asarray(np.where(z > 0, 1 - tail, tail))


def poisson(expected: Floats, most: int) -> Floats:
    """P(n) for n = 0 … most (columns) of each guess (rows)."""
    n = np.arange(most + 1, dtype=np.float64)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(n[1:]))])
    log_expected = np.log(np.maximum(expected, 1e-300))[:, None]
    return np.asarray(np.exp(n * log_expected - expected[:, None] - log_factorial))
