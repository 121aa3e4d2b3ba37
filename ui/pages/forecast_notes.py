"""What has to be known to read the forecast, a sentence each; those on deals open them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from models.texts import N_, tr
from ui.layouts import let_go


class Notes(QFrame):
    """Sentences, the weightiest first; ``wanted`` carries the kind of the one that is to be acted on."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._head = QLabel(self)
        self._head.setObjectName("heading")
        self._kinds: dict[QPushButton, str] = {}
        self._parts: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 8, 12, 8)
        self._box.setSpacing(2)
        self._box.addWidget(self._head)
        self._box.addStretch(1)

    def show_notes(self, notes: Sequence[tuple[str, str, str]]) -> QPushButton | None:
        """Show sentences: the kind of each, its text, and what its button says, "" for none.

        Gives the last button, where Tab leads on from.
        """
        self._head.setText(tr(N_("What to know")))
        for one in self._parts:
            let_go(self._box, one)
        self._parts.clear()
        self._kinds.clear()
        for kind, text, button in notes or [("", tr(N_("Nothing stands out.")), "")]:
            self._add(kind, text, button)
        return next(reversed(self._kinds), None)

    def _add(self, kind: str, text: str, button: str) -> None:
        said = QLabel(text, self)
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        self._put(said)
        if button:
            made = QPushButton(button, self)
            made.setProperty("link", True)
            made.setToolTip(text)
            made.setAccessibleName(button)
            made.setAccessibleDescription(text)
            made.clicked.connect(self._clicked)
            self._kinds[made] = kind
            self._put(made)

    def _put(self, one: QWidget) -> None:
        self._parts.append(one)
        place = Qt.AlignmentFlag.AlignLeft if isinstance(one, QPushButton) else Qt.AlignmentFlag(0)
        self._box.insertWidget(self._box.count() - 1, one, 0, place)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button in self._kinds:
            self.wanted.emit(self._kinds[button])
