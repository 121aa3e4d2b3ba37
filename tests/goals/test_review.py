"""What a goal review says: the facts of each person, what moved, and questions with their reasons."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.__main__ import main
from models import texts
from models.forecast.forecast import forecast
from models.goals.review import open_decisions, review
from models.goals.review_paper import paper
from models.money import from_scaled
from tests.forecast.telling import day
from tests.goals.reviewed import ON, SINCE, Reviewed, reviewed


@pytest.fixture
def world():
    with reviewed() as made:
        yield made


def of(world: Reviewed, **more):
    return review(world.book, on=ON, **more)


def page(world: Reviewed, name: str, **more):
    return next(one for one in of(world, **more).people if one.name == name)


def test_what_moved_since_the_week_before_is_told_once_a_deal(world):
    course = page(world, "李娜").course
    told = [(one.kind, one.label, one.amount, one.effect) for one in course.moved]
    assert told == [
        ("won", "Won", Decimal(120000), Decimal(60000)),
        ("lost", "Lost", Decimal(70000), Decimal(-35000)),
        ("new", "New", Decimal(40000), Decimal(20000)),
        ("later", "Slipped", Decimal(90000), Decimal(-45000)),
    ]
    slipped = course.moved[-1]
    assert (slipped.before, slipped.after) == (day("2024-12-10"), day("2025-01-20"))
    assert page(world, "王强").course.moved == ()


def test_the_effects_are_the_difference_of_the_forecasts(world):
    made = of(world)
    told = forecast(world.book, on=ON, since=SINCE).pipeline_bridge
    for one in (made.team, *made.people):
        effects = sum((moved.effect for moved in one.course.moved), Decimal(0))
        assert one.course.start + effects == one.course.end
    assert (made.team.course.start, made.team.course.end) == (
        from_scaled(told.start),
        from_scaled(told.end),
    )


def test_a_deal_that_changed_hands_stands_with_both_owners(world):
    world.set("2024-11-14", world.calm, owner=world.wang)
    effects = {
        one.name: [moved.effect for moved in one.course.moved if moved.label == "Calm"]
        for one in of(world).people
    }
    assert effects == {"李娜": [Decimal(-30000)], "王强": [Decimal(30000)]}


def test_promises_are_held_against_what_came(world):
    found = {
        (one.name, promise.period): (promise.amount, promise.actual, promise.state)
        for one in of(world).people
        for promise in one.promises
    }
    assert found == {
        ("李娜", "2024-10"): (Decimal(50000), Decimal(0), "broken"),
        ("李娜", "2024-11"): (Decimal(200000), Decimal(120000), "running"),
        ("王强", "2024-10"): (Decimal(200000), Decimal(210000), "kept"),
    }


def test_blocked_tasks_come_before_overdue_ones_and_done_ones_not_at_all(world):
    tasks = page(world, "李娜").tasks
    assert [(one.title, one.blocked, one.late) for one in tasks] == [
        ("Contract", True, 0),
        ("Call", False, 10),
    ]


def test_questions_follow_from_the_numbers_and_say_which(world):
    asked = {one.rule: one for one in page(world, "李娜").questions}
    assert list(asked) == ["pace", "promise", "blocked", "late", "slipped", "overdue", "lost"]
    pace = asked["pace"]
    assert "“Calm” (¥60,000), “New” (¥40,000)" in pace.text
    assert "by 2024-12-31" in pace.text
    assert pace.why.startswith("Li wins: ¥120,000.00 so far,")
    assert "legal is away" in asked["blocked"].why
    assert "from 2024-12-10 to 2025-01-20" in asked["slipped"].why
    assert asked["overdue"].why.startswith("1 open deal of ¥30,000")
    assert "“Lost”" in asked["lost"].text
    well = page(world, "王强").questions
    assert [one.rule for one in well] == ["silence", "well"]
    assert "¥400,000.00" in well[1].text


def test_a_share_of_the_expected_is_that_of_the_pace(world):
    one = page(world, "李娜")
    goal = one.goals[0]
    share = round(goal.value / goal.expected * 100)
    assert f"Pace is {share}% of what was expected (working days left: 32)" in one.questions[0].text


def test_only_goals_that_count_deals_ask_for_deals_and_only_those_due_in_time(world):
    world.put("goal", measure="visits", period="2024-11", person=world.li, target=Decimal(20))
    world.put(
        "goal", measure="won_amount", period="2024-11", person=world.wang, target=Decimal(9000)
    )
    world.add(
        "2024-11-15", name="Late", owner=world.wang, amount=50000, expected_close="2024-12-20"
    )
    world.set("2024-11-15", world.wangs, closed_on="2024-09-30")
    asked = [one.text for one in page(world, "李娜").questions if one.rule == "pace"]
    assert len(asked) == 2
    assert "Visits" in asked[1]
    assert "Calm" in asked[0]
    assert "Calm" not in asked[1]
    [quarter] = [one for one in page(world, "王强").questions if one.rule == "pace"]
    assert "“Late”" in quarter.text  # asked once a measure, for the longest goal
    world.book.set("goal", world.early, {"status": "cancelled"})
    [month] = [one for one in page(world, "王强").questions if one.rule == "pace"]
    assert "no open deal is due by 2024-11-30" in month.text


def test_nobody_without_anything_gets_a_page_and_who_left_none(world):
    world.put("salesperson", name="Idle")
    world.book.set("salesperson", world.wang, {"status": "left"})
    assert [one.name for one in of(world).people] == ["李娜"]
    only = of(world, people=[world.wang])
    assert only.people == ()


def test_what_moved_is_told_since_the_last_review(world):
    world.put("meeting", title="Review", kind="goal_review", held_on="2024-11-13")
    made = of(world)
    assert made.since == day("2024-11-13")
    assert [one.label for one in made.team.course.moved] == ["New"]


def test_decisions_stay_open_until_their_task_is_done_or_their_outcome_told(world):
    meeting = world.put("meeting", title="Review", kind="goal_review", held_on="2024-11-01")
    task = world.put("task", title="Visit", owner=world.li, due="2024-11-10")
    first = world.put("decision", title="Visit them", meeting=meeting, task=task, owner=world.wang)
    second = world.put("decision", title="Raise prices", meeting=meeting)
    made = open_decisions(world.book, ON)
    assert [(one.decision, one.owner_name, one.late) for one in made] == [
        (first, "李娜", True),
        (second, "", False),
    ]
    world.book.set("task", task, {"status": "done"})
    world.book.set("decision", second, {"outcome": "done, margin went up"})
    assert open_decisions(world.book, ON) == []


def test_people_are_added_up_once_though_they_have_goals_for_months_too(world):
    for month, target in (("2024-10", 100), ("2024-11", 200)):
        world.put(
            "goal", measure="won_amount", period=month, person=world.li, target=Decimal(target)
        )
    made = of(world)
    assert made.measure is not None
    sums = {one.name: (one.target, one.actual) for one in made.sums}
    assert sums == {
        "李娜": (Decimal(500000), Decimal(120000)),
        "王强": (Decimal(200000), Decimal(210000)),
    }


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_paper_has_a_part_for_the_team_and_one_a_person(world, language):
    texts.set_language(language)
    made = paper(of(world))
    assert len(made.parts) == 3
    assert made.landscape
    headings = [part[0].text for part in made.parts]
    title = "Goal review 2024-Q4" if language == "en" else "目标评审会议 2024-Q4"
    assert headings == [title, "李娜", "王强"]


def test_an_empty_book_has_a_team_page_that_says_so(tmp_path):
    from models.book import Book

    with Book.create(tmp_path / "empty.daybook") as book:
        made = review(book, on=ON)
        assert (made.people, made.sums) == ((), ())
        assert len(paper(replace(made)).parts) == 1


def test_the_verb_writes_the_pack_and_tells_what_is_in_it(qapp, world, tmp_path, capsys):
    for name in ("pack.pdf", "pack.xlsx"):
        capsys.readouterr()
        words = ("report", world.book.path, "review", tmp_path / name, "--on", ON, "--json")
        assert main([str(one) for one in words]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["period"], said["since"]) == ("2024-Q4", "2024-11-08")
        assert [one["person"] for one in said["people"]] == ["李娜", "王强"]
        assert said["people"][0]["questions"][0]["rule"] == "pace"
        assert (tmp_path / name).stat().st_size > 5000


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("pack.docx",), "unknown_format"),
        (("pack.pdf", "--since", "2024-12-01"), "since_after_on"),
        (("pack.pdf", "--period", "all"), "bad_period"),
        (("nowhere/pack.pdf",), "no_such_folder"),
    ],
)
def test_what_the_verb_can_t_do_is_refused(qapp, world, tmp_path, capsys, words, code):
    target, *more = words
    given = ("report", world.book.path, "review", tmp_path / target, "--on", ON, "--json", *more)
    assert main([str(one) for one in given]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
