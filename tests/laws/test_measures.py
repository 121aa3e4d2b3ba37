"""The laws of measures: a number is the aggregate of its records, and its parts make the whole."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import relative
from models.book import Book
from models.describe.kinds import Link
from models.measures import engine
from models.measures.funnel import funnel
from models.money import SCALE

DAY = st.dates(date(2023, 11, 1), date(2024, 4, 30))
MONEY = st.integers(-5_000_000, 50_000_000).map(lambda one: Decimal(one).scaleb(-3))
SOME = st.one_of(st.none(), st.integers(0, 5))
CODES = [one.code for one in engine.definitions()]
FLOWS = [one.code for one in engine.definitions() if not one.at_end and one.code != "repeat_rate"]


def maybe(what: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(what, what, st.none())


LINE = st.fixed_dictionaries(
    {
        "product": SOME,
        "quantity": maybe(st.integers(-9, 99)),
        "unit_price": maybe(MONEY),
        "discount": maybe(st.integers(0, 100).map(lambda one: Decimal(one).scaleb(-2))),
        "amount": maybe(MONEY),
        "profit": maybe(MONEY),
        "cost": maybe(MONEY),
    }
)
WORLD = st.fixed_dictionaries(
    {
        "region": st.lists(st.fixed_dictionaries({"manager": SOME}), max_size=2),
        "team": st.lists(st.fixed_dictionaries({"manager": SOME}), max_size=2),
        "salesperson": st.lists(
            st.fixed_dictionaries({"team": SOME, "region": SOME, "manager": SOME}), max_size=3
        ),
        "customer": st.lists(st.fixed_dictionaries({"region": SOME, "owner": SOME}), max_size=3),
        "product": st.lists(
            st.fixed_dictionaries({"category": st.sampled_from(["A", "B", None])}), max_size=3
        ),
        "stage": st.just(
            [
                {"kind": "open", "order_no": 10, "probability": Decimal("0.1")},
                {"kind": "open", "order_no": 20, "probability": Decimal("0.5")},
                {"kind": "won", "order_no": 30, "probability": Decimal(1)},
                {"kind": "lost", "order_no": 40, "probability": Decimal(0)},
            ]
        ),
        "opportunity": st.lists(
            st.fixed_dictionaries(
                {
                    "customer": SOME,
                    "owner": SOME,
                    "product": SOME,
                    "stage": SOME,
                    "status": st.sampled_from(["open", "won", "lost"]),
                    "amount": maybe(MONEY),
                    "probability": maybe(st.sampled_from([Decimal("0.25"), Decimal("0.333333")])),
                    "opened_on": maybe(DAY),
                    "closed_on": maybe(DAY),
                }
            ),
            max_size=6,
        ),
        "order": st.lists(
            st.fixed_dictionaries(
                {
                    "customer": SOME,
                    "owner": SOME,
                    "region": SOME,
                    "ordered_on": maybe(DAY),
                    "due_on": maybe(DAY),
                    "amount": maybe(MONEY),
                    "lines": st.lists(LINE, max_size=3),
                }
            ),
            max_size=5,
        ),
        "receipt": st.lists(
            st.fixed_dictionaries(
                {"customer": SOME, "order": SOME, "received_on": maybe(DAY), "amount": maybe(MONEY)}
            ),
            max_size=4,
        ),
        "activity": st.lists(
            st.fixed_dictionaries(
                {
                    "at": DAY,
                    "kind": st.sampled_from(["visit", "call", None]),
                    "person": SOME,
                    "customer": SOME,
                    "result": st.sampled_from(["fine", None]),
                    "next_step": st.sampled_from(["call again", None]),
                }
            ),
            max_size=5,
        ),
    }
)
Rows = dict[str, list[int]]


@contextmanager
def book_of(world: dict[str, Any]) -> Iterator[tuple[Book, Rows]]:
    """A book with these records; a link is the place of its target, none if nobody stands there."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "one.daybook") as book,
    ):
        made: Rows = defaultdict(list)
        with book.change("all") as change:
            for kind in world:
                for at, row in enumerate(world[kind]):
                    made[kind].append(change.add(kind, _values(book, kind, at, row, made)))
                    for line in row.get("lines", ()):
                        given = _values(book, "order_line", at, line, made)
                        if given["amount"] is None:
                            del given["amount"]  # not typed, so that it follows from the others
                        given["order"] = Link(made["order"][-1], "")
                        made["order_line"].append(change.add("order_line", given))
            for kind, name in (
                ("region", "manager"),
                ("team", "manager"),
                ("salesperson", "manager"),
            ):
                for at, row in enumerate(world[kind]):  # links that point ahead
                    if row[name] is not None and row[name] < len(made["salesperson"]):
                        target = Link(made["salesperson"][row[name]], "")
                        change.set(kind, made[kind][at], {name: target})
        yield book, made


