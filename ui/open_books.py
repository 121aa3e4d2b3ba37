"""The books that the windows of this program show: each is opened once, however many show it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.book import Book
    from ui.session import Session


class OpenBook:
    """A book, the sessions of the windows that show it, and what they know of it together."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sessions: list[Session] = []
        self.backed_up = 0  # the change up to which it is known to be backed up
        self.told = False  # whether it was said that it can't be backed up

    @property
    def busy(self) -> bool:
        """Whether a job of any of its windows runs."""
        return any(one.jobs.busy for one in self.sessions)

    def leave(self, session: Session) -> bool:
        """One window less; whether it was the last one, with which the book is closed."""
        self.sessions.remove(session)
        if self.sessions:
            return False
        _open.remove(self)
        self.book.close()
        return True


_open: list[OpenBook] = []


def shown(path: Path) -> Book | None:
    """The book of a path, if a window of this program shows it."""
    return next((one.book for one in _open if one.book.lies_at(path)), None)


def enter(session: Session) -> OpenBook:
    """One window more shows the book of its session."""
    found = next((one for one in _open if one.book is session.book), None)
    if found is None:
        found = OpenBook(session.book)
        _open.append(found)
    found.sessions.append(session)
    return found
