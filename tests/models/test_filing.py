"""How people file names: digits by value, latin letters, then Chinese by pinyin; and lists of records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.names import sort_key, sort_key_of_many
from models.progress import Cancelled, Progress

# Signs of every sort: digits of both widths, latin, Chinese with one and several readings, none.
SIGNS = "0123456789０９aAbz é-.·单曾北上海南京长重乐𠮷龥あ한😀"


def test_names_are_filed_by_value_letter_and_pinyin():
    filed = ["9号", "10号", "a", "A2", "a10", "B", "北京", "单氏2", "单氏10", "单氏机械", "上海"]
    assert sorted(set(filed), key=sort_key) == filed


def test_numbers_are_equal_however_many_zeros_stand_before_them():
    assert sort_key("店007") == sort_key("店7")
    assert sort_key("店7") < sort_key("店70") < sort_key("店700") < sort_key("店甲")


@given(st.lists(st.text(SIGNS, max_size=12), max_size=12))
def test_many_names_are_filed_as_few_are(names):
    key = sort_key_of_many()
    assert sorted(names, key=key) == sorted(names, key=sort_key)


NAMES = ("单氏10", "上海曾记", "Acme", "单氏2", "北京", "acme", "单氏2", "上海")
OWNERS = ("曾强", "", "安娜", "曾强", "安娜", "", "安娜", "曾强")


@pytest.fixture
def book(tmp_path: Path):
    with Book.create(tmp_path / "filed.daybook") as made:
        with made.change("Fill") as change:
            for person in ("曾强", "安娜"):
                change.add("salesperson", {"name": person})
            for number, (name, owner) in enumerate(zip(NAMES, OWNERS, strict=True)):
                values = {"name": name, "owner": owner, "annual_revenue": number % 3 or None}
                change.add("customer", values)
        yield made


def filed(book: Book, order: list[tuple[str, bool]]) -> list[int]:
    """What the order must be: by the last criterion first, each sort stable, empty ones last."""
    ids = list(book.ids("customer"))
    records = {one: book.record("customer", one) for one in ids}
    for path, down in reversed(order):
        values = {one: str(getattr(v := records[one][path], "label", v) or "") for one in ids}
        key = sort_key if path != "annual_revenue" else float
        ids = [
            *sorted((i for i in ids if values[i]), key=lambda i: key(values[i]), reverse=down),
            *(i for i in ids if not values[i]),
        ]
    return ids


@pytest.mark.parametrize(
    "order",
    [
        [("name", False)],
        [("name", True)],
        [("owner", False), ("name", True)],
        [("owner", True), ("annual_revenue", False)],
        [("annual_revenue", True), ("name", False)],
    ],
)
def test_records_are_sorted_as_people_file_them_and_empty_ones_come_last(book, order):
    assert list(book.ids("customer", sort=order)) == filed(book, order)


def test_who_stops_a_sort_gets_nothing_and_the_book_answers_the_next_question(tmp_path):
    with Book.create(tmp_path / "long.daybook") as book:
        with book.change("Fill") as change:
            change.add_many("customer", ["name"], ((f"客户{n % 977}",) for n in range(5_000)))
        said: list[float] = []
        progress = Progress(lambda fraction, text: (said.append(fraction), progress.cancel()))
        with pytest.raises(Cancelled):
            book.ids("customer", sort=[("name", False)], progress=progress)
        assert said
        assert len(book.ids("customer", sort=[("name", False)])) == 5_000
        with pytest.raises(Cancelled):
            book.ids("customer", search="客户", where="name~1", progress=progress)
        assert len(book.ids("customer", search="客户")) == 5_000
        with book.change("Go on") as change:
            change.add("customer", {"name": "还有"})
