"""The company's own goal for a period, against which its forecast is held."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from models.book import Book
from models.periods import Period

_FOUND = """
SELECT id, floor, target, stretch, status FROM goal
WHERE alive = 1 AND level = 'company' AND measure = 'won_amount' AND starts_on = ? AND ends_on = ?
  AND status NOT IN ('cancelled', 'superseded')
  AND coalesce(floor, target, stretch) IS NOT NULL
ORDER BY status IN ('draft', 'proposed'), id DESC LIMIT 1
"""


class Target(NamedTuple):
    """The three levels in millionths, None where they are left empty; ``agreed`` by anybody yet."""

    goal: int
    floor: int | None
    target: int | None
    stretch: int | None
    agreed: bool


def target(book: Book, period: Period) -> Target | None:
    """The goal of the whole company for what is won in just this period; the latest, agreed ones first."""
    with book.reading() as db:
        rows = list(
            db.run(_FOUND, (period.start.isoformat(), (period.end - timedelta(days=1)).isoformat()))
        )
    if not rows:
        return None
    id, floor, goal, stretch, status = rows[0]
    return Target(id, floor, goal, stretch, status not in ("draft", "proposed"))
