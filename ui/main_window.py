"""The window: menus, pages, notices, history, and the book that they show."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.book import Book, Notice
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import files, languages, theme
from ui.actions import Actions
from ui.automatic_backups import AutomaticBackups
from ui.history import HistoryPane, counted
from ui.jobs import Jobs
from ui.navigation import PAGES, Navigation, make_page
from ui.notices import NoticeBar
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage
from ui.session import Session
from ui.settings import THEMES, Settings
from ui.start_page import StartPage
from ui.status import StatusBar

BOOK_SUFFIX = ".daybook"
_SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".gz")
_HISTORY = 340  # width of the history, in points
_POLL = 1000  # ms between looks at what other programs wrote
_THEME_TEXTS = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
_LANGUAGE_TEXTS = {"zh_CN": "中文", "en": "English"}


class MainWindow(QMainWindow):
    """One window on at most one book."""

    painted = Signal()
    book_shown = Signal()

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.session: Session | None = None
        self.jobs = Jobs(self)
        self.backups = AutomaticBackups(self.jobs, self.settings, self)
        self._pages: dict[str, QWidget] = {}
        self._painted = False
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        self.actions_ = Actions(self)
        self._choices = [self._choice_menu(*one) for one in self._choices_declared()]
        self.navigation = Navigation(self)
        self.navigation.chosen.connect(self.show_page)
        self.notices = NoticeBar(self)
        self.notices.undo.connect(self._undo)
        self.backups.said.connect(self.notices.say)
        self.backups.restored.connect(self.open_book)
        self.start_page = StartPage(self.settings, self)
        self.start_page.chosen.connect(self._start_chosen)
        self.start_page.picked.connect(self._recent_picked)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._status = StatusBar(self.jobs, self)
        self.setStatusBar(self._status)
        self._dock = QDockWidget(self)
        self._dock.setObjectName("history")
        kinds = QDockWidget.DockWidgetFeature
        self._dock.setFeatures(kinds.DockWidgetClosable | kinds.DockWidgetMovable)
        self._dock.visibilityChanged.connect(self._dock_shown)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self._dock.hide()
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL)
        self._poll.timeout.connect(self._look)
        self._arrange()
        self._page_actions()
        self.retranslate()
        self._book_changed()
        self.restoreGeometry(self.settings.shape("window"))

    def _arrange(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 8)
        below.addWidget(self.notices)
        column.addLayout(below)
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(middle)

    # -- menus -----------------------------------------------------------------------------------

    def _choices_declared(self) -> Sequence[tuple[str, dict[str, str], Any]]:
        return (
            (N_("Language"), _LANGUAGE_TEXTS, self.set_language),
            (N_("Appearance"), _THEME_TEXTS, self.set_theme),
        )

    def _choice_menu(self, title: str, choices: dict[str, str], act: Any) -> Any:
        menu = self.actions_.menus["view"].addMenu("")
        group = QActionGroup(self)
        for code in choices:
            action = QAction(self)
            action.setCheckable(True)
            action.setData(code)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._chosen)
        return menu, group, title, choices, act

    def _chosen(self, action: QAction) -> None:
        for _, group, _, _, act in self._choices:
            if action in group.actions():
                act(str(action.data()))

    def _page_actions(self) -> None:
        menu = self.actions_.menus["view"]
        menu.addSeparator()
        self._to_pages = []
        for number, page in enumerate(PAGES, 1):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.setData(page.id)
            action.triggered.connect(self._go)
            menu.addAction(action)
            self._to_pages.append(action)

    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self.session is not None:
            self.navigation.choose(str(action.data()))

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.actions_.retranslate()
        for action, page in zip(self._to_pages, PAGES, strict=True):
            action.setText(tr(page.text))
        current = {"Language": texts.language(), "Appearance": self.settings.theme}
        for menu, group, title, choices, _ in self._choices:
            menu.setTitle(tr(title))
            for action in group.actions():
                action.setText(tr(choices[str(action.data())]))
                action.setChecked(action.data() == current[title])
        self.navigation.retranslate()
        self.start_page.retranslate()
        self._dock.setWindowTitle(tr(N_("History")))
        cross = self._dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        if isinstance(cross, QAbstractButton):  # Qt names it once, in the language of the start
            cross.setToolTip(tr(N_("Close")))
            cross.setAccessibleName(cross.toolTip())
            cross.setIcon(theme.icon("close"))
        for shown in [*self._pages.values(), self._dock.widget()]:
            again = getattr(shown, "retranslate", None)
            if again is not None:
                again()
        self._status.retranslate()
        self.notices.retranslate()
        self._say_title()
        self._say_undo()

    def set_language(self, code: str) -> None:
        """Switch all texts at once."""
        self.settings.language = code
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        languages.apply(app, code)
        self.retranslate()

    def set_theme(self, name: str) -> None:
        """Switch the colours at once."""
        self.settings.theme = name if name in THEMES else "system"
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.settings.theme)
        self.retranslate()

    # -- the book --------------------------------------------------------------------------------

    def open_book(self, path: Path) -> bool:
        """Show a book; a refusal is said and leaves the window as it was."""
        try:
            book = Book.open(path)
        except Refused as refused:
            self.notices.warn(str(refused))
            self.backups.offer(self, path, refused)
            return False
        self.do_close_book()
        self.show_book(book)
        if notes := book.notes():
            self.notices.say(" ".join(notes))
        return True

    def show_book(self, book: Book) -> None:
        """Show an open book; the window closes it."""
        session = Session(book, self.jobs, self)
        self.session = session
        session.news.connect(self._heard)
        session.refused.connect(self.notices.warn)
        session.said.connect(self.notices.say)
        self.backups.watch(session)
        self._dock.setWidget(HistoryPane(session, self._dock))
        self.settings.remember(book.path)
        self._poll.start()
        self._book_changed()
        self.navigation.setCurrentRow(-1)
        self.navigation.choose(PAGES[0].id)
        self.book_shown.emit()

    def do_close_book(self) -> None:
        """Back to the start page."""
        if self.session is None:
            return
        self.jobs.stop()
        self._poll.stop()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        pane = self._dock.widget()
        if pane is not None:
            self._dock.setWidget(None)  # type: ignore[arg-type]
            pane.deleteLater()
        self._dock.hide()
        self.session.close()
        self.backups.leave()
        self.session.deleteLater()
        self.session = None
        self.start_page.retranslate()
        self._stack.setCurrentWidget(self.start_page)
        self.notices.hide()
        self._book_changed()

    def _book_changed(self) -> None:
        book = self.session is not None
        self.navigation.setVisible(book)
        for action in self._to_pages:
            action.setEnabled(book)
        self._status.show_book(self.session.book.path if self.session is not None else None)
        self._say_title()
        self._say_undo()

    def _say_title(self) -> None:
        name = tr(N_("Daybook"))
        if self.session is not None:
            name = f"{self.session.book.path.stem} — {name}"
        self.setWindowTitle(name)

    def _heard(self, notice: Notice) -> None:
        self._say_undo()

    def _say_undo(self) -> None:
        undo = self.session.book.can_undo() if self.session is not None else None
        redo = self.session.book.can_redo() if self.session is not None else None
        off = {"undo": undo is None, "redo": redo is None}
        self.actions_.enable(book=self.session is not None, off=off)
        for id, found, text, named in (
            ("undo", undo, N_("Undo"), N_("Undo: {reason}")),
            ("redo", redo, N_("Redo"), N_("Redo: {reason}")),
        ):
            said = tr(named, reason=found.reason.replace("&", "&&")) if found else tr(text)
            self.actions_[id].setText(said)

    def _look(self) -> None:
        if self.session is not None and not self.jobs.busy:
            self.session.book.poll()

    # -- pages -----------------------------------------------------------------------------------

    def show_page(self, id: str) -> None:
        """Bring a page to the front, made when first asked for."""
        if self.session is None:
            return
        if id not in self._pages:
            page = make_page(id, self.session, self._stack)
            self._pages[id] = page
            self._stack.addWidget(page)
            for name, slot in (
                ("selection_said", self._status.say_selection),
                ("open_records", self.show_records),
                ("import_wanted", self.do_import_files),
            ):
                signal = getattr(page, name, None)
                if signal is not None:
                    signal.connect(slot)
        self._status.say_selection("")
        self._stack.setCurrentWidget(self._pages[id])

    def page(self, id: str) -> Any:
        """A page, in front."""
        self.navigation.choose(id)
        return self._pages[id]

    def show_records(self, title: str, records: dict[str, Sequence[int]]) -> None:
        """Show the records behind a number, on the page that lists them."""
        homes = {"opportunity": "pipeline", "order": "orders", "order_line": "orders"}
        homes |= {"receipt": "orders", "customer": "customers", "activity": "customers"}
        home = next((homes[one] for one in records if one in homes), None)
        if home is not None:
            self.page(home).show_only(title, records)

    @property
    def records(self) -> RecordPage | None:
        """The list in front, if a list is."""
        page = self._stack.currentWidget()
        return page.current if isinstance(page, TabbedPage) else None

    # -- what the actions do -----------------------------------------------------------------------

    def _start_chosen(self, id: str) -> None:
        acts = {"new": self.do_new_book, "open": self.do_open_book, "sample": self.do_open_sample}
        acts[id]()

    def _recent_picked(self, path: str) -> None:
        self.open_book(Path(path))

    def do_new_book(self) -> None:
        """Ask for a name and a currency, and make a book."""
        from ui.dialogs.new_book import NewBook

        dialog = NewBook(self)
        dialog.chosen.connect(self.make_book)
        dialog.open()

    def make_book(self, path: Path, currency: str) -> bool:
        """Make an empty book and show it."""
        try:
            book = Book.create(path, currency)
        except Refused as refused:
            self.notices.warn(str(refused))
            return False
        self.do_close_book()
        self.show_book(book)
        return True

    def do_open_book(self) -> None:
        """Ask for a book."""
        kinds = tr(N_("Daybook books")) + f" (*{BOOK_SUFFIX})"
        for path in files.ask_open(self, tr(N_("Open book…")), kinds):
            self.open_book(path)

    def do_open_sample(self) -> None:
        """A fresh copy of the sample team, in the folder for documents."""
        from ui.sample import sample_path

        self.make_sample(sample_path())

    def make_sample(self, path: Path) -> None:
        """Make the sample team in the background and show it."""
        language = texts.language()

        def work(progress: Progress) -> Path:
            from models.sample.load import load

            book = Book.create(path, "CNY" if language == "zh_CN" else "USD")
            try:
                load(book, language, progress=progress)
            except BaseException:
                book.close()
                path.unlink()
                raise
            book.close()
            return path

        self.jobs.run(tr(N_("Making the sample team…")), work, self.open_book, self._failed)

    def do_import_files(self) -> None:
        """Ask for spreadsheets."""
        listed = " ".join("*" + one for one in _SHEETS)
        kinds = tr(N_("Spreadsheets")) + f" ({listed})"
        paths = files.ask_open(self, tr(N_("Import spreadsheets…")), kinds, several=True)
        if paths:
            self.import_files(paths)

    def import_files(self, paths: Sequence[Path]) -> Any:
        """Show what spreadsheets hold, and import them when the person says so."""
        from ui.dialogs.import_review import ImportReview

        if self.session is None:
            return None
        review = ImportReview(self.session, paths, self)
        review.applied.connect(self._imported)
        review.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        review.open()
        return review

    def _imported(self, change: int) -> None:
        if self.session is None:
            return
        info = self.session.book.info(change) if change else None
        said = tr(N_("Nothing changed: every row is in the book already."))
        if info is not None:
            said = "  ·  ".join([info.reason, *counted(self.session.book.schema, info)])
        self.notices.say(said, change)

    def do_export_page(self) -> None:
        """Write the list in front to a sheet."""
        if self.records is not None:
            self.records.ask_export()

    def do_backup(self) -> None:
        """Copy the book, and verify the copy."""
        if self.session is None:
            return
        kinds = tr(N_("Daybook books")) + f" (*{BOOK_SUFFIX})"
        suggested = f"{self.session.book.path.stem}-backup{BOOK_SUFFIX}"
        path = files.ask_save(self, tr(N_("Save a backup…")), suggested, kinds)
        if path is not None:
            self.backup_to(path)

    def backup_to(self, path: Path) -> None:
        """Copy the book in the background."""
        assert self.session is not None
        source = self.session.book.path
        if path.exists() and path.samefile(source):
            self.notices.warn(tr(N_("A backup must have another name than the book itself.")))
            return

        def work(progress: Progress) -> str:
            from models import opening

            fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}{path.suffix}")
            opening.backup(source, fresh)
            fresh.replace(path)  # an older backup stays until the new one is verified
            return path.name

        text = tr(N_("Saving a backup…"))
        self.jobs.run(text, work, self._backed_up, self._failed)

    def _backed_up(self, name: str) -> None:
        self.notices.say(tr(N_("Backup saved and checked: {file}"), file=name))

    def do_backups(self) -> None:
        """What the program backed up by itself, and how to bring it back."""
        self.backups.show(self)

    def _failed(self, error: Exception) -> None:
        if str(error):
            self.notices.warn(str(error))

    def do_undo(self) -> None:
        """Take the latest change back."""
        if self.session is not None:
            self.session.undo()

    def do_redo(self) -> None:
        """Bring the change undone last back."""
        if self.session is not None:
            self.session.redo()

    def _undo(self, change: int) -> None:
        if self.session is not None:
            self.session.undo(change)

    def do_add_record(self) -> None:
        """A new record on the list in front."""
        if self.records is not None:
            self.records.add()

    def do_remove_records(self) -> None:
        """Remove what is selected on the list in front."""
        if self.records is not None:
            self.records.remove()

    def do_find(self) -> None:
        """Into the search of the list in front."""
        if self.records is not None:
            self.records.search.setFocus()
            self.records.search.selectAll()

    def do_history(self) -> None:
        """Show or hide the history pane."""
        self._dock.setVisible(not self._dock.isVisible())
        self.resizeDocks([self._dock], [_HISTORY], Qt.Orientation.Horizontal)

    def _dock_shown(self, visible: bool) -> None:
        self.actions_["history"].setChecked(self._dock.isVisible())

    def do_check_book(self) -> None:
        """Examine the book in the background and say what was found."""
        if self.session is None:
            return
        book = self.session.book

        def work(progress: Progress) -> list[Any]:
            from models import checking

            return checking.check(book)

        self.jobs.run(tr(N_("Checking the book…")), work, self._checked, self._failed)

    def _checked(self, found: list[Any]) -> None:
        bad = [one for one in found if one.bad]
        if bad:
            self.notices.warn("\n".join(f"{one.name}: {one.found}" for one in bad))
        else:
            self.notices.say(
                tr(N_("The book is in order: {count} checks passed."), count=len(found))
            )

    def do_about(self) -> None:
        """Name and version."""
        box = QMessageBox(self)
        box.setWindowTitle(tr(N_("About Daybook")))
        box.setText(tr(N_("Daybook {version}"), version=QApplication.applicationVersion()))
        box.setInformativeText(
            tr(N_("The daily management of a small sales team, in one file on this computer."))
        )
        box.open()

    def do_quit(self) -> None:
        """Close the window; the program ends with the last one."""
        self.close()

    # -- what Qt tells ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Books and spreadsheets may be dropped."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A book is opened, spreadsheets are imported."""
        paths = _dropped(event)
        event.acceptProposedAction()
        books = [one for one in paths if one.suffix == BOOK_SUFFIX]
        if books:
            self.open_book(books[0])
        elif self.session is None:
            self.notices.warn(tr(N_("Open or make a book first, then drop the spreadsheets.")))
        else:
            self.import_files(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was painted first; data is read after that."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, close the book, remember the window's shape."""
        self.settings.keep_shape("window", self.saveGeometry())
        self.hide()  # what is backed up now keeps nobody waiting
        self.do_close_book()
        self.jobs.stop()
        self.settings.save()
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> list[Path]:
    files = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
    return [one for one in files if one.suffix.lower() in (*_SHEETS, BOOK_SUFFIX)]
