"""Outlooks of measures that are not summed: shares of trials, and means of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.goals.compound import Floats, normal, poisson
from models.goals.evidence import Ahead, Basis, Chance, Stretch, Trials
from models.goals.outlook import UNKNOWN, Drawn, Outlook, certain, chance_over, method_of
from models.goals.pooling import (
    GUESSES,
    LEAST_DAYS,
    Team,
    amounts_of,
    differences,
    fit_team,
    past_of,
    rates_of,
    seeded,
)

_USUAL_DIFFERENCE = 0.07  # of success between people, as a part of p(1 − p): 13 trials' worth
_USUAL_WEIGHT = 2.0  # people that it counts as
_MOST = 400  # trials to come that are reckoned exactly; more are nearly normal
_NODES = 48  # numbers of values to come that are told apart
_DRAWS = 8  # futures drawn for each guess


@dataclass(frozen=True)
class TrialTeam:
    """The team's trials a working day and share of successes, and how its people differ."""

    rate: float
    rate_error: float
    differ: float
    share: float
    share_error: float
    strength: float
    people: int
    trials: float


def fit_trials(people: Sequence[Trials]) -> TrialTeam:
    """What the team has in common, from each person's trials (the asked one included)."""
    known = [one for one in people if one.days >= LEAST_DAYS]
    trials = np.array([one.trials for one in known])
    whole = float(trials.sum()) if known else 0.0
    if whole <= 0:
        return TrialTeam(0, 1, 1, 0.5, 1 / 12, 2, 0, 0)
    success = np.array([one.successes for one in known])
    days = np.array([one.days for one in known])
    differ, rate_error = differences(trials, days, np.ones(len(known)))
    share = (float(success.sum()) + 0.5) / (whole + 1)
    luck = share * (1 - share)
    had = trials > 0
    people_with = int(had.sum())
    scale = whole - float((trials**2).sum()) / whole
    between = 0.0
    if people_with > 1 and scale > 0:
        seen = float((trials[had] * (success[had] / trials[had] - share) ** 2).sum())
        between = max(seen - (people_with - 1) * luck, 0.0) / scale
    between = (between * (people_with - 1) + _USUAL_DIFFERENCE * luck * _USUAL_WEIGHT) / (
        people_with - 1 + _USUAL_WEIGHT
    )
    return TrialTeam(
        whole / float(days.sum()),
        rate_error,
        differ,
        share,
        luck / whole + between / people_with,
        max(luck / between - 1, 1.0),
        people_with,
        whole,
    )


def outlook_of_rate(
    own: Trials,
    team: TrialTeam | None,
    ahead: Ahead,
    reached: tuple[float, float] = (0.0, 0.0),
) -> Outlook:
    """The final share of successes: ``reached`` = (successes, trials) so far in the period.

    ``own``: the person's past up to today, the elapsed part of the period included.
    """
    if team is None:
        team = fit_trials([own])
    if ahead.days <= 0 or team.trials <= 0:
        method = "own" if ahead.days <= 0 else "none"
        empty = np.zeros((0, 2))
        basis = Basis(method, round(own.trials), round(team.trials), team.people, 1.0)
        return _Rate(np.zeros(1), empty, reached, basis)
    chance = seeded(own.trials, own.successes, own.days, ahead.days)
    days = max(own.days, 0.0)
    usual = team.rate * chance.standard_gamma(1 / team.rate_error, GUESSES) * team.rate_error
    prior = 1 / team.differ / np.maximum(usual, team.rate * 1e-6)
    rate = chance.standard_gamma(1 / team.differ + own.trials, GUESSES) / (prior + days)
    wide = max(team.share * (1 - team.share) / team.share_error - 1, 0.5)
    share = chance.beta(team.share * wide, (1 - team.share) * wide, GUESSES)
    share = np.clip(share, 1e-4, 1 - 1e-4)
    strength = team.strength * np.exp(
        np.sqrt(2 / (max(team.people - 1, 0) + _USUAL_WEIGHT)) * chance.standard_normal(GUESSES)
    )
    success = chance.beta(
        strength * share + own.successes,
        strength * (1 - share) + max(own.trials - own.successes, 0.0),
    )
    weight = own.trials / (own.trials + team.strength)
    basis = Basis(
        method_of(own.trials, weight), round(own.trials), round(team.trials), team.people, weight
    )
    expected = rate * ahead.days * max(ahead.season, 0.0)
    both = np.stack([expected * success, expected * (1 - success)])
    return _Rate(both, _drawn_rates(both, reached, chance), reached, basis)


