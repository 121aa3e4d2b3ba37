"""A new book: where, and in which currency its amounts are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from models.texts import N_, tr
from ui import files, theme

_CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD", "AUD", "CAD")


class NewBook(QDialog):
    """Asks for a name, a folder and a currency; ``chosen`` carries the path and the code."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(N_("New book")))
        self.setMinimumWidth(theme.scaled(480))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._name = QLineEdit(tr(N_("Our team")), self)  # made first: it is typed into first
        self._name.selectAll()
        self._folder = QLineEdit(QStandardPaths.writableLocation(documents), self)
        browse = QPushButton(tr(N_("Choose…")), self)
        self._currency = QComboBox(self)
        self._currency.setEditable(True)
        self._currency.addItems(_CURRENCIES)
        browse.setAccessibleName(browse.text())
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.addWidget(self._folder, 1)
        place.addWidget(browse)
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr(N_("Name")), self._name)
        folder = QLabel(tr(N_("Folder")), self)
        folder.setBuddy(self._folder)
        form.addRow(folder, place)
        form.addRow(tr(N_("Currency")), self._currency)
        for widget, text in (
            (self._name, tr(N_("Name"))),
            (self._folder, tr(N_("Folder"))),
            (self._currency, tr(N_("Currency"))),
        ):
            widget.setAccessibleName(text)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        form.addRow(self._said)
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Create")), self._take),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        form.addRow(buttons)

    def _browse(self) -> None:
        folder = files.ask_folder(self, tr(N_("Folder")), self._folder.text())
        if folder is not None:
            self._folder.setText(str(folder))

    def _take(self) -> None:
        name, currency = self._name.text().strip(), self._currency.currentText().strip().upper()
        path = Path(self._folder.text().strip()) / f"{name.removesuffix('.daybook')}.daybook"
        wrong = ""
        if not name:
            wrong = tr(N_("Give the book a name."))
        elif path.exists():
            wrong = tr(N_("There is a file of this name in the folder. Choose another name."))
        elif len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            wrong = tr(N_("A currency has three letters, such as CNY or USD."))
        self._said.setText(wrong)
        self._said.setVisible(bool(wrong))
        if not wrong:
            self.accept()
            self.chosen.emit(path, currency)
