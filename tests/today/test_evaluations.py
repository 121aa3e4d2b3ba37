"""Evaluations on Today: whose step is due, and when it is told."""

from __future__ import annotations

from datetime import date

import pytest

from models import texts
from models.evaluations import cycle as acts
from models.evaluations import rating
from models.today.today import read
from tests.evaluations.reviewed import COMING, made

DUE = date(2026, 9, 16)


@pytest.fixture
def team(tmp_path):
    texts.set_language("en")
    found = made(tmp_path)
    acts.open_cycle(found.book, found.cycle)
    days = {"self_review_due": DUE, "manager_review_due": DUE, "talk_due": DUE}
    found.book.set("evaluation_cycle", found.cycle, days)
    yield found
    found.book.close()


def lines(team, on=DUE):
    return [one for one in read(team.book, on).lines() if one.kind == "evaluation"]


def test_a_self_review_is_told_to_the_person_from_a_week_before_its_day(team):
    assert lines(team) == []
    team.at(team.evaluation(team.ann), "self_review")
    assert lines(team, date(2026, 9, 8)) == []
    (line,) = lines(team, date(2026, 9, 9))
    assert (line.severity, line.person_name) == ("soon", "Ann")
    assert line.title == "Q1: self-review to be handed in"
    assert line.reason == "In 7 days, due on 09-16, Ann."
    assert [lines(team, date(2026, 9, at))[0].severity for at in (16, 17)] == ["today", "now"]


def test_what_a_manager_has_to_judge_is_one_line_and_ends_with_the_review(team):
    for person in (team.ann, team.bob):
        one = team.evaluation(person)
        team.at(one, "manager_review")
    (line,) = lines(team)
    assert (line.title, line.person_name) == ("Q1: 2 people to judge", "Carol")
    assert line.reason == "Due today, Ann, Bob."
    assert len(line.records) == 2
    team.book.set("evaluation_cycle", team.cycle, {"manager_review_due": COMING})
    ann = team.evaluation(team.ann)
    rating.waive_self(team.book, ann, "On leave")
    rating.rate(team.book, ann, team.care, "manager", 3, "", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3)
    rating.finish_manager(team.book, ann)
    acts.advance(team.book, ann)
    (line,) = lines(team)
    assert (line.title, line.person_name) == ("Q1: 1 talk to hold", "Carol")
