"""Records of everybody in one pot, and what each person gets of them when they are dealt out by lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.evaluations import curves
from models.evaluations.references import MEDIAN
from models.evaluations.result import Counted, ItemScore
from models.measures import engine
from models.progress import SILENT, Progress

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

SEED = 19351937
_METRIC = "metric"
_NOTHING = 1e-9  # a share that is no more than what rounding leaves of 0


class Lot:
    """The draws. Numpy's old generator is used: its numbers stay the same in every version."""

    def __init__(self) -> None:
        self._random = np.random.RandomState(SEED)

    def order(self, n: int) -> Places:
        """The places of n records in any order."""
        return np.asarray(self._random.permutation(n), dtype=np.intp)

    def counts(self, n: int, chances: Floats) -> Places:
        """How many of n records each gets, by everybody's chance."""
        return np.asarray(self._random.multinomial(n, chances), dtype=np.intp)

    def dealt(self, amounts: Floats, edges: Floats) -> Floats:
        """What everybody gets of amounts that are dealt out, each to whom the edges (rising to 1) give their part."""
        place = np.searchsorted(edges, self._random.random_sample(len(amounts)), side="right")
        whose = np.minimum(place, len(edges) - 1)
        return np.asarray(np.bincount(whose, weights=amounts, minlength=len(edges)))


class Item:
    """One item of a scorecard: what each person has of it. Arrays go by person; NaN is a missing one."""

    def __init__(self, scores: Sequence[ItemScore | None]) -> None:
        having = [one for one in scores if one is not None]
        self.scores, self.shape = scores, having[0]
        self.holds = np.array([one is not None for one in scores])
        self.weights = np.array([float(one.counted_weight) if one else 0.0 for one in scores])
        self.metric = self.shape.kind == _METRIC
        self.ratio = self.metric and self.shape.denominator is not None
        self.down = self.metric and engine.definition(self.shape.measure).direction == "down"
        self.references = np.array([float(one.reference or 1) if one else np.nan for one in scores])
        self.reached = np.array([self._reached(one) for one in scores])
        self.middle = self._middle()
        self._given = curves.points(self.shape.curve_points) if self.metric else ()

    def _reached(self, one: ItemScore | None) -> float:
        """The share of the reference that somebody reached; of what is judged, the points."""
        if one is None:
            return float("nan")
        if not self.metric:
            return float(one.score or 0)
        assert one.value is not None
        assert one.reference is not None
        value, reference = Fraction(one.value), Fraction(one.reference)
        return float(curves.ratio(value, reference, self.down))

    def _middle(self) -> float:
        """What all reached together: of sums all that there is in all that was asked for."""
        if not self.metric or self.ratio:
            return float(np.nanmean(self.reached))
        parts = (2 - self.reached if self.down else self.reached)[self.holds]
        asked = self.references[self.holds]
        middle = float((parts * asked).sum() / asked.sum())
        return 2 - middle if self.down else middle

    def points(self, shares: Floats) -> Floats:
        """The points of shares by the curve of the item, unrounded."""
        return np.clip(self._curve(shares), 0.0, self._cap)

    def uncapped(self, shares: Floats) -> Floats:
        """The same before the cap takes anything off."""
        return np.maximum(self._curve(shares), 0.0)

    def against(self, shares: Floats) -> Floats:
        """Shares (draws by people) as parts of the median of their own draw, where the median is the reference."""
        if not self.metric or self.shape.reference_kind != MEDIAN:
            return shares
        values = 2 - shares if self.down else shares
        # Who got nothing is no measure for others, as in what is really scored.
        counting = values[:, self.holds]
        counting = np.where((counting > _NOTHING) | self.ratio, counting, np.nan)
        there = np.isfinite(counting).any(axis=1)
        middle = np.ones(len(values))
        middle[there] = np.nanmedian(counting[there], axis=1)
        made = values / np.where(middle > _NOTHING, middle, 1.0)[:, None]
        return 2 - made if self.down else made

    @property
    def _cap(self) -> float:
        return float("inf") if self.shape.cap is None else float(self.shape.cap)

    @property
    def wider(self) -> Floats:
        """How much more (never less) chance moves a sum of somebody who reached more than the middle."""
        if not self.metric or self.ratio:
            return np.ones(len(self.holds))
        value = 2 - self.reached if self.down else self.reached
        middle = 2 - self.middle if self.down else self.middle
        if middle <= 0:
            return np.ones(len(self.holds))
        return np.sqrt(np.maximum(np.where(self.holds, value, middle) / middle, 1.0))

    def _curve(self, shares: Floats) -> Floats:
        if not self.metric:
            return shares
        at = np.array([float(one) for one, _ in self._given])
        points = np.array([float(one) for _, one in self._given])
        if self.shape.curve == curves.STEPS:
            if not len(at):
                return np.where(shares >= 1.0, 100.0, 0.0)
            place = np.searchsorted(at, shares, side="right")
            return np.asarray(np.concatenate(([0.0], points))[place], dtype=np.float64)
        if not len(at):
            return shares * 100.0
        made = np.interp(shares, at, points)
        if self.shape.curve == curves.THRESHOLD:
            made = np.where(shares < at[0], 0.0, made)
        return np.asarray(made, dtype=np.float64)


