"""Work that can't go on asks, a clock runs in working days, and answers are found again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from models import texts
from models.calendar.workdays import WorkCalendar
from models.refusals import Refused
from models.tasks import blocking
from models.tasks.blocking import Asked


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


MONDAY = at("2026-03-02 10:00")


def test_blocking_is_one_change_that_says_why_and_asks(team):
    task = team.task(customer="杭州云栖科技有限公司", status="doing")
    request = blocking.block(
        team.book, task, Asked("没有底价", "问过产品部", "底价表", team.li), MONDAY
    )
    known = team.book.record("help_request", request)
    assert (team.get(task, "status"), team.get(task, "blocked_reason")) == (
        "blocked",
        "没有底价; needed: 底价表",
    )
    assert (known["person"].id, known["customer"].id, known["resolver"].id) == (
        team.wang,
        team.acme,
        team.li,
    )
    assert (known["status"], known["raised_at"]) == ("open", MONDAY)
    team.book.undo()
    assert team.get(task, "status") == "doing"
    assert team.book.count("help_request") == 0
    with pytest.raises(Refused):
        blocking.block(team.book, task, Asked(" "), MONDAY)
    team.set(task, status="done")
    with pytest.raises(Refused):
        blocking.block(team.book, task, Asked("晚了"), MONDAY)
    assert team.book.count("help_request") == 0


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00", "0"),
        ("2026-03-02 09:00", "2026-03-02 18:00", "1"),
        ("2026-03-02 18:30", "2026-03-03 09:00", "0"),
        ("2026-03-06 17:00", "2026-03-09 09:00", "0.11"),  # over a weekend
        ("2026-03-06 09:00", "2026-03-10 18:00", "3"),
        ("2026-02-13 09:00", "2026-02-24 18:00", "3"),  # a make-up Saturday, then Spring Festival
        ("2026-03-07 12:00", "2026-03-08 12:00", "0"),
        ("2026-03-03 12:00", "2026-03-02 12:00", "0"),
    ],
)
def test_the_clock_runs_while_people_work(since, now, days):
    assert blocking.elapsed(WorkCalendar("CN"), at(since), at(now)) == Decimal(days)


def test_without_an_answer_it_is_passed_up(team):
    task = team.task()
    blocking.block(team.book, task, Asked("没有底价"), MONDAY)
    asked = {
        hours: blocking.waits(team.book, MONDAY + timedelta(hours=hours))[0]
        for hours in (1, 24, 24 * 3)
    }
    assert [(one.level, one.asked_name) for one in asked.values()] == [
        (0, "李娜"), (1, "赵敏"), (2, "赵敏"),
    ]  # fmt: skip
    assert asked[1].text() == "没有底价: no answer for less than a working day; 李娜 is asked"
    assert asked[72].text() == "没有底价: no answer for 3 working days; passed up to 赵敏"
    texts.set_language("zh_CN")
    assert "3个工作日" in asked[72].text()


def test_whoever_was_named_is_asked_first_and_who_has_left_never(team):
    other = team.add("salesperson", name="产品经理")
    task = team.task()
    blocking.block(team.book, task, Asked("没有底价", resolver=other), MONDAY)

    def asked(hours: int) -> str:
        return blocking.waits(team.book, MONDAY + timedelta(hours=hours))[0].asked_name

    assert [asked(one) for one in (1, 24, 72)] == ["产品经理", "李娜", "赵敏"]
    team.book.set("salesperson", team.li, {"status": "left"})
    assert [asked(one) for one in (1, 24, 72)] == ["产品经理", "赵敏", "赵敏"]
    team.book.set("salesperson", other, {"status": "left"})
    team.book.set("salesperson", team.zhao, {"status": "left"})
    (found,) = blocking.waits(team.book, MONDAY)
    assert found.asked_of is None
    assert "nobody is asked" in found.text()


def test_a_day_for_the_answer_starts_passing_it_up(team):
    task = team.task()
    blocking.block(
        team.book, task, Asked("等法务", answer_by=at("2026-03-04 00:00").date()), MONDAY
    )
    levels = [
        blocking.waits(team.book, at(one))[0].level
        for one in ("2026-03-04 17:59", "2026-03-05 09:30", "2026-03-06 18:30")
    ]
    assert levels == [0, 1, 2]


def test_an_answer_stops_the_clock_and_what_is_solved_lets_the_task_go_on(team):
    task = team.task(status="doing")
    first = blocking.block(team.book, task, Asked("没有底价"), MONDAY)
    second = blocking.block(team.book, task, Asked("没有样品"), MONDAY)
    blocking.answer(team.book, first, "按去年的九折", team.li, MONDAY)
    assert [one.request for one in blocking.waits(team.book, MONDAY)] == [second]
    assert team.get(task, "status") == "blocked"
    blocking.resolve(team.book, first, MONDAY)
    assert team.get(task, "status") == "blocked", "something else still holds it"
    blocking.withdraw(team.book, second)
    assert (team.get(task, "status"), team.get(task, "blocked_reason")) == ("doing", None)
    known = team.book.record("help_request", first)
    assert (known["status"], known["answered_at"], known["resolver"].id) == (
        "resolved", MONDAY, team.li,
    )  # fmt: skip
    third = blocking.block(team.book, task, Asked("又没有"), MONDAY)
    blocking.answer(team.book, third, "有了", None, MONDAY, resolved=True)
    assert team.get(task, "status") == "doing"
    with pytest.raises(Refused):
        blocking.answer(team.book, third, "  ", None, MONDAY)


def test_an_answer_typed_into_the_list_counts_as_one(team):
    request = team.add("help_request", title="没有底价")
    team.book.set("help_request", request, {"answer": "见价目表"})
    known = team.book.record("help_request", request)
    assert known["status"] == "answered"
    assert known["answered_at"] is not None


def test_earlier_answers_are_offered_for_problems_like_them(team):
    one = team.add("help_request", title="客户要求账期90天，超出授权", answer="报财务总监特批")
    team.add("help_request", title="打印机坏了", answer="找行政")
    team.add("help_request", title="客户要账期120天")  # nobody has answered it
    found = blocking.similar(team.book, "客户要求90天账期怎么办")
    assert [(found.request, found.answer) for found in found] == [(one, "报财务总监特批")]
    assert blocking.similar(team.book, "样品丢了") == []
    assert blocking.similar(team.book, "") == []
