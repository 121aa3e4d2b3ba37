"""A scripted year: every plan ends met, partly, not met or continued, with evidence; none vanishes."""

from __future__ import annotations

from collections import Counter

import pytest

from models import checking, texts
from models.book import Book
from tests.growth.year_of_plans import ENDS, VERDICTS, Year, faults


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    texts.set_language("en")
    with Book.create(tmp_path_factory.mktemp("year") / "plans.daybook") as book:
        played = Year(book, 7)
        played.play()
        yield played


def test_every_plan_ends_met_partly_not_met_or_continued_with_evidence_and_none_vanishes(year):
    assert faults(year) == []


def test_the_year_has_plans_that_end_in_each_of_the_four_ways(year):
    ends = Counter(
        verdict
        for (verdict,) in year.run(
            "SELECT verdict FROM improvement_plan WHERE alive = 1 AND verdict IS NOT NULL"
        )
    )
    assert set(ends) == set(VERDICTS), f"the test looks at too little: {ends}"
    assert sum(ends.values()) >= 12


def test_nobody_could_lose_a_plan_by_a_slip(year):
    tried = len(year.made)
    assert year.refused["removed"] >= tried
    ended = year.run(
        "SELECT count(*) FROM improvement_plan WHERE alive = 1 AND verdict IS NOT NULL"
    )
    assert min(year.refused["closed"], year.refused["met"]) >= ended[0][0]


def test_what_a_plan_asked_for_became_tasks_and_these_said_that_it_was_done(year):
    tasks = year.run("SELECT t.status, a.done_on, t.done_at FROM plan_action a JOIN task t ON t.id = a.task WHERE a.alive = 1")  # fmt: skip
    assert len(tasks) >= len(year.made) / 2
    assert all(done == at if status == "done" else done is None for status, done, at in tasks)


def test_the_book_is_sound_and_what_runs_on_is_checked_later(year):
    assert not any(one.bad for one in checking.check(year.book))
    later = year.run("SELECT check_on FROM improvement_plan WHERE alive = 1 AND verdict IS NULL")
    assert all(day > ENDS.isoformat() for (day,) in later)
