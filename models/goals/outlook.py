"""What every outlook answers, and what is derived from it: the three levels and a level's standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from models.goals.compound import Floats
from models.goals.evidence import Basis, Chance, Levels, Standing

UNKNOWN = Chance(0.0, 0.5, 1.0)


class Outlook(Protocol):
    """What is to come for one goal."""

    @property
    def basis(self) -> Basis:
        """What it rests on: method, records, people."""

    def chance(self, level: float, down: bool = False) -> Chance:
        """The probability that the final value is at least (``down``: at most) this level."""

    def quantile(self, share: float) -> float | None:
        """The final value that is not exceeded with this probability; None: nothing is known."""

    def span(self, share: float = 0.8) -> tuple[float, float] | None:
        """The final value lies in here with this probability; None: nothing is known."""


class Drawn:
    """Quantiles from drawn final values, else the value as it is ``now``."""

    basis: Basis
    final: Floats
    now: float | None

    def quantile(self, share: float) -> float | None:
        if not len(self.final):
            return self.now
        return float(np.quantile(self.final, share))

    def span(self, share: float = 0.8) -> tuple[float, float] | None:
        low, high = self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)
        return None if low is None or high is None else (low, high)


def certain(reached: bool) -> Chance:
    """It is over: reached or not."""
    return Chance(1.0, 1.0, 1.0) if reached else Chance(0.0, 0.0, 0.0)


def chance_over(guesses: Floats) -> Chance:
    """The mean of a probability over the guesses, and its 10 and 90 % quantiles.

    The mean is the probability to state: of all goals with 70 %, 70 % are reached.
    """
    sound = np.clip(guesses, 0, 1)
    # "weibull": the ranks of a sample are unbiased for the share that lies below.
    low, high = (float(one) for one in np.quantile(sound, (0.1, 0.9), method="weibull"))
    return Chance(low, min(max(float(sound.mean()), low), high), high)


def method_of(own: float, share: float) -> str:
    """What an outlook rests on mostly: "own", "pooled" or "team" records."""
    return "team" if not own else "own" if share >= 0.5 else "pooled"


def suggest(outlook: Outlook, down: bool = False) -> Levels | None:
    """Floor, target and stretch: what is reached with about 80, 50 and 20 % chance.

    Not rounded: the caller knows what a round number is. None where nothing is known.
    """
    shares = (0.8, 0.5, 0.2) if down else (0.2, 0.5, 0.8)
    found = [outlook.quantile(share) for share in shares]
    floor, target, stretch = found
    if floor is None or target is None or stretch is None:
        return None
    return Levels(floor, target, stretch, outlook.basis)


def standing(
    outlook: Outlook, level: float, past: Sequence[float] = (), down: bool = False
) -> Standing:
    """The chance of a proposed level, and how many of the past periods' values reached it."""
    reached = sum(value <= level if down else value >= level for value in past)
    return Standing(level, outlook.chance(level, down), reached, len(past))
