"""The bar that says what happened, and offers to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from models.texts import N_, tr
from ui import theme

_STAYS = 9_000  # ms; what went wrong stays until it is closed


class NoticeBar(QFrame):
    """One message at a time, the latest."""

    undo = Signal(int)
    bring_back = Signal(object)  # the changes that were taken back at once

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._change, self._wrong = 0, False
        self._taken: tuple[int, ...] = ()
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._undo = QPushButton(self)
        self._undo.clicked.connect(self._take_back)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 7, 8, 7)
        box.addWidget(self._text, 1)
        box.addWidget(self._undo)
        box.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def retranslate(self) -> None:
        """Show the buttons in the current language and theme; what was said stays as it was said."""
        self._undo.setText(tr(N_("Bring back")) if self._taken else tr(N_("Undo")))
        self._undo.setAccessibleName(self._undo.text())
        self._close.setIcon(theme.icon("close"))
        self._close.setToolTip(tr(N_("Close")))
        self._close.setAccessibleName(self._close.toolTip())

    def say(self, text: str, change: int = 0) -> None:
        """Say what was done; a change's number offers to undo it."""
        self._show(text, change, wrong=False)
        self._timer.start()

    def offer_back(self, text: str, changes: tuple[int, ...]) -> None:
        """Say that changes were taken back at once, and offer to bring them back at once."""
        self._show(text, 0, wrong=False, taken=changes)
        self._timer.start()

    def warn(self, text: str) -> None:
        """Say what was declined, until it is closed."""
        self._timer.stop()
        self._show(text, 0, wrong=True)

    def mend(self) -> None:
        """What was declined is put right: it need not be said any longer."""
        if self._wrong:
            self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text() if self.isVisible() else ""

    def _show(self, text: str, change: int, *, wrong: bool, taken: tuple[int, ...] = ()) -> None:
        self._change, self._wrong, self._taken = change, wrong, taken
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._text.setObjectName("danger" if wrong else "")
        self._text.style().polish(self._text)
        self.retranslate()
        self._undo.setVisible(bool(change or taken))
        self.show()

    def _take_back(self) -> None:
        self.hide()
        if self._taken:
            self.bring_back.emit(self._taken)
        else:
            self.undo.emit(self._change)
