"""Pasting into a list: over the records from the current one on, and new ones for what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QTableView

from models import pasting
from models.pasting import Cell, Declined, Line, Outcome
from models.progress import Progress
from models.refusals import Place, Refused
from models.texts import N_, ntr, tr
from ui.records import clipboard
from ui.records.sheet_keys import between, shown_columns
from ui.records.table_model import RecordTableModel
from ui.session import Session

_ASK = 20  # new records from which the person is asked first
_LONG = 1_000  # lines from which the work is done in the background
_LARGE = 2_000  # records from which the book is backed up before
_MOST = 400_000  # cells of one paste; more belong into an import
_NAMED = 3  # declined cells that the message names; all are marked


@dataclass(frozen=True)
class _Laid:
    """A block, laid over the list: what it writes, and what has no place there."""

    lines: list[Line]
    lost: int = 0  # filled cells without a column
    unknown: tuple[str, ...] = ()  # names of columns that are not known here

    @property
    def fresh(self) -> list[Line]:
        return [one for one in self.lines if not one.id]


class Pasting(QObject):
    """Takes blocks from the clipboard into one list."""

    def __init__(self, session: Session, model: RecordTableModel, view: QTableView) -> None:
        super().__init__(view)
        self._session, self._model, self._view = session, model, view

    def over(self, at: QModelIndex) -> None:
        """Paste from a cell on; lines beyond the last record become new ones."""
        self._paste(at.row(), at.column())

    def as_new(self) -> None:
        """Paste every line as a new record, from the current column on."""
        seen = shown_columns(self._view)
        at = self._view.currentIndex()
        column = at.column() if at.isValid() and at.column() in seen else seen[0]
        self._paste(self._model.rowCount(), column)

    def _paste(self, row: int, column: int) -> None:
        block = clipboard.block()
        if not block or self._model.deleted:
            return
        count = sum(map(len, block))
        if count > _MOST:
            text = N_("{n} cells are too many to paste. Save them as a file and import it.")
            self._session.refused.emit(tr(text, n=f"{count:,}"))
            return
        laid = self._lay(block, row, column)
        if not laid.fresh:
            self._write(laid)
            return
        entity, book = self._model.entity, self._session.book

        def work(progress: Progress) -> list[Declined]:
            return pasting.check(book, entity, laid.fresh, progress)

        def done(lacking: list[Declined]) -> None:
            self._checked(laid, lacking)

        self._run(len(laid.lines), tr(N_("Reading what was copied")), work, done)

    # -- what goes where -------------------------------------------------------------------------

    def _lay(self, block: Sequence[Sequence[Cell]], row: int, column: int) -> _Laid:
        entity = self._session.book.schema.entity(self._model.entity)
        seen = shown_columns(self._view)
        here = self._model.fields[column]
        named = pasting.heads(entity, block, here)
        first = 0 if named is None else 1
        if named is None:
            shown = [self._model.fields[one] for one in seen[seen.index(column) :]]
            named = ["" if "." in one else one for one in shown]
        unknown = tuple(
            cell.text.strip()
            for cell, name in zip(block[0], named, strict=False)
            if first and not name and cell.text.strip()
        )
        lines, lost, place = [], 0, row - 1
        for number, texts in enumerate(block[first:], first + 1):
            place = self._model.next_record(place + 1)
            known = place < self._model.rowCount()
            cells = {name: one for name, one in zip(named, texts, strict=False) if name}
            if not first:
                placed = [name != "" for name in named] + [False] * len(texts)
                lost += sum(
                    not has and bool(one.text.strip())
                    for has, one in zip(placed, texts, strict=False)
                )
            if cells and (known or any(one.text.strip() for one in cells.values())):
                if not known:
                    cells = {name: Cell(text) for name, text in self._model.given.items()} | cells
                lines.append(Line(number, self._model.id_at(place) if known else 0, cells))
        return _Laid(lines, lost, unknown)

    # -- asking and writing ----------------------------------------------------------------------

    def _run(
        self,
        lines: int,
        text: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
    ) -> None:
        if lines >= _LONG:
            self._session.jobs.run(text, work, done, self._failed)
            return
        try:
            result = work(Progress())
        except Refused as refused:
            self._failed(refused)
        else:
            done(result)

    def _failed(self, error: Exception) -> None:
        if str(error):  # who stopped it knows why
            self._session.refused.emit(str(error))

    def _checked(self, laid: _Laid, lacking: list[Declined]) -> None:
        left = {one.line for one in lacking}
        fit = _Laid([one for one in laid.lines if one.number not in left], laid.lost, laid.unknown)
        if not lacking and len(fit.fresh) <= _ASK:
            self._write(fit)
            return
        from ui.dialogs.paste_review import PasteReview

        dialog = PasteReview(fit.lines, lacking, self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def accepted() -> None:
            self._write(fit, lacking)

        dialog.accepted.connect(accepted)
        dialog.open()

    def _write(self, laid: _Laid, lacking: Sequence[Declined] = ()) -> None:
        if not laid.lines:
            if more := self._not_placed(laid, lacking):
                self._session.refused.emit("\n".join(more))
            return
        book, entity, fresh = self._session.book, self._model.entity, len(laid.fresh)
        cells = sum(len(one.cells) for one in laid.lines)
        reason = ntr("Paste {n} cell", "Paste {n} cells", cells)
        if fresh:
            reason = ntr("Paste, {n} new record", "Paste, {n} new records", fresh)

        def work(progress: Progress) -> Outcome:
            if len(laid.lines) >= _LARGE:
                self._session.first()
            return pasting.write(book, entity, reason, laid.lines, progress)

        def done(outcome: Outcome) -> None:
            self._written(reason, laid, outcome, [*lacking, *outcome.left_out])

        self._run(len(laid.lines), reason, work, done)

    def _written(
        self, reason: str, laid: _Laid, outcome: Outcome, left_out: Sequence[Declined]
    ) -> None:
        self._model.decline(outcome.declined, outcome.cells)
        said = self._declined(outcome.declined)
        said += self._not_placed(laid, left_out)
        hidden = sum(self._model.row_of(one) < 0 for one in outcome.added)
        if hidden:
            said.append(
                ntr(
                    "{n} of the new records is not shown, because of the search or the filter.",
                    "{n} of the new records are not shown, because of the search or the filter.",
                    hidden,
                )
            )
        if outcome.change:
            self._session.said.emit("\n".join([reason, *said]), outcome.change)
        elif said:
            self._session.refused.emit("\n".join(said))
        if not outcome.declined and self._select(laid, outcome):
            return
        self._go(outcome)

    def _select(self, laid: _Laid, outcome: Outcome) -> bool:
        """Select the cells that were written, as sheets do; False where they don't lie together."""
        ids = [*(one.id for one in laid.lines if one.id), *outcome.added]
        rows = sorted(self._model.row_of(one) for one in ids)
        written = {name for one in laid.lines for name in one.cells}
        seen = [one for one in shown_columns(self._view) if self._model.fields[one] in written]
        if not seen or not rows or rows[0] < 0 or rows != [*range(rows[0], rows[0] + len(rows))]:
            return False
        first, last = self._model.index(rows[0], seen[0]), self._model.index(rows[-1], seen[-1])
        chosen, flags = self._view.selectionModel(), QItemSelectionModel.SelectionFlag
        chosen.setCurrentIndex(first, flags.NoUpdate)
        chosen.select(between(self._view, first, last), flags.ClearAndSelect)
        self._view.scrollTo(first)
        return True

    def _go(self, outcome: Outcome) -> None:
        """The first cell to be put right becomes the current one, else the first new record."""
        for id, name in (
            *((one.id, one.field) for one in outcome.declined),
            *((one, "") for one in outcome.added[:1]),
        ):
            row = self._model.row_of(id)
            if row >= 0 and (not name or name in self._model.fields):
                column = self._view.currentIndex().column()
                at = self._model.fields.index(name) if name else max(column, 0)
                self._view.setCurrentIndex(self._model.index(row, at))
                return

    # -- in words --------------------------------------------------------------------------------

    def _declined(self, declined: Sequence[Declined]) -> list[str]:
        if not declined:
            return []
        text = ntr(
            "{n} cell was not accepted; it is marked, to be put right:",
            "{n} cells were not accepted; they are marked, to be put right:",
            len(declined),
        )
        entity = self._session.book.schema.entity(self._model.entity)
        told = [text]
        for one in declined[:_NAMED]:
            row = self._model.row_of(one.id)
            label = entity.field(one.field).text()
            place = Place(row=row + 1 if row >= 0 else None, column=label)
            told.append(f"{place.text()}: {one.why}")
        return told + (["…"] if len(declined) > _NAMED else [])

    def _not_placed(self, laid: _Laid, left_out: Sequence[Declined]) -> list[str]:
        told = []
        if left_out:
            told.append(
                ntr(
                    "{n} line was left out; it is still on the clipboard.",
                    "{n} lines were left out; they are still on the clipboard.",
                    len(left_out),
                )
            )
        if laid.unknown:
            names = tr(N_(", ")).join(laid.unknown)
            told.append(
                tr(N_("Columns that are not known here were left out: {names}"), names=names)
            )
        if laid.lost:
            told.append(
                ntr(
                    "{n} cell has no column here that can be written, and was left out.",
                    "{n} cells have no column here that can be written, and were left out.",
                    laid.lost,
                )
            )
        return told
