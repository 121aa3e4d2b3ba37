"""What a line offers while something is typed into it: a list below it, the best entry first.

The line keeps the focus, so that an input method writes into it while the list stands open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit

from models.texts import N_, tr

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST = 12  # entries seen at once


@dataclass(frozen=True)
class Offer:
    """One entry: the text that it stands for, what is told beside it; ``make`` is one that doesn't exist."""

    text: str
    note: str = ""
    row: int = 0
    make: bool = False

    def told(self) -> str:
        """What the list shows."""
        if self.make:
            return tr(N_("Create “{name}”…"), name=self.text)
        return f"{self.text}   {self.note}" if self.note else self.text


class Offers(QObject):
    """The list of one line; ``ask`` gives the entries for what is typed so far."""

    taken = Signal(object, bool)  # the entry, and whether by a key

    def __init__(
        self, line: QLineEdit, ask: Callable[[str], Sequence[Offer]], *, eager: bool = True
    ) -> None:
        """``eager`` chooses the best entry at once, so that Enter takes it."""
        super().__init__(line)
        self._line, self._ask, self._eager = line, ask, eager
        self._offers: list[Offer] = []
        self._by_key = False
        self._completer: QCompleter | None = None
        line.textEdited.connect(self.offer)

    @property
    def completer(self) -> QCompleter:
        """What holds the list; it is made when it is first needed, a form has many lines."""
        if self._completer is None:
            made = self._completer = QCompleter(self._line)
            made.setModel(QStringListModel(made))
            made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            made.setMaxVisibleItems(_MOST)
            made.setWidget(self._line)
            made.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
            popup = self._popup
            popup.setAccessibleName(tr(N_("Suggestions")))
            popup.installEventFilter(self)
        return self._completer

    @property
    def _popup(self) -> QAbstractItemView:
        popup = self.completer.popup()
        assert popup is not None
        return popup

    @property
    def offered(self) -> list[Offer]:
        """The entries of the list."""
        return self._offers

    def offer(self, typed: str) -> None:
        """Open the list for what is typed, its first entry chosen; without entries it closes."""
        self._offers = list(self._ask(typed))
        if not self._offers and self._completer is None:
            return
        model = self.completer.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([one.told() for one in self._offers])
        if not self._offers or not self._line.isVisible():
            self._popup.hide()
            return
        widest = max(self._popup.sizeHintForColumn(0) + 32, self._line.width())
        place = self._line.rect()
        place.setWidth(min(widest, 2 * self._line.width() + 160))
        self.completer.complete(place)
        first = next((at for at, one in enumerate(self._offers) if not one.make), -1)
        eager = self._eager and bool(typed.strip()) and first >= 0
        chosen = self._popup.model().index(first, 0) if eager else QModelIndex()
        self._popup.setCurrentIndex(chosen)

    def hide(self) -> None:
        """Close the list."""
        if self._completer is not None:
            self._popup.hide()

    def _activated(self, index: QModelIndex) -> None:
        by_key, self._by_key = self._by_key, False
        if 0 <= index.row() < len(self._offers):
            self.taken.emit(self._offers[index.row()], by_key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab take what is chosen; Tab then goes on, as it does without a list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            chosen = self._popup.currentIndex()
            self._by_key = key in _ENTER
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._popup.hide()
                if chosen.isValid() and not self._offers[chosen.row()].make:
                    self.taken.emit(self._offers[chosen.row()], False)
                if self._line.isVisible():
                    receiver = self._line.focusProxy() or self._line
                    QApplication.sendEvent(receiver, event)
                return True
            if key in _ENTER and not chosen.isValid():  # what was typed is entered as it stands
                self._popup.hide()
                QApplication.sendEvent(self._line.focusProxy() or self._line, event)
                return True
        return super().eventFilter(watched, event)
