"""A window among others: of one book or of several; where it stands, how it comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint

from ui import parts, windows
from ui.book_window import BookWindow
from ui.window_menu import WindowMenu

_BESIDE = QPoint(32, 32)  # from one window to the next


class SiblingWindow(BookWindow):
    """A window that knows of the others."""

    goes_when_closed = False  # whether nobody keeps it any longer than the program shows it
    place = ""  # the name under which its place on the screen is remembered

    def join(self) -> None:
        """One window more, at the place where it was left."""
        self.place = windows.place_of(self)
        self.restoreGeometry(self.settings.shape(self.place))
        windows.hold(self)
        self._windows = WindowMenu(self.actions_.menus["window"], self)

    def open_wherever(self, path: Path) -> SiblingWindow | None:
        """Bring a book to the front where it is shown; else show it here, if no book is here, or in
        a window of its own. Gives that window, None when the book can't be opened, which is said."""
        window = windows.showing(path)
        if window is None:
            book = self.read_book(path)
            if book is None:
                return None
            window = self.free_window()
            window.show_book(book)
        windows.raise_up(window)
        return window

    def free_window(self) -> SiblingWindow:
        """A window that shows no book: this one or a new one."""
        return self if self.session is None else self.another()

    def another(self) -> SiblingWindow:
        """One more window, where it was left or a little beside this one."""
        made = type(self)(self.settings)
        made.goes_when_closed = True
        if self.backups.never:
            made.backups.off()
        if made.settings.shape(made.place).isEmpty():
            made.resize(self.size())
            made.move(self.pos() + _BESIDE)
        made.show()
        return made

    def do_new_window(self) -> None:
        """One more window on what is shown here."""
        made = self.another()
        if self.session is not None:
            made.show_book(self.session.book, self.page_id)
        windows.raise_up(made)

    def show_reminders(self) -> None:
        """Show which reminders are due, below the page."""

    def do_minimize(self) -> None:
        """Put the window into the task bar."""
        self.showMinimized()

    def do_close_window(self) -> None:
        """Close this window; the program ends with the last one."""
        self.close()

    def do_next_part(self) -> None:
        """With the keyboard from one part of the window to the next."""
        parts.step(self, 1)

    def do_part_before(self) -> None:
        """The other way round."""
        parts.step(self, -1)

    def do_close_book(self) -> None:
        """Back to the start page, or away with the window where another one is open."""
        if windows.others(self):
            self.close()
        else:
            self.leave_book()

    def do_quit(self) -> None:
        """Close every window; the program ends with the last one, and begins again with these."""
        shown = [
            (one.session.book.path, one.page_id)
            for one in [*windows.opened(), *windows.waiting()]
            if one.session is not None
        ]
        if not self.backups.never:  # a demonstration is not come back to
            self.settings.leave_open(shown)
        windows.close_all()

    def show_again(self, books: Sequence[tuple[Path, str]]) -> None:
        """Show books that were left open, each at its page, in this window and in others."""
        for path, page in books:
            book = self.read_book(path)
            if book is not None:
                self.free_window().show_book(book, page)
