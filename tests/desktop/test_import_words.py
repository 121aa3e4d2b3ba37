"""What the verb ``import`` is told of doubtful columns, and what it says in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main

SHEET = "客户名称,首次联系日期,负责人\n甲公司,3/4/2024,王强\n乙公司,5/6/2024,王强\n"


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path, call):
    made = tmp_path / "team.daybook"
    assert call("new", made)[0] == 0
    return made


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def first_days(call, place) -> list[str]:
    _, out, _ = call("list", place, "customer", "--sort", "name", "--json")
    return sorted(one["first_contact_on"] for one in json.loads(out))


def test_a_doubtful_column_is_noted_with_how_to_say_otherwise(call, place, source):
    status, out, _ = call("import", place, source, "--links", "create", "--json")
    assert status == 0
    [table] = json.loads(out)["tables"]
    first, second = table["notes"]
    assert "3/4/2024 is 2024-03-04 or 2024-04-03" in first
    assert '--dates "首次联系日期=dmy"' in second
    assert [one.get("date_order") for one in table["columns"]] == [None, "mdy", None]


@pytest.mark.parametrize("words", [("首次联系日期=dmy",), ("dmy",), ("mdy", "首次联系日期=dmy")])
def test_an_order_is_said_for_a_column_or_for_all(call, place, source, words):
    said = [part for one in words for part in ("--dates", one)]
    status, out, _ = call("import", place, source, "--links", "create", *said, "--json")
    assert status == 0
    [table] = json.loads(out)["tables"]
    assert (table["columns"][1]["date_order"], table["columns"][1]["decided_by"]) == ("dmy", "said")
    assert first_days(call, place) == ["2024-04-03", "2024-06-05"]


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--dates", "首次联系日期=upwards"), "unknown_way", "upwards"),
        (("--dates", "upwards"), "unknown_way", "upwards"),
        (("--dates", "签约日=dmy"), "unknown_column", "签约日"),
        (("--dates", "负责人=dmy"), "not_days", "负责人"),
        (("--dates", "首次联系日期=ymd"), "impossible_way", "3/4/2024"),
        (("--percents", "首次联系日期=hundred"), "not_shares", "首次联系日期"),
        (("--units", "首次联系日期=万"), "not_amounts", "首次联系日期"),
        (("--units", "首次联系日期=many"), "unknown_way", "many"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words_and_leaves_the_book(
    call, place, source, words, code, named
):
    before = place.read_bytes()
    status, out, err = call("import", place, source, *words, "--json")
    assert status == 1
    assert json.loads(out)["error"]["code"] == code
    assert named in err
    assert place.read_bytes() == before


def test_a_unit_without_its_column_is_wrong_usage(call, place, source):
    assert call("import", place, source, "--units", "10000")[0] == 2


def test_the_sum_has_all_records_and_kinds_by_their_labels(call, place, source, monkeypatch):
    status, out, _ = call("import", place, source, "--links", "create", "--dates", "dmy")
    assert status == 0
    assert "a.csv → Customers" in out
    assert "? Salesperson: “王强” in 2 rows" in out
    assert "Added for new names: Salespeople 1" in out
    assert "In all 3 records: Salespeople: 1 new  ·  Customers: 2 new" in out
    assert call("undo", place)[0] == 0
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    _, out, _ = call("import", place, source, "--links", "create", "--dates", "dmy", "--dry-run")
    assert "a.csv → 客户" in out
    assert "合计 3 条记录：业务员：新增 1  ·  客户：新增 2" in out
    assert "customer" not in out
    monkeypatch.setenv("DAYBOOK_LANG", "en")
    _, out, _ = call("import", place, source, "--links", "create", "--json")
    said = json.loads(out)
    assert said["also"] == {"salesperson": {"added": 1}}  # ids where programs read


def test_a_kind_may_be_named_as_it_is_printed(call, place, source):
    assert call("add", place, "salesperson", "name=王小强")[0] == 0
    status, out, _ = call(
        "import", place, source, "--values", "Salesperson:王强=王小强", "--dates", "dmy"
    )
    assert status == 0
    assert "In all 2 records" in out
