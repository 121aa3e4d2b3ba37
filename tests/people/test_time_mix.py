"""What people's time goes into: new customers, known ones, the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.people.time_mix import INTERNAL, KEPT, NEW, activities_behind, time_mix
from tests.people.staffed import staffed

MARCH = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        made.acme = made.add("customer", name="Acme", owner=made["Ben"])
        made.brick = made.add("customer", name="Brick", owner=made["Ben"])
        made.add(
            "order", customer=made.acme, ordered_on="2026-03-10", amount="5", owner=made["Ben"]
        )
        yield made


def mix(team, who="Ben"):
    return next(one for one in time_mix(team.book, *MARCH) if one.person == team[who])


def activity(team, day, customer=None, minutes=60, kind="visit"):
    return team.add(
        "activity", at=f"{day} 10:00", kind=kind, person=team["Ben"], customer=customer,
        duration_minutes=minutes,
    )  # fmt: skip


def test_time_before_the_first_order_is_for_winning_and_after_it_for_keeping(team):
    activity(team, "2026-03-09", team.acme, 30)
    activity(team, "2026-03-11", team.acme, 90)
    activity(team, "2026-03-11", team.brick, 45)
    activity(team, "2026-03-12", None, 15)
    found = mix(team)
    assert found.minutes == {NEW: 75, KEPT: 90, INTERNAL: 15}
    assert found.hours(KEPT) == Decimal("1.5")
    assert sum(found.share(part) for part in found.minutes) == pytest.approx(1)


def test_meetings_are_internal_for_who_is_there_and_silence_takes_the_usual_time(team):
    team.add("meeting", title="Week", held_on="2026-03-05", team=team.team, duration_minutes=30)
    activity(team, "2026-03-09", team.brick, None, "call")
    assert mix(team).minutes == {INTERNAL: 30, NEW: 15}
    assert mix(team, "Cai").minutes == {INTERNAL: 30}


def test_what_was_planned_stands_beside_it_and_other_months_don_t_count(team):
    team.add("follow_up_plan", customer=team.acme, due="2026-03-20", kind="visit")
    team.add("follow_up_plan", customer=team.brick, due="2026-03-20", kind="call", status="missed")
    team.add("follow_up_plan", customer=team.brick, due="2026-04-01", kind="call")
    last = activity(team, "2026-03-31", team.brick)
    activity(team, "2026-04-01", team.brick)
    assert mix(team).planned == {KEPT: 90, NEW: 15}
    assert activities_behind(team.book, team["Ben"], *MARCH) == [last]


def test_who_recorded_nothing_has_no_shares(team):
    assert mix(team, "Dan").share(NEW) is None
