"""Sheets with a row a person and a column a period: one goal for each filled cell.

Such a table is seen as a long one: its rows are the filled cells, each with the row and the heading
that it stands under, and columns that the sheet does not have (``VIRTUAL``) hold the period, the
measure and the values. Everything after that (mapping, parsing, matching) works on the long table.
A column that adds up others is no goal; it is held against them. An empty cell is no goal either,
and never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from models.describe import parsing
from models.describe.parsing import CellFormat
from models.sheets import row_kinds, wide_headings
from models.sheets.report import Problem, TableReport
from models.sheets.spooling import Columns
from models.sheets.table_finding import FoundTable, Rows
from models.sheets.wide_headings import Heading
from models.texts import N_, ntr, tr

VIRTUAL = 1 << 20  # places from here on are no columns of the sheet
PERIOD, MEASURE, LEVEL = VIRTUAL, VIRTUAL + 1, VIRTUAL + 2
ROLES = ("target", "floor", "stretch", "baseline")
ROLE_PLACES = {role: VIRTUAL + 3 + at for at, role in enumerate(ROLES)}
PERIOD_LETTER, MEASURE_LETTER, LEVEL_LETTER = "#period", "#measure", "#level"


@dataclass(frozen=True)
class Slot:
    """A period and a measure of which each row may have a goal; ``cells``: place and heading by role."""

    heading: Heading
    cells: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Total:
    """A column that adds up others of the same row."""

    place: int
    header: str
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Wide:
    """How the rows of a wide table become goals.

    ``year`` is what holds where neither a heading nor the column at ``year_place`` says one,
    ``year_starts`` the month in which fiscal years begin. ``measure`` and ``year`` carry what decided
    them: "heading", "title", "name", "said", "cells", or "" while nothing does.
    """

    slots: tuple[Slot, ...]
    totals: tuple[Total, ...]
    whose: Mapping[
        str, str
    ]  # letters of the columns that say whose goals a row holds: person, team
    who: tuple[int, ...]  # their places, with those of the columns that only repeat it
    year_place: int | None
    year: int | None
    year_by: str
    fiscal: bool
    measure: str
    measure_by: str
    unit: str
    unit_by: str
    year_starts: int
    first: str  # the letter of the sheet's first column, by which decisions are kept
    left: tuple[str, ...] = ()  # headings of columns that hold no goals: what was done, rates
    spare: tuple[str, ...] = ()  # letters of columns that say nothing of goals
    leaders: frozenset[str] = frozenset()  # names and numbers of people who have others below them
    below: bool = False  # whose goals are of everyone below them too
    values: tuple[int, ...] = ()  # where targets and their like stand in a table with a row a goal
    words: tuple[int, ...] = ()  # where it says what is to be reached, or of what measure
    period: int | None = None  # where periods without their year stand there

    @property
    def places(self) -> list[int]:
        """The columns that hold goals, and those that add them up."""
        made = [place for slot in self.slots for place, _ in slot.cells.values()]
        return made + [one.place for one in self.totals]

    @property
    def asks_year(self) -> bool:
        """Whether nothing but ``year`` says of which year some of the goals are."""
        cells = self.period is not None and self.year_by != "cells"
        lacking = cells or any(one.heading.year is None for one in self.slots)
        return self.year_place is None and lacking


@dataclass
class Tally:
    """What was counted and noticed while a wide table was read; ``factor`` is the unit of its amounts."""

    factor: Decimal = Decimal(1)
    rows: int = 0
    goals: int = 0
    empty: int = 0
    sums: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, wide: Wide, report: TableReport) -> None:
        """Say it where everything else about the table is said."""
        for one in self.problems:
            report.blame(one)
        if wide.slots:
            text = N_("{rows} rows, {columns} periods: {goals} goals.")
            values = {"rows": f"{self.rows:,}", "goals": f"{self.goals:,}"}
            report.notes.append(tr(text, columns=len(wide.slots), **values))
        if self.empty:
            report.notes.append(
                ntr(
                    "{n} cell without a target: no goal, not 0.",
                    "{n} cells without a target: no goals, not 0.",
                    self.empty,
                )
            )
        if self.sums:
            listed = ", ".join(map(str, self.sums[:12])) + (" …" if len(self.sums) > 12 else "")
            report.notes.append(
                tr(N_("Rows that add up others are left out: {rows}."), rows=listed)
            )


def columns(
    source: Rows, table: FoundTable, places: Sequence[int], tally: Tally | None = None
) -> Iterator[Columns]:
    """Blocks of a wide table's goals; ``places`` are columns of the sheet or virtual ones."""
    wide = table.wide
    assert wide is not None
    if not wide.slots:
        yield from _as_they_are(source, table, wide, places, tally)
        return
    kept = [one for one in places if one < VIRTUAL]
    year = [] if wide.year_place is None else [wide.year_place]
    wanted = list(dict.fromkeys([*kept, *wide.who, *year, *wide.places]))
    for block in source.columns(table.sheet, table.first_row, table.end_row, wanted):
        block = block.without(table.skip_rows)
        cells = dict(zip(wanted, block.cells, strict=True))
        yield _Melting(wide, block.numbers, cells, tally).columns(places)


