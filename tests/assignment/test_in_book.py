"""The assistant over a book: what it reads, what it writes, what it learns."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from models.assignment import chance, in_book, ledger, loads
from models.assignment.batch import assign
from models.assignment.deciding import Choice, give
from models.assignment.learning import lessons
from models.assignment.ranking import rank
from models.assignment.weights import FACTORS, USUAL
from models.refusals import Refused
from tests.people.staffed import FRIDAY, ON, staffed


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        yield made


def ranked(team, task, kind="task"):
    case = in_book.read(team.book, [(kind, task)], ON).case
    return rank(case, case.jobs[0], in_book.weights(team.book))


def values(found, who, factor):
    return found.of(who).values[FACTORS.index(factor)]


def test_skills_contacts_hours_and_leave_are_read_from_the_book(team):
    skill = team.add("skill", name="Tenders")
    for who, level in (("Ben", 4), ("Cai", 1)):
        team.add("skill_level", person=team[who], skill=skill, level=level, assessed_on=ON)
    customer = team.add("customer", name="Huaxin", owner=team["Cai"], industry="IT")
    for days in range(3):
        at = f"2026-02-2{days} 09:00"
        team.add("activity", at=at, kind="call", person=team["Ben"], customer=customer)
    team.leave("Ben", ON + timedelta(1), ON + timedelta(1))
    team.task("Ben", 8, FRIDAY, starts_on=ON)
    task = team.task(None, 4, FRIDAY, customer=customer, required_skills="Tenders")
    found = ranked(team, task)
    assert [one.person.name for one in found.candidates] == ["Ben"]
    assert {one.person.name: one.code for one in found.excluded} == {
        "Ada": "skill", "Cai": "skill", "Dan": "skill",
    }  # fmt: skip
    ben = team["Ben"]
    assert values(found, ben, "experience") == 333_333
    assert values(found, ben, "load") == 625_000  # of 32 hours 8 are planned and 4 are its own
    assert values(found, ben, "leave") == 800_000
    said = [one.sentence for one in found.of(ben).factors]
    assert "3 contacts with Huaxin, the last on 02-22." in said


def test_a_task_of_somebody_takes_none_of_their_hours_when_it_is_given_again(team):
    task = team.task("Ben", 10, FRIDAY, starts_on=ON)
    found = ranked(team, task)
    assert values(found, team["Ben"], "load") == values(found, team["Cai"], "load") == 750_000


def test_who_has_left_or_is_away_the_whole_time_is_named_with_the_reason(team):
    team.set("salesperson", team["Ben"], status="left")
    team.leave("Cai", ON, FRIDAY)
    found = ranked(team, team.task(None, 4, FRIDAY))
    assert {one.person.name: (one.code, one.reason) for one in found.excluded} == {
        "Ben": ("inactive", "Has left."),
        "Cai": ("away", "Away the whole time until 03-06."),
    }


def test_good_chances_go_to_who_had_fewer(team):
    for who in ("Ben", "Ben", "Cai"):
        team.add("opportunity_ledger", person=team[who], given_on=ON, worth=1)
    team.add("opportunity_ledger", person=team["Dan"], given_on=ON - timedelta(91), worth=9)
    lead = team.add("customer", name="New", grade="B")
    found = ranked(team, lead, "customer")
    order = [one.person.name for one in found.candidates]
    assert set(order[:2]) == {"Ada", "Dan"}
    assert order[-1] == "Ben"
    rest = {one.name: one.text() for one in ledger.balances(team.book, ON)}
    assert rest["Ben"] == "Ben got 2, 1.25 more than an equal share of 0.75."


@pytest.mark.parametrize(
    ("kind", "customer", "amount", "worth"),
    [
        ("visit", {"grade": "A"}, None, 200),
        ("visit", {"grade": "A", "owner": True}, None, 0),
        ("visit", {"lifecycle": "lead"}, None, 100),
        ("internal", {"grade": "A"}, None, 0),
        ("quote", {"grade": "C", "owner": True}, 1000, 200),
        ("quote", {"grade": "C"}, 10, 0),
    ],
)
def test_what_a_good_chance_is(team, kind, customer, amount, worth):
    owner = {"owner": team["Ben"]} if customer.pop("owner", None) else {}
    its = team.add("customer", name="C", **customer, **owner)
    for other in (10, 20, 30):
        team.add("opportunity", name="O", customer=its, amount=other, status="open")
    deal = team.add("opportunity", name="O", customer=its, amount=amount or 5, status="open")
    more = {"opportunity": deal} if amount else {}
    task = team.task(None, 4, FRIDAY, kind=kind, customer=its, **more)
    assert in_book.read(team.book, [("task", task)], ON).case.jobs[0].worth == worth


def test_a_book_with_few_deals_has_no_large_ones():
    assert chance.large_from([9, 9, 9]) is None
    assert chance.large_from([1, 2, 3, 4, 5, 6, 7, 8]) == 7


def test_what_is_given_is_one_change_that_can_be_taken_back(team):
    customer = team.add("customer", name="New", grade="A")
    rows = [team.task(None, 4, FRIDAY, status="draft", customer=customer) for _ in range(3)]
    case = in_book.read(team.book, in_book.unassigned(team.book), ON).case
    plan = assign(case)
    done = give(
        team.book, case, USUAL, [Choice(key, who) for key, who in plan.given.items()],
        proposed=plan.given,
    )  # fmt: skip
    for row in rows:
        one = team.book.record("task", row)
        assert (one["owner"].id, one["status"]) == (plan.given["task", row], "assigned")
    assert (len(done.decisions), len(done.chances)) == (3, 3)
    kept = team.book.record("assignment_decision", done.decisions[0])
    assert kept["weights"] == USUAL.canonical
    told = json.loads(kept["candidates"])
    assert {one["person"] for one in told} == {"Ada", "Ben", "Cai", "Dan"}
    for one in told:
        score = sum(Decimal(value) * USUAL[name] for name, value in one["values"].items())
        assert score == Decimal(one["score"])
    chance_ = team.book.record("opportunity_ledger", done.chances[0])
    assert (chance_["worth"], chance_["source"]) == (2, "task")
    team.book.undo(done.change)
    assert team.book.count("assignment_decision") == team.book.count("opportunity_ledger") == 0
    assert [team.book.record("task", row)["owner"] for row in rows] == [None] * 3


def test_somebody_else_than_proposed_needs_a_reason(team):
    task = team.task(None, 4, FRIDAY)
    found = ranked(team, task)
    other = found.candidates[1].person.id
    with pytest.raises(Refused) as refused:
        give(team.book, found.case, USUAL, [Choice(("task", task), other)])
    assert refused.value.code == "reason_needed"
    done = give(team.book, found.case, USUAL, [Choice(("task", task), other, "asked for")])
    kept = team.book.record("assignment_decision", done.decisions[0])
    assert (kept["chosen"].id, kept["proposed"].id, kept["reason"]) == (
        other, found.first.person.id, "asked for",
    )  # fmt: skip


def test_who_is_away_or_has_left_never_receives_it(team):
    team.set("salesperson", team["Ben"], status="leaving")
    team.leave("Cai", ON, FRIDAY)
    task = team.task(None, 4, FRIDAY)
    case = in_book.read(team.book, [("task", task)], ON).case
    for who in ("Ben", "Cai"):
        with pytest.raises(Refused) as refused:
            give(team.book, case, USUAL, [Choice(("task", task), team[who], "all the same")])
        assert refused.value.code == "cant_receive"
    assert team.book.record("task", task)["owner"] is None


def test_a_task_that_was_done_meanwhile_is_not_given(team):
    task = team.task(None, 4, FRIDAY)
    found = ranked(team, task)
    team.set("task", task, status="done")
    with pytest.raises(Refused) as refused:
        give(team.book, found.case, USUAL, [Choice(("task", task), found.first.person.id)])
    assert refused.value.code == "not_open"
    with pytest.raises(Refused):
        in_book.read(team.book, [("task", task)], ON)


def test_a_customer_of_the_pool_gets_its_owner_and_leaves_it(team):
    lead = team.add("customer", name="Old", grade="A", pool_status="pool")
    team.add("pool_move", customer=lead, kind="recycled", moved_on=ON)
    found = ranked(team, lead, "customer")
    done = give(team.book, found.case, USUAL, [Choice(("customer", lead), found.first.person.id)])
    one = team.book.record("customer", lead)
    assert (one["owner"].id, one["pool_status"]) == (found.first.person.id, None)
    assert team.book.record("opportunity_ledger", done.chances[0])["source"] == "pool"
    assert team.book.count("pool_move", "kind = assigned") == 1


def test_a_chance_that_goes_elsewhere_counts_once(team):
    customer = team.add("customer", name="New", grade="A")
    task = team.task(None, 4, FRIDAY, customer=customer)
    for who in ("Ben", "Cai"):
        found = ranked(team, task)
        assert all(not one.person.received for one in found.candidates)
        give(team.book, found.case, USUAL, [Choice(("task", task), team[who], "so be it")])
    rows = team.book.ids("opportunity_ledger")
    assert [team.book.record("opportunity_ledger", row)["person"].id for row in rows] == [
        team["Cai"]
    ]


def test_the_days_of_who_gets_it_are_shown_before_and_after(team):
    task = team.task(None, 10, FRIDAY, starts_on=ON)
    desk = in_book.read(team.book, [("task", task)], ON)
    found = loads.outlooks(desk, {("task", task): team["Ben"]})
    assert [(one.before, one.after) for one in found[team["Ben"]].days[:5]] == [(0, 2)] * 5
    assert found[team["Cai"]].before == found[team["Cai"]].after == 0
    assert found[team["Ben"]].text() == "Ben, next two weeks: 0 of 80 hours taken, 10 afterwards."


def test_a_weight_that_agrees_with_the_choices_is_suggested(team):
    customer = team.add("customer", name="Huaxin", owner=team["Dan"])
    team.task("Dan", 24, FRIDAY, starts_on=ON)
    for _ in range(6):
        task = team.task(None, 1, FRIDAY, customer=customer)
        found = ranked(team, task)
        weighed = found.weighed(USUAL.changed("load", 100))
        chosen = weighed.first.person.id
        assert chosen != found.first.person.id
        give(team.book, found.case, USUAL, [Choice(("task", task), chosen, "has time")])
        team.set("task", task, status="done")
    said = lessons(team.book, USUAL, ON)
    assert (said.decisions, said.overruled, said.reasons) == (6, 6, (("has time", 6),))
    assert said.suggestion.agreed == 0
    assert said.suggestion.would_agree == 6
    assert said.suggestion.weights != USUAL
    assert said.text() == (
        "The first choice was overruled in 6 of 6 decisions. Reasons: has time (6)."
    )
    assert "instead of 0" in said.suggestion.text()


def test_decisions_that_cant_be_read_are_passed_over(team):
    for text in (None, "{", "[1]", '[{"id": "x"}]', "{}"):
        team.add("assignment_decision", chosen=team["Ben"], candidates=text)
    assert lessons(team.book, USUAL, ON).suggestion is None


def test_the_weights_of_a_book_are_its_own(team):
    with team.book.change("weights") as change:
        change.set_book({in_book.WEIGHTS: "load=1"})
    assert in_book.weights(team.book).load == 1
