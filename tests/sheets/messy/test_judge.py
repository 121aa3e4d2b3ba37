"""The judge itself: what is perfect scores clean, and every fault that nobody would see is caught."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.messy import books
from tests.sheets.messy.books import Messy
from tests.sheets.messy.judge import Score, Seen, judge

Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=range(6))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Messy:
    """A file with at least one planted fault and more than one sound row."""
    for number in range(200):
        place = tmp_path / str(number)
        place.mkdir()
        found = books.book(place, f"judge/{request.param}/{number}")
        rows = [
            list(row) for row in zip(*(c.cells for c in found.tables[0].table.columns), strict=True)
        ]
        wrong = sum(any(cell.wrong for cell in row) for row in rows)
        if len(found.tables) == 1 and wrong and len(rows) > wrong + 3:
            return found
    raise AssertionError("no file with a planted fault")


def perfect(made: Messy) -> tuple[list[Seen], Records]:
    """What a faultless import would come to."""
    seen, records = [], {}
    for laid in made.tables:
        table = laid.table
        columns = {
            place: (f"{at}", column.path or None)
            for at, (column, place) in enumerate(zip(table.columns, laid.columns, strict=True))
        }
        problems = {
            (row, f"{at}")
            for at, column in enumerate(table.columns)
            for row, cell in zip(laid.rows, column.cells, strict=True)
            if cell.wrong
        }
        seen.append(Seen(laid.sheet, table.entity, columns, problems))
        bad = {row for row, _ in problems}
        records[table.entity] = [
            {column.path: column.cells[number].truth for column in table.columns if column.path}
            for number, row in enumerate(laid.rows)
            if row not in bad
        ]
    return seen, records


def score(made: Messy, seen: list[Seen], records: Records) -> Score:
    return judge(made.tables, seen, records)


def test_a_perfect_import_scores_clean(made):
    found = score(made, *perfect(made))
    assert found.faults == []
    assert found.right == found.values > 0
    assert found.columns_right == found.columns > 0
    assert found.planted > 0


def test_one_who_guesses_instead_of_reporting_is_caught(made):
    [seen], records = perfect(made)
    row, header = min(seen.problems)
    seen.problems.discard((row, header))
    found = score(made, [seen], records)
    assert found.silent == 1
    assert "unreported" in found.faults[0]


def test_a_value_that_is_another_than_was_meant_is_caught(made):
    seen, records = perfect(made)
    [laid] = made.tables
    keys = {"name", "code", "result", "order.code", "product.name"}
    path, at = next(
        (column.path, number)
        for column in laid.table.columns
        if column.path and column.path not in keys
        for number, record in enumerate(records[laid.table.entity])
        if record[column.path] is not None
    )
    records[laid.table.entity][at][path] = Decimal("1234567.89")
    found = score(made, seen, records)
    assert found.silent == 1
    assert found.right == found.values - 1


def test_a_dropped_row_is_caught(made):
    seen, records = perfect(made)
    records[made.tables[0].table.entity].pop()
    assert score(made, seen, records).silent == 1


def test_a_totals_row_that_became_a_record_is_caught(made):
    seen, records = perfect(made)
    rows = records[made.tables[0].table.entity]
    rows.append(
        {path: "合计" if isinstance(value, str) else None for path, value in rows[0].items()}
    )
    assert score(made, seen, records).silent == 1


def test_a_record_that_stands_there_twice_is_caught(made):
    seen, records = perfect(made)
    rows = records[made.tables[0].table.entity]
    rows.append(dict(rows[0]))
    assert score(made, seen, records).silent == 1


def test_a_report_about_a_right_value_is_needless(made):
    [seen], records = perfect(made)
    [laid] = made.tables
    bad = {row for row, _ in seen.problems}
    at, column = next((a, c) for a, c in enumerate(laid.table.columns) if c.path)
    row = next(r for n, r in enumerate(laid.rows) if r not in bad and not column.cells[n].open)
    seen.problems.add((row, f"{at}"))
    found = score(made, [seen], records)
    assert (found.needless, found.silent) == (1, 0)
    del records[laid.table.entity][[r for r in laid.rows if r not in bad].index(row)]
    found = score(made, [seen], records)  # and the row is left out for it
    assert (found.needless, found.silent) == (1, 0)
    assert found.right <= found.values - len(laid.table.columns)


def test_a_column_in_a_wrong_field_is_caught_and_one_left_over_is_only_missed(made):
    [seen], records = perfect(made)
    [laid] = made.tables
    at, place = next(
        (a, place)
        for a, (column, place) in enumerate(zip(laid.table.columns, laid.columns, strict=True))
        if column.path and any(cell.truth is not None and not cell.free for cell in column.cells)
    )
    seen.columns[place] = (f"{at}", None)
    found = score(made, [seen], records)
    assert (found.columns_missed, found.columns_wrong, found.silent) == (1, 0, 0)
    assert found.missed > 0
    seen.columns[place] = (f"{at}", "somewhere")
    found = score(made, [seen], records)
    assert (found.columns_missed, found.columns_wrong) == (0, 1)
    assert found.silent > 0


def test_a_table_taken_for_another_kind_of_record_is_caught(made):
    [seen], records = perfect(made)
    seen.entity = "team"
    assert score(made, [seen], records).silent >= 1
