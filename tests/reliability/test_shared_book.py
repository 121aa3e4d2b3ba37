"""A window and the command line on one book: the engine's locks outlive whatever the window does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import checking, opening
from models.book import Book
from models.refusals import BookUnavailable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "book.daybook"
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲"})
    return made


def other_program(place):
    """Another process reads the book and closes it; it must not think that it is alone."""
    code = "import sys; from models.book import Book; b = Book.open(sys.argv[1]); b.ids('customer'); b.close()"
    subprocess.run([sys.executable, "-c", code, place], cwd=ROOT, check=True, timeout=60)


def look_again(place):
    Book.open(place).close()


def look_by_a_link(place):
    link = place.with_name("link.daybook")
    os.link(place, link)
    opening.header(link)


def restore_from_it(place):
    opening.restore(place, place.with_name("restored.daybook"))


@pytest.mark.skipif(os.name == "nt", reason="Windows drops a lock only with its own handle")
@pytest.mark.parametrize("act", [look_again, look_by_a_link, restore_from_it])
def test_whatever_one_program_does_with_an_open_book_another_leaves_its_log_alone(place, act):
    with Book.open(place) as book:
        book.set("customer", 1, {"name": "乙"})
        act(place)
        other_program(place)
        assert place.with_name("book.daybook-wal").exists()
        assert place.with_name("book.daybook-shm").exists()
        book.set("customer", 1, {"name": "丙"})
        other_program(place)
        assert book.record("customer", 1)["name"] == "丙"
    with Book.open(place) as book:
        assert book.record("customer", 1)["name"] == "丙"
        assert [one for one in checking.check(book) if one.bad] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows drops a lock only with its own handle")
def test_a_log_that_was_taken_away_is_noticed_before_anything_is_written(place):
    """As when a library opens and closes the files in this very process."""
    with Book.open(place) as book:
        book.set("customer", 1, {"name": "乙"})
        for one in place.parent.glob("book.daybook*"):
            one.read_bytes()
        other_program(place)
        with pytest.raises(BookUnavailable) as refused:
            book.set("customer", 1, {"name": "丙"})
        assert refused.value.code == "replaced"
    with Book.open(place) as book:
        assert book.record("customer", 1)["name"] == "乙"
        assert [one for one in checking.check(book) if one.bad] == []
