"""Scores of a cycle: each special case is handled as it is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from models import texts
from models.evaluations.curves import rounded
from models.measures import engine
from models.periods import days
from models.refusals import Refused
from tests.evaluations.scored_books import AFTER, Office

WORKDAYS = 61  # of the second quarter of 2026, by the calendar of China


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, "Ann", "Bo", "Cy")
    with made.book:
        assert calendar_days(made, date(2026, 4, 1), date(2026, 6, 30)) == WORKDAYS
        yield made


def calendar_days(office: Office, first: date, last: date) -> int:
    from models.calendar.in_book import work_calendar

    return work_calendar(office.book).count(first, last)


def said(scored) -> str:
    return " ".join(scored.notes)


def exact(value) -> Decimal:
    """A number to twelve decimals, more than a reference is ever read with."""
    return rounded(Fraction(value), 12)


# -- what is counted -----------------------------------------------------------------------------------


def test_a_value_against_a_fixed_reference_is_explained_in_one_text(office):
    office.item("won_amount", "100%", reference_value=1000)
    for amount in (300, 500):
        office.deal("Ann", "2026-04-10", amount)
    office.deal("Ann", "2026-07-01", 999)  # after the period
    item = office.items("Ann")["won_amount"]
    assert (item.value, item.reference, item.n) == (800, 1000, 2)
    assert (item.score, item.share) == (80, Decimal("0.8"))
    assert item.sentence == (
        "Won amount: ¥800.00 from 2 records. The scorecard asks for ¥1,000.00. "
        "80% of it is reached, which gives 80 points. It counts 100% of the total."
    )
    with texts.speaking("zh_CN"):
        assert office.items("Ann")["won_amount"].sentence == (
            "赢单金额：¥800.00，来自 2 条记录。考核表要求 ¥1,000.00。"
            "达到了其中的 80%，得 80 分。占总分的 100%。"
        )


def test_every_value_is_the_sum_of_its_records_and_what_the_measure_says(office):
    """Against the measures' own breakdown, which is another query."""
    measures = ("won_amount", "win_rate", "sales_cycle_days", "gross_profit", "receipt_rate")
    for one in measures:
        office.item(one, "20%", reference="team_median")
    for at, who in enumerate(("Ann", "Bo", "Bo", "Cy", "Cy", "Cy")):
        office.deal(who, f"2026-05-{at + 4:02}", 100 + at * Decimal("7.13"))
        office.deal(who, f"2026-05-{at + 4:02}", 50, "lost")
        office.order(who, "2026-06-01", 1000 + at, at - 2)
    period = days(date(2026, 4, 1), date(2026, 6, 30))
    found = office.scored()
    for measure in measures:
        by_person = {
            row.key: row
            for row in engine.measure(office.book, measure, period=period, by="person").rows
        }
        for name, scored in found.items():
            item = next(one for one in scored.items if one.name == measure)
            row = by_person[office.people[name]]
            assert (item.value, item.numerator, item.n) == (row.value, row.numerator, row.n)
            assert item.denominator == row.denominator
            assert sum(one.value for one in item.records) == item.numerator
            if item.denominator is not None:
                assert sum(one.below for one in item.records) == item.denominator
            assert all(
                office.book.row_id(one.entity, one.id) and one.entity for one in item.records
            )


def test_the_total_adds_the_contributions_and_what_calibration_added(office):
    office.item("won_amount", "70%", reference_value=1000)
    office.item("won_count", "30%", reference_value=4)
    for amount in (333, 334):
        office.deal("Ann", "2026-05-04", amount)
    office.add("grade_band", scorecard=office.card, name="A", from_points=60)
    office.add("grade_band", scorecard=office.card, name="B", from_points=0)
    office.evaluation("Ann", adjustment="-1.5", adjustment_reason="A large order came by itself.")
    one = office.scored()["Ann"]
    assert [item.contribution for item in one.items] == [Decimal("46.69"), 15]
    assert (one.total, one.data_score, one.grade) == (Decimal("60.19"), Decimal("61.69"), "A")
    assert one.adjustment_reason


