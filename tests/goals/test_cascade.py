"""A goal is split over people and time; its parts come to it exactly, and what doesn't is named."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import texts
from models.calendar.person_days import PersonDays
from models.goals.cascade import cascade, goal_of
from models.goals.parts import Plan, rebalance, with_leave
from models.goals.weights import before
from models.refusals import Refused
from tests.goals.goal_books import Team

TODAY = date(2026, 4, 1)
CENT = Decimal("0.01")


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path)
    yield made
    made.book.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A book that is only read, with the split of a goal over people and months."""
    texts.set_language("en")
    made = Team(tmp_path_factory.mktemp("shared"))
    made.quarters()
    goal = made.goal(target=1_000_000, floor=800_000, stretch=1_200_000)
    plan = Plan("history", ("managers", "people", "months"))
    yield cascade(made.book, goal, plan, TODAY)
    made.book.close()


def shown(made) -> dict[str, Decimal]:
    return {one.label: one.target for one in made.parts}


def test_by_working_days_people_with_leave_get_less(team):
    with team.book.change("leave") as change:
        change.add(
            "leave",
            {
                "person": team.people["李乙"],
                "starts_on": date(2026, 6, 1),
                "ends_on": date(2026, 6, 30),
            },
        )
    made = cascade(team.book, team.goal(target=100_000), Plan(), TODAY)
    parts = shown(made)
    assert set(parts) == {
        "孙甲",
        "李乙",
        "周丙",
        "吴丁",
    }  # who leads and sells nothing gets no part
    assert made.sum == 100_000
    assert parts["孙甲"] == parts["周丙"] > parts["李乙"]
    days = {one.label: one.days for one in made.parts}
    exact = Decimal(100_000) * days["李乙"] / sum(days.values())
    assert abs(parts["李乙"] - exact) < CENT
    assert {one.label for one in made.left_out} == {"赵经理", "钱经理"}


def test_a_new_hire_carries_what_the_ramp_allows_and_nothing_before_the_first_day(team):
    with team.book.change("hire") as change:
        ramp = {"hire_date": date(2026, 4, 1), "ramp_profile": "0% 50% 100%"}
        change.set("salesperson", team.people["吴丁"], ramp)
        change.set("salesperson", team.people["周丙"], {"hire_date": date(2026, 7, 1)})
    made = cascade(team.book, team.goal(target=100_000), Plan(over=("people", "months")), TODAY)
    parts = {one.label: one for one in made.parts}
    assert [(one.label, one.reason) for one in made.left_out][-1:] == [
        ("钱经理", "leads others and has no record of the year before")
    ]
    assert ("周丙", "no working days in 2026-Q2") in {
        (one.label, one.reason) for one in made.left_out
    }
    april, may, june = (one.target for one in parts["吴丁"].parts)
    assert april == 0
    assert 0 < may < june
    assert made.sum == 100_000


def test_teams_get_what_their_people_carry(team):
    with team.book.change("teams") as change:
        south = change.add("team", {"name": "华南"})
        change.set("salesperson", team.people["孙甲"], {"team": south})
        change.set("salesperson", team.people["李乙"], {"team": south})
    made = cascade(team.book, team.goal(target=100_000), Plan(over=("teams", "people")), TODAY)
    assert [(one.label, one.level, one.team, one.target) for one in made.parts] == [
        ("华南", "team", south, 50_000),
        ("吴丁", "person", None, 25_000),
        ("周丙", "person", None, 25_000),
    ]
    assert {one.label for one in made.parts[0].parts} == {"孙甲", "李乙"}
    assert made.parts[1].parts == ()  # who is in no team has a part already


def test_who_stands_alone_beside_managers_gets_one_part_and_its_months(team):
    with team.book.change("alone") as change:
        change.set("salesperson", team.people["吴丁"], {"manager": None})
    plan = Plan(over=("managers", "people", "months"))
    made = cascade(team.book, team.goal(target=100_000, measure="pipeline_amount"), plan, TODAY)
    alone = next(one for one in made.parts if one.label == "吴丁")
    assert [one.period.label for one in alone.parts] == ["2026-04", "2026-05", "2026-06"]
    assert {one.target for one in alone.parts} == {alone.target}  # at the end: not over time
    assert len({one.key for one in made.leaves}) == len(made.leaves)


