"""The facts of a goal review: the team and each person, as of the end of a day, with what moved since.

Numbers are those of the goals' own pace and measures; nothing is computed anew. The status of tasks and
decisions is today's, whether they are overdue is judged by the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from models.book import Book
from models.goals.actuals import Actuals
from models.goals.moves import Course, Moves, moves
from models.goals.pace import Standing, accumulates
from models.goals.pace_board import PaceBoard
from models.measures import engine
from models.measures.definition import Definition
from models.periods import Period
from models.progress import SILENT, Progress

if TYPE_CHECKING:
    from models.goals.review_questions import Question

_WEEK = timedelta(days=7)
_DONE = ("done", "cancelled")


@dataclass(frozen=True)
class Task:
    """A task that is blocked, or whose day is over."""

    task: int
    title: str
    owner: int | None
    due: date | None
    blocked: bool
    reason: str
    late: int  # days after its day


@dataclass(frozen=True)
class Promise:
    """What a person said they would bring, and what came; ``state`` is kept, broken or running."""

    person: int
    what: Definition
    period: str
    last: date
    amount: Decimal
    made_on: date | None
    actual: Decimal | None
    state: str


@dataclass(frozen=True)
class Decided:
    """A decision of an earlier meeting that is still open."""

    decision: int
    title: str
    owner: int | None
    owner_name: str
    due: date | None
    held_on: date | None
    late: bool


@dataclass(frozen=True)
class Sum:
    """What the goals of one person come to, in the measure that most people are measured by."""

    person: int
    name: str
    target: Decimal | None
    expected: Decimal | None
    actual: Decimal | None
    attainment: Decimal | None
    days_left: Decimal
    status: str
    down: bool = False  # lower is better


@dataclass(frozen=True)
class Page:
    """One page: a person's, or the team's where ``person`` is None."""

    person: int | None
    name: str
    about: str  # the person's team and position
    goals: tuple[Standing, ...]
    later: int  # goals that have not begun
    course: Course
    tasks: tuple[Task, ...]
    promises: tuple[Promise, ...]
    decided: tuple[Decided, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Review:
    """A whole review: the team page, and a page for each person."""

    book: str
    currency: str
    period: Period
    on: date
    since: date
    team: Page
    people: tuple[Page, ...]
    measure: Definition | None
    sums: tuple[Sum, ...] = ()
    reconstructed: int = 0
    deals: int = 0
    names: dict[int, str] = field(default_factory=dict)


def review(
    book: Book,
    *,
    on: date,
    period: Period | None = None,
    since: date | None = None,
    people: Collection[int] | None = None,
    progress: Progress = SILENT,
) -> Review:
    """The review of a period (the quarter of ``on`` unless named) as of the end of a day.

    Args:
        since: from when on is told what moved; the last goal review before ``on``, else a week earlier.
        people: whose pages are wanted; everybody's who has goals, deals that moved, tasks or promises.

    Raises:
        Cancelled.
    """
    from models.goals.review_questions import of_person, of_team

    period = book.calendar.of("quarter", on) if period is None else period
    with book.reading():
        since = last_review(book, on) if since is None else since
        made = _Gathering(book, on, since, period, progress).made(people)
    pages = tuple(replace(one, questions=of_person(made, one)) for one in made.people)
    return replace(made, people=pages, team=replace(made.team, questions=of_team(made, made.team)))


def last_review(book: Book, on: date) -> date:
    """The day of the last goal review before a day; a week before it where there was none."""
    found = book.connection().one(
        "SELECT max(held_on) FROM meeting WHERE alive = 1 AND kind = 'goal_review' AND held_on < ?",
        (on.isoformat(),),
    )
    return date.fromisoformat(found) if found else on - _WEEK


class _Gathering:
    """Reads what a review needs, each table once."""

    def __init__(
        self, book: Book, on: date, since: date, period: Period, progress: Progress
    ) -> None:
        self._book, self._on, self._since, self._period = book, on, since, period
        self._progress = progress
        self._board = PaceBoard(book, on, period)
        self._begun = [
            one
            for one in self._board.standings.values()
            if not one.goal.first or one.goal.first <= on
        ]
        self._board.add_chances([one.goal.id for one in self._begun], progress)
        self._begun = sorted((self._board[one.goal.id] for one in self._begun), key=_place)
        self._moves = moves(book, since, on, period)

    def made(self, people: Collection[int] | None) -> Review:
        tasks, promises, decided = (
            self._tasks(),
            self._promises(),
            open_decisions(self._book, self._on),
        )
        goals: dict[int | None, list[Standing]] = defaultdict(list)
        for one in self._begun:
            goals[_whose(one)].append(one)
        there = {*goals, *tasks, *promises, *(one.owner for one in decided)}
        there |= {owner for owner, course in self._moves.of.items() if course.moved}
        names = self._names()
        pages = [
            self._page(person, names, goals, tasks, promises, decided)
            for person in sorted(names, key=lambda one: (names[one][0], one))
            if person in (there if people is None else people)
        ]
        every = {person: name for person, (name, _, _) in names.items()}
        team = self._team(goals[None], tasks, promises, decided, self._moves)
        measure, sums = self._sums(every)
        return Review(
            self._book.path.stem,
            self._book.currency,
            self._period,
            self._on,
            self._since,
            team,
            tuple(pages),
            measure,
            sums,
            self._moves.reconstructed,
            self._moves.deals,
            every,
        )

    def _names(self) -> dict[int, tuple[str, str, str]]:
        """Everybody who works here, with team and position."""
        found = self._book.connection().run(
            "SELECT s.id, s.name, t.name, s.position FROM salesperson s "
            "LEFT JOIN team t ON t.id = s.team WHERE s.alive = 1 AND s.status IS NOT 'left'"
        )
        return {row: (name or "", team or "", place or "") for row, name, team, place in found}

    def _page(
        self,
        person: int,
        names: dict[int, tuple[str, str, str]],
        goals: dict[int | None, list[Standing]],
        tasks: dict[int | None, list[Task]],
        promises: dict[int, list[Promise]],
        decided: list[Decided],
    ) -> Page:
        name, team, position = names[person]
        later = sum(
            1
            for one in self._board.standings.values()
            if _whose(one) == person and one.goal.first and one.goal.first > self._on
        )
        return Page(
            person,
            name,
            " · ".join(one for one in (team, position) if one),
            tuple(goals.get(person, ())),
            later,
            self._moves.course(person),
            tuple(tasks.get(person, ())),
            tuple(promises.get(person, ())),
            tuple(one for one in decided if one.owner == person),
        )

    def _team(
        self,
        goals: Iterable[Standing],
        tasks: dict[int | None, list[Task]],
        promises: dict[int, list[Promise]],
        decided: list[Decided],
        moved: Moves,
    ) -> Page:
        courses = list(moved.of.values())
        course = Course(
            sum((one.start for one in courses), Decimal(0)),
            sum((one.end for one in courses), Decimal(0)),
            tuple(deal for one in courses for deal in one.moved),
            tuple(deal for one in courses for deal in one.expected),
            tuple(deal for one in courses for deal in one.overdue),
        )
        return Page(
            None,
            "",
            "",
            tuple(goals),
            0,
            course,
            tuple(one for listed in tasks.values() for one in listed),
            tuple(one for listed in promises.values() for one in listed),
            tuple(decided),
        )

    def _tasks(self) -> dict[int | None, list[Task]]:
        made: dict[int | None, list[Task]] = defaultdict(list)
        for row, title, owner, due, status, reason in self._book.connection().run(
            "SELECT id, title, owner, due, status, blocked_reason FROM task WHERE alive = 1 "
            "AND status NOT IN ('done', 'cancelled') AND (status = 'blocked' OR due < ?) "
            "ORDER BY status != 'blocked', due, id",
            (self._on.isoformat(),),
        ):
            day = date.fromisoformat(due) if due else None
            late = max((self._on - day).days, 0) if day else 0
            made[owner].append(
                Task(row, title or "", owner, day, status == "blocked", reason or "", late)
            )
        return made

    def _promises(self) -> dict[int, list[Promise]]:
        """The latest word of each person for each period that touches this one, made by the day."""
        first = self._period.start.isoformat()
        last = (self._period.end - timedelta(days=1)).isoformat()
        found = self._book.connection().run(
            "SELECT person, measure, period, starts_on, ends_on, amount, made_on FROM commitment "
            "WHERE alive = 1 AND amount IS NOT NULL AND starts_on <= ? AND ends_on >= ? "
            "AND (made_on IS NULL OR made_on <= ?) AND starts_on <= ? "
            "ORDER BY starts_on, ends_on DESC, made_on, id",
            (last, first, self._on.isoformat(), self._on.isoformat()),
        )
        latest = {(one[0], one[1], one[3], one[4]): one for one in found}
        made: dict[int, list[Promise]] = defaultdict(list)
        reached = Actuals()
        asked: dict[str, set[tuple[date, date]]] = defaultdict(set)
        for _, code, begins, ends in latest:
            asked[code].add((date.fromisoformat(begins), min(date.fromisoformat(ends), self._on)))
        reached.read(self._book.connection(), self._book, asked)
        for (person, code, begins, ends), one in latest.items():
            made[person].append(self._promise(reached, person, code, begins, ends, one))
        return made

    def _promise(
        self,
        reached: Actuals,
        person: int,
        code: str,
        begins: str,
        ends: str,
        row: tuple[object, ...],
    ) -> Promise:
        from models.goals.attainment import meets
        from models.money import from_scaled

        what, last = engine.definition(code), date.fromisoformat(ends)
        window = date.fromisoformat(begins), min(last, self._on)
        actual = reached.of(code, frozenset({person}), *window).value
        amount = from_scaled(int(str(row[5])))
        met, over = meets(actual, amount, what.direction == "down"), last <= self._on
        settled = over or (accumulates(what) and what.direction != "down")
        state = "kept" if met and settled else "broken" if over else "running"
        made_on = date.fromisoformat(str(row[6])) if row[6] else None
        return Promise(person, what, str(row[2] or ""), last, amount, made_on, actual, state)

    def _sums(self, names: dict[int, str]) -> tuple[Definition | None, tuple[Sum, ...]]:
        """The goals of people in the measure that most of them have, without counting days twice."""
        own = [
            one
            for one in self._begun
            if one.goal.level == "person" and one.goal.person in names and accumulates(one.what)
        ]
        people: dict[str, set[int]] = defaultdict(set)
        for one in own:
            people[str(one.goal.measure)].add(int(one.goal.person or 0))
        if not people:
            return None, ()
        code = max(people, key=lambda one: (len(people[one]), one))
        made = [
            self._sum(person, names[person], [one for one in own if one.goal.measure == code])
            for person in people[code]
        ]
        return engine.definition(code), tuple(sorted(made, key=lambda one: (one.name, one.person)))

    def _sum(self, person: int, name: str, goals: list[Standing]) -> Sum:
        chosen = _apart([one for one in goals if one.goal.person == person])
        having = [one for one in chosen if one.target is not None]
        found = self._board.together(one.goal.id for one in chosen)
        expected = [one.expected for one in having if one.expected is not None]
        worst = max(having or chosen, key=lambda one: _ORDER.index(one.status))
        return Sum(
            person,
            name,
            found.target,
            sum(expected, Decimal(0)) if expected else None,
            found.actual if found.counted else found.beside,
            found.attainment,
            max(one.days_left for one in chosen),
            worst.status,
            worst.down,
        )


_ORDER = (
    "no_target", "no_data", "not_started", "ahead", "reached", "on_track", "behind", "missed", "at_risk",
)  # fmt: skip


def _apart(goals: list[Standing]) -> list[Standing]:
    """The longest goals that have no day in common."""
    chosen: list[Standing] = []
    for one in sorted(goals, key=_length, reverse=True):
        first, last = one.goal.first, one.goal.last
        if first is None or last is None:
            continue
        if all(last < _first(other) or first > _last(other) for other in chosen):
            chosen.append(one)
    return chosen or goals[:1]


def _length(one: Standing) -> tuple[int, bool, int]:
    first, last = one.goal.first, one.goal.last
    return ((last - first).days if first and last else 0, one.target is not None, -one.goal.id)


def _place(one: Standing) -> tuple[int, date, int]:
    """Long goals before short ones, these by their days."""
    return -(_length(one)[0] // 28), _first(one), one.goal.id


def _first(one: Standing) -> date:
    return one.goal.first or date.min


def _last(one: Standing) -> date:
    return one.goal.last or date.max


def _whose(one: Standing) -> int | None:
    """On whose page a goal stands: a person's own and a manager's; all others on the team's."""
    return one.goal.person if one.goal.level in ("person", "team") else None


