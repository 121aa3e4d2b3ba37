"""A dialog whose work runs in the background and blocks nothing else: leaving it stops the work first."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from models.progress import Progress
from ui.session import Session


class WorkingDialog(QDialog):
    """``_work`` is what runs, None while nothing does; who starts it calls ``_end`` when it is over."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._work: Progress | None = None
        session.closing.connect(self._abandon)

    def reject(self) -> None:
        """Cancel: what runs is stopped first, and leaves nothing half done."""
        if self._work is not None:
            self._work.cancel()
            self._stopping()
            return
        super().reject()

    def _stopping(self) -> None:
        """Say that what runs is being stopped."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross does what Cancel does."""
        if self._work is not None:
            event.ignore()
        self.reject()

    def _end(self) -> None:
        """What ran is over."""
        self._work = None

    def _abandon(self) -> None:
        """The book is closed: nobody waits for the work any more."""
        if self._work is not None:
            self._end()
        self.done(QDialog.DialogCode.Rejected)

    def done(self, result: int) -> None:
        """Gone, it hears no more of the session."""
        self._session.closing.disconnect(self._abandon)
        super().done(result)
