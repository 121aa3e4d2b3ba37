"""In which order goals that run are looked at: what is lost if nobody does anything comes first."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.goals.attainment import attainment
from models.goals.pace import Standing

_ORDER = (
    "at_risk",
    "behind",
    "missed",
    "no_data",
    "no_target",
    "not_started",
    "on_track",
    "ahead",
    "reached",
)
_LAST = (len(_ORDER), Decimal(0))
Weight = tuple[int, Decimal]


def weight(one: Standing) -> Weight:
    """What a goal is sorted by: its status, then how far it is behind what is expected by now."""
    score = attainment(one.value, one.expected, one.down)
    return _ORDER.index(one.status), Decimal(0) if score is None else score


def worst(several: Iterable[Standing]) -> Weight:
    """What somebody with several goals is sorted by: the one that is worst."""
    return min((weight(one) for one in several), default=_LAST)
