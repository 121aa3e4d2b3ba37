"""Which plans one evaluation of the book proposes."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.evaluations.result import Scored
from models.growth import presented
from models.growth.plans import Proposed, propose


def for_evaluation(book: Book, evaluation: int, on: date | None = None) -> Proposed:
    """The plans that an evaluation proposes, by what was put before both for signature."""
    every = _everybody(book, evaluation)
    own = every.pop(evaluation, None)
    if own is None:
        return Proposed((), ())
    return propose(book, own, (own, *every.values()), on)


def _everybody(book: Book, evaluation: int) -> dict[int, Scored]:
    """The results of the cycle, by evaluation."""
    found = book.connection().run(
        "SELECT e.id, e.presented FROM evaluation e WHERE e.alive = 1 "
        "AND e.cycle = (SELECT cycle FROM evaluation WHERE id = ?) ORDER BY e.version",
        (evaluation,),
    )
    return {row: one for row, text in found if (one := presented.read(text)) is not None}
