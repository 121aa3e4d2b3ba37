"""Filters are written so that they are read back the same, and are shown as sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import relative, texts
from models.book import Book
from models.describe import conditions, filters
from models.describe.filters import All, AnyOf, Compare, Not
from models.describe.schema import Schema
from models.describe.sentences import sentence, shown
from models.distinct import Asked

words = st.text(min_size=1).filter(lambda one: "\x00" not in one)
compares = st.one_of(
    st.builds(
        Compare,
        words,
        st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "~", "^="]),
        st.tuples(words),
    ),
    st.builds(Compare, words, st.just("in"), st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(Compare, words, st.just("between"), st.tuples(words, words)),
    st.builds(Compare, words, st.sampled_from(["empty", "filled"])),
)


def joined(kind, inner):
    parts = st.lists(inner.filter(lambda one: not isinstance(one, kind)), min_size=2, max_size=3)
    return parts.map(lambda made: kind(tuple(made)))


written = st.recursive(
    compares, lambda inner: joined(All, inner) | joined(AnyOf, inner) | inner.map(Not), max_leaves=6
)


@given(written)
def test_a_filter_is_read_back_as_it_was_written(made):
    assert filters.parse(filters.text(made)) == made


@given(st.lists(compares, min_size=1, max_size=4, unique=True))
def test_the_conditions_of_a_filter_make_the_same_filter_again(parts):
    again = filters.parse(conditions.joined(parts))
    assert conditions.conditions(again) == tuple(parts)


@pytest.fixture
def in_chinese():
    texts.set_language("zh_CN")
    yield
    texts.set_language("en")


@pytest.mark.parametrize(
    ("filter", "english", "chinese"),
    [
        ("city=北京市", "City is 北京市", "城市是 北京市"),
        ("city in (北京, 上海, 广州)", "City is 北京, 上海 or 广州", "城市是 北京、上海 或 广州"),
        ("city not in (北京, 上海)", "City is not 北京 or 上海", "城市不是 北京 或 上海"),
        (
            "city in (a, b, c, d, e, f)",
            "City is a, b, c or 3 others",
            "城市是 a、b、c 或另外 3 个",
        ),
        ("city=北京 or city is empty", "City is 北京 or is empty", "城市是 北京 或 未填写"),
        ("name~科技", "Customer name contains “科技”", "客户名称包含“科技”"),
        ("name!^=上海", "Customer name does not begin with “上海”", "客户名称不以“上海”开头"),
        (
            "annual_revenue between 10000 and 5万",
            "Annual revenue is between 10,000 and 50,000",
            "年营业额在 1万 到 5万 之间",
        ),
        ("annual_revenue>=1234.5", "Annual revenue is at least 1,234.5", "年营业额不低于 1,234.5"),
        (
            "next_contact_due=this_month",
            "Next contact due is within this month",
            "下次联系日期在本月",
        ),
        ("next_contact_due=today", "Next contact due is today", "下次联系日期是今天"),
        (
            "next_contact_due between -13d and today",
            "Next contact due is within the last 14 days",
            "下次联系日期在最近 14 天",
        ),
        ("next_contact_due=2026-03", "Next contact due is in 2026-03", "下次联系日期在 2026年3月"),
        ("next_contact_due<2026-03-05", "Next contact due is before 2026-03-05", "下次联系日期早于 2026-03-05"),
        ("grade=A", "Grade is A", "等级是 A"),
        ("owner.name=张三", "Owner is 张三", "负责人是 张三"),
        ("owner=张三 and city=北京", "Owner is 张三 and City is 北京", "负责人是 张三，且城市是 北京"),
        ("colour=red", "colour=red", "colour=red"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(filter, english, chinese):
    schema = Schema()
    customer, made = schema.entity("customer"), filters.parse(filter)
    assert shown(made, customer, schema, filter) == english
    texts.set_language("zh_CN")
    try:
        assert shown(made, customer, schema, filter) == chinese
    finally:
        texts.set_language("en")


def test_every_span_that_is_offered_is_understood_and_named():
    schema = Schema()
    for one in relative.COMMON:
        asked = Compare("next_contact_due", "=", (one.code,))
        assert relative.read(one.code) == one
        assert one.text() in sentence(asked, schema.entity("customer"), schema)


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "values.daybook") as made:
        with made.change("Some") as change:
            for name in ("王强", "李娜"):
                change.add("salesperson", {"name": name})
            for number, (city, owner, day, tags) in enumerate(
                [
                    ("上海", "王强", "2025-03-05", "重点, 老客户"),
                    ("北京", "王强", "2026-03-05", "重点"),
                    ("北京", "李娜", "2026-03-06", ""),
                    ("", "", "", ""),
                    ("天津", "李娜", "2026-11-06", "老客户们"),
                ]
            ):
                change.add(
                    "customer",
                    {
                        "name": f"客户{number}\n分行" if number == 3 else f"客户{number}",
                        "city": city,
                        "owner": owner,
                        "next_contact_due": day,
                        "tags": tags,
                        "annual_revenue": number * 10_000,
                    },
                )
        yield made


def told(values):
    return [(one.text, one.count) for one in values.found]


def test_a_column_tells_its_values_in_the_order_of_pinyin_with_counts(book):
    found = book.values("customer", "city")
    assert told(found) == [("北京", 2), ("上海", 1), ("天津", 1)]
    assert (found.total, found.empty, found.whole) == (3, 1, True)
    assert told(book.values("customer", "owner")) == [("李娜", 2), ("王强", 2)]
    assert told(book.values("customer", "owner.name")) == [("李娜", 2), ("王强", 2)]
    assert told(book.values("customer", "tags")) == [("老客户", 1), ("老客户们", 1), ("重点", 2)]
    assert [one.shown for one in book.values("customer", "annual_revenue").found][1] == "¥10,000.00"


def test_values_are_those_of_the_records_asked_about_and_of_what_is_typed(book):
    assert told(book.values("customer", "city", Asked("owner=李娜"))) == [("北京", 1), ("天津", 1)]
    ids = list(book.ids("customer", "city=上海"))
    assert told(book.values("customer", "city", Asked(among=ids))) == [("上海", 1)]
    for typed in ("bei", "bj", "京"):
        assert told(book.values("customer", "city", typed=typed)) == [("北京", 2)]
    few = book.values("customer", "city", limit=1)
    assert (told(few), few.total, few.whole) == ([("北京", 2)], 3, False)


@pytest.mark.parametrize(
    "path", ["name", "city", "owner", "next_contact_due", "tags", "annual_revenue", "owner.name"]
)
def test_each_value_that_is_listed_finds_as_many_records_as_it_says(book, path):
    values = book.values("customer", path)
    assert values.found
    for one in values.found:
        [asked] = conditions.one_of(path, [one.text], empty=False)
        text = filters.text(asked)
        assert "\n" not in text
        assert book.count("customer", text) == one.count, one
    every = [one.text for one in values.found]
    for asked, n in (
        (conditions.one_of(path, every, empty=False), 5 - values.empty),
        (conditions.one_of(path, every, empty=True), 5),
        (conditions.none_of(path, every[:1], empty=True), 5 - values.found[0].count),
        (conditions.none_of(path, every, empty=False), 0),
    ):
        assert book.count("customer", conditions.joined(asked)) == n


def test_a_month_of_a_year_is_a_value_like_a_day(book):
    assert book.count("customer", "next_contact_due in (2025年, 2026-03, 2026-11-06)") == 4
    assert date.fromisoformat("2026-03-05")


def test_a_value_that_is_no_longer_offered_is_still_found(book):
    with book.change("Own columns") as change:
        change.add_field("customer", "Medal", "choice", "gold|silver")
        change.add_field("customer", "Half", "money", formula="annual_revenue / 2")
    row = book.ids("customer")[1]
    with book.change("One") as change:
        change.set("customer", row, {"x_medal": "gold"})
        change.change_field("customer", "x_medal", "Medal", "silver|bronze")
    assert told(book.values("customer", "x_medal")) == [("gold", 1)]
    assert list(book.ids("customer", "Medal=gold")) == [row]
    # What a formula works out is listed and found like all else.
    assert told(book.values("customer", "x_half"))[1] == ("5000.00", 1)
    assert list(book.ids("customer", "Half=5000")) == [row]


def test_a_field_is_named_by_its_label_where_that_names_it_alone(book):
    customer = book.schema.entity("customer")
    assert conditions.written(customer, book.schema, "city") == "City"
    assert conditions.written(customer, book.schema, "owner.name") == "owner.name"
    assert (
        conditions.about(filters.parse("City=a or city is empty"), customer, book.schema) == "city"
    )
    assert conditions.about(filters.parse("City=a or grade=A"), customer, book.schema) is None
