"""Work in the background: one function of ``models`` in a thread, its progress, its end, its cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from models.progress import Cancelled, Progress
from models.refusals import Refused


class _Thread(QThread):
    """Runs one piece of work; its signals are delivered in the thread of the window."""

    moved = Signal(float, str)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.progress = Progress(self.moved.emit)

    def run(self) -> None:
        """What the thread does."""
        try:
            result = self._work(self.progress)
        except (Refused, Cancelled) as stopped:
            self.failed.emit(stopped)
        except Exception as fault:  # noqa: BLE001 - handed to the window, which reports it
            self.failed.emit(fault)
        else:
            self.done.emit(result)


class Jobs(QObject):
    """The jobs of one window."""

    started = Signal(str)
    moved = Signal(float, str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: list[_Thread] = []

    def run(
        self,
        text: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> Progress:
        """Start work; ``done`` or ``failed`` is called in the window's thread."""
        thread = _Thread(work, self)
        thread.moved.connect(self.moved)
        thread.done.connect(done)
        thread.failed.connect(failed)
        thread.finished.connect(self._finished)
        self._running.append(thread)
        self.started.emit(text)
        thread.start()
        return thread.progress

    def cancel(self) -> None:
        """Ask every job to stop."""
        for one in self._running:
            one.progress.cancel()

    def stop(self) -> None:
        """Cancel and wait; for closing the window."""
        self.cancel()
        for one in list(self._running):
            one.wait()
        self._running.clear()

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return bool(self._running)

    def _finished(self) -> None:
        self._running = [one for one in self._running if one.isRunning()]
        if not self._running:
            self.ended.emit()
