"""Whether goals that are written come to the goal that they are parts of, as far as parts can be added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.goals.pace import Goal, Standing
from models.texts import N_, tr


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


def gaps(standings: Mapping[int, Standing], split: Mapping[int, Sequence[Goal]]) -> dict[int, Gap]:
    """Every goal whose parts don't come to it; ``split`` names all parts, those of other days too.

    Parts over people (those of the goal's own days) and parts over time (its own people's) are held
    against the whole each for itself. A rate isn't divided, nor is what stands at an end over time.
    """
    found = {}
    for whole, below in split.items():
        one = standings[whole]
        if one.what is None or one.target is None or one.what.denominator is not None:
            continue
        for over_time in (False, True):
            if over_time and one.what.at_end:
                continue
            parts = [
                part.target
                for part in below
                if part.target is not None and _is_part(one.goal, part, over_time)
            ]
            total = sum(parts, Decimal(0))
            if parts and total != one.target:
                found[whole] = Gap(whole, one.target, total)
    return found


def _is_part(whole: Goal, part: Goal, over_time: bool) -> bool:
    same_days = (part.first, part.last) == (whole.first, whole.last)
    return part.measure == whole.measure and same_days != over_time
