"""Which years a book has numbers for."""

from __future__ import annotations

from models.book import Book

_MOST = 20


def years(book: Book) -> list[int]:
    """The years with orders or closed deals, the latest first."""
    with book.reading() as db:
        found = db.run(
            'SELECT DISTINCT substr(ordered_on, 1, 4) FROM "order" WHERE alive = 1 '
            "UNION SELECT DISTINCT substr(closed_on, 1, 4) FROM opportunity WHERE alive = 1 "
            "ORDER BY 1 DESC LIMIT ?",
            (_MOST,),
        )
    return [int(year) for (year,) in found if year]
