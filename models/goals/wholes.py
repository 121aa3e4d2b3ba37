"""Whether goals that are written come to the goal that they are parts of, as far as parts can be added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book
from models.goals import reading
from models.goals.pace import Goal, Standing
from models.periods import Period
from models.texts import N_, tr

_ALWAYS = Period(date.min, date.max, "")


@dataclass(frozen=True)
class Gap:
    """Parts that don't come to their whole."""

    goal: int
    whole: Decimal
    sum: Decimal

    @property
    def difference(self) -> Decimal:
        """Parts less whole."""
        return self.sum - self.whole

    def text(self, show: Callable[[Decimal], str]) -> str:
        """The gap in words; ``show`` writes an amount."""
        text = (
            N_("The parts come to {sum}, {difference} below the whole.")
            if self.difference < 0
            else N_("The parts come to {sum}, {difference} above the whole.")
        )
        return tr(text, sum=show(self.sum), difference=show(abs(self.difference)))


def gaps(book: Book, standings: Mapping[int, Standing]) -> dict[int, Gap]:
    """Every one of some goals whose parts don't come to it; parts of all times are read.

    Parts over people (those of the goal's own days) and parts over time (its own people's) are held
    against the whole each for itself. A rate isn't divided, nor is what stands at an end over time.
    """
    with book.reading() as db:
        every = reading.goals(db, date.today(), _ALWAYS)
    below: dict[int, list[Goal]] = defaultdict(list)
    for goal in every.values():
        if goal.parent is not None and goal.parent in standings and goal.target is not None:
            below[goal.parent].append(goal)
    found = {}
    for whole, parts in below.items():
        one = standings[whole]
        if one.what is not None and one.target is not None and one.what.denominator is None:
            total = _differing(one, parts)
            if total is not None:
                found[whole] = Gap(whole, one.target, total)
    return found


def _differing(one: Standing, parts: list[Goal]) -> Decimal | None:
    """What the parts come to, where that isn't the whole."""
    for over_time in (False, True):
        if over_time and one.what is not None and one.what.at_end:
            continue
        targets = [
            part.target
            for part in parts
            if part.target is not None and _is_part(one.goal, part, over_time)
        ]
        total = sum(targets, Decimal(0))
        if targets and total != one.target:
            return total
    return None


def _is_part(whole: Goal, part: Goal, over_time: bool) -> bool:
    same_days = (part.first, part.last) == (whole.first, whole.last)
    return part.measure == whole.measure and same_days != over_time
