"""The numbers of a chart as a sheet: all that the measure says, typed, with what it is of.

A workbook carries the facts (question, measure, definition, period, n) on a sheet of their own; a
text file, which has one table only, in columns beside the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from models.measures import engine, uncertainty
from models.measures.definition import Definition, Row
from models.measures.engine import Result
from models.measures.funnel import StageRow
from models.money import rounded
from models.periods import Period
from models.sheets import exporting, writing
from models.sheets.writing import Cell, Column
from models.texts import N_, tr

_PLACES = 6  # decimals of quotients; amounts and counts are exact anyway
_KINDS = {"count": "number", "days": "number"}


@dataclass(frozen=True)
class Table:
    """A question, what its numbers are, and the numbers."""

    question: str
    measure: str
    words: str
    period: str
    currency: str
    n: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def facts(self) -> list[tuple[str, Cell]]:
        """What a reader has to know of the numbers, each with its name."""
        return [
            (tr(N_("Question")), self.question),
            (tr(N_("Measure")), self.measure),
            (tr(N_("Definition")), self.words),
            (tr(N_("Period")), self.period),
            (tr(N_("Currency")), self.currency),
            (tr(N_("Number of records (n)")), self.n),
        ]


def period_text(period: Period | None) -> str:
    """A period as it is written, and all of time in words."""
    return tr(N_("All time")) if period is None else period.text()


def of_measure(question: str, result: Result, by: str, currency: str) -> Table:
    """Every row of a breakdown; a ratio with its parts, a rate with its interval too."""
    what = result.definition
    kind = _KINDS.get(what.unit, what.unit)
    columns = [Column(engine.breakdown(by).text(), "text"), Column(what.text(), kind)]
    if what.denominator is not None:
        columns += [Column(tr(N_("Of it, counted")), "number"), Column(tr(N_("Out of")), "number")]
    if what.unit == "percent" and what.trials:
        columns += [
            Column(tr(N_("95 % from")), "percent"),
            Column(tr(N_("95 % to")), "percent"),
        ]
    columns.append(Column("n", "integer"))
    return Table(
        question,
        what.text(),
        tr(what.words),
        period_text(result.period),
        currency,
        result.total.n,
        tuple(columns),
        tuple(_cells(one, what) for one in result.rows),
    )


def _cells(one: Row, what: Definition) -> tuple[Cell, ...]:
    if what.denominator is None:
        return one.label, one.value, one.n
    value = None if one.value is None else rounded(one.value, _PLACES)
    made: list[Cell] = [one.label, value, one.numerator, one.denominator]
    if what.unit == "percent" and what.trials:
        top, below = float(one.numerator), float(one.denominator or 0)
        ends = uncertainty.wilson(top, below) if below and 0 <= top <= below else (None, None)
        made += [None if end is None else rounded(Decimal(end), _PLACES) for end in ends]
    return *made, one.n


def of_funnel(
    question: str, rows: Sequence[StageRow], period: Period | None, currency: str, n: int
) -> Table:
    """Every stage: how many deals reached it and went on, and their days and amounts."""
    columns = (
        Column(tr(N_("Stage")), "text"),
        Column(tr(N_("Deals that reached it")), "integer"),
        Column(tr(N_("Went on")), "integer"),
        Column(tr(N_("Share that went on")), "percent"),
        Column(tr(N_("Median days")), "number"),
    )
    cells = tuple(
        (
            one.label,
            one.entered,
            one.moved_on,
            None
            if one.conversion is None
            else rounded(Decimal(one.moved_on) / one.entered, _PLACES),
            None if one.days is None else rounded(Decimal(one.days), 1),
        )
        for one in rows
    )
    words = tr(N_("Of the deals opened in the period, how many reached each stage and went on."))
    return Table(
        question, columns[1].header, words, period_text(period), currency, n, columns, cells
    )


def with_column(table: Table, column: Column, cells: Sequence[Cell]) -> Table:
    """The table with one more column before n."""
    rows = tuple((*row[:-1], cell, row[-1]) for row, cell in zip(table.rows, cells, strict=True))
    return replace(table, columns=(*table.columns[:-1], column, table.columns[-1]), rows=rows)


def write(path: Path, table: Table) -> None:
    """Write it as a workbook or a text file, by the name.

    Raises:
        Refused: the format is unknown, or the place can't be written; what stood there is untouched.
    """
    format = exporting.format_of(path)
    facts = table.facts()
    with writing.written(path, format, table.currency) as target:
        if format == "xlsx":
            target.sheet(tr(N_("Numbers")), table.columns)
            for row in table.rows:
                target.row(row)
            name, fact = (
                Column(tr(N_("About these numbers")), "text"),
                Column(tr(N_("Value")), "text"),
            )
            target.sheet(tr(N_("About these numbers")), (name, fact))
            for about in facts:
                target.row(about)
            return
        columns = [Column(name, "text") for name, _ in facts[:-1]]
        beside = [fact for _, fact in facts[:-1]]
        target.sheet(table.question, (*table.columns, *columns))
        for row in table.rows:
            target.row((*row, *beside))
