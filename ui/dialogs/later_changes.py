"""What changed in the book since a result was sealed: every edit, and what the items would be now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models.evaluations.later import ItemNow, LaterEdit
from models.evaluations.steps import Standing
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.evaluation_people import points
from ui.records.short_table import ShortTable
from ui.session import Session


class LaterChanges(QDialog):
    """Two tables: items then and now, and the edits that touch them."""

    def __init__(
        self,
        session: Session,
        one: Standing,
        edits: tuple[LaterEdit, ...],
        items: tuple[ItemNow, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._edits = session, edits
        self.setWindowTitle(tr(N_("Since it was signed: {person}"), person=one.scored.name))
        self.resize(theme.fitting(self, 860, 520))
        moved = [item for item in items if item.before != item.after]
        said = QLabel(self)
        said.setWordWrap(True)
        if edits:
            text = ntr("{n} value was changed since.", "{n} values were changed since.", len(edits))
            said.setText(
                tr(N_("{changed} The signed result stays as it was; this is what it would be today."), changed=text)
            )  # fmt: skip
        else:
            said.setText(tr(N_("Nothing that this result rests on was changed since.")))
        heads = [tr(N_("Item")), tr(N_("Points when signed")), tr(N_("Points today"))]
        lines = [(item.name, points(item.before), points(item.after)) for item in moved]
        self.items = ShortTable(heads, lines, tr(N_("Items that would be otherwise")))
        self.items.setVisible(bool(lines))
        heads = [
            tr(N_("When")), tr(N_("Record")), tr(N_("Field")), tr(N_("Before")), tr(N_("After")),
            tr(N_("Who")), tr(N_("Reason")),
        ]  # fmt: skip
        rows = [
            (
                f"{edit.at.astimezone():%Y-%m-%d %H:%M}", f"{edit.id}  {edit.label}", edit.field_label,
                edit.before, edit.after, edit.author, edit.reason,
            )
            for edit in edits
        ]  # fmt: skip
        self.table = ShortTable(heads, rows, tr(N_("Changes since it was signed")))
        self.table.setVisible(bool(rows))
        self.table.cellActivated.connect(self._open)
        buttons = QDialogButtonBox(self)
        text = tr(N_("Close"))
        close = buttons.addButton(text, QDialogButtonBox.ButtonRole.RejectRole)
        close.setAccessibleName(text)
        close.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(said)
        box.addWidget(self.items, 1)
        box.addWidget(self.table, 3)
        if not rows and not lines:
            self.resize(theme.fitting(self, 460, 120))
            box.addStretch(1)
        box.addWidget(buttons)

    def _open(self, row: int, column: int) -> None:
        edit = self._edits[row]
        self.accept()
        self._session.record_wanted.emit(edit.entity, edit.row)