def _values(book: Book, kind: str, at: int, row: dict[str, Any], made: Rows) -> dict[str, Any]:
    entity = book.schema.entity(kind)
    given: dict[str, Any] = {"name": f"{kind} {at}"} if entity.has("name") else {}
    for name, value in row.items():
        if name == "lines":
            continue
        field = entity.field(name)
        if field.kind == "link":
            known = made[field.target]
            value = Link(known[value], "") if value is not None and value < len(known) else None
        elif field.kind == "instant":
            value = f"{value} 09:30"
        given[name] = value
    return given


def numbers(book: Book, **more: Any) -> dict[str, Any]:
    return {one: engine.measure(book, one, **more) for one in CODES}


def whole(result: engine.Result) -> tuple[Any, ...]:
    total = result.total
    return total.value, total.numerator, total.denominator, total.n


@settings(max_examples=25)
@given(WORLD, st.sampled_from([None, "2024-Q1", "2023", "2024-02"]))
def test_a_number_is_the_sum_of_the_records_behind_it(world, asked):
    with book_of(world) as (book, _):
        period = relative.parse(asked or "", book.calendar)
        for code in CODES:
            result = engine.measure(book, code, period=period)
            behind = engine.records(book, code, period=period)
            assert len(behind) == result.total.n, code
            assert sum(one.value for one in behind) == result.total.numerator, code
            for one in behind:
                assert book.row_id(one.entity, book.public_id(one.entity, one.id)) == one.id


@settings(max_examples=20)
@given(WORLD, st.sampled_from([None, "2024-Q1", "2024"]))
def test_the_parts_of_every_breakdown_make_the_whole_and_ratios_come_from_their_parts(world, asked):
    with book_of(world) as (book, _):
        period = relative.parse(asked or "", book.calendar)
        for code in CODES:
            total = engine.measure(book, code, period=period).total
            for by in engine.BREAKDOWNS:
                result = engine.measure(book, code, period=period, by=by)
                assert result.total == total, (code, by)
                assert sum(one.numerator for one in result.rows) == total.numerator, (code, by)
                assert sum(one.n for one in result.rows) == total.n, (code, by)
                assert len({one.key for one in result.rows}) == len(result.rows)
                if total.denominator is not None:
                    below = [one.denominator for one in result.rows]
                    assert sum(below) == total.denominator, (code, by)
                for one in (*result.rows, total):
                    if one.denominator is None:
                        assert one.value == one.numerator
                    elif one.denominator == 0:
                        assert one.value is None
                    else:
                        assert one.value == one.numerator / one.denominator


@settings(max_examples=10)
@given(WORLD, st.sampled_from(CODES), st.sampled_from(engine.BREAKDOWNS))
def test_each_part_is_the_sum_of_its_own_records(world, code, by):
    with book_of(world) as (book, _):
        seen = 0
        for row in engine.measure(book, code, by=by).rows:
            behind = engine.records(book, code, by=by, key=row.key)
            assert len(behind) == row.n
            assert sum(one.value for one in behind) == row.numerator
            assert {one.label for one in behind} <= {row.label}
            seen += len(behind)
        assert seen == len(engine.records(book, code))


