"""The reminders of a year, listened to around the clock, each kept with the moment at which it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.book import Book
from models.reminding.items import upcoming
from models.reminding.quiet import Quiet
from models.reminding.scheduler import Due, Reminders
from models.reminding.state import State

BEFORE = 15  # minutes that an appointment is said before it begins
_BACK = timedelta(
    days=14
)  # for which is looked back, so that what waited for a holiday's end is said


@dataclass
class Bell:
    """One program that runs day and night; ``rang`` is what it said and when."""

    quiet: Quiet
    state: State = field(default_factory=State)
    rang: list[tuple[datetime, Due]] = field(default_factory=list)
    looks: int = 0

    def listen(self, book: Book, now: datetime, until: datetime) -> None:
        """Look, and look again when the next one is due, up to a moment; nothing is written meanwhile."""
        items = upcoming(book, BEFORE, now - _BACK)
        reminders = Reminders(self.quiet)
        while now < until:
            self.looks += 1
            outcome = reminders.look(now, items, self.state)
            self.rang += [(now, one) for one in outcome.due]
            self.state.mark([one.item.key for one in outcome.due], now)
            if outcome.next_at is None:
                return
            assert outcome.next_at > now, "it looks again without end"
            now = outcome.next_at

    def silent(self, book: Book, now: datetime) -> list[str]:
        """What should have been said by a moment, and wasn't."""
        return [
            one.key
            for one in upcoming(book, BEFORE, now - _BACK)
            if one.key not in self.state.shown
            and (at := self.quiet.when(one.remind_at, one.begins)) is not None
            and at <= now
        ]
