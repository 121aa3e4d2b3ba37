"""The law of a chart's sheet: what is written is the breakdown of the measure, every row and value."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from models.measures import engine
from models.measures.funnel import funnel
from models.money import rounded
from models.sheets import numbers, own
from tests.laws.test_measures import CODES, WORLD, book_of

BY = ("person", "month", "product", "category", "customer", "stage", "region", "team", "manager")


def exact(cell: object) -> Decimal | None:
    return None if cell is None else Decimal(repr(cell))


def values(text: str) -> Decimal | None:
    if not text:
        return None
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def meant(row: engine.Row) -> tuple[Decimal | None, ...]:
    """The numbers of a row as they must stand: quotients to six decimals, all else exactly."""
    if row.denominator is None:
        return row.value, Decimal(row.n)
    value = None if row.value is None else rounded(row.value, 6)
    return value, row.numerator, row.denominator, Decimal(row.n)


@settings(max_examples=12)
@given(WORLD, st.data())
def test_a_sheet_of_a_chart_is_the_breakdown_of_its_measure(world, data):
    with book_of(world) as (book, _), tempfile.TemporaryDirectory() as folder:
        for code in data.draw(st.lists(st.sampled_from(CODES), min_size=3, max_size=6)):
            by = data.draw(st.sampled_from(BY))
            result = engine.measure(book, code, by=by)
            table = numbers.of_measure("Why?", result, by, "CNY")
            wanted = [(one.label, meant(one)) for one in result.rows]
            interval = [at for at, one in enumerate(table.columns) if "95 %" in one.header]
            if not interval and result.definition.unit == "percent":
                interval = [4, 5]  # in the other language

            def kept(row, interval=interval):
                return [cell for at, cell in enumerate(row) if at not in interval][1:]

            book_path, text_path = Path(folder) / "a.xlsx", Path(folder) / "a.csv"
            numbers.write(book_path, table)
            numbers.write(text_path, table)
            sheet, about = openpyxl.load_workbook(book_path).worksheets
            rows = list(sheet.iter_rows(values_only=True, min_row=2))
            found = [(row[0], tuple(map(exact, kept(row)))) for row in rows if any(row)]
            assert found == wanted, (code, by)
            facts = dict(about.iter_rows(values_only=True, min_row=2))
            assert result.total.n in facts.values()
            width = len(table.columns)
            with text_path.open(encoding="utf-8-sig", newline="") as file:
                lines = list(csv.reader(file))[1:]
            read = [(own.unguard(row[0]), tuple(map(values, kept(row[:width])))) for row in lines]
            assert read == wanted, (code, by)
            book_path.unlink()
            text_path.unlink()


@settings(max_examples=15)
@given(WORLD)
def test_a_sheet_of_the_funnel_has_every_stage_and_its_deals(world):
    with book_of(world) as (book, _):
        rows = funnel(book)
        table = numbers.of_funnel("Where?", rows, None, "CNY", 1)
        assert [row[:3] for row in table.rows] == [
            (one.label, one.entered, one.moved_on) for one in rows
        ]
