"""What comes in for a plan by itself: its measure with its noise, its steps, feedback, and what that speaks for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models import texts
from models.evaluations.scoring import scored
from models.growth import evidence, evidence_words
from models.growth.openings import openings
from tests.today.scenes import team

CHECK = date(2026, 9, 30)
FIRST = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def made(tmp_path):
    with team(tmp_path) as one:
        yield one


def plan(made, **values):
    usual = {
        "title": "Win more", "person": "Ann", "starts_on": FIRST, "check_on": CHECK,
        "measure": "win_rate", "baseline": "0.2", "target": "0.6", "status": "running",
    }  # fmt: skip
    return made.add("improvement_plan", **{**usual, **values})


def deals(made, first: date, won: int, of: int, amount: int = 100) -> None:
    with made.book.change("Deals") as change:
        for at in range(of):
            status = "won" if at < won else "lost"
            day = first + timedelta(days=at % 80)
            change.add("opportunity", {"name": f"D{first}{at}", "customer": "Acme", "owner": "Ann", "status": status, "amount": amount, "opened_on": day, "closed_on": day})  # fmt: skip


def stand(made, row, on=CHECK):
    return evidence.progress(made.book, [row], on)[row]


def test_a_rate_that_rose_beyond_chance_is_better_and_the_target_is_met(made):
    deals(made, FIRST - timedelta(days=85), 8, 40)
    deals(made, FIRST, 26, 40)
    one = stand(made, plan(made))
    assert (one.value, one.n, one.told, one.verdict) == (Decimal("0.65"), 40, "better", "met")
    said = evidence_words.value(one, "CNY")
    assert said == "Win rate since the plan began: 65.0% (40 records), target by now 60.0%, that is better than before, beyond what chance explains."  # fmt: skip


def test_what_chance_explains_is_said_even_where_the_target_is_met(made):
    deals(made, FIRST - timedelta(days=85), 5, 10)
    deals(made, FIRST, 6, 10)
    one = stand(made, plan(made, baseline="0.5", target="0.55"))
    assert (one.told, one.verdict) == ("cant_tell", "met")
    assert "can't tell yet: chance alone explains" in evidence_words.value(one, "CNY")
    assert "Chance alone could have brought it." in evidence_words.why(one)


def test_with_fewer_than_five_records_it_can_not_be_told_and_the_plan_goes_on(made):
    deals(made, FIRST, 4, 4)
    one = stand(made, plan(made))
    assert (one.told, one.verdict) == ("cant_tell", "continued")
    assert "can't tell yet: fewer than 5 records" in evidence_words.value(one, "CNY")
    none = stand(made, plan(made, title="Empty", person="Ben"))
    assert (none.value, none.n, none.verdict) == (None, 0, "continued")


def test_half_of_the_way_is_partly_and_less_that_is_surely_off_the_target_is_not_met(made):
    deals(made, FIRST, 42, 100)
    assert stand(made, plan(made)).verdict == "partly"
    assert stand(made, plan(made, title="More", target="0.9")).verdict == "not_met"


def test_a_sum_is_compared_with_the_part_of_the_target_for_the_days_so_far(made):
    deals(made, FIRST, 30, 30, amount=100)
    row = plan(made, measure="won_amount", baseline=2000, target=6000)
    half = stand(made, row, FIRST + timedelta(days=45))
    assert half.days[0] / half.days[1] == pytest.approx(float(half.aim) / 6000)
    assert not half.ready
    assert stand(made, row).aim == 6000
    assert "target by now" in evidence_words.value(half, "CNY")


def test_what_comes_after_the_check_or_before_the_beginning_does_not_count(made):
    deals(made, FIRST, 26, 40)
    deals(made, CHECK + timedelta(days=1), 0, 40)
    row = plan(made)
    assert stand(made, row, CHECK + timedelta(days=60)).n == 40
    assert len(evidence_words.ids(stand(made, row), made.book)) == 40


def test_a_lower_value_is_better_where_the_measure_says_so(made):
    with made.book.change("Deals") as change:
        for start, days in ((FIRST - timedelta(days=80), 60), (FIRST, 20)):
            for at in range(12):
                opened = start + timedelta(days=at)
                change.add("opportunity", {"name": f"{start}{at}", "customer": "Acme", "owner": "Ann", "status": "won", "amount": 1, "opened_on": opened - timedelta(days=days + at % 3), "closed_on": opened})  # fmt: skip
    one = stand(made, plan(made, measure="sales_cycle_days", baseline=61, target=40))
    assert (one.told, one.verdict) == ("better", "met")


def test_a_judged_plan_waits_for_the_next_judgement_and_then_that_speaks(made):
    card = made.add("scorecard_template", name="Card")
    item = made.add("scorecard_item", scorecard=card, name="Asking", kind="rating", weight=1)
    row = plan(made, measure=None, item=item, baseline=2, target=3)
    assert stand(made, row).verdict == "continued"
    assert evidence_words.value(stand(made, row), "CNY") == "Nobody has judged it since the plan began."  # fmt: skip
    shown = made.book.public_id(
        "activity", made.add("activity", customer="Acme", person="Ann", at="2026-09-01 10:00")
    )
    cycle = made.add("evaluation_cycle", name="Q3", period="2026-Q3")
    with made.book.change("Levels") as change:
        told = change.add("evaluation", {"person": "Ann", "cycle": cycle})
        change.add("evaluation_rating", {"evaluation": told, "item": item, "rated_by": "manager", "level": 3, "cites": shown})  # fmt: skip
        change.set("evaluation", told, {"manager_done_at": "2026-09-20 10:00"})
    one = stand(made, row)
    assert (one.value, one.verdict, one.records[0][0]) == (3, "met", "evaluation_rating")


def test_steps_and_feedback_speak_where_nothing_is_measured_and_nobody_judged(made):
    skill = made.add("skill", name="Asking")
    row = plan(made, measure=None, baseline=None, target=None, skill=skill)
    made.add("plan_action", plan=row, title="Read", done_on="2026-07-20")
    made.add("plan_action", plan=row, title="Try")
    assert (stand(made, row).done, stand(made, row).steps) == (1, 2)
    assert stand(made, row).verdict == "partly"
    for step in made.book.ids("plan_action"):
        made.set("plan_action", step, done_on="2026-08-20")
    about = {"person": "Ann", "situation": "At Acme", "given_on": "2026-08-30", "kind": "strength"}
    made.add("feedback", **about, skill=skill)
    made.add("feedback", **{**about, "given_on": "2026-06-30"}, skill=skill)
    made.add("feedback", **{**about, "situation": "Another"})
    one = stand(made, row)
    assert (len(one.feedback), one.good, one.verdict) == (1, 1, "met")
    cited = made.book.public_id("improvement_plan", row)
    made.add("feedback", **{**about, "situation": "Cited", "kind": "growth"}, cites=cited)
    assert len(stand(made, row).feedback) == 2
    assert set(evidence_words.ids(stand(made, row), made.book)) == {made.book.public_id("feedback", one) for one in stand(made, row).feedback}  # fmt: skip


def test_a_plan_is_due_from_the_day_of_its_check_until_it_has_a_verdict(made):
    row = plan(made)
    plan(made, title="Only proposed", status="proposed")
    assert evidence.due(made.book, CHECK - timedelta(days=1)) == ()
    assert evidence.due(made.book, CHECK + timedelta(days=9)) == (row,)
    made.set("improvement_plan", row, verdict="met", verdict_words="26 of 40")
    assert evidence.due(made.book, CHECK + timedelta(days=9)) == ()


def test_today_tells_a_plan_a_week_ahead_on_its_day_and_when_it_is_long_over(made):
    plan(made)
    said = {day: [one.severity for one in made.lines("plan_check", CHECK + timedelta(days=day))] for day in (-8, -7, 0, 14)}  # fmt: skip
    assert said == {-8: [], -7: ["soon"], 0: ["today"], 14: ["now"]}
    [line] = made.lines("plan_check", CHECK)
    assert (line.title, line.reason, line.action) == ("Check the plan: Win more", "Plan of Ann, due today.", "verdict")  # fmt: skip


def test_the_next_cycle_opens_with_the_verdict_and_with_what_is_still_open(made):
    cycles = [made.add("evaluation_cycle", name=one, period=one) for one in ("2026-Q2", "2026-Q3")]
    before, now = (made.add("evaluation", person="Ann", cycle=one) for one in cycles)
    ended = plan(made, title="Ended", evaluation=before, status="running")
    made.set("improvement_plan", ended, verdict="partly", verdict_words="16 of 40: OP-1\nmore", result="0.4")  # fmt: skip
    still = plan(made, title="Still", evaluation=before, check_on="2026-11-30")
    plan(made, title="Of this one", evaluation=now, starts_on="2026-09-30", check_on="2026-12-31")
    plan(made, title="Of Ben", person="Ben")
    old = plan(made, title="Long ago", starts_on="2026-01-01", check_on="2026-03-31")
    made.set("improvement_plan", old, verdict="met", verdict_words="yes 1")
    found = openings(made.book, now)
    assert [one.plan for one in found] == [ended, still]
    assert found[0].text() == "Ended: Partly met; reached 40.0% from 20.0%, target 60.0% (2026-07-01 to 2026-09-30). 16 of 40: OP-1"  # fmt: skip
    assert found[1].text() == "Still: Running, from 20.0% to 60.0%, checked on 2026-11-30."
    [sheet] = scored(made.book, cycle_of(made, now), None, CHECK)
    assert list(sheet.notes[:2]) == [f"Plan to improve: {one.text()}" for one in found]


def cycle_of(made, evaluation: int) -> int:
    return int(made.book.record("evaluation", evaluation)["cycle"].id)