def _as_they_are(
    source: Rows, table: FoundTable, wide: Wide, places: Sequence[int], tally: Tally | None
) -> Iterator[Columns]:
    """Blocks of a table with a row a goal, with the columns that it lacks."""
    wanted = [one.index for one in table.columns if one.index < VIRTUAL]
    for block in source.columns(table.sheet, table.first_row, table.end_row, wanted):
        block = block.without(table.skip_rows)
        cells = dict(zip(wanted, block.cells, strict=True))
        blank = [
            all(parsing.is_blank(cells[place][at], "number") for place in wide.values)
            for at in range(len(block.numbers))
        ]
        kept = [
            at
            for at, one in enumerate(blank)
            if not one or any(row_kinds.filled(cells[place][at]) for place in wide.words)
        ]
        if tally is not None:
            rows = zip(*block.cells, strict=True)
            filled = sum(any(map(row_kinds.filled, row)) for row in rows)
            tally.empty += filled - len(kept)
        made: list[Sequence[Any]] = []
        for place in places:
            if place == MEASURE:
                called = _measures().get(wide.measure, wide.measure)
                made.append([None if blank[at] else called for at in kept])
            elif place == LEVEL:
                made.append(_levels(wide, [cells[one] for one in wide.who], kept))
            elif place == PERIOD:
                made.append([_dated(wide, cells, at) for at in kept])
            else:
                made.append([cells[place][at] for at in kept])
        yield Columns([block.numbers[at] for at in kept], made)


class _Melting:
    """One block of rows as the goals in it."""

    def __init__(
        self,
        wide: Wide,
        numbers: Sequence[int],
        cells: Mapping[int, Sequence[Any]],
        tally: Tally | None,
    ) -> None:
        self._wide, self._numbers, self._cells = wide, numbers, cells
        self._tally = tally if tally is not None else Tally()
        self._rows: list[int] = []  # of the block, once for each goal
        self._slots: list[Slot] = []
        self._texts: list[str] = []  # periods
        for at in range(len(numbers)):
            self._row(at)

    def _row(self, at: int) -> None:
        filled = [not parsing.is_blank(self._cells[one][at], "number") for one in self._wide.places]
        who = [self._cells[one][at] for one in self._wide.who]
        if not any(filled) and not any(map(row_kinds.filled, who)):
            return  # a blank row, or a heading within the table
        if any(isinstance(one, str) and row_kinds.is_sum(one) for one in who):
            self._tally.sums.append(self._numbers[at] + 1)
            return
        self._tally.rows += 1
        year, fiscal = _year(self._wide, self._cells, at)
        for slot in self._wide.slots:
            there = {role: self._cells[place][at] for role, (place, _) in slot.cells.items()}
            blank = {role: parsing.is_blank(cell, "number") for role, cell in there.items()}
            self._tally.empty += blank.get("target", False)
            if not all(blank.values()):
                self._rows.append(at)
                self._slots.append(slot)
                self._texts.append(_period_text(slot.heading, year, fiscal, self._wide))
                self._tally.goals += 1
        self._check(at)

    def _check(self, at: int) -> None:
        """Whether what adds up the others of a row does."""
        format = CellFormat(factor=self._tally.factor)
        for total in self._wide.totals:
            cell = self._cells[total.place][at]
            if parsing.is_blank(cell, "number"):
                continue
            try:
                said = parsing.number(cell, format)
                parts = [self._cells[one][at] for one in total.parts]
                found = sum(
                    parsing.number(one, format)
                    for one in parts
                    if not parsing.is_blank(one, "number")
                )
            except parsing.Unreadable:
                continue  # what can't be read is reported where it stands
            exponent = said.as_tuple().exponent
            places = max(-exponent, 0) if isinstance(exponent, int) else 0
            if round(found, places) != said:
                self._tally.problems.append(
                    Problem(
                        self._numbers[at] + 1,
                        total.header,
                        str(cell),
                        "total_differs",
                        tr(
                            N_(
                                "{said} is not the sum of the periods, {found}. The periods are taken as they stand."
                            ),
                            said=f"{said.normalize():,f}",
                            found=f"{Decimal(found).normalize():,f}",
                        ),
                    )
                )

    def columns(self, places: Sequence[int]) -> Columns:
        """The goals of the block, in the columns that are asked for."""
        rows, slots = self._rows, self._slots
        made: list[Sequence[Any]] = []
        spoken: dict[int, Sequence[str]] = {}
        for place in places:
            if place < VIRTUAL:
                column = self._cells[place]
                made.append([column[at] for at in rows])
            elif place == PERIOD:
                made.append(self._texts)
                spoken[place] = [_first(slot) for slot in slots]
            elif place == MEASURE:
                called = _measures()
                codes = (slot.heading.measure or self._wide.measure for slot in slots)
                made.append([called.get(code, code) for code in codes])
            elif place == LEVEL:
                made.append(_levels(self._wide, [self._cells[one] for one in self._wide.who], rows))
            else:
                role = next(one for one, at in ROLE_PLACES.items() if at == place)
                made.append(
                    [
                        self._cells[slot.cells[role][0]][at] if role in slot.cells else None
                        for at, slot in zip(rows, slots, strict=True)
                    ]
                )
                spoken[place] = [slot.cells.get(role, (0, ""))[1] for slot in slots]
        return Columns([self._numbers[at] for at in rows], made, spoken=spoken)


