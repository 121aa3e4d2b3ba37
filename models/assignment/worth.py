"""What it is worth to give jobs to people, as whole numbers: the arithmetic of a batch.

Jobs and people are places in lists here; an assignment is a list of people's places, one a job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.assignment import factors
from models.assignment.factors import Ledger, Room
from models.assignment.inputs import ONE, Case, Job, Person
from models.assignment.ranking import why_not
from models.assignment.weights import Weights
from models.progress import SILENT, Progress


@dataclass(frozen=True, slots=True)
class Pair:
    """One person for one job."""

    fixed: int  # contributions that nothing else changes: of skill, experience and presence
    free: int  # hundredths of an hour until it is due
    capacity: int


@dataclass(frozen=True)
class Board:
    """Everything that a search needs; ``alone`` is by job, the best first: worth alone, person."""

    jobs: tuple[Job, ...]
    nobody: tuple[Job, ...]  # those whom nobody may do
    people: tuple[Person, ...]
    pairs: tuple[dict[int, Pair], ...]  # by job, then by person
    weights: Weights
    ledger: Ledger
    penalty: int  # of a hundredth of an hour over capacity: more than all scores together
    spans: tuple[
        tuple[int, int, int, int], ...
    ]  # by job: its day as a number, effort, first day, worth
    even: int  # what fairness adds to a job that is no chance
    alone: tuple[tuple[tuple[int, int], ...], ...] = ()

    def worth(self, person: int, jobs: Sequence[int]) -> int:
        """What some jobs are worth together if one person gets them, less the penalties."""
        if not jobs:
            return 0
        spans, until, hours = self.spans, {}, 0
        ends = sorted([spans[at] for at in jobs])
        for due, effort, _, _ in ends:
            hours += effort
            until[due] = hours
        chances = sum(one[3] for one in ends)
        first, made = ends[0][0], 0
        for at in jobs:
            due, _, starts, _ = spans[at]
            done = sum(one[1] for one in ends if one[0] < starts) if first < starts else 0
            made += self._beside(person, at, until[due] - done, chances)
        return made

    def own(self, person: int, at: int, jobs: Sequence[int]) -> int:
        """What one of a person's jobs is worth beside the others; it can only fall with them."""
        chances = sum(self.spans[one][3] for one in jobs)
        return self._beside(person, at, self._hours(at, jobs), chances)

    def _hours(self, at: int, jobs: Sequence[int]) -> int:
        """What must be done by the day on which a job is due, of some jobs."""
        due, _, starts, _ = self.spans[at]
        made = 0
        for one in jobs:  # a loop: this is where a search spends its time
            end, effort, _, _ = self.spans[one]
            if starts <= end <= due:
                made += effort
        return made

    def _beside(self, person: int, at: int, hours: int, chances: int) -> int:
        pair = self.pairs[at][person]
        made, left = pair.fixed, pair.free - hours
        if left > 0:
            if pair.capacity:
                made += self.weights.load * min(ONE * left // pair.capacity, ONE)
        elif left < 0:
            made -= self.penalty * min(-left, hours)
        worth = self.spans[at][3]
        if not worth:
            return made + self.even
        return made + self.weights.fairness * self.ledger.value(
            self.people[person], chances - worth
        )

    def total(self, given: Sequence[int]) -> int:
        """What a whole assignment is worth, less the penalties."""
        return sum(self.worth(who, jobs) for who, jobs in gathered(given).items())

    def parts(self, given: Sequence[int]) -> tuple[int, int]:
        """How many hours are over capacity, in hundredths, and the sum of the scores."""
        total = self.total(given)
        over = -(total // self.penalty)  # scores together are less than one penalty
        return over, total + over * self.penalty


def gathered(given: Sequence[int]) -> dict[int, list[int]]:
    """The jobs of each person."""
    made: dict[int, list[int]] = {}
    for job, who in enumerate(given):
        made.setdefault(who, []).append(job)
    return made


def board(case: Case, weights: Weights, progress: Progress = SILENT) -> Board:
    """Weigh everybody for every job of a case, in an order that doesn't rest on the case's.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    people = tuple(sorted(case.people, key=lambda one: (one.number, one.id)))
    jobs, nobody, pairs = [], [], []
    ordered = sorted(case.jobs, key=lambda one: (one.urgency, one.due, one.kind, one.row))
    for at, job in enumerate(ordered):
        progress.step(at / len(ordered) / 2)
        found = _pairs(case, people, job, weights)
        if found:
            jobs.append(job)
            pairs.append(found)
        else:
            nobody.append(job)
    giving = sum(one.worth for one in jobs)
    made = Board(
        tuple(jobs),
        tuple(nobody),
        people,
        tuple(pairs),
        weights,
        Ledger.of(case, giving),
        weights.total * ONE * len(jobs) + 1,
        tuple((one.due.toordinal(), one.effort, one.starts.toordinal(), one.worth) for one in jobs),
        weights.fairness * factors.NEUTRAL,
    )
    return replace(made, alone=tuple(_alone(made, at) for at in range(len(jobs))))


def _pairs(case: Case, people: Sequence[Person], job: Job, weights: Weights) -> dict[int, Pair]:
    made = {}
    for at, person in enumerate(people):
        room = Room.of(case, person, job)
        if why_not(case, person, job, room):
            continue
        fixed = (
            weights.skill * case.fit(person, job).value
            + weights.experience * factors.experience(case, person, job)
            + weights.leave * room.leave
        )
        made[at] = Pair(fixed, room.free, room.capacity)
    return made


def _alone(made: Board, at: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        sorted(
            ((made.own(who, at, (at,)), who) for who in made.pairs[at]),
            key=lambda one: (-one[0], one[1]),
        )
    )
