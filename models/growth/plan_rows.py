"""Improvement plans as they stand in the book, read in one set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.dialects import Connection
from models.growth.entities import IMPROVEMENT_PLAN
from models.growth.plan_rules import OPEN
from models.measures import engine
from models.money import if_scaled, plain
from models.texts import N_, tr

_COLUMNS = (
    "p.id, p.title, p.person, coalesce(s.name, ''), p.evaluation, p.item, coalesce(i.name, ''), p.skill, "
    "coalesce(p.measure, ''), p.baseline, p.target, p.starts_on, p.check_on, coalesce(p.status, ''), "
    "coalesce(p.verdict, ''), p.result, coalesce(p.verdict_words, ''), coalesce(p.evidence, ''), p.closed_on, "
    "p.continues, (SELECT max(c.id) FROM improvement_plan c WHERE c.continues = p.id AND c.alive = 1)"
)
OPEN_SQL = "p.status IN ('" + "', '".join(OPEN) + "')"


@dataclass(frozen=True)
class Plan:
    """One plan; links are rows, ``continued_by`` is the plan that goes on with it."""

    row: int
    title: str
    person: int
    name: str
    evaluation: int | None
    item: int | None
    item_name: str
    skill: int | None
    measure: str
    baseline: Decimal | None
    target: Decimal | None
    starts_on: date
    check_on: date
    status: str
    verdict: str
    result: Decimal | None
    words: str
    evidence: str
    closed_on: date | None
    continues: int | None
    continued_by: int | None

    @property
    def is_open(self) -> bool:
        """Whether it has no verdict yet."""
        return self.status in OPEN

    def show(self, value: Decimal | None, currency: str) -> str:
        """A level of it as people read it."""
        return show(self.measure, value, currency)

    def status_text(self) -> str:
        """How far it is, or how it ended."""
        field, code = ("verdict", self.verdict) if self.verdict else ("status", self.status)
        choice = IMPROVEMENT_PLAN.field(field).choice(code)
        return choice.text() if choice else code


def show(measure: str, value: Decimal | None, currency: str) -> str:
    """A level of a measure, or one that people judge."""
    if value is None:
        return "–"
    if measure:
        return engine.definition(measure).show(value, currency)
    return tr(N_("level {level}"), level=plain(value))


def read(db: Connection, where: str = "1", params: Sequence[object] = ()) -> tuple[Plan, ...]:
    """The live plans of a condition over ``p``, by person, the earliest first."""
    return tuple(
        _plan(*one)
        for one in db.run(
            f"SELECT {_COLUMNS} FROM improvement_plan p LEFT JOIN salesperson s ON s.id = p.person "
            f"LEFT JOIN scorecard_item i ON i.id = p.item WHERE p.alive = 1 AND ({where}) "
            "ORDER BY coalesce(s.name, ''), p.starts_on, p.id",
            params,
        )
    )


def _plan(*cells: Any) -> Plan:
    made = list(cells)
    for at in (9, 10, 15):
        made[at] = if_scaled(made[at])
    for at in (11, 12, 18):
        made[at] = date.fromisoformat(made[at]) if made[at] else None
    made[12] = made[12] or made[11]
    return Plan(*made)
