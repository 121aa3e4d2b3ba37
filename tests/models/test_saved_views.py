"""Saved views are records: shared, journaled, undone; names are unique among the views of a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book import Book
from models.refusals import Refused
from models.views import saved
from models.views.view import Column, View

WON = View((Column("name"), Column("amount", 120)), (("amount", True),), "status=won")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "b.daybook") as made:
        yield made


def _add(book: Book, name: str, view: View = WON, entity: str = "opportunity") -> int:
    with book.change("save") as change:
        return saved.add(book, change, entity, name, view)


def test_a_view_is_saved_and_found_by_its_name_in_any_case(book: Book):
    id = _add(book, " Won deals ")
    found = saved.find(book, book.schema.entity("opportunity"), "won DEALS")
    assert (found.id, found.title, found.view, found.readable) == (id, "Won deals", WON, True)
    assert saved.views(book, "customer") == []
    assert [one.id for one in saved.views(book)] == [id]


def test_undo_takes_a_view_back_and_what_was_saved_over_it(book: Book):
    id = _add(book, "Won")
    with book.change("save") as change:
        saved.save(change, id, View(filter="status=lost"))
    assert saved.views(book)[0].view.filter == "status=lost"
    book.undo()
    assert saved.views(book)[0].view == WON
    book.undo()
    assert saved.views(book) == []


def test_a_name_is_given_once_a_list_and_never_empty(book: Book):
    _add(book, "Won")
    _add(book, "Won", entity="customer")
    one = saved.views(book, "opportunity")[0]
    for name, code in (("won", "view_exists"), (" ", "view_without_name")):
        with pytest.raises(Refused) as refused:
            _add(book, name)
        assert refused.value.code == code
    with book.change("rename") as change:
        saved.rename(book, change, one, "WON")  # its own name is no other's
    assert saved.views(book, "opportunity")[0].title == "WON"


def test_one_view_of_a_list_opens_by_itself(book: Book):
    first, second = _add(book, "A"), _add(book, "B")
    for id in (first, second):
        with book.change("default") as change:
            saved.make_default(book, change, "opportunity", id)
    assert [one.default for one in saved.views(book)] == [False, True]
    with book.change("order") as change:
        saved.reorder(book, change, "opportunity", [second, first])
    assert [one.title for one in saved.views(book)] == ["B", "A"]


def test_an_unknown_view_is_refused_with_what_there_is(book: Book):
    _add(book, "Won deals")
    with pytest.raises(Refused) as refused:
        saved.find(book, book.schema.entity("opportunity"), "Won deal")
    assert "Did you mean Won deals?" in str(refused.value)


def test_a_definition_that_can_not_be_read_shows_what_the_page_shows(book: Book):
    id = _add(book, "Won")
    book.set("saved_view", id, {"definition": "not json"})
    found = saved.views(book)[0]
    assert (found.view, found.readable) == (View(), False)