def test_by_history_whoever_brought_more_carries_more_and_thin_history_leads_to_equal_shares(team):
    team.quarters()
    rich = shown(cascade(team.book, team.goal(target=60_000), Plan("history"), TODAY))
    assert max(rich["李乙"], rich["周丙"], rich["吴丁"]) - rich["吴丁"] <= CENT
    # 120 records count 120 / 130: the share lies between the half that it was and a quarter.
    # The mean of all is 1.5 times what each of the others brought, 孙甲's own is 2 times the mean.
    weight = Decimal(120) / 130
    own = weight * 2 + (1 - weight)
    assert abs(rich["孙甲"] - 60_000 * own / 4) < CENT


def test_one_lucky_deal_says_little(team):
    team.won("孙甲", date(2026, 1, 15), 9_000)
    team.won("李乙", date(2026, 1, 15), 1_000)
    parts = shown(cascade(team.book, team.goal(target=10_000), Plan("history"), TODAY))
    assert set(parts) == {"孙甲", "李乙"}
    assert Decimal(5_000) < parts["孙甲"] < Decimal(5_800)  # 90 % of the past, one record


def test_who_had_no_record_is_left_out_by_name_but_new_hires_are_not(team):
    team.won("孙甲", date(2026, 1, 15), 1_000, 5)
    with team.book.change("hire") as change:
        change.set("salesperson", team.people["吴丁"], {"hire_date": date(2026, 3, 2)})
    made = cascade(team.book, team.goal(target=10_000), Plan("history"), TODAY)
    assert set(shown(made)) == {"孙甲", "吴丁"}
    assert "no record in 2025-Q4, 2026-Q1" in {one.reason for one in made.left_out}


def test_a_book_without_history_is_split_by_working_days_and_says_so(team):
    made = cascade(team.book, team.goal(target=10_000), Plan("history"), TODAY)
    assert set(shown(made).values()) == {Decimal(2_500)}
    assert any("no records" in one for one in made.notes)


def test_managers_get_what_their_people_carry(shared):
    for manager in shared.parts:
        assert manager.level == "team"
        assert sum(one.target for one in manager.parts) == manager.target
        for person in manager.parts:
            assert [one.period.label for one in person.parts] == ["2026-04", "2026-05", "2026-06"]
            assert sum(one.target for one in person.parts) == person.target
    for name, whole in shared.goal.amounts.items():
        assert sum(one.amounts[name] for one in shared.leaves) == whole
    assert shared.mismatches == ()


def test_a_year_gives_quarters_months_and_weeks_that_cover_every_day_once(team):
    year = team.goal(period="2026", target=Decimal("1000000.01"))
    for axis, count in (("quarters", 4), ("months", 12)):
        made = cascade(team.book, year, Plan("working_days", (axis,)), TODAY)
        assert len(made.parts) == count
        assert made.sum == Decimal("1000000.01")
    weeks = cascade(team.book, year, Plan("working_days", ("weeks",)), TODAY).parts
    assert weeks[0].period.start == date(2026, 1, 1)
    assert weeks[-1].period.end == date(2027, 1, 1)
    assert all(a.period.end == b.period.start for a, b in itertools.pairwise(weeks))
    assert weeks[0].period.label == "2026-01-01..2026-01-04"  # cut: its week began in 2025
    assert weeks[1].period.label == "2026-W02"


def test_a_piece_of_a_week_that_nobody_works_goes_to_the_week_beside_it(team):
    goal = team.goal(period="2026-02", target=1_000)  # 1 February is a Sunday
    made = cascade(team.book, goal, Plan("working_days", ("weeks",)), TODAY)
    assert made.parts[0].period.label == "2026-02-01..2026-02-08"
    assert made.sum == 1_000
    spring = next(one for one in made.parts if one.period.label == "2026-W08")
    assert spring.target == 0  # Spring Festival: a whole week off stays a week


