"""A small team on a Wednesday, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from models.book import Book
from models.today.line import Line
from models.today.scopes import EVERYBODY, Scope
from models.today.today import Today, read

ON = date(2026, 9, 16)  # a Wednesday between two working days


class Team:
    """A book with Ann, Ben and Cai, two customers, and short ways to add what is needed."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.change("Team") as change:
            self.ann, self.ben, self.cai = (
                change.add("salesperson", {"name": name}) for name in ("Ann", "Ben", "Cai")
            )
            self.acme, self.bolt = (
                change.add(
                    "customer",
                    {"name": name, "grade": grade, "owner": owner, "no_step_reason": "All is well"},
                )
                for name, grade, owner in (("Acme", "A", "Ann"), ("Bolt", "C", "Ben"))
            )

    def add(self, entity: str, **values: Any) -> int:
        """One record."""
        with self.book.change("Add") as change:
            return change.add(entity, values)

    def set(self, entity: str, row: int, **values: Any) -> None:
        """Fields of one record."""
        with self.book.change("Set") as change:
            change.set(entity, row, values)

    def today(self, on: date = ON) -> Today:
        """What there is to do."""
        return read(self.book, on)

    def lines(self, kind: str = "", on: date = ON, scope: Scope = EVERYBODY) -> list[Line]:
        """The lines of a kind."""
        return [one for one in self.today(on).lines(scope) if kind in ("", one.kind)]

    def titles(self, kind: str = "", on: date = ON) -> list[str]:
        """What the lines of a kind are called."""
        return [one.title for one in self.lines(kind, on)]


@contextmanager
def team(folder: Path) -> Iterator[Team]:
    """A fresh team."""
    with Book.create(folder / "today.daybook") as book:
        yield Team(book)
