"""``daybook pool``: the pool as JSON and in words; recycling and picking by verb."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from tests.following.in_touch import TODAY, InTouch, day


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(touch: InTouch):
    touch.customer("Gone", grade="C", first_contact_on=day(-100))
    touch.customer("Soon", grade="A", first_contact_on=day(-58))
    deal = touch.customer("Deal", first_contact_on=day(-100))
    touch.add("opportunity", name="big", customer=deal, status="open")
    touch.customer("Pooled", grade="A", owner=None, pool_status="pool")
    touch.customer("Free", owner=None, first_contact_on=day(-3))
    touch.book.close()
    return touch.book.path


def test_all_that_the_contract_names_is_there(call, place):
    status, text, _ = call("pool", place, "--on", TODAY, "--json")
    assert status == 0
    told = json.loads(text)
    assert set(told) == {
        "on", "in_pool", "falling", "about_to_fall", "staying", "unowned", "stale",
    }  # fmt: skip
    assert [one["name"] for one in told["in_pool"]] == ["Pooled"]
    [gone], [soon], [stays] = told["falling"], told["about_to_fall"], told["staying"]
    assert (gone["name"], gone["days_left"], gone["owner"]) == ("Gone", -10, "李娜")
    assert (soon["name"], soon["days_left"], soon["rule"]["grade"]) == ("Soon", 2, "A")
    assert (stays["name"], stays["stays"][0]["kind"]) == ("Deal", "deal")
    assert [one["name"] for one in told["unowned"]] == ["Free"]
    assert {one["name"]: one["over"] for one in told["stale"]} == {
        "Gone": 70,
        "Deal": 70,
        "Soon": 44,
    }


def test_recycling_and_picking_by_verb_are_one_step_each(call, place):
    status, text, _ = call("pool", place, "--recycle", "--json")
    told = json.loads(text)
    assert (status, len(told["recycled"])) == (0, 1)
    assert {one["name"] for one in told["in_pool"]} == {"Pooled", "Gone"}
    again = json.loads(call("pool", place, "--recycle", "--json")[1])
    assert (again["recycled"], again["change"]) == ([], None)
    status, text, _ = call("pool", place, "--pick", "Pooled", "--for", "王强", "--json")
    assert [one["name"] for one in json.loads(text)["in_pool"]] == ["Gone"]
    status, _, err = call("pool", place, "--pick", "Pooled", "--for", "王强")
    assert status != 0
    assert "not in the pool" in err
    status, _, err = call("pool", place, "--pick", "Gone")
    assert status != 0
    assert call("undo", place)[0] == 0
    assert len(json.loads(call("pool", place, "--json")[1])["in_pool"]) == 2


def test_in_words_it_says_who_and_why(call, place, monkeypatch):
    status, text, _ = call("pool", place)
    assert status == 0
    assert "Falling now: 1" in text
    assert "Grade C" in text
    assert "It should have gone 10 days ago." in text
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    texts.set_language("zh_CN")
    assert "公海" in call("pool", place)[1]
