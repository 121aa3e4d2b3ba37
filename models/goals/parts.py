"""A goal and its parts, and how much each is; nothing here needs a book, so that it follows every key.

The parts come to their whole exactly; only what somebody sets by hand can make them differ, and then
the difference is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from models import money
from models.goals import cascade_words, weights
from models.goals.splitting import shares_of, split, unit_of
from models.goals.weights import Grounds
from models.measures.definition import Definition
from models.periods import Period

WHO = ("people", "managers", "teams")
WHEN = {"halves": "half", "quarters": "quarter", "months": "month", "weeks": "week"}
AXES = (*WHO, *WHEN)
AMOUNTS = ("target", "floor", "stretch")
_ONE = timedelta(days=1)

# (level, person's row, team's row, label of the period)
Key = tuple[str, int, int, str]
Amounts = dict[str, Decimal]


@dataclass(frozen=True)
class Plan:
    """How a goal is to be split.

    ``over`` names the axes, the outer first. ``history`` are the past periods, the two before the
    goal's own if empty. ``step`` rounds parts to whole steps and leaves a rest. ``people`` are those who
    get a part, else who it concerns (see ``Cascade.left_out``). ``away`` is leave only thought of.
    """

    rule: str = "working_days"
    over: tuple[str, ...] = ("people",)
    history: tuple[Period, ...] = ()
    step: Decimal | None = None
    people: frozenset[int] | None = None
    away: weights.Spans = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """The goal that is split, as it stands in the book."""

    id: int
    level: str
    person: int | None
    team: int | None
    period: Period
    amounts: Amounts
    definition: Definition
    direction: str | None  # as the goal says; None: as the measure does


@dataclass(frozen=True)
class Part:
    """A part of the goal: for whom, when, how much, and why; with its own parts where there are any."""

    level: str
    person: int | None
    team: int | None
    label: str
    period: Period
    axis: str  # along which it is a part of its whole
    people: frozenset[int]  # whose working days it is weighed by
    weight: Fraction
    days: Decimal
    basis: str
    parts: tuple[Part, ...] = ()
    share: Fraction = Fraction(0)  # of the whole that it is a part of
    amounts: Amounts = field(default_factory=dict)
    locked: bool = False

    @property
    def key(self) -> Key:
        """What it is told from others by."""
        return self.level, self.person or 0, self.team or 0, self.period.label

    @property
    def target(self) -> Decimal:
        """How much is to be reached."""
        return self.amounts["target"]


@dataclass(frozen=True)
class Mismatch:
    """Parts that don't come to their whole; ``difference`` is parts less whole."""

    of: str
    whole: Decimal
    sum: Decimal
    difference: Decimal
    text: str


@dataclass(frozen=True)
class LeftOut:
    """Somebody whom the goal concerns but who gets no part, and why."""

    person: int
    label: str
    reason: str


@dataclass(frozen=True)
class Cascade:
    """A goal and its parts; nothing is written."""

    goal: Goal
    plan: Plan
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    grounds: Grounds
    currency: str
    locked: dict[Key, Decimal] = field(default_factory=dict)

    @property
    def whole(self) -> Decimal:
        """What is split."""
        return self.goal.amounts["target"]

    @property
    def leaves(self) -> tuple[Part, ...]:
        """The parts that are not split further."""
        return tuple(_leaves(self.parts))

    @property
    def adds_up(self) -> bool:
        """Whether parts and whole are to be compared: not where a rate is handed down."""
        return adds_up(self.goal.definition, self.plan.over[0])

    @property
    def sum(self) -> Decimal:
        """What the outer parts come to."""
        return sum((one.target for one in self.parts), Decimal(0))

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Every whole that its parts don't come to, the goal itself first."""
        return tuple(_mismatches(self))

    @property
    def mismatch(self) -> Mismatch | None:
        """How far the outer parts are from the goal; None where they come to it."""
        return next((one for one in self.mismatches if not one.of), None)


def adds_up(what: Definition, axis: str) -> bool:
    """Whether parts of a measure along an axis come to the whole."""
    if what.denominator is not None:
        return False
    return axis in WHO or not what.at_end


