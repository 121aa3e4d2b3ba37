"""Lines to type a value into: what is understood is said beside them; days come with a calendar."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from models.describe.field import Field
from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.bubble import Bubble
from ui.records.day_picker import DayPicker
from ui.records.meaning import meaning, typed_out
from ui.session import Session


class FieldLine(QLineEdit):
    """One line for a field's value."""

    def __init__(self, session: Session, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.field = session, field
        self._bubble: Bubble | None = None
        self.textEdited.connect(self._say_meaning)

    def _say_meaning(self, typed: str) -> None:
        self.tell(meaning(self.field, typed, self.session.book.currency))

    def tell(self, text: str) -> None:
        """Say something beside the line, to who hears the screen too; "" says nothing any longer."""
        self.setAccessibleDescription(text or tr(self.field.help))
        if self._bubble is None:
            if not text:
                return
            self._bubble = Bubble(self)
        self._bubble.tell(text, self.rect())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was said while typing goes with the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.tell("")

    def hideEvent(self, event: QHideEvent) -> None:
        """…and with the line."""
        super().hideEvent(event)
        self.tell("")


class DateLine(FieldLine):
    """A day or a moment, typed or chosen in a calendar (Alt+Down)."""

    def __init__(self, session: Session, field: Field, parent: QWidget, *, button: bool) -> None:
        super().__init__(session, field, parent)
        self._button: QAction | None = None
        if button:
            self._button = QAction(self)
            self._button.triggered.connect(self.open_list)
            self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)
            self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        if self._button is None:
            return
        self._button.setIcon(theme.icon("calendar"))
        self._button.setText(tr(N_("Choose a day (Alt+Down)")))
        for one in self.findChildren(QToolButton):
            one.setAccessibleName(self._button.text())

    def open_list(self) -> None:
        """Show the calendar at the day that stands here."""
        picker = DayPicker(self.session.book, self._day(), self)
        picker.picked.connect(self._picked)
        picker.open_below(self)

    def _day(self) -> date | None:
        try:
            value = KINDS[self.field.kind].parse(self.field, typed_out(self.field, self.text()))
        except Refused:
            return None
        if isinstance(value, datetime):
            return value.astimezone().date()
        return value if isinstance(value, date) else None

    def _picked(self, day: date) -> None:
        at = ""
        if self.field.kind == "instant":  # its time of day stays
            now = datetime.now()
            try:
                value = KINDS["instant"].parse(self.field, typed_out(self.field, self.text()))
            except Refused:
                value = None
            at = f" {(value.astimezone() if value is not None else now):%H:%M}"
        self.setText(day.isoformat() + at)
        self.setFocus()
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        else:
            super().keyPressEvent(event)
