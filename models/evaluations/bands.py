"""Who can't be told apart: people in groups that differ by more than chance, and no finer.

Everybody gets a bar around their total, as long as a number c of standard deviations of what the lot makes of
equal people (``noise.py``). c is the smallest with which, in 95 of 100 draws, not even two of all equal people
have bars that don't touch: so any difference at all is claimed of equal people in at most 5 of 100 cases (the
largest difference of all pairs, as in Tukey's range, simulated as Westfall & Young 1993 do; bars that may be compared by eye: Goldstein
& Healy 1995). A group is those whose bars share a point; who can't be told from either of two groups is in both.
Of a scorecard with a single rate a difference is claimed only if chi-square finds one as well.

Nothing here rests on the order of people or on the clock: the same input gives the same groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil
from typing import Any

import numpy as np

from models.book import Book
from models.evaluations.lots import Floats
from models.evaluations.noise import draw
from models.evaluations.result import ItemScore, Scored
from models.evaluations.scoring import scored
from models.following.sentences import joined
from models.measures import uncertainty
from models.progress import SILENT, Progress
from models.texts import N_, ntr, tr

LEVEL = 0.05  # how often a difference may be claimed of equal people
RANGE = (2.5, 97.5)  # per cent of the draws between which a total's range lies
_CENT = Decimal("0.01")
_TINY = 0.005  # points: no bar is shorter to either side
_WHOLES = {"order_line": "order", "receipt": "order"}  # dealt with the record that they are of


@dataclass(frozen=True)
class Stand:
    """Where one person stands. ``apart`` are the ids of those from whom they can be told apart.

    ``low`` to ``high`` is what their total could as well be by chance, in 95 of 100 cases; ``bar_low`` to
    ``bar_high`` is the bar for comparing two people, which is around ``compared`` where caps took something off
    the points and around the total where not. Without a total, or anybody to compare with, all are
    None and the label is "".
    """

    person: str
    name: str
    scorecard: str
    scorecard_version: int
    label: str
    total: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bar_low: Decimal | None = None
    bar_high: Decimal | None = None
    apart: tuple[str, ...] = ()
    among: int = 0  # people who are compared, this one included
    compared: Decimal | None = None

    @property
    def sentence(self) -> str:
        """The same in words."""
        if self.total is None:
            return tr(N_("There is no total that could be compared."))
        if not self.label:
            return tr(
                N_("Nobody else has a total by this scorecard: there is nobody to compare with.")
            )
        said = tr(
            N_("By chance alone the total could as well be anything from {low} to {high}."),
            low=self.low,
            high=self.high,
        )
        told = {"label": self.label, "apart": len(self.apart)}
        others = self.among - 1
        if self.apart:
            where = ntr(
                "Group {label}: can be told from {apart} of the {n} other.",
                "Group {label}: can be told from {apart} of the {n} others.",
                others,
                **told,
            )
        else:
            where = ntr(
                "Group {label}: can't be told from the {n} other.",
                "Group {label}: can't be told from any of the {n} others.",
                others,
                **told,
            )
        if self.compared is not None:
            text = N_("Before caps it is {points} points, and that is what is compared.")
            where = joined([where, tr(text, points=self.compared)])
        return joined([where, said])


@dataclass(frozen=True)
class Group:
    """The people of one version of a scorecard who were compared; ``chance`` is how often equal people differ as much."""

    scorecard: str
    scorecard_name: str
    scorecard_version: int
    people: int
    labels: int  # groups that can be told apart from some other
    chance: float
    draws: int

    @property
    def sentence(self) -> str:
        """What was found."""
        chance = _percent(self.chance)
        if self.labels < 2:
            return tr(
                N_(
                    "{card}: none of the {n} people can be told from another. If all were equal, differences as large as these would come about in {chance} of all cases."
                ),
                card=self.scorecard_name,
                n=self.people,
                chance=chance,
            )
        return ntr(
            "{card}: {people} people in {n} group. If all were equal, differences as large as these would come about in {chance} of all cases. Who is in the same group can't be told apart.",
            "{card}: {people} people in {n} groups. If all were equal, differences as large as these would come about in {chance} of all cases. Who is in the same group can't be told apart.",
            self.labels,
            card=self.scorecard_name,
            people=self.people,
            chance=chance,
        )

    def as_dict(self) -> dict[str, Any]:
        """As the verb prints it."""
        return {
            "scorecard": self.scorecard,
            "scorecard_version": self.scorecard_version,
            "people": self.people,
            "groups": self.labels,
            "chance": round(self.chance, 4),
            "sentence": self.sentence,
        }

    @property
    def method(self) -> str:
        """How it was found, in words."""
        return tr(
            N_(
                "All records behind the points were dealt out again by lot {draws} times, everybody with the same chance for the same days and goal, and the points worked out anew. Bars are as long as they must be for the bars of equal people to touch in 95 of 100 such draws. Two people can be told apart only if their bars don't touch. Points count before caps here: what a cap takes off was reached all the same. What calibration added doesn't count here. (Permutation test by Fisher and Pitman; the largest difference of all pairs, so that many comparisons don't find something by themselves.)"
            ),
            draws=self.draws,
        )


@dataclass(frozen=True)
class Bands:
    """The groups of a cycle, one comparison for each version of a scorecard."""

    groups: tuple[Group, ...]
    stands: tuple[Stand, ...]

    def of(self, person: str) -> Stand | None:
        """Where somebody stands, by public id."""
        return next((one for one in self.stands if one.person == person), None)

    @property
    def sentence(self) -> str:
        """What was found, of all scorecards."""
        return "\n".join(one.sentence for one in self.groups)


def _percent(share: float) -> str:
    return "< 0.1%" if share < 0.001 else f"{share * 100:.1f}%"


def bands(
    people: Sequence[Scored],
    clusters: Mapping[str, str] | None = None,
    draws: int | None = None,
    progress: Progress = SILENT,
) -> Bands:
    """Group people who can't be told apart.

    Args:
        clusters: which records belong together, as ``clusters`` gives it.
        draws: how often the lot is drawn; None is as often as is usual.
    """
    families: dict[tuple[str, int], list[Scored]] = defaultdict(list)
    alone: list[Stand] = []
    for one in sorted(people, key=lambda one: one.person):
        if one.total is None:
            alone.append(_without(one))
        else:
            families[one.scorecard, one.scorecard_version].append(one)
    groups, stands = [], []
    for _, some in sorted(families.items()):
        if len(some) < 2:
            alone += [_without(one) for one in some]
            continue
        group, found = _compared(some, clusters or {}, draws, progress)
        groups.append(group)
        stands += found
    return Bands(tuple(groups), (*stands, *alone))


def with_bands(
    people: Sequence[Scored], clusters: Mapping[str, str] | None = None
) -> tuple[Scored, ...]:
    """The same evaluations, each with its group."""
    return _labelled(people, bands(people, clusters))


def grouped(
    book: Book, cycle_row: int, people: Collection[int] | None = None, on: date | None = None
) -> tuple[Scored, ...]:
    """As ``scoring.scored``, each with their group among everybody of the cycle.

    Raises:
        Refused: as ``scoring.scored``.
    """
    found, _ = of_cycle(book, cycle_row, on)
    if people is None:
        return found
    wanted = {book.public_id("salesperson", one) for one in people}
    return tuple(one for one in found if one.person in wanted)


def of_cycle(
    book: Book, cycle_row: int, on: date | None = None, progress: Progress = SILENT
) -> tuple[tuple[Scored, ...], Bands]:
    """Everybody of a cycle as they stand, each with their group, and what there is to say of the groups.

    Raises:
        Refused: as ``scoring.scored``.
    """
    found = scored(book, cycle_row, on=on)
    made = bands(found, clusters(book, found), progress=progress)
    return _labelled(found, made), made


def _labelled(people: Sequence[Scored], made: Bands) -> tuple[Scored, ...]:
    labels = {one.person: one.label for one in made.stands}
    return tuple(replace(one, band=labels[one.person]) for one in people)


def clusters(book: Book, people: Sequence[Scored]) -> dict[str, str]:
    """With which record others are dealt: lines and receipts of an order with the order, by public ids."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for item in (item for one in people for item in one.items):
        for record in item.records:
            if record.entity in _WHOLES:
                wanted[record.entity].add(record.id)
    made: dict[str, str] = {}
    for entity, ids in wanted.items():
        whole = _WHOLES[entity]
        for row, of in book.connection().run(f'SELECT id, "{whole}" FROM {entity} WHERE alive = 1'):
            number = book.public_id(entity, row)
            if of is not None and number in ids:
                made[number] = book.public_id(whole, of)
    return made


