"""The evaluation of one person as it goes onto paper: as sealed, else as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.evaluations import presenting, scoring
from models.evaluations.desk import Standing, desk
from models.refusals import Refused
from models.texts import N_


@dataclass(frozen=True)
class Sheet:
    """What is printed: the standing, whose company, the digest of what was put before both ("" before)."""

    standing: Standing
    company: str
    digest: str


def sheet(book: Book, cycle: str | None, person: int, on: date | None = None) -> Sheet:
    """The sheet of somebody in a cycle, named by id or name; the latest one if none is named.

    Raises:
        Refused: ``no_cycle``, ``no_evaluation``, or there is no such cycle.
    """
    row = scoring.resolve_cycle(book, cycle) if cycle else None
    found = desk(book, row, on)
    if found.cycle is None:
        raise Refused("no_cycle", N_("There is no evaluation cycle in this book yet."))
    for one in found.standings:
        if one.person == person and one.evaluation is not None:
            return Sheet(one, book.path.stem, digest(book, one.evaluation))
    raise Refused(
        "no_evaluation",
        N_("{person} has no evaluation in the cycle “{cycle}”."),
        person=book.label("salesperson", person),
        cycle=found.cycle.name,
    )


def digest(book: Book, evaluation: int) -> str:
    """The SHA-256 of what was put before both; "" before that."""
    lies = presenting.presented(book, evaluation)
    return "" if lies is None else lies.digest
