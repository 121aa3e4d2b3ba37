"""States of tasks: what follows from them, and the few steps that are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.refusals import Refused
from models.tasks.states import CLOSED, NEXT, OPEN, may_follow
from models.tasks.task import STATUSES
from tests.sheets.bringing import bring


def test_every_state_is_open_or_closed_and_leads_on():
    codes = [one.code for one in STATUSES]
    assert sorted((*OPEN, *CLOSED)) == sorted(codes) == sorted(NEXT)
    for code, following in NEXT.items():
        assert following
        assert set(following) <= set(codes) - {code}
        assert may_follow(code, code)


def test_done_has_a_day_and_loses_it_when_it_is_opened_again(team):
    task = team.task()
    team.set(task, status="done")
    assert team.get(task, "done_at") == date.today()
    team.set(task, status="doing")
    assert team.get(task, "done_at") is None


def test_a_day_of_its_own_is_kept_and_says_that_it_is_done(team):
    task = team.task()
    team.set(task, status="done", done_at="2026-03-04")
    assert team.get(task, "done_at") == date(2026, 3, 4)
    other = team.task("寄合同")
    team.set(other, done_at="2026-03-05")
    assert team.get(other, "status") == "done"
    assert team.get(team.task("归档", done_at="2026-03-06"), "status") == "done"


def test_a_question_waits_for_its_answer(team):
    task = team.task()
    team.set(task, question="要含税价吗？")
    assert team.get(task, "status") == "questioned"
    team.set(task, question="")
    assert team.get(task, "status") == "assigned"
    team.set(task, question="哪个版本？")
    team.set(task, status="doing")
    assert team.get(task, "question") is None
    team.set(task, question="还有谁参加？")  # work that has begun goes on
    assert team.get(task, "status") == "doing"


def test_what_blocks_a_task_says_so_and_goes_with_it(team):
    task = team.task(status="doing")
    team.set(task, blocked_reason="等客户盖章")
    assert team.get(task, "status") == "blocked"
    team.set(task, status="doing")
    assert team.get(task, "blocked_reason") is None


def test_what_is_over_is_opened_before_it_is_anything_else(team):
    task = team.task(status="cancelled")
    with pytest.raises(Refused) as refused:
        team.set(task, status="done")
    assert refused.value.code == "not_next"
    assert "Assigned, Doing, Draft" in str(refused.value)
    team.set(task, status="doing")
    team.set(task, status="done")


def test_an_ordinary_list_of_tasks_is_imported_without_refusal(team, tmp_path: Path):
    file = tmp_path / "tasks.csv"
    file.write_text(
        "任务名称,执行人,相关客户,截止日期,任务状态,完成日期,受阻原因,任务疑问,重复规则\n"
        "催回款,王强,,2026-03-02,,2026-03-01,,,\n"
        "寄样品,王强,,2026-03-03,已取消,,,,不重复\n"
        "周例会,李娜,,2026-03-02,进行中,,,,每周一\n"
        "装机,李娜,,2026-03-04,,,等配件,,\n"
        "报价,李娜,,2026-03-05,已完成,,,按哪个价？,\n",
        encoding="utf-8",
    )
    bring(team.book, file)
    found = {
        title: (status, done, rule)
        for title, status, done, rule in team.book.rows(
            "task", team.book.ids("task"), ["title", "status", "done_at", "recurrence"]
        )
    }
    assert found == {
        "催回款": ("done", date(2026, 3, 1), None),
        "寄样品": ("cancelled", None, None),
        "周例会": ("doing", None, "every week on Mon"),
        "装机": ("blocked", None, None),
        "报价": ("done", None, None),
    }
    file.write_text(
        "任务名称,执行人,相关客户,截止日期,任务状态\n装机,李娜,,2026-03-04,完成\n", encoding="utf-8"
    )
    bring(team.book, file)
    (task,) = team.book.ids("task", "title = 装机")
    assert team.get(task, "done_at") == date.today()
