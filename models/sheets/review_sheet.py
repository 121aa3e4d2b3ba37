"""A goal review as a workbook: numbers once, formulas and charts that read them, a sheet for each person.

The sheet of goals and the sheet of deals hold the numbers; the team's and each person's sheet read
them from there, so that whoever corrects a number sees sums, shares and bars follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.goals import review_paper
from models.goals.attainment import attainment
from models.goals.moves import KINDS, Moved
from models.goals.pace import Standing, accumulates
from models.goals.pace_words import reason, status_text
from models.goals.paper import Words
from models.goals.review import Page, Review, Sum
from models.sheets.live_book import MUTED, SECTION, TITLE, TOTAL, Cell, LiveBook, LiveSheet
from models.sheets.writing import Column, Formula
from models.texts import N_, tr

_TARGET, _EXPECTED, _ACTUAL = "#c4cad3", "#8fa8cc", "#2f5fa8"
_KINDS = {"money": "money", "percent": "percent", "count": "number", "days": "number"}


def write(path: Path, review: Review) -> None:
    """Write the workbook.

    Raises:
        Refused: the place can't be written; what stood there is untouched.
    """
    book = LiveBook(review.currency)
    team = book.sheet(tr(N_("Team")), [30, 16, 16, 16, 13, 16, 11, 15, 12])
    people = [
        (page, book.sheet(page.name, [38, 16, 16, 13, 13, 15, 11, 11, 12]))
        for page in review.people
    ]
    goals = _Goals(
        book.sheet(tr(N_("Goals")), [16, 34, 20, 12, *[15] * 5, 12, 12, *[10] * 6, 70], 1)
    )
    deals = _Deals(book.sheet(tr(N_("Deals")), [16, 22, 44, 15, 13, 13, 18], 1))
    goals.write(review)
    deals.write(review)
    _Team(review, team, deals).write()
    for page, sheet in people:
        _Person(review, page, sheet, goals, deals).write()
    book.write(path)


def _columns(heads: Sequence[str], kinds: Sequence[str]) -> list[Column]:
    return [Column(tr(one), kind) for one, kind in zip(heads, kinds, strict=True)]


def _kind(one: Standing) -> str:
    """The kind of a goal's numbers."""
    return "percent" if one.what is None else _KINDS.get(one.what.unit, "number")


def _share(value: str, target: str, down: bool) -> str:
    """The formula of the share of a target that a value is."""
    share = f"MAX(0,2-{value}/{target})" if down else f"{value}/{target}"
    return f'=IF(N({target})>0,{share},"")'


class _Goals:
    """The sheet with the numbers of all goals."""

    def __init__(self, sheet: LiveSheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, int] = {}

    def write(self, review: Review) -> None:
        columns = [
            (N_("Person"), "text"), (N_("Goal"), "text"), (N_("Measure"), "text"),
            (N_("Period"), "text"), (N_("Target"), ""), (N_("Floor"), ""), (N_("Stretch"), ""),
            (N_("Actual"), ""), (N_("Expected by now"), ""), (N_("Attainment"), "share"),
            (N_("Expected share"), "share"), (N_("Days left"), "number"), (N_("Needed a day"), ""),
            (N_("Chance from"), "share"), (N_("Chance"), "share"), (N_("Chance to"), "share"),
            (N_("Status"), "text"), (N_("Why this status"), "text"),
        ]  # fmt: skip
        self.sheet.head([Column(tr(one), kind) for one, kind in columns])
        for page in (review.team, *review.people):
            for one in page.goals:
                kinds = [kind or _kind(one) for _, kind in columns]
                name = page.name or tr(N_("Team"))
                self.rows[one.goal.id] = self.sheet.row(self._cells(review, name, one), kinds)

    def _cells(self, review: Review, name: str, one: Standing) -> list[Cell]:
        row = self.sheet.at + 1
        chance = one.chance
        share = attainment(one.expected, one.target, one.down)
        return [
            name,
            one.goal.title,
            one.what.text() if one.what else tr(N_("Key results")),
            one.goal.period,
            one.target,
            one.goal.floor,
            one.goal.stretch,
            one.value,
            one.expected,
            Formula(_share(f"H{row}", f"E{row}", one.down), one.attainment)
            if one.value is not None
            else None,
            Formula(_share(f"I{row}", f"E{row}", one.down), share)
            if one.expected is not None
            else None,
            Decimal(0) if one.over else one.days_left,
            Formula(f"=ROUND(MAX(E{row}-H{row},0)/L{row},2)", one.needed_per_day)
            if one.needed_per_day is not None
            else None,
            *((chance.low, chance.mid, chance.high) if chance else (None, None, None)),
            status_text(one.status),
            reason(one, review.currency),
        ]

    def read(self, one: Standing, column: int, value: Any) -> Cell:
        """A cell of another sheet that shows a number of a goal."""
        return None if value is None else Formula(f"={self.at(one, column)}", value)

    def at(self, one: Standing, column: int) -> str:
        """A number of a goal, as other sheets name it."""
        return self.sheet.ref(self.rows[one.goal.id], column)


