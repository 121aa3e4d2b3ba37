"""Sheets of goals over public data, reckoned by LibreOffice; runs where DAYBOOK_REAL_DATA names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.book import Book
from models.workbooks.goal_standings import Standings
from tests.goals import test_real_goals as real
from tests.goals.test_real_goals import cycles, maven
from tests.workbooks.goal_files import GoalFile, differences, needs_office, reckoned

__all__ = ["cycles", "maven"]
pytestmark = [
    *(one for one in real.pytestmark if one.name == "skipif"),
    pytest.mark.timeout(900),
    needs_office,
]


def assert_same(book: Book, people: Sequence[int], on: date, place: Path) -> int:
    """Every goal's number of some people's workbooks is the program's; gives how many goals."""
    known, files = Standings(book, on), {}
    for person in people:
        with book.reading() as db:
            deals = [
                row
                for (row,) in db.run(
                    "SELECT id FROM opportunity WHERE alive = 1 AND owner = ? "
                    "AND (status = 'open' OR closed_on >= ?)",
                    (person, (on - timedelta(days=60)).isoformat()),
                )
            ]
        file = GoalFile(book, person, on, {"opportunity": deals} if deals else {})
        files[place / f"{person}.xlsx"] = file
        file.write(place / f"{person}.xlsx", known)
    found, count = reckoned(files, place), 0
    for path, file in files.items():
        shown = [one.standing for one in (*known.running(file.person), *known.ended(file.person))]
        assert differences(found[path], book, shown) == []
        count += len(shown)
    return count


def test_agents_and_managers_of_maven_find_what_the_file_says(maven, tmp_path):
    book, goals, won, boss = maven
    people = {name: book.record("goal", goal)["person"].id for name, goal in goals.items()}
    assert (
        assert_same(book, list(people.values()), date(2017, 12, 31), tmp_path) == len(goals) == 41
    )
    (tmp_path / "later").mkdir()
    chosen = [people[name] for name in sorted(boss)[:6]]
    assert assert_same(book, chosen, date(2018, 1, 15), tmp_path / "later") == 6  # just ended
    assert sum(won.values()) > 0


def test_sellers_of_adventureworks_find_each_month_s_sales(cycles, tmp_path):
    book, people = cycles
    for on in (date(2019, 11, 30), date(2020, 6, 15)):
        place = tmp_path / on.isoformat()
        place.mkdir()
        assert assert_same(book, list(people.values()), on, place) >= 2 * len(people) - 6
