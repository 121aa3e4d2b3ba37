"""Which fiscal years a book has numbers for."""

from __future__ import annotations

from datetime import date

from models.book import Book

_MOST = 20


def years(book: Book) -> list[int]:
    """The fiscal years with orders or closed deals, the latest first."""
    with book.reading() as db:
        found = db.run(
            'SELECT DISTINCT substr(ordered_on, 1, 7) FROM "order" WHERE alive = 1 '
            "UNION SELECT DISTINCT substr(closed_on, 1, 7) FROM opportunity WHERE alive = 1"
        )
    months = [date.fromisoformat(f"{month}-01") for (month,) in found if month]
    return sorted(
        {book.calendar.year_of(one) for one in months if one.year < date.max.year}, reverse=True
    )[:_MOST]
