"""A field of a form: its editor, and beneath it in words what it declined."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.describe.field import Field
from models.describe.kinds import KINDS
from models.refusals import Refused
from ui import theme
from ui.records.cite_line import CitedLinks, CiteLine
from ui.records.editors import (
    ChoiceEditor,
    FieldLine,
    LinkEditor,
    LongText,
    make_editor,
    put_text,
    put_value,
    text_of,
    typed_in,
)
from ui.session import Session

_LINES = 66  # points of a text of several lines


class FieldBox(QWidget):
    """An editor and the words beneath it."""

    def __init__(
        self, session: Session, entity: str, field: Field, parent: QWidget, *, lines: bool = False
    ) -> None:
        super().__init__(parent)
        self.session, self.entity, self.field = session, entity, field
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        self.editor = make_editor(session, field, self, entity=entity, lines=lines)
        if isinstance(self.editor, LongText):
            self.editor.setFixedHeight(theme.scaled(_LINES))
            self.editor.setTabChangesFocus(True)
        self.setFocusProxy(self.editor)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.editor)
        box.addWidget(self._said)

    def typed(self) -> str:
        """What is meant by what stands there."""
        return typed_in(self.editor, self.field)

    def say(self, refused: Refused | None) -> None:
        """Say why it was declined, to who hears the screen too; None: nothing is wrong any longer."""
        self._said.setText(str(refused or ""))
        self._said.setVisible(refused is not None)
        self.editor.setProperty("wrong", refused is not None)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        if isinstance(self.editor, FieldLine):
            self.editor.tell("")  # what was understood is no longer a question
        if refused is not None:
            self.editor.setAccessibleDescription(str(refused))


class FieldEditor(FieldBox):
    """A field of a record that is there: written when it is left; Escape brings back what stood there."""

    def __init__(
        self, session: Session, entity: str, id: int, field: Field, value: Any, parent: QWidget
    ) -> None:
        text = readable(field, KINDS[field.kind].edited(field, value))
        lines = field.kind == "long_text" or (field.kind == "text" and "\n" in text)
        super().__init__(session, entity, field, parent, lines=lines)
        self._id, self._text, self._value = id, text, value
        put_value(self.editor, text, value)
        self.cited = self._links(text)
        self.editor.installEventFilter(self)
        if isinstance(self.editor, QLineEdit):
            self.editor.setCursorPosition(0)  # a long text is seen from its beginning
            self.editor.editingFinished.connect(self._save)
        elif isinstance(self.editor, ChoiceEditor):
            line = self.editor.lineEdit()
            assert line is not None
            line.setCursorPosition(0)
            line.editingFinished.connect(self._save)
            self.editor.activated.connect(self._save)
        elif isinstance(self.editor, LongText):
            self.editor.editingFinished.connect(self._save)

    def _links(self, text: str) -> CitedLinks | None:
        """What the record cites, to be opened from here."""
        if not isinstance(self.editor, CiteLine):
            return None
        self.editor.record = self._id
        made = CitedLinks(self.session, self)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, made)
        made.show_cited(text)
        return made

    @property
    def saved(self) -> str:
        """What stood there when it was saved last."""
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives up what was typed and what was declined."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and (text_of(self.editor) != self._text or self._said.isVisible())
        ):
            put_value(self.editor, self._text, self._value)
            self.say(None)
            return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        if isinstance(self.editor, LinkEditor) and self.editor.is_making:
            return  # it is saved when the record is there
        typed = self.typed()
        if typed == self._text:
            put_text(self.editor, self._text)
            self.say(None)
            return
        refused = self.session.set(self.entity, self._id, {self.field.id: typed})
        self.say(refused)
        if refused is None:
            self._value = self.session.book.record(self.entity, self._id)[self.field.id]
            self._text = readable(
                self.field, KINDS[self.field.kind].edited(self.field, self._value)
            )
            put_value(self.editor, self._text, self._value)
            if self.cited is not None:
                self.cited.show_cited(self._text)
            if isinstance(self.editor, QComboBox | QLineEdit):
                self.editor.setAccessibleDescription(self.editor.toolTip())


def readable(field: Field, text: str) -> str:
    """An amount with its thousands set apart; it is understood so when it is edited."""
    whole, point, rest = text.partition(".")
    if field.kind != "money" or not re.fullmatch(r"-?[0-9]+", whole):
        return text
    return re.sub(r"\B(?=([0-9]{3})+$)", ",", whole) + point + rest
