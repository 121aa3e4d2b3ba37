"""What past months say about coming ones: season, growth, and a forecast with its 80 % range.

One Bayesian regression on the logarithm of each month's total per working day: a level, growth a
year (drawn towards none, standard deviation 20 %), twelve month effects and one for the first, the
second and the third month of a quarter, which a few quarters show already. How far the effects are drawn towards "no season" is not chosen: five strengths are weighed by how well each explains
the months, so that one year of data gives little season and five years give what is there. Where a
month has nothing or less (returns), the same is done on the amounts themselves instead of logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.goals.compound import Floats
from models.goals.pooling import LEAST_DAYS, seeded

_GROWTH = 0.2  # standard deviation of growth a year before anything was seen
_NOISE = 0.09  # squared scatter of a month's logarithm before anything was seen ...
_NOISE_MONTHS = 2.0  # ... and how many months that counts as
_STRENGTHS = (0.05, 0.5, 1.0, 2.0, 4.0)  # of month effects against the scatter
_DRAWS = 1000
_COLUMNS = 17


@dataclass(frozen=True)
class Month:
    """A past month's total and its working days; a month without records has the total 0."""

    year: int
    month: int
    total: float
    days: float


@dataclass(frozen=True)
class Season:
    """Twelve factors (mean 1), the standard deviation of each one's logarithm, and what was read."""

    factors: tuple[float, ...]
    spreads: tuple[float, ...]
    growth: float
    years: float
    months: int

    def over(self, days_by_month: Sequence[tuple[int, float]]) -> tuple[float, float]:
        """Factor and spread of a time with so many working days in each month (1 … 12)."""
        days = sum(days for _, days in days_by_month)
        if days <= 0:
            return 1.0, 0.0
        parts = [(self.factors[month - 1] * d / days, month) for month, d in days_by_month]
        factor = sum(part for part, _ in parts)
        by_month: dict[int, float] = {}
        for part, month in parts:
            by_month[month] = by_month.get(month, 0.0) + part
        square = sum((part * self.spreads[month - 1]) ** 2 for month, part in by_month.items())
        return factor, square**0.5 / factor if factor > 0 else 0.0


NO_SEASON = Season((1.0,) * 12, (0.0,) * 12, 0.0, 0.0, 0)


@dataclass(frozen=True)
class Forecast:
    """A total to come: the middle, its 80 % range and what it rests on.

    ``method``: "season" (two years or more), "level" (less: hardly any season can be seen).
    """

    low: float
    mid: float
    high: float
    method: str
    growth: float
    years: float
    months: int


@dataclass(frozen=True)
class _Fit:
    """One strength: its weight, the estimate, its covariance over the noise, the noise's gamma."""

    weight: float
    beta: Floats
    root: Floats
    shape: float
    rate: float


@dataclass(frozen=True)
class _Model:
    fits: tuple[_Fit, ...]
    logs: bool
    scale: float
    positive: bool
    last: float
    usual_days: float


def season_of(months: Sequence[Month]) -> Season:
    """The season in past months of the same measure; ``NO_SEASON`` where there is nothing to see."""
    known = _known(months)
    if len(known) < 3:
        return NO_SEASON
    model = _model(known)
    middle, square, growth = np.zeros(12), np.zeros(12), 0.0
    for fit in model.fits:
        # Against the mean of all months: what they share is the level, not the season.
        effect, error = _of_months(fit.beta), _of_months(fit.root)
        effect, error = effect - effect.mean(), error - error.mean(axis=0)
        variance = (error**2).sum(axis=1) * fit.rate / max(fit.shape - 1, 0.5)
        middle += fit.weight * effect
        square += fit.weight * (variance + effect**2)
        growth += fit.weight * float(fit.beta[1])
    spread = np.sqrt(np.maximum(square - middle**2, 0.0))
    factors = np.exp(middle) if model.logs else np.maximum(1 + middle, 0.05)
    mean = float(factors.mean())
    return Season(
        tuple(float(one) for one in factors / mean),
        tuple(float(one) for one in np.minimum(spread if model.logs else spread / factors, 1.0)),
        float(np.expm1(growth)) if model.logs else growth,
        len(known) / 12,
        len(known),
    )


def forecast(
    months: Sequence[Month], ahead: Sequence[tuple[int, int, float]], reached: float = 0.0
) -> Forecast | None:
    """The total of the (year, month, working days) to come, ``reached`` added; None: no history.

    ``months`` end before what is ahead begins; a month that is under way counts with its part.
    """
    known = _known(months)
    todo = [one for one in ahead if one[2] >= LEAST_DAYS]
    if not known:
        return None
    model = _model(known)
    growth = float(sum(fit.weight * fit.beta[1] for fit in model.fits))
    growth = float(np.expm1(growth)) if model.logs else growth
    years = len(known) / 12
    method = "season" if len(known) >= 24 else "level"
    totals = _drawn(model, todo) if todo else np.zeros(1)
    low, mid, high = (float(reached + one) for one in np.quantile(totals, (0.1, 0.5, 0.9)))
    return Forecast(low, mid, high, method, growth, years, len(known))


