"""What is given to whom, written as one change: owners, why it was so, and the ledger of good chances."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.assignment import batch
from models.assignment.inputs import HUNDREDTHS, Case, Job
from models.assignment.ranking import HARD, Candidate, Ranking
from models.assignment.weights import FACTORS, Weights
from models.book import Book
from models.change import Change
from models.money import from_scaled, plain
from models.refusals import Refused
from models.tasks.states import is_open
from models.texts import N_, ntr, tr

_BEGUN = ("draft", "accepted", "questioned", "doing")  # with somebody else it begins anew
_KEPT = 50  # candidates of a decision that are kept, the best first

Key = tuple[str, int]


@dataclass(frozen=True)
class Choice:
    """What the manager decided: a job for a person, with a reason if another was proposed."""

    key: Key
    person: int
    reason: str = ""


@dataclass(frozen=True)
class Decided:
    """What was written; ``change`` is its number."""

    change: int
    decisions: tuple[int, ...]
    chances: tuple[int, ...]


def give(
    book: Book,
    case: Case,
    weights: Weights,
    choices: Sequence[Choice],
    *,
    proposed: Mapping[Key, int] | None = None,
    origin: str = "ui",
) -> Decided:
    """Give jobs of a case to people, as one change.

    Args:
        proposed: who was proposed for each job; who stands first for it, if not given.

    Raises:
        Refused: ``cant_receive``, somebody is away or doesn't work here; ``reason_needed``, it isn't
            who was proposed and nothing is said why; ``not_open``, a task is over or gone meanwhile.
    """
    wanted = {one.key: one for one in choices}
    given = {one.key: one.person for one in choices}
    jobs = [one for one in case.jobs if one.key in wanted]
    found: list[tuple[Job, Choice, Ranking, int | None]] = []
    for job in jobs:
        ranking = batch.ranking(case, weights, given, job)
        first = ranking.first.person.id if ranking.first else None
        usual = proposed.get(job.key, first) if proposed is not None else first
        _assert_may(ranking, wanted[job.key], usual)
        found.append((job, wanted[job.key], ranking, usual))
    with book.change(_said(case, jobs, given), origin) as change:
        decisions, chances = [], []
        for job, choice, ranking, usual in found:
            _hand_over(change, case, job, choice.person)
            decisions.append(_decision(change, book, job, choice, ranking, usual))
            chances += _chance(change, case, job, choice.person)
    return Decided(change.no, tuple(decisions), tuple(chances))


def _assert_may(ranking: Ranking, choice: Choice, usual: int | None) -> None:
    for one in ranking.excluded:
        if one.person.id == choice.person and one.code in HARD:
            raise Refused(
                "cant_receive",
                N_("{person} can't be given “{job}”: {reason}"),
                person=one.person.name,
                job=ranking.job.title,
                reason=one.reason,
            )
    if choice.person not in {one.id for one in ranking.case.people}:
        raise Refused("cant_receive", N_("There is no such person in the team."))
    if usual is not None and choice.person != usual and not choice.reason.strip():
        names = {one.id: one.name for one in ranking.case.people}
        raise Refused(
            "reason_needed",
            N_("{first} was proposed for “{job}”. Say why it goes to {person} instead."),
            first=names.get(usual, ""),
            job=ranking.job.title,
            person=names[choice.person],
        )


def _said(case: Case, jobs: Sequence[Job], given: Mapping[Key, int]) -> str:
    """What the journal says of it."""
    if len(jobs) == 1:
        names = {one.id: one.name for one in case.people}
        person = names.get(given[jobs[0].key], "")
        return tr(N_("Give {job} to {person}"), job=jobs[0].title, person=person)
    n = len(jobs)
    if all(one.kind == "customer" for one in jobs):
        return ntr("Assign {n} customer", "Assign {n} customers", n)
    if all(one.kind == "task" for one in jobs):
        return ntr("Assign {n} task", "Assign {n} tasks", n)
    return ntr("Assign {n} record", "Assign {n} records", n)


def _hand_over(change: Change, case: Case, job: Job, person: int) -> None:
    if job.kind == "customer":
        _hand_over_customer(change, case, job, person)
        return
    rows = change.db.run("SELECT owner, status FROM task WHERE id = ? AND alive = 1", (job.row,))
    if not rows or not is_open(rows[0][1]):
        raise Refused(
            "not_open",
            N_("{record} can't be given to anybody: it is done, cancelled or removed."),
            record=job.title,
        )
    owner, status = rows[0]
    values: dict[str, Any] = {"owner": person}
    if status == "draft" or (owner != person and status in _BEGUN):
        values["status"] = "assigned"
    change.set("task", job.row, values)


def _hand_over_customer(change: Change, case: Case, job: Job, person: int) -> None:
    pooled = change.db.one(
        "SELECT 1 FROM customer WHERE id = ? AND alive = 1 AND pool_status = 'pool'", (job.row,)
    )
    change.set("customer", job.row, {"owner": person, **({"pool_status": None} if pooled else {})})
    if pooled:
        move = {"customer": job.row, "kind": "assigned", "person": person, "moved_on": case.on}
        change.add("pool_move", move)


def _decision(
    change: Change, book: Book, job: Job, choice: Choice, ranking: Ranking, usual: int | None
) -> int:
    return change.add(
        "assignment_decision",
        {
            job.kind: job.row,
            **({"customer": job.customer} if job.customer is not None else {}),
            "chosen": choice.person,
            "proposed": usual,
            "reason": choice.reason.strip() or None,
            "weights": ranking.weights.canonical,
            "candidates": json.dumps(_told(book, ranking, choice.person), ensure_ascii=False),
        },
    )


def _told(book: Book, ranking: Ranking, chosen: int) -> list[dict[str, Any]]:
    """The candidates as they are kept: the best, and who was chosen."""
    kept = list(ranking.candidates[:_KEPT])
    one = ranking.of(chosen)
    if one is not None and one not in kept:
        kept.append(one)
    return [_candidate(book, each) for each in kept]


def _candidate(book: Book, one: Candidate) -> dict[str, Any]:
    return {
        "id": book.public_id("salesperson", one.person.id),
        "person": one.person.name,
        "score": plain(from_scaled(one.score)),
        "over": one.over,
        "values": {
            name: plain(from_scaled(value)) for name, value in zip(FACTORS, one.values, strict=True)
        },
    }


def _chance(change: Change, case: Case, job: Job, person: int) -> list[int]:
    """A line of the ledger for a good chance; one of a task that goes elsewhere is taken out."""
    if job.kind == "task":
        old = change.db.run(
            "SELECT id FROM opportunity_ledger WHERE alive = 1 AND task = ?", (job.row,)
        )
        change.remove("opportunity_ledger", [row for (row,) in old])
    if not job.worth:
        return []
    source = "task" if job.kind == "task" else _source(change, job)
    return [
        change.add(
            "opportunity_ledger",
            {
                "person": person,
                "given_on": case.on,
                "source": source,
                "worth": from_scaled(job.worth * (1_000_000 // HUNDREDTHS)),
                **({"task": job.row} if job.kind == "task" else {}),
                **({"customer": job.customer} if job.customer is not None else {}),
                "why": job.why_worth or None,
            },
        )
    ]


def _source(change: Change, job: Job) -> str:
    moved = change.db.one(
        "SELECT 1 FROM pool_move WHERE alive = 1 AND customer = ? LIMIT 1", (job.row,)
    )
    return "pool" if moved else "lead"
