"""Automatic backups: made when something changed, verified, thinned, never at the cost of older ones."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import backups, checking, copies, dialects, thinning
from models.book import Book
from models.refusals import BookUnavailable, Refused

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
fingerprint = runpy.run_path(str(HERE / "outage_work.py"))["fingerprint"]
needs_limits = pytest.mark.skipif(os.name == "nt", reason="there are no limits of file sizes")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    made = tmp_path / "home"
    monkeypatch.setenv("DAYBOOK_HOME", str(made))
    return made


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "我的团队.daybook"
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲"})
    return made


def edit(place: Path, text: str) -> str:
    """Change something; gives what the book holds then."""
    with Book.open(place) as book:
        book.set("customer", 1, {"name": text})
        return fingerprint(book.connection())


def held(place: Path) -> str:
    """What a book holds, when it is sound."""
    with Book.open(place) as book:
        assert [one for one in checking.check(book) if one.bad] == []
        return fingerprint(book.connection())


def names(home: Path) -> list[str]:
    return sorted(one.name for one in home.glob("backups/*/*") if one.suffix == ".daybook")


def hidden(home: Path) -> list[str]:
    return [one.name for one in home.glob("backups/*/.*")]


def test_a_backup_lies_in_the_folder_of_its_book_and_its_name_tells_what_it_is(place, home):
    made = backups.make(place, now=NOW)
    assert made is not None
    assert made.path.parent.parent == home / "backups"
    assert made.path.name.startswith("我的团队.20260302T010000Z.1.")
    assert (made.moment, made.change) == (NOW, 1)
    assert copies.digest_of(made.path).startswith(made.digest)
    assert made.size == made.path.stat().st_size
    assert backups.found(made.path.parent) == [made]
    assert hidden(home) == []
    if os.name != "nt":  # nobody else of this machine reads it
        assert made.path.parent.stat().st_mode & 0o077 == 0


def test_an_empty_or_unchanged_book_is_not_backed_up(place, tmp_path, home):
    empty = tmp_path / "empty.daybook"
    Book.create(empty).close()
    assert backups.make(empty) is None
    assert backups.make(place) is not None
    assert backups.make(place) is None
    with Book.open(place) as book:
        book.undo()  # it may be open, and an undo is a change
        later = datetime.now(UTC) + timedelta(minutes=1)
        assert backups.make(place, now=later) is not None
    assert len(names(home)) == 2


def test_a_book_is_due_half_an_hour_after_its_last_backup_if_it_changed(place):
    assert backups.make(place, backups.HALF_HOUR, NOW) is not None
    edit(place, "乙")
    for minutes, made in ((0, False), (29, False), (30, True), (31, False)):
        now = NOW + timedelta(minutes=minutes)
        assert (backups.make(place, backups.HALF_HOUR, now) is not None) is made, minutes
    edit(place, "丙")
    # The clock was set back: how long ago the last one was made is not known.
    assert backups.make(place, backups.HALF_HOUR, NOW - timedelta(days=3)) is not None


def test_the_drill_every_backup_of_a_day_gives_back_what_the_book_held_then(place, tmp_path):
    wanted = {}
    for number in range(6):
        wanted[number + 2] = edit(place, f"客户{number}")
        backups.make(place, now=NOW + number * backups.HALF_HOUR)
    with Book.open(place) as book:
        listed = backups.listed(book)
    assert [one.since for one in listed] == [0, 1, 2, 3, 4, 5]
    for one in listed:
        target = tmp_path / f"{one.backup.change}.daybook"
        backups.restore(one.backup, target)
        assert held(target) == wanted[one.backup.change]


def test_ninety_days_of_backups_leave_some_dozens_of_files_and_the_first_week(place, home):
    now = NOW
    for day in range(90):
        for number in range(1 + day % 2):
            now = NOW + timedelta(days=day, hours=number)
            edit(place, f"第{day}天{number}")
            assert backups.make(place, backups.HALF_HOUR, now) is not None
    with Book.open(place) as book:
        listed = [one.backup for one in backups.listed(book)]
    assert 20 <= len(listed) <= 40
    assert listed == thinning.kept(listed, now, backups.ROOM)
    assert listed[0].moment == now
    assert now - listed[-1].moment > timedelta(days=60)
    assert hidden(home) == []
    assert all(copies.digest_of(one.path).startswith(one.digest) for one in listed)


def test_a_copy_of_the_book_does_not_thin_or_count_what_is_not_of_its_past(place, tmp_path, home):
    first = backups.make(place, now=NOW)
    twin = tmp_path / "twin.daybook"
    backups.restore(first, twin)
    edit(place, "只在原簿")
    second = backups.make(place, now=NOW + timedelta(minutes=1))
    edit(twin, "只在副本")
    assert backups.make(twin, now=NOW + timedelta(minutes=2)) is not None
    with Book.open(twin) as book:
        # It has change 2 as well, but another one.
        assert [one.since for one in backups.listed(book)] == [0, None, 1]
    with Book.open(place) as book:
        assert [one.since for one in backups.listed(book)] == [None, 0, 1]
    assert second.path.exists()


def test_a_backup_that_fails_takes_nothing_away_and_leaves_nothing_behind(place, home, monkeypatch):
    for number in range(3):  # in one half hour: the next one that is made would thin them
        edit(place, f"{number}")
        made = backups.make(place, now=NOW + timedelta(minutes=number, days=-number % 2))
    monkeypatch.setattr(backups, "_SPARE", 1 << 60)
    edit(place, "更多")
    before = names(home)
    with pytest.raises(BookUnavailable) as refused:
        backups.make(place, now=NOW + timedelta(hours=1))
    assert refused.value.code == "disk_full"
    assert (names(home), hidden(home)) == (before, [])
    assert made.path.exists()


@needs_limits
def test_a_disk_that_fills_up_during_a_backup_harms_no_older_one(place, home):
    backups.make(place, now=NOW)
    before = names(home)
    with Book.open(place) as book, book.change("Much") as change:
        rows = [(f"公司{number}", "路" * 60) for number in range(3_000)]
        change.add_many("customer", ["name", "address"], rows)
    code = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from models import backups
from models.refusals import BookUnavailable
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    backups.make(Path(sys.argv[2]))
except BookUnavailable as refused:
    print(refused.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(HERE.parents[1]), str(place)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout.strip() in ("disk_fault", "disk_full"), done.stderr
    assert (names(home), hidden(home)) == (before, [])
    assert backups.make(place) is not None  # and when there is room, it is made


def test_a_killed_backup_harms_no_older_one_and_what_it_left_is_gone_with_the_next(place, home):
    with Book.open(place) as book, book.change("Much") as change:
        rows = [(f"公司{number}", "路" * 60) for number in range(8_000)]
        change.add_many("customer", ["name", "address"], rows)
    code = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from models import backups
from models.book import Book
place, number = Path(sys.argv[2]), 0
with Book.open(place) as book:
    while True:
        number += 1
        book.set("customer", 1, {"name": f"名{number}"})
        backups.make(place)
        print(number, flush=True)
"""
    for number in range(8):
        running = subprocess.Popen(
            [sys.executable, "-c", code, str(HERE.parents[1]), str(place)],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "1"
        time.sleep(0.013 * number)
        running.kill()
        running.communicate()
        there = [one for folder in home.glob("backups/*") for one in backups.found(folder)]
        assert there
        assert all(copies.digest_of(one.path).startswith(one.digest) for one in there)
    edit(place, "之后")
    (there[0].path.parent / ".backup.0badcafe").write_bytes(b"half")  # should no kill have hit one
    assert backups.make(place) is not None
    assert hidden(home) == []


def test_two_programs_at_once_make_one_backup_between_them(place, home):
    made: list[object] = []

    def run() -> None:
        made.append(backups.make(place, backups.HALF_HOUR))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(names(home)) == 1
    assert sum(one is not None for one in made) == 1


def test_a_damaged_backup_is_not_restored(place, tmp_path):
    made = backups.make(place)
    content = bytearray(made.path.read_bytes())
    content[-10] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(BookUnavailable) as refused:
        backups.restore(made, tmp_path / "again.daybook")
    assert refused.value.code == "bad_backup"
    made.path.unlink()
    with pytest.raises(Refused):
        backups.restore(made, tmp_path / "again.daybook")
    assert not (tmp_path / "again.daybook").exists()


def test_a_book_that_lost_its_tables_is_refused_in_words_and_its_backups_stay(place):
    made = backups.make(place)
    damaging = dialects.connect(place)
    damaging.run("DROP TABLE change")
    damaging.driver.close()
    with pytest.raises(BookUnavailable) as refused:
        backups.make(place)
    assert refused.value.code == "incomplete"
    assert made.path.exists()


def test_the_backups_of_a_lost_book_are_found_by_its_place(place, tmp_path):
    made = backups.make(place)
    moved = tmp_path / "moved.daybook"
    shutil.move(place, moved)
    edit(moved, "搬家")
    again = backups.make(moved, now=datetime.now(UTC) + timedelta(minutes=1))
    moved.unlink()
    for lost in (place, moved):
        assert backups.of_path(lost) == [again, made]
    assert backups.of_path(tmp_path / "other.daybook") == []


def test_a_clock_that_is_years_ahead_takes_only_some_backups_away(place, home):
    for number in range(12):
        edit(place, f"{number}")
        backups.make(place, now=NOW + timedelta(days=number))
    before = len(names(home))
    edit(place, "二十年后")
    assert backups.make(place, now=NOW + timedelta(days=20 * 365)) is not None
    assert len(names(home)) >= before + 1 - 4


def test_backups_take_no_more_than_their_room(place, home, monkeypatch):
    monkeypatch.setattr(backups, "ROOM", 0)  # then five of the book's size
    for number in range(30):
        edit(place, f"{number}")
        assert backups.make(place, now=NOW + timedelta(hours=number)) is not None
    assert 3 <= len(names(home)) <= 5
