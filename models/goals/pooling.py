"""What a team's past says about each of its people: partial pooling, by moments, never by hand.

A person's number of events per working day has a gamma distribution around the team's rate; how
wide, the differences between the people say (method of moments; few people are drawn towards the
usual difference). The amounts are drawn as by the Bayesian bootstrap from own events and, with the
weight of ``pull`` events, from the team's (a Dirichlet process around the team's distribution).
Own records outweigh the team's as they grow; who has none is judged by the team. Whole months move
too, for all people together (``shocks``): that widens what is known of the rate and of its growth.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.goals import shocks
from models.goals.compound import Floats
from models.goals.evidence import Ahead, Stretch

GUESSES = 80
LEAST_DAYS = 0.05  # shorter stretches say nothing about a working day
FEW = 6  # different amounts: prices of a list, not the many of real deals
_NOTHING = 1e-9  # smaller amounts are what is left of sums of floats
_USUAL_RATE = 0.25  # squared variation of rates between people, where too few can tell
_USUAL_AMOUNT = 0.15  # the same of mean amounts
_USUAL_WEIGHT = 3.0  # people that the usual difference counts as
_USUAL_GROWTH = 0.2  # standard deviation of growth a year (log), before anything was seen ...
_ALONE_GROWTH = 0.28  # ... and of a sum told as one, which may grow by who is in it, too
_TEAM_ATOMS, _OWN_ATOMS = 40, 32
_HEAVY = 0.1  # what a heavy-tailed sample loses: few of its records hold the large amounts ...
_HEAVIEST = 0.75  # ... but not more than down to this
_TAIL_EVENTS = 4.0  # what a fitted distribution of amounts weighs against those seen
# Middles of 20 equally likely parts of the normal distribution.
_HALF = np.array([0.06, 0.19, 0.32, 0.45, 0.60, 0.76, 0.93, 1.15, 1.44, 1.96])
_TAIL = np.concatenate([-_HALF, _HALF])


@dataclass(frozen=True)
class Past:
    """Stretches as arrays; all amounts with their times.

    Per stretch: days × season, age, number, sum and sum of squares of events, the season's error.
    """

    exposure: Floats
    age: Floats
    count: Floats
    total: Floats
    squares: Floats
    spread: Floats
    amounts: Floats
    times: Floats

    @property
    def events(self) -> float:
        """How many events there were."""
        return float(self.times.sum())


@dataclass(frozen=True)
class Team:
    """What a fit over all people found; make one for a board with ``fit_team`` and reuse it.

    ``rate``: events a working day, as of today; ``rate_error``: its squared relative error;
    ``differ``: squared variation of the people's rates; ``growth``: of the rate a year (log);
    ``mood``: squared variation of a person's stretch of ``mood_days`` beyond Poisson, and
    ``shock`` (guesses) that of all people's months together; ``pull``: how many own events the
    team's amounts weigh as much as; ``weights``: guesses (rows) at how often each of ``atoms``
    happens; ``age``: the mean age in years of what was read; ``worth``: what one record counts for
    among heavy-tailed amounts, at most 1. Guesses at ``growth`` are off by ``growth_error`` each.
    """

    rate: float
    rate_error: float
    differ: float
    growth: float
    growth_error: Floats
    mood: float
    mood_days: float
    shock: Floats
    months: int
    pull: float
    atoms: Floats
    weights: Floats
    people: int
    events: float
    age: float
    worth: float

    def scatter(self, days: float) -> Floats:
        """Guesses at the squared variation of the number of events in the days ahead, beyond Poisson.

        A person's days differ from each other; what all share stays as it is within a month.
        """
        own = self.mood * self.mood_days / max(days, self.mood_days / 20)
        return own + self.shock * self.mood_days / max(days, self.mood_days)


def past_of(stretches: Sequence[Stretch]) -> Past:
    """The arrays of somebody's stretches; those without working days are left out."""
    kept = [one for one in stretches if one.days >= LEAST_DAYS]
    amounts = [np.asarray(one.amounts, dtype=np.float64) for one in kept]
    times = [
        np.ones(len(part)) if one.times is None else np.asarray(one.times, dtype=np.float64)
        for one, part in zip(kept, amounts, strict=True)
    ]
    every = np.concatenate(amounts) if amounts else np.zeros(0)
    return Past(
        np.array([one.days * max(one.season, 1e-6) for one in kept]),
        np.array([one.age for one in kept]),
        np.array([part.sum() for part in times]),
        np.array([float(a @ t) for a, t in zip(amounts, times, strict=True)]),
        np.array([float(a**2 @ t) for a, t in zip(amounts, times, strict=True)]),
        np.array([one.season_spread for one in kept]),
        np.where(np.abs(every) < _NOTHING, 0.0, every),
        np.concatenate(times) if times else np.zeros(0),
    )


