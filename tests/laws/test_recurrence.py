"""Whatever a rule says: no day is lost or doubled, and moved days are working days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models import texts
from models.calendar.workdays import MAKE_UP, OFF, OwnDay, WorkCalendar
from models.tasks import recurrence, recurrence_words
from models.tasks.recurrence import DAY, KEEP, MONTH, QUARTER, WEEK, WORKDAY, YEAR, Rule, Spot

CALENDARS = [
    WorkCalendar("CN"),
    WorkCalendar("none", [OwnDay(date(2026, 3, 7), MAKE_UP), OwnDay(date(2026, 3, 9), OFF)]),
]
ANCHORS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
N = st.integers(1, 4)
BACK = st.sampled_from([-2, -1])
MONTH_SPOT = st.one_of(
    st.builds(Spot, st.just("day"), st.one_of(st.integers(1, 31), BACK)),
    st.builds(Spot, st.just("workday"), st.one_of(st.integers(1, 25), BACK)),
    st.builds(Spot, st.just("weekday"), st.sampled_from([-1, 1, 2, 5]), st.integers(0, 6)),
)
YEAR_SPOT = st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda d: Spot("date", d.day, d.month)),
    st.builds(Spot, st.just("workday"), st.sampled_from([1, -1, 100])),
)
SHIFT = st.sampled_from(["", "next", "before", "keep"])
UNTIL = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2028, 1, 1)))
TIMES = st.one_of(st.none(), st.integers(1, 30))


def some(spots):
    return st.lists(spots, max_size=3, unique=True).map(
        lambda found: tuple(sorted(found, key=recurrence_words._order))
    )


def rules(unit, **more):
    return st.builds(Rule, st.just(unit), shift=SHIFT, until=UNTIL, times=TIMES, **more)


RULES = st.one_of(
    rules(DAY, every=N),
    rules(WORKDAY),
    rules(WEEK, every=N, weekdays=st.sets(st.integers(0, 6)).map(lambda one: tuple(sorted(one)))),
    rules(MONTH, every=N, spots=some(MONTH_SPOT)),
    rules(QUARTER, every=N, spots=some(MONTH_SPOT)),
    rules(YEAR, every=N, spots=some(YEAR_SPOT)),
)
CALENDAR = st.sampled_from(CALENDARS)


@given(RULES, ANCHORS, CALENDAR, st.integers(-60, 900), st.integers(0, 900), st.integers(0, 900))
def test_any_split_of_a_span_gives_the_same_days_each_once(rule, anchor, calendar, at, one, two):
    a = anchor + timedelta(days=at)
    b = a + timedelta(days=one)
    c = b + timedelta(days=two)
    whole = recurrence.nominal(rule, anchor, a, c, calendar)
    assert whole == sorted(set(whole))
    assert all(max(a, anchor) <= day < c for day in whole)
    parts = [recurrence.nominal(rule, anchor, *span, calendar) for span in ((a, b), (b, c))]
    assert parts[0] + parts[1] == whole


@given(RULES, ANCHORS, CALENDAR)
def test_moved_days_are_working_days_and_keep_their_order(rule, anchor, calendar):
    days = recurrence.nominal(rule, anchor, anchor, anchor + timedelta(days=800), calendar)
    moved = [recurrence.moved(rule, day, calendar) for day in days]
    assert moved == sorted(moved)
    if (rule.shift or rule.usual_shift) != KEEP:
        assert all(map(calendar.is_working, moved))
    for day, on in zip(days, moved, strict=True):
        assert on == day or not calendar.is_working(day)


@given(RULES, ANCHORS, CALENDAR, st.lists(st.integers(0, 400), max_size=5))
def test_made_bit_by_bit_the_same_occurrences_come_as_at_once(rule, anchor, calendar, looks):
    """However often somebody looks: each day of work once, and every nominal day falls on one."""
    last = anchor + timedelta(days=400)
    at_once = recurrence.occurrences(rule, anchor, anchor, last, calendar)
    after, bit_by_bit = anchor, []
    for days in [*sorted(looks), 400]:
        found = recurrence.occurrences(rule, anchor, after, anchor + timedelta(days), calendar)
        bit_by_bit += found
        after = bit_by_bit[-1].nominal if bit_by_bit else after
    assert bit_by_bit == at_once
    on = [one.on for one in at_once]
    assert on == sorted(set(on))
    reached = {recurrence.moved(rule, anchor, calendar), *on}
    for day in recurrence.nominal(
        rule, anchor, anchor + timedelta(1), last + timedelta(1), calendar
    ):
        falls = recurrence.moved(rule, day, calendar)
        assert falls in reached or falls > last or falls < anchor


@given(RULES)
def test_what_is_shown_is_read_as_the_same_rule(rule):
    if rule.shift == rule.usual_shift:
        rule = Rule(rule.unit, rule.every, rule.weekdays, rule.spots, "", rule.until, rule.times)
    assert recurrence_words.parse(recurrence_words.canonical(rule)) == rule
    for language in texts.LANGUAGES:
        texts.set_language(language)
        assert recurrence_words.parse(recurrence_words.text(rule)) == rule
