"""A quarter of a small team's daily life, with make-up days, leave, a leaver and changes taken back.

The whole year of 30 people is played by ``tests/benchmarks/year.py``.
"""

from __future__ import annotations

from datetime import date

import pytest

from models.book import Book
from tests.year.crowd import Size
from tests.year.life import Course, Life

COURSES = {
    "around the national holiday": Course(
        Size(8, 900), date(2025, 8, 25), date(2025, 11, 14), leaves_on=date(2025, 10, 11)
    ),
    "around the spring festival": Course(
        Size(8, 900), date(2025, 1, 13), date(2025, 3, 10), seed=2, leaves_on=date(2025, 2, 8)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COURSES)
def test_a_quarter_is_lived_through_and_nothing_is_lost_or_doubled(tmp_path, name):
    with Book.create(tmp_path / "year.daybook") as book:
        life = Life.begin(book, COURSES[name])
        life.play()
    for what in (
        "given",
        "moved",
        "missed",
        "recycled",
        "picked",
        "handed over",
        "refused",
        "undone",
        "redone",
    ):
        assert life.counts[what], f"nothing was {what}: the test looks at nothing"