class _Deals:
    """The sheet with all deals that moved."""

    KINDS = ("text", "text", "text", "money", "date", "date", "money")

    def __init__(self, sheet: LiveSheet) -> None:
        self.sheet = sheet
        self.rows: dict[tuple[int | None, int], int] = {}
        self.last = 0

    def write(self, review: Review) -> None:
        self.sheet.head(
            [
                Column(tr(one), kind)
                for one, kind in zip(
                    (
                        N_("Person"), N_("What happened"), N_("Deal"), N_("Amount"), N_("Day before"),
                        N_("Day now"), N_("Effect on the weighted forecast"),
                    ),
                    self.KINDS,
                    strict=True,
                )
            ]
        )  # fmt: skip
        for one in sorted(review.team.course.moved, key=lambda deal: self._order(review, deal)):
            self.rows[one.owner, one.deal] = self.sheet.row(self._cells(review, one), self.KINDS)
        self.last = self.sheet.at

    def _order(self, review: Review, one: Moved) -> tuple[str, int]:
        return review.names.get(one.owner or 0, "￿"), list(KINDS).index(one.kind)

    def _cells(self, review: Review, one: Moved) -> list[Cell]:
        name = review.names.get(one.owner or 0) or tr(N_("(none)"))
        return [name, one.text(), one.label, one.amount, one.before, one.after, one.effect]

    def read(self, one: Moved, column: int, value: Any) -> Cell:
        """A cell of another sheet that shows something of a deal."""
        if value is None:
            return None
        return Formula(f"={self.sheet.ref(self.rows[one.owner, one.deal], column)}", value)

    def range(self, column: int) -> str:
        """All cells of a column, as other sheets name them."""
        first = self.sheet.ref(1, column)
        return f"{first}:{self.sheet.ref(max(self.last - 1, 1), column).partition('!')[2]}"


