"""Teams whose truth is known: who does how much, how large deals are, how the year goes."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from models.goals.chance import (
    fit_team,
    fit_trials,
    outlook_of_mean,
    outlook_of_rate,
    outlook_of_stock,
    outlook_of_sum,
)
from models.goals.evidence import Ahead, Chance, Deals, Stretch, Trials, ratio_stretch, ratio_unit
from models.goals.history import Month, Season, forecast, season_of

# Months of a Chinese office supplier, January first (its sample set was measured), mean 1.
YEAR = np.array([0.60, 0.52, 0.72, 0.58, 1.26, 1.26, 0.66, 1.36, 1.20, 1.28, 1.30, 1.25])
YEAR /= YEAR.mean()
MONTH, QUARTER, WHOLE_YEAR = 21.0, 63.0, 252.0
FUTURES = 2_000


@dataclass(frozen=True)
class Regime:
    """How a team is made up; people's rates and sizes of deals differ log-normally."""

    name: str
    people: int = 8
    months: int = 18
    own_months: int | None = None
    a_day: float = 0.3
    amounts: str = "log-normal"
    scatter: float = 1.0
    elapsed: float = 0.0
    mood: float = 0.0
    season: str = "known"
    deals: bool = False
    ramp: bool = False
    kind: str = "sum"


@dataclass(frozen=True)
class Case:
    """What was stated, and the truth: of the chance, and one future of the final value."""

    stated: Chance
    true_chance: float
    span: tuple[float, float]
    final: float
    futures: int = FUTURES  # that the true chance was counted in


def case(regime: Regime, chance: np.random.Generator) -> Case:
    """One made-up person in a made-up team, asked once."""
    make = {"sum": _sum, "rate": _rate, "mean": _mean, "ratio": _ratio}[regime.kind]
    return make(regime, chance)


