"""In which order the days of a column are written: 3/4/2024 is the third of April, or the fourth of March.

One cell says nothing; the whole column mostly does. What is left open here is decided by what stands
around the column, or by the person (``ways``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.describe import parsing

ORDERS = ("ymd", "dmy", "mdy")
SLASHED = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{1,2})(?!\d)")
_CLEARLY = 5  # so many times as much evidence decides against single cells that contradict
_WIDER = 3
_SHOWN = 3  # examples
_SLACK = timedelta(days=7)  # how far from the real days of a column its texts may lie


@dataclass(frozen=True)
class DayOrder:
    """What the texts of a column say of their order.

    ``order`` is the one to take when nobody says otherwise; ``ways`` are those that such texts can
    have, none where no text depends on it; ``by`` says what decides: the "column", its real days
    ("cells"), or nothing: "" no text does, "mixed" they contradict one another.
    """

    order: str | None = None
    by: str = ""
    ways: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Evidence:
    """Collects it from all cells of a column that leave the order open."""

    def __init__(self) -> None:
        self.any = False
        self._first_over = self._second_over = 0  # beyond 12: no month
        self._long = False  # a year of four digits at the end
        self._short: list[set[int]] = [set(), set(), set()]  # with years of two digits
        self._single = False  # a last number of one digit, which is no year
        self._differ = False  # day and month are not the same number everywhere
        self._examples: list[str] = []

    def take(self, text: str, one: str, two: str, three: str) -> None:
        """Count a cell such as 3/5/2024 or 24.3.5."""
        self.any = True
        long = len(three) == 4
        if one != two or not long:
            self._differ = True
            if len(self._examples) < _SHOWN and (not long or (int(one) <= 12 and int(two) <= 12)):
                self._examples.append(text.strip())
        if long:
            self._long = True
            self._first_over += int(one) > 12
            self._second_over += int(two) > 12
            return
        self._single |= len(three) == 1
        for seen, part in zip(self._short, (one, two, three), strict=True):
            seen.add(int(part))

    def decide(self, values: Collection[Any]) -> DayOrder:
        """The order; ``values`` are the column's distinct cells, real days among them."""
        if not self.any:
            return DayOrder()
        order, by = self._decide_long() if self._long else self._decide_short()
        if by == "" and self._long and (near := _near(values)):
            order, by = near, "cells"
        ways = () if not self._differ else ("dmy", "mdy") if self._long else ORDERS
        return DayOrder(order, by, ways, tuple(self._examples))

    def _decide_long(self) -> tuple[str, str]:
        first, second = self._first_over, self._second_over
        if first > _CLEARLY * second:
            return "dmy", "column"
        if second > _CLEARLY * first:
            return "mdy", "column"
        return "dmy" if first > second else "mdy", "mixed" if first else ""

    def _decide_short(self) -> tuple[str, str]:
        """Years of two digits: they lie near to one another, days far apart."""
        first, second, third = self._short
        before, after = max(first) - min(first) + 1, max(third) - min(third) + 1
        possible = [
            order
            for order, fits in (
                ("ymd", max(second) <= 12 and max(third) <= 31),
                ("dmy", max(first) <= 31 and max(second) <= 12 and not self._single),
                ("mdy", max(first) <= 12 and max(second) <= 31 and not self._single),
            )
            if fits
        ]
        if len(possible) == 1:
            return possible[0], "column"
        if "ymd" in possible and _WIDER * before <= after:
            return "ymd", "column"
        behind = [one for one in possible if one != "ymd"]
        if len(behind) == 1 and _WIDER * after <= before:
            return behind[0], "column"
        return (possible[0], "") if possible else ("ymd", "mixed")


def _near(values: Collection[Any]) -> str:
    """The one order in which all texts lie near the real days of their column, "" if both or none do."""
    real = [day for one in values if (day := _real(one)) is not None]
    texts = [one for one in values if isinstance(one, str) and SLASHED.match(parsing.fold(one))]
    if len(real) < 2 or len(texts) < 2:
        return ""
    first, last = min(real) - _SLACK, max(real) + _SLACK
    fitting = {order: [_inside(one, order, first, last) for one in texts] for order in ORDERS[1:]}
    near = [order for order, found in fitting.items() if all(found)]
    far = [order for order, found in fitting.items() if 2 * sum(found) <= len(found)]
    return near[0] if len(near) == 1 and far else ""


def _real(value: Any) -> date | None:
    """A day that can be read in one way only."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or SLASHED.match(parsing.fold(value)):
        return None
    try:
        return parsing.day(value)
    except parsing.Unreadable:
        return None


def _inside(text: str, order: str, first: date, last: date) -> bool:
    try:
        return first <= parsing.day(text, order) <= last
    except parsing.Unreadable:
        return False
