"""Ids of another book: some pass for ids of this one, and its sheet must stay foreign."""

from __future__ import annotations

from itertools import count, pairwise

import pytest

from models.book import Book
from models.describe.schema import Schema
from models.public_ids import PublicIds, parts
from models.sheets import exporting, own
from tests.sheets.bringing import bring


def recognised(ids: list[str], book: PublicIds, header: str = "Daybook ID") -> own.OwnSheet:
    found = own.recognise([header, "Customer name"], [ids, ["a"]], Schema(), book, False)
    assert found is not None
    return found


def twin(book: PublicIds, id: str, form: str = "scattered") -> PublicIds:
    """Another book, for which this id is one of its own by chance."""
    books = (PublicIds(str(number), form) for number in count())
    return next(one for one in books if one.row("CU", id) is not None and one.tag != book.tag)


@pytest.mark.parametrize("rows", [1, 2, 10, 300])
def test_a_sheet_of_another_book_is_foreign_though_ids_fit_by_chance(rows: int) -> None:
    theirs = PublicIds("theirs", "")  # ids of before: if one fits, more may
    ids = [theirs.make("CU", row) for row in range(1, rows + 1)]
    by_chance = twin(theirs, ids[0], "")
    assert recognised(ids, by_chance, own.id_header(theirs.tag)).foreign
    assert not recognised(ids, theirs, own.id_header(theirs.tag)).foreign


def test_a_header_without_the_books_tag_leaves_it_to_the_ids() -> None:
    book = PublicIds("ours")
    ids = [book.make("CU", row) for row in range(1, 11)]
    assert not recognised(ids, book).foreign
    assert not recognised([*ids[:8], "CU-1XXXX", "CU-2YYYY"], book).foreign
    theirs = [PublicIds("theirs").make("CU", row) for row in range(1, 11)]
    assert recognised([*ids[:1], *theirs], book).foreign


def test_the_ids_of_another_book_fit_independently_of_each_other() -> None:
    ours, theirs = PublicIds("ours"), PublicIds("theirs")
    fit = [
        row for row in range(200_000) if ours.row("CU", theirs.make("CU", row)) is not None
    ]  # 6 are to be expected
    assert len(fit) < 25
    assert all(two - one > 1 for one, two in pairwise(fit))


def test_an_id_with_one_letter_wrong_is_hardly_ever_an_id_of_the_book() -> None:
    book, taken = PublicIds("ours"), 0
    id = book.make("CU", 4711)
    for at in range(3, len(id)):
        for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if letter != id[at]:
                taken += book.row("CU", id[:at] + letter + id[at + 1 :]) is not None
    assert taken <= 1  # of 217


@pytest.mark.parametrize("form", ["scattered", ""])
def test_every_row_has_one_id_and_every_id_one_row(form: str) -> None:
    book = PublicIds("ours", form)
    rows = [*range(3_000), 10**6, 2**31, 2**40]
    ids = [book.make("CU", row) for row in rows]
    assert len(set(ids)) == len(rows)
    assert [book.row("CU", one.lower()) for one in ids] == rows
    assert [book.row("CO", one) for one in ids] == [None] * len(rows)


def test_an_id_of_any_length_can_be_kept_as_a_number() -> None:
    assert parts("CU-" + "Z" * 12)[1] < 2**63
    assert parts("CU-" + "Z" * 13) is None
    assert PublicIds("ours").row("CU", "CU-" + "Z" * 15) is None


def test_a_link_of_another_books_sheet_never_means_a_record_of_this_one_by_its_id(tmp_path) -> None:
    """Two customers of one name: the id says which; a customer here has that id by chance."""
    with Book.create(tmp_path / "theirs.daybook") as theirs:
        with theirs.change("add") as change:
            for _ in range(2):
                same = change.add("customer", {"name": "同名"})
            change.add("contact", {"name": "张三", "customer": same})
        exporting.export(theirs, tmp_path / "out.xlsx", ["contact", "customer"])
        id = theirs.public_id("customer", same)
    with Book.create(tmp_path / "ours.daybook") as ours:
        with ours.change("add") as change:
            for number in range(3):
                change.add("customer", {"name": f"别人{number}"})
        ours.public = twin(ours.public, id)
        assert ours.public.row("CU", id) == same
        bring(ours, tmp_path / "out.xlsx", match="add")
        (linked,) = ours.rows("contact", ours.ids("contact"), ["customer"])
        assert linked[0].label == "同名"
