"""The rules of ``models.sales.rules`` for many waiting records at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.dialects import Connection
from models.goals.rules import days_of
from models.journal import settings


@dataclass(frozen=True)
class SetRule:
    """Fields that must be waiting, fields that it fills, and the statement that does it."""

    needs: tuple[str, ...]
    fills: tuple[str, ...]
    apply: Callable[[Connection, str], None]


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


def _spanned(entity: str) -> Callable[[Connection, str], None]:
    """A period brings its days."""

    def apply(db: Connection, name: str) -> None:
        calendar = settings.calendar(db)

        def edge(which: int) -> Callable[[str], str | None]:
            def of(label: str) -> str | None:
                day = days_of(label, calendar)[which]
                return day.isoformat() if day else None

            return of

        db.teach("period_first", edge(0))
        db.teach("period_last", edge(1))
        db.run(
            f"UPDATE {name}.{entity} AS s SET starts_on = coalesce(starts_on, period_first(period)), "
            "ends_on = coalesce(ends_on, period_last(period)) WHERE period IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {entity} o WHERE o.id = s.row AND s.old = 1 AND o.period IS s.period)"
        )

    return apply


_SPAN = ("starts_on", "ends_on")
SET_RULES: dict[str, SetRule] = {
    "opportunity": SetRule(("stage",), ("status",), _opportunity),
    "goal": SetRule(("period",), _SPAN, _spanned("goal")),
    "commitment": SetRule(("period",), _SPAN, _spanned("commitment")),
}
