"""Ids of records in a line of text: which records they mean, and which mean none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models import citations
from models.book import Book
from models.public_ids import listed
from models.refusals import Refused
from models.texts import N_, tr


@dataclass(frozen=True)
class Cite:
    """A record that is cited."""

    id: str  # public id
    entity: str
    row: int
    label: str


@dataclass(frozen=True)
class Cited:
    """What a line cites: records of the book in the order in which they are named, and what is none."""

    known: tuple[Cite, ...] = ()
    unknown: tuple[str, ...] = ()

    def rows(self) -> dict[str, list[int]]:
        """The rows by entity, as lists are opened with them."""
        made: dict[str, list[int]] = {}
        for one in self.known:
            made.setdefault(one.entity, []).append(one.row)
        return made


def cited(book: Book, text: str | None) -> Cited:
    """Look up what a line of ids cites; what was removed counts as none."""
    found = {word: row_of(book, word) for word in listed(text)}
    there = citations.living(book.connection(), filter(None, found.values()))
    return Cited(
        tuple(
            Cite(word, *one, book.label(*one))
            for word, one in found.items()
            if one in there and one
        ),
        tuple(word for word, one in found.items() if one not in there),
    )


def row_of(book: Book, word: str) -> tuple[str, int] | None:
    """The record that an id has the form of, without a look whether it is there; for many at once."""
    return citations.record_of(book.schema, book.public, word)


def many(book: Book, texts: Sequence[str]) -> list[dict[str, list[int]]]:
    """The live records that each of several lines cites, rows by entity; a look for each entity."""
    found = [[row_of(book, word) for word in listed(text)] for text in texts]
    asked: dict[str, set[int]] = {}
    for record in (one for line in found for one in line if one is not None):
        asked.setdefault(record[0], set()).add(record[1])
    there = {entity: set(book.ids(entity, among=sorted(rows))) for entity, rows in asked.items()}
    made: list[dict[str, list[int]]] = []
    for line in found:
        rows: dict[str, list[int]] = {}
        for named in line:
            if named is not None and named[1] in there[named[0]]:
                rows.setdefault(named[0], []).append(named[1])
        made.append(rows)
    return made


def assert_cited(book: Book, text: str | None) -> Cited:
    """What a line cites, where something must be cited.

    Raises:
        Refused: nothing is cited (``nothing_cited``), or an id means no record (``unknown_cites``).
    """
    found = cited(book, text)
    assert_known(found)
    if not found.known:
        raise Refused("nothing_cited", N_("Name at least one record that shows it, by its id."))
    return found


def assert_known(found: Cited) -> None:
    """That every id means a record.

    Raises:
        Refused: ``unknown_cites``.
    """
    if found.unknown:
        raise citations.refusal(found.unknown)


def joined(texts: Sequence[str]) -> str:
    """Several things in one line."""
    return tr(N_(", ")).join(texts)
