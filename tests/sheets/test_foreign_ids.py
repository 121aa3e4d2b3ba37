"""Ids of another book: rarely one passes for an id of this, and its row must not be taken for it."""

from __future__ import annotations

from pathlib import Path

from models.book import Book
from models.sheets import exporting, importing
from models.sheets.report import Options


def with_customers(path: Path, count: int, word: str) -> Book:
    book = Book.create(path)
    with book.change("Fill") as change:
        for number in range(count):
            change.add("customer", {"name": f"{word}{number}", "city": word})
    return book


def test_a_sheet_of_another_book_is_foreign_though_one_of_its_ids_fits_by_chance(
    tmp_path: Path,
) -> None:
    count = 300
    with with_customers(tmp_path / "theirs.daybook", count, "甲") as theirs:
        exporting.export(theirs, tmp_path / "out.xlsx", ["customer"])
        ids = [theirs.public_id("customer", row) for row in theirs.ids("customer")]
    for attempt in range(60):  # books differ in their check characters, so that some fit by chance
        with with_customers(tmp_path / f"{attempt}.daybook", count, "乙") as ours:
            if any(ours.public.row("CU", one) for one in ids):
                proposal = importing.prepare(ours, [tmp_path / "out.xlsx"], Options())
                importing.apply(proposal)
                found = proposal.plain(None)["tables"][0]
                proposal.close()
                assert (found["added"], found["updated"], found["problems"]) == (count, 0, [])
                names = [row[0] for row in ours.rows("customer", ours.ids("customer"), ["name"])]
                assert names == [f"{one}{n}" for one in "乙甲" for n in range(count)]
                return
    raise AssertionError("no id fitted by chance: the test saw nothing")
