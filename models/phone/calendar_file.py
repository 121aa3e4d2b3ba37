"""One person's calendar as a file for phones: tasks, follow-ups and meetings, as iCalendar.

Decisions, each with what it rests on:

- A due task is an event of the whole day that leaves the day free, not a ``VTODO``: the calendars of
  phones, of Outlook and of WeChat take events only. The same holds for follow-ups without an hour.
- The name of an event comes from the book, the record and the person, never from what it says: a second
  import finds the first one's. The person is part of it because work changes hands, which has to
  take it out of one calendar and put it into another; a meeting is one for all.
- ``SEQUENCE`` and the stamps come from the journal. An unchanged book gives the same file.
- What is done, removed, given away or covered by somebody else is told as cancelled for a while, so
  that a second import takes it away again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from models.book import Book
from models.people.usual_minutes import COMMON
from models.phone import planned
from models.phone.message_parts import field as told
from models.phone.message_parts import join
from models.phone.planned import Planned
from models.phone.revisions import Revisions
from models.reminding.quiet import Quiet
from models.texts import N_, tr

BEFORE, AFTER = timedelta(days=30), timedelta(days=366)  # what a file covers if nobody says
KEPT = timedelta(days=60)  # for which it is told that something is cancelled
_ELSE = 30  # minutes of an appointment of which nothing says how long it takes
_PRIORITIES = {"high": 1, "normal": 5, "low": 9}
_KINDS = {"task": N_("Task"), "follow_up_plan": N_("Follow-up"), "meeting": N_("Meeting")}
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What a calendar file is to hold.

    Args:
        first, last: the days that it covers, both included.
        now: this moment; from it is counted for how long something is told as cancelled.
        zone: where the person is; without it times are written as UTC.
        minutes: how long before an appointment the phone rings.
        quiet: when it doesn't.
    """

    first: date
    last: date
    now: datetime
    zone: ZoneInfo | None = None
    minutes: int = 15
    quiet: Quiet = field(default_factory=Quiet)


def usual(now: datetime, zone: ZoneInfo | None = None, quiet: Quiet | None = None) -> Asked:
    """A month back, a year ahead."""
    today = now.astimezone(zone).date()
    return Asked(today - BEFORE, today + AFTER, now, zone, quiet=quiet or Quiet(zone=zone))


@dataclass(frozen=True)
class Made:
    """A file's content, and how many events it holds: to be done, and cancelled."""

    content: bytes
    live: int
    cancelled: int


