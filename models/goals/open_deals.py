"""Open deals that are expected in what is left of a period, and how much of the usual they stand for.

A deal that is won in some days was open when they began if it was older than the time passed since.
So the share of what is won in D days that comes from deals already open is the mean of min(age, D) / D
(of the age less the time until then, where the days begin later) over the ages at which deals were won,
drawn towards one half with the weight of ten deals. Only the part of the pipeline that says when it is
expected, and how likely it is, can stand for it: the share is taken times the dated part of all open
deals, and the rest stays with the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.dialects import Connection
from models.goals.evidence import Deals
from models.goals.scope import Scope
from models.money import from_scaled

WON_COUNT = "won_count"
WON = {"won_amount", WON_COUNT}  # the measures that open deals say something of
# Days slip, odds are said by people, and deals come that nobody knows of yet: open deals and the history
# that they would replace are each believed by half, so that neither alone decides.
_BELIEVED = 0.5
_HALF, _WEIGHT = 0.5, 10.0  # what is expected of the share before any deal was won, and its weight
_MOST = 2_000  # won deals whose ages are read, the latest ones


def open_share(ages: tuple[int, ...], days: int, later: int = 0) -> float:
    """The share of what is won in so many days that was open ``later`` days before they began."""
    if days <= 0:
        return 1.0
    seen = sum(min(max(age - later, 0), days) for age in ages) / days
    return (seen + _HALF * _WEIGHT) / (len(ages) + _WEIGHT)


@dataclass(frozen=True)
class OpenDeals:
    """``known``: (owner, expected day, amount, probability) of each open deal that says so; ``dated``:
    their part of all open deals; ``ages``: days from opening to winning of past deals."""

    known: tuple[tuple[int | None, date, float, float], ...] = ()
    dated: float = 0.0
    ages: tuple[int, ...] = ()

    @classmethod
    def read(cls, db: Connection) -> OpenDeals:
        """Read the open deals and the ages at which the latest deals were won."""
        rows = db.run(
            "SELECT b.owner, b.expected_close, coalesce(b.amount, 0), "
            "coalesce(b.probability, s.probability) "
            "FROM opportunity b LEFT JOIN stage s ON s.id = b.stage "
            "WHERE b.alive = 1 AND b.status = 'open'"
        )
        every = list(rows)
        known = tuple(
            (owner, date.fromisoformat(day), float(from_scaled(amount)), float(from_scaled(odds)))
            for owner, day, amount, odds in every
            if day is not None and odds is not None
        )
        won = db.run(
            "SELECT opened_on, closed_on FROM opportunity WHERE alive = 1 AND status = 'won' "
            "AND opened_on IS NOT NULL AND closed_on IS NOT NULL "
            f"ORDER BY closed_on DESC, id LIMIT {_MOST}"
        )
        ages = tuple(
            (date.fromisoformat(closed) - date.fromisoformat(opened)).days for opened, closed in won
        )
        return cls(known, len(known) / len(every) if every else 0.0, ages)

    def expected(
        self, scope: Scope, first: date, last: date, counted: bool, on: date
    ) -> Deals | None:
        """Those of some people from one day to another, as of the end of the day ``on``.

        None without any. ``counted``: each counts as one, whatever its amount. Those that are overdue are
        expected now, as in the forecast.
        """
        earliest = date.min if first - on <= timedelta(days=1) else first
        found = [
            (1.0 if counted else amount, odds * _BELIEVED)
            for owner, day, amount, odds in self.known
            if (scope is None or owner in scope) and earliest <= day <= last
        ]
        if not found:
            return None
        share = open_share(self.ages, (last - first).days + 1, (first - on).days - 1)
        return Deals(found, share * self.dated * _BELIEVED)
