"""Whose days count: who joined, was away, moved, left; what the period of an evaluation is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from models.evaluations.curves import rounded
from tests.evaluations.office import WORKDAYS, calendar_days, exact, office, said
from tests.evaluations.scored_books import AFTER, Office

__all__ = ["office"]


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
