"""Skills: the latest judgement, how it fades, what tasks need, and what rests on one person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.people.skills import Need, Skills, faded, judge
from tests.people.staffed import ON, staffed


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        made.english = made.add("skill", name="英语", category="language")
        made.talks = made.add("skill", name="商务谈判", category="sales")
        yield made


def level(team, who, skill, value, day="2026-01-05", **more):
    return team.add(
        "skill_level", person=team[who], skill=skill, level=value, assessed_on=day, **more
    )


def skills(team, on=ON):
    return Skills(team.book, on)


def test_the_latest_judgement_up_to_the_day_counts(team):
    level(team, "Ben", team.english, 4, "2026-02-01")
    level(team, "Ben", team.english, 2, "2025-02-01")
    level(team, "Ben", team.english, 5, "2026-06-01")
    assert skills(team).level(team["Ben"], team.english).level == 4
    assert skills(team, date(2025, 6, 1)).level(team["Ben"], team.english).level == 2
    assert skills(team).level(team["Cai"], team.english) is None


def test_what_is_no_longer_valid_fades_year_by_year_and_it_is_said(team):
    level(team, "Ben", team.english, 4, "2024-01-01", valid_until="2026-01-01")
    found = skills(team).level(team["Ben"], team.english)
    assert (found.level, found.counts, found.expired) == (4, 3, True)
    assert found.text() == "level 4, valid until 2026-01-01: counts as 3"
    assert skills(team, date(2026, 1, 1)).level(team["Ben"], team.english).counts == 4


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-01-01", 4), ("2026-01-02", 3), ("2027-01-01", 3), ("2027-01-02", 2), ("2040-01-01", 0)],
)
def test_fading(on, counts):
    assert faded(4, date(2026, 1, 1), date.fromisoformat(on)) == counts


@pytest.mark.parametrize(
    ("tags", "needed"),
    [
        ("英语", 3),
        ("英语 4", 4),
        ("英语4", 4),
        ("英语≥4", 4),
        ("英语 >= 2", 2),
        ("英语4级", 4),
        ("英语：5", 5),
        ("英语, 英语 5, 英语 1", 5),
    ],
)
def test_the_tags_of_a_task_say_which_skill_at_which_level(team, tags, needed):
    assert skills(team).needs(tags) == (Need(team.english, "英语", needed),)


def test_a_skill_whose_name_ends_in_a_figure_is_known_by_its_name(team):
    row = team.add("skill", name="CET 4")
    assert skills(team).needs("CET 4, CET 4 5, ISO9001, 法语 2") == (
        Need(row, "CET 4", 5), Need(None, "ISO9001", 3), Need(None, "法语", 2),
    )  # fmt: skip


def test_people_fit_by_the_mean_of_what_is_needed(team):
    level(team, "Ben", team.english, 2)
    level(team, "Ben", team.talks, 5)
    found = skills(team)
    fit = found.fit(team["Ben"], found.needs("英语≥4, 商务谈判"))
    assert fit.share == Decimal("0.75")
    assert fit.text() == "Skills fit by 75%: 英语 ≥ 4: level 2; 商务谈判 ≥ 3: level 5."
    assert found.fit(team["Cai"], ()).share == 1
    assert found.fit(team["Cai"], found.needs("英语")).share == 0


def test_a_skill_of_one_person_is_a_single_point_of_failure(team):
    level(team, "Ben", team.english, 3)
    level(team, "Cai", team.english, 2)
    level(team, "Ben", team.talks, 4)
    level(team, "Cai", team.talks, 3)
    assert skills(team).single_points() == ((team.english, team["Ben"]),)
    team.set("salesperson", team["Cai"], status="leaving")
    assert (team.talks, team["Ben"]) in skills(team).single_points()


def test_what_tasks_and_templates_need_and_nobody_has_is_told(team):
    level(team, "Ben", team.english, 3)
    task = team.task("Ben", required_skills="英语 4, 商务谈判")
    team.task("Ben", required_skills="法语", status="done")
    template = team.add("template", name="Set", title="Talk", required_skills="英语、法语")
    found = {one.need.text(): (one.tasks, one.templates) for one in skills(team).uncovered()}
    assert found == {
        "商务谈判 ≥ 3": ((task,), ()), "法语 ≥ 3": ((), (template,)), "英语 ≥ 4": ((task,), ()),
    }  # fmt: skip


def test_evidence_that_ages_is_told_the_oldest_first(team):
    old = level(team, "Ben", team.english, 3, valid_until="2025-01-01")
    soon = level(team, "Cai", team.english, 3, valid_until="2026-04-01")
    level(team, "Dan", team.english, 3, valid_until="2027-04-01")
    assert [one.row for one in skills(team).ageing()] == [old, soon]


def test_a_judgement_is_one_change_and_a_second_one_of_the_day_puts_it_right(team):
    for value in (4, 3):
        with team.book.change("judge") as change:
            judge(change, team["Ben"], team.english, value, ON)
    assert team.book.count("skill_level") == 1
    assert skills(team).level(team["Ben"], team.english).level == 3
    team.book.undo()
    assert skills(team).level(team["Ben"], team.english).level == 4
    team.book.undo()
    assert skills(team).level(team["Ben"], team.english) is None
