"""A person's calendar file: what stands in it, and that a second one updates the first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import texts
from models.book import Book
from models.phone.calendar_file import Asked, calendar, usual
from models.reminding.quiet import Quiet
from tests.phone.calendars import Phone, read

HERE = ZoneInfo("Asia/Shanghai")
# In the future of the journal, whose stamps are this machine's.
NOW = datetime(2026, 12, 1, 9, tzinfo=HERE)
WANG, LI = 1, 2


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("test") as change:
            change.add("team", {"name": "华东一组"})
            change.add("salesperson", {"name": "王强", "team": "华东一组"})
            change.add("salesperson", {"name": "李娜"})
            change.add(
                "customer",
                {"name": "江苏单氏机械有限公司", "owner": "王强", "phone": "025-8888 0000",
                 "city": "南京市", "address": "江宁区诚信大道19号"},
            )  # fmt: skip
            change.add("contact", {"name": "欧阳明", "customer": 1, "phone": "13800138000"})
            change.add(
                "task",
                {"title": "寄样品；附说明, 含\\反斜杠", "owner": "王强", "customer": 1,
                 "due": "2026-12-04", "priority": "high", "done_criteria": "客户签收\n并回执",
                 "remind_at": "2026-12-03 23:00"},
            )  # fmt: skip
            change.add(
                "follow_up_plan",
                {"customer": 1, "due": "2026-12-03", "at": "2026-12-03 14:00", "kind": "visit",
                 "purpose": "谈年框"},
            )  # fmt: skip
            change.add("follow_up_plan", {"customer": 1, "due": "2026-12-07", "kind": "call"})
            change.add(
                "meeting",
                {"title": "周会", "held_on": "2026-12-07", "starts_at": "2026-12-07 08:00",
                 "team": "华东一组", "place": "二楼", "duration_minutes": 45},
            )  # fmt: skip
        yield made


def asked(book: Book, now: datetime = NOW, zone: ZoneInfo | None = HERE) -> Asked:
    from models.calendar.in_book import work_calendar

    quiet = Quiet(time(20), time(8), work_calendar(book).is_working, zone)
    return usual(now, zone, quiet)


def events(book: Book, person: int = WANG) -> dict[str, object]:
    found = read(calendar(book, person, asked(book)).content)
    return {str(one["SUMMARY"]): one for one in found}


def test_tasks_follow_ups_and_meetings_stand_in_it_with_all_that_one_needs_on_the_way(book):
    found = events(book)
    assert list(found) == [
        "Visit 江苏单氏机械有限公司: 谈年框",
        "寄样品；附说明, 含\\反斜杠 · 江苏单氏机械有限公司",
        "周会",
        "Call 江苏单氏机械有限公司",
    ]
    visit, task, meeting, call = found.values()
    assert visit.decoded("DTSTART") == datetime(2026, 12, 3, 14, tzinfo=HERE)
    assert visit.decoded("DTEND") - visit.decoded("DTSTART") == timedelta(minutes=90)
    assert str(visit["LOCATION"]) == "南京市江宁区诚信大道19号"
    assert "Phone: 13800138000" in str(visit["DESCRIPTION"])
    assert "Contact: 欧阳明" in str(visit["DESCRIPTION"])
    assert task.decoded("DTSTART") == date(2026, 12, 4)
    assert task.decoded("DTEND") == date(2026, 12, 5)
    assert (str(task["TRANSP"]), task["PRIORITY"]) == ("TRANSPARENT", 1)
    assert "Done means: 客户签收\n并回执" in str(task["DESCRIPTION"])
    assert meeting.decoded("DTEND") - meeting.decoded("DTSTART") == timedelta(minutes=45)
    assert (str(meeting["TRANSP"]), str(meeting["LOCATION"])) == ("OPAQUE", "二楼")
    assert call.decoded("DTSTART") == date(2026, 12, 7)


def test_the_phone_rings_before_appointments_and_never_at_night(book):
    visit, task, meeting, call = events(book).values()
    [alarm] = visit.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-15)
    # Eleven at night is the next morning at eight, of the day by which it is due.
    [alarm] = task.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=8)
    # Fifteen minutes before eight on Monday is still quiet; at eight it begins.
    [alarm] = meeting.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(0)
    assert call.walk("VALARM") == []


def test_the_zone_is_described_and_another_one_gives_the_same_moments(book):
    content = calendar(book, WANG, asked(book)).content
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n" in content
    assert b"DTSTART;TZID=Asia/Shanghai:20261203T140000" in content
    berlin = calendar(book, WANG, asked(book, zone=ZoneInfo("Europe/Berlin"))).content
    assert b"BEGIN:DAYLIGHT" in berlin
    assert b"DTSTART;TZID=Europe/Berlin:20261203T070000" in berlin
    without = calendar(book, WANG, asked(book, zone=None)).content
    assert b"VTIMEZONE" not in without
    assert b"DTSTART:20261203T060000Z" in without
    for one in (berlin, without):
        [visit] = [event for event in read(one) if "谈年框" in str(event["SUMMARY"])]
        assert visit.decoded("DTSTART") == datetime(2026, 12, 3, 14, tzinfo=HERE)


def test_an_unchanged_book_gives_the_same_file(book):
    one = calendar(book, WANG, asked(book)).content
    assert calendar(book, WANG, asked(book)).content == one


def test_a_change_elsewhere_leaves_an_event_as_it_was(book):
    before = events(book)
    with book.change("elsewhere") as change:
        change.set("task", 1, {"title": "寄合同"})
    after = events(book)
    same = "Visit 江苏单氏机械有限公司: 谈年框"
    assert after[same].to_ical() == before[same].to_ical()


CHANGES = [
    ("moved", lambda c: c.set("task", 1, {"due": "2027-01-15"}), 4),
    ("moved out of what the file covers", lambda c: c.set("task", 1, {"due": "2029-01-15"}), 4),
    ("called otherwise", lambda c: c.set("task", 1, {"title": "寄合同"}), 4),
    ("done", lambda c: c.set("task", 1, {"status": "done"}), 3),
    ("without a day", lambda c: c.set("task", 1, {"due": ""}), 3),
    ("removed", lambda c: c.remove("task", [1]), 3),
    ("given away", lambda c: c.set("task", 1, {"owner": "李娜"}), 3),
    ("follow-up missed", lambda c: c.set("follow_up_plan", 1, {"status": "missed"}), 3),
    ("customer given away", lambda c: c.set("customer", 1, {"owner": "李娜"}), 2),
    ("team left", lambda c: c.set("salesperson", 1, {"team": ""}), 3),
    ("meeting of others", lambda c: c.set("meeting", 1, {"team": "", "person": "李娜"}), 3),
    ("meeting moved", lambda c: c.set("meeting", 1, {"starts_at": "2026-12-08 10:00"}), 4),
    ("another phone", lambda c: c.set("contact", 1, {"phone": "13900139000"}), 4),
    ("a contact gone", lambda c: c.remove("contact", [1]), 4),
    ("a contact moved", lambda c: c.set("contact", 1, {"customer": ""}), 4),
    ("another name", lambda c: c.set("customer", 1, {"name": "单氏"}), 4),
    ("a free day more", lambda c: c.add("calendar_day", {"day": "2026-12-04", "kind": "off"}), 4),
]  # fmt: skip


@pytest.mark.parametrize(("why", "act", "left"), CHANGES, ids=[one[0] for one in CHANGES])
def test_a_second_file_updates_and_takes_away_and_an_undo_brings_back(book, why, act, left):
    phone = Phone()
    phone.take(calendar(book, WANG, asked(book)).content)
    first = phone.shown
    assert len(first) == 4
    with book.change(why) as change:
        act(change)
    phone.take(calendar(book, WANG, asked(book)).content)
    fresh = {str(one["UID"]): one for one in read(calendar(book, WANG, asked(book)).content)}
    assert len(phone.shown) == left
    assert set(phone.events) == set(first), "nothing is doubled"
    for uid, one in fresh.items():
        assert phone.events[uid].to_ical() == one.to_ical(), "what the book says now is shown"
    book.undo()
    phone.take(calendar(book, WANG, asked(book)).content)
    assert phone.shown == first


def test_what_changes_hands_leaves_one_calendar_and_enters_the_other(book):
    one, other, managers = Phone(), Phone(), Phone()
    for phone, person in ((one, WANG), (other, LI), (managers, WANG), (managers, LI)):
        phone.take(calendar(book, person, asked(book)).content)
    with book.change("hand over") as change:
        change.set("task", 1, {"owner": "李娜"})
    for phone, person in ((one, WANG), (other, LI), (managers, LI), (managers, WANG)):
        phone.take(calendar(book, person, asked(book)).content)
    assert sum("寄样品" in title for title in managers.shown.values()) == 1
    assert not any("寄样品" in title for title in one.shown.values())
    assert any("寄样品" in title for title in other.shown.values())


def test_who_shares_a_task_has_it_too(book):
    with book.change("share") as change:
        change.add("collaborator", {"task": 1, "person": "李娜"})
    phone = Phone()
    phone.take(calendar(book, LI, asked(book)).content)
    assert len(phone.shown) == 1
    with book.change("alone again") as change:
        change.remove("collaborator", [1])
    phone.take(calendar(book, LI, asked(book)).content)
    assert phone.shown == {}


def test_what_somebody_covers_is_in_their_calendar_while_the_leave_lasts(book):
    one, other = Phone(), Phone()

    def import_both() -> tuple[int, list[str]]:
        one.take(calendar(book, WANG, asked(book)).content)
        other.take(calendar(book, LI, asked(book)).content)
        return len(one.shown), sorted(other.shown.values())

    assert import_both() == (4, [])
    with book.change("leave") as change:
        change.add(
            "leave",
            {"person": "王强", "starts_on": "2026-12-03", "ends_on": "2026-12-04", "cover": "李娜"},
        )
    mine, theirs = import_both()
    assert (mine, len(theirs)) == (2, 2)
    assert "谈年框" in theirs[0]
    found = read(calendar(book, LI, asked(book)).content)
    assert all(
        "李娜 covers it for 王强 until 2026-12-04" in str(one["DESCRIPTION"]) for one in found
    )
    with book.change("back earlier") as change:
        change.set("leave", 1, {"ends_on": "2026-12-03"})
    assert [len(import_both()[1]), import_both()[0]] == [1, 3]
    with book.change("no leave") as change:
        change.set("leave", 1, {"status": "cancelled"})
    assert import_both() == (4, [])
    book.undo()
    assert len(import_both()[1]) == 1
    with book.change("removed") as change:
        change.remove("leave", [1])
    assert import_both() == (4, [])


def test_what_was_done_long_ago_is_told_no_more_and_what_came_in_done_never(book):
    with book.change("done") as change:
        change.set("task", 1, {"status": "done"})
        change.add(
            "task", {"title": "旧事", "owner": "王强", "due": "2026-12-02", "status": "done"}
        )
    made = calendar(book, WANG, asked(book))
    assert (made.live, made.cancelled) == (3, 1)
    later = calendar(book, WANG, asked(book, datetime.now(UTC) + timedelta(days=61)))
    assert later.cancelled == 0


def test_in_chinese_and_with_signs_that_no_file_may_hold(book):
    texts.set_language("zh_CN")
    with book.change("signs") as change:
        change.set("follow_up_plan", 1, {"purpose": "一二三四五六七八九十" * 30 + "👍"})
        change.set("task", 1, {"done_criteria": "甲\r\n乙\x07丙\u2028丁"})
    found = read(calendar(book, WANG, asked(book)).content)
    [visit] = [one for one in found if "👍" in str(one["SUMMARY"])]
    assert (
        str(visit["SUMMARY"]) == "拜访 江苏单氏机械有限公司：" + "一二三四五六七八九十" * 30 + "👍"
    )
    assert [str(one) for one in visit["CATEGORIES"].cats] == ["跟进"]


def test_a_book_in_which_nothing_is_to_be_done_gives_a_file_without_events(tmp_path):
    with Book.create(tmp_path / "empty.daybook") as book:
        with book.change("one") as change:
            change.add("salesperson", {"name": "王强"})
        made = calendar(book, 1, asked(book))
        assert (made.live, read(made.content)) == (0, [])
