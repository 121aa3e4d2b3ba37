"""A few records wait to be indexed: who searches sees them all the same, and an edit stays cheap."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import checking, search
from models.book import Book

ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "book.daybook") as made:
        with made.change("Fill") as change:
            change.add_many(
                "customer", ["name", "city"], ((f"华东{n}厂", "上海") for n in range(100))
            )
            change.add("contact", {"name": "上海生", "customer": 1})
        yield made


def waiting(book: Book) -> int:
    return int(book.connection().one("SELECT count(*) FROM search_stale"))


def test_an_edited_record_waits_and_is_found_in_every_way(book: Book) -> None:
    assert waiting(book) == 0
    book.set("customer", 7, {"city": "重庆"})
    book.set("customer", 3, {"city": "重庆"})
    assert waiting(book) == 2
    assert list(book.ids("customer", search="cq")) == [3, 7]
    assert list(book.ids("customer", where="name ~ 6厂", search="重庆")) == [7]
    assert list(book.ids("customer", sort=[("name", True)], search="重庆")) == [7, 3]
    assert list(book.ids("customer", search="重庆", among=[3, 4])) == [3]
    assert book.find("重庆") == [("customer", 3, "华东2厂"), ("customer", 7, "华东6厂")]
    assert book.suggest("customer", "重庆") == ["华东2厂", "华东6厂"]
    assert [one.bad for one in checking.check(book) if one.name == "Search index"] == [False]


def test_its_old_value_finds_it_no_more(book: Book) -> None:
    book.set("customer", 7, {"city": "重庆"})
    assert 7 not in book.ids("customer", search="上海")
    assert len(book.ids("customer", search="上海")) == 99
    assert ("customer", 7, "华东6厂") not in book.find("上海", limit=1000)
    with book.change("Remove") as change:
        change.remove("customer", [7])
    assert list(book.ids("customer", search="重庆")) == []
    assert list(book.ids("contact", search="上海")) == [1]


def test_hits_that_wait_stand_in_the_order_of_the_records(book: Book) -> None:
    for row in (90, 50, 10):
        book.set("customer", row, {"code": f"X{row}"})
    assert list(book.ids("customer", search="上海")) == list(range(1, 101))


def test_another_program_and_another_thread_of_it_see_what_waits(book: Book) -> None:
    book.set("customer", 7, {"city": "重庆"})
    with Book.open(book.path) as other:
        assert list(other.ids("customer", search="cq")) == [7]
        book.set("customer", 8, {"city": "重庆"})
        assert list(other.ids("customer", search="cq")) == [7, 8]
        book.undo()
        assert list(other.ids("customer", search="cq")) == [7]
    said = subprocess.run(
        [sys.executable, "-m", "desktop", "list", book.path, "customer", "--search", "cq"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "华东6厂" in said.stdout


def test_inside_a_change_its_own_values_are_found_and_go_with_it(book: Book) -> None:
    book.set("customer", 1, {"city": "重庆"})
    assert list(book.ids("customer", search="重庆")) == [1]
    with contextlib.suppress(ZeroDivisionError), book.change("Fails") as change:
        change.set("customer", 2, {"city": "重庆"})
        assert list(book.ids("customer", search="重庆")) == [1, 2]
        raise ZeroDivisionError
    assert list(book.ids("customer", search="重庆")) == [1]


def test_the_index_is_brought_up_to_date_when_many_wait(book: Book) -> None:
    for row in range(1, search.WAITING + 1):
        book.set("customer", row, {"city": "重庆"})
    assert waiting(book) == search.WAITING
    book.set("customer", 100, {"city": "重庆"})
    assert waiting(book) == 0
    assert len(book.ids("customer", search="重庆")) == search.WAITING + 1
    assert [one for one in checking.check(book) if one.bad] == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 12)), max_size=90))
def test_a_search_finds_what_it_would_find_if_nothing_waited(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("law") / "book.daybook") as book:
        with book.change("Fill") as change:
            change.add_many("customer", ["name"], ((f"甲{n}",) for n in range(12)))
        chance = random.Random(len(steps))
        for act, row in steps:
            with book.change("Step") as change:
                if act == 0:
                    change.remove("customer", [row])
                elif act == 1:
                    change.restore("customer", [row])
                elif act == 2:
                    change.add("customer", {"name": chance.choice(("甲乙", "乙丙"))})
                elif book.record("customer", row)["name"] and row in book.ids("customer"):
                    change.set("customer", row, {"name": chance.choice(("甲", "乙", "丙"))})
            if act == 5:
                book.undo()
            for typed in ("甲", "乙", "bing"):
                sign = {"bing": "丙"}.get(typed, typed)
                names = {r: book.record("customer", r)["name"] for r in book.ids("customer")}
                wanted = [r for r, name in names.items() if sign in name]
                assert list(book.ids("customer", search=typed)) == wanted
        assert [one for one in checking.check(book) if one.bad] == []


def test_no_edit_after_an_import_writes_the_whole_index_again(tmp_path: Path) -> None:
    """Pieces of the index are put together a few at a time."""
    with Book.create(tmp_path / "book.daybook") as book:
        for part in range(3):
            with book.change("Fill") as change:
                change.add_many(
                    "customer",
                    ["name", "code", "city"],
                    ((f"华东{n}机械有限公司", f"C{part}{n:05}", "重庆") for n in range(5_000)),
                )
        pages = []
        log = book.path.with_name("book.daybook-wal")
        for number in range(200):
            book.connection().run("PRAGMA wal_checkpoint(TRUNCATE)")
            book.set("customer", number * 71 + 1, {"city": f"城{number}"})
            pages.append(log.stat().st_size // 4096)
        assert sorted(pages)[100] <= 8
        assert max(pages) < 500


def test_the_places_of_records_spread_over_the_engines_table() -> None:
    """It keeps those that were taken out by their lowest bits; else one edit may take seconds."""
    for bits in range(1, 12):
        met = {row * search.SPAN % 2**bits for row in range(2**bits)}
        assert len(met) == 2**bits
