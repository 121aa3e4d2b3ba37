"""Whom a notice is for and who has read it; what an answer to a suggestion brings."""

from __future__ import annotations

from datetime import date

import pytest

from models import texts
from models.refusals import Refused
from models.teamwork.notices import mark_read, notices
from tests.workbooks.returned import team


@pytest.fixture
def book(tmp_path):
    """A fresh team."""
    texts.set_language("en")
    with team(tmp_path) as made:
        yield made


def test_a_notice_is_for_everybody_for_a_team_or_for_one_and_says_who_has_not_read_it(book):
    south = book.add("team", name="South")
    part = book.add("team", name="Wuhan", parent="South")
    book.set("salesperson", book.ann, team="Wuhan")
    book.set("salesperson", book.cai, status="left")
    assert south != part
    book.add("announcement", title="All", posted_on="2026-09-01")
    book.add("announcement", title="Team", team="South", posted_on="2026-09-02")
    book.add("announcement", title="One", person="Ben", posted_on="2026-09-03")
    one, team_, every = notices(book.book)
    assert [who.name for who in one.unread] == ["Ben"]
    assert [who.name for who in team_.unread] == ["Ann"]
    assert [who.name for who in every.unread] == ["Ann", "Ben"]
    assert every.count_text() == "read by 0 of 2"


def test_a_receipt_without_a_moment_was_only_sent(book):
    notice = book.add("announcement", title="All", posted_on="2026-09-01")
    book.add("read_receipt", announcement="All", person="Ann", read_at=None)
    receipt = book.add(
        "read_receipt", announcement="All", person="Ben", read_at="2026-09-02 10:00", reply="Good"
    )
    (found,) = notices(book.book)
    assert receipt
    assert found.id == notice
    assert [who.name for who in found.read] == ["Ben"]
    assert [who.name for who in found.unread] == ["Ann", "Cai"]
    assert found.replies_text() == "Ben: Good"
    assert found.reminder().startswith("Ann, Cai: please read the notice “All”")


def test_marking_as_read_fills_receipts_that_were_sent_adds_missing_ones_and_keeps_the_others(book):
    notice = book.add("announcement", title="All", posted_on="2026-09-01")
    book.add("read_receipt", announcement="All", person="Ann", read_at=None)
    book.add("read_receipt", announcement="All", person="Ben", read_at="2026-09-02 10:00")
    mark_read(book.book, notice, [book.ann, book.ben, book.cai])
    (found,) = notices(book.book)
    assert len(found.read) == 3
    assert book.book.count("read_receipt") == 3
    assert found.read[0].name == "Ben"
    with pytest.raises(Refused, match="already"):
        mark_read(book.book, notice, [book.ann])


def test_the_message_holds_all_that_the_notice_says(book):
    book.add(
        "announcement", title="Holiday", body="Closed.", posted_on="2026-09-01", until="2026-10-08"
    )
    assert notices(book.book)[0].message().splitlines() == [
        "[Notice] Holiday",
        "Closed.",
        "Holds until 2026-10-08.",
        "Please answer “read” when you have read it.",
    ]


def test_an_answer_brings_the_status_and_its_day_and_neither_overrides_what_is_said(book):
    fields = ("status", "answered_on")

    def state(row):
        (found,) = book.book.rows("suggestion", [row], fields)
        return found

    row = book.add("suggestion", title="Shorter meetings", person="Ann")
    assert state(row) == ("received", None)
    book.set("suggestion", row, answer="Yes")
    assert state(row) == ("answered", date.today())
    book.set("suggestion", row, status="adopted")
    assert state(row) == ("adopted", date.today())
    book.set("suggestion", row, status="received")
    assert state(row) == ("received", None)
    book.set("suggestion", row, status="declined", answer="No", answered_on="2026-09-01")
    assert state(row) == ("declined", date(2026, 9, 1))
    added = book.add("suggestion", title="With an answer", answer="Done")
    assert state(added) == ("answered", date.today())
