"""Writes the parts of a goal as goals, as one change; done again it sets the same ones.

A goal that is agreed, active or over is never overwritten: it is kept, and named, unless renegotiation
is asked for; then it is superseded by a new one and stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.goals.goal import GOAL
from models.goals.parts import AMOUNTS, Cascade, Part
from models.goals.renegotiation import take_over
from models.goals.transitions import BINDING
from models.money import if_scaled
from models.texts import N_, tr

OPEN = ("draft", "proposed")  # may be set again; those of transitions.BINDING only by renegotiation
GONE = ("cancelled", "superseded")  # make room for a new one
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A goal that stands although the split says something else."""

    goal: int
    label: str
    status: str
    target: Decimal | None
    proposed: Decimal


@dataclass
class Applied:
    """What was written; ``change`` is None if everything was as the split says."""

    change: int | None = None
    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)  # other goals below, in none of the parts


@dataclass(frozen=True)
class _Child:
    id: int
    status: str
    amounts: dict[str, Decimal | None]


def apply(
    book: Book, made: Cascade, *, renegotiate: bool = False, reason: str = "", origin: str = "ui"
) -> Applied:
    """Write the parts as goals below the goal, and theirs below them.

    Args:
        renegotiate: agreed and active goals are superseded by new ones.
        reason: what the journal says; the goal's name if empty.

    Raises:
        Refused: the goal is gone or a value is not acceptable; nothing is written.
    """
    trial = Applied()
    with book.reading() as db:
        _hand_down(_Looker(db), made, made.goal.id, made.parts, trial, renegotiate)
    if not (trial.added or trial.updated or trial.superseded):
        return trial
    title = str(book.record(GOAL.id, made.goal.id)["title"] or "")
    done = Applied()
    said = reason or tr(N_("Split {goal}"), goal=title)
    with book.change(said, origin) as change:
        change.set(GOAL.id, made.goal.id, {"cascade_rule": made.plan.rule})
        _hand_down(_Writer(change), made, made.goal.id, made.parts, done, renegotiate)
    done.change = change.no
    return done


class _Looker:
    """Finds what is there; writes nothing and gives no rows."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def add(self, values: dict[str, Any]) -> int:
        """Where a new goal would be."""
        return 0

    def set(self, row: int, values: dict[str, Any]) -> None:
        """Nothing."""

    def take_over(self, old: int, new: int) -> None:
        """Nothing."""


class _Writer(_Looker):
    """Writes inside a change."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.db)
        self._change = change

    def add(self, values: dict[str, Any]) -> int:
        """A new goal."""
        return self._change.add(GOAL.id, values)

    def set(self, row: int, values: dict[str, Any]) -> None:
        """Some fields of a goal."""
        self._change.set(GOAL.id, row, values)

    def take_over(self, old: int, new: int) -> None:
        """Hang on a new goal what hung on the old one."""
        take_over(self._change, old, new)


def _hand_down(
    hand: _Looker,
    made: Cascade,
    parent: int,
    parts: Sequence[Part],
    done: Applied,
    renegotiate: bool,
) -> None:
    code = made.goal.definition.code
    there = dict(_children(hand.db, parent, code))
    for part in parts:
        last = part.period.end - _ONE
        spot = (
            part.level, part.person, part.team, part.period.start.isoformat(), last.isoformat(),
        )  # fmt: skip
        child = there.pop(spot, None)
        if not part.target and not part.weight and not part.locked and child is None:
            continue  # nobody works then: no goal
        held = len(done.kept)
        row = _one(hand, made, parent, part, child, done, renegotiate)
        if len(done.kept) == held:  # below a goal that says something else its own parts stand
            _hand_down(hand, made, row, part.parts, done, renegotiate)
    done.beside += [one.id for one in there.values()]


def _children(db: Connection, parent: int, code: str) -> Iterator[tuple[tuple[Any, ...], _Child]]:
    """The goals below one that count, by whose and when they are."""
    gone = ", ".join(f"'{one}'" for one in GONE)
    for row, status, level, person, team, first, last, *amounts in db.run(
        "SELECT id, status, level, person, team, starts_on, ends_on, target, floor, stretch "
        f"FROM goal WHERE alive = 1 AND parent = ? AND measure = ? AND status NOT IN ({gone}) "
        "ORDER BY id DESC",
        (parent, code),
    ):
        scaled = [if_scaled(one) for one in amounts]
        yield (
            (level, person, team, first, last),
            _Child(row, status, dict(zip(AMOUNTS, scaled, strict=True))),
        )


def _one(
    hand: _Looker,
    made: Cascade,
    parent: int,
    part: Part,
    child: _Child | None,
    done: Applied,
    renegotiate: bool,
) -> int:
    """Write one part; gives the goal that its own parts belong to."""
    wanted: dict[str, Any] = {one: part.amounts.get(one) for one in AMOUNTS}
    if child is None:
        row = hand.add(_values(made, parent, part, wanted))
        done.added.append(row)
        return row
    if child.amounts == wanted:
        done.unchanged.append(child.id)
        return child.id
    if child.status in OPEN:
        hand.set(child.id, {**wanted, "cascade_rule": made.plan.rule})
        done.updated.append(child.id)
        return child.id
    if renegotiate and child.status in BINDING:
        hand.set(child.id, {"status": "superseded"})
        row = hand.add(_values(made, parent, part, wanted))
        hand.take_over(child.id, row)
        done.superseded.append(child.id)
        done.added.append(row)
        return row
    done.kept.append(Kept(child.id, part.label, child.status, child.amounts["target"], part.target))
    return child.id


def _values(made: Cascade, parent: int, part: Part, wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "level": part.level,
        "person": part.person,
        "team": part.team,
        "parent": parent,
        "measure": made.goal.definition.code,
        "period": part.period.label,
        "direction": made.goal.direction,
        "cascade_rule": made.plan.rule,
        "status": "draft",
        **{name: value for name, value in wanted.items() if value is not None},
    }
