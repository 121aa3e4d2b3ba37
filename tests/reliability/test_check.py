"""Every kind of damage that ``daybook check`` promises to find is found; a sound book is called sound."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.__main__ import main
from models import checking
from models.book import Book


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A book with additions, edits, an undo, a removal and a column of its own."""
    place = tmp_path_factory.mktemp("sound") / "账.daybook"
    with Book.create(place) as book:
        with book.change("Add") as change:
            person = change.add("salesperson", {"name": "王强"})
            for number in range(300):
                change.add("customer", {"name": f"公司{number}", "code": f"C{number}"})
            change.set("customer", 1, {"owner": person})
        with book.change("Edit") as change:
            change.set("customer", 2, {"name": "改名", "phone": "0571-88888888"})
            change.add_field("customer", "颜色", "text")
        book.set("customer", 3, {"name": "又改"})
        book.undo()
        with book.change("Remove") as change:
            change.remove("customer", [9])
    return place


Harm = Callable[[Path], None]


def sql(*statements: str) -> Harm:
    def how(place: Path) -> None:
        db = dbapi2.connect(str(place), isolation_level=None)
        for one in statements:
            db.execute(one)
        db.close()

    return how


def beside(*statements: str) -> Harm:
    """Past the journal: its triggers are away while this is done, and back afterwards."""

    def how(place: Path) -> None:
        db = dbapi2.connect(str(place))
        there = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.close()
        sql(*[f'DROP TRIGGER "{name}"' for name, _ in there])(place)
        sql(*statements, *[statement for _, statement in there])(place)

    return how


