"""``daybook evaluate``: everybody in a table, one person with reasons, all of it as JSON."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from tests.evaluations.scored_books import Office


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, "Ann", "Bo")
    made.item("won_amount", "75%", reference_value=1000)
    made.item("win_rate", "25%", reference_value="50%")
    made.add("grade_band", scorecard=made.card, name="B", from_points=30)
    made.deal("Ann", "2026-05-04", 500)
    made.deal("Ann", "2026-05-05", 1, "lost")
    made.book.close()
    return made


def test_everybody_stands_in_a_table_and_below_it_what_is_special(call, office):
    status, out, err = call("evaluate", office.book.path, "Q2", "--on", "2026-07-01")
    assert (status, err) == (0, "")
    head, ann, bo, *notes = out.splitlines()
    assert " ".join(head.split()) == (
        "Salesperson Total points Grade Group Score by data Scored items Scorecard"
    )
    assert ann.split() == ["Ann", "62.50", "B", "1", "62.50", "2/2", "Sales"]
    assert bo.split() == ["Bo", "0.00", "1", "0.00", "1/2", "Sales"]
    assert notes == [
        "Bo: One item could not be scored (win_rate); its weight of 25% is shared out over the others.",
        "Sales: none of the 2 people can be told from another. If all were equal, differences as large as these would come about in 49.6% of all cases.",
    ]


def test_one_person_is_explained_item_by_item(call, office):
    status, out, _ = call(
        "evaluate", office.book.path, "Q2", "--person", "Ann", "--on", "2026-07-01"
    )
    assert status == 0
    assert "Grade: B" in out
    assert "Group 1: can't be told from the 1 other. By chance alone the total could as well be anything from" in out  # fmt: skip
    assert (
        "won_amount: Won amount: ¥500.00 from one record. The scorecard asks for ¥1,000.00." in out
    )
    assert "win_rate: Win rate: 50.0%, that is 1 of 2, from 2 records." in out
    assert "Bo" not in out


def test_the_json_has_the_agreed_keys_and_every_number_as_text(call, office):
    status, out, _ = call("evaluate", office.book.path, "Q2", "--json", "--on", "2026-07-01")
    assert status == 0
    told = json.loads(out)
    assert set(told) == {"cycle", "name", "period", "people", "bands"}
    assert (told["name"], told["period"]) == ("Q2", "2026-Q2")
    ann, _bo = told["people"]
    assert (ann["total"], ann["grade"], ann["band"], ann["scorecard_version"]) == (
        "62.5",
        "B",
        "1",
        1,
    )
    (band,) = told["bands"]
    assert (band["people"], band["groups"]) == (2, 1)
    amount, rate = ann["items"]
    assert (amount["weight"], amount["counted_weight"], amount["score"]) == ("0.75", "0.75", "50")
    assert (amount["value"], amount["n"], len(amount["records"])) == ("500", 1, 1)
    assert amount["records"][0]["id"].startswith("OP-")
    assert (rate["numerator"], rate["denominator"]) == ("1", "2")
    assert [one["below"] for one in rate["records"]] == ["1", "1"]


def test_a_cycle_that_is_not_there_is_refused(call, office):
    status, out, _ = call("evaluate", office.book.path, "Q7", "--json")
    assert status == 1
    assert json.loads(out)["error"]["code"] == "unknown_link"
