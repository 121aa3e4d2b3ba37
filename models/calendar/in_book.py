"""The working days of a book and of its people, kept until something that they rest on changes.

What is kept is dropped by the notice of a commit. What was read from an older state than the last
such notice, or inside a change that may yet be given up, is not kept at all.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from weakref import WeakKeyDictionary

from models.book import Book, Notice
from models.calendar.person_days import (
    Leave,
    Person,
    PersonDays,
    Spent,
    ramp_shares,
    together,
)
from models.calendar.workdays import OwnDay, WorkCalendar
from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.refusals import Refused

_DAYS_REST_ON = {"calendar_day", BOOK.id}
_PEOPLE_REST_ON = _DAYS_REST_ON | {"leave", "salesperson"}


class Roster:
    """The days of everybody in a book's team, by their rows; those in the recycle bin are not in it.

    ``unread`` are the ramps that can't be read, by person; they count as none.
    """

    def __init__(
        self, calendar: WorkCalendar, people: Iterable[PersonDays], unread: dict[int, str]
    ) -> None:
        self.calendar = calendar
        self.unread = unread
        self._people = {one.person.id: one for one in people}

    def __getitem__(self, person: int) -> PersonDays:
        return self._people[person]

    def __contains__(self, person: object) -> bool:
        return person in self._people

    def __iter__(self) -> Iterator[int]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)

    def get(self, person: int) -> PersonDays | None:
        """The days of a person; None of somebody who isn't there."""
        return self._people.get(person)

    def equivalent(self, people: Iterable[int], first: date, last: date) -> Decimal:
        """The days of full persons that some people have together; who isn't there has none."""
        return together(self._some(people), first, last)

    def spent(self, people: Iterable[int], first: date, last: date, on: date) -> Spent:
        """The same as they stand on a day."""
        before = today = after = Decimal(0)
        for one in self._some(people):
            spent = one.spent(first, last, on)
            before, today, after = before + spent.before, today + spent.today, after + spent.after
        return Spent(before, today, after)

    def _some(self, people: Iterable[int]) -> Iterator[PersonDays]:
        return (self._people[one] for one in people if one in self._people)


@dataclass
class _Kept:
    """What is known of one book."""

    calendar: WorkCalendar | None = None
    roster: Roster | None = None
    today: date = date.min  # of the roster
    since: int = 0  # the last change that something rests on
    lock: threading.Lock = field(default_factory=threading.Lock)

    def heard(self, notice: Notice) -> None:
        """Drop what a commit touched."""
        touched = notice.touched.keys()
        if not _PEOPLE_REST_ON & touched:
            return
        with self.lock:
            self.since = max(self.since, notice.change)
            self.roster = None
            if _DAYS_REST_ON & touched:
                self.calendar = None


_books: WeakKeyDictionary[Book, _Kept] = WeakKeyDictionary()
_turn = threading.Lock()


def work_calendar(book: Book) -> WorkCalendar:
    """The working days of a book: its country's and its own."""
    kept = _kept(book)
    with book.reading() as db:
        if _writing(db):
            return _read_calendar(book, db)
        with kept.lock:
            if kept.calendar is not None:
                return kept.calendar
        read, made = _last_change(db), _read_calendar(book, db)
    with kept.lock:
        if read >= kept.since:
            kept.calendar = made
    return made


def roster(book: Book, today: date | None = None) -> Roster:
    """The days of everybody in a book's team.

    Args:
        today: from when on people who have left have no days; the day of this machine if not given.
    """
    kept, now = _kept(book), today or date.today()
    calendar = work_calendar(book)
    with book.reading() as db:
        if _writing(db):
            return _read_roster(db, calendar, now)
        with kept.lock:
            if kept.roster is not None and kept.today == now and kept.calendar is calendar:
                return kept.roster
        read, made = _last_change(db), _read_roster(db, calendar, now)
    with kept.lock:
        if read >= kept.since and kept.calendar is calendar:
            kept.roster, kept.today = made, now
    return made


def _kept(book: Book) -> _Kept:
    with _turn:
        found = _books.get(book)
        if found is None:
            found = _books[book] = _Kept(since=book.last_change)
            book.subscribe(found.heard)
        return found


def _writing(db: Connection) -> bool:
    """Whether this thread is inside a change: what it sees may yet be given up."""
    return db.one("SELECT change FROM door") is not None


def _last_change(db: Connection) -> int:
    return int(db.one("SELECT coalesce(max(id), 0) FROM change"))


def _read_calendar(book: Book, db: Connection) -> WorkCalendar:
    rows = db.run(
        "SELECT day, kind, name FROM calendar_day WHERE alive = 1 AND day IS NOT NULL ORDER BY id"
    )
    own = (OwnDay(date.fromisoformat(day), kind or "", name or "") for day, kind, name in rows)
    return WorkCalendar(book.calendar.work_calendar, own)


def _read_roster(db: Connection, calendar: WorkCalendar, today: date) -> Roster:
    leaves: dict[int, list[Leave]] = defaultdict(list)
    for person, first, last, starts, ends, status in db.run(
        'SELECT person, starts_on, ends_on, starts_at_noon, ends_at_noon, status FROM "leave" '
        "WHERE alive = 1 AND person IS NOT NULL AND starts_on IS NOT NULL AND ends_on IS NOT NULL"
    ):
        span = date.fromisoformat(first), date.fromisoformat(last)
        leaves[person].append(Leave(*span, bool(starts), bool(ends), status or ""))
    people, unread = [], {}
    for row, name, hired, status, profile in db.run(
        "SELECT id, name, hire_date, status, ramp_profile FROM salesperson WHERE alive = 1"
    ):
        try:
            ramp = ramp_shares(profile)
        except Refused:
            ramp, unread[row] = (), profile
        since = date.fromisoformat(hired) if hired else None
        person = Person(row, name or "", since, status or "", ramp)
        people.append(PersonDays(calendar, person, leaves.get(row, ()), today))
    return Roster(calendar, people, unread)
