"""The letters that choose an entry of an open menu: each entry gets its own, in every language.

They are worked out when a menu opens, from the texts that it has then, so that no two entries ever
share one. A Chinese text gets the letter of its English source behind it, as Chinese programs do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

_END = "…"
_CHINESE = "\u2e80"  # the first of the characters that are on no key


def letter_of(text: str) -> str:
    """The letter that a text is marked with, in capitals; "" when it has none."""
    keys = QKeySequence.mnemonic(text).toString()
    return keys.rpartition("+")[2].upper()


def choose(texts: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """A letter for each text, none twice and none that is taken; "" where none is left.

    First letters of words come first, then letters inside, then any letter or digit.
    """
    used, chosen = set(taken), []
    for text in texts:
        heads = [word[0] for word in text.split() if word[0].isascii() and word[0].isalnum()]
        inside = [one for one in text if one.isascii() and one.isalpha()]
        spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        wanted = (one.upper() for one in [*heads, *inside, *spare])
        letter = next((one for one in wanted if one not in used), "")
        used.add(letter)
        chosen.append(letter)
    return chosen


def marked(text: str, letter: str) -> str:
    """A text with its letter marked: where it has it at the head of a word or inside, else behind."""
    if not letter:
        return text
    places = [at for at, one in enumerate(text) if one.upper() == letter]
    if places and not any(one >= _CHINESE for one in text):
        heads = [at for at in places if at == 0 or text[at - 1] == " "]
        at = (heads or places)[0]
        return f"{text[:at]}&{text[at:]}"
    end = _END if text.endswith(_END) else ""
    return f"{text.removesuffix(end)}(&{letter}){end}"


class Mnemonics(QObject):
    """Marks the entries of menus while they are open; a source text says which letter fits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sources: dict[QAction, str] = {}
        self._plain: dict[QMenu, list[tuple[QAction, str, str]]] = {}

    def watch(self, menu: QMenu) -> None:
        """Mark the entries of a menu whenever it opens."""
        menu.aboutToShow.connect(self._mark)
        menu.aboutToHide.connect(self._unmark)

    def know(self, action: QAction, source: str) -> None:
        """What an entry's declared text is in English."""
        self._sources[action] = source

    def _mark(self) -> None:
        menu = self.sender()
        assert isinstance(menu, QMenu)
        entries = [one for one in menu.actions() if not one.isSeparator() and one.text()]
        own = [letter_of(one.text()) for one in entries]
        free = [one for one, letter in zip(entries, own, strict=True) if not letter]
        letters = choose([self._sources.get(one, one.text()) for one in free], own)
        self._plain[menu] = []
        for action, letter in zip(free, letters, strict=True):
            text = action.text()
            action.setText(marked(text, letter))
            self._plain[menu].append((action, text, action.text()))

    def _unmark(self) -> None:
        """Outside the menu a text is only a text."""
        menu = self.sender()
        assert isinstance(menu, QMenu)
        for action, plain, shown in self._plain.pop(menu, []):
            if action.text() == shown:  # else it has got another text meanwhile
                action.setText(plain)
