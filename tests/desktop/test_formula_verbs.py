"""Formula columns from the command line: added, listed, filtered, sorted; refusals in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts


@pytest.fixture
def daybook(capsys, tmp_path):
    book = tmp_path / "team.daybook"

    def run(verb: str, *words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([verb, str(book), *words])
        return (status, *capsys.readouterr())

    run("new")
    for name, amount in (("甲", "1000"), ("乙", "20"), ("丙", "")):
        run("add", "opportunity", f"name={name}", f"amount={amount}")
    return run


def test_a_formula_column_is_added_listed_filtered_and_sorted(daybook):
    words = ("opportunity", "提成", "公式", "--formula", "金额*0.1", "--json")
    status, out, _ = daybook("field", *words)
    made = json.loads(out)
    assert (status, made["field"], made["kind"]) == (0, "x_提成", "money")
    assert made["formula"] == "amount * 0.1"
    asked = ("--fields", "name,提成", "--sort=-提成", "--json")
    _, out, _ = daybook("list", "opportunity", *asked)
    assert [one["提成"] for one in json.loads(out)] == ["100.00", "2.00", "0.00"]
    _, out, _ = daybook("list", "opportunity", "--where", "提成>1", *asked)
    assert [one["name"] for one in json.loads(out)] == ["甲", "乙"]


def test_a_kind_of_number_may_be_asked_for_and_a_formula_is_changed_by_set(daybook):
    words = ("opportunity", "占比", "percent", "--formula", "金额/1000", "--json")
    assert json.loads(daybook("field", *words)[1])["kind"] == "percent"
    [own] = json.loads(daybook("list", "custom_field", "--json")[1])
    assert daybook("set", "custom_field", own["id"], "formula=金额/500")[0] == 0
    _, out, _ = daybook("list", "opportunity", "--fields", "占比", "--limit", "1", "--json")
    assert json.loads(out)[0]["占比"] == "2"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("提成", "formula"), "--formula"),
        (("提成", "formula", "--formula", "amuont*2"), "Did you mean amount"),
        (("提成", "formula", "--formula", "amount*"), "character 8"),
        (("提成", "date", "--formula", "amount*2"), "gives Money"),
    ],
)
def test_what_cannot_be_is_refused_and_the_book_is_unchanged(daybook, words, said):
    texts.set_language("en")
    status, _, err = daybook("field", "opportunity", *words)
    assert status == 1
    assert said in err
    assert json.loads(daybook("list", "custom_field", "--json")[1]) == []


def test_what_is_worked_out_is_not_set(daybook):
    daybook("field", "opportunity", "提成", "formula", "--formula", "金额*0.1")
    [first, *_] = json.loads(daybook("list", "opportunity", "--json")[1])
    status, _, err = daybook("set", "opportunity", first["id"], "提成=5")
    assert status == 1
    assert "formula" in err
