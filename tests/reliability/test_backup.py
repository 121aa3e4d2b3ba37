"""A backup is whole, checked and known by its digest; a restore gives back what was there."""

from __future__ import annotations

import hashlib
import os
import runpy
import shutil
import threading
import time
from pathlib import Path

import pytest

from desktop.__main__ import main
from models import checking, opening
from models.book import Book
from models.refusals import BookUnavailable, Refused

fingerprint = runpy.run_path(str(Path(__file__).parent / "outage_work.py"))["fingerprint"]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A book of some megabytes, with an undone change and a bin that is not empty."""
    place = tmp_path_factory.mktemp("full") / "账.daybook"
    with Book.create(place) as book:
        with book.change("Add") as change:
            rows = [(f"公司{number}有限公司", f"C{number}", "路" * 40) for number in range(20_000)]
            change.add_many("customer", ["name", "code", "address"], rows)
        with book.change("Edit") as change:
            for row in range(1, 200):
                change.set("customer", row, {"name": f"改名{row}"})
        book.undo()
        with book.change("Remove") as change:
            change.remove("customer", range(300, 320))
    return place


@pytest.fixture
def place(full, tmp_path):
    made = tmp_path / full.name
    shutil.copyfile(full, made)
    return made


def held(place: Path) -> str:
    """What a book holds, when it is sound."""
    with Book.open(place) as book:
        assert [one for one in checking.check(book) if one.bad] == []
        return fingerprint(book.connection())


def test_a_backup_holds_the_same_is_sound_and_is_known_by_its_digest(place, tmp_path):
    copy = tmp_path / "backup.daybook"
    with Book.open(place) as book:  # what only the log holds is in it
        book.set("customer", 1, {"name": "刚才"})
        digest = opening.backup(place, copy)
        before = fingerprint(book.connection())
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == digest
    assert not list(tmp_path.glob("backup.daybook-*"))  # one file, nothing beside it
    assert copy.read_bytes()[18:20] == b"\1\1"  # and it can lie on a read-only disk
    assert held(copy) == before


def test_the_drill_backup_loss_restore_gives_everything_back(place, tmp_path, capsys):
    copy, again = tmp_path / "backup.daybook", tmp_path / "again.daybook"
    before = held(place)
    assert main(["backup", str(place), str(copy)]) == 0
    content = bytearray(place.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    place.write_bytes(content)
    assert main(["check", str(place)]) == 1
    assert main(["restore", str(copy), str(again)]) == 0
    assert main(["check", str(again)]) == 0
    capsys.readouterr()
    assert held(again) == before
    with Book.open(again) as book:  # and it is a book like any other: its history goes on
        book.undo()
        assert book.count("customer") == 20_000
        book.set("customer", 5, {"name": "恢复后"})


def test_a_backup_while_others_write_is_one_moment_of_the_book_and_does_not_wait(place, tmp_path):
    stop, failed = threading.Event(), []

    def write() -> None:
        try:
            with Book.open(place) as book:
                number = 0
                while not stop.is_set():
                    number += 1
                    with book.change("Two at once") as change:
                        change.set("customer", 1, {"name": f"甲{number}"})
                        change.set("customer", 2, {"name": f"甲{number}"})
        except Refused as refused:
            failed.append(str(refused))

    twin = tmp_path / "twin"  # nobody but the engine may open the book itself now
    shutil.copyfile(place, twin)
    writer = threading.Thread(target=write)
    writer.start()
    taken, plain = [], []
    try:
        for number in range(5):  # in turn, while the other writes
            begun = time.monotonic()
            shutil.copyfile(twin, tmp_path / f"{number}.plain")
            with (tmp_path / f"{number}.plain").open("rb+") as file:
                os.fsync(file.fileno())
            plain.append(time.monotonic() - begun)
            begun = time.monotonic()
            opening.backup(place, tmp_path / f"{number}.daybook")
            taken.append(time.monotonic() - begun)
    finally:
        stop.set()
        writer.join()
    assert failed == []  # the writer was not refused meanwhile
    # A copy in several steps begins anew at every write and never ends. On an idle machine it is
    # about three times a plain copy (tests/benchmarks); here other tests may run beside it.
    assert min(taken) < 5 * min(plain) + 0.2, (taken, plain)
    lasts = []
    for number in range(5):
        with Book.open(tmp_path / f"{number}.daybook") as book:
            assert [one for one in checking.check(book) if one.bad] == []
            names = [book.record("customer", row)["name"] for row in (1, 2)]
            last = book.history(1)[0].no
            assert names[0] == names[1] or last == 4
            lasts.append(last)
    assert lasts == sorted(set(lasts))  # each knows more than the one before


def test_a_book_with_a_spoiled_page_is_not_backed_up_as_if_it_were_sound(place, tmp_path):
    whole = place.read_bytes()
    tried, refused = range(1, len(whole) // 4096, len(whole) // 4096 // 20), 0
    for page in tried:
        spoiled = tmp_path / f"{page}.daybook"
        spoiled.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        try:
            opening.backup(spoiled, tmp_path / f"{page}.copy")
        except BookUnavailable:
            refused += 1
    assert refused >= 0.8 * len(tried)  # a free page, or the end of a long text, may be missed
    assert len(list(tmp_path.glob("*.copy"))) == len(tried) - refused  # and nothing half


@pytest.mark.parametrize("left", [0.02, 0.3, 0.7, 0.99])
def test_a_backup_that_was_cut_short_is_not_restored(place, tmp_path, capsys, left):
    copy, target = tmp_path / "backup.daybook", tmp_path / "restored.daybook"
    opening.backup(place, copy)
    os.truncate(copy, int(copy.stat().st_size * left) // 512 * 512)
    assert main(["restore", str(copy), str(target)]) == 1
    assert "damaged" in capsys.readouterr().err
    assert not target.exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.daybook", place.name]


def test_nothing_is_overwritten_by_a_backup_or_a_restore(place, tmp_path):
    target = tmp_path / "there.daybook"
    target.write_bytes(b"mine")
    for act in (opening.backup, opening.restore):
        with pytest.raises(Refused) as refused:
            act(place, target)
        assert refused.value.code == "already_there"
    assert target.read_bytes() == b"mine"
    with pytest.raises(BookUnavailable) as refused:
        opening.backup(place, tmp_path / "nowhere" / "a.daybook")
    assert refused.value.code == "no_such_folder"


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_a_book_is_not_restored_beside_the_log_of_one_that_is_gone(place, tmp_path, left):
    """The engine would take that log for the new book's and write it into it."""
    copy, target = tmp_path / "backup.daybook", tmp_path / "lost.daybook"
    opening.backup(place, copy)
    beside = target.with_name(target.name + left)
    beside.write_bytes(b"of the one that is gone")
    with pytest.raises(Refused) as refused:
        opening.restore(copy, target)
    assert refused.value.code == "already_there"
    assert beside.name in str(refused.value)
    assert not target.exists()
    assert beside.read_bytes() == b"of the one that is gone"
