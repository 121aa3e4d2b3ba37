"""The sheets of a workbook that are only read: guide, the person's day, goals, what became of the last one."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.texts import N_, tr
from models.today import today
from models.today.line import Found, Line, severity_text
from models.workbooks import guide, looks
from models.workbooks.contents import SheetPlan
from models.workbooks.sheets_out import ROOM_BELOW, Paper

MY_DAY, ANSWERS = N_("My day"), N_("Answers")
# What is a salesperson's own matter; the rest waits for whoever leads the team.
_KINDS = ("follow_up", "task", "neglect", "pool", "date", "goal", "blocked", "meeting")
_ALL = 10**6


def module(name: str) -> Any:
    """A part that may not be there yet."""
    full = f"models.workbooks.{name}"
    return importlib.import_module(full) if importlib.util.find_spec(full) else None


class Around:
    """What stands around the tables of some people; of one view of the book."""

    def __init__(
        self, book: Book, db: Connection, people: Sequence[int], on: date, names: dict[int, str]
    ) -> None:
        self._book, self._db, self._on, self._names = book, db, on, names
        self._today = today.read(book, on)
        self._found: dict[int, list[Found]] = {one: [] for one in people}
        for one in self._today.found:
            if one.kind in _KINDS and one.person in self._found:
                self._found[one.person].append(one)

    def before(self, paper: Paper, person: int, about: guide.About, *, personal: bool) -> None:
        """The guide and the day."""
        guide.write(paper, about, self._sheets(about))
        lines = self._lines(person, personal)
        write_day(paper, lines, self._on)

    def _sheets(self, about: guide.About) -> list[str]:
        return [tr(MY_DAY), *(one.name for one in about.plans)]

    def _lines(self, person: int, personal: bool) -> tuple[Line, ...]:
        """A person's own matters; others are colleagues without a name."""
        found = self._found[person]
        if not personal:
            found = [
                one for one in found if one.kind != "date" or one.records[0].entity != "contact"
            ]
        colleague = tr(N_("a colleague"))
        names = dict.fromkeys(self._names, colleague) | {person: self._names[person]}
        return replace(self._today, found=tuple(found), names=names).lines(few=_ALL)

    def between(self, paper: Paper, person: int, plans: Sequence[SheetPlan]) -> None:
        """Goals, where there are any."""

    def after(self, paper: Paper, person: int) -> None:
        """What became of the last return."""


def write_day(paper: Paper, lines: Sequence[Line], on: date) -> None:
    """What needs the person on the day, the weightiest first."""
    sheet = paper.book.add_worksheet(tr(MY_DAY))
    widths = (10.0, 30.0, 44.0)
    heads = (tr(N_("When")), tr(N_("What to do")), tr(N_("Why")))
    for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, paper.looks.head(False))
    sheet.set_row(0, 26)
    for line, one in enumerate(lines, 1):
        texts = (severity_text(one.severity), one.title, one.reason)
        for at, text in enumerate(texts):
            sheet.write_string(line, at, text, paper.looks.of("text", locked=True))
        count = max(looks.lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(line, looks.height(count))
    sheet.freeze_panes(1, 0)
    paper.protect(sheet)
    paper.printed(sheet, upright=True)
    assert ROOM_BELOW
