"""The window: what its actions do with books, help and preferences, and what Qt tells it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QWidget,
)

from models import texts
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import files, help_pages, reminders, windows
from ui.acting_window import ActingWindow
from ui.settings import Settings
from ui.tour import Tour

if TYPE_CHECKING:
    from models.book import Book
    from ui.reminder_bar import ReminderBar

BOOK_SUFFIX = ".daybook"
_SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".gz")


class MainWindow(ActingWindow):
    """One window on at most one book; several may show the same one."""

    painted = Signal()

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__(settings or Settings())
        self._painted = False
        self.reminder_bar: ReminderBar | None = None
        self.tour = Tour(self)
        self._below.addWidget(self.tour)
        self.setAcceptDrops(True)
        self.start_page.chosen.connect(self._start_chosen)
        self.start_page.picked.connect(self._recent_picked)
        self.import_wanted.connect(self.do_import_files)
        self.look()
        self.retranslate()
        self._book_changed()
        self.join()

    # -- what the actions do -----------------------------------------------------------------------

    def _start_chosen(self, id: str) -> None:
        acts = {"new": self.do_new_book, "open": self.do_open_book, "sample": self.do_open_sample}
        acts[id]()

    def _recent_picked(self, path: str) -> None:
        self.open_wherever(Path(path))

    def do_new_book(self) -> None:
        """Ask for a name and a currency, and make a book."""
        from ui.dialogs.new_book import NewBook

        dialog = NewBook(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._new_chosen)
        dialog.open()

    def _new_chosen(self, path: Path, currency: str) -> None:
        book = self._new_book(path, currency)
        if book is not None:
            self.free_window().show_book(book)

    def make_book(self, path: Path, currency: str) -> bool:
        """Make an empty book and show it in this window."""
        book = self._new_book(path, currency)
        if book is None:
            return False
        self.leave_book()
        self.show_book(book)
        return True

    def _new_book(self, path: Path, currency: str) -> Book | None:
        try:
            from models.book import Book

            return Book.create(path, currency)
        except Refused as refused:
            self.notices.warn(str(refused))
            return None

    def do_open_book(self) -> None:
        """Ask for a book."""
        kinds = tr(N_("Daybook books")) + f" (*{BOOK_SUFFIX})"
        for path in files.ask_open(self, tr(N_("Open book…")), kinds):
            self.open_wherever(path)

    def do_open_sample(self) -> None:
        """A fresh copy of the sample team, in the folder for documents."""
        from ui.sample import sample_path

        self.make_sample(sample_path())

    def make_sample(self, path: Path) -> None:
        """Make the sample team in the background and show it."""
        language = texts.language()

        def work(progress: Progress) -> Path:
            from models.book import Book
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

        self.jobs.run(tr(N_("Making the sample team…")), work, self._sample_made, self._failed)

    def _sample_made(self, path: Path) -> None:
        window = self.open_wherever(path)
        if isinstance(window, MainWindow):
            window.tour.offer()

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
            from ui.history import counted

            said = "  ·  ".join([info.reason, *counted(self.session.book.schema, info)])
        self.notices.say(said, change)

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

    def do_preferences(self) -> None:
        """Language, theme, size of text and the like; what is chosen holds at once."""
        from ui.dialogs.preferences import Preferences

        session = self.session
        dialog = Preferences(self.settings, self, session.book if session is not None else None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if session is not None:
            session.news.connect(dialog.heard)
        dialog.chosen.connect(self._prefer)
        dialog.open()

    def _prefer(self, id: str, value: str) -> None:
        match id:
            case "language":
                self.set_language(value)
            case "theme":
                self.set_theme(value)
            case "text_size":
                self.set_text_size(int(value))
            case "density":
                self.set_density(value)
            case "motion":
                self.set_motion(value)
            case "author":
                self.settings.author = value
                if self.session is not None:
                    self.session.call_author()
            case "backups":
                self.backups.on = value == "on"
            case _:
                self._prefer_else(id, value)

    def _prefer_else(self, id: str, value: str) -> None:
        """What holds for the whole book, or of what one is reminded."""
        from models.describe.book_settings import BOOK

        if not BOOK.has(id):
            self.settings.prefer_reminders(id, value)
            reminders.prefer()
        elif self.session is not None:
            self.session.set_book({id: value})

    def do_back(self) -> None:
        """Where a link led away from."""
        self.go_back()

    def do_reminders(self) -> None:
        """Show or hide which reminders are due."""
        if self.reminder_bar is not None and self.reminder_bar.isVisible():
            self.reminder_bar.hide()
            return
        self.show_reminders()
        assert self.reminder_bar is not None
        self.reminder_bar.enter()

    def show_reminders(self) -> None:
        """Show which reminders are due, below the page."""
        if self.reminder_bar is None:
            from ui.reminder_bar import ReminderBar

            self.reminder_bar = ReminderBar(self)
            self._below.insertWidget(0, self.reminder_bar)
        self.reminder_bar.bring()

    def do_help(self) -> None:
        """The help, at the page that fits what is worked with."""
        found = help_pages.fitting(_seen(self.focusWidget()))
        if found == help_pages.FIRST:  # the page in front knows more than the navigation
            found = help_pages.fitting(self._stack.currentWidget())
        self.help.show(found)

    def do_tour(self) -> None:
        """Show where things are, step by step."""
        if self.session is not None:
            self.tour.begin()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        super().retranslate()
        self.tour.retranslate()
        if self.reminder_bar is not None:
            self.reminder_bar.retranslate()

    def leave_book(self) -> None:
        """Back to the start page."""
        self.tour.end()
        if self.reminder_bar is not None:
            self.reminder_bar.hide()
        super().leave_book()

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
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr(N_("About Daybook")))
        box.setText(tr(N_("Daybook {version}"), version=QApplication.applicationVersion()))
        box.setInformativeText(
            tr(N_("The daily management of a small sales team, in one file on this computer."))
        )
        box.open()

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
            for one in books:
                self.open_wherever(one)
        elif self.session is None:
            self.notices.warn(tr(N_("Open or make a book first, then drop the spreadsheets.")))
        else:
            self._take_in(paths)

    def _take_in(self, paths: list[Path]) -> None:
        """Workbooks that were handed out are collected, other spreadsheets imported."""
        from models.workbooks.recognising import is_workbook

        back = [one for one in paths if is_workbook(one)]
        if back:
            self._returned().add(back)
        others = [one for one in paths if one not in back]
        if others:
            self.import_files(others)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was painted first; data is read after that."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, close the book, remember the window's shape; or wait for reminders, hidden."""
        if windows.may_wait(self):
            self.settings.keep_shape(self.place, self.saveGeometry())
            event.ignore()
            self.hide()
            return
        self.settings.keep_shape(self.place, self.saveGeometry())
        self.hide()  # what is backed up now keeps nobody waiting
        try:
            self.leave_book()
            self.help.leave()
        finally:  # whatever fails: no thread outlives its window
            self.jobs.stop()
            self.settings.save()
            windows.let_go(self)
        super().closeEvent(event)


def _seen(widget: QWidget | None) -> QWidget | None:
    return widget if widget is not None and widget.isVisible() else None


def _dropped(event: QDropEvent) -> list[Path]:
    files = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
    return [one for one in files if one.suffix.lower() in (*_SHEETS, BOOK_SUFFIX)]
