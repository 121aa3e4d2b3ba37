"""Tasks, meetings, and what was decided."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.task_board import TaskBoard
from ui.pages.task_calendar import TaskCalendar
from ui.pages.task_filter import TaskFilter
from ui.pages.task_lists import HelpRequests, TaskList
from ui.pages.task_timeline import TaskTimeline
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
    """Board, calendar and timeline of tasks, and lists of them and what belongs to them, behind tabs."""

    lists = (
        TaskList, Projects, HelpRequests, Templates, Checklist, Dependencies, Collaborators,
        Meetings, Decisions,
    )  # fmt: skip
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self.filter = TaskFilter(self._session, self)
        self.board = TaskBoard(self._session, self.filter, self.tabs)
        self.calendar = TaskCalendar(self._session, self.filter, self.tabs)
        self.timeline = TaskTimeline(self._session, self.filter, self.tabs)
        for one in (self.board, self.calendar, self.timeline):
            one.open_records.connect(self.open_records)
        return (
            self._own("board", N_("Board"), self.board)
            + self._own("calendar", N_("Calendar"), self.calendar)
            + self._own("timeline", N_("Timeline"), self.timeline)
        )
