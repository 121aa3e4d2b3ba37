"""A book of every released schema opens for ever and shows the same records."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import checking, dialects, opening
from models.book import Book
from models.journal import capture, tables
from models.migrations import upgrade
from models.refusals import BookUnavailable, Refused

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FROZEN = sorted(HERE.glob("schema_*.daybook.gz"))
dump = runpy.run_path(str(HERE / "freeze.py"))["dump"]


def thawed(version: int, folder: Path) -> Path:
    """A frozen book, laid into a folder."""
    book = folder / "旧账 %.daybook"
    book.write_bytes(gzip.decompress((HERE / f"schema_{version}.daybook.gz").read_bytes()))
    return book


def shown(version: int) -> dict:
    return json.loads((HERE / f"schema_{version}.json").read_text(encoding="utf-8"))


def same_records(now: dict, then: dict) -> None:
    """Fields may have come since; what was shown then is shown now."""
    now = json.loads(json.dumps(now))
    for kind, records in then.items():
        if kind == "history":
            assert now[kind] == records
            continue
        assert now[kind].keys() == records.keys(), kind
        for id, values in records.items():
            assert {name: now[kind][id].get(name) for name in values} == values


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def steps_that(folder: Path, body: str, version: int) -> Path:
    """A folder of revisions with one step after today's schema."""
    versions = folder / "steps" / "versions"
    versions.mkdir(parents=True)
    (versions / "r_first.py").write_text(
        f'from __future__ import annotations\n\nrevision = "{version - 1:04d}"\ndown_revision = None\n',
        encoding="utf-8",
    )
    (versions / "r_next.py").write_text(
        "from __future__ import annotations\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "{version:04d}"\ndown_revision = "{version - 1:04d}"\n\n\n'
        f"def upgrade():\n{body}",
        encoding="utf-8",
    )
    return versions.parent


def test_there_is_a_frozen_book_of_every_schema():
    versions = {int(one.name.split("_")[1].split(".")[0]) for one in FROZEN}
    assert versions == set(range(1, opening.SCHEMA_VERSION + 1))
    assert all(one.stat().st_size < 200_000 for one in FROZEN)


def test_what_is_described_is_what_the_frozen_book_of_this_schema_holds(tmp_path):
    connection = dialects.connect(thawed(opening.SCHEMA_VERSION, tmp_path))
    described = tables.columns_of(opening.described(connection, "CNY", gone=True))
    held = {
        name: {row[0] for row in connection.run("SELECT name FROM pragma_table_info(?)", (name,))}
        for name in described
    }
    connection.driver.close()
    assert held == described, (
        "the descriptions changed: raise SCHEMA_VERSION, add a step and freeze a book "
        "(models/migrations/__init__.py); before that schema is released, freezing again will do"
    )


def undo_unless_sealed(book, change):
    """Take a change back; what both signed and what it rests on stands, and says so."""
    with book.reading() as db:
        sealed = db.one("SELECT count(*) FROM sealed_copy")
    if not sealed:
        book.undo(change)
        return
    with contextlib.suppress(Refused):
        book.undo(change)


@pytest.mark.parametrize("version", range(1, opening.SCHEMA_VERSION + 1))
def test_a_frozen_book_opens_and_shows_the_same_records(version, tmp_path):
    place = thawed(version, tmp_path)
    with Book.open(place) as book:
        assert [one for one in checking.check(book) if one.bad] == []
        same_records(dump(book), shown(version))
        assert book.connection().one("PRAGMA user_version") == opening.SCHEMA_VERSION
        # It is a living book: the journal writes, undo works, old changes can be taken back.
        row = book.ids("customer")[0]
        book.set("customer", row, {"name": "改了"})
        book.undo()
        for change in book.history(1000):
            if change.kind == "edit" and not change.undone:
                undo_unless_sealed(book, change.no)
        assert list(book.ids("customer")) == []
        assert [one for one in checking.check(book) if one.bad] == []
        kept = book.migrated_from
    if version < opening.SCHEMA_VERSION:
        # The backup beside it is the book as it was, byte for byte what a copy of it is.
        assert kept is not None
        assert opening.inspect(kept) == version
        with Book.open(kept) as book:
            same_records(dump(book), shown(version))
    else:
        assert kept is None


