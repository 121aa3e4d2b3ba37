"""Every day that a rule of repetition names has its task, once, over a year with make-up days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.calendar.workdays import OwnDay, WorkCalendar
from models.tasks import recurrence
from models.tasks.recurrence_words import parse
from tests.year.naive import ONE, SERIES, YEAR, Days

OWN = {date(2025, 6, 20): False, date(2025, 6, 21): True}


def test_the_table_written_by_hand_is_the_calendar_of_the_program():
    calendar, days, day = WorkCalendar("CN"), Days(), date(YEAR, 1, 1)
    while day < date(YEAR + 1, 6, 1):
        assert calendar.is_working(day) == days.works(day), day
        day += ONE


@pytest.mark.parametrize("series", SERIES, ids=lambda one: one.text)
def test_a_rule_names_the_days_that_a_naive_reading_names(series):
    own = [OwnDay(day, "work" if works else "off") for day, works in OWN.items()]
    calendar, days = WorkCalendar("CN", own), Days(OWN)
    rule = parse(series.text)
    for number in range(0, 60, 7):
        anchor = date(YEAR, 1, 1) + timedelta(days=number)
        wanted = series.coming(anchor, date(YEAR, 12, 31), days)
        found = recurrence.occurrences(rule, anchor, anchor, date(YEAR, 12, 31), calendar)
        assert [(one.nominal, one.on) for one in found] == wanted, anchor
