"""What board, calendar and timeline of tasks have in common: the head, reading in the background, news."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.book import Notice
from models.progress import Progress
from models.texts import N_, tr
from ui import help_pages
from ui.jobs import Latest
from ui.pages.task_acts import TaskActs
from ui.pages.task_filter import TaskFilter, TaskHead
from ui.records.empty_state import EmptyState
from ui.session import Session

_READ = {
    "task", "salesperson", "team", "customer", "project", "checklist_item", "task_dependency",
    "follow_up_plan", "meeting", "leave", "calendar_day", "book",
}  # fmt: skip


class TaskView(QWidget):
    """A tab of the tasks. ``open_records`` carries what they are, and their ids by entity."""

    open_records = Signal(str, object)
    import_wanted = Signal()

    def __init__(self, session: Session, filter: TaskFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.filter = session, filter
        help_pages.offer(self, "task_views")
        self.acts = TaskActs(session, self)
        self.head = TaskHead(filter, self)
        self.empty = EmptyState(self)
        self.empty.hide()
        self._latest = Latest(session.jobs, self)
        self._stale = True
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 12, 12, 8)
        self.box.setSpacing(8)
        self.box.addWidget(self.head)
        self.box.addWidget(self.empty, 1)
        self.head.new_button.clicked.connect(self.add)
        self.empty.wanted.connect(self._help)
        filter.changed.connect(self.refresh)
        session.news.connect(self._heard)

    @property
    def today(self) -> date:
        """The day by which things are late."""
        return date.today()

    # -- what each view says -----------------------------------------------------------------------

    def work(self, on: date) -> Any:
        """Gives a function of a thread's own that reads what is to be shown."""
        raise NotImplementedError

    def show_found(self, found: Any) -> int:
        """Show what was read; gives how much it is."""
        raise NotImplementedError

    def body(self) -> QWidget:
        """What is hidden while nothing is there."""
        raise NotImplementedError

    def add(self) -> None:
        """A new task where one is."""
        raise NotImplementedError

    def says_empty(self, count: int) -> bool:
        """Whether a sentence stands in place of the view."""
        return count == 0

    # -- reading -----------------------------------------------------------------------------------

    def _heard(self, notice: Notice) -> None:
        if _READ & notice.touched.keys():
            self.refresh()

    def refresh(self) -> None:
        """Read again, or when it is looked at."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Read now, in the background."""
        self._stale = False
        work = self.work(self.today)

        def read(progress: Progress) -> Any:
            return work()

        self._latest.ask(read, self._found, self._failed, tr(N_("Reading tasks…")))

    def _found(self, found: Any) -> None:
        count = self.show_found(found)
        none = self.says_empty(count)
        self.body().setVisible(not none)
        self.empty.setVisible(none)
        if none:
            self._say_empty()

    def _say_empty(self) -> None:
        if self.filter.asked.narrow or self.filter.asked.open_only:
            text = N_("Nothing fits this choice of people, project and words.")
            self.empty.say(tr(text), tr(N_("Show all")))
        else:
            text = N_(
                "No tasks yet. Write down the first one, make some from a template, or drop a sheet of tasks onto the window."
            )
            self.empty.say(tr(text), tr(N_("New task")))

    def _help(self) -> None:
        if self.filter.asked.narrow or self.filter.asked.open_only:
            self.head.show_everything()
            self.filter.choose(open_only=False)
        else:
            self.add()

    def _failed(self, error: Exception) -> None:
        self._stale = True
        if str(error):
            self.session.refused.emit(str(error))

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.head.retranslate()
        self.refresh()

    def shown_list(self, title: str, entity: str, ids: list[int]) -> None:
        """Show some records in their list."""
        self.open_records.emit(title, {entity: ids})
