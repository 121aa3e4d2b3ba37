"""How customers' voices stand: people, course, themes, complaints, and who was asked."""

from __future__ import annotations

from datetime import date

import pytest

from models import texts
from models.book import Book
from models.calendar.in_book import work_calendar
from models.measures import engine
from models.periods import days
from models.sample.load import load
from models.satisfaction import themes
from models.satisfaction.standing import MINIMUM, standing
from tests.satisfaction.asked import Asked, day


def test_nobody_has_a_place_below_the_least_number_of_answers(asked: Asked):
    acme, bolt = asked.customer("Acme", asked.li), asked.customer("Bolt", asked.wang)
    for at in range(MINIMUM):
        asked.answer(acme, day(-at), score=1 + at % 2)
    for at in range(MINIMUM - 1):
        asked.answer(bolt, day(-at), score=5 - at % 2)
    found = standing(asked.book)
    assert [(one.name, one.place, one.satisfaction.n) for one in found.people] == [
        ("李娜", 1, 5), ("王强", None, 4),
    ]  # fmt: skip
    assert found.people[1].satisfaction.value < found.people[1].satisfaction.own


def test_its_figures_are_the_measures(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    for at, score in enumerate((5, 4, 2, 1)):
        asked.answer(acme, day(-at * 20), score=score, recommends=score * 2)
    period = days(day(-50), day(0))
    found = standing(asked.book, period)
    assert found.satisfaction == engine.measure(asked.book, "satisfaction", period=period).total
    assert (found.satisfaction.n, len(found.people[0].answers)) == (3, 3)
    assert sum(one.n for one in found.course) == 3
    assert found.nps.value == engine.measure(asked.book, "nps", period=period).total.value
    assert found.interval[0] <= float(found.satisfaction.value or 0) <= found.interval[1]


def test_an_answer_of_nobodys_customer_and_one_off_the_scale_are_told(asked: Asked):
    nobody = asked.answer(asked.customer("Acme", None), day(0), score=5)
    form = asked.add("survey_form", name="R", scale_from=0, scale_to=10)
    off = asked.answer(None, day(-1), form=form, score=9)
    asked.set("survey_form", form, scale_to=5)
    unnamed = asked.answer(None, day(-1), score=1)
    found = standing(asked.book)
    assert (found.unattributed, found.unnamed) == ((nobody,), (unnamed,))
    assert found.off_scale == (off,)
    assert (found.people, found.satisfaction.n, found.satisfaction.value) == ((), 2, 0.5)


def test_whom_to_ask_goes_by_grade_then_who_was_lost_then_who_was_silent_longest(asked: Asked):
    rows = {}
    for name, grade, status, heard in (
        ("B won", "B", "won", None),
        ("A won lately", "A", "won", -10),
        ("A won long ago", "A", "won", -300),
        ("A won", "A", "won", None),
        ("A lost", "A", "lost", -200),
        ("none", None, "lost", None),
    ):
        rows[name] = asked.add("customer", name=name, grade=grade, owner=asked.li)
        asked.add(
            "opportunity", name=name, customer=rows[name], status=status, closed_on=day(-30),
            owner=asked.li,
        )  # fmt: skip
        if heard is not None:
            asked.answer(rows[name], day(heard), score=5)
    (mine,) = standing(asked.book).sampled
    named = {row: name for name, row in rows.items()}
    assert [named[row] for row in mine.due] == [
        "A lost", "A won", "A won long ago", "B won", "none",
    ]  # fmt: skip
    assert (mine.customers, mine.lately, mine.long_ago, mine.never) == (6, 1, 2, 3)


def test_a_complaint_opened_again_has_been_open_since_it_came_in(asked: Asked):
    row = asked.add(
        "complaint", title="Late", customer=asked.customer("Acme", asked.li), opened_on=day(-14)
    )
    asked.set("complaint", row, status="resolved", resolved_on=day(-10))
    assert engine.measure(asked.book, "complaint_days").total.value == 4
    asked.set("complaint", row, status="open")
    assert engine.measure(asked.book, "complaint_days").total.n == 0
    (one,) = standing(asked.book).complaints
    calendar = work_calendar(asked.book)
    assert (one.days, one.worked) == (14, len(calendar.days(day(-13), day(0))))
    asked.set("complaint", row, status="resolved")
    assert engine.measure(asked.book, "complaint_days").total.value == 14


def test_an_empty_book_says_nothing(asked: Asked):
    found = standing(asked.book)
    assert found.nothing
    assert found.prior is None


def test_themes_are_counted_with_quotes_in_either_language(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    asked.answer(acme, day(0), score=5, comment="交货很快", themes="交货")
    asked.answer(acme, day(-1), score=1, comment="Late again", themes="Delivery time, 自己的")
    asked.add("complaint", customer=acme, title="Broken", themes="delivery time")
    with asked.book.reading() as db:
        found = themes.counted(db, "0001-01-01", "9999-12-31")
    delivery = found[0]
    assert (delivery.name, delivery.n, delivery.complaints) == ("Delivery time", 3, 1)
    assert delivery.satisfied == 0.5
    assert [one.text for one in delivery.quotes] == ["Broken", "Late again", "交货很快"]
    assert [one.name for one in found] == ["Delivery time", "自己的"]
    assert delivery.records() == {"complaint": [1], "survey_response": [2, 1]}


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("送货太慢，联系不上人", ("Delivery time", "Quick answers")),
        ("The quote came late", ("Delivery time", "Price")),
        ("I bought chocolate", ()),  # “late” stands inside a word
        ("发票开错了", ("Invoices and contracts",)),
        ("", ()),
    ],
)
def test_words_suggest_themes(comment, found):
    assert themes.proposed(comment) == found


