"""Which of many backups stay: close together when they are young, far apart when they are old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

# Up to this age one is kept of each such stretch of time. Each stretch is made of whole ones of the
# line before, so that thinning step by step never leaves a stretch empty in which there was one.
BANDS = (
    (timedelta(hours=4), timedelta(minutes=1)),  # those before imports among them
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(days=56), timedelta(days=7)),
    (timedelta(days=728), timedelta(days=28)),
    (timedelta.max, timedelta(days=364)),
)
_MONDAY = datetime(1969, 12, 29, tzinfo=UTC)  # weeks begin on it
_SPARSEST = 1 << 16


class Moment(Protocol):
    """What can be thinned. ``change`` never becomes less from one to the next; clocks do."""

    @property
    def moment(self) -> datetime: ...
    @property
    def change(self) -> int: ...
    @property
    def size(self) -> int: ...


One = TypeVar("One", bound=Moment)


def newest(found: Iterable[One]) -> One | None:
    """The one that knows most, whatever the clock said when it was made."""
    return max(found, key=_age_order, default=None)


def kept(found: Iterable[One], now: datetime, limit: int) -> list[One]:
    """Those that stay, newest first; the newest is always one of them.

    Of each stretch the newest stays. When all of them take more than ``limit`` bytes, the stretches
    are doubled until they don't. A moment in the future, left by a clock that was wrong, counts as now.
    """
    ordered = sorted(found, key=_age_order, reverse=True)
    factor = 1
    while factor < _SPARSEST:
        chosen = _spaced(ordered, now, factor)
        if sum(one.size for one in chosen) <= limit:
            return chosen
        factor *= 2
    while len(chosen) > 1 and sum(one.size for one in chosen) > limit:
        chosen.pop()
    return chosen


def spacing(age: timedelta) -> timedelta:
    """How far apart backups of an age are."""
    return next(apart for oldest, apart in BANDS if age <= oldest)


def stretch(moment: datetime, apart: timedelta) -> int:
    """The number of the stretch of time in which a moment lies."""
    return (moment - _MONDAY) // apart


def _spaced(ordered: list[One], now: datetime, factor: int) -> list[One]:
    first: dict[tuple[timedelta, int], One] = {}
    for one in ordered:
        apart = spacing(now - one.moment) * factor
        first.setdefault((apart, stretch(one.moment, apart)), one)
    return list(first.values())


def _age_order(one: Moment) -> tuple[int, datetime]:
    return one.change, one.moment
