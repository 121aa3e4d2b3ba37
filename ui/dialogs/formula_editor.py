"""The line in which a formula is typed: fields and functions are offered, results shown while typing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models import formula_preview
from models.describe.entities import CUSTOM_KINDS
from models.describe.formula import FormulaFault
from models.formula_preview import Offer, Preview
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.session import Session

_TYPING = 150  # ms after the last key before it is worked out
_SHOWN = 5  # records whose results are shown
_OFFERED = 40
_WORD = re.compile(r"[\w.\[\]]*\Z")


class FormulaLine(QLineEdit):
    """A line that offers what the word at the cursor may become."""

    def __init__(self, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = list(offers)
        self._found: dict[str, Offer] = {}  # by what the list says
        self._texts = QStringListModel(self)
        self._completer = QCompleter(self._texts, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        assert popup is not None
        popup.setAccessibleName(tr(N_("Formula")))
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def _word(self) -> str:
        found = _WORD.search(self.text()[: self.cursorPosition()])
        return found[0] if found else ""

    def _offer(self) -> None:
        found = fitting(self._offers, self._word())
        self._found = {f"{one.text}    {one.words}".strip(): one for one in found}
        self._texts.setStringList(list(self._found))
        self._completer.complete()  # with nothing to offer it closes

    def _take(self, said: str) -> None:
        """Put what was chosen in the place of the word that was begun."""
        chosen = self._found[said].text
        at, word = self.cursorPosition(), self._word()
        text = self.text()
        self.setText(text[: at - len(word)] + chosen + text[at:])
        self.setCursorPosition(at - len(word) + len(chosen))


def fitting(offers: Sequence[Offer], word: str) -> list[Offer]:
    """What a word may become: what begins with it first, then what has it inside."""
    wanted = word.strip("[]").casefold()
    if not wanted or wanted.isdigit():
        return []
    made: list[list[Offer]] = [[], []]
    for one in offers:
        names = [name.casefold() for name in (one.text.strip("["), *one.known_as)]
        if any(name.startswith(wanted) for name in names):
            made[0].append(one)
        elif any(wanted in name for name in names):
            made[1].append(one)
    found = [*made[0], *made[1]][:_OFFERED]
    return [] if len(found) == 1 and found[0].text == word else found


class FormulaEditor(QWidget):
    """A formula, what is wrong with it, or what it comes to in the first records."""

    changed = Signal()

    def __init__(
        self, session: Session, entity: str, ids: Sequence[int], own: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._entity, self._own = session, entity, own
        self._ids = list(ids[:_SHOWN])
        self.kind = ""  # as what a number is shown; "" lets the formula say it
        self.result: Preview | None = None
        book = session.book
        offers = formula_preview.offers(book.schema, book.schema.entity(entity), own)
        self.line = FormulaLine(offers, self)
        self.line.setAccessibleName(tr(N_("Formula")))
        self.line.setPlaceholderText(tr(N_("such as {example}"), example="IF(a > 0, b / a, 0)"))
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(theme.scaled(34))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.line)
        box.addWidget(self.said)
        rows = QGridLayout()
        rows.setColumnStretch(0, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        for at in range(len(self._ids)):
            label, value = QLabel(self), QLabel(self)
            label.setObjectName("muted")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            rows.addWidget(label, at, 0)
            rows.addWidget(value, at, 1)
            self._rows.append((label, value))
        box.addLayout(rows)
        self.setFocusProxy(self.line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.check)
        self.line.textChanged.connect(self._typed)

    def text(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    def put(self, text: str) -> None:
        """Show a formula and what it comes to."""
        self.line.setText(text)
        self.check()

    def show_as(self, kind: str) -> None:
        """Show the result as another kind of number."""
        self.kind = kind
        self.check()

    def _typed(self) -> None:
        self._timer.start()

    def check(self) -> None:
        """Work out what stands there and show it, or say what is wrong."""
        self._timer.stop()
        self.result = None
        try:
            self.result = formula_preview.preview(
                self._session.book, self._entity, self.text(), self._ids, self.kind, self._own
            )
        except Refused as refused:
            empty = not self.text()
            self._say("" if empty else str(refused), wrong=not empty)
            self._mark(refused)
        else:
            kind = next(one.text() for one in CUSTOM_KINDS if one.code == self.result.kind)
            self._say(tr(N_("Result: {kind}"), kind=kind), wrong=False)
        rows = self.result.rows if self.result else (("", ""),) * len(self._rows)
        for (label, value), (record, shown) in zip(self._rows, rows, strict=True):
            label.setText(label.fontMetrics().elidedText(record, Qt.TextElideMode.ElideRight, theme.scaled(220)))  # fmt: skip
            value.setText(shown or ("–" if self.result else ""))
        self.changed.emit()

    def _say(self, text: str, *, wrong: bool) -> None:
        self.said.setObjectName("danger" if wrong else "muted")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(text)
        self.line.setAccessibleDescription(text)

    def _mark(self, refused: Refused) -> None:
        """Where the fault stands is told by the line's tooltip too, for who works with large text."""
        self.line.setToolTip(str(refused) if isinstance(refused, FormulaFault) else "")
