"""One job: who may do it, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from models.assignment.counterfactual import otherwise, tipping, why_first
from models.assignment.inputs import ONE, WORKING, Contact, Fit
from models.assignment.ranking import rank
from models.assignment.weights import FACTORS, USUAL, Weights
from models.money import from_scaled
from models.refusals import Refused
from models.texts import set_language
from tests.assignment.cases import DAY, ON, case, days, job, person, random_case


def test_in_ten_thousand_cases_nobody_unfit_is_proposed_without_saying_so() -> None:
    proposed = 0
    for seed in range(10_000):
        found = rank(one := random_case(seed), one.jobs[0])
        known = {each.id for each in one.people}
        assert known == {each.person.id for each in (*found.candidates, *found.excluded)}
        first = found.first
        if first is None:
            continue
        proposed += 1
        assert first.person.status in WORKING
        free = one.between(first.person.days.free, first.job.starts, first.job.due)
        present = one.between(first.person.days.present, first.job.starts, first.job.due)
        working = one.between(first.person.days.working, first.job.starts, first.job.due)
        assert present or not working
        if first.job.effort > max(free, 0):
            assert any("Over capacity" in each for each in first.warnings)
            assert all(each.over for each in found.candidates)  # nobody has the hours
        if present < working:
            assert any("Away on" in each for each in first.warnings)
    assert proposed > 5_000


def test_contributions_add_up_to_the_score_exactly() -> None:
    for seed in range(500):
        found = rank(one := random_case(seed), one.jobs[0])
        for each in found.candidates:
            assert all(0 <= factor.value <= ONE for factor in each.factors)
            parts = [from_scaled(factor.value) * factor.weight for factor in each.factors]
            assert sum(parts, Decimal(0)) == from_scaled(each.score)
            assert [from_scaled(factor.contribution) for factor in each.factors] == parts


def test_the_same_people_stand_in_the_same_order_however_they_come() -> None:
    for seed in range(300):
        one = random_case(seed)
        order = [each.person.id for each in rank(one, one.jobs[0]).candidates]
        mixed = list(one.people)
        Random(seed).shuffle(mixed)
        other = replace(one, people=tuple(mixed))
        assert [each.person.id for each in rank(other, one.jobs[0]).candidates] == order


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    for language in ("en", "zh_CN"):
        set_language(language)
        for seed in range(50):
            found = rank(one := random_case(seed), one.jobs[0])
            for each in found.candidates:
                assert all(factor.sentence.endswith((".", "。")) for factor in each.factors)
            assert all(each.reason for each in found.excluded)


def test_a_weight_that_counts_more_brings_those_forward_for_whom_it_speaks() -> None:
    busy, fresh = person(1, days=days([400])), person(2)
    known = Contact(12, ON - timedelta(days=3))
    one = case([busy, fresh], [job(customer=7, customer_name="Huaxin")], contacts={(1, 7): known})
    usual = rank(one, one.jobs[0])
    assert usual.first.person.id == 1
    assert usual.weighed(USUAL.changed("load", 60)).first.person.id == 2
    weight = tipping(usual.candidates[0], usual.candidates[1], "load")
    assert usual.weighed(USUAL.changed("load", weight)).first.person.id == 2
    assert usual.weighed(USUAL.changed("load", weight - 1)).first.person.id == 1


def test_the_sentences_say_what_was_counted() -> None:
    one = case(
        [person(1, days=days([190]), received=200), person(2)],
        [job(customer=7, customer_name="Huaxin", needs=("a",), worth=100)],
        contacts={(1, 7): Contact(12, ON - timedelta(days=10), deals=1)},
        fits={(1, ("a",)): Fit(ONE, (("Tenders", 4, 3),))},
    )
    found = rank(one, one.jobs[0])
    said = [each.sentence for each in found.of(1).factors]
    assert said == [
        "Skills: Tenders 4 of 3.",
        "12 contacts with Huaxin, the last on 02-20; 1 deal with them.",
        "9.5 hours free until 03-06; this takes 4.",
        "There on every working day until 03-06.",
        "Got good chances worth 2 in 90 days; an equal share is 1.5.",
    ]
    assert [(each.person.id, each.code) for each in found.excluded] == [(2, "skill")]


def test_what_would_change_the_proposal_does_change_it() -> None:
    tried = 0
    for seed in range(400):
        one = random_case(seed, people=6)
        found = rank(one, one.jobs[0])
        for each in otherwise(found, 9):
            tried += 1
            assert each.person != found.first.person.id
            match each.code:
                case "away":
                    changed = found.without({found.first.person.id})
                case "due":
                    changed = rank(one, replace(found.job, due=each.day))
                case _:
                    changed = found.weighed(each.weights)
            assert changed.first.person.id == each.person
    assert tried > 300


def test_whose_leave_would_change_it_is_named() -> None:
    li, wang = replace(person(1), name="Li"), replace(person(2), name="Wang")
    one = case([li, wang], [job(customer=7)], contacts={(2, 7): Contact(9, ON, owns=True)})
    found = rank(one, one.jobs[0])
    assert otherwise(found)[0].text == "Li, if Wang is on leave."
    assert why_first(found) == "Wang before Li mostly for: experience."


def test_who_has_no_hours_stands_behind_all_who_have() -> None:
    full = person(1, days=days([0]))
    known = Contact(50, ON, 3, 3, owns=True)
    one = case([full, person(2)], [job(customer=7)], contacts={(1, 7): known})
    found = rank(one, one.jobs[0])
    assert [each.person.id for each in found.candidates] == [2, 1]
    assert found.candidates[1].score > found.candidates[0].score
    assert "Over capacity" in found.candidates[1].warnings[0]


def test_a_half_day_away_counts_for_the_half_of_a_day() -> None:
    found = rank(one := case([person(1, days=days([DAY], {1}))], [job()]), one.jobs[0])
    assert found.first.values[FACTORS.index("leave")] == 800_000
    assert found.first.warnings == ("Away on 1 of 5 working days until 03-06.",)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", USUAL),
        ("skill=30 experience=20 load=20 leave=10 fairness=20", USUAL),
        ("技能 50，负荷：50", Weights(50, 0, 50, 0, 0)),
        ("skill fit: 1; fairness 2", Weights(1, 0, 0, 0, 2)),
    ],
)
def test_weights_are_read_as_people_write_them(text: str, made: Weights) -> None:
    assert Weights.parse(text) == made
    assert Weights.parse(made.canonical) == made


@pytest.mark.parametrize(
    "text",
    [
        "skill",
        "beauty=3",
        "skill=1 skill=2",
        "skill=1.5",
        "skill=-1",
        "skill=1001",
        "load=0",
        "= 3",
    ],
)
def test_weights_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Weights.parse(text)
    assert refused.value.code == "bad_weights"
    assert refused.value.message
