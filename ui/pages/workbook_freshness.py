"""How old the data of each person is, where their workbook is, and what to write to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QGuiApplication

from models.book import Book
from models.describe.book_settings import BOOK
from models.following.known import local_day
from models.texts import N_, ntr, tr
from models.workbooks.freshness import RESTS_ON, VERY_OLD, age_text
from models.workbooks.stale import AGAIN, NONE, Standing, standings
from ui.pages.acted_list import Act, ActedList
from ui.pages.acted_model import Line

_AGE, _STATE = 2, 7


class Freshness(ActedList):
    """A line a person: those to be asked first, then those of whom nothing was heard for longest."""

    name = N_("Freshness")
    heads = (
        N_("Salesperson"), N_("Data as of"), N_("Age"), N_("Heard from"), N_("Issued"),
        N_("Due back"), N_("Came back"), N_("State"), N_("File"),
    )  # fmt: skip
    reads = RESTS_ON | {"leave", BOOK.id}
    help = "workbooks"

    def offered(self) -> Sequence[Act]:
        """Ask for what is out; make a new one."""
        return (
            Act(N_("Copy reminder"), self.nudge, "some", lambda line: line.thing.stale is not None),
            Act(N_("Issue again…"), self.again),
        )

    def read(self, book: Book, on: date) -> list[Line]:
        """Everybody who works here."""
        return [_line(one) for one in standings(book, on)]

    def nothing(self) -> str:
        """Nobody works here."""
        return tr(N_("Nobody is in the team yet. Add people on the page Team, or import a sheet."))

    def counted(self, lines: Sequence[Line]) -> str:
        """How many people there are, and how many are to be asked."""
        asked = sum(one.thing.stale is not None for one in lines)
        people = ntr("{n} person", "{n} people", len(lines))
        return tr(N_("{people}, {asked} to be asked"), people=people, asked=f"{asked:,}")

    def opened(self, line: Line) -> None:
        """Enter: the workbook that is out, or the person."""
        out = line.thing.out
        if out is not None:
            self.session.record_wanted.emit("workbook", out.workbook)
        else:
            super().opened(line)

    def nudge(self) -> None:
        """Put what to write to the chosen people into the clipboard, a paragraph each."""
        asked = [one.thing.stale for one in self.chosen() if one.thing.stale is not None]
        if asked:
            QGuiApplication.clipboard().setText("\n\n".join(one.nudge() for one in asked))
            names = tr(N_(", ")).join(one.name for one in asked)
            self.session.said.emit(
                tr(N_("A message for {name} is on the clipboard."), name=names), 0
            )

    def again(self) -> None:
        """Make the chosen people's next workbook."""
        people = [one.thing.person for one in self.chosen()]
        if people:
            self.session.issue_wanted.emit(people)


def _line(one: Standing) -> Line:
    fresh, out = one.freshness, one.out
    cells = (
        fresh.name,
        fresh.day.isoformat() if fresh.day else "",
        age_text(fresh.age),
        fresh.source_text(),
        out.issued_on.isoformat() if out else "",
        out.due_back.isoformat() if out and out.due_back else "",
        local_day(out.returned).isoformat() if out and out.returned else "",
        one.state(),
        out.file if out else "",
    )
    age = float(fresh.age) if fresh.age is not None else float("inf")
    return Line(("salesperson", one.person), cells, one, ((_AGE, age),), _colour(one))


def _colour(one: Standing) -> tuple[int, str] | None:
    """What stands out: a workbook that isn't back, else very old data."""
    if one.stale is not None:
        return _STATE, "warning" if one.stale.reason in (AGAIN, NONE) else "danger"
    worked = one.freshness.worked
    return (_AGE, "warning") if worked is not None and worked >= VERY_OLD else None
