"""Season and forecast from past months."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.goals.history import NO_SEASON, Month, forecast, season_of

SEASON = [0.6, 0.5, 0.7, 0.6, 1.3, 1.3, 0.7, 1.4, 1.2, 1.2, 1.3, 1.2]


def past(months, growth=0.0, season=SEASON, base=1_000.0):
    return [
        Month(
            2_022 + place // 12,
            place % 12 + 1,
            base * 20 * season[place % 12] * (1 + growth) ** (place / 12),
            20.0,
        )
        for place in range(months)
    ]


def test_a_season_seen_for_four_years_is_found():
    found = season_of(past(48))
    assert found.factors == pytest.approx(SEASON, rel=0.06)
    assert (found.years, found.months) == (4, 48)


def test_one_year_says_less_about_the_season_than_four():
    one, four = season_of(past(12)), season_of(past(48))
    assert one.spreads[0] > four.spreads[0]
    assert abs(math.log(one.factors[0])) < abs(math.log(SEASON[0]))


def test_no_months_no_season():
    assert season_of([]) == NO_SEASON
    assert NO_SEASON.over([(1, 20), (2, 18)]) == (1.0, 0.0)
    assert NO_SEASON.over([]) == (1.0, 0.0)


def test_the_factor_of_a_quarter_weighs_its_months_by_their_days():
    season = season_of(past(48))
    factor, spread = season.over([(1, 30.0), (2, 10.0)])
    assert factor == pytest.approx(season.factors[0] * 0.75 + season.factors[1] * 0.25)
    assert 0 < spread < max(season.spreads)


def test_the_forecast_knows_season_and_growth():
    found = forecast(past(48, growth=0.2), [(2_026, 1, 20.0), (2_026, 5, 20.0)])
    assert found is not None
    truth = 1_000 * 20 * (0.6 + 1.3) * 1.2**4
    assert found.low < truth < found.high
    assert found.mid == pytest.approx(truth, rel=0.1)
    assert (found.method, found.months, found.years) == ("season", 48, 4)
    assert found.growth == pytest.approx(0.2, abs=0.06)


def test_fewer_working_days_bring_less():
    whole = forecast(past(24), [(2_024, 1, 20.0)])
    half = forecast(past(24), [(2_024, 1, 10.0)])
    assert whole is not None
    assert half is not None
    assert half.mid == pytest.approx(whole.mid / 2, rel=0.15)
    assert half.high / half.mid > whole.high / whole.mid  # half a month scatters more


def test_under_two_years_it_says_that_hardly_any_season_is_known():
    found = forecast(past(12), [(2_023, 1, 20.0)])
    assert found is not None
    assert found.method == "level"


def test_without_history_there_is_no_forecast_and_without_days_nothing_more_comes():
    assert forecast([], [(2_024, 1, 20.0)]) is None
    over = forecast(past(12), [], 500.0)
    assert over is not None
    assert (over.low, over.mid, over.high) == (500, 500, 500)


def test_months_with_nothing_and_with_returns_are_forecast_too():
    months = [
        Month(2_024, place + 1, total, 20.0) for place, total in enumerate([0, 500, -80, 900])
    ]
    found = forecast(months, [(2_024, 5, 20.0)])
    assert found is not None
    assert found.low < found.mid < found.high


def test_where_nothing_ever_happened_nothing_is_forecast():
    none = forecast([Month(2_024, 1, 0.0, 20.0)], [(2_024, 2, 20.0)], 30.0)
    assert none is not None
    assert (none.low, none.mid, none.high) == (30, 30, 30)


@given(
    st.lists(st.tuples(st.floats(-1e6, 1e9), st.floats(0, 23)), max_size=40),
    st.lists(st.tuples(st.integers(1, 12), st.floats(0, 23)), max_size=12),
    st.sampled_from([1.0, 0.01, 1e4]),
)
def test_forecasts_are_ordered_numbers_in_any_unit(totals, days, unit):
    months = [
        Month(2_020 + place // 12, place % 12 + 1, round(total, 2), day)
        for place, (total, day) in enumerate(totals)
    ]
    ahead = [(2_025, month, day) for month, day in days]
    found = forecast(months, ahead)
    season = season_of(months)
    assert all(0 < factor < math.inf for factor in season.factors)
    assert all(0 <= spread <= 1 for spread in season.spreads)
    if found is None:
        return
    assert all(map(math.isfinite, (found.low, found.mid, found.high, found.growth)))
    assert found.low <= found.mid <= found.high
    scaled = [Month(one.year, one.month, one.total * unit, one.days) for one in months]
    other = forecast(scaled, ahead)
    assert other is not None
    assert (other.low, other.mid, other.high) == pytest.approx(
        (found.low * unit, found.mid * unit, found.high * unit), rel=1e-6, abs=1e-6
    )
