"""Work in the background: one function of ``models`` in a thread, its progress, its end, its cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from models.progress import Cancelled, Progress
from models.refusals import Refused
from ui import garbage

Work = Callable[[Progress], Any]
_LONG = 300  # ms after which somebody wants to know what takes so long


class Job(QThread):
    """Runs one piece of work; its signals carry itself, so that one slot can serve all."""

    moved = Signal(float, str)
    ended = Signal(object, object, object)  # the thread, its result, its error

    def __init__(
        self,
        text: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[Any], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._leave = leave
        self.text, self.done, self.failed = text, done, failed
        self._work = work
        self.progress = Progress(self.moved.emit)
        self.fraction: float | None = None  # how far it is, 0…1; None until it is known
        self.moved.connect(self._note)

    def _note(self, fraction: float, text: str) -> None:
        self.fraction = fraction

    def cancel(self) -> None:
        """Ask it to stop."""
        self.progress.cancel()

    def run(self) -> None:
        """What the thread does."""
        result, fault = None, None
        try:
            result = self._work(self.progress)
        except Exception as error:  # noqa: BLE001 - raised again in the window's thread
            fault = error
        try:
            self._leave()
        except Exception as error:  # noqa: BLE001 - as above; else it would seem to run for ever
            fault = fault or error
        self.ended.emit(self, result, fault)


def _nothing() -> None:
    pass


class Jobs(QObject):
    """The jobs of one window. Callbacks run in the window's thread."""

    changed = Signal()  # another list of jobs that are shown
    moved = Signal(float, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: list[Job] = []
        self.leave: Callable[[], object] = _nothing  # what a thread does last

    def run(
        self,
        text: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[Any], object],
    ) -> Progress:
        """Start work; an empty text keeps it out of the status bar.

        ``failed`` is called for a refusal or a cancel; any other error is raised here, as a fault
        of the program.
        """
        thread = Job(text, work, done, failed, self.leave)
        thread.ended.connect(self._ended)
        if text:
            thread.moved.connect(self.moved)
        self._running.append(thread)
        if text:
            self.changed.emit()
        garbage.worker_begins(thread)
        thread.start()
        return thread.progress

    def tell(self, progress: Progress, text: str) -> None:
        """Show work that was started quietly in the status bar from now on; "" shows it no more."""
        for thread in self._running:
            if thread.progress is progress and thread.text != text:
                thread.text = text
                (thread.moved.connect if text else thread.moved.disconnect)(self.moved)
                self.changed.emit()

    def cancel(self) -> None:
        """Ask every job to stop."""
        for one in self._running:
            one.progress.cancel()

    def stop(self) -> None:
        """Cancel and wait; for closing the window. What they found is dropped."""
        self.cancel()
        for one in self._running:
            one.wait()
            garbage.worker_ended(one)
        self._running.clear()
        self.changed.emit()

    @property
    def named(self) -> list[Job]:
        """The jobs that are shown, in the order in which they began; quiet ones are not."""
        return [one for one in self._running if one.text]

    @property
    def busy(self) -> bool:
        """Whether any job runs, quiet ones among them."""
        return bool(self._running)

    def _ended(self, thread: Job, result: Any, error: Exception | None) -> None:
        if thread not in self._running:
            return  # it was stopped when this was on its way
        thread.wait()
        garbage.worker_ended(thread)
        self._running.remove(thread)
        self.changed.emit()
        if error is None:
            thread.done(result)
        elif isinstance(error, Refused | Cancelled):
            thread.failed(error)
        else:
            raise error


class Latest(QObject):
    """Questions of which only the newest answer counts, such as a search while typing.

    One that takes long is told in the status bar, by its text, where it can be stopped.
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = 0
        self._progress: Progress | None = None
        self._text = ""
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(_LONG)
        self._long.timeout.connect(self._tell)

    def _tell(self) -> None:
        if self._progress is not None:
            self._jobs.tell(self._progress, self._text)

    def ask(
        self,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[Any], object],
        text: str = "",
    ) -> None:
        """Ask; an older question that still runs is cancelled and its answer dropped.

        ``failed`` is called for a refusal, and where there is a text also for a cancel.
        """
        self.forget()
        number, self._text = self._asked, text
        if text:
            self._long.start()

        def answer(result: Any) -> None:
            if number == self._asked:
                self._progress = None
                done(result)

        def refuse(error: Any) -> None:
            if number == self._asked and (text or isinstance(error, Refused)):
                self._progress = None
                failed(error)

        self._progress = self._jobs.run("", work, answer, refuse)

    def forget(self) -> None:
        """Drop the answer that is awaited."""
        self._asked += 1
        self._long.stop()
        if self._progress is not None:
            self._progress.cancel()
            self._jobs.tell(self._progress, "")
            self._progress = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is awaited."""
        return self._progress is not None