def _drawn_rates(both: Floats, reached: tuple[float, float], chance: np.random.Generator) -> Floats:
    """Final shares of futures, drawn; those without any trial are left out."""
    good, bad = chance.poisson(both[:, :, None], (*both.shape, _DRAWS))
    trials = (reached[1] + good + bad).ravel()
    return np.sort((reached[0] + good).ravel()[trials > 0] / trials[trials > 0])


class _Rate(Drawn):
    def __init__(
        self, both: Floats, final: Floats, reached: tuple[float, float], basis: Basis
    ) -> None:
        self.basis = basis
        self._both = both
        self.final = final
        self._reached = reached
        known = basis.method != "none"
        self.now = reached[0] / reached[1] if known and reached[1] > 0 else None

    def chance(self, level: float, down: bool = False) -> Chance:
        success, trials = self._reached
        if self._both.ndim == 1:
            if self.basis.method == "none":
                return UNKNOWN
            reached = success <= level * trials + 1e-9 if down else success >= level * trials - 1e-9
            return certain(trials > 0 and bool(reached))
        if down:
            return chance_over(_reach(self._both[::-1], trials - success, trials, 1 - level))
        return chance_over(_reach(self._both, success, trials, level))


def _reach(both: Floats, success: float, trials: float, level: float) -> Floats:
    """P((success + good) / (trials + good + bad) ≥ level) for each guess at (good, bad) to come."""
    good, bad = both
    nothing = np.exp(-(good + bad)) if trials <= 0 else np.zeros_like(good)
    if level <= 0:
        return np.asarray(1 - nothing)
    most = int((both + 7 * np.sqrt(both)).max()) + 12
    if most > _MOST:
        mean = good * (1 - level) - bad * level + success - level * trials
        spread = np.sqrt(good * (1 - level) ** 2 + bad * level**2)
        return normal(mean / np.maximum(spread, 1e-9))
    of_bad = poisson(bad, most)
    of_good = poisson(good, most + 1)
    at_least = np.clip(np.cumsum(of_good[:, ::-1], axis=1)[:, ::-1], 0, 1)
    failed = trials - success + np.arange(most + 1)
    if level >= 1:
        need = np.where(failed <= 1e-9, 0.0, most + 1)
    else:
        need = np.ceil(level * failed / (1 - level) - success - 1e-9)
    need = np.clip(need, 0, most + 1).astype(int)
    if trials <= 0:
        need[0] = max(need[0], 1)  # a share needs a trial
    return np.asarray((of_bad * at_least[:, need]).sum(axis=1))


