"""The sample team: realistic, repeatable, one change that one undo takes away."""

from __future__ import annotations

from datetime import date

import pytest

from models import checking
from models.book import Book
from models.measures import engine
from models.sample.load import load

TODAY = date(2026, 6, 30)


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def sample(request, tmp_path_factory):
    with Book.create(tmp_path_factory.mktemp("sample") / "team.daybook") as book:
        load(book, request.param, TODAY)
        yield book, request.param


def has_chinese(text: str) -> bool:
    return any("一" <= one <= "鿿" for one in text)


def test_eight_people_three_thousand_customers_and_two_years(sample):
    book, _ = sample
    assert book.count("salesperson") == 8
    assert 2_970 <= book.count("customer") <= 3_060
    days = [row[0] for row in book.rows("order", book.ids("order"), ["ordered_on"])]
    assert max(days) <= TODAY
    assert 690 <= (max(days) - min(days)).days <= 735
    assert [book.count(one) > 500 for one in ("opportunity", "order", "activity", "receipt")] == [
        True
    ] * 4


def test_it_speaks_one_language(sample):
    book, language = sample
    for entity, field in (("customer", "name"), ("salesperson", "name"), ("product", "name")):
        names = [row[0] for row in book.rows(entity, book.ids(entity)[:200], [field])]
        chinese = sum(map(has_chinese, names)) / len(names)
        assert (chinese > 0.9) if language == "zh_CN" else (chinese == 0)


def test_the_lines_of_an_order_sum_to_its_amount(sample):
    book, _ = sample
    sums: dict[int, object] = {}
    for order, amount in book.rows("order_line", book.ids("order_line"), ["order", "amount"]):
        sums[order.id] = sums.get(order.id, 0) + amount
    ids = book.ids("order")
    wrong = [
        id
        for id, (amount,) in zip(ids, book.rows("order", ids, ["amount"]), strict=True)
        if amount is not None and sums.get(id, amount) != amount
    ]
    assert wrong == []


def test_deals_are_won_as_often_as_in_real_teams_and_every_number_has_records(sample):
    book, _ = sample
    rate = engine.measure(book, "win_rate").total.value
    assert 0.5 < rate < 0.75
    for code in ("won_amount", "sales_amount", "pipeline_amount", "receipt_amount"):
        assert engine.measure(book, code).total.value > 0
        assert list(engine.records(book, code, limit=1))


def test_the_book_is_sound_and_one_undo_takes_the_whole_sample_away(sample, tmp_path):
    book, language = sample
    assert [one for one in checking.check(book) if one.bad] == []
    assert len(book.history(10)) == 1
    with Book.create(tmp_path / "other.daybook") as other:
        load(other, language, TODAY)
        names = [book.rows("customer", book.ids("customer"), ["name"]) for book in (book, other)]
        assert names[0] == names[1]  # the same seed and day
        other.undo()
        assert [other.count(one.id) for one in other.schema] == [0] * len(list(other.schema))
