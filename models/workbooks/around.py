"""The sheets of a workbook that are only read, put around its tables: guide, day, goals, answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from models.book import Book
from models.dialects import Connection
from models.texts import N_, tr
from models.workbooks import (
    answers,
    contents,
    goal_answers,
    goal_sheet,
    guide,
    looks,
    my_day,
    personal,
)
from models.workbooks.answers import AnswerSheet
from models.workbooks.contents import SheetPlan, Values
from models.workbooks.goal_places import Place
from models.workbooks.goal_sheet import GoalPlan
from models.workbooks.goal_standings import Standings
from models.workbooks.my_day import Days
from models.workbooks.sheets_out import ROOM_BELOW, Paper

ANSWERS = N_("Answers to your last workbook")
_ANSWER_WIDTHS = (12.0, 18.0, 22.0, 12.0, 24.0, 24.0, 24.0)


class Around:
    """What stands around the tables of some people; of one view of the book."""

    def __init__(
        self, book: Book, db: Connection, people: Sequence[int], on: date, names: dict[int, str]
    ) -> None:
        self._book, self._db, self._on, self._names = book, db, on, names
        self._days = Days(book, db, people, on, names)
        self._standings = Standings(book, on)
        self._plan: GoalPlan | None = None
        self._answers: AnswerSheet | None = None

    def plans(self, values: Values, person: int) -> list[SheetPlan]:
        """Tables in which people answer to their goals."""
        found = goal_answers.answers(self._book, person, self._on, self._standings)
        return [
            contents.plan(
                values,
                self._book.schema.entity(one.entity).plural_text(),
                one.entity,
                one.rows,
                one.fields,
                editable=one.editable,
                choices=dict(one.offers),
            )
            for one in found
        ]

    def before(
        self,
        paper: Paper,
        person: int,
        plans: Sequence[SheetPlan],
        due_back: date | None,
        known: Collection[int],
    ) -> None:
        """The guide and the day; ``known`` are the contacts that may be named."""
        self._gather(person, plans)
        entries = self._days.of(person, known)
        sheets: list[tuple[str, str, int | None]] = [
            (tr(my_day.MY_DAY), tr(N_("What needs you now, and why.")), len(entries))
        ]
        told = [(one.name, guide.hint(one), len(one.rows)) for one in plans]
        goals = (
            tr(goal_sheet.GOALS),
            tr(N_("How far you are, worked out anew as you type.")),
            None,
        )
        last = {one.entity for one in personal.AFTER_GOALS}
        after = sum(one.entity not in last for one in plans)
        sheets += [*told[:after], goals, *told[after:]]
        if self._answers is not None:
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
        earlier = answers.latest(self._db, person)
        self._answers = answers.of(self._book, person, earlier)
        places = {one.entity: _place(one) for one in plans}
        self._plan = goal_sheet.gather(self._book, person, self._on, places, self._standings)

    def goals(self, paper: Paper) -> None:
        """Goals with live formulas."""
        if self._plan is not None:
            goal_sheet.write(paper.book, self._plan)

    def answers(self, paper: Paper) -> None:
        """What became of the last workbook, if there was one."""
        if self._answers is None:
            return
        lines = [] if self._answers.empty else self._answers.lines()
        sheet = paper.book.add_worksheet(self._name())
        for at, (header, width) in enumerate(
            zip(self._answers.headers(), _ANSWER_WIDTHS, strict=True)
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, header, paper.looks.head(False))
        sheet.set_row(0, 26)
        plain = paper.looks.plain(border=1, border_color=looks.LINE)
        if not lines:
            sheet.write_string(1, 0, answers.nothing(), paper.looks.plain(text_wrap=False))
        for line, texts in enumerate(lines, 1):
            for at, text in enumerate(texts):
                sheet.write_string(line, at, text, plain)
            counts = (
                looks.lines(text, room) for text, room in zip(texts, _ANSWER_WIDTHS, strict=True)
            )
            sheet.set_row(line, looks.height(max(counts)))
        sheet.freeze_panes(1, 0)
        paper.protect(sheet)
        paper.printed(sheet)
        sheet.repeat_rows(0)

    def _name(self) -> str:
        return tr(ANSWERS)


def _place(plan: SheetPlan) -> Place:
    """Where a table lies, for formulas of other sheets."""
    return Place(
        plan.name,
        {one: at for at, one in enumerate(plan.fields, 1)},
        frozenset(plan.rows),
        1 + plan.room + len(plan.rows) + ROOM_BELOW,
        plan.can_add,
        plan.editable,
    )
