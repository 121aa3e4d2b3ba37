"""Python's garbage is collected in the window's thread only.

A cycle may hold something of Qt, such as a closed dialog. Were it found by a worker that happens to
allocate much, its widgets would be destroyed in that worker, and the program with them. So while
workers run, collecting is left to a timer of the window's thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QThread, QTimer
from shiboken6 import isValid

_PAUSE = 500  # ms between two looks while workers run
_MANY = 20_000  # objects made since the last look from which one is worth its time


class _Workers:
    """The workers of the process; all of it is called in the window's thread."""

    def __init__(self) -> None:
        self._running: list[QThread] = []
        self._timer: QTimer | None = (
            None  # only while workers run, so that none outlives the program
        )

    def began(self, thread: QThread) -> None:
        self._running.append(thread)
        if self._timer is None:
            gc.disable()
            self._timer = QTimer()
            self._timer.setInterval(_PAUSE)
            self._timer.timeout.connect(self._look)
            self._timer.start()

    def ended(self, thread: QThread) -> None:
        if thread in self._running:
            self._running.remove(thread)
        if not self._running and self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None
            gc.enable()

    def _look(self) -> None:
        for one in list(self._running):
            if not isValid(one) or one.isFinished():  # whoever waited for it is gone
                self.ended(one)
        if gc.get_count()[0] > _MANY:
            gc.collect(1)


_workers = _Workers()


def worker_begins(thread: QThread) -> None:
    """A worker is about to run: from now on nothing is collected outside the window's thread."""
    _workers.began(thread)


def worker_ended(thread: QThread) -> None:
    """One of those that began runs no more."""
    _workers.ended(thread)
