"""A window that shows a book: opening and closing it, its pages, what can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.refusals import Refused
from models.texts import N_, tr
from ui import open_books, reminders, windows
from ui.automatic_backups import AutomaticBackups
from ui.commands import RECORD, Command
from ui.frame import Frame
from ui.navigation import PAGES, home_of, make_page
from ui.session import Session
from ui.settings import Settings
from ui.trail import Trail, stand_in

if TYPE_CHECKING:
    from models.book import Book, Notice
    from models.finding import Found
    from ui.palette import Palette
    from ui.records.record_page import RecordPage

_POLL = 1000  # ms between looks at what other programs wrote


class BookWindow(Frame):
    """A frame around at most one book."""

    book_shown = Signal()
    import_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.session: Session | None = None
        self.by_itself = True  # whether what a day brings is written without being asked
        self.backups = AutomaticBackups(self.jobs, self.settings, self)
        self.backups.said.connect(self.notices.say)
        self.backups.restored.connect(self.open_book)
        self._pages: dict[str, QWidget] = {}
        self._palette: Palette | None = None
        self.trail = Trail()
        self.navigation.chosen.connect(self.show_page)
        self.notices.undo.connect(self._undo)
        self.notices.bring_back.connect(self._bring_back)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL)
        self._poll.timeout.connect(self._look)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        super().retranslate()
        self._say_title()
        for shown in [*self._pages.values(), self._dock.widget()]:
            again = getattr(shown, "retranslate", None)
            if again is not None:
                again()
        self._say_undo()

    def open_book(self, path: Path) -> bool:
        """Show a book in this window; a refusal is said and leaves the window as it was."""
        if self.session is not None and self.session.book.lies_at(path):
            return True
        book = self.read_book(path)
        if book is None:
            return False
        self.leave_book()
        self.show_book(book)
        return True

    def read_book(self, path: Path) -> Book | None:
        """A book to be shown, the open one if a window shows it already; a refusal is said."""
        try:
            from models.book import Book  # when the window stands already

            return open_books.shown(path) or Book.open(path)
        except Refused as refused:
            self.notices.warn(str(refused))
            self.backups.offer(self, path, refused)
            return None

    def show_book(self, book: Book, page: str = "") -> None:
        """Show an open book at a page, else at the one where it was left.

        The last window that shows it closes it.
        """
        session = Session(book, self.jobs, self, self.settings)
        self.session = session
        session.news.connect(self._heard)
        session.writing.connect(self._status.say_writing)
        session.refused.connect(self.notices.warn)
        session.said.connect(self.notices.say)
        session.jumped.connect(self.notices.offer_back)
        session.tab_wanted.connect(self.open_tab)
        session.mended.connect(self.notices.mend)
        session.details_turned.connect(self._say_details)
        session.record_wanted.connect(self.open_record)
        session.issue_wanted.connect(self._issue)
        self.backups.watch(session)
        if self.by_itself:
            from ui.day_clock import DayClock  # when the window stands already

            DayClock(session)
            if self.settings.workbook_folder(book.id) is not None:
                from ui.workbook_watch import Watch

                Watch.of(session)
        reminders.entered(session)
        self._say_details()
        from ui.history import HistoryPane  # when the window stands already: it is quicker there

        self._dock.setWidget(HistoryPane(session, self._dock))
        self.settings.remember(book.path)
        self._poll.start()
        self._book_changed()
        self.navigation.setCurrentRow(-1)
        left = page or self.settings.page_of(book.id)
        known = [one.id for one in PAGES]
        self.navigation.choose(left if left in known else known[0])
        if len(session.shared.sessions) == 1 and (notes := book.notes()):
            self.notices.say(" ".join(notes))
        self.restore_history()
        self.book_shown.emit()
        windows.everywhere(BookWindow._say_title)

    def leave_book(self) -> None:
        """Back to the start page; the last window that shows the book closes it."""
        if self.session is None:
            return
        self.keep_history()
        # First: whatever page is taken out, the one behind it would be shown and read the book.
        self._stack.setCurrentWidget(self.start_page)
        self.jobs.stop()
        self._poll.stop()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.trail.forget()
        pane = self._dock.widget()
        if pane is not None:
            self._dock.setWidget(None)  # type: ignore[arg-type]
            pane.deleteLater()
        self._dock.hide()
        closed = self.session.close()
        self.backups.leave(closed=closed)
        if closed:
            self.session.deleteLater()
        self.session = None
        self.start_page.retranslate()
        self.notices.hide()
        self._book_changed()
        windows.everywhere(BookWindow._say_title)

    def _book_changed(self) -> None:
        book = self.session is not None
        self.navigation.setVisible(book)
        for action in self._to_pages:
            action.setEnabled(book)
        self._status.show_book(self.session.book.path if self.session is not None else None)
        self._say_title()
        self._say_undo()
        if self._palette is not None:
            self._palette.use(*self._sought())

    def _say_title(self) -> None:
        name = tr(N_("Daybook"))
        if self.session is not None:
            name = f"{self.shown_text()} — {name}"
        self.setWindowTitle(name)

    def shown_text(self) -> str:
        """The book and the page that are shown; a number tells windows of one book apart."""
        if self.session is None:
            return tr(N_("Start page"))
        sessions = self.session.shared.sessions
        name = self.session.book.path.stem
        if len(sessions) > 1:
            name += f" ({sessions.index(self.session) + 1})"
        page = next((tr(one.text) for one in PAGES if one.id == self.page_id), "")
        return tr(N_("{book} · {page}"), book=name, page=page) if page else name

    @property
    def page_id(self) -> str:
        """The page in front, "" for the start page."""
        front = self._stack.currentWidget()
        return next((id for id, page in self._pages.items() if page is front), "")

    def _say_details(self) -> None:
        self.actions_["details"].setChecked(self.session is not None and self.session.details)

    def _heard(self, notice: Notice) -> None:
        self._say_undo()

    def _say_undo(self) -> None:
        undo = self.session.book.can_undo() if self.session is not None else None
        redo = self.session.book.can_redo() if self.session is not None else None
        off = {"undo": undo is None, "redo": redo is None}
        listed = self.records is not None
        self.actions_.enable(book=self.session is not None, listed=listed, off=off)
        for id, found, text, named in (
            ("undo", undo, N_("Undo"), N_("Undo: {reason}")),
            ("redo", redo, N_("Redo"), N_("Redo: {reason}")),
        ):
            said = tr(named, reason=found.reason.replace("&", "&&")) if found else tr(text)
            self.actions_[id].setText(said)

    def _look(self) -> None:
        if self.session is not None and not self.jobs.busy:
            self.session.book.poll()

    def _undo(self, change: int) -> None:
        if self.session is not None:
            self.session.undo(change)

    def _bring_back(self, changes: tuple[int, ...]) -> None:
        if self.session is not None:
            self.session.bring_back(changes)

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
                ("import_wanted", self.import_wanted),
                ("turned", self._say_undo),
            ):
                signal = getattr(page, name, None)
                if signal is not None:
                    signal.connect(slot)
        self._status.say_selection("")
        self._stack.setCurrentWidget(self._pages[id])
        self.settings.keep_page(self.session.book.id, id)
        self._say_title()
        self._say_undo()
        if self._palette is not None:
            self._palette.leave()

    def page(self, id: str) -> Any:
        """A page, in front."""
        self.navigation.choose(id)
        return self._pages[id]

    def _leave(self) -> None:
        """A link leads elsewhere: from here."""
        for id, page in self._pages.items():
            if page is self._stack.currentWidget():
                self.trail.leave(id, page)

    def go_back(self) -> None:
        """To where the last link led away from."""
        place = self.trail.back()
        if place is not None and self.session is not None:
            stand_in(place, self.page(place.page))

    def show_records(self, title: str, records: dict[str, Sequence[int]]) -> None:
        """Show the records behind a number, on the page that lists them."""
        home = next((one for one in map(home_of, records) if one is not None), None)
        if home is not None:
            self._leave()
            self.page(home.id).show_only(title, records)

    def _issue(self, people: Sequence[int]) -> None:
        """Ask to whom workbooks go out, beginning with some people."""
        if self.session is not None:
            from ui.dialogs.issue_workbooks import open_issue

            open_issue(self.session, self, people)

    def open_record(self, entity: str, row: int) -> None:
        """Show one record in its list, with its details beside it."""
        home = home_of(entity)
        if self.session is None or home is None:
            return
        if not self.session.book.ids(entity, among=[row]):
            self.notices.warn(tr(N_("This record has been removed meanwhile.")))
            return
        self._leave()
        self.page(home.id).list_of(entity).bring(row)

    def open_tab(self, page: str, tab: str) -> None:
        """Show a page with one of its tabs in front, by the tab's name or the entity of its list."""
        if self.session is not None:
            self.show_page(page)
            self.page(page).list_of(tab)

    # -- the palette -----------------------------------------------------------------------------

    def do_palette(self) -> None:
        """Find any action, page or record by typing."""
        if self._palette is None:
            from ui.palette import Palette

            self._palette = Palette(self, self.jobs, self._command_list, self._record_command)
            self._palette.use(*self._sought())
        self._palette.turn()

    def _sought(self) -> tuple[Book | None, list[str]]:
        book = self.session.book if self.session is not None else None
        return book, [entity for page in PAGES for entity in page.entities]

    def _command_list(self) -> list[Command]:
        return [*self.commands(), *self._view_commands()]

    def _view_commands(self) -> Iterator[Command]:
        """Every saved view of a list that has a page."""
        if self.session is None:
            return
        from models.views import saved

        for one in saved.views(self.session.book):
            home = home_of(one.entity)
            if home is not None:
                text = tr(N_("Go to view {name}"), name=one.title)
                kind = self.session.book.schema.entity(one.entity).plural_text()
                go = partial(self.open_view, one.entity, one.id)
                yield Command(
                    ("view", str(one.id)), text, kind, go, icon=home.id, sources=(one.title,)
                )

    def open_view(self, entity: str, id: int) -> None:
        """Show a list as a saved view shows it."""
        home = home_of(entity)
        if home is None:
            return
        view = self.page(home.id).list_of(entity).list_view
        found = next((one for one in view.there if one.id == id), None)
        if found is None:
            self.notices.warn(tr(N_("This view has been deleted meanwhile.")))
        else:
            view.choose(found)

    def _record_command(self, found: Found) -> Command:
        assert self.session is not None
        kind = self.session.book.schema.entity(found.entity).text()
        more = found.more if found.more != found.label else ""
        home = home_of(found.entity)
        return Command(
            (RECORD, found.entity, str(found.row)),
            found.label,
            "  ·  ".join(one for one in (more, kind) if one),
            partial(self.open_record, found.entity, found.row),
            icon=home.id if home is not None else "",
        )

    @property
    def page_in_front(self) -> QWidget | None:
        """What fills the middle of the window now."""
        return self._stack.currentWidget()

    @property
    def records(self) -> RecordPage | None:
        """The list in front, if a list is."""
        page = self._stack.currentWidget()
        return getattr(page, "current", None)

    @property
    def customer(self) -> int:
        """The customer of the record that is selected on the list in front; 0 for none."""
        page = self.records
        return page.linked("customer", ("customer",)) if page is not None else 0

    @property
    def person(self) -> int:
        """The salesperson of the record that is selected on the list in front; 0 for none."""
        page = self.records
        if page is not None:
            return page.linked("salesperson", ("person", "owner"))
        people = getattr(self.page_in_front, "people", None)  # those whose work is chosen there
        return getattr(people, "person", None) or 0
