"""Outlooks of what stands at a period's end and is not summed: open pipeline, overdue receivables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.goals.compound import Floats, normal
from models.goals.evidence import Basis, Chance
from models.goals.outlook import UNKNOWN, Drawn, Outlook, certain, chance_over
from models.goals.pooling import GUESSES, seeded

_USUAL_CHANGE = 0.2  # of the mean level, from one past value to the next ...
_USUAL_CHANGES = 2.0  # ... and how many changes seen it counts as
_ENOUGH = 3  # changes from which on they speak for themselves
_NO_DRIFT = 24.0  # changes that speak for no drift
_DRAWS = 8


def outlook_of_stock(past: Sequence[float], now: float | None, steps: float) -> Outlook:
    """The value at the end, ``steps`` from now: a random walk with little drift.

    ``past``: the values at the ends of past stretches of equal length (months), oldest first;
    ``now``: today's value; ``steps``: how many such stretches are left, 0 = it is over. It knows
    nothing of a level that it returns to, so that its range is rather too wide than too narrow.
    """
    changes = np.diff(np.asarray(past, dtype=np.float64))
    n = len(changes)
    over = steps <= 0 and now is not None
    basis = Basis("own" if over or (n and now is not None) else "none", n, n, 1, 1.0)
    if over or not n or now is None:
        return _Stock(np.zeros((2, 0)), np.zeros(0), now if over else None, False, basis)
    level = float(np.abs(past).mean())
    chance = seeded(float(n), steps)
    squares = float(((changes - changes.mean() * n / (n + _NO_DRIFT)) ** 2).sum())
    freedom = n - 0.5
    if n < _ENOUGH:
        squares += _USUAL_CHANGES * (_USUAL_CHANGE * level) ** 2
        freedom += _USUAL_CHANGES
    spread = np.sqrt(squares / (2 * chance.standard_gamma(freedom / 2, GUESSES)))
    drift = float(changes.sum()) / (n + _NO_DRIFT)
    drifts = drift + spread / np.sqrt(n + _NO_DRIFT) * chance.standard_normal(GUESSES)
    end = np.stack([now + steps * drifts, spread * np.sqrt(steps)])
    final = end[0][:, None] + end[1][:, None] * chance.standard_normal((GUESSES, _DRAWS))
    positive = now >= 0 and min(past) >= 0
    final = np.sort(np.maximum(final, 0.0 if positive else -np.inf).ravel())
    return _Stock(end, final, now, positive, basis)


class _Stock(Drawn):
    def __init__(
        self, end: Floats, final: Floats, now: float | None, positive: bool, basis: Basis
    ) -> None:
        """``end``: means and standard deviations of the value at the end, for each guess."""
        self.basis = basis
        self.final = final
        self.now = now
        self._end = end
        self._positive = positive

    def chance(self, level: float, down: bool = False) -> Chance:
        if self.basis.method == "none":
            return UNKNOWN
        if not len(self.final):
            now = self.now or 0.0
            return certain(now <= level if down else now >= level)
        if self._positive and (level < 0 or (level == 0 and not down)):
            return certain(not down)  # it can't fall below nothing
        mean, spread = self._end
        away = np.where(spread > 0, (mean - level) / np.maximum(spread, 1e-300), 0.0)
        still = mean <= level if down else mean >= level
        moves = normal(-away if down else away)
        return chance_over(np.where(spread > 0, moves, still.astype(np.float64)))
