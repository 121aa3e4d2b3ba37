"""Working days, held against the notices of China's State Council, which stand here day by day."""

from __future__ import annotations

import subprocess
import sys
import time
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import texts
from models.calendar.public_holidays import COUNTRIES, last_known_year, public_year
from models.calendar.workdays import MAKE_UP, NO_COUNTRY, OFF, WORK, OwnDay, WorkCalendar

ONE = timedelta(days=1)

# 国务院办公厅关于2023–2026年部分节假日安排的通知: the days off, from – to, and the weekend days worked.
NOTICES = {
    2023: (
        "2022-12-31..2023-01-02 2023-01-21..2023-01-27 2023-04-05..2023-04-05 "
        "2023-04-29..2023-05-03 2023-06-22..2023-06-24 2023-09-29..2023-10-06",
        "2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08",
    ),
    2024: (
        "2024-01-01..2024-01-01 2024-02-10..2024-02-17 2024-04-04..2024-04-06 "
        "2024-05-01..2024-05-05 2024-06-10..2024-06-10 2024-09-15..2024-09-17 "
        "2024-10-01..2024-10-07",
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12",
    ),
    2025: (
        "2025-01-01..2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 "
        "2025-05-01..2025-05-05 2025-05-31..2025-06-02 2025-10-01..2025-10-08",
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
    ),
    2026: (
        "2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06 "
        "2026-05-01..2026-05-05 2026-06-19..2026-06-21 2026-09-25..2026-09-27 "
        "2026-10-01..2026-10-07",
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
    ),
}
# The same, counted by hand month by month: January to December.
COUNTED = {
    2023: (18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21),
    2024: (22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22),
    2025: (19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23),
    2026: (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23),
}


def noticed(text: str) -> set[date]:
    made = set()
    for span in text.split():
        first, last = (date.fromisoformat(one) for one in span.split(".."))
        made |= {first + ONE * at for at in range((last - first).days + 1)}
    return made


OFF_BY_NOTICE = {day for off, _ in NOTICES.values() for day in noticed(off)}
WORKED_BY_NOTICE = {date.fromisoformat(one) for _, on in NOTICES.values() for one in on.split()}


def works_by_notice(day: date) -> bool:
    return day in WORKED_BY_NOTICE or (day.weekday() < 5 and day not in OFF_BY_NOTICE)


def all_days(first: date, last: date) -> list[date]:
    return [first + ONE * at for at in range((last - first).days + 1)]


@pytest.mark.parametrize("year", NOTICES)
def test_the_working_days_of_every_month_are_those_of_the_notices(year):
    calendar = WorkCalendar("CN")
    for month in range(1, 13):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        told = [day for day in all_days(first, last) if works_by_notice(day)]
        assert calendar.days(first, last) == told
        assert calendar.count(first, last) == len(told) == COUNTED[year][month - 1], (year, month)


@pytest.mark.parametrize("year", NOTICES)
def test_the_make_up_days_of_every_year_are_those_of_the_notices(year):
    found = WorkCalendar("CN").make_up_days(date(year, 1, 1), date(year, 12, 31))
    assert found == sorted(day for day in WORKED_BY_NOTICE if day.year == year)


def test_without_a_country_monday_to_friday_are_worked():
    calendar = WorkCalendar(NO_COUNTRY)
    assert calendar.count(date(2026, 10, 1), date(2026, 10, 31)) == 22
    assert calendar.known_until is None
    assert calendar.beyond(date(2090, 1, 1)) == ""


@pytest.mark.parametrize(
    ("country", "off"),
    [
        ("HK", date(2026, 4, 6)),  # Easter Monday
        ("TW", date(2026, 9, 28)),
        ("SG", date(2026, 8, 10)),  # National Day, observed
        ("US", date(2026, 7, 3)),  # Independence Day, observed
        ("GB", date(2026, 8, 31)),
    ],
)
def test_other_countries_have_their_own_holidays(country, off):
    calendar = WorkCalendar(country)
    assert not calendar.is_working(off)
    assert calendar.why(off).kind == "holiday"
    assert WorkCalendar(NO_COUNTRY).is_working(off)


def test_a_taiwanese_saturday_is_worked_where_its_government_said_so():
    assert WorkCalendar("TW").is_working(date(2025, 2, 8))
    assert WorkCalendar("TW").make_up_days(date(2025, 1, 1), date(2025, 12, 31)) == [
        date(2025, 2, 8)
    ]


