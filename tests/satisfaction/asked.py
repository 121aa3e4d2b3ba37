"""A small book of people, customers and what these say."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.book import Book

TODAY = date.today()


def day(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


class Asked:
    """A book with two people; changes can be dated, as if they had been made on another day."""

    def __init__(self, place: Path) -> None:
        self.book = Book.create(place / "asked.daybook", "CNY")
        with self.book.change("team") as change:
            self.li, self.wang = (
                change.add("salesperson", {"name": name, "status": "active"})
                for name in ("李娜", "王强")
            )

    def add(self, entity: str, *, on: date | None = None, **values: Any) -> int:
        with self.book.change(f"add {entity}") as change:
            row = change.add(entity, values)
        self._date(on)
        return row

    def set(self, entity: str, row: int, *, on: date | None = None, **values: Any) -> None:
        with self.book.change(f"set {entity}") as change:
            change.set(entity, row, values)
        self._date(on)

    def customer(self, name: str, owner: int | None, *, on: date | None = None) -> int:
        return self.add("customer", name=name, owner=owner, on=on)

    def answer(self, customer: int | None, on: date, **values: Any) -> int:
        return self.add("survey_response", customer=customer, responded_on=on, **values)

    def get(self, entity: str, row: int, *names: str) -> Any:
        made = self.book.record(entity, row)
        values = [getattr(made[name], "id", made[name]) for name in names]
        return values[0] if len(names) == 1 else tuple(values)

    def _date(self, on: date | None) -> None:
        if on is not None:
            no = self.book.connection().one("SELECT max(id) FROM change")
            self.book.connection().run(
                "UPDATE change SET at = ? WHERE id = ?", (f"{on}T04:00:00Z", no)
            )
