"""Records that feedback for somebody may cite: what happened with them lately, the latest first."""

from __future__ import annotations

from datetime import date, timedelta

from models.book import Book
from models.dialects import quoted
from models.growth.citing import Cite
from models.journal.entries import title_sql

DAYS = 60
MOST = 20
_CUSTOMER = "(SELECT c.name FROM customer c WHERE c.id = t.customer)"
# The entity, whose record it is, its day, what says more than its own label does ("" for that), and the
# column by which what is old is left out before days are reckoned ("" where the day is one itself).
_KINDS = (
    ("opportunity", "t.owner", "t.closed_on", "", ""),
    ("complaint", "coalesce(t.attributed_to, t.handler)", "t.opened_on", "", ""),
    ("order", "t.owner", "t.ordered_on", _CUSTOMER, ""),
    ("goal", "t.person", "CASE WHEN t.status IN ('reached', 'missed') THEN t.ends_on END", "", ""),
    ("task", "t.owner", "t.done_at", "", ""),
    ("activity", "t.person", "date(t.at, 'localtime')", _CUSTOMER, "t.at"),
    ("survey_response", "t.attributed_to", "t.responded_on", _CUSTOMER, ""),
)


def likely(book: Book, person: int | None, on: date, most: int = MOST) -> list[tuple[Cite, str]]:
    """What may be cited for a person, with its day; of nobody nothing. A few of each kind."""
    if person is None:
        return []
    since, until = (on - timedelta(days=DAYS)).isoformat(), on.isoformat()
    early = (on - timedelta(days=DAYS + 1)).isoformat()
    found: list[tuple[str, str, int, str]] = []
    with book.reading() as db:
        for entity, owner, day, said, column in _KINDS:
            label = said or title_sql(book.schema, entity, "t")
            found += (
                (when, entity, row, text or "")
                for row, text, when in db.run(
                    f"SELECT t.id, {label}, {day} FROM {quoted(entity)} t WHERE t.alive = 1 "
                    f"AND {owner} = ? AND {column or day} >= ? AND {day} > ? AND {day} <= ? "
                    "ORDER BY 3 DESC, 1 DESC LIMIT 5",
                    (person, early, since, until),
                )
            )
    found.sort(key=lambda one: (one[0], one[1], one[2]), reverse=True)
    return [
        (Cite(book.public_id(entity, row), entity, row, text), when)
        for when, entity, row, text in found[:most]
    ]
