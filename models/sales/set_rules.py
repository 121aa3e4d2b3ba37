"""The rules of ``models.sales.rules`` for many waiting records at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.dialects import Connection
from models.evaluations import appeal_rules
from models.goals import set_rules as goals
from models.growth import plan_set_rules
from models.satisfaction import set_rules as satisfaction
from models.tasks import set_rules as tasks


@dataclass(frozen=True)
class SetRule:
    """Fields that must be waiting, fields that it fills, and the statement that does it.

    ``before`` fills what tells one record from the next, ``between`` what new ones must have.
    """

    needs: tuple[str, ...]
    fills: tuple[str, ...]
    apply: Callable[[Connection, str], None]
    before: Callable[[Connection, str], None] | None = None
    between: Callable[[Connection, str], None] | None = None


def _opportunity(db: Connection, name: str) -> None:
    """A stage brings its outcome, unless the sheet says one or the record has been in that stage."""
    moved = "NOT EXISTS (SELECT 1 FROM opportunity o WHERE o.id = s.row AND s.old = 1 AND o.stage IS s.stage)"
    waiting = db.one(f"SELECT 1 FROM {name}.sqlite_master WHERE name = 'stage'")
    if waiting:
        has_kind = db.one(f"SELECT 1 FROM pragma_table_info('stage', '{name}') WHERE name = 'kind'")
        if has_kind:
            db.run(
                f"UPDATE {name}.opportunity AS s SET status = w.kind FROM {name}.stage w "
                f"WHERE s.status IS NULL AND w.row = s.stage AND w.kind IS NOT NULL AND {moved}"
            )
    db.run(
        f"UPDATE {name}.opportunity AS s SET status = t.kind FROM stage t "
        f"WHERE s.status IS NULL AND t.id = s.stage AND {moved}"
    )


_SPAN = ("starts_on", "ends_on")
SET_RULES: dict[str, SetRule] = {
    "opportunity": SetRule(("stage",), ("status",), _opportunity),
    "goal": SetRule(
        (), goals.FILLS, goals.spanned("goal"), before=goals.leveled, between=goals.titled
    ),
    "task": SetRule((), tasks.FILLS, tasks.task),
    "complaint": SetRule((), satisfaction.FILLS, satisfaction.complaint),
    "commitment": SetRule(("period",), _SPAN, goals.spanned("commitment")),
    "improvement_plan": SetRule((), plan_set_rules.FILLS, plan_set_rules.improvement_plan),
    "appeal": SetRule(("evaluation", "filed_on"), appeal_rules.FILLS, appeal_rules.waiting),
    "evaluation_cycle": SetRule(("period",), _SPAN, goals.spanned("evaluation_cycle")),
}
