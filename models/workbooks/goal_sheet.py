"""Goals in a person's workbook: a sheet of goals with live formulas, and the records behind them.

``gather`` reads the book, ``write`` writes two sheets into a workbook that is open, row by row from
the top, so that it may be one that keeps no rows in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models import money
from models.book import Book
from models.describe.formula_excel import ROW
from models.refusals import Place
from models.sheets import writing
from models.sheets.writing import Cell, Column, Formula
from models.texts import LANGUAGES, N_, in_language, tr
from models.workbooks import goal_places, goal_rows
from models.workbooks.goal_lines import Lines
from models.workbooks.goal_rows import Ranges
from models.workbooks.goal_standings import Shown, Standings

GOALS, RECORDS = N_("Goals"), N_("Goal records")
_FIRST = 4  # the line of the first record, from 1
_HEADS = (
    (N_("Goal no."), "id"),
    (N_("Goal"), "name"),
    (N_("Record"), "id"),
    (N_("Name"), "name"),
    (N_("Day"), "date"),
    (N_("Counts"), "integer"),
    (N_("Adds"), "value"),
    (N_("Divided by"), "value"),
    (N_("Status or kind"), "text"),
    (N_("Begun or due"), "date"),
    (N_("Closed or done"), "date"),
    (N_("Amount or weight"), "value"),
    (N_("Chance or progress"), "percent"),
    (N_("Row"), "integer"),
)
_WIDTHS = (9, 30, 10, 34, 11, 8, 14, 14, 12, 11, 11, 14, 10, 7)
_GOAL_WIDTHS = (9, 28, 13, 10, 14, 14, 11, 14, 10, 9, 14, 14, 13, 14, 9, 12, 11, 11)


@dataclass(frozen=True)
class GoalRow:
    """A row of the sheet of goals: its cells, and in which unit its values are."""

    cells: Sequence[Cell]
    unit: str


@dataclass(frozen=True)
class GoalPlan:
    """What stands in both sheets; ``lines`` are the records, each with the unit of its goal's values."""

    currency: str
    name: str
    title: str
    on: date
    running: Sequence[GoalRow]
    ended: Sequence[GoalRow]
    words: Sequence[str]
    lines: Sequence[GoalRow]


def sheet_names() -> frozenset[str]:
    """What the two sheets are called, in all languages."""
    return frozenset(in_language(code, one) for code in LANGUAGES for one in (GOALS, RECORDS))


def gather(
    book: Book,
    person: int,
    on: date,
    places: Mapping[str, goal_places.Place],
    standings: Standings | None = None,
    today: date | None = None,
) -> GoalPlan:
    """What a person's sheets of goals hold, in the current language.

    Args:
        places: where the sheets of records lie in the same workbook, by entity.
        standings: the goals of everybody on the day, where several workbooks are made.
        today: the day on which what is entered without a day takes place.
    """
    known = standings or Standings(book, on)
    with book.reading() as db:
        running, ended = known.running(person), known.ended(person)
        lines = Lines(book, db, person, places, on, today or date.today())
        units = {}
        for shown in (*running, *ended):
            goal = book.public_id("goal", shown.standing.goal.id)
            units[goal] = goal_rows.unit(shown.standing)
            if shown.standing.what is None:
                lines.add_results(shown.standing, goal)
            else:
                lines.add(shown.standing, shown.scope, goal)
        made = [GoalRow(one.cells(), units[one.goal]) for one in lines.named()]
        title = tr(N_("Goals of {person}"), person=book.label("salesperson", person))
    having = {one.cells[0] for one in made}
    ranges = Ranges(tr(RECORDS), _FIRST, _FIRST - 1 + len(made)) if made else None

    def row(shown: Shown) -> GoalRow:
        number = book.public_id("goal", shown.standing.goal.id)
        one = shown.standing
        counted = number in having or (one.what is not None and one.actual is not None)
        cells = goal_rows.row(shown, number, ranges if counted else None)
        return GoalRow(cells, goal_rows.unit(one))

    return GoalPlan(
        book.currency,
        tr(GOALS),
        title,
        on,
        [row(one) for one in running],
        [row(one) for one in ended],
        list(dict.fromkeys(_words(one, person, lines, places) for one in (*running, *ended))),
        made,
    )


