"""kill -9 at any moment of an edit or an import: nothing damaged, half or lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import checking
from models.book import Book

HERE = Path(__file__).parent
ROWS = 200  # of each import, as kill_work says
NEXT_START = 1.0  # seconds that the start after a kill may take

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork and SIGKILL are of POSIX")


class Worker:
    """The process that forks and kills."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HERE / "kill_work.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def carry_out(self, kind: str, delay: float, book: Path) -> tuple[list[list[str]], int, float]:
        """What was acknowledged before the kill, the process, and how long it lived."""
        self._process.stdin.write(f"{kind} {delay} {book}\n")
        self._process.stdin.flush()
        said: list[list[str]] = []
        while line := self._process.stdout.readline():
            words = line.split()
            assert words[0] != "failed", line
            if words[0] == "done":
                return said, int(words[1]), float(words[2])
            said.append(words[1:])
        raise AssertionError("the worker has ended")

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(30) == 0


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


def opened_after_kill(place: Path) -> Book:
    begun = time.monotonic()
    book = Book.open(place)
    assert time.monotonic() - begun <= NEXT_START
    assert [one for one in checking.check(book) if one.bad] == []
    return book


@pytest.mark.slow
def test_60_kills_in_the_middle_of_edits_lose_nothing(worker, tmp_path):
    place = tmp_path / "一册.daybook"
    with Book.create(place) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲"})
        change.add("customer", {"name": "甲"})
    whole = max(worker.carry_out("edit", -1, place)[2] for _ in range(3))
    chance = random.Random(1)
    killed, amid, said_so = 0, 0, 0
    while killed < 60 or amid < 20:  # how much of its life is work depends on the machine
        assert killed < 200
        said, process, _ = worker.carry_out("edit", chance.uniform(0, whole), place)
        with opened_after_kill(place) as book:
            said_so += process in [one.process for one in book.lock.cleared]
            history = book.history(3)
            last = int(said[-1][0]) if said else 0
            # What was acknowledged is there; at most one change more, whose word was not out yet.
            assert last <= history[0].no <= last + 1 or not said
            first, second = book.ids("customer")[:2]
            assert book.record("customer", first)["name"] == book.record("customer", second)["name"]
            if said and history[0].no == last and said[-1][1] != "-":
                assert book.record("customer", first)["name"] == said[-1][1]
        killed += 1
        amid += 0 < len(said) < 20
    assert said_so >= 30  # and the next start said which program had left the book open
    with Book.open(place) as book:  # undone to the last, it is the empty book
        for one in book.history(100_000):
            if one.kind == "edit" and not one.undone:
                book.undo(one.no)
        assert len(book.ids("customer")) == 0
        assert [one for one in checking.check(book) if one.bad] == []


@pytest.mark.slow
def test_40_kills_in_the_middle_of_imports_leave_all_of_it_or_nothing(worker, tmp_path):
    empty = tmp_path / "empty.daybook"
    Book.create(empty).close()
    place = tmp_path / "book.daybook"

    def fresh() -> Path:
        for end in ("", "-wal", "-shm", "-lock"):
            place.with_name(place.name + end).unlink(missing_ok=True)
        shutil.copyfile(empty, place)
        return place

    whole = max(worker.carry_out("import", -1, fresh())[2] for _ in range(3))
    chance = random.Random(2)
    found = {0: 0, ROWS: 0}
    for number in range(70):
        if number >= 40 and min(found.values()) >= 3:
            break
        # Most of the time goes into reading and matching; the writing stands at the end.
        delay = whole * (chance.uniform(0.5, 1.05) if chance.random() < 0.8 else chance.random())
        if number >= 40:  # the machine is slower or faster by now than it was timed
            delay = whole * chance.uniform(0.2, 1 + (number - 39) / 8)
        said, _, _ = worker.carry_out("import", delay, fresh())
        with opened_after_kill(place) as book:
            rows, changes = len(book.ids("customer")), len(book.history(10))
            assert (rows, changes) in ((0, 0), (ROWS, 1))
            assert not said or rows == ROWS
            if rows:
                assert len(book.ids("customer", search="导入199")) == 1
                book.undo()
                assert len(book.ids("customer")) == 0
        found[rows] += 1
    assert min(found.values()) >= 3  # kills before and after the commit