class _Team:
    """The team's sheet."""

    _COLUMNS = 9

    def __init__(self, review: Review, sheet: LiveSheet, deals: _Deals) -> None:
        self._review, self._sheet, self._deals = review, sheet, deals

    def write(self) -> None:
        review, sheet = self._review, self._sheet
        sheet.text(review_paper.title(review), TITLE)
        sheet.text(review_paper.paper(review).foot, MUTED)
        for block in review_paper.notes(review):
            assert isinstance(block, Words)
            sheet.paragraph(block.text, self._COLUMNS, MUTED)
        sheet.gap()
        if review.measure is not None:
            self._people(review.sums, _KINDS.get(review.measure.unit, "number"))
        self._bridge()
        _questions(review.team, sheet, self._COLUMNS)

    def _people(self, sums: Sequence[Sum], kind: str) -> None:
        assert self._review.measure is not None
        sheet = self._sheet
        heading = tr(N_("{measure} by person"), measure=self._review.measure.text())
        sheet.text(heading, SECTION)
        heads = (
            N_("Person"), N_("Target"), N_("Expected by now"), N_("Actual"), N_("Attainment"),
            N_("Missing"), N_("Days left"), N_("Needed a day"), N_("Status"),
        )  # fmt: skip
        kinds = ("text", kind, kind, kind, "share", kind, "number", kind, "text")
        head = sheet.at
        sheet.head(_columns(heads, kinds))
        first = sheet.at
        for one in sums:
            sheet.row(self._sum(one), kinds)
        last = sheet.at - 1
        sheet.row(self._total(sums, first + 1, last + 1), kinds, TOTAL)
        sheet.gap()
        series = ((head, 1, _TARGET), (head, 2, _EXPECTED), (head, 3, _ACTUAL))
        width = min(max(560, 60 * len(sums) + 160), 1500)
        sheet.plot(
            "column", heading, (first, last, 0), series, place=(sheet.at, 0), size=(width, 300)
        )
        sheet.gap(16)

    def _sum(self, one: Sum) -> list[Cell]:
        row = self._sheet.at + 1
        missing = None
        if one.target is not None and one.actual is not None:
            missing = max(one.target - one.actual, Decimal(0))
        needed = missing / one.days_left if missing is not None and one.days_left > 0 else None
        return [
            one.name,
            one.target,
            one.expected,
            one.actual,
            Formula(_share(f"D{row}", f"B{row}", one.down), one.attainment)
            if one.target is not None
            else None,
            Formula(f"=MAX(B{row}-D{row},0)", missing) if missing is not None else None,
            one.days_left,
            Formula(f'=IF(G{row}>0,F{row}/G{row},"")', needed) if missing is not None else None,
            status_text(one.status),
        ]

    def _total(self, sums: Sequence[Sum], first: int, last: int) -> list[Cell]:
        """The sums of those with a target; without one nothing is set against what was reached."""
        having = [one for one in sums if one.target is not None]

        def added(name: str, letter: str) -> Formula:
            total = sum((getattr(one, name) or Decimal(0) for one in having), Decimal(0))
            chosen = f'SUMIF(B{first}:B{last},"<>",{letter}{first}:{letter}{last})'
            return Formula(f"={chosen}", total)

        row = self._sheet.at + 1
        cells = [added("target", "B"), added("expected", "C"), added("actual", "D")]
        target, actual = cells[0].value, cells[2].value
        assert isinstance(target, Decimal)
        assert isinstance(actual, Decimal)
        down = any(one.down for one in sums)
        share = attainment(actual, target, down)
        missing = max(target - actual, Decimal(0))
        return [
            tr(N_("Total")),
            *cells,
            Formula(_share(f"D{row}", f"B{row}", down), share),
            Formula(f"=MAX(B{row}-D{row},0)", missing),
            None,
            None,
            None,
        ]

    def _bridge(self) -> None:
        """From the forecast then to the forecast now, counted and summed from the sheet of deals."""
        review, sheet, course = self._review, self._sheet, self._review.team.course
        heading = tr(N_("What moved since {day}"), day=review.since)
        sheet.text(heading, SECTION)
        heads = ("", tr(N_("Deals")), tr(N_("Amount")), tr(N_("Effect on the weighted forecast")))
        kinds = ("text", "integer", "money", "money")
        head = sheet.at
        sheet.head([Column(one, kind) for one, kind in zip(heads, kinds, strict=True)])
        begin = tr(N_("Weighted forecast on {day}"), day=review.since)
        sheet.row((begin, None, None, course.start), kinds, TOTAL)
        first = sheet.at
        for kind, moved in review_paper.by_kind(course.moved).items():
            sheet.row(self._of_kind(kind, moved), kinds)
        last = sheet.at - 1
        end = tr(N_("Weighted forecast on {day}"), day=review.on)
        total = Formula(f"=SUM(D{first}:D{last + 1})", course.end)
        sheet.row((end, None, None, total), kinds, TOTAL)
        if last >= first:  # beside the table, which is narrow
            series = ((head, 3, _ACTUAL),)
            sheet.plot(
                "column", heading, (first, last, 0), series, place=(head, 5), size=(640, 270)
            )
        sheet.gap(max(1, head + 14 - sheet.at))

    def _of_kind(self, kind: str, moved: Sequence[Moved]) -> list[Cell]:
        row, deals = self._sheet.at + 1, self._deals
        what = deals.range(1)
        amount = sum((one.amount for one in moved), Decimal(0))
        effect = sum((one.effect for one in moved), Decimal(0))
        return [
            tr(KINDS[kind]),
            Formula(f"=COUNTIF({what},A{row})", len(moved)),
            Formula(f"=SUMIF({what},A{row},{deals.range(3)})", amount),
            Formula(f"=SUMIF({what},A{row},{deals.range(6)})", effect),
        ]