def seeded(*parts: Floats | float) -> np.random.Generator:
    """A generator that the same input starts in the same way; amounts don't count, so that
    thousands and units give the same answer."""
    mark = 0
    for part in parts:
        mark = zlib.crc32(np.round(np.asarray(part, dtype=np.float64), 6).tobytes(), mark)
    return np.random.default_rng(mark)


def fit_team(people: Sequence[Sequence[Stretch]]) -> Team:
    """What the team has in common, from the past of each person in it (the asked one included)."""
    pasts = [past for past in map(past_of, people) if past.exposure.sum() > 0]
    if not pasts:
        empty = np.zeros(1)
        return Team(0, 0, 1, 0, empty, 0, 1, empty, 1, 1, empty, np.ones((GUESSES, 1)), 0, 0, 0, 1)
    count = np.array([p.events for p in pasts])
    chance = seeded(count, *(p.exposure for p in pasts))
    growth, growth_error, shock, months = _course(pasts, chance)
    exposure = np.array([float((p.exposure * np.exp(-growth * p.age)).sum()) for p in pasts])
    rate = count.sum() / exposure.sum()
    mood, mood_days = _mood(pasts, growth)
    stretches = np.array([len(p.exposure) for p in pasts])
    spoilt = 1 + mood * count / stretches
    # A person's months scatter by what all share, and by what is their own.
    mood = max(mood - float(shock.mean()), 0.0) if len(pasts) > 1 else 0.0
    mood_days = mood_days or float(sum(p.exposure.sum() for p in pasts) / stretches.sum())
    differ, error = differences(count, exposure, spoilt)
    amounts = np.concatenate([p.amounts for p in pasts])
    times = np.concatenate([p.times for p in pasts])
    atoms, mass = grouped(*_with_tail(amounts, times), _TEAM_ATOMS)
    worth = _worth(amounts, times)
    drawn = chance.standard_gamma(mass * worth, (GUESSES, len(mass))) + 1e-300
    return Team(
        float(rate),
        error,
        differ,
        growth,
        growth_error,
        mood,
        mood_days,
        shock,
        months,
        _pull(pasts, amounts, times),
        atoms,
        drawn / drawn.sum(axis=1, keepdims=True),
        len(pasts),
        float(count.sum()),
        float(sum(p.exposure @ p.age for p in pasts) / sum(p.exposure.sum() for p in pasts)),
        worth,
    )


def rates_of(
    past: Past, team: Team, ahead: Ahead, chance: np.random.Generator
) -> tuple[Floats, float]:
    """Guesses at the events per working day in the days ahead, and the weight of the own record."""
    if team.rate <= 0:
        return np.zeros(GUESSES), 1.0
    growth = team.growth + team.growth_error * chance.standard_normal(GUESSES)
    shape = _unsure(1 / team.differ, team, chance)
    error = team.rate_error + team.shock / team.months
    usual = team.rate * chance.standard_gamma(1 / error, GUESSES) * error
    usual = usual * np.exp((growth - team.growth) * team.age)
    spoilt = 1 + (team.mood + team.shock) * past.events / max(len(past.count), 1)
    exposure = np.exp(-np.outer(growth, past.age)) @ past.exposure / spoilt
    drawn = chance.standard_gamma(shape + past.events / spoilt, GUESSES)
    prior = shape / np.maximum(usual, team.rate * 1e-6)
    own = float(exposure.mean() / (exposure.mean() + prior.mean()))
    return drawn / (prior + exposure) * np.exp(growth * ahead.years), own


def _unsure(value: float, team: Team, chance: np.random.Generator) -> Floats:
    """Guesses at how alike people are: few people don't say it well."""
    spread = np.sqrt(2 / (max(team.people - 1, 0) + _USUAL_WEIGHT))
    return np.asarray(value * np.exp(spread * chance.standard_normal(GUESSES)))


def amounts_of(past: Past, team: Team, chance: np.random.Generator) -> tuple[Floats, Floats, float]:
    """Atoms, guesses at their weights, and the weight of the own record."""
    atoms, mass = grouped(past.amounts, past.times, _OWN_ATOMS)
    shapes = team.weights * _unsure(team.pull, team, chance)[:, None]
    mass = mass * team.worth
    if past.events > 0:
        shapes = np.concatenate([np.broadcast_to(mass, (GUESSES, len(mass))), shapes], axis=1)
        atoms = np.concatenate([atoms, team.atoms])
    else:
        atoms = team.atoms
    drawn = chance.standard_gamma(shapes) + 1e-300
    own = past.events / (past.events + team.pull)
    return atoms, drawn / drawn.sum(axis=1, keepdims=True), own


