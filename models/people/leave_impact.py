"""What an absence means before it is decided: work and goals in those days, who else is away, who could cover.

- A task is affected if it is due in those days or is worked at in them; a follow-up or a meeting if it falls
  into them.
- A goal that runs loses the working days of the absence: what is needed a day grows by what is left.
- Who could cover is ranked: there on all those days before away on some, who knows more of the customers
  concerned before who knows fewer, then who has more hours free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.person_days import COUNTED, Leave, Person, PersonDays
from models.goals.staff import Staff
from models.money import rounded
from models.people.covering import FOLLOW_UP, TASK
from models.people.load import MEETING, Load
from models.people.skills import WORKING
from models.people.workload import hours_text
from models.refusals import Refused
from models.texts import N_, ntr, tr

REQUESTED, APPROVED, REJECTED = "requested", "approved", "rejected"
_FAMILIAR = 365  # days that a contact with a customer counts
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Absence:
    """A leave as it is asked for; ``row`` 0 isn't in the book yet."""

    row: int
    person: int
    leave: Leave
    cover: int | None


@dataclass(frozen=True)
class Affected:
    """Work that falls into the absence."""

    kind: str
    row: int
    title: str
    day: date | None
    customer: int | None


@dataclass(frozen=True)
class AffectedGoal:
    """A goal that loses days: how many, how many were left, what is needed a day before and after.

    ``after`` None is more than any pace: no day is left.
    """

    row: int
    title: str
    lost: Decimal
    left: Decimal
    before: Decimal | None
    after: Decimal | None
    text: str


@dataclass(frozen=True)
class Candidate:
    """Who could cover."""

    person: int
    name: str
    away: int  # of those days, how many they are wholly away themselves
    known: int  # of the customers concerned, how many they were in touch with
    free: Decimal  # hours in those days

    def text(self) -> str:
        """One line."""
        parts = [hours_text(max(self.free, Decimal(0)))]
        said = tr(N_("{hours} free"), hours=parts[0])
        if self.known:
            said += tr(N_(", ")) + ntr("knows {n} customer", "knows {n} customers", self.known)
        if self.away:
            said += tr(N_(", ")) + ntr("away {n} day", "away {n} days", self.away)
        return tr(N_("{name} ({said})"), name=self.name, said=said)


@dataclass(frozen=True)
class Choice:
    """Who covers: for all of it, and otherwise for single tasks and customers."""

    everything: int | None = None
    tasks: Mapping[int, int] = field(default_factory=dict)
    customers: Mapping[int, int] = field(default_factory=dict)