def calendar(book: Book, person: int, asked: Asked) -> Made:
    """The calendar of one person."""
    with book.reading() as db:
        journal = Revisions(book, db, person, asked.now - KEPT)
        on, touched = asked.now.astimezone(asked.zone).date(), journal.touched()
        found = planned.of_person(book, person, asked.first, asked.last, touched, on)
        last = journal.last(found)
    name = book.label("salesperson", person)
    made = icalendar.Calendar()
    made.add("prodid", "-//Daybook//daybook//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _clean(tr(N_("{person} · Daybook"), person=name)))
    if asked.zone is not None:
        made.add("x-wr-timezone", asked.zone.key)
        timed = [one.at for one in found if one.at is not None]
        if timed:
            made.add_component(_zone(asked.zone, timed))
    writer = _Events(book, person, asked)
    for one in found:
        made.add_component(writer.event(one, *last[one]))
    live = sum(one.open for one in found)
    return Made(made.to_ical(), live, len(found) - live)


def _zone(zone: ZoneInfo, moments: Iterable[datetime]) -> icalendar.Timezone:
    """What a phone needs to know of the zone, for the years of the events."""
    years = {one.astimezone(zone).year for one in moments}
    first, last = date(min(years), 1, 1), date(max(years) + 1, 12, 31)
    made = icalendar.Timezone.from_tzinfo(zone, zone.key, first, last)
    made.pop("comment")  # which says so in English
    return made


class _Events:
    """Writes the events of one person."""

    def __init__(self, book: Book, person: int, asked: Asked) -> None:
        self._book, self._asked = book, asked
        self._person = book.public_id("salesperson", person)

    def event(self, one: Planned, sequence: int, changed: datetime) -> icalendar.Event:
        """One event; ``sequence`` and ``changed`` are those of the journal."""
        made = icalendar.Event()
        made.add("uid", self.uid(one))
        made.add("dtstamp", changed)
        made.add("last-modified", changed)
        made.add("sequence", sequence)
        begins, ends = self._span(one, changed)
        made.add("dtstart", begins)
        made.add("dtend", ends)
        made.add("summary", _clean(title(one)))
        made.add("status", "CONFIRMED" if one.open else "CANCELLED")
        timed = one.at is not None
        made.add("transp", "OPAQUE" if timed and one.open else "TRANSPARENT")
        made.add("categories", [tr(_KINDS[one.entity])])
        if not one.open:
            return made
        if one.place:
            made.add("location", _clean(one.place))
        if one.entity == "task":
            made.add("priority", _PRIORITIES.get(one.priority, 5))
        made.add("description", _clean(join(self._details(one))))
        self._alarm(made, one)
        return made

    def uid(self, one: Planned) -> str:
        """The name that an event keeps for good."""
        mine = "" if one.entity == "meeting" else f".{self._person}"
        id = self._book.public_id(one.entity, one.row)
        return f"{id}{mine}@{self._book.id}.daybook".lower()

    def _span(self, one: Planned, changed: datetime) -> tuple[date | datetime, date | datetime]:
        if one.at is None:
            day = one.on or changed.astimezone(self._asked.zone).date()
            return day, day + _ONE
        usual = COMMON.get("meeting" if one.entity == "meeting" else one.kind, _ELSE)
        begins = one.at.astimezone(self._asked.zone or UTC)
        length = timedelta(minutes=one.minutes or usual)
        return begins, (one.at + length).astimezone(self._asked.zone or UTC)

    def _details(self, one: Planned) -> Iterator[str]:
        """What stands below the title, line by line."""
        yield one.covered
        if one.entity == "meeting":
            yield told(tr(N_("Team")), one.owner)
            yield told(tr(N_("With")), one.contact)
        else:
            yield told(tr(N_("Customer")), one.customer)
            yield told(tr(N_("Contact")), one.contact)
            yield told(tr(N_("Phone")), one.phone)
        yield told(tr(N_("Done means")), one.done_means)
        yield told(tr(N_("Blocked by")), one.blocked)
        yield tr(N_("Daybook {id}"), id=self._book.public_id(one.entity, one.row))

    def _alarm(self, event: icalendar.Event, one: Planned) -> None:
        """When the phone rings: before appointments, at the moment that a task names; never at night."""
        quiet = self._asked.quiet
        if one.entity == "task":
            rings = quiet.when(one.remind_at) if one.remind_at is not None else None
        elif one.at is not None:
            rings = quiet.when(one.at - timedelta(minutes=self._asked.minutes), one.at)
        else:
            rings = None
        if rings is None:
            return
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _clean(title(one)))
        alarm.add("trigger", self._lead(one, rings))
        event.add_component(alarm)

    def _lead(self, one: Planned, rings: datetime) -> timedelta:
        """From the beginning of the event to the alarm; that of a whole day begins by the wall's clock."""
        if one.at is not None:
            return rings - one.at
        assert one.on is not None
        wall = rings.astimezone(self._asked.zone).replace(tzinfo=None)
        return wall.replace(second=0, microsecond=0) - datetime.combine(one.on, time())


def title(one: Planned) -> str:
    """What an event is called: what is to be done, and for whom."""
    if one.entity == "follow_up_plan":
        kind = _FOLLOW_UPS.get(one.kind, N_("Follow-up"))
        return tr(
            N_("{kind} {customer}: {purpose}") if one.title else N_("{kind} {customer}"),
            kind=tr(kind),
            customer=one.customer,
            purpose=one.title,
        )
    if one.customer and one.customer not in one.title:
        return tr(N_("{task} · {customer}"), task=one.title, customer=one.customer)
    return one.title


_FOLLOW_UPS = {
    "visit": N_("Visit"),
    "call": N_("Call"),
    "wechat": N_("WeChat"),
    "email": N_("Mail"),
    "meeting": N_("Meeting"),
}


def _clean(text: str) -> str:
    """Without the signs that no calendar may hold; all breaks of lines are one kind."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one for one in plain if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs")
    )


def local_zone(name: str | None) -> ZoneInfo | None:
    """The zone of a name; None for one that isn't known."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None
