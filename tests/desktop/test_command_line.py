"""The command line's contract: exit statuses, one JSON document, refusals that change nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass

import pytest

from desktop.__main__ import main


@dataclass
class Said:
    """What a call left behind."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def daybook(capsys):
    def run(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path, daybook):
    made = tmp_path / "team.daybook"
    assert daybook("new", made, "--currency", "USD").exit_code == 0
    return made


def sheet(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def document(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_file_is_imported_listed_and_taken_back(daybook, place, tmp_path):
    source = sheet(
        tmp_path / "客户.csv",
        ["客户名称", "客户编号", "年营业额", "首次联系日期"],
        ["甲公司", "007", "1.2万", "2024年3月5日"],
        ["乙公司", "008", "(500)", "2024.3.6"],
    )
    told = document(daybook("import", place, source, "--json"))
    [table] = told["tables"]
    assert (told["change"], table["entity"], table["added"], table["problems"]) == (
        1,
        "customer",
        2,
        [],
    )
    assert {one["header"]: one["field"] for one in table["columns"]} == {
        "客户名称": "name",
        "客户编号": "code",
        "年营业额": "annual_revenue",
        "首次联系日期": "first_contact_on",
    }
    first, second = document(daybook("list", place, "customer", "--sort", "code", "--json"))
    assert first["name"] == "甲公司"
    assert (first["code"], first["annual_revenue"]) == ("007", "12000.00")
    assert first["first_contact_on"] == "2024-03-05"
    assert (second["annual_revenue"], second["city"]) == ("-500.00", None)
    again = document(daybook("import", place, source, "--json"))
    assert again["change"] is None
    assert again["tables"][0]["unchanged"] == 2
    assert daybook("undo", place).exit_code == 0
    assert document(daybook("list", place, "customer", "--json")) == []
    assert daybook("redo", place).exit_code == 0
    assert len(document(daybook("list", place, "customer", "--json"))) == 2


def test_a_dry_run_says_the_same_and_writes_nothing(daybook, place, tmp_path):
    source = sheet(tmp_path / "a.csv", ["客户名称", "客户编号"], ["甲公司", "1"])
    told = document(daybook("import", place, source, "--dry-run", "--json"))
    assert told["change"] is None
    assert told["tables"][0]["added"] == 1
    assert document(daybook("list", place, "customer", "--json")) == []


def test_a_cell_that_cannot_be_read_is_named_with_its_place(daybook, place, tmp_path):
    source = sheet(
        tmp_path / "a.csv",
        ["客户名称", "年营业额"],
        ["甲公司", "100"],
        ["乙公司", "很多"],
        ["丙", "3"],
    )
    told = document(daybook("import", place, source, "--json"))
    [table] = told["tables"]
    [problem] = table["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "年营业额", "很多")
    assert (table["added"], table["skipped"]) == (2, 1)


def test_what_blocks_is_said_on_both_channels_and_leaves_the_book(daybook, place, tmp_path):
    source = tmp_path / "picture.xlsx"
    source.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    before = place.read_bytes()
    result = daybook("import", place, source, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)["error"]
    assert told["file"] == "picture.xlsx"
    assert "not a sheet" in told["message"]
    assert place.read_bytes() == before


def test_a_record_is_added_set_shown_and_removed(daybook, place):
    told = daybook("add", place, "customer", "name=Acme", "city=Leeds")
    assert told.exit_code == 0
    [record] = document(daybook("list", place, "customer", "--json"))
    assert daybook("set", place, "customer", record["id"], "grade=A", "city=York").exit_code == 0
    [record] = document(daybook("list", place, "customer", "--where", "grade=A", "--json"))
    assert record["city"] == "York"
    steps = document(daybook("history", place, "--json"))
    assert len(steps) == 2
    assert daybook("remove", place, "customer", record["id"]).exit_code == 0
    assert document(daybook("list", place, "customer", "--json")) == []


def test_a_column_of_ones_own_is_listed_filtered_and_exported(daybook, place, tmp_path):
    assert daybook("field", place, "customer", "微信群", "text").exit_code == 0
    daybook("add", place, "customer", "name=甲", "微信群=一群")
    [record] = document(daybook("list", place, "customer", "--where", "微信群=一群", "--json"))
    assert "一群" in record.values()
    out = tmp_path / "out.csv"
    assert daybook("export", place, out, "customer").exit_code == 0
    assert "一群" in out.read_text(encoding="utf-8-sig")
    assert document(daybook("import", place, out, "--json"))["change"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "customer", "CU-0000", "name=x"), "There is no"),
        (("list", "colour"), "There is no kind of record called colour"),
        (("list", "customer", "--where", "colour=red"), "colour"),
        (("measure", "luck"), "There is no measure called luck"),
        (("add", "customer", "city=x"), "must be filled in"),
        (("undo", "99"), "no change number 99"),
    ],
)
def test_a_refusal_gives_status_one_and_says_why(daybook, place, words, said):
    result = daybook(words[0], place, *words[1:])
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_wrong_usage_gives_status_two(daybook, place):
    assert daybook("list", place).exit_code == 2
    assert daybook("list", place, "customer", "--colour").exit_code == 2


def test_measures_are_whole_broken_down_and_have_records(daybook, place):
    daybook("add", place, "salesperson", "name=王强")
    daybook("add", place, "customer", "name=Acme")
    for code, day, amount in (("1", "2026-01-05", "100.10"), ("2", "2026-02-05", "0.20")):
        daybook(
            "add", place, "order", f"code={code}", "customer=Acme", "owner=王强",
            f"ordered_on={day}", f"amount={amount}",
        )  # fmt: skip
    codes = {one["code"] for one in document(daybook("measures", place, "--json"))}
    assert {"won_amount", "sales_amount", "win_rate"} <= codes
    told = json.dumps(
        document(daybook("measure", place, "sales_amount", "--by", "person", "--json")),
        ensure_ascii=False,
    )
    assert "100.3" in told
    assert "王强" in told
    told = document(
        daybook("measure", place, "sales_amount", "--period", "2026-02", "--records", "--json")
    )
    assert "0.2" in json.dumps(told)


def test_messages_follow_the_language(daybook, place, monkeypatch):
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    assert "没有名为“colour”的记录类型" in daybook("list", place, "colour").stderr
