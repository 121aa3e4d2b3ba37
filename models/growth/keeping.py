"""A promise that became a task is kept when the task is done; see ``models.consequences``."""

from __future__ import annotations

from models.dialects import Connection
from models.tasks.task import TASK

WATCHES = {"task": frozenset({"status"})}


def follow(db: Connection, first: int) -> None:
    """Mark the promises kept whose tasks a change has done."""
    if not db.one("SELECT 1 FROM promise WHERE alive = 1 AND status = 'open' AND task IS NOT NULL LIMIT 1"):  # fmt: skip
        return
    db.run(
        "UPDATE promise SET status = 'kept' WHERE alive = 1 AND status = 'open' AND task IN "
        "(SELECT t.id FROM task t WHERE t.alive = 1 AND t.status = 'done' AND t.id IN "
        f"(SELECT DISTINCT row FROM edit NOT INDEXED WHERE id >= ? AND entity = {TASK.no} "
        "AND field = 'status')) RETURNING 1",
        (first,),
    )
