"""The verb: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from desktop.__main__ import main
from models.assignment.weights import FACTORS
from models.book import Book
from tests.people.staffed import FRIDAY, ON, staffed


@pytest.fixture
def made(tmp_path):
    """A book that is closed, with a task of Ben's and two that nobody has."""
    with staffed(tmp_path) as team:
        skill = team.add("skill", name="Tenders")
        for who, level in (("Ben", 4), ("Cai", 3), ("Dan", 0)):
            team.add("skill_level", person=team[who], skill=skill, level=level, assessed_on=ON)
        team.leave("Cai", ON + timedelta(3), FRIDAY)
        team.task(None, 4, FRIDAY, title="Tender", required_skills="Tenders", status="draft")
        team.task(None, 6, FRIDAY, title="Visit")
        team.task("Ben", 8, FRIDAY, title="Report")
        return team.book.path


@pytest.fixture
def call(capsys, made):
    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["assign", str(made), *words, "--on", ON.isoformat()])
        return status, capsys.readouterr().out

    return run


def owners(path) -> dict[str, str | None]:
    with Book.open(path) as book:
        rows = book.rows("task", book.ids("task"), ["title", "owner", "status"])
        return {title: (owner.label if owner else None, status) for title, owner, status in rows}


def test_candidates_come_with_score_factors_and_sentences_and_others_with_reasons(call, made):
    status, text = call("Tender", "--json")
    told = json.loads(text)
    assert status == 0
    assert [one["person"] for one in told["candidates"]] == ["Ben", "Cai"]
    assert {one["person"]: one["code"] for one in told["excluded"]} == {
        "Ada": "skill", "Dan": "skill",
    }  # fmt: skip
    for one in told["candidates"]:
        assert tuple(one["factors"]) == FACTORS
        assert all(each["sentence"] for each in one["factors"].values())
        parts = [Decimal(str(each["value"])) * each["weight"] for each in one["factors"].values()]
        assert sum(parts, Decimal(0)) == Decimal(str(one["score"]))
    assert told["candidates"][1]["warnings"] == ["Away on 2 of 5 working days until 03-06."]
    assert told["otherwise"][0]["text"] == "Cai, if Ben is on leave."
    assert told["load"]["after_hours"] - told["load"]["before_hours"] == 4
    assert told["change"] is None
    assert owners(made)["Tender"] == (None, "draft")


def test_a_task_is_given_to_the_first_or_to_somebody_else_with_a_reason(call, made):
    assert call("Tender", "--apply", "--to", "Cai", "--json")[0] == 1
    assert owners(made)["Tender"] == (None, "draft")
    assert call("Tender", "--apply", "--to", "Cai", "--reason", "asked for it", "--json")[0] == 0
    assert owners(made)["Tender"] == ("Cai", "assigned")
    told = json.loads(call("Visit", "--apply", "--json")[1])
    assert told["change"] is not None
    assert owners(made)["Visit"][0] == told["chosen"]["person"] == told["proposed"]["person"]


def test_all_that_nobody_has_is_given_as_one_change(call, made):
    status, text = call("--all", "--apply", "--json")
    told = json.loads(text)
    assert status == 0
    assert {one["title"] for one in told["assignments"]} == {"Tender", "Visit"}
    assert told["exact"] is True
    assert told["total"]["score"] >= told["greedy"]["score"]
    with Book.open(made) as book:
        assert book.history(1)[0].no == told["change"]
        assert book.count("assignment_decision") == 2
        book.undo(told["change"])
    assert owners(made)["Tender"] == (None, "draft")
    assert json.loads(call("--all", "--json")[1])["change"] is None


def test_people_read_the_same_in_words(call):
    status, text = call("Tender")
    assert status == 0
    assert text.startswith("1. Ben")
    assert "Skills: Tenders 4 of 3." in text
    assert "Not Dan: Has none of the skills needed: Tenders" in text
    assert "Cai, if Ben is on leave." in text
    status, text = call("--all")
    assert status == 0
    assert "Ben, next two weeks:" in text


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ((), 2, ""),
        (("Visit", "--all"), 2, ""),
        (("--all", "--to", "Ben"), 2, ""),
        (("Nothing",), 1, "unknown_link"),
        (("Visit", "--to", "Zoe"), 1, "unknown_link"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words, status, code):
    found, text = call(*words, "--json")
    assert found == status
    if code:
        assert json.loads(text)["error"]["code"] == code


def test_weights_that_cant_be_read_are_refused(call, made):
    with Book.open(made) as book, book.change("weights") as change:
        change.set_book({"assignment_weights": "beauty=9"})
    status, text = call("Visit", "--json")
    assert (status, json.loads(text)["error"]["code"]) == (1, "bad_weights")


def test_when_nobody_may_it_is_said_and_nothing_is_given(call, made):
    with Book.open(made) as book:
        for row in book.ids("salesperson"):
            book.set("salesperson", row, {"status": "left"})
    status, text = call("Visit", "--apply", "--json")
    assert (status, json.loads(text)["error"]["code"]) == (1, "nobody")
    told = json.loads(call("--all", "--json")[1])
    assert told["assignments"] == []
    assert len(told["nobody"]) == 2
