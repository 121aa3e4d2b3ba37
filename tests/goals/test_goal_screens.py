"""What the screens of goals ask the models: parts against their whole, what is looked at first, what was before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models.goals import consequence
from models.goals.cascade import cascade
from models.goals.pace_board import PaceBoard
from models.goals.parts import Plan
from models.goals.preceding import brought
from models.goals.wholes import gaps
from tests.goals.goal_books import Team

ON = date(2026, 5, 15)


@pytest.fixture
def team(tmp_path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.book.close()


def gap_of(team: Team, goal: int) -> str:
    board = PaceBoard(team.book, ON)
    found = gaps(board.standings, board.parts).get(goal)
    return found.text(lambda value: f"{value:,.0f}") if found else ""


def test_parts_below_and_above_the_whole_are_named_and_exact_ones_are_not(team):
    whole = team.goal(target=1000)
    first = team.goal(level="person", person="孙甲", target=600, parent=whole)
    team.goal(level="person", person="李乙", target=380, parent=whole)
    assert gap_of(team, whole) == "The parts come to 980, 20 below the whole."
    for target, said in ((650, "The parts come to 1,030, 30 above the whole."), (620, "")):
        with team.book.change("other") as change:
            change.set("goal", first, {"target": target})
        assert gap_of(team, whole) == said


def test_parts_over_time_and_over_people_are_held_against_the_whole_each_for_itself(team):
    whole = team.goal(target=900)
    for month in ("2026-04", "2026-05", "2026-06"):
        team.goal(target=300, parent=whole, period=month)
    assert gap_of(team, whole) == ""
    for name, target in (("孙甲", 500), ("李乙", 300)):
        team.goal(level="person", person=name, target=target, parent=whole)
    assert gap_of(team, whole) == "The parts come to 800, 100 below the whole."


def test_a_rate_is_not_added_up_and_cancelled_parts_do_not_count(team):
    rate = team.goal(measure="win_rate", target="0.5")
    team.goal(measure="win_rate", level="person", person="孙甲", target="0.4", parent=rate)
    assert gap_of(team, rate) == ""
    whole = team.goal(target=1000)
    team.goal(level="person", person="孙甲", target=1000, parent=whole)
    gone = {"level": "person", "person": "李乙", "target": 500, "status": "cancelled"}
    team.goal(**gone, parent=whole)
    assert gap_of(team, whole) == ""


def test_who_is_furthest_behind_what_is_expected_comes_first(team):
    for name in ("孙甲", "李乙", "周丙"):
        team.goal(level="person", person=name, target=1000)
    team.won("孙甲", date(2026, 4, 10), 200)
    team.won("李乙", date(2026, 4, 10), 100)
    team.won("周丙", date(2026, 4, 10), 2000)
    standings = PaceBoard(team.book, ON).standings.values()
    ordered = sorted(standings, key=consequence.weight)
    names = {id: name for name, id in team.people.items()}
    assert [names[one.goal.person] for one in ordered] == ["李乙", "孙甲", "周丙"]
    assert consequence.worst([ordered[2], ordered[0]]) == consequence.weight(ordered[0])
    assert consequence.worst([]) > consequence.weight(ordered[2])


def test_people_are_shown_what_they_brought_the_period_before_and_months_a_year_ago(team):
    team.won("孙甲", date(2026, 2, 3), 70)
    team.won("孙甲", date(2025, 4, 30), 40)
    team.won("李乙", date(2026, 3, 31), 5)
    goal = team.goal(target=1000)
    made = cascade(team.book, goal, Plan("working_days", ("people", "months")), ON)
    found = brought(team.book, made)
    told = {
        (part.label, each.period.label): (found[each.key].period.label, found[each.key].value)
        for part in made.parts
        for each in (part, *part.parts)
    }
    assert told["孙甲", "2026-Q2"] == ("2026-Q1", 70)
    assert told["李乙", "2026-Q2"] == ("2026-Q1", 5)
    assert told["孙甲", "2026-04"] == ("2025-04", 40)
    assert told["孙甲", "2026-05"] == ("2025-05", None)


def test_a_goal_over_weeks_is_held_against_the_weeks_a_year_before(team):
    goal = team.goal(target=1000, period="2026-05")
    made = cascade(team.book, goal, Plan("working_days", ("weeks",)), ON)
    found = brought(team.book, made)
    for part in made.parts:
        past = found[part.key].period
        assert past.end - past.start == part.period.end - part.period.start
        assert past.start.weekday() == part.period.start.weekday()
