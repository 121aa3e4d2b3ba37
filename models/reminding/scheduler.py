"""Which reminders are due at a moment, and when to look again; it knows no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.reminding.items import Item
from models.reminding.quiet import Quiet
from models.reminding.state import State

# Nothing is said so long before the moment that it was planned for: no run of free days is longer.
_FAR = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """A reminder that is to be shown now.

    ``at`` is when it was to be shown; ``missed``, that this was before the program was started.
    """

    item: Item
    at: datetime
    missed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is due, the earliest first, and when the next one is; None if there is none."""

    due: tuple[Due, ...]
    next_at: datetime | None


@dataclass(frozen=True)
class Reminders:
    """The reminders of one book, for one person's quiet time."""

    quiet: Quiet

    def look(
        self, now: datetime, items: Iterable[Item], state: State, started: datetime | None = None
    ) -> Outcome:
        """What is due at a moment.

        Args:
            started: since when the program runs; what was to be shown before was missed.
        """
        due: list[Due] = []
        later: list[datetime] = []
        silent = self.quiet.is_quiet(now)
        first = None
        for one in sorted(items, key=_planned):
            if first is not None and one.remind_at > first + _FAR and one.key not in state.put_off:
                continue  # many thousands lie far ahead; each would be asked about its day
            at = self._at(one, state)
            if at is None:
                continue
            if at > now:
                later.append(at)
                first = min(first or at, at)
            elif silent:
                later += [again] if (again := self.quiet.next_allowed(now)) is not None else []
            else:
                due.append(Due(one, at, started is not None and at < started))
        due.sort(key=lambda one: (one.at, one.item.at, one.item.key))
        return Outcome(tuple(due), min(later, default=None))

    def _at(self, item: Item, state: State) -> datetime | None:
        """When it is to be shown; None if it was already, or never may be."""
        put_off = state.put_off.get(item.key)
        if put_off is not None:
            return self.quiet.next_allowed(put_off)
        if item.key in state.shown:
            return None
        return self.quiet.when(item.remind_at, item.begins)


def _planned(item: Item) -> datetime:
    return item.remind_at