class LeaveImpact:
    """What a leave of the book would do, as of a day.

    Raises:
        Refused: ``gone``, the leave isn't there any more.
    """

    def __init__(self, book: Book, leave: int, on: date) -> None:
        self.book, self.on = book, on
        self.absence = read(book, leave)
        asked = self.absence
        self.load = Load(book, asked.leave.first, asked.leave.last, on)
        self.name = self.load.names.get(asked.person, "")
        calendar = work_calendar(book)
        alone = PersonDays(calendar, Person(asked.person), [_counted(asked.leave)], on)
        self.days = alone.leave(asked.leave.first, asked.leave.last)
        self._alone = alone
        self.away_days = [day for day in self.load.days if alone.leave(day, day) and day >= on]
        self._staff = Staff(book)
        self.work = self._work()
        self.others = self._others()
        self.candidates = self._candidates()
        self.chosen = self._chosen()

    def _work(self) -> tuple[Affected, ...]:
        """Tasks, follow-ups and meetings of those days, by day."""
        person, days = self.absence.person, set(self.load.days)
        found: list[Affected] = []
        for row, task in self.load.tasks.items():
            mine = task.owner == person
            busy = any(who == person and day in days for who, day in self.load.task_hours(row))
            if busy or (mine and task.due in days):
                found.append(Affected(TASK, row, task.title, task.due, task.customer))
        for plan in self.load.plans.values():
            if plan.owner == person and plan.due in days:
                found.append(Affected(FOLLOW_UP, plan.row, plan.title, plan.due, plan.customer))
        for meeting in self.load.meetings.values():
            if person in self.load.present(meeting) and meeting.day in days:
                found.append(Affected(MEETING, meeting.row, meeting.title, meeting.day, None))
        return tuple(sorted(found, key=lambda one: (one.day or date.max, one.kind, one.row)))

    def goals(self) -> tuple[AffectedGoal, ...]:
        """The person's own goals that run and lose days; reads how goals stand, which takes its time."""
        from models.goals import pace_words
        from models.goals.pace_board import PaceBoard

        made = []
        for one in PaceBoard(self.book, self.on, None).standings.values():
            goal = one.goal
            if goal.level != "person" or goal.person != self.absence.person or goal.last is None:
                continue
            lost = self._lost(goal.first, goal.last)
            if not lost or not one.needed_per_day or one.target is None:
                continue
            counted = self.absence.leave.status in COUNTED
            left = one.days_left + lost if counted else one.days_left
            rest = abs(one.target - (one.value or 0))
            before = rounded(rest / left, 6) if left else None
            after = rounded(rest / (left - lost), 6) if left > lost else None
            currency = self.book.currency
            shown = {
                "goal": goal.title,
                "before": pace_words.shown(one, before, currency),
                "after": "–" if after is None else pace_words.shown(one, after, currency),
                "days": lost,
            }
            text = (
                tr(N_("{goal}: no working day is left for it."), **shown)
                if after is None
                else tr(
                    N_(
                        "{goal}: {days} working days less; needed a day {after} instead of {before}."
                    ),
                    **shown,
                )
            )
            made.append(AffectedGoal(goal.id, goal.title, lost, left, before, after, text))
        return tuple(made)

    def _lost(self, first: date | None, last: date) -> Decimal:
        """The working days of the absence that lie in a goal's days still to come."""
        begin = max(first or date.min, self.on + _ONE, self.absence.leave.first)
        end = min(last, self.absence.leave.last)
        return self._alone.leave(begin, end) if begin <= end else Decimal(0)

    def _others(self) -> tuple[tuple[str, str], ...]:
        """Who else of the team is away in those days, and on which."""
        team = self._staff.team_of.get(self.absence.person)
        made = []
        for one in self.load.people:
            if one == self.absence.person or self._staff.team_of.get(one) != team:
                continue
            days = [day for day in self.load.days if self._is_away(one, day)]
            if days:
                made.append(
                    (self.load.names[one], tr(N_(", ")).join(f"{day:%m-%d}" for day in days))
                )
        return tuple(made)

    def _is_away(self, person: int, day: date) -> bool:
        return self.load.calendar.is_working(day) and self.load.covering.away(person, day)

    def _candidates(self) -> tuple[Candidate, ...]:
        with self.book.reading() as db:
            status = dict(
                db.run("SELECT id, coalesce(status, 'active') FROM salesperson WHERE alive = 1")
            )
            since = (self.on - timedelta(_FAMILIAR)).isoformat()
            customers = {one.customer for one in self.work if one.customer is not None}
            known = Counter(
                person
                for person, customer in db.run(
                    "SELECT DISTINCT person, customer FROM activity WHERE alive = 1 AND at >= ? "
                    "AND person IS NOT NULL AND customer IS NOT NULL",
                    (since,),
                )
                if customer in customers
            )
        team = self._staff.team_of.get(self.absence.person)
        made = [
            Candidate(
                one,
                self.load.names[one],
                sum(self._is_away(one, day) for day in self.load.days),
                known[one],
                sum((self.load.free(one, day) for day in self.away_days), Decimal(0)),
            )
            for one in self.load.people
            if one != self.absence.person and status.get(one) in WORKING
        ]

        def order(one: Candidate) -> tuple[int, bool, int, Decimal, str]:
            other = self._staff.team_of.get(one.person) != team
            return one.away, other, -one.known, -one.free, one.name

        return tuple(sorted(made, key=order))

    def _chosen(self) -> Choice:
        """Who covers by what the book says now; of a leave that is only asked for, who is proposed."""
        with self.book.reading() as db:
            rows = db.run(
                "SELECT person, task, customer FROM cover WHERE alive = 1 AND leave = ? "
                "AND person IS NOT NULL ORDER BY id DESC",
                (self.absence.row,),
            )
        tasks = {task: person for person, task, _ in rows if task is not None}
        customers = {
            customer: person for person, task, customer in rows if task is None and customer
        }
        whole = [person for person, task, customer in rows if task is None and customer is None]
        everything = whole[-1] if whole else self.absence.cover
        if everything is None and self.absence.leave.status == REQUESTED and self.candidates:
            everything = self.candidates[0].person
        return Choice(everything, tasks, customers)

    def text(self) -> str:
        """One sentence on what falls into the absence."""
        kinds = Counter(one.kind for one in self.work)
        parts = [
            ntr("{n} task", "{n} tasks", kinds[TASK]),
            ntr("{n} follow-up", "{n} follow-ups", kinds[FOLLOW_UP]),
            ntr("{n} meeting", "{n} meetings", kinds[MEETING]),
        ]
        return tr(
            N_("{person} is away {days} working days ({first} to {last}). Into these fall {work}."),
            person=self.name,
            days=self.days.normalize() if self.days else 0,
            first=self.absence.leave.first,
            last=self.absence.leave.last,
            work=tr(N_(", ")).join(parts),
        )


