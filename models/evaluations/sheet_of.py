"""Evaluations as they go onto paper: as sealed, else as they stand, each with the digest of what is signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.book import Book
from models.evaluations import presenting
from models.evaluations.desk import standing_of
from models.evaluations.result import Scored
from models.evaluations.steps import Standing


@dataclass(frozen=True)
class Sheet:
    """What is printed: the standing, whose company, the digest of what was put before both ("" before)."""

    standing: Standing
    company: str
    currency: str
    digest: str


def sheet(book: Book, one: Standing) -> Sheet:
    """The sheet of somebody."""
    lies = None if one.evaluation is None else presenting.presented(book, one.evaluation)
    return Sheet(one, book.path.stem, book.currency, "" if lies is None else lies.digest)


def sheets(book: Book, found: Iterable[Scored]) -> tuple[Sheet, ...]:
    """The sheets of people who were scored."""
    return tuple(sheet(book, standing_of(book, one)) for one in found)
