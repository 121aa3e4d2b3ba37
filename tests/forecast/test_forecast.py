"""Three readings of a period side by side, by person and in all, and the bridges between two days."""

from __future__ import annotations

import pytest

from models.forecast.forecast import Forecast, forecast
from models.forecast.notes import notes
from models.measures import engine
from models.money import SCALE, to_scaled
from models.periods import JANUARY
from tests.forecast.telling import Team, day, team

MARCH = JANUARY.quarter(2024, 1)


@pytest.fixture
def told():
    with team() as made:
        yield made


def asked(told: Team, on: str, since: str | None = None, person: int | None = None) -> Forecast:
    earlier = day(since) if since else None
    return forecast(told.book, on=day(on), since=earlier, person=person)


def commit(told: Team, on: str, person: int, amount: str, period: str = "2024-Q1") -> int:
    with told.book.change("commit") as change:
        change.add(
            "commitment", {"person": person, "period": period, "amount": amount, "made_on": on}
        )
    return told.dated(day(on))


def units(reading) -> tuple[float, float, float]:
    return tuple(one / SCALE for one in (reading.low, reading.mid, reading.high))


def test_the_period_is_the_quarter_of_the_day_and_the_bridge_a_week_long(told: Team):
    found = asked(told, "2024-03-15")
    assert (found.period, found.since) == (MARCH, day("2024-03-08"))
    told.book.set("salesperson", told.li, {"status": "left"})
    assert [one.label for one in found.people] == ["李娜", "王强"]


def test_won_so_far_is_the_measure_and_stands_in_every_reading(told: Team):
    told.add("2024-03-01", amount="100", stage="赢", closed_on="2024-03-01")
    told.add("2024-03-01", amount="70", stage="赢", closed_on="2023-12-31")
    told.add("2024-03-02", amount="50.5", stage="赢", closed_on="2024-03-02", owner=told.wang)
    found = asked(told, "2024-03-15")
    won = engine.measure(told.book, "won_amount", period=MARCH).total.value
    assert found.total.tally.won == to_scaled(won) == 150_500_000
    assert units(found.total.commitment) == units(found.total.pipeline) == (150.5, 150.5, 150.5)


def test_without_a_word_the_committed_deals_are_the_commitment(told: Team):
    told.add("2024-03-01", amount="10", stage="赢", closed_on="2024-03-01")
    told.add("2024-03-01", amount="100", expected_close="2024-03-20", forecast_category="commit")
    told.add("2024-03-01", amount="60", expected_close="2024-03-20", forecast_category="likely")
    told.add("2024-03-01", amount="500", expected_close="2024-04-20", forecast_category="commit")
    found = asked(told, "2024-03-15")
    assert units(found.total.commitment) == (60, 110, 140)
    assert found.total.stated is None


def test_who_said_an_amount_is_held_to_it_and_the_latest_word_counts(told: Team):
    told.add("2024-03-01", amount="10", stage="赢", closed_on="2024-03-01")
    told.add("2024-03-01", amount="40", expected_close="2024-03-20", forecast_category="commit")
    commit(told, "2024-03-02", told.li, "90")
    commit(told, "2024-03-10", told.li, "120")
    commit(told, "2024-03-10", told.li, "999", "2024-03")
    assert units(asked(told, "2024-03-09").total.commitment) == (30, 90, 90)
    assert units(asked(told, "2024-03-10").total.commitment) == (30, 120, 120)


def test_a_word_that_is_outdone_is_no_cap(told: Team):
    commit(told, "2024-03-02", told.li, "5")
    told.add("2024-03-03", amount="10", stage="赢", closed_on="2024-03-03")
    assert units(asked(told, "2024-03-10").total.commitment) == (10, 10, 10)


def test_the_weighted_pipeline_counts_what_is_expected_and_names_what_has_no_date(told: Team):
    told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.add("2024-03-01", amount="100", stage="谈判", expected_close="2024-01-20")  # overdue
    told.add("2024-03-01", amount="100", expected_close="2024-04-20")
    told.add("2024-03-01", amount="33")
    told.add("2024-03-01", amount="77", expected_close="2024-03-20", forecast_category="omitted")
    found = asked(told, "2024-03-15")
    assert units(found.total.pipeline) == (0, 125, 200)
    assert (found.total.tally.undated, found.total.tally.undated_amount) == (1, 33 * SCALE)
    said = " ".join(notes(found, "CNY"))
    assert "One open deal of ¥33 names no expected close" in said
    assert "One open deal is left out" in said


def test_what_is_expected_is_the_measure_of_the_weighted_pipeline(told: Team):
    for at in range(20):
        told.add(
            "2024-03-01", amount=f"{at * 7}.123457", expected_close="2024-03-20",
            stage=("报价", "谈判")[at % 2], probability="33.3333%" if at % 3 else "",
        )  # fmt: skip
    found = asked(told, "2024-03-15")
    measured = engine.measure(told.book, "weighted_pipeline", period=MARCH).total.value
    assert found.total.pipeline.mid == to_scaled(measured) > 0