def _measures() -> dict[str, str]:
    """What the measures are called, as people would write them in a column of their own."""
    from models.measures.catalogue import DEFINITIONS

    return {one.code: one.text() for one in DEFINITIONS}


def _levels(wide: Wide, who: Sequence[Sequence[Any]], rows: Sequence[int]) -> Sequence[str | None]:
    """The level of goals that count for everyone below; the others' follows from who they are of."""
    if not wide.below:
        return [None] * len(rows)
    return [
        "team" if any(_text(column[at]) in wide.leaders for column in who) else None for at in rows
    ]


def _text(cell: Any) -> str:
    try:
        return "" if cell is None else parsing.code(cell)
    except parsing.Unreadable:
        return ""


def _dated(wide: Wide, cells: Mapping[int, Sequence[Any]], at: int) -> Any:
    """The period of a row that says it without its year; what is none stays as it is."""
    assert wide.period is not None
    cell = cells[wide.period][at]
    heading = wide_headings.of_cell(cell)
    return cell if heading is None else _period_text(heading, *_year(wide, cells, at), wide)


def _year(wide: Wide, cells: Mapping[int, Sequence[Any]], at: int) -> tuple[object, bool]:
    """The year of a row as a number, or what stands there instead of one; whether it is a fiscal one."""
    if wide.year_place is None:
        return wide.year, wide.fiscal
    cell = cells[wide.year_place][at]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    made = wide_headings.read(str(cell))
    if made is not None and made.unit == "year" and made.year is not None:
        return made.year, made.fiscal
    return cell, False


def _first(slot: Slot) -> str:
    return next(iter(slot.cells.values()))[1]


def _period_text(heading: Heading, year: object, fiscal: bool, wide: Wide) -> str:
    """A period as the book's calendar reads it; what can't be one is left to be refused there."""
    number: object = heading.year if heading.year is not None else year
    fiscal = heading.fiscal if heading.year is not None else fiscal
    if heading.unit == "month":
        if fiscal and isinstance(number, int):  # the month of that name in the fiscal year
            number += heading.number < wide.year_starts
        return f"{number}-{heading.number:02}"
    part = {"quarter": f"-Q{heading.number}", "half": f"-H{heading.number}"}.get(heading.unit, "")
    return f"{'' if number is None else number}{part}"


def decided(table: FoundTable, letter: str, code: str) -> FoundTable:
    """The table with what was decided of its measure or year."""
    wide = table.wide
    if wide is None:
        return table
    if letter == MEASURE_LETTER:
        return replace(table, wide=replace(wide, measure=code))
    if letter == LEVEL_LETTER:
        return replace(table, wide=replace(wide, below=code == "below"))
    if letter == PERIOD_LETTER and code.isdigit():
        return replace(table, wide=replace(wide, year=int(code)))
    return table
