"""``daybook plans``: whose plans there are, how they stand and on what."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from models.growth import plan_acts
from tests.today.scenes import team


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
        usual = {"starts_on": "2026-07-01", "check_on": "2026-09-30", "measure": "win_rate", "baseline": "0.2", "target": "0.5", "status": "running"}  # fmt: skip
        row = made.add("improvement_plan", title="Win more", person="Ann", **usual)
        made.add("plan_action", plan=row, title="Visit", kind="mentor", mentor="Ben", due="2026-07-10")  # fmt: skip
        made.add("improvement_plan", title="Of Ben", person="Ben", **usual)
        for at in range(6):
            made.add("opportunity", name=f"D{at}", customer="Acme", owner="Ann", status="won" if at else "lost", amount=1, closed_on="2026-08-01")  # fmt: skip
        plan_acts.decide(made.book, row, "continued", "5 of 6: too few")
        yield made.book.path


def test_plans_are_told_with_their_evidence_steps_and_what_goes_on_with_them(call, place):
    status, said, _ = call("plans", place, "--person", "Ann", "--on", "2026-09-30", "--json")
    first, second = json.loads(said)
    assert status == 0
    assert (first["title"], first["status"], first["verdict"]) == ("Win more", "closed", "continued")  # fmt: skip
    assert (first["baseline"], first["target"], first["n"]) == ("0.2", "0.5", 6)
    assert len(first["evidence"]) == 6
    assert (first["continued_by"], second["continues"]) == (second["id"], first["id"])
    assert [one["title"] for one in second["actions"]] == ["Visit"]
    assert first["verdict_words"] == "5 of 6: too few"


def test_only_open_plans_are_told_when_asked_and_the_words_are_for_people(call, place):
    _, said, _ = call("plans", place, "--open", "--json")
    assert [one["status"] for one in json.loads(said)] == ["running", "running"]
    status, said, _ = call("plans", place)
    assert status == 0
    assert said.startswith("3 improvement plans")
    assert "5 of 6: too few" in said


def test_somebody_unknown_is_refused_and_a_book_without_plans_says_so(call, place, tmp_path):
    assert call("plans", place, "--person", "Nobody")[0] == 1
    empty = tmp_path / "empty"
    empty.mkdir()
    with team(empty) as made:
        path = made.book.path
    assert call("plans", path)[1].strip() == "There are no improvement plans."
