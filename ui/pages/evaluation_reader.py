"""How a cycle stands, read in the background once for all tabs that show it, and kept in step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.book import Notice
from models.evaluations.desk import Desk
from models.progress import Progress
from models.texts import N_, tr
from ui.jobs import Latest
from ui.session import Session

_REST = 150  # ms between a commit and reading again; what follows at once is read with it


class EvaluationReader(QObject):
    """Reads the cycle that is chosen; ``changed`` when there is news of it."""

    changed = Signal()
    turned = Signal(int)  # another person is looked at, on whichever tab

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self._asked, self._stale = False, False
        self._watched: list[QWidget] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.read)
        self.desk: Desk | None = None
        self.cycle: int | None = None  # None: the one that is under way
        self.person = 0  # who is looked at, on all tabs
        self.today: date | None = None  # None: that of this machine
        self.fault = ""
        session.news.connect(self._heard)
        session.closing.connect(self._latest.forget)

    def watch(self, widget: QWidget) -> None:
        """Follow edits at once as long as this widget is seen."""
        self._watched.append(widget)

    def choose(self, cycle: int) -> None:
        """Look at another cycle."""
        if self.desk is None or self.desk.cycle is None or self.desk.cycle.row != cycle:
            self.cycle = cycle
            self.read()

    def turn(self, person: int) -> None:
        """Look at another person."""
        if person != self.person:
            self.person = person
            self.turned.emit(person)

    def need(self) -> None:
        """Read if nothing was read yet, or something was written meanwhile."""
        if not self._asked or self._stale:
            self.read()

    def read(self) -> None:
        """Read everything again."""
        self._rest.stop()
        self._asked, self._stale = True, False
        book, cycle, on = self._session.book, self.cycle, self.today

        def work(progress: Progress) -> Desk:
            from models.evaluations.desk import desk

            return desk(book, cycle, on)

        self._latest.ask(work, self._read, self._failed, tr(N_("Working out scores…")))

    def _read(self, found: Desk) -> None:
        self.fault = ""
        self.desk = found
        if self.cycle is None and found.cycle is not None:
            self.cycle = (
                found.cycle.row
            )  # what is looked at stays, also when its last one is signed
        self.changed.emit()
        if found.standings:
            self._group(found)

    def _group(self, found: Desk) -> None:
        """Who can't be told apart is worked out afterwards; everything else is shown meanwhile."""
        book = self._session.book

        def work(progress: Progress) -> Desk:
            from models.evaluations.desk import with_groups

            return with_groups(book, found, progress)

        self._latest.ask(work, self._grouped, self._failed, tr(N_("Comparing people…")))

    def _grouped(self, found: Desk) -> None:
        self.desk = found
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.fault, self._asked = str(error), self.desk is not None
        self.changed.emit()

    def _heard(self, notice: Notice) -> None:
        if not self._asked:
            return
        if any(one.isVisible() for one in self._watched):
            self._rest.start()
        else:
            self._stale = True
