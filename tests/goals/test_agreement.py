"""Goal agreements: which goals stand in them, weights that are checked, the record of what was issued."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from desktop.__main__ import main
from models import texts
from models.goals import agreement_paper
from models.goals.agreement import Agreement, agreement, issued
from models.periods import Period
from models.refusals import Refused
from models.sheets import agreement_sheet
from tests.goals.teams import World, world
from tests.sheets.test_formula_export import recalculated

ON = date(2024, 9, 30)
HALF = Decimal("0.5")


@pytest.fixture
def team(tmp_path):
    with world(tmp_path) as made:
        wins = made.goal(person="Ben", target=100_000, floor=80_000, stretch=120_000,
                         baseline=90_000, weight=HALF)  # fmt: skip
        made.add("goal_checkpoint", goal=wins, due="2024-11-15", expected=40_000, note="halfway")
        made.goal(person="Ben", period="2024-10", target=30_000)
        skill = made.goal(person="Ben", measure=None, title="Learn the catalogue", weight=HALF)
        made.add("key_result", goal=skill, title="Pass the test", weight=1, due="2024-12-01",
                 evidence="certificate")  # fmt: skip
        made.add("key_result", goal=skill, title="Old idea", status="dropped")
        made.goal(person="Ben", measure="win_rate", target=Decimal("0.4"), status="cancelled")
        made.goal(person="Cai", target=50_000)
        yield made


def quarter(team: World) -> Period:
    found = team.book.calendar.try_parse("2024-Q4")
    assert found is not None
    return found


def issue(book, person: int, period: Period, on: date) -> int:
    with book.change("issue") as change:
        return issued(change, book, person, period, on)


def of(team: World, who: str = "Ben") -> Agreement:
    return agreement(team.book, team.people[who], quarter(team), ON)


def test_the_goals_of_the_period_stand_in_it_with_parts_as_checkpoints(team):
    made = of(team)
    assert (made.person, made.team, made.manager) == ("Ben", "North", "Ada")
    wins, skill = made.goals
    assert [one.goal.title for one in made.goals] == [
        "Ben Sales 2024-Q4",
        "Learn the catalogue",
    ]
    assert [(one.due, one.expected) for one in wins.checkpoints] == [
        (date(2024, 10, 31), Decimal(30_000)),
        (date(2024, 11, 15), Decimal(40_000)),
    ]
    assert [(one.title, one.evidence) for one in skill.results] == [
        ("Pass the test", "certificate")
    ]


def test_without_a_goal_for_all_of_it_its_parts_are_agreed(team):
    made = agreement(team.book, team.people["Ben"], team.book.calendar.try_parse("2024"), ON)
    assert {one.goal.period for one in made.goals} == {"2024-Q4", "2024-10"}


def test_nobody_agrees_on_nothing(team):
    with pytest.raises(Refused) as refused:
        of(team, "Dan")
    assert refused.value.code == "no_goals"
    assert "Dan has no goal in 2024-Q4" in str(refused.value)


@pytest.mark.parametrize(
    ("weights", "fits", "said"),
    [
        ((HALF, HALF), True, "The weights come to 100%."),
        ((HALF, Decimal("0.4")), False, "The weights come to 90%, not to 100%."),
        ((HALF, None), False, "The weights come to 50%, and 1 goal has none."),
        ((Decimal(1), None), False, "The weights come to 100%, and 1 goal has none."),
        ((None, None), True, "No goal has a weight; all count the same."),
    ],
)
def test_weights_that_do_not_come_to_the_whole_are_said(team, weights, fits, said):
    made = of(team)
    goals = tuple(
        replace(one, weight=weight) for one, weight in zip(made.goals, weights, strict=True)
    )
    assert agreement_paper.weights(replace(made, goals=goals)) == (said, fits)


def test_it_says_how_a_goal_is_counted(team):
    first, second = of(team).goals
    told = agreement_paper.counted(first)
    assert told.startswith("Sales: ")
    assert told.endswith("Higher is better. The person's own records count.")
    assert agreement_paper.counted(second) == "Judged by its key results, by their weight."


def test_issuing_it_is_one_change_that_can_be_undone(team):
    book, ben = team.book, team.people["Ben"]
    row = issue(book, ben, quarter(team), ON)
    record = book.record("goal_agreement", row)
    assert (record["status"], record["issued_on"], record["period"]) == ("issued", ON, "2024-Q4")
    assert of(team).number == book.public_id("goal_agreement", row)
    book.undo()
    assert book.count("goal_agreement") == 0
    book.redo()
    assert issue(book, ben, quarter(team), date(2024, 10, 5)) == row
    assert book.record("goal_agreement", row)["issued_on"] == date(2024, 10, 5)
    team.set("goal_agreement", row, status="signed")
    assert issue(book, ben, quarter(team), date(2024, 10, 9)) == row
    assert book.record("goal_agreement", row)["status"] == "signed"
    assert book.record("goal_agreement", row)["issued_on"] == date(2024, 10, 5)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_workbook_checks_the_weights_itself(team, tmp_path, language):
    texts.set_language(language)
    made = of(team)
    for weight, fits in ((HALF, True), (Decimal("0.4"), False)):
        goals = (replace(made.goals[0], weight=weight), *made.goals[1:])
        path = tmp_path / "agreement.xlsx"
        agreement_sheet.write(path, replace(made, goals=goals))
        ours, theirs = openpyxl.load_workbook(path, data_only=True), recalculated(path, tmp_path)
        formulas = [
            cell.coordinate
            for row in openpyxl.load_workbook(path).active.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert len(formulas) == 2
        for place in formulas:
            assert ours.active[place].value == theirs.active[place].value
        good = texts.tr("The weights come to 100%.")
        assert (theirs.active[formulas[1]].value == good) is fits


def test_the_verb_makes_it_and_writes_nothing_into_the_book(qapp, team, tmp_path, capsys):
    before = team.book.last_change
    for name in ("agreement.pdf", "agreement.xlsx"):
        words = ["report", team.book.path, "agreement", tmp_path / name, "--person", "Ben",
                 "--period", "2024-Q4", "--on", ON, "--json"]  # fmt: skip
        assert main([str(one) for one in words]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["person"], said["manager"], said["weights"]) == ("Ben", "Ada", "1")
        assert (said["weights_fit"], len(said["goals"])) == (True, 2)
        assert (tmp_path / name).stat().st_size > 5000
    assert team.book.last_change == before
    assert main(["report", str(team.book.path), "agreement", str(tmp_path / "a.pdf")]) == 2
