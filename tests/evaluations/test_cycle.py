"""A cycle on its way: stages, judgements, what is hidden, what is missing and whose turn it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.evaluations import cycle as acts
from models.evaluations import rating, seeing, stages
from models.evaluations.waiting import waiting
from models.refusals import Refused
from tests.evaluations.reviewed import PAST, made


@pytest.fixture
def team(tmp_path):
    found = made(tmp_path)
    acts.open_cycle(found.book, found.cycle)
    yield found
    found.book.close()


@pytest.fixture
def ann(team):
    return team.evaluation(team.ann)


def refused(call, *given, **named) -> Refused:
    with pytest.raises(Refused) as told:
        call(*given, **named)
    return told.value


def self_reviewed(team, ann):
    team.at(ann, "self_review")
    rating.rate(team.book, ann, team.care, "self", 5, "I always call back", team.visit)
    rating.rate(team.book, ann, team.order, "self", 4)
    rating.hand_in_self(team.book, ann)


def judged(team, ann):
    self_reviewed(team, ann)
    rating.rate(team.book, ann, team.care, "manager", 3, "Often", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 4)


def test_one_person_moves_on_step_by_step_and_the_cycle_waits_for_the_last(team, ann):
    assert acts.advance(team.book, ann) == "running"
    assert acts.status_of(team.book, team.cycle) == "goal_setting"
    for person in (team.bob, team.boss):
        acts.advance(team.book, team.evaluation(person))
    assert acts.status_of(team.book, team.cycle) == "running"
    assert team.book.record("evaluation_cycle", team.cycle)["status"] == "running"


def test_all_move_on_together_as_one_change_and_who_cannot_is_told(team, ann):
    assert len(acts.advance_all(team.book, team.cycle).moved) == 3
    assert len(acts.advance_all(team.book, team.cycle).moved) == 3
    rating.waive_self(team.book, ann, "On parental leave")
    before = team.book.last_change
    done = acts.advance_all(team.book, team.cycle)
    assert done.moved == (ann,)
    assert [one for one, _ in done.left] == [team.evaluation(team.bob), team.evaluation(team.boss)]
    assert all("self-review" in why for _, why in done.left)
    assert team.book.last_change == before + 1
    assert acts.advance_all(team.book, team.cycle).change is None
    assert team.book.last_change == before + 1


def test_a_stage_is_never_skipped_in_the_window(team, ann):
    told = refused(team.book.set, "evaluation", ann, {"status": "talk"})
    assert (told.code, "“Running”" in told.message) == ("not_next", True)


def test_the_stage_of_a_cycle_with_people_is_not_written(team):
    told = refused(team.book.set, "evaluation_cycle", team.cycle, {"status": "running"})
    assert told.code == "follows_people"


def test_after_the_talk_only_signing_leads_on_and_from_the_archive_nothing(team, ann):
    team.at(ann, "talk")
    assert refused(acts.advance, team.book, ann).code == "sign_first"
    team.at(ann, "signed")
    assert acts.advance(team.book, ann) == "archived"
    assert refused(acts.advance, team.book, ann).code == "over"
    assert refused(acts.back, team.book, ann, "talk", "Wrong").code == "not_next"


def test_who_goes_back_needs_a_reason_and_hands_in_again(team, ann):
    judged(team, ann)
    rating.finish_manager(team.book, ann)
    assert refused(acts.back, team.book, ann, "self_review", " ").code == "no_reason"
    assert refused(acts.back, team.book, ann, "talk", "Later").code == "not_earlier"
    acts.back(team.book, ann, "self_review", "One item was left out")
    said = team.book.record("evaluation", ann)
    assert (said["status"], said["self_handed_in"], said["manager_done_at"]) == (
        "self_review", False, None,
    )  # fmt: skip
    assert "One item was left out" in said["notes"]
    assert "One item was left out" in team.book.history(1)[0].reason
    team.book.undo()
    assert team.status(ann) == "calibration"


def test_the_self_review_is_handed_in_whole_and_is_then_the_managers_turn(team, ann):
    team.at(ann, "self_review")
    rating.rate(team.book, ann, team.care, "self", 5)
    told = refused(rating.hand_in_self, team.book, ann)
    assert (told.code, "Order" in told.message) == ("not_judged_yet", True)
    rating.rate(team.book, ann, team.order, "self", 4)
    rating.hand_in_self(team.book, ann)
    assert team.status(ann) == "manager_review"
    assert refused(rating.rate, team.book, ann, team.care, "self", 1).code == "closed"
    team.book.undo()
    assert team.status(ann) == "self_review"
    assert team.book.record("evaluation", ann)["self_handed_in_at"] is None


def test_the_manager_waits_for_the_self_review_its_day_or_a_reason(team, ann):
    team.at(ann, "self_review")
    given = (team.book, ann, team.order, "manager", 4)
    assert refused(rating.rate, *given).code == "self_review_first"
    assert refused(acts.advance, team.book, ann).code == "self_review_first"
    assert refused(rating.waive_self, team.book, ann, "").code == "no_reason"
    rating.waive_self(team.book, ann, "On parental leave")
    rating.rate(*given)
    team.book.undo(team.book.last_change - 1)
    assert refused(rating.rate, *given[:-1], 5).code == "self_review_first"
    team.book.set("evaluation_cycle", team.cycle, {"self_review_due": PAST})
    rating.rate(*given[:-1], 5)
    assert acts.advance(team.book, ann) == "manager_review"


@pytest.mark.parametrize("cited", ["", "AC-9ZZZZ", "because I know it"])
def test_a_managers_judgement_must_be_shown_by_records(team, ann, cited):
    self_reviewed(team, ann)
    told = refused(rating.rate, team.book, ann, team.care, "manager", 3, "A comment", cited)
    assert told.code == ("unknown_cites" if cited else "must_cite")
    if cited.startswith("AC"):
        assert cited in told.message


def test_people_and_evaluations_show_nothing(team, ann):
    self_reviewed(team, ann)
    cited = team.book.public_id("salesperson", team.ann)
    told = refused(rating.rate, team.book, ann, team.care, "manager", 3, "", cited)
    assert told.code == "unknown_cites"


def test_what_is_cited_may_not_be_taken_away_in_a_list_either(team, ann):
    judged(team, ann)
    (row,) = [
        one
        for one in team.book.ids("evaluation_rating")
        if team.book.record("evaluation_rating", one)["comment"] == "Often"
    ]
    told = refused(team.book.set, "evaluation_rating", row, {"cites": None})
    assert told.code == "must_cite"


def test_an_item_that_is_computed_is_not_judged(team, ann):
    team.at(ann, "self_review")
    assert refused(rating.rate, team.book, ann, team.amount, "self", 3).code == "not_judged"


def test_the_managers_review_is_finished_when_every_item_has_a_level(team, ann):
    self_reviewed(team, ann)
    rating.rate(team.book, ann, team.order, "manager", 4)
    told = refused(rating.finish_manager, team.book, ann)
    assert (told.code, "Care" in told.message, "Order" in told.message) == (
        "not_judged_yet", True, False,
    )  # fmt: skip
    rating.rate(team.book, ann, team.care, "manager", 3, "", team.visit)
    assert acts.advance(team.book, ann) == "calibration"
    said = team.book.record("evaluation", ann)
    # 30 % × 60 points and 10 % × 80 points of 40 %; by the person 100 and 80.
    assert (said["manager_score"], said["self_score"]) == (Decimal(65), Decimal(95))
    assert said["peer_score"] is None
    assert said["manager_done_at"] is not None


def test_a_judgement_that_a_sheet_brought_without_proof_is_found_at_the_end(team, ann):
    team.add("evaluation_rating", {"evaluation": ann, "item": team.care, "level": 3})
    self_reviewed(team, ann)
    rating.rate(team.book, ann, team.order, "manager", 4)
    told = refused(rating.finish_manager, team.book, ann)
    assert (told.code, "Care" in told.message) == ("must_cite", True)


def test_after_the_talk_began_judgements_stand(team, ann):
    judged(team, ann)
    rating.finish_manager(team.book, ann)
    rating.rate(team.book, ann, team.order, "manager", 5)  # calibration may change it
    acts.advance(team.book, ann)
    told = refused(rating.rate, team.book, ann, team.order, "manager", 4)
    assert (told.code, "send it back" in told.message) == ("closed", True)


def test_colleagues_may_judge_and_count_as_their_mean(team, ann):
    self_reviewed(team, ann)
    assert refused(rating.rate, team.book, ann, team.order, "peer", 2).code == "no_rater"
    told = refused(rating.rate, team.book, ann, team.order, "peer", 2, rater=team.boss)
    assert told.code == "no_rater"
    rating.rate(team.book, ann, team.order, "peer", 2, rater=team.bob)
    rating.rate(team.book, ann, team.order, "peer", 1, rater=team.bob)
    rating.rate(team.book, ann, team.care, "manager", 3, "", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 4)
    rating.finish_manager(team.book, ann)
    assert team.book.record("evaluation", ann)["peer_score"] == Decimal(20)


def seen(team, ann, viewer):
    return {one.by for one in seeing.visible_ratings(team.book, ann, viewer)}


def test_the_self_review_is_closed_until_it_is_handed_in(team, ann):
    team.at(ann, "self_review")
    rating.rate(team.book, ann, team.care, "self", 5)
    assert seen(team, ann, None) == seen(team, ann, team.boss) == set()
    assert seen(team, ann, team.ann) == {"self"}
    rating.rate(team.book, ann, team.order, "self", 4)
    rating.hand_in_self(team.book, ann)
    assert seen(team, ann, None) == seen(team, ann, team.boss) == {"self"}
    assert seen(team, ann, team.bob) == set()


def test_the_managers_judgement_is_closed_until_the_talk(team, ann):
    judged(team, ann)
    rating.rate(team.book, ann, team.order, "peer", 2, rater=team.bob)
    assert seen(team, ann, team.ann) == {"self"}
    assert seen(team, ann, team.bob) == {"peer"}
    rating.finish_manager(team.book, ann)
    acts.advance(team.book, ann)
    assert team.status(ann) == "talk"
    assert seen(team, ann, team.ann) == {"self", "manager"}


def test_where_person_and_manager_part_by_two_levels_it_is_said(team, ann):
    judged(team, ann)
    found = {one.name: one for one in seeing.gaps(team.book, ann)}
    assert (found["Care"].own, found["Care"].manager) == (Decimal(5), Decimal(3))
    assert found["Care"].words == "The person sees it 2 levels higher than the manager."
    assert found["Order"].words == ""
    assert found["Amount won"].own is None


def test_whose_turn_it_is_and_what_is_missing_is_said_for_everybody(team, ann):
    team.at(ann, "self_review")
    rating.rate(team.book, ann, team.care, "self", 5)
    found = {one.name: one for one in waiting(team.book, team.cycle)}
    assert (found["Ann"].by, found["Ann"].who) == ("person", team.ann)
    assert found["Ann"].missing[0] == "1 item has no level yet: Order"
    assert found["Ann"].late == -9
    assert (found["Bob"].by, found["Bob"].who) == ("both", team.boss)
    assert found["Carol"].missing[-1] == "Nobody is named who evaluates."
    rating.rate(team.book, ann, team.order, "self", 5)
    rating.hand_in_self(team.book, ann)
    found = {one.name: one for one in waiting(team.book, team.cycle)}
    assert (found["Ann"].by, found["Ann"].who) == ("manager", team.boss)
    assert found["Ann"].missing == (
        "2 items have no level yet: Care, Order",
        "The manager's review is to be finished.",
    )


def test_an_adjustment_needs_a_reason(team, ann):
    assert refused(team.book.set, "evaluation", ann, {"adjustment": 3}).code == "no_reason"
    team.book.set("evaluation", ann, {"adjustment": 3, "adjustment_reason": "Took over late"})


def test_every_stage_is_named_and_has_the_one_that_follows():
    assert stages.after("archived") is None
    assert stages.least([]) is None
    assert stages.text("talk") == "Talk"
