"""Records of a person that can show how they worked, the latest first: what a judgement may cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.describe.field import Entity, Field

# Which link of a record names whose work it is, which day it belongs to, and what tells it from others.
_SOURCES = (
    ("feedback", "person", "given_on", ("kind", "situation")),
    ("activity", "person", "at", ("kind", "customer.name", "result")),
    ("opportunity", "owner", "closed_on", ("name", "status")),
    ("order", "owner", "ordered_on", ("code", "customer.name")),
    ("task", "owner", "due", ("title", "status")),
    ("complaint", "attributed_to", "opened_on", ("customer.name",)),
    ("survey_response", "attributed_to", "responded_on", ("customer.name",)),
    ("recognition_award", "person", "awarded_on", ("title",)),
    ("one_on_one", "person", "held_on", ()),
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
    for entity, owner, day, told in _SOURCES:
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
        made += _made(book, kind, inside[:_EACH], told)
    made.sort(key=lambda one: one.on, reverse=True)
    return tuple(made[:limit])


def _made(
    book: Book, kind: Entity, rows: Sequence[tuple[int, str]], told: Sequence[str]
) -> list[Citable]:
    """The records with what tells them apart, as people read it."""
    ids = [row for row, _ in rows]
    fields = [kind.field(one) if "." not in one else None for one in told]
    made = []
    for (row, on), values in zip(rows, book.rows(kind.id, ids, list(told)), strict=True):
        shown = [_shown(field, value) for field, value in zip(fields, values, strict=True) if value]
        label = " ".join(shown) or book.label(kind.id, row)
        made.append(Citable(book.public_id(kind.id, row), label, kind.text(), on))
    return made


def _shown(field: Field | None, value: object) -> str:
    chosen = field.choice(value) if field is not None and field.kind == "choice" else None
    return chosen.text() if chosen is not None else str(value).replace("\n", " ")


def _label(book: Book, entity: str, row: int) -> str:
    """What a record is called where it is cited: as in the list to choose from."""
    for name, _, _, told in _SOURCES:
        if name == entity:
            return _made(book, book.schema.entity(entity), [(row, "")], told)[0].label
    return book.label(entity, row)


def called(book: Book, text: str) -> tuple[tuple[str, str], ...]:
    """The ids of a text with what they name; "" where an id names nothing."""
    from models.evaluations import cites

    found = cites.resolve(book.connection(), book.schema, book.public, text)
    known = tuple((id, _label(book, entity, row)) for entity, row, id in found.known)
    return (*known, *((one, "") for one in found.unknown))
