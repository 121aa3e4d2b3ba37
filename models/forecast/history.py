"""The third reading: what history with its season lets expect of the rest of the period."""

from __future__ import annotations

from collections.abc import Sequence

from models.book import Book
from models.forecast.readings import Reading
from models.forecast.states import States
from models.periods import Period

TEAM = "team"
Past = dict[int | str | None, Reading]


def read(book: Book, states: States, period: Period, owners: Sequence[int | None]) -> Past:
    """By owner, and by ``TEAM`` for all, the reading from history; none without any."""
    return {}
