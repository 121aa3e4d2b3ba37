"""A team before its goal review on 15 November 2024: one behind, one well, deals that moved in the week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from tests.forecast.telling import Team, day, team

ON, SINCE = day("2024-11-15"), day("2024-11-08")


class Reviewed(Team):
    """A team with goals for the quarter."""

    today = "2024-01-02"  # the day on which records are put

    def put(self, entity: str, **values: Any) -> int:
        """A record that is no deal; changes must come in the order of their days."""
        with self.book.change("put") as change:
            id = change.add(entity, values)
        self.dated(day(self.today))
        return id

    def tell(self) -> None:
        """Everything that the tests look at."""
        goal = {"measure": "won_amount", "period": "2024-Q4", "status": "active"}
        self.whole = self.put("goal", **goal, title="All", level="company", target=Decimal(1000000))
        self.late = self.put(
            "goal", **goal, title="Li wins", person=self.li, target=Decimal(500000),
            parent=self.whole, floor=Decimal(400000), weight=Decimal(1),
        )  # fmt: skip
        self.early = self.put(
            "goal", **goal, title="Wang wins", person=self.wang, target=Decimal(200000),
            parent=self.whole, stretch=Decimal(400000),
        )  # fmt: skip
        said = {"measure": "won_amount", "person": self.li}
        self.put(
            "commitment", **said, period="2024-10", amount=Decimal(50000), made_on="2024-10-01"
        )
        self.put(
            "commitment", **said, period="2024-11", amount=Decimal(200000), made_on="2024-11-01"
        )
        self.put("commitment", **{**said, "person": self.wang}, period="2024-10",
                 amount=Decimal(200000), made_on="2024-10-01")  # fmt: skip
        self.blocked = self.put(
            "task",
            title="Contract",
            owner=self.li,
            status="blocked",
            blocked_reason="legal is away",
        )
        self.put("task", title="Call", owner=self.li, status="doing", due="2024-11-05")
        self.put("task", title="Done", owner=self.li, status="done", due="2024-11-05")
        common = {"probability": Decimal("0.5")}
        self.old = self.add(
            "2024-09-02", name="Old", amount=30000, expected_close="2024-10-01", **common
        )
        self.won = self.add(
            "2024-10-08", name="Won", amount=120000, expected_close="2024-11-20", **common
        )
        self.lost = self.add(
            "2024-10-08", name="Lost", amount=70000, expected_close="2024-12-02", **common
        )
        self.slipped = self.add(
            "2024-10-08", name="Slipped", amount=90000, expected_close="2024-12-10", **common
        )
        self.calm = self.add(
            "2024-10-08", name="Calm", amount=60000, expected_close="2024-12-20", **common
        )
        self.wangs = self.add(
            "2024-10-09", name="Wang's", amount=210000, owner=self.wang,
            expected_close="2024-10-30", **common,
        )  # fmt: skip
        self.set("2024-10-30", self.wangs, status="won", closed_on="2024-10-30")
        self.set("2024-11-12", self.won, status="won", closed_on="2024-11-12")
        self.set("2024-11-12", self.lost, status="lost", closed_on="2024-11-12")
        self.set("2024-11-13", self.slipped, expected_close="2025-01-20")
        self.new = self.add(
            "2024-11-14", name="New", amount=40000, expected_close="2024-12-30", **common
        )
        self.today = str(ON)


@contextmanager
def reviewed() -> Iterator[Reviewed]:
    """The team, told."""
    with team() as plain:
        plain.__class__ = Reviewed
        assert isinstance(plain, Reviewed)
        plain.tell()
        yield plain
