"""Backs up the book of a window by itself: every half hour, before anything large, when it closes."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui.jobs import Jobs
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from models.backups import Backup
    from models.book import Book

_LOOK = 60_000  # ms between looks at whether a backup is due
# Bytes up to which a book is backed up when it closes: after that the program would live on for
# seconds behind its closed window, and a system that is shutting down kills it. A larger book is
# backed up within a minute of being opened again.
_WHEN_CLOSING = 50_000_000


class AutomaticBackups(QObject):
    """The backups of one window's book. They are made by jobs; what fails is said once for each book."""

    said = Signal(str)
    restored = Signal(object)  # the path of a book that was made from a backup
    _failed = Signal(object)  # from whichever thread

    def __init__(self, jobs: Jobs, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs, self._settings = jobs, settings
        self._off = False
        self._session: Session | None = None
        self._path = Path()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)
        self._failed.connect(self._tell)

    def off(self) -> None:
        """Never back anything up: for pictures and demonstrations."""
        self._off = True

    @property
    def never(self) -> bool:
        """Whether nothing is ever backed up, whatever the person wants."""
        return self._off

    @property
    def on(self) -> bool:
        """Whether the person wants it."""
        return self._settings.backups and not self._off

    @on.setter
    def on(self, wanted: bool) -> None:
        self._settings.backups = wanted

    def watch(self, session: Session) -> None:
        """Look after the book that was opened."""
        self._session, self._path = session, session.book.path
        session.first = self._first
        self._timer.start()

    def leave(self, *, closed: bool) -> None:
        """The window no longer shows its book. If the book is closed with that, back it up, in a
        thread that the end of the program awaits."""
        session, self._session = self._session, None
        self._timer.stop()
        if session is None or not closed or not self.on:
            return
        if session.book.last_change == session.shared.backed_up:
            return
        path = self._path

        def work(progress: Progress) -> None:
            from models import backups

            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_size <= _WHEN_CLOSING:
                    backups.make(path)

        self.jobs.run("", work, _ignore, _ignore)

    def show(self, parent: QWidget) -> None:
        """List the backups of the open book."""
        if self._session is not None:
            self._show(parent, self._path, self._session.book, "")

    def offer(self, parent: QWidget, path: Path, refused: Refused) -> None:
        """List those of a book that is lost or damaged, if there are any."""
        from models import backups

        if refused.code in backups.LOST and backups.of_path(path):
            self._show(parent, path, None, str(refused))

    def _show(self, parent: QWidget, path: Path, book: Book | None, why: str) -> None:
        from ui.dialogs.backups import Backups

        dialog = Backups(self, path, book, why, parent)
        dialog.restored.connect(self.restored)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def look(self) -> None:
        """Back the book up if half an hour has gone by since the last time, and something changed."""
        session = self._session
        if session is None or not self.on or session.shared.busy or self.jobs.busy:
            return
        if session.shared.sessions[0] is not session:  # one window looks after the book
            return
        if session.book.last_change == session.shared.backed_up:
            return
        path = self._path

        def work(progress: Progress) -> Backup | None:
            from models import backups

            return backups.make(path, backups.HALF_HOUR)

        self.jobs.run("", work, self._made, self._tell)

    def _first(self) -> None:
        """Before anything large, in the thread of its job; a failure stops nothing."""
        if not self.on:
            return
        from models import backups

        try:
            backups.make(self._path)
        except Refused as refused:
            self._failed.emit(refused)

    def _made(self, made: Backup | None) -> None:
        if made is not None and self._session is not None:
            self._session.shared.backed_up = made.change

    def _tell(self, error: Exception) -> None:
        session = self._session
        if isinstance(error, Refused) and session is not None and not session.shared.told:
            session.shared.told = True
            self.said.emit(
                tr(
                    N_(
                        "No automatic backup could be made. {why} “Save a backup…” in the File menu puts one on another disk."
                    ),
                    why=error,
                )
            )


def _ignore(result: object) -> None:
    """What could not be backed up when it was closed is tried again when it is opened."""
