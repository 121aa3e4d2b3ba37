"""How likely a level is reached, and where the final value will lie: 80 % ranges that hold.

One outlook a goal: 80 guesses at what the person truly is like, drawn from own and team records
(``pooling``), each with the distribution of what is still to come. ``chance`` gives the mean of the
probability over the guesses, and its 10 and 90 % quantiles: the range carries the doubt about the
person, the probability the luck that remains. The same input gives the same answer. The kinds:

- ``outlook_of_sum`` (money, counts): a compound process per working day, see ``compound``.
- ``outlook_of_rate`` (won of closed): trials arrive as Poisson, each succeeds with a probability
  that has a beta distribution around the team's.
- ``outlook_of_mean`` (days; with ``ratio_stretch`` ratios of sums): the mean of what is there and
  what comes, gamma-approximated.
- ``outlook_of_stock`` (receivables overdue at the end): a random walk from where it is now.

Lower is better: ``chance(level, down=True)``. numpy is loaded with this module: import it where it
is first needed. Nothing here divides by zero or returns NaN.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.goals.averages import fit_trials, outlook_of_mean, outlook_of_rate
from models.goals.compound import Curve, Floats, curve
from models.goals.evidence import Ahead, Basis, Chance, Deals, Stretch
from models.goals.outlook import (
    UNKNOWN,
    Outlook,
    certain,
    chance_over,
    method_of,
    standing,
    suggest,
)
from models.goals.pooling import (
    FEW,
    GUESSES,
    Past,
    Team,
    amounts_of,
    fit_team,
    past_of,
    rates_of,
    seeded,
)
from models.goals.stock import outlook_of_stock

__all__ = [
    "Outlook",
    "fit_team",
    "fit_trials",
    "outlook_of_mean",
    "outlook_of_rate",
    "outlook_of_stock",
    "outlook_of_sum",
    "standing",
    "suggest",
]

_ODDS_SPREAD = 0.4  # how far a whole pipeline's stated probabilities are off (log odds)


class _Sum:
    def __init__(self, come: Curve | None, reached: float, unit: float, basis: Basis) -> None:
        """Without a curve nothing is to come (``basis`` has a method) or nothing is known."""
        self.basis = basis
        self._come = come
        self._reached = reached
        self._unit = unit
        self._over = come is None and basis.method != "none"

    def chance(self, level: float, down: bool = False) -> Chance:
        need = level - self._reached
        if abs(need) <= 1e-9 * max(abs(level), abs(self._reached)):
            need = 0.0
        if self._come is None:
            if self._over:
                return certain(need >= 0 if down else need <= 0)
            return certain(not down) if need <= 0 and not (down and need == 0) else UNKNOWN
        if self._unit:  # between two multiples, where no doubt is which of them count
            steps = need / self._unit
            steps = np.floor(steps + 1e-6) + 0.5 if down else np.ceil(steps - 1e-6) - 0.5
            need = float(steps) * self._unit
        if down:
            return chance_over(1 - self._come.reach(need, beyond=True))
        return chance_over(self._come.reach(need))

    def quantile(self, share: float) -> float | None:
        if self._come is None:
            return self._reached if self._over else None
        value = self._come.quantile(share)
        if self._unit:
            value = float(np.floor(value / self._unit + 0.5)) * self._unit
        if self._come.positive:
            value = max(value, 0.0)
        return self._reached + value

    def span(self, share: float = 0.8) -> tuple[float, float] | None:
        low, high = (1 - share) / 2, (1 + share) / 2
        if self._come is not None and self._come.positive and self._come.at_zero() >= low:
            low, high = 0.0, share  # "nothing at all" is likely enough to be the lower end
        one, other = self.quantile(low) if low else self._reached, self.quantile(high)
        return None if one is None or other is None else (one, max(one, other))


def outlook_of_sum(
    own: Sequence[Stretch],
    team: Team | None,
    ahead: Ahead,
    reached: float = 0.0,
    deals: Deals | None = None,
) -> Outlook:
    """The final value of a sum or count: ``reached`` so far and what comes in the days ahead.

    ``own`` is the person's past up to today, the elapsed part of the period included (it is
    evidence too); the asked period's own sum is ``reached``. ``team`` comes from ``fit_team`` over
    everybody; None: there is nobody else. A team's goal passes the whole team's stretches as own.
    """
    past = past_of(own)
    if team is None or (team.events <= 0 < past.events):
        team = fit_team([own])
    if ahead.days <= 0:
        return _Sum(None, reached, 0.0, _basis(past, team, 1.0, method="own"))
    if team.events <= 0 and (deals is None or not deals.deals):
        return _Sum(None, reached, 0.0, _basis(past, team, 0.0, method="none"))
    chance = seeded(past.exposure, past.count, ahead.days)
    rate, own_rate = rates_of(past, team, ahead, chance)
    atoms, weights, own_amounts = amounts_of(past, team, chance)
    expected = rate * ahead.days * max(ahead.season, 0.0)
    if ahead.season_spread > 0:
        expected = expected * np.exp(ahead.season_spread * chance.standard_normal(GUESSES))
    open_deals = None
    if deals is not None and deals.deals:
        expected = expected * (1 - min(max(deals.open_share, 0.0), 1.0))
        open_deals = _deals(deals, chance)
    come = curve(expected, atoms, weights, team.scatter(ahead.days), open_deals)
    unit = 0.0 if open_deals is not None else _unit(atoms, come.step)
    share = own_rate if len(set(atoms)) == 1 else (own_rate + own_amounts) / 2
    return _Sum(come, reached, unit, _basis(past, team, share))


def _unit(atoms: Floats, step: float) -> float:
    """What all amounts are multiples of, where that can be told apart: counts, prices of a list."""
    sizes = np.unique(np.abs(atoms[atoms != 0]))
    if not 0 < len(sizes) <= FEW:
        return 0.0
    for parts in range(1, 7):
        unit = float(sizes[0]) / parts
        if unit < 4 * step:
            return 0.0
        if np.abs(sizes / unit - np.round(sizes / unit)).max() < 1e-6:
            return unit
    return 0.0


def _basis(past: Past, team: Team, share: float, method: str = "") -> Basis:
    own = round(past.events)
    if not method:
        method = method_of(own, share)
    growth = float(np.expm1(team.growth))
    return Basis(method, own, round(team.events), team.people, float(share), growth)


def _deals(deals: Deals, chance: np.random.Generator) -> tuple[Floats, Floats]:
    amounts = np.array([amount for amount, _ in deals.deals], dtype=np.float64)
    stated = np.clip([probability for _, probability in deals.deals], 0.0, 1.0)
    shift = np.exp(_ODDS_SPREAD * chance.standard_normal(GUESSES))[:, None]
    return amounts, stated * shift / (1 - stated + stated * shift)
