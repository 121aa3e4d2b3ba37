"""Tasks as bars along the days, in a lane for each person or project; bars are dragged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from models.calendar.in_book import work_calendar
from models.describe.kinds import Link
from models.tasks import moving, timeline
from models.texts import N_, ntr, tr
from ui.pages.task_acts import Act
from ui.pages.task_filter import TaskFilter
from ui.pages.task_view import TaskView
from ui.pages.timeline_view import ZOOMS, TimelineView
from ui.session import Session

_KEPT, _ZOOM = "timeline_group", "timeline_zoom"


class TaskTimeline(TaskView):
    """The timeline as a tab of the tasks."""

    def __init__(self, session: Session, filter: TaskFilter, parent: QWidget) -> None:
        super().__init__(session, filter, parent)
        kept = str(filter.kept(_KEPT, timeline.GROUPS[0]))
        self.group = kept if kept in timeline.GROUPS else timeline.GROUPS[0]
        self._wanted = 0  # a task that is to be chosen when it is there
        self._group_label, self.group_choice = QLabel(self), QComboBox(self)
        self.group_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.group_choice.activated.connect(self._grouped)
        self.head.add_choice(self._group_label, self.group_choice)
        self._now = QPushButton(self)
        self._now.clicked.connect(self.go_today)
        self.head.own.addWidget(self._now)
        self.zooms = {name: QPushButton(self) for name in ZOOMS}
        for name, button in self.zooms.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose_zoom, name))
            self.head.own.addWidget(button)
        self._unplaced = QPushButton(self)
        self._unplaced.setProperty("link", True)
        self._unplaced.clicked.connect(self._list_unplaced)
        self._unplaced.hide()
        self.head.own.addWidget(self._unplaced)
        self.view = TimelineView(self)
        zoom = str(filter.kept(_ZOOM, self.view.zoom))
        self.view.zoom = zoom if zoom in ZOOMS else self.view.zoom
        self.box.insertWidget(1, self.view, 1)
        self._connect()

    def _connect(self) -> None:
        self.view.wanted.connect(self._open_row)
        self.view.new_wanted.connect(self.add)
        self.view.remove_wanted.connect(self._remove_row)
        self.view.menu_wanted.connect(self._menu)
        self.view.moved.connect(self._moved)
        self.view.due_moved.connect(self._due_moved)
        self.view.stepped.connect(self._step)
        self.view.due_stepped.connect(self._step_due)
        self.view.lane_stepped.connect(self._step_lane)
        self.view.zoomed.connect(self.choose_zoom)

    def body(self) -> QWidget:
        """The bars."""
        return self.view

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        text = tr(N_("Lanes by"))
        self._group_label.setText(text)
        self.group_choice.setAccessibleName(text)
        with QSignalBlocker(self.group_choice):
            self.group_choice.clear()
            for code, name in (("owner", tr(N_("Owner"))), ("project", tr(N_("Project")))):
                self.group_choice.addItem(name, code)
            self.group_choice.setCurrentIndex(self.group_choice.findData(self.group))
        for button, name in (
            (self._now, tr(N_("Today"))),
            (self.zooms["days"], tr(N_("Days"))),
            (self.zooms["weeks"], tr(N_("Weeks"))),
            (self.zooms["months"], tr(N_("Months"))),
        ):
            button.setText(name)
            button.setAccessibleName(name)
        self.view.setAccessibleName(tr(N_("Timeline")))
        self.view.fit()
        self._say_zoom()
        super().retranslate()

    # -- reading -----------------------------------------------------------------------------------

    def work(self, on: date) -> Callable[[], timeline.Timeline]:
        """Reads the bars."""
        book, asked, group = self.session.book, self.filter.asked, self.group
        return lambda: timeline.timeline(book, asked, group, on)

    def show_found(self, found: timeline.Timeline) -> int:
        """Show the bars."""
        self.view.show_timeline(found)
        if self._wanted:
            row = self.view.row_of(self._wanted)
            if row >= 0:
                self.view.choose(row)
                self.view.scrollTo(self.view.placed.index(row))
            self._wanted = 0
        elif not self.view.currentIndex().isValid() and found.count:
            self.view.choose(0)
        self.head.say(ntr("{n} task", "{n} tasks", found.count))
        text = ntr("{n} task without a day", "{n} tasks without a day", found.unplaced)
        self._unplaced.setText(text)
        self._unplaced.setAccessibleName(text)
        self._unplaced.setVisible(found.unplaced > 0)
        return found.count

    def _say_zoom(self) -> None:
        for name, button in self.zooms.items():
            button.setChecked(name == self.view.zoom)

    def choose_zoom(self, zoom: str) -> None:
        """Make days wider or narrower."""
        self.view.set_zoom(zoom)
        self.filter.keep(**{_ZOOM: zoom})
        self._say_zoom()

    def _grouped(self) -> None:
        self.group = str(self.group_choice.currentData())
        self.filter.keep(**{_KEPT: self.group})
        self.refresh()

    def go_today(self) -> None:
        """Bring today into sight."""
        self.view.show_day(self.today)

    # -- acts --------------------------------------------------------------------------------------

    def _open_row(self, row: int) -> None:
        bar = self.view.bar(row)
        if bar is not None:
            self.acts.open("task", bar.task.id)

    def _remove_row(self, row: int) -> None:
        bar = self.view.bar(row)
        if bar is not None:
            self.acts.remove("task", [bar.task.id])

    def add(self) -> None:
        """A new task in the lane of the current bar."""
        bar = self.view.bar(self.view.currentIndex().row())
        asked = self.filter.asked
        known: dict[str, str | Link] = {"due": self.today.isoformat()}
        rows = {"owner": asked.person, "project": asked.project}
        if bar is not None and self.view.hasFocus():
            rows[self.group] = bar.lane or rows[self.group]
            known["due"] = bar.last.isoformat()
        for name, entity in (("owner", "salesperson"), ("project", "project")):
            if rows[name]:
                known[name] = self.acts.link(entity, rows[name])
        self.acts.new(known, self._made)

    def _made(self, task: int) -> None:
        self._wanted = task

    def _moved(self, task: int, days: int, lane: int | None) -> None:
        self._wanted = task
        key, name = None, ""
        if lane is not None and self.view.geometry_ is not None:
            key, name = self.view.geometry_.lane(lane).key, self.view.lane_text(lane)
        self.acts.move_bar(self.group, task, days, key, name, self.today)

    def _due_moved(self, task: int, due: date) -> None:
        self._wanted = task
        self.acts.set_due(task, due, self.today)

    def _bar_of(self, task: int) -> timeline.Bar | None:
        bar = self.view.bar(self.view.row_of(task))
        return None if bar is None or bar.task.closed else bar

    def _step(self, task: int, by: int) -> None:
        if self._bar_of(task) is not None:
            self._wanted = task
            self.acts.step_bar(task, by, self.today)

    def _step_due(self, task: int, by: int) -> None:
        bar = self._bar_of(task)
        if bar is not None:
            due = moving.step(work_calendar(self.session.book), bar.last, by)
            if due >= bar.first or bar.guessed:
                self._due_moved(task, due)

    def _step_lane(self, task: int, by: int) -> None:
        places = self.view.geometry_
        row = self.view.row_of(task)
        if places is None or self._bar_of(task) is None:
            return
        lane = places.lane_of[row] + by
        if 0 <= lane < len(places.shown.lanes):
            self._moved(task, 0, lane)

    def _menu(self, row: int, place: QPoint) -> None:
        bar = self.view.bar(row)
        acts: list[Act | None] = []
        if bar is not None:
            task, free = bar.task.id, not bar.task.closed
            acts += [
                (tr(N_("Open the record")), partial(self._open_row, row), "Return", True), None,
                (tr(N_("A working day earlier")), partial(self._step, task, -1), "Ctrl+Left", free),
                (tr(N_("A working day later")), partial(self._step, task, 1), "Ctrl+Right", free),
                (tr(N_("Due a day earlier")), partial(self._step_due, task, -1), "Ctrl+Shift+Left", free),
                (tr(N_("Due a day later")), partial(self._step_due, task, 1), "Ctrl+Shift+Right", free),
                (tr(N_("To the lane above")), partial(self._step_lane, task, -1), "Ctrl+Up", free),
                (tr(N_("To the lane below")), partial(self._step_lane, task, 1), "Ctrl+Down", free),
                None,
            ]  # fmt: skip
        acts.append((tr(N_("New task here")), self.add, "N", True))
        if bar is not None:
            acts.append((tr(N_("Remove")), partial(self._remove_row, row), "Del", True))
        self.acts.menu(acts, place)

    def _list_unplaced(self) -> None:
        ids = timeline.unplaced(self.session.book, self.filter.asked)
        self.shown_list(self._unplaced.text(), "task", ids)
