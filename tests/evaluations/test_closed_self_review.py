"""A self-review is its author's until it is handed in: no list, history, export or review shows it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from desktop.__main__ import main
from models.evaluations import cycle as acts
from models.evaluations import rating
from models.workbooks import collecting
from models.workbooks.items import MINE, Decision
from models.workbooks.view_workbook import issue_view
from tests.evaluations.reviewed import under_way
from tests.evaluations.test_self_review_sheet import SHEET, collected, judged, out, written
from tests.workbooks import issued_files
from ui.pages import workbook_entries

SECRET = "I can do more than this"


@pytest.fixture
def team(tmp_path):
    with under_way(tmp_path) as found:
        yield found


@pytest.fixture
def ann(team):
    """Ann's evaluation, with an answer of hers that is not handed in."""
    row = team.evaluation(team.ann)
    team.at(row, "self_review")
    rating.rate(team.book, row, team.care, "self", 4, SECRET, team.visit)
    return row


def own(team, ann):
    """Her record about the item."""
    wanted = (
        one
        for one in team.book.linked("evaluation_rating", "evaluation", ann)
        if team.book.record("evaluation_rating", one)["item"].id == team.care
    )
    return next(wanted)


def looks(team, ann):
    """Everything that people can look at and that could tell of the answer."""
    book, row = team.book, own(team, ann)
    happened, _ = book.timeline("evaluation", ann, ("events", "changes"))
    return {
        "list": book.rows("evaluation_rating", [row], ("level", "comment", "cites")),
        "form": book.record("evaluation_rating", row),
        "filter": list(book.ids("evaluation_rating", where="level >= 4")),
        "through a link": list(book.ids("evaluation_rating", where=f"comment ~ {SECRET[:5]!r}")),
        "history": [
            (one.field, one.after)
            for one in book.edits("evaluation_rating", row)
            if one.field in ("level", "comment", "cites")
        ],
        "as it was": book.as_of("evaluation_rating", row, date.today()),
        "past": book.past("evaluation_rating", row, book.last_change).values,
        "timeline": [one.told for one in happened if SECRET in one.told],
        "sum": book.sums("evaluation_rating", None, ("level",)),
    }


def test_nothing_that_people_look_at_tells_of_an_answer_before_it_is_handed_in(team, ann):
    seen = looks(team, ann)
    assert seen["list"] == [(None, None, None)]
    assert {seen["form"][name] for name in ("level", "comment", "cites")} == {None}
    assert (seen["filter"], seen["through a link"], seen["history"]) == ([], [], [])
    for past in ("as it was", "past"):
        assert {seen[past][name] for name in ("level", "comment", "cites")} == {None}
    assert (seen["timeline"], seen["sum"]) == ([], {"level": 0})


def test_once_it_is_handed_in_all_of_it_shows_also_how_it_came_about(team, ann):
    rating.rate(team.book, ann, team.order, "self", 3)
    rating.hand_in_self(team.book, ann)
    seen = looks(team, ann)
    assert seen["list"] == [(Decimal(4), SECRET, team.visit)]
    assert seen["filter"] == [own(team, ann)]
    assert ("level", Decimal(4)) in seen["history"]
    assert seen["past"]["comment"] == SECRET
    assert seen["timeline"]
    team.book.undo()
    assert looks(team, ann)["list"] == [(None, None, None)]


def test_what_was_never_handed_in_gives_no_points_of_its_own_either(team, ann):
    rating.waive_self(team.book, ann, "On leave")
    acts.advance(team.book, ann)
    rating.rate(team.book, ann, team.care, "manager", 3, "", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3)
    rating.finish_manager(team.book, ann)
    done = team.book.record("evaluation", ann)
    assert (done["self_score"], done["manager_score"]) == (None, Decimal(60))


def test_a_column_of_ones_own_reads_the_level_as_empty(team, ann):
    with team.book.change("Column") as change:
        change.add_field("evaluation_rating", "Twice", "number", formula="[Level given] * 2")
    field = team.book.schema.entity("evaluation_rating").fields[-1].id
    assert team.book.rows("evaluation_rating", [own(team, ann)], (field,)) == [(0,)]


def test_her_own_workbook_brings_her_own_words_again(team, ann):
    table = issued_files.opened(out(team))[SHEET]
    said = {row[1].value: (row[4].value, row[5].value) for row in table.iter_rows(min_row=2)}
    assert said["Care"] == (4, SECRET)
    assert SECRET not in issued_files.texts(out(team, team.bob))
    before = team.book.last_change
    assert collected(team, out(team)).change is None
    assert team.book.last_change == before + 1  # the issue alone


def test_the_review_of_her_workbook_says_that_there_are_answers_and_not_which(team, ann):
    path = written(
        out(team), [(SHEET, "Care", "Level given", 5), (SHEET, "Order", "Level given", 2)]
    )
    (merged,) = collecting.prepare(team.book, [path])
    lines = [one for one in workbook_entries.entries(team.book, merged) if one.name == "level"]
    assert [(one.base, one.mine, one.theirs) for one in lines] == [
        (workbook_entries.CLOSED, workbook_entries.CLOSED, workbook_entries.CLOSED),
        ("", "", workbook_entries.CLOSED),
    ]
    assert not any({"other", "join"} & one.can for one in lines)
    collecting.apply_whole(team.book, merged)
    assert judged(team, ann) == {("Care", "self"): Decimal(5), ("Order", "self"): Decimal(2)}


def test_a_declined_answer_is_not_told_by_the_question_that_stays(team, ann):
    path = written(out(team), [(SHEET, "Care", "Reason", "Never told to anybody")])
    (merged,) = collecting.prepare(team.book, [path])
    (item,) = merged.items
    collecting.apply_whole(team.book, merged, {item.id: Decision(MINE)})
    (row,) = team.book.ids("cell_conflict")
    assert "Never told" not in str(team.book.record("cell_conflict", row))


def test_verbs_tell_no_more(team, ann, capsys):
    path = written(out(team), [(SHEET, "Care", "Level given", 5)])
    at, row = str(team.book.path), team.book.public_id("evaluation_rating", own(team, ann))
    team.book.close()
    for words in (
        ["collect", at, str(path), "--dry-run", "--json"],
        ["list", at, "evaluation_rating", "--json"],
        ["history", at, "evaluation_rating", row, "--json"],
        ["evaluate", at, "Q1", "--json"],
    ):
        assert main(words) == 0
        said = capsys.readouterr().out
        assert json.loads(said)
        assert SECRET not in said


def test_a_list_that_leaves_for_editing_neither_brings_nor_loses_it(team, ann, tmp_path):
    rows, fields = [own(team, ann)], ["item", "rated_by", "level", "comment", "cites"]
    made = issue_view(
        team.book, "evaluation_rating", rows, fields, tmp_path, name="Judgements", on=date.today()
    )
    assert SECRET not in issued_files.texts(made.path)
    assert collected(team, made.path).change is None
    assert judged(team, ann)["Care", "self"] == Decimal(4)
