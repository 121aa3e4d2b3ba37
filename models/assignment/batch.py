"""Many jobs at once: the whole is weighed, not one job after the other.

What is sought is the assignment with the fewest hours over capacity, each job by as many as its person
has too little for it, and among these the greatest sum of scores, where everything is as it is once all
is given:

* a job's hours are those left until it is due after all jobs of the batch that the same person got and
  that are due by then (who has the hours until every due day can do the earliest first and is in time);
* a job's fairness is the person's share of the good chances with all those of the batch.

What a person's jobs are worth thus depends on these jobs alone, and the whole is the sum over people.
Small batches are searched to the end (``optimum.py``); larger ones begin with what giving one job after
the other gives, in two orders, and are improved by moving a job or exchanging two until nothing makes
them better (``search.py``). No plan is worse than giving one job after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.assignment import optimum, search
from models.assignment.factors import Ledger
from models.assignment.inputs import Case, Job
from models.assignment.ranking import NOTHING, Beside, Candidate, Ranking, rank, weigh
from models.assignment.weights import USUAL, Weights
from models.assignment.worth import board
from models.progress import SILENT, Progress

Given = Mapping[tuple[str, int], int]  # a person's row by the key of a job


@dataclass(frozen=True)
class Total:
    """How good an assignment is: fewer hours over capacity are better, then a greater score."""

    over: int  # hundredths of an hour
    score: int  # millionths

    @property
    def order(self) -> tuple[int, int]:
        """The greater, the better."""
        return -self.over, self.score


@dataclass(frozen=True)
class Plan:
    """Who is given what; ``nobody`` are jobs that nobody may do."""

    case: Case = field(repr=False)
    weights: Weights
    given: Given
    nobody: tuple[Job, ...]
    total: Total
    greedy: Total  # of giving one job after the other
    exact: bool  # whether it is known to be the best of all


def assign(case: Case, weights: Weights = USUAL, progress: Progress = SILENT) -> Plan:
    """Give all jobs of a case at once.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    table = board(case, weights, progress)
    start = search.greedy(table)
    tries = [search.improve(table, one, progress) for one in (start, search.by_regret(table))]
    best = max(tries, key=table.total)
    exact = optimum.small(table)
    if exact:
        best = optimum.find(table, best, progress)
    given = {table.jobs[at].key: table.people[who].id for at, who in enumerate(best)}
    totals = Total(*table.parts(best)), Total(*table.parts(start))
    return Plan(case, weights, given, table.nobody, *totals, exact)


def beside(case: Case, given: Given, job: Job) -> dict[int, Beside]:
    """What everybody gets besides a job: hours until it is due, and chances."""
    hours: dict[int, int] = {}
    worth: dict[int, int] = {}
    for one in case.jobs:
        who = given.get(one.key)
        if who is None or one.key == job.key:
            continue
        if job.starts <= one.due <= job.due:
            hours[who] = hours.get(who, 0) + one.effort
        worth[who] = worth.get(who, 0) + one.worth
    return {who: Beside(hours.get(who, 0), worth[who]) for who in worth}


def ledger(case: Case, given: Given) -> Ledger:
    """The ledger once everything is given."""
    return Ledger.of(case, sum(one.worth for one in case.jobs if one.key in given))


def ranking(case: Case, weights: Weights, given: Given, job: Job) -> Ranking:
    """Everybody for one job of a batch, all others being given as it says."""
    return rank(case, job, weights, beside=beside(case, given, job), ledger=ledger(case, given))


def chosen(case: Case, weights: Weights, given: Given) -> dict[tuple[str, int], Candidate]:
    """Who gets each job, with what speaks for them; those who may not do it are left out."""
    people = {one.id: one for one in case.people}
    known, made = ledger(case, given), {}
    for job in case.jobs:
        who = given.get(job.key)
        if who is not None and who in people:
            more = beside(case, given, job).get(who, NOTHING)
            found = weigh(case, job, people[who], weights, more, known)
            if isinstance(found, Candidate):
                made[job.key] = found
    return made


def total(case: Case, weights: Weights, given: Given) -> Total:
    """How good any assignment is, such as one that was changed by hand."""
    found = chosen(case, weights, given).values()
    return Total(sum(one.over for one in found), sum(one.score for one in found))
