"""Recognition cites a record and a value; the ledger says who received which chance by which criterion."""

from __future__ import annotations

import pytest

from models.growth.recognition import award, ledger, wall
from models.refusals import Refused
from tests.growth.grown import ON, ago


def given(team, **values):
    said = {
        "person": team.ann, "title": "Saved the order", "value": team.value,
        "cites": team.id("customer", team.acme), "awarded_on": ON,
    }  # fmt: skip
    return {**said, **values}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"value": None}, "no_value"),
        ({"cites": ""}, "nothing_cited"),
        ({"cites": "OP-99ZZZ"}, "unknown_cites"),
        ({"person": None}, "required"),
    ],
)
def test_recognition_without_a_value_or_a_record_is_refused(team, values, code):
    with pytest.raises(Refused) as refused:
        award(team.book, given(team, **values), announce=True)
    assert refused.value.code == code
    assert not [*team.book.ids("recognition_award"), *team.book.ids("announcement")]


def test_it_becomes_a_notice_for_all_in_the_same_change_if_wished(team):
    before = team.book.last_change
    row = award(team.book, given(team, reason="She drove there at night"), announce=True)
    assert team.book.last_change == before + 1
    notice = team.book.record("recognition_award", row)["announcement"]
    told = team.book.record("announcement", notice.id)
    assert told["title"] == "Ann: Saved the order"
    assert "She drove there at night" in told["body"]
    assert "Customers first" in told["body"]
    assert (told["team"], told["person"]) == (None, None)
    team.book.undo()
    assert not [*team.book.ids("recognition_award"), *team.book.ids("announcement")]


def test_without_the_wish_nobody_is_told(team):
    award(team.book, given(team))
    assert not team.book.ids("announcement")


def test_the_wall_shows_how_recognition_spreads_and_who_has_none(team):
    team.add("cultural_value", name="Honesty")
    award(team.book, given(team))
    award(team.book, given(team, title="Again"))
    found = wall(team.book, ON)
    assert found.by_value == (("Customers first", 2), ("Honesty", 0))
    assert found.by_person == (("Ann", 2), ("Mei", 0), ("Ben", 0))
    assert found.without() == ("Mei", "Ben")


def test_the_ledger_names_every_chance_with_its_criterion(team):
    task = team.add("task", title="Visit Bolt", owner=team.ben)
    team.add("opportunity_ledger", person=team.ben, given_on=ago(3), source="lead", worth=2, task=task, why="Grade A")  # fmt: skip
    team.add("assignment_decision", task=task, chosen=team.ben, proposed=team.ann, reason="Ann is away",
             decided_at="2026-09-13T02:00:00Z")  # fmt: skip
    award(team.book, given(team))
    found = ledger(team.book, ON)
    assert [(one.source, one.name, one.what) for one in found] == [
        ("recognition_award", "Ann", "Saved the order"),
        ("opportunity_ledger", "Ben", "Visit Bolt"),
        ("assignment_decision", "Ben", "Visit Bolt"),
    ]
    assert found[0].criterion == "Customers first"
    assert "Grade A" in found[1].criterion
    assert found[1].worth == 200
    assert found[2].criterion == "Instead of Ann, who stood first · Ann is away"


def test_what_is_older_than_ninety_days_is_not_in_the_ledger(team):
    team.add("opportunity_ledger", person=team.ben, given_on=ago(90))
    assert ledger(team.book, ON) == ()