# -- why --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 2, 17), "Chinese New Year (Spring Festival)", "春节"),
        (
            date(2026, 2, 20),
            "Chinese New Year (Spring Festival), in exchange for 2026-02-14",
            "春节，与 2026-02-14 调休",
        ),
        (date(2026, 2, 14), "make-up day for 2026-02-20", "调休上班（补 2026-02-20）"),
        (date(2026, 2, 21), "weekend", "周末"),
        (date(2026, 3, 2), "working day", "工作日"),
        (date(2026, 11, 27), "set by you: day off, 公司年会", "您设定的：休息日，公司年会"),
        (date(2026, 11, 28), "set by you: make-up day", "您设定的：调休上班"),
    ],
)
def test_why_a_day_is_worked_or_not_is_said_in_words(day, english, chinese):
    own = [
        OwnDay(date(2026, 11, 27), OFF, "公司年会"),
        OwnDay(date(2026, 11, 28), MAKE_UP),
    ]
    calendar = WorkCalendar("CN", own)
    assert calendar.why(day).text() == english
    texts.set_language("zh_CN")
    assert calendar.why(day).text() == chinese


# -- the book's own days ----------------------------------------------------------------------------


def test_the_book_s_own_days_stand_above_those_of_the_country():
    own = [
        OwnDay(date(2026, 10, 1), WORK, "展会"),
        OwnDay(date(2026, 10, 10), OFF),
        OwnDay(date(2026, 11, 7), MAKE_UP),
        OwnDay(date(2026, 11, 9), OFF, "第一次"),
        OwnDay(date(2026, 11, 9), WORK, "第二次"),  # of two rows for one day the last counts
    ]
    calendar = WorkCalendar("CN", own)
    assert calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2026, 10, 10))
    assert calendar.is_working(date(2026, 11, 7))
    assert calendar.is_working(date(2026, 11, 9))
    assert calendar.count(date(2026, 10, 1), date(2026, 10, 31)) == 18 + 1 - 1
    assert calendar.count(date(2026, 11, 1), date(2026, 11, 30)) == 21 + 1
    assert date(2026, 10, 10) not in calendar.make_up_days(date(2026, 10, 1), date(2026, 11, 30))
    assert date(2026, 11, 7) in calendar.make_up_days(date(2026, 10, 1), date(2026, 11, 30))
    assert (date(2026, 10, 10), "day off") in calendar.holidays(
        date(2026, 10, 1), date(2026, 11, 1)
    )


def test_a_whole_year_of_own_days_gives_that_year_whatever_the_package_guesses():
    """2026 written as people would write 2027: what stands is theirs, guesses of the package go."""
    shifted = {}  # the notice of 2026, a year and a day later, so that weekdays fit
    for day in sorted(OFF_BY_NOTICE | WORKED_BY_NOTICE):
        if day.year == 2026:
            shifted[day + timedelta(days=364)] = MAKE_UP if day in WORKED_BY_NOTICE else OFF
    own = [OwnDay(day, kind) for day, kind in shifted.items()]
    guessed = date(2027, 2, 10)  # given for a weekend day by the package, by nobody else
    assert not WorkCalendar("CN").is_working(guessed)
    calendar = WorkCalendar("CN", own)
    law = public_year("CN", 2027, law_only=True).off
    for day in all_days(date(2027, 1, 1), date(2027, 12, 30)):
        if day in shifted:
            assert calendar.is_working(day) == (shifted[day] == MAKE_UP), day
        else:
            assert calendar.is_working(day) == (day.weekday() < 5 and day not in law), day


# -- what is known ----------------------------------------------------------------------------------


def test_china_is_known_up_to_its_last_notice_and_says_so_in_words():
    calendar = WorkCalendar("CN")
    known = calendar.known_until
    assert known is not None
    assert known >= date(2026, 12, 31)
    assert (known.month, known.day) == (12, 31)
    assert calendar.beyond(known) == ""
    following = known + ONE
    assert str(following.year) in calendar.beyond(following)
    texts.set_language("zh_CN")
    assert "调休" in calendar.beyond(following)