def _without(one: Scored) -> Stand:
    return Stand(one.person, one.name, one.scorecard, one.scorecard_version, "", one.total)


def _compared(
    people: Sequence[Scored], clusters: Mapping[str, str], often: int | None, progress: Progress
) -> tuple[Group, list[Stand]]:
    """People of one scorecard, in the order of their ids."""
    noise = draw(people, clusters, often, progress)
    reached = np.round(noise.reached, 6)
    alike = _alike(people)
    spread = noise.equal.std(axis=0)
    for places in alike:
        spread[places] = spread[places].mean()
    spread = np.maximum(np.round(spread, 6), _TINY)
    both = spread[:, None] + spread[None, :]
    largest = np.sort([_largest(row, both) for row in noise.equal])
    seen = _largest(reached, both)
    draws = len(largest)
    length = float(largest[min(ceil((1 - LEVEL) * (draws + 1)), draws) - 1])
    chance = (1 + int((largest >= seen - 1e-9).sum())) / (draws + 1)
    if not _rates_differ(people):
        length = max(length, seen)
    bars = [
        (_down(at - length * half), _up(at + length * half))
        for at, half in zip(reached, spread, strict=True)
    ]
    labels, count = _labels(bars)
    ranges = _ranges(people, noise.own, alike)
    first = people[0]
    stands = [
        Stand(
            one.person,
            one.name,
            one.scorecard,
            one.scorecard_version,
            label,
            one.total,
            *found,
            *bar,
            tuple(other.person for other, its in zip(people, bars, strict=True) if _part(bar, its)),
            len(people),
            _before_caps(one, float(at)),
        )
        for one, label, bar, found, at in zip(people, labels, bars, ranges, reached, strict=True)
    ]
    group = Group(
        first.scorecard,
        first.scorecard_name,
        first.scorecard_version,
        len(people),
        count,
        chance,
        draws,
    )
    return group, stands


