"""A small team with leave, covers and work for the tests of capacity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.people.load import Load

ON = date(2026, 3, 2)  # a Monday; the month has no holidays
FRIDAY = date(2026, 3, 6)


@dataclass
class Team:
    """A book: Ada leads Ben, Cai and Dan; everybody works eight hours a day."""

    book: Book
    people: dict[str, int] = field(default_factory=dict)
    team: int = 0

    def __getitem__(self, name: str) -> int:
        return self.people[name]

    def add(self, entity: str, **values: Any) -> int:
        with self.book.change("test") as change:
            return change.add(entity, values)

    def set(self, entity: str, row: int, **values: Any) -> None:
        self.book.set(entity, row, values)

    def person(self, name: str, **values: Any) -> int:
        self.people[name] = self.add("salesperson", name=name, team=self.team, **values)
        return self.people[name]

    def leave(self, who: str, first: date, last: date, **values: Any) -> int:
        if isinstance(values.get("cover"), str):
            values["cover"] = self.people[values["cover"]]
        given = {"status": "approved", **values}
        return self.add("leave", person=self.people[who], starts_on=first, ends_on=last, **given)

    def task(self, who: str | None, hours: object = 8, due: date | None = None, **more: Any) -> int:
        owner = None if who is None else self.people[who]
        effort = None if hours is None else Decimal(str(hours))
        given = {"title": "Write the quote", "status": "assigned", **more}
        return self.add("task", owner=owner, effort_hours=effort, due=due, **given)

    def load(self, first: date = ON, days: int = 14, on: date = ON) -> Load:
        return Load(self.book, first, first + timedelta(days - 1), on)


@contextmanager
def staffed(folder: Path) -> Iterator[Team]:
    """A new team in a folder."""
    with Book.create(folder / "team.daybook") as book:
        made = Team(book)
        made.people["Ada"] = made.add("salesperson", name="Ada")
        made.team = made.add("team", name="North", manager=made.people["Ada"])
        for name in ("Ben", "Cai", "Dan"):
            made.person(name)
        yield made