def test_a_total_just_at_the_border_has_the_grade(office):
    office.item("won_amount", "100%", reference_value=1000)
    office.deal("Ann", "2026-05-04", 900)
    office.deal("Bo", "2026-05-04", Decimal("899.90"))
    office.add("grade_band", scorecard=office.card, name="A", from_points=90)
    found = office.scored()
    assert (found["Ann"].grade, found["Bo"].grade) == ("A", "")


def test_the_best_come_first_and_who_has_no_total_last(office):
    office.item("win_rate", "100%", reference_value="50%")
    office.deal("Bo", "2026-05-04")
    assert list(office.scored()) == ["Bo", "Ann", "Cy"]


# -- a missing item ------------------------------------------------------------------------------------


def test_a_missing_item_shares_its_weight_out_and_the_sheet_says_so(office):
    office.item("won_amount", "50%", reference_value=1000)
    office.item("win_rate", "30%", reference_value="50%")
    office.item("activities", "20%", reference_value=10)
    office.add("activity", person=office.people["Ann"], at="2026-05-04 10:00", kind="visit")
    one = office.scored()["Ann"]
    amount, rate, contacts = one.items
    assert rate.score is None
    assert rate.missing == "There is no record from which Win rate could be computed."
    assert rate.sentence.endswith("Its weight of 30% is shared out over the other items.")
    assert [item.counted_weight for item in one.items] == [
        Decimal("0.714286"),
        0,
        Decimal("0.285714"),
    ]
    assert "71.4% of the total instead of 50%" in amount.sentence
    assert (contacts.score, one.total) == (10, Decimal("2.86"))
    assert "(win_rate); its weight of 30% is shared out over the others" in said(one)


def test_with_too_little_of_the_scorecard_no_total_is_given(office):
    office.item("won_amount", "40%", reference_value=1000)
    office.item("win_rate", "60%", reference_value="50%")
    office.add("grade_band", scorecard=office.card, name="C", from_points=0)
    one = office.scored()["Ann"]
    assert (one.total, one.grade) == (None, "")
    assert "Only 40% of the scorecard could be scored, less than the 50%" in said(one)


def test_weights_that_do_not_come_to_a_hundred_count_in_proportion_and_it_is_said(office):
    office.item("won_amount", "60%", reference_value=1000)
    office.item("won_count", "20%", reference_value=1)
    office.deal("Ann", "2026-05-04", 500)
    one = office.scored()["Ann"]
    assert [item.counted_weight for item in one.items] == [Decimal("0.75"), Decimal("0.25")]
    assert one.total == Decimal("62.5")
    assert one.items[0].sentence.endswith(
        "It counts 75% of the total, in proportion: the weights of the scorecard come to 80%, that of this item is 60%."
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reference": "fixed"}, "The scorecard doesn't say what gives full points."),
        ({"reference": "goal"}, "There is no goal for Won amount in this period."),
        ({"reference_value": 0}, "asks for ¥0.00. Only something above 0 can be measured against."),
        ({"reference_value": 9, "points": "60% 0"}, "are no points of a curve"),
        ({"reference": "team_median"}, "Nobody has a value of Won amount to take the median of."),
    ],
)
def test_without_something_to_measure_against_an_item_is_missing_with_its_reason(
    office, more, reason
):
    office.item("won_amount", "100%", **more)
    item = office.items("Ann")["won_amount"]
    assert item.score is None
    assert reason in item.missing
    assert item.value == 0


# -- zero and negative ---------------------------------------------------------------------------------


def test_zero_sales_are_nothing_reached_and_not_missing(office):
    office.item("won_amount", "100%", reference_value=1000)
    one = office.scored()["Ann"]
    assert (one.items[0].score, one.total) == (0, 0)
    assert one.items[0].sentence.startswith(
        "Won amount: no record in this time, which counts as ¥0.00."
    )


def test_a_negative_profit_gives_no_points_and_says_that_it_is_negative(office):
    office.item("gross_profit", "100%", reference_value=1000)
    office.order("Ann", "2026-05-04", 500, -700)
    item = office.items("Ann")["gross_profit"]
    assert (item.value, item.score, item.share) == (-700, 0, Decimal("-0.7"))
    assert "Gross profit: -¥700.00 from one record." in item.sentence
    assert "The value is negative: points never fall below 0." in item.sentence


