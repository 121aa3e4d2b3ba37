"""What needs the manager: each kind appears when it should and not when it shouldn't."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from models import texts
from models.today.dates import birthday_in, days_until
from tests.today.scenes import ON, team


@pytest.fixture(autouse=True)
def english():
    texts.set_language("en")


@pytest.fixture
def book(tmp_path):
    with team(tmp_path) as made:
        yield made


# -- follow-ups ----------------------------------------------------------------------------------


def test_a_follow_up_appears_on_its_day_and_stays_until_it_is_done(book):
    plan = book.add("follow_up_plan", customer="Acme", due="2026-09-16", purpose="Quote")
    assert book.titles("follow_up", date(2026, 9, 15)) == []
    assert book.titles("follow_up") == ["Acme: Quote"]
    assert book.titles("follow_up", date(2026, 9, 20)) == ["Acme: Quote"]
    book.set("follow_up_plan", plan, status="done")
    assert book.titles("follow_up") == []


def test_an_overdue_follow_up_says_how_late_it_is_what_hangs_on_it_and_whose_it_is(book):
    book.add("opportunity", name="Line", customer="Acme", amount=5000, status="open")
    book.add("follow_up_plan", customer="Acme", due="2026-09-11", purpose="Quote")
    (line,) = book.lines("follow_up")
    assert line.severity == "now"
    assert line.reason == "5 days overdue, ¥5,000 in open deals, grade A."
    assert (line.person_name, line.amount, line.action) == ("Ann", 5_000_000_000, "contact")


def test_an_overdue_follow_up_without_money_or_grade_is_for_today(book):
    book.add("follow_up_plan", customer="Bolt", due="2026-09-11")
    assert [one.severity for one in book.lines("follow_up")] == ["today"]


def test_an_agreed_hour_is_said_on_the_day(book):
    book.add("follow_up_plan", customer="Acme", due="2026-09-16", at="2026-09-16 15:30")
    assert "today" in book.lines("follow_up")[0].reason


def test_follow_ups_of_removed_customers_are_silent(book):
    book.add("follow_up_plan", customer="Bolt", due="2026-09-11")
    with book.book.change("Remove") as change:
        change.remove("customer", [book.bolt])
    assert book.titles("follow_up") == []


# -- tasks ---------------------------------------------------------------------------------------


def test_a_task_appears_when_it_is_due_and_goes_when_it_is_done(book):
    task = book.add("task", title="Report", owner="Ben", due="2026-09-16")
    assert book.titles("task", date(2026, 9, 15)) == []
    assert [(one.title, one.severity) for one in book.lines("task")] == [("Report", "today")]
    book.set("task", task, status="done")
    assert book.titles("task") == []


def test_an_overdue_task_of_high_priority_comes_at_once(book):
    book.add("task", title="Late", owner="Ben", due="2026-09-14", priority="high")
    book.add("task", title="Slow", owner="Ben", due="2026-09-10")
    assert [(one.title, one.severity) for one in book.lines("task")] == [
        ("Late", "now"),
        ("Slow", "today"),
    ]


def test_a_task_without_an_owner_is_to_be_assigned_and_not_told_twice(book):
    book.add("task", title="Loose", due="2026-09-16")
    (line,) = [one for one in book.lines() if one.title == "Loose"]
    assert (line.kind, line.action, line.severity) == ("unassigned", "assign", "now")


def test_tasks_of_somebody_who_left_have_no_owner_any_more(book):
    book.add("task", title="Left over", owner="Cai", due="2026-12-01")
    assert book.titles("unassigned") == []
    book.set("salesperson", book.cai, status="left")
    (line,) = book.lines("unassigned")
    assert line.title == "Left over"
    assert "Cai has left" in line.reason


def test_a_task_in_review_waits_to_be_accepted(book):
    book.add("task", title="Plan", owner="Ben", status="review", done_criteria="Signed\nby both")
    (line,) = book.lines("review")
    assert (line.action, line.severity) == ("accept", "today")
    assert "done means: Signed" in line.reason


def test_a_question_about_a_task_waits_for_its_answer(book):
    task = book.add(
        "task",
        title="Plan",
        owner="Ben",
        status="questioned",
        question="Which list?",
        due="2026-12-01",
    )
    assert [one.reason for one in book.lines("question")] == ["Asked: Which list?"]
    book.set("task", task, question="", status="assigned")
    assert book.lines("question") == []


# -- blocked work --------------------------------------------------------------------------------


def moment(day: date, hour: int) -> datetime:
    """An hour of a day, where this machine stands."""
    return datetime.combine(day, time(hour)).astimezone()


def test_a_request_for_help_counts_working_days_and_is_passed_up(book):
    asked = moment(date(2026, 9, 11), 17)  # on a Friday
    row = book.add("help_request", title="No price", person="Ben", needed="A list", raised_at=asked)
    (monday,) = book.lines("blocked", date(2026, 9, 14))
    assert (monday.severity, monday.reason) == ("today", "No answer yet, needed: A list.")
    (wednesday,) = book.lines("blocked")
    assert (wednesday.severity, wednesday.late) == ("now", 2)
    assert wednesday.reason == "No answer for 2 working days, needed: A list."
    book.set("help_request", row, status="answered", answer="Ask Cai")
    assert book.lines("blocked") == []


def test_a_request_says_who_is_asked_now(book):
    book.add("team", name="North", manager="Cai")
    book.set("salesperson", book.ben, team="North")
    book.add("help_request", title="Now", person="Ben", raised_at=moment(date(2026, 9, 10), 9))
    assert "passed up to Cai" in book.lines("blocked")[0].reason


def test_a_request_whose_answer_was_due_comes_at_once(book):
    asked = moment(date(2026, 9, 15), 9)
    book.add("help_request", title="Now", person="Ben", raised_at=asked, answer_by="2026-09-15")
    assert [one.severity for one in book.lines("blocked")] == ["now"]


def test_a_blocked_task_is_told_once_with_its_request(book):
    task = book.add("task", title="Install", owner="Ben", status="blocked", blocked_reason="No key")
    assert [one.reason for one in book.lines("blocked")] == ["Blocked: No key."]
    asked = moment(ON, 9)
    book.add("help_request", title="Key", task=task, person="Ben", raised_at=asked)
    assert book.titles("blocked") == ["Key"]


# -- leave ---------------------------------------------------------------------------------------


def test_a_request_for_leave_waits_for_its_answer(book):
    row = book.add(
        "leave", person="Ben", starts_on="2026-09-17", ends_on="2026-09-18", status="requested"
    )
    (line,) = book.lines("leave")
    assert (line.severity, line.action) == ("now", "approve")
    assert line.reason == "09-17 to 09-18, in 1 day, not answered yet."
    assert book.lines("leave", date(2026, 9, 19)) == []
    book.set("leave", row, status="approved")
    assert book.lines("leave") == []


def test_while_somebody_is_away_their_lines_stand_with_who_covers(book):
    book.add("task", title="Report", owner="Ben", due="2026-09-16")
    book.add(
        "leave", person="Ben", starts_on="2026-09-16", ends_on="2026-09-17", cover="Cai",
        status="approved",
    )  # fmt: skip
    (line,) = book.lines("task")
    assert line.person_name == "Cai"
    assert "for Ben, who is away" in line.reason
    (back,) = book.lines("task", date(2026, 9, 18))
    assert back.person_name == "Ben"


# -- dates ---------------------------------------------------------------------------------------


def test_a_contract_is_told_a_month_ahead_and_no_more_when_another_follows(book):
    book.add("contract", name="Frame", customer="Acme", ends_on="2026-10-10", amount=900)
    assert book.lines("date", date(2026, 9, 9)) == []
    (line,) = book.lines("date")
    assert (line.severity, line.action, line.title) == (
        "soon",
        "renew",
        "Acme: contract Frame ends",
    )
    assert book.lines("date", date(2026, 10, 4))[0].severity == "today"
    book.add("contract", name="Frame 2", customer="Acme", ends_on="2027-10-10")
    assert book.lines("date") == []


def test_birthdays_of_contacts_and_colleagues_are_told_three_days_ahead(book):
    book.add("contact", name="Dee", customer="Acme", birthday="1980-09-18")
    book.set("salesperson", book.ben, birthday="1990-09-16")
    assert [(one.title, one.severity) for one in book.lines("date")] == [
        ("Ben has a birthday today", "today"),
        ("Dee has a birthday in 2 days", "note"),
    ]
    assert book.lines("date", date(2026, 9, 19)) == []


def test_birthdays_reach_over_the_end_of_the_year(book):
    book.add("contact", name="Dee", customer="Acme", birthday="1980-01-01")
    assert book.titles("date", date(2026, 12, 30)) == ["Dee has a birthday in 2 days"]


def test_who_is_born_on_29_february_has_a_birthday_every_year(book):
    born = date(1992, 2, 29)
    assert birthday_in(born, 2027) == date(2027, 2, 28)
    assert birthday_in(born, 2028) == date(2028, 2, 29)
    assert days_until(born, date(2027, 2, 28)) == 0
    book.add("contact", name="Leap", customer="Acme", birthday=born)
    assert book.titles("date", date(2027, 2, 28)) == ["Leap has a birthday today"]
    assert book.titles("date", date(2028, 2, 28)) == ["Leap has a birthday in 1 day"]
    assert book.titles("date", date(2027, 3, 1)) == []


# -- what has nobody, what is disputed, what grew old --------------------------------------------


def test_customers_of_somebody_who_left_are_one_line(book):
    for name in ("Dot", "Elm"):
        book.add("customer", name=name, owner="Cai")
    book.set("salesperson", book.cai, status="left")
    (line,) = book.lines("unassigned")
    assert (line.title, line.action, len(line.records)) == (
        "2 customers without an owner",
        "assign",
        2,
    )
    assert line.severity == "today"


def test_customers_of_the_pool_have_no_owner_on_purpose(book):
    row = book.add("customer", name="Free")
    assert [one.severity for one in book.lines("unassigned")] == ["note"]
    book.set("customer", row, pool_status="pool")
    assert book.lines("unassigned") == []


def test_a_disputed_customer_is_told_once_with_everybody_who_claims_it(book):
    for who in ("Ann", "Ben"):
        book.add(
            "ownership_claim", customer="Acme", claimant=who, status="disputed",
            claimed_on="2026-09-10",
        )  # fmt: skip
    (line,) = book.lines("claim")
    assert line.title == "Whose is Acme?"
    assert "claimed by Ann, Ben" in line.reason.lower().replace("ann", "Ann").replace("ben", "Ben")


def test_old_data_is_told_by_person_and_whoever_is_away_isnt(book):
    for who in ("Ann", "Ben"):
        book.add("activity", at="2026-09-09 10:00", kind="call", person=who, customer="Acme")
    assert book.titles("data_age", date(2026, 9, 11)) == []
    (ann, ben) = book.lines("data_age")
    assert {ann.person_name, ben.person_name} == {"Ann", "Ben"}
    assert "the last activity is of 09-09, 4 working days" in ann.reason.lower()
    book.add("leave", person="Ben", starts_on="2026-09-16", ends_on="2026-09-16", status="approved")
    assert [one.person_name for one in book.lines("data_age")] == ["Ann"]


def test_meetings_of_the_day_and_decisions_to_be_looked_at_again(book):
    book.add("meeting", title="Weekly", held_on="2026-09-16", starts_at="2026-09-16 09:00")
    decision = book.add("decision", title="Two visits a day", review_on="2026-09-14")
    assert set(book.titles("meeting")) == {"Weekly", "Decision: Two visits a day"}
    book.set("decision", decision, outcome="It worked")
    assert book.titles("meeting", date(2026, 9, 17)) == []


def test_a_goal_off_pace_is_told_with_what_is_missing(book):
    book.add(
        "goal", level="person", person="Ann", measure="sales_amount", period="2026-09", target=1000,
        title="September",
    )  # fmt: skip
    book.add("order", code="1", customer="Acme", owner="Ann", ordered_on="2026-09-02", amount=10)
    (line,) = book.lines("goal")
    assert (line.title, line.person_name, line.severity) == ("September", "Ann", "soon")
    assert line.amount > 0
    assert "was expected by now" in line.reason
    assert book.today(ON).whole


# -- customers -----------------------------------------------------------------------------------


def test_a_customer_about_to_fall_to_the_pool_is_told_before_it_does(book):
    book.add("pool_rule", grade="A", pool_days=30, warn_days=7)
    book.add("activity", at="2026-08-20 10:00", kind="call", person="Ann", customer="Acme")
    assert book.lines("pool", date(2026, 9, 11)) == []
    (soon,) = book.lines("pool", date(2026, 9, 14))
    assert (soon.severity, soon.title) == ("soon", "Acme is about to fall to the pool")
    assert book.lines("pool", date(2026, 9, 17))[0].severity == "today"
    (over,) = book.lines("pool", date(2026, 9, 19))
    assert (over.severity, over.title, over.action) == ("now", "Acme falls to the pool", "plan")
    assert "No contact for 30 days" in over.reason
    book.add("activity", at="2026-09-15 10:00", kind="call", person="Ann", customer="Acme")
    assert book.lines("pool", date(2026, 9, 19)) == []


def test_customers_without_a_next_step_are_counted_in_one_line(book):
    assert book.lines("neglect") == []  # there is a reason
    book.set("customer", book.acme, no_step_reason="")
    book.set("customer", book.bolt, no_step_reason="")
    (line,) = book.lines("neglect")
    assert (line.title, line.severity, line.action) == (
        "2 customers without a next step",
        "note",
        "list",
    )
    book.add("follow_up_plan", customer="Acme", due="2026-12-01")
    book.set("customer", book.bolt, no_step_reason="They wait for spring")
    assert book.lines("neglect") == []


def test_customers_without_contact_for_too_long_are_counted_in_one_line(book):
    book.add("pool_rule", grade="A", contact_days=14)
    book.add("activity", at="2026-08-20 10:00", kind="call", person="Ann", customer="Acme")
    book.add("follow_up_plan", customer="Acme", due="2026-12-01")
    titles = book.titles("neglect")
    assert titles[0] == "1 customer without contact for longer than its grade asks"


def test_work_that_is_there_twice_is_told_in_one_line(book):
    for _ in range(2):
        book.add("task", title="Send the quote", owner="Ann", customer="Acme", due="2026-12-01")
    (line,) = book.lines("duplicate")
    assert (line.title, line.severity, len(line.records)) == (
        "1 pair of work looks the same",
        "note",
        2,
    )