class Dealt(NamedTuple):
    """One draw: the records in any order, and the same by who gets them, each person's in that order."""

    order: Places
    records: Places
    people: Places


class Pool:
    """The records behind some items, of everybody, as they are dealt out.

    Where only rates and means rest on them, everybody gets as many as they had; else it is chance how many, and
    the chance of everybody is their part of what all are measured against: who was there for a third of the
    days, or has a third of the goal, gets a third of the records.
    """

    def __init__(self, items: Sequence[Item], clusters: Mapping[str, str]) -> None:
        self.items = items
        self._people = len(items[0].holds)
        found = [_behind(one, clusters) for one in items]
        keys = sorted({(person, key) for one in found for person, key, _ in one})
        places = {one: at for at, one in enumerate(keys)}
        self.size = len(places)
        self._owner = np.array([person for person, _ in keys], dtype=np.intp)
        self._by_owner = np.argsort(self._owner, kind="stable")
        self._among = np.flatnonzero(np.logical_or.reduce([one.holds for one in items]))
        chances = _chances(items, self._among, self._people)
        self._chances = chances[self._among]
        self._parts = [
            _Part(
                item,
                [(places[person, key], record) for person, key, record in one],
                self._owner,
                chances,
            )
            for item, one in zip(items, found, strict=True)
        ]
        self._keeps_counts = all(one.ratio for one in items)

    def drawn(self, draws: int, lot: Lot, progress: Progress = SILENT) -> list[Floats]:
        """How far off its middle each item is, in shares of the reference: draws by people.

        Raises:
            Cancelled: nobody waits for it any more.
        """
        made = [np.zeros((draws, self._people)) for _ in self.items]
        if not self.size:
            return made
        for at in range(draws):
            progress.step(at / draws)
            dealt = self._dealt(lot)
            for off, part in zip(made, self._parts, strict=True):
                off[at] = part.off(dealt)
        return made

    def _dealt(self, lot: Lot) -> Dealt:
        order = lot.order(self.size)
        if self._keeps_counts:
            return Dealt(order, order[self._by_owner], self._owner[self._by_owner])
        # The records stand in any order, so everybody may take theirs in one go.
        return Dealt(order, order, np.repeat(self._among, lot.counts(self.size, self._chances)))


def _chances(items: Sequence[Item], among: Places, people: int) -> Floats:
    """With which chance everybody gets a record: their part of the references of the sums, on the average."""
    parts = []
    for item in items:
        if not item.ratio:
            held = np.where(item.holds, item.references, 0.0)
            parts.append(held / held.sum() * item.holds.sum())
    if not parts:
        made = np.zeros(people)
        made[among] = 1.0
    else:
        count = np.sum([one.holds for one in items if not one.ratio], axis=0)
        made = np.sum(parts, axis=0) / np.maximum(count, 1)
        made[among] = np.where(count[among] > 0, made[among], 1.0)
    return np.asarray(made / made.sum())


def key_of(record: Counted, clusters: Mapping[str, str]) -> str:
    """As part of what a record is dealt."""
    return clusters.get(record.id, record.id)


