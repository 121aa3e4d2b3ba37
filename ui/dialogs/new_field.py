"""A column of the user's own: its label, its kind, its choices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from models.describe.entities import CUSTOM_KINDS
from models.texts import N_, tr


class NewField(QDialog):
    """Asks for a new column; emits (label, kind, choices)."""

    accepted_field = Signal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(N_("Add column")))
        form = QFormLayout(self)
        self._label = QLineEdit(self)
        self._kind = QComboBox(self)
        for one in CUSTOM_KINDS:
            if one.code != "link":
                self._kind.addItem(one.text(), one.code)
        self._choices = QLineEdit(self)
        self._choices.setPlaceholderText(tr(N_("gold | silver | bronze")))
        for text, widget in (
            (tr(N_("Label")), self._label),
            (tr(N_("Kind")), self._kind),
            (tr(N_("Choices")), self._choices),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr(N_("Add")))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr(N_("Cancel")))
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _take(self) -> None:
        self.accepted_field.emit(
            self._label.text(), str(self._kind.currentData()), self._choices.text()
        )
        self.accept()
