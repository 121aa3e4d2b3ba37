"""A whole book through a workbook into a new one: evaluations stay usable, and what can't travel is said."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from desktop.__main__ import main
from models.book import Book
from models.evaluations import (
    appeals,
    cites,
    cycle,
    presenting,
    rating,
    sealing,
    signing,
    verifying,
)
from models.sheets import exporting, leaving, own
from tests.evaluations.reviewed import made
from tests.sheets.bringing import bring

_KINDS = (
    "scorecard_template", "scorecard_item", "grade_band", "evaluation_cycle", "evaluation",
    "evaluation_rating", "signature", "appeal", "feedback",
)  # fmt: skip


@pytest.fixture
def team(tmp_path):
    """Ann's evaluation is sealed and appealed against, Bob's is with his manager."""
    team = made(tmp_path)
    book = team.book
    cycle.open_cycle(book, team.cycle)
    ann, bob = team.evaluation(team.ann), team.evaluation(team.bob)
    for one in (ann, bob):
        team.at(one, "self_review")
        own_words = (rating.Given(team.care, 5, "always", team.visit), rating.Given(team.order, 4))
        rating.hand_in_self(book, one, own_words)
        rating.rate(book, one, team.care, "manager", 3, "often", team.visit)
        rating.rate(book, one, team.order, "manager", 4)
    rating.finish_manager(book, ann)
    team.at(ann, "talk")
    signing.sign(book, ann, team.ann)
    signing.sign(book, ann, team.boss)
    sealing.seal(book, ann)
    appeals.file(book, ann, team.ann, "a deal is missing")
    team.add("feedback", {"person": team.ann, "situation": "S", "behaviour": f"see {team.visit}", "impact": "I", "cites": team.visit})  # fmt: skip
    yield team
    book.close()


@pytest.fixture
def brought(team, tmp_path):
    file = tmp_path / "all.xlsx"
    every = [one.id for one in team.book.schema if own.holds_records(one)]
    exporting.export(team.book, file, every)
    with Book.create(tmp_path / "new.daybook", "CNY") as book:
        _, reports = bring(book, file)
        assert [one.problems for one in reports if one.problems] == []
        yield book, {one.entity: one for one in reports}, file


def said(book, entity):
    """What records say, links by their labels, cited records by what they are; without what no list shows."""
    fields = [one for one in book.schema.entity(entity).fields if one.in_grid]
    lines = []
    for row in book.rows(entity, book.ids(entity), [one.id for one in fields]):
        line = {}
        for field, value in zip(fields, row, strict=True):
            if field.cites:
                found = cites.resolve(book.connection(), book.schema, book.public, value or "")
                assert found.unknown == ()
                value = sorted(book.label(kind, row) for kind, row, _ in found.known)
            value = value.normalize() if isinstance(value, Decimal) else value
            line[field.id] = None if value == "" else getattr(value, "label", value)
        lines.append(json.dumps(line, default=str, sort_keys=True, ensure_ascii=False))
    return sorted(lines)


def test_levels_statuses_signatures_appeals_and_citations_arrive(team, brought):
    book, _, _ = brought
    for entity in _KINDS:
        assert said(book, entity) == said(team.book, entity), entity
        assert said(book, entity) != []


def test_brought_again_nothing_is_changed(brought):
    book, _, file = brought
    change, reports = bring(book, file)
    kinds = {one.entity: (one.added, one.updated) for one in reports if one.entity in _KINDS}
    assert set(kinds.values()) == {(0, 0)}, (kinds, change)


def test_what_was_under_way_goes_on_and_what_was_signed_can_be_signed_and_sealed_again(brought):
    book, _, _ = brought
    people = {book.label("salesperson", one): one for one in book.ids("salesperson")}
    of = {book.record("evaluation", one)["person"].label: one for one in book.ids("evaluation")}
    rating.finish_manager(book, of["Bob"])
    assert book.record("evaluation", of["Bob"])["status"] == "calibration"
    ann = of["Ann"]
    assert not sealing.is_sealed(book, ann)
    presenting.present(book, ann)
    signing.sign(book, ann, people["Ann"])
    signing.sign(book, ann, people["Carol"])
    sealing.seal(book, ann)
    assert verifying.verify(book).ok


def test_that_seals_stay_behind_is_said_by_export_and_import(team, brought, tmp_path, capsys):
    _, reports, _ = brought
    assert any("signed in another book" in one for one in reports["evaluation"].notes)
    assert not any("signed in another" in one for one in reports["signature"].notes)
    place = str(team.book.path)
    assert main(["export", place, str(tmp_path / "e.xlsx"), "evaluation", "--json"]) == 0
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert "1 of these evaluations is sealed" in notes[0]
    assert "What is signed" in notes[1]
    assert main(["export", place, str(tmp_path / "c.csv"), "customer", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == []
    open_ones = [team.evaluation(team.bob)]
    assert leaving.notes(team.book, [("evaluation", open_ones)], named=True) == []


def test_a_row_that_cites_what_does_not_come_along_is_told_with_its_cell_and_left_out(
    team, tmp_path
):
    file = tmp_path / "few.xlsx"
    exporting.export(team.book, file, ["team", "salesperson", "feedback"])
    with Book.create(tmp_path / "new.daybook", "CNY") as book:
        _, reports = bring(book, file)
        assert [one.skipped for one in reports] == [0, 0, 1]
        [problem] = reports[2].problems
        assert (problem.row, problem.value, problem.code) == (2, team.visit, "unknown_cites")


def test_ids_among_the_words_of_a_plan_mean_the_same_record_afterwards(team, tmp_path):
    evidence = f"One visit ({team.visit}), none of XX-12345."
    team.add(
        "improvement_plan",
        {
            "title": "More visits",
            "person": team.ann,
            "check_on": date.today(),
            "evidence": evidence,
        },
    )
    file = tmp_path / "plans.xlsx"
    kinds = ["team", "salesperson", "customer", "activity", "improvement_plan"]
    exporting.export(team.book, file, kinds)
    with Book.create(tmp_path / "new.daybook", "CNY") as book:
        bring(book, file)
        [visit], [plan] = book.ids("activity"), book.ids("improvement_plan")
        here = book.public_id("activity", visit)
        assert here != team.visit
        said = book.record("improvement_plan", plan)["evidence"]
        assert said == f"One visit ({here}), none of XX-12345."
