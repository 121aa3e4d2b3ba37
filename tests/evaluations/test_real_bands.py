"""Groups of a real sales team: runs where DAYBOOK_REAL_DATA names the public data. Figures: its README."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

from desktop.__main__ import main
from models.measures.uncertainty import differ

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(600),
]
SHEETS = {
    "scorecard_template": "考核表名称,考核表生效日期,考核表状态\n赢单率考核,2017-01-01,生效\n",
    "scorecard_item": (
        "所属考核表,考核项序号,考核项,考核项类型,考核指标,权重,参照,满分值,计分方式,封顶分\n"
        "赢单率考核,1,赢单率,指标,win_rate,100%,固定值,0.63,线性,120\n"
    ),
    "evaluation_cycle": "考核周期名称,考核期间\n2017年考核,2017\n",
}


def test_nobody_of_a_real_team_is_called_best_by_win_rates(tmp_path, capsys):
    """Win rates from 55 to 70 % of 30 people: chi-square 33.3 on 29 degrees of freedom."""
    place = tmp_path / "maven.daybook"
    deals = DATA / "maven-crm" / "sales_pipeline.csv"
    assert main(["new", str(place), "--currency", "USD"]) == 0
    assert main(["import", str(place), str(deals), "--links", "create"]) == 0
    for entity, sheet in SHEETS.items():
        (tmp_path / f"{entity}.csv").write_text(sheet, encoding="utf-8")
        words = ["import", str(place), str(tmp_path / f"{entity}.csv"), "--as", entity]
        assert main(words) == 0
    capsys.readouterr()
    assert main(["evaluate", str(place), "2017年考核", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    items = {one["name"]: one["items"][0] for one in told["people"] if one["total"]}
    rates = {name: (int(one["numerator"]), int(one["denominator"])) for name, one in items.items()}
    assert rates == _raw(deals)
    share = [won / closed for won, closed in rates.values()]
    assert (len(share), round(min(share), 2), round(max(share), 2)) == (30, 0.55, 0.70)
    assert round(_chi_square(list(rates.values())), 1) == 33.3
    assert not differ(list(rates.values()))
    (found,) = told["bands"]
    assert (found["people"], found["groups"]) == (30, 1)
    assert {one["band"] for one in told["people"] if one["total"]} == {"1"}


def _raw(deals: Path) -> dict[str, tuple[int, int]]:
    """Won and closed deals of everybody, from the file alone."""
    made: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with deals.open(encoding="utf-8-sig", newline="") as file:
        for one in csv.DictReader(file):
            if one["deal_stage"] in ("Won", "Lost"):
                made[one["sales_agent"]][0] += one["deal_stage"] == "Won"
                made[one["sales_agent"]][1] += 1
    return {name: (won, closed) for name, (won, closed) in made.items()}


def _chi_square(rates: list[tuple[int, int]]) -> float:
    share = sum(won for won, _ in rates) / sum(closed for _, closed in rates)
    return sum(
        (won - closed * share) ** 2 / (closed * share * (1 - share)) for won, closed in rates
    )
