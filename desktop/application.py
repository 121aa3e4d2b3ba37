"""The window's process: style, fonts, language, settings; and pictures of pages for reviews."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QThread, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

import desktop
import resources
from desktop import crash_reports, operating_system, running
from desktop.tray import Tray
from models.progress import Progress
from models.refusals import Name, Refused
from models.texts import N_, tr
from ui import accessible, languages, motion, reminders, theme, windows
from ui.main_window import MainWindow
from ui.navigation import PAGES
from ui.settings import Settings

if TYPE_CHECKING:
    from desktop.listening import Listener
    from ui.reminders import Shown

_HISTORY = "history"  # what stands beside a page
_PATIENCE = 30_000  # ms that a picture waits for its page


class Application(QApplication):
    """Qt's application, which also says what document the desktop asks for."""

    document_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        """macOS says with an event which document was opened, or dropped onto the program."""
        if isinstance(event, QFileOpenEvent):
            self.document_opened.emit(event.file())
            return True
        return super().event(event)


def application() -> QApplication:
    """The Qt application, named and with its icon and fonts."""
    app = QApplication.instance() or Application(sys.argv[:1])
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
    """Open the window and stay until the last one is closed; gives the exit status.

    Where the program runs already, it gets the book, unless this start wants something of its own.
    """
    alone = sample or measure_start or language is not None
    if not alone and running.hand_over(book):
        return 0
    app = application()
    settings = Settings(operating_system.config_folder() / "settings.ini")
    if language is not None:
        settings.language = language
    languages.apply(app, settings.language)
    theme.apply(app, settings.theme)
    reports = crash_reports.install(operating_system.log_folder(), _say_fault)
    reports.setParent(app)
    crash_reports.note_last_words(operating_system.log_folder())
    window = MainWindow(settings)
    window.goes_when_closed = True
    opener = Opener(app)
    desk = reminders.begin(settings, app)
    desk.came.connect(_announce)
    tray = Tray(desk, app)
    start = _Start(window, opener, book, sample=sample, measure=measure_start)
    window.painted.connect(start.painted)
    window.show()
    try:
        return app.exec()
    finally:
        opener.stop()
        tray.stop()
        reminders.end()
        windows.end()


class Opener(QObject):
    """Opens what the desktop or a later start asks for, in whichever window suits."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._listener: Listener | None = None
        self.wanted: list[Path] | None = []  # asked for before the first window stands; then None
        if isinstance(app, Application):
            app.document_opened.connect(self.open)

    def listen(self) -> None:
        """Take what later starts of the program hand over, from now on."""
        from desktop.listening import Listener  # when the window stands already

        self._listener = Listener(self)
        self._listener.asked.connect(self.open)
        self._listener.listen()

    def stop(self) -> None:
        """Take nothing more."""
        if self._listener is not None:
            self._listener.stop()

    def open(self, book: str) -> None:
        """Open a book, or bring the program to the front."""
        if self.wanted is not None:
            self.wanted += [Path(book)] if book else []
            return
        window = windows.come_back()
        if window is not None and book:
            window.open_wherever(Path(book))


def _announce(fresh: tuple[Shown, ...]) -> None:
    from ui import reminder_bar  # when there is something to show

    reminder_bar.announce(fresh)


def _say_fault(report: crash_reports.Report) -> None:
    """Into the notice bar of the window in front; nothing acknowledged is lost by it."""
    window = windows.in_front()
    if window is not None:
        text = N_(
            "The program made a mistake. Your book is safe; what you did last may not have happened."
        )
        window.notices.own_up(tr(text), report.told, report.log)


def _ask_motion(progress: Progress) -> bool:
    return operating_system.reduces_motion()


class _Start(QObject):
    """First the window, then the data."""

    def __init__(
        self,
        window: MainWindow,
        opener: Opener,
        book: str | None,
        *,
        sample: bool,
        measure: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._opener, self._book = window, opener, book
        self._sample, self._measure = sample, measure
        self._first = 0.0

    def painted(self) -> None:
        """The window stands: now open what was asked for, or what was open last."""
        self._first = operating_system.process_age()
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        window = self._window
        wanted, self._opener.wanted = self._opener.wanted or [], None
        if not (self._sample or self._measure):
            self._opener.listen()
        if not self._measure:
            window.jobs.run("", _ask_motion, self._moves, self._moves)
        if self._sample:
            folder = Path(tempfile.mkdtemp(prefix="daybook-demo-"))
            window.backups.off()
            window.make_sample(folder / f"{tr(N_('Sample team'))}.daybook")
            return
        books = [Path(self._book)] if self._book else wanted
        for place in books:
            window.open_wherever(place)
        if not books:
            recent = [(one, "") for one in window.settings.recent[:1]]
            window.show_again(window.settings.left_open or recent)
        window.settings.leave_open([])
        if self._measure:
            # A page that reads in the background, as Today does, shows its data when it was read.
            read = getattr(getattr(window.page_in_front, "reader", None), "changed", None)
            if read is None:
                self._watch()
            else:
                read.connect(self._watch)

    def _watch(self) -> None:
        """Wait for the paint of what shows the data."""
        views = self._window.findChildren(QAbstractItemView)
        inside = [one for one in views if one.objectName() != "navigation" and one.isVisible()]
        target = inside[0].viewport() if inside else self._window
        target.installEventFilter(self)
        target.update()

    def _moves(self, reduced: object) -> None:
        motion.system_says(reduced is True)
        if motion.reduced():
            self._window.set_motion(self._window.settings.motion)

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
    window.by_itself = False  # a picture writes nothing
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
    from models.book import Book

    window.show_book(Book.open(Path(book)))
    shown: Any = window.page(name)
    known: tuple[str, ...] = getattr(shown, "names", ())
    if tab in known:
        shown.list_of(tab)
    elif tab == _HISTORY:
        window.do_history()
    elif tab:
        raise Refused(
            "unknown_tab",
            N_("The page {page} has no part called {name}. Known are: {known}."),
            page=name,
            name=tab,
            known=tuple(Name(one, partial(str, one)) for one in (*known, _HISTORY)),
        )
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
