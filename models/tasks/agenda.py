"""Days with what is due on them: tasks, follow-ups, meetings, leave; holidays and make-up days."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.person_days import COUNTED
from models.calendar.workdays import WorkCalendar
from models.customers.following import PLAN_STATUSES
from models.describe.kinds import KINDS
from models.sales.activity import KINDS as WAYS
from models.tasks.asked import Asked, condition, people_of
from models.tasks.states import CLOSED
from models.tasks.view_rows import IS_OPEN, month_name, short_day, status_text
from models.texts import N_, ntr, tr

_NAMES = 2  # of absent people that are named; of more it is said how many
_PLANS = {one.code: one for one in PLAN_STATUSES}
_WAYS = {one.code: one for one in WAYS}
PER_DAY = 40  # entries of a day that are read at first
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a day. ``entity`` and ``ids`` say which record it is; leave of a day is one entry.

    ``state`` is a task's or a plan's status; ``time`` the hour on the clock, "" for none.
    """

    entity: str
    ids: tuple[int, ...]
    day: date
    title: str
    who: str = ""
    customer: str = ""
    state: str = ""
    time: str = ""
    late: bool = False
    done: bool = False

    @property
    def movable(self) -> bool:
        """Whether it can be moved to another day."""
        return self.entity in ("task", "follow_up_plan") and not self.done

    def told(self, on: date) -> str:
        """What it is, for who hears the screen."""
        state = status_text(self.state) if self.entity == "task" else ""
        if self.entity == "follow_up_plan":
            found = _PLANS.get(self.state)
            state = found.text() if found is not None else self.state
        parts = [
            self.time, self.title, self.customer if self.customer != self.title else "", self.who,
            short_day(self.day, on), state,
        ]  # fmt: skip
        if self.late:
            parts.append(tr(N_("overdue")))
        return tr(N_(", ")).join(one for one in parts if one)


@dataclass(frozen=True)
class Day:
    """A day: how it is worked, and what is due on it; ``count`` counts also what wasn't read."""

    day: date
    working: bool
    make_up: bool
    holiday: str  # its name, "" for none
    entries: tuple[Entry, ...]
    count: int

    def told(self, on: date) -> str:
        """The day, for who hears the screen."""
        parts = [short_day(self.day, on), tr(_WEEKDAYS[self.day.weekday()])]
        if self.day == on:
            parts.append(tr(N_("today")))
        if self.holiday:
            parts.append(self.holiday)
        elif self.make_up:
            parts.append(tr(N_("make-up day")))
        elif not self.working:
            parts.append(tr(N_("not a working day")))
        parts.append(ntr("{n} entry", "{n} entries", self.count))
        return tr(N_(", ")).join(parts)


@dataclass(frozen=True)
class Agenda:
    """Days in order; ``undated`` is how many open tasks have no day at all."""

    days: tuple[Day, ...]
    undated: int = 0

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(one.count for one in self.days)


def weekday(day: date) -> str:
    """The name of a day of the week."""
    return tr(_WEEKDAYS[day.weekday()])


def month_text(day: date) -> str:
    """The month that a day is in, with its year."""
    return tr(N_("{month} {year}"), month=month_name(day), year=day.year)


