"""Cells come out of the spool as they went in, by rows and by columns, whatever shape the rows have."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.sheets import spooling
from models.sheets.spooling import CellError, columns_of, packed, rows_of

FULL = st.one_of(
    st.text(min_size=1, max_size=8),
    st.integers(-(2**40), 2**40),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda one: not one.is_integer()),
    st.dates(),
    st.datetimes().filter(lambda one: one.time() != time()),
    st.times(),
    st.sampled_from(["#N/A", "#REF!"]).map(CellError),
)
ROWS = st.lists(
    st.tuples(st.lists(st.one_of(st.none(), FULL), max_size=5), st.lists(FULL, max_size=1)).map(
        lambda parts: [*parts[0], *parts[1]] if parts[1] else []
    ),
    min_size=1,
    max_size=12,
)


def sent(row: list[Any]) -> list[Any]:
    """A row as the reading process gives it."""
    return [
        (spooling.ERROR, str(cell)) if isinstance(cell, CellError) else "" if cell is None else cell
        for cell in row
    ]


@given(ROWS, st.integers(0, 5000))
def test_rows_and_columns_are_what_was_read(rows: list[list[Any]], first: int) -> None:
    block = packed([sent(row) for row in rows])
    told = rows_of(block)
    assert told == rows
    assert [list(map(type, row)) for row in told] == [list(map(type, row)) for row in rows]
    places = [3, 0, 9]
    found = columns_of(block, first, places)
    wanted = [[row[one] if one < len(row) else None for row in rows] for one in places]
    assert [list(column) for column in found.cells] == wanted
    assert list(found.numbers) == list(range(first, first + len(rows)))
    assert found.blank == {first + at for at, row in enumerate(rows) if not row}


@given(ROWS, st.sets(st.integers(95, 115)))
def test_a_block_without_some_rows_keeps_the_numbers_of_the_others(
    rows: list[list[Any]], gone: set[int]
) -> None:
    found = columns_of(packed([sent(row) for row in rows]), 100, [0]).without(gone)
    kept = [at for at in range(100, 100 + len(rows)) if at not in gone]
    assert list(found.numbers) == kept
    assert list(found.cells[0]) == [rows[at - 100][0] if rows[at - 100] else None for at in kept]


def test_a_far_corner_takes_no_more_room_than_its_cells() -> None:
    rows: list[list[Any]] = [["甲", 1]] * 999 + [[None] * 16_383 + ["乙"]]
    block = packed([list(row) for row in rows])
    assert len(block) < 200_000
    assert rows_of(block) == rows
    assert [one[-1] for one in columns_of(block, 0, [1, 16_383]).cells] == [None, "乙"]


def test_days_and_moments_are_told_apart() -> None:
    block = packed([[datetime(2024, 3, 5), datetime(2024, 3, 5, 9, 30), date(2024, 3, 6), 2.0]])
    (row,) = rows_of(block)
    assert row == [date(2024, 3, 5), datetime(2024, 3, 5, 9, 30), date(2024, 3, 6), 2]
    assert [type(one) for one in row] == [date, datetime, date, int]
