"""The log, and what happens when the program itself is at fault: it is written down and said.

Whatever is raised in a slot, in a method that Qt calls, in a timer or in a job ends here and nowhere
else. The program goes on; a change that was under way was taken back by its transaction.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

import desktop

log = logging.getLogger("daybook")
_QUIET = 10.0  # seconds without a fault after which the same one is said again
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_Place = tuple[str, str, int]  # the kind of an error, the file and the line where it was raised


@dataclass(frozen=True)
class Report:
    """A fault of the program: what it was in a line, all that is known of it, and where the log is."""

    what: str
    told: str
    log: Path


class Reports(QObject):
    """Writes faults down, from any thread, and tells of each in the window's thread.

    A fault in a method that paints comes again with every frame: it is said once, and the log notes
    the 1st, 2nd, 4th, 8th … time. Telling waits until Qt is done with what it was doing.
    """

    _happened = Signal(object)

    def __init__(self, path: Path, say: Callable[[Report], None]) -> None:
        super().__init__()
        self._path, self._say = path, say
        self._seen: dict[_Place, tuple[int, float]] = {}  # how often, and when last
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def hook(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """What Python calls with an error that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        place, now = _place(kind, trace), time.monotonic()
        count, last = self._seen.get(place, (0, -_QUIET))
        self._seen[place] = count + 1, now
        told = "".join(traceback.format_exception(kind, error, trace))
        if count & (count + 1) == 0:  # the 1st, 2nd, 4th … time
            log.error("%s%s", told, f"(time {count + 1})" if count else "")
            if sys.stderr is not None:  # a program without a console has none
                sys.stderr.write(told)
        if now - last >= _QUIET:
            about = f"Daybook {desktop.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
            self._happened.emit(
                Report(f"{kind.__name__}: {error}", f"{about}\n\n{told}", self._path)
            )

    def thread_hook(self, given: threading.ExceptHookArgs) -> None:
        """The same for a thread of Python's own."""
        self.hook(given.exc_type, given.exc_value, given.exc_traceback)

    def _tell(self, report: Report) -> None:
        try:
            self._say(report)
        except Exception:  # noqa: BLE001 - who can't say a fault must not make another one of it
            log.error("A fault could not be said:\n%s", traceback.format_exc())


def _place(kind: type[BaseException], trace: TracebackType | None) -> _Place:
    last = None
    for last, _ in traceback.walk_tb(trace):  # noqa: B007 - the last one is where it was raised
        pass
    return kind.__name__, last.f_code.co_filename if last else "", last.f_lineno if last else 0


class _Log(logging.Handler):
    """Writes to a rotating file. What that needs is loaded with the first line: most starts write none."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """One line more; whoever calls holds the handler's lock."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._file.emit(record)

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            self._file.close()
        super().close()


def install(folder: Path, say: Callable[[Report], None]) -> Reports:
    """Log to a rotating file from now on; ``say`` is told of a fault of the program.

    A fault in a slot would otherwise pass in silence, and the person would trust a screen that
    stopped halfway. Whoever installs it keeps what is given back.
    """
    path = folder / "daybook.log"
    log.addHandler(_Log(path))
    log.setLevel(logging.INFO)
    qInstallMessageHandler(_qt)
    reports = Reports(path, say)
    sys.excepthook = reports.hook
    threading.excepthook = reports.thread_hook
    return reports


def note_last_words(folder: Path) -> None:
    """Let a crash below Python, which nothing can catch, leave behind where the program was."""
    file = (folder / "daybook-crash.log").open("a", encoding="utf-8")
    faulthandler.enable(file)


def _qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
