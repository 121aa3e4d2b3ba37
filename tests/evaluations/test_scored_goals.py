"""Goals as what is measured against, levels that people give, and which scorecard it is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from models.refusals import Refused
from tests.evaluations.office import WORKDAYS, calendar_days, exact, office, said
from tests.evaluations.scored_books import AFTER

__all__ = ["office"]


def test_the_goal_of_the_period_comes_before_those_of_its_months(office):
    office.item("won_amount", "100%", reference="goal")
    office.goal("Ann", 500)
    office.goal("Ann", 999, "2026-05")
    office.deal("Ann", "2026-05-04", 250)
    item = office.items("Ann")["won_amount"]
    assert (item.reference, item.score, item.of) == (500, 50, 1)
    assert "The goal is ¥500.00." in item.sentence


def test_goals_of_months_are_added_up(office):
    office.item("won_amount", "100%", reference="goal")
    for month, target in (("2026-04", 100), ("2026-05", 200), ("2026-06", 300)):
        office.goal("Ann", target, month)
    office.deal("Ann", "2026-05-04", 300)
    item = office.items("Ann")["won_amount"]
    assert (item.reference, item.score) == (600, 50)
    assert "The 3 goals inside the period come to ¥600.00." in item.sentence


def test_of_goals_for_rates_the_mean_by_working_days_is_taken(office):
    office.item("win_rate", "100%", reference="goal")
    spans = {"2026-04": "40%", "2026-05": "50%", "2026-06": "60%"}
    for month, target in spans.items():
        office.goal("Ann", target, month, "win_rate")
    office.deal("Ann", "2026-05-04")
    wanted = Fraction(0)
    for number, share in ((4, 40), (5, 50), (6, 60)):
        last = date(2026, number + 1, 1) - timedelta(1)
        wanted += Fraction(share, 100) * calendar_days(office, date(2026, number, 1), last)
    item = office.items("Ann")["win_rate"]
    assert exact(item.reference) == exact(wanted / WORKDAYS)


def test_who_joined_late_needs_only_their_part_of_the_goal(office):
    office.item("won_amount", "100%", reference="goal")
    office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
    office.goal("Ann", 6000)
    part = calendar_days(office, date(2026, 5, 18), date(2026, 6, 30))
    item = office.items("Ann")["won_amount"]
    assert exact(item.reference) == exact(Fraction(6000 * part, WORKDAYS))


def test_a_cancelled_goal_is_none(office):
    office.item("won_amount", "100%", reference="goal")
    row = office.goal("Ann", 500)
    office.book.set("goal", row, {"status": "cancelled"})
    assert office.items("Ann")["won_amount"].score is None


def test_the_manager_s_level_counts_and_the_others_inform(office):
    item = office.item(weight="100%", name="Teamwork", must_cite=False)
    evaluation = office.evaluation("Ann")
    assert office.items("Ann")["Teamwork"].missing == "The manager has not judged it."
    for by, rater, level in (("self", "Ann", 5), ("manager", "Bo", 4), ("peer", "Cy", 2)):
        office.add(
            "evaluation_rating",
            evaluation=evaluation,
            item=item,
            rated_by=by,
            rater=office.people[rater],
            level=level,
            comment="Helped." if by == "manager" else None,
        )
    made = office.items("Ann")["Teamwork"]
    assert (made.value, made.score) == (4, 80)
    assert [one.rated_by for one in made.judged] == ["manager", "peer"]
    assert made.sentence == (
        "Bo gave level 4 of 5. That gives 80 points. Reason: Helped. "
        "A colleague says level 2; it informs and doesn't count. It counts 100% of the total."
    )


def test_a_self_review_is_seen_only_when_it_is_handed_in(office):
    item = office.item(weight="100%", name="Teamwork", must_cite=False)
    evaluation = office.evaluation("Ann")
    office.add(
        "evaluation_rating",
        evaluation=evaluation,
        item=item,
        rated_by="self",
        rater=office.people["Ann"],
        level=5,
    )
    assert office.items("Ann")["Teamwork"].judged == ()
    office.book.set("evaluation", evaluation, {"self_handed_in_at": "2026-07-01 10:00"})
    [own] = office.items("Ann")["Teamwork"].judged
    assert (own.rated_by, own.level, own.points) == ("self", 5, 100)
    assert office.items("Ann")["Teamwork"].score is None


def test_the_scorecard_of_the_position_comes_first_and_the_newest_in_force(office):
    office.item("won_amount", "100%", reference_value=100)
    for name, position, since, version in (
        ("Keys", "Key account", date(2026, 1, 1), 1),
        ("Keys", "Key account", date(2026, 4, 1), 2),
        ("Keys", "Key account", date(2026, 6, 1), 3),
    ):
        office.add(
            "scorecard_template",
            name=name,
            position=position,
            effective_from=since,
            version=version,
            status="active",
        )
    office.book.set("salesperson", office.people["Ann"], {"position": "key account"})
    found = office.scored()
    assert (found["Ann"].scorecard_name, found["Ann"].scorecard_version) == ("Keys", 2)
    assert found["Bo"].scorecard_name == "Sales"


def test_a_draft_counts_only_where_nothing_is_in_force_and_it_is_said(office):
    office.item("won_amount", "100%", reference_value=100)
    office.book.set("scorecard_template", office.card, {"status": "draft"})
    assert "The scorecard Sales is a draft" in said(office.scored()["Ann"])
    other = office.add("scorecard_template", name="Other")
    one = office.scored()["Ann"]
    assert (one.scorecard, one.total) == ("", None)
    assert said(one) == "There is no scorecard for this person."
    office.book.set("scorecard_template", other, {"status": "active"})
    assert office.scored()["Ann"].scorecard_name == "Other"


def test_a_scorecard_frozen_after_the_period_began_is_named(office):
    office.item("won_amount", "100%", reference_value=100)
    office.book.set("scorecard_template", office.card, {"frozen_at": "2026-05-01 09:00"})
    assert said(office.scored()["Ann"]) == (
        "The scorecard was frozen on 2026-05-01, after the period had begun."
    )


def test_the_newest_version_of_an_evaluation_is_the_one_that_stands(office):
    office.item("won_amount", "100%", reference_value=100)
    office.evaluation("Ann")
    second = office.evaluation("Ann", version=2, adjustment=3, adjustment_reason="Seen.")
    [one] = office.scored().values()
    assert (one.version, one.total) == (2, 3)
    assert one.evaluation == office.book.public_id("evaluation", second)


def test_who_is_asked_for_alone_has_the_same_score_as_among_all(office):
    from models.evaluations.scoring import scored

    office.item("won_amount", "100%", reference="team_median")
    for at, who in enumerate(office.people):
        office.deal(who, "2026-05-04", 100 * (at + 1))
    alone = scored(office.book, office.cycle, people=[office.people["Bo"]], on=AFTER)
    assert alone == (office.scored()["Bo"],)


def test_a_cycle_without_a_period_is_refused_in_words(office):
    from models.evaluations.scoring import scored

    with pytest.raises(Refused) as told:
        scored(office.book, 999)
    assert told.value.code == "gone"
