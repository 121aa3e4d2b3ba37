"""The status bar: what is saved, what is selected, what runs and how to stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from models.texts import N_, tr
from ui import theme
from ui.jobs import Jobs


class StatusBar(QStatusBar):
    """Always true: every acknowledged edit is on the disk."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._saved = QLabel(self)
        self._saved.setObjectName("muted")
        self._selection = QLabel(self)
        self._doing = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self)
        self._cancel.clicked.connect(jobs.cancel)
        self.addWidget(self._saved)
        self.addWidget(self._doing)
        self.addPermanentWidget(self._selection)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._cancel)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(10, 0, 10, 0)
        jobs.started.connect(self._started)
        jobs.moved.connect(self._moved)
        jobs.ended.connect(self._ended)
        self._ended()
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._bar.setFixedWidth(theme.scaled(160))
        self._cancel.setText(tr(N_("Cancel")))
        self._cancel.setAccessibleName(tr(N_("Cancel")))
        self.show_book(self._path)

    def show_book(self, path: Path | None) -> None:
        """Name the book, or nothing."""
        self._path = path
        said = tr(N_("{file}  ·  every change is saved"), file=path.name) if path else ""
        self._saved.setText(said)
        self._saved.setToolTip(str(path) if path else "")

    def say_selection(self, text: str) -> None:
        """What is selected, summed."""
        self._selection.setText(text)

    def _started(self, text: str) -> None:
        self._doing.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        for one in (self._doing, self._bar, self._cancel):
            one.show()
        self._saved.hide()

    def _moved(self, fraction: float, text: str) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(int(fraction * 1000))

    def _ended(self) -> None:
        for one in (self._doing, self._bar, self._cancel):
            one.hide()
        self._saved.show()