def outlook_of_mean(
    own: Sequence[Stretch],
    team: Team | None,
    ahead: Ahead,
    reached: tuple[float, float] = (0.0, 0.0),
) -> Outlook:
    """The final mean of values: ``reached`` = (sum of the values, how many) so far in the period.

    ``own`` and ``team`` as for ``outlook_of_sum``, each amount a value (days, a rating).
    """
    past = past_of(own)
    if team is None or (team.events <= 0 < past.events):
        team = fit_team([own])
    method = "own" if ahead.days <= 0 else "none" if team.events <= 0 else ""
    if method:
        basis = Basis(method, round(past.events), round(team.events), team.people, 1.0)
        return _Mean(None, np.zeros(0), reached, basis)
    chance = seeded(past.exposure, past.count, ahead.days)
    rate, _ = rates_of(past, team, ahead, chance)
    atoms, weights, share = amounts_of(past, team, chance)
    mean = weights @ atoms
    spread = np.sqrt(np.maximum(weights @ atoms**2 - mean**2, 0.0))
    floor = 1e-6 * float(np.abs(atoms).max() or 1.0)
    expected = rate * ahead.days * max(ahead.season, 0.0)
    come = _Come(expected, mean, np.maximum(spread, floor), bool((atoms >= 0).all()))
    n = round(past.events)
    basis = Basis(method_of(n, share), n, round(team.events), team.people, share)
    return _Mean(come, come.drawn(reached, chance), reached, basis)


@dataclass(frozen=True)
class _Come:
    """Values to come: how many, their mean and spread, for each guess."""

    expected: Floats
    mean: Floats
    spread: Floats
    positive: bool

    def drawn(self, reached: tuple[float, float], chance: np.random.Generator) -> Floats:
        """Final means of futures, drawn; those without any value are left out."""
        n = chance.poisson(self.expected[:, None], (len(self.expected), _DRAWS))
        mean, spread = self.mean[:, None], self.spread[:, None]
        if self.positive:
            scale = spread**2 / np.maximum(mean, spread * 1e-3)
            total = chance.standard_gamma(n * mean / scale) * scale
        else:
            total = n * mean + np.sqrt(n) * spread * chance.standard_normal(n.shape)
        count = n + reached[1]
        return np.sort((total + reached[0])[count > 0] / count[count > 0])

    def numbers(self) -> tuple[Floats, Floats]:
        """How many may come (the same for all guesses, thinned out), and the probability of each."""
        most = int((self.expected + 7 * np.sqrt(self.expected)).max()) + 12
        likely = poisson(self.expected, most)
        stride = -(-most // _NODES)
        starts = np.concatenate([[0], np.arange(1, most + 1, stride)])
        ends = np.concatenate([starts[1:], [most + 1]]) - 1
        return (starts + ends) / 2, np.add.reduceat(likely, starts, axis=1)

    def at_least(self, n: Floats, need: Floats) -> Floats:
        """P(sum of n values ≥ need), guesses × n; n > 0."""
        mean, spread = self.mean[:, None], self.spread[:, None]
        if not self.positive:
            return normal((n * mean - need) / (np.sqrt(n) * spread))
        shape = n * (mean / spread) ** 2 + 1e-9
        # Wilson and Hilferty (1931): the cube root of a gamma variable is nearly normal.
        root = np.cbrt(np.maximum(need, 0) / np.maximum(n * mean, 1e-300))
        z = (1 - 1 / (9 * shape) - root) * 3 * np.sqrt(shape)
        return np.where(need <= 0, 1.0, normal(z))


class _Mean(Drawn):
    def __init__(
        self, come: _Come | None, final: Floats, reached: tuple[float, float], basis: Basis
    ) -> None:
        self.basis = basis
        self._come = come
        self.final = final
        self._reached = reached
        known = basis.method != "none"
        self.now = reached[0] / reached[1] if known and reached[1] > 0 else None

    def chance(self, level: float, down: bool = False) -> Chance:
        total, count = self._reached
        slack = 1e-9 * max(abs(total), abs(level * count))
        as_now = total <= level * count + slack if down else total >= level * count - slack
        stays = float(count > 0 and as_now)
        if self._come is None:
            return UNKNOWN if self.basis.method == "none" else certain(bool(stays))
        n, likely = self._come.numbers()
        over = self._come.at_least(n[1:], level * (count + n[1:]) - total)
        reach = ((1 - over if down else over) * likely[:, 1:]).sum(axis=1)
        return chance_over(reach + stays * likely[:, 0])