def test_a_year_with_a_make_up_day_of_the_book_counts_as_entered():
    newest = last_known_year("CN")
    assert newest is not None
    day_off = WorkCalendar("CN", [OwnDay(date(newest + 1, 6, 1), OFF, "店庆")])
    assert not day_off.is_known(date(newest + 1, 1, 1))
    entered = WorkCalendar("CN", [OwnDay(date(newest + 1, 2, 6), MAKE_UP)])
    assert entered.known_until == date(newest + 1, 12, 31)
    assert entered.beyond(date(newest + 1, 12, 31)) == ""
    assert entered.beyond(date(newest + 2, 1, 1))


def test_singapore_is_known_as_long_as_no_day_is_an_estimate():
    known = WorkCalendar("SG").known_until
    assert known is not None
    assert "estimate" in WorkCalendar("SG").beyond(known + ONE)


# -- laws -------------------------------------------------------------------------------------------

days = st.dates(date(2019, 1, 1), date(2028, 12, 31))
own_days = st.lists(st.builds(OwnDay, days, st.sampled_from([OFF, WORK, MAKE_UP])), max_size=20)
calendars = st.builds(WorkCalendar, st.sampled_from([*COUNTRIES, NO_COUNTRY]), own_days)


@given(calendars, days, days, days)
def test_the_parts_of_a_span_add_up_to_it(calendar, one, two, three):
    first, middle, last = sorted((one, two, three))
    parts = calendar.count(first, middle) + calendar.count(middle + ONE, last)
    assert parts == calendar.count(first, last)


@given(calendars, days, days)
def test_a_day_is_worked_or_off_and_the_count_is_that_of_the_list(calendar, one, two):
    first, last = sorted((one, two))
    last = min(last, first + timedelta(days=500))
    worked = calendar.days(first, last)
    off = [day for day in all_days(first, last) if not calendar.is_working(day)]
    assert len(worked) == calendar.count(first, last)
    assert len(worked) + len(off) == (last - first).days + 1
    assert all(calendar.is_working(day) for day in worked)
    assert set(calendar.make_up_days(first, last)) <= set(worked)
    assert not {day for day, _ in calendar.holidays(first, last)} & set(worked)
    for day in all_days(first, min(last, first + timedelta(days=30))):
        works = calendar.is_working(day)
        reason = calendar.why(day)
        assert reason.text()
        if reason.kind != "own":
            assert works == (reason.kind in ("working", "make_up"))


@given(calendars, days)
def test_the_neighbouring_working_days_have_none_between(calendar, day):
    following, before = calendar.next_working(day), calendar.previous_working(day)
    assert following is not None
    assert before is not None
    assert before < day < following
    assert calendar.count(day + ONE, following) == 1 == calendar.count(before, day - ONE)


@given(own_days, days)
def test_a_day_of_the_book_is_what_the_book_says(own, day):
    for country in (*COUNTRIES, NO_COUNTRY):
        for kind in (OFF, WORK, MAKE_UP):
            calendar = WorkCalendar(country, [*own, OwnDay(day, kind)])
            assert calendar.is_working(day) == (kind != OFF)


def test_the_ends_of_all_time_have_their_neighbours_or_none():
    calendar = WorkCalendar("CN")
    assert calendar.next_working(date.max) is None
    assert calendar.previous_working(date.min) is None
    assert calendar.count(date(9999, 12, 1), date.max) == 23
    assert calendar.count(date(2026, 2, 1), date(2026, 1, 1)) == 0


def test_every_day_of_the_package_is_taken_whichever_years_are_asked_for():
    """A notice may have days of the year before worked; asked year by year none may be lost."""
    worked = {day for year in range(2001, 2014) for day in public_year("CN", year).worked}
    assert {
        date(2001, 12, 29),
        date(2005, 12, 31),
        date(2006, 12, 31),
        date(2011, 12, 31),
    } <= worked


def test_counting_takes_no_time():
    calendar = WorkCalendar("CN")
    months = [(date(2026, at, 1), date(2026, at, monthrange(2026, at)[1])) for at in range(1, 13)]
    calendar.count(*months[0])
    begun = time.perf_counter()
    for _ in range(300):
        for first, last in months:
            calendar.count(first, last)
    assert time.perf_counter() - begun < 0.1  # 3,600 spans; 5 ms measured


def test_the_days_of_a_country_are_read_without_those_of_all_others():
    code = (
        "import sys\n"
        "from models.calendar.public_holidays import public_year\n"
        "assert len(public_year('CN', 2026).off) > 10 and public_year('US', 2026).off\n"
        "print(*sorted(one for one in sys.modules if one.startswith('holidays.countries.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["holidays.countries.china", "holidays.countries.united_states"]
