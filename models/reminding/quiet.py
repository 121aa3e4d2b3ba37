"""When nobody is to be disturbed, and the next moment at which it is allowed.

Rules, each with what it rests on:

- Quiet are the hours that a person chose, which may cross midnight; the core of the night, whatever was
  chosen; and, if wanted, whole days that aren't worked.
- What falls into the quiet time waits for the first moment after it. What would then come too late,
  because the thing itself has begun, comes before the quiet time instead.
- Everything goes by the clock on the wall, so that a change of summer time moves nothing into the night;
  an hour that a clock shows twice counts both times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

NIGHT = (time(22), time(6))  # always quiet
USUAL = (time(20), time(8))
_EARLY = timedelta(minutes=30)  # how long before the quiet time that comes which couldn't wait
_DAYS = 400  # that are looked through for a moment that is allowed


@dataclass(frozen=True)
class Quiet:
    """The quiet time of one person.

    Args:
        start, end: the quiet hours; the same for both is none but the night.
        is_working: whether a day is worked; without it no day is quiet as a whole.
        zone: where the person is; this machine's own zone if not given.
    """

    start: time = USUAL[0]
    end: time = USUAL[1]
    is_working: Callable[[date], bool] | None = None
    zone: tzinfo | None = None

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing may be said at a moment."""
        local = self.local(moment)
        clock = local.time()
        return (
            _within(clock, *NIGHT)
            or _within(clock, self.start, self.end)
            or (self.is_working is not None and not self.is_working(local.date()))
        )

    def next_allowed(self, moment: datetime) -> datetime | None:
        """The moment itself if it is allowed, else the first one after it; None if there is none."""
        if not self.is_quiet(moment):
            return moment
        day = self.local(moment).date()
        for number in range(_DAYS):
            for one in self._edges(day + timedelta(days=number), self.end, NIGHT[1], time(0)):
                if one >= moment and not self.is_quiet(one):
                    return one
        return None

    def last_allowed(self, moment: datetime) -> datetime | None:
        """A little before the quiet time that a moment lies in began; None if there is none."""
        day = self.local(moment).date()
        for number in range(_DAYS):
            past = day - timedelta(days=number)
            ends = [
                one - _EARLY
                for one in self._edges(past, self.start, NIGHT[0])
                if one - _EARLY < moment and not self.is_quiet(one - _EARLY)
            ]
            if ends:
                return ends[-1]
        return None

    def when(self, remind_at: datetime, begins: datetime | None = None) -> datetime | None:
        """When it may be said what was to be said at a moment.

        Args:
            begins: when the thing itself begins, of which nobody wants to hear afterwards.
        """
        allowed = self.next_allowed(remind_at)
        if begins is not None and (allowed is None or allowed > begins):
            return self.last_allowed(remind_at) or allowed
        return allowed

    def morning_after(self, moment: datetime) -> datetime | None:
        """The first allowed moment of a day after this one."""
        day = self.local(moment).date() + timedelta(days=1)
        return self.next_allowed(self._at(day, time(0), 0))

    def local(self, moment: datetime) -> datetime:
        """A moment by the clock on the wall."""
        return moment.astimezone(self.zone)

    def _at(self, day: date, clock: time, fold: int) -> datetime:
        there = datetime.combine(day, clock.replace(fold=fold), tzinfo=self.zone)
        return there.astimezone(UTC)

    def _edges(self, day: date, *clocks: time) -> Iterator[datetime]:
        """The moments at which the clock shows these times on a day, in order."""
        yield from sorted({self._at(day, one, fold) for one in clocks for fold in (0, 1)})


def _within(clock: time, start: time, end: time) -> bool:
    """Whether a time lies in a span of the clock that may cross midnight; the end is outside."""
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end
