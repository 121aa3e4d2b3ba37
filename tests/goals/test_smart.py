"""The SMART meter: what it finds while a goal is being written, and that it never blocks."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models import texts
from models.calendar.in_book import work_calendar
from models.goals.cascade import cascade
from models.goals.parts import Plan, rebalance, with_leave
from models.goals.prospects import Prospects
from models.goals.smart import examine, judge
from models.goals.smart_draft import draft
from models.goals.vagueness import wording
from tests.goals.goal_books import Team

TODAY = date(2026, 4, 1)


@pytest.fixture
def team(tmp_path: Path):
    made = Team(tmp_path)
    yield made
    made.book.close()


def good(team: Team, **more):
    return {
        "title": "孙甲 二季度赢单 30 万",
        "level": "person",
        "person": team.people["孙甲"],
        "measure": "won_amount",
        "target": "300000",
        "period": "2026-Q2",
        **more,
    }


@pytest.mark.parametrize(
    "title",
    ["努力提升销售工作", "进一步加强客户关系", "争取更好的业绩", "Try to improve sales", "Work hard on renewals"],
)  # fmt: skip
def test_words_of_effort_alone_are_not_specific(team, title):
    found = judge(team.book, {"title": title, "level": "person"}, on=TODAY)
    assert found["S"].state == "open"
    assert found.asks_reason


@pytest.mark.parametrize("title", ["提升", "提升能力", "Improve", "grow the business more", "降低"])
def test_movement_without_a_number_or_an_object_is_not_specific(team, title):
    assert judge(team.book, {"title": title, "level": "person"}, on=TODAY)["S"].state == "open"


@pytest.mark.parametrize(
    "title", ["签下 12 家经销商", "复购率从 30% 提升到 40%", "Sign 12 dealers in Chengdu"]
)
def test_what_says_how_much_of_what_is_specific(team, title):
    assert judge(team.book, {"title": title, "level": "person"}, on=TODAY)["S"].state == "ok"


def test_effort_with_a_number_and_movement_with_key_results_are_only_hinted_at(team):
    def state(title, results=()):
        values = {"title": title, "level": "person"}
        return judge(team.book, values, on=TODAY, key_results=list(results))["S"].state

    assert state("努力拜访 30 家经销商") == "hint"
    assert state("推进与华润的框架协议签署") == "open"
    assert state("推进与华润的框架协议签署", [{"title": "协议", "evidence": "扫描件"}]) == "hint"


def test_vague_words_are_found_in_both_languages():
    assert wording("努力加强").effort == ("加强", "努力")
    assert wording("Trying is not to try").effort == ("try",)
    assert not wording("country entry").effort  # inside other words they mean nothing
    assert wording("2026年二季度").number is False  # a period is no amount


def test_a_measure_and_a_target_say_what_a_vague_title_does_not(team):
    found = judge(team.book, good(team, title="努力提升业绩"), on=TODAY)["S"]
    assert found.state == "hint"
    assert found.values == {"title": "孙甲 Won amount 2026-Q2: ¥300,000.00"}


def test_measurable_asks_for_a_target_or_for_key_results_with_evidence(team):
    def state(values, results=None):
        return judge(team.book, values, on=TODAY, key_results=results)["M"].state

    assert state(good(team)) == "ok"
    assert state(good(team, target=None)) == "open"
    assert state(good(team, target="abc")) == "open"  # half typed
    assert state(good(team, measure=None)) == "open"
    assert state(good(team, measure=None), [{"title": "经销商名册"}]) == "hint"
    assert state(good(team, measure=None), [{"title": "经销商名册", "evidence": "合同"}]) == "ok"


def test_levels_in_the_wrong_order_and_shares_above_all_are_pointed_out(team):
    assert judge(team.book, good(team, floor=400_000), on=TODAY)["M"].state == "hint"
    days = good(team, measure="sales_cycle_days", target=40, floor=50, stretch=30)
    assert judge(team.book, days, on=TODAY)["M"].state == "ok"  # lower is better
    assert (
        judge(team.book, good(team, measure="win_rate", target=55), on=TODAY)["M"].state == "hint"
    )


def test_relevant_names_the_share_of_the_parent_and_what_all_parts_come_to(team):
    parent = team.goal(target=1_000_000, title="公司二季度")
    team.goal(level="person", person="李乙", target=600_000, parent=parent)
    found = judge(team.book, good(team, parent=parent), on=TODAY)["R"]
    assert found.state == "hint"
    assert "30% of “公司二季度”" in found.reason
    assert "come to ¥900,000.00, ¥100,000.00 below" in found.reason
    whole = judge(team.book, good(team, parent=parent, target=400_000), on=TODAY)["R"]
    assert whole.state == "ok"


def test_a_larger_goal_that_it_could_serve_is_offered(team):
    assert judge(team.book, good(team), on=TODAY)["R"].state == "hint"
    company = team.goal(target=1_000_000)
    manager = team.goal(level="team", person="赵经理", target=500_000)
    team.goal(level="team", person="钱经理", target=500_000)
    found = judge(team.book, good(team), on=TODAY)["R"]
    assert (found.state, found.values) == ("open", {"parent": manager})
    other = judge(team.book, good(team, person=team.people["赵经理"]), on=TODAY)["R"]
    assert other.values in ({"parent": company}, {"parent": manager})
    assert judge(team.book, good(team, level="company", person=None), on=TODAY)["R"].state == "ok"


def test_time_bound_looks_at_the_parent_the_calendar_and_the_way(team):
    parent = team.goal(period="2026-Q2", target=1_000_000)

    def time_of(**more):
        return judge(team.book, good(team, **more), on=TODAY)["T"]

    assert time_of(period=None).state == "open"
    assert time_of(period="2026-Q").state == "open"
    assert time_of(period="2026-Q1").state == "open"  # over
    assert time_of(period="2026-H1", parent=parent).state == "open"
    assert time_of(period="2026-05").state == "ok"
    long = time_of()
    assert long.state == "hint"
    assert long.values == {"checkpoints": (date(2026, 4, 30), date(2026, 5, 29))}
    calendar = work_calendar(team.book)
    year = time_of(period="2026")
    assert all(calendar.is_working(one) for one in year.values["checkpoints"])
    assert len(year.values["checkpoints"]) == 8  # those of January to March are over


def test_checkpoints_and_shorter_goals_below_count_as_looking_on_the_way(team):
    row = team.goal(level="person", person="孙甲", target=300_000)
    assert judge(team.book, {}, goal=row, on=TODAY)["T"].state == "hint"
    given = judge(team.book, {}, goal=row, on=TODAY, checkpoints=[date(2026, 5, 8)])
    assert given["T"].state == "ok"
    outside = judge(team.book, {}, goal=row, on=TODAY, checkpoints=[date(2026, 7, 8)])
    assert outside["T"].state == "hint"
    team.goal(level="person", person="孙甲", period="2026-05", target=100_000, parent=row)
    assert judge(team.book, {}, goal=row, on=TODAY)["T"].state == "ok"


def test_achievable_waits_for_the_history_and_then_says_chance_sample_and_levels(team):
    team.quarters()
    values = good(team, target=180_000)
    assert judge(team.book, values, on=TODAY).waiting
    made = draft(team.book, values, on=TODAY)
    prospects = Prospects(team.book, made.what, made.period, made.on)
    reach = prospects.of(made)
    found = judge(team.book, values, on=TODAY, reach=reach)
    assert not found.waiting
    assert found["A"].state in ("ok", "hint")
    assert reach.basis.own == 120  # 20 deals a month for six months
    assert "120 own" in found["A"].reason
    assert "of 2 past periods" in found["A"].reason
    floor, target, stretch = (found["A"].values[one] for one in ("floor", "target", "stretch"))
    assert floor < target < stretch
    assert abs(target - 180_000) < 40_000  # 60 deals of 3,000 a quarter


def test_a_goal_far_above_everything_done_is_open_and_a_tiny_one_almost_sure(team):
    team.quarters()
    wild = good(team, target=2_000_000)
    made = draft(team.book, wild, on=TODAY)
    prospects = Prospects(team.book, made.what, made.period, made.on)
    assert judge(team.book, wild, on=TODAY, reach=prospects.of(made))["A"].state == "open"
    tiny = draft(team.book, good(team, target=20_000), on=TODAY)
    assert prospects.fits(tiny)
    found = judge(team.book, good(team, target=20_000), on=TODAY, reach=prospects.of(tiny))["A"]
    assert found.state == "hint"
    assert "almost surely" in found.reason


def test_leave_lowers_the_chance(team):
    team.quarters()
    made = draft(team.book, good(team, target=180_000), on=TODAY)
    before = Prospects(team.book, made.what, made.period, made.on).of(made)
    with team.book.change("leave") as change:
        change.add(
            "leave",
            {
                "person": team.people["孙甲"],
                "starts_on": date(2026, 5, 1),
                "ends_on": date(2026, 5, 31),
            },
        )
    after = Prospects(team.book, made.what, made.period, made.on).of(made)
    assert after.days < before.days
    assert after.chances["target"].mid < before.chances["target"].mid - 0.1


def test_open_deals_expected_in_the_period_are_counted(team):
    team.quarters()
    with team.book.change("deal") as change:
        change.add(
            "opportunity",
            {
                "owner": team.people["孙甲"],
                "status": "open",
                "opened_on": date(2026, 3, 1),
                "amount": 150_000,
                "probability": Decimal("0.9"),
                "expected_close": date(2026, 5, 20),
            },
        )
    made = draft(team.book, good(team, target=220_000), on=TODAY)
    reach = Prospects(team.book, made.what, made.period, made.on).of(made)
    assert reach.deals == 1


def test_without_any_record_it_is_called_a_guess(team):
    row = team.goal(level="person", person="孙甲", target=1_000)
    found, reach = examine(team.book, row, TODAY)
    assert reach is not None
    assert reach.chances == {}
    assert found["A"].state == "hint"
    assert "guess" in found["A"].reason


def test_a_quotient_of_amounts_has_no_chance_and_says_so(team):
    row = team.goal(measure="discount_rate", target=Decimal("0.1"))
    found, _ = examine(team.book, row, TODAY)
    assert found["A"].state == "hint"


def test_an_open_finding_asks_for_a_reason_and_is_content_with_one(team):
    values = {"title": "努力", "level": "person"}
    assert judge(team.book, values, on=TODAY).asks_reason
    kept = judge(team.book, {**values, "override_reason": "总经理要求"}, on=TODAY)
    assert kept.open
    assert not kept.asks_reason


def test_the_instant_part_keeps_up_with_typing(team):
    team.quarters()
    parent = team.goal(target=1_000_000)
    judge(team.book, good(team, parent=parent), on=TODAY)  # the calendar is read once
    spent = []
    for at in range(20):
        begun = time.perf_counter()
        judge(team.book, good(team, parent=parent, title="孙" * at), on=TODAY)
        spent.append(time.perf_counter() - begun)
    assert sorted(spent)[10] < 0.05


def test_it_speaks_both_languages(team):
    texts.set_language("zh_CN")
    found = judge(team.book, {"title": "努力", "level": "person"}, on=TODAY)
    assert "努力" in found["S"].reason
    assert all(any("一" <= one <= "鿿" for one in each.reason) for each in found.findings)


def test_what_ifs_of_a_split_show_everybodys_chance_before_anything_is_written(team):
    team.quarters()
    goal = team.goal(target=360_000)
    made = cascade(team.book, goal, Plan("history"), TODAY)
    before = team.book.last_change
    prospects = Prospects(team.book, made.goal.definition, made.goal.period, TODAY)
    chances = prospects.of_parts(made)
    assert chances.keys() == {one.key for one in made.parts}
    first = made.parts[0]
    raised = prospects.of_parts(rebalance(made, {first.key: first.target * 2}))
    assert raised[first.key].mid < chances[first.key].mid
    assert all(raised[one.key].mid > chances[one.key].mid for one in made.parts[1:])
    away = {first.person: ((date(2026, 5, 1), date(2026, 6, 30)),)}
    fixed = {one.key: one.target for one in made.parts}
    absent = prospects.of_parts(with_leave(rebalance(made, fixed), away))
    assert absent[first.key].mid < chances[first.key].mid
    assert team.book.last_change == before
