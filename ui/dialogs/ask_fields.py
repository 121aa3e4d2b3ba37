"""Asks for a few fields of one record that stands: an answer, another day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.editors import put_value
from ui.records.field_box import FieldBox
from ui.session import Session

Answer = Callable[[Mapping[str, str]], Refused | None]


class AskFields(QDialog):
    """Some fields of a record under what they are asked for; stays open when ``answered`` declines."""

    def __init__(
        self,
        session: Session,
        title: str,
        told: str,
        record: tuple[str, int],
        fields: Sequence[str],
        accept: str,
        answered: Answer,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._answered = answered
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.scaled(440))
        entity, row = record
        kind, values = session.book.schema.entity(entity), session.book.record(entity, row)
        box = QVBoxLayout(self)
        head = QLabel(told, self)
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        box.addWidget(head)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.boxes: dict[str, FieldBox] = {}
        for name in fields:
            field = kind.field(name)
            made = FieldBox(session, entity, field, self, lines=field.kind == "long_text")
            label = QLabel(field.text(), self)
            label.setBuddy(made.editor)
            form.addRow(label, made)
            value = values[name]
            put_value(made.editor, KINDS[field.kind].edited(field, value), value)
            self.boxes[name] = made
        box.addLayout(form)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        box.addWidget(self._said)
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, accept, self._go),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        box.addWidget(buttons)
        next(iter(self.boxes.values())).editor.setFocus()

    def _go(self) -> None:
        refused = self._answered({name: one.typed() for name, one in self.boxes.items()})
        if refused is None:
            self.accept()
            return
        self._said.setText(str(refused))
        self._said.show()
