"""``daybook workload``: everybody's days, as JSON and in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from tests.people.staffed import FRIDAY, ON, staffed


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    with staffed(tmp_path) as team:
        team.set("salesperson", team["Ben"], annual_leave_days="10")
        team.task("Ben", 12, ON, title="Fix the offer")
        team.task(None, 3, FRIDAY)
        team.leave("Cai", ON, FRIDAY)
        team.leave("Ben", FRIDAY, FRIDAY, ends_at_noon=True)
    return tmp_path / "team.daybook"


SPAN = "2026-03-02..2026-03-08"


def test_everybody_s_days_are_told(call, place):
    status, out, err = call("workload", place, SPAN, "--on", ON, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["from"], told["to"], told["busy"]) == ("2026-03-02", "2026-03-08", "12")
    assert len(told["without_owner"]) == 1
    assert all("data_as_of" in one for one in told["people"])
    ben = next(one for one in told["people"] if one["name"] == "Ben")
    assert (ben["capacity"], ben["busy"], ben["share"]) == ("36", "12", "0.333333")
    assert ben["overloaded"] == [
        {
            "day": "2026-03-02",
            "over": "4",
            "reason": "12 h to do in 8 h: Fix the offer 12 h",
        }
    ]
    assert len(ben["idle"]) == 4
    assert ben["leave_days"] == "0.5"
    assert ben["annual_leave"] == {"days": "10", "used": "0.5", "asked": "0", "left": "9.5"}
    assert sum(float(one["busy"]) for one in ben["days"]) == 12
    cai = next(one for one in told["people"] if one["name"] == "Cai")
    assert (cai["capacity"], cai["share"], cai["leave_days"]) == ("0", None, "5")


def test_it_is_said_in_words(call, place):
    status, out, _ = call("workload", place, SPAN, "--on", ON)
    assert status == 0
    assert "Ben, 2026-03-02: 12 h to do in 8 h: Fix the offer 12 h" in out


def test_a_team_of_nobody_is_said_to_be_one(call, tmp_path):
    from models.book import Book

    Book.create(tmp_path / "empty.daybook").close()
    status, out, _ = call("workload", tmp_path / "empty.daybook", SPAN)
    assert (status, out) == (0, "There is nobody in the team yet.\n")
