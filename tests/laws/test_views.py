"""The laws of views: a definition comes back as it was, groups hold every row once, totals are exact."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.book import Book
from models.describe.schema import Schema
from models.views import arranging
from models.views.view import (
    BUCKETS,
    CHARTS,
    COLOURS,
    FUNCTIONS,
    RULES,
    ChartOf,
    Column,
    Group,
    Rule,
    View,
    from_json,
    kept,
    to_json,
    usable,
)

PATH = st.sampled_from(["name", "grade", "owner.name", "annual_revenue", "x_gone", "no.such"])
WORD = st.text(max_size=8)
VIEW = st.builds(
    View,
    columns=st.lists(st.builds(Column, PATH, st.integers(0, 900)), max_size=4).map(tuple),
    sort=st.lists(st.tuples(PATH, st.booleans()), max_size=3).map(tuple),
    filter=st.sampled_from(["", "grade=A", "no_such=1", "name~科技"]),
    groups=st.lists(st.builds(Group, PATH, st.sampled_from(["", *BUCKETS])), max_size=3).map(tuple),
    totals=st.dictionaries(PATH, st.sampled_from([*FUNCTIONS, "median"])).map(
        lambda one: tuple(one.items())
    ),
    colours=st.lists(
        st.builds(
            Rule,
            st.sampled_from([*RULES, "glow"]),
            PATH,
            WORD,
            st.sampled_from(COLOURS),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    frozen=st.integers(0, 5),
    chart=st.none()
    | st.builds(ChartOf, st.sampled_from([*CHARTS, "pie"]), PATH, PATH, st.sampled_from(FUNCTIONS)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["columns", "sort", "filter", "groups", "totals", "colours", "frozen", "chart", "future"]
)


@given(VIEW)
def test_a_view_comes_back_as_it_was(view: View):
    assert from_json(to_json(view)) == view


@given(st.dictionaries(NAMES | WORD, JSON, max_size=5))
def test_whatever_stands_in_a_definition_is_read_without_harm_and_survives(found: dict[str, Any]):
    once = from_json(json.dumps(found))
    assert from_json(to_json(once)) == once
    saved = json.loads(to_json(once))
    assert {name: saved.get(name) for name in found if name not in _known()} == {
        name: value for name, value in found.items() if name not in _known()
    }


def _known() -> set[str]:
    return {"columns", "sort", "filter", "groups", "totals", "colours", "frozen", "chart"}


@given(VIEW)
def test_what_can_not_be_shown_is_named_and_survives_being_saved(view: View):
    schema = Schema()
    entity = schema.entity("customer")
    shown = usable(view, schema, entity)
    assert usable(shown.view, schema, entity).missing == ()
    assert (shown.view == view) == (not shown.missing)
    saved = kept(shown.view, view, schema, entity)
    assert set(saved.columns) == set(view.columns)
    assert set(saved.totals) == set(view.totals)
    assert set(saved.colours) == set(view.colours)
    assert set(saved.groups) == set(view.groups)
    assert (saved.filter, saved.chart) == (view.filter, view.chart)


# -- groups and totals -----------------------------------------------------------------------------

MONEY = st.one_of(st.none(), st.integers(-9_000_000_000_000, 9_000_000_000_000).map(Decimal))
DAY = st.one_of(st.none(), st.integers(0, 800).map(lambda one: date(2024, 1, 1) + timedelta(one)))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "amount": MONEY,
            "probability": st.one_of(
                st.none(), st.integers(0, 100).map(lambda one: Decimal(one) / 100)
            ),
            "opened_on": DAY,
            "owner": st.sampled_from([None, 0, 1]),
            "code": st.sampled_from([None, "a", "b", "阿"]),
        }
    ),
    min_size=1,
    max_size=12,
)
GROUPS = st.lists(
    st.sampled_from(
        [
            Group("owner"),
            Group("code"),
            Group("status"),
            *(Group("opened_on", one) for one in BUCKETS),
        ]
    ),
    max_size=3,
    unique=True,
)
ASKED = [
    ("amount", "sum"),
    ("probability", "mean"),
    ("opened_on", "max"),
    ("code", "filled"),
    ("name", "count"),
]


@contextmanager
def book_of(rows: list[dict[str, Any]]) -> Iterator[Book]:
    with tempfile.TemporaryDirectory() as folder, Book.create(Path(folder) / "b.daybook") as book:
        with book.change("fill") as change:
            people = [change.add("salesperson", {"name": one}) for one in ("王强", "李娜")]
            for at, row in enumerate(rows):
                owner = row["owner"]
                values = {
                    **row,
                    "owner": None if owner is None else people[owner],
                    "name": f"d{at}",
                }
                change.add("opportunity", {k: v for k, v in values.items() if v is not None})
        yield book


def expected(book: Book, ids: list[int]) -> dict[str, Any]:
    names = [path for path, _ in ASKED]
    columns = dict(zip(names, zip(*book.rows("opportunity", ids, names), strict=True), strict=True))
    filled = {name: [one for one in values if one is not None] for name, values in columns.items()}
    shares = filled["probability"]
    return {
        "amount": sum(filled["amount"]) if filled["amount"] else None,
        "probability": (sum(shares) / len(shares)).quantize(Decimal("0.000001"))
        if shares
        else None,
        "opened_on": max(filled["opened_on"], default=None),
        "code": len(filled["code"]),
        "name": len(ids),
    }


@settings(max_examples=60)
@given(ROWS, GROUPS, st.lists(st.booleans(), max_size=3), st.booleans())
def test_groups_hold_every_row_once_and_every_total_is_that_of_its_rows(
    rows: list[dict[str, Any]], groups: list[Group], turned: list[bool], whole: bool
):
    with book_of(rows) as book:
        ids = book.ids("opportunity", None, [("amount", True)])
        made = arranging.arrange(book, "opportunity", ids, groups, ASKED, turned, whole=whole)
        assert sorted(made.ids) == sorted(ids)
        assert dict(made.totals) == expected(book, list(ids))
        place = {id: at for at, id in enumerate(ids)}
        for node in made.groups:
            inside = list(made.ids[node.first : node.first + node.count])
            assert dict(node.totals) == expected(book, inside)
            if node.level == len(groups) - 1:
                assert [place[one] for one in inside] == sorted(place[one] for one in inside)
        for level in range(len(groups)):
            assert sum(one.count for one in made.groups if one.level == level) == len(ids)
        assert len({one.key for one in made.groups}) == len(made.groups)
        assert dict(arranging.totals(book, "opportunity", ids, ASKED)) == dict(made.totals)


def test_sums_beyond_what_the_engine_holds_are_exact():
    rows = [{"amount": Decimal(9_000_000_000_000), "owner": None} for _ in range(12)]
    with book_of(rows) as book:
        ids = book.ids("opportunity")
        found = arranging.totals(book, "opportunity", ids, [("amount", "sum")])
        assert found["amount"] == Decimal(108_000_000_000_000)
        assert (
            arranging.totals(book, "opportunity", None, [("amount", "mean")])["amount"]
            == 9 * 10**12
        )


def test_groups_stand_as_people_file_them_and_the_empty_one_is_last():
    rows = [{"code": one, "owner": None} for one in ("中", None, "阿", "B10", "B9")]
    with book_of(rows) as book:
        ids = book.ids("opportunity")
        made = arranging.arrange(book, "opportunity", ids, [Group("code")], [])
        assert [one.label for one in made.groups] == ["B9", "B10", "阿", "中", "(empty)"]
        made = arranging.arrange(book, "opportunity", ids, [Group("code")], [], [True])
        assert [one.label for one in made.groups] == ["中", "阿", "B10", "B9", "(empty)"]
        assert arranging.arrange(book, "opportunity", array("q"), [Group("code")], []).groups == ()


def test_periods_are_those_of_the_book_also_where_its_year_begins_in_april():
    rows = [{"opened_on": date(2026, at, 1), "owner": None} for at in (1, 3, 4, 12)]
    with book_of(rows) as book:
        with book.change("calendar") as change:
            change.set_book({"year_starts": "4"})
        ids = book.ids("opportunity")
        groups = [Group("opened_on", "year"), Group("opened_on", "quarter")]
        made = arranging.arrange(book, "opportunity", ids, groups, [])
        assert [(one.label, one.count) for one in made.groups] == [
            ("FY2025/26", 2), ("FY2025/26 Q4", 2),
            ("FY2026/27", 2), ("FY2026/27 Q1", 1), ("FY2026/27 Q3", 1),
        ]  # fmt: skip
