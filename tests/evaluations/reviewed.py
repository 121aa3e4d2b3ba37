"""A small team with a scorecard of two judged items and one computed one, and a cycle that is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.book import Book
from models.evaluations import cycle, stages

PAST = date.today() - timedelta(days=3)
COMING = date.today() + timedelta(days=9)


@dataclass
class Team:
    """The rows of what is in the book, by short names."""

    book: Book
    cycle: int
    card: int
    amount: int
    care: int
    order: int
    boss: int
    ann: int
    bob: int
    visit: str  # the public id of a visit

    def add(self, entity: str, values: dict[str, Any]) -> int:
        """Add a record in a change of its own."""
        with self.book.change("Add") as change:
            return change.add(entity, values)

    def evaluation(self, person: int) -> int:
        """The row of somebody's evaluation."""
        (row,) = [
            one
            for one in self.book.ids("evaluation")
            if self.book.record("evaluation", one)["person"].id == person
        ]
        return int(row)

    def status(self, evaluation: int) -> str:
        """Where an evaluation is."""
        return str(self.book.record("evaluation", evaluation)["status"])

    def at(self, evaluation: int, stage: str) -> None:
        """Move an evaluation on to a stage, step by step."""
        while self.status(evaluation) != stage:
            to = stages.after(self.status(evaluation))
            self.book.set("evaluation", evaluation, {"status": to})


def made(place: Path, *, due: date | None = COMING) -> Team:
    """The team in a new book; nothing is opened yet."""
    book = Book.create(place / "team.daybook")
    with book.change("Team") as change:
        team = change.add("team", {"name": "North"})
        boss = change.add("salesperson", {"name": "Carol", "team": team, "position": "Lead"})
        change.set("team", team, {"manager": boss})
        ann = change.add("salesperson", {"name": "Ann", "team": team, "position": "Sales"})
        bob = change.add("salesperson", {"name": "Bob", "team": team, "position": "Sales"})
        customer = change.add("customer", {"name": "C001", "owner": ann})
        visit = change.add(
            "activity", {"at": PAST, "kind": "visit", "person": ann, "customer": customer}
        )
        card = change.add(
            "scorecard_template", {"name": "Sales", "position": "", "status": "active"}
        )
        said = {"scorecard": card}
        amount = change.add(
            "scorecard_item",
            {**said, "place": 1, "name": "Amount won", "measure": "won_amount", "weight": "60%", "reference": "team_median"},
        )  # fmt: skip
        care = change.add(
            "scorecard_item",
            {**said, "place": 2, "name": "Care", "kind": "behaviour", "weight": "30%", "anchors": "1: never\n3: often\n5: always"},
        )  # fmt: skip
        order = change.add(
            "scorecard_item",
            {**said, "place": 3, "name": "Order", "kind": "rating", "weight": "10%", "must_cite": False},
        )  # fmt: skip
        change.add("grade_band", {"scorecard": card, "name": "A", "from_points": 90})
        cycle = change.add(
            "evaluation_cycle",
            {"name": "Q1", "period": "2024-Q1", "self_review_due": due, "manager_review_due": COMING},
        )  # fmt: skip
    return Team(
        book, cycle, card, amount, care, order, boss, ann, bob, book.public_id("activity", visit)
    )


@contextmanager
def under_way(place: Path) -> Iterator[Team]:
    """The same with the cycle opened; the book is closed afterwards."""
    found = made(place)
    cycle.open_cycle(found.book, found.cycle)
    try:
        yield found
    finally:
        found.book.close()
