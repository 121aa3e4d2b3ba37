"""A dialog that asks some fields and does something with the answers; what is declined is said in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from models.change import Change
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.field_box import FieldBox
from ui.session import Session


class Asking(QDialog):
    """Fields of one entity in a form, room below it, and two buttons; what derives says what is done."""

    def __init__(
        self, session: Session, title: str, entity: str, fields: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.kind = session.book.schema.entity(entity)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.scaled(480))
        self.box = QVBoxLayout(self)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.boxes: dict[str, FieldBox] = {}
        for name in fields:
            self.ask(name)
        self.box.addLayout(self.form)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()

    def ask(self, name: str, label: str = "") -> FieldBox:
        """A field at the end of the form, called otherwise if it means something else here."""
        field = self.kind.field(name)
        box = FieldBox(self.session, self.kind.id, field, self, lines=field.kind == "long_text")
        text = label or field.text()
        shown = QLabel(text, self)
        shown.setBuddy(box.editor)
        box.editor.setAccessibleName(text)
        self.form.addRow(shown, box)
        self.boxes[name] = box
        return box

    def finish(self, accept: str) -> None:
        """The line for what is declined, and the buttons; called last."""
        self.box.addWidget(self._said)
        self.buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, accept, self._go),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = self.buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        self.box.addWidget(self.buttons)

    def meant(self, name: str) -> object:
        """The value of a field as it is kept.

        Raises:
            Refused: what stands there isn't acceptable.
        """
        typed = self.boxes[name].typed()
        book = self.session.book
        with book.reading() as db:
            return Change(book, db, 0).clean(self.kind, {name: typed or None})[name]

    def row(self, name: str) -> int | None:
        """The row that a link means; None if it is empty or means nobody."""
        try:
            found = self.meant(name)
        except Refused:
            return None
        return found if isinstance(found, int) else None

    def decline(self, refused: Refused | None) -> None:
        """Say why it was declined."""
        self._said.setText(str(refused or ""))
        self._said.setVisible(refused is not None)

    def do(self) -> None:
        """What the first button does.

        Raises:
            Refused: it can't be done; the dialog stays.
        """
        raise NotImplementedError

    def _go(self) -> None:
        self.decline(None)
        try:
            self.do()
        except Refused as refused:
            self.decline(refused)
            return
        self.accept()