def month_of(day: date, week_starts: str) -> tuple[date, date]:
    """The first and last day of the weeks that a month lies in."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return week_of(first, week_starts)[0], week_of(last, week_starts)[1]


def week_of(day: date, week_starts: str) -> tuple[date, date]:
    """The first and last day of a week."""
    back = (day.weekday() + (1 if week_starts == "sunday" else 0)) % 7
    first = day - timedelta(days=back)
    return first, first + timedelta(days=6)


def agenda(
    book: Book, first: date, last: date, asked: Asked, on: date, limit: int = PER_DAY
) -> Agenda:
    """What is due from one day to another, both included.

    Args:
        on: the day by which something is late.
        limit: how many tasks, and follow-ups, of a day are read; all are counted.
    """
    calendar = work_calendar(book)
    found: dict[date, list[Entry]] = defaultdict(list)
    more: dict[date, int] = defaultdict(int)
    with book.reading():
        for entry in _leave(book, first, last, asked):
            found[entry.day].append(entry)
        for entry in _meetings(book, first, last, asked):
            found[entry.day].append(entry)
        for reading in (_plans, _tasks):
            for entry, count in reading(book, first, last, asked, on, limit):
                found[entry.day].append(entry)
                more[entry.day] += max(count - limit, 0) if count else 0
        undated = _undated(book, asked)
    holidays = dict(calendar.holidays(first, last))
    made_up = set(calendar.make_up_days(first, last))
    days = tuple(
        _day(calendar, day, holidays.get(day, ""), day in made_up, found[day], more[day])
        for day in _each(first, last)
    )
    return Agenda(days, undated)


def entries(book: Book, day: date, asked: Asked, on: date, limit: int = 1_000) -> Day:
    """One day with all that is due on it."""
    return agenda(book, day, day, asked, on, limit).days[0]


def _day(
    calendar: WorkCalendar,
    day: date,
    holiday: str,
    made_up: bool,
    found: Sequence[Entry],
    more: int,
) -> Day:
    ordered = _ordered(found)
    count = len(ordered) + more
    return Day(day, calendar.is_working(day), made_up, holiday, tuple(ordered), count)


def _ordered(found: Sequence[Entry]) -> list[Entry]:
    """What has an hour, then what is open, then who is away, then what is done.

    What is alike takes turns by its kind, so that many follow-ups don't hide the tasks of a day.
    """
    turns: Counter[tuple[object, ...]] = Counter()
    placed = []
    for one in found:
        place = (one.done, one.entity == "leave", one.time == "", one.time, not one.late)
        turns[*place, one.entity] += 1
        placed.append((*place, turns[*place, one.entity]))
    order = sorted(zip(placed, range(len(placed)), found, strict=True), key=lambda one: one[:2])
    return [one for _, _, one in order]


def _each(first: date, last: date) -> Iterator[date]:
    for at in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(at)


# -- what is read --------------------------------------------------------------------------------


def _tasks(
    book: Book, first: date, last: date, asked: Asked, on: date, limit: int
) -> Iterator[tuple[Entry, int]]:
    """Tasks by the day on which they are due, each day's first; with the last one the day's count."""
    wanted, params = condition(book, asked, "task", "t.owner", project=True)
    if asked.open_only:
        wanted += f" AND {IS_OPEN}"
    rows = book.connection().run(
        "SELECT id, title, due, status, (SELECT name FROM salesperson WHERE id = owner), "
        "(SELECT name FROM customer WHERE id = customer), n, count FROM (SELECT t.id AS id, t.title AS title, "
        "t.due AS due, t.status AS status, t.owner AS owner, t.customer AS customer, "
        "row_number() OVER (PARTITION BY t.due ORDER BY t.status IN ('done', 'cancelled'), "
        "CASE t.priority WHEN 'high' THEN 0 WHEN 'low' THEN 2 ELSE 1 END, t.id) AS n, "
        f"count(*) OVER (PARTITION BY t.due) AS count FROM task t WHERE {wanted} AND t.due BETWEEN ? AND ?) "
        "WHERE n <= ? ORDER BY due, n",
        (*params, first.isoformat(), last.isoformat(), limit),
    )
    for id, title, due, status, owner, customer, n, count in rows:
        day, closed = date.fromisoformat(due), status in CLOSED
        made = Entry(
            "task", (id,), day, title or "", owner or "", customer or "", status or "", "",
            day < on and not closed, closed,
        )  # fmt: skip
        yield made, count if n == min(limit, count) else 0


def _plans(
    book: Book, first: date, last: date, asked: Asked, on: date, limit: int
) -> Iterator[tuple[Entry, int]]:
    """Follow-ups; whose nobody is named for are the customer's owner's."""
    whose = "coalesce(t.person, (SELECT c.owner FROM customer c WHERE c.id = t.customer))"
    wanted, params = condition(book, asked, "follow_up_plan", whose, project=False)
    kept = "t.status = 'planned'" if asked.open_only else "t.status IN ('planned', 'done')"
    rows = book.connection().run(
        "SELECT id, purpose, kind, due, at, status, (SELECT name FROM salesperson WHERE id = who), "
        "(SELECT name FROM customer WHERE id = customer), n, count FROM (SELECT t.id AS id, t.purpose AS purpose, "
        f"t.kind AS kind, t.due AS due, t.at AS at, t.status AS status, {whose} AS who, t.customer AS customer, "
        "row_number() OVER (PARTITION BY t.due ORDER BY t.status <> 'planned', t.at IS NULL, t.at, t.id) AS n, "
        f"count(*) OVER (PARTITION BY t.due) AS count FROM follow_up_plan t WHERE {wanted} AND {kept} "
        "AND t.due BETWEEN ? AND ?) WHERE n <= ? ORDER BY due, n",
        (*params, first.isoformat(), last.isoformat(), limit),
    )
    for id, purpose, kind, due, at, status, who, customer, n, count in rows:
        day, done = date.fromisoformat(due), status != "planned"
        way = _WAYS[kind].text() if kind in _WAYS else tr(N_("Follow-up"))
        made = Entry(
            "follow_up_plan", (id,), day, purpose or way, who or "", customer or "", status,
            _clock(at), day < on and not done, done,
        )  # fmt: skip
        yield made, count if n == min(limit, count) else 0


def _meetings(book: Book, first: date, last: date, asked: Asked) -> Iterator[Entry]:
    """Meetings; of one person those with that person and those of the person's team."""
    if asked.project or asked.customer:
        return
    people = people_of(book, asked)
    rows = book.connection().run(
        "SELECT t.id, t.title, t.held_on, t.starts_at, t.place, t.person, p.name, t.team, g.name FROM meeting t "
        "LEFT JOIN salesperson p ON p.id = t.person LEFT JOIN team g ON g.id = t.team "
        "WHERE t.alive = 1 AND t.held_on BETWEEN ? AND ? ORDER BY t.starts_at IS NULL, t.starts_at, t.id",
        (first.isoformat(), last.isoformat()),
    )
    teams = _teams(book, people)
    words = asked.text.strip().casefold()
    for id, title, held, at, place, person, name, team, team_name in rows:
        if people is not None and person not in people and team not in teams and (person or team):
            continue
        if words and words not in (title or "").casefold():
            continue
        who = name or team_name or place or ""
        yield Entry(
            "meeting", (id,), date.fromisoformat(held), title or "", who, "", "", _clock(at)
        )


