"""A changed rule on the cycles that were: who would move and why; under its own rule nothing does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.__main__ import main
from models.evaluations import backtest, cards, curves, rule_changes, scoring
from models.evaluations.backtest import Moved
from models.evaluations.replaying import exact, replayed, same
from models.evaluations.result import ItemScore, Scored
from models.refusals import Refused
from tests.evaluations import dealt
from tests.evaluations.sealed_book import SealedBook


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = SealedBook(tmp_path_factory.mktemp("backtest"))
    made.seal("陈晓")
    yield made
    made.book.close()


@pytest.fixture
def team(tmp_path):
    made = SealedBook(tmp_path)
    yield made
    made.book.close()


def apply(team, *typed: str) -> backtest.Backtest:
    card = backtest.card_of(team.book, team.card)
    return backtest.backtest(team.book, team.card, rule_changes.read(card, typed))


def test_without_a_change_every_result_comes_back_to_the_cent(shared):
    found = apply(shared)
    [cycle] = found.cycles
    assert cycle.replays
    assert found.moved == 0
    assert [one.signed for one in cycle.people if one.before.name == "陈晓"] == [True]


def test_a_signed_result_is_replayed_from_its_seal_whatever_the_data_say_now(team):
    sealed = team.seal("陈晓")
    before = apply(team).cycles[0]
    for deal in team.deals:
        team.book.set("opportunity", deal, {"amount": 1})
    found = apply(team)
    [one] = [one for one in found.cycles[0].people if one.before.name == "陈晓"]
    assert (one.before.total, one.before.grade) == (sealed.scored.total, sealed.scored.grade)
    assert one.replays
    assert same(one.before, one.after)
    others = {one.before.name: one.before.total for one in before.people} | {"陈晓": None}
    assert all(
        one.before.total != others[one.before.name]
        for one in found.cycles[0].people
        if not one.signed
    )


def test_a_sealed_result_that_does_not_follow_from_its_rule_is_named(shared):
    card = backtest.card_of(shared.book, shared.card)
    [result] = [one for one in scoring.scored(shared.book, shared.cycle) if one.name == "林峰"]
    other = rule_changes.applied(card, rule_changes.read(card, ["won_amount.cap=10"]))
    assert not same(result, replayed(result, other, card, {}, lambda one: _row(shared, one)))


def _row(team, public: str) -> int | None:
    return team.book.public.row("SI", public)


def test_new_weights_move_totals_by_what_the_items_say(shared):
    found = apply(shared, "won_amount.weight=10%", "win_rate.weight=70%")
    for one in found.cycles[0].people:
        scores = {item.name: item.score for item in one.before.items}
        by_hand = sum(
            Fraction(weight) * Fraction(scores[name])
            for name, weight in (("赢单额", "0.1"), ("赢率", "0.7"), ("协作", "0.2"))
        )
        assert one.after.total == curves.rounded(by_hand)
        if one.before.total != one.after.total:
            assert one.moves
            assert any("赢单额" in said or "赢率" in said for said in one.why)
        parts = sum((after for _, _, after in one.parts), Decimal(0))
        assert abs(parts - one.after.total) <= Decimal("0.005")


def test_why_is_said_in_cents_and_also_to_whom_others_passed():
    def one(total: str, items: tuple[ItemScore, ...]) -> Scored:
        return dealt.person(1, items, total=Decimal(total))

    item = dealt.scored_item("won_amount", "0.285714", Decimal(1), [])
    before, after = (replace(item, score=Decimal(score)) for score in ("60", "61"))
    moved = Moved(one("17.14", (before,)), one("17.43", (after,)), 1, 1, False, True)
    assert moved.why == ("won_amount: 17.14 → 17.43 points",)
    passed = Moved(one("17.14", (before,)), one("17.14", (before,)), 2, 3, False, True)
    assert passed.moves
    assert passed.why == ("Place 2 → 3, as others move",)


def test_caps_curves_and_borders_of_grades_are_applied(shared):
    capped = apply(shared, "赢单额.cap=5").cycles[0]
    assert all(one.after.items[0].score <= 5 for one in capped.people)
    steps = apply(shared, "won_amount.curve=steps", "won_amount.points=10%: 7").cycles[0]
    assert {one.after.items[0].score for one in steps.people} <= {Decimal(7), Decimal(0)}
    borders = apply(shared, "A.from_points=1", "B.from_points=0.5").cycles[0]
    assert {one.after.grade for one in borders.people} == {"A"}
    assert all(one.before.total == one.after.total for one in borders.people)


def test_another_reference_is_worked_out_from_the_book(shared):
    found = apply(shared, "赢单额.reference=team_median").cycles[0]
    medians = {one.after.items[0].reference for one in found.people}
    assert len(medians) == 1
    assert all(one.after.items[0].reference_kind == "team_median" for one in found.people)


def test_weights_that_do_not_come_to_a_hundred_are_said_and_not_adopted(shared):
    found = apply(shared, "won_amount.weight=10%")
    assert any("60" in note for note in found.notes)
    card = backtest.card_of(shared.book, shared.card)
    changes = rule_changes.read(card, ["won_amount.weight=10%"])
    with pytest.raises(Refused) as refused:
        backtest.adopt(shared.book, shared.card, changes, date(2027, 1, 1))
    assert refused.value.code == "weights"


def test_an_adopted_change_is_a_new_version_from_its_day_and_one_undo_takes_it_back(team):
    card = backtest.card_of(team.book, team.card)
    typed = ["won_amount.weight=40%", "win_rate.weight=40%", "A.from_points=95"]
    before = team.book.last_change
    row = backtest.adopt(team.book, team.card, rule_changes.read(card, typed), date(2027, 1, 1))
    made = backtest.card_of(team.book, row)
    assert (made.name, made.version, made.status) == (card.name, 2, "active")
    assert made.effective_from == date(2027, 1, 1)
    assert [one.weight for one in made.items] == [Decimal("0.4"), Decimal("0.4"), Decimal("0.2")]
    assert made.grades[0].from_points == 95
    assert backtest.card_of(team.book, team.card) == card  # the old version stands
    assert team.book.last_change == before + 1
    team.book.undo()
    with team.book.reading() as db:
        assert row not in cards.read(db, team.book)


@pytest.mark.parametrize(
    "typed",
    ["nothing", "xyz.weight=1%", "won_amount.colour=red", "Z.from_points=3", "=", "weight=3%"],
)
def test_what_is_no_change_is_refused_with_all_that_could_be_meant(shared, typed):
    card = backtest.card_of(shared.book, shared.card)
    with pytest.raises(Refused) as refused:
        rule_changes.read(card, [typed])
    assert refused.value.code == "bad_rule_change"
    assert "赢单额" in str(refused.value)
    assert "fields: weight, curve, points" in str(refused.value)


@pytest.mark.parametrize("typed", ["won_amount.weight=abc", "won_amount.points=60%: 9, 70%: 3"])
def test_a_value_that_can_not_be_read_is_refused(shared, typed):
    card = backtest.card_of(shared.book, shared.card)
    with pytest.raises(Refused):
        rule_changes.read(card, [typed])


def test_a_scorecard_by_which_nobody_was_judged_has_nothing_to_test_on(team):
    with team.book.change("card") as change:
        row = change.add("scorecard_template", {"name": "New"})
    with pytest.raises(Refused) as refused:
        backtest.backtest(team.book, row, ())
    assert refused.value.code == "no_cycles"


@settings(max_examples=60, deadline=None)
@given(
    top=st.integers(1, 10**7), bottom=st.integers(1, 999), other=st.integers(1, 999),
    curve=st.sampled_from(["linear", "steps", "threshold"]),
)  # fmt: skip
def test_numbers_of_28_digits_come_back_as_the_fractions_that_they_were(top, bottom, other, curve):
    value, reference = Fraction(top, bottom), Fraction(top + 1, other)
    kept = [Decimal(one.numerator) / one.denominator for one in (value, reference)]
    assert [exact(one) for one in kept] == [value, reference]


def test_the_verb_says_who_moves_and_adopts(team, capsys):
    team.seal("陈晓")
    path = str(team.book.path)
    team.book.close()
    changes = ("won_amount.weight=30%", "win_rate.weight=50%")

    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(["backtest", path, "业务员", *words]) == 0
        return capsys.readouterr().out

    said = json.loads(run(*changes, "--json"))
    assert said["replays"] is True
    assert [one["name"] for one in said["cycles"][0]["people"] if one["signed"]] == ["陈晓"]
    assert said["adopted"] is None
    adopted = json.loads(run(*changes, "--adopt", "2027-01-01", "--json"))
    assert adopted["adopted"].startswith("SD-")
    assert "陈晓" in run()
