"""An office whose people are scored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from models.evaluations.curves import rounded
from tests.evaluations.scored_books import Office

WORKDAYS = 61  # of the second quarter of 2026, by the calendar of China


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, "Ann", "Bo", "Cy")
    with made.book:
        assert calendar_days(made, date(2026, 4, 1), date(2026, 6, 30)) == WORKDAYS
        yield made


def calendar_days(office: Office, first: date, last: date) -> int:
    from models.calendar.in_book import work_calendar

    return work_calendar(office.book).count(first, last)


def said(scored) -> str:
    return " ".join(scored.notes)


def exact(value) -> Decimal:
    """A number to twelve decimals, more than a reference is ever read with."""
    return rounded(Fraction(value), 12)
