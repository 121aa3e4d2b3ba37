"""The reminders that are due, below the page: each can be opened, done, put off or closed by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from models.phone.message_parts import clock, day
from models.texts import N_, ntr, tr
from ui import help_pages, reminders, theme
from ui.flow import Flow
from ui.records.short_table import ShortTable
from ui.reminders import WAYS, Shown

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_LAST = 100  # points that the last column has at least
_ROWS = 5  # that are seen at once
_PART = 5  # …and which part of the window's height they may take at most
_KINDS = {"task": N_("Task"), "follow_up_plan": N_("Follow-up"), "meeting": N_("Meeting")}


class ReminderTable(ShortTable):
    """Enter opens, Ctrl+Enter is done, Delete closes."""

    key_pressed = Signal(str)

    def put(self, texts: Sequence[Sequence[str]]) -> None:
        """Show other rows; the last column takes the room that is left at once."""
        super().put(texts)
        self._asked = [*self._asked[:-1], theme.scaled(_LAST)]  # its tip is the whole text
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the buttons beneath."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter:
            self.key_pressed.emit("done" if control else "open")
        elif event.key() == Qt.Key.Key_Delete:
            self.key_pressed.emit("close")
        else:
            super().keyPressEvent(event)


class ReminderBar(QFrame):
    """A table of what is due; it takes no focus when it appears."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("reminders")
        help_pages.offer(self, "phone")
        self._listed: list[Shown] = []
        self._head = QLabel(self)
        self._head.setObjectName("heading")
        self._head.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.hide)
        self.table = ReminderTable([""] * 4, [], "")
        self.table.setParent(self)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._ask)
        self.table.key_pressed.connect(self._act)
        self.table.doubleClicked.connect(self.open)
        self.table.itemSelectionChanged.connect(self._enable)
        self._later = QMenu(self)
        self._later.triggered.connect(self._way_chosen)
        self._buttons: dict[str, QPushButton] = {}
        flow = Flow()
        for id in ("open", "done", "later", "close", "close_all"):
            button = self._buttons[id] = QPushButton(self)
            flow.addWidget(button)
            if id == "later":
                button.setMenu(self._later)
            else:
                button.clicked.connect(self._acts()[id])
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 8, 8)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.table)
        box.addLayout(flow)
        self.hide()
        desk = reminders.desk()
        if desk is not None:
            desk.changed.connect(self.fill)

    def _acts(self) -> dict[str, Callable[[], None]]:
        return {
            "open": self.open,
            "done": self.done,
            "close": self.dismiss,
            "close_all": self.dismiss_all,
        }

    def _act(self, name: str) -> None:
        self._acts()[name]()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for id, text in (
            ("open", N_("Open record")),
            ("done", N_("Done")),
            ("later", N_("Remind me later")),
            ("close", N_("Seen")),
            ("close_all", N_("All seen")),
        ):
            self._buttons[id].setText(tr(text))
            self._buttons[id].setAccessibleName(tr(text))
        self._close.setIcon(theme.icon("close"))
        self._close.setToolTip(tr(N_("Close")))
        self._close.setAccessibleName(self._close.toolTip())
        self.table.setHorizontalHeaderLabels(
            [tr(one) for one in (N_("Time"), N_("Kind"), N_("What"), N_("Belongs to"))]
        )
        self.table.setAccessibleName(tr(N_("Reminders")))
        self._later.clear()
        for way, text in WAYS:
            action = self._later.addAction(tr(text))
            action.setData(way)
        self.fill()

    def fill(self) -> None:
        """Show what is due now in the book of this window."""
        desk, session = reminders.desk(), self._window.session
        before = self.chosen
        self._listed = []
        if desk is not None and session is not None:
            self._listed = [one for one in desk.shown if one.book == session.book.id]
        self._head.setText(self._said())
        self._head.setAccessibleName(self._head.text())
        texts = [
            (
                f"{day(one.item.at.astimezone().date())} {clock(one.item.at)}",
                tr(_KINDS[one.item.entity]),
                one.item.title,
                one.item.detail,
            )
            for one in self._listed
        ]
        self.table.put(texts)
        room = self._window.height() // _PART // theme.row_height()  # the page keeps the most of it
        rows = min(len(texts), _ROWS, max(room, 1))
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * theme.row_height() + 4)
        self.table.setVisible(bool(texts))
        if texts:
            at = self._listed.index(before) if before in self._listed else 0
            self.table.selectRow(at)
        self._enable()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, its buttons need more rows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None
        self.setMinimumHeight(layout.totalHeightForWidth(max(self.width(), 1)))

    def _said(self) -> str:
        """How many there are, how many of them were missed; or what comes next."""
        missed = sum(one.due.missed for one in self._listed)
        if missed and missed == len(self._listed):
            return ntr(
                "{n} reminder from while the program was closed",
                "{n} reminders from while the program was closed",
                missed,
            )
        if self._listed:
            return ntr("{n} reminder", "{n} reminders", len(self._listed))
        desk = reminders.desk()
        if desk is None or desk.next_at is None:
            return tr(N_("No reminders are due, and none are to come."))
        at = desk.next_at.astimezone()
        text = N_("No reminders are due. The next one comes {day} at {time}.")
        return tr(text, day=day(at.date()), time=clock(at))

    def _enable(self) -> None:
        one = self.chosen
        for button in self._buttons.values():
            button.setEnabled(one is not None)
        self._buttons["done"].setEnabled(one is not None and one.item.entity != "meeting")

    @property
    def chosen(self) -> Shown | None:
        """The reminder that is selected."""
        at = self.table.currentRow()
        return self._listed[at] if 0 <= at < len(self._listed) else None

    # -- what the buttons do -----------------------------------------------------------------------

    def open(self) -> None:
        """Show the record in its list; the reminder stays until it is seen."""
        one = self.chosen
        if one is not None:
            self._window.open_record(one.item.entity, one.item.row)

    def done(self) -> None:
        """It is done, and so it is written."""
        one, desk = self.chosen, reminders.desk()
        if one is not None and desk is not None and one.item.entity != "meeting":
            desk.done(one)
            self._leave_if_empty()

    def dismiss(self) -> None:
        """It was seen."""
        one, desk = self.chosen, reminders.desk()
        if one is not None and desk is not None:
            desk.dismiss([one])
            self._leave_if_empty()

    def dismiss_all(self) -> None:
        """All were seen."""
        desk = reminders.desk()
        if desk is not None:
            desk.dismiss(list(self._listed))
            self._leave_if_empty()

    def put_off(self, way: str) -> None:
        """Show it again later."""
        one, desk = self.chosen, reminders.desk()
        if one is not None and desk is not None:
            desk.put_off([one], way)
            self._leave_if_empty()

    def _leave_if_empty(self) -> None:
        if not self._listed:
            self.hide()

    def _ask(self, at: QPoint) -> None:
        """The menu of a reminder, by mouse and by key."""
        if self.chosen is None:
            return
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id in ("open", "done", "close"):
            action = menu.addAction(self._buttons[id].text())
            action.setEnabled(self._buttons[id].isEnabled())
            action.triggered.connect(self._acts()[id])
        menu.addSeparator()
        for way, text in WAYS:
            menu.addAction(tr(text)).setData(way)
        menu.triggered.connect(self._way_chosen)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _way_chosen(self, action: QAction) -> None:
        if action.data():
            self.put_off(str(action.data()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the bar; what is in it stays due."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Put the keys where one begins."""
        (self.table if self._listed else self._close).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bring(self) -> None:
        """Show it; who works elsewhere in the window goes on there."""
        self.retranslate()
        self.show()


def announce(fresh: tuple[Shown, ...]) -> None:
    """Show reminders that are due now: of each book in one window only, the one in front."""
    from ui import windows

    for book in {one.book for one in fresh}:
        there = [
            one
            for one in windows.opened()
            if one.session is not None and one.session.book.id == book
        ]
        front = windows.in_front()
        if there:
            (front if front in there else there[-1]).show_reminders()
