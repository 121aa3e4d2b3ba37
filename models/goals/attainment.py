"""How much of a target was reached, and of many targets together.

Higher is better: actual ÷ target. Lower is better: 2 − actual ÷ target, never less than 0, so that
100 % is the target exactly, half of what was allowed is 150 % and twice of it is 0 %. Without a target
there is no attainment, and a target of zero (or below) never divides: there is none either.

Over people and months only those with a target are set against each other; what was reached without
a target is told beside, not dropped. Targets of managers, who are measured on everyone below them,
are never added to those of their people: sums are of one kind of goal, by one person each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.goals.actuals import Actual
from models.goals.scope import Scope
from models.measures.definition import middle


def attainment(
    actual: Decimal | None, target: Decimal | None, down: bool = False
) -> Decimal | None:
    """The share of a target that was reached; None where that can't be said."""
    if actual is None or target is None or target <= 0:
        return None
    share = actual / target
    return max(2 - share, Decimal(0)) if down else share


def meets(actual: Decimal | None, target: Decimal | None, down: bool = False) -> bool:
    """Whether a value is as good as a target, also where no attainment can be said."""
    if actual is None or target is None:
        return False
    return actual <= target if down else actual >= target


@dataclass(frozen=True)
class Part:
    """One goal of a sum: whose records, of which days, its target if it has one, what was reached."""

    scope: Scope
    first: date
    last: date
    target: Decimal | None
    actual: Actual


@dataclass(frozen=True)
class Together:
    """Some goals of one measure together.

    ``actual`` and ``target`` are of the parts that have a target; ``beside`` is what was reached in
    parts without one, which ``without`` names.
    """

    target: Decimal | None
    actual: Decimal | None
    attainment: Decimal | None
    counted: int
    beside: Decimal
    without: tuple[Part, ...]


def together(parts: Iterable[Part], down: bool = False) -> Together:
    """Targets and values of parts that have no record in common, added up.

    The targets of a ratio can't be added up: there is no target and no attainment together then.

    Raises:
        ValueError: somebody's days are in it twice, as those of a manager who is measured on
            everyone below and of one of these.
    """
    listed = list(parts)
    _assert_apart(listed)
    having = [one for one in listed if one.target is not None]
    without = tuple(one for one in listed if one.target is None)
    beside = sum((one.actual.numerator for one in without), Decimal(0))
    if not having:
        return Together(None, None, None, 0, beside, without)
    top = sum((one.actual.numerator for one in having), Decimal(0))
    if having[0].actual.denominator is not None:
        bottom = sum((one.actual.denominator or Decimal(0) for one in having), Decimal(0))
        values = [value for one in having for value in one.actual.values]
        value = middle(values) if values else top / bottom if bottom else None
        return Together(None, value, None, len(having), beside, without)
    target = sum((one.target or Decimal(0) for one in having), Decimal(0))
    return Together(target, top, attainment(top, target, down), len(having), beside, without)


def _assert_apart(parts: list[Part]) -> None:
    latest: dict[int | None, date] = {}
    for one in sorted(parts, key=lambda part: part.first):
        if (one.scope is None and latest) or None in latest:
            counted = max(latest.values()) if one.scope is None else latest[None]
            if one.first <= counted:
                raise ValueError("the same records are counted twice")
        for person in (None,) if one.scope is None else one.scope:
            if person in latest and one.first <= latest[person]:
                raise ValueError("the same records are counted twice")
            latest[person] = max(one.last, latest.get(person, one.last))
