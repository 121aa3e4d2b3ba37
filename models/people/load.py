"""How much each person has to do on each day, and how much they can: from what is open in the book.

What is planned:

- An open task needs its whole effort until it is done; in review it needs no more. It is spread over
  the working days from its beginning to its due day, see ``spreading``; without a beginning it is done
  as late as its effort allows, without a due day over ten working days. What is overdue is for today.
- Tasks that wait for another don't begin before that one is due. Blocked tasks keep their hours: the
  answer may come any day. Where nobody said the effort, visits and follow-ups take their usual time,
  other tasks an hour, and it is said so.
- Who works on a task together has hours by share; whoever covers for somebody has the hours of those days.
- Planned follow-ups and meetings take their usual time; a one-to-one also that of the superior, a meeting
  of a team that of everybody in it.

What can be done: half days of the working calendar without leave, times the hours a day of the
person or the book. The ramp of a new hire is about what they bring, not about their hours: it doesn't
count here. Days before today have the capacity that they had and only their meetings: what was done is
told by activities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from models.book import Book
from models.calendar.in_book import roster, work_calendar
from models.describe.book_settings import BOOK
from models.dialects import Connection
from models.goals.staff import Staff
from models.money import from_scaled, to_scaled
from models.people import planned_work
from models.people.covering import FOLLOW_UP, TASK, Covering
from models.people.planned_work import BLOCKED, Meeting, Task
from models.people.skills import LEFT
from models.people.spreading import Cells, Hours, Spreading, Work, parts_of, shared, together
from models.people.usual_minutes import usual_minutes
from models.texts import N_, tr

MEETING = "meeting"
IDLE = Decimal("0.3")  # of a day's hours: who has less to do on a working day is idle
_NOTHING = Decimal(0)
_HOURS_A_DAY = "hours_a_day"
_Found = tuple[str, int, int]  # kind, row, millionths of hours


@dataclass(frozen=True)
class Piece:
    """What fills a part of somebody's day; ``note`` says what is special about it."""

    kind: str
    row: int
    title: str
    owner: int | None
    hours: Decimal
    covered: bool
    note: str


@dataclass(frozen=True)
class Totals:
    """A person's days together; overload and idle days are those from today on."""

    capacity: Decimal
    busy: Decimal
    overloaded: tuple[date, ...]
    idle: tuple[date, ...]

    @property
    def share(self) -> Decimal | None:
        """Which part of the hours is taken; None where there are none."""
        return self.busy / self.capacity if self.capacity else None