class _Truth:
    def __init__(self, regime: Regime, chance: np.random.Generator) -> None:
        self.regime, self.chance = regime, chance
        people = regime.people
        self.rate = regime.a_day * np.exp(0.5 * chance.standard_normal(people) - 0.125)
        self.size = 1_000 * np.exp(0.3 * chance.standard_normal(people))
        self.success = chance.beta(7, 5, people)
        self.growth = chance.normal(0.08, 0.15)
        self.start = int(chance.integers(0, 12))  # the month in which the quarter begins
        self.done = regime.elapsed * QUARTER
        self.left = QUARTER - self.done

    def drawn(self, who: int, n: int) -> np.ndarray:
        scatter, size = self.regime.scatter, self.size[who]
        match self.regime.amounts:
            case "log-normal":
                return size * np.exp(scatter * self.chance.standard_normal(n) - scatter**2 / 2)
            case "gamma":
                return size * self.chance.gamma(1 / scatter**2, scatter**2, n)
            case "Pareto":
                return size * (self.chance.pareto(2.5, n) + 1)
            case "returns":
                sign = np.where(self.chance.random(n) < 0.15, -0.6, 1.0)
                return sign * size * np.exp(scatter * self.chance.standard_normal(n))
            case _:
                return np.ones(n)

    def moods(self, days: float, n: int | None = None) -> Any:
        mood = self.regime.mood * MONTH / days
        return self.chance.gamma(1 / mood, mood, n) if mood else 1.0

    def factor(self, month: int) -> float:
        return 1.0 if self.regime.season == "none" else float(YEAR[month % 12])

    def number(self, who: int, days: float, month: int, age: float) -> int:
        """How many events the person has in such a stretch, ``age`` years ago."""
        expected = self.rate[who] * days * self.factor(month) * np.exp(-self.growth * age)
        return int(self.chance.poisson(expected * self.moods(days)))

    def stretches(self, who: int, months: int) -> list[Stretch]:
        found = []
        for back in range(months):
            days = MONTH if self.chance.random() > 0.1 else 15.5  # leave
            if self.regime.ramp and who == 0:
                days *= (0.25, 0.5, 0.75, 1.0)[min(months - 1 - back, 3)]
            month, age = self.start - back - 1, (back + 0.5) / 12 + self.done / WHOLE_YEAR
            amounts = self.drawn(who, self.number(who, days, month, age))
            found.append(Stretch(days, amounts, None, age, self.factor(month)))
        return found

    def this_quarter(self) -> float:
        return float(np.mean([self.factor(self.start + month) for month in range(3)]))

    def pasts(self) -> list[list[Stretch]]:
        """Everybody's stretches up to today, the begun part of the quarter last."""
        own = self.regime.own_months
        found = [
            self.stretches(who, self.regime.months if who or own is None else own)
            for who in range(self.regime.people)
        ]
        if self.done:
            age = self.done / WHOLE_YEAR / 2
            for who, past in enumerate(found):
                season = self.this_quarter()
                expected = self.rate[who] * self.done * season * np.exp(-self.growth * age)
                n = int(self.chance.poisson(expected * self.moods(self.done)))
                past.append(Stretch(self.done, self.drawn(who, n), None, age, season))
        return found

    def ahead(self) -> Ahead:
        return Ahead(self.left, self.this_quarter(), 0.0, self.left / WHOLE_YEAR / 2)

    def futures(self, share: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        """Numbers and sums of the first person's events in what is left, many times over."""
        ahead = self.ahead()
        expected = self.rate[0] * ahead.days * ahead.season * np.exp(self.growth * ahead.years)
        n = self.chance.poisson(share * expected * self.moods(self.left, FUTURES), FUTURES)
        owner = np.repeat(np.arange(FUTURES), n)
        return n, np.bincount(owner, self.drawn(0, int(n.sum())), FUTURES)


def _sum(regime: Regime, chance: np.random.Generator) -> Case:
    truth = _Truth(regime, chance)
    pasts, ahead = truth.pasts(), truth.ahead()
    reached = float(sum(pasts[0][-1].amounts)) if truth.done else 0.0
    if regime.season == "estimated":
        pasts, ahead = _with_season(truth, pasts, ahead)
    deals, come = None, np.zeros(FUTURES)
    if regime.deals:
        deals, come = _deals(truth)
    sums = truth.futures(1 - deals.open_share if deals else 1.0)[1] + come
    level = reached + _level(sums[1:], chance)
    stated = outlook_of_sum(pasts[0], fit_team(pasts), ahead, reached, deals)
    span = stated.span()
    assert span is not None
    true = float((sums[1:] + reached >= level).mean())
    return Case(stated.chance(level), true, span, float(sums[0] + reached))


def _level(sums: np.ndarray, chance: np.random.Generator) -> float:
    """A level that is neither hopeless nor certain in truth: there every range would hold it."""
    most = max(0.06, min(0.95, float((sums != 0).mean()) - 0.02))
    return float(np.quantile(sums, 1 - chance.uniform(0.05, most)))


def _deals(truth: _Truth) -> tuple[Deals, np.ndarray]:
    """Open deals whose stated probabilities are off together, and what they bring."""
    chance = truth.chance
    amounts = truth.drawn(0, int(chance.integers(1, 9)))
    stated = chance.choice([0.1, 0.25, 0.5, 0.75, 0.9], len(amounts))
    odds = stated / (1 - stated) * np.exp(0.4 * chance.standard_normal())
    won = chance.random((FUTURES, len(amounts))) < odds / (1 + odds)
    pairs = [(float(amount), float(share)) for amount, share in zip(amounts, stated, strict=True)]
    return Deals(pairs, 0.6), won @ amounts


def _with_season(
    truth: _Truth, pasts: list[list[Stretch]], ahead: Ahead
) -> tuple[list[list[Stretch]], Ahead]:
    """The same, knowing of the season what the team's own months say."""
    months = truth.regime.months
    totals = [
        Month(
            2_000 + (truth.start + 120 - back - 1) // 12,
            (truth.start - back - 1) % 12 + 1,
            float(sum(np.sum(past[back].amounts) for past in pasts)),
            float(sum(past[back].days for past in pasts)),
        )
        for back in range(months)
    ]
    season: Season = season_of(totals)
    quarter = [((truth.start + month) % 12 + 1, truth.left / 3) for month in range(3)]
    factor, spread = season.over(quarter)
    seen = [
        [
            Stretch(
                one.days,
                one.amounts,
                None,
                one.age,
                season.factors[(truth.start - back - 1) % 12] if back < months else factor,
            )
            for back, one in enumerate(past)
        ]
        for past in pasts
    ]
    return seen, Ahead(ahead.days, factor, spread, ahead.years)


def _rate(regime: Regime, chance: np.random.Generator) -> Case:
    truth = _Truth(regime, chance)
    own = regime.own_months
    days = [MONTH * (regime.months if who or own is None else own) for who in range(regime.people)]
    past = []
    for who, d in enumerate(days):
        n = int(chance.poisson(truth.rate[who] * d))
        past.append(Trials(d, int(chance.binomial(n, truth.success[who])), n))
    tried = int(chance.poisson(truth.rate[0] * truth.done)) if truth.done else 0
    reached = (int(chance.binomial(tried, truth.success[0])), tried)
    past[0] = Trials(
        past[0].days + truth.done, past[0].successes + reached[0], past[0].trials + reached[1]
    )
    n = chance.poisson(truth.rate[0] * truth.left, FUTURES)
    n[0] = max(n[0], 1)  # a final share is asked for
    good = chance.binomial(n, truth.success[0])
    final = (good + reached[0]) / np.maximum(n + reached[1], 1)
    shares = np.where(n + reached[1] > 0, final, -1.0)
    level = float(np.quantile(shares[1:][shares[1:] >= 0], chance.uniform(0.1, 0.9)))
    level = min(max(level + chance.uniform(-0.01, 0.01), 0.01), 0.99)  # no tie decides
    outlook = outlook_of_rate(past[0], fit_trials(past), Ahead(truth.left), reached)
    span = outlook.span()
    assert span is not None
    return Case(outlook.chance(level), float((shares[1:] >= level).mean()), span, float(shares[0]))


def _mean(regime: Regime, chance: np.random.Generator) -> Case:
    truth = _Truth(regime, chance)
    pasts = truth.pasts()
    done = pasts[0][-1].amounts if truth.done else np.zeros(0)
    reached = (float(np.sum(done)), float(len(done)))
    n, sums = truth.futures()
    count = n + reached[1]
    means = np.where(count > 0, (sums + reached[0]) / np.maximum(count, 1), np.nan)
    level = float(np.nanquantile(means[1:], chance.uniform(0.1, 0.9)))
    outlook = outlook_of_mean(pasts[0], fit_team(pasts), truth.ahead(), reached)
    span = outlook.span()
    assert span is not None
    known = means[~np.isnan(means)]
    true = float((means[1:] <= level).mean())
    return Case(outlook.chance(level, down=True), true, span, float(known[0]))


def _ratio(regime: Regime, chance: np.random.Generator) -> Case:
    """A ratio of sums: the discount given on sales of very different sizes."""
    truth = _Truth(regime, chance)
    share = chance.beta(3, 17, regime.people)

    def tops(who: int, belows: np.ndarray) -> np.ndarray:
        return belows * chance.beta(8 * share[who], 8 * (1 - share[who]), len(belows))

    pasts = truth.pasts()
    pairs = [
        [(one, np.asarray(one.amounts), tops(who, np.asarray(one.amounts))) for one in past]
        for who, past in enumerate(pasts)
    ]
    unit = ratio_unit(float(b) for past in pairs for _, belows, _ in past for b in belows)
    seen = [
        [
            ratio_stretch(one.days, zip(top.tolist(), below.tolist(), strict=True), unit, one.age)
            for one, below, top in past
        ]
        for past in pairs
    ]
    _, below, top = pairs[0][-1] if truth.done else (None, np.zeros(0), np.zeros(0))
    n, _ = truth.futures()
    owner = np.repeat(np.arange(FUTURES), n)
    belows = truth.drawn(0, int(n.sum()))
    whole = np.bincount(owner, belows, FUTURES) + below.sum()
    part = np.bincount(owner, tops(0, belows), FUTURES) + top.sum()
    known = whole > 0
    ratios = np.where(known, part / np.maximum(whole, 1e-9), np.nan)
    level = float(np.nanquantile(ratios[1:], chance.uniform(0.1, 0.9)))
    reached = (float(top.sum()) / unit, float(below.sum()) / unit)
    outlook = outlook_of_mean(seen[0], fit_team(seen), truth.ahead(), reached)
    span = outlook.span()
    assert span is not None
    true = float((ratios[1:] <= level).mean())
    return Case(outlook.chance(level, down=True), true, span, float(ratios[known][0]))


def stock_case(chance: np.random.Generator, months: int, left: float) -> Case:
    """Receivables that wander from month to month."""
    spread, drift = chance.lognormal(np.log(0.15), 0.5), chance.normal(0, 0.03)
    walk = 10 + np.cumsum(chance.normal(drift, spread, months))
    end = NormalDist(float(walk[-1]) + drift * left, spread * left**0.5)
    true = chance.uniform(0.1, 0.9)
    level = end.inv_cdf(true)
    outlook = outlook_of_stock(walk.tolist(), float(walk[-1]), left)
    span = outlook.span()
    assert span is not None
    final = end.inv_cdf(chance.uniform(1e-9, 1 - 1e-9))
    return Case(outlook.chance(level, down=True), true, span, final)


@dataclass(frozen=True)
class Years:
    """How a team's monthly totals are made up for a forecast of what comes."""

    name: str
    months: int = 36
    ahead: int = 3
    scatter: float = 0.22
    season: float = 1.0
    gaps: bool = False


def forecast_holds(years: Years, chance: np.random.Generator) -> bool:
    """Whether the stated range holds what then came."""
    growth, start = chance.normal(0.08, 0.15), int(chance.integers(0, 12))
    factors = YEAR**years.season / (YEAR**years.season).mean()
    known, coming, truth = [], [], 0.0
    for place in range(years.months + years.ahead):
        year, month = divmod(start + place, 12)
        days = float(chance.integers(17, 24))
        total = 1e5 * days * factors[month] * np.exp(growth * place / 12)
        total *= np.exp(years.scatter * chance.standard_normal() - years.scatter**2 / 2)
        if years.gaps and chance.random() < 0.3:
            total = 0.0
        if place < years.months:
            known.append(Month(2_020 + year, month + 1, total, days))
        else:
            coming.append((2_020 + year, month + 1, days))
            truth += total
    found = forecast(known, coming)
    assert found is not None
    return found.low <= truth <= found.high
