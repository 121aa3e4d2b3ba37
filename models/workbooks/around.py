"""The sheets of a workbook that are only read, put around its tables: guide, day, goals, answers."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.texts import N_, tr
from models.workbooks import guide, looks, my_day, personal
from models.workbooks.contents import SheetPlan
from models.workbooks.my_day import Days
from models.workbooks.sheets_out import ROOM_BELOW, Paper

ANSWERS = N_("Answers to your last workbook")


def part(name: str) -> Any:
    """A part that may not be there yet."""
    full = f"models.workbooks.{name}"
    return importlib.import_module(full) if importlib.util.find_spec(full) else None


class Around:
    """What stands around the tables of some people; of one view of the book."""

    def __init__(
        self, book: Book, db: Connection, people: Sequence[int], on: date, names: dict[int, str]
    ) -> None:
        self._book, self._db, self._on, self._names = book, db, on, names
        self._days = Days(book, db, people, on, names)
        self._answers = part("answers")
        self._goals = part("goal_sheet")
        self._plan: Any = None
        self._sheet: Any = None

    def before(
        self,
        paper: Paper,
        person: int,
        plans: Sequence[SheetPlan],
        due_back: date | None,
        *,
        with_personal: bool,
    ) -> None:
        """The guide and the day."""
        self._gather(person, plans)
        entries = self._days.of(person, personal=with_personal)
        sheets: list[tuple[str, str, int | None]] = [
            (tr(my_day.MY_DAY), tr(N_("What needs you now, and why.")), len(entries))
        ]
        sheets += [(one.name, guide.hint(one), len(one.rows)) for one in plans]
        if self._sheet is not None:
            sheets.append((self._name(), tr(N_("What became of what you sent back.")), None))
        names = {
            "day": tr(my_day.MY_DAY),
            "visits": tr(personal.VISITS.name),
            "suggestions": tr(personal.SUGGESTIONS.name),
        }
        name = self._names[person]
        guide.write(paper, guide.About(name, self._on, due_back, sheets, names))
        my_day.write(paper, entries, self._on)

    def _gather(self, person: int, plans: Sequence[SheetPlan]) -> None:
        """What the later sheets will say."""
        self._sheet = None
        if self._answers is not None:
            earlier = self._answers.latest(self._db, person)
            self._sheet = self._answers.of(self._book, person, earlier)
        if self._goals is not None:
            places = importlib.import_module("models.workbooks.goal_places")
            known = {one.entity: _place(places.Place, one) for one in plans}
            self._plan = self._goals.gather(self._book, person, self._on, known)

    def goals(self, paper: Paper) -> None:
        """Goals with live formulas."""
        if self._goals is not None:
            self._goals.write(paper.book, self._plan)

    def answers(self, paper: Paper) -> None:
        """What became of the last workbook, if there was one."""
        if self._sheet is None:
            return
        headers, lines = self._sheet.headers(), self._sheet.lines()
        sheet = paper.book.add_worksheet(self._name())
        widths = [12.0, 18.0, 22.0, 12.0, 24.0, 24.0, 24.0]
        for at, (header, width) in enumerate(zip(headers, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, header, paper.looks.head(False))
        sheet.set_row(0, 26)
        plain = paper.looks.plain(border=1, border_color=looks.LINE)
        if not lines:
            sheet.write_string(1, 0, self._answers.nothing(), paper.looks.plain(text_wrap=False))
        for line, texts in enumerate(lines, 1):
            for at, text in enumerate(texts):
                sheet.write_string(line, at, text, plain)
            counts = (looks.lines(text, room) for text, room in zip(texts, widths, strict=True))
            sheet.set_row(line, looks.height(max(counts)))
        sheet.freeze_panes(1, 0)
        paper.protect(sheet)
        paper.printed(sheet)
        sheet.repeat_rows(0)

    def _name(self) -> str:
        return tr(ANSWERS)


def _place(make: Any, plan: SheetPlan) -> Any:
    """Where a table lies, for formulas of other sheets."""
    return make(
        plan.name,
        {one: at for at, one in enumerate(plan.fields, 1)},
        frozenset(plan.rows),
        1 + plan.room + len(plan.rows) + ROOM_BELOW,
        plan.can_add,
    )
