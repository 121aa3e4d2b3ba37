"""``daybook cycle``: opened, followed and moved on from the command line."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from tests.evaluations.reviewed import made


@pytest.fixture
def place(tmp_path):
    team = made(tmp_path)
    team.book.close()
    return str(team.book.path)


@pytest.fixture
def call(capsys):
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


def test_a_cycle_is_opened_and_says_for_everybody_whose_turn_it_is(call, place):
    status, out, err = call("cycle", place, "Q1", "--open", "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["name"], told["period"], told["status"]) == ("Q1", "2024-Q1", "goal_setting")
    assert told["change"] is not None
    assert len(told["notes"]) == 1
    (ann,) = [one for one in told["people"] if one["name"] == "Ann"]
    assert (ann["stage"], ann["turn"]) == ("goal_setting", "both")
    assert ann["missing"] == ["Goals are to be agreed."]
    assert ann["who"].startswith("SP-")


def test_one_person_or_all_move_on_and_who_cannot_is_told(call, place):
    call("cycle", place, "Q1", "--open")
    told = json.loads(call("cycle", place, "Q1", "--advance", "Ann", "--json")[1])
    assert sorted(one["stage"] for one in told["people"]) == ["goal_setting", "goal_setting", "running"]  # fmt: skip
    assert told["status"] == "goal_setting"
    assert json.loads(call("cycle", place, "Q1", "--advance-all", "--json")[1])["status"] == "running"  # fmt: skip
    call("cycle", place, "Q1", "--advance-all")
    status, out, _ = call("cycle", place, "Q1", "--advance-all")
    assert status == 0
    assert "Ann: The manager judges once the self-review is handed in" in out


def test_what_is_refused_leaves_the_book_as_it_was(call, place):
    status, _, err = call("cycle", place, "Q1", "--advance", "Ann")
    assert (status, "has no evaluation" in err) == (1, True)
    assert call("cycle", place, "Q9")[0] == 1
    assert call("cycle", place, "Q1", "--open", "--advance-all")[0] == 2
    assert "Nobody is evaluated here." in call("cycle", place, "Q1")[1]


def test_colleagues_are_asked_and_not_asked_any_more(call, place):
    call("cycle", place, "Q1", "--open")
    for _ in range(2):
        call("cycle", place, "Q1", "--advance", "Ann")
    told = json.loads(call("cycle", place, "Q1", "--ask", "Ann", "--colleague", "Bob", "--json")[1])
    (ann,) = [one for one in told["people"] if one["name"] == "Ann"]
    assert told["change"] is not None
    assert ann["colleagues"] == {"asked": 1, "answered": 0}
    assert "0 of 1 colleagues asked have answered" in call("cycle", place, "Q1")[1]
    status, _, err = call("cycle", place, "Q1", "--ask", "Ann", "--colleague", "Carol")
    assert (status, "judges as the manager" in err) == (1, True)
    told = json.loads(call("cycle", place, "Q1", "--ask", "Ann", "--json")[1])
    (ann,) = [one for one in told["people"] if one["name"] == "Ann"]
    assert ann["colleagues"] == {"asked": 0, "answered": 0}
    assert call("cycle", place, "Q1", "--colleague", "Bob")[0] == 2
