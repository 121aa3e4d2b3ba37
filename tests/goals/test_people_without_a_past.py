"""Who never sold anything brings nothing by being there: chances of teams don't rise with clerks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.goals.pace_board import PaceBoard
from models.goals.prospects import Prospects
from models.goals.smart_draft import draft
from tests.goals.goal_books import Team

TODAY = date(2026, 3, 31)


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path)
    made.quarters()
    yield made
    made.book.close()


def chance(team: Team, goal: int) -> float:
    board = PaceBoard(team.book, TODAY, team.book.calendar.try_parse("2026-Q2"))
    board.add_chances()
    found = board[goal].chances["target"]
    made = draft(team.book, {}, goal, TODAY)
    assert made.what is not None
    assert made.period is not None
    reach = Prospects(team.book, made.what, made.period, TODAY).of(made)
    assert reach.chances["target"].mid == pytest.approx(found.mid, abs=0.02)  # the meter agrees
    return found.mid


def test_the_chance_of_the_company_is_the_same_with_clerks_who_sell_nothing(team):
    goal = team.goal(target=370_000)
    before = chance(team, goal)
    assert 0.2 < before < 0.8
    with team.book.change("clerks") as change:
        for at in range(20):
            change.add("salesperson", {"name": f"内勤{at}"})
    assert chance(team, goal) == pytest.approx(before, abs=0.02)
