"""What belongs to a task: what it waits for, who has which part of it, what isn't said of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.refusals import Refused
from models.tasks import dependencies, unclear
from models.tasks.sharing import shares


def test_tasks_that_would_wait_for_each_other_are_refused_by_name(team):
    a, b, c = (team.task(one) for one in ("报价", "合同", "发货"))
    team.add("task_dependency", task=b, after=a)
    edge = team.add("task_dependency", task=c, after=b)
    for task, after in ((a, a), (a, b), (a, c)):
        with pytest.raises(Refused) as refused:
            team.add("task_dependency", task=task, after=after)
        assert refused.value.code == "waits_for_itself"
    assert "报价 → 发货 → 合同 → 报价" in str(refused.value)
    with pytest.raises(Refused):
        team.book.set("task_dependency", edge, {"task": a})
    team.book.set("task_dependency", edge, {"after": a})  # its own old way doesn't count


def test_a_task_waits_while_one_before_it_is_open(team):
    a, b, c = (team.task(one) for one in ("报价", "合同", "发货"))
    team.add("task_dependency", task=b, after=a)
    team.add("task_dependency", task=c, after=b)
    team.add("task_dependency", task=c, after=a)
    assert dependencies.waiting(team.book) == {b: (a,), c: (a, b)}
    assert dependencies.waiting(team.book, [b]) == {b: (a,)}
    team.set(a, status="done")
    assert dependencies.waiting(team.book) == {c: (b,)}
    team.set(b, status="cancelled")
    assert dependencies.waiting(team.book) == {}


def test_what_finishing_would_leave_open_is_said(team):
    a, b = team.task("报价"), team.task("合同")
    team.add("task_dependency", task=b, after=a)
    team.add("checklist_item", task=b, title="盖章", done="否")
    team.add("checklist_item", task=b, title="寄出", done="是")
    (found,) = dependencies.holding(team.book, [a, b])
    assert (found.task, found.steps, found.before) == (b, ("盖章",), ("报价",))
    assert found.text() == "合同: steps not ticked: 盖章; waits for 报价"


def test_collaborators_have_at_most_the_whole_and_the_owner_has_the_rest(team):
    task = team.task()
    team.add("collaborator", task=task, person="李娜", share="30%")
    assert shares(team.book, task) == {team.wang: Decimal("0.7"), team.li: Decimal("0.3")}
    with pytest.raises(Refused) as refused:
        team.add("collaborator", task=task, person="赵敏", share="80%")
    assert refused.value.code == "more_than_all"
    assert "30%" in str(refused.value)
    assert "70%" in str(refused.value)
    with pytest.raises(Refused) as refused:
        team.add("collaborator", task=task, person="李娜", share="10%")
    assert refused.value.code == "twice"
    zhao = team.add("collaborator", task=task, person="赵敏")
    assert shares(team.book, task)[team.zhao] == 0
    team.book.set("collaborator", zhao, {"share": "70%"})
    assert shares(team.book, task) == {
        team.wang: Decimal(0), team.li: Decimal("0.3"), team.zhao: Decimal("0.7"),
    }  # fmt: skip
    team.book.set("collaborator", zhao, {"share": "60%", "part": "现场"})


@given(st.lists(st.one_of(st.none(), st.integers(0, 1_000_000)), max_size=3), st.booleans())
def test_parts_are_one_together_exactly(tmp_path_factory, given_shares, owned):
    folder = tmp_path_factory.mktemp("shares")
    with Book.create(folder / "team.daybook") as book:
        with book.change("team") as change:
            people = [change.add("salesperson", {"name": one}) for one in "ABCD"]
            task = change.add("task", {"title": "x", "owner": people[3] if owned else None})
            # As a sheet may bring them: more than the whole is not refused there.
            parts = [
                (task, person, None if one is None else Decimal(one) / 1_000_000)
                for person, one in zip(people, given_shares, strict=False)
            ]
            change.add_many("collaborator", ("task", "person", "share"), parts)
        found = shares(book, task)
        assert sum(found.values()) == (1 if found else 0)
        assert all(one >= 0 for one in found.values())
        assert bool(found) == (owned or bool(given_shares))


def test_what_nobody_can_be_held_to_is_listed_with_what_is_missing(team):
    clear = team.task("完整", due="2026-03-02", done_criteria="客户签收")
    vague = team.task("含糊", owner=None)
    asked = team.task("有疑问", due="2026-03-02", done_criteria="x", question="给谁？")
    team.task("已完成", status="done", owner=None)
    found = unclear.unclear(team.book)
    assert [one.task for one in found] == [asked, vague]
    assert found[0].text() == "question: 给谁？"
    assert found[1].text() == "not said: Owner, Due, Done means"
    assert list(team.book.ids("task", unclear.FILTER)) == [vague, asked]
    assert clear not in team.book.ids("task", unclear.FILTER)
