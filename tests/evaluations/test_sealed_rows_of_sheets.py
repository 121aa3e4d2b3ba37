"""A sheet that would change what is sealed or frozen: those rows are named and left out, the others are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from desktop.__main__ import main
from models.evaluations import sealing, verifying
from models.sheets import exporting
from tests.evaluations.sealed_book import SealedBook
from tests.sheets.bringing import bring


@pytest.fixture
def seal(team):
    return team.seal()


def id_of(team: SealedBook, entity: str, row: int) -> str:
    return str(team.book.public_id(entity, row))


def sheet(place: Path, team: SealedBook, head: str, *lines: str) -> Path:
    place.write_text(
        "\n".join([f"Daybook ID {team.book.public.tag},{head}", *lines]) + "\n", encoding="utf-8"
    )
    return place


def stands(team, seal):
    assert sealing.sealed(team.book, seal.evaluation) == seal
    assert verifying.verify(team.book).ok


def test_the_row_is_a_problem_that_names_its_cells_and_the_rest_is_written(team, seal, tmp_path):
    book, other = team.book, team.evaluations["林峰"]
    file = sheet(
        tmp_path / "e.csv", team, "Overall comment,Total points,Notes",
        f"{id_of(team, 'evaluation', seal.evaluation)},改了,12.5,谈过",
        f"{id_of(team, 'evaluation', other)},也改了,80,",
    )  # fmt: skip
    change, [report] = bring(book, file, entity="evaluation")
    assert change is not None
    assert (report.updated, report.skipped, report.unchanged) == (1, 1, 0)
    assert [(one.row, one.column, one.value, one.code) for one in report.problems] == [
        (2, "Overall comment", "改了", "sealed"),
        (2, "Total points", "12.5", "sealed"),
    ]
    said = report.problems[0].message
    for word in ("陈晓", "seal 1", str(seal.at.astimezone().date()), "appeal", "new version"):
        assert word in said
    assert book.record("evaluation", other)["comment"] == "也改了"
    assert book.record("evaluation", seal.evaluation)["notes"] is None  # no row is written half
    stands(team, seal)
    book.undo(change)
    assert book.record("evaluation", other)["comment"] is None


def test_what_is_free_of_a_sealed_one_is_written(team, seal, tmp_path):
    file = sheet(
        tmp_path / "e.csv", team, "Notes,考核进度",
        f"{id_of(team, 'evaluation', seal.evaluation)},谈过,已归档",
    )  # fmt: skip
    _, [report] = bring(team.book, file, entity="evaluation")
    assert (report.updated, report.problems) == (1, [])
    assert team.book.record("evaluation", seal.evaluation)["status"] == "archived"
    stands(team, seal)


def test_sealed_rows_that_say_what_stands_are_unchanged(team, seal, tmp_path):
    file = tmp_path / "all.xlsx"
    exporting.export(team.book, file, ["evaluation", "evaluation_rating", "signature"])
    change, reports = bring(team.book, file)
    assert change is None
    assert [one.problems for one in reports] == [[], [], []]
    assert [one.skipped for one in reports] == [0, 0, 0]


def test_judgements_and_signatures_of_it_are_left_out_one_by_one(team, seal, tmp_path):
    book = team.book
    evaluation = id_of(team, "evaluation", seal.evaluation)
    ratings = {
        name: book.linked("evaluation_rating", "evaluation", row)[0]
        for name, row in team.evaluations.items()
    }
    item = id_of(team, "scorecard_item", team.items["协作"])
    other = id_of(team, "evaluation", team.evaluations["林峰"])
    file = sheet(
        tmp_path / "r.csv", team, "Evaluation,Item,Judged by,Name of who judges,Level given",
        f"{id_of(team, 'evaluation_rating', ratings['陈晓'])},{evaluation},{item},Manager,,1",
        f"{id_of(team, 'evaluation_rating', ratings['林峰'])},{other},{item},Manager,,2",
        f"{id_of(team, 'evaluation_rating', ratings['周敏'])},{evaluation},{item},Manager,,4",
        f",{evaluation},{item},Colleague,林峰,5",
    )  # fmt: skip
    _, [report] = bring(book, file, entity="evaluation_rating")
    assert (report.added, report.updated, report.skipped) == (0, 1, 3)
    assert sorted((one.row, one.code) for one in report.problems) == [
        (2, "sealed"), (4, "sealed"), (5, "sealed"),
    ]  # fmt: skip
    assert ("Level given", "1") in [(one.column, one.value) for one in report.problems]
    assert book.record("evaluation_rating", ratings["林峰"])["level"] == 2
    file = sheet(
        tmp_path / "s.csv", team, "Evaluation,Salesperson,Signed as",
        f",{evaluation},林峰,Manager",
    )  # fmt: skip
    change, [report] = bring(book, file, entity="signature")
    assert change is None
    assert sorted((one.row, one.code) for one in report.problems) == [(2, "sealed")]
    stands(team, seal)


def test_of_a_frozen_scorecard_too(team, tmp_path):
    book = team.book
    with book.change("freeze") as change:
        change.set("scorecard_template", team.card, {"frozen_at": "2026-07-01 09:00"})
    band = book.linked("grade_band", "scorecard", team.card)[0]
    grade = book.record("grade_band", band)["name"]
    card = id_of(team, "scorecard_template", team.card)
    cards = sheet(tmp_path / "c.csv", team, "Name,Notes,Status", f"{card},改名,x,", ",新表,y,Draft")
    items = sheet(
        tmp_path / "i.csv", team, "Scorecard,Item,Weight",
        f"{id_of(team, 'scorecard_item', team.items['协作'])},{card},协作,70%", f",{card},新项,10%",
    )  # fmt: skip
    bands = sheet(
        tmp_path / "b.csv",
        team,
        "Grade,From points",
        f"{id_of(team, 'grade_band', band)},{grade},95",
    )
    _, [report] = bring(book, cards, entity="scorecard_template")
    assert (report.added, report.updated, report.skipped) == (1, 0, 1)
    assert [(one.row, one.column, one.value, one.code) for one in report.problems] == [
        (2, "Name", "改名", "frozen")
    ]
    assert "new version" in report.problems[0].message
    for file, entity, left_out in ((items, "scorecard_item", [2, 3]), (bands, "grade_band", [2])):
        change, [report] = bring(book, file, entity=entity)
        assert change is None
        assert sorted((one.row, one.code) for one in report.problems) == [(one, "frozen") for one in left_out]  # fmt: skip
    retired = sheet(tmp_path / "o.csv", team, "Name,Status,Notes", f"{card},业务员,Retired,x")
    _, [report] = bring(book, retired, entity="scorecard_template")
    assert (report.updated, report.problems) == (1, [])


def test_what_hangs_on_a_new_row_that_is_left_out_is_left_out_too(team, seal, tmp_path):
    """A judgement of an item that a frozen scorecard doesn't take has nothing to judge."""
    book = team.book
    with book.change("freeze") as change:
        change.set("scorecard_template", team.card, {"frozen_at": "2026-07-01 09:00"})
    file = tmp_path / "both.xlsx"
    card, other = (
        id_of(team, *one)
        for one in (("scorecard_template", team.card), ("evaluation", team.evaluations["林峰"]))
    )
    with xlsxwriter.Workbook(file) as made:
        for name, lines in {
            "Items": [["Scorecard", "Item", "Weight", "Kind of item"], [card, "新项", "10%", "Rating"]],
            "Judgements": [["Evaluation", "Item", "Judged by", "Level given"], [other, "新项", "Manager", 4]],
        }.items():  # fmt: skip
            into = made.add_worksheet(name)
            for at, line in enumerate(lines):
                into.write_row(at, 0, line)
    count = book.count("evaluation_rating")
    change, reports = bring(book, file)
    assert change is None
    assert [one.code for each in reports for one in each.problems] == ["frozen", "parent_left_out"]
    assert book.count("evaluation_rating") == count


def test_the_verb_says_it_in_json_and_writes_the_rest(team, seal, tmp_path, capsys):
    place, other = team.book.path, team.evaluations["林峰"]
    file = sheet(
        tmp_path / "e.csv", team, "Overall comment",
        f"{id_of(team, 'evaluation', seal.evaluation)},改了",
        f"{id_of(team, 'evaluation', other)},也改了",
    )  # fmt: skip
    assert main(["import", str(place), str(file), "--as", "evaluation", "--json"]) == 0
    [table] = json.loads(capsys.readouterr().out)["tables"]
    assert (table["updated"], table["skipped"]) == (1, 1)
    assert [(one["row"], one["column"], one["code"]) for one in table["problems"]] == [(2, "Overall comment", "sealed")]  # fmt: skip
    stands(team, seal)
