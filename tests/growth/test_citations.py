"""Ids that cite records name records, whatever cites them and however it comes; what stands there stays."""

from __future__ import annotations

import pytest

from models import pasting
from models.describe.schema import Schema
from models.pasting import Cell, Line
from models.refusals import Refused
from models.sheets import exporting
from tests.growth.grown import ON, ago
from tests.sheets.bringing import bring

NOWHERE = "OP-99ZZZ"
CITING = [one.id for one in Schema() if any(field.cites for field in one.fields)]


def test_every_line_of_ids_is_declared_as_one():
    said = [one.id for one in Schema() if any(field.id == "cites" for field in one.fields)]
    assert said == CITING
    assert {"feedback", "recognition_award", "evaluation_rating"} <= set(CITING)


def known(team, entity):
    """A record of a kind that cites, as it is typed into its list."""
    if entity == "feedback":
        return {"person": team.ann, "situation": "At Acme", "given_on": ON}
    if entity == "recognition_award":
        return {"person": team.ann, "title": "Saved it", "value": team.value, "awarded_on": ON}
    card = team.add("scorecard_template", name="Sales")
    item = team.add("scorecard_item", scorecard=card, name="Care", weight="100%", kind="rating")
    cycle = team.add("evaluation_cycle", name="Year", period="2026")
    judged = team.add("evaluation", cycle=cycle, person=team.ann, scorecard=card)
    return {"evaluation": judged, "item": item, "level": 3}


@pytest.mark.parametrize("entity", CITING)
def test_an_id_that_names_nothing_is_refused_in_a_new_record_and_a_changed_one(team, entity):
    said = known(team, entity)
    good = team.id("customer", team.acme)
    with pytest.raises(Refused, match=f"No record of this book has the id {NOWHERE}, XX-1") as told:
        team.add(entity, **said, cites=f"{good} {NOWHERE}，xx-1")
    assert told.value.code == "unknown_cites"
    row = team.add(entity, **said, cites=good)
    with pytest.raises(Refused, match=NOWHERE):
        team.set(entity, row, cites=f"{good} {NOWHERE}")
    assert team.book.record(entity, row)["cites"] == good


def test_a_record_that_was_removed_since_stays_cited_but_is_cited_by_nobody_anew(team):
    deal = team.deal(team.ann, "won", 100, ago(3))
    gone, good = team.id("opportunity", deal), team.id("customer", team.acme)
    row = team.feedback(cites=gone)
    with team.book.change("remove") as change:
        change.remove("opportunity", [deal])
    team.set("feedback", row, impact="much")
    team.set("feedback", row, cites=f"{gone} {good}")
    assert team.book.record("feedback", row)["cites"] == f"{gone} {good}"
    with pytest.raises(Refused, match=gone):
        team.add("feedback", **known(team, "feedback"), cites=gone)


def test_feedback_without_a_citation_is_kept(team):
    row = team.add("feedback", **known(team, "feedback"))
    assert team.book.record("feedback", row)["cites"] is None


def test_what_is_pasted_into_a_list_is_declined_by_its_cell(team):
    row = team.feedback()
    done = pasting.write(team.book, "feedback", "Paste", [Line(1, row, {"cites": Cell(NOWHERE)})])
    assert [(one.field, NOWHERE in one.why) for one in done.declined] == [("cites", True)]
    assert team.book.record("feedback", row)["cites"] is None


def sheet(
    tmp_path,
    *rows,
    name="feedback.csv",
    heads="Salesperson,Situation,Feedback given on,Cited records",
):
    path = tmp_path / name
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    return path


def test_a_row_with_an_unknown_id_is_left_out_with_its_place_and_the_rest_goes_on(team, tmp_path):
    good = team.id("customer", team.acme)
    path = sheet(
        tmp_path, f"Ann,first,2026-09-01,{good}", f"Ann,second,2026-09-02,{good} {NOWHERE}",
        "Ben,third,2026-09-03,",
    )  # fmt: skip
    _, [report] = bring(team.book, path, entity="feedback")
    assert (report.added, report.skipped) == (2, 1)
    [problem] = report.problems
    said = (problem.row, problem.column, problem.value, problem.code)
    assert said == (3, "Cited records", f"{good} {NOWHERE}", "unknown_cites")
    assert problem.message == f"No record of this book has the id {NOWHERE}."
    assert report.file == "feedback.csv"
    kept = [one[0] for one in team.book.rows("feedback", team.book.ids("feedback"), ["situation"])]
    assert sorted(kept) == ["first", "third"]


def test_where_what_cannot_be_read_is_left_empty_the_row_comes_without_the_ids(team, tmp_path):
    path = sheet(tmp_path, f"Ann,first,2026-09-01,{NOWHERE}")
    _, [report] = bring(team.book, path, entity="feedback", blank_unreadable=True)
    assert (report.added, report.problem_count) == (1, 1)
    [row] = team.book.ids("feedback")
    assert team.book.record("feedback", row)["cites"] is None


def test_a_sheet_that_comes_back_keeps_the_id_of_what_was_removed_since(team, tmp_path):
    deal = team.deal(team.ann, "won", 100, ago(3))
    gone = team.id("opportunity", deal)
    row = team.feedback(cites=gone, impact="little")
    path = tmp_path / "back.csv"
    exporting.export(team.book, path, ["feedback"])
    with team.book.change("remove") as change:
        change.remove("opportunity", [deal])
    path.write_text(path.read_text(encoding="utf-8-sig").replace("little", "much"), "utf-8")
    _, [report] = bring(team.book, path)
    assert (report.updated, report.problems) == (1, [])
    assert team.book.record("feedback", row)["cites"] == gone


def test_another_book_cites_what_came_with_the_sheet_by_its_own_ids(team, tmp_path):
    from models.book import Book

    for day in (9, 8, 7):
        team.deal(team.ben, "lost", day, ago(day))
    deal = team.deal(team.ann, "won", 100, ago(3))
    team.feedback(cites=team.id("opportunity", deal))
    path = tmp_path / "all.xlsx"
    kinds = ["salesperson", "customer", "opportunity", "feedback"]
    exporting.export(team.book, path, kinds)
    with Book.create(tmp_path / "two.daybook") as other:
        with other.change("Before") as change:  # so that rows get other numbers
            change.add("opportunity", {"name": "Their own"})
        _, reports = bring(other, path, create_links=True)
        assert [one.problems for one in reports] == [[]] * len(reports)
        [row] = other.ids("feedback")
        entity, cited = (
            "opportunity",
            other.row_id("opportunity", other.record("feedback", row)["cites"]),
        )
        assert other.label(entity, cited) == "won 100"
