"""How far chance alone moves a measured value, from the records behind it.

A rate of yes and no has the interval of Wilson; two rates are compared as Agresti and Caffo (2000) do. A
sum is a sum over records that come by chance (its variance is that of a compound Poisson number, the sum
of the squares); a mean or another ratio has the variance of its residuals. Factors are those of Student's
t where few records speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, sqrt
from statistics import NormalDist

from models.measures.uncertainty import wilson

FEW = 5  # with fewer records nothing is claimed
LEVEL = 0.05  # how often chance alone may look like a difference

Pair = tuple[Decimal, Decimal | None]  # what a record adds above and below the line


@dataclass(frozen=True)
class Spread:
    """A value and its range; ``middle`` and ``variance`` are what two of them are compared by."""

    value: float
    low: float
    high: float
    middle: float
    variance: float
    n: int

    def holds(self, value: Decimal | None) -> bool:
        """Whether a value can't be told from this one."""
        return value is not None and self.low <= float(value) <= self.high


def of(records: Sequence[Pair], scale: float = 1.0) -> Spread | None:
    """The spread of what some records add up to; ``scale`` moves a sum to another number of days.

    None where there is nothing to divide by.
    """
    if all(below is None for _, below in records):
        return _sum([float(above) for above, _ in records], scale)
    pairs = [(float(above), float(below or 0)) for above, below in records]
    bottom = sum(below for _, below in pairs)
    if bottom <= 0:
        return None
    if all(below == 1 and above in (0, 1) for above, below in pairs):
        return rate(sum(above for above, _ in pairs), len(pairs))
    value, n = sum(above for above, _ in pairs) / bottom, len(pairs)
    if n < 2:
        return Spread(value, float("-inf"), float("inf"), value, float("inf"), n)
    rest = sum((above - value * below) ** 2 for above, below in pairs) * n / (n - 1)
    return _around(value, rest / bottom**2, n)


def rate(yes: float, n: int) -> Spread:
    """The spread of a rate of yes and no."""
    low, high = wilson(yes, n)
    middle = (yes + 1) / (n + 2)
    return Spread(yes / n if n else 0.0, low, high, middle, middle * (1 - middle) / (n + 2), n)


def _sum(values: list[float], scale: float) -> Spread:
    made = sum(values) * scale
    return _around(made, sum(one * one for one in values) * scale * scale, len(values))


def _around(value: float, variance: float, n: int) -> Spread:
    half = factor(n) * sqrt(variance)
    return Spread(value, value - half, value + half, value, variance, n)


def factor(n: int, comparisons: int = 1) -> float:
    """How many standard deviations a difference must be; more where few records, or many compare."""
    z = NormalDist().inv_cdf(1 - LEVEL / 2 / max(comparisons, 1))
    free = max(n - 1, 1)
    return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free * free)


def told_apart(one: Spread, other: Spread, comparisons: int = 1) -> bool:
    """Whether two values differ by more than chance explains, when so many are compared."""
    if min(one.n, other.n) < FEW:
        return False
    apart = abs(one.middle - other.middle)
    return apart > factor(min(one.n, other.n), comparisons) * sqrt(one.variance + other.variance)


def so_few(n: int, expected: float) -> bool:
    """Whether chance would hardly give so few records where so many are expected (Poisson)."""
    if expected <= 0:
        return False
    term = total = exp(-expected)
    for one in range(1, n + 1):
        term *= expected / one
        total += term
    return total < LEVEL / 2
