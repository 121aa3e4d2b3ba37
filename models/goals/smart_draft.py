"""A goal as it is being written, with what stands around it, and what the SMART meter finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.describe.kinds import KINDS
from models.goals.cascade import period_of
from models.goals.goal import GOAL
from models.measures import engine
from models.measures.definition import Definition
from models.periods import Period
from models.refusals import Refused

OK, HINT, OPEN = "ok", "hint", "open"
LETTERS = ("S", "M", "A", "R", "T")
_FIELDS = {one.id for one in GOAL.fields}


@dataclass(frozen=True)
class Finding:
    """One letter: its state, why, and what would help; ``values`` are fields that the help would set."""

    letter: str
    state: str  # ok | hint | open
    reason: str
    suggestion: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgement:
    """The five findings; ``waiting``: the chance isn't known yet."""

    findings: tuple[Finding, ...]
    override_reason: str
    waiting: bool

    def __getitem__(self, letter: str) -> Finding:
        return self.findings[LETTERS.index(letter)]

    @property
    def open(self) -> tuple[str, ...]:
        """The letters that are open."""
        return tuple(one.letter for one in self.findings if one.state == OPEN)

    @property
    def asks_reason(self) -> bool:
        """Whether going on goes against a finding without saying why."""
        return bool(self.open) and not self.override_reason


@dataclass(frozen=True)
class Draft:
    """A goal as it is being written, with what the book says around it."""

    id: int | None
    values: Mapping[str, Any]
    what: Definition | None
    period: Period | None
    key_results: Sequence[Mapping[str, Any]]
    checkpoints: Sequence[date]
    on: date

    def amount(self, name: str) -> Decimal | None:
        """One of its levels."""
        found: Decimal | None = self.values.get(name)
        return found

    @property
    def down(self) -> bool:
        """Whether lower is better."""
        told = self.values.get("direction") or (self.what.direction if self.what else "up")
        return bool(told == "down")


def draft(
    book: Book,
    values: Mapping[str, Any],
    goal: int | None = None,
    on: date | None = None,
    key_results: Sequence[Mapping[str, Any]] | None = None,
    checkpoints: Sequence[date] | None = None,
) -> Draft:
    """What is being written, over what is saved."""
    full = {**(book.record(GOAL.id, goal) if goal else {}), **values}
    read = {name: _parsed(name, raw) for name, raw in full.items() if name in _FIELDS}
    try:
        period = period_of(book, read)
    except Refused:
        period = None
    measure = read.get("measure")
    return Draft(
        goal,
        read,
        engine.definition(measure) if measure else None,
        period,
        key_results if key_results is not None else _saved(book, "key_result", goal),
        checkpoints
        if checkpoints is not None
        else [one["due"] for one in _saved(book, "goal_checkpoint", goal) if one["due"]],
        on or date.today(),
    )


def _parsed(name: str, raw: Any) -> Any:
    """A value as its field holds it; None of what can't be read yet."""
    one = GOAL.field(name)
    if one.kind == "link":
        return getattr(raw, "id", raw) if not isinstance(raw, str) else None
    if raw is None:
        return None
    try:
        return KINDS[one.kind].parse(one, raw)
    except Refused:
        return raw if one.kind == "period" else None


def _saved(book: Book, entity: str, goal: int | None) -> list[dict[str, Any]]:
    if goal is None:
        return []
    rows = book.linked(entity, "goal", goal)
    return [book.record(entity, row) for row in reversed(rows)]
