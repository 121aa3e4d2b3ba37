"""A small team with orders, deals and goals for the tests of pace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.goals.pace import Standing
from models.goals.pace_board import PaceBoard

ON = date(2024, 11, 12)


@dataclass
class World:
    """A book with two teams: Ada leads everybody, Ben (with Cai) is in North, Dan in South below it."""

    book: Book
    people: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def add(self, entity: str, **values: Any) -> int:
        with self.book.change("test") as change:
            return change.add(entity, values)

    def set(self, entity: str, row: int, **values: Any) -> None:
        self.book.set(entity, row, values)

    def order(self, who: str | None, day: str, amount: int | str, **more: Any) -> int:
        owner = self.people[who] if who else None
        return self.add("order", owner=owner, ordered_on=day, amount=Decimal(amount), **more)

    def goal(self, **values: Any) -> int:
        given: dict[str, Any] = {"period": "2024-Q4", "measure": "sales_amount", "level": "person"}
        given |= values
        if isinstance(given.get("person"), str):
            given["person"] = self.people[given["person"]]
        if isinstance(given.get("team"), str):
            given["team"] = self.teams[given["team"]]
        return self.add("goal", **given)

    def board(self, on: date = ON, period: str | None = "2024") -> PaceBoard:
        return PaceBoard(self.book, on, self.book.calendar.try_parse(period) if period else None)

    def stands(self, goal: int, on: date = ON) -> Standing:
        return self.board(on)[goal]


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """A new world in a folder."""
    with Book.create(folder / "team.daybook") as book:
        made = World(book)
        made.people["Ada"] = made.add("salesperson", name="Ada")
        made.teams["North"] = made.add("team", name="North", manager=made.people["Ada"])
        made.teams["South"] = made.add("team", name="South", parent=made.teams["North"])
        for name, team in (("Ben", "North"), ("Cai", "North"), ("Dan", "South")):
            made.people[name] = made.add("salesperson", name=name, team=made.teams[team])
        yield made
