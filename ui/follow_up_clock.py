"""Follow-ups that are overdue for too long count as missed: once when a book is shown, and each day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer

from models.progress import Progress
from models.texts import N_, ntr, tr
from ui.session import Session

_SOON = 2_000  # ms after the book is shown: everything else comes first
_MINUTE = 60_000  # ms


class FollowUpClock(QObject):
    """Looks after the follow-ups of one session; it ends with it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._day = date.min  # of the last look
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._turned)
        session.closing.connect(self._stop)
        self._minute.start()
        self._soon.start(_SOON)

    def _stop(self) -> None:
        self._soon.stop()
        self._minute.stop()

    def _turned(self) -> None:
        if date.today() != self._day:
            self._look()

    def _look(self) -> None:
        from models.following import plans

        book, on = self._session.book, date.today()
        self._day = on

        def work(_: Progress) -> tuple[int, int]:
            return plans.upkeep(book, on), book.last_change

        self._session.jobs.run("", work, self._done, self._failed)

    def _done(self, found: tuple[int, int]) -> None:
        n, change = found
        if n:
            text = ntr("{n} follow-up counts as missed", "{n} follow-ups count as missed", n)
            why = tr(N_("They were overdue for too long; see the list of follow-ups."))
            self._session.said.emit(f"{text}\n{why}", change)

    def _failed(self, _error: Exception) -> None:
        self._day = date.min  # somebody else was writing: in a minute again