class Load:
    """Everybody's hours in a span of days, both ends included; read once, then never changed.

    Args:
        on: today, the day of this machine if not given.
    """

    def __init__(self, book: Book, first: date, last: date, on: date | None = None) -> None:
        self.first, self.last, self.on = first, last, on or date.today()
        self.calendar = work_calendar(book)
        self.days = tuple(first + timedelta(n) for n in range((last - first).days + 1))
        with book.reading() as db:
            self.usual_minutes = usual_minutes(db)
            self.tasks = planned_work.tasks(db, self.usual_minutes)
            self.plans = {one.row: one for one in planned_work.plans(db, self.usual_minutes)}
            self.meetings = {
                one.row: one for one in planned_work.meetings(db, self.usual_minutes, first, last)
            }
            listed, own = _people(db)
            self.roster = roster(book, self.on)
            hours = Hours(self.roster, hours_a_day(db), own)
            self.covering = Covering(book, self.on)
            self._staff = Staff(book)
        self.people = tuple(listed)
        self.names = {**self._staff.names, **listed}
        self._hours = hours
        self._spreading = Spreading(hours, self.covering, self.on)
        self._spreads = {row: self._whole(one, one.owner) for row, one in self.tasks.items()}
        self._cells: dict[tuple[int, date], int] = {}
        self._inside: dict[tuple[int, date], list[_Found]] = defaultdict(list)
        self._extra: dict[tuple[int, date], int] = {}
        self._fill()

    # -- what somebody can do and has to do --------------------------------------------------------

    def capacity(self, person: int, day: date) -> Decimal:
        """The hours that somebody can be given on a day."""
        return self._hours.capacity(person, day)

    def a_day(self, person: int) -> Decimal:
        """The hours of a whole day of somebody."""
        return self._hours.a_day(person)

    def halves(self, person: int, day: date) -> int:
        """How many half days of a day somebody works, 0 to 2."""
        return self._hours.halves(person, day)

    def busy(self, person: int, day: date) -> Decimal:
        """The hours that are taken on a day of the span."""
        key = person, day
        return from_scaled(self._cells.get(key, 0) + self._extra.get(key, 0))

    def free(self, person: int, day: date) -> Decimal:
        """The hours that are left; less than none where it is too much."""
        return self.capacity(person, day) - self.busy(person, day)

    def overloaded(self, person: int, day: date) -> bool:
        """Whether there is more to do from today on than hours to do it in."""
        return day >= self.on and self.busy(person, day) > self.capacity(person, day)

    def idle(self, person: int, day: date) -> bool:
        """Whether a working day from today on is nearly empty."""
        capacity = self.capacity(person, day)
        return day >= self.on and capacity > 0 and self.busy(person, day) < IDLE * capacity

    def totals(self, person: int) -> Totals:
        """Somebody's span."""
        return Totals(
            sum((self.capacity(person, day) for day in self.days), _NOTHING),
            sum((self.busy(person, day) for day in self.days), _NOTHING),
            tuple(day for day in self.days if self.overloaded(person, day)),
            tuple(day for day in self.days if self.idle(person, day)),
        )

    def total_busy(self) -> Decimal:
        """The hours of everybody together."""
        every = set(self.people)
        return from_scaled(
            sum(
                units
                for cells in (self._cells, self._extra)
                for (person, _), units in cells.items()
                if person in every
            )
        )

    def parts(self, person: int, day: date) -> tuple[Piece, ...]:
        """What fills somebody's day, the longest first."""
        found = sorted(self._inside.get((person, day), ()), key=lambda one: (-one[2], *one[:2]))
        return tuple(self._piece(person, day, *one) for one in found)

    # -- what work takes ---------------------------------------------------------------------------

    def task_hours(self, task: int) -> dict[tuple[int, date], Decimal]:
        """Who works on a task on which days, outside the span too; together what is left of it."""
        return _decimals(self._spreads.get(task, {}))

    def spread(
        self, task: int, person: int | None = None, day: date | None = None
    ) -> dict[tuple[int, date], Decimal]:
        """The same, if it were somebody else's or due on another day."""
        moved = self._moved_to(task, person, day)
        return _decimals(self._whole(moved, moved.owner))

    def spread_new(
        self,
        person: int,
        effort_hours: Decimal,
        starts_on: date | None,
        due: date | None,
        customer: int | None = None,
    ) -> dict[tuple[int, date], Decimal]:
        """The hours of a task that isn't in the book yet."""
        units = to_scaled(effort_hours)
        work = Work(TASK, None, person, units, starts_on, due, None, customer)
        return _decimals(self._spreading.spread(work))

    def with_task(self, task: int, person: int | None = None, day: date | None = None) -> Load:
        """How it would be if a task were somebody else's, or due on another day; nothing is written."""
        moved = self._moved_to(task, person, day)
        made = copy(self)
        made.tasks = {**self.tasks, task: moved}
        made._spreads = {**self._spreads, task: self._whole(moved, moved.owner)}
        made._cells = dict(self._cells)
        made._inside = defaultdict(list, self._inside)
        made._take_out(task, self._spreads[task])
        made._put(TASK, task, made._spreads[task])
        return made

    def with_hours(self, hours: Mapping[tuple[int, date], Decimal]) -> Load:
        """How it would be with more hours on some days."""
        made = copy(self)
        made._extra = together([self._extra, {key: to_scaled(one) for key, one in hours.items()}])
        return made

    # -- inside ------------------------------------------------------------------------------------

    def _moved_to(self, task: int, person: int | None, day: date | None) -> Task:
        one = self.tasks[task]
        begins, due = (one.begins, one.due) if day is None else moved_days(one.begins, one.due, day)
        owner = one.owner if person is None else person
        others = tuple(pair for pair in one.others if pair[0] != owner)
        return Task(
            one.row, one.title, owner, one.customer, begins, due, one.after, one.status, one.kind,
            one.units, one.assumed, others,
        )  # fmt: skip

    def _whole(self, task: Task, owner: int | None) -> Cells:
        """A task's hours, by everybody who works on it."""
        weights = parts_of(owner, task.others)
        if not weights or not task.units:
            return {}
        cells = []
        units = shared(task.units, list(weights.values()))
        for person, its in zip(weights, units, strict=True):
            if person is None:
                continue
            work = Work(
                TASK, task.row, person, its, task.begins, task.due, task.after, task.customer
            )
            cells.append(self._spreading.spread(work))
        return together(cells)

    def _fill(self) -> None:
        for row, cells in self._spreads.items():
            self._put(TASK, row, cells)
        for plan in self.plans.values():
            if plan.owner is not None:
                work = Work(
                    FOLLOW_UP, plan.row, plan.owner, plan.units, None, plan.due, None, plan.customer
                )
                self._put(FOLLOW_UP, plan.row, self._spreading.at(work, plan.timed))
        for meeting in self.meetings.values():
            cells = {
                (person, meeting.day): meeting.units
                for person in self.present(meeting)
                if self._hours.halves(person, meeting.day)
            }
            self._put(MEETING, meeting.row, cells)

    def present(self, meeting: Meeting) -> Iterable[int]:
        """Who is at a meeting."""
        return planned_work.present(meeting, self._staff)

    def _put(self, kind: str, row: int, cells: Cells) -> None:
        for key, units in cells.items():
            if self.first <= key[1] <= self.last:
                self._cells[key] = self._cells.get(key, 0) + units
                self._inside[key] = [*self._inside.get(key, ()), (kind, row, units)]

    def _take_out(self, task: int, cells: Cells) -> None:
        for key, units in cells.items():
            if self.first <= key[1] <= self.last:
                self._cells[key] -= units
                self._inside[key] = [one for one in self._inside[key] if one[:2] != (TASK, task)]

    def _piece(self, person: int, day: date, kind: str, row: int, units: int) -> Piece:
        hours = from_scaled(units)
        if kind == MEETING:
            return Piece(kind, row, self.meetings[row].title, None, hours, False, "")
        if kind == FOLLOW_UP:
            plan = self.plans[row]
            late = plan.due < self.on
            note = tr(N_("overdue since {day}"), day=plan.due) if late else ""
            return Piece(kind, row, plan.title, plan.owner, hours, plan.owner != person, note)
        task = self.tasks[row]
        helping = {task.owner, *(who for who, _ in task.others)}
        return Piece(
            kind, row, task.title, task.owner, hours, person not in helping, self._note(task)
        )

    def _note(self, task: Task) -> str:
        said = []
        if task.due is None:
            said.append(tr(N_("no due day")))
        elif task.due < self.on:
            said.append(tr(N_("overdue since {day}"), day=task.due))
        if task.status == BLOCKED:
            said.append(tr(N_("blocked")))
        if task.assumed:
            said.append(tr(N_("effort assumed")))
        return tr(N_(", ")).join(said)


