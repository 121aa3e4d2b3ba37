"""The bridge between two forecasts of one period: what each deal's movement added or took.

Sequential substitution: a deal goes from what it was to what it is one cause after the other, and
each cause gets what it changed at its turn. The steps begin at the first value and end at the last,
so that their sum is the difference whatever happened; all are integers, so nothing is lost.

The order: owner, outcome (won, lost, reopened), dates, amount, probability with stage, category, and
last the passing of time itself. The outcome comes before the probability because winning sets it to
100 %; a deal that is reopened is all reopening, because its amount and odds begin anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from models.forecast.states import Deal, States
from models.forecast.window import Window
from models.texts import N_, tr

# In the order in which they are told.
KINDS = {
    "new": N_("New deals"),
    "won": N_("Won"),
    "lost": N_("Lost"),
    "reopened": N_("Opened again"),
    "amount": N_("Amount changed"),
    "date": N_("Date moved"),
    "probability": N_("Odds or stage changed"),
    "category": N_("Forecast category changed"),
    "owner": N_("Owner changed"),
    "time": N_("Time passed"),
    "restored": N_("Restored"),
    "removed": N_("Removed"),
    "stated": N_("Commitment changed"),
}

Value = Callable[[Deal, Window], int]  # what a deal counts in a reading, in millionths


class Part(NamedTuple):
    """What one cause did to one deal, in millionths."""

    id: int
    before: int
    after: int

    @property
    def delta(self) -> int:
        """What it added."""
        return self.after - self.before


@dataclass(frozen=True)
class Item:
    """All that one cause did; of ``stated`` the parts are people, of all others deals."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def amount(self) -> int:
        """What the cause added in all."""
        return sum(one.delta for one in self.parts)

    def text(self) -> str:
        """What the cause is called."""
        return tr(KINDS[self.kind])


@dataclass(frozen=True)
class Bridge:
    """The two forecasts and what lies between them: ``start`` and the items make ``end``, exactly."""

    start: int
    end: int
    items: tuple[Item, ...]


def bridge(
    before: States, after: States, windows: tuple[Window, Window], value: Value
) -> dict[str, list[Part]]:
    """The parts of each cause, for the sum of ``value`` over all deals."""
    made: dict[str, list[Part]] = {}
    old, new = windows
    for id in before.deals.keys() | after.deals.keys():
        was, now = before.deals.get(id), after.deals.get(id)
        first = value(was, old) if was is not None else 0
        if was is not None and now is not None:
            at = first
            for kind, deal, window in _steps(was, now, windows):
                stands = value(deal, window)
                if stands != at:
                    made.setdefault(kind, []).append(Part(id, at, stands))
                at = stands
            continue
        last = value(now, new) if now is not None else 0
        if first != last:
            come = "restored" if id in before.gone else "new"
            made.setdefault(come if was is None else "removed", []).append(Part(id, first, last))
    return made


def _steps(
    was: Deal, now: Deal, windows: tuple[Window, Window]
) -> Iterator[tuple[str, Deal, Window]]:
    """A deal after each cause; the last is what it is now, in the window of now."""
    old, new = windows
    if was == now:
        yield "time", now, new
        return
    deal = was._replace(owner=now.owner)
    yield "owner", deal, old
    if was.status != now.status:
        if now.status == "open":
            deal = now
        else:
            deal = deal._replace(status=now.status, closed_on=now.closed_on)
        yield (now.status if now.status != "open" else "reopened"), deal, old
    deal = deal._replace(expected_close=now.expected_close, closed_on=now.closed_on)
    yield "date", deal, old
    deal = deal._replace(amount=now.amount)
    yield "amount", deal, old
    deal = deal._replace(probability=now.probability, stage=now.stage)
    yield "probability", deal, old
    yield "category", now, old
    yield "time", now, new


def listed(parts: dict[str, list[Part]]) -> tuple[Item, ...]:
    """The causes in the order in which they are told, of each what moved most first."""
    return tuple(
        Item(kind, tuple(sorted(parts[kind], key=lambda one: (-abs(one.delta), one.id))))
        for kind in KINDS
        if parts.get(kind)
    )
