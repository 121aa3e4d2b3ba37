"""The working days of the people behind goals, each asked for once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from models.calendar.in_book import Roster
from models.calendar.person_days import Spent
from models.goals.scope import Scope

_ONE = timedelta(days=1)
_NONE = Decimal(0)


class Days:
    """Spent and coming working days of some people in a period, as of the end of one day."""

    def __init__(self, roster: Roster, on: date) -> None:
        self.roster, self.on = roster, on
        self._known: dict[tuple[int, date, date], Spent] = {}
        self._sums: dict[tuple[Scope, date, date], Spent] = {}

    def of(self, scope: Scope, first: date, last: date) -> Spent:
        """The days of all of them together."""
        key = (scope, first, last)
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = self._added(scope, first, last)
        return found

    def _added(self, scope: Scope, first: date, last: date) -> Spent:
        before = today = after = _NONE
        for person in self.roster if scope is None else scope:
            one = self._one(person, first, last)
            before, today, after = before + one.before, today + one.today, after + one.after
        return Spent(before, today, after)

    def _one(self, person: int, first: date, last: date) -> Spent:
        key = (person, first, last)
        found = self._known.get(key)
        if found is None:
            one = self.roster.get(person)
            found = one.spent(first, last, self.on) if one else Spent(_NONE, _NONE, _NONE)
            self._known[key] = found
        return found

    def left(self, scope: Scope, spent: Spent, first: date, last: date) -> Decimal:
        """The days after the day: a person's own; of several people the book's working days."""
        if scope is not None and len(scope) == 1:
            return spent.after
        if spent.total > 0 and spent.after <= 0:
            return _NONE
        following = max(first, self.on + _ONE)
        return Decimal(self.roster.calendar.count(following, last) if following <= last else 0)

    def share(self, spent: Spent, first: date, last: date) -> Decimal:
        """How much of a period is over: of its people's days, else of the book's, else of all days."""
        if spent.total > 0:
            return spent.elapsed / spent.total
        calendar = self.roster.calendar
        for count in (calendar.count, lambda one, other: (other - one).days + 1):
            whole = count(first, last)
            if whole > 0:
                gone = count(first, min(self.on, last)) if self.on >= first else 0
                return Decimal(gone) / whole
        return _NONE


def nobody() -> Spent:
    """No days at all."""
    return Spent(_NONE, _NONE, _NONE)
