"""A step of a plan that became a task is done when the task is, on that day, and open again when it is."""

from __future__ import annotations

from models.dialects import Connection
from models.growth.entities import PLAN_ACTION
from models.tasks.task import TASK

WATCHES = {
    "task": frozenset({"alive", "status", "done_at"}),
    "plan_action": frozenset({"alive", "task"}),
}
_DONE = "CASE WHEN t.status = 'done' THEN t.done_at END"
# A task that is in the recycle bin says nothing any more: what was done stays done.
_FOLLOW = f"""WITH meant (row) AS MATERIALIZED (
        SELECT a.id FROM edit e JOIN plan_action a ON a.task = e.row
            WHERE e.id >= ?1 AND e.entity = {TASK.no} AND e.field IN ('alive', 'status', 'done_at')
        UNION SELECT e.row FROM edit e WHERE e.id >= ?1 AND e.entity = {PLAN_ACTION.no}
            AND e.field IN ('alive', 'task'))
    UPDATE plan_action AS a SET done_on = {_DONE} FROM task t
    WHERE a.id IN (SELECT row FROM meant) AND t.id = a.task AND t.alive = 1 AND a.alive = 1
        AND a.done_on IS NOT ({_DONE})
        AND a.id NOT IN (SELECT e.row FROM edit e WHERE e.id >= ?1
            AND e.entity = {PLAN_ACTION.no} AND e.field = 'done_on')"""


def follow(db: Connection, first: int) -> None:
    """Give the steps whose tasks a change touched the day on which these were done."""
    if db.one("SELECT 1 FROM plan_action WHERE task IS NOT NULL AND alive = 1 LIMIT 1"):
        db.run(_FOLLOW, (first,))
