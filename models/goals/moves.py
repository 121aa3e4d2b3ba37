"""What moved between two days: each deal once, by what happened to it, and what that did to the forecast.

The effect is what the deal counts in the weighted forecast of the period now, less what it counted
then; so the effects of all deals are the difference of the two forecasts, to the last digit. A deal
that changed hands stands with both its owners, each with their own part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book
from models.forecast.states import Deal, States, states_on
from models.forecast.window import Window
from models.money import from_scaled
from models.periods import Period
from models.texts import N_, tr

# In the order in which they are told.
KINDS = {
    "won": N_("Won"),
    "lost": N_("Lost"),
    "new": N_("New"),
    "later": N_("Moved later"),
    "earlier": N_("Moved earlier"),
    "reopened": N_("Opened again"),
    "amount": N_("Amount changed"),
    "odds": N_("Odds or stage changed"),
    "category": N_("Forecast category changed"),
    "owner": N_("Owner changed"),
    "removed": N_("Removed"),
    "time": N_("Time passed"),
}
_ALWAYS = ("won", "lost", "new", "later", "earlier", "reopened", "removed")


@dataclass(frozen=True)
class Moved:
    """A deal that moved; ``before`` and ``after`` are the days of its expected close, or of closing."""

    deal: int
    label: str
    owner: int | None
    kind: str
    amount: Decimal
    before: date | None
    after: date | None
    effect: Decimal

    def text(self) -> str:
        """What happened to it."""
        return tr(KINDS[self.kind])


@dataclass(frozen=True)
class OpenDeal:
    """A deal that is still to be decided."""

    deal: int
    label: str
    amount: Decimal
    due: date | None
    weighted: Decimal


@dataclass(frozen=True)
class Course:
    """The deals of one owner between two days; ``start`` and the effects of ``moved`` make ``end``."""

    start: Decimal
    end: Decimal
    moved: tuple[Moved, ...]
    expected: tuple[OpenDeal, ...]  # open, to be decided in the period, what weighs most first
    overdue: tuple[OpenDeal, ...]  # open though their day is over


NOTHING = Course(Decimal(0), Decimal(0), (), (), ())


@dataclass(frozen=True)
class Moves:
    """The deals of everybody between two days."""

    of: dict[int | None, Course]
    reconstructed: int
    deals: int

    def course(self, person: int | None) -> Course:
        """The deals of a person; of None those of nobody."""
        return self.of.get(person, NOTHING)


def moves(book: Book, since: date, on: date, period: Period) -> Moves:
    """What moved from the end of one day to the end of another, by owner."""
    old, new = states_on(book, since), states_on(book, on)
    return _Making(book, old, new, Window.of(period, since), Window.of(period, on)).made()


@dataclass
class _Making:
    book: Book
    old: States
    new: States
    then: Window
    now: Window

    def made(self) -> Moves:
        start: dict[int | None, int] = defaultdict(int)
        end: dict[int | None, int] = defaultdict(int)
        for one in self.old.deals.values():
            start[one.owner] += self.then.weighted(one)
        for one in self.new.deals.values():
            end[one.owner] += self.now.weighted(one)
        moved = self._moved()
        expected = self._open(self.now.expects)
        overdue = self._open(lambda deal: (deal.expected_close or "9") < self.now.day)
        owners = {*start, *end, *moved, *expected, *overdue}
        return Moves(
            {
                owner: Course(
                    from_scaled(start[owner]),
                    from_scaled(end[owner]),
                    tuple(moved.get(owner, ())),
                    tuple(expected.get(owner, ())),
                    tuple(overdue.get(owner, ())),
                )
                for owner in owners
            },
            self.new.reconstructed,
            len(self.new.deals),
        )

    def _moved(self) -> dict[int | None, list[Moved]]:
        made: dict[int | None, list[Moved]] = defaultdict(list)
        for id in self.old.deals.keys() | self.new.deals.keys():
            was, now = self.old.deals.get(id), self.new.deals.get(id)
            if was == now and self.then.over == self.now.over and was and was.status != "open":
                continue
            before = self.then.weighted(was) if was else 0
            after = self.now.weighted(now) if now else 0
            kind = _kind(was, now)
            for owner, effect in _shared(was, now, before, after).items():
                if effect or (kind in _ALWAYS and was != now):
                    made[owner].append(self._one(id, owner, kind, was, now, effect))
        order = list(KINDS)
        for listed in made.values():
            listed.sort(key=lambda one: (order.index(one.kind), -abs(one.amount), one.deal))
        return made

    def _one(
        self,
        id: int,
        owner: int | None,
        kind: str,
        was: Deal | None,
        now: Deal | None,
        effect: int,
    ) -> Moved:
        deal = now or was
        assert deal is not None
        return Moved(
            id,
            self.book.label("opportunity", id),
            owner,
            kind,
            from_scaled(deal.amount),
            _day(was),
            _day(now),
            from_scaled(effect),
        )

    def _open(self, which: Callable[[Deal], bool]) -> dict[int | None, list[OpenDeal]]:
        made: dict[int | None, list[OpenDeal]] = defaultdict(list)
        chosen = [one for one in self.new.deals.values() if one.status == "open" and which(one)]
        for one in sorted(chosen, key=lambda deal: (-self.now.weighted(deal), -deal.amount)):
            made[one.owner].append(
                OpenDeal(
                    one.id,
                    self.book.label("opportunity", one.id),
                    from_scaled(one.amount),
                    _iso(one.expected_close),
                    from_scaled(self.now.weighted(one)),
                )
            )
        return made


def _shared(was: Deal | None, now: Deal | None, before: int, after: int) -> dict[int | None, int]:
    """What a deal did to the forecast of its owners."""
    if was is not None and now is not None and was.owner != now.owner:
        return {was.owner: -before, now.owner: after}
    deal = now or was
    assert deal is not None
    return {deal.owner: after - before}


def _kind(was: Deal | None, now: Deal | None) -> str:
    """What happened to a deal, by what matters most."""
    if now is None:
        return "removed"
    if was is None:
        return "new" if now.status == "open" else now.status
    if was.status != now.status:
        return now.status if now.status != "open" else "reopened"
    if was.owner != now.owner:
        return "owner"
    if now.status == "open" and was.expected_close != now.expected_close:
        later = (now.expected_close or "9") > (was.expected_close or "9")
        return "later" if later else "earlier"
    if was.amount != now.amount:
        return "amount"
    if (was.probability, was.stage) != (now.probability, now.stage):
        return "odds"
    return "category" if was.category != now.category else "time"


def _day(deal: Deal | None) -> date | None:
    return None if deal is None else _iso(deal.closed_on or deal.expected_close)


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
