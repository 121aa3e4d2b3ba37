"""How many records a filter would show, told while it is being made."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from models.distinct import Asked
from models.progress import Progress
from models.texts import ntr
from ui.jobs import Latest
from ui.session import Session

_PAUSE = 120  # ms after the last change


class Hits(QLabel):
    """A label with the number; what is wrong with a value is said in its place."""

    def __init__(self, session: Session, entity: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("muted")
        self.setWordWrap(True)
        self._session, self._entity = session, entity
        self._latest = Latest(session.jobs, self)
        self._asked: Asked | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._count)

    def ask(self, asked: Asked | None) -> None:
        """Tell of these records soon; of None tell nothing."""
        self._asked = asked
        self._latest.forget()
        if asked is None:
            self._timer.stop()
            self.setText("")
        else:
            self._timer.start()

    def leave(self) -> None:
        """Drop what is awaited; the label is about to go."""
        self._timer.stop()
        self._latest.forget()

    def _count(self) -> None:
        asked, book, entity = self._asked, self._session.book, self._entity
        assert asked is not None

        def work(progress: Progress) -> int:
            found = book.ids(
                entity, asked.where, (), asked.search, asked.deleted, asked.among, progress
            )
            return len(found)

        self._latest.ask(work, self._tell, self._failed)

    def _tell(self, n: int) -> None:
        self.setObjectName("muted")
        self._say(ntr("{n} record", "{n} records", n))

    def _failed(self, error: Exception) -> None:
        self.setObjectName("danger")
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.style().polish(self)
        self.setText(text)
