"""Why a task doesn't go on, asked when it is put under blocked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.editors import text_of
from ui.records.field_box import FieldBox
from ui.session import Session


class BlockedReason(QDialog):
    """Asks for the reason; ``given`` carries it. Without one the task stays where it was."""

    given = Signal(str)

    def __init__(self, session: Session, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(N_("What blocks {task}?"), task=title))
        self.setMinimumWidth(theme.scaled(440))
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        field = session.book.schema.entity("task").field("blocked_reason")
        self.box = FieldBox(session, "task", field, self)
        label = QLabel(field.text(), self)
        label.setBuddy(self.box.editor)
        form.addRow(label, self.box)
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Move to blocked")), self._go),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        form.addRow(buttons)
        self.box.editor.setFocus()

    def _go(self) -> None:
        why = text_of(self.box.editor).strip()
        if not why:
            text = N_("Say what keeps it from going on, and what is needed.")
            self.box.say(Refused("required", text))
            self.box.editor.setFocus()
            return
        self.accept()
        self.given.emit(why)
