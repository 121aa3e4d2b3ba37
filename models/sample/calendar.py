"""Working days, and how busy a day is: season, month's end, the weeks around the Spring Festival."""

from __future__ import annotations

import bisect
import math
from datetime import date, timedelta

from models.calendar.public_holidays import public_year

# Sales by month, January first, as measured on a Chinese sample over four years.
_MONTHS = (0.60, 0.52, 0.72, 0.58, 1.26, 1.26, 0.66, 1.36, 1.20, 1.28, 1.30, 1.25)
_IN_QUARTER = (0.72, 1.02, 1.26)  # 24 / 34 / 42 % of a quarter
_WEEKDAYS = (0.9, 1.0, 1.05, 1.0, 1.1, 0.7, 0.7)
_GROWTH = 0.2  # a year
_FEAST = 12  # days before and after the Spring Festival on which little is signed
_FEAST_NAME = "Chinese New Year"
LONGEST = 400  # days before the first day that are known too
AHEAD = 200  # days after the last


class Calendar:
    """The working days of the two years that end on a day."""

    def __init__(self, today: date, country: str, feast: bool) -> None:
        self.today = today
        self.start = today - timedelta(days=730)
        off, extra, new_years = _days_off(country, self.start.year - 2, today.year + 2)
        first = self.start - timedelta(days=LONGEST)
        days = (first + timedelta(days=at) for at in range(LONGEST + 730 + AHEAD + 1))
        self._all = [one for one in days if one in extra or (one.weekday() < 5 and one not in off)]
        self._new_years = new_years if feast else ()
        self.days = [one for one in self._all if self.start <= one <= today]
        self.weights = [self._busy(one) for one in self.days]

    def before(self, day: date) -> date:
        """The day itself when people work on it, else the last working day before."""
        return self._all[max(bisect.bisect_right(self._all, day) - 1, 0)]

    def after(self, day: date) -> date:
        """The day itself when people work on it, else the next working day."""
        return self._all[min(bisect.bisect_left(self._all, day), len(self._all) - 1)]

    def season(self, day: date) -> float:
        """How much is sold in a month of this name, 1 on average."""
        return float(_MONTHS[day.month - 1] ** 0.75 * _IN_QUARTER[(day.month - 1) % 3] ** 0.25)

    def near_feast(self, day: date) -> bool:
        """Whether the Spring Festival is near, and little goes on."""
        return any(abs((day - one).days) <= _FEAST for one in self._new_years)

    def _busy(self, day: date) -> float:
        weight = self.season(day) * _WEEKDAYS[day.weekday()]
        weight *= math.pow(1 + _GROWTH, (day - self.start).days / 365)
        if (day + timedelta(days=6)).month != day.month:
            weight *= 1.5  # what must be in this month's figures
        return weight * (0.4 if self.near_feast(day) else 1.0)


def _days_off(
    country: str, first: int, last: int
) -> tuple[frozenset[date], frozenset[date], tuple[date, ...]]:
    """Holidays, weekend days that are worked, and the days on which the Chinese year begins."""
    years = [public_year(country, year) for year in range(first, last + 1)]
    named = {day: name for year in years for day, name in year.off.items()}
    worked = frozenset(day for year in years for day in year.worked)
    given = {day for year in years for day in year.exchanged}  # instead of weekend days
    feast = tuple(day for day in sorted(named) if _FEAST_NAME in named[day] and day not in given)
    return frozenset(named), worked, feast
