"""What a sheet says in words is true of the numbers beside it, in the corners where it is easily not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.evaluations.office import WORKDAYS, calendar_days
from tests.evaluations.scored_books import Office


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, "Ann", "Bo", "Cy")
    with made.book:
        yield made


def test_a_cap_below_full_points_is_told_where_it_took_points_away(office):
    office.item("won_amount", "50%", reference_value=100, cap=80)
    office.item("win_rate", "50%", reference_value="100%", cap=80)
    office.deal("Ann", "2026-05-04", 90)
    for at in range(3):
        office.deal("Ann", "2026-05-04", 0, "lost" if at else "won")
    items = office.items("Ann")
    assert items["won_amount"].score == 80
    told = "90% of it is reached, which gives 80 points. More than 80 points are never given."
    assert told in items["won_amount"].sentence
    assert items["win_rate"].score == 50
    assert "never given" not in items["win_rate"].sentence


def test_a_cap_is_told_of_a_judgement_and_what_its_levels_give(office):
    item = office.item(
        weight="100%", name="Teamwork", must_cite=False, cap=90, points="1: 0, 3: 60, 5: 100"
    )
    evaluation = office.evaluation("Ann")
    office.add(
        "evaluation_rating", evaluation=evaluation, item=item, rated_by="manager",
        rater=office.people["Bo"], level=5, comment="Helped",
    )  # fmt: skip
    made = office.items("Ann")["Teamwork"]
    assert made.score == 90
    assert (
        "That gives 90 points. Levels give: 1: 0, 3: 60, 5: 100. More than 90 points are never given."
        in made.sentence
    )


def test_points_for_a_negative_value_are_not_called_none(office):
    office.item("gross_profit", "100%", reference_value=1000, points="50%: 20, 100%: 100")
    office.order("Ann", "2026-05-04", 500, -700)
    item = office.items("Ann")["gross_profit"]
    assert item.score == 20
    assert "never fall below 0" not in item.sentence
    assert (
        "The points follow a line, level before its first and after its last point: 50%: 20, 100%: 100."
        in item.sentence
    )


@pytest.mark.parametrize(
    ("goals", "wanted"),
    [
        ({"2026-04": 100, "2026-05": 200}, "The 2 goals inside the period come to ¥300.00 for {part} of 61 working days; the other days count alike, which makes ¥{whole} for all of them."),
        ({"2026-05": 200}, "The goal inside the period is ¥200.00 for {part} of 61 working days; the other days count alike, which makes ¥{whole} for all of them."),
    ],
)  # fmt: skip
def test_goals_that_leave_months_out_are_told_as_they_are(office, goals, wanted):
    office.item("won_amount", "100%", reference="goal")
    for month, target in goals.items():
        office.goal("Ann", target, month)
    part = sum(
        calendar_days(office, date(2026, int(one[-2:]), 1), date(2026, int(one[-2:]), 30))
        for one in goals
    )
    part += "2026-05" in goals and calendar_days(office, date(2026, 5, 31), date(2026, 5, 31))
    item = office.items("Ann")["won_amount"]
    whole = sum(goals.values()) * WORKDAYS / part
    assert float(item.reference) == pytest.approx(whole)
    assert wanted.format(part=part, whole=f"{whole:,.2f}") in item.sentence


def test_goals_of_months_are_told_with_the_part_for_who_joined_late(office):
    office.item("won_amount", "100%", reference="goal")
    for month, target in (("2026-04", 100), ("2026-05", 200), ("2026-06", 300)):
        office.goal("Ann", target, month)
    office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
    item = office.items("Ann")["won_amount"]
    worked = calendar_days(office, date(2026, 5, 18), date(2026, 6, 30))
    late = calendar_days(office, date(2026, 5, 18), date(2026, 5, 31))
    may = calendar_days(office, date(2026, 5, 1), date(2026, 5, 31))
    wanted = 300 + 200 * late / may
    assert float(item.reference) == pytest.approx(wanted)
    assert (
        f"The 3 goals inside the period come to ¥600.00. For {worked} of 61 working days, "
        f"each goal by its own, that is ¥{wanted:,.2f}." in item.sentence
    )


def test_what_stands_at_the_end_is_not_said_to_be_scaled(office):
    office.item("pipeline_amount", "100%", reference_value=1000)
    office.book.set("salesperson", office.people["Ann"], {"hire_date": date(2026, 5, 18)})
    one = office.scored()["Ann"]
    assert one.items[0].reference == 1000
    assert "What stands at the end is compared with all of it." in one.items[0].sentence
    [note] = [one for one in one.notes if "working days count" in one]
    assert note.endswith(
        "amounts and counts of these days are compared with that part of the reference; "
        "rates, days and what stands at the end with all of it."
    )


def test_who_was_away_all_the_time_is_not_said_to_be_compared(office):
    office.item("won_amount", "100%", reference_value=1000)
    office.add(
        "leave", person=office.people["Ann"], kind="sick",
        starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30),
    )  # fmt: skip
    one = office.scored()["Ann"]
    assert one.total is None
    assert (
        "On leave for all 61 working days: amounts and counts of these days can't be compared."
        in one.notes
    )
