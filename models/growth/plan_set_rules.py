"""The rules of ``plan_rules`` for plans that wait in an import; nothing is refused.

A sheet may tell of any state. A verdict says the status and a status the verdict, unless the sheet says both
or the book knows it already.
"""

from __future__ import annotations

from models.dialects import Connection
from models.growth.plan_rules import CLOSED, CONTINUED, JUDGED

FILLS = ("status", "verdict")
_JUDGED = "('" + "', '".join(JUDGED) + "')"


def improvement_plan(db: Connection, name: str) -> None:
    """What a sheet says of one of the two says the other."""
    known = "SELECT 1 FROM improvement_plan p WHERE p.id = s.row AND s.old = 1"
    db.run(
        f"UPDATE {name}.improvement_plan AS s SET status = CASE verdict WHEN ? THEN ? ELSE verdict END "
        f"WHERE s.status IS NULL AND s.verdict IS NOT NULL AND NOT EXISTS ({known} "
        "AND (p.verdict IS s.verdict OR p.status = ?))",
        (CONTINUED, CLOSED, CLOSED),
    )
    db.run(
        f"UPDATE {name}.improvement_plan AS s SET verdict = status "
        f"WHERE s.verdict IS NULL AND s.status IN {_JUDGED} "
        f"AND NOT EXISTS ({known} AND p.verdict IS s.status)"
    )
