"""One person over the cycles: totals, grades and items, as they were sealed or as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.evaluations import reading, scoring
from models.evaluations.desk import sealed_scores
from models.evaluations.result import Scored


@dataclass(frozen=True)
class Past:
    """A cycle of one person; sealed ones say what was signed."""

    cycle: int
    evaluation: int
    stage: str
    sealed: bool
    last: date
    scored: Scored


def history(book: Book, person: int) -> tuple[Past, ...]:
    """The cycles in which somebody has an evaluation, the earliest first, each in its newest version."""
    db = book.connection()
    cycles = [
        row
        for (row,) in db.run(
            "SELECT DISTINCT v.cycle FROM evaluation v JOIN evaluation_cycle c ON c.id = v.cycle "
            "WHERE v.alive = 1 AND c.alive = 1 AND v.person = ?",
            (person,),
        )
    ]
    made = []
    for cycle in cycles:
        found = [one for one in reading.evaluations(db, cycle) if one.person == person]
        for one in found:
            scored = sealed_scores(book, one.row)
            sealed = scored is not None
            if scored is None:
                scored = next(iter(scoring.scored(book, cycle, [person])), None)
            if scored is not None:
                made.append(Past(cycle, one.row, one.status, sealed, scored.last, scored))
    made.sort(key=lambda one: (one.last, one.evaluation))
    return tuple(made)


def item_names(pasts: tuple[Past, ...]) -> tuple[str, ...]:
    """The names of all items that ever counted, in the order in which they came."""
    names = [item.name for one in pasts for item in one.scored.items]
    return tuple(dict.fromkeys(names))
