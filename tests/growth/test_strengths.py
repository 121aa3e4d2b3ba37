"""The map of strengths: only cited feedback and measures that stand out beyond chance."""

from __future__ import annotations

import random
from datetime import timedelta
from math import sqrt
from statistics import fmean

import pytest

from models.growth.strengths import _ranked, _Ranks, behind, strengths
from tests.growth.grown import ON, ago


def square(team, person, text):
    found = strengths(team.book, ON)
    names = [one.text for one in found.columns]
    return found.squares[person, names.index(text)] if text in names else None


def many(team, owner: int, won: int, lost: int) -> None:
    with team.book.change("Deals") as change:
        change.add_many(
            "opportunity",
            ("name", "owner", "customer", "status", "amount", "opened_on", "closed_on"),
            [
                ("d", owner, team.acme, "won" if at < won else "lost", 100, ago(60), ago(30))
                for at in range(won + lost)
            ],
        )


def test_feedback_without_a_cited_record_does_not_count_and_is_told(team):
    team.feedback(skill="Negotiation")
    found = strengths(team.book, ON)
    assert [one.text for one in found.columns if one.skill] == []
    assert found.uncited == 1
    row = team.feedback(skill="Negotiation", cites=team.id("customer", team.acme), kind="growth")
    cell = square(team, team.ann, "Negotiation")
    assert (cell.kind, cell.text(), cell.records) == ("growth", "▼ 1", {"feedback": [row]})
    assert square(team, team.ben, "Negotiation").kind == ""


def test_feedback_whose_record_was_removed_does_not_count_any_more(team):
    team.feedback(skill="Negotiation", cites=team.id("customer", team.acme))
    assert square(team, team.ann, "Negotiation").kind == "strength"
    with team.book.change("Remove") as change:
        change.remove("customer", [team.acme])
    assert square(team, team.ann, "Negotiation") is None


def test_praise_and_criticism_of_one_skill_are_both_shown_with_the_trend(team):
    cites = team.id("customer", team.acme)
    team.feedback(skill="Negotiation", cites=cites, kind="growth", given_on=ago(250))
    team.feedback(skill="Negotiation", cites=cites, kind="strength")
    cell = square(team, team.ann, "Negotiation")
    assert (cell.kind, cell.trend, cell.text()) == ("mixed", "better", "◆ 1/1 ↗")


def test_nothing_is_claimed_from_few_records(team):
    many(team, team.ann, 9, 0)
    many(team, team.ben, 0, 40)
    cell = square(team, team.ann, "Win rate")
    assert (cell.kind, cell.n) == ("too_few", 9)
    assert "too few" in cell.sentence


def test_a_difference_beyond_chance_is_a_strength_of_one_and_a_weakness_of_the_other(team):
    many(team, team.ann, 40, 10)
    many(team, team.ben, 10, 40)
    assert square(team, team.ann, "Win rate").kind == "strength"
    cell = square(team, team.ben, "Win rate")
    assert cell.kind == "growth"
    assert "20.0%" in cell.sentence
    assert "80.0%" in cell.sentence
    assert len(behind(team.book, team.ben, "win_rate", ON)["opportunity"]) == 50


def test_a_difference_within_chance_is_no_judgement(team):
    many(team, team.ann, 12, 8)
    many(team, team.ben, 10, 10)
    assert {square(team, one, "Win rate").kind for one in (team.ann, team.ben)} == {"like_others"}


def test_where_less_is_better_the_shorter_cycle_is_the_strength(team):
    with team.book.change("Deals") as change:
        for owner, days in ((team.ann, 20), (team.ben, 60)):
            change.add_many(
                "opportunity",
                ("name", "owner", "customer", "status", "amount", "opened_on", "closed_on"),
                [
                    ("d", owner, team.acme, "won", 100, ago(30 + days + at % 7), ago(30))
                    for at in range(20)
                ],
            )
    assert square(team, team.ann, "Sales cycle").kind == "strength"
    assert square(team, team.ben, "Sales cycle").kind == "growth"


def test_of_eight_equal_people_hardly_a_team_shows_anybody_as_different(team):
    dice, claims, rounds = random.Random(7), 0, 150
    with team.book.change("People") as change:
        people = [team.ann, team.ben] + [change.add("salesperson", {"name": f"P{at}"}) for at in range(6)]  # fmt: skip
    for _ in range(rounds):
        with team.book.change("Deals") as change:
            change.remove("opportunity", team.book.ids("opportunity"))
            change.add_many(
                "opportunity",
                ("name", "owner", "customer", "status", "opened_on", "closed_on"),
                [
                    ("d", one, team.acme, "won" if dice.random() < 0.6 else "lost",
                     ago(60) - timedelta(days=int(dice.expovariate(1 / 40))), ago(30))
                    for one in people
                    for _ in range(25)
                ],
            )  # fmt: skip
        found = strengths(team.book, ON)
        names = [one.text for one in found.columns]
        for text in ("Win rate", "Sales cycle"):
            at = names.index(text)
            claims += any(found.squares[one, at].kind in ("strength", "growth") for one in people)
    assert claims / (2 * rounds) <= 0.07  # 5 % and what chance leaves in 300 looks


@pytest.mark.parametrize("kinds", [3, 40, 10_000])
def test_one_against_all_others_is_ranked_as_pair_by_pair(kinds):
    dice = random.Random(kinds)
    own, other = ([float(dice.randrange(kinds)) for _ in range(size)] for size in (17, 60))
    wins = sum((one > two) + (one == two) / 2 for one in own for two in other)
    both = [*own, *other]
    ties = sum(both.count(one) ** 3 - both.count(one) for one in set(both))
    n, m, whole = len(own), len(other), len(both)
    spread = n * m / 12 * (whole + 1 - ties / (whole * (whole - 1)))
    agreed = (wins - n * m / 2) * (fmean(own) - fmean(other)) > 0
    expected = (wins - n * m / 2) / sqrt(spread) if agreed else 0.0
    assert _ranked(own, _Ranks(both)) == pytest.approx(expected)


def test_equal_means_are_no_difference_whatever_the_ranks():
    assert _ranked([0.1, 0.2, 0.3, 9.4], _Ranks([0.1, 0.2, 0.3, 9.4, 2.4, 2.5, 2.6])) == 0.0
