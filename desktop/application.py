"""The window's process: style, fonts, language, settings; and pictures of pages for reviews."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QThread, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QTableView, QWidget

import desktop
import resources
from desktop import crash_reports, operating_system
from models.book import Book
from models.refusals import Name, Refused
from models.texts import N_, tr
from ui import accessible, languages, theme
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.settings import Settings

_PATIENCE = 30_000  # ms that a picture waits for its page


def application() -> QApplication:
    """The Qt application, named and with its icon and fonts."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Daybook")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("daybook")
    app.setApplicationVersion(desktop.__version__)
    app.setWindowIcon(QIcon(str(resources.path("icons", "daybook.svg"))))
    theme.load_fonts(app)
    accessible.install()
    return app


def run_window(book: str | None, *, sample: bool, language: str | None, measure_start: bool) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    app = application()
    settings = Settings(operating_system.config_folder() / "settings.ini")
    if language is not None:
        settings.language = language
    languages.apply(app, settings.language)
    theme.apply(app, settings.theme)
    window = MainWindow(settings)
    crash_reports.install(operating_system.log_folder(), _Fault(window).say)
    start = _Start(window, book, sample=sample, measure=measure_start)
    window.painted.connect(start.painted)
    window.show()
    return app.exec()


class _Fault:
    """Says that the program is at fault, and where the report lies."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def say(self, what: str, path: Path) -> None:
        """Into the window's notice bar; nothing acknowledged is lost by it."""
        self._window.notices.warn(
            tr(
                N_(
                    "The program made a mistake ({what}). Your book is safe; what you did last may not have happened. The report is in {file}."
                ),
                what=what,
                file=path,
            )
        )


class _Start(QObject):
    """First the window, then the data."""

    def __init__(
        self, window: MainWindow, book: str | None, *, sample: bool, measure: bool
    ) -> None:
        super().__init__(window)
        self._window, self._book = window, book
        self._sample, self._measure = sample, measure
        self._first = 0.0

    def painted(self) -> None:
        """The window stands: now open what was asked for, or what was open last."""
        self._first = operating_system.process_age()
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        window = self._window
        if self._sample:
            folder = Path(tempfile.mkdtemp(prefix="daybook-demo-"))
            window.backups.off()
            window.make_sample(folder / f"{tr(N_('Sample team'))}.daybook")
            return
        recent = window.settings.recent
        place = Path(self._book) if self._book else (recent[0] if recent else None)
        if place is not None:
            window.open_book(place)
        if self._measure:
            views = window.findChildren(QTableView)
            shown = next((one for one in views if one.isVisible()), None)
            target = shown.viewport() if shown is not None else window.start_page
            target.installEventFilter(self)
            target.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint of the data ends the measurement."""
        if event.type() == QEvent.Type.Paint and self._measure:
            self._measure = False
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        shown = operating_system.process_age()
        found = {
            "first_paint_ms": round(self._first * 1000, 1),
            "data_shown_ms": round(shown * 1000, 1),
        }
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        self._window.close()


def shot(
    book: str,
    page: str,
    target: str,
    *,
    language: str,
    theme_name: str,
    size: tuple[int, int],
    scale: float,
    select: str | None,
) -> int:
    """Draw one page of a book into a PNG, without a screen.

    Raises:
        Refused: the book can't be opened, or there is no such page.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    app = application()
    languages.apply(app, language)
    settings = Settings()
    settings.language, settings.theme = language, theme_name
    theme.apply(app, theme_name)
    window = MainWindow(settings)
    window.backups.off()
    window.resize(*size)
    try:
        _arrange(window, book, page, select)
        window.show()
        _settle(window)
        window.grab().save(target, "PNG")
    finally:
        window.close()
    return 0


def _arrange(window: MainWindow, book: str, page: str, select: str | None) -> None:
    name, _, tab = page.partition("/")
    if name != "start" and name not in {one.id for one in PAGES}:
        raise Refused(
            "unknown_page",
            N_("There is no page called {name}. Known are: {known}."),
            name=page,
            known=(
                Name("start", lambda: "start"),
                *(Name(one.id, partial(tr, one.text)) for one in PAGES),
            ),
        )
    if name == "start":
        return
    window.show_book(Book.open(Path(book)))
    shown: Any = window.page(name)
    if tab:
        shown.list_of(tab)
    if tab == "history":
        window.do_history()
    if select and window.session is not None:
        _select(window, shown, select)


def _select(window: MainWindow, page: Any, public_id: str) -> None:
    assert window.session is not None
    book = window.session.book
    for entity in book.schema:
        if public_id.upper().startswith(entity.prefix + "-"):
            row = book.row_id(entity.id, public_id)
            found = page.list_of(entity.id)
            if found is not None:
                found.pick(row)
            return
    raise Refused("unknown_id", N_("“{id}” is not the id of a record."), id=public_id)


def _settle(window: QWidget) -> None:
    """Wait until nothing runs any more and everything is painted."""
    assert isinstance(window, MainWindow)
    from ui.charts.canvas import Chart

    clock = QElapsedTimer()
    clock.start()
    quiet = 0
    while quiet < 5 and clock.elapsed() < _PATIENCE:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        charts = [one for one in window.findChildren(Chart) if one.isVisible()]
        busy = window.jobs.busy or not all(one.ready for one in charts)
        quiet = 0 if busy else quiet + 1
        QThread.msleep(5)  # else this loop would keep the jobs from running
