"""What all screens of one window share: the book, its news, the one way to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import open_books
from ui.jobs import Jobs
from ui.settings import Settings

if TYPE_CHECKING:
    from models.book import Book, Notice
    from models.change import Change
    from models.journal.entries import Jumped, Kept, Undone

_LARGE = 2_000  # records of a change from which an undo runs in the background


def _nothing() -> None:
    pass


class Session(QObject):
    """An open book as screens see it. ``news`` arrives in the window's thread, whoever wrote."""

    news = Signal(object)
    writing = Signal(
        str
    )  # what is being written, in whichever thread or window; "" when it is done
    refused = Signal(str)
    mended = Signal()  # what was declined is put right or given up
    said = Signal(str, int)  # a message; the change that it offers to undo, 0 for none
    jumped = Signal(str, object)  # a message; the changes taken back at once, to be brought back
    record_wanted = Signal(str, int)  # a record is to be shown in its list
    issue_wanted = Signal(object)  # the people whose next workbook is to be made; [] asks for whom
    waiting_changed = Signal()  # other files wait in the watched folder
    watched_changed = Signal()  # another folder is watched, or none
    details_turned = Signal()  # the record beside the list was hidden or shown again
    tab_wanted = Signal(str, str)  # a page is to be shown, and a tab of it by its name
    closing = Signal()  # nothing runs any more; whoever holds something of the book lets go

    def __init__(
        self, book: Book, jobs: Jobs, parent: QObject, settings: Settings | None = None
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.settings = settings or Settings()
        self.details = self.settings.details  # each window its own, side by side they differ
        self.waiting_files: tuple[str, ...] = ()  # names of workbooks in the watched folder
        self.call_author()
        self.jobs = jobs
        # What a job does before anything large: it backs the book up, unless that is switched off.
        self.first: Callable[[], object] = _nothing
        jobs.leave = book.let_go
        book.hurry()
        book.subscribe(self._heard)
        book.watch_writing(self._written)
        self.shared = open_books.enter(self)  # with the other windows that show this book

    def _written(self, what: str) -> None:
        self.writing.emit(what)

    def _heard(self, notice: Notice) -> None:
        self.news.emit(notice)

    def call_author(self) -> None:
        """Let the journal name who works here, from now on, as the person wants to be called."""
        from models import opening

        self.book.author = self.settings.author or opening.user_name()

    def close(self) -> bool:
        """Stop listening; the last window closes the book. Gives whether it did.

        While other windows show the book, their jobs may be telling this session something just
        now: who closes it keeps it until they have ended.
        """
        self.closing.emit()
        self.book.unsubscribe(self._heard)
        self.book.unwatch_writing(self._written)
        return self.shared.leave(self)

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
    ) -> bool:
        """Make one change; a refusal is said and gives False."""
        number, refused = self.attempt(reason, act)
        if refused is not None:
            self.refused.emit(str(refused))
            return False
        if offer_undo:
            self.said.emit(reason, number)
        return True

    def set_book(self, values: dict[str, str]) -> bool:
        """Set what holds for the whole book, if it doesn't yet; a refusal is said and gives False."""
        fresh = {name: one for name, one in values.items() if self.book.setting(name) != one}
        if not fresh:
            return True

        def act(change: Change) -> None:
            change.set_book(fresh)

        from models.describe import book_settings

        return self.write(book_settings.told(fresh), act, offer_undo=True)

    def set(self, entity: str, row: int, values: dict[str, Any]) -> Refused | None:
        """Set fields of one record, as typed; gives why it was declined, None when done."""

        def act(change: Change) -> None:
            change.set(entity, row, values)

        reason = tr(N_("Edit {record}"), record=self.book.label(entity, row))
        return self.attempt(reason, act)[1]

    def turn_details(self) -> None:
        """Hide the record beside the list, or show it again."""
        self.details = self.settings.details = not self.details
        self.details_turned.emit()

    def undo(self, change: int | None = None) -> None:
        """Take a change back, the latest if none is named; what was kept is said."""
        self._turn(change, undo=True)

    def redo(self, change: int | None = None) -> None:
        """Bring an undone change back."""
        self._turn(change, undo=False)

    def back_to(self, change: int, told: str) -> None:
        """Take back every change that lives from one on, at once; ``told`` is what it was.

        Runs in the background; whoever stops it finds everything as it was.
        """
        book = self.book
        large = book.living_since(change)[1] > _LARGE

        def work(progress: Progress) -> Jumped:
            if large:
                self.first()
            return book.back_to(change, progress=progress)

        def done(found: Jumped) -> None:
            self._jumped(found, told)

        text = tr(N_("Going back to before “{reason}”"), reason=told)
        self.jobs.run(text, work, done, self._failed)

    def bring_back(self, changes: Sequence[int]) -> None:
        """Bring changes back that were taken back at once; those brought back meanwhile stay."""
        book = self.book

        def work(progress: Progress) -> Jumped:
            infos = (book.info(one) for one in changes)
            if sum(sum(one.counts.values()) for one in infos if one is not None) > _LARGE:
                self.first()
            return book.bring_back(changes, progress=progress)

        self.jobs.run(tr(N_("Bringing the changes back")), work, self._brought_back, self._failed)

    def _jumped(self, done: Jumped, told: str) -> None:
        n = len(done.targets)
        said = ntr(
            "Back to before “{reason}”: {n} change taken back.",
            "Back to before “{reason}”: {n} changes taken back.",
            n,
            reason=told,
        )
        if done.still_undone:
            said += "\n" + ntr(
                "{n} older change that was taken back since stays so.",
                "{n} older changes that were taken back since stay so.",
                done.still_undone,
            )
        self.jumped.emit(said + self._kept(done.kept), done.targets)

    def _brought_back(self, done: Jumped) -> None:
        n = len(done.targets)
        said = ntr("{n} change brought back.", "{n} changes brought back.", n)
        self.said.emit(said + self._kept(done.kept), 0)

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
        self.said.emit(
            tr(N_("Taken back: {reason}"), reason=done.reason) + self._kept(done.kept), 0
        )

    def _redone(self, done: Undone) -> None:
        self.said.emit(
            tr(N_("Done again: {reason}"), reason=done.reason) + self._kept(done.kept), 0
        )

    def _kept(self, kept: Sequence[Kept]) -> str:
        if not kept:
            return ""
        schema = self.book.schema
        named = []
        for one in kept[:5]:
            entity = schema.journaled(one.entity)
            field = entity.field(one.field).text() if entity.has(one.field) else ""
            named.append(
                tr(N_("{field} of {record}"), field=field, record=one.label) if field else one.label
            )
        more = "…" if len(kept) > len(named) else ""
        return "\n" + ntr(
            "{n} value was changed since and is kept: {names}",
            "{n} values were changed since and are kept: {names}",
            len(kept),
            names=tr(N_(", ")).join(named) + more,
        )

    def _failed(self, error: Exception) -> None:
        if str(error):  # who stopped it knows why
            self.refused.emit(str(error))
