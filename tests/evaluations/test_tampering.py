"""Whatever is changed in sealed rows past the program is found by ``verify``.

``DAYBOOK_TAMPER=10000`` tries so many edits; the usual run a few hundred.
"""

from __future__ import annotations

import os
import sqlite3

import pytest

from models import checking
from models.book import Book
from models.evaluations import verifying
from tests.evaluations.sealed_book import PEOPLE
from tests.evaluations.tampering import Tamperer

TRIES = int(os.environ.get("DAYBOOK_TAMPER", "400"))


@pytest.fixture
def sealed(team):
    """Three seals, and somebody with the file."""
    for name in PEOPLE:
        team.seal(name)
    assert verifying.verify(team.book).ok
    made = Tamperer(team.book.path, 7)
    yield team, made
    made.close()


def codes(book):
    found = verifying.verify(book)
    return {each.code for one in found.seals for each in one.problems} | {
        one.code for one in found.problems
    }


def test_every_random_edit_of_sealed_rows_and_of_what_stands_beside_them_is_found(sealed):
    team, somebody = sealed
    missed, kinds = [], dict.fromkeys(("bytes", "rows", "records"), 0)
    places = list(somebody.places())
    for at in range(TRIES):
        done = None
        match at % 10:
            case 0 | 1 | 2 | 3 | 4 | 5:
                told, kind = somebody.flip(*somebody.random.choice(places)), "bytes"
            case 6 | 7:
                told, kind = somebody.any(), "rows"
            case _:
                (told, done), kind = somebody.record(), "records"
        kinds[kind] += 1
        if verifying.verify(team.book).ok:
            missed.append(told)
        somebody.put_back()
        if done is not None:
            somebody.restore(done)
    assert not missed
    assert verifying.verify(team.book).ok
    assert sum(kinds.values()) == TRIES


def test_every_byte_of_one_row_is_covered(sealed):
    team, somebody = sealed
    places = [one for one in somebody.places() if one[0] == 2]
    step = 1 if TRIES > 1000 else max(len(places) // 150, 1)
    for one in places[::step]:
        told = somebody.flip(*one)
        assert not verifying.verify(team.book).ok, told
        somebody.put_back()


def test_a_byte_that_is_turned_in_the_file_itself_is_found(sealed):
    team, somebody = sealed
    try:
        pages = [one for (one,) in somebody.db.execute("SELECT pageno FROM dbstat WHERE name = 'sealed_copy'")]  # fmt: skip
    except sqlite3.OperationalError:
        pytest.skip("this SQLite can't say which pages a table has")
    texts = {
        piece
        for row in somebody.rows
        for piece in (row[2][:40], row[2][-300:-260], *(row[at].encode()[:64] for at in (3, 4, 9)))
    }
    somebody.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    somebody.close()
    place = team.book.path
    team.book.close()
    whole, size, turned = place.read_bytes(), 4096, 0
    for number in pages:
        page = whole[(number - 1) * size : number * size]
        for piece in texts:
            at = page.find(piece)
            for offset in range(0, len(piece) if at >= 0 else 0, 13):
                raw = bytearray(whole)
                raw[(number - 1) * size + at + offset] ^= 1 << (offset % 8)
                place.write_bytes(bytes(raw))
                with Book.open(place) as book:
                    assert not verifying.verify(book).ok
                turned += 1
    assert turned > 30
    place.write_bytes(whole)


def test_the_last_seal_can_not_be_taken_away_without_a_trace(sealed):
    team, somebody = sealed
    somebody.db.execute("DELETE FROM sealed_copy WHERE number = 3")
    assert codes(team.book) == {"end", "not_sealed"}
    row = team.evaluations[PEOPLE[2]]
    somebody.db.execute("UPDATE evaluation SET status = 'talk' WHERE id = ?", (row,))
    assert codes(team.book) == {"end", "seal_gone"}


def test_a_seal_that_was_taken_away_with_all_that_names_it_is_told_by_the_history(sealed):
    """The last seal is cut off, the end of the chain put back, and the evaluation opened: no reckoning needed."""
    team, somebody = sealed
    row = team.evaluations[PEOPLE[2]]
    somebody.db.execute("DELETE FROM sealed_copy WHERE number = 3")
    somebody.db.execute("UPDATE book_info SET value = '2' WHERE name = 'sealed_number'")
    somebody.db.execute(
        "UPDATE book_info SET value = (SELECT chain FROM sealed_copy WHERE number = 2) WHERE name = 'sealed_chain'"
    )
    somebody.db.execute("UPDATE evaluation SET status = 'talk' WHERE id = ?", (row,))
    assert codes(team.book) == {"seal_gone"}
    [found] = verifying.verify(team.book).problems
    assert PEOPLE[2] in found.message


def test_all_seals_can_not_be_taken_away_without_a_trace(sealed):
    team, somebody = sealed
    somebody.db.execute("DELETE FROM sealed_copy")
    assert codes(team.book) == {"end", "not_sealed"}


def test_a_signed_evaluation_without_a_seal_is_found(team):
    team.book.connection()
    with team.book.change("imported", "import") as change:
        change.db.run("UPDATE evaluation SET status = 'signed' WHERE id = 1")
    assert codes(team.book) == {"not_sealed"}


def test_a_seal_of_another_book_fits_nowhere(sealed, tmp_path):
    from tests.evaluations.sealed_book import SealedBook

    (tmp_path / "other").mkdir()
    other = SealedBook(tmp_path / "other")
    try:
        other.seal(PEOPLE[0])
        somebody = Tamperer(other.book.path, 1)
        _, own = sealed
        somebody.db.execute("DELETE FROM sealed_copy")
        somebody._insert(own.rows[:1])
        somebody.close()
        assert {"order", "another"} <= codes(other.book)
    finally:
        other.book.close()


def test_check_says_that_seals_are_broken_and_which(sealed):
    team, somebody = sealed
    somebody.flip(2, "content", 30)
    [found] = [one for one in checking.check(team.book) if one.name == "Signed evaluations"]
    assert found.bad
    assert found.found.startswith("seal 2: The content isn't what the digest was made of.")


def test_check_counts_the_seals_of_a_sound_book(team):
    team.seal()
    [found] = [one for one in checking.check(team.book) if one.name == "Signed evaluations"]
    assert (found.bad, found.found) == (False, "1")
