"""Colleagues are asked about somebody: by whom, until when, taken back; nobody is held back by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.evaluations import asking, rating, reading, seeing, stages
from models.evaluations import cycle as acts
from models.evaluations.asking import Answers
from models.evaluations.colleagues import colleagues
from models.evaluations.waiting import waiting
from models.refusals import Refused
from tests.evaluations.reviewed import under_way


@pytest.fixture
def team(tmp_path):
    with under_way(tmp_path) as found:
        yield found


@pytest.fixture
def ann(team):
    row = team.evaluation(team.ann)
    team.at(row, "self_review")
    return row


@pytest.fixture
def dan(team):
    return team.add("salesperson", {"name": "Dan", "position": "Sales"})


def refused(call, *given, **named) -> Refused:
    with pytest.raises(Refused) as told:
        call(*given, **named)
    return told.value


def waits(team, evaluation):
    """The judgements of colleagues: who, of which item, at which level."""
    return [
        (one.rater, one.item, one.level)
        for one in reading.ratings(team.book.connection(), evaluation)
        if one.by == "peer"
    ]


def answers(team, person) -> Answers:
    (found,) = [one for one in waiting(team.book, team.cycle) if one.person == person]
    return found.colleagues


def handed_in(team, ann):
    for item in (team.care, team.order):
        rating.rate(team.book, ann, item, "self", 4)
    rating.hand_in_self(team.book, ann)


def judged(team, ann):
    handed_in(team, ann)
    rating.rate(team.book, ann, team.care, "manager", 3, "Often", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 4)


def test_whoever_is_asked_finds_an_empty_row_for_each_judged_item_as_one_change(team, ann, dan):
    before = team.book.last_change
    assert asking.ask(team.book, ann, [team.bob, dan]) == before + 1
    assert team.book.last_change == before + 1
    assert "Ann" in team.book.history(1)[0].reason
    both = [(who, item, None) for who in (team.bob, dan) for item in (team.care, team.order)]
    assert waits(team, ann) == both
    rows = [one.row for one in reading.ratings(team.book.connection(), ann) if one.by == "peer"]
    assert {team.book.record("evaluation_rating", row)["rated_at"] for row in rows} == {None}
    team.book.undo()
    assert waits(team, ann) == []


def test_asked_twice_nothing_is_doubled(team, ann):
    asking.ask(team.book, ann, [team.bob])
    before = team.book.last_change
    assert asking.ask(team.book, ann, [team.bob, team.bob]) is None
    assert team.book.last_change == before
    assert len(waits(team, ann)) == 2


def test_a_request_is_taken_back_and_asked_again_with_the_same_rows(team, ann):
    asking.ask(team.book, ann, [team.bob])
    rows = [one.row for one in reading.ratings(team.book.connection(), ann) if one.by == "peer"]
    asking.take_back(team.book, ann, team.bob)
    assert waits(team, ann) == []
    assert refused(asking.take_back, team.book, ann, team.bob).code == "not_asked"
    asking.ask(team.book, ann, [team.bob])
    again = [one.row for one in reading.ratings(team.book.connection(), ann) if one.by == "peer"]
    assert again == rows
    team.book.undo()
    team.book.undo()
    assert len(waits(team, ann)) == 2


def test_what_was_answered_is_not_taken_back(team, ann, dan):
    asking.ask(team.book, ann, [team.bob, dan])
    rating.rate(team.book, ann, team.order, "peer", 2, rater=team.bob)
    told = refused(asking.take_back, team.book, ann, team.bob)
    assert (told.code, "Bob" in told.message) == ("has_answered", True)
    asking.choose(team.book, ann, [])
    assert {who for who, _, _ in waits(team, ann)} == {team.bob}


def test_neither_the_person_nor_who_evaluates_nor_who_left_is_asked(team, ann, dan):
    team.book.set("salesperson", dan, {"status": "left"})
    for person, code, word in (
        (team.ann, "no_rater", "self-review"),
        (team.boss, "no_rater", "manager"),
        (dan, "has_left", "Dan"),
        (9999, "gone", "removed"),
    ):
        before = team.book.last_change
        told = refused(asking.ask, team.book, ann, [team.bob, person])
        assert (told.code, word in told.message) == (code, True)
        assert (team.book.last_change, waits(team, ann)) == (before, [])


def test_nobody_is_asked_too_early_or_too_late(team, dan):
    row = team.evaluation(team.ann)
    told = refused(asking.ask, team.book, row, [dan])
    assert (told.code, "“Self-review”" in told.message) == ("wrong_stage", True)
    team.at(row, "self_review")
    judged(team, row)
    asking.ask(team.book, row, [dan])
    rating.finish_manager(team.book, row)
    assert refused(asking.ask, team.book, row, [team.bob]).code == "wrong_stage"
    asking.take_back(team.book, row, dan)
    assert waits(team, row) == []


def test_where_nothing_is_judged_by_people_nobody_is_asked(team, ann):
    book = team.book
    card = team.add("scorecard_template", {"name": "Figures", "status": "active"})
    said = {"scorecard": card, "place": 1, "name": "Amount", "measure": "won_amount"}
    team.add("scorecard_item", {**said, "weight": "100%", "reference": "team_median"})
    book.set("evaluation", ann, {"scorecard": card})
    assert refused(asking.ask, book, ann, [team.bob]).code == "nothing_judged"


def test_how_many_have_answered_is_said_and_holds_nobody_back(team, ann, dan):
    assert answers(team, team.ann).said() == ""
    asking.ask(team.book, ann, [team.bob, dan])
    assert answers(team, team.ann).said() == "0 of 2 colleagues asked have answered"
    rating.rate(team.book, ann, team.order, "peer", 2, rater=team.bob)
    assert answers(team, team.ann) == Answers(2, 1)
    assert answers(team, team.ann).said() == "1 of 2 colleagues asked has answered"
    judged(team, ann)
    rating.finish_manager(team.book, ann)
    assert answers(team, team.ann) == Answers(2, 1)
    (one,) = [one for one in waiting(team.book, team.cycle) if one.person == team.ann]
    assert not any("olleague" in text for text in one.missing)
    assert acts.advance(team.book, ann) == "talk"
    assert answers(team, team.ann) == Answers()


def test_nobody_waits_for_who_left_or_evaluates_meanwhile(team, ann, dan):
    asking.ask(team.book, ann, [team.bob, dan])
    team.book.set("salesperson", dan, {"status": "left"})
    assert answers(team, team.ann) == Answers(1, 0)
    team.book.set("evaluation", ann, {"manager": team.bob})
    assert answers(team, team.ann) == Answers(0, 0)
    assert asking.choose(team.book, ann, []) is not None
    assert waits(team, ann) == []


def test_an_answer_while_totals_are_compared_still_informs_and_none_comes_after(team, ann):
    asking.ask(team.book, ann, [team.bob])
    judged(team, ann)
    rating.finish_manager(team.book, ann)
    assert team.book.record("evaluation", ann)["peer_score"] is None
    rating.rate(team.book, ann, team.order, "peer", 1, rater=team.bob)
    acts.advance(team.book, ann)
    assert team.book.record("evaluation", ann)["peer_score"] == Decimal(20)
    told = refused(rating.rate, team.book, ann, team.order, "peer", 5, rater=team.bob)
    assert (told.code, "until the talk" in told.message) == ("too_late", True)
    (row,) = [
        one.row
        for one in reading.ratings(team.book.connection(), ann)
        if one.by == "peer" and one.item == team.care
    ]
    told = refused(team.book.set, "evaluation_rating", row, {"level": 4})
    assert told.code == "too_late"


def test_in_the_list_too_no_colleague_is_the_person_or_who_evaluates(team, ann):
    for rater in (team.ann, team.boss):
        values = {"evaluation": ann, "item": team.care, "rated_by": "peer", "rater": rater}
        assert refused(team.add, "evaluation_rating", values).code == "no_rater"
        assert refused(team.add, "evaluation_rating", {**values, "level": 3}).code == "no_rater"
    asking.ask(team.book, ann, [team.bob])
    row = next(one.row for one in reading.ratings(team.book.connection(), ann) if one.by == "peer")
    told = refused(team.book.set, "evaluation_rating", row, {"rater": team.boss})
    assert told.code == "no_rater"


def test_the_person_sees_what_colleagues_say_together_and_only_from_the_talk_on(team, ann, dan):
    asking.ask(team.book, ann, [team.bob, dan])
    rating.rate(team.book, ann, team.order, "peer", 2, "Bob's words", rater=team.bob)
    rating.rate(team.book, ann, team.order, "peer", 3, "Dan's words", rater=dan)
    judged(team, ann)

    def order(viewer):
        found = {one.name: one for one in seeing.gaps(team.book, ann, viewer=viewer)}
        return found["Order"].peers

    assert (order(team.ann), order(None)) == (None, Decimal("2.5"))
    rating.finish_manager(team.book, ann)
    acts.advance(team.book, ann)
    assert order(team.ann) == Decimal("2.5")
    seen = seeing.visible_ratings(team.book, ann, team.ann)
    assert {one.by for one in seen} == {"self", "manager"}
    assert order(team.bob) == Decimal(2)  # their own, nobody else's


def test_those_who_worked_with_the_person_stand_first_with_the_reason(team, ann, dan):
    book = team.book
    eve = team.add("salesperson", {"name": "Eve"})
    gone = team.add("salesperson", {"name": "Fay", "status": "left"})
    task = team.add("task", {"title": "Fair", "owner": team.ann, "due": "2024-02-10"})
    team.add("collaborator", {"task": task, "person": dan})
    later = team.add("task", {"title": "Later", "owner": eve, "due": "2024-08-10"})
    team.add("collaborator", {"task": later, "person": team.ann})
    (customer,) = book.ids("customer")
    for day in ("2024-02-01", "2024-03-31 17:00"):
        team.add("activity", {"at": day, "kind": "visit", "person": dan, "customer": customer})
    team.add("help_request", {"title": "Stuck", "person": team.ann, "resolver": dan, "raised_at": "2024-02-02 09:00"})  # fmt: skip
    found = colleagues(book, ann)
    assert [one.name for one in found] == ["Dan", "Bob", "Eve"]
    assert found[0].reasons == ("1 task together", "1 customer in common", "helped each other once")
    assert (found[1].reasons, found[1].suggested) == (("same team",), False)
    assert found[2].reasons == ()
    assert gone not in [one.person for one in found]
    asking.ask(book, ann, [eve])
    first = colleagues(book, ann)[0]
    assert (first.name, first.asked, first.answered) == ("Eve", True, False)


def test_back_at_an_earlier_stage_requests_wait_with_it(team, ann):
    asking.ask(team.book, ann, [team.bob])
    acts.back(team.book, ann, stages.RUNNING, "Too early")
    assert answers(team, team.ann) == Answers()
    team.at(ann, "self_review")
    assert answers(team, team.ann) == Answers(1, 0)
