"""What fills somebody's day, beside the grid; a task of it can be given to another person or day.

What that would mean is said before anything is written.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.change import Change
from models.describe.fields import date as a_day
from models.describe.kinds import KINDS
from models.people import workload
from models.people.covering import TASK
from models.people.load import Load, Piece, moved_days
from models.people.workload import Workload
from models.refusals import Refused
from models.texts import N_, tr
from ui.flow import Flow
from ui.records.lines import DateLine
from ui.records.meaning import typed_out
from ui.session import Session

_PIECE = Qt.ItemDataRole.UserRole
_DAY = a_day("due", N_("Due"), help=N_("The day on which the task would be due."))


class DayList(QListWidget):
    """The parts of a day; tasks can be dragged out, Enter opens one."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def put(self, pieces: tuple[Piece, ...], names: dict[int, str]) -> None:
        """Show these; the one that was chosen stays so."""
        before = self.piece()
        self.clear()
        for one in pieces:
            said = f"{workload.kind_text(one.kind)} · {workload.piece_text(one, names)}"
            item = QListWidgetItem(said)
            item.setToolTip(said)
            item.setData(_PIECE, one)
            if one.kind != TASK:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
            self.addItem(item)
            if before is not None and (one.kind, one.row) == (before.kind, before.row):
                self.setCurrentItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def piece(self) -> Piece | None:
        """The current part."""
        found: Piece | None = self.currentItem().data(_PIECE) if self.currentRow() >= 0 else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a part, by the mouse and by the Menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = QPoint()
        if self.currentRow() >= 0:
            place = self.visualItemRect(self.currentItem()).bottomLeft()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place) if by_key else event.globalPos())


