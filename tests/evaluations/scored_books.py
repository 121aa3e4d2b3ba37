"""Small books with a scorecard and a cycle for the tests of scores."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.evaluations.result import ItemScore, Scored
from models.evaluations.scoring import scored

Q2 = "2026-Q2"
AFTER = date(2026, 7, 1)


class Office:
    """A book with people, what they sold, a scorecard and a cycle."""

    def __init__(self, place: Path, *names: str) -> None:
        self.book = Book.create(place / "office.daybook", "CNY")
        self.people = {name: self.add("salesperson", name=name) for name in names}
        self.card = self.add("scorecard_template", name="Sales", status="active")
        self.places = 0
        self.cycle = self.add("evaluation_cycle", name="Q2", period=Q2)

    def add(self, entity: str, **values: Any) -> int:
        with self.book.change("test") as change:
            return change.add(entity, values)

    def item(self, measure: str = "", weight: str = "50%", **more: Any) -> int:
        self.places += 1
        values = {
            "scorecard": self.card,
            "place": self.places,
            "name": measure or more.get("name", "Item"),
            "kind": "metric" if measure else "rating",
            "measure": measure or None,
            "weight": weight,
            "reference": "fixed",
            "cap": 120,
        }
        return self.add("scorecard_item", **{**values, **more})

    def deal(self, who: str, day: str, amount: object = 100, status: str = "won") -> int:
        return self.add(
            "opportunity",
            owner=self.people[who],
            status=status,
            opened_on=date(2026, 1, 5),
            closed_on=date.fromisoformat(day),
            amount=Decimal(str(amount)),
        )

    def order(self, who: str, day: str, amount: object, profit: object) -> None:
        with self.book.change("test") as change:
            row = change.add(
                "order", {"owner": self.people[who], "ordered_on": date.fromisoformat(day)}
            )
            change.add(
                "order_line",
                {"order": row, "amount": Decimal(str(amount)), "profit": Decimal(str(profit))},
            )

    def goal(self, who: str, target: object, period: str = Q2, measure: str = "won_amount") -> int:
        return self.add(
            "goal",
            level="person",
            person=self.people[who],
            measure=measure,
            period=period,
            target=target,
        )

    def evaluation(self, who: str, **more: Any) -> int:
        return self.add(
            "evaluation",
            person=self.people[who],
            cycle=self.cycle,
            scorecard=self.card,
            **more,
        )

    def scored(self, on: date | None = AFTER) -> dict[str, Scored]:
        """Everybody by name."""
        return {one.name: one for one in scored(self.book, self.cycle, on=on)}

    def items(self, who: str, on: date | None = AFTER) -> dict[str, ItemScore]:
        """One person's items by name."""
        return {one.name: one for one in self.scored(on)[who].items}
