"""A column of the user's own: its label, its kind, its choices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from models.describe.entities import CUSTOM_KINDS
from models.describe.field import Field
from models.texts import N_, tr
from ui import theme


class NewField(QDialog):
    """Asks for a new column, or what is to change of one; ``chosen`` carries label, kind and choices."""

    chosen = Signal(str, str, str)

    def __init__(self, parent: QWidget, field: Field | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setWindowTitle(tr(N_("Add column")) if field is None else tr(N_("Change column")))
        self.setMinimumWidth(theme.scaled(380))
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._label = QLineEdit(self)
        self._kind = QComboBox(self)
        for one in CUSTOM_KINDS:
            if one.code != "link" or field is not None:
                self._kind.addItem(one.text(), one.code)
        self._kind.currentIndexChanged.connect(self._kind_chosen)
        self._choices = QLineEdit(self)
        self._choices.setPlaceholderText(tr(N_("gold | silver | bronze")))
        for text, widget in (
            (tr(N_("Label")), self._label),
            (tr(N_("Kind")), self._kind),
            (tr(N_("Choices")), self._choices),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        self._form = form
        buttons = QDialogButtonBox(self)
        text = tr(N_("Add")) if field is None else tr(N_("Apply"))
        self._add = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._add, cancel):
            button.setAccessibleName(button.text())
        self._add.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        form.addRow(buttons)
        self._label.textChanged.connect(self._typed)
        if field is not None:
            self._show(field)
        self._typed(self._label.text())
        self._kind_chosen()

    def _show(self, field: Field) -> None:
        self._label.setText(field.text())
        self._label.selectAll()
        self._kind.setCurrentIndex(self._kind.findData(field.kind))
        self._kind.setEnabled(False)  # values stand in it
        self._choices.setText(" | ".join(one.label for one in field.choices))

    def _typed(self, text: str) -> None:
        self._add.setEnabled(bool(text.strip()))

    def _kind_chosen(self) -> None:
        self._form.setRowVisible(self._choices, self._kind.currentData() == "choice")

    def _take(self) -> None:
        kind = str(self._kind.currentData())
        choices = self._choices.text() if kind == "choice" else ""
        self.chosen.emit(self._label.text().strip(), kind, choices)
        self.accept()
