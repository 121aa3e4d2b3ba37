"""The workbooks that were handed out: whose, when, whether they came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.book import Book
from models.describe.kinds import KINDS
from models.texts import N_, ntr, tr
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_FIELDS = ["name", "purpose", "person", "issued_at", "due_back", "returned_at"]


class Issued(ActedList):
    """A line a workbook, the latest first; those that are late stand out."""

    name = N_("Issued workbooks")
    heads = (
        N_("Salesperson"), N_("Kind"), N_("Issued"), N_("Due back"), N_("Came back"), N_("State"),
        N_("File"),
    )  # fmt: skip
    reads = frozenset({"workbook", "salesperson"})
    help = "workbooks"

    def offered(self) -> Sequence[Act]:
        """Issue to everybody, or once more to whoever is chosen."""
        return (
            Act(N_("Issue workbooks…"), self.issue, "any"),
            Act(N_("Issue again…"), self.again, "some", lambda line: bool(line.thing)),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """All workbooks, the latest first."""
        rows = book.ids("workbook", None, [("issued_at", True)])
        kind = book.schema.entity("workbook").field("purpose")
        return [
            _line(row, KINDS["choice"].show(kind, values[1]) if values[1] else "", values, on)
            for row, values in zip(rows, book.rows("workbook", rows, _FIELDS), strict=True)
        ]

    def nothing(self) -> str:
        """None was issued."""
        text = N_("No workbook was issued yet. People get one file each with their customers, deals, follow-ups, tasks and goals; what they change in it comes back into this book.")  # fmt: skip
        return tr(text)

    def helping(self) -> Act | None:
        """Issue the first ones."""
        return Act(N_("Issue workbooks…"), self.issue, "any")

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are, and how many are out."""
        return ntr("{n} workbook", "{n} workbooks", len(lines))

    def issue(self) -> None:
        """Ask to whom workbooks go out."""
        self.session.issue_wanted.emit([])

    def again(self) -> None:
        """Ask for the next workbooks of whoever is chosen."""
        people = list(dict.fromkeys(int(one.thing) for one in self.chosen() if one.thing))
        if people:
            self.session.issue_wanted.emit(people)


def _line(row: int, kind: str, values: Sequence[Any], on: date) -> Line:
    name, _, person, issued, due, back = values
    late = back is None and due is not None and due < on
    if back is not None:
        state = tr(N_("came back"))
    elif late:
        state = ntr("{n} day late", "{n} days late", (on - due).days)
    else:
        state = tr(N_("out"))
    cells = (
        person.label if person else "", kind, _at(issued), due.isoformat() if due else "", _at(back), state,
        name or "",
    )  # fmt: skip
    return Line(
        ("workbook", row), cells, person.id if person else 0, (), (5, "danger") if late else None
    )


def _at(moment: Any) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment is not None else ""
