"""Dates that are typed for short."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.describe.shorthand import date_typed, moment_typed, written_out

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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("+3d", "2026-11-30"),
        ("+3", "2026-11-30"),
        ("-2周", "2026-11-13"),
        ("+1m", "2026-12-27"),
        ("周五", "2026-12-04"),
        ("下周三", "2026-12-02"),
        ("月底", "2026-11-30"),
        ("3天后", "2026-11-30"),
        ("next friday", "2026-12-04"),
        ("end of month", "2026-11-30"),
    ],
)
def test_a_day_may_be_said_by_how_far_it_is_or_what_it_is_called(typed, meant):
    assert date_typed(typed, TODAY, month_first=True) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "2026-11-27 14:05"),
        ("+2h", "2026-11-27 16:05"),
        ("+30分钟", "2026-11-27 14:35"),
        ("15:30", "2026-11-27 15:30"),
        ("明天下午3点", "2026-11-28 15:00"),
        ("3/5 9:00", "2026-03-05 09:00"),
        ("今晚8点", "2026-11-27 20:00"),
        ("tomorrow 3pm", "2026-11-28 15:00"),
        ("2026-03-05 10:00", "2026-03-05 10:00"),
        ("2026-03-05", "2026-03-05"),
        ("soon", "soon"),
    ],
)
def test_a_moment_is_a_day_a_time_or_both(typed, meant):
    assert moment_typed(typed, datetime(2026, 11, 27, 14, 5), month_first=True) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("15", "15%"), ("0.15", "0.15"), ("15%", "15%"), ("-3.5", "-3.5%")]
)
def test_a_percentage_needs_no_sign(typed, meant):
    assert written_out("percent", typed, datetime(2026, 11, 27), month_first=True) == meant
