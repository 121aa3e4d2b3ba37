"""``daybook today``: what needs the manager, as JSON, as a text for WeChat and in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from tests.today.scenes import ON, team

DAY = ON.isoformat()


@pytest.fixture
def call(capsys, monkeypatch):
    monkeypatch.setenv("DAYBOOK_LANG", "en")

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    yield run
    texts.set_language("en")


@pytest.fixture
def place(tmp_path):
    with team(tmp_path) as made:
        made.add("opportunity", name="Line", customer="Acme", amount=5000, status="open")
        made.add("follow_up_plan", customer="Acme", due="2026-09-11", purpose="Quote")
        made.add("task", title="Report", owner="Ben", due="2026-09-16")
        return made.book.path


def test_json_says_all_that_the_contract_names(call, place):
    status, out, err = call("today", place, "--on", DAY, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["on"], told["empty"], told["message"]) == (DAY, False, "2 things need you.")
    first, second = told["lines"]
    assert first["id"] == f"follow_up:{first['records'][0]['id']}"
    assert [one["entity"] for one in first["records"]] == ["follow_up_plan", "customer"]
    assert {name: first[name] for name in ("kind", "severity", "title", "reason", "person")} == {
        "kind": "follow_up",
        "severity": "now",
        "title": "Acme: Quote",
        "reason": "5 days overdue, ¥5,000 in open deals, grade A.",
        "person": "Ann",
    }
    assert first["action"] == {"id": "contact", "label": "Log contact"}
    assert (first["amount"], first["days_late"], first["more"]) == ("5000", 5, 0)
    assert (second["title"], second["amount"]) == ("Report", None)
    assert [one["person"] for one in told["people"]] == ["Ann", "Ben"]


def test_ids_stay_from_day_to_day(call, place):
    both = [
        json.loads(call("today", place, "--on", day, "--json")[1])["lines"][0]["id"]
        for day in (DAY, "2026-09-17")
    ]
    assert both[0] == both[1]


def test_a_person_by_name_and_a_team_narrow_it(call, place):
    told = json.loads(call("today", place, "--on", DAY, "--person", "Ben", "--json")[1])
    assert [one["title"] for one in told["lines"]] == ["Report"]
    assert told["message"] == "1 thing needs you."
    status, out, _ = call("today", place, "--on", DAY, "--person", "Zoe", "--json")
    assert status == 1
    assert "error" in json.loads(out)


def test_the_text_is_that_of_the_page(call, place):
    status, out, _ = call("today", place, "--on", DAY, "--text", "--person", "Ben")
    assert status == 0
    assert out == "Ben, to do on Wednesday, 2026-09-16\n1. Report\n   Due today.\n"


def test_in_words_it_has_a_heading_for_each_class(call, place):
    out = call("today", place, "--on", DAY)[1].splitlines()
    assert out[0] == "Wednesday, 2026-09-16"
    assert "At once" in out
    assert "  Acme: Quote (Ann)" in out


def test_it_writes_nothing(call, place):
    before = place.read_bytes()
    call("today", place, "--on", "2027-03-01", "--json")
    assert place.read_bytes() == before


def test_options_that_exclude_each_other_are_wrong_usage(call, place):
    assert call("today", place, "--text", "--json")[0] == 2
    assert call("today", place, "--person", "Ben", "--team", "North")[0] == 2
