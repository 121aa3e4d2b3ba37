"""Parts of a goal are held against it, whichever of them are looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.goals.pace_board import PaceBoard
from models.goals.wholes import gaps
from tests.goals.goal_books import Team


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path)
    yield made
    made.book.close()


def test_months_that_are_over_or_to_come_count_among_the_parts_of_a_quarter(team: Team):
    whole = team.goal(target=90, period="2026-Q2")
    for number in (4, 5, 6):
        team.goal(target=30, period=f"2026-0{number}", parent=whole)
    board = PaceBoard(team.book, date(2026, 5, 15))
    assert gaps(board.standings, board.parts) == {}
    with team.book.change("more") as change:
        last = team.book.linked("goal", "parent", whole)[-1]
        change.set("goal", last, {"target": 20})
    board.refresh()
    [gap] = gaps(board.standings, board.parts).values()
    assert (gap.sum, gap.difference) == (Decimal(80), Decimal(-10))
