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
Waves = npt.NDArray[np.complex128]

CELLS = 256
_EXACT_DEALS = 7  # open deals whose every combination is reckoned exactly
_SINGLE_DEALS = 100  # the largest open deals, each for itself; the rest together is nearly normal
_BUNDLE = 6  # guesses that are multiplied at once
_STILL = 1e-6  # the least mood: as good as Poisson
_SMOOTH = 0.8  # of a cell: what keeps the inversion of steps from ringing


@dataclass(frozen=True)
class Curve:
    """P(sum ≥ x) for each guess (row) at rising ``points``, but for what is exact.

    With the probabilities ``exact_masses`` (K × M) no event happens, and the sum is one of the
    rising ``exact`` (M): 0, or what open deals bring. There a level that is just reached counts.
    """

    points: Floats
    survival: Floats
    exact: Floats
    exact_masses: Floats
    positive: bool

    @property
    def step(self) -> float:
        """How far two points lie apart: what is told apart."""
        return float(self.points[1] - self.points[0])

    def reach(self, need: float, beyond: bool = False) -> Floats:
        """P(sum ≥ need) for each guess; ``beyond``: P(sum > need)."""
        if self.positive and (need < 0 or (need == 0 and not beyond)):
            return np.ones(len(self.survival))
        slack = 1e-9 * max(abs(need), abs(float(self.exact[-1])))
        over = self.exact > need + slack if beyond else self.exact >= need - slack
        sure = self.exact_masses[:, over].sum(axis=1)
        place = (need - self.points[0]) / self.step
        if place <= 0 or (self.positive and need <= 0):
            return np.asarray(np.minimum(self.survival[:, 0] + sure, 1.0))
        if place >= len(self.points) - 1:
            return np.asarray(sure)
        cell = int(place)
        part = place - cell
        between = self.survival[:, cell] * (1 - part) + self.survival[:, cell + 1] * part
        return np.asarray(np.minimum(between + sure, 1.0))

    def quantile(self, share: float) -> float:
        """The value that the mixture of all guesses stays at or under with this probability."""
        masses = self.exact_masses.mean(axis=0)
        below = 1 - float(masses.sum()) - self.survival.mean(axis=0)
        jumped = 0.0
        for value, mass, under in zip(
            self.exact, masses, np.interp(self.exact, self.points, below), strict=True
        ):
            if share <= under + jumped:
                break
            if share <= under + jumped + mass:
                return float(value)
            jumped += float(mass)
        return float(np.interp(share - jumped, below, self.points))

    def at_zero(self) -> float:
        """P(sum is exactly 0) of the mixture."""
        return float(self.exact_masses.mean(axis=0)[self.exact == 0].sum())


def curve(
    expected: Floats,
    atoms: Floats,
    weights: Floats,
    mood: Floats | float = 0.0,
    deals: tuple[Floats, Floats] | None = None,
) -> Curve:
    """The distribution for each guess of ``expected`` (K) events with ``weights`` (K × J) on ``atoms``.

    ``mood`` (K) is the squared coefficient of variation of the number of events beyond Poisson.
    ``deals``: amounts (D) and the probability of each in each guess (K × D), which come on top.
    """
    mood = np.maximum(np.broadcast_to(np.asarray(mood, dtype=np.float64), expected.shape), _STILL)
    mean, spread = _moments(expected, atoms, weights, mood, deals)
    positive = bool((atoms >= 0).all()) and (deals is None or bool((deals[0] >= 0).all()))
    if not spread.any() and not mean.any():  # nothing will happen, or nothing that counts
        nothing = np.zeros((len(mean), 2))
        return Curve(np.array([0.0, 1.0]), nothing, np.zeros(1), nothing[:, :1] + 1, True)
    low, high = _window(mean, spread, positive)
    step = (high - low) / CELLS
    turns = 2 * np.pi / (high - low) * np.arange(CELLS // 2 + 1, dtype=np.float64)
    of_one = _transformed(weights, atoms, turns)
    of_all = np.power(1 - (mood * expected)[:, None] * (of_one - 1), -1 / mood[:, None])
    still = np.power(1 + mood * expected, -1 / mood)
    exact, masses = np.zeros(1), still[:, None]
    if deals is not None:
        of_all *= _of_deals(*deals, turns)
        exact, masses = _without_events(still, *deals)
    of_some = of_all - (masses if deals is None else _transformed(masses, exact, turns))
    of_some *= np.exp(-1j * low * turns - 0.5 * (turns * step * _SMOOTH) ** 2)
    below = np.cumsum(np.fft.irfft(np.conj(of_some), CELLS, axis=1), axis=1)
    below = np.maximum.accumulate(below, axis=1)
    some = np.maximum(1 - masses.sum(axis=1, keepdims=True), 0.0)
    points = np.asarray(low + step * (np.arange(CELLS + 1) - 0.5), dtype=np.float64)
    survival: Floats = np.concatenate([some, some - np.clip(below, 0, some)], axis=1)
    return Curve(points, survival, exact, np.asarray(masses, dtype=np.float64), positive)


def _transformed(weights: Floats, atoms: Floats, turns: Floats) -> Waves:
    """The characteristic function of each guess (row) of weights on atoms.

    In bundles, each too small for the library to start threads over: here they cost more than they
    give, and stall where other programs are busy.
    """
    angles = np.outer(atoms, turns)
    both = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    bundles = np.array_split(weights, -(-len(weights) // _BUNDLE))
    real, imaginary = np.split(np.concatenate([one @ both for one in bundles]), 2, axis=1)
    return np.asarray(real + 1j * imaginary)


def _of_deals(amounts: Floats, chances: Floats, turns: Floats) -> Waves:
    """The characteristic function of what open deals bring, for each guess (rows)."""
    order = np.argsort(-np.abs(amounts), kind="stable")
    rest = order[_SINGLE_DEALS:]
    mean, variance = (
        chances[:, rest] @ amounts[rest],
        (chances[:, rest] * (1 - chances[:, rest])) @ amounts[rest] ** 2,
    )
    made = np.exp(1j * np.outer(mean, turns) - 0.5 * np.outer(variance, turns**2))
    for at in order[:_SINGLE_DEALS]:
        made *= 1 + chances[:, at, None] * (np.exp(1j * amounts[at] * turns) - 1)
    return np.asarray(made)


def _without_events(still: Floats, amounts: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """What the largest deals bring where nothing else happens: rising sums (M), masses (K × M)."""
    order = np.argsort(-np.abs(amounts), kind="stable")
    sums, masses = np.zeros(1), still[:, None]
    for deal in order[:_EXACT_DEALS]:
        won = chances[:, deal : deal + 1]
        sums = np.concatenate([sums, sums + amounts[deal]])
        masses = np.concatenate([masses * (1 - won), masses * won], axis=1)
    masses = masses * np.prod(1 - chances[:, order[_EXACT_DEALS:]], axis=1, keepdims=True)
    rising = np.argsort(sums, kind="stable")
    return sums[rising], masses[:, rising]


def _moments(
    expected: Floats,
    atoms: Floats,
    weights: Floats,
    mood: Floats,
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
    width = high - low or abs(high)  # no width: open deals that are certain
    return low - 4 * width / CELLS, high + 4 * width / CELLS


def normal(z: Floats) -> Floats:
    """The normal distribution function, good to 1e-7 (Abramowitz and Stegun 26.2.17)."""
    z = np.clip(z, -35, 35)
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
