"""From a value and its reference to points, and from points to a total: pure and exact.

- The share is value ÷ reference; where less is better it is 2 − value ÷ reference, as for goals.
- ``linear`` without points gives 100 × share; with points it runs straight from one to the next and level
  outside of them. ``steps`` gives the points of the last step that was reached, without any 100 for the whole
  reference and nothing below. ``threshold`` is as linear, but nothing below its first point.
- Points never rise above the cap, nor fall below 0; they are rounded half up to cents.
- Weights of scored items are shared out anew so that they come to exactly 1, in millionths by the largest
  remainder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from models.describe import parsing
from models.money import SCALE, from_scaled
from models.refusals import Refused
from models.texts import N_

LINEAR, STEPS, THRESHOLD = "linear", "steps", "threshold"
FULL = Fraction(100)
LEVEL = 20  # points of one level of five
Points = tuple[tuple[Fraction, Fraction], ...]  # shares or levels, ascending, with their points
_NUMBER = r"(-?\d+(?:\.\d+)?)\s*(%?)"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*(?::|=|→|->)\s*(-?\d+(?:\.\d+)?)\s*分?\s*")
_BETWEEN = re.compile(r"[,，、;；\n]+")
_LARGEST_SHARE = 10  # a bare number above it is a percentage


def points(text: str | None) -> Points:
    """The points of a curve as people write them: ``60%: 0, 100%: 100``; bare shares above 10 are percentages.

    Raises:
        Refused: ``bad_curve_points``, something in it is no pair, a share comes twice, or the points fall.
    """
    pairs = _pairs(text)
    hundred = any(share > _LARGEST_SHARE for share, percent, _ in pairs if not percent)
    return _ascending(
        text,
        [(share / 100 if percent or hundred else share, given) for share, percent, given in pairs],
    )


def levels(text: str | None) -> Points:
    """The points of levels: ``1: 0, 3: 100, 5: 120``.

    Raises:
        Refused: ``bad_curve_points``.
    """
    return _ascending(text, [(level, given) for level, _, given in _pairs(text)])


def _pairs(text: str | None) -> list[tuple[Fraction, bool, Fraction]]:
    made = []
    for piece in _BETWEEN.split(parsing.fold(text or "")):
        if not piece.strip():
            continue
        found = _PAIR.fullmatch(piece)
        if found is None:
            raise _unreadable(text)
        made.append((Fraction(found[1]), bool(found[2]), Fraction(found[3])))
    return made


def _ascending(text: str | None, pairs: Iterable[tuple[Fraction, Fraction]]) -> Points:
    made = tuple(sorted(pairs))
    if any(one[0] == other[0] or one[1] > other[1] for one, other in pairwise(made)):
        raise _unreadable(text)
    return made


def _unreadable(text: str | None) -> Refused:
    return Refused(
        "bad_curve_points",
        N_(
            "“{text}” are no points of a curve. Write each share once with its points, more for more: 60%: 0, 100%: 100, 120%: 120."
        ),
        text=text,
    )


def ratio(value: Fraction, reference: Fraction, down: bool) -> Fraction:
    """The share of a reference, which is above 0, that a value is; less is better if ``down``."""
    share = value / reference
    return 2 - share if down else share


def score(share: Fraction, curve: str, given: Points, cap: Fraction | None) -> Decimal:
    """The points of a share."""
    return rounded(clamped(uncapped(share, curve, given), cap))


def level_score(level: Fraction, given: Points, cap: Fraction | None) -> Decimal:
    """The points of a level from 1 to 5."""
    return rounded(clamped(level_uncapped(level, given), cap))


def level_uncapped(level: Fraction, given: Points) -> Fraction:
    """The points of a level before cap and floor."""
    return _between(level, given) if given else level * LEVEL


def uncapped(share: Fraction, curve: str, given: Points) -> Fraction:
    """The points of a share before cap and floor."""
    if curve == STEPS:
        if not given:
            return FULL if share >= 1 else Fraction(0)
        reached = [points for least, points in given if least <= share]
        return reached[-1] if reached else Fraction(0)
    if not given:
        return FULL * share
    if curve == THRESHOLD and share < given[0][0]:
        return Fraction(0)
    return _between(share, given)


def _between(share: Fraction, given: Points) -> Fraction:
    """Straight from point to point, level outside."""
    if share <= given[0][0]:
        return given[0][1]
    for (low, least), (high, most) in pairwise(given):
        if share <= high:
            return least + (most - least) * (share - low) / (high - low)
    return given[-1][1]


def clamped(made: Fraction, cap: Fraction | None) -> Fraction:
    """Points between 0 and the cap."""
    return max(Fraction(0), made if cap is None else min(made, cap))


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Rounded half up (away from zero, as amounts are), exactly."""
    above, below = abs(value.numerator) * 10**places, value.denominator
    whole = (2 * above + below) // (2 * below)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def counted_weights(weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Weights as parts of 1, in millionths that come to exactly 1; all 0 where they come to nothing."""
    return _counted(tuple(weights))


@lru_cache(maxsize=512)  # the same for all whose items have points
def _counted(weights: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    whole = sum((Fraction(one) for one in weights), Fraction(0))
    if whole <= 0:
        return (Decimal(0),) * len(weights)
    exact = [Fraction(one) / whole * SCALE for one in weights]
    made = [int(one) for one in exact]
    order = sorted(range(len(made)), key=lambda at: (made[at] - exact[at], at))
    for at in order[: SCALE - sum(made)]:
        made[at] += 1
    return tuple(from_scaled(one) for one in made)


def total(parts: Iterable[tuple[Decimal, Decimal]], adjustment: Decimal = Decimal(0)) -> Decimal:
    """The total of counted weights with their points, with what calibration added; never below 0."""
    whole = sum((Fraction(weight) * Fraction(given) for weight, given in parts), Fraction(0))
    return rounded(max(Fraction(0), whole + Fraction(adjustment)))
