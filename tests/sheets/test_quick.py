"""The quick way to read a cell gives what the careful one gives, or leaves the cell to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.describe.parsing import CellFormat
from models.describe.schema import Schema
from models.sheets import quick
from models.sheets.cells import Bad, Reading
from models.sheets.mapping import ColumnMapping
from models.sheets.reading import CellError

SCHEMA = Schema()
FIELDS = (
    ("customer", "name"), ("customer", "code"), ("customer", "phone"), ("customer", "notes"),
    ("customer", "owner"), ("customer", "annual_revenue"), ("customer", "first_contact_on"),
    ("customer", "employees"), ("order_line", "quantity"), ("order_line", "discount"),
)  # fmt: skip
FORMATS = (
    CellFormat(), CellFormat(factor=Decimal(10_000)), CellFormat(percent=True),
    CellFormat(exact=True), CellFormat(exact=True, guarded=True), CellFormat(date_order="dmy"),
)  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=20),
    st.text("0123456789+-eE. ()abcＮＵＬ０", max_size=16),
    st.from_regex(r"(0086|86|\+86)?1[3-9]\d{9}", fullmatch=True),
    st.sampled_from(["null", "N/A", "#N/A", "＃Ｎ／Ａ", "1.5e+10", "'0571", "  上海  华东分公司 "]),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.decimals(-(10**9), 10**9, places=2).map(float),
    st.decimals(-(10**4), 10**4, places=8).map(float),
    st.integers(0, 10**9).map(lambda halves: (2 * halves + 1) / 2_000_000),
    st.dates(),
    st.booleans(),
    st.sampled_from(["#N/A", "#REF!"]).map(CellError),
)


@settings(max_examples=400)
@given(cell=CELLS)
def test_the_quick_way_agrees_with_the_careful_one(cell: Any) -> None:
    for (entity, name), format in product(FIELDS, FORMATS):
        field = SCHEMA.entity(entity).field(name)
        found = quick.reader(field, format)(cell)
        if found is not None:
            column = ColumnMapping(0, "A", "A", name, 1.0, format, field.kind, False, "")
            assert found == Reading(field, column, lenient=False).read(cell)


def test_a_day_a_price_and_a_number_take_the_quick_way() -> None:
    customer = SCHEMA.entity("customer")
    assert quick.reader(customer.field("first_contact_on"), CellFormat())(date(2024, 3, 5)) == (
        "2024-03-05"
    )
    assert quick.reader(customer.field("annual_revenue"), CellFormat())(1234.56) == 1_234_560_000
    assert quick.reader(customer.field("code"), CellFormat())("C0000017") == "C0000017"


COLUMNS = st.one_of(
    st.lists(CELLS, max_size=6),
    st.lists(st.text("0123456789", min_size=5, max_size=14), max_size=6),
    st.lists(st.text("上海C机械01 +", min_size=6, max_size=14), max_size=6),
    st.lists(st.one_of(st.integers(-(10**9), 10**9), st.floats(-(10**6), 10**6)), max_size=6),
    st.lists(st.integers(-(10**9), 10**12), max_size=6),
)


@settings(max_examples=300)
@given(cells=COLUMNS, blanks=st.sets(st.integers(0, 6)))
def test_cells_read_at_once_are_those_read_one_by_one(cells: list[Any], blanks: set[int]) -> None:
    for at in sorted(blanks):
        cells.insert(at, None)
    for (entity, name), format in product(FIELDS, FORMATS):
        field = SCHEMA.entity(entity).field(name)
        column = ColumnMapping(0, "A", "A", name, 1.0, format, field.kind, False, "")
        reading, alone = (Reading(field, column, lenient=False) for _ in range(2))
        reading.column([f"先前{at}" for at in range(4)])  # from now on cells are read at once
        told = [
            repr(one) if not isinstance(one, Bad) else one.code for one in reading.column(cells)
        ]
        each = [alone.read(one) for one in cells]
        assert told == [repr(one) if not isinstance(one, Bad) else one.code for one in each]


def test_varied_names_numbers_and_prices_are_read_at_once() -> None:
    customer = SCHEMA.entity("customer")
    for name, cells, stored in (
        ("name", [" 上海华诚机械厂", "上海华信机械厂"], ["上海华诚机械厂", "上海华信机械厂"]),
        ("code", ["C0000017", "C0000018"], ["C0000017", "C0000018"]),
        ("phone", [13800000017, "02155667788"], ["13800000017", "02155667788"]),
        ("annual_revenue", [1234.56, 7], [1_234_560_000, 7_000_000]),
    ):
        assert quick.column_reader(customer.field(name), CellFormat())(cells) == stored


def test_a_truth_is_not_read_as_the_number_before_it_nor_an_error_as_its_text() -> None:
    field = SCHEMA.entity("customer").field("name")
    column = ColumnMapping(0, "A", "A", "name", 1.0, CellFormat(), field.kind, False, "")
    reading = Reading(field, column, lenient=False)
    assert reading.column([1, True, "#REF!"]) == ["1", "TRUE", "#REF!"]
    assert [type(one) for one in reading.column(["#REF!", CellError("#REF!")])] == [str, Bad]
