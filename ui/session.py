"""What all screens of one window share: the book, its news, the one way to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.book import Book, Notice
from models.refusals import Refused
from models.texts import N_, tr
from ui.jobs import Jobs


class Session(QObject):
    """An open book as screens see it. ``news`` arrives in the window's thread, whoever wrote."""

    news = Signal(object)
    refused = Signal(str)
    said = Signal(str, bool)  # a message; whether it can be undone

    def __init__(self, book: Book, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.book = book
        self.jobs = jobs
        book.subscribe(self._heard)

    def _heard(self, notice: Notice) -> None:
        self.news.emit(notice)

    def close(self) -> None:
        """Stop listening and close the book."""
        self.book.unsubscribe(self._heard)
        self.book.close()

    def write(self, reason: str, act: Callable[[Any], Any], *, offer_undo: bool = False) -> bool:
        """Make one change; a refusal is said and gives False."""
        try:
            with self.book.change(reason) as change:
                act(change)
        except Refused as refused:
            self.refused.emit(str(refused))
            return False
        if offer_undo:
            self.said.emit(reason, True)
        return True

    def set(self, entity: str, row: int, values: dict[str, Any]) -> bool:
        """Set fields of one record, as typed."""

        def act(change: Any) -> None:
            change.set(entity, row, values)

        return self.write(tr(N_("Edit {record}"), record=self.book.label(entity, row)), act)
