"""What chance alone makes of scores: the records behind them are dealt out again by lot, many times.

If all people of a scorecard were equal, each record of theirs could as well have been another's. So all records
behind an item are put together and dealt out again, everybody with the same chance (a permutation test: Fisher
1935, Pitman 1937), and the points are worked out anew through the same curves. However large single deals are,
the lot respects it, for they are dealt as they are. Where the lot would be too sure, it is made less so:

- a rate or mean is taken over no more records than the person really had;
- who reached a sum in fewer and larger records than the others has the noise of few large ones;
- what is measured against the median of all is measured against the median of each draw, for chance moves that
  too: of few people with unlike records it may be far from their mean;
- records that belong together (lines of an order) are dealt as one, and a record behind several items takes
  all of what it adds with it;
- one judgement a person says as much as the judgements of all differ; they are dealt out too.

The lot is drawn from a fixed seed over records in a fixed order: the same input gives the same draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.evaluations.lots import Floats, Item, Lot, Pool
from models.evaluations.result import ItemScore, Scored
from models.progress import SILENT, Progress

_DRAWS, _FEWER = 999, 499  # with the draw that came true a round number, so that 5 % is exact
_KEPT = 4  # results that are kept, of some megabytes with hundreds of people
_MANY = 5_000  # records from which fewer draws are made


@dataclass(frozen=True)
class Noise:
    """Totals of everybody (columns, in the order given), draw by draw (rows), without adjustments.

    ``reached`` is what they are before caps, ``equal`` what that would be if all were equal: what a cap takes
    off was reached all the same, and without it who is half as good again would hardly ever be told from the
    others. ``own`` is what each total, capped, could as well have been.
    """

    reached: Floats
    equal: Floats
    own: Floats


_known: dict[bytes, Noise] = {}


def draw(
    people: Sequence[Scored],
    clusters: Mapping[str, str],
    often: int | None = None,
    progress: Progress = SILENT,
) -> Noise:
    """The totals of people with one scorecard as chance alone makes them.

    Args:
        people: at least two, each with a total.
        clusters: with which other record one is dealt as one, by public id.
        often: how many draws; None is as many as are usual.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    key = _key(people, clusters, often)
    found = _known.get(key)
    if found is None:
        found = _draw(people, clusters, often, progress)
        for old in list(_known)[: 1 - _KEPT]:
            _known.pop(old, None)
        found.equal.setflags(write=False)
        found.own.setflags(write=False)
        _known[key] = found
    return found


def _key(people: Sequence[Scored], clusters: Mapping[str, str], often: int | None) -> bytes:
    """A digest of all that draws rest on: whoever signs one evaluation after the other draws once."""
    said = hashlib.blake2b(repr((often, sorted(clusters.items()))).encode())
    for item in (item for one in people for item in (*one.items, None)):
        if item is None:
            said.update(b"/")
            continue
        records = [(one.id, one.value, one.below) for one in item.records]
        said.update(repr((replace(item, records=(), judged=()), records)).encode())
    return said.digest()


def _draw(
    people: Sequence[Scored], clusters: Mapping[str, str], often: int | None, progress: Progress
) -> Noise:
    items = _items(people)
    judged = [one for one in items if not one.metric]
    pools = [Pool(some, clusters) for some in _together(items, clusters)]
    draws = often or (_FEWER if any(one.size > _MANY for one in pools) else _DRAWS)
    equal, own = np.zeros((draws, len(people))), np.zeros((draws, len(people)))
    lot = Lot()
    for pool in pools:
        for item, off in zip(pool.items, pool.drawn(draws, lot, progress), strict=True):
            _add(item, off, equal, own)
    if judged:
        for item, off in _dealt_judgements(judged, draws, lot):
            _add(item, off, equal, own)
    return Noise(_reached(items, len(people)), equal, own)


def _reached(items: Sequence[Item], people: int) -> Floats:
    """What everybody has before caps."""
    made = np.zeros(people)
    for item in items:
        holds = item.holds
        made[holds] += item.weights[holds] * item.uncapped(item.reached[holds])
    return made


def _add(item: Item, off: Floats, equal: Floats, own: Floats) -> None:
    """Put what an item adds to the totals, being so far off (draws by people)."""
    alike = item.against(item.middle + off)
    for place in np.flatnonzero(item.holds):
        column, weight = off[:, place], item.weights[place]
        equal[:, place] += weight * item.uncapped(alike[:, place])
        own[:, place] += weight * item.points(item.reached[place] + column * item.wider[place])


def _items(people: Sequence[Scored]) -> list[Item]:
    """All items that count for somebody, in the order of their ids."""
    by_person = [{one.item: one for one in person.items if _counts(one)} for person in people]
    names = sorted({name for one in by_person for name in one})
    return [Item([one.get(name) for one in by_person]) for name in names]


def _counts(one: ItemScore) -> bool:
    return one.score is not None and one.counted_weight > 0


def _together(items: Sequence[Item], clusters: Mapping[str, str]) -> list[list[Item]]:
    """Computed items, those together that rest on the same records."""
    parts: list[tuple[set[str], list[Item]]] = []
    for item in items:
        if not item.metric:
            continue
        records = {r.id for one in item.scores if one for r in one.records}
        if clusters:
            records = {clusters.get(one, one) for one in records}
        mine = [item]
        for part in [one for one in parts if not records.isdisjoint(one[0])]:
            parts.remove(part)
            records |= part[0]
            mine = [*part[1], *mine]
        parts.append((records, mine))
    return [mine for _, mine in parts]


def _dealt_judgements(items: Sequence[Item], draws: int, lot: Lot) -> list[tuple[Item, Floats]]:
    """How far from the middle each would be judged, if judgements were dealt out; a person's stay together."""
    off = [np.zeros((draws, len(one.holds))) for one in items]
    for at in range(draws):
        order = lot.order(len(items[0].holds))
        for made, item in zip(off, items, strict=True):
            given = order[item.holds[order]]
            made[at, item.holds] = item.reached[given] - item.middle
    return list(zip(items, off, strict=True))