def _behind(item: Item, clusters: Mapping[str, str]) -> list[tuple[int, str, Counted]]:
    """The records of an item: whose, as part of what it is dealt, and what it adds."""
    return [
        (place, key_of(record, clusters), record)
        for place, one in enumerate(item.scores)
        if one is not None
        for record in one.records or _unnamed(one)
    ]


def _unnamed(one: ItemScore) -> tuple[Counted, ...]:
    """A value whose records nobody named is taken as one record, which is the most noise that it can have."""
    if not one.n:
        return ()
    value = one.numerator if one.numerator is not None else one.value
    assert value is not None
    return (Counted("", "", "", value, one.denominator),)


class _Part:
    """What the records of a pool add to one item."""

    def __init__(
        self, item: Item, records: Sequence[tuple[int, Counted]], owner: Places, chances: Floats
    ) -> None:
        self._item, self._people = item, len(item.holds)
        self._above, self._below = np.zeros(len(owner)), np.zeros(len(owner))
        at = np.array([place for place, _ in records], dtype=np.intp)
        # Added one after the other where several records are dealt as one.
        np.add.at(self._above, at, [float(one.value) for _, one in records])
        if item.ratio:
            np.add.at(self._below, at, [float(one.below or 0) for _, one in records])
        self._has = (self._below if item.ratio else self._above) != 0
        self._all = bool(self._has.all())
        self._ones = bool((self._below[self._has] == 1).all())
        self._had = np.bincount(owner[self._has], minlength=self._people)
        self._references = np.where(item.holds, item.references, 1.0)
        if item.ratio:
            self._begin_rate()
        else:
            self._begin_sum(owner, chances)

    def _begin_rate(self) -> None:
        whole = self._below.sum()
        self._rate = self._above.sum() / whole if whole else 0.0

    def _begin_sum(self, owner: Places, chances: Floats) -> None:
        """What everybody gets on the average; fewer, larger records make more noise."""
        holding = np.where(self._item.holds, chances, 0.0)
        self._share = 1 / holding.sum()
        self._usual = self._above.sum() * holding
        whole = np.bincount(owner, weights=self._above, minlength=self._people)
        size = self._above.sum() / max(int(self._had.sum()), 1)
        own = whole / np.maximum(self._had, 1)
        self._wider = np.sqrt(np.maximum(own / size, 1.0)) if size > 0 else np.ones(self._people)

    def off(self, dealt: Dealt) -> Floats:
        """How far off everybody is with what they are dealt; 0 for who has no such item."""
        made = self._off_rate(dealt) if self._item.ratio else self._off_sum(dealt)
        made = np.where(self._item.holds, made, 0.0)
        return np.asarray(-made if self._item.down else made, dtype=np.float64)

    def _off_sum(self, dealt: Dealt) -> Floats:
        got = np.bincount(dealt.people, weights=self._above[dealt.records], minlength=self._people)
        return np.asarray((got - self._usual) * self._share * self._wider / self._references)

    def _off_rate(self, dealt: Dealt) -> Floats:
        """Everybody's rate over no more records than they really had."""
        events, people = dealt.records, dealt.people
        if not self._all:
            counting = self._has[events]
            events, people = events[counting], people[counting]
        if not len(events):
            return np.zeros(self._people)
        got = np.bincount(people, minlength=self._people)
        kept = np.minimum(got, self._had)
        # The first ones of everybody: their places count on from where that person's begin.
        begin = np.cumsum(got) - got - (np.cumsum(kept) - kept)
        people = np.repeat(np.arange(self._people), kept)
        events = events[np.arange(len(people)) + begin[people]]
        above = np.bincount(people, weights=self._above[events], minlength=self._people)
        below: Floats = kept.astype(np.float64)
        if not self._ones:
            added = np.bincount(people, weights=self._below[events], minlength=self._people)
            below = np.asarray(added, dtype=np.float64)
        # Who got none is given a single one, so that no luck of the lot looks like certainty.
        none = np.flatnonzero(below == 0)
        if len(none):
            any_one = dealt.order[self._has[dealt.order]]
            single = any_one[none % len(any_one)]
            above[none], below[none] = self._above[single], self._below[single]
        return np.asarray((above / below - self._rate) / self._references)
