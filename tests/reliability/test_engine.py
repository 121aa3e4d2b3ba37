"""The engine under a book is the one that keeps its promises, and this is asserted, not hoped."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from models import checking, dialects
from models.book import Book
from models.refusals import BookUnavailable


def test_an_engine_that_can_lose_commits_is_refused():
    with pytest.raises(BookUnavailable) as refused:
        dialects.assert_engine((3, 51, 2))
    assert refused.value.code == "old_engine"
    assert "3.51.2" in str(refused.value)
    assert "3.51.3" in str(refused.value)
    dialects.assert_engine((3, 51, 3))


def test_every_connection_of_a_book_has_the_settings(tmp_path):
    with Book.create(tmp_path / "a.daybook") as book:
        db = book.connection()
        assert tuple(map(int, db.one("SELECT sqlite_version()").split("."))) >= (3, 51, 3)
        assert db.one("PRAGMA synchronous") == 2
        assert db.one("PRAGMA secure_delete") == 1
        assert db.one("PRAGMA trusted_schema") == 0
        assert db.one("PRAGMA cell_size_check") == 1
        assert db.one("PRAGMA journal_mode") == "wal"
        assert db.one("PRAGMA fullfsync") == 1
        assert db.one("PRAGMA checkpoint_fullfsync") == 1
        assert db.one("PRAGMA application_id") == dialects.APPLICATION_ID


@pytest.mark.parametrize(("name", "value"), [("synchronous", 1), ("secure_delete", 0)])
def test_a_setting_that_does_not_hold_is_refused_at_the_start_and_found_by_check(
    tmp_path, name, value
):
    with Book.create(tmp_path / "a.daybook") as book:
        assert not [one for one in checking.check(book) if one.bad]
        book.connection().run(f"PRAGMA {name}={value}")
        assert [one.found for one in checking.check(book) if one.bad] == [name]
        with pytest.raises(BookUnavailable) as refused:
            dialects.assert_settings(book.connection())
        assert refused.value.code == "engine_settings"
        assert name in str(refused.value)


def test_a_deleted_name_does_not_stay_in_the_file(tmp_path):
    place = tmp_path / "a.daybook"
    with Book.create(place) as book:
        db = book.connection()
        with dialects.writing(db):
            db.run("INSERT INTO mapping_memory VALUES ('柳暗花明又一村', 'customer', '{}')")
        with dialects.writing(db):
            db.run("DELETE FROM mapping_memory")
        db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "柳暗花明又一村".encode() not in place.read_bytes()


def test_the_window_library_is_the_pinned_one():
    # 6.12.0 loses a reference at every void call on Python 3.11 and ends the process.
    assert (6, 11, 3) <= tuple(map(int, version("pyside6-essentials").split("."))) < (6, 12)


def test_books_and_the_standard_librarys_engine_never_meet():
    # Two builds of SQLite in one process release each other's locks.
    import subprocess
    import sys
    from pathlib import Path

    code = (
        "import sys; import desktop.command_line, models.book, models.checking;"
        "from sqlcipher3 import dbapi2; sys.exit('sqlite3' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60)
    assert done.returncode == 0
