"""Goals of a real sales team, cascaded from its past; runs where DAYBOOK_REAL_DATA names the data.

The pipeline of a hardware seller: 30 agents who sell, six managers, five agents without a deal. What the
program says is held against the csv file, summed here without it.
"""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from models.book import Book

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder")) / "maven-crm"
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(600),
]
CENT = Decimal("0.01")
WHOLE = Decimal("3000000.01")
PAST = ("2017-Q2", "2017-Q3")
MONTHS = ("2017-10", "2017-11", "2017-12")
CASCADE = (
    *("Q4", "--by", "history", "--over", "managers,people,months", "--on", "2017-10-01"),
    *("--from", PAST[0], "--from", PAST[1], "--json"),
)
WORKING = {"2017-10": 17, "2017-11": 22, "2017-12": 21}  # in China, Golden Week off


class Csv:
    """What the file itself says."""

    def __init__(self) -> None:
        with (DATA / "sales_teams.csv").open(encoding="utf-8-sig", newline="") as file:
            self.manager = {one["sales_agent"]: one["manager"] for one in csv.DictReader(file)}
        self.won: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.n: dict[tuple[str, str], int] = defaultdict(int)
        with (DATA / "sales_pipeline.csv").open(encoding="utf-8-sig", newline="") as file:
            for one in csv.DictReader(file):
                if one["deal_stage"] == "Won":
                    day = datetime.strptime(one["close_date"], "%m/%d/%Y")
                    quarter = f"{day.year}-Q{(day.month - 1) // 3 + 1}"
                    for period in (quarter, f"{day:%Y-%m}"):
                        self.won[one["sales_agent"], period] += Decimal(one["close_value"])
                        self.n[one["sales_agent"], period] += 1

    def agents(self) -> set[str]:
        """Who won anything in the past quarters."""
        return {agent for agent, period in self.won if period in PAST}

    def weights(self) -> dict[str, Fraction]:
        """Shares of Q2 and Q3, each held up by the mean: n records count n / (n + 10)."""
        won = {one: sum(self.won[one, period] for period in PAST) for one in self.agents()}
        n = {one: sum(self.n[one, period] for period in PAST) for one in self.agents()}
        mean = Fraction(sum(won.values())) / len(won)
        return {
            one: (Fraction(n[one]) * Fraction(won[one]) + 10 * mean) / (n[one] + 10) for one in won
        }


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("maven") / "team.daybook"
    assert main(["new", str(made), "--currency", "USD"]) == 0
    files = [str(one) for one in sorted(DATA.glob("*.csv"))]
    said = ("--values", "product:GTXPro=GTX Pro", "--links", "create", "--json")
    assert main(["import", str(made), *files, *said]) == 0
    with Book.open(made) as book, book.change("goal") as change:
        goal = {"level": "company", "measure": "won_amount", "period": "2017-Q4"}
        change.add("goal", {**goal, "title": "Q4", "target": WHOLE, "floor": 2_500_000})
    assert main(["cascade", str(made), *CASCADE, "--apply"]) == 0
    return made


@pytest.fixture
def told(place, capsys):
    def run(verb: str, *words: str) -> Any:
        capsys.readouterr()
        assert main([verb, str(place), *words, *(() if "--json" in words else ("--json",))]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture(scope="module")
def file() -> Csv:
    return Csv()


def test_company_managers_agents_and_months_come_to_the_whole_and_follow_the_past(told, file):
    made = told("cascade", *CASCADE)
    assert (Decimal(made["sum"]), made["mismatch"]) == (WHOLE, None)
    assert sum(Decimal(one["target"]) for one in made["parts"]) == WHOLE
    managers = {one["person"]: one for one in made["groups"] if one["level"] == "team"}
    agents = {one["person"]: one for one in made["groups"] if one["level"] == "person"}
    assert (len(managers), len(agents), len(made["parts"])) == (6, 30, 90)
    assert set(agents) == file.agents()
    for name in ("target", "floor"):
        whole = WHOLE if name == "target" else Decimal(2_500_000)
        assert sum(Decimal(one[name]) for one in managers.values()) == whole
        for manager, one in managers.items():
            below = [two for agent, two in agents.items() if file.manager[agent] == manager]
            assert sum(Decimal(two[name]) for two in below) == Decimal(one[name])
        for agent, one in agents.items():
            months = [two for two in made["parts"] if two["person"] == agent]
            assert tuple(two["period"] for two in months) == MONTHS
            assert sum(Decimal(two[name]) for two in months) == Decimal(one[name])
    weights = file.weights()
    whole_weight = sum(weights.values())
    for agent, one in agents.items():  # two roundings: into managers, into agents
        exact = Fraction(WHOLE) * weights[agent] / whole_weight
        assert abs(Fraction(one["target"]) - exact) < 2 * Fraction(CENT)
    assert {one["person"] for one in made["left_out"]} == set(file.manager.values()) | (
        set(file.manager) - file.agents()
    )
    again = told("cascade", *CASCADE, "--apply")
    assert again["change"] is None
    assert len(again["applied"]["unchanged"]) == 6 + 30 + 90


def test_months_follow_the_three_months_of_the_past_quarters(told, file):
    made = told("cascade", "Q4", "--by", "history", "--over", "months", "--from", ",".join(PAST))
    parts = {one["period"]: Decimal(one["share"]) for one in made["parts"]}
    assert sum(Decimal(one["target"]) for one in made["parts"]) == WHOLE
    assert parts["2017-10"] < Decimal("0.25")  # 24 / 34 / 42 % of what was won, as published
    assert parts["2017-12"] > Decimal("0.40")
    assert {one["period"]: int(one["days"]) // 30 for one in made["parts"]} == WORKING


def test_attainment_of_every_agent_is_what_the_file_gives(told, file):
    def walk(goals):
        for one in goals:
            yield one
            yield from walk(one["children"])

    found = told("goals", "--period", "2017-Q4", "--on", "2017-12-31")
    agents = 0
    for one in walk(found["tree"]):
        if one["level"] != "person":
            continue
        actual = file.won[one["person"], one["period"]]
        agents += one["period"] == "2017-Q4"
        assert Decimal(one["actual"]) == actual
        exact = Fraction(actual) / Fraction(one["target"])
        assert abs(Fraction(one["attainment"]) - exact) < Fraction(1, 1_000_000)
    assert agents == 30
    for one in walk(found["tree"]):
        if one["level"] == "team":
            below = [agent for agent, manager in file.manager.items() if manager == one["person"]]
            assert Decimal(one["actual"]) == sum(file.won[agent, "2017-Q4"] for agent in below)


def test_the_meter_on_a_real_goal_says_chance_and_sample(told):
    found = told("smart", "Q4", "--on", "2017-10-01")
    assert [one["letter"] for one in found["findings"]] == list("SMART")
    low, mid, high = (found["chance"]["target"][one] for one in ("low", "mid", "high"))
    assert 0 <= low <= mid <= high <= 1
    floor, target, stretch = (
        Decimal(found["levels"][one]) for one in ("floor", "target", "stretch")
    )
    assert floor < target < stretch
    assert floor < 2_802_496 < stretch  # what Q4 then came to
    assert found["past_periods"] == 3
