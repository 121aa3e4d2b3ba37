"""What would have to be otherwise for somebody else to be proposed, and which factor decides now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.assignment.inputs import day_text
from models.assignment.ranking import Candidate, Ranking, rank
from models.assignment.weights import FACTORS, LABELS, MOST, Weights
from models.texts import N_, tr

_DAYS = 14  # how much later a job is tried


@dataclass(frozen=True)
class Otherwise:
    """One thing that would change the proposal: ``away``, ``due`` or ``weight``, and to whom."""

    code: str
    person: int
    text: str
    day: date | None = None  # on which it would be due
    weights: Weights | None = None  # that would count


def decides(best: Candidate, other: Candidate) -> str:
    """The factor that speaks most for the one rather than the other; "" where none does."""
    gains = [(one.contribution - two.contribution, -at, one.id)
             for at, (one, two) in enumerate(zip(best.factors, other.factors, strict=True))]  # fmt: skip
    most = max(gains)
    return most[2] if most[0] > 0 else ""


def why_first(ranking: Ranking) -> str:
    """Why the first stands before the second, in one sentence; "" if there are no two."""
    if len(ranking.candidates) < 2:
        return ""
    first, second = ranking.candidates[:2]
    names = {"first": first.person.name, "second": second.person.name}
    if second.over > first.over:
        return tr(N_("{first} before {second}: {second} hasn't enough hours."), **names)
    factor = decides(first, second)
    if first.score == second.score or not factor:
        return tr(
            N_("{first} and {second} have the same score; who has more time left comes first."),
            **names,
        )
    return tr(
        N_("{first} before {second} mostly for: {factor}."),
        factor=tr(LABELS[factor]).lower(),
        **names,
    )


def otherwise(ranking: Ranking, limit: int = 3) -> tuple[Otherwise, ...]:
    """The single things that would change who is proposed, the nearest first."""
    if ranking.first is None:
        return ()
    made = [*_away(ranking), *_later(ranking), *_weights(ranking)]
    return tuple(made[:limit])


def _away(ranking: Ranking) -> Iterator[Otherwise]:
    first = ranking.first
    assert first is not None
    next_one = ranking.without({first.person.id}).first
    if next_one is not None:
        text = tr(
            N_("{other}, if {first} is on leave."),
            other=next_one.person.name,
            first=first.person.name,
        )
        yield Otherwise("away", next_one.person.id, text)


def _later(ranking: Ranking) -> Iterator[Otherwise]:
    """The first later day on which the job could be due that changes the proposal."""
    first, job = ranking.first, ranking.job
    assert first is not None
    for days in range(1, _DAYS + 1):
        due = job.due + timedelta(days=days)
        found = rank(ranking.case, replace(job, due=due), ranking.weights).first
        if found is not None and found.person.id != first.person.id:
            text = tr(
                N_("{other}, if it is due on {day} or later."),
                other=found.person.name,
                day=day_text(due, ranking.case.on),
            )
            yield Otherwise("due", found.person.id, text, day=due)
            return


def _weights(ranking: Ranking) -> Iterator[Otherwise]:
    """The smallest change of one weight that changes the proposal."""
    found: list[tuple[int, str, int, Candidate]] = []
    first = ranking.first
    assert first is not None
    for other in ranking.candidates[1:]:
        if other.over != first.over:
            continue
        for factor in FACTORS:
            weight = tipping(first, other, factor)
            if weight is not None:
                found.append((abs(weight - first.weights[factor]), factor, weight, other))
    if found:
        _, factor, weight, _ = min(found, key=lambda one: (one[0], one[1], one[3].order))
        weights = first.weights.changed(factor, weight)
        passing = ranking.weighed(weights).candidates[0].person  # several may pass at once
        text = tr(
            N_("{other}, if {factor} counts {weight} instead of {now}."),
            other=passing.name,
            factor=tr(LABELS[factor]).lower(),
            weight=weight,
            now=first.weights[factor],
        )
        yield Otherwise("weight", passing.id, text, weights=weights)


def tipping(first: Candidate, other: Candidate, factor: str) -> int | None:
    """The weight of a factor, nearest to today's, with which the other scores more; None if none."""
    at = FACTORS.index(factor)
    slope = other.values[at] - first.values[at]
    behind = first.score - other.score
    if not slope or behind < 0:
        return None
    now = first.weights[factor]
    step = behind // abs(slope) + 1  # the least whole step by which it is more
    weight = now + step if slope > 0 else now - step
    if not 0 <= weight <= MOST or not first.weights.total - now + weight:
        return None
    return weight
