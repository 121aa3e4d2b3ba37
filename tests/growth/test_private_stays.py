"""Shared feedback and shared notes go out in the person's workbook; what is private is in no file."""

from __future__ import annotations

import pytest

from models.growth.talks import hold
from models.workbooks import view_workbook
from models.workbooks.collecting import apply, prepare
from models.workbooks.issuing import issue
from tests.growth.grown import ON, ago
from tests.workbooks.issued_files import opened, texts

SECRET = "only-for-the-manager"


@pytest.fixture
def told(team):
    hold(team.book, team.ann, ago(10), shared="agreed by both", private=SECRET)
    hold(team.book, team.ann, ago(5), private=SECRET)
    team.feedback(behaviour="seen by both", skill="Negotiation")
    team.feedback(situation="2", behaviour=SECRET, visibility="private")
    return team


def test_the_workbook_holds_what_is_shared_and_nothing_private(told, tmp_path):
    made = issue(told.book, [told.ann, told.ben], tmp_path, on=ON)
    mine, other = (one.path for one in made)
    assert {"agreed by both", "seen by both"} <= texts(mine)
    assert not any(SECRET in one for one in texts(mine))
    assert not any("both" in one or SECRET in one for one in texts(other))
    names = opened(mine).sheetnames
    assert "My feedback" in names
    assert "My talks" in names
    assert not {"My feedback", "My talks"} & set(opened(other).sheetnames)


def test_what_is_only_told_cannot_be_changed_by_the_workbook(told, tmp_path):
    [made] = issue(told.book, [told.ann], tmp_path, on=ON)
    file = opened(made.path)
    sheet = file["My feedback"]
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == "seen by both")
    assert cell.protection.locked
    cell.value = "something else"
    file.save(made.path)
    for one in prepare(told.book, [made.path]):
        apply(told.book, one)
    assert "seen by both" in [row[0] for row in told.book.rows("feedback", told.book.ids("feedback"), ["behaviour"])]  # fmt: skip


def test_a_list_that_is_sent_for_editing_leaves_private_notes_and_private_feedback_at_home(told, tmp_path):  # fmt: skip
    for entity, fields in (
        ("one_on_one", ["person", "held_on", "shared_notes", "private_notes"]),
        ("feedback", ["person", "situation", "behaviour", "given_on", "kind", "visibility"]),
        ("promise", ["title", "talk.private_notes"]),
    ):
        ids = told.book.ids(entity)
        made = view_workbook.issue_view(told.book, entity, ids, fields, tmp_path, on=ON)
        assert not any(SECRET in one for one in texts(made.path)), entity
