"""An improvement plan never vanishes: it ends with a verdict and what that rests on, or it goes on."""

from __future__ import annotations

from datetime import date

import pytest

from models import texts
from models.growth import plan_acts
from models.refusals import Refused
from tests.sheets.bringing import bring
from tests.today.scenes import team

END = {"verdict": "met", "verdict_words": "12 of 20 won: OP-1"}


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def made(tmp_path):
    with team(tmp_path) as one:
        yield one


def plan(made, **values):
    usual = {
        "title": "Win more", "person": "Ann", "starts_on": "2026-07-01", "check_on": "2026-09-30",
        "measure": "win_rate", "baseline": "0.2", "target": "0.4",
    }  # fmt: skip
    return made.add("improvement_plan", **{**usual, **values})


def refused(made, row, **values) -> str:
    with pytest.raises(Refused) as found:
        made.set("improvement_plan", row, **values)
    return found.value.code


def of(made, row, name):
    return made.book.record("improvement_plan", row)[name]


def test_a_plan_is_proposed_agreed_run_ended_and_closed(made):
    row = plan(made)
    plan_acts.agree(made.book, [row])
    plan_acts.start(made.book, [row])
    assert plan_acts.decide(made.book, row, "partly", "6 of 20: OP-1", on=date(2026, 9, 30)) is None
    assert (of(made, row, "status"), of(made, row, "verdict")) == ("partly", "partly")
    plan_acts.close(made.book, [row], date(2026, 10, 2))
    assert (of(made, row, "status"), of(made, row, "closed_on")) == ("closed", date(2026, 10, 2))


def test_a_plan_does_not_end_without_a_verdict_nor_without_what_it_rests_on(made):
    row = plan(made, status="running")
    assert refused(made, row, status="closed") == "no_verdict"
    assert refused(made, row, status="met") == "no_evidence"
    assert refused(made, row, verdict="continued", verdict_words="  ") == "no_evidence"
    assert refused(made, row, status="met", verdict="partly", verdict_words="x") == "other_verdict"
    assert of(made, row, "status") == "running"


def test_what_has_a_verdict_does_not_lose_it_and_what_is_closed_stays_closed(made):
    row = plan(made, status="running")
    made.set("improvement_plan", row, **END)
    assert refused(made, row, verdict="") == "no_verdict"
    assert refused(made, row, verdict_words="") == "no_evidence"
    assert refused(made, row, status="proposed") == "not_next"
    plan_acts.close(made.book, [row])
    assert refused(made, row, status="running") == "not_next"


def test_another_verdict_needs_words_of_its_own_and_what_is_filed_keeps_its_verdict(made):
    row = plan(made, status="running")
    made.set("improvement_plan", row, **END)
    assert refused(made, row, verdict="not_met") == "no_evidence"
    made.set("improvement_plan", row, verdict="not_met", verdict_words="1 of 20: OP-1")
    assert of(made, row, "status") == "not_met"
    plan_acts.close(made.book, [row])
    assert refused(made, row, verdict="met", verdict_words="after all: OP-2") == "verdict_kept"


def test_a_plan_that_runs_again_has_no_verdict(made):
    row = plan(made, status="running")
    made.set("improvement_plan", row, **END)
    made.set("improvement_plan", row, status="running")
    assert of(made, row, "verdict") is None
    assert refused(made, row, status="running", verdict="met") == "other_verdict"


def test_a_new_plan_may_have_ended_already_but_not_without_evidence(made):
    with pytest.raises(Refused):
        plan(made, status="closed")
    row = plan(made, **END)
    assert of(made, row, "status") == "met"


def test_a_plan_is_not_checked_before_it_begins(made):
    with pytest.raises(Refused) as found:
        plan(made, check_on="2026-06-30")
    assert found.value.code == "check_first"


def test_an_agreed_plan_is_not_removed_a_proposal_is(made):
    rows = [plan(made, title=status, status=status) for status in ("agreed", "running")]
    rows.append(plan(made, title="ended", **END))
    for row in rows:
        with pytest.raises(Refused) as found, made.book.change("Remove") as change:
            change.remove("improvement_plan", [row])
        assert found.value.code == "plan_agreed"
    free = plan(made, title="free")
    with made.book.change("Remove") as change:
        change.remove("improvement_plan", [free])
    assert len(made.book.ids("improvement_plan")) == 3


def test_what_is_continued_is_closed_and_goes_on_as_a_new_plan_with_the_steps_that_are_open(made):
    row = plan(made, status="running")
    task = made.add("task", title="Look at lost deals", owner="Ann")
    made.add("plan_action", plan=row, title="Look at lost deals", task=task)
    made.add("plan_action", plan=row, title="Course", kind="course", done_on="2026-08-01")
    before = made.book.last_change
    fresh = plan_acts.decide(made.book, row, "continued", "too few", on=date(2026, 9, 30))
    assert made.book.last_change == before + 1
    assert (of(made, row, "status"), of(made, row, "verdict")) == ("closed", "continued")
    assert of(made, fresh, "continues").id == row
    assert of(made, fresh, "status") == "running"
    assert of(made, fresh, "starts_on") == date(2026, 10, 1)
    steps = [one for one in made.book.ids("plan_action") if made.book.record("plan_action", one)["plan"].id == fresh]  # fmt: skip
    assert [made.book.record("plan_action", one)["task"].id for one in steps] == [task]
    with pytest.raises(Refused):
        plan_acts.decide(made.book, row, "met", "after all")


def test_a_step_is_done_when_its_task_is_and_open_again_when_that_is(made):
    row = plan(made, status="running")
    task = made.add("task", title="Report", owner="Ann")
    step = made.add("plan_action", plan=row, title="Report", task=task)
    made.set("task", task, status="done", done_at="2026-08-03")
    assert made.book.record("plan_action", step)["done_on"] == date(2026, 8, 3)
    made.set("task", task, status="doing")
    assert made.book.record("plan_action", step)["done_on"] is None
    made.set("task", task, status="done", done_at="2026-08-05")
    made.book.undo()
    assert made.book.record("plan_action", step)["done_on"] is None


def test_a_step_that_is_linked_to_a_done_task_is_done(made):
    row = plan(made, status="running")
    task = made.add("task", title="Report", owner="Ann", status="done", done_at="2026-08-03")
    step = made.add("plan_action", plan=row, title="Report", task=task)
    assert made.book.record("plan_action", step)["done_on"] == date(2026, 8, 3)


def test_a_sheet_brings_any_state_and_a_verdict_says_the_status(made, tmp_path):
    old = plan(made, title="Known", status="running")
    sheet = tmp_path / "plans.csv"
    sheet.write_text(
        "改进事项,业务员,改进开始,检查日期,改进状态,改进结论\n"
        "One,Ann,2026-01-01,2026-03-31,,达成\n"
        "Two,Ann,2026-01-01,2026-03-31,未达成,\n"
        "Three,Ann,2026-01-01,2026-03-31,,继续\n"
        "Four,Ann,2026-01-01,2026-03-31,已关闭,\n"
        "Known,Ann,2026-07-01,2026-09-30,,部分达成\n",
        encoding="utf-8",
    )
    bring(made.book, sheet)
    said = {
        title: (status, verdict)
        for title, status, verdict in made.book.rows(
            "improvement_plan", made.book.ids("improvement_plan"), ["title", "status", "verdict"]
        )
    }
    assert said == {
        "One": ("met", "met"), "Two": ("not_met", "not_met"), "Three": ("closed", "continued"),
        "Four": ("closed", None), "Known": ("partly", "partly"),
    }  # fmt: skip
    assert of(made, old, "status") == "partly"
