"""Small books of everything that measures count, drawn by chance, with a goal for each measure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from models.book import Book
from models.measures.catalogue import DEFINITIONS

_STAGES = (
    ("线索", "open", "0.1"),
    ("报价*", "open", None),
    ("赢单", "won", "1"),
    ("丢单", "lost", "0"),
)


class DrawnBook:
    """Two people, one of whom leads a team of both, their records, and goals for every measure."""

    def __init__(self, place: Path, seed: int, today: date) -> None:
        self.chance, self.today = Random(seed), today
        self.book = Book.create(place / f"{seed}.daybook", "CNY")
        self.rows: dict[str, dict[int, list[int]]] = {}
        with self.book.change("all") as change:
            self.change = change
            team = change.add("team", {"name": "一组"})
            self.people = [
                change.add("salesperson", {"name": n, "team": team}) for n in ("甲", "乙")
            ]
            change.set("team", team, {"manager": self.people[0]})
            self.stages = [
                change.add(
                    "stage",
                    {"name": n, "kind": k, "order_no": at, "probability": p and Decimal(p)},
                )
                for at, (n, k, p) in enumerate(_STAGES)
            ]
            for person in self.people:
                self._records(person)
            self._goals(team)

    def day(self, before: int = 150, after: int = 0) -> date:
        return self.today + timedelta(days=self.chance.randint(-before, after))

    def some(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def amount(self) -> Decimal:
        return Decimal(self.chance.randint(0, 10_000_000)) / 100

    def moment(self) -> datetime:
        found = datetime.combine(self.day(), time(self.chance.randint(0, 23), 30))
        return min(found, datetime.now()).astimezone(UTC).replace(microsecond=0)

    def _add(self, entity: str, person: int, values: dict[str, Any]) -> int:
        row = self.change.add(entity, values)
        self.rows.setdefault(entity, {}).setdefault(person, []).append(row)
        return row

    def _records(self, person: int) -> None:
        customers = [
            self._add("customer", person, {"name": f"客户{person}-{at}", "owner": person})
            for at in range(4)
        ]
        # Nobody was with the last one: a plan for it isn't fulfilled by what happened already.
        self._add("customer", person, {"name": f"客户{person}-新", "owner": person})
        for _ in range(8):
            self.deal(person, self.some(*customers, None))
            self._add(
                "activity",
                person,
                {
                    "at": self.moment(), "kind": self.some("visit", "call", None), "person": person,
                    "customer": self.some(*customers, None), "result": self.some("谈了", None),
                    "next_step": self.some("再谈", None),
                },
            )  # fmt: skip
            self.task(person)
            self.plan(person, self.some(*customers))
            self._order(person, self.some(*customers))

    def deal(self, person: int, customer: int | None) -> None:
        status = self.some("open", "open", "won", "lost")
        closed = (
            self.day(after=self.some(0, 20)) if status != "open" and self.some(1, 1, 0) else None
        )
        opened = self.some(self.day(300), None)
        row = self._add(
            "opportunity",
            person,
            {
                "name": f"商机{self.chance.random()}", "customer": customer, "owner": person,
                "stage": self.some(*self.stages[:2], None), "status": status,
                "amount": self.some(self.amount(), None), "opened_on": opened, "closed_on": closed,
                "probability": self.some(Decimal("0.35"), None),
            },
        )  # fmt: skip
        for stage in self.stages[:2]:
            if self.some(True, False):
                values = {"opportunity": row, "stage": stage, "at": self.day()}
                self.change.add("stage_change", values)

    def task(self, person: int) -> None:
        status = self.some("assigned", "doing", "done", "cancelled")
        done = self.day() if status == "done" and self.some(1, 1, 0) else None
        due = self.some(self.day(after=30), self.day(after=30), None)
        values = {"title": f"任务{self.chance.random()}", "owner": person, "status": status}
        self._add("task", person, {**values, "due": due, "done_at": done})

    def plan(self, person: int, customer: int) -> None:
        status = self.some("planned", "planned", "done", "missed", "moved")
        done = self.day() if status == "done" and self.some(1, 1, 0) else None
        whose = self.some(person, None)
        values = {"customer": customer, "person": whose, "due": self.day(after=20)}
        self._add("follow_up_plan", person, {**values, "status": status, "done_on": done})

    def _order(self, person: int, customer: int) -> None:
        values = {"code": f"{self.chance.random()}", "owner": person, "customer": customer}
        lines = self.some(True, False)
        amount = None if lines else self.some(self.amount(), None)
        days = {"ordered_on": self.day(600), "due_on": self.some(self.day(after=30), None)}
        order = self._add("order", person, {**values, **days, "amount": amount})
        for at in range(2 if lines else 0):
            line = {"order": order, "line_no": at + 1, "amount": self.amount()}
            line["discount"] = self.some(Decimal("0.1"), None)
            line["cost"] = self.some(self.amount(), None)
            self.change.add("order_line", line)
        if self.some(True, False):
            received = {"order": order, "received_on": self.day(), "amount": self.amount()}
            self.change.add("receipt", received)

    def _goals(self, team: int) -> None:
        """For each measure: this quarter's and this year's of a person, their team's, the last month's."""
        calendar = self.book.calendar
        quarter, year = (calendar.of(unit, self.today).label for unit in ("quarter", "year"))
        month = calendar.of("month", self.today.replace(day=1) - timedelta(days=1)).label
        first = self.people[0]
        for one in DEFINITIONS:
            target = self.some(Decimal("0.5"), Decimal(3), Decimal(50_000), None)
            common = {
                "measure": one.code,
                "target": target,
                "direction": self.some("up", "down", None),
            }
            for values in (
                {"level": "person", "person": first, "period": quarter},
                {"level": "person", "person": first, "period": month},
                {"level": "team", "team": team, "person": first, "period": year},
                {"level": "person", "person": self.people[1], "period": quarter},
            ):
                self.change.add("goal", {**common, **values})
        goal = self.change.add(
            "goal", {"level": "person", "person": first, "period": quarter, "title": "学好"}
        )
        stated = self.some(True, False)
        for at in range(3):
            values = {
                "goal": goal,
                "title": f"成果{at}",
                "status": self.some("open", "done", "dropped"),
            }
            values["progress"] = self.some(Decimal("0.3"), None)
            values["weight"] = Decimal(at + 1) / 10 if stated else None
            self._add("key_result", first, values)

    def listed(self, person: int, *entities: str) -> dict[str, list[int]]:
        """The rows of a person's sheets."""
        return {one: list(self.rows[one][person]) for one in entities}
