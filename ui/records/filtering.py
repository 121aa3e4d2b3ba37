"""The filter of one list in all its forms, always in step: the typed line, chips, heading lists.

The line's text is what counts; chips and lists read it and write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.describe import conditions, filters
from models.describe.field import Entity
from models.describe.filters import All, Compare, Filter
from models.refusals import Refused
from ui.records.chips import ChipRow
from ui.records.funnels import Funnels

if TYPE_CHECKING:  # what only a filter needs is loaded with the first one, not with the window
    from models.distinct import Asked
    from ui.records.filter_builder import FilterBuilder
    from ui.records.list_frame import ListFrame

_REMEMBERED = 50  # filters to go back through


class Filtering(QObject):
    """Makes, changes and removes the conditions of a list."""

    decided = Signal()  # the filter was changed here, not by typing
    all_wanted = Signal()  # the records behind a number are no longer singled out

    def __init__(self, frame: ListFrame) -> None:
        super().__init__(frame)
        self._frame, self._line = frame, frame.filter
        self._before: list[str] = []
        self._now = ""
        self._going_back = False
        self.only = ""  # what the records behind a number are called
        self._parts: tuple[Filter, ...] = ()
        self.row = ChipRow(frame)
        self.funnels = Funnels(frame.grid, frame.grid.frozen)
        self.frozen_funnels = Funnels(frame.grid.frozen)  # of the columns that are kept in sight
        self._line.textChanged.connect(self.read)
        frame.model.modelReset.connect(self._show)
        frame.filter_button.clicked.connect(self.ask)
        self.row.opened.connect(self._open)
        self.row.removed.connect(self._remove)
        self.row.cleared.connect(self.clear)
        self.row.back_wanted.connect(self.back)
        self.row.left.connect(frame.grid.setFocus)
        self.funnels.wanted.connect(self.ask_column)
        self.frozen_funnels.wanted.connect(self.ask_column)
        frame.grid.list_wanted.connect(self.ask_column)

    @property
    def _entity(self) -> Entity:
        return self._frame.session.book.schema.entity(self._frame.entity)

    # -- reading the line ------------------------------------------------------------------------

    def read(self) -> None:
        """What the line says now; while it can't be read the chips stay as they are."""
        text = self._line.text().strip()
        if text != self._now:
            if not self._going_back:
                self._before = [*self._before, self._now][-_REMEMBERED:]
            self._now = text
        try:
            self._parts = conditions.conditions(filters.parse(text) if text else None)
        except Refused:
            return
        self._show()

    def _show(self) -> None:
        """Show chips and funnels as the filter is, in the language in force."""
        entity, schema = self._entity, self._frame.session.book.schema
        told = [self._told(one) for one in self._parts]
        self.row.show_sentences([*([self.only] if self.only else []), *told])
        asked = {conditions.about(one, entity, schema) for one in self._parts}
        fields = self._frame.model.fields
        filtered = {at for at, one in enumerate(fields) if one in asked}
        self.funnels.show_filtered(filtered)
        self.frozen_funnels.show_filtered(filtered)

    def _told(self, condition: Filter) -> str:
        from models.describe import sentences

        written = filters.text(condition)
        return sentences.shown(condition, self._entity, self._frame.session.book.schema, written)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._show()

    # -- writing it ------------------------------------------------------------------------------

    def _write(self, parts: Sequence[Filter]) -> None:
        self._line.setText(conditions.joined(parts))
        self._line.setCursorPosition(0)
        self.decided.emit()

    def narrow(self, wanted: Compare) -> None:
        """One more condition; what stood in the line and can't be read is replaced."""
        self._write([*(one for one in self._readable() if one != wanted), wanted])

    def _readable(self) -> tuple[Filter, ...]:
        try:
            text = self._line.text().strip()
            return conditions.conditions(filters.parse(text) if text else None)
        except Refused:
            return ()

    def show_only(self, title: str) -> None:
        """Tell that only the records behind a number are shown; with no title all are again."""
        self.only = title
        self.read()

    def clear(self) -> None:
        """No condition any more."""
        only = bool(self.only)
        self._write(())
        if only:
            self.all_wanted.emit()

    def back(self) -> None:
        """The filter as it was before it was changed last; into the list when there was none."""
        if not self._before:
            self._frame.grid.setFocus()
            return
        text = self._before.pop()
        self._going_back = True
        self._line.setText(text)
        self._going_back = False
        self.decided.emit()

    def _place(self, at: int) -> int:
        """The condition of a chip, -1 for the one that tells of records behind a number."""
        return at - 1 if self.only else at

    def _remove(self, at: int) -> None:
        place = self._place(at)
        if place < 0:
            self.all_wanted.emit()
        else:
            self._write([one for n, one in enumerate(self._parts) if n != place])

    # -- asking ----------------------------------------------------------------------------------

    def _asked(self, others: Sequence[Filter], own: Sequence[Filter]) -> Asked:
        from models.distinct import Asked

        model = self._frame.model
        parts = tuple(dict.fromkeys([*others, *own]))
        where: Filter | None = None
        if parts:
            where = parts[0] if len(parts) == 1 else All(parts)
        return Asked(where, self._frame.search.text(), model.deleted, model.only)

    def ask(self) -> None:
        """Make one more condition."""
        others = self._parts
        box = self._builder(others)
        box.ask_field(self._frame.model.fields)

        def made(found: Sequence[Filter]) -> None:
            self._write([*others, *found])

        box.made.connect(made)
        box.open_at(self._frame.filter_button)

    def _builder(self, others: Sequence[Filter]) -> FilterBuilder:
        from ui.records.filter_builder import FilterBuilder

        frame = self._frame

        def asked(own: Sequence[Filter]) -> Asked:
            return self._asked(others, own)

        return FilterBuilder(frame.window(), frame.session, frame.entity, asked)

    def _open(self, at: int) -> None:
        """Change a condition where its chip stands."""
        place = self._place(at)
        if place < 0:
            return
        parts = self._parts
        before, after = parts[:place], parts[place + 1 :]
        box = self._builder((*before, *after))
        box.ask_condition(parts[place])

        def made(found: Sequence[Filter]) -> None:
            self._write([*before, *found, *after])

        box.made.connect(made)
        box.open_at(self.row.chip(at))

    def ask_column(self, column: int) -> None:
        """Open the list of a column's values; the other conditions hold for it, its own don't."""
        from ui.records.header_list import HeaderList

        frame, entity = self._frame, self._entity
        schema = frame.session.book.schema
        path = frame.model.fields[column]
        mine = [one for one in self._parts if conditions.about(one, entity, schema) == path]
        others = [one for one in self._parts if one not in mine]
        own = (mine[0] if len(mine) == 1 else All(tuple(mine))) if mine else None

        def asked(wanted: Sequence[Filter]) -> Asked:
            return self._asked(others, wanted)

        def made(found: Sequence[Filter]) -> None:
            self._write([*others, *found])

        def sort(down: bool) -> None:
            frame.layout_.sort([(path, down)])

        box = HeaderList(frame.window(), frame.session, frame.entity, path, own, asked)
        box.made.connect(made)
        box.sort_wanted.connect(sort)
        frame.grid.scrollTo(frame.model.index(max(frame.grid.currentIndex().row(), 0), column))
        kept = self.frozen_funnels.shows(column) and column in frame.grid.frozen.columns
        funnels = self.frozen_funnels if kept else self.funnels
        box.open_at(funnels.viewport, funnels.place(column))
