"""A line of ids that cite records: found while typing, chosen from a list, opened; and what they name as links."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from models.describe.field import Field
from models.public_ids import listed
from models.texts import N_, tr
from ui import theme
from ui.records.lines import FieldLine
from ui.records.offers import Offer, Offers
from ui.session import Session

if TYPE_CHECKING:
    from models.growth.likely import Whose

_BETWEEN = re.compile(r"[\s,，、;；|]")
_ID = re.compile(r"(?<![A-Z0-9])[A-Z]{2}-[0-9A-Z]{3,15}")
_MOST = 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def open_cited(session: Session, id: str) -> None:
    """Show the record of an id in its list."""
    from models.growth import citing

    for one in citing.cited(session.book, id).known[:1]:
        session.record_wanted.emit(one.entity, one.row)


def offer_cited(session: Session, text: str, beside: QWidget) -> None:
    """Open what a line cites; of several records a menu asks which."""
    from models.growth import likely

    found = likely.named(session.book, text)
    if len(found) == 1:
        session.record_wanted.emit(found[0].entity, found[0].row)
        return
    menu = QMenu(beside)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for one in found:
        action = menu.addAction(one.text().replace("&", "&&"))
        action.triggered.connect(partial(session.record_wanted.emit, one.entity, one.row))
    menu.popup(beside.mapToGlobal(beside.rect().bottomLeft()))


class CiteLine(FieldLine):
    """Ids with blanks between; the word at the cursor is completed to the id of a record.

    ``record`` is the row whose line it is, 0 for a new one; ``whose`` says whose records are likely.
    """

    chosen = Signal(bool)

    def __init__(
        self, session: Session, entity: str, field: Field, parent: QWidget, *, button: bool
    ) -> None:
        super().__init__(session, field, parent)
        self._entity, self.record = entity, 0
        self.whose: Callable[[], Whose | None] = self._of_record
        self._offers = Offers(self, self._ask)
        self._offers.taken.connect(self._taken)
        self.button: QAction | None = None
        if button:
            self.button = QAction(theme.icon("add"), tr(N_("Find records…")), self)
            self.button.triggered.connect(self.choose)
            self.addAction(self.button, QLineEdit.ActionPosition.TrailingPosition)
            for one in self.findChildren(QToolButton):
                one.setAccessibleName(self.button.text())

    def completer(self) -> QCompleter:
        """What holds the list."""
        return self._offers.completer

    def _of_record(self) -> Whose | None:
        from models.growth import likely

        return likely.whose(self.session.book, self._entity, self.record) if self._entity else None

    def _place(self) -> tuple[int, int]:
        """Where the word at the cursor begins and ends."""
        text, at = self.text(), self.cursorPosition()
        marks = [found.start() for found in _BETWEEN.finditer(text)]
        first = max((one + 1 for one in marks if one < at), default=0)
        last = min((one for one in marks if one >= at), default=len(text))
        return first, last

    def _word(self) -> str:
        first, last = self._place()
        return self.text()[first:last]

    def _ask(self, _: str) -> list[Offer]:
        from models.growth import likely

        book, typed, whose = self.session.book, self._word().strip(), self.whose()
        found = likely.matching(book, typed, whose, _MOST) if typed else likely.likely(book, whose)
        there = set(listed(self.text())) - {typed.upper()}
        return [
            Offer(one.id, one.text().removesuffix(f" · {one.id}"), one.row)
            for one in found
            if one.id not in there
        ][:_MOST]

    def _taken(self, offer: Offer, by_key: bool) -> None:
        first, last = self._place()
        text = self.text()
        made = f"{text[:first]}{offer.text}"
        self.setText(made + text[last:])
        self.setCursorPosition(len(made))

    def open_list(self) -> None:
        """Show what is likely meant, or what fits the word at the cursor."""
        self._offers.offer(self._word())

    # -- choosing and opening ----------------------------------------------------------------------

    def choose(self) -> None:
        """Choose records in a dialog; those that stand here stay chosen."""
        from ui.dialogs.cite_records import CiteRecords

        text = tr(N_("{field}: choose records"), field=self.field.text())
        dialog = CiteRecords(self.session, self.whose(), listed(self.text()), text, self.window())
        dialog.taken.connect(self._found)
        dialog.open()

    def _found(self, ids: Sequence[str]) -> None:
        self.setText(" ".join(ids))
        self.editingFinished.emit()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down and, in an empty line, Down open the list; Ctrl+Enter opens the record at the cursor."""
        held, key = event.modifiers(), event.key()
        if key == Qt.Key.Key_Down and (held & Qt.KeyboardModifier.AltModifier or not self.text()):
            self.open_list()
        elif key in _ENTER and held & Qt.KeyboardModifier.ControlModifier:
            # Later: what is typed in a cell is entered first, by this same key.
            wanted = partial(open_cited, self.session, self._word() or self.text())
            QTimer.singleShot(0, wanted)
        else:
            super().keyPressEvent(event)


class CitedLinks(QLabel):
    """What a text cites, each a link that a click or Enter opens; hidden where nothing is cited."""

    def __init__(self, session: Session, parent: QWidget, *, prose: bool = False) -> None:
        """``prose``: words that are no ids are not told."""
        super().__init__(parent)
        self._session, self._prose = session, prose
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self._open)
        self.hide()

    def show_cited(self, text: str | None) -> None:
        """Show what a line of ids names."""
        from models.growth import likely

        text = " ".join(_ID.findall(text or "")) if self._prose else text or ""
        found = likely.named(self._session.book, text)
        known = {one.id for one in found}
        unknown = [one for one in listed(text) if one not in known and not self._prose]
        told = [link(one.id, one.short()) for one in found]
        told += [html.escape(tr(N_("{id} names no record"), id=one)) for one in unknown]
        self.setText(tr(N_("; ")).join(told))
        names = [one.short() for one in found]
        self.setAccessibleName(tr(N_("Cited records: {item}"), item=tr(N_("; ")).join(names)))
        self.setToolTip(tr(N_("Enter or a click opens the record")) if found else "")
        self.setVisible(bool(told))

    def _open(self, id: str) -> None:
        open_cited(self._session, id)


def link(id: str, text: str) -> str:
    """A link to a record, as rich text."""
    return f'<a href="{html.escape(id)}">{html.escape(text)}</a>'
