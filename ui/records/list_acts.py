"""What is done with the records of a list, wherever it stands: remove, replace, edit, fill a series."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.change import Change
from models.texts import N_, ntr, tr
from ui.records.grid import Grid
from ui.records.table_model import RecordTableModel
from ui.session import Session


class ListActs:
    """The acts of one list; ``parent`` is what dialogs stand over."""

    def __init__(
        self, session: Session, grid: Grid, model: RecordTableModel, parent: QWidget
    ) -> None:
        self.session = self._session = session
        self.grid, self.model, self._parent = grid, model, parent

    def replace(self) -> None:
        """Find and replace in the selected cells, or in all that are shown."""
        if not self.model.deleted:
            shown, selected = self.grid.block_shown(), self.grid.blocks_selected()
            entity = self.model.entity
            from ui.dialogs.find_replace import FindReplace

            self._open(FindReplace(self._session, entity, shown, selected, self._parent))

    def edit_many(self) -> None:
        """Give the selected records the same values, field by field."""
        from ui.dialogs.edit_many import EditMany

        rows = self.grid.rows_selected()
        if rows and not self.model.deleted:
            at = self.grid.currentIndex()
            field = self.model.fields[at.column()] if at.isValid() else ""
            self._open(EditMany(self._session, self.model.entity, rows, field, self._parent))

    def fill_series(self) -> None:
        """Go on with what stands at the top of the selected cells, step by step."""
        from ui.dialogs.fill_series import FillSeries

        if self.model.deleted:
            return
        blocks = self.grid.blocks_selected()
        if not blocks or len(blocks[0][0]) < 2 or not blocks[0][1]:
            said = N_("Select the first cell of the series and the cells below it.")
            self._session.refused.emit(tr(said))
            return
        self._open(FillSeries(self._session, self.model.entity, blocks[0], self._parent))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def remove(self, *, back: bool = False) -> None:
        """Move the selected records to the recycle bin, or bring them ``back`` from it."""
        rows, entity = self.grid.rows_selected(), self.model.entity
        if not rows:
            return

        def act(change: Change) -> None:
            (change.restore if back else change.remove)(entity, rows)

        label = self._session.book.label(entity, rows[0]) if len(rows) == 1 else ""
        if label:
            text = N_("Restore {record}") if back else N_("Remove {record}")
            reason = tr(text, record=label)
        elif back:
            reason = ntr("Restore {n} record", "Restore {n} records", len(rows))
        else:
            reason = ntr("Remove {n} record", "Remove {n} records", len(rows))
        self._session.write(reason, act, offer_undo=True)
