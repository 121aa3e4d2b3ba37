"""What customers say on Today: complaints that wait too long, and whom nobody asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import texts
from models.today.today import read
from tests.satisfaction.asked import Asked

ON = date(2026, 6, 30)


@pytest.fixture
def asked(tmp_path):
    texts.set_language("en")
    made = Asked(tmp_path)
    yield made
    made.book.close()


def lines(asked: Asked, on: date = ON):
    return [one for one in read(asked.book, on).lines() if one.kind == "voice"]


def test_a_complaint_is_told_from_a_week_on_and_at_once_after_two(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    asked.add("complaint", customer=acme, title="Broken", opened_on=ON, handler=asked.wang)
    assert lines(asked, ON + timedelta(days=6)) == []
    (line,) = lines(asked, ON + timedelta(days=7))
    assert (line.title, line.person_name) == ("Complaint of Acme: Broken", "王强")
    assert (line.severity, line.reason) == ("soon", "Open for 7 days.")
    (line,) = lines(asked, ON + timedelta(days=14))
    assert line.severity == "now"
    asked.set("complaint", 1, status="resolved")
    assert lines(asked, ON + timedelta(days=14)) == []


def test_a_serious_one_is_told_earlier_and_that_nobody_sees_to_it(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    asked.add("complaint", customer=acme, title="Fire", opened_on=ON, severity="high")
    (line,) = lines(asked, ON + timedelta(days=3))
    assert (line.severity, line.person_name) == ("today", "李娜")  # whom it counts for
    assert line.reason == "Open for 3 days, nobody sees to it."


def test_that_only_happy_customers_are_asked_is_good_to_know(asked: Asked):
    def deal(at: int, status: str) -> int:
        customer = asked.customer(f"C{at}", asked.li)
        days = {"opened_on": ON - timedelta(days=60), "closed_on": ON - timedelta(days=30)}
        asked.add("opportunity", name=f"D{at}", customer=customer, status=status, **days)
        return customer

    won, lost = [deal(at, "won") for at in range(12)], [deal(at, "lost") for at in range(12, 24)]
    for customer in won:
        asked.answer(customer, ON - timedelta(days=10), score=5)
    assert lines(asked) == []  # a team that sends no questionnaires is not told
    asked.add("survey_form", name="Round", sent_on=ON - timedelta(days=20))
    (line,) = lines(asked)
    assert line.severity == "note"
    assert [one.row for one in line.records] == lost
