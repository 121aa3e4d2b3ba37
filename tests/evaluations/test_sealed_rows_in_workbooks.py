"""A workbook that comes back and would change what is sealed: that is told and not taken, the rest is."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from models.evaluations import sealing, verifying
from models.workbooks import answers, collecting, conflicts
from models.workbooks.items import REFUSED
from models.workbooks.view_workbook import issue_view
from ui.pages import workbook_entries

ON = date(2026, 11, 28)


@pytest.fixture
def handed(team, tmp_path):
    """All evaluations as a list for editing, handed out before one was sealed."""
    book = team.book
    made = issue_view(
        book, "evaluation", book.ids("evaluation"), ["person", "comment", "grade", "notes"],
        tmp_path, on=ON,
    )  # fmt: skip
    return made.path


def typed(path, cells):
    """Type into the rows of people: heading → value, by the name that begins the row's person."""
    opened = openpyxl.load_workbook(path)
    sheet = opened.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        who = str(sheet.cell(row, 2).value or "").partition(" ")[0]
        for head, value in cells.get(who, {}).items():
            sheet.cell(row, heads.index(head) + 1).value = value
    opened.save(path)


def test_what_is_sealed_is_a_problem_with_its_cell_and_the_rest_is_taken(team, handed):
    book, other = team.book, team.evaluations["林峰"]
    seal = team.seal()
    typed(handed, {
        "陈晓": {"Overall comment": "改了", "Notes": "谈过"}, "林峰": {"Overall comment": "也改了"},
    })  # fmt: skip
    [merged] = collecting.prepare(book, [handed])
    [told] = [one for one in merged.file.problems if one.code == "sealed"]
    assert "seal 1" in told.message
    assert (told.place.file, told.place.sheet) == (handed.name, "Evaluations")
    assert (told.place.column, told.place.value) == ("Overall comment", "改了")
    assert told.place.row is not None
    shown = workbook_entries.entries(book, merged)
    assert [one.label for one in shown if one.what == workbook_entries.PROBLEM] == [told.message]
    assert {(one.theirs, one.asked) for one in shown if one.what == "cell"} == {
        ("谈过", False),
        ("也改了", False),
    }
    done = collecting.apply_whole(book, merged)
    assert (done.taken, done.open, done.problems) == (2, (), ())
    assert book.record("evaluation", other)["comment"] == "也改了"
    assert book.record("evaluation", seal.evaluation)["notes"] == "谈过"
    assert sealing.sealed(book, seal.evaluation) == seal
    assert verifying.verify(book).ok
    [kept] = conflicts.listed(book, open_only=False)
    assert (kept.kind, kept.status, kept.theirs) == ("declined", "mine", "改了")
    assert "seal 1" in kept.comment
    assert answers.TEXTS[answers.DECLINED] == "Not taken"
    assert collecting.apply(book, collecting.prepare(book, [handed])[0]) is None  # told once
    book.undo(done.change)
    assert book.record("evaluation", other)["comment"] is None


def test_nobody_can_decide_to_take_it(team, handed):
    book = team.book
    seal = team.seal()
    typed(handed, {"陈晓": {"Grade": "A"}})
    [merged] = collecting.prepare(book, [handed])
    [item] = merged.items
    assert item.state == REFUSED
    done = collecting.apply_whole(book, merged, {item.id: collecting.Decision("theirs")})
    assert done.taken == 0
    assert sealing.sealed(book, seal.evaluation) == seal


def test_sealed_between_review_and_writing_it_is_not_taken_either(team, handed):
    book = team.book
    typed(handed, {"陈晓": {"Grade": "A"}, "林峰": {"Grade": "C"}})
    [merged] = collecting.prepare(book, [handed])
    assert len(merged.safe) == 2
    seal = team.seal()
    done = collecting.apply_whole(book, merged)
    assert done.taken == 1
    assert book.record("evaluation", seal.evaluation)["grade"] == seal.result["grade"]


@pytest.mark.parametrize("act", ["add", "remove"])
def test_a_row_that_is_new_or_gone_is_not_taken_and_the_rest_is(team, tmp_path, act):
    book = team.book
    with book.change("his is still judged") as change:
        said = {"status": "manager_review", "self_waived": "请假"}
        change.set("evaluation", team.evaluations["林峰"], said)
    made = issue_view(
        book, "evaluation_rating", book.ids("evaluation_rating"),
        ["evaluation", "item", "rated_by", "rater", "level", "comment"], tmp_path, on=ON,
    )  # fmt: skip
    seal = team.seal()
    opened = openpyxl.load_workbook(made.path)
    sheet = opened.worksheets[0]
    places = {str(sheet.cell(row, 2).value or "")[:2]: row for row in range(sheet.max_row, 1, -1)}
    sheet.cell(places["林峰"], 7).value = "好"
    if act == "add":
        for column in (2, 3):
            sheet.cell(places[""], column).value = sheet.cell(places["陈晓"], column).value
        for column, value in enumerate(("Colleague", "林峰", 5), 4):
            sheet.cell(places[""], column).value = value
    else:
        sheet.delete_rows(places["陈晓"])
    opened.save(made.path)
    [merged] = collecting.prepare(book, [made.path])
    assert sorted((one.what, one.state) for one in merged.items) == sorted(
        [(act, "refused"), ("cell", "safe")]
    )
    assert [one.code for one in merged.file.problems] == ["sealed"]
    done = collecting.apply_whole(book, merged, collecting.taking(merged, "theirs"))
    assert (done.taken, done.added, done.removed, done.open) == (1, 0, 0, ())
    assert sealing.sealed(book, seal.evaluation) == seal
    assert verifying.verify(book).ok