class DayPane(QWidget):
    """One day of one person; the choices below the list move the task that is current in it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Workload | None = None
        self._person, self._day, self._of_span = 0, date.min, ""
        self._whose, self._said = QLabel(self), QLabel(self)
        self._whose.setObjectName("heading")
        self._said.setObjectName("muted")
        self.list = DayList(self)
        self.people = QComboBox(self)
        self.due = DateLine(session, _DAY, self, button=True)
        self.told = QLabel(self)
        for said in (self._said, self.told, self._whose):
            said.setWordWrap(True)
        self.move_button, self.open_button = QPushButton(self), QPushButton(self)
        self.move_button.setProperty("primary", True)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._labels = QLabel(self), QLabel(self)
        for label, one in zip(self._labels, (self.people, self.due), strict=True):
            label.setBuddy(one)
            self._form.addRow(label, one)
        buttons = Flow()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.move_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 0, 0, 0)
        for widget in (self._whose, self._said):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        box.addLayout(self._form)
        box.addWidget(self.told)
        box.addLayout(buttons)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(self._open)
        self.list.menu_wanted.connect(self._menu)
        self.people.activated.connect(self._weigh)
        self.due.textEdited.connect(self._weigh)
        self.move_button.clicked.connect(self.move_task)
        self.open_button.clicked.connect(self._open)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.list.setAccessibleName(tr(N_("What fills the day")))
        texts_ = (tr(N_("Give to")), tr(N_("Due")))
        for label, text, one in zip(self._labels, texts_, (self.people, self.due), strict=True):
            label.setText(text)
            one.setAccessibleName(text)
        self.due.retranslate()
        for button, text in (
            (self.move_button, tr(N_("Move the task"))),
            (self.open_button, tr(N_("Open the record"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self._refresh()

    def show_day(self, found: Workload, person: int, day: date, span: str = "") -> None:
        """Show somebody's day; ``span`` is what is said of all days instead, if that is looked at."""
        self._found, self._person, self._day, self._of_span = found, person, day, span
        people = [(one.name, one.person) for one in found.rows if one.works]
        listed = [
            (self.people.itemText(n), self.people.itemData(n)) for n in range(self.people.count())
        ]
        if people != listed:
            with QSignalBlocker(self.people):
                self.people.clear()
                for name, row in people:
                    self.people.addItem(name, row)
        self._refresh()

    def _refresh(self) -> None:
        found = self._found
        if found is None:
            self._chosen()
            return
        load = found.load
        name = load.names.get(self._person, "")
        self._whose.setText(tr(N_("{person}, {day}"), person=name, day=self._day))
        told = workload.day_text(load, self._person, self._day)
        lines = (self._of_span, told, found.age_text(self._person))
        self._said.setText("\n".join(one for one in lines if one))
        self.list.put(load.parts(self._person, self._day), load.names)
        self._chosen()

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._day

    @property
    def task(self) -> int:
        """The task that is current, 0 for none."""
        piece = self.list.piece()
        return piece.row if piece is not None and piece.kind == TASK else 0

    def _chosen(self) -> None:
        """The choices say what the task is now; of anything else there is nothing to move."""
        task = self.task
        for one in (self.people, self.due, *self._labels, self.move_button, self.told):
            one.setVisible(bool(task))
        self.open_button.setEnabled(self.list.piece() is not None)
        if task and self._found is not None:
            planned = self._found.load.tasks[task]
            self.people.setCurrentIndex(self.people.findData(planned.owner))
            self.due.setText(planned.due.isoformat() if planned.due else "")
            self._weigh()

    # -- what it would mean ------------------------------------------------------------------------

    def choose(self, task: int, person: int, day: date | None) -> None:
        """Ask what it would mean to give a task to somebody, to be due on a day if it is given."""
        if not self.isVisible() or self.task != task:
            return
        self.people.setCurrentIndex(self.people.findData(person))
        if day is not None:
            self.due.setText(day.isoformat())
        self._weigh()

    def _wanted(self) -> tuple[int | None, date | None]:
        """Who is chosen, and which day if it is another than now; None for what stays.

        Raises:
            Refused: no day is written there.
        """
        assert self._found is not None
        planned = self._found.load.tasks[self.task]
        person = self.people.currentData()
        typed = self.due.text().strip()
        day = KINDS["date"].parse(_DAY, typed_out(_DAY, typed)) if typed else planned.due
        assert day is None or isinstance(day, date)
        return (
            None if person in (None, planned.owner) else int(person),
            None if day == planned.due else day,
        )

    def _weigh(self) -> None:
        """Say the hours before and after."""
        if self._found is None or not self.task:
            return
        try:
            person, day = self._wanted()
        except Refused as refused:
            self.told.setText(str(refused))
            self.move_button.setEnabled(False)
            return
        self.move_button.setEnabled(person is not None or day is not None)
        if person is None and day is None:
            self.told.setText(
                tr(N_("Choose another person or day, or drag the task onto a day of the table."))
            )
            return
        self.told.setText(what_if(self._found.load, self.task, person, day))

    def move_task(self) -> None:
        """Give the task to who is chosen, as one change."""
        if self._found is None or not self.task or not self.move_button.isEnabled():
            return
        person, day = self._wanted()
        load, task = self._found.load, self.task
        planned = load.tasks[task]
        values: dict[str, object] = {}
        if person is not None:
            values["owner"] = person
        if day is not None:
            values["starts_on"], values["due"] = moved_days(planned.begins, planned.due, day)
        owner = person if person is not None else planned.owner
        reason = tr(
            N_("Move {task} to {person}, {day}"),
            task=planned.title,
            person=load.names.get(owner or 0, ""),
            day=day or planned.due or "–",
        )

        def act(change: Change) -> None:
            change.set("task", task, values)

        self._session.write(reason, act, offer_undo=True)

    # -- the record --------------------------------------------------------------------------------

    def _open(self) -> None:
        piece = self.list.piece()
        if piece is not None:
            self._session.record_wanted.emit(piece.kind, piece.row)

    def _menu(self, place: QPoint) -> None:
        if self.list.piece() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr(N_("Open the record"))).triggered.connect(self._open)
        if self.task:
            menu.addAction(tr(N_("Give to somebody else…"))).triggered.connect(self.people.setFocus)
            menu.addAction(tr(N_("Move to another day…"))).triggered.connect(self.due.setFocus)
        menu.popup(place)


def what_if(load: Load, task: int, person: int | None, day: date | None) -> str:
    """The days whose hours would change, each before and after, and what stands against it."""
    after = load.with_task(task, person, day)
    touched = sorted(
        {key for one in (load, after) for key in one.task_hours(task)},
        key=lambda key: (key[1], load.names.get(key[0], "")),
    )
    lines = []
    for who, when in touched:
        if not load.first <= when <= load.last:
            continue
        before, then = load.busy(who, when), after.busy(who, when)
        if before == then:
            continue
        line = tr(
            N_("{person}, {day}: {before} → {after} of {capacity}"),
            person=load.names.get(who, ""),
            day=f"{when:%m-%d}",
            before=workload.number(before),
            after=workload.hours_text(then),
            capacity=workload.hours_text(load.capacity(who, when)),
        )
        lines.append(f"▲ {line}" if after.overloaded(who, when) else line)
    shown = lines[:_LINES]
    if len(lines) > len(shown):
        shown.append("…")
    owner = after.tasks[task].owner
    due = after.tasks[task].due
    if owner is not None and due is not None and load.covering.away(owner, due):
        shown.append(load.covering.said(TASK, task, owner, due))
    return "\n".join(shown) or tr(N_("No hours of these days change."))


_LINES = 8
