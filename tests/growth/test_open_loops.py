"""Where the loop of a person is open, and that each loop closes by its own step."""

from __future__ import annotations

import json
from datetime import date

import pytest

from models import texts
from models.growth import asked, plan_acts
from models.growth.loops import read
from tests.growth.graded import rate, scored
from tests.today.scenes import team

ON = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def made(tmp_path):
    with team(tmp_path) as one:
        yield one


def kinds(made, on=ON) -> list[str]:
    return [one.kind for one in read(made.book, on)]


def plan(made, **values):
    usual = {"title": "Win more", "person": "Ann", "starts_on": "2026-07-01", "check_on": "2026-09-28"}  # fmt: skip
    return made.add("improvement_plan", **{**usual, **values})


def evaluated(made, *items, **values) -> int:
    cycle = made.add("evaluation_cycle", name="Q2", period="2026-Q2")
    said = json.dumps(scored(made.book, made.ann, *items).as_dict()) if items else None
    return made.add("evaluation", person="Ann", cycle=cycle, status="talk", presented=said, **values)  # fmt: skip


def test_a_book_in_which_everything_is_done_has_no_open_loop(made):
    assert kinds(made) == []


def test_a_goal_to_which_nobody_agreed_is_open_while_its_days_run(made):
    goal = made.add("goal", title="Sales", level="person", person="Ann", period="2026-Q3")
    [one] = read(made.book, ON)
    assert (one.kind, one.name, one.title()) == ("goal", "Ann", "Goal to agree on: Sales")
    assert read(made.book, date(2026, 10, 1)) == ()
    made.set("goal", goal, status="agreed")
    assert kinds(made) == []


def test_an_evaluation_waits_for_its_talk_and_then_for_its_signatures(made):
    row = evaluated(made)
    assert kinds(made) == ["talk"]
    talk = made.add("one_on_one", person="Ann", evaluation=row, held_on="2026-10-02")
    [one] = read(made.book, ON)
    assert (one.kind, one.record, one.when()) == ("hold", ("one_on_one", talk), "in 2 days")
    made.set("one_on_one", talk, status="held")
    assert kinds(made) == ["sign"]


def test_a_talk_that_names_no_evaluation_counts_from_the_day_on_which_the_review_was_done(made):
    evaluated(made, manager_done_at="2026-07-08 10:00")
    talk = made.add("one_on_one", person="Ann", status="held", held_on="2026-07-07")
    assert kinds(made) == ["talk"]
    made.set("one_on_one", talk, held_on="2026-07-08")
    assert kinds(made) == ["sign"]


def test_weak_items_that_the_data_shows_wait_for_a_plan(made):
    row = evaluated(made, rate("Win rate", 8, 40), rate("Few", 1, 3, measure="repeat_rate"))
    made.add("one_on_one", person="Ann", evaluation=row, status="held", held_on="2026-07-10")
    [_, one] = read(made.book, ON)
    assert (one.kind, one.what, one.step()) == ("weak", "Win rate", "Propose plans…")
    plan(made, measure="win_rate", status="running", check_on="2026-12-31")
    assert "weak" not in kinds(made)


def test_what_was_not_presented_yet_is_judged_as_it_stands(made):
    card = made.add("scorecard_template", name="Card", status="active", effective_from="2026-01-01")
    made.add("scorecard_item", scorecard=card, name="Win rate", kind="metric", measure="win_rate", weight=1, reference="fixed", reference_value="0.6")  # fmt: skip
    row = evaluated(made, scorecard=card)
    assert "weak" not in kinds(made)
    for at in range(40):
        made.add("opportunity", name=f"D{at}", customer="Acme", owner="Ann", status="lost" if at % 5 else "won", amount=1, closed_on="2026-05-05")  # fmt: skip
    assert [one.what for one in read(made.book, ON) if one.kind == "weak"] == ["Win rate"]
    [plan] = asked.for_evaluation(made.book, row, ON).proposals
    assert (plan.evaluation, plan.title) == (row, "Win rate: from 20.0% to 40.0%")


def test_weak_items_are_closed_by_any_plan_that_came_from_the_evaluation(made):
    row = evaluated(made, rate("Win rate", 8, 40))
    ended = plan(made, evaluation=row, measure="won_amount", status="running")
    made.set("improvement_plan", ended, verdict="met", verdict_words="OP-1")
    assert "weak" not in kinds(made)


def test_a_plan_waits_to_be_agreed_to_begun_and_checked_and_in_between_it_only_runs(made):
    row = plan(made)
    assert kinds(made) == ["proposed"]
    plan_acts.agree(made.book, [row])
    assert kinds(made, date(2026, 8, 1)) == ["agreed"]
    plan_acts.start(made.book, [row])
    [one] = read(made.book, date(2026, 8, 1))
    assert (one.kind, one.waits, one.when()) == ("runs", False, "in 58 days")
    [one] = read(made.book, ON)
    assert (one.kind, one.waits, one.when()) == ("check", True, "2 days overdue")
    plan_acts.decide(made.book, row, "met", "26 of 40: OP-1")
    assert kinds(made) == []


def test_a_promise_is_open_once_it_is_overdue_and_an_appeal_until_it_is_answered(made):
    talk = made.add("one_on_one", person="Ann", status="held", held_on="2026-07-10")
    promise = made.add("promise", talk=talk, title="Send the list", due="2026-09-29")
    assert kinds(made, date(2026, 9, 29)) == []
    assert kinds(made) == ["promise"]
    made.set("promise", promise, status="kept")
    row = evaluated(made)
    appeal = made.add("appeal", evaluation=row, person="Ann", reason="One deal is missing", answer_due="2026-09-20")  # fmt: skip
    assert kinds(made) == ["appeal", "talk"]
    made.set("appeal", appeal, status="answered", answer="It was counted in Q3")
    assert kinds(made) == ["talk"]


def test_nobody_who_has_left_keeps_a_loop_open(made):
    plan(made)
    made.set("salesperson", made.ann, status="left")
    assert kinds(made) == []
