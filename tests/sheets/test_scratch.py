"""Temporary folders of imports: gone with the program, however it ends, and never under a living one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from models.book import Book
from models.sheets import importing
from models.sheets.scratch import Scratch, sweep

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX")
HOLD = """
import sys
from models.sheets.scratch import Scratch
kept = Scratch("daybook-import-")
print(kept.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def holder() -> tuple[subprocess.Popen[str], Path]:
    """A program that has a folder and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    process.stdin.close()
    process.stdout.close()
    process.wait(30)


def test_a_folder_is_removed_when_it_is_let_go_and_when_the_program_ends(temporary):
    one = Scratch("daybook-sheet-")
    Path(one.name, "cells").write_bytes(b"x")
    one.cleanup()
    one.cleanup()  # once more does nothing
    process, folder = holder()
    assert folder.parent == temporary
    end(process)
    assert list(temporary.iterdir()) == []


@posix
def test_what_a_killed_program_left_is_removed_by_the_next_one_and_a_living_ones_is_not(temporary):
    living, kept = holder()
    killed, left = holder()
    (left / "cells").write_bytes(b"x" * 1000)
    mine = Scratch("daybook-sheet-")
    assert left.exists()  # its program is alive
    killed.send_signal(signal.SIGKILL)
    killed.wait(30)
    next_one = Scratch("daybook-import-")
    assert not left.exists()
    assert kept.exists()
    assert Path(mine.name).exists()
    end(living)
    end(killed)
    for one in (mine, next_one):
        one.cleanup()
    assert list(temporary.iterdir()) == []


@posix
def test_nothing_else_in_the_place_for_temporary_files_is_touched(temporary, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "held").touch()
    (temporary / "daybook-import-link").symlink_to(elsewhere)
    (temporary / "daybook-import-file").touch()
    (temporary / "daybook-team").mkdir()  # somebody's own
    (temporary / "daybook-team" / "held").touch()
    (temporary / "daybook-sheet-new").mkdir()  # just being made
    odd = temporary / "daybook-sheet-odd"
    odd.mkdir()
    os.mkfifo(odd / "held")  # to open it would be to wait
    before = sorted(temporary.iterdir())
    assert sweep() == 0
    assert sorted(temporary.iterdir()) == before
    assert (elsewhere / "held").exists()


def test_what_an_earlier_version_left_is_removed_after_a_day(temporary):
    old, fresh = temporary / "daybook-import-old", temporary / "daybook-import-fresh"
    for one in (old, fresh):
        one.mkdir()
        (one / "a.db").write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    assert sweep() == 1
    assert list(temporary.iterdir()) == [fresh]


@posix
def test_a_killed_import_leaves_no_process_and_its_folders_go_with_the_next_import(
    temporary, tmp_path
):
    place = tmp_path / "team.daybook"
    Book.create(place).close()
    sheet = tmp_path / "客户.csv"
    rows = [f"公司{number},A{number}" for number in range(60_000)]
    sheet.write_text("\n".join(["客户名称,客户编号", *rows]), encoding="utf-8")
    killed = set()
    for _ in range(50):  # until it was killed both while the file was read and while it was matched
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "import", str(place), str(sheet)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wanted = "daybook-import-" if "daybook-sheet-" in killed else "daybook-sheet-"
        while process.poll() is None and not list(temporary.glob(f"{wanted}*/held")):
            time.sleep(0.002)
        if process.poll() is None:
            process.kill()
        if process.wait(60) == -signal.SIGKILL and list(temporary.glob(f"{wanted}*")):
            killed.add(wanted)
        if len(killed) == 2:
            break
    assert len(killed) == 2
    gone = time.monotonic() + 20
    while readers(temporary) and time.monotonic() < gone:
        time.sleep(0.02)
    assert readers(temporary) == []
    assert list(temporary.iterdir()) != []
    with Book.open(place) as book:
        proposal = importing.prepare(book, [sheet])
        assert importing.apply(proposal) == 1
        proposal.close()
        assert book.count("customer") == 60_000
    assert list(temporary.iterdir()) == []


def readers(temporary: Path) -> list[str]:
    """Processes that still read a file for a program; told by where they were to write."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = one.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if str(temporary) in words and "models.sheets.child" in words:
            found.append(words)
    return found
