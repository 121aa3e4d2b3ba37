"""How the odds that people stated came true."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.forecast.odds import Doubt, learnt
from models.forecast.states import States
from models.money import SCALE


def calibration(book: Book, states: States) -> Doubt:
    """The doubt about stated odds, from the deals closed by the day of ``states``.

    Of each the odds that stood half-way between the beginning of its stage history and its end: the
    last ones before the end know the outcome already, the first ones are a habit.
    """
    closed = {
        one.id: one
        for one in states.deals.values()
        if one.status != "open" and one.closed_on is not None
    }
    courses: dict[int, list[tuple[int, int]]] = {}
    with book.reading() as db:
        for deal, at, odds in db.run(
            "SELECT c.opportunity, c.at, coalesce(c.probability, s.probability) FROM stage_change c "
            "JOIN stage s ON s.id = c.stage AND coalesce(s.kind, 'open') = 'open' "
            "WHERE c.alive = 1 AND c.at IS NOT NULL ORDER BY c.at, c.id"
        ):
            if deal in closed and odds is not None:
                courses.setdefault(deal, []).append((date.fromisoformat(at).toordinal(), odds))
    stated, won = [], []
    for deal, course in courses.items():
        one = closed[deal]
        end = date.fromisoformat(one.closed_on or "").toordinal()
        half = (course[0][0] + end) / 2
        before = [odds for at, odds in course if at <= half]
        if before:
            stated.append(before[-1] / SCALE)
            won.append(one.status == "won")
    return learnt(stated, won)