def test_less_is_better_where_the_measure_says_so(office):
    office.item("sales_cycle_days", "100%", reference_value=50)
    office.deal("Ann", (date(2026, 1, 5) + timedelta(90)).isoformat())
    office.deal("Bo", (date(2026, 1, 5) + timedelta(120)).isoformat())
    ann, bo = office.items("Ann")["sales_cycle_days"], office.items("Bo")["sales_cycle_days"]
    assert (ann.score, bo.score) == (20, 0)
    assert "180% of it is reached, so 200% less that, 20%, counts" in ann.sentence
    assert bo.sentence.endswith("Points never fall below 0. It counts 100% of the total.")


# -- fewer days ----------------------------------------------------------------------------------------


def test_who_joined_in_the_period_is_compared_with_the_days_that_they_had(office):
    office.item("won_amount", "50%", reference_value=6000)
    office.item("win_rate", "50%", reference_value="50%")
    office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
    office.deal("Ann", "2026-05-20", 1000)
    office.deal("Ann", "2026-04-20", 7777)  # before: somebody else's work
    one = office.scored()["Ann"]
    part = calendar_days(office, date(2026, 5, 18), date(2026, 6, 30))
    amount, rate = one.items
    assert one.first == date(2026, 5, 18)
    assert exact(amount.reference) == exact(Fraction(6000 * part, WORKDAYS))
    assert amount.value == 1000
    assert amount.score == rounded(Fraction(1000 * WORKDAYS * 100, 6000 * part))
    assert rate.reference == Decimal("0.5")
    assert f"That is for {part} of 61 working days" in amount.sentence
    assert "Hired on 2026-05-18, in the course of the period." in one.notes
    assert f"{part} of 61 working days count" in said(one)


def test_the_median_brings_people_with_fewer_days_to_the_whole_period(office):
    office.item("won_amount", "100%", reference="team_median")
    office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
    part = calendar_days(office, date(2026, 5, 18), date(2026, 6, 30))
    office.deal("Ann", "2026-05-20", 100 * part)
    office.deal("Bo", "2026-05-20", 100 * WORKDAYS)
    office.deal("Cy", "2026-05-20", 100)
    found = office.scored()
    assert (found["Ann"].total, found["Bo"].total) == (100, 100)
    assert found["Ann"].items[0].reference == 100 * part
    assert "The median of 3 people" in found["Ann"].items[0].sentence


def test_who_has_no_record_at_all_does_not_lower_the_median_for_others(office):
    office.item("won_amount", "100%", reference="team_median")
    office.deal("Ann", "2026-05-20", 200)
    office.deal("Bo", "2026-05-20", 100)
    found = office.scored()
    assert found["Ann"].items[0].reference == 150
    assert found["Cy"].total == 0  # no records of a sum are a zero all the same
    assert "The median of 2 people who have records of it" in found["Cy"].items[0].sentence


def test_leave_of_a_month_scales_amounts_and_leaves_rates_alone(office):
    office.item("won_amount", "50%", reference_value=6000)
    office.item("win_rate", "50%", reference_value="50%")
    office.add(
        "leave",
        person=office.people["Ann"],
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 30),
        status="approved",
    )
    office.deal("Ann", "2026-04-20", 3000)
    away = calendar_days(office, date(2026, 6, 1), date(2026, 6, 30))
    amount, rate = office.scored()["Ann"].items
    assert exact(amount.reference) == exact(6000 * Fraction(WORKDAYS - away, WORKDAYS))
    assert rate.reference == Decimal("0.5")
    assert f"On leave for {away} of 61 working days" in said(office.scored()["Ann"])


def test_a_short_leave_changes_nothing(office):
    office.item("won_amount", "100%", reference_value=6000)
    office.add(
        "leave",
        person=office.people["Ann"],
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 4),
        status="approved",
    )
    one = office.scored()["Ann"]
    assert (one.items[0].reference, one.notes) == (6000, ())