def grouped(amounts: Floats, times: Floats, most: int) -> tuple[Floats, Floats]:
    """At most so many atoms with their times, the mean unchanged; the largest amounts stay apart."""
    if not len(amounts):
        return np.zeros(1), np.zeros(1)
    order = np.argsort(amounts, kind="stable")
    amounts, times = amounts[order], times[order]
    new = np.concatenate([[True], np.diff(amounts) > 0])
    starts = np.flatnonzero(new)
    mass = np.add.reduceat(times, starts)
    values = amounts[starts]
    if len(values) > most:
        middle = (np.cumsum(mass) - mass / 2) / mass.sum()
        # Groups grow finer towards the top, where single amounts decide.
        group = np.floor(most * (1 - (1 - middle) ** 0.4)).astype(int)
        starts = np.flatnonzero(np.concatenate([[True], np.diff(group) > 0]))
        sums = np.add.reduceat(values * mass, starts)
        mass = np.add.reduceat(mass, starts)
        values = sums / mass
    return values, mass


def _course(
    pasts: Sequence[Past], chance: np.random.Generator
) -> tuple[float, Floats, Floats, int]:
    """Growth, guesses at its error and at the months' shock (τ²), and how many months there are."""
    age, owner = shocks.pooled_rows([p.age for p in pasts])
    exposure, count, total, squares, spread = (
        shocks.pooled_rows(parts)[0]
        for parts in zip(
            *((p.exposure, p.count, p.total, p.squares, p.spread) for p in pasts), strict=True
        )
    )
    if not all((p.amounts >= 0).all() for p in pasts):  # returns: a month's sum may be nothing
        total, squares = count, count
    months = len(np.unique(np.round(age, 3)))
    alone = len(pasts) == 1
    still = 1 / (_ALONE_GROWTH if alone else _USUAL_GROWTH) ** 2
    growth, information, scatter, fitted, probable = 0.0, 0.0, 1.0, 1.0, np.zeros(0)
    found = None
    shock = 0.0
    for _ in range(2):  # growth shows how months scatter, and that how sure growth is
        growth, information, scatter = _growth(pasts, shock, still)
        fitted = 1 + information / (information + scatter * still)
        weight = exposure * np.exp(-growth * age)
        found = shocks.months_together(owner, age, weight, (total, squares, count), spread)
        probable = shocks.likely(found, fitted, alone)
        shock = shocks.mean_square(probable)
    guesses = shocks.drawn(probable, GUESSES, chance)
    wide = np.maximum(scatter, 1 + guesses * (found.events if found else 0.0))
    return growth, 1 / np.sqrt(information / wide + still), guesses, months


def _growth(pasts: Sequence[Past], shock: float, still: float) -> tuple[float, float, float]:
    """Growth of the number of events a year (log), its information, and what that is divided by.

    Poisson regression on time within each person (a level of their own each), widened by what the
    counts scatter beyond Poisson, months of all people together included, and drawn towards none
    with the precision ``still``.
    """
    owner = np.repeat(np.arange(len(pasts)), [len(p.exposure) for p in pasts])
    exposure = np.concatenate([p.exposure for p in pasts])
    time = -np.concatenate([p.age for p in pasts])
    count = np.concatenate([p.count for p in pasts])
    events = np.bincount(owner, count)
    together = 1 + shock * count.sum() / len(np.unique(np.round(time, 3)))
    growth, scatter, information = 0.0, 1.0, 0.0
    for _ in range(8):
        weight = exposure * np.exp(np.clip(growth * time, -3, 3))
        whole = np.bincount(owner, weight)
        middle = np.bincount(owner, weight * time) / whole
        square = np.bincount(owner, weight * time**2) / whole
        expected = weight * (events / whole)[owner]
        freedom = len(count) - len(pasts) - 1
        if freedom > 0:
            scatter = float(((count - expected) ** 2 / np.maximum(expected, 0.1)).sum()) / freedom
        scatter = max(scatter, together, 1.0)
        information = float((events * (square - middle**2)).sum())
        score = float((count * time).sum() - (events * middle).sum())
        growth += (score - scatter * still * growth) / (information + scatter * still)
        growth = min(max(growth, -1.0), 1.0)
    return growth, information, scatter


