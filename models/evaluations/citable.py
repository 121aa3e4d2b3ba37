"""Records of a person that can show how they worked, the latest first: what a judgement may cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.book import Book

# Which link of a record names whose work it is, and which day it belongs to.
_SOURCES = (
    ("feedback", "person", "given_on"),
    ("activity", "person", "at"),
    ("opportunity", "owner", "closed_on"),
    ("order", "owner", "ordered_on"),
    ("task", "owner", "due"),
    ("complaint", "attributed_to", "opened_on"),
    ("survey_response", "attributed_to", "responded_on"),
    ("recognition_award", "person", "awarded_on"),
    ("one_on_one", "person", "held_on"),
)
_EACH = 60  # records of one kind that are looked at


@dataclass(frozen=True)
class Citable:
    """A record to cite: its public id, what it is called, its kind, its day ("" without one)."""

    id: str
    label: str
    kind: str
    on: str


def citable(
    book: Book, person: int, first: date, last: date, typed: str = "", limit: int = 80
) -> tuple[Citable, ...]:
    """The records of a person in some days that match what was typed; without it the latest ones."""
    made: list[Citable] = []
    for entity, owner, day in _SOURCES:
        kind = book.schema.entity(entity)
        if not kind.has(owner) or not kind.has(day):
            continue
        theirs = book.linked(entity, owner, person)
        rows = book.ids(entity, None, [(day, True)], search=typed, among=theirs)
        days = [str(on)[:10] for (on,) in book.rows(entity, rows, [day])]
        inside = [
            (row, on)
            for row, on in zip(rows, days, strict=True)
            if first.isoformat() <= on <= last.isoformat()
        ]
        made += [
            Citable(book.public_id(entity, row), book.label(entity, row), kind.text(), on)
            for row, on in inside[:_EACH]
        ]
    made.sort(key=lambda one: one.on, reverse=True)
    return tuple(made[:limit])


def called(book: Book, text: str) -> tuple[tuple[str, str], ...]:
    """The ids of a text with what they name; "" where an id names nothing."""
    from models.evaluations import cites

    found = cites.resolve(book.connection(), book.schema, book.public, text)
    known = tuple((id, book.label(entity, row)) for entity, row, id in found.known)
    return (*known, *((one, "") for one in found.unknown))
