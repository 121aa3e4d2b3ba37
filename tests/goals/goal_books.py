"""Small books with people, deals and goals for the tests of goals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book


class Team:
    """A book with two managers, their people, and what these won."""

    def __init__(self, place: Path) -> None:
        self.book = Book.create(place / "team.daybook", "CNY")
        self.people: dict[str, int] = {}
        with self.book.change("team") as change:
            for name, manager in (
                ("赵经理", None),
                ("钱经理", None),
                ("孙甲", "赵经理"),
                ("李乙", "赵经理"),
                ("周丙", "钱经理"),
                ("吴丁", "钱经理"),
            ):
                values: dict[str, Any] = {"name": name}
                if manager:
                    values["manager"] = self.people[manager]
                self.people[name] = change.add("salesperson", values)

    def won(self, person: str, day: date, amount: object, times: int = 1) -> None:
        """Deals that somebody won on a day."""
        with self.book.change("won") as change:
            for _ in range(times):
                change.add(
                    "opportunity",
                    {
                        "owner": self.people[person],
                        "status": "won",
                        "opened_on": day - timedelta(days=30),
                        "closed_on": day,
                        "amount": Decimal(str(amount)),
                    },
                )

    def goal(self, **values: Any) -> int:
        """A goal; whose it is may be said by name."""
        if isinstance(values.get("person"), str):
            values["person"] = self.people[values["person"]]
        full = {"level": "company", "measure": "won_amount", "period": "2026-Q2", **values}
        with self.book.change("goal") as change:
            return change.add("goal", full)

    def quarters(self) -> None:
        """Two quarters of deals: 孙甲 wins three times as much as each of the others."""
        for month in range(10, 13):
            for name in ("孙甲", "李乙", "周丙", "吴丁"):
                self.won(name, date(2025, month, 15), 3_000 if name == "孙甲" else 1_000, 20)
        for month in range(1, 4):
            for name in ("孙甲", "李乙", "周丙", "吴丁"):
                self.won(name, date(2026, month, 13), 3_000 if name == "孙甲" else 1_000, 20)

    def below(self, goal: int) -> dict[str, Decimal]:
        """The targets of the goals right below one, by person and period."""
        found = {}
        for row in self.book.linked("goal", "parent", goal):
            one = self.book.record("goal", row)
            if one["status"] != "superseded":
                who = one["person"].label if one["person"] else ""
                found[f"{who} {one['period']}".strip()] = one["target"]
        return found
