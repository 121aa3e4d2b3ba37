"""The self-review goes out in the person's workbook and comes back: nothing more, nothing lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from models.evaluations import cycle as acts
from models.evaluations import rating
from models.reads import Reader
from models.workbooks import collecting
from models.workbooks.issuing import issue
from tests.evaluations.reviewed import under_way
from tests.workbooks import issued_files
from tests.workbooks.goal_files import needs_office
from tests.workbooks.team_files import saved_by_libreoffice

SHEET, HAND_IN, RESULT = "Self-review", "Hand in the self-review", "My evaluation"


@pytest.fixture
def team(tmp_path):
    with under_way(tmp_path) as found:
        yield found


@pytest.fixture
def ann(team):
    row = team.evaluation(team.ann)
    team.at(row, "self_review")
    return row


def out(team, person=None, **more):
    (one,) = issue(team.book, [person or team.ann], team.book.path.parent, on=date.today(), **more)
    return one.path


def written(path, changes):
    """Write into cells by sheet, the name in the second column, and header."""
    book = openpyxl.load_workbook(path)
    for sheet, name, header, value in changes:
        table = book[sheet]
        heads = {cell.value: cell.column for cell in table[1]}
        (line,) = [row[1].row for row in table.iter_rows(min_row=2) if row[1].value == name]
        table.cell(line, heads[header]).value = value
    book.save(path)
    return path


def collected(team, path):
    (merged,) = collecting.prepare(team.book, [path])
    return collecting.apply_whole(team.book, merged)


def judged(team, ann):
    """The levels that are kept, also those that nobody else may see yet."""
    rows = team.book.linked("evaluation_rating", "evaluation", ann)
    with team.book.reading() as db:
        reader = Reader(db, team.book.schema, closed_too=True)
        found = reader.rows("evaluation_rating", rows, ("item", "rated_by", "level"))
    return {(item.label, by): level for item, by, level in found}


FILLED = [
    (SHEET, "Care", "Level given", 5),
    (SHEET, "Care", "Reason", "I call back within the hour"),
    (SHEET, "Order", "Level given", 3),
    (HAND_IN, "Q1", "Self-review handed in", "Yes"),
]


def test_the_sheet_has_a_row_for_each_judged_item_with_its_levels_in_words(team, ann):
    file = issued_files.opened(out(team))
    table = file[SHEET]
    rows = [[cell.value for cell in row[1:]] for row in table.iter_rows(min_row=1)]
    assert rows[0][:6] == ["Item", "Levels in words", "Weight", "Level given", "Reason", "Cited records"]  # fmt: skip
    assert [one[0] for one in rows[1:]] == ["Care", "Order"]
    assert rows[1][1] == "1: never\n3: often\n5: always"
    assert not table["E2"].protection.locked
    assert table["C2"].protection.locked
    (rule,) = [one for one in table.data_validations.dataValidation if "E2" in str(one.sqref)]
    assert (float(rule.formula1), float(rule.formula2)) == (1, 5)
    assert file[HAND_IN]["B2"].value == "Q1"


def test_who_is_at_another_stage_has_no_such_sheet(team, ann):
    assert not {SHEET, HAND_IN, RESULT} & set(issued_files.opened(out(team, team.bob)).sheetnames)
    path = out(team, personal=False)
    assert not {SHEET, HAND_IN, RESULT} & set(issued_files.opened(path).sheetnames)


def test_what_is_filled_in_comes_back_and_is_handed_in_as_one_change(team, ann):
    path = written(out(team), FILLED)
    before = team.book.last_change
    done = collected(team, path)
    assert (done.taken, done.open, done.problems) == (4, (), ())
    assert team.book.last_change == before + 1
    assert judged(team, ann) == {("Care", "self"): Decimal(5), ("Order", "self"): Decimal(3)}
    assert team.status(ann) == "manager_review"
    assert team.book.record("evaluation", ann)["self_handed_in_at"] is not None
    team.book.undo()
    assert team.status(ann) == "self_review"
    assert judged(team, ann) == {("Care", "self"): None, ("Order", "self"): None}


def test_sent_back_untouched_it_changes_nothing(team, ann):
    before = team.book.last_change
    path = out(team)
    assert collected(team, path).change is None
    assert team.book.last_change == before + 1  # the issue alone


def test_of_two_own_words_the_workbook_counts_as_nobody_else_may_see_them_to_decide(team, ann):
    path = written(out(team), [(SHEET, "Care", "Level given", 5)])
    rating.rate(team.book, ann, team.care, "self", 2)
    done = collected(team, path)
    assert (done.taken, done.open) == (1, ())
    assert judged(team, ann)["Care", "self"] == Decimal(5)


@pytest.mark.parametrize("level", [6, 0, "good"])
def test_a_level_that_is_none_is_asked_and_told(team, ann, level):
    done = collected(team, written(out(team), [(SHEET, "Care", "Level given", level)]))
    assert len(done.open) == 1
    assert judged(team, ann)["Care", "self"] is None


def test_ids_that_name_nothing_stay_open_with_the_reason(team, ann):
    changes = [(SHEET, "Care", "Cited records", "AC-9ZZZZ"), (SHEET, "Care", "Level given", 4)]
    done = collected(team, written(out(team), changes))
    assert [one.code for one in done.problems] == ["unknown_cites"]
    assert judged(team, ann)["Care", "self"] == Decimal(4)


def test_what_comes_after_the_manager_was_done_is_not_taken(team, ann):
    path = written(out(team), FILLED)
    rating.waive_self(team.book, ann, "On leave")
    acts.advance(team.book, ann)
    rating.rate(team.book, ann, team.care, "manager", 3, "", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3)
    rating.finish_manager(team.book, ann)
    done = collected(team, path)
    assert {one.code for one in done.problems} == {"closed", "too_late"}
    assert judged(team, ann)["Care", "self"] is None


def test_a_late_self_review_still_comes_while_the_manager_judges(team, ann):
    path = written(out(team), FILLED)
    rating.waive_self(team.book, ann, "On leave")
    acts.advance(team.book, ann)
    assert collected(team, path).problems == ()
    assert judged(team, ann)["Care", "self"] == Decimal(5)
    assert team.status(ann) == "manager_review"


def test_nothing_of_the_manager_leaves_before_the_talk(team, ann):
    now = date.today()
    team.book.set("evaluation_cycle", team.cycle, {"period": f"{now.year}-{now.month:02}"})
    collected(team, written(out(team), FILLED))
    secret, seen = "Nobody may read this yet", []
    rating.rate(team.book, ann, team.care, "manager", 2, secret, team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3)
    for stage in ("manager_review", "calibration", "talk"):
        if stage == "calibration":
            rating.finish_manager(team.book, ann)
        if stage == "talk":
            acts.advance(team.book, ann)
        assert team.status(ann) == stage
        seen.append(secret in issued_files.texts(out(team)))
    assert seen == [False, False, True]


def test_from_the_talk_on_both_judgements_go_out_to_read(team, ann):
    now = date.today()
    team.book.set("evaluation_cycle", team.cycle, {"period": f"{now.year}-{now.month:02}"})
    collected(team, written(out(team), FILLED))
    rating.rate(team.book, ann, team.care, "manager", 2, "Seen twice", team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3)
    rating.finish_manager(team.book, ann)
    assert "Seen twice" not in issued_files.texts(out(team))
    acts.advance(team.book, ann)
    path = out(team)
    table = issued_files.opened(path)[RESULT]
    said = [[row[1].value, row[3].value, row[4].value] for row in table.iter_rows(min_row=2)]
    assert said == [
        ["Care", "Self", 5], ["Care", "Manager", 2], ["Order", "Self", 3], ["Order", "Manager", 3],
    ]  # fmt: skip
    assert all(cell.protection.locked for row in table.iter_rows(min_row=2) for cell in row)
    assert SHEET not in issued_files.opened(path).sheetnames
    assert collected(team, path).change is None
    assert "Seen twice" not in issued_files.texts(out(team, team.bob))


@needs_office
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_saved_by_another_program_the_same_comes_back(team, ann, tmp_path, ending):
    path = saved_by_libreoffice(written(out(team), FILLED), tmp_path, ending)
    done = collected(team, path)
    assert (done.taken, done.open, done.problems) == (4, (), ())
    assert judged(team, ann) == {("Care", "self"): Decimal(5), ("Order", "self"): Decimal(3)}
    assert team.status(ann) == "manager_review"
