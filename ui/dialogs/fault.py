"""What is known of a fault of the program: to be read, copied, sent; nobody has to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, tr
from ui import theme


class Fault(QDialog):
    """Stands beside the work and stops nothing."""

    def __init__(self, told: str, log: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._told, self._log = told, log
        self.setWindowTitle(tr(N_("A mistake of the program")))
        said = QLabel(
            tr(
                N_(
                    "Your book is safe: what was confirmed is on the disk, and what was under way was taken back. Whoever looks after the program can find the mistake with these lines. They may hold a value that was just being worked with."
                )
            ),
            self,
        )
        said.setWordWrap(True)
        self.text = QPlainTextEdit(told, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr(N_("Details of the mistake")))
        row = QHBoxLayout()
        for text, act in (
            (tr(N_("Copy")), self._copy),
            (tr(N_("Open the folder of the log")), self._open_folder),
        ):
            row.addWidget(self._button(text, act))
        row.addStretch(1)
        close = self._button(tr(N_("Close")), self.close)
        close.setDefault(True)
        row.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 12)
        box.addWidget(said)
        box.addWidget(self.text, 1)
        box.addLayout(row)
        self.resize(theme.fitting(self, 680, 420))

    def _button(self, text: str, act: object) -> QPushButton:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.clicked.connect(act)
        return made

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._told)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))
