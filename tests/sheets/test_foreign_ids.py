"""Ids of another book: rarely one passes for an id of this, and its sheet must stay foreign."""

from __future__ import annotations

from itertools import count

import pytest

from models.describe.schema import Schema
from models.public_ids import PublicIds
from models.sheets import own


def recognised(ids: list[str], book: PublicIds) -> own.OwnSheet:
    found = own.recognise(["Daybook ID", "Customer name"], [ids, ["a"]], Schema(), book.row, False)
    assert found is not None
    return found


@pytest.mark.parametrize("rows", [2, 10, 300])
def test_a_sheet_of_another_book_is_foreign_though_one_of_its_ids_fits_by_chance(rows: int) -> None:
    theirs = [PublicIds("theirs").make("CU", row) for row in range(1, rows + 1)]
    books = (PublicIds(str(number)) for number in count())
    by_chance = next(one for one in books if any(one.row("CU", id) is not None for id in theirs))
    assert recognised(theirs, by_chance).foreign


def test_a_sheet_of_this_book_is_ours_though_a_few_ids_were_mistyped() -> None:
    book = PublicIds("ours")
    ids = [book.make("CU", row) for row in range(1, 11)]
    assert not recognised(ids, book).foreign
    assert not recognised([*ids[:8], "CU-1XXXX", "CU-2YYYY"], book).foreign


def test_an_id_with_one_letter_wrong_is_hardly_ever_an_id_of_the_book() -> None:
    book, taken = PublicIds("ours"), 0
    id = book.make("CU", 4711)
    for at in range(3, len(id)):
        for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if letter != id[at]:
                taken += book.row("CU", id[:at] + letter + id[at + 1 :]) is not None
    assert taken <= 1  # of 186
