"""One-to-one talks: the rhythm, the sheet, promises of both sides, and what never leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.growth import talks
from models.growth.talk_paper import paper
from models.growth.talk_sheet import sheet
from models.growth.talks import NewPromise, cadence, hold, plan
from models.refusals import Refused
from tests.growth.grown import ON, ago


def promised(team, **values):
    return [one.state for one in sheet(team.book, team.ann, ON, **values).promises]


def test_whose_talk_is_missing_longest_stands_first(team):
    hold(team.book, team.ann, ago(31))
    hold(team.book, team.ben, ago(3))
    found = cadence(team.book, ON)
    assert [(one.name, one.state, one.days) for one in found] == [
        ("Mei", "never", None), ("Ann", "overdue", 31), ("Ben", "well", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "state"), [(0, "well"), (23, "well"), (24, "soon"), (30, "soon"), (31, "overdue")])  # fmt: skip
def test_a_talk_is_due_soon_a_week_before_thirty_days_are_over(team, days, state):
    hold(team.book, team.ann, ago(days))
    [one] = [one for one in cadence(team.book, ON) if one.person == team.ann]
    assert one.state == state


def test_a_planned_or_cancelled_talk_is_none_that_was_held(team):
    row = plan(team.book, team.ann, ON + timedelta(days=2))
    [one] = [one for one in cadence(team.book, ON) if one.person == team.ann]
    assert (one.state, one.planned, one.manager) == ("never", row, team.mei)
    team.set("one_on_one", row, status="cancelled")
    [one] = [one for one in cadence(team.book, ON) if one.person == team.ann]
    assert one.planned is None


def test_promises_of_both_sides_become_tasks_in_the_same_change(team):
    before = team.book.last_change
    made = [NewPromise("salesperson", "Call Bolt"), NewPromise("manager", "Ask for the sample", ON)]
    talk = hold(team.book, team.ann, ON, shared="Talked about Bolt", made=made)
    assert team.book.last_change == before + 1
    tasks = team.book.rows("task", team.book.ids("task"), ["title", "owner.name", "due"])
    assert tasks == [("Call Bolt", "Ann", ON + timedelta(days=30)), ("Ask for the sample", "Mei", ON)]  # fmt: skip
    assert len(team.book.linked("promise", "talk", talk)) == 2
    team.book.undo()
    assert not [*team.book.ids("one_on_one"), *team.book.ids("promise"), *team.book.ids("task")]


def test_a_promise_is_kept_when_its_task_is_done_and_outstanding_again_after_undo(team):
    hold(team.book, team.ann, ago(10), made=[NewPromise("salesperson", "Call Bolt")])
    [task] = team.book.ids("task")
    assert promised(team) == ["open"]
    team.set("task", task, status="done")
    assert promised(team) == ["kept"]
    [promise] = team.book.ids("promise")
    assert team.book.record("promise", promise)["status"] == "kept"
    team.book.undo()
    assert promised(team) == ["open"]


def test_a_promise_past_its_day_is_overdue_and_can_be_settled_by_hand(team):
    made = [NewPromise("manager", "Ask for the sample", ago(2))]
    hold(team.book, team.ann, ago(10), made=made, as_tasks=False)
    [one] = sheet(team.book, team.ann, ON).promises
    assert (one.by, one.state) == ("manager", "late")
    talks.settle(team.book, one.row, kept=False)
    assert promised(team) == ["broken"]


def test_an_empty_promise_is_refused_and_nothing_is_kept(team):
    with pytest.raises(Refused) as refused:
        hold(team.book, team.ann, ON, made=[NewPromise("manager", " ")])
    assert refused.value.code == "empty_promise"
    assert not team.book.ids("one_on_one")


def test_holding_a_planned_talk_of_the_day_fills_it_in(team):
    row = plan(team.book, team.ann, ON)
    assert hold(team.book, team.ann, ON, shared="Done") == row
    assert team.book.record("one_on_one", row)["status"] == "held"


def test_the_sheet_tells_what_changed_since_the_last_talk_and_nothing_before(team):
    hold(team.book, team.ann, ago(20), shared="Keep the terms in mind")
    team.deal(team.ann, "won", 100, ago(25))
    won = team.deal(team.ann, "won", 300, ago(5))
    team.deal(team.ann, "lost", 50, ago(5))
    team.deal(team.ben, "won", 900, ago(5))
    team.add("task", title="Late", owner=team.ann, due=ago(1))
    team.add("complaint", title="Slow", customer=team.acme, attributed_to=team.ann, opened_on=ago(4))  # fmt: skip
    found = sheet(team.book, team.ann, ON)
    said = [one.text for one in found.changes]
    assert len(said) == 4
    assert said[0].startswith("1 deal won")
    assert "300" in said[0]
    assert found.changes[0].records == {"opportunity": [won]}
    assert said[1].startswith("1 deal lost")
    assert said[2:] == ["1 task overdue", "1 complaint"]
    assert (found.last, found.notes, found.manager) == (ago(20), "Keep the terms in mind", "Mei")


def test_at_most_three_strengths_and_two_points_to_grow_each_with_evidence(team):
    cites = team.id("customer", team.acme)
    for at in range(5):
        team.feedback(situation=f"S{at}", behaviour=f"Good {at}", cites=cites)
        team.feedback(situation=f"G{at}", behaviour=f"Better {at}", cites=cites, kind="growth")
    team.feedback(situation="No record", behaviour="Uncited")
    found = sheet(team.book, team.ann, ON)
    assert (len(found.strengths), len(found.growth)) == (3, 2)
    assert all(cites in one.evidence for one in (*found.strengths, *found.growth))
    assert all("Uncited" not in one.text for one in found.strengths)


def test_an_empty_book_gives_a_sheet_that_says_so(team):
    found = sheet(team.book, team.ann, ON)
    assert (found.last, found.changes, found.strengths) == (None, (), ())
    assert "Nothing that the book knows of." in str(paper(found))


SECRET = "only-for-the-manager"


def test_private_notes_and_private_feedback_are_on_no_paper_for_both(team):
    cites = team.id("customer", team.acme)
    hold(team.book, team.ann, ago(10), shared="for both", private=SECRET)
    team.feedback(behaviour=SECRET, visibility="private", cites=cites, skill="Negotiation")
    team.feedback(situation="2", behaviour=SECRET, visibility="private", cites=cites)
    mine = sheet(team.book, team.ann, ON)
    assert mine.private_notes == SECRET
    assert any(SECRET in one.text for one in mine.strengths)
    both = sheet(team.book, team.ann, ON, shared_only=True)
    assert SECRET not in str(both)
    assert SECRET not in str(paper(both))
    assert "for both" in str(paper(both))
    assert both.changes == ()