def test_people_and_the_deals_of_nobody_make_the_whole(told: Team):
    for owner in (told.li, told.wang, None) * 20:
        told.add("2024-03-01", amount="100", expected_close="2024-03-20", owner=owner)
    found = asked(told, "2024-03-15")
    assert [one.label for one in found.people] == ["李娜", "王强", "(none)"]
    for name in ("commitment", "pipeline"):
        parts = [getattr(one, name).mid for one in found.people]
        assert sum(parts) == getattr(found.total, name).mid
    one_for_all = sum(one.pipeline.high - one.pipeline.low for one in found.people)
    assert found.total.pipeline.high - found.total.pipeline.low < one_for_all


def test_both_bridges_lead_from_reading_to_reading(told: Team):
    told.add("2024-03-01", amount="100", expected_close="2024-03-20", forecast_category="commit")
    moving = told.add("2024-03-01", amount="60", expected_close="2024-03-20", owner=told.wang)
    commit(told, "2024-03-02", told.li, "90")
    told.set("2024-03-12", moving, stage="谈判", amount="80", forecast_category="commit")
    commit(told, "2024-03-13", told.li, "150")
    before, found = asked(told, "2024-03-08"), asked(told, "2024-03-15")
    for old, new, bridge in (
        (before.total.pipeline, found.total.pipeline, found.pipeline_bridge),
        (before.total.commitment, found.total.commitment, found.commitment_bridge),
    ):
        assert (bridge.start, bridge.end) == (old.mid, new.mid)
        assert bridge.start + sum(one.amount for one in bridge.items) == bridge.end
    [deals, words] = found.commitment_bridge.items
    assert (deals.kind, deals.amount) == ("category", 80 * SCALE)
    assert (words.kind, words.amount) == ("stated", 60 * SCALE)
    assert found.name(words, words.parts[0]).label == "李娜"
    assert {one.kind: one.amount // SCALE for one in found.pipeline_bridge.items} == {
        "amount": 10,
        "probability": 20,
    }


def test_of_one_person_deals_come_and_go_with_their_owner(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-12", id, owner=told.wang)
    his = asked(told, "2024-03-15", person=told.wang)
    assert [one.label for one in his.people] == ["王强"]
    assert units(his.total.pipeline) == (0, 50, 100)
    assert (his.pipeline_bridge.start, his.pipeline_bridge.end) == (0, 50 * SCALE)
    [item] = his.pipeline_bridge.items
    assert (item.kind, his.name(item, item.parts[0]).owner) == ("owner", "王强")
    assert asked(told, "2024-03-15").pipeline_bridge.items == ()


def test_odds_that_came_true_too_seldom_lower_the_range_and_are_told(told: Team):
    with told.book.change("history", keep_history=False) as change:
        names = ("opened_on", "closed_on", "status", "amount")
        ids = change.add_many(
            "opportunity",
            names,
            [
                (day("2024-01-01"), day("2024-01-31"), "lost" if one else "won", 1)
                for one in range(20)
            ],
        )
        steps = [(id, day("2024-01-02"), told.stages["报价"]) for id in ids]
        steps += [(id, day("2024-01-30"), told.stages["谈判"]) for id in ids]
        change.add_many("stage_change", ("opportunity", "at", "stage"), steps)
    told.dated(day("2024-02-01"))
    for _ in range(20):
        told.add("2024-03-01", amount="10", expected_close="2024-03-20")
    found = asked(told, "2024-03-15")
    assert (found.doubt.n, found.doubt.won, found.doubt.expected) == (20, 1, 10)
    assert units(found.total.pipeline)[1:] == (101, 101)
    low, _, _ = units(found.total.pipeline)
    assert low < found.total.pipeline.calibrated / SCALE < 60
    said = (
        "Stated odds turned out too high: of 20 closed deals 10 were to be won by them and 1 were"
    )
    assert any(said in one for one in notes(found, "CNY"))


def test_an_empty_book_forecasts_nothing_and_says_so(told: Team):
    found = asked(told, "2024-03-15")
    assert units(found.total.pipeline) == units(found.total.commitment) == (0, 0, 0)
    assert found.total.data_age is None
    assert found.pipeline_bridge.items == found.commitment_bridge.items == ()


def test_imported_history_is_said_to_be_reconstructed(told: Team):
    with told.book.change("import", keep_history=False) as change:
        change.add_many(
            "opportunity",
            ("opened_on", "closed_on", "status", "amount", "owner"),
            [(day("2024-02-01"), day("2024-03-10"), "won", 100, told.li)],
        )
    found = asked(told, "2024-03-15")
    assert found.total.tally.won == 100 * SCALE
    assert {one.kind: one.amount // SCALE for one in found.pipeline_bridge.items} == {"won": 100}
    assert notes(found, "CNY")[0].startswith(
        "1 of 1 deals (100%) entered the book after 2024-03-15"
    )
    assert found.total.data_age == 5
