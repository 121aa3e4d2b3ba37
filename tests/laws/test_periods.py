"""The laws of periods: whatever the calendar of a book, they part time without gaps, and say which."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models import relative, texts
from models.measures import times
from models.periods import UNITS, WEEK_STARTS, FiscalCalendar, Period, month
from models.refusals import Refused
from models.relative import COMMON, Relative

DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
CALENDAR = st.builds(FiscalCalendar, st.integers(1, 12), st.sampled_from(WEEK_STARTS))
UNIT = st.sampled_from(UNITS)
ONE = timedelta(days=1)


@given(CALENDAR, DAY, UNIT)
def test_every_day_is_in_one_period_and_the_next_begins_where_it_ends(calendar, day, unit):
    found = calendar.of(unit, day)
    assert day in found
    assert calendar.of(unit, found.start) == calendar.of(unit, found.end - ONE) == found
    following = calendar.of(unit, found.end)
    assert following.start == found.end
    assert (
        following.label > found.label
    )  # in the order of time they are in the order of letters too


@given(CALENDAR, DAY, st.integers(0, 900), UNIT)
def test_periods_from_a_day_to_another_have_no_gap_and_cover_both(calendar, first, length, unit):
    last = first + timedelta(length)
    found = list(calendar.within(first, last, unit))
    assert first in found[0]
    assert last in found[-1]
    assert all(one.end == other.start for one, other in itertools.pairwise(found))


@given(CALENDAR, DAY, UNIT)
@example(FiscalCalendar(4), date(2000, 3, 31), "year")  # FY1999/00
@example(FiscalCalendar(1, "sunday"), date(2011, 12, 31), "week")  # the 53rd Saturday of a year
def test_a_label_is_read_back_as_the_same_period_and_so_is_what_people_are_shown(
    calendar, day, unit
):
    found = calendar.of(unit, day)
    assert calendar.try_parse(found.label) == found
    before = texts.language()
    for language in texts.LANGUAGES:
        texts.set_language(language)
        assert calendar.try_parse(found.text()) == found
    texts.set_language(before)


@given(CALENDAR, DAY)
def test_months_make_quarters_which_make_halves_which_make_years(calendar, day):
    year = calendar.of("year", day)
    number = calendar.year_of(day)
    quarters = [calendar.quarter(number, one) for one in range(1, 5)]
    halves = [calendar.half(number, one) for one in (1, 2)]
    for parts in (quarters, halves, list(calendar.within(year.start, year.end - ONE, "month"))):
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert all(one.end == other.start for one, other in itertools.pairwise(parts))
    assert (quarters[1].end, quarters[2].start) == (halves[0].end, halves[1].start)
    assert calendar.quarter(number, 5).start == calendar.half(number, 3).start == year.end
    assert (year.start.year, year.start.month) == (number, calendar.year_starts)


@given(CALENDAR, DAY)
def test_weeks_begin_on_their_day_and_belong_to_the_year_of_the_rule(calendar, day):
    week = calendar.week_of(day)
    year, number = map(int, week.label.split("-W"))
    assert (week.end - week.start).days == 7
    if calendar.week_starts == "monday":
        assert week.start.weekday() == 0
        assert day.isocalendar()[:2] == (year, number)
    else:
        assert week.start.weekday() == 6
        assert (week.end - ONE).year == year
        assert (date(year, 1, 1) in week) == (number == 1)


@given(CALENDAR, st.lists(DAY, min_size=1, max_size=20), UNIT)
def test_the_engine_gives_each_day_the_label_of_the_calendar(calendar, days, unit):
    import sqlcipher3

    db: sqlite3.Connection = sqlcipher3.connect(":memory:")
    sql = times.key_sql(unit, "(?1)", calendar)
    for day in days:
        [(key,)] = db.execute(f"SELECT {sql}", (day.isoformat(),))
        assert key == calendar.of(unit, day).label
    assert db.execute(f"SELECT {sql}", (None,)).fetchall() == [(None,)]
    db.close()


# -- words -----------------------------------------------------------------------------------------

WORD = st.one_of(
    st.builds(Relative, st.just("day"), st.integers(-400, 400)),
    st.builds(
        Relative,
        st.sampled_from(["week", "month", "quarter", "half", "year", "fiscal_year"]),
        st.integers(-2, 2),
    ),
    st.builds(
        Relative,
        st.sampled_from(["day", "week", "month"]),
        st.integers(1, 99),
        st.sampled_from(["last", "next"]),
    ),
    st.builds(
        Relative,
        st.sampled_from(["week", "month", "quarter", "half", "year", "fiscal_year"]),
        way=st.just("to_date"),
    ),
)
BY_UNIT = st.sampled_from(["week", "month", "quarter", "half", "year", "fiscal_year"])


@given(WORD)
def test_a_word_is_read_back_from_its_code_and_from_what_is_said_in_either_language(word):
    assert relative.read(word.code) == word
    before = texts.language()
    for language in texts.LANGUAGES:
        texts.set_language(language)
        assert relative.read(word.text()) == word, word.text()
    texts.set_language(before)


@given(CALENDAR, DAY, BY_UNIT)
def test_this_has_today_last_ends_where_it_begins_and_next_begins_where_it_ends(
    calendar, today, unit
):
    before, last, this, following, beyond = (
        Relative(unit, by).period(calendar, today) for by in range(-2, 3)
    )
    assert today in this
    assert before.end == last.start
    assert last.end == this.start
    assert this.end == following.start
    assert following.end == beyond.start


@given(CALENDAR, DAY, WORD)
def test_the_label_of_a_word_names_the_days_that_it_meant(calendar, today, word):
    found = word.period(calendar, today)
    again = calendar.try_parse(found.label)
    assert again == found


@given(CALENDAR, DAY, st.integers(1, 400))
def test_so_many_days_back_end_with_today_and_so_many_ahead_begin_with_it(calendar, today, n):
    last = Relative("day", n, "last").period(calendar, today)
    following = Relative("day", n, "next").period(calendar, today)
    assert (last.end - last.start).days == (following.end - following.start).days == n
    assert last.end - ONE == following.start == today


@given(CALENDAR, DAY, st.integers(1, 60))
def test_so_many_months_back_are_so_many_months(calendar, today, n):
    last = Relative("month", n, "last").period(calendar, today)
    assert last.end - ONE == today
    there = last.start - ONE  # the same day of that month, or its last
    first = month(today.year, today.month - n)
    assert there in first
    assert there.day == today.day or there == first.end - ONE
    following = Relative("month", n, "next").period(calendar, today)
    assert following.start == today
    assert following.end in month(today.year, today.month + n)


@given(CALENDAR, DAY, BY_UNIT)
def test_to_date_runs_from_the_beginning_to_today(calendar, today, unit):
    whole = Relative(unit).period(calendar, today)
    found = Relative(unit, way="to_date").period(calendar, today)
    assert (found.start, found.end) == (whole.start, today + ONE)


@given(st.text(max_size=12), CALENDAR, DAY)
def test_any_text_is_a_period_of_some_days_or_none(text, calendar, today):
    for found in (calendar.try_parse(text), relative.period(text, calendar, today)):
        assert found is None or found.start < found.end


def test_what_choosers_offer_is_said_in_different_words_and_read_back():
    before = texts.language()
    for language in texts.LANGUAGES:
        texts.set_language(language)
        said = [one.text() for one in COMMON]
        assert len(set(said)) == len(said)
        assert [relative.read(one) for one in said] == list(COMMON)
    texts.set_language(before)


SPOKEN = {
    "今天": ("2026-11-27", "2026-11-27"),
    "昨日": ("2026-11-26", "2026-11-26"),
    "-7d": ("2026-11-20", "2026-11-20"),
    "本周": ("2026-11-23", "2026-11-29"),
    "这个星期": ("2026-11-23", "2026-11-29"),
    "上周": ("2026-11-16", "2026-11-22"),
    "next week": ("2026-11-30", "2026-12-06"),
    "上上周": ("2026-11-09", "2026-11-15"),
    "本月": ("2026-11-01", "2026-11-30"),
    "当月": ("2026-11-01", "2026-11-30"),
    "上月": ("2026-10-01", "2026-10-31"),
    "上个月": ("2026-10-01", "2026-10-31"),
    "下个月": ("2026-12-01", "2026-12-31"),
    "本季度": ("2026-10-01", "2026-12-31"),
    "上个季度": ("2026-07-01", "2026-09-30"),
    "Last Quarter": ("2026-07-01", "2026-09-30"),
    "last_half": ("2026-01-01", "2026-06-30"),
    "上半年": ("2026-01-01", "2026-06-30"),
    "下半年": ("2026-07-01", "2026-12-31"),
    "今年": ("2026-01-01", "2026-12-31"),
    "本年": ("2026-01-01", "2026-12-31"),
    "去年": ("2025-01-01", "2025-12-31"),
    "明年": ("2027-01-01", "2027-12-31"),
    "this year": ("2026-01-01", "2026-12-31"),
    "去年第二季度": ("2025-04-01", "2025-06-30"),
    "去年3月": ("2025-03-01", "2025-03-31"),
    "last_30d": ("2026-10-29", "2026-11-27"),
    "last 30 days": ("2026-10-29", "2026-11-27"),
    "近30天": ("2026-10-29", "2026-11-27"),
    "最近30天": ("2026-10-29", "2026-11-27"),
    "近 30 天": ("2026-10-29", "2026-11-27"),
    "过去7天": ("2026-11-21", "2026-11-27"),
    "最近一周": ("2026-11-21", "2026-11-27"),
    "近三个月": ("2026-08-28", "2026-11-27"),
    "近半年": ("2026-05-28", "2026-11-27"),
    "近一年": ("2025-11-28", "2026-11-27"),
    "next_7d": ("2026-11-27", "2026-12-03"),
    "未来7天": ("2026-11-27", "2026-12-03"),
    "ytd": ("2026-01-01", "2026-11-27"),
    "今年以来": ("2026-01-01", "2026-11-27"),
    "本月至今": ("2026-11-01", "2026-11-27"),
}


@pytest.mark.parametrize("word", SPOKEN)
def test_what_people_say_means_these_days(word):
    found = relative.period(word, FiscalCalendar(), date(2026, 11, 27))
    assert found is not None
    assert (str(found.start), str(found.end - ONE)) == SPOKEN[word]


FISCAL = {
    "2026": ("2026-04-01", "2027-03-31"),
    "2026-Q2": ("2026-07-01", "2026-09-30"),
    "2026q4": ("2027-01-01", "2027-03-31"),
    "2026-H2": ("2026-10-01", "2027-03-31"),
    "FY2026/27 Q2": ("2026-07-01", "2026-09-30"),
    "FY2026": ("2026-04-01", "2027-03-31"),
    "2026/27财年": ("2026-04-01", "2027-03-31"),
    "2026财年第二季度": ("2026-07-01", "2026-09-30"),
    "2026年": ("2026-01-01", "2026-12-31"),
    "2026年第二季度": ("2026-04-01", "2026-06-30"),
    "2026年上半年": ("2026-01-01", "2026-06-30"),
    "2026-03": ("2026-03-01", "2026-03-31"),
    "2026/03": ("2026-03-01", "2026-03-31"),
    "今年": ("2026-01-01", "2026-12-31"),
    "本财年": ("2026-04-01", "2027-03-31"),
    "上财年": ("2025-04-01", "2026-03-31"),
    "this fiscal year": ("2026-04-01", "2027-03-31"),
    "本季度": ("2026-10-01", "2026-12-31"),
    "this_half": ("2026-10-01", "2027-03-31"),
    "本财年至今": ("2026-04-01", "2026-11-27"),
    "本周": ("2026-11-22", "2026-11-28"),
}


@pytest.mark.parametrize("word", FISCAL)
def test_with_a_year_from_april_and_weeks_from_sunday_they_mean_these(word):
    calendar = FiscalCalendar(4, "sunday")
    found = calendar.try_parse(word) or relative.period(word, calendar, date(2026, 11, 27))
    assert found is not None
    assert (str(found.start), str(found.end - ONE)) == FISCAL[word]


@pytest.mark.parametrize(
    "word",
    ["2026-Q5", "2026-13", "2026-W54", "FY2026/28", "2026/27", "luck", "2026-02-30", "last_0d",
     "2026-05-02..2026-05-01", "last_9999y", "99999", "近几天", ""],
)  # fmt: skip
def test_what_is_no_period_is_none(word):
    calendar = FiscalCalendar(4)
    assert calendar.try_parse(word) is None
    assert relative.period(word, calendar, date(2026, 11, 27)) is None
    if word:
        with pytest.raises(Refused) as refused:
            relative.parse(word, calendar)
        assert refused.value.code == "bad_period"
    else:
        assert relative.parse(word, calendar) is None


def test_years_of_another_calendar_are_not_taken_for_the_books_own():
    assert FiscalCalendar(1).try_parse("FY2026/27") is None
    assert FiscalCalendar(1).try_parse("2026财年") == Period(
        date(2026, 1, 1), date(2027, 1, 1), "2026"
    )