@settings(max_examples=15)
@given(WORLD)
def test_months_make_quarters_and_quarters_make_years(world):
    with book_of(world) as (book, _):
        for code in FLOWS:
            for large, parts in (
                ("2023-Q4", ("2023-10", "2023-11", "2023-12")),
                ("2024", ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")),
                ("2024-H1", ("2024-01-01..2024-03-15", "2024-03-16..2024-06-30")),
            ):
                one = engine.measure(book, code, period=relative.parse(large, book.calendar)).total
                inside = [
                    engine.measure(book, code, period=relative.parse(p, book.calendar)).total
                    for p in parts
                ]
                assert sum(part.numerator for part in inside) == one.numerator, (code, large)
                assert sum(part.n for part in inside) == one.n, (code, large)
                if one.denominator is not None:
                    assert sum(part.denominator for part in inside) == one.denominator


@settings(max_examples=15)
@given(WORLD, st.data())
def test_what_is_removed_leaves_the_numbers_and_undo_brings_it_back(world, data):
    with book_of(world) as (book, made):
        before = {code: whole(one) for code, one in numbers(book, by="month").items()}
        kinds = [kind for kind in ("opportunity", "order", "receipt", "activity") if made[kind]]
        if not kinds:
            return
        kind = data.draw(st.sampled_from(kinds))
        gone = data.draw(st.lists(st.sampled_from(made[kind]), min_size=1, unique=True))
        with book.change("remove") as change:
            change.remove(kind, gone)
        for code in CODES:
            behind = engine.records(book, code)
            assert not [one for one in behind if one.entity == kind and one.id in gone], code
            live = {one: set(book.ids(one)) for one in {row.entity for row in behind}}
            assert all(one.id in live[one.entity] for one in behind), code
        undone = book.history(1)[0].no
        book.undo(undone)
        assert {code: whole(one) for code, one in numbers(book, by="month").items()} == before
        book.redo(undone)
        book.undo(undone)
        assert {code: whole(one) for code, one in numbers(book, by="month").items()} == before


@settings(max_examples=20)
@given(WORLD)
def test_a_filter_on_the_order_finds_what_the_breakdown_shows_and_orders_without_lines_too(world):
    with book_of(world) as (book, _):
        for by, path in (("customer", "order.customer"), ("person", "order.owner")):
            for row in engine.measure(book, "sales_amount", by=by).rows:
                where = f'{path}="{row.label}"' if row.key is not None else f"{path} is empty"
                assert whole(engine.measure(book, "sales_amount", where=where)) == (
                    row.value, row.numerator, None, row.n,
                )  # fmt: skip
        lines = engine.records(book, "sales_amount", where="line_no is empty")
        assert {one.entity for one in lines} <= {"order_line"}
        assert len(lines) == sum(len(one["lines"]) for one in world["order"])


# -- the same numbers, worked out by hand ---------------------------------------------------------


def rounded(value: Decimal) -> Decimal:
    return (value * SCALE).quantize(Decimal(1), ROUND_HALF_UP) / SCALE


def by_hand(world: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """(numerator, denominator) of measures over all of time, from the records as they were given."""
    deals = world["opportunity"]
    won = [one for one in deals if one["status"] == "won"]
    closed = [one for one in deals if one["status"] != "open"]
    amount = sum(one["amount"] or 0 for one in won)
    lines = [dict(line) for order in world["order"] for line in order["lines"]]
    alone = [one["amount"] or 0 for one in world["order"] if not one["lines"]]
    acts = world["activity"]
    followed = [one for one in acts if one["result"] and one["next_step"]]
    profits = [
        one["profit"] if one["profit"] is not None else one["amount"] - one["cost"]
        for one in lines
        if one["profit"] is not None or None not in (one["amount"], one["cost"])
    ]
    return {
        "won_amount": (amount, None),
        "won_count": (len(won), None),
        "lost_count": (len(closed) - len(won), None),
        "average_deal": (amount, len(won)),
        "win_rate": (len(won), len(closed)),
        "pipeline_amount": (
            sum(one["amount"] or 0 for one in deals if one["status"] == "open"),
            None,
        ),
        "sales_amount": (sum(one["amount"] or 0 for one in lines) + sum(alone), None),
        "order_count": (len(world["order"]), None),
        "gross_profit": (sum(profits), None),
        "receipt_amount": (sum(one["amount"] or 0 for one in world["receipt"]), None),
        "activities": (len(acts), None),
        "visits": (sum(one["kind"] == "visit" for one in acts), None),
        "effective_follow_up_rate": (len(followed), len(acts)),
    }


@settings(max_examples=40)
@given(WORLD)
def test_numbers_are_what_a_person_would_sum_up(world):
    with book_of(world) as (book, made):
        for order in world["order"]:  # an amount that nobody typed follows from the others
            for line in order["lines"]:
                if line["amount"] is None and None not in (line["quantity"], line["unit_price"]):
                    price = line["quantity"] * line["unit_price"]
                    line["amount"] = rounded(price * (1 - (line["discount"] or 0)))
        typed = [line for order in world["order"] for line in order["lines"]]
        stored = book.rows("order_line", made["order_line"], ["amount"])
        assert [one["amount"] for one in typed] == [row[0] for row in stored]
        for code, (top, bottom) in by_hand(world).items():
            total = engine.measure(book, code).total
            assert (total.numerator, total.denominator) == (top, bottom), code


@settings(max_examples=25)
@given(WORLD)
def test_deals_stand_open_until_the_day_they_are_closed(world):
    with book_of(world) as (book, _):
        for asked in ("2023-12", "2024-02"):
            period = relative.parse(asked, book.calendar)
            assert period is not None
            standing = [
                one
                for one in world["opportunity"]
                if (one["opened_on"] is None or one["opened_on"] < period.end)
                and (
                    one["status"] == "open"
                    or (one["closed_on"] is not None and one["closed_on"] >= period.end)
                )
            ]
            found = engine.measure(book, "pipeline_amount", period=period).total
            shown = {one.id for one in engine.records(book, "pipeline_amount", period=period)}
            assert found.n == len(shown)
            assert found.numerator == sum(one["amount"] or 0 for one in standing)


@settings(max_examples=25)
@given(WORLD)
def test_the_funnel_and_the_stage_measures_tell_the_same(world):
    with book_of(world) as (book, _):
        rows = {row.key: row for row in engine.measure(book, "stage_conversion", by="stage").rows}
        for one in funnel(book):
            if book.record("stage", one.id)["kind"] != "open":
                assert one.id not in rows
            elif one.entered:
                assert (rows[one.id].n, rows[one.id].numerator) == (one.entered, one.moved_on)
            else:
                assert one.id not in rows
        days = {row.key: row for row in engine.measure(book, "stage_days", by="stage").rows}
        known = {one.id for one in funnel(book) if one.days is not None}
        assert set(days) <= known


@settings(max_examples=15)
@given(WORLD, st.data())
def test_records_read_as_they_were_on_every_day_since(world, data):
    with book_of(world) as (book, made):
        kinds = [one for one in made if made[one] and one != "stage"]
        if not kinds:
            return
        seen: list[tuple[date, str, int, dict[str, Any]]] = []
        day = date(2024, 1, 10)
        _dated(book, book.history(1)[0].no, day)
        for _ in range(data.draw(st.integers(1, 4))):
            for kind in kinds:
                seen += [(day, kind, id, book.record(kind, id)) for id in made[kind]]
            day += timedelta(days=data.draw(st.integers(1, 40)))
            kind = data.draw(st.sampled_from(kinds))
            id = data.draw(st.sampled_from(made[kind]))
            field, value = data.draw(st.sampled_from(CHANGES[kind]))
            _dated(book, book.set(kind, id, {field: value}), day)
        book.undo()
        for on, kind, id, record in seen:
            found = book.as_of(kind, id, on)
            assert found is not None
            plain = {
                name: value.id if isinstance(value, Link) else value
                for name, value in record.items()
                if not book.schema.entity(kind).field(name).read_as
            }
            assert {name: found[name] for name in plain} == plain, (kind, on)


CHANGES = {
    "region": [("name", "North"), ("name", "South")],
    "team": [("name", "One"), ("name", "Two")],
    "salesperson": [("position", "Lead"), ("position", "")],
    "customer": [("city", "上海"), ("city", ""), ("grade", "A")],
    "product": [("category", "A"), ("list_price", "12.5")],
    "opportunity": [("amount", "1.2万"), ("status", "won"), ("amount", "")],
    "order": [("ordered_on", "2024-02-02"), ("amount", "7")],
    "order_line": [("quantity", "3"), ("amount", "7.5")],
    "receipt": [("amount", "9")],
    "activity": [("result", "better"), ("kind", "visit")],
}


def _dated(book: Book, change: int, day: date) -> None:
    """As if the change had been made at noon of a day."""
    book.connection().run("UPDATE change SET at = ? WHERE id = ?", (f"{day}T04:00:00Z", change))


def _adds(entity: str, day_field: str, **values: Any) -> Callable[[Book, str], None]:
    def make(book: Book, day: str) -> None:
        with book.change("add") as change:
            change.add(entity, {day_field: day, **values})

    return make


FILLED = {
    "won_amount": _adds("opportunity", "closed_on", status="won", amount="5"),
    "won_count": _adds("opportunity", "closed_on", status="won"),
    "lost_count": _adds("opportunity", "closed_on", status="lost"),
    "sales_amount": _adds("order", "ordered_on", amount="5"),
    "order_count": _adds("order", "ordered_on"),
    "receipt_amount": _adds("receipt", "received_on", amount="5"),
    "activities": _adds("activity", "at"),
    "visits": _adds("activity", "at", kind="visit"),
}


@pytest.mark.parametrize("code", FILLED)
def test_a_month_without_records_is_shown_as_zero_between_others(code, tmp_path):
    with Book.create(tmp_path / "one.daybook") as book:
        for day in ("2024-01-15", "2024-04-15"):
            FILLED[code](book, day)
        rows = engine.measure(book, code, by="month").rows
        shown = [(row.key, row.n) for row in rows]
        assert shown == [("2024-01", 1), ("2024-02", 0), ("2024-03", 0), ("2024-04", 1)]
