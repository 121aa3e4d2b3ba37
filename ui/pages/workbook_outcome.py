"""In the place of the changes: that a file is read, why it can't be, or what applying it did and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from models.texts import N_, tr
from ui.flow import Flow
from ui.pages.workbook_slip import DONE, FAILED, READING, WRITING, Slip


class Outcome(QWidget):
    """A sentence or two, and the buttons that make sense then."""

    wanted = Signal()  # the next workbook is to be issued
    undo_wanted = Signal()
    aside_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._slip: Slip | None = None
        self.title, self.text = QLabel(self), QLabel(self)
        self.title.setObjectName("heading")
        self.answer, self.undo, self.aside = (QPushButton(self) for _ in range(3))
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer.setProperty("primary", True)
        self.answer.clicked.connect(self.wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.aside.clicked.connect(self.aside_wanted)
        flow = Flow(from_left=True)
        for button in (self.answer, self.undo, self.aside):
            flow.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 8, 8)
        box.setSpacing(10)
        box.addWidget(self.title)
        box.addWidget(self.text)
        box.addLayout(flow)
        box.addStretch(1)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        for button, text in (
            (self.answer, N_("Issue the answer…")),
            (self.undo, N_("Undo")),
            (self.aside, N_("Put aside")),
        ):
            button.setText(tr(text))
            button.setAccessibleName(tr(text))
        if self._slip is not None:
            self.show_slip(self._slip)

    def show_slip(self, slip: Slip) -> None:
        """Say what became of a file."""
        self._slip = slip
        self.title.setText(slip.title)
        self.text.setText("\n\n".join(one for one in _said(slip) if one))
        self.answer.setVisible(slip.state == DONE and bool(slip.person))
        self.undo.setVisible(slip.state == DONE and bool(slip.change))
        self.aside.setVisible(slip.path is not None and slip.state not in (READING, WRITING))


def _said(slip: Slip) -> tuple[str, ...]:
    name = slip.path.name if slip.path is not None and slip.path.name != slip.title else ""
    if slip.state == DONE:
        next_ = tr(N_("The next workbook tells {person} what was taken, what was decided otherwise and why."), person=slip.title)  # fmt: skip
        return name, slip.said, next_ if slip.person else ""
    if slip.state == FAILED:
        return name, slip.said, tr(N_("Nothing was written. A file that is no workbook of this book can be imported as a spreadsheet."))  # fmt: skip
    if slip.state in (READING, WRITING):
        return name, slip.state_text()
    if slip.merged is not None and slip.merged.older:
        return name, tr(N_("A newer state of this workbook was taken already. Nothing of this older one is taken."))  # fmt: skip
    if slip.merged is not None and slip.merged.again:
        return name, tr(N_("This workbook came back before with the same contents. Nothing is left to take."))  # fmt: skip
    return name, tr(N_("This workbook says nothing that the book does not say already."))
