"""What decisions say of the weights: how often the first choice was overruled, and which weight would have agreed.

Nothing is changed by itself: it is a suggestion, made from as many decisions as it says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from models.assignment.weights import FACTORS, LABELS, Weights
from models.book import Book
from models.money import to_scaled
from models.texts import N_, ntr, tr

DAYS = 365  # of decisions that are looked at
LEAST = 5  # decisions from which on something is suggested
_STEPS = range(0, 101, 5)  # weights that are tried


@dataclass(frozen=True)
class Suggestion:
    """One weight that agrees with more of the choices than today's."""

    weights: Weights
    factor: str
    weight: int
    now: int
    agreed: int  # choices that today's weights agree with
    would_agree: int
    of: int

    def text(self) -> str:
        """The same in words."""
        return tr(
            N_(
                "If {factor} counted {weight} instead of {now}, the first choice would have been yours in {would} of {of} decisions instead of {agreed}."
            ),
            factor=tr(LABELS[self.factor]).lower(),
            weight=self.weight,
            now=self.now,
            would=self.would_agree,
            of=self.of,
            agreed=self.agreed,
        )


@dataclass(frozen=True)
class Lessons:
    """What there is to learn from decisions; ``reasons`` are the words of overruling, the commonest first."""

    decisions: int
    overruled: int
    reasons: tuple[tuple[str, int], ...]
    suggestion: Suggestion | None

    def text(self) -> str:
        """How often the first choice was overruled, and why."""
        if not self.decisions:
            return tr(N_("Nothing was given by the assistant yet."))
        said = ntr(
            "The first choice was overruled in {overruled} of {n} decision.",
            "The first choice was overruled in {overruled} of {n} decisions.",
            self.decisions,
            overruled=self.overruled,
        )
        if self.reasons:
            why = tr(N_(", ")).join(f"{reason} ({count})" for reason, count in self.reasons[:3])
            said = tr(N_("{sentence} Reasons: {reasons}."), sentence=said, reasons=why)
        return said


@dataclass(frozen=True)
class _Past:
    """One decision: each candidate's hours over capacity and values, and which was chosen."""

    candidates: tuple[tuple[int, tuple[int, ...]], ...]
    chosen: int

    def agrees(self, weights: Sequence[int]) -> bool:
        """Whether who was chosen would have stood first."""
        orders = [
            (over, -sum(w * v for w, v in zip(weights, values, strict=True)))
            for over, values in self.candidates
        ]
        return orders[self.chosen] == min(orders)


def lessons(book: Book, weights: Weights, on: date | None = None) -> Lessons:
    """What the decisions of a year up to a day say of weights."""
    since = ((on or date.today()) - timedelta(DAYS)).isoformat()
    with book.reading() as db:
        rows = db.run(
            "SELECT chosen, proposed, reason, candidates FROM assignment_decision "
            "WHERE alive = 1 AND coalesce(decided_at, '') >= ? ORDER BY id",
            (since,),
        )
    against = [row for row in rows if row[1] is not None and row[0] != row[1]]
    reasons = Counter(row[2].strip() for row in against if row[2] and row[2].strip())
    past = [one for row in rows if (one := _past(book, row[0], row[3])) is not None]
    ordered = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return Lessons(len(rows), len(against), tuple(ordered), _suggest(past, weights))


def _suggest(past: list[_Past], weights: Weights) -> Suggestion | None:
    if len(past) < LEAST:
        return None
    today = _agreed(past, weights)
    best: tuple[tuple[int, int], str, int] | None = None
    for factor in FACTORS:
        for weight in _STEPS:
            if weights.total - weights[factor] + weight == 0:
                continue
            agreed = _agreed(past, weights.changed(factor, weight))
            order = agreed, -abs(weight - weights[factor])
            if agreed > today and (best is None or order > best[0]):
                best = order, factor, weight
    if best is None:
        return None
    (agreed, _), factor, weight = best
    made = weights.changed(factor, weight)
    return Suggestion(made, factor, weight, weights[factor], today, agreed, len(past))


def _agreed(past: list[_Past], weights: Weights) -> int:
    each = [weights[one] for one in FACTORS]
    return sum(one.agrees(each) for one in past)


def _past(book: Book, chosen: int, text: str | None) -> _Past | None:
    """A decision as it was kept; None where it can't be read or says nothing of who was chosen."""
    try:
        told: list[dict[str, Any]] = json.loads(text or "[]")
        candidates = tuple(
            (
                int(one.get("over", 0)),
                tuple(to_scaled(Decimal(one["values"][name])) for name in FACTORS),
            )
            for one in told
        )
        who = [str(one["id"]) for one in told]
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation):
        return None
    wanted = book.public_id("salesperson", chosen)
    return _Past(candidates, who.index(wanted)) if wanted in who else None
