"""Columns of the user's own in a list: made, called otherwise, taken out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from models.change import Change
from models.texts import N_, tr
from ui.records.list_frame import ListFrame


class OwnColumns(ListFrame):
    """A list whose columns the user makes, each as one change that can be undone."""

    def add_column(self) -> None:
        """A column of the user's own, by name and kind."""
        from ui.dialogs.new_field import NewField

        dialog = NewField(self.session, self.entity, self, ids=self._sample_ids())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._add_column)
        dialog.open()

    def _sample_ids(self) -> Sequence[int]:
        """Some records from the current one on, by which a formula is shown."""
        at = max(self.grid.currentIndex().row(), 0)
        return self.model.ids[at : at + 5] if at + 5 <= len(self.model.ids) else self.model.ids[-5:]

    def _add_column(self, label: str, kind: str, choices: str, formula: str = "") -> None:
        def act(change: Change) -> None:
            change.add_field(self.entity, label, kind, choices, formula=formula)

        before = set(self.model.fields)
        if self.session.write(tr(N_("Add column {name}"), name=label), act, offer_undo=True):
            made = next((one for one in self.model.fields if one not in before), None)
            if made is not None and self.model.rowCount():
                row = max(self.grid.currentIndex().row(), 0)
                self.grid.setCurrentIndex(self.model.index(row, self.model.fields.index(made)))
                self.grid.setFocus()

    def change_column(self, name: str) -> None:
        """Call a column of the user's own otherwise, offer other choices, change its formula."""
        from ui.dialogs.new_field import NewField

        field = self.session.book.schema.entity(self.entity).field(name)
        dialog = NewField(self.session, self.entity, self, field, self._sample_ids())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._change_column)
        dialog.open()
        if field.formula:
            dialog.begin_with_formula()

    def _formula_asked(self, name: str, opens: bool) -> None:
        """Somebody would edit what a formula works out: say so, or open the formula."""
        from models.describe import formula_sql

        if opens:
            self.change_column(name)
            return
        schema = self.session.book.schema
        entity = schema.entity(self.entity)
        field = entity.field(name)
        text = N_("{field} is worked out: {formula}. F2 or a double click opens the formula.")
        told = formula_sql.shown(schema, entity, field.formula)
        self.session.refused.emit(tr(text, field=field.text(), formula=told))

    def _change_column(self, label: str, kind: str, choices: str, formula: str = "") -> None:
        from ui.dialogs.new_field import NewField

        dialog = self.sender()
        assert isinstance(dialog, NewField)
        field = dialog.field
        assert field is not None

        def act(change: Change) -> None:
            shown = kind if formula else ""
            change.change_field(self.entity, field.id, label, choices, formula, shown)

        reason = tr(N_("Change column {name}"), name=field.text())
        self.session.write(reason, act, offer_undo=True)

    def drop_column(self, name: str) -> None:
        """Take a column of the user's own out of the book; an undo brings it back with its values."""
        field = self.session.book.schema.entity(self.entity).field(name)

        def act(change: Change) -> None:
            change.remove_field(self.entity, name)

        reason = tr(N_("Remove column {name}"), name=field.text())
        self.session.write(reason, act, offer_undo=True)
