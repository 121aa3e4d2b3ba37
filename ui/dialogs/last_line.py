"""The last lines of a dialog: why it is done so, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class ReasonRow(QHBoxLayout):
    """Asks in a line for the reason of a choice."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__()
        self.label, self.line = QLabel(text, parent), QLineEdit(parent)
        self.label.setBuddy(self.line)
        self.line.setAccessibleName(text)
        self.addWidget(self.label)
        self.addWidget(self.line, 1)


def dress_buttons(acts: Iterable[tuple[QPushButton, Callable[[], object]]]) -> None:
    """Let buttons do what they say; Enter belongs to what is typed above them."""
    for button, act in acts:
        button.setAccessibleName(button.text())
        button.style().unpolish(button)  # it was given its look before it was the primary one
        button.style().polish(button)
        button.setAutoDefault(False)
        button.clicked.connect(act)


def on_ctrl_enter(dialog: QDialog, act: Callable[[], object]) -> None:
    """Do it from wherever the keys are."""
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(keys), dialog).activated.connect(act)
