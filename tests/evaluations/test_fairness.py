"""Whether a cycle was fair: equal treatment is hardly ever called unfair, unequal treatment is found and names its records."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.evaluations.checks import FINE, LOOK, UNKNOWN, Check
from models.evaluations.fairness import cycles, fairness, latest
from models.evaluations.given import shares
from models.evaluations.leniency import leniency, student
from tests.evaluations.scored_books import AFTER, Office

ITEMS = ("Care", "Order", "Helps")


def judgements(
    random: np.random.Generator, lenient: float, people: int = 8, raters: int = 4
) -> list[tuple[int, int, float, str]]:
    """Levels that some managers give: truth, their leniency, and noise of a judgement."""
    made = []
    for rater in range(raters):
        for person in range(people):
            truth = random.normal(3.2, 0.7)
            for item in ITEMS:
                seen = truth + random.normal(0, 0.4) + (lenient if rater == 0 else 0)
                made.append((rater, rater * 100 + person, float(np.clip(round(seen), 1, 5)), item))
    return made


def test_of_managers_who_judge_alike_one_is_named_in_at_most_5_of_100_cases():
    named = 0
    for seed in range(400):
        found = leniency(judgements(np.random.default_rng(seed), 0.0))
        named += any(one.more_than_chance for one in found)
    assert named <= 400 * 7 // 100  # 5 %, and what 400 cases may be off by themselves


def test_a_manager_who_judges_a_level_and_a_half_higher_is_found_in_most_cases():
    found = 0
    for seed in range(100):
        lenient, *_ = leniency(judgements(np.random.default_rng(seed), 1.5))
        found += lenient.more_than_chance and lenient.difference > 0
    assert found >= 75


def test_of_fewer_than_five_people_on_a_side_nothing_is_said():
    found = leniency(judgements(np.random.default_rng(1), 3.0, people=4, raters=2))
    assert [one.low for one in found] == [None, None]
    assert not any(one.more_than_chance for one in found)


def test_items_that_only_one_manager_judges_are_not_compared():
    assert leniency([(1, person, 5.0, "Care") for person in range(9)]) == ()


@pytest.mark.parametrize(
    ("share", "freedom", "known"),
    [(0.975, 5, 2.5706), (0.975, 30, 2.0423), (0.995, 10, 3.1693), (0.9875, 8, 2.7515)],
)
def test_students_t_agrees_with_the_tables(share, freedom, known):
    assert student(share, freedom) == pytest.approx(known, rel=0.01)


def dealt(random: np.random.Generator, favoured: float = 1.0) -> list[list[int]]:
    """Some 60 chances of half to three times the ordinary worth for eight people."""
    parts = np.ones(8)
    parts[0] = favoured
    made: list[list[int]] = [[] for _ in range(8)]
    for _ in range(60):
        made[int(random.choice(8, p=parts / parts.sum()))].append(int(random.integers(50, 300)))
    return made


def test_of_chances_dealt_by_lot_somebody_is_named_in_at_most_5_of_100_cases():
    named = 0
    for seed in range(400):
        found = shares(dealt(np.random.default_rng(seed)), [90] * 8)
        named += any(one.uneven for one in found.people)
    assert named <= 400 * 7 // 100


def test_who_gets_four_times_the_chances_is_named():
    found = [shares(dealt(np.random.default_rng(seed), 4.0), [90] * 8) for seed in range(50)]
    assert sum(one.people[0].uneven for one in found) >= 45


def test_an_equal_share_follows_the_days():
    found = shares([[100] * 30, [100] * 10], [90, 30])
    assert [one.share for one in found.people] == [3000, 1000]
    assert not any(one.uneven for one in found.people)


# -- a whole cycle -----------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path):
    """Six people, the first of whom was given everything; one item is judged by two managers."""
    made = Office(tmp_path, "Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Boss", "Chief")
    made.item("won_amount", "50%", reference_value=1000)
    made.item("win_rate", "30%", reference_value="0.5")
    made.judged = made.item("", "20%", name="Care", reference=None)
    made.add("grade_band", scorecard=made.card, name="A", from_points=100, share="50%")
    made.add("grade_band", scorecard=made.card, name="B", from_points=0, share="50%")
    for at, who in enumerate(("Ann", "Bob", "Cid", "Dan", "Eve", "Fay")):
        for day in range(1, 7 if at else 4):
            made.deal(who, f"2026-04-{day:02}", 180)
            made.deal(who, f"2026-05-{day:02}", 0, "lost")
        row = made.evaluation(who)
        made.add(
            "evaluation_rating",
            evaluation=row,
            item=made.judged,
            rated_by="manager",
            rater=made.people["Boss" if at < 3 else "Chief"],
            level=4 if at < 3 else 3,
        )
    yield made
    made.book.close()


def checked(office: Office) -> dict[str, Check]:
    return {one.code: one for one in fairness(office.book, office.cycle, AFTER).checks}


def test_a_cycle_is_checked_in_seven_ways_each_with_a_verdict_and_a_method(office):
    found = checked(office)
    assert list(found) == ["groups", "leniency", "chances", "territory", "few", "rule", "grades"]
    for one in found.values():
        assert one.title
        assert one.finding
        assert one.method
        assert all(len(line.cells) == len(one.heads) for line in one.lines)


def test_grades_that_differ_where_nobody_can_be_told_apart_are_named(office):
    found = checked(office)["groups"]
    assert found.verdict == LOOK
    assert "they rest on chance" in found.finding
    assert {line.cells[3] for line in found.lines} == {"1"}


def test_every_number_of_somebody_leads_to_the_records_behind(office):
    line = next(one for one in checked(office)["groups"].lines if one.cells[0] == "Bob")
    rows = line.records["opportunity"]
    assert len(rows) == 12
    owners = {office.book.record("opportunity", row)["owner"].id for row in rows}
    assert owners == {office.people["Bob"]}


def test_with_three_people_a_manager_nothing_is_said_of_leniency(office):
    found = checked(office)["leniency"]
    assert found.verdict == UNKNOWN
    assert [len(line.records["evaluation_rating"]) for line in found.lines] == [3, 3]


def test_who_was_given_all_chances_is_named_with_them(office):
    assert checked(office)["chances"].verdict == UNKNOWN
    for day in range(1, 13):
        office.add(
            "opportunity_ledger", person=office.people["Ann"], given_on=date(2026, 4, day), worth=1
        )
    found = checked(office)["chances"]
    assert found.verdict == LOOK
    assert found.lines[0].cells[:4] == ("Ann", "12", "12", "2")
    assert len(found.lines[0].records["opportunity_ledger"]) == 12


def test_chances_of_other_days_do_not_count(office):
    for day in range(1, 13):
        office.add(
            "opportunity_ledger", person=office.people["Ann"], given_on=date(2026, 7, day), worth=1
        )
    assert checked(office)["chances"].verdict == UNKNOWN


def test_territories_tell_how_much_of_the_pipeline_was_given(office):
    own = office.add("customer", name="Own", owner=office.people["Ann"], annual_revenue=900)
    given = office.add("customer", name="Given", owner=office.people["Ann"], annual_revenue=100)
    office.add("customer", name="Other", owner=office.people["Bob"], annual_revenue=100)
    office.add(
        "opportunity_ledger", person=office.people["Ann"], customer=given, given_on=date(2026, 4, 1)
    )
    for customer, amount in ((own, 300), (given, 50)):
        office.add(
            "opportunity",
            owner=office.people["Ann"],
            customer=customer,
            status="open",
            amount=amount,
        )
    found = checked(office)["territory"]
    line = next(one for one in found.lines if one.cells[0] == "Ann")
    assert line.cells[1:6] == ("2", "0", "¥1,000", "¥350", "¥50")
    assert set(line.records) == {"customer", "opportunity"}


def test_items_with_few_records_say_how_many_are_needed(office):
    found = checked(office)["few"]
    assert found.verdict == LOOK
    ann = [line.cells[1:4] for line in found.lines if line.cells[0] == "Ann"]
    assert ann == [("won_amount", "3", "5"), ("win_rate", "6", "10")]


def test_one_position_with_two_scorecards_breaks_the_rule(office):
    found = checked(office)["rule"]
    assert found.verdict == LOOK
    assert found.lines[0].sentence == "It is not frozen."
    other = office.add("scorecard_template", name="Other", status="active")
    office.book.set("evaluation", office.book.ids("evaluation")[0], {"scorecard": other})
    lines = checked(office)["rule"].lines
    assert [line.cells[1] for line in lines] == ["Sales", "Other"]
    assert all("Others of this position have another one." in line.sentence for line in lines)


def test_a_scorecard_frozen_before_the_period_is_as_it_should_be(office):
    office.book.set("scorecard_template", office.card, {"frozen_at": "2026-03-01T08:00:00"})
    found = checked(office)["rule"]
    assert found.verdict == FINE
    assert found.lines[0].sentence == "As it should be."


def test_grades_stand_beside_what_was_intended_and_stay(office):
    before = [one.grade for one in office.scored().values()]
    found = checked(office)["grades"]
    cells = {line.cells[1]: line.cells[2:] for line in found.lines}
    assert cells["A"][1:] == ("50%", "3.0", f"{int(cells['A'][0]) - 3:+.1f}")
    assert [one.grade for one in office.scored().values()] == before


def test_the_latest_cycle_that_has_begun_comes_first(office):
    later = office.add("evaluation_cycle", name="Next", period="2027-Q1")
    assert latest(office.book, AFTER) == office.cycle
    assert latest(office.book, date(2027, 2, 1)) == later
    assert [name for _, name in cycles(office.book)] == ["Next", "Q2"]