def _known(months: Sequence[Month]) -> list[Month]:
    return [one for one in months if one.days >= LEAST_DAYS]


def _design(when: Sequence[tuple[int, int]], last: float) -> Floats:
    """Columns: level, years since the last known month, twelve months, three places in a quarter."""
    rows = np.zeros((len(when), _COLUMNS))
    rows[:, 0] = 1
    rows[:, 1] = [year + month / 12 - last for year, month in when]
    rows[np.arange(len(when)), [month + 1 for _, month in when]] = 1
    rows[np.arange(len(when)), [(month - 1) % 3 + 14 for _, month in when]] = 1
    return rows


def _of_months(effects: Floats) -> Floats:
    """The twelve months' effects with those of their places in the quarter."""
    return np.asarray(effects[2:14] + np.tile(effects[14:17].T, 4).T)


def _model(months: Sequence[Month]) -> _Model:
    total = np.array([one.total for one in months], dtype=np.float64)
    days = np.array([one.days for one in months], dtype=np.float64)
    rate = total / days
    logs = bool((total > 0).all())
    scale = float(np.abs(rate).mean())  # 0: nothing ever happened, and nothing is forecast
    value = np.log(rate / scale) if logs else rate / (scale or 1.0)
    last = max(one.year + one.month / 12 for one in months)
    rows = _design([(one.year, one.month) for one in months], last)
    # A part of a month scatters more than a whole one.
    usual = float(np.median(days))
    weight = np.sqrt(np.minimum(days / usual, 1.0))
    rows, value = rows * weight[:, None], value * weight
    noise = _NOISE
    for _ in range(2):  # the second time with the noise that the first one found
        fits = [_fit(rows, value, strength, noise) for strength in _STRENGTHS]
        top = max(weight for weight, _ in fits)
        shares = np.array([np.exp(weight - top) for weight, _ in fits])
        shares /= shares.sum()
        noise = float(
            sum(s * f.rate / max(f.shape - 1, 0.5) for s, (_, f) in zip(shares, fits, strict=True))
        )
    return _Model(
        tuple(
            _Fit(float(share), fit.beta, fit.root, fit.shape, fit.rate)
            for share, (_, fit) in zip(shares, fits, strict=True)
        ),
        logs,
        scale,
        bool((total >= 0).all()),
        last,
        usual,
    )


def _fit(rows: Floats, value: Floats, strength: float, noise: float) -> tuple[float, _Fit]:
    """Log evidence and estimate with month effects of variance strength² × noise."""
    prior = np.full(_COLUMNS, 1 / strength**2)
    prior[0], prior[1] = 1e-6, noise / _GROWTH**2
    precision = rows.T @ rows + np.diag(prior)
    beta = np.linalg.solve(precision, rows.T @ value)
    left = max(float(value @ value - beta @ precision @ beta), 0.0)
    shape = (_NOISE_MONTHS + len(value)) / 2
    rate = (_NOISE_MONTHS * _NOISE + left) / 2
    _, size = np.linalg.slogdet(precision)
    evidence = 0.5 * float(np.log(prior[1:]).sum()) - 0.5 * float(size) - shape * np.log(rate)
    # The inverse of the transposed factor turns independent numbers into estimates' errors.
    root: Floats = np.asarray(np.linalg.inv(np.linalg.cholesky(precision)).T, dtype=np.float64)
    return float(evidence), _Fit(1.0, np.asarray(beta, dtype=np.float64), root, shape, rate)


def _drawn(model: _Model, ahead: Sequence[tuple[int, int, float]]) -> Floats:
    rows = _design([(year, month) for year, month, _ in ahead], model.last)
    days = np.array([days for _, _, days in ahead], dtype=np.float64)
    chance = seeded(days, rows[:, 1])
    which: npt.NDArray[np.int64] = np.searchsorted(
        np.cumsum([fit.weight for fit in model.fits]), chance.random(_DRAWS) * (1 - 1e-9)
    )
    wide = np.sqrt(np.maximum(model.usual_days / days, 1.0))
    totals = np.zeros(_DRAWS)
    for place, fit in enumerate(model.fits):
        mine = np.flatnonzero(which == place)
        if not len(mine):
            continue
        noise = np.sqrt(fit.rate / chance.standard_gamma(fit.shape, len(mine)))[:, None]
        beta = fit.beta + noise * (chance.standard_normal((len(mine), _COLUMNS)) @ fit.root.T)
        value = beta @ rows.T + noise * wide * chance.standard_normal((len(mine), len(ahead)))
        rate = np.exp(np.clip(value, -50, 50)) if model.logs else value
        totals[mine] = (rate * days).sum(axis=1) * model.scale
    return np.maximum(totals, 0.0) if model.positive else totals
