"""A goal agreement: the goals of one person for one period, as both sides are to sign them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.book import Book
from models.change import Change
from models.goals.pace import Goal
from models.goals.reading import day_of
from models.goals.reading import goals as goals_within
from models.measures import engine
from models.measures.definition import Definition
from models.money import from_scaled, if_scaled
from models.periods import Period
from models.refusals import Refused
from models.texts import N_

_KEPT = ("accepted", "signed")  # both sides have spoken: issuing it again takes nothing back


@dataclass(frozen=True)
class Result:
    """A key result as it is agreed."""

    title: str
    weight: Decimal | None
    due: date | None
    evidence: str


@dataclass(frozen=True)
class Checkpoint:
    """A day on which a goal is looked at, or the end of a part of it that has a target of its own."""

    due: date
    expected: Decimal | None
    note: str


@dataclass(frozen=True)
class Agreed:
    """A goal with all that is agreed about it."""

    goal: Goal
    what: Definition | None
    weight: Decimal | None
    results: tuple[Result, ...]
    checkpoints: tuple[Checkpoint, ...]


@dataclass(frozen=True)
class Agreement:
    """What stands in an agreement; ``number`` is the id of its record, if it has one."""

    company: str
    currency: str
    person: str
    position: str
    team: str
    manager: str
    period: Period
    on: date
    goals: tuple[Agreed, ...]
    number: str
    comment: str

    @property
    def weights(self) -> Decimal | None:
        """What the weights come to; None where no goal has one."""
        stated = [one.weight for one in self.goals if one.weight is not None]
        return sum(stated, Decimal(0)) if stated else None

    @property
    def unweighted(self) -> int:
        """How many goals have no weight."""
        return sum(one.weight is None for one in self.goals)

    @property
    def weights_fit(self) -> bool:
        """Whether each goal has a weight and they come to 100 %."""
        return self.weights == 1 and not self.unweighted


def agreement(book: Book, person: int, period: Period, on: date) -> Agreement:
    """The agreement of a person for a period.

    Its goals are the person's own and those that they lead others to, whose days are the period's;
    where there are none, all that lie in it. Goals for parts of the period are its checkpoints.

    Raises:
        Refused: ``no_goals``, the person has no goal in the period.
    """
    with book.reading():
        return _Gathering(book, person, period, on).made()


class _Gathering:
    def __init__(self, book: Book, person: int, period: Period, on: date) -> None:
        self._book, self._person, self._period, self._on = book, person, period, on
        self._db = book.connection()

    def made(self) -> Agreement:
        name, position, team, manager = self._who()
        first, last = self._period.start, self._period.end - timedelta(days=1)
        every = [
            one
            for one in goals_within(self._db, self._on, self._period).values()
            if one.person == self._person and one.level in ("person", "team")
        ]
        if not every:
            raise Refused(
                "no_goals",
                N_("{person} has no goal in {period}."),
                person=name,
                period=self._period.text(),
            )
        whole = [one for one in every if (one.first, one.last) == (first, last)]
        chosen = whole or every
        parts = [one for one in every if one not in chosen]
        weights, results, checkpoints = self._weights(), self._results(), self._checkpoints()
        agreed = []
        for one in chosen:
            ends = [
                Checkpoint(part.last, part.target, part.title)
                for part in parts
                if part.last and (part.measure, part.level) == (one.measure, one.level)
            ]
            days = sorted((*checkpoints[one.id], *ends), key=lambda day: day.due)
            what = engine.definition(one.measure) if one.measure else None
            agreed.append(
                Agreed(one, what, weights.get(one.id), tuple(results[one.id]), tuple(days))
            )
        row, comment = _record(self._book, self._person, self._period)
        number = self._book.public_id("goal_agreement", row) if row else ""
        return Agreement(
            self._book.path.stem,
            self._book.currency,
            name,
            position,
            team,
            manager,
            self._period,
            self._on,
            tuple(agreed),
            number,
            comment,
        )

    def _who(self) -> tuple[str, str, str, str]:
        """The person's name, position, team, and who leads them: the manager, else the team's."""
        [found] = self._db.run(
            "SELECT s.name, s.position, t.name, coalesce(m.name, l.name) FROM salesperson s "
            "LEFT JOIN team t ON t.id = s.team AND t.alive = 1 "
            "LEFT JOIN salesperson m ON m.id = s.manager "
            "LEFT JOIN salesperson l ON l.id = t.manager AND l.id != s.id WHERE s.id = ?",
            (self._person,),
        )
        name, position, team, manager = (one or "" for one in found)
        return name, position, team, manager

    def _weights(self) -> dict[int, Decimal]:
        found = self._db.run("SELECT id, weight FROM goal WHERE alive = 1 AND weight IS NOT NULL")
        return {row: from_scaled(int(weight)) for row, weight in found}

    def _results(self) -> dict[int, list[Result]]:
        made: dict[int, list[Result]] = defaultdict(list)
        for goal, title, weight, due, evidence in self._db.run(
            "SELECT goal, title, weight, due, evidence FROM key_result WHERE alive = 1 "
            "AND goal IS NOT NULL AND status IS NOT 'dropped' ORDER BY id"
        ):
            stated = if_scaled(weight)
            made[goal].append(Result(title or "", stated, day_of(due), evidence or ""))
        return made

    def _checkpoints(self) -> dict[int, list[Checkpoint]]:
        made: dict[int, list[Checkpoint]] = defaultdict(list)
        for goal, due, expected, note in self._db.run(
            "SELECT goal, due, expected, note FROM goal_checkpoint WHERE alive = 1 "
            "AND goal IS NOT NULL AND due IS NOT NULL ORDER BY due, id"
        ):
            value = if_scaled(expected)
            made[goal].append(Checkpoint(date.fromisoformat(due), value, note or ""))
        return made


def _record(book: Book, person: int, period: Period) -> tuple[int, str]:
    """The record of an agreement and what was answered; 0 where there is none yet."""
    found = book.connection().run(
        "SELECT id, comment FROM goal_agreement WHERE alive = 1 AND person = ? AND period = ? "
        "ORDER BY id DESC LIMIT 1",
        (person, period.label),
    )
    return next(((int(row), comment or "") for row, comment in found), (0, ""))


def issued(change: Change, book: Book, person: int, period: Period, on: date) -> int:
    """Write down that an agreement was handed out; gives its record.

    One that was accepted or signed stays what it is.
    """
    row, _ = _record(book, person, period)
    values = {"status": "issued", "issued_on": on}
    if not row:
        return change.add("goal_agreement", {"person": person, "period": period.label, **values})
    if book.record("goal_agreement", row)["status"] not in _KEPT:
        change.set("goal_agreement", row, values)
    return row
