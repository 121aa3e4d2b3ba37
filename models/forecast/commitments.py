"""What people said, by a day, that they will bring in a period."""

from __future__ import annotations

from datetime import date, timedelta

from models.book import Book
from models.forecast.past import rows_after
from models.periods import Period

MEASURE = "won_amount"
_COLUMNS = ("person", "starts_on", "ends_on", "measure", "amount", "made_on")


def stated(book: Book, period: Period, day: date) -> dict[int, int]:
    """By person the latest commitment made by a day for just that period, in millionths.

    What it says is the whole of the period, what is won already included. One that was written into
    the book only later counts from the day on which it says that it was made.
    """
    first, last = period.start.isoformat(), (period.end - timedelta(days=1)).isoformat()
    until = day.isoformat()
    change = book.last_change_on(day)
    found: dict[int, tuple[str, int, int]] = {}
    with book.reading() as db:
        rows = rows_after(db, book.schema.entity("commitment"), _COLUMNS, change)
        for id, alive, entered, (person, starts, ends, measure, amount, made_on) in rows:
            if alive != 1 or person is None or amount is None or measure not in (None, "", MEASURE):
                continue
            known = made_on <= until if made_on is not None else not entered
            if known and (starts, ends) == (first, last):
                found[person] = max(found.get(person, ("", 0, 0)), (made_on or "", id, amount))
    return {person: amount for person, (_, _, amount) in found.items()}