def open_decisions(book: Book, on: date) -> list[Decided]:
    """What earlier meetings decided and is neither done nor looked at again, what is due first.

    A decision that became a task is open until the task is done; one without, until its outcome is told.
    """
    found = book.connection().run(
        "SELECT d.id, d.title, coalesce(k.owner, d.owner), coalesce(p.name, ''), "
        "coalesce(k.due, d.due), m.held_on FROM decision d "
        "LEFT JOIN meeting m ON m.id = d.meeting "
        "LEFT JOIN task k ON k.id = d.task AND k.alive = 1 "
        "LEFT JOIN salesperson p ON p.id = coalesce(k.owner, d.owner) "
        "WHERE d.alive = 1 AND (m.held_on IS NULL OR m.held_on <= ?) AND CASE WHEN k.id IS NULL "
        "THEN coalesce(d.outcome, '') = '' ELSE k.status NOT IN ('done', 'cancelled') END "
        "ORDER BY coalesce(k.due, d.due) IS NULL, coalesce(k.due, d.due), d.id",
        (on.isoformat(),),
    )
    made = []
    for row, title, owner, name, due, held in found:
        day = date.fromisoformat(due) if due else None
        late = day is not None and day < on
        held_on = date.fromisoformat(held) if held else None
        made.append(Decided(row, title or "", owner, name, day, held_on, late))
    return made