def test_a_week_over_two_months_is_weighed_piece_by_piece(team):
    for month, times in ((1, 10), (2, 20), (3, 60)):
        team.won("孙甲", date(2026, month, 12), 1_000, times)
    goal = team.goal(level="person", person="孙甲", target=100_000)
    plan = Plan("history", ("weeks",), (team.book.calendar.try_parse("2026-Q1"),))
    made = cascade(team.book, goal, plan, TODAY)
    factors, days = made.grounds.factors, made.grounds.days
    assert factors[1] < factors[2] < factors[3]
    week = next(one for one in made.parts if one.period.label == "2026-W18")  # 27 April – 3 May
    row = team.people["孙甲"]
    rate = made.grounds.rates[row]
    april = factors[1] * int(days(row, date(2026, 4, 27), date(2026, 4, 30)))
    may = factors[2] * int(days(row, date(2026, 5, 1), date(2026, 5, 3)))
    assert week.weight == rate * (april + may)


def test_by_season_months_follow_what_past_years_did(team):
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            team.won("孙甲", date(year, month, 15), 1_000, 30 if month == 6 else 10)
    goal = team.goal(target=90_000)
    made = cascade(team.book, goal, Plan("season", ("months",)), TODAY)
    april, _may, june = (one.target for one in made.parts)
    assert june > 2 * april
    assert made.sum == 90_000
    assert "36 months" in made.notes[0] or "39 months" in made.notes[0]


def test_rates_are_handed_down_as_they_stand(team):
    goal = team.goal(measure="win_rate", target=Decimal("0.55"))
    made = cascade(team.book, goal, Plan("working_days", ("people", "months")), TODAY)
    assert {one.target for one in made.leaves} == {Decimal("0.55")}
    assert not made.adds_up
    assert made.mismatch is None
    assert "never averaged" in made.notes[0]


def test_what_stands_at_a_periods_end_is_split_over_people_but_not_over_time(team):
    goal = team.goal(measure="pipeline_amount", target=400)
    made = cascade(team.book, goal, Plan("working_days", ("people", "months")), TODAY)
    assert {one.target for one in made.parts} == {Decimal(100)}
    assert {one.target for one in made.leaves} == {Decimal(100)}


def test_counts_are_split_into_whole_ones(team):
    made = cascade(team.book, team.goal(measure="won_count", target=10), Plan(), TODAY)
    assert sorted(one.target for one in made.parts) == [2, 2, 3, 3]


def test_whole_hundreds_leave_a_rest_that_is_named(team):
    goal = team.goal(target=Decimal("10050.50"))
    made = cascade(team.book, goal, Plan(step=Decimal(100)), TODAY)
    assert all(one.target % 100 == 0 for one in made.parts)
    assert made.mismatch is not None
    assert made.mismatch.difference == Decimal("-50.50")


def test_parts_by_hand_stay_and_the_others_share_the_rest(shared):
    first, _second = shared.parts
    made = rebalance(shared, {first.key: Decimal("123456.78")})
    assert made.parts[0].target == Decimal("123456.78")
    assert made.parts[0].locked
    assert made.parts[1].target == Decimal("876543.22")
    assert made.mismatches == ()
    assert sum(one.target for one in made.leaves) == 1_000_000
    assert sum(one.amounts["floor"] for one in made.parts) == 800_000
    assert rebalance(made, {}).parts == shared.parts


def test_parts_by_hand_that_miss_the_whole_are_named_in_words(shared):
    locked = {one.key: Decimal(490_000) for one in shared.parts}
    lost = rebalance(shared, locked).mismatch
    assert lost is not None
    assert (lost.sum, lost.difference) == (980_000, -20_000)
    assert lost.text == "The parts come to ¥980,000.00, ¥20,000.00 below ¥1,000,000.00."
    above = rebalance(shared, {shared.parts[0].key: Decimal(1_100_000)})
    assert above.parts[1].target == 0
    assert above.mismatch is not None
    assert above.mismatch.text.endswith("¥100,000.00 above ¥1,000,000.00.")


