"""What is found by typing: Chinese, pinyin in every reading, initials, parts of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.search_text import index_texts

FIRMS = {
    "重庆长安汽车有限公司": ("cqca", "chongqing", "changan", "重庆", "安", "长安汽车", "zhangan"),
    "长沙银行": ("csyh", "yinhang", "csyx"),
    "上海朝阳乐器厂": ("shcy", "yueqi", "chaoyang", "shzy"),
    "厦门大厦物业": ("xmds", "xiamen", "dasha"),
    "ABC株式会社 37号": ("abc", "37", "ABC 37", "ａｂｃ"),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "book.daybook") as made:
        with made.change("Fill") as change:
            for at, name in enumerate(FIRMS):
                change.add(
                    "customer", {"name": name, "code": f"C-00{at}", "phone": f"1380000{at:04}"}
                )
            for name in ("单于曾", "曾国藩", "欧阳锋"):
                change.add("contact", {"name": name, "customer": "长沙银行"})
        yield made


def found(book: Book, typed: str, entity: str = "customer") -> list[str]:
    """The names that typing leaves in a list."""
    ids = book.ids(entity, search=typed)
    return [str(row[0]) for row in book.rows(entity, ids, ["name"])]


@pytest.mark.parametrize(("name", "typed"), [(n, t) for n, ways in FIRMS.items() for t in ways])
def test_a_firm_is_found_by_each_way_to_type_it(book: Book, name: str, typed: str) -> None:
    assert name in found(book, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾国藩", "zgf"), ("曾国藩", "zengguofan"), ("曾国藩", "cgf"), ("欧阳锋", "oyf"),
        ("单于曾", "cyz"), ("单于曾", "chanyu"), ("单于曾", "danyu"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_the_surname_in_its_own_reading(
    book: Book, name: str, typed: str
) -> None:
    assert found(book, typed, "contact") == [name]


def test_part_of_a_phone_number_and_of_a_code_is_enough(book: Book) -> None:
    assert found(book, "00003") == ["厦门大厦物业"]
    assert found(book, "c-002") == ["上海朝阳乐器厂"]


def test_a_phrase_does_not_run_from_one_value_into_the_next(book: Book) -> None:
    assert found(book, "长沙银行c001") == []


def test_what_was_typed_is_never_read_as_a_query(book: Book) -> None:
    for typed in ('"', "a OR b", "NEAR(", "*", "重庆*", "-", "'; drop table search"):
        found(book, typed)


def test_a_renamed_record_is_found_by_its_new_name_only_and_by_its_old_after_undo(
    book: Book,
) -> None:
    (row,) = book.ids("customer", search="csyh")
    book.set("customer", row, {"name": "北京银行"})
    assert found(book, "csyh") == []
    assert found(book, "bjyh") == ["北京银行"]
    book.undo()
    assert found(book, "csyh") == ["长沙银行"]
    assert found(book, "bjyh") == []


def test_many_records_written_at_once_are_all_found(book: Book) -> None:
    with book.change("Many") as change:
        change.add_many(
            "customer", ["name", "code"], ((f"华东{n}厂", f"M{n:05}") for n in range(12_000))
        )
    assert len(book.ids("customer", search="hd")) == 12_000
    assert found(book, "M11999") == ["华东11999厂"]
    assert found(book, "csyh") == ["长沙银行"]


TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("重庆长安银行单于欧阳曾台州大厦abcＡ①019 -_\n\tßﬁ½〇々𠀀ア", max_size=12),
    st.sampled_from([None, "", "上海", "13800000000", "C-001"]),
)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=12), st.booleans())
def test_texts_of_many_records_are_those_of_each(
    rows: list[tuple[object, ...]], person: bool
) -> None:
    alone = [index_texts([one], person)[0].split() for one in rows]
    assert [one.split() for one in index_texts(rows, person)] == alone


def test_a_text_is_its_signs_its_syllables_and_initials_and_other_readings() -> None:
    told = {
        "南京 Ａ-1厂": "南 京 a 1 厂 zzzz nan jing chang zzzz n j c",
        "长沙银行": "长 沙 银 行 zzzz chang sha yin hang zzzz c s y h zzzz zhang sha yin hang zzzz z s y h"
        " zzzz chang sha yin xing zzzz c s y x",
        "Type_3\nß": "t y p e 3 s s",
    }
    assert index_texts([(one,) for one in told]) == list(told.values())
    assert index_texts([("长", None, "", "b")]) == ["长 zzzz chang zzzz c zzzz zhang zzzz z zzzz b"]


def test_of_very_many_the_best_are_found_first_however_late_they_were_added(book: Book) -> None:
    with book.change("Many") as change:
        change.add_many("customer", ("name",), [(f"大长沙{at}号店",) for at in range(900)])
        change.add("customer", {"name": "长沙第一店"})
        change.add("customer", {"name": "大长沙", "code": "X-1"})
        change.add("contact", {"name": "常山", "customer": "大长沙"})
    assert [label for _, _, label in book.find("长沙", 2)] == ["长沙银行", "长沙第一店"]
    assert book.find("大长沙", 1)[0][2] == "大长沙"
    assert {label for _, _, label in book.find("cs", 3)} == {"常山", "长沙银行", "长沙第一店"}
    assert book.find("x-1", 1)[0][2] == "大长沙"
    assert len(book.find("长沙", 20)) == 20


def test_a_record_is_found_by_the_id_that_its_sheets_carry(book: Book) -> None:
    row = book.ids("customer", search="长沙银行")[0]
    best = book.find_best(book.public_id("customer", row).lower())[0]
    assert (best.row, best.label, best.more) == (row, "长沙银行", "C-001")
    assert book.find("") == book.find("-*\"'") == []
    assert book.find_best("长沙", entities=("contact",)) == []
