"""Tasks, meetings, and what was decided."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class TaskList(RecordPage):
    """All tasks."""

    entity = "task"
    columns = (
        "title", "owner", "due", "status", "priority", "customer", "opportunity", "goal", "kind",
        "effort_hours", "blocked_reason",
    )  # fmt: skip


class Meetings(RecordPage):
    """Who met when, and about what."""

    entity = "meeting"


class Decisions(RecordPage):
    """What was decided, and what it became."""

    entity = "decision"
    columns = ("title", "owner", "due", "task", "meeting", "expectation", "review_on", "outcome")


class TasksPage(TabbedPage):
    """Tasks, meetings and decisions behind tabs."""

    lists = (TaskList, Meetings, Decisions)