def _alike(people: Sequence[Scored]) -> list[list[int]]:
    """The places of those whose figures are the same: the lot must not part them."""
    made: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(people):
        figures = [
            (i.item, i.counted_weight, i.n, i.value, i.reference, i.score) for i in one.items
        ]
        made[tuple(figures)].append(place)
    return list(made.values())


def _base(one: Scored) -> Decimal:
    """A total without what calibration added."""
    return sum((item.contribution for item in one.items), Decimal(0))


def _before_caps(one: Scored, reached: float) -> Decimal | None:
    """What is compared, if caps took anything off."""
    made = Decimal(repr(reached)).quantize(_CENT)
    return made if made > _base(one) + _CENT else None


def _largest(totals: Floats, both: Floats) -> float:
    """The largest difference of any two, in the sum of both spreads."""
    apart = totals[:, None] - totals[None, :]  # each pair is there in both directions
    apart /= both
    return float(apart.max())


def _down(value: float) -> Decimal:
    return Decimal(repr(round(float(value), 6))).quantize(_CENT, ROUND_FLOOR)


def _up(value: float) -> Decimal:
    return Decimal(repr(round(float(value), 6))).quantize(_CENT, ROUND_CEILING)


def _part(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether two bars don't touch."""
    return one[0] > other[1] or other[0] > one[1]


def _labels(bars: Sequence[tuple[Decimal, Decimal]]) -> tuple[list[str], int]:
    """The groups of everybody, counted from the top, and how many groups there are.

    Bars are passed from the highest point down. Whenever one ends, those that are there share a point: they are a group, unless none has
    come since the last. The groups of a bar follow one another, so the first and the last of them say all.
    """
    ends = sorted(
        [(-high, 0, place) for place, (_, high) in enumerate(bars)]
        + [(-low, 1, place) for place, (low, _) in enumerate(bars)]
    )
    first, last = [0] * len(bars), [0] * len(bars)
    count, fresh = 0, False
    for _, leaves, place in ends:
        if not leaves:
            first[place], fresh = count + 1, True
            continue
        if fresh:
            count, fresh = count + 1, False
        last[place] = count
    made = [
        str(one) if one == other else f"{one}–{other}"
        for one, other in zip(first, last, strict=True)
    ]
    return made, count


def _ranges(
    people: Sequence[Scored], own: Floats, alike: Sequence[list[int]]
) -> list[tuple[Decimal, Decimal]]:
    """Between what each total lies in 95 of 100 draws, the total itself always within."""
    low, high = np.zeros(len(people)), np.zeros(len(people))
    for places in alike:
        low[places], high[places] = np.percentile(own[:, places], RANGE)
    made = []
    for place, one in enumerate(people):
        assert one.total is not None
        added = float(one.adjustment)
        made.append(
            (
                min(max(_down(float(low[place]) + added), Decimal(0)), one.total),
                max(_up(float(high[place]) + added), one.total),
            )
        )
    return made


def _rates_differ(people: Sequence[Scored]) -> bool:
    """False if all rests on a single rate of which chi-square finds no difference."""
    counting = {item.item for one in people for item in one.items if item.counted_weight > 0}
    having = [item for one in people for item in one.items if item.counted_weight > 0]
    if len(counting) != 1 or not all(_simple_rate(one) for one in having):
        return True
    return uncertainty.differ(
        [(float(one.numerator or 0), float(one.denominator or 0)) for one in having]
    )


def _simple_rate(one: ItemScore) -> bool:
    """Whether each record counts or doesn't: a share of records."""
    if one.unit != "percent" or one.denominator is None:
        return False
    return all(record.below == 1 and record.value in (0, 1) for record in one.records)
