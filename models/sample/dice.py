"""Chance that repeats: every part of the sample draws from a seed of its own."""

from __future__ import annotations

import itertools
import math
import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Wheel(Generic[T]):
    """Things of which some are drawn more often than others."""

    def __init__(self, things: Sequence[T], weights: Iterable[float]) -> None:
        self.things = things
        self._upto = list(itertools.accumulate(weights))

    @classmethod
    def of(cls, weights: Mapping[T, float]) -> Wheel[T]:
        """The keys, drawn as often as their values say."""
        return cls(list(weights), weights.values())

    def at(self, share: float, among: int | None = None) -> T:
        """The thing at a share (0 up to 1) of the wheel, or of its first ``among`` things."""
        count = len(self._upto) if among is None else among
        place = bisect_right(self._upto, share * self._upto[count - 1], 0, count)
        return self.things[min(place, count - 1)]


class Dice(random.Random):
    """A generator for one part of the sample; the same seed and part draw the same."""

    def __init__(self, seed: int, part: str) -> None:
        super().__init__(f"{seed} {part}")

    def draw(self, wheel: Wheel[T], among: int | None = None) -> T:
        """One thing by its weight."""
        return wheel.at(self.random(), among)

    def happens(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return self.random() < chance

    def spread(self, median: float, sigma: float) -> float:
        """A value around a median, lognormal."""
        return median * math.exp(self.gauss(0, sigma))

    def count(self, mean: float) -> int:
        """How often something happens that happens ``mean`` times on average (Poisson)."""
        if mean > 30:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, product, made = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            made += 1
        return made
