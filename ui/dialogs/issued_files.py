"""The files that were made for people, and what is written to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from models.texts import N_, tr
from ui.flow import Flow
from ui.records.short_table import ShortTable
from ui.session import Session


class IssuedFiles(QWidget):
    """A line a file; the message of the chosen one below."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._files: Sequence[tuple[str, Path, str]] = ()
        self.about = QLabel(tr(N_("Send each file to its person, for example by WeChat, with the message below it.")), self)  # fmt: skip
        self.about.setWordWrap(True)
        self.about.setObjectName("muted")
        heads = [tr(one) for one in (N_("Salesperson"), N_("File"))]
        self.table = ShortTable(heads, [], tr(N_("Workbooks that were issued")), 300)
        self.table.setSelectionMode(ShortTable.SelectionMode.SingleSelection)
        self.table.currentCellChanged.connect(self._chosen)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr(N_("Message")))
        label = QLabel(tr(N_("Message")), self)
        label.setBuddy(self.text)
        flow = Flow()
        self.copy_button, self.folder_button, self.close_button = (
            QPushButton(self) for _ in range(3)
        )
        for button, text, act in (
            (self.folder_button, N_("Open the folder"), self._open_folder),
            (self.copy_button, N_("Copy message"), self.copy),
            (self.close_button, N_("Close"), self.closed),
        ):
            button.setText(tr(text))
            button.setAccessibleName(tr(text))
            button.setAutoDefault(False)
            button.clicked.connect(act)
            flow.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.about)
        box.addWidget(self.table, 2)
        box.addWidget(label)
        box.addWidget(self.text, 1)
        box.addLayout(flow)

    def show_files(self, made: Sequence[tuple[str, Path, str]]) -> None:
        """Show files: whose, where, and what is written with it."""
        self._files = made
        self.table.put([(name, path.name) for name, path, _ in made])
        if made:
            self.table.setCurrentCell(0, 0)

    def enter(self) -> None:
        """Into the list."""
        self.table.setFocus()

    def _chosen(self, row: int) -> None:
        self.text.setPlainText(self._files[row][2] if 0 <= row < len(self._files) else "")

    def copy(self) -> None:
        """Put the message on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._session.said.emit(tr(N_("The message is on the clipboard.")), 0)

    def _open_folder(self) -> None:
        if self._files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._files[0][1].parent)))
