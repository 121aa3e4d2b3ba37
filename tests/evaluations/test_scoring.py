"""Scores of a cycle: each special case is handled as it is said in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models import texts
from models.measures import engine
from models.periods import days
from tests.evaluations.office import office, said

__all__ = ["office"]


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
