"""Several short words in a line; those that are used already are offered while one is typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from models.describe.field import Field
from ui.records.lines import FieldLine
from ui.records.offers import Offer, Offers
from ui.session import Session

_BETWEEN = re.compile(r"[,，;；、|]")
_MOST = 12


class TagLine(FieldLine):
    """Words with commas between; the one at the cursor is completed."""

    chosen = Signal(bool)

    def __init__(self, session: Session, entity: str, field: Field, parent: QWidget) -> None:
        super().__init__(session, field, parent)
        self._entity = entity
        self._known: list[str] | None = None
        self._offers = Offers(self, self._ask, eager=False)  # a new word is entered as it is
        self._offers.taken.connect(self._taken)

    def completer(self) -> QCompleter:
        """What holds the list."""
        return self._offers.completer

    def _place(self) -> tuple[int, int]:
        """Where the word at the cursor begins and ends."""
        text, at = self.text(), self.cursorPosition()
        marks = [found.start() for found in _BETWEEN.finditer(text)]
        first = max((one + 1 for one in marks if one < at), default=0)
        last = min((one for one in marks if one >= at), default=len(text))
        return first, last

    def _ask(self, _: str) -> list[Offer]:
        from models import fitting

        if self._known is None:
            book = self.session.book
            self._known = book.words(self._entity, self.field.id) if self._entity else []
        text = self.text()
        first, last = self._place()
        typed = text[first:last].strip()
        there = {one.strip() for one in _BETWEEN.split(text[:first] + "," + text[last:])}
        ranked = []
        for place, word in enumerate(self._known):
            if word in there or word == typed:
                continue
            spoken = fitting.spoken(word) if typed.isascii() and not word.isascii() else ()
            rank = fitting.fit([word, *spoken], typed) if typed else 0
            if rank is not None:
                ranked.append((rank, place, word))
        return [Offer(word) for _, _, word in sorted(ranked)[:_MOST]]

    def _taken(self, offer: Offer, by_key: bool) -> None:
        first, last = self._place()
        text = self.text()
        before = text[:first].rstrip()
        made = f"{before} {offer.text}" if before else offer.text
        self.setText(made + text[last:])
        self.setCursorPosition(len(made))

    def open_list(self) -> None:
        """Show the words in use."""
        self._offers.offer(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the list."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        else:
            super().keyPressEvent(event)
