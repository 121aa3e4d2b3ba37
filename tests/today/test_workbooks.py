"""Returned workbooks, files that wait, workbooks that are asked for, and unanswered questions on Today."""

from __future__ import annotations

import pytest

from models import texts
from models.today import plain
from models.today.today import read
from tests.workbooks.returned import ON, team


@pytest.fixture
def book(tmp_path):
    """A fresh team."""
    texts.set_language("en")
    with team(tmp_path) as made:
        yield made


def lines(book, kind, waiting=()):
    """The lines of a kind."""
    return [one for one in read(book.book, ON, waiting).lines() if one.kind == kind]


def test_a_returned_workbook_with_open_questions_is_told_with_how_many_and_since_when(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    asked = tuple(
        {"kind": "edited", "entity": "customer", "record": "CU-1", "label": "Acme", "field": field}
        for field in ("city", "phone")
    )
    book.come_back(workbook, "2026-09-14T02:00:00", asked=asked)
    (line,) = lines(book, "workbook")
    assert (line.title, line.action) == ("Workbook of Ann: decide what differs", "review")
    assert line.reason == "2 questions are open, came back 2 days ago."
    assert line.record.entity == "workbook"
    for row in book.book.ids("cell_conflict"):
        book.set("cell_conflict", row, status="mine")
    assert lines(book, "workbook") == []


def test_files_that_wait_in_the_watched_folder_are_one_line(book):
    (line,) = lines(book, "workbook", ("a.xlsx", "b.xlsx"))
    assert line.title == "2 files wait in the watched folder"
    assert line.reason == "A.xlsx, b.xlsx." or line.reason == "a.xlsx, b.xlsx."
    told = plain.as_data(book.book, read(book.book, ON, ("a.xlsx",)))
    assert any(one["kind"] == "workbook" and one["records"] == [] for one in told["lines"])


def test_a_workbook_that_is_not_back_is_told_instead_of_old_data(book):
    book.add("activity", at="2026-09-01 10:00", kind="call", person="Ann", customer="Acme")
    assert len(lines(book, "data_age")) == 1
    book.issue("Ann", "2026-09-07T01:00:00", due="2026-09-11")
    (line,) = lines(book, "workbook")
    assert (line.title, line.action, line.person_name) == (
        "The workbook of Ann isn't back",
        "nudge",
        "Ann",
    )
    assert line.reason == "3 working days overdue, due back on 09-11, issued on 09-07."
    assert lines(book, "data_age") == []


def test_a_returned_workbook_is_news_of_its_person(book):
    book.add("activity", at="2026-09-01 10:00", kind="call", person="Ann", customer="Acme")
    workbook = book.issue("Ann", "2026-09-07T01:00:00", due="2026-09-18")
    assert len(lines(book, "data_age")) == 1
    book.come_back(workbook, "2026-09-15T02:00:00")
    assert lines(book, "data_age") == lines(book, "workbook") == []


def test_a_person_whose_workbook_came_back_long_ago_gets_a_new_one(book):
    workbook = book.issue("Ann", "2026-08-28T01:00:00")
    book.come_back(workbook, "2026-09-03T02:00:00")
    (line,) = lines(book, "workbook")
    assert (line.title, line.action) == ("A new workbook is due for Ann", "issue")


def test_a_question_without_an_answer_has_a_clock_and_an_answer_ends_it(book):
    asked = book.add(
        "suggestion", title="Who gives discounts?", kind="question", person="Ann",
        raised_on="2026-09-11", content="Over 5 %.",
    )  # fmt: skip
    book.add("suggestion", title="Shorter meetings", person="Ben", raised_on="2026-09-16")
    (question, suggestion) = lines(book, "suggestion")
    assert (question.title, question.severity) == ("Question: Who gives discounts?", "today")
    assert "From Ann, said on 09-11, no answer for 3 working days" in question.reason
    assert (suggestion.severity, suggestion.action) == ("note", "answer")
    book.set("suggestion", asked, answer="The manager")
    assert [one.title for one in lines(book, "suggestion")] == ["Suggestion: Shorter meetings"]
