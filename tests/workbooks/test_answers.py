"""What became of a person's returned workbook, and what is new for them."""

from __future__ import annotations

import pytest

from models import texts
from models.workbooks import answers
from models.workbooks.answer_message import message
from tests.workbooks.returned import team


@pytest.fixture
def book(tmp_path):
    """A fresh team."""
    texts.set_language("en")
    with team(tmp_path) as made:
        yield made


def asked(book, **more):
    """A question about the city of Acme."""
    return {
        "kind": "edited", "entity": "customer", "record": book.book.public_id("customer", book.acme),
        "label": "Acme", "field": "city", "base": "Wuhan", "mine": "Xi'an", "theirs": "Beijing",
        "at": "My customers!D2", **more,
    }  # fmt: skip


def told(sheet):
    """Kind, record, field, what came, what stands, comment."""
    return [
        (one.kind, one.record, one.field, one.yours, one.now, one.comment) for one in sheet.rows
    ]


def test_the_first_workbook_answers_nothing(book):
    assert answers.latest(book.book.connection(), book.ann) is None
    assert answers.of(book.book, book.ann, None) is None


def test_cells_and_rows_that_were_taken_are_told_with_who_and_when(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    assert answers.latest(book.book.connection(), book.ann) == workbook
    book.come_back(
        workbook,
        "2026-09-14T02:00:00",
        taken={"customer": {book.acme: {"city": "Wuhan"}}},
        added=(("contact", {"name": "Mr Li", "customer": "Acme"}),),
    )
    sheet = answers.of(book.book, book.ann, workbook)
    assert sheet is not None
    assert told(sheet) == [
        ("taken", "Acme", "City", "Wuhan", "Wuhan", ""),
        ("added", "Mr Li", "", "", "", ""),
    ] or told(sheet)[::-1] == [
        ("taken", "Acme", "City", "Wuhan", "Wuhan", ""),
        ("added", "Mr Li", "", "", "", ""),
    ]
    assert {one.day for one in sheet.rows} == {"2026-09-14"}
    assert all(one.by == book.book.author for one in sheet.rows)


def test_what_was_joined_and_what_changed_since_stands_beside_what_was_sent(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.come_back(
        workbook,
        taken={"customer": {book.acme: {"notes": "Likes tea.\nNew boss."}}},
        written={"customer": {book.acme: {"notes": "Likes tea.\nPays late.\nNew boss."}}},
    )
    (one,) = answers.of(book.book, book.ann, workbook).rows
    assert (one.kind, one.now) == ("joined", "Likes tea.\nPays late.\nNew boss.")
    book.set("customer", book.acme, notes="Other")
    assert answers.of(book.book, book.ann, workbook).rows[0].now == "Other"


def test_a_collect_that_was_undone_is_no_answer(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    number = book.come_back(workbook, taken={"customer": {book.acme: {"city": "Wuhan"}}})
    book.book.undo(number)
    assert answers.of(book.book, book.ann, workbook).empty


def test_decisions_are_told_with_the_value_and_the_comment_and_open_ones_come_first(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.set("customer", book.acme, city="Xi'an")
    book.come_back(
        workbook, asked=(asked(book), asked(book, field="phone", theirs="12"), asked(book))
    )
    mine, _, other = book.book.ids("cell_conflict")
    book.set("cell_conflict", mine, status="mine", comment="They moved.")
    book.set("cell_conflict", other, status="other", decision="Chengdu")
    sheet = answers.of(book.book, book.ann, workbook)
    assert told(sheet)[0] == ("mine", "Acme", "City", "Beijing", "Xi'an", "They moved.")
    assert told(sheet)[2][5] == "decided: Chengdu"
    assert sheet.lines()[0][1] == "Not decided yet"
    assert [heading for heading, _ in sheet.sections()] == ["Still open", "What you sent back"]


def test_what_could_not_be_read_and_what_was_declined_is_told(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.come_back(
        workbook,
        asked=(
            asked(book, kind="unreadable", theirs="soon"),
            asked(book, kind="declined", status="mine"),
        ),
    )
    assert [one.kind for one in answers.of(book.book, book.ann, workbook).rows] == [
        "unreadable",
        "declined",
    ]


def test_new_tasks_plans_notices_and_answers_are_told_and_own_rows_are_not_news(book):
    asked_before = book.add("suggestion", title="Who?", kind="question", person="Ann")
    book.add("task", title="Known before", owner="Ann")
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.come_back(workbook, added=(("task", {"title": "My own", "owner": "Ann"}),))
    book.add("task", title="Call Acme", owner="Ann", due="2026-09-20")
    book.add("task", title="Not mine", owner="Ben")
    book.add("follow_up_plan", customer="Acme", person="Ann", due="2026-09-21", purpose="Offer")
    book.add("announcement", title="Holiday", body="Closed on 1 October", posted_on="2026-09-11")
    book.add("announcement", title="For Ben", person="Ben")
    book.set("suggestion", asked_before, answer="The manager")
    sheet = answers.of(book.book, book.ann, workbook)
    assert [(one.kind, one.record) for one in sheet.rows] == [
        ("added", "My own"),
        ("task", "Call Acme"),
        ("follow_up", "Acme"),
        ("notice", "Holiday"),
        ("suggestion", "Who?"),
    ]
    assert sheet.rows[1].now == "due on 2026-09-20"
    assert sheet.rows[4].now == "Answered"
    assert sheet.rows[4].comment == "The manager"


def test_the_sheet_speaks_the_language_in_force_and_is_never_without_a_line(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    sheet = answers.of(book.book, book.ann, workbook)
    assert sheet.empty
    assert len(sheet.lines()) == 1
    assert len(sheet.lines()[0]) == len(sheet.headers()) == 7
    texts.set_language("zh_CN")
    assert sheet.headers()[0] == "日期"
    assert sheet.lines()[0][1].startswith("自上次")


def test_the_message_is_short_and_says_what_differs_what_is_new_and_which_file_comes(book):
    workbook = book.issue("Ann", "2026-09-10T01:00:00")
    book.set("customer", book.acme, city="Xi'an")
    book.come_back(
        workbook,
        "2026-09-14T02:00:00",
        taken={"customer": {book.acme: {"phone": "13800138000"}}},
        asked=(asked(book),),
    )
    (row,) = book.book.ids("cell_conflict")
    book.set("cell_conflict", row, status="mine", comment="They moved.")
    book.add("task", title="Call Acme", owner="Ann", due="2026-09-20")
    said = message(answers.of(book.book, book.ann, workbook), "Daybook_Ann_2.xlsx")
    assert said.splitlines() == [
        "Ann, thank you for the workbook that came back on 2026-09-14.",
        "1 entry was taken over.",
        "Otherwise than you wrote:",
        "- Acme, City: you wrote “Beijing”, it is “Xi'an” (They moved.)",
        "New for you:",
        "- Call Acme (due on 2026-09-20)",
        "Your new workbook is “Daybook_Ann_2.xlsx”; please go on in that one.",
    ]
