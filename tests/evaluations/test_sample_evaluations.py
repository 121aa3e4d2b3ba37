"""The sample team's evaluations: whole, in both languages, with nothing signed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.book import Book
from models.evaluations import asking, cards, cites, cycle, rating, reading, scoring
from models.evaluations.asking import Answers
from models.evaluations.colleagues import colleagues
from models.evaluations.waiting import waiting
from models.sample.load import load


@pytest.fixture(params=["zh_CN", "en"], scope="module")
def book(request, tmp_path_factory):
    with Book.create(tmp_path_factory.mktemp("sample") / "s.daybook") as made:
        load(made, request.param, date(2026, 11, 27))
        yield made


def test_the_scorecard_is_whole_and_frozen(book):
    (card,) = cards.read(book.connection(), book).values()
    cycle.assert_whole(card)
    assert card.frozen_at
    assert sum(one.share or 0 for one in card.grades) == 1


def test_one_cycle_waits_for_talks_and_one_for_self_reviews(book):
    first, second = book.ids("evaluation_cycle")
    assert {one.stage for one in waiting(book, first)} == {"talk"}
    assert {one.stage for one in waiting(book, second)} == {"self_review", "manager_review"}
    assert cycle.status_of(book, second) == "self_review"
    assert all(one.who is not None for one in waiting(book, second))
    assert book.count("signature") == 0


def test_everybody_of_last_quarter_has_a_total_of_all_items(book):
    found = scoring.scored(book, book.ids("evaluation_cycle")[0])
    assert len(found) == 8
    assert all(item.score is not None for one in found for item in one.items)
    assert len({one.grade for one in found}) >= 2
    assert {one.adjustment for one in found} == {Decimal(0), Decimal(2)}


def test_what_is_cited_is_there_and_what_was_judged_adds_up(book):
    db = book.connection()
    for one in reading.evaluations(db, book.ids("evaluation_cycle")[0]):
        for said in reading.ratings(db, one.row):
            found = cites.resolve(db, book.schema, book.public, said.cites)
            assert (len(found.known), found.unknown) == (1, ())
        given = rating.scores(book, db, one)
        record = book.record("evaluation", one.row)
        assert (record["self_score"], record["manager_score"]) == (given["self"], given["manager"])
        assert not rating.not_shown(book, db, one)


def test_whoever_is_at_the_self_review_has_rows_to_fill_in(book):
    db = book.connection()
    for one in reading.evaluations(db, book.ids("evaluation_cycle")[1]):
        own = [said for said in reading.ratings(db, one.row) if said.by == "self"]
        assert len(own) == 2
        assert bool(rating.missing_of(book, db, one, "self")) == (one.status == "self_review")


def test_of_two_colleagues_who_were_asked_one_has_answered(book):
    found = {one.colleagues for one in waiting(book, book.ids("evaluation_cycle")[1])}
    assert found == {Answers(0, 0), Answers(2, 1)}
    [asked] = [
        one.row
        for one in reading.evaluations(book.connection(), book.ids("evaluation_cycle")[1])
        if asking.asked(book.connection(), one.row)
    ]
    assert colleagues(book, asked)[0].reasons  # who was asked worked with the person
