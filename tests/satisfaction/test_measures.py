"""The measures of what customers say, and the records behind them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, median

from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.goals.goal import MEASURES
from models.goals.pace_board import PaceBoard
from models.measures import engine
from models.periods import month
from tests.satisfaction.asked import Asked, day


def settle(asked: Asked, customer: int, days: int, settled: date) -> int:
    return asked.add(
        "complaint", customer=customer, title=f"{days}", opened_on=settled - timedelta(days=days),
        resolved_on=settled,
    )  # fmt: skip


def value(book: Book, code: str, **more):
    return engine.measure(book, code, **more).total


def test_satisfaction_is_the_mean_with_n_by_whom_it_counts_for(asked: Asked):
    acme, bolt = asked.customer("Acme", asked.li), asked.customer("Bolt", asked.wang)
    for customer, scores in ((acme, (5, 4)), (bolt, (3, 1, 2))):
        for at, score in enumerate(scores):
            asked.answer(customer, day(-at), score=score)
    asked.answer(acme, day(-9), comment="No score")
    found = engine.measure(asked.book, "satisfaction", by="person")
    assert {one.label: (one.value, one.n) for one in found.rows} == {
        "李娜": (Decimal("0.875"), 2), "王强": (Decimal("0.25"), 3),
    }  # fmt: skip
    assert found.total.value == Decimal("0.5")
    behind = engine.records(asked.book, "satisfaction", by="person", key=asked.wang)
    assert mean(one.value for one in behind) == Decimal("0.25")


def test_nps_is_promoters_less_detractors(asked: Asked):
    for at, recommends in enumerate((10, 9, 8, 7, 6, 0, 0)):
        asked.answer(None, day(-at), recommends=recommends)
    assert value(asked.book, "nps").value == Decimal(-1) / 7


def test_the_response_rate_is_answers_by_questionnaires_that_say_how_many_were_asked(asked: Asked):
    first = asked.add("survey_form", name="1", sent_on=day(-20), sent_count=4)
    unknown = asked.add("survey_form", name="2", sent_on=day(-20))
    for at in range(3):
        asked.answer(None, day(-at), form=first)
        asked.answer(None, day(-at), form=unknown)
    found = value(asked.book, "response_rate")
    assert (found.value, found.n) == (Decimal("0.75"), 1)


def test_handling_is_the_median_and_its_records_re_add_to_it(asked: Asked):
    acme, bolt = asked.customer("Acme", asked.li), asked.customer("Bolt", asked.wang)
    for days in (1, 2, 30):
        settle(asked, acme, days, day(0))
    for days in (4, 5):
        settle(asked, bolt, days, day(0))
    asked.add("complaint", customer=acme, title="Open", opened_on=day(-90))
    found = engine.measure(asked.book, "complaint_days", by="person")
    assert {one.label: (one.value, one.n) for one in found.rows} == {
        "李娜": (Decimal(2), 3), "王强": (Decimal("4.5"), 2),
    }  # fmt: skip
    assert (found.total.value, found.total.numerator, found.total.n) == (4, 42, 5)
    behind = engine.records(asked.book, "complaint_days")
    assert median(one.value for one in behind) == found.total.value
    assert sum(one.value for one in behind) == found.total.numerator


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60)), max_size=12))
def test_a_median_in_pieces_is_the_median_of_all(found):
    what = engine.definition("complaint_days")
    pieces = [
        "[" + ",".join(str(days) for one, days in found if one == piece) + "]" for piece in "ab"
    ]
    total, values = what.added(pieces)
    expected = median([Decimal(days) for _, days in found]) if found else None
    assert what.value(total, Decimal(len(found)), values) == expected
    assert total == sum(days for _, days in found)


def test_a_goal_on_handling_is_the_median_of_its_people_and_months(asked: Asked):
    acme, bolt = asked.customer("Acme", asked.li), asked.customer("Bolt", asked.wang)
    team = asked.add("team", name="East")
    for person in (asked.li, asked.wang):
        asked.set("salesperson", person, team=team)
    today = day(0)
    for customer, days in ((acme, 1), (acme, 2), (bolt, 40)):
        settle(asked, customer, days, today)
    goal = asked.add(
        "goal", level="team", team=team, measure="complaint_days", target=3, status="active",
        period=month(today.year, today.month).label,
    )  # fmt: skip
    board = PaceBoard(asked.book, today)
    assert board[goal].value == 2


def test_goals_can_be_set_on_what_customers_say():
    known = {one.code for one in MEASURES}
    assert {"satisfaction", "nps", "complaint_days", "complaint_count", "response_rate"} <= known
