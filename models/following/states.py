"""Which tasks are open, as SQL."""

from __future__ import annotations

from models.tasks.task import STATUSES

CLOSED_TASKS = ("done", "cancelled")
OPEN_TASK_SQL = (
    "(" + ", ".join(f"'{one.code}'" for one in STATUSES if one.code not in CLOSED_TASKS) + ")"
)
