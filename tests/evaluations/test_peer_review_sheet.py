"""Colleagues' reviews go out in the workbooks of those who were asked and come back: only their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from models.evaluations import asking, rating, reading
from models.evaluations import cycle as acts
from models.workbooks import collecting
from models.workbooks.issuing import issue
from tests.evaluations.reviewed import under_way
from tests.workbooks import issued_files
from tests.workbooks.goal_files import needs_office
from tests.workbooks.team_files import saved_by_libreoffice

SHEET, OWN, RESULT = "Colleagues' reviews", "Self-review", "My evaluation"
ANSWERS = "Answers to your last workbook"
SECRET = "Nobody may read this"


@pytest.fixture
def team(tmp_path):
    now = date.today()
    with under_way(tmp_path) as found:
        found.book.set("evaluation_cycle", found.cycle, {"period": f"{now.year}-{now.month:02}"})
        yield found


@pytest.fixture
def ann(team):
    row = team.evaluation(team.ann)
    team.at(row, "self_review")
    return row


@pytest.fixture
def dan(team):
    return team.add("salesperson", {"name": "Dan", "position": "Sales"})


@pytest.fixture
def asked(team, ann, dan):
    """Bob and Dan are asked about Ann."""
    asking.ask(team.book, ann, [team.bob, dan])
    return ann


def out(team, person, **more):
    (one,) = issue(team.book, [person], team.book.path.parent, on=date.today(), **more)
    return one.path


def written(path, changes):
    """Write into cells of the sheet by person, item and header."""
    book = openpyxl.load_workbook(path)
    table = book[SHEET]
    heads = {cell.value: cell.column for cell in table[1]}
    for person, item, header, value in changes:
        (line,) = [
            row[1].row
            for row in table.iter_rows(min_row=2)
            if (row[1].value, row[2].value) == (person, item)
        ]
        table.cell(line, heads[header]).value = value
    book.save(path)
    return path


def collected(team, path):
    (merged,) = collecting.prepare(team.book, [path])
    return collecting.apply_whole(team.book, merged)


def said(team, evaluation):
    return {
        (team.book.label("salesperson", one.rater), one.item): one.level
        for one in reading.ratings(team.book.connection(), evaluation)
        if one.by == "peer"
    }


def judged(team, ann):
    for item in (team.care, team.order):
        rating.rate(team.book, ann, item, "self", 4, SECRET)
    rating.hand_in_self(team.book, ann)
    rating.rate(team.book, ann, team.care, "manager", 2, SECRET, team.visit)
    rating.rate(team.book, ann, team.order, "manager", 3, SECRET)


FILLED = [
    ("Ann", "Care", "Level given", 5),
    ("Ann", "Care", "Reason", "She helped me with a tender"),
    ("Ann", "Order", "Level given", 3),
]


def test_whoever_was_asked_gets_rows_to_fill_in_and_nobody_else(team, asked, dan):
    table = issued_files.opened(out(team, team.bob))[SHEET]
    rows = [[cell.value for cell in row[1:]] for row in table.iter_rows(min_row=1)]
    assert rows[0][:7] == [
        "Salesperson", "Item", "Levels in words", "Level given", "Reason", "Cited records", "Evaluation cycle",
    ]  # fmt: skip
    assert [one[:2] for one in rows[1:]] == [["Ann", "Care"], ["Ann", "Order"]]
    assert rows[1][2] == "1: never\n3: often\n5: always"
    assert [not table[f"{column}2"].protection.locked for column in "BCDEFGH"] == [
        False, False, False, True, True, True, False,
    ]  # fmt: skip
    for person in (team.ann, team.boss):
        assert SHEET not in issued_files.opened(out(team, person)).sheetnames
    assert SHEET not in issued_files.opened(out(team, dan, personal=False)).sheetnames


def test_what_is_filled_in_comes_back_as_one_change_and_is_taken_back_as_one(team, asked):
    path = written(out(team, team.bob), FILLED)
    before = team.book.last_change
    done = collected(team, path)
    assert (done.taken, done.open, done.problems) == (3, (), ())
    assert team.book.last_change == before + 1
    given = said(team, asked)
    assert given["Bob", team.care] == Decimal(5)
    assert given["Bob", team.order] == Decimal(3)
    assert given["Dan", team.care] is None
    team.book.undo()
    assert set(said(team, asked).values()) == {None}


def test_sent_back_untouched_it_changes_nothing(team, asked):
    path = out(team, team.bob)
    before = team.book.last_change
    assert collected(team, path).change is None
    assert team.book.last_change == before


def test_what_was_typed_in_the_program_meanwhile_is_asked_as_anywhere(team, asked):
    path = written(out(team, team.bob), FILLED)
    rating.rate(team.book, asked, team.care, "peer", 2, rater=team.bob)
    done = collected(team, path)
    assert len(done.open) == 1
    assert said(team, asked)["Bob", team.care] == Decimal(2)
    assert said(team, asked)["Bob", team.order] == Decimal(3)


def test_nothing_of_what_others_say_leaves(team, asked, dan):
    rating.rate(team.book, asked, team.care, "peer", 1, SECRET, rater=dan)
    judged(team, asked)
    path = out(team, team.bob)
    assert SHEET in issued_files.opened(path).sheetnames
    assert SECRET not in issued_files.texts(path)
    assert "Dan" not in issued_files.texts(path)
    assert SECRET in issued_files.texts(out(team, dan))  # their own


def test_nothing_of_colleagues_leaves_for_the_person_at_any_stage(team, asked, dan):
    rating.rate(team.book, asked, team.care, "peer", 1, "Too slow for me", team.visit, rater=dan)
    seen = []
    judged(team, asked)
    for stage in ("manager_review", "calibration", "talk"):
        if stage == "calibration":
            rating.finish_manager(team.book, asked)
        if stage == "talk":
            acts.advance(team.book, asked)
        assert team.status(asked) == stage
        seen.append(issued_files.texts(out(team, team.ann)))
    assert SECRET in seen[-1]
    for texts in seen:
        assert not {"Too slow for me", "Dan", "Bob"} & texts


def test_from_the_talk_on_nobody_is_asked_any_more_and_late_answers_are_refused_in_words(
    team, asked
):
    path = written(out(team, team.bob), FILLED)
    judged(team, asked)
    rating.finish_manager(team.book, asked)
    assert SHEET in issued_files.opened(out(team, team.bob)).sheetnames
    acts.advance(team.book, asked)
    assert SHEET not in issued_files.opened(out(team, team.bob)).sheetnames
    done = collected(team, path)
    assert {one.code for one in done.problems} == {"too_late"}
    assert all("until the talk" in one.message for one in done.problems)
    assert set(said(team, asked).values()) == {None}


def test_whoever_was_asked_and_is_not_any_more_finds_nothing(team, asked):
    path = written(out(team, team.bob), FILLED)
    asking.take_back(team.book, asked, team.bob)
    assert SHEET not in issued_files.opened(out(team, team.bob)).sheetnames
    done = collected(team, path)
    assert done.taken == 0
    assert ("Bob", team.care) not in said(team, asked)
    asking.ask(team.book, asked, [team.bob])  # the rows of the file are there again
    assert said(team, asked)["Bob", team.care] is None


def test_whose_evaluation_it_is_stands_in_the_review_and_in_the_answers(team, asked):
    carol = team.evaluation(team.boss)
    team.at(carol, "self_review")
    asking.ask(team.book, carol, [team.bob])
    filled = [(who, "Care", "Level given", level) for who, level in (("Ann", 5), ("Carol", "x"))]
    path = written(out(team, team.bob), filled)
    (merged,) = collecting.prepare(team.book, [path])
    assert {(one.group[2], one.label) for one in merged.items} == {
        (team.book.label("evaluation", row), "Care") for row in (asked, carol)
    }
    collecting.apply_whole(team.book, merged)
    table = openpyxl.load_workbook(out(team, team.bob))[ANSWERS]
    told = {row[2].value for row in table.iter_rows(min_row=2)}
    for row in (asked, carol):
        assert f"{team.book.label('evaluation', row)}: Care" in told


def test_who_is_in_two_roles_fills_in_both_sheets(team, asked, dan):
    bob = team.evaluation(team.bob)
    team.at(bob, "self_review")
    asking.ask(team.book, bob, [dan])
    path = out(team, team.bob)
    book = openpyxl.load_workbook(path)
    own = [[row[1].value, row[4].value] for row in book[OWN].iter_rows(min_row=2)]
    assert own == [["Care", None], ["Order", None]]
    book[OWN]["E2"].value = 4
    book.save(path)
    written(path, FILLED)
    done = collected(team, path)
    assert (done.taken, done.open, done.problems) == (4, (), ())
    assert said(team, asked)["Bob", team.care] == Decimal(5)
    assert set(said(team, bob).values()) == {None}


# -- somebody else's rows --------------------------------------------------------------------------


def with_ids(path, ids):
    """Write other ids beside the rows, and a level into each."""
    book = openpyxl.load_workbook(path)
    table = book[SHEET]
    for line, id in enumerate(ids, 2):
        table.cell(line, 1).value = id
        table.cell(line, 5).value = 1
    book.save(path)
    return path


def ids_of(team, evaluation, by, rater):
    return [
        team.book.public_id("evaluation_rating", one.row)
        for one in reading.ratings(team.book.connection(), evaluation)
        if (one.by, one.rater) == (by, rater)
    ]


@pytest.mark.parametrize("whose", ["dan", "self", "manager"])
def test_rows_of_somebody_else_are_never_filled_in_by_an_id_that_was_typed(team, asked, dan, whose):
    if whose == "manager":
        judged(team, asked)
    by, rater = {
        "dan": ("peer", dan), "self": ("self", team.ann), "manager": ("manager", team.boss),
    }[whose]  # fmt: skip
    before = reading.ratings(team.book.connection(), asked)
    path = with_ids(out(team, team.bob), ids_of(team, asked, by, rater))
    done = collected(team, path)
    assert done.taken == 0
    assert reading.ratings(team.book.connection(), asked) == before


def test_whoever_names_the_row_of_somebody_else_is_not_told_what_it_says(team, asked, dan):
    rating.rate(team.book, asked, team.care, "peer", 4, SECRET, rater=dan)
    path = with_ids(out(team, team.bob), ids_of(team, asked, "peer", dan))
    done = collected(team, path)
    assert len(done.open) >= 1
    told = openpyxl.load_workbook(out(team, team.bob))[ANSWERS]
    lines = [[cell.value for cell in row] for row in told.iter_rows(min_row=2)]
    foreign = [one for one in lines if one[3] == "Level given"]
    assert foreign
    assert {one[5] for one in foreign} == {""}


def test_a_row_without_an_id_becomes_no_judgement(team, asked):
    path = out(team, team.bob)
    book = openpyxl.load_workbook(path)
    table = book[SHEET]
    for at, value in enumerate((None, "Carol", "Care", None, 1, "Typed"), 1):
        table.cell(table.max_row if at > 1 else table.max_row + 1, at).value = value
    book.save(path)
    count = team.book.count("evaluation_rating")
    collected(team, path)
    assert team.book.count("evaluation_rating") == count


@needs_office
def test_saved_by_another_program_the_same_comes_back(team, asked, tmp_path):
    path = saved_by_libreoffice(written(out(team, team.bob), FILLED), tmp_path)
    done = collected(team, path)
    assert (done.taken, done.open, done.problems) == (3, (), ())
    assert said(team, asked)["Bob", team.care] == Decimal(5)


def test_rows_that_are_gone_from_two_sheets_of_judgements_are_asked_once(team, asked, dan):
    bob = team.evaluation(team.bob)
    team.at(bob, "self_review")
    path = out(team, team.bob)
    book = openpyxl.load_workbook(path)
    for name in (OWN, SHEET):
        book[name].delete_rows(2)
    book.save(path)
    first = collected(team, path)
    assert len(first.open) == 2
    book[SHEET]["E2"].value = 3
    book.save(path)
    (merged,) = collecting.prepare(team.book, [path])
    assert [one.what for one in merged.items] == ["cell"]