def _teams(book: Book, people: frozenset[int] | None) -> set[int]:
    if people is None:
        return set()
    rows = book.connection().run(
        "SELECT DISTINCT team FROM salesperson WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(people)),),
    )
    return {team for (team,) in rows if team is not None}


def _leave(book: Book, first: date, last: date, asked: Asked) -> Iterator[Entry]:
    """Who is away, all of a day as one entry; not where only some work is looked for."""
    if asked.project or asked.customer or asked.text.strip():
        return
    people = people_of(book, asked)
    marks = ", ".join("?" * len(COUNTED))
    rows = book.connection().run(
        f'SELECT t.id, t.person, p.name, t.starts_on, t.ends_on FROM "leave" t JOIN salesperson p ON p.id = t.person '
        f"WHERE t.alive = 1 AND t.status IN ({marks}) AND t.starts_on <= ? AND t.ends_on >= ? ORDER BY p.name, t.id",
        (*COUNTED, last.isoformat(), first.isoformat()),
    )
    away: dict[date, list[tuple[int, str]]] = defaultdict(list)
    for id, person, name, starts, ends in rows:
        if people is None or person in people:
            begin, end = date.fromisoformat(starts), date.fromisoformat(ends)
            for day in _each(max(begin, first), min(end, last)):
                away[day].append((id, name or ""))
    calendar = work_calendar(book)
    for day, some in away.items():
        if not calendar.is_working(day):
            continue
        names = tr(N_(", ")).join(dict.fromkeys(name for _, name in some))
        if len(some) > _NAMES:
            names = ntr("{n} person", "{n} people", len(some))
        title = tr(N_("Away: {names}"), names=names)
        yield Entry("leave", tuple(id for id, _ in some), day, title)


def _undated(book: Book, asked: Asked) -> int:
    wanted, params = condition(book, asked, "task", "t.owner", project=True)
    return int(
        book.connection().one(
            f"SELECT count(*) FROM task t WHERE {wanted} AND {IS_OPEN} AND t.due IS NULL", params
        )
    )


def undated(book: Book, asked: Asked) -> list[int]:
    """The open tasks that have no day."""
    wanted, params = condition(book, asked, "task", "t.owner", project=True)
    with book.reading() as db:
        rows = db.run(
            f"SELECT t.id FROM task t WHERE {wanted} AND {IS_OPEN} AND t.due IS NULL", params
        )
    return [id for (id,) in rows]


def _clock(at: str | None) -> str:
    """The hour on this machine's clock of an instant as it is stored."""
    if not at:
        return ""
    moment = KINDS["instant"].load(at)
    return moment.astimezone().strftime("%H:%M") if isinstance(moment, datetime) else ""
