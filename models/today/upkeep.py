"""What is done by itself when a day begins: tasks that come again are made, and follow-ups that were never
done are said to be missed.

Run by the window when a book is shown and when the day turns, never by verbs that only read. Each of the
two is a change of its own, whose origin is the clock: undone from the history, not by Ctrl+Z.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.following import plans
from models.tasks import series


@dataclass(frozen=True)
class Kept:
    """How many tasks were made and how many follow-ups are missed, with the change that says so, 0 for none."""

    made: int = 0
    missed: int = 0
    change: int = 0


def upkeep(book: Book, on: date) -> Kept:
    """Bring up to date what the day asks for; done again it does nothing.

    Raises:
        BookUnavailable: the book can't be written just now.
    """
    made = series.make(book, on)
    missed = plans.upkeep(book, on)
    return Kept(made, missed, book.last_change if missed else 0)
