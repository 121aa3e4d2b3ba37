"""Formulas: what is written is read again as it was, and the book reckons as Python's fractions do."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.describe import formula, formula_sql
from models.describe.kinds import KINDS
from tests.laws.formula_reckoning import CHOICES, FIELDS, Reckoner, formulas

ROWS = 40
ANY = st.one_of(*formulas().values())


def row(dice: random.Random) -> dict[str, Any]:
    """Values of every kind, some of them empty."""

    def day() -> date:
        return date.fromordinal(dice.randrange(date(1990, 1, 1).toordinal(), date(2060, 1, 1).toordinal()))  # fmt: skip

    made = {
        "x_数": Decimal(dice.randrange(-(10**10), 10**10)).scaleb(-dice.choice([0, 2, 6])),
        "x_额": Decimal(dice.randrange(-(10**9), 10**9)).scaleb(-2),
        "x_率": Decimal(dice.randrange(0, 10**4)).scaleb(-4),
        "x_整": dice.randrange(-100, 10**6),
        "x_日": day(),
        "x_期": day(),
        "x_文": dice.choice(["ab", "AB", "客户 甲", "x  y z", "0012", "a\"b'c", "{t}"]),
        "x_字": dice.choice(["a", "已", "x y", "=1+1", "100%"]),
        "x_是": dice.random() < 0.5,
        "x_选": dice.choice(CHOICES),
    }
    return {name: None if dice.random() < 0.15 else value for name, value in made.items()}


def fill(book: Book, count: int, seed: int) -> list[dict[str, Any]]:
    """Customers with a column of each kind, and what stands in them."""
    with book.change("columns") as change:
        for name, kind in FIELDS.items():
            change.add_field("customer", name.removeprefix("x_"), kind, "|".join(CHOICES))
    dice = random.Random(seed)
    rows = [row(dice) for _ in range(count)]
    with book.change("rows") as change:
        change.add_many(
            "customer",
            ["name", *FIELDS],
            ([f"客户{at}", *one.values()] for at, one in enumerate(rows)),
        )
    return rows


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("formulas")
    with Book.create(folder / "team.daybook") as book:
        yield book, fill(book, ROWS, 7)


@given(tree=ANY)
def test_a_formula_that_is_written_is_read_again_as_it_was(tree: formula.Node) -> None:
    assert formula.parse(formula.text(tree)) == tree


@given(tree=ANY)
def test_the_book_reckons_as_fractions_do(filled: Any, tree: formula.Node) -> None:
    book, rows = filled
    entity = book.schema.entity("customer")
    made = formula_sql.check(book.schema, entity, formula.text(tree))
    sql = made.sql.format(t="t")
    found = book.connection().run(f"SELECT {sql} FROM customer t ORDER BY t.id")
    load = KINDS[made.kind].load
    for (stored,), one in zip(found, rows, strict=True):
        wanted = Reckoner(one).whole(tree, made.kind)
        assert load(stored) == wanted, (formula.text(tree), one)


@given(tree=ANY)
def test_labels_lead_to_the_ids_that_the_book_keeps(filled: Any, tree: formula.Node) -> None:
    book, _ = filled
    entity = book.schema.entity("customer")
    made = formula_sql.check(book.schema, entity, formula.text(tree))
    shown = formula_sql.shown(book.schema, entity, made.text)
    assert "x_" not in shown.replace('"x_', "")
    assert formula_sql.check(book.schema, entity, shown).text == made.text
