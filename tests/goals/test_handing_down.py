"""Parts become goals as one change; again they are the same goals; what is agreed is never overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.goals.cascade import cascade
from models.goals.handing_down import apply
from models.goals.parts import Plan, rebalance
from models.goals.renegotiation import renegotiate
from models.goals.transitions import NEXT
from models.refusals import Refused
from tests.goals.goal_books import Team
from tests.sheets.bringing import bring

TODAY = date(2026, 4, 1)
PLAN = Plan("working_days", ("people", "months"))


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path)
    yield made
    made.book.close()


def agree(team: Team, row: int, status: str = "agreed") -> None:
    team.book.set("goal", row, {"status": status})


def of(team: Team, goal: int, name: str) -> int:
    return next(
        row
        for row in team.book.linked("goal", "parent", goal)
        if team.book.record("goal", row)["person"].label == name
    )


def test_all_parts_are_one_change_that_undo_takes_back_whole(team):
    goal = team.goal(target=100_000, floor=80_000)
    before = team.book.last_change
    done = apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    assert team.book.last_change == done.change == before + 1
    assert len(done.added) == 4 + 12
    assert team.book.count("goal") == 17
    people = team.below(goal)
    assert sum(people.values()) == 100_000
    row = of(team, goal, "孙甲")
    one = team.book.record("goal", row)
    assert (one["level"], one["period"], one["status"]) == ("person", "2026-Q2", "draft")
    assert (one["starts_on"], one["ends_on"]) == (date(2026, 4, 1), date(2026, 6, 30))
    assert one["cascade_rule"] == team.book.record("goal", goal)["cascade_rule"] == "working_days"
    assert sum(team.below(row).values()) == one["target"]
    team.book.undo()
    assert team.book.count("goal") == 1
    team.book.redo()
    assert team.below(goal) == people


def test_the_same_split_again_writes_nothing(team):
    goal = team.goal(target=100_000)
    apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    again = apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    assert again.change is None
    assert (len(again.unchanged), again.added, again.updated) == (16, [], [])


def test_another_split_sets_the_same_goals(team):
    goal = team.goal(target=100_000)
    first = apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    team.book.set("goal", goal, {"target": 200_000})
    again = apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    assert sorted(again.updated) == sorted(first.added)
    assert team.book.count("goal") == 17
    assert sum(team.below(goal).values()) == 200_000


def test_an_agreed_goal_is_kept_and_named(team):
    goal = team.goal(target=100_000)
    apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    row = of(team, goal, "孙甲")
    agree(team, row)
    team.book.set("goal", goal, {"target": 200_000})
    done = apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    assert [(one.goal, one.target, one.proposed) for one in done.kept] == [(row, 25_000, 50_000)]
    assert team.book.record("goal", row)["target"] == 25_000
    assert sum(team.below(row).values()) == 25_000  # its own parts stand with it


def test_renegotiation_supersedes_an_agreed_goal_and_leaves_it_as_it_was(team):
    goal = team.goal(target=100_000)
    apply(team.book, cascade(team.book, goal, PLAN, TODAY))
    row = of(team, goal, "孙甲")
    agree(team, row)
    agree(team, row, "active")
    team.book.set("goal", goal, {"target": 200_000})
    done = apply(team.book, cascade(team.book, goal, PLAN, TODAY), renegotiate=True)
    assert done.superseded == [row]
    old = team.book.record("goal", row)
    assert (old["status"], old["target"]) == ("superseded", 25_000)
    assert team.below(goal)["孙甲 2026-Q2"] == 50_000
    assert team.book.count("goal") == 18  # its months were set again, not doubled
    team.book.undo()
    assert team.book.record("goal", row)["status"] == "active"
    assert sum(team.below(row).values()) == 25_000


def test_parts_by_hand_are_written_as_they_are(team):
    goal = team.goal(target=100_000)
    made = cascade(team.book, goal, Plan("hand"), TODAY)
    apply(team.book, rebalance(made, {made.parts[0].key: Decimal(10_000)}))
    assert sorted(team.below(goal).values()) == [10_000, 30_000, 30_000, 30_000]


def test_managers_get_goals_of_the_level_of_teams(team):
    goal = team.goal(target=100_000)
    apply(team.book, cascade(team.book, goal, Plan(over=("managers", "people")), TODAY))
    row = of(team, goal, "赵经理")
    one = team.book.record("goal", row)
    assert (one["level"], one["target"]) == ("team", 50_000)
    assert team.below(row) == {"孙甲 2026-Q2": 25_000, "李乙 2026-Q2": 25_000}


def test_nobody_gets_a_goal_for_a_week_that_nobody_works(team):
    goal = team.goal(period="2026-02", target=1_000)
    apply(team.book, cascade(team.book, goal, Plan(over=("weeks",)), TODAY))
    assert "2026-W08" not in team.below(goal)
    assert sum(team.below(goal).values()) == 1_000


def test_states_follow_each_other_and_others_are_refused_by_name(team):
    row = team.goal(target=1)
    for status in ("proposed", "draft", "proposed", "agreed", "active", "missed", "reached"):
        team.book.set("goal", row, {"status": status})
    with pytest.raises(Refused) as refused:
        team.book.set("goal", row, {"status": "draft"})
    assert refused.value.code == "not_next"
    assert str(refused.value) == (
        "A goal that is “Reached” can't become “Draft”; it can become: Under way, Missed."
    )
    assert team.book.record("goal", row)["status"] == "reached"


@pytest.mark.parametrize("status", NEXT)
def test_a_new_goal_may_have_any_state(team, status):
    row = team.goal(target=1, status=status)
    team.book.set("goal", row, {"target": 2, "status": status})  # writing it again is no step
    assert team.book.record("goal", row)["target"] == 2


def test_a_renegotiated_goal_keeps_its_place_and_the_journal_says_why(team):
    parent = team.goal(target=100)
    old = team.goal(level="person", person="孙甲", target=40, parent=parent, status="active")
    below = team.goal(level="person", person="孙甲", period="2026-05", target=20, parent=old)
    with team.book.change("point") as change:
        change.add("goal_checkpoint", {"goal": old, "due": date(2026, 5, 29)})
    before = team.book.last_change
    made = renegotiate(team.book, old, {"target": 30}, "两个大客户推迟")
    assert team.book.last_change == made.change == before + 1
    new = team.book.record("goal", made.goal)
    assert (new["status"], new["target"], new["parent"].id) == ("proposed", 30, parent)
    assert team.book.record("goal", old)["status"] == "superseded"
    assert team.book.record("goal", old)["target"] == 40
    assert team.book.record("goal", below)["parent"].id == made.goal
    assert len(team.book.linked("goal_checkpoint", "goal", made.goal)) == 1
    assert "两个大客户推迟" in team.book.info(made.change).reason
    team.book.undo()
    assert team.book.record("goal", old)["status"] == "active"
    assert team.book.record("goal", below)["parent"].id == old


def test_only_what_binds_is_renegotiated_and_only_with_a_reason(team):
    row = team.goal(target=1)
    with pytest.raises(Refused) as refused:
        renegotiate(team.book, row, {"target": 2}, "x")
    assert refused.value.code == "not_binding"
    agree(team, row)
    with pytest.raises(Refused) as refused:
        renegotiate(team.book, row, {"target": 2}, "  ")
    assert refused.value.code == "required"


def test_a_sheet_may_bring_any_state_as_it_tells_what_happened_elsewhere(team, tmp_path):
    row = team.goal(target=1, title="老目标", status="reached")
    sheet = tmp_path / "goals.csv"
    sheet.write_text(
        "目标,层级,指标,周期,目标值,目标状态\n老目标,公司,赢单金额,2026-Q2,1,草稿\n",
        encoding="utf-8",
    )
    change, reports = bring(team.book, sheet)
    assert change is not None, reports
    assert team.book.record("goal", row)["status"] == "draft"
