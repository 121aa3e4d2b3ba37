"""How much a small number says: intervals of rates, and who can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959963984540054  # two-sided 95 % of the normal distribution


def wilson(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """The interval of a rate (Wilson 1927), (0, 1) without records."""
    if n <= 0:
        return 0.0, 1.0
    rate = successes / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def differ(rates: Sequence[tuple[float, float]]) -> bool:
    """Whether rates (successes, n) differ more than chance allows: chi-square at 5 %.

    The critical value by Wilson and Hilferty (1931), good to 1 % from 3 groups on.
    """
    groups = [(s, n) for s, n in rates if n > 0]
    total = sum(n for _, n in groups)
    freedom = len(groups) - 1
    if freedom < 1 or not total:
        return False
    share = sum(s for s, _ in groups) / total
    if share in (0.0, 1.0):
        return False
    statistic = sum((s - n * share) ** 2 / (n * share * (1 - share)) for s, n in groups)
    critical = freedom * (1 - 2 / (9 * freedom) + 1.6448536269514722 * sqrt(2 / (9 * freedom))) ** 3
    return statistic > critical
