"""Why a goal goes on although something is missing, and why an agreed one is exchanged for another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from models.describe.kinds import KINDS
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.editors import put_value, text_of
from ui.records.field_box import FieldBox
from ui.session import Session

_LEVELS = ("target", "floor", "stretch")


class _Asks(QDialog):
    """Some fields of a goal, what was declined, and two buttons."""

    def __init__(
        self, session: Session, title: str, fields: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.scaled(440))
        self._box = QVBoxLayout(self)
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        entity = session.book.schema.entity("goal")
        self._fields: dict[str, FieldBox] = {}
        for name in fields:
            field = entity.field(name)
            box = FieldBox(session, "goal", field, self, lines=field.kind == "long_text")
            label = QLabel(field.text(), self)
            label.setBuddy(box.editor)
            form.addRow(label, box)
            self._fields[name] = box
        self._box.addLayout(form)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        self._box.addWidget(self._said)

    def _add_buttons(self, accept: str) -> None:
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, accept, self._go),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        self._box.addWidget(buttons)

    def _go(self) -> None:
        """What the first button does."""


class GoalReason(_Asks):
    """Says what is missing and asks why the goal stands nevertheless; ``given`` carries the answer."""

    given = Signal(str)

    def __init__(
        self, session: Session, title: str, missing: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(session, title, ("override_reason",), parent)
        for at, text in enumerate(missing):
            label = QLabel(text, self)
            label.setWordWrap(True)
            self._box.insertWidget(at, label)
        self._add_buttons(tr(N_("Go on")))
        self._fields["override_reason"].editor.setFocus()

    def _go(self) -> None:
        why = text_of(self._fields["override_reason"].editor).strip()
        self.accept()
        self.given.emit(why)


class Renegotiation(_Asks):
    """Other levels and why; the agreed goal is superseded and stays as it was. ``made``: the new one."""

    made = Signal(int)

    def __init__(self, session: Session, goal: int, parent: QWidget) -> None:
        record = session.book.record("goal", goal)
        title = tr(N_("Renegotiate: {goal}"), goal=record["title"])
        super().__init__(session, title, (*_LEVELS, "notes"), parent)
        self._goal, self._record = goal, record
        entity = session.book.schema.entity("goal")
        for name in _LEVELS:
            field = entity.field(name)
            value = record[name]
            put_value(self._fields[name].editor, KINDS[field.kind].edited(field, value), value)
        label = self._fields["notes"]
        text = tr(N_("Reason"))
        label.editor.setAccessibleName(text)
        shown = self._form.labelForField(label)
        assert isinstance(shown, QLabel)
        shown.setText(text)
        self._add_buttons(tr(N_("Renegotiate")))

    def _go(self) -> None:
        from models.goals.renegotiation import renegotiate

        values = {name: self._fields[name].typed() or None for name in _LEVELS}
        why = text_of(self._fields["notes"].editor).strip()
        try:
            done = renegotiate(self._session.book, self._goal, values, why)
        except Refused as refused:
            self._said.setText(str(refused))
            self._said.show()
            return
        self.accept()
        text = tr(N_("Renegotiated: {goal}"), goal=self._record["title"])
        self._session.said.emit(text, done.change)
        self.made.emit(done.goal)
