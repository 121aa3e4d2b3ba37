"""A window and the command line on one book: the engine's locks outlive whatever the window does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import checking, opening, turns
from models.book import Book
from models.refusals import BookUnavailable

ROOT = Path(__file__).parents[2]
WORK = Path(__file__).parent / "share_work.py"


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


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["window", "hasty"])
@pytest.mark.parametrize("folder", ["here", "OneDrive"])  # with a log beside the book, and without
def test_500_changes_of_two_windows_and_the_command_line_are_all_there(tmp_path, folder, kind):
    (tmp_path / folder).mkdir()
    place = tmp_path / folder / "book.daybook"
    with Book.create(place) as book, book.change("Begin") as change:
        change.add("customer", {"name": "合计", "code": "0"})
    parts = {f"{kind} 1": 200, f"{kind} 2": 200, "verb 1": 100}
    running = {
        name: subprocess.Popen(
            [sys.executable, WORK, *name.split()[:1], place, name.split()[1], str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for name, count in parts.items()
    }
    for one in running.values():
        assert one.stdout.readline() == "ready\n"
    for one in running.values():
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [
        line.split()
        for one in running.values()
        for line in one.communicate(timeout=200)[0].splitlines()
    ]
    assert [one.returncode for one in running.values()] == [0, 0, 0]
    # Nobody was told that the book is busy, and nobody waited long.
    assert [one for one in said if one[0] != "done"] == []
    assert max(float(one[2]) for one in said) < 2.0
    names = [one[1] for one in said]
    with Book.open(place) as book:
        found = book.rows("customer", book.ids("customer"), ["name", "code"])
        assert sorted(name for name, _ in found if name != "合计") == sorted(names)
        assert len(names) == 500
        assert all(name == code for name, code in found if name != "合计")
        assert ("合计", "400") in found  # both windows counted it up, neither over the other
        assert [one for one in checking.check(book) if one.bad] == []
        assert len(book.history(1000)) == 501
        assert book.lock.cleared == []
    assert not opening.Lock(place).path.exists()
    assert not Path(turns.gate_of(str(place))).exists()
