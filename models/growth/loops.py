"""Where the loop of a person is open: what is next with goals, evaluations, talks, plans, promises, appeals.

One loop is one thing that waits for one step. A plan that runs and isn't due is told as well (``RUNS``), but
it waits for nobody.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.evaluations import scoring
from models.evaluations.result import Scored
from models.growth import plan_rows, presented, weak
from models.growth.plan_rows import Plan
from models.growth.plan_rules import OPEN
from models.refusals import Refused
from models.texts import N_, ntr, tr

GOAL, TALK, HOLD, SIGN, WEAK, PROPOSED, AGREED, CHECK, PROMISE, APPEAL, RUNS = (
    "goal", "talk", "hold", "sign", "weak", "proposed", "agreed", "check", "promise", "appeal", "runs",
)  # fmt: skip
KINDS = (APPEAL, CHECK, SIGN, HOLD, TALK, WEAK, PROMISE, AGREED, PROPOSED, GOAL, RUNS)
_OPEN_GOALS = ("draft", "proposed")
_TALKED = "('talk', 'signed', 'archived')"
# A talk about the evaluation; one that names none counts if it was held when the review was done.
_ITS_TALK = (
    "o.person = e.person AND o.alive = 1 AND (o.evaluation = e.id OR o.evaluation IS NULL "
    "AND o.held_on >= date(e.manager_done_at, 'localtime'))"
)
_TITLES = {
    GOAL: N_("Goal to agree on: {what}"),
    TALK: N_("Evaluation without a talk: {what}"),
    HOLD: N_("Talk that is planned: {what}"),
    SIGN: N_("Evaluation not signed by both: {what}"),
    WEAK: N_("Weak items without a plan: {what}"),
    PROPOSED: N_("Plan to agree on: {what}"),
    AGREED: N_("Plan to begin: {what}"),
    CHECK: N_("Plan to check: {what}"),
    PROMISE: N_("Promise overdue: {what}"),
    APPEAL: N_("Appeal without an answer: {what}"),
    RUNS: N_("Plan runs: {what}"),
}
_STEPS = {
    GOAL: N_("Agree on the goal"),
    TALK: N_("Plan the talk"),
    HOLD: N_("Hold the talk"),
    SIGN: N_("Sign"),
    WEAK: N_("Propose plans…"),
    PROPOSED: N_("Agree"),
    AGREED: N_("Begin"),
    CHECK: N_("Verdict…"),
    PROMISE: N_("Open promise"),
    APPEAL: N_("Answer appeal"),
    RUNS: N_("Look at it"),
}


@dataclass(frozen=True)
class Loop:
    """One open loop; ``late`` are the days since it was due, below 0 those until it is, None where no day is set."""

    kind: str
    person: int
    name: str
    record: tuple[str, int]
    what: str
    late: int | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return self.kind != RUNS

    def title(self) -> str:
        """What is open."""
        return tr(_TITLES[self.kind], what=self.what)

    def step(self) -> str:
        """The one next step."""
        return tr(_STEPS[self.kind])

    def when(self) -> str:
        """How late it is."""
        if self.late is None:
            return ""
        if self.late > 0:
            return ntr("{n} day overdue", "{n} days overdue", self.late)
        return tr(N_("due today")) if not self.late else ntr("in {n} day", "in {n} days", -self.late)  # fmt: skip


def read(book: Book, on: date) -> tuple[Loop, ...]:
    """Every open loop, person by person, the most pressing kind of a person first."""
    with book.reading() as db:
        reader = _Reader(book, db, on)
        found = [
            *reader.goals(), *reader.evaluations(), *reader.plans(), *reader.promises(),
            *reader.appeals(),
        ]  # fmt: skip
    return tuple(sorted(found, key=_place))


def _place(one: Loop) -> tuple[str, int, int, int, str]:
    return one.name, one.person, KINDS.index(one.kind), -(one.late or 0), one.what


class _Reader:
    """Reads the loops of everybody who still works here, kind by kind."""

    def __init__(self, book: Book, db: Connection, on: date) -> None:
        self._book, self._db, self._on, self._today = book, db, on, on.isoformat()
        self._scored: dict[int, Scored] = {}  # of those to whom nothing was presented
        self._names: dict[int, str] = dict(
            db.run(
                "SELECT id, coalesce(name, '') FROM salesperson WHERE alive = 1 AND status IS NOT 'left'"
            )
        )

    def _late(self, day: str | None) -> int | None:
        return (self._on - date.fromisoformat(day[:10])).days if day else None

    def _made(self, kind: str, person: Any, record: tuple[str, int], what: Any, day: str | None) -> Iterator[Loop]:  # fmt: skip
        if person in self._names:
            yield Loop(kind, person, self._names[person], record, what or "", self._late(day))

    def goals(self) -> Iterator[Loop]:
        """Goals whose days have begun and to which nobody has agreed."""
        for row, person, title, starts in self._db.run(
            "SELECT id, person, title, starts_on FROM goal WHERE alive = 1 AND person IS NOT NULL "
            f"AND status IN {_OPEN_GOALS} AND starts_on <= ? AND ends_on >= ?",
            (self._today, self._today),
        ):
            yield from self._made(GOAL, person, ("goal", row), title, starts)

    def evaluations(self) -> Iterator[Loop]:
        """Of each person's latest evaluation in its talk or after: no talk held, not signed, weak items without a plan."""
        latest: dict[int, tuple[Any, ...]] = {}
        for row, person, *rest in self._db.run(
            "SELECT e.id, e.person, c.id, c.name, e.status, e.presented, date(e.manager_done_at, 'localtime'), "
            f"EXISTS (SELECT 1 FROM one_on_one o WHERE o.status = 'held' AND {_ITS_TALK}), "
            f"(SELECT o.id || ' ' || o.held_on FROM one_on_one o WHERE o.status = 'planned' AND {_ITS_TALK} ORDER BY o.held_on LIMIT 1), "
            "(SELECT count(DISTINCT g.signed_as) FROM signature g WHERE g.evaluation = e.id AND g.alive = 1) "
            "FROM evaluation e JOIN evaluation_cycle c ON c.id = e.cycle "
            f"WHERE e.alive = 1 AND e.status IN {_TALKED} ORDER BY coalesce(c.ends_on, c.period), e.version, e.id"
        ):
            latest[person] = (row, *rest)
        plans = self._about()
        self._unseen(
            {
                person: one[1]
                for person, one in latest.items()
                if not one[4] and (person, f"evaluation {one[0]}") not in plans
            }
        )
        for person, (row, _, cycle, status, text, done, held, planned, signed) in latest.items():
            record = ("evaluation", row)
            if not held and planned and status != "archived":
                talk, day = planned.split(" ")
                yield from self._made(HOLD, person, ("one_on_one", int(talk)), cycle, day)
            elif not held and status != "archived":
                yield from self._made(TALK, person, record, cycle, done)
            elif status == "talk" and signed < 2:
                yield from self._made(SIGN, person, record, cycle, done)
            yield from self._weak(person, record, text, plans)

    def _unseen(self, cycles: dict[int, int]) -> None:
        """Of those whose result hasn't been put before them what it is as things stand, cycle by cycle."""
        for cycle in set(cycles.values()):
            people = [person for person, one in cycles.items() if one == cycle]
            with contextlib.suppress(Refused):
                for one in scoring.scored(self._book, cycle, people, self._on):
                    self._scored[self._book.row_id("salesperson", one.person)] = one

    def _about(self) -> set[tuple[int, int | str]]:
        """By whom there are plans: about which measure, item and evaluation."""
        made: set[tuple[int, int | str]] = set()
        for person, measure, item, evaluation, status in self._db.run(
            "SELECT person, measure, item, evaluation, status FROM improvement_plan WHERE alive = 1"
        ):
            still = status in OPEN
            for about in (f"evaluation {evaluation}", *((measure, item) if still else ())):
                if about:
                    made.add((person, about))
        return made

    def _weak(
        self, person: int, record: tuple[str, int], text: str, plans: set[tuple[int, int | str]]
    ) -> Iterator[Loop]:
        """Weak items that the data shows, where no plan came from the evaluation or runs for them."""
        if (person, f"evaluation {record[1]}") in plans:
            return
        scored = presented.read(text) or self._scored.get(person)
        names = [
            one.name
            for one in (scored.items if scored else ())
            if weak.is_weak(one) and not weak.why_not(one)
            if (person, one.measure) not in plans and (person, self._item(one.item)) not in plans
        ]
        if names:
            yield from self._made(WEAK, person, record, tr(N_(", ")).join(names), None)

    def _item(self, id: str) -> int:
        prefix = self._book.schema.entity("scorecard_item").prefix
        return self._book.public.row(prefix, id) or 0

    def plans(self) -> Iterator[Loop]:
        """Plans that wait to be agreed to, to begin, to be checked; and those that run."""
        for one in plan_rows.read(self._db, plan_rows.OPEN_SQL):
            kind, day = _plan_kind(one, self._on)
            yield from self._made(kind, one.person, ("improvement_plan", one.row), one.title, day.isoformat())  # fmt: skip

    def promises(self) -> Iterator[Loop]:
        """What was promised in talks and is overdue, on either side."""
        for row, person, title, due in self._db.run(
            "SELECT p.id, t.person, p.title, p.due FROM promise p JOIN one_on_one t ON t.id = p.talk "
            "AND t.alive = 1 WHERE p.alive = 1 AND p.status = 'open' AND p.due < ?",
            (self._today,),
        ):
            yield from self._made(PROMISE, person, ("promise", row), title, due)

    def appeals(self) -> Iterator[Loop]:
        """Objections that nobody has answered."""
        for row, person, cycle, due, filed in self._db.run(
            "SELECT a.id, e.person, c.name, a.answer_due, a.filed_on FROM appeal a "
            "JOIN evaluation e ON e.id = a.evaluation LEFT JOIN evaluation_cycle c ON c.id = e.cycle "
            "WHERE a.alive = 1 AND a.status = 'filed'"
        ):
            yield from self._made(APPEAL, person, ("appeal", row), cycle, due or filed)


def _plan_kind(one: Plan, on: date) -> tuple[str, date]:
    """For what a plan waits, and since when."""
    if one.status == "proposed":
        return PROPOSED, one.starts_on
    if one.check_on <= on:
        return CHECK, one.check_on
    if one.status == "agreed":
        return (AGREED, one.starts_on) if one.starts_on <= on else (RUNS, one.check_on)
    return RUNS, one.check_on
