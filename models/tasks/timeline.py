"""Tasks as bars over the days that they take, in a lane for each person or project.

A task that says when it is due but not when it begins, begins as late as its effort allows: its hours,
by the hours that its owner can be given a day, in working days back from the day that it is due. One
that says when it begins but not when it is due ends by the same rule. Without effort it takes a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.money import from_scaled
from models.names import sort_key
from models.tasks.asked import Asked, people_of
from models.tasks.view_rows import IS_OPEN, TaskRow, read
from models.texts import N_, tr

GROUPS = ("owner", "project")
_RECENT = timedelta(days=30)  # closed tasks older than that have no bar
_FAR = timedelta(days=730)  # bars beyond are drawn as far as that
_MOST_DAYS = 260  # working days that a guess of a bar's length may take
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=45)  # around today that are always there
_NOBODY = {"owner": N_("Nobody"), "project": N_("No project")}
_HOURS = Decimal(8)


@dataclass(frozen=True, slots=True)
class Bar:
    """A task over its days, both included; ``guessed`` says that one end follows from its effort.

    ``row`` is the line within the lane, so that bars don't lie over each other.
    """

    task: TaskRow
    lane: int
    first: date
    last: date
    guessed: bool
    row: int = 0

    @property
    def share(self) -> float:
        """How much of it is done, by its steps: 0…1."""
        return self.task.steps_done / self.task.steps if self.task.steps else 0.0


@dataclass(frozen=True)
class Lane:
    """The bars of one person or project, by line and day; 0 is for those of nobody."""

    key: int
    name: str
    bars: tuple[Bar, ...]
    rows: int  # lines that the bars need, at least one


@dataclass(frozen=True)
class Arrow:
    """A task waits for another; ``broken`` where it begins before the other ends."""

    after: int
    task: int
    broken: bool


@dataclass(frozen=True)
class Timeline:
    """All lanes, the arrows between bars, the days around them; ``unplaced`` tasks have no day."""

    group: str
    on: date
    first: date
    last: date
    lanes: tuple[Lane, ...]
    arrows: tuple[Arrow, ...]
    off: frozenset[date]
    unplaced: int

    @property
    def count(self) -> int:
        """How many bars there are."""
        return sum(len(one.bars) for one in self.lanes)


def timeline(book: Book, asked: Asked, group: str, on: date) -> Timeline:
    """The bars of open tasks, and of those closed within the last month.

    Args:
        group: one of ``GROUPS``: what lanes are for.
        on: today.
    """
    calendar = work_calendar(book)
    with book.reading():
        tasks = read(
            book,
            asked,
            f"({IS_OPEN} OR t.done_at >= ?)",
            ((on - _RECENT).isoformat(),),
            "ORDER BY t.id",
        )
        hours = _hours(book)
        names = _lanes(book, asked, group)
        waits = book.connection().run(
            "SELECT d.after, d.task FROM task_dependency d WHERE d.alive = 1 ORDER BY d.id"
        )
    bars = [one for task in tasks if (one := bar_of(task, group, calendar, hours)) is not None]
    by_lane: dict[int, list[Bar]] = defaultdict(list)
    for one in bars:
        by_lane[one.lane].append(one)
    for one in bars:
        if one.lane not in names:
            names[one.lane] = one.task.owner_name if group == "owner" else one.task.project_name
    lanes = tuple(_lane(key, names[key], by_lane.get(key, ())) for key in _ordered(names, by_lane))
    reach = [on - _BEFORE, on + _AFTER]
    reach += [min(max(one.first, on - _FAR), on + _FAR) for one in bars]
    reach += [min(max(one.last, on - _FAR), on + _FAR) for one in bars]
    first, last = _monday(min(reach)), _monday(max(reach)) + timedelta(days=13)
    worked = set(calendar.days(first, last))
    each = (date.fromordinal(at) for at in range(first.toordinal(), last.toordinal() + 1))
    off = frozenset(day for day in each if day not in worked)
    return Timeline(
        group, on, first, last, lanes, _arrows(bars, waits), off, len(tasks) - len(bars)
    )


def bar_of(
    task: TaskRow, group: str, calendar: WorkCalendar, hours: dict[int, Decimal]
) -> Bar | None:
    """The bar of a task; None when it has neither a first nor a last day."""
    lane = task.owner if group == "owner" else task.project
    first, last, guessed = task.starts_on, task.due, False
    if task.closed and task.done_at is not None:
        last = task.done_at
        first = min(first, last) if first is not None else None
    if first is not None and last is not None:
        return Bar(task, lane, min(first, last), max(first, last), guessed)
    days = days_of(task.effort, hours.get(task.owner) or hours[0])
    if last is not None:
        return Bar(task, lane, _back(calendar, last, days), last, guessed=True)
    if first is not None:
        return Bar(task, lane, first, _on(calendar, first, days), guessed=True)
    return None


def days_of(effort: Decimal | None, hours: Decimal) -> int:
    """How many working days some hours of work take; at least one."""
    if not effort or hours <= 0:
        return 1
    return min(max(int((effort / hours).to_integral_value(ROUND_CEILING)), 1), _MOST_DAYS)


def _back(calendar: WorkCalendar, last: date, days: int) -> date:
    """The first of so many working days of which the last is a day, or is the last before it."""
    day = last if calendar.is_working(last) else calendar.previous_working(last) or last
    for _ in range(days - 1):
        day = calendar.previous_working(day) or day
    return day


def _on(calendar: WorkCalendar, first: date, days: int) -> date:
    """The last of so many working days of which the first is a day, or is the first after it."""
    day = first if calendar.is_working(first) else calendar.next_working(first) or first
    for _ in range(days - 1):
        day = calendar.next_working(day) or day
    return day


def _hours(book: Book) -> dict[int, Decimal]:
    """The hours a day of everybody who has hours of their own; those of all others under 0."""
    try:
        said = book.connection().one("SELECT value FROM book_info WHERE name = 'hours_a_day'")
        usual = Decimal(said or _HOURS)
    except ArithmeticError:
        usual = _HOURS
    rows = book.connection().run(
        "SELECT id, daily_hours FROM salesperson WHERE daily_hours IS NOT NULL"
    )
    return {0: usual, **{id: from_scaled(one) for id, one in rows}}


def _lanes(book: Book, asked: Asked, group: str) -> dict[int, str]:
    """The lanes that are there although they may have no bar."""
    names: dict[int, str] = {}
    if group == "owner":
        people = people_of(book, asked)
        rows = book.connection().run(
            "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left'"
        )
        names = {id: name or "" for id, name in rows if people is None or id in people}
        if people is None:
            names[0] = ""
        return names
    rows = book.connection().run(
        "SELECT id, name FROM project WHERE alive = 1 AND coalesce(status, '') NOT IN ('done', 'cancelled') "
        "AND (? = 0 OR id = ?)",
        (asked.project, asked.project),
    )
    return {0: "", **{id: name or "" for id, name in rows}}


def lane_name(group: str, name: str, key: int) -> str:
    """What a lane is called."""
    return name if key else tr(_NOBODY[group])


def _ordered(names: dict[int, str], filled: Collection[int]) -> list[int]:
    """Nobody first: somebody has to take its tasks; then who has any, then the others, each by name."""
    return sorted(names, key=lambda key: (key != 0, key not in filled, sort_key(names[key]), key))


def _lane(key: int, name: str, bars: Iterable[Bar]) -> Lane:
    placed = stacked(bars)
    return Lane(key, name, placed, max((one.row for one in placed), default=0) + 1)


def stacked(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """Bars in as few lines as they need; the earliest takes the uppermost line that is free."""
    ends: list[date] = []
    placed = []
    for one in sorted(bars, key=lambda bar: (bar.first, bar.last)):
        row = next((at for at, end in enumerate(ends) if end < one.first), len(ends))
        if row == len(ends):
            ends.append(one.last)
        else:
            ends[row] = one.last
        placed.append(replace(one, row=row))
    return tuple(sorted(placed, key=lambda bar: (bar.row, bar.first)))


def _arrows(bars: Sequence[Bar], waits: Iterable[Sequence[int]]) -> tuple[Arrow, ...]:
    of = {one.task.id: one for one in bars}
    return tuple(
        Arrow(after, task, of[task].first <= of[after].last and not of[after].task.closed)
        for after, task in waits
        if after in of and task in of
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def unplaced(book: Book, asked: Asked) -> list[int]:
    """The open tasks that have neither a first nor a last day."""
    return [
        one.id for one in read(book, asked, f"{IS_OPEN} AND t.starts_on IS NULL AND t.due IS NULL")
    ]