def test_an_upgraded_book_is_built_like_a_new_one(tmp_path):
    def built(db):
        return {
            name: {row[1] for row in db.run("SELECT * FROM pragma_table_info(?)", (name,))}
            for (name,) in db.run("SELECT name FROM sqlite_master WHERE type = 'table'")
        } | dict(db.run("SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"))

    with Book.open(thawed(1, tmp_path)) as old, Book.create(tmp_path / "new.daybook") as new:
        for entity in old.schema:  # the columns that its users added
            for field in entity.fields:
                if field.custom:
                    with new.change("Own column") as change:
                        choices = "|".join(one.label for one in field.choices)
                        change.add_field(entity.id, field.label, field.kind, choices)
        assert built(old.connection()) == built(new.connection())


def test_opening_a_current_book_imports_no_migration_library(tmp_path):
    Book.create(tmp_path / "a.daybook").close()
    code = (
        "import sys; from models.book import Book; Book.open(sys.argv[1]).close();"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'alembic', 'models.migrations')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.daybook")], cwd=ROOT, timeout=60
    )
    assert done.returncode == 0


def test_a_rebuilt_table_has_its_triggers_again(tmp_path):
    place = thawed(1, tmp_path)
    with Book.open(place) as book:
        before = dump(book)
    body = (
        '    with op.batch_alter_table("customer", recreate="always") as table:\n'
        '        table.add_column(sa.Column("mood", sa.Text()))\n'
        '    op.execute("UPDATE customer SET mood = name")\n'
    )
    target = opening.SCHEMA_VERSION + 1
    upgrade.run(place, target, steps_that(tmp_path, body, target))
    connection = dialects.connect(place)
    assert connection.one("PRAGMA user_version") == target
    assert connection.one("SELECT count(*) FROM customer WHERE mood IS NOT name") == 0
    assert connection.one("SELECT count(*) FROM customer WHERE mood = '上海浦江有限公司'") == 1
    there = {
        name for (name,) in connection.run("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    schema = opening.described(connection, "CNY", gone=True)
    assert there == set(capture.wanted(schema.entities))
    connection.run(f"PRAGMA user_version={opening.SCHEMA_VERSION}")
    connection.driver.close()
    with Book.open(place) as book:
        same_records(dump(book), json.loads(json.dumps(before)))
        assert [one for one in checking.check(book) if one.bad] == []


@pytest.mark.parametrize(
    "body",
    [
        '    op.execute("UPDATE customer SET name = \'x\'")\n    raise RuntimeError("the step is wrong")\n',
        '    op.execute("DROP TABLE customer")\n    op.execute("SELECT nonsense")\n',
        '    op.execute("DELETE FROM edit WHERE id > 3")\n',
        '    op.drop_column("customer", "name")\n    op.execute("DROP TABLE custom_field")\n',
    ],
    ids=["raises", "wrong SQL", "loses the journal", "loses a table"],
)
def test_a_failed_upgrade_leaves_the_book_unchanged(body, tmp_path, monkeypatch):
    place = thawed(1, tmp_path)
    Book.open(place).close()
    for old in tmp_path.glob("*.format1.*"):
        old.unlink()
    with Book.open(place) as book:
        before = dump(book)
    was = digest(place)
    target = opening.SCHEMA_VERSION + 1
    steps = steps_that(tmp_path, body, target)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", target)
    monkeypatch.setattr(upgrade, "run", lambda path, to, run=upgrade.run: run(path, to, steps))
    with pytest.raises(BookUnavailable) as refused:
        Book.open(place)
    assert refused.value.code == "upgrade_failed"
    assert f"from format {target - 1} to {target}" in str(refused.value)
    assert digest(place) == was
    assert sorted(one.name for one in tmp_path.iterdir()) == ["steps", place.name]
    monkeypatch.undo()
    with Book.open(place) as book:
        assert dump(book) == before


def test_a_book_of_a_newer_program_is_refused_with_both_versions(tmp_path):
    place = thawed(1, tmp_path)
    Book.open(place).close()
    connection = dialects.connect(place, journal="DELETE")
    connection.run("PRAGMA user_version=97")
    connection.driver.close()
    was = digest(place)
    with pytest.raises(BookUnavailable) as refused:
        Book.open(place)
    assert refused.value.code == "newer_book"
    assert "97" in str(refused.value)
    assert str(opening.SCHEMA_VERSION) in str(refused.value)
    assert digest(place) == was
    assert not place.with_name(place.name + "-lock").exists()


def test_a_newer_book_whose_log_is_not_yet_in_the_file_is_refused(tmp_path):
    place = thawed(1, tmp_path)
    Book.open(place).close()
    # A program that was killed after its commit: the file's header still says the old version.
    code = (
        "import os, sys; from pathlib import Path; from models import dialects;"
        "c = dialects.connect(Path(sys.argv[1])); c.run('PRAGMA wal_autocheckpoint=0');"
        "c.run('PRAGMA user_version=97'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(place)], cwd=ROOT, timeout=60)
    assert opening.header(place) == opening.SCHEMA_VERSION
    with pytest.raises(BookUnavailable) as refused:
        Book.open(place)
    assert refused.value.code == "newer_book"


def test_an_older_book_that_another_program_has_open_is_not_upgraded_under_it(tmp_path):
    place = thawed(1, tmp_path)
    was = digest(place)
    # A program that lives: the note names its process.
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock = opening.Lock(place)
    try:
        holder = {"host": opening.Holder.me().host, "user": "li", "since": "2026-01-01T09:00:00"}
        lock.path.write_text(json.dumps([holder | {"process": other.pid}]), encoding="utf-8")
        with pytest.raises(BookUnavailable) as refused:
            Book.open(place)
    finally:
        other.communicate(b"\n")
    assert refused.value.code == "open_here"
    assert digest(place) == was
    Book.open(place).close()  # it has ended: its note is cleared


def test_two_programs_that_open_an_older_book_at_once_upgrade_it_once(tmp_path):
    place = thawed(1, tmp_path)
    code = (
        "import sys; from models.book import Book; from models.refusals import Refused\n"
        "try:\n    Book.open(sys.argv[1]).close()\n"
        "except Refused as refused:\n    sys.exit(0 if refused.code == 'open_here' else 1)\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(place)], cwd=ROOT) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    with Book.open(place) as book:
        same_records(dump(book), shown(1))
        assert [one for one in checking.check(book) if one.bad] == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX")
def test_an_upgrade_killed_at_any_moment_leaves_the_old_book_or_the_new_one(tmp_path):
    """40 kills, spread over one upgrade; every one opens afterwards and shows the same."""
    source = thawed(1, tmp_path)
    was = source.read_bytes()
    source.unlink()
    # Everything is imported before the fork, so that the kills fall into the work itself.
    code = """
import os, sys, time
from pathlib import Path
import sqlalchemy, alembic.migration, alembic.operations, alembic.script
from sqlcipher3 import dbapi2
from models.book import Book
from models.journal import tables
from models.migrations import upgrade
for line in sys.stdin:
    delay, place = line.rstrip("\\n").split(" ", 1)
    child = os.fork()
    if child == 0:
        started = time.monotonic()
        Book.open(place).close()
        # In one step: a kill between a number and its line's end would join it to the next line.
        os.write(1, f"{time.monotonic() - started}\\n".encode())
        os._exit(0)
    if float(delay) >= 0:
        time.sleep(float(delay))
        os.kill(child, 9)
    os.waitpid(child, 0)
    print("done", flush=True)
"""
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    def carry_out(delay: float, place: Path) -> float | None:
        place.write_bytes(was)
        worker.stdin.write(f"{delay} {place}\n")
        worker.stdin.flush()
        took = None
        while (line := worker.stdout.readline().strip()) != "done":
            assert line
            took = float(line)
        return took

    try:
        whole = max(carry_out(-1, tmp_path / f"whole{n}.daybook") for n in range(3))
        outcomes = set()
        delays = [whole * 1.1 * number / 40 for number in range(40)]
        # On a busy machine an upgrade takes longer than those that were timed: kill later, too.
        delays += [whole * 2**more for more in range(1, 7)]
        for number, delay in enumerate(delays):
            if number >= 40 and opening.SCHEMA_VERSION in outcomes:
                break
            place = tmp_path / f"killed{number}.daybook"
            carry_out(delay, place)
            found = opening.header(place)
            outcomes.add(found)
            begun = time.monotonic()
            with Book.open(place) as book:
                assert time.monotonic() - begun < 4 + 3 * whole  # it waits for no dead program
                if number % 4 == 0:
                    same_records(dump(book), shown(1))
                assert [one for one in checking.check(book) if one.bad] == []
    finally:
        worker.stdin.close()
        worker.stdout.close()
        worker.wait(30)
    assert worker.returncode == 0
    assert outcomes == {1, opening.SCHEMA_VERSION}