@given(st.lists(st.tuples(st.integers(0, 17), st.integers(0, 10**8)), max_size=6))
def test_whatever_is_locked_each_level_comes_to_its_whole_or_says_that_it_does_not(shared, picks):
    nodes = [*shared.parts, *(two for one in shared.parts for two in one.parts), *shared.leaves]
    locked = {nodes[at % len(nodes)].key: Decimal(cents) / 100 for at, cents in picks}
    made = rebalance(shared, locked)
    told = {(one.of, one.difference) for one in made.mismatches}

    def hold(of: str, whole: Decimal, parts) -> None:
        if parts:
            total = sum(one.target for one in parts)
            assert total == whole or (of, total - whole) in told
            assert all(one.target >= 0 for one in parts)
        for one in parts:
            hold(one.label or one.period.text(), one.target, one.parts)

    hold("", made.whole, made.parts)


def test_leave_that_is_only_thought_of_moves_the_others_and_reads_nothing(shared):
    person = next(one for two in shared.parts for one in two.parts if one.label == "李乙")
    away = {person.person: ((date(2026, 5, 1), date(2026, 5, 31)),)}
    made = with_leave(shared, away)
    after = next(one for two in made.parts for one in two.parts if one.label == "李乙")
    assert after.days < person.days
    assert after.target < person.target
    assert after.parts[1].target == 0  # all of May
    assert made.sum == shared.whole
    assert with_leave(made, {}).parts == shared.parts
    days: PersonDays = shared.grounds.roster[person.person]
    assert days.equivalent(date(2026, 5, 1), date(2026, 5, 31)) == person.days - after.days


@pytest.mark.parametrize(
    ("values", "plan", "code"),
    [
        ({"measure": None}, Plan(), "no_measure"),
        ({}, Plan(), "no_target"),
        ({"target": 1, "period": None}, Plan(), "no_period"),
        ({"target": 1}, Plan(over=()), "unknown_split"),
        ({"target": 1}, Plan(over=("months", "quarters")), "nothing_to_split"),
        ({"target": 1}, Plan(over=("people", "managers")), "nothing_to_split"),
        ({"target": 1, "level": "person", "person": "孙甲"}, Plan(), "nothing_to_split"),
        ({"target": 1, "period": "2026-05"}, Plan(over=("months",)), "nothing_to_split"),
        ({"target": 1}, Plan("luck"), "unknown_split"),
    ],
)
def test_what_can_not_be_split_is_refused_with_its_reason(team, values, plan, code):
    goal = team.goal(title="t", **values)
    with pytest.raises(Refused) as refused:
        cascade(team.book, goal, plan, TODAY)
    assert refused.value.code == code
    assert "{" not in str(refused.value)


def test_a_goal_of_zero_is_split_into_zeros(team):
    made = cascade(team.book, team.goal(target=0), Plan(), TODAY)
    assert {one.target for one in made.parts} == {Decimal(0)}
    assert made.mismatch is None
    assert goal_of(team.book, made.goal.id).amounts == {"target": Decimal(0)}


def test_the_history_of_a_free_range_is_as_many_months_before_it_or_as_many_days(team):
    calendar = team.book.calendar
    year = calendar.try_parse("2019-07-01..2020-06-30")
    assert [one.label for one in before(year, calendar)] == [
        "2017-07-01..2018-06-30",
        "2018-07-01..2019-06-30",
    ]
    week = calendar.try_parse("2026-04-08..2026-04-14")
    assert before(week, calendar)[1].label == "2026-04-01..2026-04-07"
    assert [one.label for one in before(calendar.try_parse("2026-Q1"), calendar)] == [
        "2025-Q3",
        "2025-Q4",
    ]
