"""What a shown book needs beside its screens: the day's own changes are made, and whoever finishes a task
that still waits for something is told.

It looks when the book is shown, when tasks change and when the day does; what it writes is a job.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.book import Notice
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui.session import Session

if TYPE_CHECKING:
    from models.today.upkeep import Kept

_FIRST = 2_000  # ms after the book is shown: everything else comes first
_SOON = 400  # ms after a change
_MINUTE = 60_000  # ms
_AGAIN = 5_000  # ms after somebody else was writing
_TASK = "task"
_NAMED = 3  # tasks that a message names


class DayClock(QObject):
    """Looks after the book of one session; it ends with it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._day = date.min  # of the last look
        self._busy = False
        self._finished: list[int] = []  # changes that are to be looked at
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._turned)
        session.news.connect(self._heard)
        session.closing.connect(self._stop)
        self._minute.start()
        self._soon.start(_FIRST)

    def _stop(self) -> None:
        self._soon.stop()
        self._minute.stop()
        self._session.news.disconnect(self._heard)

    def _turned(self) -> None:
        if date.today() != self._day:
            self.look()

    def _heard(self, notice: Notice) -> None:
        if _TASK in notice.touched:
            if notice.touched[_TASK] is not None:
                self._finished.append(notice.change)
            self._soon.start(_SOON)

    def look(self) -> None:
        """Tell what was finished too early, and do what is due, in the background."""
        self._tell_finished()
        if self._busy:
            return
        self._busy = True
        book, on = self._session.book, date.today()
        self._day = on

        def work(progress: Progress) -> Kept:
            from models.today.upkeep import upkeep

            return upkeep(book, on)

        self._session.jobs.run("", work, self._done, self._failed)

    def _tell_finished(self) -> None:
        from models.tasks import finishing

        book = self._session.book
        held = [one for no in self._finished for one in finishing.left_open(book, no)]
        if held:
            said = [one.text() for one in held[:_NAMED]] + (["…"] if len(held) > _NAMED else [])
            text = tr(N_("Done, although something is open.")) + "\n" + "\n".join(said)
            self._session.said.emit(text, self._finished[-1])
        self._finished.clear()

    def _done(self, kept: Kept) -> None:
        self._busy = False
        if kept.made:
            text = ntr(
                "{n} task that comes again was made.",
                "{n} tasks that come again were made.",
                kept.made,
            )
            self._session.said.emit(text, 0)
        if kept.missed:
            text = ntr(
                "{n} follow-up counts as missed", "{n} follow-ups count as missed", kept.missed
            )
            why = tr(N_("They were overdue for too long; see the list of follow-ups."))
            self._session.said.emit(f"{text}\n{why}", kept.change)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._soon.start(_AGAIN)