class _Person:
    """The sheet of one person."""

    _COLUMNS = 9

    def __init__(
        self, review: Review, page: Page, sheet: LiveSheet, goals: _Goals, deals: _Deals
    ) -> None:
        self._review, self._page, self._sheet = review, page, sheet
        self._goals_sheet, self._deals_sheet = goals, deals

    def write(self) -> None:
        page, sheet = self._page, self._sheet
        sheet.text(page.name, TITLE)
        sheet.text(page.about, MUTED)
        sheet.gap()
        self._goals()
        self._deals()
        self._promises()
        self._tasks()
        _questions(page, sheet, self._COLUMNS)

    def _goals(self) -> None:
        sheet, page = self._sheet, self._page
        sheet.text(tr(N_("Goals")), SECTION)
        if not page.goals:
            sheet.text(tr(N_("No goal in this period.")), MUTED)
            sheet.gap()
            return
        heads = (
            N_("Goal"), N_("Target"), N_("Actual"), N_("Attainment"), N_("Expected share"),
            N_("Needed a day"), N_("Days left"), N_("Chance"), N_("Status"),
        )  # fmt: skip
        head = sheet.at
        sheet.head(_columns(heads, _goal_kinds("number")))
        first = sheet.at
        for one in page.goals:
            sheet.row(self._goal(one), _goal_kinds(_kind(one)))
        last = sheet.at - 1
        sheet.gap()
        sheet.plot(
            "bar",
            tr(N_("Attainment and what was expected by now")),
            (first, last, 0),
            ((head, 3, _ACTUAL), (head, 4, _EXPECTED)),
            place=(sheet.at, 0),
            size=(760, 130 + 45 * len(page.goals)),
            shape="0%",
        )
        sheet.gap(8 + round(2.3 * len(page.goals)))

    def _goal(self, one: Standing) -> list[Cell]:
        read = self._goals_sheet.read
        share = attainment(one.expected, one.target, one.down)
        return [
            read(one, 1, one.goal.title),
            read(one, 4, one.target),
            read(one, 7, one.value),
            read(one, 9, one.attainment),
            read(one, 10, share),
            read(one, 12, one.needed_per_day if accumulates(one.what) else None),
            read(one, 11, Decimal(0) if one.over else one.days_left),
            read(one, 14, one.chance.mid if one.chance else None),
            read(one, 16, status_text(one.status)),
        ]

    def _deals(self) -> None:
        sheet, course, read = self._sheet, self._page.course, self._deals_sheet.read
        sheet.text(tr(N_("What moved since {day}"), day=self._review.since), SECTION)
        heads = (
            N_("Deal"), N_("What happened"), N_("Amount"), N_("Day before"), N_("Day now"),
            N_("Effect on the weighted forecast"),
        )  # fmt: skip
        kinds = ("text", "text", "money", "date", "date", "money")
        sheet.head(_columns(heads, kinds))
        begin = tr(N_("Weighted forecast on {day}"), day=self._review.since)
        sheet.row((begin, None, None, None, None, course.start), kinds, TOTAL)
        first = sheet.at
        for one in course.moved:
            cells = (
                read(one, 2, one.label),
                read(one, 1, one.text()),
                read(one, 3, one.amount),
                read(one, 4, one.before),
                read(one, 5, one.after),
                read(one, 6, one.effect),
            )
            sheet.row(cells, kinds)
        end = tr(N_("Weighted forecast on {day}"), day=self._review.on)
        total = Formula(f"=SUM(F{first}:F{sheet.at})", course.end)
        sheet.row((end, None, None, None, None, total), kinds, TOTAL)
        sheet.gap()

    def _promises(self) -> None:
        sheet = self._sheet
        if not self._page.promises:
            return
        sheet.text(tr(N_("What was promised")), SECTION)
        heads = (
            N_("Measure"), N_("Promised"), N_("Actual"), N_("Attainment"), N_("Period"), N_("Status")
        )  # fmt: skip
        sheet.head(_columns(heads, ("text", "number", "number", "share", "text", "text")))
        for one in self._page.promises:
            kind, row = _KINDS.get(one.what.unit, "number"), sheet.at + 1
            share = attainment(one.actual, one.amount)
            cells = (
                one.what.text(),
                one.amount,
                one.actual,
                Formula(_share(f"C{row}", f"B{row}", False), share),
                one.period,
                review_paper.promise_text(one),
            )
            sheet.row(cells, ("text", kind, kind, "share", "text", "text"))
        sheet.gap()

    def _tasks(self) -> None:
        sheet = self._sheet
        if not self._page.tasks:
            return
        sheet.text(tr(N_("Tasks that are blocked or overdue")), SECTION)
        heads = (N_("Task"), N_("Due"), N_("Days late"), N_("Status"), N_("Blocked by"))
        kinds = ("text", "date", "integer", "text", "text")
        sheet.head(_columns(heads, kinds))
        for one in self._page.tasks:
            status = tr(N_("Blocked")) if one.blocked else tr(N_("Overdue"))
            cells = (one.title, one.due, one.late, status, one.reason)
            sheet.row(cells, kinds)
        sheet.gap()


def _goal_kinds(kind: str) -> tuple[str, ...]:
    return "text", kind, kind, "share", "share", kind, "number", "share", "text"


def _questions(page: Page, sheet: LiveSheet, columns: int) -> None:
    if page.decided:
        sheet.text(tr(N_("Decisions still open")), SECTION)
        heads, kinds = (N_("Decision"), N_("Owner"), N_("Due")), ("text", "text", "date")
        sheet.head(_columns(heads, kinds))
        for one in page.decided:
            sheet.row((one.title, one.owner_name, one.due), kinds)
        sheet.gap()
    if page.questions:
        sheet.text(tr(N_("Suggested questions")), SECTION)
        for at, question in enumerate(page.questions, 1):
            sheet.paragraph(f"{at}. {question.text}", columns)
            sheet.paragraph(question.why, columns, MUTED)
