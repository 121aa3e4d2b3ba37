"""Open deals in a chance: which part of the usual they stand for, and that the ranges still hold."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from models.goals.chance import fit_team, outlook_of_sum
from models.goals.evidence import Ahead, Deals, Stretch
from models.goals.open_deals import OpenDeals, open_share
from models.goals.pace_board import PaceBoard
from tests.goals.teams import world

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
CASES = 2_000 if THOROUGH else 100
LOW, HIGH = (0.75, 0.85) if THOROUGH else (0.65, 0.93)
ON = date(2024, 1, 1)
MONTH, MONTHS, LEFT = 21.0, 18, 63.0


def test_deals_that_take_half_of_the_days_are_half_of_what_comes_and_old_ones_all_of_it():
    many = (30,) * 10_000
    assert open_share(many, 60) == pytest.approx(0.5, abs=0.01)
    assert open_share(many, 20) == pytest.approx(1.0, abs=0.01)
    assert open_share(many, 60, later=30) == pytest.approx(0.0, abs=0.01)


def test_before_any_deal_was_won_half_is_taken():
    assert open_share((), 60) == 0.5


def test_only_deals_of_the_people_and_days_asked_about_count_and_undated_ones_leave_the_rest():
    day = ON + timedelta(days=10)
    known = ((1, day, 500.0, 0.5), (2, day, 700.0, 0.5), (1, day + timedelta(days=99), 900.0, 0.5))
    pipeline = OpenDeals(known, 0.5, ())
    found = pipeline.expected(frozenset({1}), ON + timedelta(days=1), day, False, ON)
    assert found is not None
    assert list(found.deals) == [(500.0, 0.25)]  # believed by half
    assert found.open_share == 0.125
    assert pipeline.expected(frozenset({3}), ON, day, False, ON) is None
    both = pipeline.expected(None, ON, day, True, ON)
    assert both is not None
    assert list(both.deals) == [(1.0, 0.25), (1.0, 0.25)]
    late = pipeline.expected(None, day + timedelta(days=1), day + timedelta(days=9), False, day)
    assert late is not None
    assert [amount for amount, _ in late.deals] == [500.0, 700.0]  # overdue ones are expected now


def team(chance: np.random.Generator):
    """Deals of eight people that open, last some weeks, and are won or lost; stated odds are off
    together, and expected days by a third. Gives history, pipeline and what the first then won."""
    pasts, known, ages, final = [], [], [], 0.0
    off = 0.3 * chance.standard_normal()
    for who, rate in enumerate(0.5 * np.exp(0.5 * chance.standard_normal(8) - 0.125)):
        first = -MONTH * MONTHS
        n = int(chance.poisson(rate * (LEFT - first + 200)))
        opened = chance.uniform(first - 200, LEFT, n)
        age = chance.gamma(2, 15, n)
        closed = opened + age
        amount = 1_000 * np.exp(chance.standard_normal(n) - 0.5)
        stated = chance.choice([0.1, 0.25, 0.5, 0.75, 0.9], n)
        odds = stated / (1 - stated) * np.exp(off)
        won = chance.random(n) < odds / (1 + odds)
        pasts.append([])
        for back in range(MONTHS):
            inside = won & (closed <= -back * MONTH) & (closed > -(back + 1) * MONTH)
            pasts[-1].append(Stretch(MONTH, amount[inside], None, (back + 0.5) / 12))
        ages += age[won & (closed <= 0) & (closed > first)].round().astype(int).tolist()
        for at in np.flatnonzero((opened <= 0) & (closed > 0)):
            guess = 1 + closed[at] * np.exp(0.3 * chance.standard_normal())
            day = ON + timedelta(days=int(guess))
            known.append((who, day, float(amount[at]), float(stated[at])))
        if not who:
            final = float(amount[won & (closed > 0) & (closed <= LEFT)].sum())
    return pasts, OpenDeals(tuple(known), 1.0, tuple(ages)), final


@pytest.mark.slow
def test_the_range_of_the_final_value_holds_with_open_deals_and_is_narrower_for_them(
    record_property,
):
    chance = np.random.default_rng(7)
    held, widths = [], []
    for _ in range(CASES):
        pasts, pipeline, final = team(chance)
        last = ON + timedelta(days=int(LEFT))
        deals = pipeline.expected(frozenset({0}), ON + timedelta(days=1), last, False, ON)
        ahead = Ahead(LEFT, years=0.125)
        fit = fit_team(pasts)
        spans = [outlook_of_sum(pasts[0], fit, ahead, 0.0, one).span() for one in (deals, None)]
        held.append([low - 1e-6 <= final <= high + 1e-6 for low, high in spans])
        widths.append([high - low for low, high in spans])
    with_deals, without = np.mean(held, axis=0)
    record_property("with deals", with_deals)
    record_property("by history alone", without)
    assert LOW <= with_deals <= HIGH
    narrow, wide = np.mean(widths, axis=0)
    assert narrow < wide


def test_many_open_deals_are_reckoned_as_surely_as_each_for_itself():
    chance = np.random.default_rng(3)
    deals = [(float(one), 0.4) for one in chance.lognormal(7, 0.5, 400)]
    bundled = outlook_of_sum([], None, Ahead(LEFT), 0.0, Deals(deals))
    mean = 0.4 * sum(one for one, _ in deals)
    assert bundled.quantile(0.5) == pytest.approx(mean, rel=0.05)
    assert bundled.chance(0.5 * mean).mid > 0.95


def test_a_deal_that_is_soon_expected_raises_the_chance_on_the_board(tmp_path):
    today = date.today()
    with world(tmp_path) as it:
        ben = it.people["Ben"]
        for back in range(6):
            day = today - timedelta(days=30 * back + 5)
            opened = day - timedelta(days=40)
            it.add(
                "opportunity", owner=ben, status="won", opened_on=opened, closed_on=day, amount=100
            )
        label = f"{today}..{today + timedelta(days=30)}"
        goal = it.goal(
            person="Ben", measure="won_amount", period=label, target=500, status="active"
        )
        board = PaceBoard(it.book, today)
        board.add_chances()
        alone = board[goal].chance
        it.add(
            "opportunity", owner=ben, status="open", opened_on=today, amount=1_000,
            probability=Decimal("0.9"), expected_close=today + timedelta(days=10),
        )  # fmt: skip
        board.refresh()
        board.add_chances(board.unreckoned)
        assert alone is not None
        assert alone.mid < 0.3
        # What people say of a deal is believed by half.
        assert board[goal].chance.mid > alone.mid + 0.2
