"""Tasks, follow-ups, meetings and leave in the days of a month or a week; what is due is dragged along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from models.describe.kinds import Link
from models.tasks import agenda
from models.tasks.agenda import Agenda, Day, Entry
from models.tasks.view_rows import short_day
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.calendar_view import CalendarView, More
from ui.pages.day_list import DayList
from ui.pages.task_acts import Act
from ui.pages.task_filter import TaskFilter
from ui.pages.task_view import TaskView
from ui.session import Session

_KEPT = "calendar_span"
_SPANS = ("month", "week")
_WEEK = timedelta(days=7)


class TaskCalendar(TaskView):
    """The calendar as a tab of the tasks."""

    def __init__(self, session: Session, filter: TaskFilter, parent: QWidget) -> None:
        super().__init__(session, filter, parent)
        self.span = str(filter.kept(_KEPT, _SPANS[0]))
        self.day = self.today  # a day of the month or week that is shown
        self._wanted: date | None = None  # to be chosen when it is there
        self._followed: tuple[object, ...] | None = None  # an entry that was moved
        self._back, self._on, self._now = QToolButton(self), QToolButton(self), QPushButton(self)
        self._back.clicked.connect(partial(self.turn, -1))
        self._on.clicked.connect(partial(self.turn, 1))
        self._now.clicked.connect(self.go_today)
        self.spans = {name: QPushButton(self) for name in _SPANS}
        self._undated = QPushButton(self)
        self._undated.setProperty("link", True)
        self._undated.clicked.connect(self._list_undated)
        self._undated.hide()
        for one in (self._back, self._now, self._on, *self.spans.values(), self._undated):
            self.head.own.addWidget(one)
        for name, button in self.spans.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose_span, name))
        self.view = CalendarView(self)
        self.box.insertWidget(1, self.view, 1)
        self.view.wanted.connect(self._open_row)
        self.view.new_wanted.connect(self.add)
        self.view.remove_wanted.connect(self._remove_row)
        self.view.menu_wanted.connect(self._menu)
        self.view.moved.connect(self._moved)
        self.view.step.connect(self._step)
        self.view.turned.connect(self.turn)

    def body(self) -> QWidget:
        """The days; they are there even when nothing is due."""
        return self.view

    def says_empty(self, count: int) -> bool:
        """Empty days are days too: something can be put on them."""
        return False

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for one, icon, text in (
            (self._back, "left", tr(N_("Earlier"))),
            (self._on, "right", tr(N_("Later"))),
        ):
            one.setIcon(theme.icon(icon))
            one.setToolTip(text)
            one.setAccessibleName(text)
        for button, text in (
            (self._now, tr(N_("Today"))),
            (self.spans["month"], tr(N_("Month"))),
            (self.spans["week"], tr(N_("Week"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.view.setAccessibleName(tr(N_("Calendar")))
        self._say_span()
        super().retranslate()

    # -- which days --------------------------------------------------------------------------------

    def _say_span(self) -> None:
        for name, button in self.spans.items():
            button.setChecked(name == self.span)

    def choose_span(self, span: str) -> None:
        """Show months, or weeks; the chosen day stays in sight."""
        self.day = self.view.day() or self.day
        self.span = span
        self._wanted = self.day
        self.filter.keep(**{_KEPT: span})
        self._say_span()
        self.refresh()

    def turn(self, by: int) -> None:
        """So many months or weeks on; the chosen day keeps its place."""
        chosen = self.view.day() or self.day
        if self.span == "week":
            self.day = chosen + by * _WEEK
        else:
            month = (self.day.replace(day=15) + by * timedelta(days=30)).replace(day=1)
            last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            self.day = month.replace(day=min(chosen.day, last.day))
        self._wanted = self.day
        self.refresh()

    def go_today(self) -> None:
        """To the month or week of today."""
        self.day = self._wanted = self.today
        self.refresh()

    def days(self) -> tuple[date, date]:
        """The first and last day that are shown."""
        starts = self.session.book.calendar.week_starts
        if self.span == "week":
            return agenda.week_of(self.day, starts)
        return agenda.month_of(self.day, starts)

    # -- reading -----------------------------------------------------------------------------------

    def work(self, on: date) -> Callable[[], Agenda]:
        """Reads what is due."""
        book, asked, (first, last) = self.session.book, self.filter.asked, self.days()
        return lambda: agenda.agenda(book, first, last, asked, on)

    def show_found(self, found: Agenda) -> int:
        """Show the days."""
        month = self.day.month if self.span == "month" else 0
        self.view.show_days(found, self.today, month)
        if self._followed is not None:
            row = self.view.row_of(self._followed)
            if row >= 0:
                self.view.choose(row)
            self._followed = None
        elif self._wanted is not None:
            self.view.choose_day(self._wanted)
            self._wanted = None
        if not self.view.currentIndex().isValid():
            self.view.choose_day(self.today)
        self.head.say(f"{self._title()}  ·  {ntr('{n} entry', '{n} entries', found.count)}")
        text = ntr("{n} task without a day", "{n} tasks without a day", found.undated)
        self._undated.setText(text)
        self._undated.setAccessibleName(text)
        self._undated.setVisible(found.undated > 0)
        return found.count

    def _title(self) -> str:
        if self.span == "month":
            return agenda.month_text(self.day)
        first, last = self.days()
        on = self.today
        return f"{short_day(first, on)} – {short_day(last, on)}"

    # -- acts --------------------------------------------------------------------------------------

    def _about(self, row: int) -> Day | Entry | More | None:
        items = self.view.placed.items
        return items[row] if 0 <= row < len(items) else None

    def _open_row(self, row: int) -> None:
        about = self._about(row)
        if isinstance(about, Entry):
            self.open_entry(about)
        elif isinstance(about, More) or (isinstance(about, Day) and about.count):
            self.show_day(about.day, row)
        elif about is not None:
            self._new_on(about.day)

    def open_entry(self, entry: Entry) -> None:
        """Show the record of an entry; of several absences all of them."""
        if len(entry.ids) == 1:
            self.acts.open(entry.entity, entry.ids[0])
        else:
            self.shown_list(entry.title, entry.entity, list(entry.ids))

    def show_day(self, day: date, row: int) -> None:
        """All of a day in a box beneath it."""
        found = agenda.entries(self.session.book, day, self.filter.asked, self.today)
        box = DayList(found, self.today, self.window())
        box.wanted.connect(self.open_entry)
        box.new_wanted.connect(self._new_on)
        box.menu_wanted.connect(self._entry_menu)
        index = self.view.placed.index(row)
        box.open_at(self.view.viewport(), self.view.visualRect(index))

    def add(self) -> None:
        """A new task on the chosen day."""
        self._new_on(self.view.day() or self.today)

    def _new_on(self, day: date) -> None:
        known: dict[str, str | Link] = {"due": day.isoformat()}
        asked = self.filter.asked
        for name, entity, row in (
            ("owner", "salesperson", asked.person),
            ("project", "project", asked.project),
        ):
            if row:
                known[name] = self.acts.link(entity, row)
        self.acts.new(known, self._made)

    def _made(self, task: int) -> None:
        due = self.session.book.record("task", task)["due"]
        if isinstance(due, date):
            self._followed = ("task", (task,), due)

    def _remove_row(self, row: int) -> None:
        about = self._about(row)
        if isinstance(about, Entry) and about.entity != "leave":
            self.acts.remove(about.entity, about.ids)

    def _step(self, entry: Entry, days: int) -> None:
        self._moved(entry, entry.day + timedelta(days=days))

    def _moved(self, entry: Entry, day: date) -> None:
        self._followed = (entry.entity, entry.ids, day)
        first, last = self.days()
        if not first <= day <= last:  # the view follows what is moved
            self.day = day
        self.acts.move_due(entry.entity, entry.ids[0], day, self.today)

    # -- menus -------------------------------------------------------------------------------------

    def _menu(self, row: int, place: QPoint) -> None:
        about = self._about(row)
        if isinstance(about, Entry):
            self._entry_menu(about, place)
        elif about is not None:
            acts: list[Act | None] = [
                (
                    tr(N_("Show the whole day")),
                    partial(self.show_day, about.day, row),
                    "Return",
                    True,
                ),
                (tr(N_("New task on this day")), partial(self._new_on, about.day), "N", True),
            ]
            self.acts.menu(acts, place)

    def _entry_menu(self, entry: Entry, place: QPoint) -> None:
        days = (
            (tr(N_("A day earlier")), -1, "Ctrl+Left"), (tr(N_("A day later")), 1, "Ctrl+Right"),
            (tr(N_("A week earlier")), -7, "Ctrl+Up"), (tr(N_("A week later")), 7, "Ctrl+Down"),
        )  # fmt: skip
        acts: list[Act | None] = [
            (tr(N_("Open the record")), partial(self.open_entry, entry), "Return", True), None,
            *((text, partial(self._step, entry, by), key, entry.movable) for text, by, key in days),
            None,
            (tr(N_("New task on this day")), partial(self._new_on, entry.day), "N", True),
            (
                tr(N_("Remove")), partial(self.acts.remove, entry.entity, entry.ids), "Del",
                entry.entity != "leave",
            ),
        ]  # fmt: skip
        self.acts.menu(acts, place)

    def _list_undated(self) -> None:
        ids = agenda.undated(self.session.book, self.filter.asked)
        self.shown_list(self._undated.text(), "task", ids)
