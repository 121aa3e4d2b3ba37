"""Hostile, damaged and disguised files: refused in words or read, and nothing else is touched."""

from __future__ import annotations

import contextlib
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.__main__ import main
from models import texts
from models.book import Book
from models.progress import Cancelled, Progress
from models.refusals import Refused
from models.sheets import importing, reading
from models.sheets.gates import Limits
from models.sheets.report import Options

HERE = Path(__file__).parent
files = SimpleNamespace(**runpy.run_path(str(HERE / "hostile_files.py")))
GROWTH = 50  # MB that the program may need for any file
CHILD = 300  # MB that the process that opens it may
SECONDS = 20.0
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and pipes as Linux has them")


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files, of this test alone."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def place(tmp_path):
    """A book with something in it, closed."""
    made = tmp_path / "team.daybook"
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "原有公司", "code": "Z9"})
    return made


def dump(book: Book) -> dict[str, list]:
    """All records of a book, removed ones too, and its whole history."""
    made: dict[str, list] = {
        one.id: [
            (row, book.record(one.id, row))
            for gone in (False, True)
            for row in book.ids(one.id, deleted=gone)
        ]
        for one in book.schema
    }
    made["history"] = [(one.no, one.kind, one.undone) for one in book.history(1000)]
    return made


def highest(process: str) -> int:
    """The most megabytes that a process held, since it was last told to count anew."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) // 1024


def children() -> set[str]:
    found = Path("/proc/self/task").glob("*/children")
    return {one for task in found for one in task.read_text(encoding="utf-8").split()}


class Children(threading.Thread):
    """Looks at the processes that open files, as long as they live.

    What the system says of ended children would not do: a child counts as large as this process,
    whatever ran in it before, until it has begun its own program.
    """

    def __init__(self) -> None:
        super().__init__(name="children", daemon=True)
        self.most = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.005):
            for one in children():
                with contextlib.suppress(OSError, TypeError):  # it has ended meanwhile
                    command = Path(f"/proc/{one}/cmdline").read_bytes()
                    if b"models.sheets.child" in command:
                        self.most = max(self.most, highest(one))

    def end(self) -> None:
        self._ended.set()
        self.join()


class Watched:
    """What a hostile file must not do to the program, whatever becomes of it."""

    def __init__(self, temporary: Path) -> None:
        self._temporary = temporary
        self.seen = Children()

    def __enter__(self) -> Watched:
        if sys.platform == "linux":
            self._children = children()
            with contextlib.suppress(OSError):  # else the highest so far counts
                Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
            self._before = highest("self")
            self.seen.start()
        self._begun = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        took = time.monotonic() - self._begun
        if sys.platform == "linux":
            self.seen.end()
            assert self.seen.most < CHILD
            assert highest("self") - self._before < GROWTH
            assert children() <= self._children
        assert took < SECONDS
        assert list(self._temporary.iterdir()) == []


def refusal(place: Path, file: Path, progress: Progress | None = None) -> Refused:
    """The refusal of an import into a book, which is the same afterwards."""
    with Book.open(place) as book:
        before = dump(book)
        with pytest.raises(Refused) as refused:
            importing.prepare(book, [file], Options(), progress or Progress())
        assert dump(book) == before
    return refused.value


def check_words(found: Refused, name: str) -> None:
    """Both languages name the file, say the reason whole and in their own words."""
    said = {}
    for language in ("en", "zh_CN"):
        texts.set_language(language)
        said[language] = str(found)
        assert name in said[language]
        assert not re.search(r"[{}]|Error|Exception|Traceback", said[language])
    assert re.search("[\u4e00-\u9fff]", said["zh_CN"].replace(name, ""))
    assert not re.search("[\u4e00-\u9fff]", said["en"].replace(name, ""))


def command(place: Path, file: Path, capfd, monkeypatch, language: str, *more: str):
    monkeypatch.setenv("DAYBOOK_LANG", language)
    capfd.readouterr()
    status = main(["import", str(place), str(file), *more])
    return status, *capfd.readouterr()


def check_command(place: Path, file: Path, capfd, monkeypatch, codes: list[str]) -> None:
    """The verb refuses with status 1, in the language asked for, and writes nothing."""
    before = place.read_bytes()
    status, out, err = command(place, file, capfd, monkeypatch, "zh_CN", "--json")
    assert status == 1
    error = json.loads(out)["error"]
    assert error["code"] in codes
    assert Path(error["file"]).name == file.name
    assert re.search("[\u4e00-\u9fff]", error["message"])
    assert "Traceback" not in err
    assert place.read_bytes() == before


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_file_that_cannot_be_a_sheet_is_refused_in_words_and_harms_nothing(
    place, tmp_path, temporary, capfd, monkeypatch, name
):
    codes, make = files.REFUSED[name]
    file = make(tmp_path / name)
    content = file.stat().st_size
    with Watched(temporary):
        found = refusal(place, file)
    assert found.code in codes.split()
    check_words(found, name)
    with Watched(temporary):
        check_command(place, file, capfd, monkeypatch, codes.split())
    assert file.stat().st_size == content


@pytest.mark.parametrize("name", files.READ)
def test_a_file_that_only_looks_wrong_is_read_row_by_row(
    place, tmp_path, temporary, capfd, monkeypatch, name
):
    file = files.READ[name](tmp_path / name)
    with Book.open(place) as book:
        before = dump(book)
        with Watched(temporary):
            proposal = importing.prepare(book, [file], Options(entity="customer"))
            try:
                change = importing.apply(proposal)
            finally:
                proposal.close()
        found = {
            tuple(row) for row in book.rows("customer", book.ids("customer"), ["name", "code"])
        }
        assert found >= {tuple(row) for row in files.ROWS}
        book.undo(change)
        after = dump(book)
        after["history"] = before["history"]
        assert after == before
    with Watched(temporary):
        status, out, err = command(
            place, file, capfd, monkeypatch, "en", "--as", "customer", "--dry-run", "--json"
        )
    assert status == 0, err
    assert json.loads(out)["tables"][0]["added"] >= 2


def test_a_corner_cell_keeps_the_number_of_its_row(tmp_path):
    file = files.READ["corner.xlsx"](tmp_path / "corner.xlsx")
    with reading.read(file) as source:
        assert [(one.rows, one.width) for one in source.sheets] == [(1_048_576, 16_384)]
        [(first, rows)] = source.blocks(0, 1_048_575)
        assert (first, rows[0][-1]) == (1_048_575, 1)


@linux
def test_the_watch_sees_how_much_the_process_that_reads_takes(place, tmp_path, temporary):
    rows = [["客户名称", "年营业额"], *([f"公司{at}", at] for at in range(60_000))]
    file = files.workbook(tmp_path / "long.xlsx", rows)
    with Watched(temporary) as watched:
        reading.read(file).close()
    assert 20 < watched.seen.most < 300


def test_more_cells_than_the_limit_are_refused_in_every_format(tmp_path):
    rows = [[f"公司{at}", at] for at in range(3000)]
    (tmp_path / "a.xls").write_bytes(files.xls(rows))
    (tmp_path / "a.csv").write_text("\n".join(f"{a},{b}" for a, b in rows), encoding="utf-8")
    for file in (files.workbook(tmp_path / "a.xlsx", rows), tmp_path / "a.xls", tmp_path / "a.csv"):
        with pytest.raises(Refused) as refused:
            reading.read(file, limits=Limits(cells=5999))
        assert refused.value.code == "too_many_cells"
        reading.read(file, limits=Limits(cells=6000)).close()


# -- what is no file, or not for long ------------------------------------------------------------


@linux
def test_what_is_no_file_is_refused_and_never_waited_for(
    place, tmp_path, temporary, capfd, monkeypatch
):
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "circle.xlsx").symlink_to(tmp_path / "circle.xlsx")
    (tmp_path / "nowhere.xlsx").symlink_to(tmp_path / "nothing.xlsx")
    for file, code in {
        tmp_path / "folder.xlsx": "folder",
        tmp_path / "pipe.xlsx": "not_a_file",
        Path("/dev/zero"): "not_a_file",
        tmp_path / "circle.xlsx": "unreadable",
        tmp_path / "nowhere.xlsx": "no_such_file",
        tmp_path / "missing.xlsx": "no_such_file",
        tmp_path / "missing" / "a.xlsx": "no_such_file",
    }.items():
        with Watched(temporary):
            found = refusal(place, file)
            assert found.code == code, file
            check_words(found, file.name)
            check_command(place, file, capfd, monkeypatch, [code, "no_such_file"])


def test_a_file_that_goes_away_before_it_is_read_is_refused(place, tmp_path, temporary):
    file = files.workbook(tmp_path / "away.xlsx", [["公司", 1]])

    def go(fraction: float, text: str) -> None:
        if text:
            file.unlink(missing_ok=True)

    with Watched(temporary):
        found = refusal(place, file, Progress(go))
    assert found.code == "no_such_file"
    check_words(found, file.name)


def test_a_file_that_goes_away_while_it_is_read_is_refused_or_read_whole(
    place, tmp_path, temporary
):
    rows = [["客户名称", "年营业额"], *([f"公司{at}", at] for at in range(60_000))]
    file = files.workbook(tmp_path / "away.xlsx", rows)

    def go(fraction: float, text: str) -> None:
        if text and fraction > 0:
            file.unlink(missing_ok=True)

    read, found = 0, None
    with Watched(temporary), Book.open(place) as book:
        try:
            proposal = importing.prepare(book, [file], Options(), Progress(go))
            read = proposal.reports[0].added
            proposal.close()
        except Refused as refused:
            found = refused
    assert not file.exists()
    if found is None:  # who has it open reads on to its end
        assert read == 60_000
    else:
        assert found.code == "no_such_file"
        check_words(found, file.name)


def test_an_import_that_is_cancelled_leaves_nothing(place, tmp_path, temporary):
    file = files.workbook(tmp_path / "long.xlsx", [[f"公司{at}", at] for at in range(60_000)])
    progress = Progress(lambda fraction, _: progress.cancel() if fraction > 0 else None)
    with Watched(temporary), Book.open(place) as book:
        before = dump(book)
        with pytest.raises(Cancelled):
            importing.prepare(book, [file], Options(), progress)
        assert dump(book) == before


@linux
def test_a_file_that_one_may_not_read_is_refused(place, tmp_path, temporary):
    """In a process of its own that gives up the administrator's rights."""
    file = files.workbook(tmp_path / "secret.xlsx")
    file.chmod(0)
    code = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "desktop", *sys.argv[1:]])
"""
    before = place.read_bytes()
    for language, words in (("en", "no right to read"), ("zh_CN", "没有读取该文件的权限")):
        done = subprocess.run(
            [sys.executable, "-c", code, "import", place, file],
            cwd=HERE.parents[1],
            env={**os.environ, "DAYBOOK_LANG": language, "TMPDIR": str(temporary)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        if done.returncode == 0:
            pytest.skip("this user may read everything")
        assert done.returncode == 1, done.stderr
        assert words in done.stderr
        assert "secret.xlsx" in done.stderr
        assert "Traceback" not in done.stderr
    assert place.read_bytes() == before
    assert list(temporary.iterdir()) == []