def test_who_was_away_all_the_time_has_nothing_to_be_measured_by(office):
    office.item("won_amount", "100%", reference_value=6000)
    office.add(
        "leave",
        person=office.people["Ann"],
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 7, 30),
        status="taken",
    )
    one = office.scored()["Ann"]
    assert one.total is None
    assert one.items[0].missing == "There is no day worked in this time."


def test_days_that_the_evaluation_names_cut_the_period(office):
    office.item("won_amount", "100%", reference_value=6000)
    office.evaluation("Ann", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31))
    office.deal("Ann", "2026-05-20", 1000)
    office.deal("Ann", "2026-06-20", 1000)
    one = office.scored()["Ann"]
    assert (one.first, one.last, one.items[0].value) == (
        date(2026, 5, 1),
        date(2026, 5, 31),
        1000,
    )
    assert "The evaluation counts from 2026-05-01 on." in one.notes
    assert "The evaluation counts until 2026-05-31." in one.notes


def test_who_moved_between_teams_keeps_all_records_and_it_is_said(tmp_path):
    office = Office(tmp_path, "Ann", "Bo")
    with office.book:
        today = date.today()
        north, south = (office.add("team", name=name) for name in ("North", "South"))
        label = f"{today - timedelta(60)}..{today + timedelta(30)}"
        office.book.set("evaluation_cycle", office.cycle, {"period": label})
        office.book.set("salesperson", office.people["Ann"], {"team": north})
        office.item("won_amount", "100%", reference="team_median")
        office.deal("Ann", (today - timedelta(40)).isoformat(), 300)
        before = office.scored(today)["Ann"]
        assert "Moved" not in said(before)
        office.book.set("salesperson", office.people["Ann"], {"team": south})
        one = office.scored(today)["Ann"]
        assert f"Moved from team North to team South on {today}" in said(one)
        assert "every record of this person counts" in said(one)
        assert (one.items[0].value, one.items[0].of) == (300, 1)


def test_who_left_in_the_period_counts_until_that_day(tmp_path):
    office = Office(tmp_path, "Ann", "Bo")
    with office.book:
        today = date.today()
        label = f"{today - timedelta(60)}..{today + timedelta(30)}"
        office.book.set("evaluation_cycle", office.cycle, {"period": label})
        office.item("won_amount", "100%", reference_value=100)
        office.evaluation("Ann")
        office.book.set("salesperson", office.people["Ann"], {"status": "left"})
        one = office.scored(today)["Ann"]
        assert one.last == today
        assert f"Left on {today}, before the period ended." in one.notes


def test_who_left_afterwards_is_evaluated_and_who_left_nobody_knows_when_is_not(tmp_path):
    office = Office(tmp_path, "Ann", "Bo")
    with office.book:
        office.item("won_amount", "100%", reference_value=100)
        office.add("salesperson", name="Old", status="left")
        office.book.set("salesperson", office.people["Ann"], {"status": "left"})
        assert set(office.scored()) == {"Ann", "Bo"}  # the second quarter is over


def test_another_scorecard_can_be_tried_without_being_written(office):
    from models.evaluations import cards
    from models.evaluations.scoring import scored

    office.item("won_amount", "100%", reference_value=1000)
    office.deal("Ann", "2026-05-04", 500)
    with office.book.reading() as db:
        card = cards.read(db, office.book)[office.card]
    harder = replace(card, items=(replace(card.items[0], reference_value=Decimal(2000)),))
    tried = scored(office.book, office.cycle, on=AFTER, instead={office.card: harder})
    assert {one.name: one.total for one in tried}["Ann"] == 25
    assert office.scored()["Ann"].total == 50


def test_while_the_period_runs_it_is_said(office):
    office.item("won_amount", "100%", reference_value=100)
    one = office.scored(date(2026, 5, 4))["Ann"]
    assert one.notes == ("The period runs until 2026-06-30: this is how it stands on 2026-05-04.",)


# -- goals ---------------------------------------------------------------------------------------------


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


# -- people's judgement --------------------------------------------------------------------------------


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


# -- which scorecard -----------------------------------------------------------------------------------


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
