"""What a value is measured against: a fixed value, the person's goal, or the median of those judged alike.

- Amounts and counts are compared with the part of the reference that the days worked are of all working days.
- A goal is that of the same measure, person and period. Where there is none, those inside the period stand for
  it: amounts and counts are added up, each by the working days that it has in common with the person's; of rates
  and days the mean by working days is taken. Working days without a goal count as those with one.
- The median is over the values of all people with the same scorecard; amounts and counts of people with fewer days
  are brought to the whole period first.
- Only something above 0 can be measured against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.calendar.workdays import WorkCalendar
from models.dialects import Connection
from models.evaluations.windows import Days, Window
from models.money import from_scaled

FIXED, GOAL, MEDIAN = "fixed", "goal", "team_median"


@dataclass(frozen=True)
class Reference:
    """What a value is measured against.

    ``whole`` is for the whole period, ``value`` for the days worked; ``of`` is how many goals it is made of, or how many
    values the median is of. Both are None where there is nothing to measure against. Of goals for amounts and
    counts ``written`` is what they come to as they stand, and ``covered`` the working days that they are for.
    """

    kind: str
    whole: Fraction | None
    value: Fraction | None
    of: int = 0
    written: Fraction | None = None
    covered: int = 0

    @property
    def scaled(self) -> bool:
        """Whether fewer days than the whole period count."""
        return self.whole != self.value


@dataclass(frozen=True)
class Target:
    """A goal: its days, both included, and its target."""

    first: date
    last: date
    target: Fraction


Targets = Mapping[tuple[int, str], Sequence[Target]]


def targets(db: Connection, within: Days) -> Targets:
    """The targets of people by person and measure, of goals whose days all lie in a period."""
    made: dict[tuple[int, str], list[Target]] = defaultdict(list)
    for person, measure, first, last, target in db.run(
        "SELECT person, measure, starts_on, ends_on, target FROM goal WHERE alive = 1 "
        "AND status NOT IN ('cancelled', 'superseded') AND coalesce(level, 'person') = 'person' "
        "AND person IS NOT NULL AND measure IS NOT NULL AND target IS NOT NULL "
        "AND starts_on >= ? AND ends_on <= ? ORDER BY starts_on, ends_on, id",
        (within[0].isoformat(), within[1].isoformat()),
    ):
        span = date.fromisoformat(first), date.fromisoformat(last)
        made[person, measure].append(Target(*span, Fraction(from_scaled(int(target)))))
    return made


def fixed(value: Decimal | None, flow: bool, window: Window) -> Reference:
    """A value that the scorecard sets."""
    if value is None:
        return Reference(FIXED, None, None)
    whole = Fraction(value)
    return Reference(FIXED, whole, whole * window.part if flow else whole)


def goal(
    found: Collection[Target], cycle: Days, flow: bool, window: Window, calendar: WorkCalendar
) -> Reference:
    """The goals of a person for a measure inside a period."""
    chosen = [one for one in found if (one.first, one.last) == cycle][-1:] or _apart(found)
    days = [calendar.count(one.first, one.last) for one in chosen]
    shared = [_shared(one, window, calendar) for one in chosen]
    covered = sum(shared)
    if not covered:
        return Reference(GOAL, None, None, len(chosen))
    pairs = list(zip(chosen, days, shared, strict=True))
    if not flow:
        mean = sum((one.target * days for one, _, days in pairs), Fraction(0)) / covered
        return Reference(GOAL, mean, mean, len(chosen))
    of_days = sum((one.target * part / all_ for one, all_, part in pairs if all_), Fraction(0))
    written = sum((one.target for one in chosen), Fraction(0))
    value = of_days * window.days / covered * _without_leave(window)
    whole = written * window.full / sum(days)
    return Reference(GOAL, whole, value, len(chosen), written, sum(days))


def _apart(found: Iterable[Target]) -> list[Target]:
    """Goals of which no two have a day in common; the longer ones come first."""
    made: list[Target] = []
    for one in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if all(one.last < other.first or other.last < one.first for other in made):
            made.append(one)
    return sorted(made, key=lambda one: one.first)


def _shared(one: Target, window: Window, calendar: WorkCalendar) -> int:
    first, last = max(one.first, window.first), min(one.last, window.last)
    return calendar.count(first, last)


def _without_leave(window: Window) -> Fraction:
    return Fraction(window.worked) / window.days if window.days else Fraction(0)


def median(values: Iterable[tuple[Fraction, Window]], flow: bool) -> tuple[Fraction | None, int]:
    """The median of values, and of how many; of amounts and counts each for a whole period."""
    made = sorted(
        value if not flow or window.part == 1 else value / window.part
        for value, window in values
        if not flow or window.part
    )
    if not made:
        return None, 0
    middle = len(made) // 2
    if len(made) % 2:
        return made[middle], len(made)
    return (made[middle - 1] + made[middle]) / 2, len(made)


def of_median(found: tuple[Fraction | None, int], flow: bool, window: Window) -> Reference:
    """The median as a reference of one person."""
    whole, n = found
    if whole is None:
        return Reference(MEDIAN, None, None, n)
    return Reference(MEDIAN, whole, whole * window.part if flow else whole, n)
