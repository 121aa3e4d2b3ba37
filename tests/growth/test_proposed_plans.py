"""Which plans an evaluation proposes: for what is weak and shown to be so, and for nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models import texts
from models.growth import plan_acts, plans
from tests.growth.graded import LAST, ON, amount, judged, rate, scored
from tests.today.scenes import team


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def made(tmp_path):
    with team(tmp_path) as one:
        yield one


def proposed(made, *items, others=()):
    mine = scored(made.book, made.ann, *items)
    return plans.propose(made.book, mine, [mine, *others], ON)


def test_a_rate_that_is_low_beyond_chance_gets_a_plan_with_what_shows_it(made):
    [one] = proposed(made, rate("Win rate", 8, 40)).proposals
    assert one.title == "Win rate: from 20.0% to 40.0%"
    assert (one.measure, one.baseline, one.target) == ("win_rate", Decimal("0.2"), Decimal("0.4"))
    assert "OP-0" in one.evidence
    assert "and 28 more" in one.evidence
    assert "half the way from 20.0% to 60.0%" in one.evidence
    assert LAST < one.starts_on < one.check_on
    assert [step.kind for step in one.steps] == ["task", "course"]
    assert all(one.starts_on <= step.due <= one.check_on for step in one.steps)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (rate("Win rate", 1, 3), "only 3 records are behind it"),
        (rate("Win rate", 11, 24), "can't be told from what it is measured against"),
        (rate("Win rate", 8, 40, None), "there is nothing to compare it with"),
        (amount("Sales", (100, 3000, 50, 70, 80, 900), 6000), "can't be told from"),
        (judged("Teamwork", 2, ()), "names no record"),
    ],
)
def test_nothing_is_proposed_where_the_data_cannot_tell_and_it_is_said_why(made, item, why):
    made_of = proposed(made, item)
    assert made_of.proposals == ()
    [said] = made_of.withheld
    assert why in said


def test_what_is_missing_or_has_full_points_is_not_spoken_of(made):
    items = rate("Win rate", 8, 40, score=Decimal(100)), rate("Rate", 0, 0, missing="no records", score=None)  # fmt: skip
    assert proposed(made, *items) == plans.Proposed((), ())


def test_no_sale_where_colleagues_show_how_many_there_would_be_is_evidence(made):
    mine = amount("Sales", (), 9000, id=card_item(made))
    ben = scored(made.book, made.ben, amount("Sales", [300] * 30, 9000, id=mine.item))
    assert proposed(made, mine).proposals == ()
    assert len(proposed(made, mine, others=[ben]).proposals) == 1


def test_a_mentor_is_a_colleague_who_is_told_apart_as_better_and_works_here(made):
    weak = rate("Win rate", 8, 40, id=card_item(made))
    near = scored(made.book, made.ben, rate("Win rate", 12, 40, id=weak.item))
    far = scored(made.book, made.cai, rate("Win rate", 30, 40, id=weak.item))
    mentors = [s.mentor for s in proposed(made, weak, others=[near]).proposals[0].steps if s.mentor]
    assert mentors == []
    steps = proposed(made, weak, others=[near, far]).proposals[0].steps
    assert [step.mentor for step in steps if step.mentor] == [made.cai]
    made.set("salesperson", made.cai, status="left")
    steps = proposed(made, weak, others=[near, far]).proposals[0].steps
    assert [step.mentor for step in steps if step.mentor] == []


def card_item(made) -> str:
    card = made.add("scorecard_template", name="Card")
    row = made.add("scorecard_item", scorecard=card, name="Win rate", measure="win_rate", weight="0.5")  # fmt: skip
    return made.book.public_id("scorecard_item", row)


def test_the_target_is_the_median_of_colleagues_where_that_is_nearer(made):
    weak = rate("Win rate", 8, 40, "0.9", id=card_item(made))
    others = [
        scored(made.book, row, rate("Win rate", won, 40, id=weak.item))
        for row, won in ((made.ben, 10), (made.cai, 12), (made.ben, 20))
    ]
    [one] = proposed(made, weak, others=others).proposals
    assert one.target == Decimal("0.3")
    assert "the median of 3 colleagues" in one.evidence


def test_a_sum_is_told_for_the_working_days_of_the_plan(made):
    [one] = proposed(made, amount("Sales", [100] * 20, 6000)).proposals
    assert one.baseline != Decimal(2000)
    assert one.target / one.baseline == pytest.approx(2)
    assert "for the working days of the plan" in one.evidence


def test_a_judged_item_asks_for_one_level_more(made):
    [one] = proposed(made, judged("Teamwork", 2)).proposals
    assert (one.measure, one.baseline, one.target) == ("", 2, 3)
    assert one.title == "Teamwork: from level 2 to level 3"
    assert "FE-1" in one.evidence


def test_a_good_level_is_not_called_weak_though_it_gives_less_than_full_points(made):
    assert proposed(made, judged("Teamwork", 4)) == plans.Proposed((), ())
    assert len(proposed(made, judged("Teamwork", 3)).proposals) == 1


def test_the_three_items_that_cost_most_come_first_and_the_rest_is_said(made):
    items = [
        rate(f"Rate {at}", 8, 40, score=Decimal(at * 10), measure=code)
        for at, code in enumerate(("win_rate", "task_done_rate", "repeat_rate", "receipt_rate"), 1)
    ]
    found = proposed(made, *items)
    assert [one.title[:6] for one in found.proposals] == ["Rate 1", "Rate 2", "Rate 3"]
    assert found.withheld == ("Rate 4: 3 plans at a time are enough.",)


def test_accepting_is_one_change_that_makes_plans_steps_and_tasks_and_one_undo_takes_it_back(made):
    found = proposed(made, rate("Win rate", 8, 40), judged("Teamwork", 2))
    before = made.book.last_change
    first, _second = plan_acts.accept(made.book, found.proposals)
    assert made.book.last_change == before + 1
    assert made.book.record("improvement_plan", first)["status"] == "agreed"
    steps = made.book.rows("plan_action", made.book.ids("plan_action"), ["kind", "task", "plan"])
    assert [bool(task) for kind, task, _ in steps if kind == "task"] == [True, True]
    assert not any(task for kind, task, _ in steps if kind != "task")
    [owner, *_] = made.book.rows("task", made.book.ids("task"), ["owner"])
    assert owner[0].id == made.ann
    made.book.undo()
    assert [made.book.count(one) for one in ("improvement_plan", "task", "plan_action")] == [
        0,
        0,
        0,
    ]


def test_what_a_plan_is_about_already_is_not_proposed_again(made):
    plan_acts.save(made.book, proposed(made, rate("Win rate", 8, 40)).proposals)
    again = proposed(made, rate("Win rate", 8, 40))
    assert again.proposals == ()
    assert "is about it already" in again.withheld[0]


def test_a_proposal_begins_on_the_day_when_the_period_is_long_over(made):
    mine = scored(made.book, made.ann, rate("Win rate", 8, 40))
    [one] = plans.propose(made.book, mine, (), date(2026, 9, 16)).proposals
    assert one.starts_on == date(2026, 9, 16)
