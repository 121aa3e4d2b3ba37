"""Workload: everybody's days side by side, what is too much and who has time, read in the background."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from models.describe.book_settings import BOOK
from models.describe.fields import date as a_day
from models.describe.kinds import KINDS
from models.people.workload import Workload
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from models.workbooks import freshness
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.read_when_seen import ReadWhenSeen
from ui.pages.workload_day import DayList, DayPane
from ui.pages.workload_model import EMPTY, FULL, WorkloadModel
from ui.records.empty_state import EmptyState
from ui.records.lines import DateLine
from ui.records.meaning import typed_out
from ui.records.read_table import MapTable
from ui.records.split import DetailSplit
from ui.session import Session

_RESTS_ON = {
    "task", "follow_up_plan", "meeting", "leave", "cover", "salesperson", "collaborator", "team",
    "task_dependency", "calendar_day", "customer", BOOK.id,
} | freshness.RESTS_ON  # fmt: skip
_SPANS = ((N_("Two weeks"), 14), (N_("Week"), 7), (N_("Month"), 31))
_FROM = a_day("from", N_("From"), help=N_("The first day that is shown."))
_DAY, _SPAN = 62, 118  # points of the columns
_TYPING = 500  # ms after the last key


class WorkloadTable(MapTable):
    """People and days; tasks are dropped on them."""

    hovered = Signal(QModelIndex)  # a task is dragged over it
    dropped = Signal(QModelIndex)
    entered_day = Signal()  # Enter: to what fills the day

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what fills the day."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_day.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only what fills a day may be dropped."""
        event.setAccepted(isinstance(event.source(), DayList))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """What it would mean is said while it is dragged."""
        index = self.indexAt(event.position().toPoint())
        event.setAccepted(isinstance(event.source(), DayList) and index.column() > 0)
        if event.isAccepted():
            self.hovered.emit(index)

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing moves by itself: it is shown what it would mean."""
        index = self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if index.isValid():
            self.dropped.emit(index)


class WorkloadTab(ReadWhenSeen):
    """The workload of some days."""

    rests_on = _RESTS_ON
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        self.fault = ""
        self.today: date | None = None  # None: that of this machine
        self._first = self.on
        help_pages.offer(self, "capacity")
        self._span = QComboBox(self)
        self._span.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for text, days in _SPANS:
            self._span.addItem(tr(text), days)
        self._from = DateLine(session, _FROM, self, button=True)
        self._labels = QLabel(self), QLabel(self)
        self._said, self._legend = QLabel(self), QLabel(self)
        for label in (*self._labels, self._said, self._legend):
            label.setObjectName("muted")
        self._legend.setWordWrap(True)
        self.model = WorkloadModel(self)
        self.table = WorkloadTable(self)
        self.table.setModel(self.model)
        self.pane = DayPane(session, self)
        self.empty = EmptyState(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for label, one in zip(self._labels, (self._span, self._from), strict=True):
            label.setBuddy(one)
            head.addWidget(label)
            head.addWidget(one)
        head.addWidget(self._said, 1)
        self._split = DetailSplit(self._session.settings, self)
        left = QWidget(self._split)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._legend)
        self._split.addWidget(left)
        self._split.addWidget(self.pane)
        self._split.setStretchFactor(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(head)
        box.addWidget(self._split, 1)
        box.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self._span.activated.connect(self.read)
        self._from.textEdited.connect(self._timer.start)
        self._from.editingFinished.connect(self._typed)
        self._timer.timeout.connect(self._typed_if_meant)
        self.table.selectionModel().currentChanged.connect(self._turned)
        self.table.entered_day.connect(self.pane.list.setFocus)
        self.table.hovered.connect(self._hovered)
        self.table.dropped.connect(self._dropped)
        self.table.menu_wanted.connect(self._menu)

    @property
    def on(self) -> date:
        """The day that counts as today."""
        return self.today or date.today()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for label, text, one in zip(
            self._labels, (tr(N_("Span")), _FROM.text()), (self._span, self._from), strict=True
        ):
            label.setText(text)
            one.setAccessibleName(text)
        chosen = self._span.currentIndex()
        self._span.clear()  # its width follows what is put in anew
        for text, days in _SPANS:
            self._span.addItem(tr(text), days)
        self._span.setCurrentIndex(chosen)
        self._span.setMinimumWidth(theme.scaled(92))  # the style's own hint is a little narrow
        self._from.retranslate()
        self._from.setToolTip(tr(_FROM.help))
        self._from.setFixedWidth(theme.scaled(130))
        self.table.setAccessibleName(tr(N_("Workload")))
        self._legend.setText(
            tr(
                N_(
                    "{full} more to do than hours · {empty} hardly anything planned · hatched: away · grey: not worked"
                ),
                full=FULL,
                empty=EMPTY,
            )
        )
        self.pane.retranslate()
        self._fit()
        self._show()

    def _fit(self) -> None:
        across, down = self.table.horizontalHeader(), self.table.verticalHeader()
        theme.fit_heads(across, _DAY)
        if self.model.columnCount():
            across.resizeSection(0, max(across.sectionSize(0), theme.scaled(_SPAN)))
        down.setDefaultSectionSize(theme.row_height())
        down.setMinimumWidth(theme.scaled(90))

    # -- reading -----------------------------------------------------------------------------------

    def choose(self, first: date, days: int) -> None:
        """Look at other days."""
        self._first = first
        at = self._span.findData(days)
        self._span.setCurrentIndex(max(at, 0))
        self.read()

    def read(self) -> None:
        """Read everything again."""
        self._stale = False
        book, on, first = self._session.book, self.on, self._first
        last = first + timedelta(int(self._span.currentData()) - 1)

        def work(progress: Progress) -> Workload:
            return Workload(book, first, last, on)

        self._latest.ask(work, self._read, self._failed, tr(N_("Adding up hours…")))
        self._show()

    def _read(self, found: Workload) -> None:
        self.fault = ""
        place = self._place()
        self.model.show(found)
        self._fit()
        index = QModelIndex() if place is None else self.model.index_of(*place)
        if not index.isValid() and found.rows:
            index = self.model.index(0, 1 + _first_day(found))
        self.table.setCurrentIndex(index)
        self._turned(index)
        self._show()

    def _failed(self, error: Exception) -> None:
        self.fault, self._stale = str(error), True
        self._show()

    def _show(self) -> None:
        found = self.model.found
        there = found is not None and bool(found.rows)
        self._split.setVisible(there)
        self.empty.setVisible(not there)
        if not self._from.hasFocus():
            self._from.setText(KINDS["date"].edited(_FROM, self._first))
        if found is None:
            self.empty.say(self.fault or tr(N_("Computing…")))
        elif not found.rows:
            self.empty.say(tr(N_("There is nobody in the team yet. Add people on the page Team.")))
        else:
            self._said.setText(_summary(found))

    # -- choices -----------------------------------------------------------------------------------

    def _typed_if_meant(self) -> None:
        try:
            self._ask()
        except Refused:
            return

    def _typed(self) -> None:
        self._timer.stop()
        try:
            self._ask()
        except Refused as refused:
            self._session.refused.emit(str(refused))
            self._from.setText(KINDS["date"].edited(_FROM, self._first))

    def _ask(self) -> None:
        typed = self._from.text().strip()
        day = KINDS["date"].parse(_FROM, typed_out(_FROM, typed)) if typed else self.on
        if isinstance(day, date) and day != self._first:
            self._first = day
            self.read()

    # -- one day -----------------------------------------------------------------------------------

    def _place(self) -> tuple[int, date | None] | None:
        index = self.table.currentIndex()
        row = self.model.row(index)
        return None if row is None else (row.person, self.model.day(index))

    def _turned(self, index: QModelIndex) -> None:
        row, found = self.model.row(index), self.model.found
        if row is None or found is None:
            return
        day = self.model.day(index)
        span = "" if day is not None else str(index.data(Qt.ItemDataRole.ToolTipRole))
        self.pane.show_day(found, row.person, day or found.load.days[_first_day(found)], span)

    def _hovered(self, index: QModelIndex) -> None:
        row, day = self.model.row(index), self.model.day(index)
        if row is not None and day is not None and self.pane.task:
            same = day == self.pane.day
            self.pane.choose(self.pane.task, row.person, None if same else day)

    def _dropped(self, index: QModelIndex) -> None:
        self._hovered(index)
        self.pane.move_button.setFocus()

    def _menu(self, place: object) -> None:
        row = self.model.row(self.table.currentIndex())
        if row is None or not isinstance(place, QPoint):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        person = row.person

        def open_person() -> None:
            self._session.record_wanted.emit("salesperson", person)

        menu.addAction(tr(N_("What fills the day"))).triggered.connect(self.pane.list.setFocus)
        menu.addAction(tr(N_("Open {person}"), person=row.name)).triggered.connect(open_person)
        menu.popup(place)


def _first_day(found: Workload) -> int:
    """Which day is looked at first: the first that is worked from today on."""
    load = found.load
    days = (at for at, day in enumerate(load.days) if day >= load.on)
    return next((at for at in days if load.calendar.is_working(load.days[at])), 0)


def _summary(found: Workload) -> str:
    """How many people, how many of them have too much or too little to do."""
    full = sum(1 for one in found.rows if one.totals.overloaded)
    said = ntr("{n} person", "{n} people", len(found.rows))
    parts = [said, tr(N_("{n} with days too full"), n=full)]
    if found.unowned:
        parts.append(
            ntr("{n} task without an owner", "{n} tasks without an owner", len(found.unowned))
        )
    return " · ".join(parts)
