"""Which plans one evaluation of the book proposes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.book import Book
from models.evaluations import scoring
from models.growth import presented
from models.growth.plans import Proposed, propose


def for_evaluation(book: Book, evaluation: int, on: date | None = None) -> Proposed:
    """The plans that an evaluation proposes: by what was put before both for signature, else as it stands."""
    cycle, person, text = book.connection().run(
        "SELECT cycle, person, presented FROM evaluation WHERE id = ?", (evaluation,)
    )[0]
    everybody = scoring.scored(book, cycle, on=on)
    id = book.public_id("salesperson", person)
    own = presented.read(text) or next((one for one in everybody if one.person == id), None)
    if own is None:
        return Proposed((), ())
    named = replace(own, evaluation=book.public_id("evaluation", evaluation))
    return propose(book, named, everybody, on)
