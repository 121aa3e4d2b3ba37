"""Behind every number of the forecast stand as many deals as it says, and the target is the company's."""

from __future__ import annotations

import pytest

from models.forecast import behind
from models.forecast.forecast import Forecast, forecast
from models.forecast.notes import noted
from models.forecast.target import target
from models.forecast.window import Window
from models.money import SCALE
from models.periods import JANUARY
from tests.forecast.telling import Team, day, team


@pytest.fixture
def told():
    with team() as made:
        yield made


def asked(told: Team) -> Forecast:
    return forecast(told.book, on=day("2024-03-15"), since=day("2024-03-08"))


def busy(told: Team) -> None:
    """Deals of both people and of nobody, in all states, some of which moved in the week."""
    closed = {"stage": "赢", "closed_on": "2024-02-20"}
    told.add("2024-01-20", amount="10", **closed)
    told.add("2024-01-20", amount="20", owner=told.wang, **closed)
    told.add("2024-01-20", amount="5", stage="赢", closed_on="2023-12-01")
    moved = told.add("2024-02-01", amount="100", expected_close="2024-03-20")
    gone = told.add("2024-02-01", amount="30", expected_close="2024-03-20")
    told.add("2024-02-01", amount="7", expected_close="2024-03-25", forecast_category="commit")
    told.add("2024-02-01", amount="8", forecast_category="omitted", expected_close="2024-03-25")
    told.add("2024-02-01", amount="9", owner=None)
    told.add("2024-02-01", amount="40", stage=None, expected_close="2024-03-21", owner=told.wang)
    told.set("2024-03-10", moved, amount="150")
    told.set("2024-03-11", moved, expected_close="2024-04-20")
    told.remove("2024-03-12", gone)
    told.add("2024-03-13", amount="60", expected_close="2024-03-28", owner=told.wang)


def test_as_many_deals_stand_behind_each_reading_as_it_says(told: Team):
    busy(told)
    found = asked(told)
    for one in (found.total, *found.people):
        owner = behind.ALL if one is found.total else one.person
        assert len(behind.deals(found, "won", owner)) == one.tally.won_deals
        assert len(behind.deals(found, "commitment", owner)) == one.commitment.n
        assert len(behind.deals(found, "pipeline", owner)) == one.pipeline.n
        if one.history is not None:
            assert len(behind.deals(found, "history", owner)) == one.history.n
    assert found.total.history is not None
    assert found.total.history.n == 3


def test_as_many_deals_stand_behind_each_note_as_it_says(told: Team):
    busy(told)
    found = asked(told)
    tally = found.total.tally
    assert len(behind.deals(found, "undated")) == tally.undated == 1
    assert len(behind.deals(found, "omitted")) == tally.omitted == 1
    assert len(behind.deals(found, "assumed")) == tally.assumed == 1
    assert len(behind.deals(found, "reconstructed")) == found.states.reconstructed == 0
    kinds = [one.kind for one in noted(found, "CNY")]
    assert {"undated", "omitted", "assumed", "unstated"} <= set(kinds)


def test_the_deals_at_both_ends_of_a_bridge_come_to_its_ends(told: Team):
    busy(told)
    found = asked(told)
    before = forecast(told.book, on=found.since, since=found.since, period=found.period)
    for made in (found.pipeline_bridge, found.commitment_bridge):
        value = "weighted" if made is found.pipeline_bridge else "committed"
        now, then = (Window.of(found.period, one) for one in (found.on, found.since))
        ends = {
            id: getattr(now, value)(found.states.deals[id]) for id in behind.at_end(found, made)
        }
        starts = {
            id: getattr(then, value)(before.states.deals[id]) for id in behind.at_start(found, made)
        }
        assert sum(ends.values()) == made.end
        assert sum(starts.values()) == made.start
        assert all(ends.values())
        assert all(starts.values())


def test_of_who_stated_an_amount_no_deals_make_up_the_commitment(told: Team):
    busy(told)
    with told.book.change("say") as change:
        words = {"person": told.wang, "period": "2024-Q1", "amount": "500"}
        change.add("commitment", words | {"made_on": "2024-03-14"})
    told.dated(day("2024-03-14"))
    found = asked(told)
    ids = behind.at_end(found, found.commitment_bridge)
    assert {found.states.deals[id].owner for id in ids} == {told.li}


def goal(told: Team, **values: str) -> int:
    usual = {"level": "company", "measure": "won_amount", "period": "2024-Q1", "title": "公司"}
    with told.book.change("goal") as change:
        return change.add("goal", usual | values)


def test_the_target_is_the_companys_agreed_goal_of_just_this_period(told: Team):
    quarter = JANUARY.quarter(2024, 1)
    assert target(told.book, quarter) is None
    goal(told, target="1", period="2024")
    goal(told, target="2", measure="sales_amount")
    goal(told, target="3", status="cancelled")
    goal(told, status="active")  # an empty target is none
    assert target(told.book, quarter) is None
    agreed = goal(told, floor="80", target="100", stretch="120", status="active")
    drafted = goal(told, target="700")
    assert target(told.book, quarter) == (agreed, 80 * SCALE, 100 * SCALE, 120 * SCALE, True)
    told.book.set("goal", agreed, {"status": "superseded"})
    assert target(told.book, quarter) == (drafted, None, 700 * SCALE, None, False)
