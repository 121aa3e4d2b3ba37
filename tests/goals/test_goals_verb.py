"""``daybook goals``: the tree of goals on a day, as JSON and in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from tests.goals.teams import world


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    with world(tmp_path) as team:
        whole = team.goal(level="company", target=5000)
        team.goal(person="Ben", target=2000, floor=1000, parent=whole)
        team.goal(person="Cai", measure="win_rate", target="55%")
        team.goal(person="Cai", period="2024-10", measure="sales_amount", parent=whole)
        for month in range(1, 12):
            team.order("Ben", f"2024-{month:02}-05", 300)
        team.order("Cai", "2024-10-21", 77)
    return team.book.path


def test_the_tree_says_all_that_its_contract_names(call, place):
    status, out, _ = call("goals", place, "--period", "2024-Q4", "--on", "2024-11-12", "--json")
    assert status == 0
    told = json.loads(out)
    assert (told["on"], told["period"]) == ("2024-11-12", "2024-Q4")
    company, rate = told["tree"]
    ben, cai = company["children"]
    assert company["actual"] == "677"
    assert (ben["person"], ben["target"], ben["floor"], ben["actual"]) == (
        "Ben",
        "2000",
        "1000",
        "600",
    )
    assert ben["records"] == 2
    assert ben["attainment"] == "0.3"
    assert ben["data_age_days"] == 7
    assert set(ben["chance"]) == {"low", "mid", "high"}
    assert set(ben["chances"]) == {"floor", "target"}
    assert ben["status"] in ("behind", "at_risk")
    assert float(ben["needed_per_day"]) == round(1400 / float(ben["days_left"]), 2)
    assert (cai["status"], cai["target"], cai["actual"]) == ("no_target", None, "77")
    assert (rate["status"], rate["actual"], rate["target"]) == ("no_data", None, "0.55")
    beside = {(one["person"], one["period"]): one["actual"] for one in told["without_target"]}
    assert beside[("Cai", "2024-10")] == "77"


def test_without_a_period_the_running_goals_are_told(call, place):
    _, out, _ = call("goals", place, "--on", "2024-11-12", "--json")
    titles = [one["period"] for one in json.loads(out)["tree"]]
    assert titles == ["2024-Q4", "2024-Q4"]
    assert json.loads(call("goals", place, "--on", "2023-01-01", "--json")[1])["tree"] == []


def test_people_read_a_table_and_the_reasons_in_their_language(call, place):
    _, out, _ = call("goals", place, "--period", "2024-Q4", "--on", "2024-11-12")
    assert "Needed a day" in out
    assert "Reached in months without a target:" in out
    assert "a working day is needed" in out
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAYBOOK_LANG", "zh_CN")
        _, out, _ = call("goals", place, "--period", "2024-Q4", "--on", "2024-11-12")
    texts.set_language("en")
    assert "日均需" in out
    assert "没有目标值的月份的实际值" in out
    assert "达成概率" in out


def test_a_period_that_is_none_is_refused(call, place):
    status, _, err = call("goals", place, "--period", "someday")
    assert status == 1
    assert "someday" in err
