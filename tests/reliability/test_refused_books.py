"""A book that can't be opened or written is refused in words, with status 1, and stays as it is."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from models import dialects, opening
from models.book import Book
from models.refusals import BookUnavailable

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="rights and limits as POSIX has them")


@pytest.fixture
def place(tmp_path):
    """A small book with one change, closed."""
    made = tmp_path / "books" / "账.daybook"
    made.parent.mkdir()
    with Book.create(made) as book, book.change("Begin") as change:
        change.add("customer", {"name": "甲公司"})
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("客户名称,电话\n乙公司,0571-8000001\n", encoding="utf-8")
    yield made
    made.parent.chmod(0o755)
    made.chmod(0o644)


def verbs(place: Path) -> list[list[str]]:
    """Every verb that opens a book, with what it needs."""
    book, sheet = str(place), str(place.parents[1] / "sheet.csv")
    return [
        ["list", book, "customer", "--json"],
        ["set", book, "customer", "CU-1", "name=x", "--json"],
        ["add", book, "customer", "name=x", "--json"],
        ["remove", book, "customer", "CU-1", "--json"],
        ["field", book, "customer", "x", "text", "--json"],
        ["import", book, sheet, "--json"],
        ["export", book, str(place.parents[1] / "out.csv"), "customer", "--json"],
        ["history", book, "--json"],
        ["undo", book, "--json"],
        ["redo", book, "--json"],
        ["search", book, "x", "--json"],
        ["measures", book, "--json"],
        ["measure", book, "won_amount", "--json"],
        ["check", book, "--json"],
    ]


def digest(place: Path) -> dict[str, str]:
    """Every file of the folder."""
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(place.parent.iterdir())
    }


def write_note(place: Path, **said: object) -> Path:
    lock = opening.Lock(place).path
    holder = {"host": "Wangs-PC", "user": "wang", "process": 4, "since": "2026-03-01T09:00:00"}
    lock.write_text(json.dumps([holder | said], ensure_ascii=False), encoding="utf-8")
    return lock


def refused_by_all(place: Path, capsys, code: str, *words: str) -> None:
    """Every verb gives status 1, the code, a message with these words, and touches no file."""
    before = digest(place)
    for one in verbs(place):
        assert main(one) == 1, one
        out, err = capsys.readouterr()
        error = json.loads(out)["error"]
        assert error["code"] == code, (one, error)
        for word in words:
            assert word in error["message"]
        assert error["message"] in err
        assert "Traceback" not in err
    assert digest(place) == before


def test_a_book_from_a_newer_version_is_refused_by_every_verb(place, capsys):
    connection = dialects.connect(place, journal="DELETE")
    connection.run("PRAGMA user_version=97")
    connection.driver.close()
    known = str(opening.SCHEMA_VERSION)
    refused_by_all(place, capsys, "newer_book", "format 97", known, "Update", place.name)


def test_a_book_open_on_another_computer_is_refused_by_every_verb(place, capsys):
    lock = write_note(place)
    refused_by_all(place, capsys, "open_elsewhere", "Wangs-PC", "wang", "2026-03-01", lock.name)


def test_the_note_of_another_computer_is_never_taken_away_however_old(place):
    lock = write_note(place, since="1999-01-01T00:00:00")
    was = lock.read_bytes()
    os.utime(lock, (0, 0))
    for _ in range(3):
        with pytest.raises(BookUnavailable):
            Book.open(place)
    assert lock.read_bytes() == was
    lock.unlink()  # what the message tells the person to do
    Book.open(place).close()
    assert not lock.exists()


def test_a_note_that_a_later_program_wrote_is_understood(place):
    write_note(place, heartbeat="2026-03-01T09:00:30", program="3.0")
    with pytest.raises(BookUnavailable) as refused:
        Book.open(place)
    assert refused.value.code == "open_elsewhere"


@pytest.mark.parametrize("text", ["{", "[1]", '[{"host": "x"}]', '{"a": 1}', "何だ"])
def test_a_note_that_cannot_be_read_is_explained_and_not_overwritten(place, capsys, text):
    lock = opening.Lock(place).path
    lock.write_text(text, encoding="utf-8")
    refused_by_all(place, capsys, "unreadable_lock", lock.name, "delete")
    assert lock.read_text(encoding="utf-8") == text


def test_the_empty_note_that_a_power_cut_leaves_is_no_obstacle(place):
    opening.Lock(place).path.write_bytes(b"\0" * 64)
    Book.open(place).close()


def test_the_note_of_a_program_that_ended_is_cleared_and_named(place):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(30)
    write_note(place, host=opening.Holder.me().host, process=gone.pid, user="li")
    with Book.open(place) as book:
        assert [(one.user, one.process) for one in book.lock.cleared] == [("li", gone.pid)]
        note = json.loads(book.lock.path.read_text(encoding="utf-8"))
        me = opening.Holder.me()
        assert [(one["host"], one["user"], one["process"]) for one in note] == [
            (me.host, me.user, os.getpid())
        ]
    assert not book.lock.path.exists()


def test_a_book_open_twice_in_one_program_keeps_its_note_until_the_last_closes(place):
    first, second = Book.open(place), Book.open(place)
    first.close()
    assert second.lock.path.exists()
    first.close()  # once more does nothing
    assert second.lock.path.exists()
    second.close()
    assert not second.lock.path.exists()


def _without_rights() -> None:
    """The administrator's right to pass over file rights ends here; others have none to lose."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def _small_files() -> None:
    """No file may grow beyond 12 kB: every write beyond fails as on a disk without room."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))


def command(arguments: list[str], before) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=before,
        timeout=60,
    )


def _rights_count() -> bool:
    """Whether a folder's rights can be made to count for the test's own user."""
    if os.name == "nt":
        return False
    code = "import os, sys; sys.exit(os.access(sys.argv[1], os.W_OK))"
    folder = Path(os.environ["HOME"]) / "not writable"
    folder.mkdir(mode=0o555, exist_ok=True)
    done = subprocess.run([sys.executable, "-c", code, folder], preexec_fn=_without_rights)
    folder.rmdir()
    return done.returncode == 0


@posix
@pytest.mark.parametrize("verb", ["list", "set", "import", "new", "backup", "restore"])
def test_a_read_only_folder_is_refused(place, verb):
    if not _rights_count():
        pytest.skip("this user may write everywhere")
    before = digest(place)
    outside = place.parents[1] / "copy.daybook"
    opening.backup(place, outside)
    place.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    inside = str(place.with_name("fresh.daybook"))
    arguments = {
        "new": ["new", inside],
        "backup": ["backup", str(outside), inside],
        "restore": ["restore", str(outside), inside],
    }.get(verb) or next(one for one in verbs(place) if one[0] == verb)
    done = command(arguments, _without_rights)
    assert done.returncode == 1, done.stderr
    assert "Nothing can be written in the folder" in done.stderr
    assert str(place.parent) in done.stderr
    assert "Traceback" not in done.stderr
    place.parent.chmod(0o755)
    assert digest(place) == before


@posix
def test_a_write_protected_book_is_refused(place):
    if not _rights_count():
        pytest.skip("this user may write everywhere")
    before = digest(place)
    place.chmod(0o444)
    done = command(["add", str(place), "customer", "name=x", "--json"], _without_rights)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "read_only"
    assert digest(place) == before


@posix
def test_a_backup_on_a_read_only_stick_can_be_restored(place):
    if not _rights_count():
        pytest.skip("this user may write everywhere")
    kept = place.with_name("backup.daybook")
    opening.backup(place, kept)
    before = digest(place)
    kept.chmod(0o444)
    place.parent.chmod(0o555)
    target = place.parents[1] / "restored.daybook"
    done = command(["restore", str(kept), str(target)], _without_rights)
    place.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert digest(place) == before
    with Book.open(target) as book:
        assert book.record("customer", book.ids("customer")[0])["name"] == "甲公司"


@posix
@pytest.mark.parametrize("verb", ["add", "import", "new", "backup"])
def test_a_disk_that_takes_no_more_is_refused(place, verb):
    before = digest(place)
    target = place.with_name("fresh.daybook")
    arguments = {
        "new": ["new", str(target)],
        "backup": ["backup", str(place), str(target)],
        "add": ["add", str(place), "customer", f"name={'长' * 9000}"],
        "import": next(one for one in verbs(place) if one[0] == "import"),
    }[verb]
    done = command(arguments, _small_files)
    assert done.returncode == 1, done.stderr
    assert "The disk is full" in done.stderr
    assert "Nothing was changed; make room" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()
    assert set(digest(place)) - set(before) <= {f"{place.name}-wal", f"{place.name}-shm"}
    with Book.open(place) as book:  # cured: nothing is lost, and it goes on
        assert [one.no for one in book.history()] == [1]
        with book.change("After") as change:
            change.add("customer", {"name": "后"})


@posix
@pytest.mark.parametrize("verb", ["add", "import", "backup", "list"])
def test_a_full_disk_is_refused(place, verb):
    """A real one: a file system of 700 kB in a name space of its own, filled to the last byte."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("no file system can be mounted")
    folder = place.parents[1] / "small"
    folder.mkdir()
    book = folder / place.name
    arguments = {"backup": ["backup", str(book), str(folder / "copy.daybook")]}.get(verb) or next(
        one for one in verbs(book) if one[0] == verb
    )
    if verb == "import":
        arguments[2] = str(place.parents[1] / "sheet.csv")
    script = """
mount -t tmpfs -o size=2000k tmpfs "$1" || exit 77
cp "$2" "$1/"
dd if=/dev/zero of="$1/filler" bs=1k 2>/dev/null
shift 2
"$@"
status=$?
folder=$(dirname "$5")
rm "$folder/filler"
"$1" -m desktop check "$5" >/dev/null || exit 78
"$1" -m desktop history "$5" --json >&2 || exit 79
"$1" -m desktop add "$5" customer name=after >/dev/null || exit 80
exit $status
"""
    done = subprocess.run(
        [
            "unshare",
            "-rm",
            "sh",
            "-c",
            script,
            "sh",
            folder,
            place,
            sys.executable,
            "-m",
            "desktop",
            *arguments,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no file system can be mounted")
    assert done.returncode == 1, done.stderr
    said, _, history = done.stderr.partition("[\n")
    assert "The disk is full" in said
    assert "Nothing was changed; make room" in said
    assert "Traceback" not in said
    assert history.count('"change"') == 1  # what was there, and nothing more


def test_what_is_no_book_is_refused(tmp_path, capsys):
    (tmp_path / "a.daybook").write_bytes(b"")
    (tmp_path / "b.daybook").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    (tmp_path / "c.daybook").mkdir()
    for name, code in {
        "a": "not_a_book",
        "b": "not_a_book",
        "c": "not_a_book",
        "d": "no_such_book",
    }.items():
        assert main(["list", str(tmp_path / f"{name}.daybook"), "customer", "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.daybook", "b.daybook", "c.daybook"]


@pytest.mark.parametrize("verb", ["list", "check", "add", "backup", "restore"])
def test_a_damaged_book_is_refused_in_words(place, capsys, verb):
    # The pages are gone, the header still says that it is a book of ours.
    content = bytearray(place.read_bytes())
    content[2000:] = bytes(len(content) - 2000)
    place.write_bytes(content)
    target = str(place.with_name("target.daybook"))
    arguments = {
        "backup": ["backup", str(place), target],
        "restore": ["restore", str(place), target],
    }.get(verb) or next(one for one in verbs(place) if one[0] == verb)
    assert main(arguments) == 1
    err = capsys.readouterr().err
    assert "damaged" in err
    assert "Traceback" not in err
    assert not Path(target).exists()
    assert not opening.Lock(place).path.exists()
