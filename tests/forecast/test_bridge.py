"""The bridge leads from one forecast to another, always and to the last millionth."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.forecast.bridge import KINDS, Value, bridge, listed
from models.forecast.forecast import forecast
from models.forecast.states import Deal, States, states_on
from models.forecast.window import Window
from models.money import SCALE, to_scaled
from models.periods import JANUARY, Period, days
from models.refusals import Refused
from tests.forecast.telling import Team, day, team

MARCH = JANUARY.quarter(2024, 1)
VALUES: dict[str, Value] = {
    "weighted": lambda deal, window: window.weighted(deal),
    "committed": lambda deal, window: window.committed(deal),
}


@pytest.fixture
def told():
    with team() as made:
        yield made


def only(value: Value, owner: int | None) -> Value:
    return lambda deal, window: value(deal, window) if deal.owner == owner else 0


def moved(
    told: Team, since: str, on: str, period: Period = MARCH, value: Value = VALUES["weighted"]
) -> dict[str, dict[int, Decimal]]:
    """By cause what it added to each deal, in units of currency."""
    old, new = (states_on(told.book, day(one)) for one in (since, on))
    windows = Window.of(period, day(since)), Window.of(period, day(on))
    found = bridge(old, new, windows, value)
    return {
        kind: {one.id: Decimal(one.delta) / SCALE for one in parts} for kind, parts in found.items()
    }


def test_a_deal_that_came_up_is_new(told: Team):
    id = told.add("2024-03-05", amount="100", expected_close="2024-03-20")
    assert moved(told, "2024-03-01", "2024-03-08") == {"new": {id: 50}}


def test_winning_is_winning_and_not_better_odds(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, stage="赢", amount="120", closed_on="2024-03-05")
    assert moved(told, "2024-03-01", "2024-03-08") == {"won": {id: 50}, "amount": {id: 20}}


def test_a_lost_deal_takes_what_it_was_counted_with(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, stage="输")
    assert moved(told, "2024-03-01", "2024-03-08") == {"lost": {id: -50}}


def test_a_date_that_moves_out_of_the_period_takes_the_deal_along_and_one_within_changes_nothing(
    told: Team,
):
    out = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    within = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    into = told.add("2024-03-01", amount="100", expected_close="2024-04-20")
    told.set("2024-03-05", out, expected_close="2024-04-02")
    told.set("2024-03-05", within, expected_close="2024-03-30")
    told.set("2024-03-05", into, expected_close="2024-03-30")
    assert moved(told, "2024-03-01", "2024-03-08") == {"date": {out: -50, into: 50}}


def test_amount_and_stage_are_told_apart(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, stage="谈判", amount="200")
    assert moved(told, "2024-03-01", "2024-03-08") == {"amount": {id: 50}, "probability": {id: 50}}


def test_a_removed_deal_is_removed_and_a_restored_one_restored_not_new(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.remove("2024-03-05", id)
    told.restore("2024-03-10", id)
    assert moved(told, "2024-03-01", "2024-03-08") == {"removed": {id: -50}}
    assert moved(told, "2024-03-08", "2024-03-11") == {"restored": {id: 50}}
    assert moved(told, "2024-03-01", "2024-03-11") == {}


def test_a_deal_that_is_opened_again_loses_what_was_won(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-02", id, stage="赢", closed_on="2024-03-02")
    told.set("2024-03-05", id, stage="谈判")
    assert moved(told, "2024-03-03", "2024-03-08") == {"reopened": {id: -25}}


def test_a_new_owner_matters_to_people_and_not_to_the_whole(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, owner=told.wang, amount="200")
    weighted = VALUES["weighted"]
    assert moved(told, "2024-03-01", "2024-03-08") == {"amount": {id: 50}}
    hers = moved(told, "2024-03-01", "2024-03-08", value=only(weighted, told.li))
    his = moved(told, "2024-03-01", "2024-03-08", value=only(weighted, told.wang))
    assert hers == {"owner": {id: -50}}
    assert his == {"owner": {id: 50}, "amount": {id: 50}}


def test_a_deal_that_is_committed_or_omitted_moves_by_its_category(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, forecast_category="commit")
    told.set("2024-03-10", id, forecast_category="omitted")
    committed = VALUES["committed"]
    assert moved(told, "2024-03-01", "2024-03-08") == {}
    assert moved(told, "2024-03-01", "2024-03-08", value=committed) == {"category": {id: 100}}
    assert moved(told, "2024-03-08", "2024-03-11") == {"category": {id: -50}}


def test_what_is_overdue_is_expected_now_and_leaves_with_the_period(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-10")
    april = JANUARY.quarter(2024, 2)
    assert moved(told, "2024-03-09", "2024-03-20") == {}
    assert moved(told, "2024-03-20", "2024-04-02") == {"time": {id: -50}}
    assert moved(told, "2024-03-20", "2024-04-02", april) == {"time": {id: 50}}


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "amount": st.integers(-1_000_000, 9_000_000).map(lambda one: Decimal(one).scaleb(-3)),
    "expected_close": st.one_of(st.none(), st.dates(date(2024, 2, 1), date(2024, 5, 31))),
    "closed_on": st.one_of(st.none(), st.dates(date(2024, 2, 1), date(2024, 5, 31))),
    "opened_on": st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2024, 4, 30))),
    "stage": st.sampled_from(["报价", "谈判", "赢", "输", None]),
    "status": st.sampled_from(["open", "won", "lost"]),
    "probability": st.one_of(st.none(), st.integers(0, 1_000_000).map(lambda one: Decimal(one).scaleb(-6))),
    "owner": st.sampled_from(["李娜", "王强", None]),
    "forecast_category": st.sampled_from(["commit", "likely", "upside", "omitted", None]),
}  # fmt: skip
SOME = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({one: FIELDS[one] for one in names})
)
STEP = st.one_of(
    st.tuples(st.just("add"), SOME),
    st.tuples(st.just("set"), st.integers(0, 9), SOME),
    st.tuples(st.just("set"), st.integers(0, 9), SOME),
    st.tuples(st.just("bulk"), SOME),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("restore"), st.integers(0, 9)),
    st.tuples(st.just("undo"), st.integers(0, 30)),
    st.tuples(st.just("redo"), st.integers(0, 30)),
    st.tuples(st.just("say"), st.sampled_from(["李娜", "王强"]), st.integers(0, 9_000)),
    st.tuples(st.just("odds"), st.sampled_from(["报价", "谈判"]), st.integers(0, 100)),
)
MARKED = {"expected_close": date(2024, 3, 20), "forecast_category": "commit"}
JOURNAL = st.lists(st.tuples(st.integers(0, 9), STEP), min_size=1, max_size=14)


def act(told: Team, on: date, step: tuple[Any, ...]) -> None:
    """Carry out a step on whichever record its number means; a refusal changes nothing."""
    book = told.book
    live, gone = book.ids("opportunity"), book.ids("opportunity", deleted=True)
    edits = [one.no for one in book.history(1000) if one.kind == "edit" and one.no > 1]
    with contextlib.suppress(Refused):
        match step:
            case ("add", values):
                with book.change("add") as change:
                    change.add("opportunity", values)
            case ("bulk", values):
                with book.change("bulk") as change:
                    stored = {
                        name: {"李娜": told.li, "王强": told.wang}.get(value) if name == "owner"
                        else told.stages.get(value) if name == "stage" else value
                        for name, value in values.items()
                    }  # fmt: skip
                    change.add_many("opportunity", tuple(stored), [tuple(stored.values())] * 2)
            case ("set", number, values) if live:
                book.set("opportunity", live[number % len(live)], values)
            case ("remove", number) if live:
                with book.change("remove") as change:
                    change.remove("opportunity", [live[number % len(live)]])
            case ("restore", number) if gone:
                with book.change("restore") as change:
                    change.restore("opportunity", [gone[number % len(gone)]])
            case ("undo", number) if edits:
                book.undo(edits[number % len(edits)])
            case ("redo", number) if edits:
                book.redo(edits[number % len(edits)])
            case ("say", name, amount):
                with book.change("say") as change:
                    said = {"person": name, "period": "2024-Q1", "amount": str(amount)}
                    change.add("commitment", {**said, "made_on": on})
            case ("odds", name, share):
                book.set("stage", told.stages[name], {"probability": f"{share}%"})


def stands(told: Team) -> dict[int, tuple[Any, ...]]:
    """The live deals as the book says them now, read the plain way."""
    book = told.book
    odds = {id: book.record("stage", id)["probability"] for id in told.stages.values()}
    made = {}
    for id in book.ids("opportunity"):
        one = book.record("opportunity", id)
        stage = one["stage"].id if one["stage"] else None
        own = one["probability"] if one["probability"] is not None else odds.get(stage)
        made[id] = (
            one["owner"].id if one["owner"] else None,
            one["status"] or "open",
            to_scaled(one["amount"] or 0),
            None if own is None else to_scaled(own),
            *(None if one[name] is None else one[name].isoformat() for name in ("expected_close", "closed_on")),
            stage,
        )  # fmt: skip
    return made


def seen(deal: Deal) -> tuple[Any, ...]:
    odds = None if deal.assumed else deal.probability
    return (
        deal.owner,
        deal.status,
        deal.amount,
        odds,
        deal.expected_close,
        deal.closed_on,
        deal.stage,
    )


def assert_leads(old: States, new: States, period: Period, value: Value) -> None:
    """All parts add up to the difference, and each chain of a deal is unbroken."""
    windows = Window.of(period, old.day), Window.of(period, new.day)
    first, last = (
        sum(value(one, window) for one in states.deals.values())
        for states, window in zip((old, new), windows, strict=True)
    )
    items = listed(bridge(old, new, windows, value))
    assert first + sum(one.amount for one in items) == last
    assert {one.kind for one in items} <= set(KINDS)
    assert all(part.delta for one in items for part in one.parts)


def tell(told: Team, journal: list[Any]) -> dict[date, Any]:
    """Carry a journal out; what stood at the end of each of its days."""
    today, said = day("2024-02-01"), {}
    for gap, step in journal:
        today += timedelta(days=gap)
        before = told.book.last_change
        act(told, today, step)
        for no in range(before + 1, told.book.last_change + 1):
            told.dated(today, no)
        said[today] = stands(told)
    return said


@settings(max_examples=60)
@given(JOURNAL, st.data())
def test_the_parts_of_every_bridge_over_every_journal_make_the_difference(journal, data):
    with team() as told:
        said = tell(told, journal)
        today = max(said)
        for on, wanted in said.items():  # what was in the book by then is known exactly
            found = states_on(told.book, on).deals
            exact = {id: seen(one) for id, one in found.items() if not one.reconstructed}
            assert exact == wanted
        pick = st.dates(date(2024, 1, 15), today + timedelta(days=40))
        for _ in range(3):
            since, on = sorted((data.draw(pick), data.draw(pick)))
            start = data.draw(st.dates(date(2024, 1, 1), date(2024, 6, 1)))
            period = days(start, start + timedelta(days=data.draw(st.integers(0, 100))))
            old, new = states_on(told.book, since), states_on(told.book, on)
            for value in VALUES.values():
                assert_leads(old, new, period, value)
                for owner in (told.li, told.wang, None):
                    assert_leads(old, new, period, only(value, owner))


# What makes words and committed deals likely to meet.
BEGUN: list[Any] = [
    (0, ("add", {"owner": one, "amount": Decimal(90), "stage": "报价", **MARKED}))
    for one in ("李娜", "王强")
] + [(3, ("say", "李娜", 200))]


@settings(max_examples=20)
@given(JOURNAL, st.data())
def test_both_bridges_of_a_forecast_lead_from_its_reading_then_to_its_reading_now(journal, data):
    with team() as told:
        last = max(tell(told, BEGUN + journal))
        days_ = st.dates(date(2024, 1, 25), last + timedelta(days=30))
        since, on = sorted((data.draw(days_), data.draw(days_)))
        for person in (None, told.li, told.wang):
            then, now = (
                forecast(told.book, on=one, since=since, period=MARCH, person=person)
                for one in (since, on)
            )
            for name in ("pipeline", "commitment"):
                bridge_ = getattr(now, f"{name}_bridge")
                old, new = (getattr(one.total, name).mid for one in (then, now))
                assert (bridge_.start, bridge_.end) == (old, new)
                assert old + sum(one.amount for one in bridge_.items) == new
                for item in bridge_.items:
                    assert all(now.name(item, part).id == part.id for part in item.parts)
