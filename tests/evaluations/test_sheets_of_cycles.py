"""Cycles and evaluations in sheets: any stage may come, the days follow, what is frozen stays."""

from __future__ import annotations

from datetime import date

import pytest

from models.evaluations import cycle as acts
from models.sheets import exporting, importing
from tests.evaluations.reviewed import made
from tests.sheets.bringing import bring


@pytest.fixture
def team(tmp_path):
    found = made(tmp_path)
    yield found
    found.book.close()


def brought(team, place, name, text):
    sheet = place / f"{name}.csv"
    sheet.write_text(text, encoding="utf-8")
    proposal = importing.prepare(team.book, [sheet])
    return importing.apply(proposal)


def test_a_sheet_may_bring_any_stage_and_its_period_brings_the_days(team, tmp_path):
    brought(team, tmp_path, "考核周期", "考核周期名称,考核期间,考核状态\nQ4,2023-Q4,面谈\n")
    (row,) = team.book.ids("evaluation_cycle", "name = Q4")
    said = team.book.record("evaluation_cycle", row)
    assert (said["status"], said["starts_on"]) == ("talk", date(2023, 10, 1))
    assert said["ends_on"] == date(2023, 12, 31)
    text = "被考核人,所属考核周期,考核进度\nAnn,Q4,已归档\nBob,Q4,校准\n"
    brought(team, tmp_path, "绩效考核", text)
    assert acts.status_of(team.book, row) == "calibration"


def test_a_sheet_that_changes_a_frozen_card_is_told_row_by_row_and_changes_nothing(team, tmp_path):
    acts.open_cycle(team.book, team.cycle)
    text = "所属考核表,考核项,考核权重\nSales,Care,10%\nSales,Order,30%\n"
    sheet = tmp_path / "考核项目.csv"
    sheet.write_text(text, encoding="utf-8")
    before = team.book.last_change
    change, [report] = bring(team.book, sheet)
    assert (change, team.book.last_change) == (None, before)
    assert [(one.row, one.value, one.code) for one in report.problems] == [
        (2, "10%", "frozen"), (3, "30%", "frozen"),
    ]  # fmt: skip


def test_what_is_exported_and_comes_back_changes_nothing(team, tmp_path):
    acts.open_cycle(team.book, team.cycle)
    acts.advance(team.book, team.evaluation(team.ann))
    before = team.book.last_change
    for entity in ("evaluation_cycle", "evaluation", "scorecard_template", "scorecard_item"):
        target = tmp_path / f"{entity}.xlsx"
        exporting.export(team.book, target, [entity])
        proposal = importing.prepare(team.book, [target])
        assert importing.apply(proposal) is None
    assert team.book.last_change == before


def test_a_sheet_that_says_handed_in_makes_it_the_managers_turn(team, tmp_path):
    acts.open_cycle(team.book, team.cycle)
    ann = team.evaluation(team.ann)
    team.at(ann, "self_review")
    text = "被考核人,所属考核周期,考核版本,自评已提交\nAnn,Q1,1,是\n"
    brought(team, tmp_path, "绩效考核", text)
    assert team.status(ann) == "manager_review"
    assert team.book.record("evaluation", ann)["self_handed_in_at"] is not None
