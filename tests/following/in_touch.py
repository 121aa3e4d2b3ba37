"""A small book of customers, people and rules for the tests of following up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.book import Book
from models.refusals import Refused

TODAY = date.today()


def day(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """What is done inside is refused, by the code of the refusal."""
    with pytest.raises(Refused) as told:
        yield told
    assert told.value.code == code


class InTouch:
    """A book with two people and rules: A every 14 days, others every 30, to the pool after 90."""

    def __init__(self, place: Path) -> None:
        self.book = Book.create(place / "touch.daybook", "CNY")
        with self.book.change("team") as change:
            self.li, self.wang = (
                change.add("salesperson", {"name": name, "status": "active"})
                for name in ("李娜", "王强")
            )
        self.rule("A", contact_days=14, pool_days=60, daily_picks=1)
        self.rule(None, contact_days=30, pool_days=90, daily_picks=3, contract_days=30)

    def add(self, entity: str, **values: Any) -> int:
        with self.book.change(f"add {entity}") as change:
            return change.add(entity, values)

    def rule(self, grade: str | None, **values: Any) -> int:
        return self.add("pool_rule", **({"grade": grade} if grade else {}), **values)

    def customer(self, name: str, **values: Any) -> int:
        return self.add("customer", name=name, **({"owner": self.li} | values))

    def activity(self, customer: int, days: int, hour: int | None = None, **values: Any) -> int:
        """An activity so many days from today, at an hour or without a time of day."""
        at = datetime.combine(day(days), time(hour or 0)).astimezone()
        return self.add("activity", at=at, customer=customer, person=self.li, **values)

    def plan(self, customer: int, days: int, **values: Any) -> int:
        return self.add("follow_up_plan", customer=customer, due=day(days), **values)

    def value(self, entity: str, row: int, field: str) -> Any:
        found = self.book.record(entity, row)[field]
        return getattr(found, "id", found)

    def state(self, plan: int) -> tuple[Any, Any, Any]:
        """Status, day and activity of a plan."""
        return tuple(
            self.value("follow_up_plan", plan, one) for one in ("status", "done_on", "activity")
        )  # type: ignore[return-value]
