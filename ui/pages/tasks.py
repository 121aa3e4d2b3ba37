"""Tasks, meetings, and what was decided."""

from __future__ import annotations

from ui.pages.task_lists import HelpRequests, TaskList
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Projects(RecordPage):
    """Work of several tasks."""

    entity = "project"


class Templates(RecordPage):
    """Tasks that are made again and again."""

    entity = "template"


class Checklist(RecordPage):
    """The steps of tasks."""

    entity = "checklist_item"


class Dependencies(RecordPage):
    """Which task waits for which."""

    entity = "task_dependency"


class Collaborators(RecordPage):
    """Who works on whose task."""

    entity = "collaborator"


class Meetings(RecordPage):
    """Who met when, and about what."""

    entity = "meeting"


class Decisions(RecordPage):
    """What was decided, and what it became."""

    entity = "decision"
    columns = ("title", "owner", "due", "task", "meeting", "expectation", "review_on", "outcome")


class TasksPage(TabbedPage):
    """Tasks and what belongs to them, meetings and decisions behind tabs."""

    lists = (
        TaskList, Projects, HelpRequests, Templates, Checklist, Dependencies, Collaborators,
        Meetings, Decisions,
    )  # fmt: skip
