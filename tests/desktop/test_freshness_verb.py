"""``daybook freshness``: how old people's data is and what to write to them."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from tests.workbooks.returned import ON, team

DAY = ON.isoformat()


@pytest.fixture
def call(capsys, monkeypatch):
    """Runs the program; gives its status, what it printed and what it complained of."""
    monkeypatch.setenv("DAYBOOK_LANG", "en")

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    yield run
    texts.set_language("en")


@pytest.fixture
def place(tmp_path):
    """Ann is asked for her workbook, Ben's came back, Cai never had one."""
    with team(tmp_path) as made:
        made.issue("Ann", "2026-09-07T01:00:00", due="2026-09-11", name="Daybook_Ann.xlsx")
        made.come_back(made.issue("Ben", "2026-09-10T01:00:00"), "2026-09-15T02:00:00")
        return made.book.path


def test_json_says_who_is_asked_for_what_and_how_old_everybodys_data_is(call, place):
    status, out, err = call("freshness", place, "--on", DAY, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    ann, cai, ben = told["people"]
    assert (told["on"], ann["person"], ann["age_days"]) == (DAY, "Ann", None)
    assert ann["stale"] == {"reason": "overdue", "working_days": 3}
    assert ann["workbook"]["file"] == "Daybook_Ann.xlsx"
    assert "Daybook_Ann.xlsx" in ann["nudge"]
    assert (cai["workbook"], cai["stale"]["reason"]) == (None, "none")
    assert (ben["source"], ben["age_days"], ben["stale"], ben["nudge"]) == (
        "workbook",
        1,
        None,
        None,
    )


def test_the_table_and_the_texts_can_be_read(call, place):
    status, out, _ = call("freshness", place, "--on", DAY)
    assert status == 0
    assert "not back in time" in out
    status, out, _ = call("freshness", place, "--on", DAY, "--text")
    assert [line.split(",")[0] for line in out.splitlines()] == ["Ann", "Cai"]


def test_a_measure_by_person_says_of_which_day_each_persons_data_is(call, tmp_path):
    with team(tmp_path) as made:
        made.come_back(made.issue("Ben", "2026-09-10T01:00:00"), "2026-09-15T02:00:00")
        for who in ("Ann", "Ben"):
            made.add("order", code=who, customer="Acme", owner=who, ordered_on="2020-01-05")
        with made.book.change("long ago") as change:
            change.db.run("UPDATE change SET at = '2020-01-01T00:00:00.000'")
        place = made.book.path
    told = json.loads(call("measure", place, "order_count", "--by", "person", "--json")[1])
    days = {one["key"]: one["data_as_of"] for one in told["rows"]}
    assert days == {"Ann": None, "Ben": "2026-09-15"}
    workload = json.loads(call("workload", place, "2026-09", "--json")[1])
    assert days.items() <= {one["name"]: one["data_as_of"] for one in workload["people"]}.items()
    lines = call("measure", place, "order_count", "--by", "person")[1].splitlines()
    assert lines[0].endswith("Data as of")
    assert {one.split()[0]: one.split()[-1] for one in lines[1:3]} == {
        "Ann": "–",
        "Ben": "2026-09-15",
    }
    other = json.loads(call("measure", place, "order_count", "--by", "year", "--json")[1])
    assert not any("data_as_of" in one for one in other["rows"])
    assert "Data as of" not in call("measure", place, "order_count", "--by", "year")[1]
