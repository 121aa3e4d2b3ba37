"""A small team with a manager, a few deals and a value, and short ways to add what is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.book import Book

ON = date(2026, 9, 16)  # a Wednesday


def ago(days: int) -> date:
    """So many days before."""
    return ON - timedelta(days=days)


class Grown:
    """Ann and Ben, led by Mei; two customers; the skill and the value that tests name."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.change("Team") as change:
            self.mei = change.add("salesperson", {"name": "Mei"})
            self.team = change.add("team", {"name": "North", "manager": self.mei})
            self.ann, self.ben = (
                change.add("salesperson", {"name": name, "team": self.team})
                for name in ("Ann", "Ben")
            )
            self.acme = change.add("customer", {"name": "Acme", "owner": self.ann})
            self.skill = change.add("skill", {"name": "Negotiation"})
            self.value = change.add("cultural_value", {"name": "Customers first"})

    def add(self, entity: str, **values: Any) -> int:
        """One record."""
        with self.book.change("Add") as change:
            return change.add(entity, values)

    def set(self, entity: str, row: int, **values: Any) -> None:
        """Fields of one record."""
        with self.book.change("Set") as change:
            change.set(entity, row, values)

    def id(self, entity: str, row: int) -> str:
        """A public id."""
        return self.book.public_id(entity, row)

    def deal(self, owner: int, status: str, amount: int, day: date, **values: Any) -> int:
        """A closed deal."""
        return self.add(
            "opportunity", name=f"{status} {amount}", customer=self.acme, owner=owner, amount=amount,
            status=status, opened_on=day - timedelta(days=30), closed_on=day, **values,
        )  # fmt: skip

    def feedback(self, *, as_task: bool = False, **values: Any) -> int:
        """Feedback for Ann, given today, if nothing else is said."""
        from models.growth.feedback import give

        return give(self.book, {"person": self.ann, "situation": "At Acme", "given_on": ON, **values}, as_task=as_task)  # fmt: skip


@contextmanager
def grown(folder: Path) -> Iterator[Grown]:
    """A new book with the team."""
    with Book.create(folder / "team.daybook") as book:
        yield Grown(book)
