"""The status bar: what is saved, what is selected, what runs and how to stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from models.texts import N_, ntr, tr
from ui import motion, theme
from ui.job_list import JobList
from ui.jobs import Jobs

_SOON = 150  # ms of writing before it is said: what takes less is not worth a flicker
_NAME = 260  # points that the name of a job may take
_MIDDLE = Qt.TextElideMode.ElideMiddle


class StatusBar(QStatusBar):
    """Always true: every acknowledged edit is on the disk."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._jobs = jobs
        self._writing = False
        self._saved = QLabel(self)
        self._saved.setObjectName("muted")
        self._selection = QLabel(self)
        self._doing = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self)
        self._cancel.clicked.connect(self._stop)
        self._several = QPushButton(self)
        self._several.clicked.connect(self._list)
        self._listed: JobList | None = None
        self.addWidget(self._saved)
        for one in (self._selection, self._doing, self._several, self._bar, self._cancel):
            self.addPermanentWidget(one)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(10, 0, 10, 0)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._say_saved)
        jobs.changed.connect(self._show_jobs)
        jobs.moved.connect(self._moved)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._bar.setFixedWidth(theme.scaled(160))
        self._cancel.setText(tr(N_("Cancel")))
        self._cancel.setAccessibleName(tr(N_("Cancel")))
        self.show_book(self._path)
        self._show_jobs()

    def show_book(self, path: Path | None) -> None:
        """Say of which book all is saved, or nothing."""
        self._path = path
        self._say_saved()

    def say_writing(self, what: str) -> None:
        """Somebody writes to the book, in whichever window; "" when it is on the disk."""
        self._writing = bool(what)
        if self._writing:
            self._soon.start()
        else:
            self._soon.stop()
            self._say_saved()

    def say_selection(self, text: str) -> None:
        """What is selected, summed."""
        self._selection.setText(text)
        self._selection.setAccessibleName(text)

    def left_room(self) -> int:
        """How many points at the left are free for what is said for a while."""
        shown = [
            one.x()
            for one in (self._selection, self._doing, self._several, self._bar, self._cancel)
            if one.isVisible() and (one is not self._selection or self._selection.text())
        ]
        return min(shown, default=self.width())

    def _say_saved(self) -> None:
        said = ""
        if self._path is not None:
            said = tr(N_("Saving…")) if self._writing else tr(N_("All changes saved"))
        self._saved.setText(said)
        self._saved.setAccessibleName(said)
        self._saved.setToolTip(str(self._path or ""))

    # -- what runs -------------------------------------------------------------------------------

    def _show_jobs(self) -> None:
        jobs = self._jobs.named
        one, several = len(jobs) == 1, len(jobs) > 1
        for part in (self._doing, self._cancel):
            part.setVisible(one)
        self._bar.setVisible(bool(jobs))
        self._several.setVisible(several)
        if not jobs:
            return
        text = jobs[0].text
        if several:
            text = ntr("{n} job runs…", "{n} jobs run…", len(jobs))
        self._several.setText(text)
        self._several.setAccessibleName(text)
        self._several.setToolTip("\n".join(each.text for each in jobs))
        room = theme.scaled(_NAME)
        self._doing.setText(self._doing.fontMetrics().elidedText(text, _MIDDLE, room))
        self._doing.setToolTip(text)
        self._doing.setAccessibleName(text)
        self._bar.setAccessibleName(text)
        self._moved()

    def _moved(self) -> None:
        known = [one.fraction for one in self._jobs.named if one.fraction is not None]
        motion.show_progress(self._bar, sum(known) / len(known) if known else None)

    def _stop(self) -> None:
        for one in self._jobs.named[:1]:
            one.cancel()

    def _list(self) -> None:
        if self._listed is None:
            self._listed = JobList(self._jobs, self)
        self._listed.open_above(self._several)