def _words(shown: Shown, person: int, lines: Lines, places: Mapping[str, goal_places.Place]) -> str:
    what = shown.standing.what
    place = lines.place(what) if what is not None else places.get("key_result")
    within = what is None or shown.scope is None or person in shown.scope
    return goal_rows.words(shown, place.sheet if place and within else "")


def write(out: Any, plan: GoalPlan) -> None:
    """Add both sheets to an XlsxWriter workbook; that of records only if there are any."""
    looks = _Looks(out, plan.currency)
    _write_goals(
        _Sheet(out.add_worksheet(plan.name), looks, goal_rows.columns(), _GOAL_WIDTHS), plan
    )
    if plan.lines:
        columns = [Column(tr(head), kind) for head, kind in _HEADS]
        _write_lines(_Sheet(out.add_worksheet(tr(RECORDS)), looks, columns, _WIDTHS), plan)


def _write_goals(sheet: _Sheet, plan: GoalPlan) -> None:
    sheet.text(plan.title, "title")
    sheet.text(
        tr(
            N_(
                "As of the end of {day}. What is reached is a formula over “{records}”: filter there by the number of a goal to see what counts."
            ),
            day=plan.on.isoformat(),
            records=tr(RECORDS),
        ),
        "muted",
    )
    sheet.text(
        tr(
            N_(
                "Working days left, what is expected by now and the last record are as of that day. A row that you delete counts until its deletion is accepted."
            )
        ),
        "muted",
    )
    sheet.head(frozen=2)
    for heading, rows in ((N_("In force"), plan.running), (N_("Just ended"), plan.ended)):
        if rows:
            sheet.text(tr(heading), "section")
            for one in rows:
                sheet.row(one)
    if not plan.running and not plan.ended:
        sheet.text(tr(N_("No goal is in force.")), "muted")
        return
    sheet.text(tr(N_("What is counted")), "section")
    for words in plan.words:
        sheet.text(words, "plain")