def test_suggested_themes_are_written_as_one_change_and_never_over_others(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    first = asked.answer(acme, day(0), comment="Too expensive")
    tagged = asked.answer(acme, day(-1), comment="Too expensive", themes="Mine")
    with asked.book.reading() as db:
        found = themes.untagged(db)
    assert found == {("survey_response", first): ("Price",)}
    asked.set("survey_response", first, themes="Mine too")
    assert themes.tag(asked.book, found) == 0
    asked.book.undo()
    asked.book.undo()
    assert themes.tag(asked.book, found) == 1
    assert asked.get("survey_response", first, "themes") == "Price"
    assert asked.get("survey_response", tagged, "themes") == "Mine"
    asked.book.undo()
    assert asked.get("survey_response", first, "themes") is None


def test_it_is_seen_that_only_happy_customers_are_asked(asked: Asked):
    for at in range(40):
        won = at < 20
        customer = asked.customer(f"C{at}", asked.li)
        asked.add(
            "opportunity", name=f"D{at}", customer=customer, opened_on=day(-40), closed_on=day(-20),
            status="won" if won else "lost",
        )  # fmt: skip
        if won and at < 15:
            asked.answer(customer, day(0), score=5)
    found = standing(asked.book)
    assert found.happy.one_sided
    assert (found.happy.won_answered, found.happy.lost_answered) == (15, 0)
    assert len(found.happy.lost_silent) == 20
    (mine,) = found.sampled
    assert (mine.customers, mine.lately, len(mine.due)) == (40, 15, 25)


def test_open_complaints_stand_with_their_days_the_oldest_first(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    for ago, status in ((3, "open"), (9, "handling"), (20, "resolved")):
        asked.add(
            "complaint", customer=acme, title=f"{ago}", opened_on=day(-ago), status=status,
            handler=asked.wang,
        )  # fmt: skip
    found = standing(asked.book).complaints
    assert [(one.title, one.days, one.handler) for one in found] == [
        ("9", 9, "王强"), ("3", 3, "王强"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_sample_teams_customers_speak(tmp_path, language):
    texts.set_language(language)
    with Book.create(tmp_path / "s.daybook", "CNY") as book:
        load(book, language, date(2026, 6, 30))
        found = standing(book, on=date(2026, 6, 30))
        assert 60 <= book.count("survey_response") <= 100
        assert 12 <= book.count("complaint") <= 14
        assert len(found.people) >= 6
        assert 0.6 <= (found.satisfaction.value or 0) <= 0.9
        assert found.untagged >= 10
        assert {one.text() for one in themes.THEMES} == {one.name for one in found.themes}
        assert not found.unattributed
        assert len(found.complaints) == 4
