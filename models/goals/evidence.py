"""What was done so far, as the statistics of goals read it; plain data, quick to import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stretch:
    """A part of somebody's past, best a month, with all that happened in it.

    ``days`` are equivalent working days (leave and ramp taken off). ``amounts`` holds one number
    an event (1.0 each where events are counted), of any sign; ``times`` says how often each of
    them happened, where a query has grouped them. ``age`` is the time in years from the middle of
    the stretch to today. ``season`` is the factor of that part of the year (1 = as always) and
    ``season_spread`` the standard deviation of its logarithm.
    """

    days: float
    amounts: Sequence[float] = ()
    times: Sequence[float] | None = None
    age: float = 0.0
    season: float = 1.0
    season_spread: float = 0.0


def ratio_unit(belows: Iterable[float]) -> float:
    """The unit in which the lower part of a ratio of sums is counted, from all that the team has.

    It is chosen so that the count is the number of equally large records that would say as much
    (Kish's effective sample size): a few large ones say less than many small ones. Somewhat less
    is taken off, because a period's dozens seldom hold their share of the largest (simulated).
    """
    kept = [below for below in belows if below > 0]
    whole = sum(kept)
    return 0.85 * sum(below * below for below in kept) / whole if whole > 0 else 1.0


def ratio_stretch(
    days: float,
    pairs: Iterable[tuple[float, float]],
    unit: float,
    age: float = 0.0,
    season: float = 1.0,
) -> Stretch:
    """A stretch of a ratio of sums (discount rate, receipt rate) from its records' (top, below).

    It goes to ``outlook_of_mean`` with ``reached`` = (Σ top / unit, Σ below / unit), so that the
    mean is Σ top / Σ below and never a mean of percentages. Records without a lower part are
    left out.
    """
    kept = [(top, below) for top, below in pairs if below > 0]
    return Stretch(
        days,
        [top / below for top, below in kept],
        [below / unit for _, below in kept],
        age,
        season,
    )


@dataclass(frozen=True)
class Trials:
    """Somebody's past in trials: so many succeeded of so many, in so many working days."""

    days: float
    successes: float
    trials: float


@dataclass(frozen=True)
class Ahead:
    """What is left of a period, or a whole one that is to come.

    ``days`` are equivalent working days; 0 = it is over. ``season`` is their factor and
    ``season_spread`` the standard deviation of its logarithm. ``years`` is the time from today to
    the middle of what is left: growth goes on until then.
    """

    days: float
    season: float = 1.0
    season_spread: float = 0.0
    years: float = 0.0


@dataclass(frozen=True)
class Deals:
    """Open deals expected inside what is left: (amount, probability) each.

    ``open_share`` is the share of what is usually won in such a time that was already open when
    it began: that part of the run-rate is replaced by these deals, the rest is still to be found.
    """

    deals: Sequence[tuple[float, float]] = ()
    open_share: float = 0.5


@dataclass(frozen=True)
class Chance:
    """A probability (``mid``) and its 80 % range, all within [0, 1]: low ≤ mid ≤ high."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Basis:
    """What an outlook rests on.

    ``method``: "own" (own records carry at least half), "pooled" (own records, the team's carry
    more than half), "team" (no own record), "none" (nobody has a record).
    ``own_share``: how much the own records weigh against the team's, 0 to 1.
    ``growth``: the change per year that was found, 0.1 = +10 %; 0 where it is not reckoned.
    """

    method: str
    own: int
    team: int
    people: int
    own_share: float
    growth: float = 0.0


@dataclass(frozen=True)
class Standing:
    """Where a proposed level stands: its chance, and how many past periods reached it."""

    level: float
    chance: Chance
    reached_before: int
    periods: int


@dataclass(frozen=True)
class Levels:
    """The levels that are reached with about 80, 50 and 20 % chance."""

    floor: float
    target: float
    stretch: float
    basis: Basis = field(default=Basis("none", 0, 0, 0, 0.0))
