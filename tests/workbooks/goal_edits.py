"""What people do to a workbook by chance, done to the book in the same way."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from models.sheets.choices import choice_text
from tests.workbooks.goal_drawn import DrawnBook
from tests.workbooks.goal_files import GoalFile


class Editor:
    """Types into an open workbook and writes the same into the book, as one change."""

    def __init__(self, drawn: DrawnBook, file: GoalFile, sheets: Any) -> None:
        self.drawn, self.file, self.sheets = drawn, file, sheets
        self.said: list[str] = []
        self._new = dict.fromkeys(file.rows, 0)

    def shown(self, entity: str, field: str, value: Any) -> Any:
        """What a person types for a value."""
        kind = self.file.book.schema.entity(entity).field(field)
        if kind.kind == "choice" and value is not None:
            return choice_text(kind, value)
        if kind.kind == "link" and value is not None:
            return self.file.book.label(kind.target, value)
        if isinstance(value, datetime):
            return value.astimezone().replace(tzinfo=None)
        return value if value is None or isinstance(value, str | date) else float(value)

    def edit(self, change: Any, entity: str, row: int, **values: Any) -> None:
        """Change cells of a record; what they say already is no edit."""
        was = self.file.book.record(entity, row)
        values = {f: v for f, v in values.items() if getattr(was[f], "id", was[f]) != v}
        if not values:
            return
        for field, value in values.items():
            self.file.cell(self.sheets, entity, row, field).value = self.shown(entity, field, value)
        change.set(entity, row, values)
        self.said.append(f"{entity} {row} {values}")

    def add(self, change: Any, entity: str, hidden: dict[str, Any], **values: Any) -> None:
        """Type a new row; ``hidden`` is what it has beside what is typed."""
        typed = {field: self.shown(entity, field, value) for field, value in values.items()}
        self.file.add(self.sheets, entity, self._new[entity], typed)
        self._new[entity] += 1
        change.add(entity, {**values, **hidden})
        self.said.append(f"new {entity} {values}")

    # -- by chance -----------------------------------------------------------------------------------

    def all(self) -> None:
        """Some edits of every kind of record that the workbook has."""
        person = self.file.person
        with self.file.book.change("edits") as change:
            for entity, rows in self.file.rows.items():
                for row in rows:
                    if self.drawn.some(True, False):
                        self._edit(change, entity, row)
            for _ in range(3):
                self._add(change, person)

    def _edit(self, change: Any, entity: str, row: int) -> None:
        some, day = self.drawn.some, self.drawn.day
        match entity:
            case "opportunity":
                values = self._deal()
            case "activity":
                values = {"kind": some("visit", "call"), "result": some("好", None)}
                # A contact on another day may fulfil a plan, which only the book knows.
                if self.file.book.record("activity", row)["customer"] is None:
                    values |= some({"at": self.noon()}, {})
            case "task":
                values = some({"status": "done"}, {"status": "cancelled"}, {"due": day(after=20)})
                was = self.file.book.record("task", row)["status"]
                if "status" in values and was == "cancelled":
                    values = {"due": day(after=20)}
            case "follow_up_plan":
                values = some(
                    {"status": "done"}, {"status": "missed"}, {"status": "done", "done_on": day()}
                )
            case _:
                values = some({"status": "done"}, {"progress": some(0.5, 0.75)})
                values = {k: v if isinstance(v, str) else _exact(v) for k, v in values.items()}
        self.edit(change, entity, row, **values)

    def noon(self) -> datetime:
        return datetime.combine(self.drawn.day(), time(12)).astimezone()

    def _deal(self) -> dict[str, Any]:
        some, day = self.drawn.some, self.drawn.day
        editable = self.file.places["opportunity"].editable
        free = editable is None
        kinds: list[dict[str, Any]] = [
            {"stage": some(*self.drawn.stages)},
            {"stage": some(*self.drawn.stages), "amount": self.drawn.amount()},
            {"amount": self.drawn.amount()},
            {"probability": some(_exact(0.2), None)},
            {"stage": self.drawn.stages[1], "probability": _exact(0.6)},
        ]
        if free:
            kinds += [
                {"status": some("won", "lost", "open")},
                {"status": "won", "closed_on": day()},
                {"opened_on": day(300)},
                {"status": "won", "stage": self.drawn.stages[1]},
            ]
        return some(*kinds)

    def _add(self, change: Any, person: int) -> None:
        some, day, rows = self.drawn.some, self.drawn.day, self.file.rows
        places = self.file.places
        if "activity" in rows:
            values = {"at": self.noon(), "kind": some("visit", "call")}
            values |= some({"result": "好", "next_step": "再来"}, {"result": "好"}, {})
            self.add(change, "activity", {"person": person}, **values)
        if "opportunity" in rows:
            values = {"name": f"新{some(*range(10**6))}", "amount": self.drawn.amount()}
            values |= some({"stage": some(*self.drawn.stages)}, {})
            values |= some({"probability": _exact(0.25)}, {})
            if places["opportunity"].editable is None:
                values |= some({"status": "won"}, {"status": "lost", "closed_on": day()}, {})
                values |= some({"opened_on": day(200)}, {})
            self.add(change, "opportunity", {"owner": person}, **values)
        if "task" in rows:
            values = {"title": f"新{some(*range(10**6))}", "due": day(40, 30)}
            values |= some({"status": "done"}, {"status": "done", "done_at": day(40)}, {})
            self.add(change, "task", {"owner": person}, **values)
        if "follow_up_plan" in rows:
            customer = self.drawn.rows["customer"][person][-1]
            values = {"customer": customer, "due": day(40, 20)}
            values |= some({"status": "done"}, {"status": "done", "done_on": day(40)}, {})
            self.add(change, "follow_up_plan", {"person": person}, **values)


def _exact(value: float) -> Decimal:
    return Decimal(str(value))
