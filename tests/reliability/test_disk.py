"""Full and failing disks, exchanged files, files that something else holds for a while."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from models import checking, dialects, opening
from models.book import Book
from models.refusals import BookUnavailable

HERE = Path(__file__).parent
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the engine's library lets itself be wrapped on Linux"
)


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "book.daybook"
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲"})
    return made


@linux
def test_every_way_of_writing_survives_a_disk_that_is_full_or_fails(tmp_path):
    """24 faults: six ways of writing, two answers of the system, at once or after some writes."""
    done = subprocess.run(
        [sys.executable, HERE / "fault_work.py", tmp_path],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(seen) == 24
    for one in seen:
        assert one["refused"] == ("disk_full" if one["answer"] == 13 else "disk_fault"), one
        assert one["unchanged"], one
        assert one["reads"], one
        assert one["left"] == [], one
        assert one["cured"], one
        assert one["bad"] == [], one


@linux
def test_an_upgrade_on_a_full_disk_leaves_the_old_book(tmp_path):
    code = """
import gzip, sys
from pathlib import Path
root, here, place = map(Path, sys.argv[1:])
sys.path[:0] = [str(root), str(here)]
from recorder import Recorder
from models import opening
from models.book import Book
from models.refusals import Refused
content = gzip.decompress((root / "tests/books/schema_1.daybook.gz").read_bytes())
recorder = Recorder()
recorder.install()
for left in (0, 3, 110, 125):  # in the backup, and in the upgrade after it
    place.write_bytes(content)
    recorder.writes_left = left
    try:
        Book.open(place)
        assert left == 125, "nothing was refused"
    except Refused as refused:
        assert refused.code == "disk_full", refused.code
        assert opening.header(place) == 1
        assert [one.name for one in place.parent.iterdir()] == [place.name]
        now = bytearray(place.read_bytes())
        for at in (*range(18, 20), *range(24, 28), *range(92, 96)):  # log or none; write counters
            now[at] = content[at]
        assert now == content
    recorder.writes_left = None
    Book.open(place).close()
    assert opening.header(place) == opening.SCHEMA_VERSION
    for one in place.parent.glob("*.format1.*"):
        one.unlink()
"""
    (tmp_path / "books").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, HERE.parents[1], HERE, tmp_path / "books" / "old.daybook"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody exchange an open file")
@pytest.mark.parametrize("how", ["exchanged", "removed"])
def test_a_file_that_was_exchanged_under_an_open_book_is_not_written(place, tmp_path, how):
    other = tmp_path / "other.daybook"
    shutil.copyfile(place, other)
    with Book.open(place) as book:
        book.set("customer", 1, {"name": "已确认"})
        if how == "exchanged":
            os.replace(other, place)
        else:
            place.unlink()
        for _ in range(2):
            with pytest.raises(BookUnavailable) as refused:
                book.set("customer", 1, {"name": "去向不明"})
            assert refused.value.code == "replaced"
        assert book.record("customer", 1)["name"] == "已确认"  # it can still be read
        kept = list(tmp_path.glob("book.rescued.*.daybook"))
        assert len(kept) == 1
        assert kept[0].name in str(refused.value)
    with Book.open(kept[0]) as rescued:
        assert rescued.record("customer", 1)["name"] == "已确认"
        assert [one for one in checking.check(rescued) if one.bad] == []
    if how == "exchanged":  # what the other program put there is whole, and ours again
        with Book.open(place) as book:
            assert book.record("customer", 1)["name"] == "甲"
            book.set("customer", 1, {"name": "继续"})


def test_a_file_that_something_holds_for_a_while_is_waited_for(place):
    """As a virus scanner or a copying program does."""
    held = dialects.connect(place)
    held.run("BEGIN IMMEDIATE")
    with Book.open(place) as book:

        def let_go() -> None:
            time.sleep(1.5)
            held.run("COMMIT")

        thread = threading.Thread(target=let_go)
        thread.start()
        begun = time.monotonic()
        book.set("customer", 1, {"name": "等到了"})
        assert 1.0 < time.monotonic() - begun < 4.0
        thread.join()
        assert book.record("customer", 1)["name"] == "等到了"
    held.driver.close()


def test_a_file_that_is_held_too_long_is_refused_and_goes_on_when_cured(place, monkeypatch):
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.3)
    held = dialects.connect(place)
    held.run("BEGIN IMMEDIATE")
    with Book.open(place) as book:
        with pytest.raises(BookUnavailable) as refused:
            book.set("customer", 1, {"name": "x"})
        assert refused.value.code == "busy"
        assert "try again" in str(refused.value)
        assert book.record("customer", 1)["name"] == "甲"
        held.run("COMMIT")
        book.set("customer", 1, {"name": "之后"})
        assert [one.no for one in book.history()] == [2, 1]
    held.driver.close()


def test_a_synchronised_folder_holds_no_log_beside_the_book(tmp_path):
    folder = tmp_path / "OneDrive" / "团队"
    folder.mkdir(parents=True)
    copy = tmp_path / "copy.daybook"
    with Book.create(folder / "book.daybook") as book:
        for number in range(20):
            with book.change("Add") as change:
                change.add("customer", {"name": f"甲{number}"})
        assert book.connection().one("PRAGMA journal_mode") == "truncate"
        assert not list(folder.glob("*-wal"))
        # The file that the other program copies, while the book is open, is the whole book.
        shutil.copyfile(book.path, copy)
        opening.backup(book.path, folder / "backup.daybook")
        assert book.connection().one("PRAGMA journal_mode") == "truncate"
    with Book.open(copy) as book:
        assert len(book.ids("customer")) == 20
        assert [one for one in checking.check(book) if one.bad] == []


def test_a_book_brought_into_a_synchronised_folder_gives_up_its_log(place, tmp_path):
    folder = tmp_path / "坚果云"
    folder.mkdir()
    moved = folder / "book.daybook"
    shutil.move(place, moved)
    with Book.open(moved) as book:
        book.set("customer", 1, {"name": "乙"})
        assert sorted(one.name for one in folder.iterdir()) == [
            "book.daybook",
            "book.daybook-journal",
            "book.daybook-lock",
        ]
    assert moved.read_bytes()[18:20] == b"\1\1"  # the header no longer asks for a log
