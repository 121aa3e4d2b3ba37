"""A page of records: what its parts do; pages derive from it and say what they show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QWidget,
)

from models.book import Notice
from models.describe.book_settings import BOOK
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files
from ui.phone_acts import PhoneOffers
from ui.printing.list_printing import ListPrinting
from ui.records.list_acts import ListActs
from ui.records.own_columns import OwnColumns
from ui.session import Session

_TYPING = 120  # ms after the last key before a search begins


class RecordPage(OwnColumns):
    """One entity's records."""

    import_wanted = Signal()
    selection_said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stale, self._fitted, self._asked = True, False, False
        self._first_wanted = self._entering = False
        self._arranged: list[str] = []  # the columns that were given their widths
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self.printing = ListPrinting(self)
        self._acts = ListActs(session, self.grid, self.model, self)
        PhoneOffers(self.menus, self._acts)
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        self._fitted = False
        if self.isVisible():
            self._loaded()
            self.grid.say_selection()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.filter.textChanged.connect(self._typed)
        self._timer.timeout.connect(self.reload)
        self.model.loaded.connect(self._loaded)
        self.model.refused.connect(self._not_understood)
        self.model.stopped.connect(self._stopped)
        self.grid.picked.connect(self.detail.show_record)
        self.grid.selection_said.connect(self.selection_said)
        self.grid.sort_wanted.connect(self.layout_.sort)
        self.model.totals_said.connect(self._room_for_totals)
        self.totals.asked.connect(self.list_view.total)
        self.layout_.sorted_.connect(self._sorted)
        self.menus.filter_wanted.connect(self.filtering.narrow)
        self.menus.list_wanted.connect(self.filtering.ask_column)
        self.menus.remove_wanted.connect(self.remove)
        self.menus.edit_wanted.connect(self._acts.edit_many)
        self.menus.series_wanted.connect(self._acts.fill_series)
        self.menus.change_wanted.connect(self.change_column)
        self.menus.drop_wanted.connect(self.drop_column)
        self.grid.formula_wanted.connect(self._formula_asked)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.ask_export)
        self.column_button.clicked.connect(self.add_column)
        self.bin_button.toggled.connect(self._bin)
        self.filtering.all_wanted.connect(self._show_all)
        self.filtering.decided.connect(self._decided)
        self.empty.wanted.connect(self._help)
        self.session.news.connect(self._heard)

    def showEvent(self, event: QShowEvent) -> None:
        """A page that went stale while hidden is read again."""
        super().showEvent(event)
        if self._stale:
            self.reload()
        elif not self._fitted:
            self._loaded()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go from search and filter into the list, Escape empties them."""
        line = next((one for one in (self.search, self.filter) if one.hasFocus()), None)
        if line is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.grid.setFocus()
            if self._timer.isActive():  # a large book answers later
                self._timer.stop()
                self._entering = True
                self.reload()
            else:
                self.grid.enter()
        elif event.key() == Qt.Key.Key_Escape and line.text():
            line.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.grid.setFocus()
        else:
            super().keyPressEvent(event)

    def _heard(self, notice: Notice) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if BOOK.id in notice.touched:  # a filter by quarter or week means other days now
            self.reload()
            return
        first = not self.model.rowCount() and self.entity in notice.touched
        if first or "custom_field" in notice.touched:
            self.model.fields = self._kept_fields()
            self._fitted = False
        self.model.heard(notice)
        self.detail.heard(notice)
        if not self.model.rowCount():
            self.detail.show_record(0)
        self._say_count()

    def _kept_fields(self) -> list[str]:
        now = self._fields()
        if not self.model.rowCount():
            return now  # the first records say which columns matter
        kept = [one for one in self.model.fields if one in now or ("." in one and self._there(one))]
        return [*kept, *(one for one in now if one not in kept)]

    def _typed(self) -> None:
        self._timer.start()

    def _decided(self) -> None:
        self._timer.stop()
        self.reload()

    def refit(self) -> None:
        """Give the columns their widths again when they are read next."""
        self._fitted = False

    def reload(self) -> None:
        """Read again under the search and the filter; a filter that can't be read is said."""
        from models.refusals import Refused

        self._stale, self._asked = False, True
        self.wrong.hide()
        self.model.fields = self._kept_fields()
        self.model.search = self.search.text()
        self.model.where = self.filter.text().strip()
        try:
            self.model.load()
        except Refused as refused:
            self._not_understood(str(refused))

    def _not_understood(self, message: str) -> None:
        self.wrong.setText(message)
        self.wrong.show()

    def _stopped(self) -> None:
        """The list is as it was, and so is what it is asked."""
        self._asked = self._first_wanted = self._entering = False
        for line, text in ((self.search, self.model.search), (self.filter, self.model.where)):
            with QSignalBlocker(line):
                line.setText(text)
        self.bin_button.setChecked(self.model.deleted)
        self.filtering.show_only("" if self.model.only is None else self.filtering.only)
        self._stale = not self.model.rowCount()

    def _loaded(self) -> None:
        if (not self._fitted or self._arranged != self.model.fields) and self.model.rowCount():
            self._fitted = True
            self._fit()
        if self.detail.id and not self.grid.pick(self.detail.id):
            self.detail.show_record(0)
        if self._first_wanted or (self._asked and not self.detail.id):
            self.grid.scrollToTop()  # another order or question is read from its beginning
        self._asked = self._first_wanted = False
        if self._entering and self.grid.hasFocus():
            self.grid.enter()
        self._entering = False
        self._say_count()

    def _sorted(self) -> None:
        self._first_wanted = True

    def _fit(self) -> None:
        self._arranged = list(self.model.fields)
        for column in range(self.model.columnCount()):
            self.layout_.measured(column, self.grid.asked_width(column))
        self.layout_.apply()

    def _room_for_totals(self) -> None:
        """A total is read whole, unless the person chose how wide its column is."""
        for name, _ in self.model.asked:
            if name in self.model.fields and name not in self.layout_.widths:
                column = self.model.fields.index(name)
                wanted = self.grid.asked_width(column)
                if wanted > self.grid.columnWidth(column) > 0:
                    self.layout_.measured(column, wanted)

    def _say_count(self) -> None:
        n = len(self.model.ids)
        said = ntr("{n} record", "{n} records", n)
        if self._narrowed() and not self.wrong.isVisible():
            every = self.session.book.count(self.entity, None, self.model.deleted)
            said = tr(N_("{n} of {all}"), n=f"{n:,}", all=ntr("{n} record", "{n} records", every))
        self.count.setText(said)
        self.grid.setVisible(n > 0)
        self.totals.setVisible(n > 0 and bool(self.model.asked))
        self.empty.setVisible(n == 0)
        if self.bin_button.isChecked():
            self.empty.say(tr(N_("The recycle bin is empty.")))
        elif self._narrowed():
            text = tr(N_("Nothing matches. Clear the search or the filter."))
            self.empty.say(text, tr(N_("Show all")))
        else:
            text = tr(
                N_("Nothing here yet. Drop a spreadsheet onto the window, or add the first one.")
            )
            self.empty.say(text, tr(N_("Import spreadsheets…")))

    def _narrowed(self) -> bool:
        return bool(self.search.text() or self.filter.text()) or self.model.only is not None

    def _help(self) -> None:
        if self._narrowed():
            self.show_all()
        else:
            self.import_wanted.emit()

    def linked(self, entity: str, links: Sequence[str]) -> int:
        """The selected record, if it is of that kind, else the one that it links to; 0 for none."""
        at = self.grid.currentIndex()
        if not at.isValid():
            return 0
        row = self.model.id_at(at.row())
        if self.entity == entity:
            return row
        kind = self.session.book.schema.entity(self.entity)
        name = next((one for one in links if kind.has(one)), "")
        link = self.session.book.rows(self.entity, [row], [name])[0][0] if name else None
        return link.id if link is not None else 0

    # -- what the buttons do ---------------------------------------------------------------------

    def add(self) -> None:
        """A new record, asked for by what it must have; of linked ones where those are worked in."""
        related = self.detail.related_in_focus()
        if related is not None:
            related.add()
            return
        from ui.dialogs.new_record import NewRecord

        dialog = NewRecord(self.session, self.entity, self, self.columns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, id: int) -> None:
        self.pick(id)
        at = self.grid.currentIndex()
        if at.isValid():  # what comes next is read and typed from the first column on
            first = self.grid.fields_shown()[0]
            self.grid.setCurrentIndex(at.siblingAtColumn(self.model.fields.index(first)))

    @property
    def acts(self) -> ListActs:
        """What can be done with the list that is worked in: this one, or one of linked records."""
        related = self.detail.related_in_focus()
        return related.acts if related is not None else self._acts

    def replace(self) -> None:
        """Find and replace in the selected cells, or in all that are shown."""
        self.acts.replace()

    def remove(self) -> None:
        """Move the selected rows to the recycle bin, or bring them back from it."""
        acts = self.acts
        acts.remove(back=acts is self._acts and self.bin_button.isChecked())

    def ask_export(self) -> None:
        """Ask where to, and write exactly what is seen."""
        kinds = tr(N_("Workbook")) + " (*.xlsx);;" + tr(N_("Text")) + " (*.csv)"
        name = self.title.text() + ".xlsx"
        path = files.ask_save(self, tr(N_("Export…")), name, kinds)
        if path is not None:
            self.export_to(path)

    def ask_for_editing(self) -> None:
        """Hand out what is seen as a workbook that comes back and is merged."""
        from ui.records import for_editing

        for_editing.ask(self)

    def export_to(self, path: Path) -> None:
        """Write the shown rows and columns to a sheet."""
        book, entity = self.session.book, self.entity
        seen = self.list_view.seen()

        def work(progress: Progress) -> str:
            from models.sheets import leaving, view_sheets

            view_sheets.export(book, path, entity, seen, progress)
            told = leaving.notes(book, [(entity, seen.arranged.ids)], named=True)
            return "\n".join([tr(N_("Written: {file}"), file=path.name), *told])

        text = tr(N_("Writing {file}"), file=path.name)
        self.session.jobs.run(text, work, self._exported, self._failed)

    def _exported(self, said: str) -> None:
        self.session.said.emit(said, 0)

    def _failed(self, error: Exception) -> None:
        if str(error):
            self.session.refused.emit(str(error))

    def ask_print(self) -> None:
        """Print the list as it is seen."""
        self.printing.ask_print()

    def ask_pdf(self) -> None:
        """Save the list as it is seen as a PDF."""
        self.printing.ask_pdf()

    def said_of_questions(self) -> list[str]:
        """What the list is narrowed to besides its filter, in words."""
        said = []
        if self.bin_button.isChecked():
            said.append(tr(N_("Recycle bin")))
        if self.model.only is not None:
            said.append(self.filtering.only)
        if self.model.search:
            said.append(tr(N_("Only what is found by “{text}”"), text=self.model.search))
        return said

    def _bin(self, on: bool) -> None:
        self.model.deleted = self.detail.only_read = on
        for button in (self.add_button, self.import_button, self.column_button):
            button.setEnabled(not on)
        self.retranslate()
        self.reload()

    # -- what others ask of it -------------------------------------------------------------------

    def pick(self, id: int) -> None:
        """Select a record."""
        if self._stale:
            self.reload()
        self.model.reveal(id)
        self.detail.show_record(id)
        self.grid.pick(id)

    def bring(self, id: int) -> None:
        """Select a record and go to it, whatever the list is narrowed to."""
        self.bin_button.setChecked(False)
        self.pick(id)
        if self.model.row_of(id) < 0 and self._narrowed():
            self.show_all()
            self.pick(id)
        self.grid.setFocus()

    def show_only(self, title: str, ids: Sequence[int]) -> None:
        """Show these records, as those behind a number, until the person asks for all."""
        self.model.only = ids
        self._clear_questions()
        self.filtering.show_only(title)
        self.reload()

    def show_all(self) -> None:
        """Show every record again: no search, no filter, not only those behind a number."""
        self._clear_questions()
        self._show_all()

    def _clear_questions(self) -> None:
        for line in (self.search, self.filter):
            with QSignalBlocker(line):
                line.clear()

    def _show_all(self) -> None:
        self.model.only = None
        self.filtering.show_only("")
        self.reload()
