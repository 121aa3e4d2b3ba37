"""Requests that nobody answered are no part of what is signed; who said what is on no paper for the person."""

from __future__ import annotations

import json

import openpyxl
import pytest

from models.evaluations import (
    asking,
    content,
    desk,
    later,
    paper,
    rating,
    sealing,
    sheet,
    sheet_of,
    verifying,
)
from models.goals.paper import Table
from models.refusals import Refused
from tests.evaluations.sealed_book import SealedBook


def at(team: SealedBook, row: int, stage: str) -> None:
    """Put an evaluation at a stage, past everything between."""
    with team.book.change("stage") as change:
        change.db.run("UPDATE evaluation SET status = ? WHERE id = ?", (stage, row))


@pytest.fixture
def asked(team):
    """陈晓 at the talk: 林峰 has answered, 周敏 hasn't."""
    row = team.evaluations["陈晓"]
    at(team, row, "manager_review")
    asking.ask(team.book, row, [team.people["林峰"], team.people["周敏"]])
    item = team.items["协作"]
    rating.rate(team.book, row, item, "peer", 5, "替我顶过班", rater=team.people["林峰"])
    at(team, row, "talk")
    return row


def test_a_request_without_an_answer_is_not_signed_and_does_not_refuse_the_seal(team, asked):
    team.seal()
    said = json.loads(team.content())
    assert [(one["rated_by"], one["level"]) for one in said["ratings"]] == [
        ("manager", "4"), ("peer", "5"),
    ]  # fmt: skip
    assert verifying.verify(team.book).ok
    assert later.changes(team.book, asked) == ()


def test_what_both_sign_has_the_level_of_a_colleague_and_not_who_it_was(team, asked):
    team.seal()
    said = team.content().decode()
    assert "林峰" not in said
    assert "替我顶过班" not in said
    assert team.book.public_id("salesperson", team.people["林峰"]) not in said
    [item] = [one for one in json.loads(said)["result"]["items"] if one["name"] == "协作"]
    assert [(one["by"], one["rater"], one["level"]) for one in item["judged"]] == [
        ("manager", "", "4"), ("peer", "", "5"),
    ]  # fmt: skip


def test_asking_and_taking_back_leave_what_lies_before_both_as_it_is(team, asked):
    book = team.book
    team.sign()
    before = content.ratings_now(book, book.connection(), asked)
    asking.take_back(book, asked, team.people["周敏"])
    assert content.ratings_now(book, book.connection(), asked) == before
    sealing.seal(book, asked)


def test_what_is_sealed_neither_asks_nor_forgets_whom_it_asked(team, asked):
    team.seal()
    with pytest.raises(Refused, match="seal 1"):
        asking.take_back(team.book, asked, team.people["周敏"])
    with pytest.raises(Refused) as told:
        asking.ask(team.book, asked, [team.people["王主管"]])
    assert told.value.code == "wrong_stage"


def test_the_paper_and_the_sheet_say_what_colleagues_say_together_and_no_names(
    team, asked, tmp_path
):
    book = team.book
    at(team, asked, "manager_review")
    rating.rate(book, asked, team.items["协作"], "peer", 4, "沟通少", rater=team.people["周敏"])
    at(team, asked, "talk")
    [one] = [one for one in desk.desk(book).standings if one.evaluation == asked]
    made = paper.paper([sheet_of.sheet(book, one)])
    tables = [block for part in made.parts for block in part if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    assert {"Colleagues (2)", "4.5"} <= {one for one in cells if isinstance(one, str)}
    assert not [one for one in ("林峰", "周敏", "替我顶过班", "沟通少") if one in repr(made)]
    out = tmp_path / "sheet.xlsx"
    sheet.write(out, [one.scored], book)
    said = [
        str(cell.value)
        for page in openpyxl.load_workbook(out)
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert any("2 colleagues: level 4.5 on average" in one for one in said)
    for secret in ("林峰", "周敏", "替我顶过班", "沟通少"):
        assert not [one for one in said if secret in one]
