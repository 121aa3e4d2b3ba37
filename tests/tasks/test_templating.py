"""A set of templates becomes tasks by working days, in one change; tasks become a set."""

from __future__ import annotations

from datetime import date

import pytest

from models.refusals import Refused
from models.tasks import templating

FRIDAY = date(2026, 2, 13)  # before a make-up Saturday and Spring Festival (15 to 23 February)


@pytest.fixture
def onboarding(team):
    for place, (title, days, after, steps) in enumerate(
        (
            ("欢迎{customer}", 0, None, "发欢迎信\n\n建群"),
            ("培训{customer}", 1, 1, ""),
            ("首月回访", 2, 2, "问卷"),
            ("存档", 1, 3, ""),
        ),
        1,
    ):
        team.add(
            "template", name="新客户", place=place, title=title, due_after=days, after=after,
            checklist=steps, effort_hours="2", kind="visit",
        )  # fmt: skip
    return team


def test_days_are_counted_in_working_days_and_none_is_due_before_what_it_waits_for(onboarding):
    team = onboarding
    assert templating.sets(team.book) == ["新客户"]
    plan = templating.plan(team.book, "新客户", FRIDAY, customer=team.acme)
    assert [(one.title, one.starts_on, one.due, one.after) for one in plan.tasks] == [
        ("欢迎杭州云栖科技有限公司", FRIDAY, FRIDAY, None),
        ("培训杭州云栖科技有限公司", date(2026, 2, 14), date(2026, 2, 14), 0),
        ("首月回访", date(2026, 2, 24), date(2026, 2, 24), 1),
        ("存档", date(2026, 2, 24), date(2026, 2, 24), 2),
    ]
    assert plan.owner == team.wang
    sunday = templating.plan(team.book, "新客户", date(2026, 2, 15))
    assert sunday.tasks[0].due == date(2026, 2, 24)
    assert sunday.owner is None


def test_all_tasks_are_one_change_with_steps_and_what_they_wait_for(onboarding):
    team = onboarding
    before = team.book.last_change
    made = templating.make(team.book, templating.plan(team.book, "新客户", FRIDAY, team.acme))
    assert team.book.last_change == before + 1
    assert [team.get(one, "owner").id for one in made] == [team.wang] * 4
    assert team.get(made[0], "template").label == "欢迎{customer}"
    assert len(team.book.linked("checklist_item", "task", made[0])) == 2
    assert team.book.count("task_dependency") == 3
    team.book.undo()
    assert team.book.count("task") == team.book.count("checklist_item") == 0


def test_a_set_whose_tasks_wait_for_each_other_is_refused(onboarding):
    team = onboarding
    (first,) = team.book.ids("template", "place = 1")
    team.book.set("template", first, {"after": 4})
    with pytest.raises(Refused) as refused:
        templating.plan(team.book, "新客户", FRIDAY)
    assert refused.value.code == "waits_for_itself"
    with pytest.raises(Refused):
        templating.plan(team.book, "没有", FRIDAY)


def test_tasks_become_a_template_that_makes_the_same_tasks_again(onboarding):
    team = onboarding
    made = templating.make(team.book, templating.plan(team.book, "新客户", FRIDAY, team.acme))
    templating.save(team.book, "另一套", made)
    again = templating.plan(team.book, "另一套", FRIDAY, team.acme)
    first = templating.plan(team.book, "新客户", FRIDAY, team.acme)
    assert [(one.title, one.due, one.steps) for one in again.tasks] == [
        (one.title, one.due, one.steps) for one in first.tasks
    ]
    other = templating.plan(team.book, "另一套", FRIDAY, team.bolt)
    assert other.tasks[0].title == "欢迎苏州博尔特机械有限公司"
    for name, rows in (("另一套", made), ("", made), ("空", [])):
        with pytest.raises(Refused):
            templating.save(team.book, name, rows)
