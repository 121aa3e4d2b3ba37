"""The reading from history: what the days that are left usually bring."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from models.forecast.forecast import forecast
from models.forecast.window import Window
from models.money import SCALE
from tests.forecast.telling import Team, day, team


@pytest.fixture
def told():
    with team() as made:
        yield made


def sold(told: Team, until: str, per_month: dict[int, int]) -> None:
    """Two years in which people won about so many deals of 1,000 a month, told in one import."""
    dice = np.random.default_rng(7)
    first, last = day("2022-01-01"), day(until)
    rows = []
    for owner, deals in per_month.items():
        for at in range((last - first).days + 1):
            on = first + timedelta(days=at)
            if on.weekday() < 5:
                rows += [(on, on, "won", 1_000, owner)] * int(dice.poisson(deals / 21))
    names = ("opened_on", "closed_on", "status", "amount", "owner")
    with told.book.change("import", keep_history=False) as change:
        change.add_many("opportunity", names, rows)


def test_it_goes_on_as_before_from_what_is_won_already(told: Team):
    sold(told, "2024-02-15", {told.li: 20, told.wang: 4})
    found = forecast(told.book, on=day("2024-02-15"))
    left = 31 / 21  # weekdays from then to the end of March, in months
    usual = {"李娜": 20 * left, "王强": 4 * left}
    for one in found.people:
        read = one.history
        assert read is not None
        assert one.tally.won < read.low < read.mid < read.high
        to_come = (read.mid - one.tally.won) / SCALE / 1_000
        assert to_come == pytest.approx(usual[one.label], rel=0.35)
        assert (read.method, read.n > 80) == ("own", True)
    whole = found.total.history
    assert whole is not None
    assert whole.method == "season"
    assert whole.n > sum(one.history.n for one in found.people)  # five years, not two
    assert whole.low < found.total.tally.won + round(24_000 * left) * SCALE < whole.high


def test_when_the_period_is_over_it_is_what_was_won(told: Team):
    sold(told, "2024-03-31", {told.li: 20, told.wang: 4})
    found = forecast(told.book, on=day("2024-03-31"))
    for one in (*found.people, found.total):
        assert one.history is not None
        assert one.history.low == one.history.mid == one.history.high == one.tally.won


def test_a_period_to_come_is_forecast_whole(told: Team):
    sold(told, "2024-02-15", {told.li: 20, told.wang: 4})
    coming = told.book.calendar.quarter(2024, 2)
    found = forecast(told.book, on=day("2024-02-15"), period=coming)
    assert found.total.tally.won == 0
    assert found.total.history.mid / SCALE == pytest.approx(72_000, rel=0.35)


def test_who_left_brings_nothing_more_and_who_sold_nothing_is_told_by_the_others(told: Team):
    sold(told, "2024-02-15", {told.li: 20})
    told.book.set("salesperson", told.li, {"status": "left"})
    found = {one.label: one for one in forecast(told.book, on=day("2024-02-15")).people}
    assert found["李娜"].history.high == found["李娜"].tally.won
    assert found["王强"].history.low == 0


def test_without_a_closed_deal_there_is_none(told: Team):
    told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    found = forecast(told.book, on=day("2024-03-10"))
    assert found.total.history is None
    assert {one.history for one in found.people} == {None}


def test_nothing_that_happened_later_is_known(told: Team):
    sold(told, "2024-03-31", {told.li: 20, told.wang: 4})
    found = forecast(told.book, on=day("2024-02-15"))
    window = Window.of(found.period, found.on)
    known = sum(window.won(one) for one in found.states.deals.values())
    assert found.total.tally.won == known
    assert max(one.closed_on for one in found.states.deals.values()) <= "2024-02-15"
