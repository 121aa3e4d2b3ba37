"""Splits an amount by weights so that the parts come to it exactly (largest remainders).

Every part is rounded down to whole units of its exact share; the units that are then left go, one
each, to the parts that lost most by it. So no part is a unit or more away from its exact share, and
the parts don't depend on the order in which they are named: where two lost the same, the larger
weight comes first, then the smaller key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
FINEST = Decimal(1).scaleb(-6)  # what a book stores


@dataclass(frozen=True)
class Split(Generic[Key]):
    """The parts by their keys, the exact share of each (all shares make 1), and what is not shared out.

    ``rest`` is zero unless a coarse ``step`` was asked for that the whole is no multiple of.
    """

    parts: dict[Key, Decimal]
    shares: dict[Key, Fraction]
    rest: Decimal


def unit_of(whole: Decimal, least: Decimal) -> Decimal:
    """The unit to split an amount in: ``least``, or a finer one where the amount itself is finer."""
    unit = least
    while whole % unit and unit > FINEST:
        unit = max(unit.scaleb(-1), FINEST)
    return unit


def shares_of(weights: Mapping[Key, Any]) -> dict[Key, Fraction]:
    """The shares that weights mean; less than nothing weighs nothing, and if none weighs all weigh the same."""
    whole = _whole(weights)
    total = sum(whole.values())
    return {key: Fraction(one, total) for key, one in whole.items()}


def _whole(weights: Mapping[Key, Any]) -> dict[Key, int]:
    """The same weights as whole numbers: quicker than fractions, and as exact."""
    exact = {key: one.as_integer_ratio() for key, one in weights.items()}
    common = lcm(*(below for _, below in exact.values()))
    made = {key: max(top, 0) * (common // below) for key, (top, below) in exact.items()}
    return made if any(made.values()) else dict.fromkeys(made, 1)


def split(whole: Decimal, weights: Mapping[Key, Any], step: Decimal) -> Split[Key]:
    """Split an amount into whole steps by weights (numbers of any exact kind).

    An amount below zero is split as its opposite is.
    """
    if not weights:
        return Split({}, {}, whole)
    weighed = _whole(weights)
    total = sum(weighed.values())
    sign = -1 if whole < 0 else 1
    units = int(abs(Fraction(whole)) / Fraction(step))  # whole steps; the rest is told
    made, lost = {}, {}
    for key, one in weighed.items():
        made[key], lost[key] = divmod(units * one, total)
    short = units - sum(made.values())
    order = sorted(weighed, key=lambda key: (-lost[key], -weighed[key], _order(key)))
    for key in order[:short]:
        made[key] += 1
    parts = {key: sign * one * step for key, one in made.items()}
    shares = {key: Fraction(one, total) for key, one in weighed.items()}
    return Split(parts, shares, whole - sum(parts.values(), Decimal(0)))


def _order(key: object) -> tuple[str, ...]:
    """An order of keys of any kind: numbers by their size, texts by their letters."""
    several = key if isinstance(key, tuple) else (key,)
    return tuple(f"{one:020}" if isinstance(one, int) else str(one) for one in several)
