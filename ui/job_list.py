"""The jobs that run, one below the other, each with its progress and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QPushButton, QWidget

from models.texts import N_, tr
from ui import motion, theme
from ui.jobs import Job, Jobs
from ui.layouts import let_go


class JobList(QFrame):
    """Opens above the status bar; closes with Escape, a click elsewhere, or the last job."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("column")
        self._jobs = jobs
        self._rows: dict[Job, tuple[QLabel, QProgressBar, QPushButton]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 10)
        jobs.changed.connect(self._show)
        jobs.moved.connect(self._moved)

    def open_above(self, button: QWidget) -> None:
        """Show it with its lower right corner above a button."""
        self.setAccessibleName(tr(N_("Running jobs")))
        self.setWindowTitle(tr(N_("Running jobs")))
        self._show()
        if not self._rows:
            return
        corner = button.mapToGlobal(QPoint(button.width(), 0))
        self.move(corner - QPoint(self.sizeHint().width(), self.sizeHint().height() + 4))
        self.show()
        next(iter(self._rows.values()))[2].setFocus()

    def _show(self) -> None:
        running = self._jobs.named
        for gone in [one for one in self._rows if one not in running]:
            for part in self._rows.pop(gone):
                let_go(self._grid, part)
        for job in running:
            if job not in self._rows:
                self._add(job)
        if not self._rows:
            self.close()
        self._moved()
        self.adjustSize()

    def _add(self, job: Job) -> None:
        name = QLabel(job.text, self)
        bar = QProgressBar(self)
        bar.setTextVisible(False)
        bar.setFixedWidth(theme.scaled(120))
        bar.setAccessibleName(job.text)
        stop = QPushButton(tr(N_("Cancel")), self)
        stop.setAccessibleName(stop.text())
        stop.setAccessibleDescription(job.text)
        stop.clicked.connect(job.cancel)
        stop.clicked.connect(self._stopping)
        row = self._grid.rowCount()
        for column, part in enumerate((name, bar, stop)):
            self._grid.addWidget(part, row, column)
            part.show()
        self._rows[job] = (name, bar, stop)

    def _stopping(self) -> None:
        for _, _, stop in self._rows.values():
            if stop is self.sender():
                stop.setEnabled(False)
                stop.setText(tr(N_("Stopping…")))
                stop.setAccessibleName(stop.text())

    def _moved(self) -> None:
        for job, (_, bar, _) in self._rows.items():
            motion.show_progress(bar, job.fraction)
