"""One firm written in two ways: taken for the book's record, told inside a file, settled by the person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book import Book
from models.sheets import importing
from models.sheets.proposal import Proposal
from models.sheets.report import Options

HEAD = "客户名称,客户编号,城市"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "book.daybook") as made:
        yield made


def brought(book: Book, folder: Path, *lines: str, **options: Any) -> Proposal:
    """Import a sheet of customers; gives what was proposed."""
    path = folder / "customers.csv"
    path.write_text("\n".join((HEAD, *lines)), "utf-8")
    proposal = importing.prepare(book, [path], Options(**options))
    importing.apply(proposal)
    proposal.close()
    return proposal


def add(book: Book, **values: str) -> None:
    """A customer of the book."""
    with book.change("Add") as change:
        change.add("customer", values)


def pairs(proposal: Proposal) -> list[tuple[str, str, int | None]]:
    """What was told of look-alikes."""
    return [(p.name, p.like, p.like_row) for one in proposal.reports for p in one.look_alikes]


def names(book: Book) -> set[str]:
    """Every customer."""
    return {str(row[0]) for row in book.rows("customer", book.ids("customer"), ["name"])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海华诚有限公司", "上海华诚有限责任公司"),
        ("北京（东方）贸易公司", "北京(东方)贸易公司"),
        ("Acme Inc", "ACME, Inc."),
        ("ＡＢＣ 设备", "abc设备"),
        ("东华电子", "東華電子"),
    ],
)
def test_two_ways_to_write_a_name_in_one_file_are_told_and_both_kept(
    book: Book, tmp_path: Path, one: str, other: str
) -> None:
    proposal = brought(book, tmp_path, f'"{one}",,', "广州信达,,", f'"{other}",,')
    assert pairs(proposal) == [(other, one, 2)]
    assert proposal.reports[0].look_alikes[0].row == 4
    assert names(book) == {one, other, "广州信达"}


def test_different_names_and_names_with_different_numbers_are_not_told(
    book: Book, tmp_path: Path
) -> None:
    proposal = brought(
        book,
        tmp_path,
        "华诚有限公司,C1,",
        "华诚有限责任公司,C2,",
        "华信有限公司,,",
        "信华有限公司,,",
    )
    assert pairs(proposal) == []


def test_a_pair_that_is_said_to_be_one_becomes_one_and_stays_it(book: Book, tmp_path: Path) -> None:
    said = {("customer", "华诚有限责任公司"): "华诚有限公司"}
    lines = ("华诚有限公司,C1,", "华诚有限责任公司,,上海")
    assert pairs(brought(book, tmp_path, *lines, values=said)) == []
    assert names(book) == {"华诚有限公司"}
    (row,) = book.ids("customer")
    assert book.rows("customer", [row], ["code", "city"]) == [("C1", "上海")]
    again = brought(book, tmp_path, *lines)
    assert again.writes == 0
    assert again.reports[0].skipped == 1


def test_a_row_that_looks_like_a_record_is_taken_for_it_and_the_books_name_stays(
    book: Book, tmp_path: Path
) -> None:
    add(book, name="上海华诚有限公司")
    proposal = brought(book, tmp_path, "上海华诚有限责任公司,,上海")
    assert pairs(proposal) == [("上海华诚有限责任公司", "上海华诚有限公司", None)]
    assert "上海华诚有限责任公司" in proposal.reports[0].notes[-1]
    assert names(book) == {"上海华诚有限公司"}
    assert book.rows("customer", book.ids("customer"), ["city"]) == [("上海",)]


def test_a_row_that_is_said_to_be_itself_is_taken_for_nobody_else(
    book: Book, tmp_path: Path
) -> None:
    add(book, name="上海华诚有限公司")
    name = "上海华诚有限责任公司"
    proposal = brought(book, tmp_path, f"{name},,", values={("customer", name): name})
    assert pairs(proposal) == []
    assert names(book) == {"上海华诚有限公司", name}


def test_a_record_with_another_number_is_another_firm(book: Book, tmp_path: Path) -> None:
    add(book, name="上海华诚有限公司", code="C1")
    proposal = brought(book, tmp_path, "上海华诚有限责任公司,C2,")
    assert pairs(proposal) == []
    assert len(names(book)) == 2


def test_what_is_told_is_told_once_when_the_book_changed_before_applying(
    book: Book, tmp_path: Path
) -> None:
    add(book, name="上海华诚有限公司")
    path = tmp_path / "customers.csv"
    path.write_text(
        f"{HEAD}\n上海华诚有限责任公司,,\n广州信达有限公司,,\n广州信达公司,,\n信达,,x\n,,y\n",
        "utf-8",
    )
    proposal = importing.prepare(book, [path], Options())
    before = [one.plain() for one in proposal.reports]
    add(book, name="P")
    importing.apply(proposal)
    assert [one.plain() for one in proposal.reports] == before
    proposal.close()
