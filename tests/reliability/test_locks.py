"""Who has a book open is explained in both languages; a dead program's note is cleared and told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from models import opening
from models.book import Book

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "账.daybook"
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲公司"})
    return made


def note(place: Path, **said: object) -> Path:
    lock = opening.Lock(place).path
    holder = {"host": "Wangs-PC", "user": "wang", "process": 4, "since": "2026-03-01T09:00:00"}
    lock.write_text(json.dumps([holder | said]), encoding="utf-8")
    return lock


def dead() -> int:
    """The number of a program that has ended."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(30)
    return gone.pid


@pytest.fixture
def living(place):
    """Another program that has the book open, until the test is over."""
    code = "import sys; from models.book import Book; b = Book.open(sys.argv[1]); print('open', flush=True); sys.stdin.read(); b.close()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, place],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.stdin.close()
    process.stdout.close()
    process.wait(30)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["open on Wangs-PC by wang since 2026-03-01", "Close it there first", "delete"]),
        ("zh_CN", ["Wangs-PC", "wang", "2026-03-01", "关闭", "删除"]),
    ],
)
def test_a_book_open_on_another_computer_is_explained(place, capsys, monkeypatch, language, words):
    monkeypatch.setenv("DAYBOOK_LANG", language)
    lock = note(place)
    was = lock.read_bytes()
    for verb in (["list", str(place), "customer"], ["add", str(place), "customer", "name=x"]):
        assert main(verb) == 1
        err = capsys.readouterr().err
        for word in [*words, lock.name]:
            assert word in err
    assert lock.read_bytes() == was


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["ended without closing the book", "li"]), ("zh_CN", ["未关闭业务簿就已结束", "li"])],
)
def test_a_dead_programs_note_is_cleared_and_told_once(place, capsys, monkeypatch, language, words):
    monkeypatch.setenv("DAYBOOK_LANG", language)
    process = dead()
    lock = note(place, host=opening.Holder.me().host, process=process, user="li")
    assert main(["list", str(place), "customer", "--json"]) == 0
    out, err = capsys.readouterr()
    assert [one["name"] for one in json.loads(out)] == ["甲公司"]
    for word in [*words, str(process), "2026-03-01 09:00"]:
        assert word in err
    assert not lock.exists()
    assert main(["list", str(place), "customer"]) == 0
    assert capsys.readouterr().err == ""


def test_a_living_program_shares_the_book_and_its_note_stays(place, living, capsys):
    assert main(["add", str(place), "customer", "name=乙公司"]) == 0
    assert capsys.readouterr().err == ""
    said = json.loads(opening.Lock(place).path.read_text(encoding="utf-8"))
    assert [one["process"] for one in said] == [living.pid]
    with Book.open(place) as book:
        assert [one.process for one in book.lock.others] == [living.pid]
        assert book.lock.cleared == []
        said = json.loads(book.lock.path.read_text(encoding="utf-8"))
        assert {one["process"] for one in said} == {living.pid, os.getpid()}
    living.stdin.close()
    living.wait(30)
    assert not opening.Lock(place).path.exists()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX")
def test_a_living_program_that_is_killed_is_told_by_the_next(place, living, capsys):
    living.kill()
    living.wait(30)
    assert main(["list", str(place), "customer"]) == 0
    assert str(living.pid) in capsys.readouterr().err
    assert not opening.Lock(place).path.exists()
