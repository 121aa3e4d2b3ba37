"""The power fails at any moment of a day's work; see ``outages`` and ``recorder``."""

from __future__ import annotations

import hashlib
import pickle
import random
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from models import checking, opening
from models.book import Book
from models.refusals import BookUnavailable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_outages = runpy.run_path(str(HERE / "outages.py"))
outages, Disk = _outages["outages"], _outages["Disk"]
fingerprint = runpy.run_path(str(HERE / "outage_work.py"))["fingerprint"]
OUTAGES = 1_500  # about a third leave a state that none before has left
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the engine's library lets itself be wrapped on Linux"
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The events of a day's work, and what each book held after each change."""
    place = tmp_path_factory.mktemp("work")
    (place / "folder").mkdir()
    subprocess.run(
        [sys.executable, HERE / "outage_work.py", place / "folder", place / "result"],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    return pickle.loads((place / "result").read_bytes())


class Examiner:
    """Opens what an outage left; files that it has seen before it doesn't open again."""

    def __init__(self, folder: Path, states: dict) -> None:
        self._folder = folder
        self._states = states
        self._names = {name for name, _ in states}
        self._known: dict[bytes, tuple[int, str | None]] = {}
        self.opened = 0

    def fault_of(self, files: dict[str, bytes], promised: dict[str, int]) -> str | None:
        """What is wrong after an outage; None when every promise is kept."""
        for name, number in promised.items():
            if name not in files:
                return f"{name}: acknowledged and gone"
            last, _ = self._look(name, files)
            if last < number:
                return f"{name}: change {number} lost, {last} is the last"
        # What begins with a point is half made, under a name that nobody opens.
        books = [one for one in files if one.endswith(".daybook") and not one.startswith(".")]
        return next((fault for one in books if (fault := self._look(one, files)[1])), None)

    def _look(self, name: str, files: dict[str, bytes]) -> tuple[int, str | None]:
        parts = {end: files[name + end] for end in ("", "-wal", "-journal") if name + end in files}
        key = hashlib.sha256(pickle.dumps((name, parts))).digest()
        if key not in self._known:
            for old in self._folder.iterdir():
                old.unlink()
            for end, data in parts.items():
                (self._folder / (name + end)).write_bytes(data)
            self._known[key] = self._examine(name)
            self.opened += 1
        return self._known[key]

    def _examine(self, name: str) -> tuple[int, str | None]:
        try:
            return self._opened(name)
        except BookUnavailable as error:
            return 1 << 30, f"{name}: {error}"

    def _opened(self, name: str) -> tuple[int, str | None]:
        with Book.open(self._folder / name) as book:
            bad = [one for one in checking.check(book) if one.bad]
            last = book.connection().one("SELECT max(id) FROM change") or 0
            if bad:
                return last, f"{name}: {bad}"
            if name not in self._names:  # the copy that an upgrade keeps
                return last, None
            if fingerprint(book.connection()) != self._states[name, last]:
                return last, f"{name}: half of a change after {last}"
            return last, None


@pytest.mark.slow
def test_whatever_was_acknowledged_survives_power_failures(recorded, tmp_path):
    _, base, events, states = recorded
    faults = []
    examiner = Examiner(tmp_path, states)
    seen: dict[str, set[int]] = {}
    for moment, files, promised in outages(base, events, OUTAGES, seed=20_26):
        fault = examiner.fault_of(files, {"old.daybook": 0} | promised)
        if fault:
            faults.append(f"at {moment}: {fault}")
        for name, number in promised.items():
            seen.setdefault(name, set()).add(number)
    assert faults == []
    # The cuts were everywhere: in the work on every book, and in most of its steps.
    assert set(seen) == {name for name, _ in states}
    assert len(seen["live.daybook"]) > 15
    assert examiner.opened > 300


def test_the_simulation_finds_what_an_unsynced_disk_loses(recorded, tmp_path):
    """Without the syncs of the log, promises break: the simulator would see it."""
    _, base, events, states = recorded
    forgetful = [one for one in events if not (one[0] == "sync" and one[1].endswith("-wal"))]
    faults = 0
    examiner = Examiner(tmp_path, states)
    for _, files, promised in outages(base, forgetful, 40, seed=7):
        faults += bool(examiner.fault_of(files, promised))
    assert faults >= 5


def test_a_disk_after_an_outage_holds_what_was_synced():
    disk = Disk({"a": b"old"})
    disk.happens(("write", "a", 0, b"new"))
    disk.happens(("sync", "a"))
    disk.happens(("write", "a", 3, b"!"))
    disk.happens(("write", "b", 0, b"never synced"))
    states = [disk.outage(random.Random(seed)) for seed in range(50)]
    assert {one["a"] for one in states} == {b"new", b"new!"}
    assert any("b" not in one for one in states)
    disk.happens(("rename", "a", "c"))
    disk.happens(("sync folder",))
    assert all("c" in disk.outage(random.Random(seed)) for seed in range(50))


def test_the_recorded_day_goes_through_every_way_of_writing(recorded):
    _, _, events, states = recorded
    assert {one[0] for one in events} >= {"create", "write", "sync", "rename", "delete"}
    assert len(states) > 25
    assert sum(one[0] == "sync" for one in events) > 45
    assert opening.SCHEMA_VERSION > 1
