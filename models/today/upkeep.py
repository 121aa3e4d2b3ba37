"""What is done by itself when a day begins: follow-ups that were never done are said to be missed.

Run by the window when Today is first shown on a day, never by verbs that only read. Tasks that come again
are made by the window's clock of tasks, whatever page is shown.
"""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.following import plans


def upkeep(book: Book, on: date) -> int:
    """Bring up to date what the day asks for; gives how many records. Again it does nothing."""
    return plans.upkeep(book, on)
