"""Who waits for a book waits in a row; a program that died or was stopped there holds nobody up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from models import dialects, turns
from models.book import Book
from models.refusals import BookUnavailable

ROOT = Path(__file__).parents[2]
STANDS = """
import sys
from models import locks, turns
handle = locks.lock(turns.gate_of(sys.argv[1]))
print(handle is not None, flush=True)
sys.stdin.readline()
"""
WRITES = """
import sys, time
from models.book import Book
with Book.open(sys.argv[1]) as book:
    number = 0
    print("ready", flush=True)
    while True:
        book.set("customer", 2, {"code": str(number)})
        number += 1
"""


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "OneDrive" / "book.daybook"  # without a log readers wait, too
    made.parent.mkdir()
    with Book.create(made) as book, book.change("Begin") as change:
        for name in ("甲", "乙"):
            change.add("customer", {"name": name})
    return made


def program(code, place):
    started = subprocess.Popen(
        [sys.executable, "-c", code, str(place)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    started.stdout.readline()
    return started


def ended(started):
    started.kill()
    started.communicate()


def gate(place):
    return Path(turns.gate_of(str(place)))


def test_who_writes_alone_makes_no_gate(place):
    with Book.open(place) as book:
        book.set("customer", 1, {"code": "1"})
        assert not gate(place).exists()


def test_while_somebody_stands_in_the_gate_no_other_passes(place):
    with Book.open(place) as book:
        other = program(STANDS, place)
        begun = time.monotonic()
        threading.Timer(0.2, ended, [other]).start()
        book.set("customer", 1, {"code": "1"})
        assert time.monotonic() - begun > 0.15


def test_a_program_that_was_killed_in_the_gate_holds_nobody_up(place):
    other = program(STANDS, place)
    ended(other)
    assert gate(place).exists()
    with Book.open(place) as book:
        book.set("customer", 1, {"code": "1"})
        assert not gate(place).exists()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_program_that_the_system_stopped_in_the_gate_is_passed_after_a_while(place):
    other = program(STANDS, place)
    os.kill(other.pid, signal.SIGSTOP)
    with Book.open(place) as book:
        book.hurry()  # as a window, which waits for a second
        book.set("customer", 1, {"code": "1"})
    ended(other)


def test_nothing_is_left_beside_a_book_that_was_waited_for(place):
    held = dialects.connect(place, journal="TRUNCATE")
    held.run("BEGIN IMMEDIATE")
    with Book.open(place) as book:
        threading.Timer(0.3, held.run, ["COMMIT"]).start()
        book.set("customer", 1, {"code": "1"})
        assert gate(place).exists()
        book.set("customer", 1, {"code": "2"})
        assert not gate(place).exists()
        held.run("BEGIN IMMEDIATE")
        threading.Timer(0.3, held.run, ["COMMIT"]).start()
        book.set("customer", 1, {"code": "3"})
    assert not gate(place).exists()
    held.driver.close()


def test_who_gives_up_leaves_the_gate(place, monkeypatch):
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.1)
    held = dialects.connect(place, journal="TRUNCATE")
    held.run("BEGIN IMMEDIATE")
    with Book.open(place) as book:
        with pytest.raises(BookUnavailable) as refused:
            book.set("customer", 1, {"code": "1"})
        assert refused.value.code == "busy"
        held.run("COMMIT")
        book.set("customer", 1, {"code": "2"})
    held.driver.close()


def test_a_writer_without_pause_lets_others_write_and_read(place):
    """Of two that write as fast as they can, and one that looks, nobody waits long."""
    others = [program(WRITES, place) for _ in range(2)]
    try:
        waits = []
        for number in range(60):
            begun = time.monotonic()
            with Book.open(place) as book:
                book.set("customer", 1, {"code": str(number)})
            waits.append(time.monotonic() - begun)
        assert max(waits) < 1.5
        assert sorted(waits)[len(waits) // 2] < 0.3
    finally:
        for one in others:
            ended(one)
    with Book.open(place) as book:
        assert book.record("customer", 1)["code"] == "59"
        assert int(book.record("customer", 2)["code"]) > 20
