"""What a deal counts in a period, as seen on a day. Amounts are integers of millionths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.forecast.states import Deal
from models.money import SCALE
from models.periods import Period

COMMIT = "commit"
OMITTED = "omitted"


@dataclass(frozen=True)
class Window:
    """A period seen from a day, as ISO text: ``start`` is in it, ``end`` no more."""

    start: str
    end: str
    day: str

    @classmethod
    def of(cls, period: Period, day: date) -> Window:
        """The window of a period on a day."""
        return cls(period.start.isoformat(), period.end.isoformat(), day.isoformat())

    @property
    def over(self) -> bool:
        """Whether nothing can be expected in it any more."""
        return self.day >= self.end

    def closed_in(self, deal: Deal) -> bool:
        """Whether it was closed in the period."""
        return deal.closed_on is not None and self.start <= deal.closed_on < self.end

    def won(self, deal: Deal) -> int:
        """Its amount if it was won in the period."""
        return deal.amount if deal.status == "won" and self.closed_in(deal) else 0

    def expects(self, deal: Deal) -> bool:
        """Whether it is open and to be decided in the period; what is overdue is expected now.

        Deals that their owner omits from the forecast, and those without a date, are not.
        """
        if deal.status != "open" or deal.expected_close is None or deal.category == OMITTED:
            return False
        return self.start <= max(deal.expected_close, self.day) < self.end

    def weighted(self, deal: Deal) -> int:
        """What was won, and of what is expected the amount times its probability."""
        return share(deal) if self.expects(deal) else self.won(deal)

    def committed(self, deal: Deal) -> int:
        """What was won, and what is expected and marked as committed, in full."""
        if deal.category == COMMIT and self.expects(deal):
            return deal.amount
        return self.won(deal)


def share(deal: Deal) -> int:
    """Amount times probability, rounded half away from zero."""
    part = (abs(deal.amount) * deal.probability * 2 + SCALE) // (2 * SCALE)
    return part if deal.amount >= 0 else -part
