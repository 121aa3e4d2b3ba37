"""What follows for answers and complaints when they are written, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.refusals import Refused
from models.satisfaction.following import SATISFIED
from models.sheets import importing
from tests.satisfaction.asked import Asked, day


def form(asked: Asked, low: int, high: int, name: str = "Round") -> int:
    return asked.add("survey_form", name=name, scale_from=low, scale_to=high)


@pytest.mark.parametrize(
    ("low", "high", "score", "satisfied"),
    [
        (1, 5, 4, "0.75"),
        (0, 10, 9, "0.9"),
        (1, 4, 2, "0.333333"),
        (5, 1, 1, "1"),
        (5, 1, 4, "0.25"),
    ],
)
def test_satisfaction_follows_from_score_and_scale(asked: Asked, low, high, score, satisfied):
    answer = asked.answer(None, day(0), form=form(asked, low, high), score=score)
    assert asked.get("survey_response", answer, "satisfied") == Decimal(satisfied)


def test_an_answer_to_no_questionnaire_is_on_a_scale_of_one_to_five(asked: Asked):
    answer = asked.answer(None, day(0), score=3)
    assert asked.get("survey_response", answer, "satisfied") == Decimal("0.5")


def test_another_scale_or_score_brings_another_satisfaction(asked: Asked):
    round_ = form(asked, 1, 5)
    answer = asked.answer(None, day(0), form=round_, score=4)
    asked.set("survey_form", round_, scale_to=7)
    assert asked.get("survey_response", answer, "satisfied") == Decimal("0.5")
    asked.set("survey_response", answer, score=7)
    assert asked.get("survey_response", answer, "satisfied") == 1
    asked.set("survey_response", answer, score=None)
    assert asked.get("survey_response", answer, "satisfied") is None


def test_a_score_off_the_scale_is_refused_and_one_of_an_older_scale_says_nothing(asked: Asked):
    round_ = form(asked, 1, 10)
    answer = asked.answer(None, day(0), form=round_, score=9)
    with pytest.raises(Refused, match="not on the scale of this questionnaire, 1 to 10") as told:
        asked.set("survey_response", answer, score=11)
    assert told.value.code == "outside_scale"
    asked.set("survey_form", round_, scale_to=5)
    assert asked.get("survey_response", answer, "satisfied") is None


def test_settled_brings_the_day_and_open_again_takes_it_away(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    row = asked.add("complaint", customer=acme, title="Late", opened_on=day(-3))
    asked.set("complaint", row, status="resolved")
    assert asked.get("complaint", row, "status", "resolved_on") == ("resolved", day(0))
    asked.set("complaint", row, status="handling")
    assert asked.get("complaint", row, "status", "resolved_on") == ("handling", None)
    asked.set("complaint", row, resolved_on=day(-1))
    assert asked.get("complaint", row, "status", "resolved_on") == ("resolved", day(-1))


def test_nothing_is_settled_before_it_came_in(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    with pytest.raises(Refused) as told:
        asked.add("complaint", customer=acme, title="Late", opened_on=day(-3), resolved_on=day(-4))
    assert told.value.code == "settled_before"


def test_a_sheet_of_complaints_says_settled_by_its_day(asked: Asked, tmp_path):
    asked.customer("Acme", asked.li)
    sheet = tmp_path / "complaints.csv"
    sheet.write_text(
        f"投诉事项,客户名称,投诉日期,解决日期\nLate,Acme,{day(-9)},{day(-2)}\nWrong,Acme,{day(-8)},\n",
        encoding="utf-8",
    )
    importing.apply(importing.prepare(asked.book, [sheet]))
    found = [
        asked.get("complaint", row, "title", "status", "resolved_on", "attributed_to")
        for row in asked.book.ids("complaint")
    ]
    assert found == [
        ("Late", "resolved", day(-2), asked.li),
        ("Wrong", "open", None, asked.li),
    ]


@given(st.integers(-3, 12), st.integers(-3, 12), st.integers(-5, 14))
def test_satisfaction_is_the_share_of_the_scale(low, high, score):
    import sqlite3

    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE survey_form (id, scale_from, scale_to)")
    db.execute("INSERT INTO survey_form VALUES (1, ?, ?)", (low * 10**6, high * 10**6))
    db.execute("CREATE TABLE t (form, score)")
    db.execute("INSERT INTO t VALUES (1, ?)", (score * 10**6,))
    (found,) = db.execute(f"SELECT {SATISFIED} FROM t").fetchone()
    if low == high or not min(low, high) <= score <= max(low, high):
        assert found is None
    else:
        assert abs(found - 10**6 * (score - low) / (high - low)) <= 0.5
