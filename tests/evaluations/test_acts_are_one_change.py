"""Whatever is done with evaluations, growth and what customers say is one change that undo takes back whole."""

from __future__ import annotations

from typing import Any

import pytest

from models.book import Book
from models.dialects import quoted
from models.evaluations import cycle, rating, sealing, signing, verifying
from models.refusals import Refused
from tests.evaluations.acts_of_a_cycle import Course, known
from tests.evaluations.reviewed import Team, made

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def team(tmp_path):
    found = made(tmp_path)
    yield found
    found.book.close()


def live(book: Book) -> Rows:
    """Everything that the book holds, the recycle bin too; what was undone away is not there."""
    return {
        one.id: book.connection().run(
            f"SELECT * FROM {quoted(one.id)} WHERE alive IS NOT NULL ORDER BY id"
        )
        for one in book.schema
    }


def changes(book: Book) -> int:
    return int(book.connection().one("SELECT count(*) FROM change"))


def differing(before: Rows, after: Rows) -> dict[str, tuple[Any, Any]]:
    return {name: (rows, after[name]) for name, rows in before.items() if rows != after[name]}


def test_every_act_is_one_change_and_undo_and_redo_restore_the_book_bit_for_bit(team):
    book, done = team.book, set()
    for act in Course(team).acts():
        before, count = live(book), changes(book)
        act.does()
        done.add(act.named)
        after = live(book)
        assert changes(book) == count + 1, act.named
        info = book.info(book.last_change)
        assert info is not None
        for said in act.says:
            assert said in info.reason, (act.named, info.reason)
        assert differing(before, after), act.named
        if act.stays:
            with pytest.raises(Refused):
                book.undo()
            assert not differing(after, live(book))
            continue
        book.undo()
        assert differing(before, live(book)) == {}, act.named
        book.redo()
        assert differing(after, live(book)) == {}, act.named
    assert verifying.verify(book).ok
    assert known() - done == set(), "acts that the course leaves out"


def refused(team: Team, act: Any, *given: Any, **more: Any) -> str:
    """Refused with a sentence, and nothing was written."""
    before, count = live(team.book), changes(team.book)
    with pytest.raises(Refused) as caught:
        act(team.book, *given, **more)
    assert (differing(before, live(team.book)), changes(team.book)) == ({}, count)
    return str(caught.value)


def test_what_is_refused_leaves_nothing_half_written(team):
    cycle.open_cycle(team.book, team.cycle)
    ann, bob = team.evaluation(team.ann), team.evaluation(team.bob)
    for one in (ann, bob):
        team.at(one, "self_review")
    given = (rating.Given(team.care, 5, "x"),)
    assert "Order" in refused(team, rating.hand_in_self, ann, given)
    whole = (*given, rating.Given(team.order, 4, "", "XX-0000"))
    assert "XX-0000" in refused(team, rating.hand_in_self, ann, whole)
    assert "stage" in refused(team, rating.finish_manager, ann, given)
    assert refused(team, cycle.go_on_without_self, bob, " ")
    rating.hand_in_self(team.book, ann, (*given, rating.Given(team.order, 4)))
    assert team.status(ann) == "manager_review"
    assert "Order" in refused(
        team, rating.finish_manager, ann, (rating.Given(team.care, 3, "", team.visit),)
    )
    assert refused(team, sealing.seal, ann)
    stranger = team.add("salesperson", {"name": "Dora"})
    assert refused(team, signing.sign, ann, stranger)


def test_without_anything_to_do_there_is_no_change(team):
    cycle.open_cycle(team.book, team.cycle)
    for person in (team.ann, team.bob, team.boss):
        team.at(team.evaluation(person), "talk")
    count = changes(team.book)
    made = cycle.advance_all(team.book, team.cycle)
    assert (made.change, len(made.left)) == (None, 3)
    assert changes(team.book) == count
