"""Series: how they go on, and what many records would become."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models import editing, replacing, series
from models.book import Book
from models.editing import Step as Edit
from models.refusals import Refused
from models.series import Step, guess


@pytest.fixture
def book(tmp_path: Path):
    with Book.create(tmp_path / "a.daybook") as made:
        with made.change("Customers") as change:
            for number in range(1, 7):
                change.add("customer", {"name": f"客户{number}", "annual_revenue": 100 * number})
        yield made


IDS = [1, 2, 3, 4, 5, 6]


def put(book: Book, id: int, **values: object) -> None:
    with book.change("First cells") as change:
        change.set("customer", id, values)


def would(book: Book, field: str, step: Step | None = None) -> list[str]:
    return [one.after for one in series.propose(book, "customer", (IDS, [field]), step)]


@pytest.mark.parametrize(
    ("first", "step", "below"),
    [
        ("2026-11-26", Step(), ["2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01"]),
        ("2026-11-26", Step(Decimal(1), "workday"), ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"]),
        ("2026-11-26", Step(Decimal(1), "week"), ["2026-12-03", "2026-12-10", "2026-12-17", "2026-12-24", "2026-12-31"]),
        ("2026-01-31", Step(Decimal(1), "month"), ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
        ("2024-02-29", Step(Decimal(1), "year"), ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]),
    ],
)  # fmt: skip
def test_days_go_on_by_days_working_days_weeks_months_and_years(book, first, step, below):
    put(book, 1, next_contact_due=first)
    assert would(book, "next_contact_due", step) == below


def test_a_code_counts_and_keeps_its_zeros(book):
    put(book, 1, code="A098")
    assert would(book, "code") == ["A099", "A100", "A101", "A102", "A103"]


def test_the_first_two_cells_say_the_step_and_what_is_so_already_is_left(book):
    put(book, 1, code="X-10")
    put(book, 2, code="X-15")
    assert would(book, "code") == ["X-20", "X-25", "X-30", "X-35"]


def test_numbers_go_on_by_their_step_and_other_values_are_repeated(book):
    assert would(book, "annual_revenue", Step(Decimal("0.5"))) == [
        "100.50", "101.00", "101.50", "102.00", "102.50",
    ]  # fmt: skip
    put(book, 1, city="苏州")
    assert would(book, "city") == ["苏州"] * 5


@pytest.mark.parametrize(
    ("one", "two", "step"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), Step(Decimal(1), "month")),
        (date(2026, 1, 5), date(2026, 1, 12), Step(Decimal(1), "week")),
        (date(2026, 1, 5), date(2027, 1, 5), Step(Decimal(1), "year")),
        (date(2026, 1, 5), date(2026, 1, 3), Step(Decimal(-2), "day")),
        (Decimal(3), Decimal("4.5"), Step(Decimal("1.5"))),
        ("A001", "A003", Step(Decimal(2))),
        ("A001", "B003", Step()),
        (date(2026, 1, 5), None, Step()),
    ],
)
def test_the_step_between_two_values_is_seen(one, two, step):
    assert guess(one, two) == step


# -- many records ----------------------------------------------------------------------------------


def changes(book: Book, *steps: Edit) -> list[tuple[int, str, str]]:
    found = editing.propose(book, "customer", IDS, steps)
    return [(one.id, one.field, one.after) for one in found if not one.why]


def test_only_records_that_would_change_are_named(book):
    put(book, 2, city="苏州")
    assert [id for id, _, _ in changes(book, Edit("city", "set", "苏州"))] == [1, 3, 4, 5, 6]
    assert changes(book, Edit("city", "empty")) == [(2, "city", "")]


def test_tags_are_added_and_taken_away_beside_those_that_are_there(book):
    put(book, 1, tags="VIP, 老客户")
    assert changes(book, Edit("tags", "add", "VIP，重点"))[:2] == [
        (1, "tags", "VIP, 老客户, 重点"),
        (2, "tags", "VIP, 重点"),
    ]
    assert changes(book, Edit("tags", "take", "VIP")) == [(1, "tags", "老客户")]


@pytest.mark.parametrize(
    ("how", "text", "first"),
    [("per_cent", "10", "110.00"), ("per_cent", "-5%", "95.00"), ("plus", "0.5", "100.50")],
)
def test_amounts_grow_by_a_share_or_a_sum(book, how, text, first):
    assert changes(book, Edit("annual_revenue", how, text))[0] == (1, "annual_revenue", first)


def test_days_are_put_off_and_empty_ones_stay_empty(book):
    put(book, 3, next_contact_due="2026-11-27")
    assert changes(book, Edit("next_contact_due", "plus", "7")) == [
        (3, "next_contact_due", "2026-12-04")
    ]


def test_what_a_field_refuses_is_said_record_by_record_and_an_amount_that_is_none_at_once(book):
    found = editing.propose(book, "customer", IDS, [Edit("next_contact_due", "set", "soon")])
    assert {one.why for one in found} == {"“soon” is not a date. Write it as 2024-03-05."}
    with pytest.raises(Refused):
        editing.propose(book, "customer", IDS, [Edit("annual_revenue", "plus", "much")])


def test_several_fields_of_many_records_are_one_change_and_one_undo(book):
    steps = [Edit("city", "set", "苏州"), Edit("annual_revenue", "per_cent", "10")]
    found = editing.propose(book, "customer", IDS, steps)
    done = replacing.write(book, "customer", "Edit", found)
    assert len(done.cells) == 12
    assert book.record("customer", 6)["annual_revenue"] == 660
    book.undo()
    assert book.record("customer", 6)["annual_revenue"] == 600
    assert book.record("customer", 6)["city"] is None