def _mood(pasts: Sequence[Past], growth: float) -> tuple[float, float]:
    """How much the numbers of stretches scatter beyond Poisson (squared variation), and their days."""
    extra, scale, days, used = 0.0, 0.0, 0.0, 0
    for past in pasts:
        if len(past.count) < 3 or not past.count.sum():
            continue
        weight = past.exposure * np.exp(-growth * past.age)
        share = weight / weight.sum()
        expected = past.count.sum() * share
        # What is expected of (n − e)² when the mean itself came from the same counts.
        extra += float(((past.count - expected) ** 2 - expected * (1 - share)).sum())
        scale += float((expected**2 * (1 - 2 * share + (share**2).sum())).sum())
        days += float(past.exposure.sum())
        used += len(past.exposure)
    if scale <= 0:
        return 0.0, 0.0
    mood = min(max(extra / scale, 0.0), 1.0)
    return (mood if mood > 0.01 else 0.0), days / used


def differences(count: Floats, exposure: Floats, spoilt: Floats) -> tuple[float, float]:
    """Squared variation of the people's true rates, and that of the team's own mean rate."""
    rate = count.sum() / exposure.sum()
    if rate <= 0:
        return _USUAL_RATE, 1.0
    noise = float(spoilt @ count) / count.sum()
    whole = exposure.sum()
    scale = whole - float((exposure**2).sum()) / whole
    people = len(count)
    between = 0.0
    if people > 1 and scale > 0:
        seen = float((exposure * (count / exposure - rate) ** 2).sum())
        between = max(seen - (people - 1) * rate * noise, 0.0) / scale / rate**2
    differ = (between * (people - 1) + _USUAL_RATE * _USUAL_WEIGHT) / (people - 1 + _USUAL_WEIGHT)
    return differ, float(noise / count.sum() + differ / people)


def _worth(amounts: Floats, times: Floats) -> float:
    """What a record counts for: large amounts make a sample say less than its size promises."""
    if not times.sum():
        return 1.0
    mean = float(amounts @ times) / times.sum()
    variance = float(((amounts - mean) ** 2) @ times) / times.sum()
    return max(_HEAVIEST, 1 / (1 + _HEAVY * variance / mean**2)) if mean else _HEAVIEST


def _with_tail(amounts: Floats, times: Floats) -> tuple[Floats, Floats]:
    """The amounts and, with the weight of a few events, the log-normal that fits them.

    What has not happened yet, above all an amount larger than any so far, may still happen.
    """
    if not (amounts > 0).all() or len(np.unique(amounts)) <= FEW:
        return amounts, times
    logs = np.log(amounts)
    middle = float(logs @ times) / times.sum()
    spread = float(np.sqrt(((logs - middle) ** 2) @ times / times.sum()))
    more = np.exp(middle + spread * _TAIL)
    return (
        np.concatenate([amounts, more]),
        np.concatenate([times, np.full(len(_TAIL), _TAIL_EVENTS / len(_TAIL))]),
    )


def _pull(pasts: Sequence[Past], amounts: Floats, times: Floats) -> float:
    """How many own events the team's distribution of amounts weighs as much as.

    That is the squared variation of single amounts over that of the people's true means. The
    latter comes from logarithms where amounts are positive: a few huge ones hide it otherwise.
    """
    if not times.sum():
        return 1.0
    mean = float(amounts @ times) / times.sum()
    single = float(((amounts - mean) ** 2) @ times) / times.sum()
    if single <= 1e-12 * mean**2:
        return 4.0
    logs = bool((amounts > 0).all())
    within, freedom, seen, whole, squares, people = 0.0, 0.0, 0.0, 0.0, 0.0, 0
    value = np.log(amounts) if logs else amounts / (abs(mean) or 1.0)
    middle = float(value @ times) / times.sum()
    at = 0
    for past in pasts:
        mine = value[at : at + len(past.amounts)]
        at += len(past.amounts)
        n = past.events
        if n <= 0:
            continue
        own = float(mine @ past.times) / n
        within += float(((mine - own) ** 2) @ past.times)
        freedom += n - 1
        seen += n * (own - middle) ** 2
        whole, squares, people = whole + n, squares + n * n, people + 1
    within = within / freedom if freedom > 0 else 0.0
    scale = whole - squares / whole
    between = max(seen - (people - 1) * within, 0.0) / scale if scale > 0 else 0.0
    between = (between * (people - 1) + _USUAL_AMOUNT * _USUAL_WEIGHT) / (
        people - 1 + _USUAL_WEIGHT
    )
    return float(min(max(single / mean**2 / between, 1.0), 500.0)) if mean else 4.0
