"""Work that is there twice is found, what is two on purpose isn't, and two become one."""

from __future__ import annotations

from datetime import date

import pytest

from models.refusals import Refused
from models.tasks import duplicates, merging, series
from models.tasks.duplicates import Ref

ACME = "杭州云栖科技有限公司"


def titles(team) -> list[tuple[str, str]]:
    return [(one.first.label, one.second.label) for one in duplicates.pairs(team.book)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("给杭州云栖科技有限公司发报价单", "发报价"),
        ("云栖科技 电话回访", "致电跟进"),
        ("催款：二季度货款", "催收二季度货款"),
        ("Follow up on the quote", "follow-up on quotation"),
        ("整理一下投标文件", "整理投标文件"),
    ],
)
def test_the_same_work_in_other_words_is_found(team, one, other):
    team.task(one, customer=ACME, due="2026-03-02")
    team.task(other, customer=ACME, due="2026-03-03", owner="李娜")
    (pair,) = duplicates.pairs(team.book)
    assert "same customer" in pair.text()
    assert "1 day apart" in pair.text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("寄样品", "签合同"),
        ("报价", "拜访"),
        ("电话回访", "上门拜访"),
        ("Send samples", "Sign contract"),
    ],
)
def test_other_work_for_the_same_customer_is_not(team, one, other):
    team.task(one, customer=ACME, due="2026-03-02")
    team.task(other, customer=ACME, due="2026-03-02")
    assert titles(team) == []


def test_what_is_two_on_purpose_is_left_alone(team):
    first = team.task("发报价", customer=ACME, due="2026-03-02")
    team.task("发报价", customer="苏州博尔特机械有限公司", due="2026-03-02")  # another customer
    team.task("发报价", customer=ACME, due="2026-03-09")  # another week
    team.task("发报价", customer=ACME, due="2026-03-02", status="done")  # over
    second = team.task("发报价单", customer=ACME, due="2026-03-03")
    assert titles(team) == [("发报价", "发报价单")]
    team.add("task_dependency", task=second, after=first)
    assert titles(team) == []
    team.task("日报", due="2026-04-14", recurrence="每个工作日")
    series.make(team.book, date(2026, 4, 17))
    assert titles(team) == []


def test_a_follow_up_that_is_planned_and_a_task_are_compared(team):
    team.task("跟进报价", kind="follow_up", customer=ACME, due="2026-03-02")
    team.add("follow_up_plan", customer=ACME, due="2026-03-02", purpose="跟进报价")
    (pair,) = duplicates.pairs(team.book)
    assert {pair.first.entity, pair.second.entity} == {"task", "follow_up_plan"}
    assert pair.score == 100


def test_a_task_that_is_typed_is_held_against_what_is_there(team):
    known = team.task("发报价单", customer=ACME, due="2026-03-02")
    typed = {"title": "给云栖科技发报价", "customer": team.acme, "due": date(2026, 3, 3)}
    (pair,) = duplicates.like(team.book, typed)
    assert pair.second == Ref("task", known, "发报价单")
    assert duplicates.like(team.book, {**typed, "title": "寄样品"}) == []
    assert duplicates.like(team.book, {**typed, "customer": team.bolt}) == []
    assert duplicates.like(team.book, {**typed, "id": known}) == []
    assert duplicates.like(team.book, {"title": "发报价"}) == []


def test_two_become_one_with_all_that_hung_on_them_and_one_undo_parts_them(team):
    keep = team.task("发报价", customer=ACME, due="2026-03-02")
    drop = team.task(
        "发报价单", customer=ACME, due="2026-03-02", done_criteria="客户收到", owner="李娜"
    )
    for task, title, done in ((keep, "核价", "否"), (drop, "核价", "是"), (drop, "盖章", "否")):
        team.add("checklist_item", task=task, title=title, done=done)
    team.add("collaborator", task=drop, person="赵敏", share="20%")
    later = team.task("签合同", customer=ACME)
    team.add("task_dependency", task=later, after=drop)
    request = team.add("help_request", title="没有底价", task=drop)
    merging.merge(team.book, Ref("task", keep, ""), Ref("task", drop, ""))
    steps = team.book.rows(
        "checklist_item",
        sorted(team.book.linked("checklist_item", "task", keep)),
        ["title", "done"],
    )
    assert steps == [("核价", True), ("盖章", False)]
    assert team.get(keep, "done_criteria") == "客户收到"
    assert team.get(keep, "owner").id == team.wang
    assert team.get(drop, "status") == "cancelled"
    assert len(team.book.linked("collaborator", "task", keep)) == 1
    assert team.book.record("help_request", request)["task"].id == keep
    (edge,) = team.book.linked("task_dependency", "task", later)
    assert team.book.record("task_dependency", edge)["after"].id == keep
    assert titles(team) == []
    team.book.undo()
    assert titles(team) == [("发报价", "发报价单")]
    assert team.get(drop, "status") == "assigned"
    assert len(team.book.linked("checklist_item", "task", drop)) == 2


def test_a_planned_follow_up_goes_into_the_task(team):
    task = team.task("跟进报价", customer=ACME)
    plan = team.add("follow_up_plan", customer=ACME, due="2026-03-02", purpose="跟进报价")
    merging.merge(team.book, Ref("task", task, ""), Ref("follow_up_plan", plan, ""))
    assert team.get(task, "due") == date(2026, 3, 2)
    assert team.book.count("follow_up_plan") == 0
    team.book.undo()
    assert team.book.count("follow_up_plan") == 1


def test_one_that_helps_already_stays_where_it_is(team):
    keep, drop = team.task("发报价", customer=ACME), team.task("发报价单", customer=ACME)
    for task in (keep, drop):
        team.add("collaborator", task=task, person="李娜", share="50%")
    merging.merge(team.book, Ref("task", keep, ""), Ref("task", drop, ""))
    assert len(team.book.linked("collaborator", "task", keep)) == 1
    with pytest.raises(Refused):
        merging.merge(team.book, Ref("task", keep, ""), Ref("task", keep, ""))