def _counted(leave: Leave) -> Leave:
    return Leave(leave.first, leave.last, leave.starts_at_noon, leave.ends_at_noon)


def read(book: Book, leave: int) -> Absence:
    """A leave of the book.

    Raises:
        Refused: ``gone``.
    """
    with book.reading() as db:
        rows = db.run(
            "SELECT person, starts_on, ends_on, starts_at_noon, ends_at_noon, status, cover "
            'FROM "leave" WHERE id = ? AND alive = 1',
            (leave,),
        )
    if not rows or not all(rows[0][:3]):
        raise Refused("gone", N_("This record has been removed meanwhile."))
    person, first, last, starts, ends, status, cover = rows[0]
    span = date.fromisoformat(first), date.fromisoformat(last)
    return Absence(leave, person, Leave(*span, bool(starts), bool(ends), status or ""), cover)


def approve(book: Book, impact: LeaveImpact, choice: Choice) -> int:
    """Approve a leave with who covers, as one change; gives its number.

    Covers that were named before for this leave are replaced.

    Raises:
        Refused: ``gone``, or ``covers_themselves``.
    """
    asked = impact.absence
    chosen = {choice.everything, *choice.tasks.values(), *choice.customers.values()}
    if asked.person in chosen:
        raise Refused("covers_themselves", N_("Nobody covers for themselves."))
    with book.change(tr(N_("Approve the leave of {person}"), person=impact.name)) as change:
        change.set("leave", asked.row, {"status": APPROVED, "cover": choice.everything})
        before = change.db.run("SELECT id FROM cover WHERE alive = 1 AND leave = ?", (asked.row,))
        change.remove("cover", [row for (row,) in before])
        for task, person in choice.tasks.items():
            change.add("cover", {"leave": asked.row, "person": person, "task": task})
        for customer, person in choice.customers.items():
            change.add("cover", {"leave": asked.row, "person": person, "customer": customer})
    return change.no


def reject(book: Book, impact: LeaveImpact) -> int:
    """Reject a leave, as one change; gives its number."""
    with book.change(tr(N_("Reject the leave of {person}"), person=impact.name)) as change:
        change.set("leave", impact.absence.row, {"status": REJECTED})
    return change.no
