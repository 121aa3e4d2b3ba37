"""Small books whose journals have days: what the tests of the forecast tell and ask."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from models.book import Book
from models.forecast.states import Deal, states_on
from models.money import SCALE

MILLION = SCALE  # one unit of currency


def day(text: str) -> date:
    return date.fromisoformat(text)


class Team:
    """A book with two people and four stages, made on 1 January 2024."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.change("begin") as change:
            self.li, self.wang = (
                change.add("salesperson", {"name": one}) for one in ("李娜", "王强")
            )
            self.stages = {
                name: change.add("stage", {"name": name, "kind": kind, "probability": odds})
                for name, kind, odds in (
                    ("报价", "open", "50%"),
                    ("谈判", "open", "75%"),
                    ("赢", "won", "100%"),
                    ("输", "lost", "0%"),
                )
            }
        self.dated(day("2024-01-01"))

    def dated(self, on: date, change: int | None = None) -> int:
        """As if the latest change had been made at noon of a day."""
        no = change or self.book.history(1)[0].no
        self.book.connection().run("UPDATE change SET at = ? WHERE id = ?", (f"{on}T04:00:00Z", no))
        return no

    def add(self, on: str, **values: Any) -> int:
        """A deal that is written into the book on a day."""
        with self.book.change("add") as change:
            id = change.add(
                "opportunity", {"opened_on": on, "owner": self.li, "stage": "报价", **values}
            )
        self.dated(day(on))
        return id

    def set(self, on: str, id: int, **values: Any) -> int:
        """An edit that is made on a day."""
        self.book.set("opportunity", id, values)
        return self.dated(day(on))

    def remove(self, on: str, id: int) -> None:
        with self.book.change("remove") as change:
            change.remove("opportunity", [id])
        self.dated(day(on))

    def restore(self, on: str, id: int) -> None:
        with self.book.change("restore") as change:
            change.restore("opportunity", [id])
        self.dated(day(on))

    def undo(self, on: str, change: int | None = None) -> None:
        self.book.undo(change)
        self.dated(day(on))

    def redo(self, on: str, change: int | None = None) -> None:
        self.book.redo(change)
        self.dated(day(on))

    def was(self, id: int, on: str) -> Deal | None:
        """A deal as it stood on a day."""
        return states_on(self.book, day(on)).deals.get(id)


@contextmanager
def team() -> Iterator[Team]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "one.daybook") as book,
    ):
        yield Team(book)
