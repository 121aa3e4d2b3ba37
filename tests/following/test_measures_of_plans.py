"""The measures of planned contacts are what one counts by hand."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.measures import engine
from models.periods import days
from tests.following.in_touch import InTouch, day

PLAN = st.fixed_dictionaries(
    {
        "due": st.integers(-40, 10),
        "status": st.sampled_from(["planned", "done", "missed", "moved"]),
        "done": st.one_of(st.none(), st.integers(-45, 0)),
        "person": st.sampled_from(["li", "wang", None]),
    }
)


def made(touch: InTouch, listed) -> None:
    acme = touch.customer("Acme")  # of 李娜
    with touch.book.change("plans") as change:
        change.add_many(
            "follow_up_plan",
            ("customer", "due", "status", "done_on", "person"),
            [
                (
                    acme,
                    day(one["due"]),
                    one["status"],
                    day(one["done"]) if one["done"] is not None else None,
                    getattr(touch, one["person"] or "", None),
                )
                for one in listed
            ],
        )


@settings(max_examples=30)
@given(st.lists(PLAN, max_size=8), st.integers(-40, 5), st.integers(0, 30))
def test_rate_and_overdue_agree_with_a_naive_count(listed, first, length):
    with tempfile.TemporaryDirectory() as folder:
        touch = InTouch(Path(folder))
        with touch.book as book:
            made(touch, listed)
            last = first + length
            period = days(day(first), day(last))
            inside = [one for one in listed if first <= one["due"] <= last]
            counted = [
                one
                for one in inside
                if (one["status"] == "done" and one["done"] is not None)
                or one["status"] == "missed"
                or (one["status"] == "planned" and one["due"] < 0)
            ]
            on_time = [
                one for one in counted if one["status"] == "done" and one["done"] <= one["due"]
            ]
            rate = engine.measure(book, "follow_up_on_time_rate", period=period)
            assert (rate.total.numerator, rate.total.denominator) == (len(on_time), len(counted))
            late = [
                one
                for one in listed
                if one["due"] <= last and one["due"] < 0
                and (
                    one["status"] == "planned"
                    or (one["status"] == "done" and one["done"] is not None and one["done"] > last)
                )
            ]  # fmt: skip
            overdue = engine.measure(book, "overdue_follow_ups", period=period, by="person")
            assert overdue.total.value == len(late)
            mine = sum(
                one["person"] != "wang" for one in late
            )  # those without a person are the owner's
            assert {row.key: row.value for row in overdue.rows} == {
                key: Decimal(n)
                for key, n in ((touch.li, mine), (touch.wang, len(late) - mine))
                if n
            }
