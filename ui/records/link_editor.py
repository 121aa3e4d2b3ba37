"""A record that is pointed to: found while typing, made on the spot, opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QWidget

from models.texts import N_, tr
from ui import theme
from ui.records.offers import Offer, Offers
from ui.session import Session

if TYPE_CHECKING:
    from ui.dialogs.new_record import NewRecord

_MOST = 12  # records offered at once


class LinkEditor(QLineEdit):
    """A record's label, found while typing by name, pinyin, initials, number or part of a phone.

    ``likely`` labels are offered before anything is typed. Where ``can_make``, the list ends with an
    entry that makes a record of what was typed.
    """

    chosen = Signal(bool)  # one of those offered was taken; True: by the keyboard

    def __init__(
        self,
        session: Session,
        target: str,
        parent: QWidget,
        likely: Sequence[str] = (),
        *,
        can_make: bool = False,
        button: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session, self.target, self._likely = session, target, list(likely)
        self._can_make = can_make
        self._row = 0  # of the record that was taken
        self._label = ""  # its label, as long as nothing else is typed
        self._offers = Offers(self, self._ask)
        self._offers.taken.connect(self._taken)
        self._dialog: NewRecord | None = None
        if button:
            self._action = QAction(theme.icon("open"), tr(N_("Open the record (Ctrl+Enter)")), self)
            self._action.triggered.connect(self.open_record)
            self.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
            for one in self.findChildren(QToolButton):
                one.setAccessibleName(self._action.text())

    def completer(self) -> QCompleter:
        """What holds the list."""
        return self._offers.completer

    def meant(self) -> str:
        """What stands here, as the id of the record where several are called so."""
        text = self.text()
        if self._row and text == self._label:
            alike = [one for one in self._ask(text) if one.text == text and one.row]
            if len(alike) > 1:
                return self._session.book.public_id(self.target, self._row)
        return text

    def _ask(self, typed: str) -> list[Offer]:
        book, wanted = self._session.book, typed.strip()
        found: list[Offer] = []
        if wanted:
            hits = book.find_best(wanted, _MOST, [self.target])
            found = [Offer(one.label, one.more, one.row) for one in hits]
        if not found:
            found = [Offer(one) for one in book.suggest(self.target, wanted, _MOST)]
        known = {one.text for one in found}
        made = [Offer(one) for one in self._likely if one not in known] + found
        if wanted and self._can_make and wanted not in known:
            made.append(Offer(wanted, make=True))
        return made

    def _taken(self, offer: Offer, by_key: bool) -> None:
        if offer.make:
            self._make(offer.text)
        else:
            self._take(offer.text, offer.row, by_key)

    def _take(self, label: str, row: int, by_key: bool) -> None:
        self._row, self._label = row, label
        self.setText(label)
        self.editingFinished.emit()
        self.chosen.emit(by_key)

    def open_list(self) -> None:
        """Show what may be meant."""
        self._offers.offer("" if self.text() == self._label else self.text())

    # -- a new record ----------------------------------------------------------------------------

    def _make(self, name: str) -> None:
        from ui.dialogs.new_record import NewRecord

        kind = self._session.book.schema.entity(self.target)
        first = next((one for one in kind.title if kind.field(one).kind == "text"), kind.title[0])
        dialog = NewRecord(self._session, self.target, self.window(), known={first: name})
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.finished.connect(self._back)
        self._dialog = dialog
        dialog.open()

    @property
    def is_making(self) -> bool:
        """Whether a dialog asks for a new record."""
        return self._dialog is not None

    def _made(self, row: int) -> None:
        self._take(self._session.book.label(self.target, row), row, True)

    def _back(self) -> None:
        self._dialog = None
        self.setFocus()

    # -- the record itself -----------------------------------------------------------------------

    def open_record(self) -> None:
        """Show the record that stands here, in its list."""
        text = self.text().strip()
        row = self._row if text == self._label else 0
        if text and not row:
            hits = self._session.book.find_best(text, _MOST, [self.target])
            row = next((one.row for one in hits if one.label == text), 0)
        if row:
            self._session.record_wanted.emit(self.target, row)

    def put(self, label: str, row: int) -> None:
        """Show a record that is known."""
        self._label, self._row = label, row
        self.setText(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down and, in an empty line, Down open the list; Ctrl+Enter opens the record."""
        held = event.modifiers()
        if event.key() == Qt.Key.Key_Down and (
            held & Qt.KeyboardModifier.AltModifier or not self.text()
        ):
            self.open_list()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and held & Qt.KeyboardModifier.ControlModifier
        ):
            self.open_record()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is likely meant is offered before anything is typed."""
        super().focusInEvent(event)
        if self._likely and not self.text() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offers.offer("")
