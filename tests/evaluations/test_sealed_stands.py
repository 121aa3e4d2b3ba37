"""What is sealed stands on every path: single edits, blocks, sheets, removal, undo, redo, jumps, copies."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models import checking, editing, opening, pasting, replacing
from models.book import Book
from models.dialects import connect
from models.evaluations import appeals, sealing, signing, verifying
from models.pasting import Cell, Line
from models.refusals import Refused
from models.sheets import exporting
from tests.evaluations.sealed_book import SealedBook
from tests.sheets.bringing import bring


@pytest.fixture
def seal(team):
    return team.seal()


def refused(act, *given, **more):
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    assert caught.value.code == "sealed"
    said = str(caught.value)
    assert "陈晓" in said
    assert "seal 1" in said
    return said


def stands(team, seal):
    """The seal is what it was, and nothing beside it differs."""
    assert sealing.sealed(team.book, seal.evaluation) == seal
    assert verifying.verify(team.book).ok


def rating_of(book, evaluation):
    return book.linked("evaluation_rating", "evaluation", evaluation)[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("comment", "x"), ("total", "99"), ("grade", "A"), ("adjustment", "5"), ("person", "林峰"),
     ("manager", "林峰"), ("starts_on", "2026-08-01"), ("band", "9"), ("presented", "{}")],
)  # fmt: skip
def test_no_field_of_it_can_be_edited(team, seal, field, value):
    refused(team.book.set, "evaluation", seal.evaluation, {field: value, "adjustment_reason": None})
    stands(team, seal)


def test_its_status_goes_to_the_archive_and_nowhere_else(team, seal):
    refused(team.book.set, "evaluation", seal.evaluation, {"status": "talk"})
    team.book.set("evaluation", seal.evaluation, {"status": "archived"})
    stands(team, seal)
    team.book.undo()
    assert team.book.record("evaluation", seal.evaluation)["status"] == "signed"
    stands(team, seal)


def test_its_notes_are_free(team, seal):
    team.book.set("evaluation", seal.evaluation, {"notes": "十月谈过"})
    stands(team, seal)


def test_its_judgements_and_signatures_can_neither_change_nor_come_nor_go(team, seal):
    book, row = team.book, seal.evaluation
    rating, signature = (
        book.linked(one, "evaluation", row)[0] for one in ("evaluation_rating", "signature")
    )
    refused(book.set, "evaluation_rating", rating, {"level": 5})
    refused(book.set, "signature", signature, {"agrees": False})
    for entity, found in (("evaluation_rating", rating), ("signature", signature)):
        with pytest.raises(Refused, match="seal 1"), book.change("x") as change:
            change.remove(entity, [found])
    with pytest.raises(Refused, match="seal 1"), book.change("x") as change:
        change.add(
            "signature",
            {"evaluation": row, "person": team.people["林峰"], "signed_as": "manager"},
        )
    other = rating_of(book, team.evaluations["林峰"])
    refused(book.set, "evaluation_rating", other, {"evaluation": row})
    stands(team, seal)


def test_it_can_not_be_removed(team, seal):
    with pytest.raises(Refused, match="seal 1"), team.book.change("x") as change:
        change.remove("evaluation", [seal.evaluation])
    stands(team, seal)


def test_statements_over_sets_are_seen_when_the_change_closes(team, seal):
    for sql in (
        "UPDATE evaluation SET total = 1",
        "UPDATE evaluation_rating SET level = 1",
        "UPDATE evaluation_rating SET evaluation = NULL",
        "UPDATE signature SET agrees = 0",
        "UPDATE evaluation SET alive = 0",
    ):
        with pytest.raises(Refused, match="seal 1"), team.book.change("x") as change:
            change.db.run(sql)
    with pytest.raises(Refused, match="seal 1"), team.book.change("x") as change:
        change.add_many(
            "evaluation_rating",
            ["evaluation", "item", "rated_by", "level"],
            [[seal.evaluation, team.items["协作"], "peer", Decimal(1)]],
        )
    stands(team, seal)


def test_in_a_pasted_block_its_lines_are_declined_and_the_others_written(team, seal):
    other = team.evaluations["林峰"]
    lines = [
        Line(1, seal.evaluation, {"comment": Cell("甲")}),
        Line(2, other, {"comment": Cell("乙")}),
    ]
    done = pasting.write(team.book, "evaluation", "Paste", lines)
    assert [(one.line, "seal 1" in one.why) for one in done.declined] == [(1, True)]
    assert team.book.record("evaluation", other)["comment"] == "乙"
    stands(team, seal)


def test_new_lines_for_it_are_named_before_a_block_is_pasted_and_left_out(team, seal):
    book, other = team.book, team.evaluations["林峰"]

    def line(number, evaluation):
        said = {"evaluation": book.public_id("evaluation", evaluation), "person": "周敏", "signed_as": "Manager"}  # fmt: skip
        return Line(number, 0, {name: Cell(one) for name, one in said.items()})

    lines = [line(1, seal.evaluation), line(2, other)]
    assert [one.line for one in pasting.check(book, "signature", lines)] == [1]
    done = pasting.write(book, "signature", "Paste", lines)
    assert ([one.line for one in done.left_out], len(done.added)) == ([1], 1)
    assert "seal 1" in done.left_out[0].why
    stands(team, seal)


def test_parts_of_a_frozen_scorecard_are_declined_line_by_line_too(team):
    book = team.book
    with book.change("two cards") as change:
        change.set("scorecard_template", team.card, {"frozen_at": "2026-07-01 09:00"})
        free = change.add("scorecard_template", {"name": "草稿"})
        item = change.add(
            "scorecard_item", {"scorecard": free, "place": 1, "name": "新", "weight": "100%"}
        )
    ids = [team.items["协作"], item]
    found = editing.propose(book, "scorecard_item", ids, [editing.Step("cap", editing.SET, "90")])
    done = replacing.write(book, "scorecard_item", "Edit", found)
    assert [one.id for one in done.declined] == [ids[0]]
    assert book.record("scorecard_item", item)["cap"] == 90
    cards = [book.public_id("scorecard_template", one) for one in (team.card, free)]
    lines = [
        Line(
            at,
            0,
            {"scorecard": Cell(card), "place": Cell("9"), "name": Cell("项"), "weight": Cell("5%")},
        )
        for at, card in enumerate(cards, 1)
    ]
    assert [one.line for one in pasting.check(book, "scorecard_item", lines)] == [1]
    done = pasting.write(book, "scorecard_item", "Paste", lines)
    assert ([one.line for one in done.left_out], len(done.added)) == ([1], 1)


def test_editing_many_at_once_and_replacing_leave_it_out(team, seal):
    ids = list(team.evaluations.values())
    found = editing.propose(
        team.book, "evaluation", ids, [editing.Step("comment", editing.SET, "好")]
    )
    done = replacing.write(team.book, "evaluation", "Edit", found)
    assert [one.id for one in done.declined] == [seal.evaluation]
    assert [team.book.record("evaluation", one)["comment"] for one in ids] == [None, "好", "好"]
    stands(team, seal)


def test_the_change_that_sealed_can_not_be_undone_nor_jumped_over(team, seal):
    book = team.book
    refused(book.undo)
    refused(book.undo, seal.change)
    team.book.set("opportunity", team.deals[0], {"amount": "1"})
    refused(book.back_to, 1)
    assert book.record("opportunity", team.deals[0])["amount"] == 1  # all of it or nothing
    stands(team, seal)


def test_earlier_changes_of_it_can_not_be_undone_and_those_of_the_data_can(team):
    book, row = team.book, team.evaluations["陈晓"]
    commented = book.set("evaluation", row, {"comment": "好"})
    moved = book.set("evaluation", row, {"band": "1"})
    dealt = book.set("opportunity", team.deals[3], {"amount": "2000"})
    seal = team.seal()
    for change in (commented, moved):
        refused(book.undo, change)
    signed = [one.no for one in book.history() if "signs the evaluation of 陈晓" in one.reason]
    assert len(signed) == 2
    for change in signed:
        refused(book.undo, change)
    book.undo(dealt)
    assert book.record("opportunity", team.deals[3])["amount"] == 1900
    book.redo(dealt)
    stands(team, seal)


def test_what_was_undone_before_sealing_can_not_be_brought_back(team):
    book, row = team.book, team.evaluations["陈晓"]
    change = book.set("evaluation", row, {"comment": "好"})
    book.undo(change)
    seal = team.seal()
    refused(book.redo, change)
    refused(book.bring_back, [change])
    stands(team, seal)


def test_a_jump_back_to_after_the_seal_is_free(team, seal):
    first = team.book.set("opportunity", team.deals[3], {"amount": "2000"})
    team.book.set("opportunity", team.deals[4], {"amount": "2000"})
    team.book.back_to(first)
    assert team.book.record("opportunity", team.deals[3])["amount"] == 1900
    stands(team, seal)


def test_the_undo_of_what_made_it_leaves_it_there(team):
    seal = team.seal()
    with pytest.raises(Refused):
        team.book.undo(1)  # it made the judgements too
    stands(team, seal)


def test_the_table_refuses_updates_removal_and_replacement(team, seal):
    raw = connect(team.book.path)
    try:
        for sql in (
            "UPDATE sealed_copy SET digest = 'x'",
            "DELETE FROM sealed_copy",
            "INSERT OR REPLACE INTO sealed_copy SELECT number, evaluation, x'00', digest, signatures, sealed_at, as_of, change, previous, chain FROM sealed_copy",
            "INSERT INTO sealed_copy SELECT number + 1, evaluation + 1, content, digest, signatures, sealed_at, as_of, change, previous, chain FROM sealed_copy",
        ):
            with pytest.raises(Exception, match="sealed"):
                raw.run(sql)
    finally:
        raw.driver.close()
    with pytest.raises(Exception, match="sealed"), team.book.change("x") as change:
        change.db.run("DELETE FROM sealed_copy")
    stands(team, seal)


def test_the_triggers_stay_when_columns_are_added(team, seal):
    with team.book.change("own column") as change:
        change.add_field("customer", "色号", "text")
    assert not [one for one in checking.check(team.book) if one.bad]
    with pytest.raises(Exception, match="sealed"), team.book.change("x") as change:
        change.db.run("DELETE FROM sealed_copy")


def test_backups_and_restored_books_keep_it(team, seal, tmp_path):
    copied, restored = tmp_path / "copy.daybook", tmp_path / "restored.daybook"
    opening.backup(team.book.path, copied)
    opening.restore(copied, restored)
    for place in (copied, restored):
        with Book.open(place) as book:
            found = sealing.sealed(book, seal.evaluation)
            assert found == seal
            assert verifying.verify(book).ok
            assert not [one for one in checking.check(book) if one.bad]


def test_a_book_that_was_migrated_can_seal(tmp_path):
    place = tmp_path / "old.daybook"
    frozen = Path(__file__).parents[1] / "books" / "schema_7.daybook.gz"
    place.write_bytes(gzip.decompress(frozen.read_bytes()))
    with Book.open(place) as book:
        assert verifying.verify(book).ok
        with book.change("x") as change:
            change.db.run("INSERT INTO sealed_copy VALUES (1, 1, x'00', '', '', '', 1, 1, '', '')")
        with pytest.raises(Exception, match="sealed"), book.change("x") as change:
            change.db.run("UPDATE sealed_copy SET number = 2")


def test_the_file_holds_the_bytes_as_they_were_signed(team, seal):
    with sqlite3.connect(team.book.path) as plain:
        [(content, digest)] = plain.execute("SELECT content, digest FROM sealed_copy").fetchall()
    plain.close()
    assert (content, digest) == (seal.content, seal.digest)


def test_two_seals_are_independent_and_the_open_one_can_still_change(team, seal):
    other = team.evaluations["林峰"]
    team.book.set("evaluation", other, {"comment": "还在谈"})
    signing.sign(team.book, other, team.people["林峰"])
    stands(team, seal)


def test_a_correction_leaves_it_as_it_is(team, seal):
    made = appeals.correct(team.book, seal.evaluation, "七月一单漏了")
    team.book.set("evaluation", made, {"comment": "更正"})
    stands(team, seal)


def test_what_happens_on_its_day_is_no_reason_to_touch_it(tmp_path):
    one = SealedBook(tmp_path)
    try:
        seal = one.seal()
        with one.book.change("gone") as change:
            change.remove("opportunity", one.deals)
            change.remove("salesperson", [one.people["陈晓"]])
            change.remove("evaluation_cycle", [one.cycle])
        one.book.set("salesperson", one.people["林峰"], {"hire_date": date(2026, 8, 1)})
        assert sealing.sealed(one.book, seal.evaluation) == seal
        assert verifying.verify(one.book).ok
    finally:
        one.book.close()


def test_a_sheet_of_evaluations_leaves_the_bytes_out_and_comes_back_unchanged(team, seal, tmp_path):
    file = tmp_path / "evaluations.xlsx"
    exporting.export(team.book, file, ["evaluation"])
    change, reports = bring(team.book, file)
    assert change is None
    assert reports[0].unchanged == 3
    assert exporting.paths(team.book, team.book.schema.entity("evaluation"), None).count("presented") == 0  # fmt: skip
    stands(team, seal)
