"""What a leave would mean, and deciding on it as one change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from models.people.covering import Covering
from models.people.leave_impact import Choice, LeaveImpact, approve, reject
from models.refusals import Refused
from tests.people.staffed import FRIDAY, ON, staffed

TUESDAY = ON + timedelta(1)


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        yield made


def asked(team, status="requested"):
    return team.leave("Ben", TUESDAY, FRIDAY, status=status)


def test_work_of_those_days_is_told(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    due = team.task("Ben", due=FRIDAY, customer=acme)
    long = team.task("Ben", 40, FRIDAY + timedelta(10), starts_on=ON)
    team.task("Ben", due=ON)
    team.task("Cai", due=FRIDAY)
    plan = team.add("follow_up_plan", customer=acme, due=FRIDAY)
    meeting = team.add("meeting", title="Week", held_on=FRIDAY, team=team.team)
    impact = LeaveImpact(team.book, asked(team), ON)
    assert {(one.kind, one.row) for one in impact.work} == {
        ("task", due), ("task", long), ("follow_up_plan", plan), ("meeting", meeting),
    }  # fmt: skip
    assert impact.days == 4
    assert impact.text() == (
        "Ben is away 4 working days (2026-03-03 to 2026-03-06). "
        "Into these fall 2 tasks, 1 follow-up, 1 meeting."
    )


def test_goals_say_what_is_needed_a_day_then(team):
    team.add(
        "goal", title="Sell", level="person", person=team["Ben"], measure="sales_amount",
        period="2026-03", target="21000", status="active",
    )  # fmt: skip
    found = LeaveImpact(team.book, asked(team), ON).goals()
    assert len(found) == 1
    assert (found[0].lost, found[0].left) == (4, 21)
    assert (found[0].before, found[0].after) == (1000, Decimal("1235.294118"))
    again = LeaveImpact(team.book, asked(team, "approved"), ON).goals()
    assert (again[0].before, again[0].after) == (found[0].before, found[0].after)


def test_who_else_is_away_is_told_and_ranked_last(team):
    team.leave("Cai", FRIDAY, FRIDAY)
    impact = LeaveImpact(team.book, asked(team), ON)
    assert impact.others == (("Cai", "03-06"),)
    assert impact.candidates[-1].person == team["Cai"]
    assert impact.candidates[-1].text() == "Cai (24 h free, away 1 day)"


def test_who_knows_the_customers_comes_before_who_has_more_time(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    team.task("Ben", due=FRIDAY, customer=acme)
    team.task("Dan", 16, FRIDAY)
    team.add("activity", at="2026-02-01 10:00", kind="call", person=team["Dan"], customer=acme)
    names = [one.name for one in LeaveImpact(team.book, asked(team), ON).candidates]
    assert names[:2] == ["Dan", "Cai"]
    team.set("salesperson", team["Dan"], status="leaving")
    assert "Dan" not in [one.name for one in LeaveImpact(team.book, asked(team), ON).candidates]


def test_approving_with_covers_is_one_change(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    task = team.task("Ben", due=FRIDAY, customer=acme)
    other = team.task("Ben", due=FRIDAY)
    leave = asked(team)
    impact = LeaveImpact(team.book, leave, ON)
    before = team.book.last_change
    choice = Choice(team["Cai"], {task: team["Dan"]}, {acme: team["Ada"]})
    assert approve(team.book, impact, choice) == before + 1
    covering = Covering(team.book, ON)
    assert covering.worker("task", task, team["Ben"], FRIDAY).person == team["Dan"]
    assert covering.worker("task", other, team["Ben"], FRIDAY).person == team["Cai"]
    assert covering.worker("customer", acme, team["Ben"], FRIDAY).person == team["Ada"]
    approve(team.book, impact, Choice(team["Cai"]))
    assert team.book.count("cover") == 0
    team.book.undo()
    assert team.book.count("cover") == 2
    team.book.undo()
    assert team.book.record("leave", leave)["status"] == "requested"


def test_rejecting_is_one_change(team):
    leave = asked(team)
    reject(team.book, LeaveImpact(team.book, leave, ON))
    assert team.book.record("leave", leave)["status"] == "rejected"
    team.book.undo()
    assert team.book.record("leave", leave)["status"] == "requested"


def test_nobody_covers_for_themselves(team):
    impact = LeaveImpact(team.book, asked(team), ON)
    with pytest.raises(Refused) as refused:
        approve(team.book, impact, Choice(team["Ben"]))
    assert refused.value.code == "covers_themselves"
