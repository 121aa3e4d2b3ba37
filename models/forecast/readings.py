"""Two of the three readings of a period: what people commit to, and the weighted pipeline.

**Commitment.** Of a person who made a commitment for the period: that amount, or what is won already
if that is more. Of all others: what is won, and the deals expected in the period that are marked as
committed, in full. *Low* counts what is still to come only as far as it is covered by odds: committed
deals weighted by their probability; of a stated amount no more than all of the person's expected
deals weighted. *High* adds the other expected deals, weighted.

**Weighted pipeline.** What is won, and amount × probability of every open deal expected in the period.
Its range is that of ``odds``, learnt from how stated odds came true.

Open deals without an expected date are in neither; they are counted and named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from models.forecast import odds
from models.forecast.states import Deal, States
from models.forecast.window import COMMIT, OMITTED, Window, share
from models.money import SCALE

_CENT = SCALE // 100


@dataclass(frozen=True)
class Reading:
    """One reading in millionths; ``n`` is how many deals it stands on, ``method`` how it was made.

    ``calibrated`` is the middle of the weighted pipeline with its odds as they come true, around
    which its range lies; the range is widened as far as ``mid``, which counts stated odds.
    """

    low: int
    mid: int
    high: int
    n: int
    method: str = ""
    calibrated: int | None = None


@dataclass
class Tally:
    """What the deals of a person, or of several, come to in a period."""

    won: int = 0
    won_deals: int = 0
    committed: int = 0
    committed_weighted: int = 0
    committed_deals: int = 0
    others_weighted: int = 0
    amounts: list[int] = field(default_factory=list)
    probabilities: list[int] = field(default_factory=list)
    expected_weighted: int = 0
    undated: int = 0
    undated_amount: int = 0
    omitted: int = 0
    assumed: int = 0

    @property
    def counts(self) -> bool:
        """Whether any deal was won, is expected or waits for a date."""
        return bool(self.won_deals or self.amounts or self.undated or self.omitted)

    def add(self, deal: Deal, window: Window) -> None:
        """Count a deal."""
        if deal.status == "won":
            self.won += window.won(deal)
            self.won_deals += window.closed_in(deal)
        elif window.expects(deal):
            self._expect(deal)
        elif deal.status == "open" and not window.over:
            if deal.category == OMITTED:
                self.omitted += 1
            elif deal.expected_close is None:
                self.undated += 1
                self.undated_amount += deal.amount

    def _expect(self, deal: Deal) -> None:
        weighted = share(deal)
        self.amounts.append(deal.amount)
        self.probabilities.append(deal.probability)
        self.expected_weighted += weighted
        self.assumed += deal.assumed
        if deal.category == COMMIT:
            self.committed += deal.amount
            self.committed_weighted += weighted
            self.committed_deals += 1
        else:
            self.others_weighted += weighted

    def commitment(self, stated: int | None) -> Reading:
        """The reading of one person."""
        by_deals = self.won + self.committed
        n = self.won_deals + self.committed_deals
        if stated is None:
            low, mid = self.won + self.committed_weighted, by_deals
        else:
            mid = max(self.won, stated)
            low = self.won + min(mid - self.won, max(self.expected_weighted, 0))
        high = max(mid, by_deals + self.others_weighted)
        return Reading(min(low, mid), mid, high, n)

    def pipeline(self, doubt: odds.Doubt) -> Reading:
        """The weighted pipeline with its range."""
        mid = self.won + self.expected_weighted
        found = odds.spread(self.amounts, self.probabilities, doubt)
        low, mean, high = (self.won + round(one / _CENT) * _CENT for one in found)
        n = self.won_deals + len(self.amounts)
        return Reading(min(low, mid), mid, max(high, mid), n, calibrated=mean)


def tallies(states: States, window: Window) -> dict[int | None, Tally]:
    """What the deals of each owner come to; None owns those of nobody."""
    made: dict[int | None, Tally] = {}
    for deal in states.deals.values():
        tally = made.get(deal.owner)
        if tally is None:
            tally = made[deal.owner] = Tally()
        tally.add(deal, window)
    return made


def together(several: Iterable[Tally]) -> Tally:
    """One tally of several."""
    made = Tally()
    for one in several:
        for name, value in vars(one).items():
            setattr(made, name, getattr(made, name) + value)
    return made


def added(several: Collection[Reading]) -> Reading:
    """The sum of the commitments of several people, range and all: nobody makes up for another."""
    names = ("low", "mid", "high", "n")
    return Reading(*(sum(getattr(one, name) for one in several) for name in names))
