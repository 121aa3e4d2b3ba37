"""Books of any size to look at screens with."""

from __future__ import annotations

from datetime import date

import pytest

from models import checking
from models.book import Book
from tests.year import many

TODAY = date(2025, 9, 26)


@pytest.mark.parametrize("people", [0, 1, 8, 60])
def test_a_book_of_any_number_of_people_is_whole(tmp_path, people):
    path = tmp_path / "many.daybook"
    many.make(path, people, TODAY)
    with Book.open(path) as book:
        assert book.count("salesperson") == people
        assert bool(book.count("task")) == bool(people)
        assert not [one for one in checking.check(book) if one.bad]


def test_the_same_seed_gives_the_same_book(tmp_path):
    held = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.daybook"
        many.make(path, 9, TODAY, seed=5, language="en")
        with Book.open(path) as book:
            held.append(
                [
                    book.connection().run(f'SELECT * FROM "{one.id}" ORDER BY id')
                    for one in book.schema
                ]
            )
    assert held[0] == held[1]
