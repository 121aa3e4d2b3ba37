"""One editor a kind of field, the same in a grid's cell and in the form beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from models import texts
from models.describe.field import Field
from models.describe.shorthand import date_typed
from models.texts import N_, tr
from ui.session import Session


class LongText(QPlainTextEdit):
    """Several lines; says when it is left, as a line editor does."""

    editingFinished = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it ends the edit."""
        super().focusOutEvent(event)
        self.editingFinished.emit()


class LinkEditor(QLineEdit):
    """A record's label, found while typing by name, pinyin or number."""

    chosen = Signal()  # one of those offered was taken

    def __init__(
        self, session: Session, target: str, parent: QWidget, likely: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._session, self._target, self._likely = session, target, list(likely)
        self._offered = QStringListModel(self._likely, self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._chosen)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def _offer(self, typed: str) -> None:
        known = self._session.book.suggest(self._target, typed)
        self._offered.setStringList(list(dict.fromkeys([*self._likely, *known])))

    def _chosen(self, label: str) -> None:
        self.setText(label)
        self.editingFinished.emit()
        self.chosen.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is likely meant is offered before anything is typed."""
        super().focusInEvent(event)
        if self._likely and not self.text() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.completer().complete()


def make_editor(session: Session, field: Field, parent: QWidget) -> QWidget:
    """An empty editor for a field: a list, a line or several lines."""
    made: QWidget
    if field.kind in ("choice", "flag"):
        made = QComboBox(parent)
        made.addItem("")
        if field.kind == "choice":
            made.addItems([one.text() for one in field.choices])
        else:
            made.addItems([tr(N_("Yes")), tr(N_("No"))])
    elif field.kind == "link":
        made = LinkEditor(session, field.target, parent)
    else:
        made = QLineEdit(parent)
    made.setAccessibleName(field.text())
    if field.help:
        made.setToolTip(tr(field.help))
        made.setAccessibleDescription(tr(field.help))
    return made


def text_of(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def typed_in(editor: QWidget, field: Field) -> str:
    """What stands in an editor, with what was typed for short written out."""
    typed = text_of(editor)
    if field.kind != "date":
        return typed
    return date_typed(typed, date.today(), month_first=texts.language() == "zh_CN")


def put_text(editor: QWidget, text: str) -> None:
    """Write into an editor; a choice that is no longer offered stays readable."""
    if isinstance(editor, QComboBox):
        at = editor.findText(text)
        if at < 0:
            editor.addItem(text)
            at = editor.count() - 1
        editor.setCurrentIndex(at)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