def moved_days(begins: date | None, due: date | None, day: date) -> tuple[date | None, date | None]:
    """The days of a task that is moved to be due on a day: its beginning moves as far."""
    if begins is None:
        return None, day
    return (min(begins, day) if due is None else begins + (day - due)), day


def hours_a_day(db: Connection) -> Decimal:
    """How many hours of a working day a book plans."""
    field = BOOK.field(_HOURS_A_DAY)
    said = db.one("SELECT value FROM book_info WHERE name = ?", (_HOURS_A_DAY,))
    try:
        return Decimal(str(said)) if said else Decimal(str(field.default))
    except InvalidOperation:
        return Decimal(str(field.default))


def _people(db: Connection) -> tuple[dict[int, str], dict[int, Decimal]]:
    """Who works here, by name, and whose day has hours of its own."""
    from models.names import sort_key

    rows = db.run(
        "SELECT id, name, daily_hours FROM salesperson WHERE alive = 1 AND status IS NOT ?", (LEFT,)
    )
    listed = sorted(((sort_key(name or ""), row, name or "") for row, name, _ in rows))
    own = {row: from_scaled(hours) for row, _, hours in rows if hours is not None}
    return {row: name for _, row, name in listed}, own


def _decimals(cells: Cells) -> dict[tuple[int, date], Decimal]:
    return {key: from_scaled(units) for key, units in cells.items()}
