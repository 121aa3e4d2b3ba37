"""What changes of evaluations are called in the history: what was done, and with whose evaluation."""

from __future__ import annotations

from models.book import Book
from models.texts import N_, tr

JUDGED = {  # by who judges
    "self": N_("Self-review of {person}"),
    "manager": N_("Judgement of {person}"),
    "peer": N_("A colleague's judgement of {person}"),
}


def of(book: Book, text: str, evaluation: int, **more: object) -> str:
    """A text with the ``{person}`` and the ``{cycle}`` of an evaluation filled in."""
    found = book.connection().run(
        "SELECT p.name, c.name FROM evaluation v LEFT JOIN salesperson p ON p.id = v.person "
        "LEFT JOIN evaluation_cycle c ON c.id = v.cycle WHERE v.id = ?",
        (evaluation,),
    )
    person, cycle = found[0] if found else ("", "")
    return tr(text, person=person or "", cycle=cycle or "", **more)


def of_appeal(book: Book, text: str, appeal: int) -> str:
    """The same of the evaluation that an appeal objects to."""
    row = book.connection().one("SELECT evaluation FROM appeal WHERE id = ?", (appeal,))
    return of(book, text, int(row or 0))
