"""Teams whose months move together, whose truth is known: asked of a person, the team, the company."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.goals.chance import fit_team, outlook_of_sum
from models.goals.evidence import Ahead, Stretch
from tests.goals.simulated import MONTH, YEAR, Case

FUTURES = {"person": 2_000, "team": 500, "company": 250}
SIZE = {"person": 8, "team": 8, "company": 40}
A_DAY = 0.3


@dataclass(frozen=True)
class Shared:
    """How a team's months move: ``shock`` from least to most (sd), growth a year (mean, sd).

    ``asked``: of a person, a team of 8, or a company of 40 people; ``elapsed`` of the quarter.
    """

    name: str
    asked: str
    elapsed: float
    shock: tuple[float, float] = (0.15, 0.25)
    growth: tuple[float, float] = (0.08, 0.15)
    months: int = 18


def shared_case(regime: Shared, chance: np.random.Generator) -> Case:
    """One made-up team, asked once for the final value of a quarter."""
    return _Team(regime, chance).case()


class _Team:
    def __init__(self, regime: Shared, chance: np.random.Generator) -> None:
        self.regime, self.chance = regime, chance
        people = SIZE[regime.asked]
        self.rate = A_DAY * np.exp(0.5 * chance.standard_normal(people) - 0.125)
        self.size = 1_000 * np.exp(0.3 * chance.standard_normal(people))
        self.growth = chance.normal(*regime.growth)
        self.shock = chance.uniform(*regime.shock)
        self.start = int(chance.integers(0, 12))
        self.done = [min(max(3 * regime.elapsed - month, 0.0), 1.0) for month in range(3)]
        self.passed = 3 * regime.elapsed / 12  # years since the quarter began
        self.asked = [0] if regime.asked == "person" else list(range(people))

    def moved(self, *shape: int) -> np.ndarray:
        """How much more or less months have than usual; mean 1."""
        sd = self.shock
        return np.exp(sd * self.chance.standard_normal(shape) - sd * sd / 2)

    def factor(self, month: int) -> float:
        return float(YEAR[(self.start + month) % 12])

    def expected(self, month: int, part: float, middle: float) -> np.ndarray:
        """Events of each person in a part of a month, ``middle`` years after today."""
        return self.rate * MONTH * part * self.factor(month) * np.exp(self.growth * middle)

    def amounts(self, who: int, n: int) -> np.ndarray:
        return self.size[who] * np.exp(self.chance.standard_normal(n) - 0.5)

    def case(self) -> Case:
        moved = self.moved(self.regime.months + 3)
        pasts: list[list[Stretch]] = [[] for _ in self.rate]
        for month in range(-self.regime.months, 3):
            part = 1.0 if month < 0 else self.done[month]
            if not part:
                continue
            middle = (month + part / 2) / 12 - self.passed
            expected = self.expected(month, part, middle) * moved[month + self.regime.months]
            for who, n in enumerate(self.chance.poisson(expected)):
                made = self.amounts(who, int(n))
                pasts[who].append(Stretch(MONTH * part, made, None, -middle, self.factor(month)))
        begun = sum(part > 0 for part in self.done)
        reached = sum(
            float(np.sum(one.amounts)) for who in self.asked for one in pasts[who][-begun:]
        )
        reached = reached if begun else 0.0
        finals = reached + self.futures(moved[self.regime.months :])
        level = float(np.quantile(finals[1:], 1 - self.chance.uniform(0.05, 0.95)))
        if self.regime.asked == "person":
            own, team = pasts[0], fit_team(pasts)
        else:
            own, team = [_merged(each) for each in zip(*pasts, strict=True)], None
        outlook = outlook_of_sum(own, team, self.ahead(), reached)
        span = outlook.span()
        assert span is not None
        true = float((finals[1:] >= level).mean())
        return Case(outlook.chance(level), true, span, float(finals[0]), len(finals))

    def ahead(self) -> Ahead:
        left = [1 - part for part in self.done]
        months = sum(left)
        season = sum(part * self.factor(month) for month, part in enumerate(left)) / months
        return Ahead(months * MONTH * len(self.asked), season, 0.0, months / 24)

    def futures(self, moved: np.ndarray) -> np.ndarray:
        """Sums of what is left, many times over. In the first, what came, a month goes on as begun;
        the others, which make the true chance, don't know how this month is."""
        count = FUTURES[self.regime.asked]
        sums = np.zeros(count)
        for month, done in enumerate(self.done):
            if done >= 1:
                continue
            middle = (month + (1 + done) / 2) / 12 - self.passed
            shocks = self.moved(count)
            if done:
                shocks[0] = moved[month]
            expected = self.expected(month, 1 - done, middle)[self.asked]
            n = self.chance.poisson(np.outer(shocks, expected))
            size = np.repeat(np.tile(self.size[self.asked], count), n.ravel())
            made = size * np.exp(self.chance.standard_normal(len(size)) - 0.5)
            sums += np.bincount(np.repeat(np.arange(count), n.sum(axis=1)), made, count)
        return sums


def _merged(each: tuple[Stretch, ...]) -> Stretch:
    first = each[0]
    return Stretch(
        sum(one.days for one in each),
        np.concatenate([one.amounts for one in each]),
        None,
        first.age,
        first.season,
    )
