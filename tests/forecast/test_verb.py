"""The verb ``forecast``: one JSON document, or tables and sentences in both languages."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import pytest

from desktop.__main__ import main
from models import texts
from tests.forecast.telling import Team, day, team


@pytest.fixture
def place(tmp_path):
    """A book with a deal won, one lost, one that grew, and a commitment that was raised."""
    with team() as told:
        told.add("2024-03-01", name="甲", amount="100", stage="赢", closed_on="2024-03-01")
        lost = told.add("2024-03-01", name="乙", amount="60", expected_close="2024-03-20")
        grew = told.add(
            "2024-03-01", name="丙", amount="40.5", expected_close="2024-03-20", owner=told.wang
        )
        _commit(told, "2024-03-02", "120")
        told.set("2024-03-12", lost, stage="输")
        told.set("2024-03-13", grew, amount="50.5")
        _commit(told, "2024-03-14", "150")
        copy = tmp_path / "team.daybook"
        told.book.connection().run("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(told.book.path, copy)
    return copy


def _commit(told: Team, on: str, amount: str) -> None:
    with told.book.change("commit") as change:
        change.add(
            "commitment",
            {"person": told.li, "period": "2024-Q1", "amount": amount, "made_on": on},
        )
    told.dated(day(on))


@pytest.fixture
def run(place, capsys):
    def told(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["forecast", str(place), *words])
        out, err = capsys.readouterr()
        return status, out, err

    return told


def test_it_prints_readings_people_and_bridges_as_one_document(run):
    status, out, _ = run("--on", "2024-03-15", "--json")
    told = json.loads(out)
    assert status == 0
    assert (told["period"], told["on"], told["since"]) == ("2024-Q1", "2024-03-15", "2024-03-08")
    assert told["won"] == "100.00"
    read = told["readings"]
    assert (read["pipeline"]["mid"], read["pipeline"]["n"]) == ("125.25", 2)
    assert [read["commitment"][one] for one in ("low", "mid", "high")] == [
        "100.00",
        "150.00",
        "175.25",
    ]
    assert [one["person"] for one in told["people"]] == ["李娜", "王强"]
    assert [one["stated"] for one in told["people"]] == ["150.00", None]
    for name, kinds in (("bridge", ["lost", "amount"]), ("commitment_bridge", ["stated"])):
        bridge = told[name]
        assert [one["kind"] for one in bridge["items"]] == kinds
        moved = sum(Decimal(one["amount"]) for one in bridge["items"])
        assert Decimal(bridge["from"]) + moved == Decimal(bridge["to"])
    [lost, grew] = told["bridge"]["items"]
    assert lost["deals"][0] | {"id": ""} == {
        "id": "", "title": "乙", "person": "李娜",
        "before": "30.00", "after": "0.00", "delta": "-30.00",
    }  # fmt: skip
    assert (grew["amount"], grew["deals"][0]["person"]) == ("5.00", "王强")
    [word] = told["commitment_bridge"]["items"][0]["people"]
    assert (word["title"], word["before"], word["after"]) == ("李娜", "120.00", "150.00")


def test_a_person_a_period_and_the_day_of_the_bridge_can_be_named(run):
    told = json.loads(
        run("--on", "2024-03-15", "--since", "2024-03-12", "--period", "2024-03",
            "--person", "王强", "--json")[1]
    )  # fmt: skip
    assert (told["period"], told["since"]) == ("2024-03", "2024-03-12")
    assert [one["person"] for one in told["people"]] == ["王强"]
    assert told["readings"]["pipeline"]["mid"] == "25.25"
    assert [one["kind"] for one in told["bridge"]["items"]] == ["amount"]


def test_what_cannot_be_meant_is_refused(run):
    for words, code in (
        (("--on", "2024-03-15", "--since", "2024-03-16"), "since_after_on"),
        (("--on", "soon or never"), "not_a_date"),
        (("--on", "2024-03-15", "--period", "all"), "bad_period"),
        (("--on", "2024-03-15", "--person", "nobody"), "unknown_link"),
    ):
        status, out, _ = run(*words, "--json")
        assert (status, json.loads(out)["error"]["code"]) == (1, code)


def test_people_read_a_table_the_bridge_and_what_limits_it(run, monkeypatch):
    _, out, _ = run("--on", "2024-03-15")
    assert "Forecast of 2024-Q1 as of 2024-03-15" in out
    assert "Lost" in out
    assert "-¥30" in out
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    _, out, _ = run("--on", "2024-03-15")
    texts.set_language("en")
    assert "2024-Q1 预测（截至 2024-03-15）" in out
    assert "金额变动" in out
