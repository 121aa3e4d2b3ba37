"""Dates that are typed for short."""

from __future__ import annotations

from datetime import date

import pytest

from models.describe.shorthand import date_typed

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/5", "2026-03-05"),
        (" 12-31 ", "2026-12-31"),
        ("3.5", "2026-03-05"),
        ("3月5日", "2026-03-05"),
        ("3 月 5 号", "2026-03-05"),
        ("今天", "2026-11-27"),
        ("Tomorrow", "2026-11-28"),
        ("昨天", "2026-11-26"),
    ],
)
def test_a_short_date_is_of_this_year(typed, meant):
    assert date_typed(typed, TODAY, month_first=True) == meant


@pytest.mark.parametrize(
    "typed", ["", "13/5", "2/30", "2026-03-05", "3/5/2026", "下周", "3/5 大约"]
)
def test_anything_else_is_left_as_it_was_typed(typed):
    assert date_typed(typed, TODAY, month_first=True) == typed


def test_where_the_day_may_come_first_only_words_are_sure():
    assert date_typed("3/5", TODAY, month_first=False) == "3/5"
    assert date_typed("3月5日", TODAY, month_first=False) == "2026-03-05"
    assert date_typed("today", TODAY, month_first=False) == "2026-11-27"
