"""What all screens of one window share: the book, its news, the one way to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from models import opening
from models.book import Book, Notice
from models.door import Change
from models.journal.entries import Undone
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui.jobs import Jobs
from ui.settings import Settings

_LARGE = 2_000  # records of a change from which an undo runs in the background


def _nothing() -> None:
    pass


class Session(QObject):
    """An open book as screens see it. ``news`` arrives in the window's thread, whoever wrote."""

    news = Signal(object)
    refused = Signal(str)
    mended = Signal()  # what was declined is put right or given up
    said = Signal(str, int)  # a message; the change that it offers to undo, 0 for none
    details_turned = Signal()  # the record beside the list was hidden or shown again
    closing = Signal()  # nothing runs any more; whoever holds something of the book lets go

    def __init__(
        self, book: Book, jobs: Jobs, parent: QObject, settings: Settings | None = None
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.settings = settings or Settings()
        self.call_author()
        self.jobs = jobs
        # What a job does before anything large: it backs the book up, unless that is switched off.
        self.first: Callable[[], object] = _nothing
        jobs.leave = book.let_go
        book.hurry()
        book.subscribe(self._heard)

    def _heard(self, notice: Notice) -> None:
        self.news.emit(notice)

    def call_author(self) -> None:
        """Let the journal name who works here, from now on, as the person wants to be called."""
        self.book.author = self.settings.author or opening.user_name()

    def close(self) -> None:
        """Stop listening and close the book."""
        self.closing.emit()
        self.book.unsubscribe(self._heard)
        self.book.close()

    def attempt(self, reason: str, act: Callable[[Change], object]) -> tuple[int, Refused | None]:
        """Make one change: its number, or why it was declined."""
        try:
            with self.book.change(reason) as change:
                act(change)
        except Refused as refused:
            return 0, refused
        return change.no, None

    def write(
        self,
        reason: str,
        act: Callable[[Change], object],
        *,
        offer_undo: bool = False,
        more: str = "",
    ) -> bool:
        """Make one change; a refusal is said and gives False. ``more`` is said after the reason."""
        number, refused = self.attempt(reason, act)
        if refused is not None:
            self.refused.emit(str(refused))
            return False
        if offer_undo:
            self.said.emit(f"{reason}\n{more}" if more else reason, number)
        return True

    def set(self, entity: str, row: int, values: dict[str, Any]) -> Refused | None:
        """Set fields of one record, as typed; gives why it was declined, None when done."""

        def act(change: Change) -> None:
            change.set(entity, row, values)

        reason = tr(N_("Edit {record}"), record=self.book.label(entity, row))
        return self.attempt(reason, act)[1]

    def turn_details(self) -> None:
        """Hide the record beside the list, or show it again."""
        self.settings.details = not self.settings.details
        self.details_turned.emit()

    def undo(self, change: int | None = None) -> None:
        """Take a change back, the latest if none is named; what was kept is said."""
        self._turn(change, undo=True)

    def redo(self, change: int | None = None) -> None:
        """Bring an undone change back."""
        self._turn(change, undo=False)

    def _turn(self, number: int | None, *, undo: bool) -> None:
        book = self.book
        latest = book.can_undo() if undo else book.can_redo()
        found = latest if number is None else book.info(number)
        if found is not None and sum(found.counts.values()) > _LARGE:

            def work(progress: Progress) -> Undone:
                self.first()
                return book.undo(found.no) if undo else book.redo(found.no)

            text = N_("Taking back “{reason}”") if undo else N_("Bringing back “{reason}”")
            done = self._undone if undo else self._redone
            self.jobs.run(tr(text, reason=found.reason), work, done, self._failed)
            return
        try:
            result = book.undo(number) if undo else book.redo(number)
        except Refused as refused:
            self.refused.emit(str(refused))
            return
        (self._undone if undo else self._redone)(result)

    def _undone(self, done: Undone) -> None:
        self.said.emit(tr(N_("Taken back: {reason}"), reason=done.reason) + self._kept(done), 0)

    def _redone(self, done: Undone) -> None:
        self.said.emit(tr(N_("Done again: {reason}"), reason=done.reason) + self._kept(done), 0)

    def _kept(self, done: Undone) -> str:
        if not done.kept:
            return ""
        schema = self.book.schema
        named = []
        for one in done.kept[:5]:
            entity = schema.entity(one.entity)
            field = entity.field(one.field).text() if entity.has(one.field) else ""
            named.append(
                tr(N_("{field} of {record}"), field=field, record=one.label) if field else one.label
            )
        more = "…" if len(done.kept) > len(named) else ""
        return "\n" + ntr(
            "{n} value was changed since and is kept: {names}",
            "{n} values were changed since and are kept: {names}",
            len(done.kept),
            names=tr(N_(", ")).join(named) + more,
        )

    def _failed(self, error: Exception) -> None:
        self.refused.emit(str(error))
