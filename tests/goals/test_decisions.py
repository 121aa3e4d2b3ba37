"""Decisions of a goal review: a line becomes a decision of the meeting and a task, at once."""

from __future__ import annotations

from datetime import date

import pytest

from models.goals.decisions import Made, decide, understood
from models.goals.review import open_decisions, review
from models.refusals import Refused
from tests.forecast.telling import day
from tests.goals.reviewed import ON, Reviewed, reviewed

TODAY = date(2024, 11, 15)  # a Friday


@pytest.fixture
def world():
    with reviewed() as made:
        yield made


def decided(world: Reviewed, title: str, **more) -> Made:
    period = world.book.calendar.try_parse("2024-Q4")
    with world.book.change("decide") as change:
        return decide(
            change, world.book, title,
            **{"owner": world.li, "due": day("2024-11-20"), "period": period, "held_on": ON, **more},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "owner", "due"),
    [
        ("李娜下周三前拜访华东电子", "李娜", date(2024, 11, 20)),
        ("Call Acme, by Wang's team: 王强 tomorrow", "王强", date(2024, 11, 16)),
        ("ben visits Acme by next Friday", "Ben Stone", date(2024, 11, 22)),
        ("Benefits are told to all", "", None),
        ("Ann decides", "", None),  # two are called so
        ("Ann Lee decides", "Ann Lee", None),
        ("", "", None),
    ],
)
def test_a_line_says_who_and_by_when(world, line, owner, due):
    for name in ("Ben Stone", "Ann Lee", "Ann Moe"):
        world.put("salesperson", name=name)
    world.put("salesperson", name="Acme Call", status="left")
    said = understood(world.book, line, TODAY, month_first=False)
    assert (said.owner_name, said.due) == (owner, due)
    assert bool(said.owner) == bool(owner)


def test_a_decision_is_kept_with_its_meeting_and_its_task(world):
    made = decided(world, "Visit them", goal=world.late)
    book = world.book
    meeting, task = book.record("meeting", made.meeting), book.record("task", made.task)
    decision = book.record("decision", made.decision)
    assert (meeting["kind"], meeting["held_on"], meeting["period"]) == (
        "goal_review",
        ON,
        "2024-Q4",
    )
    assert (task["title"], task["owner"].id, task["due"], task["goal"].id, task["status"]) == (
        "Visit them", world.li, day("2024-11-20"), world.late, "assigned",
    )  # fmt: skip
    assert (decision["meeting"].id, decision["task"].id) == (made.meeting, made.task)
    assert [one.title for one in open_decisions(book, ON)] == ["Visit them"]


def test_all_of_it_is_undone_at_once_and_comes_back(world):
    counted = {one: world.book.count(one) for one in ("meeting", "decision", "task")}
    decided(world, "Visit them")
    world.book.undo()
    assert {one: world.book.count(one) for one in counted} == counted
    world.book.redo()
    assert [one.title for one in open_decisions(world.book, ON)] == ["Visit them"]


def test_a_meeting_is_made_once_a_day_and_period(world):
    first, second = decided(world, "One"), decided(world, "Two")
    assert first.meeting == second.meeting
    other = decided(world, "Three", period=world.book.calendar.try_parse("2024-11"))
    later = decided(world, "Four", held_on=day("2024-11-22"))
    assert len({first.meeting, other.meeting, later.meeting}) == 3


def test_what_is_wrong_writes_nothing(world):
    before = world.book.last_change
    for wrong in ({"owner": "nobody"}, {"due": "soonish"}):
        with pytest.raises(Refused):
            decided(world, "Visit them", **wrong)
    assert world.book.last_change == before
    assert world.book.count("meeting") == 0


def test_the_next_review_begins_with_what_is_still_open(world):
    decided(world, "Visit them")
    made = review(world.book, on=day("2024-11-29"))
    assert made.since == ON
    [page] = [one for one in made.people if one.name == "李娜"]
    assert [(one.title, one.late) for one in page.decided] == [("Visit them", True)]
    assert "“Visit them”" in next(one.text for one in page.questions if one.rule == "decided")
