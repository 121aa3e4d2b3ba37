"""``daybook calendar``: what somebody can work in a period, as JSON and in words."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import texts
from models.book import Book


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "team.daybook"
    with Book.create(path) as book, book.change("test") as change:
        row = change.add(
            "salesperson",
            {"name": "王芳", "hire_date": "2026-02-09", "ramp_profile": "25% 50%"},
        )
        change.add(
            "leave",
            {
                "person": row,
                "starts_on": "2026-03-03",
                "ends_on": "2026-03-04",
                "ends_at_noon": True,
            },
        )
        change.add("calendar_day", {"day": "2026-03-20", "kind": "off", "name": "店庆"})
    return path


def told(call, *words: object):
    status, out, err = call("calendar", *words, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_the_days_of_a_person_are_told_with_what_they_come_from(call, place):
    said = told(call, place, "王芳", "2026-Q1", "--on", "2026-03-04")
    assert said["working_days"] == 58
    assert said["make_up_days"] == ["2026-01-04", "2026-02-14", "2026-02-28"]
    assert {"day": "2026-02-17", "name": "Chinese New Year (Spring Festival)"} in said["holidays"]
    assert {"day": "2026-03-20", "name": "店庆"} in said["holidays"]
    assert (said["leave_days"], said["requested_days"]) == ("1.5", "0")
    assert said["ramp"] == [
        {"from": "2026-01-01", "to": "2026-02-08", "share": "0"},
        {"from": "2026-02-09", "to": "2026-03-08", "share": "0.25"},
        {"from": "2026-03-09", "to": "2026-03-31", "share": "0.5"},
    ]
    # 11 days in February and 5 in March less 1.5 of leave at a quarter; 16 at a half
    assert said["equivalent_days"] == "11.625"
    # of the 4th the afternoon, the 5th and 6th at a quarter; 16 at a half
    assert (said["on"], said["left"]) == ("2026-03-04", "8.625")
    assert (said["from"], said["to"], said["period"]) == ("2026-01-01", "2026-03-31", "2026-Q1")
    assert said["known_until"] >= "2026-12-31"
    assert said["note"] is None


def test_a_person_is_also_called_by_the_id_and_a_period_by_words(call, place):
    said = told(call, place, "王芳", "this_month", "--on", "2026-02-11")
    assert (said["from"], said["to"], said["working_days"]) == ("2026-02-01", "2026-02-28", 16)
    assert told(call, place, said["id"], "本月", "--on", "2026-02-11") == said


def test_beyond_the_last_notice_it_is_said_that_make_up_days_are_not_known(call, place):
    said = told(call, place, "王芳", "2040")
    assert "2040" in said["note"]
    assert "make-up days" in said["note"]


def test_the_same_is_printed_in_both_languages(call, place, monkeypatch):
    status, out, err = call("calendar", place, "王芳", "2026-03", "--on", "2026-03-04")
    assert (status, err) == (0, "")
    assert "Working days" in out
    assert "店庆" in out
    assert "Requested" not in out
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    status, out, err = call("calendar", place, "王芳", "2026-02", "--on", "2026-03-04")
    texts.set_language("en")
    assert (status, err) == (0, "")
    for word in ("工作日", "调休上班", "春节", "成长曲线", "节假日"):
        assert word in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("韩梅梅", "2026-03"), "unknown_link"),
        (("王芳", "sometime"), "bad_period"),
        (("王芳", "all"), "bad_period"),
        (("王芳", "2026-03", "--on", "someday"), "not_a_date"),
    ],
)
def test_what_can_t_be_told_is_refused_with_a_code(call, place, words, code):
    status, out, err = call("calendar", place, *words, "--json")
    assert status == 1
    assert json.loads(out)["error"]["code"] == code
    assert err


def test_who_has_left_and_a_ramp_that_can_t_be_read_are_said(call, place):
    with Book.open(place) as book:
        [row] = book.ids("salesperson")
        book.set("salesperson", row, {"status": "left", "ramp_profile": "quickly"})
    said = told(call, place, "王芳", "2026-03", "--on", "2026-03-10")
    assert said["left"] == "0"
    assert "quickly" in said["note"]
    assert "2026-03-10" in said["note"]


def test_days_and_leave_are_set_and_listed_like_all_records(call, place):
    status, row, _ = call(
        "add", place, "calendar_day", "day=2026-03-21", "kind=补班", "name=补五一"
    )
    assert status == 0
    status, leave, err = call(
        "add", place, "leave", "person=王芳", "类型=病假", "starts_on=2026-03-23",
        "ends_on=2026-03-23", "to noon=是",
    )  # fmt: skip
    assert (status, err) == (0, "")
    said = told(call, place, "王芳", "2026-03")
    assert said["make_up_days"] == ["2026-03-21"]
    assert said["leave_days"] == "2"
    assert call("set", place, "calendar_day", row.strip(), "kind=off")[0] == 0
    assert call("set", place, "leave", leave.strip(), "status=驳回")[0] == 0
    said = told(call, place, "王芳", "2026-03")
    assert said["make_up_days"] == []
    assert said["leave_days"] == "1.5"
    status, out, _ = call("list", place, "calendar_day", "--json")
    assert status == 0
    assert [one["day"] for one in json.loads(out)] == ["2026-03-20", "2026-03-21"]
