"""Series: every day of the rule has its task, none twice, whatever happened to the others."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.refusals import Refused
from models.tasks import series

MONDAY = date(2026, 3, 2)


def days(team, *more: str) -> list[str]:
    ids = team.book.ids("task", "series is not empty", sort=[("due", False)])
    return [str(one) for (one,) in team.book.rows("task", ids, ["due"])]


def weekly(team, **values) -> int:
    return team.task("周报", due=str(MONDAY), recurrence="每周一", **values)


def test_the_next_one_is_made_ahead_of_its_day_and_only_once(team):
    head = weekly(team, effort_hours="1.5", customer="杭州云栖科技有限公司")
    assert series.due(team.book, MONDAY) == []
    assert series.make(team.book, MONDAY) == 0
    wednesday = date(2026, 3, 4)
    assert [one.on for one in series.due(team.book, wednesday)] == [date(2026, 3, 9)]
    assert series.make(team.book, wednesday) == 1
    assert series.make(team.book, wednesday) == 0
    assert series.due(team.book, wednesday) == []
    (copy,) = team.book.ids("task", "series is not empty")
    made = team.book.record("task", copy)
    assert (made["title"], made["due"], made["occurrence"]) == (
        "周报",
        date(2026, 3, 9),
        date(2026, 3, 9),
    )
    assert (made["owner"].id, made["customer"].id, made["effort_hours"]) == (
        team.wang,
        team.acme,
        Decimal("1.5"),
    )
    assert (made["recurrence"], made["series"].id, made["status"]) == (None, head, "assigned")
    assert series.members(team.book, copy) == [head, copy]


def test_weeks_that_nobody_opened_the_book_are_made_up_for(team):
    weekly(team)
    assert series.make(team.book, date(2026, 3, 31)) == 4
    # 6 April 2026 is the day off of Qingming: that Monday's work moves to Tuesday.
    assert days(team) == ["2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"]
    assert series.make(team.book, date(2026, 4, 6)) == 1
    assert days(team)[-1] == "2026-04-07"


def test_the_checklist_and_those_who_help_come_along_unticked(team):
    head = weekly(team)
    team.add("checklist_item", task=head, place="1", title="数据", done="是")
    team.add("collaborator", task=head, person="李娜", share="30%")
    series.make(team.book, date(2026, 3, 9))
    (copy,) = team.book.ids("task", "series is not empty")
    (step,) = team.book.linked("checklist_item", "task", copy)
    assert team.book.record("checklist_item", step)["title"] == "数据"
    assert not team.book.record("checklist_item", step)["done"]
    (helper,) = team.book.linked("collaborator", "task", copy)
    assert team.book.record("collaborator", helper)["share"] == Decimal("0.3")


def test_one_in_the_recycle_bin_is_not_made_again(team):
    weekly(team)
    series.make(team.book, date(2026, 3, 9))
    (copy,) = team.book.ids("task", "series is not empty")
    with team.book.change("delete") as change:
        change.remove("task", [copy])
    assert series.make(team.book, date(2026, 3, 9)) == 0
    assert series.make(team.book, date(2026, 3, 16)) == 1
    assert days(team) == ["2026-03-16"]


def test_what_was_made_and_taken_back_is_not_made_again(team):
    weekly(team)
    series.make(team.book, date(2026, 3, 9))
    team.book.undo(team.book.last_change)
    assert days(team) == []
    assert series.make(team.book, date(2026, 3, 9)) == 0
    team.book.redo()
    assert days(team) == ["2026-03-09"]


def test_an_undo_by_key_takes_back_what_the_person_did_not_what_the_day_brought(team):
    head = weekly(team)
    team.set(head, status="done")
    assert series.make(team.book, MONDAY) == 1
    assert team.book.can_undo().no < team.book.last_change
    team.book.undo()
    assert team.get(head, "status") == "assigned"
    assert days(team) == ["2026-03-09"]


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_series_goes_on_when_its_first_task_is_over(team, status):
    head = weekly(team)
    team.set(head, status=status)
    assert series.make(team.book, MONDAY) == 1, "nothing of it was open, so the next one comes"
    assert days(team) == ["2026-03-09"]
    assert series.make(team.book, date(2026, 3, 16)) == 1


def test_another_rule_counts_from_what_was_made(team):
    head = weekly(team)
    series.make(team.book, date(2026, 3, 9))
    team.set(head, recurrence="每两周周五")
    series.make(team.book, date(2026, 4, 1))
    assert days(team) == ["2026-03-09", "2026-03-20", "2026-04-03"]


def test_this_one_or_all_later_ones(team):
    head = weekly(team)
    series.make(team.book, date(2026, 3, 23))
    second, third, fourth = team.book.ids("task", "series is not empty", sort=[("due", False)])
    team.set(fourth, status="done")
    assert series.edit_later(team.book, second, {"title": "周报与预测", "owner": "李娜"}) == 3
    assert [team.get(one, "title") for one in (head, second, third, fourth)] == [
        "周报与预测", "周报与预测", "周报与预测", "周报",
    ]  # fmt: skip
    series.make(team.book, date(2026, 3, 30))
    newest = team.book.ids("task", "series is not empty", sort=[("due", True)])[0]
    assert team.get(newest, "owner").id == team.li


def test_a_series_ends_by_its_rule_or_by_hand(team):
    team.task("盘点", due="2026-03-02", recurrence="每周一，共3次")
    series.make(team.book, date(2026, 12, 31))
    assert days(team) == ["2026-03-09", "2026-03-16"]
    head = weekly(team)
    series.make(team.book, date(2026, 3, 23))
    first = team.book.ids("task", "series is not empty and title = 周报", sort=[("due", False)])[0]
    assert series.end(team.book, first) == 2
    assert team.get(head, "recurrence") is None
    assert series.make(team.book, date(2026, 6, 1)) == 0
    assert team.book.count("task", "title = 周报 and status = cancelled") == 2


def test_a_copy_can_not_repeat_by_itself(team):
    weekly(team)
    series.make(team.book, date(2026, 3, 9))
    (copy,) = team.book.ids("task", "series is not empty")
    with pytest.raises(Refused) as refused:
        team.set(copy, recurrence="每天")
    assert refused.value.code == "not_head"
    assert "周报" in str(refused.value)


def test_a_rule_without_a_day_counts_from_the_day_it_is_seen(team):
    head = team.task("例会", recurrence="每周三")
    assert series.make(team.book, MONDAY) == 1
    assert team.get(head, "occurrence") == MONDAY
    assert days(team) == ["2026-03-04"]
    assert series.make(team.book, MONDAY) == 0


def test_daily_work_over_a_holiday_is_one_task_on_the_first_day_back(team):
    """Spring Festival 2026: 15 to 23 February are off, 14 and 28 February are make-up days."""
    team.task("日报", due="2026-02-12", recurrence="每天，遇休息日顺延")
    series.make(team.book, date(2026, 2, 28))
    assert days(team) == [
        "2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28",
    ]  # fmt: skip


def test_whoever_has_left_gets_no_more(team):
    weekly(team)
    team.book.set("salesperson", team.wang, {"status": "left"})
    series.make(team.book, date(2026, 3, 9))
    (copy,) = team.book.ids("task", "series is not empty")
    assert team.get(copy, "owner") is None


def test_a_beginning_and_a_reminder_keep_their_distance(team):
    head = weekly(team, starts_on="2026-02-27", remind_at="2026-03-02 09:30")
    series.make(team.book, date(2026, 3, 9))
    (copy,) = team.book.ids("task", "series is not empty")
    assert team.get(copy, "starts_on") == date(2026, 3, 6)
    assert team.get(copy, "remind_at") - team.get(head, "remind_at") == timedelta(days=7)
