"""Scores on public data, against a computation from the raw file that knows nothing of this program.

Runs where DAYBOOK_REAL_DATA names the folder. Figures: its README.
"""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from desktop.__main__ import main

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(600),
]
FIRST, LAST = date(2017, 10, 1), date(2017, 12, 31)
SHEETS = {
    "scorecard_template": "考核表名称,适用岗位,考核表生效日期,考核表状态,最低有效权重\n业务员考核,业务员,2017-01-01,生效,50%\n",
    "scorecard_item": (
        "所属考核表,考核项序号,考核项,考核项类型,考核指标,权重,参照,计分方式,封顶分\n"
        "业务员考核,1,赢单金额,指标,won_amount,50%,团队中位数,线性,120\n"
        "业务员考核,2,赢单率,指标,win_rate,30%,团队中位数,线性,120\n"
        "业务员考核,3,成交周期,指标,sales_cycle_days,20%,团队中位数,线性,120\n"
    ),
    "grade_band": "等级所属考核表,考核等级,等级起始分\n业务员考核,A,105\n业务员考核,B,90\n业务员考核,C,0\n",
    "evaluation_cycle": "考核周期名称,考核期间\n2017年第四季度考核,2017-Q4\n",
}
MEASURES = {"赢单金额": "won_amount", "赢单率": "win_rate", "成交周期": "sales_cycle_days"}


