"""What is done by itself when a day begins: tasks that recur are made, follow-ups brought up to date.

Run by the window when Today is first shown on a day, never by verbs that only read.
"""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.tasks import series


def upkeep(book: Book, on: date) -> int:
    """Make what the day asks for; gives how many records. Again it does nothing."""
    return series.make(book, on)
