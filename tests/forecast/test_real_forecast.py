"""A real pipeline, seen in the middle of its last quarter; runs where DAYBOOK_REAL_DATA names it."""

from __future__ import annotations

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.__main__ import main

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(600),
]


def iso(text: str) -> str:
    """The files write 12/31/2017."""
    if not text:
        return ""
    month, of_month, year = text.split("/")
    return f"{year}-{int(month):02}-{int(of_month):02}"


def test_the_last_quarter_of_a_hardware_seller_as_of_its_second_week(tmp_path, capsys):
    place, folder = tmp_path / "team.daybook", DATA / "maven-crm"
    assert main(["new", str(place), "--currency", "USD"]) == 0
    files = [str(one) for one in sorted(folder.glob("*.csv"))]
    words = ("--values", "product:GTXPro=GTX Pro", "--links", "create", "--json")
    assert main(["import", str(place), *files, *words]) == 0
    capsys.readouterr()
    asked = ("--on", "2017-10-15", "--since", "2017-10-08", "--period", "2017-Q4", "--json")
    assert main(["forecast", str(place), *asked]) == 0
    told = json.loads(capsys.readouterr().out)
    with (folder / "sales_pipeline.csv").open(encoding="utf-8-sig", newline="") as file:
        deals = list(csv.DictReader(file))
    _won_so_far(told, deals)
    _open(told, deals)
    _bridge(told, deals)
    truth = sum(Decimal(one["close_value"]) for one in _won(deals, "2017-10-01", "2017-12-31"))
    history = told["readings"]["history"]
    assert truth == 2_802_496
    assert Decimal(history["low"]) < truth < Decimal(history["high"])
    assert history["n"] == len(_won(deals, "2017-01-01", "2017-10-15"))


def _won(deals: list[dict[str, str]], first: str, last: str) -> list[dict[str, str]]:
    return [
        one
        for one in deals
        if one["deal_stage"] == "Won" and first <= iso(one["close_date"]) <= last
    ]


def _won_so_far(told, deals: list[dict[str, str]]) -> None:
    """In all and by agent, to the cent; nothing has a date, so both readings are what is won."""
    wanted: dict[str, Decimal] = {}
    for one in _won(deals, "2017-10-01", "2017-10-15"):
        agent = one["sales_agent"]
        wanted[agent] = wanted.get(agent, Decimal(0)) + Decimal(one["close_value"])
    people = {one["person"]: Decimal(one["won"]) for one in told["people"]}
    assert {name: value for name, value in people.items() if value} == wanted
    assert Decimal(told["won"]) == sum(wanted.values()) == 346_522
    for name in ("pipeline", "commitment"):
        assert Decimal(told["readings"][name]["mid"]) == 346_522


def _open(told, deals: list[dict[str, str]]) -> None:
    """What was open that evening; all of it is known by its dates only."""
    there = [one for one in deals if one["engage_date"] and iso(one["engage_date"]) <= "2017-10-15"]
    still = [one for one in there if not one["close_date"] or iso(one["close_date"]) > "2017-10-15"]
    assert told["reconstructed"] == {"n": len(there), "of": len(there)}
    assert told["undated"]["n"] == len(still)


def _bridge(told, deals: list[dict[str, str]]) -> None:
    before = sum(Decimal(one["close_value"]) for one in _won(deals, "2017-10-01", "2017-10-08"))
    bridge = told["bridge"]
    assert (Decimal(bridge["from"]), Decimal(bridge["to"])) == (before, Decimal(346_522))
    kinds = {one["kind"]: Decimal(one["amount"]) for one in bridge["items"]}
    assert set(kinds) == {"new", "won"}
    assert before + sum(kinds.values()) == 346_522
    fresh = [
        one
        for one in _won(deals, "2017-10-09", "2017-10-15")
        if iso(one["engage_date"]) > "2017-10-08"
    ]
    assert kinds["new"] == sum(Decimal(one["close_value"]) for one in fresh)
    for item in bridge["items"]:
        assert sum(Decimal(one["delta"]) for one in item["deals"]) == Decimal(item["amount"])
