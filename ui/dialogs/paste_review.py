"""What a paste would add, and which lines it would leave out, before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from models.pasting import Declined, Line
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.rows import Rows

_LISTED = 100  # lines


class PasteReview(QDialog):
    """Lists the lines that can't become records, with the reason, then the new ones."""

    def __init__(
        self, lines: Sequence[Line], left_out: Sequence[Declined], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(N_("Paste")))
        self.resize(theme.fitting(self, 640, 420))
        fresh = [one for one in lines if not one.id]
        box = QVBoxLayout(self)
        for text in self._summary(len(fresh), len(lines) - len(fresh), len(left_out)):
            said = QLabel(text, self)
            said.setWordWrap(True)
            box.addWidget(said)
        heads = [tr(one) for one in (N_("Line"), N_("Copied"), N_("What happens"))]
        self._rows = Rows(tr(N_("Copied lines")), heads, 1, self)
        self._fill(fresh, left_out)
        box.addWidget(self._rows, 1)
        if len(fresh) + len(left_out) > _LISTED:
            more = len(fresh) + len(left_out) - _LISTED
            rest = QLabel(ntr("… and {n} more line", "… and {n} more lines", more), self)
            rest.setObjectName("muted")
            box.addWidget(rest)
        box.addWidget(self._buttons(bool(lines)))

    def _summary(self, fresh: int, changed: int, left_out: int) -> list[str]:
        told = []
        if fresh:
            told.append(ntr("{n} record will be added.", "{n} records will be added.", fresh))
        if changed:
            told.append(
                ntr(
                    "{n} record that is there will be written over.",
                    "{n} records that are there will be written over.",
                    changed,
                )
            )
        if left_out:
            told.append(
                ntr(
                    "{n} line can't become a record and will be left out.",
                    "{n} lines can't become records and will be left out.",
                    left_out,
                )
            )
        return told

    def _fill(self, fresh: Sequence[Line], left_out: Sequence[Declined]) -> None:
        wrong = [(one.line, one.text, one.why, "danger") for one in left_out]
        added = [
            (
                one.number,
                " ".join(cell.text.strip() for cell in one.cells.values() if cell.text.strip()),
                tr(N_("is added")),
                "muted",
            )
            for one in fresh
        ]
        listed = [*wrong, *added][:_LISTED]
        self._rows.clear(len(listed))
        for row, (number, text, why, colour) in enumerate(listed):
            self._rows.say(row, 0, f"{number:,}", "muted")
            self._rows.say(row, 1, text)
            self._rows.say(row, 2, why, colour)
        for column, width in ((0, 50), (2, 260)):
            self._rows.set_width(column, width)

    def _buttons(self, anything: bool) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Paste")), self.accept),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.clicked.connect(act)
            if role == QDialogButtonBox.ButtonRole.AcceptRole:
                button.setEnabled(anything)
                button.setProperty("primary", True)  # before the box gives it its style
            buttons.addButton(button, role)
        return buttons
