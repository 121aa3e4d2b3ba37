"""Laws of the quiet time: nothing at night ever, nothing lost, whatever clocks and calendars do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.calendar.workdays import WorkCalendar
from models.reminding.items import Item
from models.reminding.quiet import NIGHT, Quiet
from models.reminding.scheduler import Reminders
from models.reminding.state import State, read

# Half hours, quarters, hours that come at midnight, days that were skipped.
ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
    "America/Havana", "Africa/Cairo", "Pacific/Apia", "America/St_Johns", "UTC",
)  # fmt: skip
CALENDARS = {code: WorkCalendar(code) for code in ("CN", "US", "none")}
zones = st.sampled_from(ZONES).map(ZoneInfo)
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
moments = st.datetimes(
    min_value=datetime(2009, 1, 1), max_value=datetime(2028, 12, 1), timezones=st.just(UTC)
)


@st.composite
def quiets(draw) -> Quiet:
    days_off = draw(st.sampled_from([None, *CALENDARS]))
    is_working = None if days_off is None else CALENDARS[days_off].is_working
    return Quiet(draw(clocks), draw(clocks), is_working, draw(zones))


def _night(moment: datetime, quiet: Quiet) -> bool:
    clock = moment.astimezone(quiet.zone).time()
    return clock >= NIGHT[0] or clock < NIGHT[1]


@given(quiets(), moments)
def test_the_next_allowed_moment_is_never_quiet_never_earlier_and_never_at_night(quiet, moment):
    found = quiet.next_allowed(moment)
    if found is None:  # only where the whole day is quiet
        day = datetime(2026, 3, 4, tzinfo=quiet.zone)
        minutes = (day + timedelta(minutes=one) for one in range(0, 24 * 60, 10))
        assert all(quiet.is_quiet(one) for one in minutes)
        return
    assert found >= moment
    assert not quiet.is_quiet(found)
    assert not _night(found, quiet)
    if not quiet.is_quiet(moment):
        assert found == moment


@given(
    st.sampled_from([None, *CALENDARS]),
    st.times(min_value=time(17), max_value=time(23)),
    st.times(min_value=time(6), max_value=time(11)),
    zones,
    moments,
)
def test_nothing_waits_longer_than_it_must(days_off, start, end, zone, moment):
    """Between a moment and the next allowed one everything is quiet."""
    is_working = None if days_off is None else CALENDARS[days_off].is_working
    quiet = Quiet(start, end, is_working, zone)
    found = quiet.next_allowed(moment)
    assert found is not None
    step = max((found - moment) / 40, timedelta(seconds=1))
    between = moment
    while between < found:
        assert quiet.is_quiet(between)
        between += step


@given(quiets(), moments, st.integers(0, 48 * 60))
def test_what_is_said_of_an_appointment_is_never_said_in_the_quiet_time(quiet, moment, minutes):
    begins = moment + timedelta(minutes=minutes)
    found = quiet.when(moment, begins)
    if found is not None:
        assert not quiet.is_quiet(found)
        assert not _night(found, quiet)
    allowed = quiet.next_allowed(moment)
    if allowed is not None and allowed <= begins:
        assert found == allowed
    elif found is not None and quiet.last_allowed(moment) is not None:
        assert found < begins, "it comes before the thing itself"


@given(
    quiets(),
    st.lists(st.tuples(moments, st.sampled_from(["task", "meeting"])), max_size=6),
    moments,
    st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=12),
)
def test_each_is_shown_once_and_never_in_the_quiet_time(quiet, made, begin, waits):
    """A clock that jumps as it likes, the program asking whenever it is woken."""
    items = [
        Item(kind, number, at, at - timedelta(minutes=15), "…")
        for number, (at, kind) in enumerate(made)
    ]
    state, now, shown = State(), begin, []
    for minutes in waits:
        now += timedelta(minutes=minutes)
        outcome = Reminders(quiet).look(now, items, state)
        assert not (outcome.due and quiet.is_quiet(now))
        assert outcome.next_at is None or outcome.next_at > now
        shown += [one.item.key for one in outcome.due]
        state.mark([one.item.key for one in outcome.due], now)
        state = read(state.text())
    assert len(shown) == len(set(shown))


@given(quiets(), moments)
def test_waking_at_the_moment_that_was_said_shows_it(quiet, at):
    item = Item("task", 1, at, at, "…")
    begin = at - timedelta(days=3)
    outcome = Reminders(quiet).look(begin, [item], State())
    if outcome.next_at is None:
        assert quiet.next_allowed(at) is None
        return
    again = Reminders(quiet).look(outcome.next_at, [item], State())
    assert [one.item for one in again.due] == [item]