def overwritten(place: Path) -> None:
    """One page of an index becomes zeros behind its header."""
    db = dbapi2.connect(str(place))
    [(page,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer_code'")
    [(size,)] = db.execute("PRAGMA page_size")
    db.close()
    content = bytearray(place.read_bytes())
    content[(page - 1) * size + 60 : page * size] = bytes(size - 60)
    place.write_bytes(content)


# What is done: the check that finds it, a word that it says, how it is done.
CASES = (
    ("a page of an index is overwritten", "File integrity", "page", overwritten),
    (
        "a trigger is gone",
        "Journal triggers",
        "journal_customer_add",
        sql("DROP TRIGGER journal_customer_add"),
    ),
    (
        "a trigger does nothing",
        "Journal triggers",
        "journal_customer_set_name",
        sql(
            "DROP TRIGGER journal_customer_set_name",
            "CREATE TRIGGER journal_customer_set_name AFTER UPDATE OF name ON customer BEGIN SELECT 1; END",
        ),
    ),
    (
        "a foreign trigger",
        "Journal triggers",
        'odd "name',
        sql('CREATE TRIGGER "odd ""name" AFTER INSERT ON customer BEGIN SELECT 1; END'),
    ),
    (
        "a foreign view",
        "What another program added",
        "seen",
        sql("CREATE VIEW seen AS SELECT name FROM customer"),
    ),
    (
        "a foreign table",
        "What another program added",
        "notes",
        sql("CREATE TABLE notes (a)", "INSERT INTO notes VALUES (1)"),
    ),
    ("a change was left half", "Half-done changes", "3", sql("UPDATE door SET change = 3")),
    (
        "an edit that no change made",
        "Edits outside a change",
        "1",
        sql("INSERT INTO edit VALUES (99999, 77, 2, 1, 'name', 'a', 'b')"),
    ),
    ("a change is gone", "Edits outside a change", "", sql("DELETE FROM change WHERE id = 2")),
    ("an old edit is gone", "Edits that are missing", "1", sql("DELETE FROM edit WHERE id = 5")),
    (
        "the last edit is gone",
        "Edits that are missing",
        "1",
        sql("DELETE FROM edit WHERE id = (SELECT max(id) FROM edit)"),
    ),
    (
        "a cell was written past the journal",
        "Links and journal",
        "customer.name: 1",
        beside("UPDATE customer SET name = '假' WHERE id = 2"),
    ),
    (
        "a link to nobody",
        "Links and journal",
        "customer.owner: 1",
        beside("UPDATE customer SET owner = 999 WHERE id = 2"),
    ),
    (
        "a record was added past the journal",
        "Links and journal",
        "customer: 1",
        beside("INSERT INTO customer (alive, name) VALUES (1, '假')"),
    ),
    (
        "a record was deleted",
        "Links and journal",
        "customer: 1",
        beside("DELETE FROM customer WHERE id = 7"),
    ),
    (
        "a record was brought back past the journal",
        "Links and journal",
        "customer.alive: 1",
        beside("UPDATE customer SET alive = 1 WHERE id = 9"),
    ),
    (
        "a record that search has not seen",
        "Search index",
        "1",
        sql("INSERT INTO search_stale VALUES (2, 1)"),
    ),
    (
        "a record that search does not know",
        "Search index",
        "1",
        sql("DELETE FROM search WHERE rowid = (SELECT max(id) FROM search_docsize)"),
    ),
    (
        "a record that search only knows",
        "Search index",
        "1",
        sql("INSERT INTO search (rowid, body) VALUES (99999999, 'x')"),
    ),
)
HARMS = {what: (name, word, how) for what, name, word, how in CASES}


@pytest.fixture
def place(sound, tmp_path):
    made = tmp_path / sound.name
    shutil.copyfile(sound, made)
    return made


def test_a_sound_book_is_called_sound(place, capsys):
    assert main(["check", str(place), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert {one["check"] for one in told["checks"]} >= {name for name, _, _ in HARMS.values()} - {
        "Links and journal"  # said only of what is wrong
    }


@pytest.mark.parametrize("what", HARMS)
def test_damage_is_found_and_named_in_both_languages(place, capsys, monkeypatch, what):
    name, word, how = HARMS[what]
    how(place)
    before = place.read_bytes()
    assert main(["check", str(place), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    bad = {one["check"]: one["found"] for one in told["checks"] if not one["ok"]}
    assert word in bad[name]
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    assert main(["check", str(place)]) == 1
    out, err = capsys.readouterr()
    marked = [line for line in out.splitlines() if line.startswith("×")]
    assert marked
    assert all(re.search("[\u4e00-\u9fff]", line) for line in marked)
    assert "Traceback" not in err
    assert place.read_bytes() == before  # it only looks


@pytest.mark.parametrize(
    ("statement", "code", "part"),
    [
        ("DROP TABLE customer", "incomplete", "customer"),
        ("ALTER TABLE customer DROP COLUMN phone", "incomplete", "customer.phone"),
        ("ALTER TABLE customer DROP COLUMN x_颜色", "incomplete", "customer.x_颜色"),
        ("DROP TABLE search_stale", "incomplete", "search_stale"),
        ("DROP TABLE book_info", "incomplete", "book_info"),
        ("DELETE FROM book_info", "not_a_book", ""),
    ],
)
@pytest.mark.parametrize("verb", ["check", "list", "add"])
def test_a_book_that_lacks_a_part_is_refused_in_words(place, capsys, statement, code, part, verb):
    db = dbapi2.connect(str(place))
    there = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    db.close()
    sql(*[f'DROP TRIGGER "{name}"' for (name,) in there], statement)(place)
    more = {"list": ["customer"], "add": ["customer", "name=x"]}.get(verb, [])
    assert main([verb, str(place), *more, "--json"]) == 1
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert error["code"] == code
    assert part in error["message"]
    assert "Traceback" not in err
    assert not place.with_name(f"{place.name}-lock").exists()


def test_check_reads_only_and_may_run_while_another_writes(place):
    with Book.open(place) as book, Book.open(place) as other:
        with other.change("Under way") as change:
            change.set("customer", 1, {"name": "未完"})
            assert [one for one in checking.check(book) if one.bad] == []
        assert book.record("customer", 1)["name"] == "未完"
