"""Which items of an evaluation are weak, and whether the data can tell.

An item is weak below full points. It is shown to be so if what was measured lies outside what chance
explains, or if the manager's judgement names what it rests on. All else is no ground for a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from models.evaluations.result import ItemScore, Judged
from models.growth import spread
from models.growth.spread import FEW, Spread
from models.texts import N_, ntr, tr

FULL = Decimal(100)
GOOD = Decimal(4)  # the level from which on nobody is called weak, whatever points it gives
_METRIC = "metric"
_MANAGER = "manager"


def is_weak(item: ItemScore) -> bool:
    """Whether it has less than full points; of what people judge, whether its level is below good too."""
    if item.missing or item.score is None or item.score >= FULL:
        return False
    judged = manager_of(item) if item.kind != _METRIC else None
    return judged is None or judged.level < GOOD


def lost(item: ItemScore) -> Decimal:
    """The points of the total that it costs."""
    return item.counted_weight * (FULL - (item.score or Decimal(0)))


def spread_of(item: ItemScore) -> Spread | None:
    """How far chance moves its value; None where nothing says so."""
    if item.kind != _METRIC:
        return None
    if item.records:
        divided = item.denominator is not None
        return spread.of(
            [(one.value, _below(one.below) if divided else None) for one in item.records]
        )
    if item.unit == "percent" and item.numerator is not None and item.n == item.denominator:
        return spread.rate(float(item.numerator), item.n)
    return None


def _below(said: Decimal | None) -> Decimal:
    return Decimal(1) if said is None else said


def usual_size(items: Iterable[ItemScore]) -> float:
    """What a record adds on average over all people; 0 where there is none."""
    some = [one for one in items if one.denominator is None and one.value is not None]
    n = sum(one.n for one in some)
    return float(sum((one.value or Decimal(0) for one in some), Decimal(0))) / n if n else 0.0


def why_not(item: ItemScore, same: Sequence[ItemScore] = ()) -> str:
    """Why the data can't tell that a weak item is weak; "" if it can.

    Args:
        same: the item of all people, by which the usual size of a record is known.
    """
    if item.kind != _METRIC:
        return _why_not_judged(item)
    if item.reference is None:
        return tr(N_("there is nothing to compare it with"))
    if item.denominator is None and item.n < FEW:
        size = usual_size(same or (item,))
        if size > 0 and spread.so_few(item.n, float(item.reference) / size):
            return ""
    if item.n < FEW:
        return ntr("only {n} record is behind it", "only {n} records are behind it", item.n)
    known = spread_of(item)
    if known is None or known.holds(item.reference):
        return ntr(
            "by {n} record it can't be told from what it is measured against",
            "by {n} records it can't be told from what it is measured against",
            item.n,
        )
    return ""


def manager_of(item: ItemScore) -> Judged | None:
    """The manager's judgement."""
    return next((one for one in item.judged if one.rated_by == _MANAGER), None)


def _why_not_judged(item: ItemScore) -> str:
    judged = manager_of(item)
    if judged is None:
        return tr(N_("no manager has judged it"))
    return "" if judged.cites else tr(N_("the judgement names no record that shows it"))


def better(item: ItemScore, other: ItemScore, comparisons: int, *, down: bool) -> bool:
    """Whether somebody else is better at it, beyond what chance explains.

    Of judgements two levels or more, and the one above must name what it rests on.
    """
    if item.kind != _METRIC:
        mine, theirs = manager_of(item), manager_of(other)
        return bool(mine and theirs and theirs.cites and theirs.level - mine.level >= 2)
    one, two = spread_of(item), spread_of(other)
    if one is None or two is None or not spread.told_apart(one, two, comparisons):
        return False
    return two.middle < one.middle if down else two.middle > one.middle


def records_of(item: ItemScore) -> tuple[str, ...]:
    """The ids that show it."""
    cited = [one for judged in item.judged for one in judged.cites]
    return tuple(dict.fromkeys([*(one.id for one in item.records), *cited]))