def raw(name: str) -> list[dict[str, str]]:
    with (DATA / "maven-crm" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def us_date(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def filled_book(folder: Path) -> Path:
    """A book that was filled by the verb import alone."""
    place = folder / "maven.daybook"

    def run(*words: object) -> None:
        assert main([str(one) for one in words]) == 0

    run("new", place, "--currency", "USD")
    files = sorted((DATA / "maven-crm").glob("*.csv"))
    run("import", place, *files, "--values", "product:GTXPro=GTX Pro", "--links", "create")
    agents = folder / "agents.csv"
    agents.write_text(
        "姓名,岗位\n" + "".join(f"{one['sales_agent']},业务员\n" for one in raw("sales_teams.csv")),
        encoding="utf-8",
    )
    run("import", place, agents, "--as", "salesperson")
    for entity, text in SHEETS.items():
        sheet = folder / f"{entity}.csv"
        sheet.write_text(text, encoding="utf-8")
        run("import", place, sheet, "--as", entity)
    return place


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory) -> dict[str, Any]:
    return {"place": filled_book(tmp_path_factory.mktemp("scores"))}


@pytest.fixture
def said(evaluated, capsys) -> dict[str, Any]:
    """What the verb says, with the place of the book."""
    capsys.readouterr()
    assert main(["evaluate", str(evaluated["place"]), "2017年第四季度考核", "--json"]) == 0
    return {**evaluated, **json.loads(capsys.readouterr().out)}


# -- the same from the raw file --------------------------------------------------------------------------


def closed() -> dict[str, list[dict[str, str]]]:
    """The deals of each agent that were closed in the quarter."""
    made: dict[str, list[dict[str, str]]] = {
        one["sales_agent"]: [] for one in raw("sales_teams.csv")
    }
    for one in raw("sales_pipeline.csv"):
        if one["close_date"] and FIRST <= us_date(one["close_date"]) <= LAST:
            made[one["sales_agent"]].append(one)
    return made


def won(deals: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [one for one in deals if one["deal_stage"] == "Won"]


def values() -> dict[str, dict[str, Fraction | None]]:
    """Amount, rate and days of every agent; None where there is nothing to divide by."""
    made: dict[str, dict[str, Fraction | None]] = defaultdict(dict)
    for agent, deals in closed().items():
        good = won(deals)
        days = [(us_date(one["close_date"]) - us_date(one["engage_date"])).days for one in good]
        made[agent] = {
            "won_amount": sum((Fraction(one["close_value"]) for one in good), Fraction(0)),
            "win_rate": Fraction(len(good), len(deals)) if deals else None,
            "sales_cycle_days": Fraction(sum(days), len(days)) if days else None,
        }
    return made


def half_up(value: Fraction) -> Fraction:
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def points(value: Fraction, reference: Fraction, measure: str) -> Fraction:
    share = value / reference
    if measure == "sales_cycle_days":
        share = 2 - share
    return half_up(min(max(100 * share, Fraction(0)), Fraction(120)))


def middle(measure: str) -> Fraction:
    there = closed()
    with_records = [one for agent, one in values().items() if there[agent]]
    return median([one[measure] for one in with_records if one[measure] is not None])


# -- what holds ------------------------------------------------------------------------------------------


def test_every_score_equals_the_computation_from_the_raw_file(said):
    weights = {"won_amount": 50, "win_rate": 30, "sales_cycle_days": 20}
    medians = {one: middle(one) for one in weights}
    by_name = {one["name"]: one for one in said["people"]}
    expected = values()
    assert len(expected) == 35
    assert sum(one["win_rate"] is not None for one in expected.values()) == 30
    for agent, found in expected.items():
        items = {one["measure"]: one for one in by_name[agent]["items"]}
        there = {one: value for one, value in found.items() if value is not None}
        whole, total = sum(weights[one] for one in there), Fraction(0)
        for measure, weight in weights.items():
            item = items[measure]
            if measure not in there:
                assert item["score"] is None
                assert item["missing"]
                assert Fraction(item["counted_weight"]) == 0
                continue
            wanted = points(there[measure], medians[measure], measure)
            assert Fraction(item["score"]) == wanted, (agent, measure)
            assert Fraction(item["counted_weight"]) == Fraction(weight, whole)
            total += Fraction(weight, whole) * wanted
        assert Fraction(by_name[agent]["total"]) == half_up(total), agent
        assert by_name[agent]["grade"] == ("A" if total >= 105 else "B" if total >= 90 else "C")


def test_every_point_re_adds_from_the_records_that_it_names(said):
    """Each record is looked up in the raw file by its own number there."""
    from models.book import Book

    deals = {one["opportunity_id"]: one for one in raw("sales_pipeline.csv")}
    per_deal: dict[str, Callable[[dict[str, str]], tuple[Fraction, Fraction | None]]] = {
        "won_amount": lambda one: (Fraction(one["close_value"]), None),
        "win_rate": lambda one: (Fraction(one["deal_stage"] == "Won"), Fraction(1)),
        "sales_cycle_days": lambda one: (
            Fraction((us_date(one["close_date"]) - us_date(one["engage_date"])).days),
            Fraction(1),
        ),
    }
    counted = closed()
    checked = 0
    with Book.open(said["place"]) as book:
        code = dict(book.connection().run("SELECT id, code FROM opportunity"))
        for person in said["people"]:
            for item in person["items"]:
                numbers = [code[book.row_id("opportunity", one["id"])] for one in item["records"]]
                good = counted[person["name"]]
                wanted = good if item["measure"] == "win_rate" else won(good)
                assert sorted(numbers) == sorted(one["opportunity_id"] for one in wanted)
                tops = Fraction(0)
                for number, record in zip(numbers, item["records"], strict=True):
                    top, below = per_deal[item["measure"]](deals[number])
                    assert Fraction(record["value"]) == top
                    assert below is None or Fraction(record["below"]) == below
                    tops += top
                    checked += 1
                assert Fraction(item["numerator"]) == tops
                assert item["n"] == len(numbers)
                if item["score"] is not None:
                    value = tops if item["denominator"] is None else tops / len(numbers)
                    again = points(value, middle(item["measure"]), item["measure"])
                    assert Fraction(item["score"]) == again
    assert checked == sum(len(one) + 2 * len(won(one)) for one in counted.values())


def test_managers_without_a_scorecard_are_named_and_not_scored(said):
    managers = {one["manager"] for one in raw("sales_teams.csv")}
    found = [one for one in said["people"] if one["name"] in managers]
    assert len(found) == len(managers)
    assert all(one["total"] is None and one["notes"] for one in found)


def test_the_one_who_won_most_is_capped_and_every_item_says_why(said):
    [best] = [one for one in said["people"] if one["name"] == "Darcel Schlecht"]
    amount, rate, days = best["items"]
    assert Decimal(amount["value"]) == sum(
        Decimal(one["close_value"]) for one in won(closed()["Darcel Schlecht"])
    )
    assert amount["score"] == "120"
    assert "More than 120 points are never given." in amount["sentence"]
    for item in (amount, rate, days):
        assert str(item["n"]) in item["sentence"]
        assert item["score"] in item["sentence"]