def _write_lines(sheet: _Sheet, plan: GoalPlan) -> None:
    sheet.text(
        tr(
            N_(
                "What counts for each goal: its value is the sum of “Adds”, of rates divided by the sum of “Divided by”."
            )
        ),
        "muted",
    )
    sheet.text(
        tr(
            N_(
                "Lines with a number in “Row” follow the sheet on which you edit the record; all others are as of {day}."
            ),
            day=plan.on.isoformat(),
        ),
        "muted",
    )
    sheet.head(frozen=2)
    for one in plan.lines:
        sheet.row(one)
    sheet.finish(grey=f"=$F{_FIRST}=0")


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, out: Any, currency: str) -> None:
        self._out = out
        places = money.decimals(currency)
        amount = "#,##0" + (f".{'0' * places}" if places else "")
        self._shapes = {
            "money": amount,
            "percent": "0.0%",
            "count": "#,##0.##",
            "days": "#,##0.0",
            "integer": "#,##0",
            "number": "0.0",
            "date": "yyyy-mm-dd;;",
        }
        self.faint = out.add_format({"font_color": "#9AA0A8"})
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, kind: str, look: str = "") -> Any:
        """How a kind of cell is shown."""
        key = kind, look
        if key not in self._made:
            shape = self._shapes.get(kind, "@" if kind in ("text", "name", "id") else "General")
            looks: dict[str, dict[str, object]] = {
                "title": {"bold": True, "font_size": 16},
                "section": {"bold": True, "font_size": 12},
                "muted": {"font_color": "#6B7280"},
                "head": {"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "text_wrap": True},
                "plain": {},
            }
            more = looks.get(look, {"bg_color": "#F5F6F8"})
            if kind == "id":
                more = {**more, "font_color": "#8A8F98"}
            if kind in ("text", "said") and look in ("", "head"):
                more = {**more, "text_wrap": True, "align": "left", "indent": 1}
            elif look == "head" and kind == "number":
                more = {**more, "align": "right"}
            base: dict[str, object] = {"valign": "top", "locked": True}
            self._made[key] = self._out.add_format({**base, **more, "num_format": shape})
        return self._made[key]


class _Sheet:
    """A locked sheet that is filled from its top."""

    def __init__(
        self, sheet: Any, looks: _Looks, columns: Sequence[Column], widths: Sequence[float]
    ) -> None:
        self._sheet, self._looks, self._columns = sheet, looks, columns
        self._at = self._head = 0
        self._title = widths[1]
        sheet._prepare_formula = writing.as_it_is
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        allowed = (
            "format_cells", "format_columns", "format_rows", "sort", "autofilter",
            "select_locked_cells", "select_unlocked_cells",
        )  # fmt: skip
        sheet.protect("", dict.fromkeys(allowed, True))

    def text(self, text: str, look: str) -> None:
        """A text in a row of its own."""
        if look == "title":
            self._sheet.set_row(self._at, 26)
        elif look == "section":
            self._sheet.set_row(self._at, 20)
        self._sheet.write_string(self._at, 0, text, self._looks.of("note", look))
        self._at += 1

    def head(self, frozen: int) -> None:
        """The heads of the table; they stay in sight with so many columns."""
        self._head = self._at
        self._sheet.set_row(self._at, 32)
        for at, column in enumerate(self._columns):
            side = {"text": "text", "name": "text", "id": "label"}.get(column.kind, "number")
            self._sheet.write_string(self._at, at, column.header, self._looks.of(side, "head"))
        self._at += 1
        self._sheet.freeze_panes(self._at, frozen)

    def row(self, one: GoalRow) -> None:
        """A row of the table, as high as its title asks where that is wrapped."""
        if self._columns[1].kind == "text":
            wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(one.cells[1]))
            self._sheet.set_row(self._at, 16 * min(-(-wide // int(self._title - 1)), 4) + 2)
        for at, (cell, column) in enumerate(zip(one.cells, self._columns, strict=True)):
            kind = one.unit if column.kind == "value" else column.kind
            self._put(
                at,
                cell,
                self._looks.of("said" if isinstance(cell, Formula) and kind == "text" else kind),
            )
        self._at += 1

    def _put(self, at: int, cell: Cell, look: Any) -> None:
        if isinstance(cell, Formula):
            value = cell.value
            plain = value if isinstance(value, str) else _number(value)
            text = cell.text.replace(ROW, str(self._at + 1))
            self._sheet.write_formula(self._at, at, text, look, plain)
        elif cell is None:
            self._sheet.write_blank(self._at, at, None, look)
        elif isinstance(cell, str):
            head = self._columns[at].header
            place = Place("", self._sheet.get_name(), self._at + 1, head)
            writing.put_string(self._sheet, self._at, at, cell, look, lambda: place)
        elif isinstance(cell, date):
            if writing.fits(cell):
                self._sheet.write_number(self._at, at, writing.serial(cell), look)
            else:
                self._sheet.write_string(self._at, at, cell.isoformat(), look)
        else:
            self._sheet.write_number(self._at, at, float(cell), look)

    def finish(self, grey: str) -> None:
        """A filter over the table; grey is what satisfies a condition on its first line."""
        if self._at > self._head + 1:
            whole = self._head + 1, 0, self._at - 1, len(self._columns) - 1
            self._sheet.autofilter(self._head, *whole[1:])
            rule = {"type": "formula", "criteria": grey, "format": self._looks.faint}
            self._sheet.conditional_format(*whole, rule)


def _number(value: object) -> float | str:
    if isinstance(value, date):
        return writing.serial(value)
    return float(value) if isinstance(value, int | float | Decimal) else ""
