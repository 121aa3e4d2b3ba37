"""The command line's part in automatic backups: the list, and the backup before an import."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models import backups
from models.book import Book


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("DAYBOOK_HOME", str(tmp_path / "home"))

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path, call):
    made = tmp_path / "team.daybook"
    assert call("new", made)[0] == 0
    return made


def sheet(path, *names):
    path.write_text("\n".join(["客户名称", *names]), encoding="utf-8")
    return path


def listed(call, place):
    status, out, _ = call("backups", place, "--json")
    assert status == 0
    return json.loads(out)["backups"]


def bring(call, place, path):
    assert call("import", place, path, "--as", "customer")[0] == 0


def test_a_book_is_backed_up_before_an_import_unless_it_is_empty_or_that_was_just_now(
    call, place, tmp_path
):
    bring(call, place, sheet(tmp_path / "1.csv", "甲公司"))
    assert listed(call, place) == []
    bring(call, place, sheet(tmp_path / "2.csv", "乙公司"))
    assert [(one["change"], one["since"]) for one in listed(call, place)] == [(1, 1)]
    bring(call, place, sheet(tmp_path / "3.csv", "丙公司"))  # minutes after the last one
    assert [(one["change"], one["since"]) for one in listed(call, place)] == [(1, 2)]


def test_an_import_that_changes_nothing_or_only_shows_makes_no_backup(call, place, tmp_path):
    path = sheet(tmp_path / "1.csv", "甲公司")
    bring(call, place, path)
    assert call("import", place, path, "--as", "customer", "--dry-run")[0] == 0
    bring(call, place, path)
    assert listed(call, place) == []


def test_what_prevents_the_backup_is_said_and_the_import_goes_on(call, place, tmp_path):
    bring(call, place, sheet(tmp_path / "1.csv", "甲公司"))
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    status, _, err = call("import", place, sheet(tmp_path / "2.csv", "乙公司"), "--as", "customer")
    assert status == 0
    assert err.startswith("No backup was made before the import: ")
    with Book.open(place) as book:
        assert book.count("customer") == 2


def test_backups_are_listed_with_what_happened_since_also_of_a_lost_book(call, place, tmp_path):
    status, out, err = call("backups", place)
    assert (status, out, err) == (0, "There is no backup yet.\n", "")
    assert call("add", place, "customer", "name=甲公司")[0] == 0
    made = backups.make(place)
    assert "as the book is now" in call("backups", place)[1]
    assert call("add", place, "customer", "name=乙公司")[0] == 0
    status, out, err = call("backups", place)
    assert (status, err) == (0, "")
    assert "1 change since" in out
    assert str(made.path.parent) in out
    one = listed(call, place)[0]
    assert one == {
        "file": made.path.name,
        "moment": made.moment.isoformat(),
        "bytes": made.size,
        "change": 1,
        "digest": made.digest,
        "since": 1,
    }
    place.unlink()
    status, out, err = call("backups", place)
    assert status == 0
    assert made.path.name in out
    assert "There is no book" in err
    assert call("restore", made.path, place) == (0, "", "")
    assert listed(call, place)[0]["since"] == 0
    status, _, err = call("backups", tmp_path / "never.daybook")
    assert (status, err) == (1, f"There is no book at {tmp_path / 'never.daybook'}.\n")
