"""The rules of ``models.tasks.states`` for tasks that wait in an import; nothing is refused.

A task that is new and done has the day that its sheet says, or none: when it was done isn't known. One
that the book knows as open, and a sheet as done, was done by today.
"""

from __future__ import annotations

from datetime import date

from models.dialects import Connection
from models.tasks.states import CLOSED

FILLS = ("status", "done_at", "question", "blocked_reason")
_CLOSED = "('" + "', '".join(CLOSED) + "')"


def task(db: Connection, name: str) -> None:
    """What a sheet says beside the status says the status, where it doesn't say it itself."""
    for field, status, settled in (
        ("done_at", "done", f"t.status IN {_CLOSED}"),
        ("blocked_reason", "blocked", f"t.status IN {_CLOSED} OR t.status = 'draft'"),
        ("question", "questioned", "t.status NOT IN ('assigned', 'accepted')"),
    ):
        # Unless the book says the same already, or its status can't follow from it.
        db.run(
            f"UPDATE {name}.task AS s SET status = ? WHERE s.status IS NULL AND s.{field} IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM task t WHERE t.id = s.row AND s.old = 1 "
            f"AND (t.{field} IS s.{field} OR {settled}))",
            (status,),
        )
    db.run(
        f"UPDATE {name}.task AS s SET done_at = ? WHERE s.status = 'done' AND s.done_at IS NULL "
        "AND EXISTS (SELECT 1 FROM task t WHERE t.id = s.row AND s.old = 1 AND t.done_at IS NULL "
        "AND t.status IS NOT 'done')",
        (date.today().isoformat(),),
    )