def rebalance(made: Cascade, locked: Mapping[Key, Decimal]) -> Cascade:
    """The same split with some parts set by hand; the others share what is left by the same rule.

    Needs no book, so that it can follow every keystroke.
    """
    parts = _shared(made, made.goal.amounts, made.parts, locked)
    return replace(made, parts=parts, locked=dict(locked))


def with_leave(made: Cascade, away: weights.Spans) -> Cascade:
    """The same split if people were away on some more days (first and last included).

    Needs no book. Who gets a part stays the same.
    """
    grounds, plan = replace(made.grounds, away=away), replace(made.plan, away=away)
    parts = tuple(weighed(one, grounds, plan) for one in made.parts)
    return rebalance(replace(made, parts=parts, grounds=grounds, plan=plan), made.locked)


def weighed(part: Part, grounds: Grounds, plan: Plan, deep: bool = True) -> Part:
    """A part with what it weighs and why."""
    last = part.period.end - _ONE
    spent = sum((grounds.days(one, part.period.start, last) for one in part.people), Decimal(0))
    return replace(
        part,
        weight=grounds.weight(part.people, part.period),
        days=spent,
        basis=cascade_words.basis(part.people, part.period, spent, grounds),
        parts=tuple(weighed(one, grounds, plan) for one in part.parts) if deep else part.parts,
    )


def _shared(
    made: Cascade,
    amounts: Amounts,
    parts: Sequence[Part],
    locked: Mapping[Key, Decimal],
) -> tuple[Part, ...]:
    """Parts with their amounts, and theirs in turn."""
    if not parts:
        return ()
    if adds_up(made.goal.definition, parts[0].axis):
        given = _split(made, amounts, parts, locked)
    else:
        given = {one.key: dict(amounts) for one in parts}
        for key in given.keys() & locked.keys():
            given[key]["target"] = locked[key]
    whole, by_hand = amounts["target"], any(one.key in locked for one in parts)
    shares = {}
    if not (by_hand and whole):
        shares = shares_of({one.key: one.weight for one in parts})
    done = []
    for one in parts:
        mine = given[one.key]
        share = shares[one.key] if shares else Fraction(mine["target"]) / Fraction(whole)
        done.append(
            replace(
                one,
                amounts=mine,
                share=share,
                locked=one.key in locked,
                parts=_shared(made, mine, one.parts, locked),
            )
        )
    return tuple(done)


def _split(
    made: Cascade, amounts: Amounts, parts: Sequence[Part], locked: Mapping[Key, Decimal]
) -> dict[Key, Amounts]:
    """What each part gets of target, floor and stretch."""
    fixed = {one.key: locked[one.key] for one in parts if one.key in locked}
    free = {one.key: one.weight for one in parts if one.key not in locked}
    whole = amounts["target"]
    left = whole - sum(fixed.values(), Decimal(0))
    if left * whole < 0 or not whole:
        left = Decimal(0)  # more was given by hand than there is
    targets = {**fixed, **split(left, free, _step(made, left)).parts}
    given = {one.key: {"target": targets[one.key]} for one in parts}
    by: Mapping[Key, Decimal | Fraction] = targets if fixed else free
    for name in amounts.keys() - {"target"}:
        for key, part in split(amounts[name], by, _step(made, amounts[name])).parts.items():
            given[key][name] = part
    return given


def _step(made: Cascade, amount: Decimal) -> Decimal:
    if made.plan.step is not None:
        return made.plan.step
    money_ = made.goal.definition.unit == "money"
    least = Decimal(1).scaleb(-money.decimals(made.currency)) if money_ else Decimal(1)
    return unit_of(amount, least)


def _leaves(parts: Sequence[Part]) -> list[Part]:
    made: list[Part] = []
    for one in parts:
        made += _leaves(one.parts) if one.parts else [one]
    return made


def _mismatches(made: Cascade) -> list[Mismatch]:
    found: list[Mismatch] = []

    def look(of: str, whole: Decimal, parts: Sequence[Part]) -> None:
        if not parts:
            return
        if adds_up(made.goal.definition, parts[0].axis):
            total = sum((one.target for one in parts), Decimal(0))
            if total != whole:
                what, currency = made.goal.definition, made.currency
                text = cascade_words.difference(what, currency, of, whole, total)
                found.append(Mismatch(of, whole, total, total - whole, text))
        for one in parts:
            look(one.label or one.period.text(), one.target, one.parts)

    look("", made.whole, made.parts)
    return found
