"""A small team with a customer, for what tasks do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.book import Book


class Team:
    """A book with three people, a customer each, and short ways to write and read."""

    def __init__(self, folder: Path) -> None:
        self.book = Book.create(folder / "team.daybook")
        self.wang, self.li, self.zhao = (
            self.add("salesperson", name=one) for one in ("王强", "李娜", "赵敏")
        )
        self.book.set("salesperson", self.wang, {"manager": "李娜"})
        self.book.set("salesperson", self.li, {"manager": "赵敏"})
        self.acme = self.add("customer", name="杭州云栖科技有限公司", owner="王强")
        self.bolt = self.add("customer", name="苏州博尔特机械有限公司", owner="李娜")

    def add(self, entity: str, **values: Any) -> int:
        with self.book.change("add") as change:
            return change.add(entity, values)

    def task(self, title: str = "整理报价", **values: Any) -> int:
        return self.add("task", title=title, **{"owner": "王强", **values})

    def set(self, task: int, **values: Any) -> None:
        self.book.set("task", task, values)

    def get(self, task: int, name: str) -> Any:
        return self.book.record("task", task)[name]

    def dues(self) -> list[str]:
        ids = self.book.ids("task", sort=[("due", False)])
        return [str(one) for (one,) in self.book.rows("task", ids, ["due"])]
