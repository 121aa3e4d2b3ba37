"""A team whose workbooks went out and came back, by hand: what is read of it needs no files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from models.book import Book
from models.workbooks import memory
from models.workbooks.manifest import Stored
from models.workbooks.memory import Returned

ON = date(2026, 9, 16)  # a Wednesday between two working days
Cells = Mapping[str, Mapping[int, Mapping[str, Stored]]]


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Team:
    """Ann, Ben and Cai with a customer each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.change("Team", "sample") as change:
            self.ann, self.ben, self.cai = (
                change.add("salesperson", {"name": name}) for name in ("Ann", "Ben", "Cai")
            )
            self.acme, self.bolt = (
                change.add(
                    "customer", {"name": name, "owner": owner, "no_step_reason": "All is well"}
                )
                for name, owner in (("Acme", "Ann"), ("Bolt", "Ben"))
            )

    def add(self, entity: str, **values: Any) -> int:
        """One record."""
        with self.book.change("Add") as change:
            return change.add(entity, values)

    def set(self, entity: str, row: int, **values: Any) -> None:
        """Fields of one record."""
        with self.book.change("Set") as change:
            change.set(entity, row, values)

    def issue(self, person: str, when: str, due: str | None = None, name: str = "") -> int:
        """A workbook that went out at a moment."""
        with self.book.change("Issue") as change:
            return change.add(
                "workbook",
                {
                    "name": name or f"Daybook_{person}_{when[:10]}.xlsx",
                    "person": person,
                    "issued_at": at(when),
                    "base_change": change.no,
                    "due_back": due,
                },
            )

    def come_back(
        self,
        workbook: int,
        when: str = "",
        taken: Cells | None = None,
        written: Cells | None = None,
        added: tuple[tuple[str, dict[str, Any]], ...] = (),
        asked: tuple[dict[str, Any], ...] = (),
    ) -> int | None:
        """A return: ``taken`` is what came, ``written`` what the book then holds if that is otherwise."""
        number: int | None = None
        if taken or added or asked:
            with self.book.change("Collect", "collect") as change:
                number = change.no
                for entity, rows in (written or taken or {}).items():
                    for row, values in rows.items():
                        change.set(entity, row, dict(values))
                entered = tuple(
                    (entity, change.add(entity, values), {}) for entity, values in added
                )
                for one in asked:
                    change.add("cell_conflict", {"workbook": self._id(workbook), **one})
                state = Returned(taken or {}, {}, entered)
                memory.keep_return(change.db, workbook, number, "back.xlsx", "0", state)
        else:
            with self.book.change("Return") as change:
                memory.keep_return(change.db, workbook, None, "back.xlsx", "0", Returned())
        if when:
            with self.book.change("Moment") as change:
                change.db.run(
                    "UPDATE workbook_return SET at = ? WHERE id = (SELECT max(id) FROM workbook_return)",
                    (f"{when}Z",),
                )
        return number

    def _id(self, workbook: int) -> str:
        return self.book.public_id("workbook", workbook)


@contextmanager
def team(folder: Path) -> Iterator[Team]:
    """A fresh team."""
    with Book.create(folder / "returned.daybook") as book:
        yield Team(book)
